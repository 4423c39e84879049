/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-audience-table.h"
#include "fr-catalogue.h"
#include "fr-form-table.h"
#include "fr-origin-name.h"
#include "fr-originals.h"
#include "fr-people-table.h"
#include "fr-settings-table.h"
#include "fr-shown-table.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

/* What people have shown us. */

static const FrPeerKey anna = { { 1 } };
static const FrPeerKey boris = { { 2 } };

static GPtrArray *
list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) fr_shown_free);
}

static FrContentId
make_id (guint number)
{
  FrContentId id = { { 1 } };

  memcpy (id.bytes + 4, &number, sizeof number);
  return id;
}

/* Its preview is of that many bytes; 0: none. */
static FrShown *
make_shown (guint number, gsize preview_size)
{
  g_autofree char *title = g_strdup_printf ("%u", number);
  FrContentId id = make_id (number);
  FrShown *shown = fr_shown_new (&id, title);

  shown->type = 2;
  shown->size = 1000 + number;
  shown->width = 40;
  shown->height = 30;
  shown->day = 20000 + number % 10;
  shown->fresh = TRUE;
  shown->has_preview = preview_size > 0;
  shown->preview_hash.bytes[0] = (guint8) number;
  if (preview_size > 0)
    shown->preview = g_bytes_new_take (g_malloc0 (preview_size), preview_size);
  return shown;
}

static GPtrArray *
make_many (guint first, guint n, gsize preview_size)
{
  GPtrArray *shown = list_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (shown, make_shown (first + i, preview_size));
  return shown;
}

static void
put (FrStore *store, const FrPeerKey *person, GPtrArray *shown)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_put_shown_async (store, person, shown, NULL, answered_cb, &result);
  fr_store_put_shown_finish (store, await (&result), &error);
  g_assert_no_error (error);
}

static void
put_many (FrStore *store, const FrPeerKey *person, guint first, guint n, gsize preview_size)
{
  g_autoptr (GPtrArray) shown = make_many (first, n, preview_size);

  put (store, person, shown);
}

static GPtrArray *
list (FrStore *store, const FrPeerKey *person, guint offset, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *shown;

  fr_store_list_shown_async (store, person, offset, limit, NULL, answered_cb, &result);
  shown = fr_store_list_shown_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return shown;
}

static void
assert_titles (FrStore *store, const FrPeerKey *person, guint offset, guint limit, const char *titles)
{
  g_autoptr (GPtrArray) shown = list (store, person, offset, limit);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < shown->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", ((FrShown *) shown->pdata[i])->title);
  g_assert_cmpstr (found->str, ==, titles);
}

/* Of each what they have shown, also after a restart; what came last stands first. */
static void
test_keeps (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) shown = NULL;
  const FrShown *one;

  add_contact (fixture->store, &anna, "anna");
  add_contact (fixture->store, &boris, "boris");
  put_many (fixture->store, &anna, 1, 3, 100);
  put_many (fixture->store, &boris, 3, 2, 0);
  put_many (fixture->store, &stranger, 7, 2, 0); /* of whom nothing is kept */
  fixture_reopen (fixture);
  assert_titles (fixture->store, &anna, 0, 10, "3|2|1");
  assert_titles (fixture->store, &anna, 1, 1, "2");
  assert_titles (fixture->store, &boris, 0, 10, "4|3");
  assert_titles (fixture->store, NULL, 0, 10, "4|3|3|2|1");
  assert_titles (fixture->store, &stranger, 0, 10, "");
  shown = list (fixture->store, &anna, 0, 1);
  one = shown->pdata[0];
  g_assert_true (fr_content_id_equal (&one->id, &(FrContentId[]) { make_id (3) }[0]));
  g_assert_true (fr_peer_key_equal (&one->person, &anna));
  g_assert_cmpuint (one->type, ==, 2);
  g_assert_cmpuint (one->size, ==, 1003);
  g_assert_cmpuint (one->width, ==, 40);
  g_assert_cmpuint (one->height, ==, 30);
  g_assert_cmpuint (one->day, ==, 20003);
  g_assert_true (one->fresh && one->has_preview);
  g_assert_cmpuint (one->preview_hash.bytes[0], ==, 3);
  g_assert_cmpuint (g_bytes_get_size (one->preview), ==, 100);
}

static void
mark_seen (FrStore *store, guint number)
{
  FrContentId id = make_id (number);
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_mark_shown_seen_async (store, &id, NULL, answered_cb, &result);
  g_assert_true (fr_store_put_shown_finish (store, await (&result), NULL));
}

