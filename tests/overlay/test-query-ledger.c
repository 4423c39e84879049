/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-query-ledger.h"

#include "tests.h"

static FrQueryId
id_of (guint number)
{
  FrQueryId id;

  fr_query_id_from_signed (&id, &number, sizeof number);
  return id;
}

static void
test_begin (void)
{
  g_autoptr (FrQueryLedger) ledger = fr_query_ledger_new (10, 1000);
  FrQueryCopy copy = { .link = 3, .ttl = 4, .tag = 5 };
  FrQueryId id = id_of (1);
  FrQueryEntry *entry;

  g_assert_null (fr_query_ledger_lookup (ledger, &id, 0));
  entry = fr_query_ledger_insert (ledger, &id, 0);
  g_assert_true (fr_query_ledger_lookup (ledger, &id, 0) == entry);
  fr_query_entry_begin (entry, &copy);
  g_assert_cmpuint (entry->ways[0], ==, 3);
  g_assert_cmpint (entry->state, ==, FR_QUERY_UNCHECKED);

  entry->ways[1] = entry->ways[2] = 7;
  entry->state = FR_QUERY_INVALID;
  copy.link = 8;
  fr_query_entry_begin (entry, &copy);
  g_assert_cmpuint (entry->ways[0], ==, 8);
  g_assert_cmpuint (entry->ways[1], ==, 0);
  g_assert_cmpuint (entry->ways[2], ==, 0);
  g_assert_cmpint (entry->state, ==, FR_QUERY_UNCHECKED);
}

static void
test_raise (void)
{
  static const struct
  {
    guint ttl;
    gboolean raised;
  } rows[] = { { 3, FALSE }, { 4, FALSE }, { 5, TRUE }, { 5, FALSE }, { 7, TRUE }, { 6, FALSE } };
  FrQueryEntry entry = { .ttl = 4 };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (fr_query_entry_raise (&entry, rows[i].ttl) == rows[i].raised);
  g_assert_cmpuint (entry.ttl, ==, 7);
}

/* The bounds of the protocol, at the limit and one past it. */
static void
test_bounds (void)
{
  g_autoptr (FrQueryLedger) ledger = fr_query_ledger_new (FR_QUERY_LEDGER_CAPACITY, FR_QUERY_LEDGER_AGE_US);
  FrQueryId first = id_of (0), second = id_of (1), last = id_of (FR_QUERY_LEDGER_CAPACITY);

  for (guint i = 0; i < FR_QUERY_LEDGER_CAPACITY; i++)
    {
      FrQueryId id = id_of (i);

      fr_query_ledger_insert (ledger, &id, i);
    }
  g_assert_cmpuint (fr_query_ledger_get_size (ledger), ==, 65536);
  g_assert_nonnull (fr_query_ledger_lookup (ledger, &first, 65536));
  fr_query_ledger_insert (ledger, &last, 65536);
  g_assert_cmpuint (fr_query_ledger_get_size (ledger), ==, 65536);
  g_assert_null (fr_query_ledger_lookup (ledger, &first, 65536));

  fr_query_ledger_expire (ledger, 600 * G_USEC_PER_SEC);
  g_assert_nonnull (fr_query_ledger_lookup (ledger, &second, 600 * G_USEC_PER_SEC));
  fr_query_ledger_expire (ledger, 600 * G_USEC_PER_SEC + 1);
  g_assert_null (fr_query_ledger_lookup (ledger, &second, 0));
  g_assert_cmpuint (fr_query_ledger_get_size (ledger), ==, 65535);
  fr_query_ledger_free (NULL);
}

void
test_query_ledger_add (void)
{
  g_test_add_func ("/overlay/query-ledger/begin", test_begin);
  g_test_add_func ("/overlay/query-ledger/raise", test_raise);
  g_test_add_func ("/overlay/query-ledger/bounds", test_bounds);
}
