/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-aged-table.h"

#include <string.h>

#include "tests.h"

typedef struct
{
  FrAgedEntry aged;
  guint number;
} Entry;

static FrQueryId
id_of (guint number)
{
  FrQueryId id;

  fr_query_id_from_signed (&id, &number, sizeof number);
  return id;
}

static void
insert (FrAgedTable *table, guint number, gint64 now_us)
{
  FrQueryId id = id_of (number);
  Entry *entry = fr_aged_table_insert (table, &id, now_us);

  g_assert_cmpuint (entry->number, ==, 0);
  entry->number = number;
}

static gboolean
has (FrAgedTable *table, guint number, gint64 now_us)
{
  FrQueryId id = id_of (number);
  Entry *entry = fr_aged_table_lookup (table, &id, now_us);

  if (entry != NULL)
    g_assert_cmpuint (entry->number, ==, number);
  return entry != NULL;
}

static void
test_forgets_oldest_first (void)
{
  g_autoptr (FrAgedTable) table = fr_aged_table_new (sizeof (Entry), 100, 1000);

  for (guint i = 1; i <= 100; i++)
    insert (table, i, 0);
  g_assert_cmpuint (fr_aged_table_get_size (table), ==, 100);
  g_assert_true (has (table, 1, 0));
  insert (table, 101, 0);
  g_assert_cmpuint (fr_aged_table_get_size (table), ==, 100);
  g_assert_false (has (table, 1, 0));
  g_assert_true (has (table, 2, 0));
  g_assert_true (has (table, 101, 0));
}

static void
test_forgets_with_age (void)
{
  g_autoptr (FrAgedTable) table = fr_aged_table_new (sizeof (Entry), 100, 1000);

  insert (table, 1, 0);
  insert (table, 2, 500);
  g_assert_true (has (table, 1, 999));
  g_assert_false (has (table, 1, 1000));
  insert (table, 1, 1000); /* not there, so it may be added again */
  g_assert_cmpuint (fr_aged_table_get_size (table), ==, 2);
  fr_aged_table_expire (table, 1499);
  g_assert_cmpuint (fr_aged_table_get_size (table), ==, 2);
  fr_aged_table_expire (table, 1500);
  g_assert_cmpuint (fr_aged_table_get_size (table), ==, 1);
  fr_aged_table_expire (table, 2000);
  g_assert_cmpuint (fr_aged_table_get_size (table), ==, 0);
  insert (table, 3, 2000);
  g_assert_true (has (table, 3, 2000));
}

static void
renew (FrAgedTable *table, guint number, gint64 now_us)
{
  FrQueryId id = id_of (number);

  fr_aged_table_renew (table, fr_aged_table_lookup (table, &id, now_us), now_us);
}

/* Whichever is renewed, the order is that of age. */
static void
test_renewed_is_youngest (void)
{
  for (guint renewed = 1; renewed <= 3; renewed++)
    {
      g_autoptr (FrAgedTable) table = fr_aged_table_new (sizeof (Entry), 3, 1000);

      for (guint i = 1; i <= 3; i++)
        insert (table, i, i);
      renew (table, renewed, 500);
      g_assert_true (has (table, renewed, 1499));
      g_assert_false (has (table, renewed, 1500));
      fr_aged_table_expire (table, 1003); /* one that is young is not in the way of those that are old */
      g_assert_cmpuint (fr_aged_table_get_size (table), ==, 1);
      for (guint i = 1; i <= 3; i++)
        if (i != renewed)
          insert (table, i, 1003);
      insert (table, 4, 1003); /* one too many */
      g_assert_false (has (table, renewed, 1003));
      g_assert_cmpuint (fr_aged_table_get_size (table), ==, 3);
    }
}

static void
test_clock_runs_backwards (void)
{
  g_autoptr (FrAgedTable) table = fr_aged_table_new (sizeof (Entry), 2, 1000);

  insert (table, 1, 5000);
  insert (table, 2, 10); /* as old as the one before it, so that the order holds */
  g_assert_true (has (table, 2, 5999));
  g_assert_false (has (table, 2, 6000));
  insert (table, 3, 20);
  g_assert_false (has (table, 1, 20));
  g_assert_true (has (table, 3, 20));
}

static void
test_capacity_of_one (void)
{
  g_autoptr (FrAgedTable) table = fr_aged_table_new (sizeof (Entry), 1, 1000);

  for (guint i = 1; i <= 10; i++)
    {
      insert (table, i, i);
      g_assert_true (has (table, i, i));
      g_assert_cmpuint (fr_aged_table_get_size (table), ==, 1);
    }
  fr_aged_table_free (NULL);
}

/* The only one, and one that is the last already. */
static void
test_renew_the_last (void)
{
  g_autoptr (FrAgedTable) table = fr_aged_table_new (sizeof (Entry), 3, 1000);

  insert (table, 1, 0);
  renew (table, 1, 500);
  g_assert_true (has (table, 1, 1499));
  insert (table, 2, 600);
  renew (table, 2, 700);
  fr_aged_table_expire (table, 1699);
  g_assert_cmpuint (fr_aged_table_get_size (table), ==, 1);
  g_assert_true (has (table, 2, 1699));
}

void
test_aged_table_add (void)
{
  g_test_add_func ("/overlay/aged-table/forgets-oldest-first", test_forgets_oldest_first);
  g_test_add_func ("/overlay/aged-table/forgets-with-age", test_forgets_with_age);
  g_test_add_func ("/overlay/aged-table/renewed-is-youngest", test_renewed_is_youngest);
  g_test_add_func ("/overlay/aged-table/clock-runs-backwards", test_clock_runs_backwards);
  g_test_add_func ("/overlay/aged-table/capacity-of-one", test_capacity_of_one);
  g_test_add_func ("/overlay/aged-table/renew-the-last", test_renew_the_last);
}
