/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-picture.h"
#include "fr-test-support.h"
#include "fr-wanted-table.h"
#include "store-fixture.h"
#include "tests.h"

/* What is wanted and has not come yet. */

static const FrPeerKey anna = { { 1 } };
static const FrPeerKey boris = { { 2 } };

static FrContentId
make_id (guint number)
{
  FrContentId id = { { 1 } };

  memcpy (id.bytes + 4, &number, sizeof number);
  return id;
}

static FrWanted *
make_wanted (guint number, const FrPeerKey *holder)
{
  g_autofree char *title = g_strdup_printf ("%u", number);
  FrContentId id = make_id (number);
  FrWanted *wanted = fr_wanted_new (&id, title);

  wanted->type = 2;
  wanted->size = 1000 + number;
  wanted->done = 10;
  wanted->width = 40;
  wanted->height = 30;
  if (holder != NULL)
    fr_wanted_add_holder (wanted, holder, 2000 + number);
  return wanted;
}

static void
put (FrStore *store, FrWanted *wanted)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_put_wanted_async (store, wanted, NULL, answered_cb, &result);
  fr_store_put_wanted_finish (store, await (&result), &error);
  g_assert_no_error (error);
}

static GPtrArray *
list (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *wanted;

  fr_store_list_wanted_async (store, NULL, answered_cb, &result);
  wanted = fr_store_list_wanted_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return wanted;
}

static void
assert_titles (FrStore *store, const char *titles)
{
  g_autoptr (GPtrArray) wanted = list (store);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < wanted->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", ((FrWanted *) wanted->pdata[i])->title);
  g_assert_cmpstr (found->str, ==, titles);
}

/* Also after a restart; what was asked for last stands first. */
static void
test_keeps (Fixture *fixture, gconstpointer data)
{
  FrWanted *second = make_wanted (2, &anna);
  FrContentId id = make_id (2);
  g_autoptr (GPtrArray) wanted = NULL;
  const FrWanted *one;

  add_contact (fixture->store, &anna, "anna");
  add_contact (fixture->store, &boris, "boris");
  second->paused = second->keep = TRUE;
  second->preview = g_bytes_new ("small", 5);
  fr_wanted_add_holder (second, &boris, 77);
  fr_wanted_add_holder (second, &stranger, 78); /* of whom we would not hear that they are here */
  put (fixture->store, make_wanted (1, &anna));
  put (fixture->store, second);
  put (fixture->store, make_wanted (3, &stranger));
  put (fixture->store, make_wanted (4, NULL));
  fixture_reopen (fixture);
  assert_titles (fixture->store, "2|1");
  wanted = list (fixture->store);
  one = wanted->pdata[0];
  g_assert_true (fr_content_id_equal (&one->id, &id));
  g_assert_true (one->paused && one->keep);
  g_assert_cmpuint (one->type, ==, 2);
  g_assert_cmpuint (one->size, ==, 1002);
  g_assert_cmpuint (one->done, ==, 10);
  g_assert_cmpuint (one->width, ==, 40);
  g_assert_cmpuint (one->height, ==, 30);
  g_assert_cmpmem (g_bytes_get_data (one->preview, NULL), 5, "small", 5);
  g_assert_cmpuint (one->holders->len, ==, 2);
  g_assert_true (fr_peer_key_equal (&g_array_index (one->holders, FrWantedHolder, 0).person, &anna));
  g_assert_cmpuint (g_array_index (one->holders, FrWantedHolder, 0).size, ==, 2002);
  g_assert_cmpuint (g_array_index (one->holders, FrWantedHolder, 1).size, ==, 77);
  one = wanted->pdata[1];
  g_assert_false (one->paused || one->keep);
  g_assert_null (one->preview);
}