/* What is shown once more keeps its place, its mark and its small picture; that of another hash is another one. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before = make_many (1, 2, 100), bare = make_many (1, 1, 0), other = make_many (1, 1, 0);
  g_autoptr (GPtrArray) found = NULL, changed = NULL;

  add_contact (fixture->store, &anna, "anna");
  put (fixture->store, &anna, before);
  mark_seen (fixture->store, 1);
  mark_seen (fixture->store, 9); /* nobody's */
  ((FrShown *) bare->pdata[0])->has_preview = TRUE; /* which has not come this time */
  put (fixture->store, &anna, bare);
  found = list (fixture->store, &anna, 0, 10);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (((FrShown *) found->pdata[1])->title, ==, "1");
  g_assert_false (((FrShown *) found->pdata[1])->fresh);
  g_assert_true (((FrShown *) found->pdata[0])->fresh);
  g_assert_cmpuint (g_bytes_get_size (((FrShown *) found->pdata[1])->preview), ==, 100);
  ((FrShown *) other->pdata[0])->has_preview = TRUE;
  ((FrShown *) other->pdata[0])->preview_hash.bytes[5] = 1;
  put (fixture->store, &anna, other);
  changed = list (fixture->store, &anna, 1, 1);
  g_assert_true (((FrShown *) changed->pdata[0])->has_preview);
  g_assert_null (((FrShown *) changed->pdata[0])->preview);
}

/* It goes when it is not shared any more, and with its person. */
static void
test_goes (Fixture *fixture, gconstpointer data)
{
  const FrContentId ids[] = { make_id (2), make_id (4), make_id (9) };
  g_autoptr (GAsyncResult) result = NULL;

  add_contact (fixture->store, &anna, "anna");
  add_contact (fixture->store, &boris, "boris");
  put_many (fixture->store, &anna, 1, 4, 0);
  put_many (fixture->store, &boris, 1, 4, 0);
  fr_store_forget_shown_async (fixture->store, &anna, ids, G_N_ELEMENTS (ids), NULL, answered_cb, &result);
  g_assert_true (fr_store_put_shown_finish (fixture->store, await (&result), NULL));
  assert_titles (fixture->store, &anna, 0, 10, "3|1");
  remove_contact (fixture->store, &anna, "anna");
  assert_titles (fixture->store, NULL, 0, 10, "4|3|2|1");
}

