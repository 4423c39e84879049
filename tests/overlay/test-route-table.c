/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-route-table.h"

#include <string.h>

#include "fr-test-support.h"
#include "tests.h"

#define AGE_US 1000

static FrQueryId
route_of (guint number)
{
  FrQueryId route;

  fr_query_id_from_signed (&route, &number, sizeof number);
  return route;
}

static FrPeerKey
key_of (guint number)
{
  FrPeerKey key = { { 'k' } };

  memcpy (&key.bytes[28], &number, sizeof number);
  return key;
}

static gboolean
add (FrRouteTable *table, guint route_number, guint key_number, FrLinkId link, gint64 now_us)
{
  FrQueryId route = route_of (route_number);
  FrPeerKey key = key_of (key_number);

  return fr_route_table_add (table, &route, &key, link, now_us);
}

/* The links to a key, as a number of a digit each. */
static guint
look (FrRouteTable *table, guint route_number, guint key_number, gint64 now_us)
{
  FrLinkId links[FR_ROUTE_TABLE_LINKS] = { 77, 77 };
  FrQueryId route = route_of (route_number);
  FrPeerKey key = key_of (key_number);
  guint n = fr_route_table_lookup (table, &route, &key, now_us, links);

  g_assert_cmpuint (n, ==, (links[0] != 0) + (links[1] != 0));
  g_assert_true (links[0] != 0 || links[1] == 0);
  return n == 2 ? 10 * links[0] + links[1] : links[0];
}

static void
test_two_links (void)
{
  static const struct
  {
    FrLinkId link;
    guint links;
  } rows[] = {
    { 1, 1 }, { 1, 1 }, { 2, 12 }, { 2, 12 }, { 1, 12 },
    { 3, 13 }, /* the first stays */
    { 1, 13 }, { 4, 14 },
  };
  g_autoptr (FrRouteTable) table = fr_route_table_new (10, AGE_US);

  g_assert_cmpuint (look (table, 1, 1, 0), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (add (table, 1, 1, rows[i].link, 0));
      g_assert_cmpuint (look (table, 1, 1, 0), ==, rows[i].links);
      g_assert_cmpuint (fr_route_table_get_size (table), ==, 1);
    }
  g_assert_cmpuint (look (table, 1, 2, 0), ==, 0);
  g_assert_cmpuint (look (table, 2, 1, 0), ==, 0);
  fr_route_table_free (NULL);
}

static void
test_forget_link (void)
{
  g_autoptr (FrRouteTable) table = fr_route_table_new (10, AGE_US);

  add (table, 1, 1, 1, 0);
  add (table, 1, 1, 2, 0);
  add (table, 1, 2, 2, 0);
  add (table, 1, 3, 3, 0);
  add (table, 2, 1, 2, 0);
  fr_route_table_forget_link (table, 9);
  g_assert_cmpuint (fr_route_table_get_size (table), ==, 4);
  fr_route_table_forget_link (table, 2);
  g_assert_cmpuint (fr_route_table_get_size (table), ==, 2);
  g_assert_cmpuint (look (table, 1, 1, 0), ==, 1);
  g_assert_cmpuint (look (table, 1, 2, 0), ==, 0);
  g_assert_cmpuint (look (table, 1, 3, 0), ==, 3);
  g_assert_cmpuint (look (table, 2, 1, 0), ==, 0);
  add (table, 1, 1, 4, 0); /* in place of the dead one */
  g_assert_cmpuint (look (table, 1, 1, 0), ==, 14);
  fr_route_table_forget_link (table, 1); /* the second becomes the first */
  g_assert_cmpuint (look (table, 1, 1, 0), ==, 4);
  add (table, 1, 1, 5, 0);
  g_assert_cmpuint (look (table, 1, 1, 0), ==, 45);
  for (FrLinkId link = 3; link <= 5; link++)
    fr_route_table_forget_link (table, link);
  g_assert_cmpuint (fr_route_table_get_size (table), ==, 0);
  fr_route_table_forget_link (table, 1);
  g_assert_true (add (table, 1, 1, 1, 0));
}

