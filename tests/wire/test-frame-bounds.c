/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-bulk-header.h"
#include "fr-content-id.h"
#include "fr-frame.h"
#include "fr-peer-name.h"
#include "samples.h"

#include <string.h>

#include "tests.h"

#define MIB ((guint64) 1024 * 1024)

typedef enum
{
  VALUE, /* of a number, or the length of bytes or of a text */
  COUNT, /* of a repeated field */
  EACH,  /* one element of this length */
} What;

static guint8 zeros[FR_MESSAGE_MAX_SIZE];
static char letters[FR_MESSAGE_MAX_SIZE];

static void
set_scalar (ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, guint64 n)
{
  switch (field->type)
    {
    case PROTOBUF_C_TYPE_BYTES:
      G_STRUCT_MEMBER (ProtobufCBinaryData, message, field->offset) = (ProtobufCBinaryData){ n, zeros };
      break;
    case PROTOBUF_C_TYPE_STRING:
      G_STRUCT_MEMBER (char *, message, field->offset) = letters + sizeof letters - 1 - n;
      break;
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_ENUM:
      G_STRUCT_MEMBER (guint32, message, field->offset) = (guint32) n;
      break;
    case PROTOBUF_C_TYPE_UINT64:
      G_STRUCT_MEMBER (guint64, message, field->offset) = n;
      break;
    default:
      g_assert_not_reached ();
    }
}

static FrWireFault
parse_with (const char *name, const char *field_name, What what, guint64 n)
{
  const Sample *sample = sample_find (name);
  g_autofree ProtobufCMessage *message = sample_copy (sample);
  const ProtobufCFieldDescriptor *field
      = protobuf_c_message_descriptor_get_field_by_name (message->descriptor, field_name);
  ProtobufCBinaryData one = { n, zeros };
  char *text = letters + sizeof letters - 1 - (what == EACH ? n : 0);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_nonnull (field);
  if (what == VALUE)
    set_scalar (message, field, n);
  else
    G_STRUCT_MEMBER (size_t, message, field->quantifier_offset) = what == COUNT ? n : 1;
  if (what == EACH)
    G_STRUCT_MEMBER (gpointer, message, field->offset)
        = field->type == PROTOBUF_C_TYPE_STRING ? (gpointer) &text : (gpointer) &one;
  bytes = sample_pack_as (sample, message);
  return sample_parse_bytes (sample, bytes);
}

typedef struct
{
  const char *sample, *field;
  What what;
  guint64 good, bad;
} FieldRow;

