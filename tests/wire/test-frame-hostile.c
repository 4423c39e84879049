/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-frame.h"
#include "fr-message-unpack.h"
#include "fr-test-support.h"
#include "samples.h"

#include <string.h>

#include "tests.h"

#define N_MUTATIONS 6000
#define MAX_SAMPLE_SIZE 4096

/* One field of each wire type, under numbers that nothing has. */
static ProtobufCMessageUnknownField unknown_fields[] = {
  { 1000, PROTOBUF_C_WIRE_TYPE_VARINT, 2, (guint8 *) "\x80\x01" },
  { 1001, PROTOBUF_C_WIRE_TYPE_64BIT, 8, (guint8 *) "abcdefgh" },
  { 1002, PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED, 4, (guint8 *) "\x03xyz" },
  { 1003, PROTOBUF_C_WIRE_TYPE_32BIT, 4, (guint8 *) "abcd" },
};

/* What has been accepted packs to something that is accepted again, and is then the same. */
static void
assert_stable (const Sample *sample, ProtobufCMessage *message)
{
  g_autoptr (GBytes) once = fr_message_pack (message);
  g_autoptr (GBytes) twice = NULL;
  ProtobufCMessage *again = NULL;

  g_assert_cmpint (sample_parse (sample, g_bytes_get_data (once, NULL), g_bytes_get_size (once), &again), ==,
                   FR_WIRE_OK);
  twice = fr_message_pack (again);
  g_assert_true (g_bytes_equal (once, twice));
  protobuf_c_message_free_unpacked (again, NULL);
}

static void
test_truncated (void)
{
  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      const Sample *sample = &samples_get ()[i];
      g_autoptr (GBytes) bytes = sample_pack_as (sample, sample->message);

      for (gsize size = 0; size < g_bytes_get_size (bytes); size++)
        {
          g_autofree void *exact = g_memdup2 (g_bytes_get_data (bytes, NULL), size); /* nothing behind it to be read */
          ProtobufCMessage *message = NULL;
          FrWireFault fault = sample_parse (sample, exact, size, &message);

          g_assert_true ((message != NULL) == (fault == FR_WIRE_OK));
          if (sample->kind == SAMPLE_FRAME)
            g_assert_cmpint (fault, ==, size == 0 ? FR_WIRE_INVALID : FR_WIRE_MALFORMED);
          if (message != NULL) /* a signed part that ends after a field may be a good one with less in it */
            assert_stable (sample, message);
          protobuf_c_message_free_unpacked (message, NULL);
        }
    }
}

static gsize
mutate (GRand *rand, guint8 *data, gsize size)
{
  gsize at = g_rand_int_range (rand, 0, (gint32) size), other = g_rand_int_range (rand, 0, (gint32) size);
  gsize length = 1 + g_rand_int_range (rand, 0, 8);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0: /* one bit */
      data[at] ^= 1 << g_rand_int_range (rand, 0, 8);
      return size;
    case 1: /* one byte, often a telling one */
      data[at] = (guint8[]){ 0, 1, 0x7f, 0x80, 0xff, (guint8) g_rand_int (rand) }[g_rand_int_range (rand, 0, 6)];
      return size;
    case 2: /* some bytes less */
      length = MIN (length, size - at);
      memmove (data + at, data + at + length, size - at - length);
      return MAX (size - length, 1);
    case 3: /* some bytes more */
      length = MIN (length, MAX_SAMPLE_SIZE - size);
      memmove (data + at + length, data + at, size - at);
      return size + length;
    default: /* some bytes from elsewhere */
      length = MIN (length, size - MAX (at, other));
      memmove (data + at, data + other, length);
      return size;
    }
}

static void
test_mutated (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  guint n_good = 0;

  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      const Sample *sample = &samples_get ()[i % N_SAMPLES];
      g_autoptr (GBytes) bytes = sample_pack_as (sample, sample->message);
      gsize size = g_bytes_get_size (bytes);
      guint8 data[MAX_SAMPLE_SIZE];
      g_autofree void *exact = NULL;
      ProtobufCMessage *message = NULL;

      g_assert_cmpuint (size, <=, sizeof data);
      memcpy (data, g_bytes_get_data (bytes, NULL), size);
      for (gint32 n = g_rand_int_range (rand, 1, 5); n > 0; n--)
        size = mutate (rand, data, size);
      exact = g_memdup2 (data, size);
      if (sample_parse (sample, exact, size, &message) != FR_WIRE_OK)
        continue;
      n_good++;
      assert_stable (sample, message);
      protobuf_c_message_free_unpacked (message, NULL);
    }
  g_test_message ("%u of %u were still good", n_good, N_MUTATIONS);
}

