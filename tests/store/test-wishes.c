/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-searches-table.h"
#include "fr-test-support.h"
#include "fr-wishes-table.h"
#include "store-fixture.h"
#include "tests.h"

/* Searches that are kept, what they have told of, and what was looked for lately. */

static FrContentId
make_id (guint number)
{
  FrContentId id = { { 1 } };

  memcpy (id.bytes + 4, &number, sizeof number);
  return id;
}

static GArray *
make_ids (guint first, guint n)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (FrContentId));

  for (guint i = 0; i < n; i++)
    {
      FrContentId id = make_id (first + i);

      g_array_append_val (ids, id);
    }
  return ids;
}

static void
put (FrStore *store, const char *terms, gint64 asked_us)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_put_wish_async (store, terms, asked_us, NULL, answered_cb, &result);
  fr_store_put_wish_finish (store, await (&result), &error);
  g_assert_no_error (error);
}

/* Returns: how many of these were news */
static guint
tell (FrStore *store, const char *terms, guint first, guint n, gboolean fresh)
{
  g_autoptr (GArray) ids = make_ids (first, n), news = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_tell_wish_async (store, terms, (const FrContentId *) (gpointer) ids->data, n, fresh, NULL, answered_cb,
                            &result);
  news = fr_store_tell_wish_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return news->len;
}

/* "terms:asked:fresh|" each */
static void
assert_wishes (FrStore *store, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) wishes = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  fr_store_list_wishes_async (store, NULL, answered_cb, &result);
  wishes = fr_store_list_wishes_finish (store, await (&result), NULL);
  for (guint i = 0; i < wishes->len; i++)
    {
      const FrWishRecord *wish = wishes->pdata[i];

      g_string_append_printf (found, "%s:%d:%u|", wish->terms, (int) wish->asked_us, wish->fresh->len);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

/* Also after a restart; the last one stands first. */
static void
test_keeps (Fixture *fixture, gconstpointer data)
{
  FrStore *store = fixture->store;
  g_autoptr (GAsyncResult) result = NULL, again = NULL;

  put (store, "words=boat", 0);
  put (store, "words=harbour", 7);
  g_assert_cmpuint (tell (store, "words=boat", 1, 3, TRUE), ==, 3);
  put (store, "words=boat", 9); /* it was asked again: it keeps its place, and what it has told of */
  fixture_reopen (fixture);
  store = fixture->store;
  assert_wishes (store, "words=harbour:7:0|words=boat:9:3|");
  fr_store_mark_wish_seen_async (store, "words=boat", NULL, answered_cb, &result);
  g_assert_true (fr_store_put_wish_finish (store, await (&result), NULL));
  g_assert_cmpuint (tell (store, "words=boat", 2, 3, TRUE), ==, 1);
  fixture_reopen (fixture);
  store = fixture->store;
  assert_wishes (store, "words=harbour:7:0|words=boat:9:1|");
  fr_store_forget_wish_async (store, "words=boat", NULL, answered_cb, &again);
  g_assert_true (fr_store_put_wish_finish (store, await (&again), NULL));
  assert_wishes (store, "words=harbour:7:0|");
}

/* By whatever wish, and also after that one is gone; what the person saw is no news. */
static void
test_once (Fixture *fixture, gconstpointer data)
{
  FrStore *store = fixture->store;
  g_autoptr (GAsyncResult) result = NULL;

  put (store, "words=boat", 0);
  put (store, "words=harbour", 0);
  g_assert_cmpuint (tell (store, "words=boat", 1, 2, FALSE), ==, 2);
  g_assert_cmpuint (tell (store, "words=boat", 1, 4, TRUE), ==, 2);
  g_assert_cmpuint (tell (store, "words=harbour", 1, 5, TRUE), ==, 1);
  assert_wishes (store, "words=harbour:0:1|words=boat:0:2|");
  fr_store_forget_wish_async (store, "words=boat", NULL, answered_cb, &result);
  g_assert_true (fr_store_put_wish_finish (store, await (&result), NULL));
  fixture_reopen (fixture);
  store = fixture->store;
  put (store, "words=boat", 0);
  g_assert_cmpuint (tell (store, "words=boat", 1, 6, TRUE), ==, 1);
  assert_wishes (store, "words=boat:0:1|words=harbour:0:1|");
  g_assert_cmpuint (tell (store, "words=gone", 100, 1, TRUE), ==, 1); /* it ended while it was asked */
  assert_wishes (store, "words=boat:0:1|words=harbour:0:1|");
}

static FrDatabase *
open_memory (void)
{
  FrDatabase *database = fr_database_open (NULL, fr_store_migrations, NULL);

  g_assert_nonnull (database);
  return database;
}

static gint64
query (FrDatabase *database, const char *sql)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, NULL);

  g_assert_true (fr_statement_next (statement, NULL));
  return fr_statement_get_int64 (statement, 0);
}