/* Every number that freshet.proto names: the limit is good, one past it is not. */
static const FieldRow field_rows[] = {
  { "hello", "signed", VALUE, 1, 0 },
  { "hello", "signature", VALUE, 64, 63 },
  { "hello", "signature", VALUE, 64, 65 },
  { "hello_body", "version_min", VALUE, 1, 0 },
  { "hello_body", "version_min", VALUE, 1, 2 }, /* above version_max */
  { "hello_body", "key", VALUE, 32, 31 },
  { "hello_body", "key", VALUE, 32, 33 },
  { "hello_body", "name", VALUE, 1, 0 },
  { "hello_body", "name", VALUE, 40, 41 },
  { "hello_body", "capabilities", COUNT, FR_HELLO_MAX_CAPABILITIES, FR_HELLO_MAX_CAPABILITIES + 1 },
  { "hello_body", "capabilities", EACH, FR_CAPABILITY_MAX_BYTES, FR_CAPABILITY_MAX_BYTES + 1 },
  { "hello_body", "capabilities", EACH, 1, 0 },
  { "hello_body", "dialler_certificate", VALUE, 32, 31 },
  { "hello_body", "dialler_certificate", VALUE, 32, 33 },
  { "hello_body", "answerer_certificate", VALUE, 32, 0 },
  { "hello_body", "answerer_certificate", VALUE, 32, 33 },
  { "hello_body", "dial_id", VALUE, 16, 15 },
  { "hello_body", "dial_id", VALUE, 16, 17 },
  { "query", "signed", VALUE, 1, 0 },
  { "query", "signature", VALUE, 64, 0 },
  { "query", "signature", VALUE, 64, 65 },
  { "query", "ttl", VALUE, 1, 0 },
  { "query", "ttl", VALUE, FR_QUERY_MAX_TTL, FR_QUERY_MAX_TTL + 1 },
  { "query", "ttl", VALUE, FR_QUERY_MAX_TTL, G_MAXUINT32 },
  { "query", "hops", VALUE, FR_QUERY_MAX_HOPS - 5, FR_QUERY_MAX_HOPS - 4 }, /* the sample's ttl is 5 */
  { "query", "hops", VALUE, 0, G_MAXUINT32 },
  { "query_body", "asker", VALUE, 32, 31 },
  { "query_body", "asker", VALUE, 32, 33 },
  { "query_body", "name", VALUE, 40, 41 },
  { "query_body", "words", VALUE, FR_QUERY_WORDS_MAX_BYTES, FR_QUERY_WORDS_MAX_BYTES + 1 },
  { "query_body", "reply_key", VALUE, 0, 1 },
  { "query_body", "reply_key", VALUE, 32, 33 },
  { "query_body", "most", VALUE, FR_QUERY_MAX_MOST, FR_QUERY_MAX_MOST + 1 },
  { "query_body", "contact_tags", COUNT, FR_QUERY_MAX_CONTACT_TAGS, FR_QUERY_MAX_CONTACT_TAGS + 1 },
  { "query_body", "contact_tags", EACH, 4, 3 },
  { "query_body", "contact_tags", EACH, 4, 5 },
  { "query_body", "target", VALUE, 32, 31 }, /* the sample asks for a key */
  { "query_body", "target", VALUE, 32, 33 },
  { "query_body", "target", VALUE, 32, 0 },
  { "hits", "query_id", VALUE, 16, 15 },
  { "hits", "query_id", VALUE, 16, 17 },
  { "hits", "signed", VALUE, 1, 0 },
  { "hits", "signature", VALUE, 64, 63 },
  { "hits", "sealed", VALUE, 0, FR_SEALED_MIN_SIZE }, /* beside what is signed */
  { "hits", "holder", VALUE, 0, 32 },
  { "hits", "part", VALUE, 0, 1 },
  { "sealed_hits", "query_id", VALUE, 16, 15 },
  { "sealed_hits", "sealed", VALUE, FR_SEALED_MIN_SIZE, FR_SEALED_MIN_SIZE - 1 },
  { "sealed_hits", "sealed", VALUE, FR_SEALED_MIN_SIZE, 0 },
  { "sealed_hits", "signed", VALUE, 0, 1 },
  { "sealed_hits", "signature", VALUE, 0, 64 },
  { "sealed_hits", "holder", VALUE, 32, 0 },
  { "sealed_hits", "holder", VALUE, 32, 31 },
  { "sealed_hits", "holder", VALUE, 32, 33 },
  { "sealed_hits", "part", VALUE, FR_HITS_MAX_PARTS - 1, FR_HITS_MAX_PARTS },
  { "hits_body", "query_id", VALUE, 16, 15 },
  { "hits_body", "query_id", VALUE, 16, 17 },
  { "hits_body", "items", COUNT, 0, FR_HITS_MAX_ITEMS + 1 },
  { "hits_body", "items", COUNT, FR_HITS_MAX_ITEMS, FR_HITS_MAX_ITEMS + 1 },
  { "hits_body", "total", VALUE, 3, 2 }, /* the sample has 3 items */
  { "hits_body", "part", VALUE, FR_HITS_MAX_PARTS - 1, FR_HITS_MAX_PARTS },
  { "hits_body", "hops", VALUE, FR_QUERY_MAX_HOPS, FR_QUERY_MAX_HOPS + 1 },
  { "item", "content_id", VALUE, 32, 31 },
  { "item", "content_id", VALUE, 32, 33 },
  { "item", "title", VALUE, FR_TITLE_MAX_BYTES, FR_TITLE_MAX_BYTES + 1 },
  { "item", "size", VALUE, 1, 0 },
  { "item", "size", VALUE, 512 * MIB, 512 * MIB + 1 },
  { "item", "preview_hash", VALUE, 0, 31 },
  { "item", "preview_hash", VALUE, 32, 33 },
  { "record", "signature", VALUE, 64, 63 },
  { "record", "signature", VALUE, 64, 65 },
  { "record_body", "key", VALUE, 32, 31 },
  { "record_body", "key", VALUE, 32, 33 },
  { "record_body", "name", VALUE, 40, 41 },
  { "record_body", "server", VALUE, FR_RECORD_SERVER_MAX_BYTES, FR_RECORD_SERVER_MAX_BYTES + 1 },
  { "record_body", "id", VALUE, 64, 65 },
  { "record_body", "doorbell", VALUE, FR_RECORD_DOORBELL_MAX_BYTES, FR_RECORD_DOORBELL_MAX_BYTES + 1 },
  { "preview", "query_id", VALUE, 16, 17 },
  { "preview", "holder", VALUE, 32, 31 },
  { "preview", "hash", VALUE, 32, 33 },
  { "preview", "data", VALUE, 1, 0 },
  { "preview", "data", VALUE, FR_PREVIEW_DATA_MAX_SIZE, FR_PREVIEW_DATA_MAX_SIZE + 1 },
  { "preview", "sealed", VALUE, 0, FR_SEALED_MIN_SIZE }, /* beside what is open */
  { "preview", "part", VALUE, 0, 1 },
  { "sealed_preview", "query_id", VALUE, 16, 15 },
  { "sealed_preview", "holder", VALUE, 32, 31 },
  { "sealed_preview", "sealed", VALUE, FR_SEALED_MIN_SIZE, FR_SEALED_MIN_SIZE - 1 },
  { "sealed_preview", "sealed", VALUE, FR_SEALED_MIN_SIZE, 0 },
  { "sealed_preview", "hash", VALUE, 0, 32 },
  { "sealed_preview", "data", VALUE, 0, 1 },
  { "sealed_preview", "part", VALUE, FR_PREVIEW_MAX_PARTS - 1, FR_PREVIEW_MAX_PARTS },
  { "get", "content_id", VALUE, 32, 31 },
  { "get", "content_id", VALUE, 32, 33 },
  { "get", "have", VALUE, FR_HAVE_MAX_SIZE, FR_HAVE_MAX_SIZE + 1 },
  { "report", "query_id", VALUE, 16, 15 },
  { "report", "query_id", VALUE, 16, 17 },
  { "report", "hops", COUNT, 1, 0 },
  { "report", "hops", COUNT, FR_REPORT_MAX_HOPS, FR_REPORT_MAX_HOPS + 1 },
  { "enough", "query_id", VALUE, 16, 15 },
  { "enough", "query_id", VALUE, 16, 17 },
  { "throttle", "hops", VALUE, FR_QUERY_MAX_HOPS, FR_QUERY_MAX_HOPS + 1 },
  { "throttle", "hops", VALUE, 0, G_MAXUINT32 },
  { "digest", "depth", VALUE, FR_DIGEST_MAX_DEPTH, FR_DIGEST_MAX_DEPTH + 1 },
  { "digest", "bits", VALUE, 0, 1 },
  { "digest", "bits", VALUE, 32, 31 }, /* the sample has 2^8 */
  { "digest", "bits", VALUE, 32, 33 },
  { "digest", "gaps", VALUE, 0, 1 }, /* beside bits */
  { "digest", "log2_bits", VALUE, 8, 7 },
  { "digest", "log2_bits", VALUE, 8, 9 },
  { "signal", "route", VALUE, 16, 15 },
  { "signal", "route", VALUE, 16, 17 },
  { "signal", "from", VALUE, 32, 31 },
  { "signal", "from", VALUE, 32, 33 },
  { "signal", "to", VALUE, 32, 31 },
  { "signal", "to", VALUE, 32, 33 },
  { "signal", "hops", VALUE, FR_QUERY_MAX_HOPS, FR_QUERY_MAX_HOPS + 1 },
  { "signal", "sealed", VALUE, 1, 0 },
  { "signal", "sealed", VALUE, FR_SIGNAL_SEALED_MAX_SIZE, FR_SIGNAL_SEALED_MAX_SIZE + 1 },
  { "join", "walk", VALUE, 16, 15 },
  { "join", "walk", VALUE, 16, 17 },
  { "forward_join", "walk", VALUE, 16, 15 },
  { "forward_join", "walk", VALUE, 16, 17 },
  { "forward_join", "ttl", VALUE, FR_WALK_MAX_TTL, FR_WALK_MAX_TTL + 1 },
  { "shuffle", "walk", VALUE, 16, 15 },
  { "shuffle", "walk", VALUE, 16, 17 },
  { "shuffle", "ttl", VALUE, FR_WALK_MAX_TTL, FR_WALK_MAX_TTL + 1 },
  { "shuffle", "records", COUNT, 0, FR_SHUFFLE_MAX_RECORDS + 1 },
  { "shuffle", "records", COUNT, FR_SHUFFLE_MAX_RECORDS, FR_SHUFFLE_MAX_RECORDS + 1 },
  { "introduce", "signed", VALUE, 1, 0 },
  { "introduce", "signature", VALUE, 64, 63 },
  { "introduce", "signature", VALUE, 64, 65 },
  { "introduce_body", "introducer", VALUE, 32, 31 },
  { "introduce_body", "introducer", VALUE, 32, 33 },
  { "introduce_body", "addressee", VALUE, 32, 0 },
  { "introduce_body", "addressee", VALUE, 32, 33 },
  { "introduce_body", "agreement", VALUE, 0, 63 },
  { "introduce_body", "agreement", VALUE, 64, 65 },
  { "introduce_body", "subjects", COUNT, 0, FR_INTRODUCE_MAX_SUBJECTS + 1 },
  { "introduce_body", "subjects", COUNT, FR_INTRODUCE_MAX_SUBJECTS, FR_INTRODUCE_MAX_SUBJECTS + 1 },
  { "introduce_body", "kind", VALUE, 2, 1 }, /* the sample has two subjects */
  { "introduce_body", "kind", VALUE, 2, 3 },
  { "acquaintance", "key", VALUE, 32, 31 },
  { "acquaintance", "key", VALUE, 32, 33 },
  { "acquaintance", "name", VALUE, 40, 41 },
  { "acquaintance", "server", VALUE, FR_RECORD_SERVER_MAX_BYTES, FR_RECORD_SERVER_MAX_BYTES + 1 },
  { "acquaintance", "id", VALUE, 64, 65 },
  { "acquaintance", "agreement", VALUE, 64, 0 }, /* of the sample's kind each has agreed */
  { "acquaintance", "agreement", VALUE, 64, 63 },
  { "acquaintance", "agreement", VALUE, 64, 65 },
  { "more", "stored", VALUE, 1, 0 },
  { "more", "stored", VALUE, FR_BULK_MAX_BLOCKS, FR_BULK_MAX_BLOCKS + 1 },
};

