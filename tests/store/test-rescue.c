/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-database.h"
#include "fr-rescue.h"
#include "fr-test-support.h"
#include "fr-unfinished.h"
#include "store-fixture.h"
#include "tests.h"

/* Catalogues and pictures that were damaged on disk. */

static char *
catalogue_path (Fixture *fixture, const char *suffix)
{
  return g_strdup_printf ("%s/freshet.db%s", fixture->folder, suffix);
}

static void
close_it (Fixture *fixture)
{
  fr_store_close (fixture->store);
  g_clear_object (&fixture->store);
}

static void
open_it (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = open_store (fixture->folder, &error);
  g_assert_no_error (error);
}

static void
overwrite (const char *path, goffset at, gsize size)
{
  g_autofree char *garbage = g_strnfill (size, 'x');
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (pwrite (fd, garbage, size, at), ==, (gssize) size);
  close (fd);
}

static void
assert_whole (FrStore *store, const FrPicture *picture, const char *bytes)
{
  g_autoptr (GBytes) block = read_block (store, &picture->id, 0, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) hashes = NULL;

  g_assert_cmpmem (g_bytes_get_data (block, NULL), g_bytes_get_size (block), bytes, strlen (bytes));
  fr_store_get_blocks_async (store, &picture->id, NULL, NULL, answered_cb, &result);
  hashes = fr_store_get_blocks_finish (store, await (&result), NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (hashes), ==, sizeof (FrBlockHash));
}

/* What a damaged catalogue may look like; half of each is tried with a log beside it that belongs to the old one. */
static const struct
{
  const char *name;
  gssize keep; /* bytes of it; -1: all */
  goffset at;  /* what is overwritten */
  gsize size;
  gboolean keeps_titles;
} damages[] = {
  { "gone", -2 },
  { "empty", 0 },
  { "six bytes", 6 },
  { "one page", 4096 },
  { "half a page", 2048 },
  { "no header", -1, 0, 100 },
  { "no schema", -1, 100, 3996 },
  { "garbage", -1, 0, 40000 },
  { "no last page", -3, 0, 0, TRUE }, /* it is that of a table without rows */
};

static void
damage (const char *path, gsize row)
{
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  if (damages[row].keep == -2)
    g_assert_cmpint (g_unlink (path), ==, 0);
  else if (damages[row].keep == -3)
    g_assert_cmpint (truncate (path, status.st_size - 4096), ==, 0);
  else if (damages[row].keep >= 0)
    g_assert_cmpint (truncate (path, damages[row].keep), ==, 0);
  if (damages[row].size > 0)
    overwrite (path, damages[row].at, damages[row].size);
}

static void
test_catalogue (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      Fixture fixture = { 0 };
      g_autoptr (FrPicture) one = NULL, two = NULL, found = NULL;
      g_autofree char *path = NULL, *kept = NULL, *before = NULL, *after = NULL, *titles = NULL;
      const FrPeerKey nobody = { { 1 } };
      gsize before_size = 0, after_size = 0;
      guint n_adopted = 0;

      g_test_message ("%s", damages[i].name);
      fixture_set_up (&fixture, NULL);
      path = catalogue_path (&fixture, "");
      kept = catalogue_path (&fixture, ".damaged");
      one = add_picture (fixture.store, "one", "One", NULL);
      two = add_picture (fixture.store, "two", "Two", NULL);
      close_it (&fixture);
      damage (path, i);
      g_file_get_contents (path, &before, &before_size, NULL);

      open_it (&fixture);
      g_assert_true (fr_store_was_rescued (fixture.store, &n_adopted));
      g_assert_cmpuint (count_pictures (fixture.store, NULL), ==, 2);
      assert_whole (fixture.store, one, "one");
      assert_whole (fixture.store, two, "two");
      if (damages[i].keeps_titles)
        {
          titles = list_titles (fixture.store, NULL, 0, 9);
          g_assert_cmpstr (titles, ==, "Two|One");
        }
      else
        {
          g_assert_cmpuint (n_adopted, ==, 2);
          g_assert_cmpuint (count_pictures (fixture.store, &nobody), ==, 0);
        }
      if (before != NULL)
        {
          g_assert_true (g_file_get_contents (kept, &after, &after_size, NULL));
          g_assert_cmpmem (after, after_size, before, before_size);
        }
      fixture_reopen (&fixture);
      g_assert_false (fr_store_was_rescued (fixture.store, NULL));
      g_assert_cmpuint (count_pictures (fixture.store, NULL), ==, 2);
      fixture_tear_down (&fixture, NULL);
    }
}

