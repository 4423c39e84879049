/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-block-set.h"

#include "tests.h"

/* What a peer may write into a have-map, by its size in blocks. */
static void
test_from_bytes (void)
{
  static const struct
  {
    guint n_blocks;
    const guint8 data[4];
    gsize size;
    gboolean valid;
    guint count;
  } rows[] = {
    { 0, { 0 }, 0, TRUE, 0 },
    { 0, { 0 }, 1, FALSE, 0 },
    { 1, { 0 }, 0, TRUE, 0 },
    { 1, { 0x01 }, 1, TRUE, 1 },
    { 1, { 0x02 }, 1, FALSE, 0 },       /* a block past the end */
    { 1, { 0x01, 0x00 }, 2, FALSE, 0 }, /* a byte past the end */
    { 8, { 0xff }, 1, TRUE, 8 },
    { 9, { 0xff }, 1, TRUE, 8 },        /* shorter than it could be */
    { 9, { 0xff, 0x01 }, 2, TRUE, 9 },
    { 9, { 0xff, 0x03 }, 2, FALSE, 0 },
    { 20, { 0x00, 0x00, 0x0f }, 3, TRUE, 4 },
    { 20, { 0x00, 0x00, 0x10 }, 3, FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree guint8 *exact = g_memdup2 (rows[i].data, rows[i].size);
      FrBlockSet set = { { 0x80 } };

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (fr_block_set_from_bytes (&set, exact, rows[i].size, rows[i].n_blocks), ==, rows[i].valid);
      g_assert_cmpuint (fr_block_set_count (&set), ==, rows[i].valid ? rows[i].count : 1);
    }
}

static void
test_largest (void)
{
  guint8 all[FR_HAVE_MAX_SIZE + 1];
  FrBlockSet set;

  memset (all, 0xff, sizeof all);
  g_assert_true (fr_block_set_from_bytes (&set, all, FR_HAVE_MAX_SIZE, FR_BULK_MAX_BLOCKS));
  g_assert_cmpuint (fr_block_set_count (&set), ==, FR_BULK_MAX_BLOCKS);
  g_assert_cmpuint (fr_block_set_get_bytes (&set), ==, FR_HAVE_MAX_SIZE);
  g_assert_false (fr_block_set_from_bytes (&set, all, FR_HAVE_MAX_SIZE + 1, FR_BULK_MAX_BLOCKS));
}

static void
test_members (void)
{
  FrBlockSet set = { { 0 } };

  g_assert_cmpuint (fr_block_set_get_bytes (&set), ==, 0);
  fr_block_set_add (&set, 0);
  fr_block_set_add (&set, 1);
  fr_block_set_add (&set, 9);
  g_assert_cmpuint (fr_block_set_get_bytes (&set), ==, 2);
  g_assert_cmphex (set.bits[0], ==, 0x03);
  g_assert_cmphex (set.bits[1], ==, 0x02);
  g_assert_true (fr_block_set_contains (&set, 9));
  g_assert_false (fr_block_set_contains (&set, 8));
  g_assert_false (fr_block_set_contains (&set, FR_BULK_MAX_BLOCKS));
  g_assert_cmpuint (fr_block_set_next_missing (&set, 0, 20), ==, 2);
  g_assert_cmpuint (fr_block_set_next_missing (&set, 9, 20), ==, 10);
  g_assert_cmpuint (fr_block_set_next_missing (&set, 0, 2), ==, 2);
  g_assert_cmpuint (fr_block_set_next_missing (&set, 7, 2), ==, 2);
}

static void
test_block_length (void)
{
  g_assert_cmpuint (fr_block_length (1, 0), ==, 1);
  g_assert_cmpuint (fr_block_length (FR_BLOCK_SIZE, 0), ==, FR_BLOCK_SIZE);
  g_assert_cmpuint (fr_block_length (FR_BLOCK_SIZE + 1, 0), ==, FR_BLOCK_SIZE);
  g_assert_cmpuint (fr_block_length (FR_BLOCK_SIZE + 1, 1), ==, 1);
  g_assert_cmpuint (fr_block_length (FR_PICTURE_MAX_SIZE, FR_BULK_MAX_BLOCKS - 1), ==, FR_BLOCK_SIZE);
}

void
test_block_set_add (void)
{
  g_test_add_func ("/transfer/block-set/from-bytes", test_from_bytes);
  g_test_add_func ("/transfer/block-set/largest", test_largest);
  g_test_add_func ("/transfer/block-set/members", test_members);
  g_test_add_func ("/transfer/block-set/block-length", test_block_length);
}
