/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-frame.h"
#include "samples.h"

#include <string.h>

#include "tests.h"

/* What the fields of one frame mean together: the frames that keep the network connected and its searches cheap. */

static guint8 zeros[FR_MESSAGE_MAX_SIZE];

static FrWireFault
parse_as (const char *name, const ProtobufCMessage *message)
{
  g_autoptr (GBytes) bytes = sample_pack_as (sample_find (name), message);

  return sample_parse_bytes (sample_find (name), bytes);
}

static void
test_digest (void)
{
  static const struct
  {
    guint log2_bits;
    gsize n_bits, n_gaps;
    gboolean more, everything;
    FrWireFault fault;
  } rows[] = {
    { FR_DIGEST_MIN_LOG2, 8, 0, FALSE, FALSE, FR_WIRE_OK },
    { FR_DIGEST_MIN_LOG2 - 1, 4, 0, FALSE, FALSE, FR_WIRE_INVALID },
    { FR_DIGEST_MIN_LOG2 - 1, 0, 0, FALSE, FALSE, FR_WIRE_INVALID },
    { FR_DIGEST_MAX_LOG2, 16384, 0, FALSE, FALSE, FR_WIRE_OK },
    { FR_DIGEST_MAX_LOG2, 16383, 0, FALSE, FALSE, FR_WIRE_INVALID },
    { FR_DIGEST_MAX_LOG2 + 1, 0, 5, FALSE, FALSE, FR_WIRE_INVALID },
    { G_MAXUINT32, 0, 5, FALSE, FALSE, FR_WIRE_INVALID },
    { 0, 0, 0, FALSE, FALSE, FR_WIRE_INVALID },
    { 10, 0, 0, FALSE, FALSE, FR_WIRE_OK }, /* a set of nothing */
    { 10, 0, 0, TRUE, FALSE, FR_WIRE_OK },
    { 10, 128, 1, FALSE, FALSE, FR_WIRE_INVALID },
    { FR_DIGEST_MAX_LOG2, 0, FR_DIGEST_DATA_MAX_SIZE, FALSE, FALSE, FR_WIRE_OK },
    { FR_DIGEST_MAX_LOG2, 0, FR_DIGEST_DATA_MAX_SIZE + 1, FALSE, FALSE, FR_WIRE_INVALID },
    { 0, 0, 0, FALSE, TRUE, FR_WIRE_OK },
    { 10, 0, 0, FALSE, TRUE, FR_WIRE_OK },
    { 10, 128, 0, FALSE, TRUE, FR_WIRE_INVALID },
    { 10, 0, 1, FALSE, TRUE, FR_WIRE_INVALID },
    { 0, 0, 0, TRUE, TRUE, FR_WIRE_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Freshet__Digest digest = FRESHET__DIGEST__INIT;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      digest.log2_bits = rows[i].log2_bits;
      digest.bits = (ProtobufCBinaryData){ rows[i].n_bits, zeros };
      digest.gaps = (ProtobufCBinaryData){ rows[i].n_gaps, zeros };
      digest.more = rows[i].more;
      digest.everything = rows[i].everything;
      g_assert_cmpint (parse_as ("digest", &digest.base), ==, rows[i].fault);
    }
}

/* A walk, or the answer to one; nothing in between. */
static void
test_shuffle (void)
{
  static const struct
  {
    gboolean origin;
    guint ttl;
    gsize n_answers;
    FrWireFault fault;
  } rows[] = {
    { TRUE, 0, 0, FR_WIRE_OK },       { TRUE, FR_WALK_MAX_TTL, 0, FR_WIRE_OK },
    { FALSE, 3, 0, FR_WIRE_INVALID }, { FALSE, 0, 0, FR_WIRE_INVALID },
    { FALSE, 0, 32, FR_WIRE_OK },     { FALSE, 0, 31, FR_WIRE_INVALID },
    { FALSE, 0, 33, FR_WIRE_INVALID }, { FALSE, 1, 32, FR_WIRE_INVALID },
    { TRUE, 0, 32, FR_WIRE_INVALID },
  };
  const Sample *sample = sample_find ("shuffle");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree Freshet__Shuffle *shuffle = sample_copy (sample);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      shuffle->ttl = rows[i].ttl;
      shuffle->answers = (ProtobufCBinaryData){ rows[i].n_answers, zeros };
      if (!rows[i].origin)
        shuffle->origin = NULL;
      g_assert_cmpint (parse_as ("shuffle", &shuffle->base), ==, rows[i].fault);
    }
}