static void
test_noise (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      const Sample *sample = &samples_get ()[i % N_SAMPLES];
      gsize size = g_rand_int_range (rand, 0, 200);
      g_autofree guint8 *data = g_malloc (MAX (size, 1));
      g_autoptr (GBytes) bytes = NULL;

      for (gsize k = 0; k < size; k++)
        data[k] = (guint8) g_rand_int (rand);
      bytes = g_bytes_new_take (g_steal_pointer (&data), size);
      sample_parse_bytes (sample, bytes);
    }
}

/* Fields that nobody knows, at any depth, change nothing and are not passed on. */
static void
test_unknown_fields (void)
{
  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      const Sample *sample = &samples_get ()[i];
      g_autofree ProtobufCMessage *with = sample_copy (sample);
      g_autoptr (GBytes) plain = sample_pack_as (sample, sample->message);
      g_autoptr (GBytes) longer = NULL, again = NULL;
      ProtobufCMessage *message = NULL;

      with->unknown_fields = unknown_fields;
      with->n_unknown_fields = G_N_ELEMENTS (unknown_fields);
      longer = sample_pack_as (sample, with);
      g_assert_cmpuint (g_bytes_get_size (longer), >, g_bytes_get_size (plain));
      g_assert_cmpint (
          sample_parse (sample, g_bytes_get_data (longer, NULL), g_bytes_get_size (longer), &message), ==, FR_WIRE_OK);
      again = fr_message_pack (message);
      g_assert_true (g_bytes_equal (again, plain));
      protobuf_c_message_free_unpacked (message, NULL);
    }
}

/* A message of one long field takes two blocks, so the budget can be met to the byte. */
static void
test_memory_to_the_byte (void)
{
  const gsize overhead = sizeof (Freshet__Preview) + 2 * 16;
  g_autofree guint8 *data = g_malloc0 (FR_UNPACK_MAX_MEMORY + 1);

  for (gsize taken = FR_UNPACK_MAX_MEMORY; taken <= FR_UNPACK_MAX_MEMORY + 1; taken++)
    {
      Freshet__Preview preview = FRESHET__PREVIEW__INIT;
      g_autoptr (GBytes) bytes = NULL;
      ProtobufCMessage *message;

      preview.data = (ProtobufCBinaryData){ taken - overhead, data };
      bytes = fr_message_pack (&preview.base);
      message = fr_message_unpack (&freshet__preview__descriptor, g_bytes_get_data (bytes, NULL),
                                   g_bytes_get_size (bytes));
      g_assert_true ((message != NULL) == (taken <= FR_UNPACK_MAX_MEMORY));
      protobuf_c_message_free_unpacked (message, NULL);
    }
}

/* Small unknown fields take twenty times their size. Whichever allocation is the one that fails, nothing leaks. */
static void
test_memory_of_unknown_fields (void)
{
  const Sample *sample = sample_find ("bye"), *nested = sample_find ("item");
  g_autofree ProtobufCMessageUnknownField *fields = g_new0 (ProtobufCMessageUnknownField, 20000);
  g_autofree ProtobufCMessage *bye = sample_copy (sample), *item = sample_copy (nested);
  FrWireFault before = FR_WIRE_OK;

  for (gsize i = 0; i < 20000; i++)
    fields[i] = (ProtobufCMessageUnknownField){ 15, PROTOBUF_C_WIRE_TYPE_VARINT, 1, (guint8 *) "" };
  for (guint n = 16; n <= 20000; n += 1 + n / 150)
    {
      g_autoptr (GBytes) bytes = NULL, hits = NULL;
      FrWireFault fault;

      bye->unknown_fields = item->unknown_fields = fields;
      bye->n_unknown_fields = item->n_unknown_fields = n;
      bytes = sample_pack_as (sample, bye);
      fault = sample_parse_bytes (sample, bytes);
      g_assert_true (fault == FR_WIRE_OK || fault == FR_WIRE_MALFORMED);
      g_assert_true (fault == FR_WIRE_MALFORMED || before == FR_WIRE_OK); /* once too many, always too many */
      before = fault;
      hits = sample_pack_as (nested, item);
      sample_parse_bytes (nested, hits);
    }
  g_assert_cmpint (before, ==, FR_WIRE_MALFORMED);
}

void
test_frame_hostile_add (void)
{
  g_test_add_func ("/wire/hostile/truncated", test_truncated);
  g_test_add_func ("/wire/hostile/mutated", test_mutated);
  g_test_add_func ("/wire/hostile/noise", test_noise);
  g_test_add_func ("/wire/hostile/unknown-fields", test_unknown_fields);
  g_test_add_func ("/wire/hostile/memory-to-the-byte", test_memory_to_the_byte);
  g_test_add_func ("/wire/hostile/memory-of-unknown-fields", test_memory_of_unknown_fields);
}
