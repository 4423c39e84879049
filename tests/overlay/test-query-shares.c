/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-query-shares.h"

#include "tests.h"

static FrQueryEntry
query_of (guint number)
{
  FrQueryEntry query = { 0 };

  fr_query_id_from_signed (&query.aged.id, &number, sizeof number);
  return query;
}

/* By one link after the other: the largest answer that fits, and one byte more. */
static void
test_halves (void)
{
  static const struct
  {
    FrLinkId link;
    gsize size; /* that just fits */
  } rows[] = { { 1, 512 }, { 2, 256 }, { 3, 128 }, { G_MAXUINT32, 64 }, { 5, 32 }, { 6, 16 } };
  g_autoptr (FrQueryShares) shares = fr_query_shares_new (100, 1000);
  FrQueryEntry query = query_of (1), other = query_of (2);
  gsize relayed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_false (fr_query_shares_take (shares, &query, rows[i].link, rows[i].size + 1, 1024, 0));
      g_assert_true (fr_query_shares_take (shares, &query, rows[i].link, rows[i].size, 1024, 0));
      relayed += rows[i].size;
      g_assert_cmpuint (query.relayed_bytes, ==, relayed);
      for (gsize j = 0; j <= i; j++) /* who has had its share gets no more of what is left */
        g_assert_false (fr_query_shares_take (shares, &query, rows[j].link, 1, 1024, 0));
    }
  g_assert_cmpuint (fr_query_shares_get_size (shares), ==, G_N_ELEMENTS (rows));
  g_assert_true (fr_query_shares_take (shares, &other, 1, 512, 1024, 0)); /* each query by itself */
}

/* In small pieces it comes to the same; and links that take turns share what there is. */
static void
test_pieces (void)
{
  g_autoptr (FrQueryShares) shares = fr_query_shares_new (100, 1000);
  FrQueryEntry query = query_of (1), shared = query_of (2);
  guint n = 0, taken[2] = { 0, 0 };

  while (fr_query_shares_take (shares, &query, 7, 1, 1000, 0))
    n++;
  g_assert_cmpuint (n, ==, 500);
  for (guint i = 0; i < 2000; i++)
    taken[i % 2] += fr_query_shares_take (shares, &shared, 1 + i % 2, 1, 1000, 0);
  g_assert_cmpuint (taken[0], ==, 333);
  g_assert_cmpuint (taken[1], ==, 333);
}

/* What is relayed already counts, whoever brought it; the whole is a limit too. */
static void
test_whole (void)
{
  static const struct
  {
    guint32 relayed;
    gsize size;
    gsize most;
    gboolean fits;
  } rows[] = {
    { 0, 0, 0, TRUE },        { 0, 1, 0, FALSE },       { 0, 1, 1, FALSE },         { 0, 1, 2, TRUE },
    { 90, 5, 100, TRUE },     { 90, 6, 100, FALSE },    { 100, 0, 100, TRUE },      { 100, 1, 100, FALSE },
    { 101, 0, 100, FALSE },   { G_MAXUINT32, 1, 100, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrQueryShares) shares = fr_query_shares_new (100, 1000);
      FrQueryEntry query = query_of (1);

      query.relayed_bytes = rows[i].relayed;
      g_assert_true (fr_query_shares_take (shares, &query, 1, rows[i].size, rows[i].most, 0) == rows[i].fits);
      g_assert_cmpuint (query.relayed_bytes, ==, rows[i].relayed + (rows[i].fits ? rows[i].size : 0));
      g_assert_cmpuint (fr_query_shares_get_size (shares), ==, rows[i].fits);
    }
}

/* At the limit and one past it: the oldest is forgotten, and may take half of what is left again, no more. */
static void
test_bounds (void)
{
  g_autoptr (FrQueryShares) shares = fr_query_shares_new (3, 1000);
  FrQueryEntry query = query_of (1);

  for (FrLinkId link = 1; link <= 3; link++)
    g_assert_true (fr_query_shares_take (shares, &query, link, 1024 >> link, 1024, 0));
  g_assert_cmpuint (fr_query_shares_get_size (shares), ==, 3);
  g_assert_false (fr_query_shares_take (shares, &query, 1, 1, 1024, 0));
  g_assert_true (fr_query_shares_take (shares, &query, 4, 64, 1024, 0));
  g_assert_cmpuint (fr_query_shares_get_size (shares), ==, 3);
  g_assert_false (fr_query_shares_take (shares, &query, 1, 33, 1024, 0));
  g_assert_true (fr_query_shares_take (shares, &query, 1, 32, 1024, 0));
}

static void
test_ages (void)
{
  g_autoptr (FrQueryShares) shares = fr_query_shares_new (3, 1000);
  FrQueryEntry query = query_of (1);

  g_assert_true (fr_query_shares_take (shares, &query, 1, 512, 1024, 0));
  g_assert_false (fr_query_shares_take (shares, &query, 1, 256, 1024, 999));
  g_assert_true (fr_query_shares_take (shares, &query, 1, 256, 1024, 1000));
  g_assert_cmpuint (fr_query_shares_get_size (shares), ==, 1);
  fr_query_shares_expire (shares, 1999);
  g_assert_cmpuint (fr_query_shares_get_size (shares), ==, 1);
  fr_query_shares_expire (shares, 2000);
  g_assert_cmpuint (fr_query_shares_get_size (shares), ==, 0);
  fr_query_shares_free (NULL);
}

void
test_query_shares_add (void)
{
  g_test_add_func ("/overlay/query-shares/halves", test_halves);
  g_test_add_func ("/overlay/query-shares/pieces", test_pieces);
  g_test_add_func ("/overlay/query-shares/whole", test_whole);
  g_test_add_func ("/overlay/query-shares/bounds", test_bounds);
  g_test_add_func ("/overlay/query-shares/ages", test_ages);
}
