/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-content-id.h"

#include <sodium.h>
#include <string.h>

#include "tests.h"

static void
test_n_blocks (void)
{
  static const struct
  {
    guint64 size;
    guint n;
  } rows[] = { { 0, 0 }, { 1, 1 }, { FR_BLOCK_SIZE, 1 }, { FR_BLOCK_SIZE + 1, 2 }, { 512 * 1024 * 1024, 2048 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (fr_content_n_blocks (rows[i].size), ==, rows[i].n);
}

/* The definition, written out: what an id is must never change by accident. */
static void
test_definition (void)
{
  const char picture[] = "not really a picture";
  guint8 text[17 + 8 + 32], expected[32];
  FrBlockHash hash;
  FrContentId id;

  fr_content_hash_block (picture, sizeof picture, &hash);
  fr_content_id_from_blocks (sizeof picture, &hash, 1, &id);
  memcpy (text, "freshet content 1", 17);
  memset (text + 17, 0, 8);
  text[24] = sizeof picture;
  crypto_generichash (text + 25, 32, (const guint8 *) picture, sizeof picture, NULL, 0);
  crypto_generichash (expected, 32, text, sizeof text, NULL, 0);
  g_assert_cmpmem (id.bytes, 32, expected, 32);
}

static void
test_size_counts (void)
{
  FrBlockHash hash = { { 1 } };
  FrContentId a, b;

  fr_content_id_from_blocks (1, &hash, 1, &a);
  fr_content_id_from_blocks (2, &hash, 1, &b);
  g_assert_false (fr_content_id_equal (&a, &b));
}

static void
test_strings (void)
{
  FrContentId id, again;
  FrQueryId query, query_again;
  g_autofree char *text = NULL, *query_text = NULL;

  fr_content_id_from_blocks (0, NULL, 0, &id);
  text = fr_content_id_to_string (&id);
  g_assert_true (fr_content_id_parse (&again, text));
  g_assert_true (fr_content_id_equal_func (&id, &again));
  g_assert_cmpuint (fr_content_id_hash (&id), ==, fr_content_id_hash (&again));
  g_assert_false (fr_content_id_parse (&again, "zz"));
  g_assert_false (fr_content_id_from_bytes (&again, id.bytes, 31));

  fr_query_id_from_signed (&query, "abc", 3);
  query_text = fr_query_id_to_string (&query);
  g_assert_true (fr_query_id_parse (&query_again, query_text));
  g_assert_true (fr_query_id_equal_func (&query, &query_again));
  g_assert_cmpuint (fr_query_id_hash (&query), ==, fr_query_id_hash (&query_again));
  g_assert_false (fr_query_id_from_bytes (&query, id.bytes, FR_QUERY_ID_SIZE + 1));
  fr_query_id_from_signed (&query_again, "abd", 3);
  g_assert_false (fr_query_id_equal_func (&query, &query_again));
}

void
test_content_id_add (void)
{
  g_test_add_func ("/base/content-id/n-blocks", test_n_blocks);
  g_test_add_func ("/base/content-id/definition", test_definition);
  g_test_add_func ("/base/content-id/size-counts", test_size_counts);
  g_test_add_func ("/base/content-id/strings", test_strings);
}