/* The first 32 keys of a route stay, and a dead one makes room. */
static void
test_keys_a_route (void)
{
  g_autoptr (FrRouteTable) table = fr_route_table_new (FR_ROUTE_TABLE_CAPACITY, AGE_US);

  for (guint key = 0; key < FR_ROUTE_TABLE_PER_ROUTE; key++)
    g_assert_true (add (table, 1, key, key + 1, 0));
  g_assert_false (add (table, 1, FR_ROUTE_TABLE_PER_ROUTE, 99, 0));
  g_assert_cmpuint (look (table, 1, FR_ROUTE_TABLE_PER_ROUTE, 0), ==, 0);
  g_assert_true (add (table, 1, 0, 1, 0)); /* those that are there may be told again */
  g_assert_true (add (table, 2, 0, 1, 0)); /* and another route has room */
  fr_route_table_forget_link (table, 5);
  g_assert_true (add (table, 1, FR_ROUTE_TABLE_PER_ROUTE, 99, 0));
  g_assert_false (add (table, 1, FR_ROUTE_TABLE_PER_ROUTE + 1, 99, 0));
  g_assert_true (add (table, 1, FR_ROUTE_TABLE_PER_ROUTE + 1, 99, AGE_US)); /* all too old by now */
  g_assert_cmpuint (fr_route_table_get_size (table), ==, 1);
}

static void
test_capacity (void)
{
  g_autoptr (FrRouteTable) table = fr_route_table_new (FR_ROUTE_TABLE_CAPACITY, AGE_US);

  for (guint i = 0; i < FR_ROUTE_TABLE_CAPACITY; i++)
    g_assert_true (add (table, i / FR_ROUTE_TABLE_PER_ROUTE, i, 1, 0));
  g_assert_cmpuint (fr_route_table_get_size (table), ==, FR_ROUTE_TABLE_CAPACITY);
  g_assert_cmpuint (look (table, 0, 0, 0), ==, 1);
  g_assert_true (add (table, G_MAXUINT, 1, 2, 0));
  g_assert_cmpuint (fr_route_table_get_size (table), ==, FR_ROUTE_TABLE_CAPACITY);
  g_assert_cmpuint (look (table, 0, 0, 0), ==, 0); /* the oldest went */
  g_assert_cmpuint (look (table, 0, 1, 0), ==, 1);
  g_assert_cmpuint (look (table, G_MAXUINT, 1, 0), ==, 2);
}

/* What has to go may be the last of the very route that one is added to. */
static void
test_capacity_of_one (void)
{
  g_autoptr (FrRouteTable) table = fr_route_table_new (1, AGE_US);

  for (guint i = 1; i < 20; i++)
    {
      g_assert_true (add (table, i / 3, i, 1, 0));
      g_assert_cmpuint (look (table, i / 3, i, 0), ==, 1);
      g_assert_cmpuint (look (table, (i - 1) / 3, i - 1, 0), ==, 0);
      g_assert_cmpuint (fr_route_table_get_size (table), ==, 1);
    }
}

static void
test_age (void)
{
  g_autoptr (FrRouteTable) table = fr_route_table_new (10, AGE_US);

  add (table, 1, 1, 1, 0);
  add (table, 1, 2, 1, 500);
  add (table, 1, 1, 2, 600); /* does not make it younger */
  g_assert_cmpuint (look (table, 1, 1, AGE_US - 1), ==, 12);
  g_assert_cmpuint (look (table, 1, 1, AGE_US), ==, 0);
  g_assert_cmpuint (look (table, 1, 2, AGE_US), ==, 1);
  add (table, 1, 1, 3, AGE_US);
  g_assert_cmpuint (look (table, 1, 1, AGE_US), ==, 3);
  g_assert_cmpuint (look (table, 1, 2, 500 + AGE_US), ==, 0);
  g_assert_cmpuint (fr_route_table_get_size (table), ==, 1);
  add (table, 1, 4, 4, 10); /* the clock runs backwards: as old as the one before it */
  g_assert_cmpuint (look (table, 1, 4, 2 * AGE_US - 1), ==, 4);
  g_assert_cmpuint (look (table, 1, 4, 2 * AGE_US), ==, 0);
  g_assert_cmpuint (fr_route_table_get_size (table), ==, 0);
}

static void
test_links_of (void)
{
  static const FrLinkId expected[] = { 1, 2, 3, 4 };
  g_autoptr (FrRouteTable) table = fr_route_table_new (10, AGE_US);
  FrQueryId route = route_of (1), other = route_of (3);
  FrLinkId links[8];

  g_assert_cmpuint (fr_route_table_links_of (table, &route, 0, links, G_N_ELEMENTS (links)), ==, 0);
  add (table, 1, 1, 1, 0);
  add (table, 1, 1, 2, 0);
  add (table, 1, 2, 2, 0);
  add (table, 1, 2, 3, 0);
  add (table, 1, 3, 1, 0);
  add (table, 1, 3, 4, 1);
  add (table, 2, 1, 5, 0);
  for (guint max = 0; max <= G_N_ELEMENTS (links); max++)
    {
      guint n = fr_route_table_links_of (table, &route, 0, links, max);

      g_assert_cmpmem (links, n * sizeof *links, expected, MIN (max, G_N_ELEMENTS (expected)) * sizeof *expected);
    }
  g_assert_cmpuint (fr_route_table_links_of (table, &other, 0, links, G_N_ELEMENTS (links)), ==, 0);
  g_assert_cmpuint (fr_route_table_links_of (table, &route, AGE_US, links, G_N_ELEMENTS (links)), ==, 0);
}

