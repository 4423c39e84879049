/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-bulk-header.h"

#include "fr-content-id.h"
#include "fr-test-support.h"

#include <string.h>

#include "tests.h"

/* A message as it may come, which fr_bulk_pack() would not make. */
static GBytes *
make_message (const FrBulkHeader *header, gsize data_size)
{
  guint32 words[] = { GUINT32_TO_BE (header->transfer), GUINT32_TO_BE (header->block),
                      GUINT32_TO_BE (header->offset), GUINT32_TO_BE (header->length) };
  guint8 *message = g_malloc0 (sizeof words + data_size);

  memcpy (message, words, sizeof words);
  return g_bytes_new_take (message, sizeof words + data_size);
}

static void
test_layout (void)
{
  static const guint8 expected[] = { 1, 2, 3, 4, 0, 0, 4, 5, 0, 3, 0xff, 0xfd, 0, 0, 0, 3, 'a', 'b', 'c' };
  FrBulkHeader header = { 0x01020304, 0x405, FR_BLOCK_SIZE - 3, 3 }, parsed;
  g_autoptr (GBytes) message = fr_bulk_pack (&header, "abc");
  const guint8 *data = NULL;

  g_assert_cmpmem (g_bytes_get_data (message, NULL), g_bytes_get_size (message), expected, sizeof expected);
  g_assert_cmpint (fr_bulk_parse (message, &parsed, &data), ==, FR_WIRE_OK);
  g_assert_cmpmem (&parsed, sizeof parsed, &header, sizeof header);
  g_assert_cmpmem (data, parsed.length, "abc", 3);
}

static void
test_bounds (void)
{
  static const struct
  {
    FrBulkHeader header;
    gsize data_size;
    FrWireFault fault;
  } rows[] = {
    { { 0, 0, 0, 1 }, 1, FR_WIRE_OK },
    { { G_MAXUINT32, FR_BULK_MAX_BLOCKS - 1, 0, 1 }, 1, FR_WIRE_OK },
    { { 0, FR_BULK_MAX_BLOCKS, 0, 1 }, 1, FR_WIRE_INVALID },
    { { 0, 0, 0, 0 }, 0, FR_WIRE_INVALID },
    { { 0, 0, 0, FR_BULK_DATA_MAX }, FR_BULK_DATA_MAX, FR_WIRE_OK },
    { { 0, 0, 0, FR_BULK_DATA_MAX + 1 }, FR_BULK_DATA_MAX + 1, FR_WIRE_TOO_LONG },
    { { 0, 0, FR_BLOCK_SIZE - FR_BULK_DATA_MAX, FR_BULK_DATA_MAX }, FR_BULK_DATA_MAX, FR_WIRE_OK },
    { { 0, 0, FR_BLOCK_SIZE - FR_BULK_DATA_MAX + 1, FR_BULK_DATA_MAX }, FR_BULK_DATA_MAX, FR_WIRE_INVALID },
    { { 0, 0, FR_BLOCK_SIZE - 1, 1 }, 1, FR_WIRE_OK },
    { { 0, 0, FR_BLOCK_SIZE, 1 }, 1, FR_WIRE_INVALID },
    { { 0, 0, G_MAXUINT32, 1 }, 1, FR_WIRE_INVALID }, /* the sum would overflow */
    { { 0, 0, 0, 2 }, 1, FR_WIRE_INVALID },
    { { 0, 0, 0, 1 }, 2, FR_WIRE_INVALID },
    { { 0, 0, 0, G_MAXUINT32 }, 1, FR_WIRE_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) message = make_message (&rows[i].header, rows[i].data_size);
      const guint8 *data = NULL;
      FrBulkHeader header;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (fr_bulk_parse (message, &header, &data), ==, rows[i].fault);
      g_assert_true ((data != NULL) == (rows[i].fault == FR_WIRE_OK));
    }
}

static void
test_truncated (void)
{
  FrBulkHeader header = { 1, 2, 3, 40 }, parsed;
  g_autoptr (GBytes) message = make_message (&header, 40);

  for (gsize size = 0; size < g_bytes_get_size (message); size++)
    {
      g_autofree void *exact = g_memdup2 (g_bytes_get_data (message, NULL), size);
      g_autoptr (GBytes) cut = g_bytes_new_static (exact, size);
      const guint8 *data = NULL;

      g_assert_cmpint (fr_bulk_parse (cut, &parsed, &data), ==,
                       size < FR_BULK_HEADER_SIZE ? FR_WIRE_MALFORMED : FR_WIRE_INVALID);
      g_assert_null (data);
    }
}

/* Whatever is in the header, what is handed out lies inside the message and inside a block. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint i = 0; i < 5000; i++)
    {
      FrBulkHeader header = { g_rand_int (rand), g_rand_int (rand) >> g_rand_int_range (rand, 0, 32),
                              g_rand_int (rand) >> g_rand_int_range (rand, 0, 32),
                              (guint32) g_rand_int_range (rand, 0, 64) };
      g_autoptr (GBytes) message = make_message (&header, g_rand_int_range (rand, 0, 64));
      const guint8 *data = NULL;
      FrBulkHeader parsed;

      if (fr_bulk_parse (message, &parsed, &data) != FR_WIRE_OK)
        continue;
      g_assert_cmpuint (parsed.length + FR_BULK_HEADER_SIZE, ==, g_bytes_get_size (message));
      g_assert_cmpuint (parsed.offset + parsed.length, <=, FR_BLOCK_SIZE);
    }
}

void
test_bulk_header_add (void)
{
  g_test_add_func ("/wire/bulk-header/layout", test_layout);
  g_test_add_func ("/wire/bulk-header/bounds", test_bounds);
  g_test_add_func ("/wire/bulk-header/truncated", test_truncated);
  g_test_add_func ("/wire/bulk-header/random", test_random);
}