/* A record within any of them is looked into; only Disconnect may go without. */
static void
test_records (void)
{
  static const struct
  {
    const char *sample, *field;
    FrWireFault without;
  } rows[] = {
    { "join", "newcomer", FR_WIRE_INVALID },  { "forward_join", "newcomer", FR_WIRE_INVALID },
    { "neighbour", "record", FR_WIRE_INVALID }, { "shuffle", "origin", FR_WIRE_INVALID },
    { "disconnect", "instead", FR_WIRE_OK },
  };
  g_autofree Freshet__PeerRecord *bad = sample_copy (sample_find ("record"));
  Freshet__PeerRecord *list[] = { (Freshet__PeerRecord *) sample_find ("record")->message, bad };
  g_autofree Freshet__Shuffle *shuffle = sample_copy (sample_find ("shuffle"));

  bad->signature.len--;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree ProtobufCMessage *message = sample_copy (sample_find (rows[i].sample));
      const ProtobufCFieldDescriptor *field
          = protobuf_c_message_descriptor_get_field_by_name (message->descriptor, rows[i].field);

      g_test_message ("%s.%s", rows[i].sample, rows[i].field);
      G_STRUCT_MEMBER (gpointer, message, field->offset) = bad;
      g_assert_cmpint (parse_as (rows[i].sample, message), ==, FR_WIRE_INVALID);
      G_STRUCT_MEMBER (gpointer, message, field->offset) = NULL;
      g_assert_cmpint (parse_as (rows[i].sample, message), ==, rows[i].without);
    }
  shuffle->records = list;
  shuffle->n_records = 1;
  g_assert_cmpint (parse_as ("shuffle", &shuffle->base), ==, FR_WIRE_OK);
  shuffle->n_records = 2;
  g_assert_cmpint (parse_as ("shuffle", &shuffle->base), ==, FR_WIRE_INVALID);
}

/* The key is asked for by nothing but its own kind of query. */
static void
test_target (void)
{
  g_autofree Freshet__QueryBody *query = sample_copy (sample_find ("query_body"));

  query->target.len = 0;
  g_assert_cmpint (parse_as ("query_body", &query->base), ==, FR_WIRE_INVALID);
  query->kind = FRESHET__QUERY_BODY__KIND__KIND_WORDS;
  g_assert_cmpint (parse_as ("query_body", &query->base), ==, FR_WIRE_OK);
}

static void
assert_fits (const char *name, const ProtobufCMessage *message, gsize cap)
{
  g_autoptr (GBytes) bytes = sample_pack_as (sample_find (name), message);

  g_test_message ("%s: %" G_GSIZE_FORMAT, name, g_bytes_get_size (bytes));
  g_assert_cmpint (sample_parse_bytes (sample_find (name), bytes), ==, FR_WIRE_OK);
  g_assert_cmpuint (g_bytes_get_size (bytes), <=, cap);
}

/* The longest record that may travel, padded with what nobody knows. */
static GBytes *
longest_signed (void)
{
  g_autoptr (GBytes) packed = fr_message_pack (sample_find ("record_body")->message);

  return sample_pad (packed, FR_RECORD_MAX_SIZE - 3 - 2 - FR_SIGNATURE_SIZE);
}

/* The longest frame that all limits of fields allow fits into the cap of the whole. */
static void
test_longest_fits (void)
{
  g_autoptr (GBytes) longest = longest_signed ();
  g_autofree Freshet__PeerRecord *record = sample_copy (sample_find ("record"));
  Freshet__PeerRecord *records[FR_SHUFFLE_MAX_RECORDS];
  Freshet__ReportHop hop = FRESHET__REPORT_HOP__INIT, *hops[FR_REPORT_MAX_HOPS];
  g_autofree Freshet__Report *report = sample_copy (sample_find ("report"));
  g_autofree Freshet__Digest *digest = sample_copy (sample_find ("digest"));
  g_autofree Freshet__Signal *signal = sample_copy (sample_find ("signal"));
  g_autofree Freshet__ForwardJoin *join = sample_copy (sample_find ("forward_join"));
  g_autofree Freshet__Shuffle *shuffle = sample_copy (sample_find ("shuffle"));

  record->signed_.data = (guint8 *) g_bytes_get_data (longest, &record->signed_.len);
  g_assert_cmpuint (freshet__peer_record__get_packed_size (record), ==, FR_RECORD_MAX_SIZE);
  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    records[i] = record;
  hop.asked = hop.suppressed = hop.skipped = hop.refused = G_MAXUINT32;
  for (gsize i = 0; i < G_N_ELEMENTS (hops); i++)
    hops[i] = &hop;

  report->hops = hops;
  report->n_hops = FR_REPORT_MAX_HOPS;
  assert_fits ("report", &report->base, FR_REPORT_MAX_SIZE);
  digest->log2_bits = FR_DIGEST_MAX_LOG2;
  digest->bits = (ProtobufCBinaryData){ FR_DIGEST_DATA_MAX_SIZE, zeros };
  assert_fits ("digest", &digest->base, FR_DIGEST_MAX_SIZE);
  signal->hops = FR_QUERY_MAX_HOPS;
  signal->sealed = (ProtobufCBinaryData){ FR_SIGNAL_SEALED_MAX_SIZE, zeros };
  assert_fits ("signal", &signal->base, FR_SIGNAL_MAX_SIZE);
  join->newcomer = record;
  assert_fits ("forward_join", &join->base, FR_JOIN_MAX_SIZE);
  shuffle->origin = record;
  shuffle->records = records;
  shuffle->n_records = FR_SHUFFLE_MAX_RECORDS;
  assert_fits ("shuffle", &shuffle->base, FR_SHUFFLE_MAX_SIZE);
}

void
test_frame_overlay_add (void)
{
  g_test_add_func ("/wire/overlay/digest", test_digest);
  g_test_add_func ("/wire/overlay/shuffle", test_shuffle);
  g_test_add_func ("/wire/overlay/records", test_records);
  g_test_add_func ("/wire/overlay/target", test_target);
  g_test_add_func ("/wire/overlay/longest-fits", test_longest_fits);
}