/* Whoever adds what has lost its title says what it is. */
static void
test_add_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) before = add_picture (fixture->store, "one", "One", NULL), lost = NULL, after = NULL;
  g_autofree char *path = catalogue_path (fixture, ""), *found = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) thumbnail = NULL;

  close_it (fixture);
  g_assert_cmpint (g_unlink (path), ==, 0);
  open_it (fixture);
  lost = get_picture (fixture->store, &before->id, NULL);
  g_assert_cmpuint (strlen (lost->title), ==, 8);
  g_assert_false (lost->has_thumbnail || fr_picture_is_offered (lost));

  after = add_picture (fixture->store, "one", "One", NULL);
  g_assert_cmpstr (after->title, ==, "One");
  g_assert_true (after->has_thumbnail && fr_picture_is_offered (after));
  found = search_titles (fixture->store, "one", NULL);
  g_assert_cmpstr (found, ==, "One");
  fr_store_get_thumbnail_async (fixture->store, &before->id, NULL, answered_cb, &result);
  thumbnail = fr_store_get_thumbnail_finish (fixture->store, await (&result), NULL);
  g_assert_cmpuint (g_bytes_get_size (thumbnail), ==, 9);
}

static void
put_setting (FrStore *store, const char *value)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_put_setting_async (store, "setting", value, NULL, answered_cb, &result);
  g_assert_true (fr_store_put_setting_finish (store, await (&result), NULL));
}

static char *
get_setting (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_get_setting_async (store, "setting", NULL, answered_cb, &result);
  return fr_store_get_setting_finish (store, await (&result), NULL);
}

#define N_PICTURES 20

static void
fill (FrStore *store)
{
  put_setting (store, "value");
  for (guint i = 0; i < N_PICTURES; i++)
    {
      g_autofree char *bytes = g_strdup_printf ("bytes %u", i);
      g_autofree char *title = g_strnfill (250, (char) ('a' + i));

      fr_picture_unref (add_picture (store, bytes, title, NULL));
    }
}

static guint
count_with_titles (FrStore *store)
{
  g_autofree char *titles = list_titles (store, NULL, 0, G_MAXUINT);
  g_auto (GStrv) parts = g_strsplit (titles, "|", 0);
  guint n = 0;

  for (gsize i = 0; parts[i] != NULL; i++)
    n += strlen (parts[i]) == 250;
  return n;
}

/* Where any one page is damaged, the pictures are all there, and most of what is known of them. */
static void
test_any_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = catalogue_path (fixture, ""), *kept = catalogue_path (fixture, ".damaged"), *good = NULL;
  guint n_rescued = 0, n_titles = 0, n_settings = 0, n_pages;
  gsize size;

  fill (fixture->store);
  close_it (fixture);
  g_assert_true (g_file_get_contents (path, &good, &size, NULL));
  n_pages = (guint) (size / 4096);
  for (guint page = 0; page < n_pages; page++)
    {
      g_autofree char *setting = NULL;

      overwrite (path, page * 4096, 4096);
      open_it (fixture);
      n_rescued += fr_store_was_rescued (fixture->store, NULL);
      g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, N_PICTURES);
      n_titles += count_with_titles (fixture->store);
      setting = get_setting (fixture->store);
      n_settings += g_strcmp0 (setting, "value") == 0;
      close_it (fixture);
      g_unlink (kept);
      g_assert_true (g_file_set_contents (path, good, (gssize) size, NULL));
    }
  g_test_message ("%u pages, %u rescued, %u of %u titles left, %u settings", n_pages, n_rescued, n_titles,
                  n_pages * N_PICTURES, n_settings);
  g_assert_cmpuint (n_rescued, >, 4);
  g_assert_cmpuint (n_settings, >=, n_pages - 4);
  open_it (fixture);
}

