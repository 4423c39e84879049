/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store-reader.h"

#include <glib/gstdio.h>

#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

/* Another program of the same person looks at the pictures. */

static char *
read_titles (FrStoreReader *reader, const char *text)
{
  g_autoptr (FrSearchWords) words = fr_search_words_parse (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pictures = fr_store_reader_search (reader, words, 10, &error);
  GString *titles = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < pictures->len; i++)
    g_string_append_printf (titles, "%s|", ((FrPicture *) g_ptr_array_index (pictures, i))->title);
  return g_string_free (titles, FALSE);
}

static void
assert_titles (FrStoreReader *reader, const char *text, const char *titles)
{
  g_autofree char *read = read_titles (reader, text);

  g_assert_cmpstr (read, ==, titles);
}

static FrStoreReader *
open_reader (const char *folder)
{
  g_autoptr (GError) error = NULL;
  FrStoreReader *reader = fr_store_reader_open (folder, &error);

  g_assert_no_error (error);
  return reader;
}

/* It sees what has been committed, and nothing of what has been removed. */
static void
test_beside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) first = add_picture (fixture->store, "1", "Harbour at night", NULL);
  g_autoptr (FrStoreReader) reader = open_reader (fixture->folder);
  g_autoptr (FrPicture) second = NULL, got = NULL, none = NULL;
  g_autoptr (GBytes) thumbnail = NULL;
  g_autoptr (GError) error = NULL;

  assert_titles (reader, "harb", "Harbour at night|");
  assert_titles (reader, "dune", "");
  second = add_for (fixture->store, "2", "Harbour, mine", FR_AUDIENCE_ONLY_ME, NULL);
  assert_titles (reader, "harbour", "Harbour, mine|Harbour at night|");
  got = fr_store_reader_get (reader, &second->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got->title, ==, "Harbour, mine");
  thumbnail = fr_store_reader_get_thumbnail (reader, &first->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (thumbnail), >, 0);
  g_assert_cmpint (hide_pictures (fixture->store, &first->id, 1), ==, 1);
  assert_titles (reader, "harbour", "Harbour, mine|");
  g_assert_true (remove_picture (fixture->store, &second->id, NULL));
  none = fr_store_reader_get (reader, &second->id, &error);
  g_assert_null (none);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
}

static void
test_without (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "1", "Harbour", NULL);
  g_autoptr (FrStoreReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_close (fixture->store); /* one of its threads may have the last reference */
  g_clear_object (&fixture->store);
  reader = open_reader (fixture->folder);
  assert_titles (reader, "harbour", "Harbour|");
  g_clear_pointer (&reader, fr_store_reader_free);
  fixture->store = open_store (fixture->folder, &error); /* and nothing is in its way then */
  g_assert_no_error (error);
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 1);
}

static void
copy_file (const char *from, const char *to, const char *name)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (source, &bytes, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (target, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

static gsize
measure (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (gsize) status.st_size : 0;
}

/* A Freshet that was killed has left its log, which the next one looks for: it must not be taken away meanwhile. */
static void
test_after_kill (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = fr_test_folder_new ();
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "1", "Harbour", NULL);
  g_autoptr (FrStoreReader) reader = NULL;
  gsize log_size;

  copy_file (fixture->folder, folder, "freshet.db");
  copy_file (fixture->folder, folder, "freshet.db-wal");
  log_size = measure (folder, "freshet.db-wal");
  g_assert_cmpuint (log_size, >, 0);
  reader = open_reader (folder);
  assert_titles (reader, "harbour", "Harbour|");
  g_clear_pointer (&reader, fr_store_reader_free);
  g_assert_cmpuint (measure (folder, "freshet.db-wal"), ==, log_size);
  fr_test_folder_free (g_steal_pointer (&folder));
}

static void
assert_refused (const char *folder, FrStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fr_store_reader_open (folder, &error));
  g_assert_error (error, FR_STORE_ERROR, (int) code);
}

/* Nothing is made, mended or brought to a newer version. */
static void
test_refused (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);
  g_autofree char *bytes = NULL;
  guint version = 0;

  assert_refused (folder, FR_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  fr_database_free (open_version (path, 1));
  assert_refused (folder, FR_STORE_ERROR_NEWER);
  fr_database_free (fr_database_open_beside (path, &version, NULL));
  g_assert_cmpuint (version, ==, 1);
  g_assert_true (g_file_set_contents (path, "no catalogue, but long enough to look like one", -1, NULL));
  assert_refused (folder, FR_STORE_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "no catalogue, but long enough to look like one");
  fr_test_folder_free (g_steal_pointer (&folder));
}

void
test_reader_add (void)
{
  g_test_add ("/store/reader/beside", Fixture, NULL, fixture_set_up, test_beside, fixture_tear_down);
  g_test_add ("/store/reader/without", Fixture, NULL, fixture_set_up, test_without, fixture_tear_down);
  g_test_add ("/store/reader/after-kill", Fixture, NULL, fixture_set_up, test_after_kill, fixture_tear_down);
  g_test_add_func ("/store/reader/refused", test_refused);
}