/* What no peer may say is not kept, and nothing that came with it. */
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
      g_autoptr (GPtrArray) shown = make_many (2 * (guint) i, 1, 0);
      FrShown *bad = make_shown (2 * (guint) i + 1, rows[i].preview);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) all = NULL;

      g_free (bad->title);
      bad->title = g_strnfill (rows[i].title, 'x');
      bad->size = rows[i].size;
      g_ptr_array_add (shown, bad);
      fr_store_put_shown_async (fixture->store, &anna, shown, NULL, answered_cb, &result);
      g_assert_true (fr_store_put_shown_finish (fixture->store, await (&result), &error) == rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
      all = list (fixture->store, NULL, 0, 100);
      g_assert_cmpuint (all->len, ==, 2);
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
fill (FrDatabase *database, const FrPeerKey *person, guint first, guint n, gsize preview_size)
{
  g_autoptr (GPtrArray) shown = make_many (first, n, preview_size);
  g_autoptr (GError) error = NULL;

  fr_shown_table_put (database, person, shown, &error);
  g_assert_no_error (error);
}

/* A row of the gallery, as far as it matters here. */
static void
keep (FrDatabase *database, guint number)
{
  FrContentId id = make_id (number);
  g_autofree char *hex = fr_content_id_to_string (&id);
  g_autofree char *sql
    = g_strdup_printf ("INSERT INTO pictures (shared_id, original_id, title, description, tags, folded, type, mime, size,"
                       " width, height, added_us, audience, has_thumbnail) VALUES (x'%s', x'%s', '', '', '', '', 0, '', 1,"
                       " 0, 0, 0, 3, 0)",
                       hex, hex);

  g_assert_true (fr_database_execute (database, sql, NULL));
}

/* At the limit of one person, and past it: the oldest goes, but not what was kept. */
static void
test_limit_of_one (void)
{
  FrDatabase *database = fr_database_open (NULL, fr_store_migrations, NULL);
  FrPeerKey person = add_somebody (database, 1), other = add_somebody (database, 2);
  g_autoptr (GPtrArray) shown = NULL;

  fill (database, &other, 1, 1, 0);
  keep (database, 1);
  fill (database, &person, 1, FR_SHOWN_MAX_EACH, 0);
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown"), ==, FR_SHOWN_MAX_EACH + 1);
  fill (database, &person, FR_SHOWN_MAX_EACH + 1, 2, 0);
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown"), ==, FR_SHOWN_MAX_EACH + 1);
  shown = fr_shown_table_list (database, &person, FR_SHOWN_MAX_EACH - 2, 2, NULL);
  g_assert_cmpstr (((FrShown *) shown->pdata[0])->title, ==, "4");
  g_assert_cmpstr (((FrShown *) shown->pdata[1])->title, ==, "1");
  fr_database_free (database);
}

static void
test_limit_of_all (void)
{
  const guint n_people = FR_SHOWN_MAX / FR_SHOWN_MAX_EACH + 1;
  FrDatabase *database = fr_database_open (NULL, fr_store_migrations, NULL);
  FrPeerKey person;
  guint n = 0;

  for (guint i = 0; i < n_people && n < FR_SHOWN_MAX; i++)
    {
      guint some = MIN (FR_SHOWN_MAX_EACH, FR_SHOWN_MAX - n);

      person = add_somebody (database, i);
      fill (database, &person, n, some, 0);
      n += some;
    }
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown"), ==, FR_SHOWN_MAX);
  keep (database, 0);
  person = add_somebody (database, n_people);
  fill (database, &person, n, 1, 0);
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown"), ==, FR_SHOWN_MAX);
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown WHERE title = '0'"), ==, 1);
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown WHERE title = '1'"), ==, 0);
  fr_database_free (database);
}

static void
test_limit_of_previews (void)
{
  const guint most = FR_SHOWN_MAX_PREVIEWS / FR_STORE_MAX_PREVIEW;
  FrDatabase *database = fr_database_open (NULL, fr_store_migrations, NULL);
  FrPeerKey person = add_somebody (database, 0);
  guint n = 0;

  fill (database, &person, 100000, 1, 0); /* the oldest, which takes no room */
  for (guint i = 1; n < most; i++)
    {
      guint some = MIN (FR_SHOWN_MAX_EACH, most - n);

      person = add_somebody (database, i);
      fill (database, &person, n, some, FR_STORE_MAX_PREVIEW);
      n += some;
    }
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown"), ==, most + 1);
  person = add_somebody (database, 200);
  fill (database, &person, n, 1, FR_STORE_MAX_PREVIEW);
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown"), ==, most + 1);
  g_assert_cmpint (query (database, "SELECT total (preview_size) FROM shown"), <=, FR_SHOWN_MAX_PREVIEWS);
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown WHERE title = '0'"), ==, 0);
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown WHERE title = '100000'"), ==, 1);
  fr_database_free (database);
}

/* A catalogue of a Freshet that kept nothing of what was shown; and somebody who has another key since. */
static void
test_from_version_10 (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "old.db", NULL);
  g_autoptr (GError) error = NULL;
  FrDatabase *database;
  FrPeerKey person;

  database = open_version (path, 10);
  person = add_somebody (database, 1);
  keep (database, 1);
  g_assert_true (fr_database_execute (database, "UPDATE pictures SET added_us = 5000", NULL));
  fr_database_free (database);
  database = fr_database_open (path, fr_store_migrations, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (database, "SELECT shared_us FROM pictures"), ==, 5000);
  fill (database, &person, 1, 2, 0);
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown"), ==, 2);
  g_assert_true (fr_database_execute (database, "UPDATE people SET name = 'Zoe', key = key", NULL));
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown"), ==, 2);
  g_assert_true (fr_database_execute (database, "UPDATE people SET key = zeroblob (32)", NULL));
  g_assert_cmpint (query (database, "SELECT count(*) FROM shown"), ==, 0);
  fr_database_free (database);
  fr_test_folder_free (folder);
}

void
test_shown_add (void)
{
  g_test_add ("/store/shown/keeps", Fixture, NULL, fixture_set_up, test_keeps, fixture_tear_down);
  g_test_add ("/store/shown/again", Fixture, NULL, fixture_set_up, test_again, fixture_tear_down);
  g_test_add ("/store/shown/goes", Fixture, NULL, fixture_set_up, test_goes, fixture_tear_down);
  g_test_add ("/store/shown/refuses", Fixture, NULL, fixture_set_up, test_refuses, fixture_tear_down);
  g_test_add_func ("/store/shown/limit-of-one", test_limit_of_one);
  g_test_add_func ("/store/shown/limit-of-all", test_limit_of_all);
  g_test_add_func ("/store/shown/limit-of-previews", test_limit_of_previews);
  g_test_add_func ("/store/shown/from-version-10", test_from_version_10);
}