/* What is looked at only when it is needed names its damage then, and is right after the next start. */
static void
test_found_in_use (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "one", "One", NULL);
  g_autofree char *path = catalogue_path (fixture, ""), *titles = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStatement) row = NULL;
  FrDatabase *database;
  gint64 page;

  close_it (fixture);
  database = fr_database_open_to_read (path, NULL);
  row = fr_database_use (database, "SELECT rootpage FROM sqlite_schema WHERE name = 'forms'", NULL);
  g_assert_true (fr_statement_next (row, NULL));
  page = fr_statement_get_int64 (row, 0);
  g_clear_pointer (&row, fr_statement_release);
  fr_database_free (database);
  overwrite (path, (page - 1) * 4096, 4096);

  open_it (fixture);
  g_assert_false (fr_store_was_rescued (fixture->store, NULL));
  fr_store_get_thumbnail_async (fixture->store, &picture->id, NULL, answered_cb, &result);
  g_assert_null (fr_store_get_thumbnail_finish (fixture->store, await (&result), &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_DAMAGED);
  fixture_reopen (fixture);
  g_assert_true (fr_store_was_rescued (fixture->store, NULL));
  titles = list_titles (fixture->store, NULL, 0, 9);
  g_assert_cmpstr (titles, ==, "One");
  assert_whole (fixture->store, picture, "one");
  fixture_reopen (fixture);
  g_assert_false (fr_store_was_rescued (fixture->store, NULL));
}

/* Killed, and somebody removed the log: a picture that only the log knew is there, even where a note says that it might
 * not be wanted. */
static void
test_log_is_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = catalogue_path (fixture, ""), *old = NULL, *lock = NULL;
  g_autoptr (FrPicture) first = add_picture (fixture->store, "first", "First", NULL), last = NULL;
  FrDatabase *database;
  FrContentId id;
  gsize size;

  last = add_picture (fixture->store, "last", "Last", NULL);
  id = last->id;
  g_assert_true (remove_picture (fixture->store, &id, NULL));
  close_it (fixture);
  database = fr_database_open (path, fr_store_migrations, NULL);
  g_assert_true (fr_unfinished_note (database, &id, NULL));
  fr_database_free (database);
  g_assert_true (g_file_get_contents (path, &old, &size, NULL));
  open_it (fixture);
  /* The note went with that start. */
  fr_picture_unref (add_picture (fixture->store, "last", "Last", NULL));
  close_it (fixture);

  g_assert_true (g_file_set_contents (path, old, (gssize) size, NULL));
  lock = g_build_filename (fixture->folder, "lock", NULL);
  g_assert_true (g_file_set_contents (lock, "o", 1, NULL));
  open_it (fixture);
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 2);
  assert_whole (fixture->store, last, "last");
  assert_whole (fixture->store, first, "first");
}