/* Against a plain list of what was added, in the order in which it was. */
typedef struct
{
  guint route, key;
  FrLinkId links[2];
  gint64 made_us;
} Row;

static Row *
find_row (GArray *rows, guint route, guint key)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      if (row->route == route && row->key == key)
        return row;
    }
  return NULL;
}

static void
model_expire (GArray *rows, gint64 now_us)
{
  while (rows->len > 0 && now_us - g_array_index (rows, Row, 0).made_us >= AGE_US)
    g_array_remove_index (rows, 0);
}

static gboolean
model_add (GArray *rows, guint capacity, guint route, guint key, FrLinkId link, gint64 now_us)
{
  Row added = { .route = route, .key = key, .links = { link }, .made_us = now_us }, *row;
  guint n_keys = 0;

  model_expire (rows, now_us);
  row = find_row (rows, route, key);
  if (row != NULL)
    {
      if (row->links[0] != link)
        row->links[1] = link;
      return TRUE;
    }
  for (guint i = 0; i < rows->len; i++)
    n_keys += g_array_index (rows, Row, i).route == route;
  if (n_keys == FR_ROUTE_TABLE_PER_ROUTE)
    return FALSE;
  if (rows->len == capacity)
    g_array_remove_index (rows, 0);
  g_array_append_val (rows, added);
  return TRUE;
}

static void
model_forget_link (GArray *rows, FrLinkId link)
{
  for (guint i = rows->len; i > 0; i--)
    {
      Row *row = &g_array_index (rows, Row, i - 1);

      if (row->links[1] == link)
        row->links[1] = 0;
      if (row->links[0] == link)
        {
          row->links[0] = row->links[1];
          row->links[1] = 0;
        }
      if (row->links[0] == 0)
        g_array_remove_index (rows, i - 1);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint round = 0; round < 20; round++)
    {
      guint capacity = (guint) g_rand_int_range (rand, 1, 200);
      g_autoptr (FrRouteTable) table = fr_route_table_new (capacity, AGE_US);
      g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (Row));
      gint64 now_us = 0;

      for (guint i = 0; i < 2000; i++)
        {
          guint route = (guint) g_rand_int_range (rand, 0, 1 + (gint32) round / 4);
          guint key = (guint) g_rand_int_range (rand, 0, 50);
          FrLinkId link = (FrLinkId) g_rand_int_range (rand, 1, 10);
          Row *row;

          now_us += g_rand_int_range (rand, 0, 20);
          if (g_rand_int_range (rand, 0, 20) == 0)
            {
              fr_route_table_forget_link (table, link);
              model_forget_link (rows, link);
            }
          else
            g_assert_true (add (table, route, key, link, now_us)
                           == model_add (rows, capacity, route, key, link, now_us));
          g_assert_cmpuint (fr_route_table_get_size (table), ==, rows->len);
          key = (guint) g_rand_int_range (rand, 0, 50);
          row = find_row (rows, route, key);
          if (row != NULL && now_us - row->made_us >= AGE_US)
            row = NULL;
          g_assert_cmpuint (look (table, route, key, now_us), ==,
                            row == NULL ? 0 : row->links[1] == 0 ? row->links[0] : 10 * row->links[0] + row->links[1]);
          model_expire (rows, now_us);
        }
    }
}

void
test_route_table_add (void)
{
  g_test_add_func ("/overlay/route-table/two-links", test_two_links);
  g_test_add_func ("/overlay/route-table/forget-link", test_forget_link);
  g_test_add_func ("/overlay/route-table/keys-a-route", test_keys_a_route);
  g_test_add_func ("/overlay/route-table/capacity", test_capacity);
  g_test_add_func ("/overlay/route-table/capacity-of-one", test_capacity_of_one);
  g_test_add_func ("/overlay/route-table/age", test_age);
  g_test_add_func ("/overlay/route-table/links-of", test_links_of);
  g_test_add_func ("/overlay/route-table/random", test_random);
}