/* What is put once more keeps its place and its small picture, and who had it before. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  FrWanted *first = make_wanted (1, &anna), *changed = make_wanted (1, &boris);
  g_autoptr (GPtrArray) wanted = NULL;
  const FrWanted *one;

  add_contact (fixture->store, &anna, "anna");
  add_contact (fixture->store, &boris, "boris");
  first->preview = g_bytes_new ("small", 5);
  changed->paused = TRUE;
  changed->done = 500;
  put (fixture->store, first);
  put (fixture->store, make_wanted (2, &anna));
  put (fixture->store, changed);
  assert_titles (fixture->store, "2|1");
  wanted = list (fixture->store);
  one = wanted->pdata[1];
  g_assert_true (one->paused);
  g_assert_cmpuint (one->done, ==, 500);
  g_assert_nonnull (one->preview);
  g_assert_cmpuint (one->holders->len, ==, 2);
}

static void
forget (FrStore *store, guint number)
{
  FrContentId id = make_id (number);
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_forget_wanted_async (store, &id, NULL, answered_cb, &result);
  g_assert_true (fr_store_put_wanted_finish (store, await (&result), NULL));
}

/* It goes when it has come, and with the last of those who have it. */
static void
test_goes (Fixture *fixture, gconstpointer data)
{
  FrWanted *both = make_wanted (3, &anna);

  add_contact (fixture->store, &anna, "anna");
  add_contact (fixture->store, &boris, "boris");
  fr_wanted_add_holder (both, &boris, 5);
  put (fixture->store, make_wanted (1, &anna));
  put (fixture->store, make_wanted (2, &anna));
  put (fixture->store, both);
  put (fixture->store, make_wanted (4, &boris));
  forget (fixture->store, 1);
  forget (fixture->store, 9); /* nobody wants it */
  assert_titles (fixture->store, "4|3|2");
  remove_contact (fixture->store, &anna, "anna");
  assert_titles (fixture->store, "4|3");
  remove_contact (fixture->store, &boris, "boris");
  assert_titles (fixture->store, "");
}

static void
test_refuses (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gsize title, preview;
    guint64 size;
    gboolean good;
  } rows[] = {
    { FR_PICTURE_MAX_TITLE, FR_STORE_MAX_PREVIEW, FR_PICTURE_MAX_BYTES, TRUE },
    { FR_PICTURE_MAX_TITLE + 1, 0, 1, FALSE },
    { 1, FR_STORE_MAX_PREVIEW + 1, 1, FALSE },
    { 1, 0, 0, FALSE },
    { 1, 0, FR_PICTURE_MAX_BYTES + 1, FALSE },
  };

  add_contact (fixture->store, &anna, "anna");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrWanted *wanted = make_wanted ((guint) i, &anna);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) all = NULL;

      g_free (wanted->title);
      wanted->title = g_strnfill (rows[i].title, 'x');
      wanted->size = rows[i].size;
      if (rows[i].preview > 0)
        wanted->preview = g_bytes_new_take (g_malloc0 (rows[i].preview), rows[i].preview);
      fr_store_put_wanted_async (fixture->store, wanted, NULL, answered_cb, &result);
      g_assert_true (fr_store_put_wanted_finish (fixture->store, await (&result), &error) == rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
      all = list (fixture->store);
      g_assert_cmpuint (all->len, ==, 1);
    }
}

static gint64
query (FrDatabase *database, const char *sql)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, NULL);

  g_assert_true (fr_statement_next (statement, NULL));
  return fr_statement_get_int64 (statement, 0);
}

static FrPeerKey
add_somebody (FrDatabase *database, guint number)
{
  g_autofree char *sql = NULL, *hex = NULL;
  FrPeerKey key = { { 9, (guint8) number } };

  hex = fr_peer_key_to_string (&key);
  sql = g_strdup_printf ("INSERT INTO people (key, name, server, address, seen_us, auto_connect)"
                         " VALUES (x'%s', 'Somebody', 's', 'somebody-%u', 0, 1)",
                         hex, number);
  g_assert_true (fr_database_execute (database, sql, NULL));
  return key;
}

static void
want (FrDatabase *database, guint number, const FrPeerKey *person)
{
  g_autoptr (FrWanted) wanted = make_wanted (number, person);
  g_autoptr (GError) error = NULL;

  fr_wanted_table_put (database, wanted, &error);
  g_assert_no_error (error);
}