static void
test_fields (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (field_rows); i++)
    {
      const FieldRow *row = &field_rows[i];

      g_test_message ("%s.%s", row->sample, row->field);
      g_assert_cmpint (parse_with (row->sample, row->field, row->what, row->good), ==, FR_WIRE_OK);
      g_assert_cmpint (parse_with (row->sample, row->field, row->what, row->bad), ==, FR_WIRE_INVALID);
    }
}

/* What a later version may say is no fault of the frame; who reads it decides what to do with it. */
static void
test_later_versions (void)
{
  static const struct
  {
    const char *sample, *field;
    guint64 value;
  } rows[] = {
    { "hello_body", "version_max", 9 }, { "hello_body", "version_max", G_MAXUINT32 }, { "hello_body", "purpose", 99 },
    { "hello_body", "role", 99 },       { "hello_body", "role", G_MAXUINT32 },        { "bye", "reason", 99 },
    { "refuse", "reason", 99 },         { "query_body", "kind", 99 },                 { "item", "type", 99 },
    { "get", "form", 99 },              { "neighbour", "priority", 99 },        { "introduce_body", "kind", 99 },
    { "item", "day", 0 },               { "item", "day", G_MAXUINT32 },
  };
  Freshet__HelloBody *newer = sample_copy (sample_find ("hello_body"));
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (parse_with (rows[i].sample, rows[i].field, VALUE, rows[i].value), ==, FR_WIRE_OK);
  newer->version_min = FR_PROTOCOL_VERSION + 1;
  newer->version_max = FR_PROTOCOL_VERSION + 2;
  bytes = fr_message_pack (&newer->base);
  g_assert_cmpint (sample_parse_bytes (sample_find ("hello_body"), bytes), ==, FR_WIRE_OK);
  g_free (newer);
}

