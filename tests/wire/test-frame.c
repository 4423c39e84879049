/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-frame.h"
#include "samples.h"

#include "tests.h"

static void
test_round_trip (void)
{
  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      const Sample *sample = &samples_get ()[i];
      g_autoptr (GBytes) bytes = sample_pack_as (sample, sample->message);
      g_autoptr (GBytes) again = NULL;
      ProtobufCMessage *message = NULL;

      g_test_message ("%s", sample->name);
      g_assert_cmpint (
          sample_parse (sample, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &message), ==, FR_WIRE_OK);
      if (sample->kind == SAMPLE_FRAME)
        g_assert_cmpuint (((Freshet__Frame *) message)->body_case, ==, sample->number);
      again = fr_message_pack (message);
      g_assert_true (g_bytes_equal (bytes, again));
      protobuf_c_message_free_unpacked (message, NULL);
    }
}

/* Each body that freshet.proto gives a Frame has a sample, so no test here can pass one over. */
static void
test_all_have_samples (void)
{
  for (unsigned i = 0; i < freshet__frame__descriptor.n_fields; i++)
    g_assert_cmpuint (sample_find (freshet__frame__descriptor.fields[i].name)->number, ==,
                      freshet__frame__descriptor.fields[i].id);
}

/* The frame around a body is not left to protobuf-c: what it makes is the same. */
static void
test_packs_as_protobuf (void)
{
  guint n = 0;

  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      const Sample *sample = &samples_get ()[i];
      Freshet__Frame frame = FRESHET__FRAME__INIT;
      g_autoptr (GBytes) packed = NULL, expected = NULL;

      if (sample->kind != SAMPLE_FRAME)
        continue;
      frame.body_case = sample->number;
      frame.hello = (gpointer) sample->message;
      packed = fr_frame_pack (&frame);
      expected = fr_message_pack (&frame.base);
      g_assert_cmpmem (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), g_bytes_get_data (expected, NULL),
                       g_bytes_get_size (expected));
      n++;
    }
  g_assert_cmpuint (n, >=, freshet__frame__descriptor.n_fields);
}

/* A body must be a message; a number in its place is not taken for one, nor an empty message for none. */
static void
test_wire_type_of_body (void)
{
  static const guint8 number[] = { FRESHET__FRAME__BODY_BYE << 3, 1 };
  static const guint8 fixed[] = { FRESHET__FRAME__BODY_BYE << 3 | 5, 1, 2, 3, 4 };
  static const guint8 empty[] = { FRESHET__FRAME__BODY_BYE << 3 | 2, 0 };
  Freshet__Frame *none = NULL;
  g_autoptr (Freshet__Frame) frame = NULL;

  g_assert_cmpint (fr_frame_parse (number, sizeof number, &none), ==, FR_WIRE_MALFORMED);
  g_assert_cmpint (fr_frame_parse (fixed, sizeof fixed, &none), ==, FR_WIRE_MALFORMED);
  g_assert_null (none);
  g_assert_cmpint (fr_frame_parse (empty, sizeof empty, &frame), ==, FR_WIRE_OK);
  g_assert_nonnull (frame->bye);
}

/* Experiments lift the ranges, and nothing else. */
static void
test_unchecked (void)
{
  g_autofree Freshet__Query *query = sample_copy (sample_find ("query"));
  g_autoptr (Freshet__Frame) frame = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Freshet__Frame *none = NULL;

  query->ttl = query->hops = 200;
  bytes = sample_pack_as (sample_find ("query"), &query->base);
  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &none), ==,
                   FR_WIRE_INVALID);
  g_assert_cmpint (fr_frame_parse_unchecked (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==,
                   FR_WIRE_OK);
  g_assert_cmpuint (frame->query->hops, ==, 200);
  g_assert_cmpint (fr_frame_parse_unchecked (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) - 1, &none), ==,
                   FR_WIRE_MALFORMED);
  g_assert_null (none);
}

/* A relay passes a query on with other hops; a byte of the signed part changed, and nobody would believe it. */
static void
test_signed_part_is_kept (void)
{
  static guint8 odd[] = { 0x7a, 0x83, 0x00, 1, 2, 3, 0xff, 0x00 }; /* lengths longer than need be, and no protobuf */
  g_autofree Freshet__Query *query = sample_copy (sample_find ("query"));
  g_autoptr (Freshet__Frame) first = NULL, second = NULL;
  g_autoptr (GBytes) bytes = NULL, onward = NULL;

  query->signed_ = (ProtobufCBinaryData){ sizeof odd, odd };
  bytes = sample_pack_as (sample_find ("query"), &query->base);
  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &first), ==, FR_WIRE_OK);
  first->query->ttl--;
  first->query->hops++;
  onward = fr_frame_pack (first);
  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (onward, NULL), g_bytes_get_size (onward), &second), ==,
                   FR_WIRE_OK);
  g_assert_cmpmem (second->query->signed_.data, second->query->signed_.len, odd, sizeof odd);
  g_assert_cmpuint (second->query->hops, ==, query->hops + 1);
}