static void
test_limit (void)
{
  FrDatabase *database = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;

  for (guint i = 0; i < FR_WISHES_MAX; i++)
    {
      g_autofree char *terms = g_strdup_printf ("words=%u", i);

      g_assert_true (fr_wishes_table_put (database, terms, 0, NULL));
    }
  g_assert_false (fr_wishes_table_put (database, "words=more", 0, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE);
  g_assert_true (fr_wishes_table_put (database, "words=0", 5, NULL)); /* it is there */
  g_assert_true (fr_wishes_table_forget (database, "words=1", NULL));
  g_assert_true (fr_wishes_table_put (database, "words=more", 0, NULL));
  all = fr_wishes_table_list (database, NULL);
  g_assert_cmpuint (all->len, ==, FR_WISHES_MAX);
  g_assert_cmpstr (((FrWishRecord *) all->pdata[0])->terms, ==, "words=more");
  fr_database_free (database);
}

static guint
tell_table (FrDatabase *database, const char *terms, guint first, guint n)
{
  g_autoptr (GArray) ids = make_ids (first, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) news = fr_wishes_table_tell (database, terms, (const FrContentId *) (gpointer) ids->data, n, TRUE,
                                                  &error);

  g_assert_no_error (error);
  return news->len;
}

/* Whoever shows very much at once is told of in parts; nothing is left out for good, and what is known takes no place. */
static void
test_limit_at_once (void)
{
  FrDatabase *database = open_memory ();
  const guint most = FR_WISHES_MAX_TOLD_ONCE;

  g_assert_true (fr_wishes_table_put (database, "words=a", 0, NULL));
  g_assert_cmpuint (tell_table (database, "words=a", 0, most), ==, most);
  g_assert_cmpuint (tell_table (database, "words=a", 0, 2 * most + 1), ==, most);
  g_assert_cmpuint (tell_table (database, "words=a", 0, 2 * most + 1), ==, 1);
  g_assert_cmpuint (tell_table (database, "words=a", 0, 2 * most + 1), ==, 0);
  fr_database_free (database);
}

/* At the limit, and past it: the oldest of the wish that has most go; the others remember. */
static void
test_limit_of_told (void)
{
  FrDatabase *database = open_memory ();
  guint n;

  g_assert_true (fr_wishes_table_put (database, "words=few", 0, NULL));
  g_assert_true (fr_wishes_table_put (database, "words=flood", 0, NULL));
  g_assert_cmpuint (tell_table (database, "words=few", 0, 10), ==, 10);
  for (n = 10; n < FR_WISHES_MAX_TOLD; n += 10) /* small parts: in large ones the first cut could hide behind the step */
    g_assert_cmpuint (tell_table (database, "words=flood", n, 10), ==, 10);
  g_assert_cmpint (query (database, "SELECT count(*) FROM told"), ==, FR_WISHES_MAX_TOLD);
  g_assert_cmpuint (tell_table (database, "words=flood", n, FR_WISHES_MAX_TOLD_ONCE), ==, FR_WISHES_MAX_TOLD_ONCE);
  g_assert_cmpint (query (database, "SELECT count(*) FROM told"), ==, FR_WISHES_MAX_TOLD);
  g_assert_cmpuint (tell_table (database, "words=few", 0, 10), ==, 0);
  g_assert_cmpuint (tell_table (database, "words=flood", 10, 1), ==, 1); /* forgotten: the price of the bound */
  g_assert_cmpuint (tell_table (database, "words=flood", n, 1), ==, 0);
  fr_database_free (database);
}

static void
test_refuses (void)
{
  FrDatabase *database = open_memory ();
  g_autofree char *longest = g_strnfill (FR_WISHES_MAX_TERMS, 'x'), *too_long = g_strnfill (FR_WISHES_MAX_TERMS + 1, 'x');
  const char *bad[] = { "", "words=\xff", too_long };

  g_assert_true (fr_wishes_table_put (database, longest, 0, NULL));
  g_assert_true (fr_searches_table_put (database, "words", longest, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL, other = NULL;

      g_assert_false (fr_wishes_table_put (database, bad[i], 0, &error));
      g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
      g_assert_false (fr_searches_table_put (database, "words", bad[i], &other));
      g_assert_error (other, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
    }
  g_free (too_long);
  too_long = g_strnfill (FR_STORE_MAX_SEARCH + 1, 'x');
  g_assert_false (fr_searches_table_put (database, too_long, "words=x", NULL));
  too_long[FR_STORE_MAX_SEARCH] = '\0';
  g_assert_true (fr_searches_table_put (database, too_long, "words=x", NULL));
  fr_database_free (database);
}

/* Rows that were damaged, or changed by hand. */
static void
test_hostile_rows (void)
{
  FrDatabase *database = open_memory ();
  g_autoptr (GPtrArray) wishes = NULL, searches = NULL;
  static const char sql[] = "INSERT INTO wishes (terms, asked_us) VALUES (printf ('%.*c', 100000, 'x'), 0), ('', 0),"
                            " (CAST (x'ff' AS TEXT), 0), ('words=good', -5);"
                            "INSERT INTO told (id, wish, fresh) SELECT zeroblob (31), number, 1 FROM wishes"
                            " WHERE terms = 'words=good';"
                            "INSERT INTO told (id, wish, fresh) SELECT zeroblob (100000), number, 1 FROM wishes"
                            " WHERE terms = 'words=good';"
                            "INSERT INTO told (id, wish, fresh) SELECT zeroblob (32), number, 1 FROM wishes"
                            " WHERE terms = 'words=good';"
                            "INSERT INTO searches (words, terms) VALUES ('a', printf ('%.*c', 100000, 'x')), ('b', ''),"
                            " ('c', CAST (x'ff' AS TEXT)), ('d', 'words=d');";

  g_assert_true (fr_database_execute (database, sql, NULL));
  wishes = fr_wishes_table_list (database, NULL);
  g_assert_cmpuint (wishes->len, ==, 1);
  g_assert_cmpstr (((FrWishRecord *) wishes->pdata[0])->terms, ==, "words=good");
  g_assert_cmpuint (((FrWishRecord *) wishes->pdata[0])->fresh->len, ==, 1);
  searches = fr_searches_table_list (database, NULL);
  g_assert_cmpuint (searches->len, ==, 1);
  g_assert_cmpstr (searches->pdata[0], ==, "words=d");
  fr_database_free (database);
}

static void
assert_searches (FrStore *store, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) searches = NULL;
  g_autofree char *found = NULL;

  fr_store_list_searches_async (store, NULL, answered_cb, &result);
  searches = fr_store_list_searches_finish (store, await (&result), NULL);
  g_ptr_array_add (searches, NULL);
  found = g_strjoinv ("|", (char **) searches->pdata);
  g_assert_cmpstr (found, ==, expected);
}

static void
note_search (FrStore *store, const char *words, const char *terms)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (terms != NULL)
    fr_store_put_search_async (store, words, terms, NULL, answered_cb, &result);
  else
    fr_store_forget_search_async (store, words, NULL, answered_cb, &result);
  g_assert_true (fr_store_put_search_finish (store, await (&result), NULL));
}

/* What is looked for again stands first, as it was asked the last time. */
static void
test_searches (Fixture *fixture, gconstpointer data)
{
  note_search (fixture->store, "boat", "words=boat");
  note_search (fixture->store, "sea", "words=sea");
  note_search (fixture->store, "harbour", "words=harbour");
  note_search (fixture->store, "boat", "words=boat&scope=people");
  fixture_reopen (fixture);
  assert_searches (fixture->store, "words=boat&scope=people|words=harbour|words=sea");
  note_search (fixture->store, "harbour", NULL);
  assert_searches (fixture->store, "words=boat&scope=people|words=sea");
  note_search (fixture->store, NULL, NULL);
  fixture_reopen (fixture);
  assert_searches (fixture->store, "");
}

static void
test_limit_of_searches (void)
{
  FrDatabase *database = open_memory ();

  for (guint i = 0; i <= FR_SEARCHES_MAX; i++)
    {
      g_autofree char *words = g_strdup_printf ("%u", i);
      g_autoptr (GPtrArray) all = NULL;

      g_assert_true (fr_searches_table_put (database, words, words, NULL));
      all = fr_searches_table_list (database, NULL);
      g_assert_cmpuint (all->len, ==, MIN (i + 1, FR_SEARCHES_MAX));
      g_assert_cmpstr (all->pdata[0], ==, words);
    }
  g_assert_cmpint (query (database, "SELECT count(*) FROM searches"), ==, FR_SEARCHES_MAX);
  g_assert_cmpint (query (database, "SELECT count(*) FROM searches WHERE words = '0'"), ==, 0);
  fr_database_free (database);
}

/* A catalogue of a Freshet that knew no wishes. */
static void
test_from_version_15 (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "old.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) wishes = NULL, searches = NULL;
  FrDatabase *database = open_version (path, 15);

  g_assert_true (fr_database_execute (database, "INSERT INTO settings VALUES ('name', 'Anna')", NULL));
  fr_database_free (database);
  database = fr_database_open (path, fr_store_migrations, &error);
  g_assert_no_error (error);
  wishes = fr_wishes_table_list (database, NULL);
  searches = fr_searches_table_list (database, NULL);
  g_assert_cmpuint (wishes->len + searches->len, ==, 0);
  g_assert_true (fr_wishes_table_put (database, "words=boat", 0, NULL));
  g_assert_cmpuint (tell_table (database, "words=boat", 1, 1), ==, 1);
  g_assert_true (fr_searches_table_put (database, "boat", "words=boat", NULL));
  g_assert_cmpint (query (database, "SELECT count(*) FROM settings"), ==, 1);
  fr_database_free (database);
  fr_test_folder_free (folder);
}

void
test_wishes_add (void)
{
  g_test_add ("/store/wishes/keeps", Fixture, NULL, fixture_set_up, test_keeps, fixture_tear_down);
  g_test_add ("/store/wishes/once", Fixture, NULL, fixture_set_up, test_once, fixture_tear_down);
  g_test_add_func ("/store/wishes/limit", test_limit);
  g_test_add_func ("/store/wishes/limit-at-once", test_limit_at_once);
  g_test_add_func ("/store/wishes/limit-of-told", test_limit_of_told);
  g_test_add_func ("/store/wishes/refuses", test_refuses);
  g_test_add_func ("/store/wishes/hostile-rows", test_hostile_rows);
  g_test_add ("/store/wishes/searches", Fixture, NULL, fixture_set_up, test_searches, fixture_tear_down);
  g_test_add_func ("/store/wishes/limit-of-searches", test_limit_of_searches);
  g_test_add_func ("/store/wishes/from-version-15", test_from_version_15);
}