static void
test_texts (void)
{
  static const struct
  {
    const char *sample, *field, *text;
    FrWireFault fault;
  } rows[] = {
    { "hello_body", "name", "Anna \xff", FR_WIRE_INVALID },
    { "hello_body", "name", " Anna", FR_WIRE_INVALID },
    { "hello_body", "name", "Zoe\xcc\x88", FR_WIRE_INVALID }, /* not in NFC */
    { "query_body", "name", "", FR_WIRE_INVALID },
    { "query_body", "words", "", FR_WIRE_OK },
    { "query_body", "words", "harbo\xfcr", FR_WIRE_INVALID },
    { "query_body", "words", "\xed\xa0\x80", FR_WIRE_INVALID }, /* half of a surrogate pair */
    { "item", "title", "", FR_WIRE_OK },
    { "item", "title", "\xc0\xaf", FR_WIRE_INVALID }, /* longer than need be */
    { "record_body", "name", "\xe2\x80\xae", FR_WIRE_INVALID },
    { "record_body", "server", "", FR_WIRE_OK },
    { "record_body", "server", "\xff", FR_WIRE_INVALID },
    { "record_body", "id", "", FR_WIRE_OK },
    { "record_body", "id", "anna/../", FR_WIRE_INVALID },
    { "record_body", "doorbell", "\x80", FR_WIRE_INVALID },
    { "acquaintance", "name", "", FR_WIRE_INVALID },
    { "acquaintance", "name", "Anna\n", FR_WIRE_INVALID },
    { "acquaintance", "server", "", FR_WIRE_OK },
    { "acquaintance", "server", "\xff", FR_WIRE_INVALID },
    { "acquaintance", "id", "", FR_WIRE_OK },
    { "acquaintance", "id", "anna/../", FR_WIRE_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Sample *sample = sample_find (rows[i].sample);
      g_autofree ProtobufCMessage *message = sample_copy (sample);
      const ProtobufCFieldDescriptor *field
          = protobuf_c_message_descriptor_get_field_by_name (message->descriptor, rows[i].field);
      g_autoptr (GBytes) bytes = NULL;

      g_test_message ("%s.%s, row %" G_GSIZE_FORMAT, rows[i].sample, rows[i].field, i);
      G_STRUCT_MEMBER (const char *, message, field->offset) = rows[i].text;
      bytes = sample_pack_as (sample, message);
      g_assert_cmpint (sample_parse_bytes (sample, bytes), ==, rows[i].fault);
    }
}

static void
assert_fits (const Sample *sample, const ProtobufCMessage *body, gsize around, gsize cap)
{
  g_autoptr (GBytes) bytes = sample_pack_as (sample, body);

  g_assert_cmpint (sample_parse_bytes (sample, bytes), ==, FR_WIRE_OK);
  g_assert_cmpuint (g_bytes_get_size (bytes) + around, <=, cap);
}

/* The longest message that all limits of fields allow fits into the cap of the whole. */
static void
test_longest_fits (void)
{
  char name[] = "åååååååååååååååååååååååååååååååå"; /* 64 bytes */
  char *text = letters + sizeof letters - 1;
  char *capabilities[FR_HELLO_MAX_CAPABILITIES];
  g_autofree Freshet__HelloBody *hello = sample_copy (sample_find ("hello_body"));
  g_autofree Freshet__QueryBody *query = sample_copy (sample_find ("query_body"));
  g_autofree Freshet__PeerRecordBody *record = sample_copy (sample_find ("record_body"));
  const gsize around = FR_SIGNATURE_SIZE + 2 + 3 + 4 + 2 * 6; /* signature, signed, frame, two numbers */

  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    capabilities[i] = text - FR_CAPABILITY_MAX_BYTES;
  hello->version_min = hello->version_max = G_MAXUINT32;
  hello->name = query->name = record->name = name;
  hello->capabilities = capabilities;
  hello->n_capabilities = FR_HELLO_MAX_CAPABILITIES;
  assert_fits (sample_find ("hello_body"), &hello->base, around, FR_HELLO_MAX_SIZE);

  query->words = text - FR_QUERY_WORDS_MAX_BYTES;
  query->n_contact_tags = FR_QUERY_MAX_CONTACT_TAGS;
  query->target = (ProtobufCBinaryData){ 32, zeros };
  query->everywhere = TRUE;
  assert_fits (sample_find ("query_body"), &query->base, around, FR_QUERY_MAX_SIZE);

  record->server = text - FR_RECORD_SERVER_MAX_BYTES;
  record->id = text - FR_PEER_ADDRESS_MAX_BYTES;
  record->doorbell = text - FR_RECORD_DOORBELL_MAX_BYTES;
  assert_fits (sample_find ("record_body"), &record->base, FR_SIGNATURE_SIZE + 2 + 3, FR_RECORD_MAX_SIZE);
}

static void
test_longest_introduction_fits (void)
{
  char name[] = "åååååååååååååååååååååååååååååååå"; /* 64 bytes */
  char *text = letters + sizeof letters - 1;
  g_autofree Freshet__Acquaintance *acquaintance = sample_copy (sample_find ("acquaintance"));
  g_autofree Freshet__IntroduceBody *body = sample_copy (sample_find ("introduce_body"));
  Freshet__Acquaintance *subjects[FR_INTRODUCE_MAX_SUBJECTS];

  acquaintance->name = name;
  acquaintance->server = text - FR_RECORD_SERVER_MAX_BYTES;
  acquaintance->id = text - FR_PEER_ADDRESS_MAX_BYTES;
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    subjects[i] = acquaintance;
  body->n_subjects = G_N_ELEMENTS (subjects);
  body->subjects = subjects;
  assert_fits (sample_find ("introduce_body"), &body->base, FR_SIGNATURE_SIZE + 2 + 3 + 5, FR_INTRODUCE_MAX_SIZE);
}

/* The size of a frame is looked at before what is in it. */
static void
test_size_comes_first (void)
{
  g_assert_cmpint (parse_with ("hello", "signature", VALUE, FR_HELLO_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("query", "signature", VALUE, FR_QUERY_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("hits", "query_id", VALUE, FR_HITS_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("preview", "data", VALUE, FR_PREVIEW_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("sealed_hits", "sealed", VALUE, FR_HITS_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("sealed_preview", "sealed", VALUE, FR_PREVIEW_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("report", "query_id", VALUE, FR_REPORT_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("enough", "query_id", VALUE, FR_ENOUGH_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("digest", "gaps", VALUE, FR_DIGEST_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("signal", "sealed", VALUE, FR_SIGNAL_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("join", "walk", VALUE, FR_JOIN_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("shuffle", "walk", VALUE, FR_SHUFFLE_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
  g_assert_cmpint (parse_with ("introduce", "signature", VALUE, FR_INTRODUCE_MAX_SIZE), ==, FR_WIRE_TOO_LONG);
}

static void
test_sizes (void)
{
  static const struct
  {
    const char *sample;
    gsize max;
  } rows[] = {
    { "hello", FR_HELLO_MAX_SIZE },      { "query", FR_QUERY_MAX_SIZE },      { "hits", FR_HITS_MAX_SIZE },
    { "preview", FR_PREVIEW_MAX_SIZE },  { "bye", FR_FRAME_MAX_SIZE },        { "ping", FR_FRAME_MAX_SIZE },
    { "manifest", FR_FRAME_MAX_SIZE },   { "get", FR_FRAME_MAX_SIZE },        { "hello_body", FR_HELLO_MAX_SIZE },
    { "query_body", FR_QUERY_MAX_SIZE }, { "hits_body", FR_HITS_MAX_SIZE },   { "record_body", FR_RECORD_MAX_SIZE },
    { "report", FR_REPORT_MAX_SIZE },    { "enough", FR_ENOUGH_MAX_SIZE },    { "throttle", FR_THROTTLE_MAX_SIZE },
    { "digest", FR_DIGEST_MAX_SIZE },    { "signal", FR_SIGNAL_MAX_SIZE },    { "join", FR_JOIN_MAX_SIZE },
    { "forward_join", FR_JOIN_MAX_SIZE }, { "neighbour", FR_JOIN_MAX_SIZE },  { "disconnect", FR_JOIN_MAX_SIZE },
    { "shuffle", FR_SHUFFLE_MAX_SIZE },  { "standing", FR_STANDING_MAX_SIZE },
    { "introduce", FR_INTRODUCE_MAX_SIZE }, { "introduce_body", FR_INTRODUCE_MAX_SIZE },
    { "sealed_hits", FR_HITS_MAX_SIZE }, { "sealed_preview", FR_PREVIEW_MAX_SIZE },
  };
  static const guint8 unknown[FR_FRAME_MAX_SIZE + 1] = { 0x7a, 0xfc, 0x8f, 0x03 }; /* number 15, 51,196 bytes */
  Freshet__Frame *frame = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Sample *sample = sample_find (rows[i].sample);
      g_autoptr (GBytes) bytes = sample_pack_as (sample, sample->message);
      g_autoptr (GBytes) longest = sample_pad (bytes, rows[i].max);
      g_autoptr (GBytes) longer = sample_pad (bytes, rows[i].max + 1);

      g_test_message ("%s", sample->name);
      g_assert_cmpint (sample_parse_bytes (sample, longest), ==, FR_WIRE_OK);
      g_assert_cmpint (sample_parse_bytes (sample, longer), ==, FR_WIRE_TOO_LONG);
    }
  g_assert_cmpint (fr_frame_parse (unknown, FR_FRAME_MAX_SIZE, &frame), ==, FR_WIRE_UNKNOWN);
  g_assert_cmpint (fr_frame_parse (unknown, FR_FRAME_MAX_SIZE + 1, &frame), ==, FR_WIRE_TOO_LONG);
}

/* A record that is part of another message has its own cap. */
static void
test_record_size (void)
{
  const Sample *sample = sample_find ("record"), *body = sample_find ("record_body");
  g_autofree Freshet__PeerRecord *record = sample_copy (sample);
  g_autoptr (GBytes) packed = fr_message_pack (body->message);

  for (gsize size = FR_RECORD_MAX_SIZE; size <= FR_RECORD_MAX_SIZE + 1; size++)
    {
      g_autoptr (GBytes) padded = sample_pad (packed, size - 3 - 2 - FR_SIGNATURE_SIZE);
      g_autoptr (GBytes) bytes = NULL;

      record->signed_.data = (guint8 *) g_bytes_get_data (padded, &record->signed_.len);
      g_assert_cmpuint (freshet__peer_record__get_packed_size (record), ==, size);
      bytes = sample_pack_as (sample, &record->base);
      g_assert_cmpint (sample_parse_bytes (sample, bytes), ==,
                       size <= FR_RECORD_MAX_SIZE ? FR_WIRE_OK : FR_WIRE_INVALID);
    }
}

static void
test_record_is_needed (void)
{
  const Sample *sample = sample_find ("record");
  g_autofree Freshet__PeerRecord *record = sample_copy (sample);
  g_autoptr (GBytes) missing = sample_pack_as (sample, NULL);
  g_autoptr (GBytes) nonsense = NULL;

  g_assert_cmpint (sample_parse_bytes (sample, missing), ==, FR_WIRE_INVALID);
  record->signed_ = (ProtobufCBinaryData){ 3, (guint8 *) "abc" };
  nonsense = sample_pack_as (sample, &record->base);
  g_assert_cmpint (sample_parse_bytes (sample, nonsense), ==, FR_WIRE_INVALID);
}

static void
test_manifest (void)
{
  static const struct
  {
    guint64 size;
    guint page, n_hashes, place;
    FrWireFault fault;
  } rows[] = {
    { 1, 0, 1, 0, FR_WIRE_OK },
    { FR_BLOCK_SIZE, 0, 1, 0, FR_WIRE_OK },
    { FR_BLOCK_SIZE + 1, 0, 1, 0, FR_WIRE_INVALID },
    { FR_BLOCK_SIZE + 1, 0, 2, 0, FR_WIRE_OK },
    { FR_BLOCK_SIZE + 1, 0, 3, 0, FR_WIRE_INVALID },
    { 256 * MIB, 0, 1024, 0, FR_WIRE_OK },
    { 256 * MIB, 1, 0, 0, FR_WIRE_INVALID },
    { 256 * MIB + 1, 0, 1024, 0, FR_WIRE_OK },
    { 256 * MIB + 1, 0, 1025, 0, FR_WIRE_INVALID },
    { 256 * MIB + 1, 1, 1, 0, FR_WIRE_OK },
    { 512 * MIB, 1, 1024, 0, FR_WIRE_OK },
    { 512 * MIB, 2, 1024, 0, FR_WIRE_INVALID },
    { 512 * MIB, G_MAXUINT32, 1024, 0, FR_WIRE_INVALID },
    { 512 * MIB + 1, 1, 1024, 0, FR_WIRE_INVALID },
    { G_MAXUINT64, 0, 1024, 0, FR_WIRE_INVALID },
    { 0, 0, 0, 0, FR_WIRE_INVALID },
    { 1, 0, 0, 0, FR_WIRE_INVALID },
    { 1, 0, 0, 1, FR_WIRE_OK }, /* its place in the queue alone */
    { 0, 0, 0, 1, FR_WIRE_OK },
    { 512 * MIB + 1, 0, 0, 1, FR_WIRE_INVALID },
    { 1, 0, 1, 1, FR_WIRE_OK },
    { 1, 0, 2, 1, FR_WIRE_INVALID },
  };
  const Sample *sample = sample_find ("manifest");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Freshet__Manifest manifest = FRESHET__MANIFEST__INIT;
      g_autoptr (GBytes) bytes = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      manifest.size = rows[i].size;
      manifest.page = rows[i].page;
      manifest.place = rows[i].place;
      manifest.hashes = (ProtobufCBinaryData){ rows[i].n_hashes * 32, zeros };
      bytes = sample_pack_as (sample, &manifest.base);
      g_assert_cmpint (sample_parse_bytes (sample, bytes), ==, rows[i].fault);
    }
  for (gsize size = 31; size <= 33; size += 2)
    g_assert_cmpint (parse_with ("manifest", "hashes", VALUE, size), ==, FR_WIRE_INVALID);
}

void
test_frame_bounds_add (void)
{
  memset (letters, 'a', sizeof letters - 1);
  g_test_add_func ("/wire/frame/fields", test_fields);
  g_test_add_func ("/wire/frame/later-versions", test_later_versions);
  g_test_add_func ("/wire/frame/texts", test_texts);
  g_test_add_func ("/wire/frame/longest-fits", test_longest_fits);
  g_test_add_func ("/wire/frame/longest-introduction-fits", test_longest_introduction_fits);
  g_test_add_func ("/wire/frame/size-comes-first", test_size_comes_first);
  g_test_add_func ("/wire/frame/sizes", test_sizes);
  g_test_add_func ("/wire/frame/record-size", test_record_size);
  g_test_add_func ("/wire/frame/record-is-needed", test_record_is_needed);
  g_test_add_func ("/wire/frame/manifest", test_manifest);
}