/* At the limit, and past it: the oldest goes, with its holders. */
static void
test_limit (void)
{
  FrDatabase *database = fr_database_open (NULL, fr_store_migrations, NULL);
  FrPeerKey person = add_somebody (database, 1);

  for (guint i = 0; i < FR_WANTED_MAX; i++)
    want (database, i, &person);
  g_assert_cmpint (query (database, "SELECT count(*) FROM wanted"), ==, FR_WANTED_MAX);
  want (database, 0, &person); /* it is there */
  g_assert_cmpint (query (database, "SELECT count(*) FROM wanted WHERE title = '0'"), ==, 1);
  want (database, FR_WANTED_MAX, &person);
  g_assert_cmpint (query (database, "SELECT count(*) FROM wanted"), ==, FR_WANTED_MAX);
  g_assert_cmpint (query (database, "SELECT count(*) FROM wanted_from"), ==, FR_WANTED_MAX);
  g_assert_cmpint (query (database, "SELECT count(*) FROM wanted WHERE title = '0'"), ==, 0);
  g_assert_cmpint (query (database, "SELECT count(*) FROM wanted WHERE title = '1'"), ==, 1);
  fr_database_free (database);
}

/* Who is one too many is left out, at once and one after the other. */
static void
test_limit_of_holders (void)
{
  FrDatabase *database = fr_database_open (NULL, fr_store_migrations, NULL);
  g_autoptr (FrWanted) wanted = make_wanted (1, NULL);
  g_autoptr (GPtrArray) all = NULL;

  for (guint i = 0; i < FR_WANTED_MAX_HOLDERS; i++)
    {
      FrPeerKey person = add_somebody (database, i);

      fr_wanted_add_holder (wanted, &person, i + 1);
      want (database, 1, &person);
    }
  g_assert_cmpint (query (database, "SELECT count(*) FROM wanted_from"), ==, FR_WANTED_MAX_HOLDERS);
  g_assert_true (fr_wanted_table_put (database, wanted, NULL));
  g_assert_cmpint (query (database, "SELECT max (size) FROM wanted_from"), ==, FR_WANTED_MAX_HOLDERS);
  {
    FrPeerKey person = add_somebody (database, 100);

    fr_wanted_add_holder (wanted, &person, 5);
    g_assert_cmpuint (wanted->holders->len, ==, FR_WANTED_MAX_HOLDERS);
    want (database, 1, &person);
  }
  g_assert_cmpint (query (database, "SELECT count(*) FROM wanted_from"), ==, FR_WANTED_MAX_HOLDERS);
  all = fr_wanted_table_list (database, NULL);
  g_assert_cmpuint (((FrWanted *) all->pdata[0])->holders->len, ==, FR_WANTED_MAX_HOLDERS);
  fr_database_free (database);
}

/* A catalogue of a Freshet in which nothing waited; and somebody who has another key since, and then none. */
static void
test_from_version_13 (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "old.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  FrDatabase *database = open_version (path, 13);
  FrPeerKey person = add_somebody (database, 1), other = add_somebody (database, 2);

  fr_database_free (database);
  database = fr_database_open (path, fr_store_migrations, &error);
  g_assert_no_error (error);
  want (database, 1, &person);
  want (database, 2, &person);
  want (database, 2, &other);
  g_assert_true (fr_database_execute (database, "UPDATE people SET key = zeroblob (32) WHERE address = 'somebody-1'",
                                      NULL));
  g_assert_cmpint (query (database, "SELECT count(*) FROM wanted_from WHERE person = zeroblob (32)"), ==, 2);
  g_assert_cmpint (query (database, "SELECT count(*) FROM wanted_from"), ==, 3);
  g_assert_true (fr_database_execute (database, "UPDATE people SET key = NULL WHERE address = 'somebody-1'", NULL));
  all = fr_wanted_table_list (database, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (((FrWanted *) all->pdata[0])->title, ==, "2");
  fr_database_free (database);
  fr_test_folder_free (folder);
}

void
test_wanted_add (void)
{
  g_test_add ("/store/wanted/keeps", Fixture, NULL, fixture_set_up, test_keeps, fixture_tear_down);
  g_test_add ("/store/wanted/again", Fixture, NULL, fixture_set_up, test_again, fixture_tear_down);
  g_test_add ("/store/wanted/goes", Fixture, NULL, fixture_set_up, test_goes, fixture_tear_down);
  g_test_add ("/store/wanted/refuses", Fixture, NULL, fixture_set_up, test_refuses, fixture_tear_down);
  g_test_add_func ("/store/wanted/limit", test_limit);
  g_test_add_func ("/store/wanted/limit-of-holders", test_limit_of_holders);
  g_test_add_func ("/store/wanted/from-version-13", test_from_version_13);
}