/* However far the last start got with a new catalogue, this one goes on. */
static void
test_goes_on (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = catalogue_path (fixture, ""), *rescued = catalogue_path (fixture, ".rescued");
  g_autofree char *log = catalogue_path (fixture, "-wal"), *damaged = catalogue_path (fixture, ".damaged-wal");
  g_autofree char *titles = NULL;

  fr_picture_unref (add_picture (fixture->store, "one", "One", NULL));
  close_it (fixture);
  g_assert_cmpint (g_rename (path, rescued), ==, 0);
  g_assert_true (g_file_set_contents (log, "of the old one", -1, NULL));
  open_it (fixture);
  titles = list_titles (fixture->store, NULL, 0, 9);
  g_assert_cmpstr (titles, ==, "One");
  g_assert_true (g_file_test (damaged, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (rescued, G_FILE_TEST_EXISTS));
}

/* Before there were audiences, what somebody kept was offered to nobody by another column, which a new catalogue has not. */
static void
test_older_than_audiences (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql; /* what makes the catalogue an old one */
    gboolean hides;
  } rows[] = {
    { "PRAGMA user_version = 4", TRUE },
    { "PRAGMA user_version = 0", TRUE },
    { "PRAGMA user_version = 5", FALSE },
  };
  const FrPeerKey nobody = { { 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture old = { 0 };
      g_autofree char *path = NULL, *mark = NULL;
      g_autoptr (FrPicture) own = NULL, kept = NULL, after = NULL;
      FrDatabase *database;

      g_test_message ("%s", rows[i].sql);
      fixture_set_up (&old, NULL);
      path = catalogue_path (&old, "");
      mark = g_build_filename (old.folder, FR_RESCUE_MARK, NULL);
      own = add_picture (old.store, "own", "Own", NULL);
      kept = add_kept (old.store, "kept", "Kept");
      close_it (&old);
      database = fr_database_open (path, fr_store_migrations, NULL);
      g_assert_true (fr_database_execute (database, "UPDATE pictures SET audience = 0", NULL));
      g_assert_true (fr_database_execute (database, rows[i].sql, NULL));
      fr_database_free (database);
      g_assert_true (g_file_set_contents (mark, "", 0, NULL));

      open_it (&old);
      g_assert_true (fr_store_was_rescued (old.store, NULL));
      after = get_picture (old.store, &kept->id, NULL);
      g_assert_cmpint (after->audience, ==, rows[i].hides ? FR_AUDIENCE_ONLY_ME : FR_AUDIENCE_EVERYONE);
      g_assert_cmpuint (count_pictures (old.store, &nobody), ==, rows[i].hides ? 1 : 2);
      fixture_tear_down (&old, NULL);
    }
}

static void
export (Fixture *fixture, const FrContentId *id, GError **error)
{
  g_autofree char *path = g_build_filename (fixture->folder, "copy", NULL);
  g_autofree char *made = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_export_async (fixture->store, id, path, NULL, answered_cb, &result);
  made = fr_store_export_finish (fixture->store, await (&result), error);
  g_assert_false (made == NULL && g_file_test (path, G_FILE_TEST_EXISTS));
  if (made != NULL)
    g_unlink (made);
}

static FrPicture *
add_bytes (FrStore *store)
{
  return add_picture (store, "bytes", "Another", NULL);
}

/* The same, from somebody else who has it. */
static FrPicture *
get_bytes (FrStore *store)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("bytes", 5), hashes = NULL;
  g_autoptr (FrPicture) description = fr_picture_new ();
  g_autoptr (GAsyncResult) begun = NULL, written = NULL, finished = NULL;
  g_autoptr (FrIncoming) incoming = NULL;
  g_autoptr (FrStaged) staged = NULL;
  FrBlockHash hash;
  FrContentId id;

  fr_content_hash_block ("bytes", 5, &hash);
  fr_content_id_from_blocks (5, &hash, 1, &id);
  hashes = g_bytes_new (&hash, sizeof hash);
  fr_store_begin_incoming_async (store, &id, 5, hashes, NULL, answered_cb, &begun);
  incoming = fr_store_begin_incoming_finish (store, await (&begun), NULL);
  fr_incoming_write_block_async (incoming, 0, bytes, NULL, answered_cb, &written);
  g_assert_true (fr_incoming_write_block_finish (incoming, await (&written), NULL));
  fr_incoming_finish_async (incoming, NULL, answered_cb, &finished);
  staged = fr_incoming_finish_finish (incoming, await (&finished), NULL);
  return add_staged (store, staged, description, NULL, NULL);
}

/* A damaged picture is named, not handed on, and whole again when it is added or fetched again. */
static void
test_picture (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gssize keep;
    gsize overwrite;
    int code;
  } rows[] = { { -1, 1, FR_STORE_ERROR_WRONG_BLOCK }, { -1, 5, FR_STORE_ERROR_WRONG_BLOCK },
               { 4, 0, FR_STORE_ERROR_WRONG_BLOCK },  { 0, 0, FR_STORE_ERROR_WRONG_BLOCK },
               { -1, 6, FR_STORE_ERROR_WRONG_BLOCK }, { -2, 0, FR_STORE_ERROR_NOT_FOUND } };
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "One", NULL);
  g_autofree char *path = picture_path (fixture->folder, &picture->id);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrPicture) again = NULL;
      g_autoptr (GError) error = NULL;

      if (rows[i].keep == -2)
        g_assert_cmpint (g_unlink (path), ==, 0);
      if (rows[i].keep >= 0)
        g_assert_cmpint (truncate (path, rows[i].keep), ==, 0);
      if (rows[i].overwrite > 0)
        overwrite (path, 0, rows[i].overwrite);
      export (fixture, &picture->id, &error);
      g_assert_error (error, FR_STORE_ERROR, rows[i].code);
      fixture_reopen (fixture);
      g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 1);

      again = i % 2 == 0 ? add_bytes (fixture->store) : get_bytes (fixture->store);
      g_assert_cmpstr (again->title, ==, "One");
      assert_whole (fixture->store, picture, "bytes");
      g_clear_error (&error);
      export (fixture, &picture->id, &error);
      g_assert_no_error (error);
    }
}

#define ADD(name, function) g_test_add ("/store/rescue/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

void
test_rescue_add (void)
{
  g_test_add_func ("/store/rescue/catalogue", test_catalogue);
  ADD ("any-page", test_any_page);
  ADD ("add-again", test_add_again);
  ADD ("found-in-use", test_found_in_use);
  ADD ("log-is-gone", test_log_is_gone);
  ADD ("goes-on", test_goes_on);
  ADD ("older-than-audiences", test_older_than_audiences);
  ADD ("picture", test_picture);
}