/* The numbers that are kept free today. */
static void
test_unknown_frames (void)
{
  static const guint numbers[] = { 5, 7, 15, 22, 23, 30, 31, 34, 35, 2047 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      guint tag = numbers[i] << 3 | 2;
      guint8 bytes[] = { (tag & 0x7f) | 0x80, tag >> 7 & 0x7f, 2, 0xff, 0xff };
      Freshet__Frame *frame = NULL;

      g_assert_cmpint (fr_frame_parse (bytes, sizeof bytes, &frame), ==, FR_WIRE_UNKNOWN);
      g_assert_null (frame);
    }
}

static void
test_fault_names (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (FrWireFault fault = FR_WIRE_OK; fault <= FR_WIRE_UNKNOWN; fault++)
    g_assert_true (g_hash_table_add (names, (gpointer) fr_wire_fault_to_string (fault)));
}

/* Frames by hand: what the outermost layer of a frame may look like. */
static void
test_outermost (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    FrWireFault fault;
  } rows[] = {
    { "", 0, FR_WIRE_INVALID },
    { "\x12\x00", 2, FR_WIRE_OK },                 /* Bye without a reason */
    { "\x12\x02\x08\x63", 4, FR_WIRE_OK },         /* Bye for a reason of later times */
    { "\x12\x02\x78\x63", 4, FR_WIRE_OK },         /* Bye with an unknown field */
    { "\x12\x00\xf8\x01\x07", 5, FR_WIRE_OK },     /* Bye beside an unknown field */
    { "\x12\x00\x1a\x00", 4, FR_WIRE_INVALID },    /* Bye and Ping */
    { "\x12\x00\x12\x00", 4, FR_WIRE_INVALID },    /* Bye and Bye */
    { "\x7a\x00", 2, FR_WIRE_UNKNOWN },            /* number 15 */
    { "\x7d\x01\x02\x03\x04", 5, FR_WIRE_UNKNOWN },
    { "\x79\x01\x02\x03\x04\x05\x06\x07\x08", 9, FR_WIRE_UNKNOWN },
    { "\xfa\xff\xff\xff\x0f\x00", 6, FR_WIRE_UNKNOWN },   /* the highest number there is */
    { "\xfa\xff\xff\xff\x1f\x00", 6, FR_WIRE_MALFORMED }, /* one past it */
    { "\x02\x00", 2, FR_WIRE_MALFORMED },          /* number 0 */
    { "\x10\x00", 2, FR_WIRE_MALFORMED },          /* Bye as a number */
    { "\x7b\x7c", 2, FR_WIRE_MALFORMED },          /* a group */
    { "\x12", 1, FR_WIRE_MALFORMED },
    { "\x12\x01", 2, FR_WIRE_MALFORMED },
    { "\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11, FR_WIRE_MALFORMED },
    { "\x78\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12, FR_WIRE_MALFORMED },
    { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10, FR_WIRE_MALFORMED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Freshet__Frame) frame = NULL;
      g_autofree void *exact = g_memdup2 (rows[i].bytes, rows[i].size); /* nothing behind it to be read */

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (fr_frame_parse (exact, rows[i].size, &frame), ==, rows[i].fault);
      g_assert_true ((frame != NULL) == (rows[i].fault == FR_WIRE_OK));
    }
}

void
test_frame_add (void)
{
  g_test_add_func ("/wire/frame/round-trip", test_round_trip);
  g_test_add_func ("/wire/frame/all-have-samples", test_all_have_samples);
  g_test_add_func ("/wire/frame/packs-as-protobuf", test_packs_as_protobuf);
  g_test_add_func ("/wire/frame/wire-type-of-body", test_wire_type_of_body);
  g_test_add_func ("/wire/frame/unchecked", test_unchecked);
  g_test_add_func ("/wire/frame/signed-part-is-kept", test_signed_part_is_kept);
  g_test_add_func ("/wire/frame/unknown-frames", test_unknown_frames);
  g_test_add_func ("/wire/frame/fault-names", test_fault_names);
  g_test_add_func ("/wire/frame/outermost", test_outermost);
}
