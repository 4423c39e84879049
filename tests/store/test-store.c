/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fr-catalogue.h"
#include "fr-database.h"
#include "fr-test-support.h"
#include "fr-unfinished.h"
#include "store-fixture.h"
#include "tests.h"

static void
test_add_and_get (Fixture *fixture, gconstpointer data)
{
  static const char *const tags[] = { "sea", "évening", NULL };
  g_autoptr (FrPicture) description = fr_picture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStaged) staged = stage_text (fixture->store, "the bytes", &error);
  g_autoptr (FrPicture) picture = NULL, again = NULL;
  gboolean was_there = TRUE;

  g_assert_no_error (error);
  g_assert_cmpuint (fr_staged_get_size (staged), ==, 9);
  fr_picture_set_text (description, "Harbour", "at night", tags);
  description->type = 1;
  description->width = 640;
  description->height = 480;
  picture = add_staged (fixture->store, staged, description, &was_there, &error);
  g_assert_no_error (error);
  g_assert_false (was_there);
  g_assert_true (fr_content_id_equal (&picture->id, fr_staged_get_id (staged)));

  fixture_reopen (fixture);
  again = get_picture (fixture->store, &picture->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->title, ==, "Harbour");
  g_assert_cmpstr (again->description, ==, "at night");
  g_assert_cmpstrv (again->tags, tags);
  g_assert_cmpuint (again->type, ==, 1);
  g_assert_cmpuint (again->width, ==, 640);
  g_assert_cmpuint (again->height, ==, 480);
  g_assert_cmpuint (again->size, ==, 9);
  g_assert_cmpint (again->added_us, ==, picture->added_us);
  g_assert_true (fr_picture_is_mine (again) && fr_picture_is_offered (again));
  g_assert_true (again->has_thumbnail && again->has_preview);
  g_assert_cmpmem (&again->preview_hash, 32, &picture->preview_hash, 32);
  g_assert_true (fr_content_id_equal (&again->original_id, &again->id));
}

static void
test_files_on_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "One", NULL);
  g_autofree char *path = picture_path (fixture->folder, &picture->id);
  g_autofree char *contents = NULL;
  struct stat status;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "bytes");
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 0);
}

static void
test_small_pictures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "One", NULL);
  g_autoptr (GAsyncResult) thumbnail_result = NULL, preview_result = NULL;
  g_autoptr (GBytes) thumbnail = NULL, preview = NULL;

  fr_store_get_thumbnail_async (fixture->store, &picture->id, NULL, answered_cb, &thumbnail_result);
  fr_store_get_preview_async (fixture->store, &picture->id, &stranger, NULL, answered_cb, &preview_result);
  thumbnail = fr_store_get_thumbnail_finish (fixture->store, await (&thumbnail_result), NULL);
  preview = fr_store_get_preview_finish (fixture->store, await (&preview_result), NULL);
  g_assert_cmpmem (g_bytes_get_data (thumbnail, NULL), g_bytes_get_size (thumbnail), "thumbnail", 9);
  g_assert_cmpmem (g_bytes_get_data (preview, NULL), g_bytes_get_size (preview), "preview", 7);
}

static gboolean
has_no_temporary_file (gpointer data)
{
  return count_files (((Fixture *) data)->folder, "pictures/tmp") == 0;
}

static void
test_twice_is_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) first = add_picture (fixture->store, "same", "First", NULL);
  g_autoptr (FrPicture) description = fr_picture_new ();
  g_autoptr (FrStaged) staged = stage_text (fixture->store, "same", &error);
  g_autoptr (FrPicture) second = NULL;
  gboolean was_there = FALSE;

  g_assert_cmpstr (first->title, ==, "First");
  fr_picture_set_text (description, "Second", NULL, NULL);
  second = add_staged (fixture->store, staged, description, &was_there, &error);
  g_assert_no_error (error);
  g_assert_true (was_there);
  g_assert_cmpstr (second->title, ==, "First");
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 1);
  g_clear_pointer (&staged, fr_staged_unref);
  /* The store's thread may let go of it a moment after it has answered. */
  fr_test_wait_until (has_no_temporary_file, fixture, 5);
}

/* What is kept from others is offered to nobody, until the person says so in one way or another. */
static void
test_kept_is_not_offered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) kept = add_kept (fixture->store, "kept", "Kept");
  g_autoptr (GPtrArray) changed = NULL;

  fr_picture_unref (add_picture (fixture->store, "mine", "Mine", NULL));
  g_assert_cmpint (kept->audience, ==, FR_AUDIENCE_ONLY_ME);
  g_assert_false (fr_picture_is_mine (kept) || fr_picture_is_offered (kept));
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 2);
  g_assert_cmpuint (count_pictures (fixture->store, &stranger), ==, 1);

  changed = set_audience (fixture->store, &kept->id, 1, FR_AUDIENCE_EVERYONE, NULL, NULL);
  g_assert_cmpuint (changed->len, ==, 1);
  g_assert_true (fr_picture_is_offered (changed->pdata[0]) && !fr_picture_is_mine (changed->pdata[0]));
  g_assert_cmpuint (count_pictures (fixture->store, &stranger), ==, 2);
}

static void
test_adding_what_was_kept_offers_it (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) first = add_kept (fixture->store, "kept", "Kept");
  g_autoptr (FrPicture) kept_again = add_kept (fixture->store, "kept", "Kept");
  g_autoptr (FrPicture) added = NULL;

  g_assert_false (fr_picture_is_offered (first) || fr_picture_is_offered (kept_again));
  added = add_picture (fixture->store, "kept", "Mine too", NULL);
  g_assert_false (fr_picture_is_mine (added));
  g_assert_true (fr_picture_is_offered (added));
}

static void
test_audience (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) description = fr_picture_new ();
  g_autoptr (FrStaged) staged = stage_text (fixture->store, "private", &error);
  g_autoptr (FrPicture) picture = NULL;

  description->audience = FR_AUDIENCE_ONLY_ME;
  picture = add_staged (fixture->store, staged, description, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (fr_picture_is_offered (picture));
  g_assert_cmpuint (count_pictures (fixture->store, &stranger), ==, 0);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint offset, limit;
    const char *titles;
  } rows[] = { { 0, 10, "C|B|A" }, { 1, 1, "B" }, { 0, 0, "" }, { 3, 5, "" } };

  fr_picture_unref (add_picture (fixture->store, "a", "A", NULL));
  fr_picture_unref (add_picture (fixture->store, "b", "B", NULL));
  fr_picture_unref (add_picture (fixture->store, "c", "C", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *titles = list_titles (fixture->store, NULL, rows[i].offset, rows[i].limit);

      g_assert_cmpstr (titles, ==, rows[i].titles);
    }
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  static const char *const tags[] = { "boat", NULL };
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "Old name", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrPicture) changed = NULL;
  g_autofree char *by_old = NULL, *by_new = NULL, *by_tag = NULL;

  fr_store_update_async (fixture->store, &picture->id, "New name", "", tags, NULL, answered_cb, &result);
  changed = fr_store_update_finish (fixture->store, await (&result), NULL);
  g_assert_cmpstr (changed->title, ==, "New name");
  by_old = search_titles (fixture->store, "old", NULL);
  by_new = search_titles (fixture->store, "new", NULL);
  by_tag = search_titles (fixture->store, "boat", NULL);
  g_assert_cmpstr (by_old, ==, "");
  g_assert_cmpstr (by_new, ==, "New name");
  g_assert_cmpstr (by_tag, ==, "New name");
}

static gboolean
update_text (FrStore *store, const FrContentId *id, gsize title, gsize description, gsize n_tags, gsize tag)
{
  g_autofree char *title_text = g_strnfill (title, 't');
  g_autofree char *description_text = g_strnfill (description, 'd');
  g_autofree char *tag_text = g_strnfill (tag, 'g');
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) changed = NULL;

  for (gsize i = 0; i < n_tags; i++)
    g_ptr_array_add (tags, tag_text);
  g_ptr_array_add (tags, NULL);
  fr_store_update_async (store, id, title_text, description_text, (const char *const *) tags->pdata, NULL, answered_cb,
                         &result);
  changed = fr_store_update_finish (store, await (&result), &error);
  if (changed == NULL)
    g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
  return changed != NULL;
}

static void
test_text_limits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "One", NULL);
  FrStore *store = fixture->store;
  const FrContentId *id = &picture->id;

  g_assert_true (update_text (store, id, FR_PICTURE_MAX_TITLE, FR_PICTURE_MAX_DESCRIPTION, FR_PICTURE_MAX_TAGS,
                              FR_PICTURE_MAX_TAG));
  g_assert_false (update_text (store, id, FR_PICTURE_MAX_TITLE + 1, 0, 0, 0));
  g_assert_false (update_text (store, id, 0, FR_PICTURE_MAX_DESCRIPTION + 1, 0, 0));
  g_assert_false (update_text (store, id, 0, 0, FR_PICTURE_MAX_TAGS + 1, 1));
  g_assert_false (update_text (store, id, 0, 0, 1, FR_PICTURE_MAX_TAG + 1));
  g_assert_false (update_text (store, id, 0, 0, 1, 0));
}

static void
test_small_picture_limits (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gsize thumbnail, preview;
    gboolean good;
  } rows[] = { { FR_STORE_MAX_THUMBNAIL + 1, 1, FALSE },
               { 1, FR_STORE_MAX_PREVIEW + 1, FALSE },
               { FR_STORE_MAX_THUMBNAIL, FR_STORE_MAX_PREVIEW, TRUE } };
  g_autoptr (FrPicture) description = fr_picture_new ();
  g_autoptr (FrStaged) staged = stage_text (fixture->store, "bytes", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) thumbnail = g_bytes_new_take (g_malloc0 (rows[i].thumbnail), rows[i].thumbnail);
      g_autoptr (GBytes) preview = g_bytes_new_take (g_malloc0 (rows[i].preview), rows[i].preview);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (FrPicture) picture = NULL;

      fr_store_add_async (fixture->store, staged, description, thumbnail, preview, NULL, answered_cb, &result);
      picture = fr_store_add_finish (fixture->store, await (&result), NULL, &error);
      g_assert_true ((picture != NULL) == rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE);
    }
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "Harbour", NULL);
  g_autofree char *path = picture_path (fixture->folder, &picture->id);
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL, get_error = NULL;
  g_autoptr (FrPicture) again = NULL;

  g_assert_true (remove_picture (fixture->store, &picture->id, NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  found = search_titles (fixture->store, "harbour", NULL);
  g_assert_cmpstr (found, ==, "");
  again = get_picture (fixture->store, &picture->id, &get_error);
  g_assert_error (get_error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  g_assert_false (remove_picture (fixture->store, &picture->id, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
}

static void
test_lost_file_comes_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "Harbour", NULL);
  g_autofree char *path = picture_path (fixture->folder, &picture->id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) block = NULL;

  g_assert_cmpint (g_unlink (path), ==, 0);
  block = read_block (fixture->store, &picture->id, 0, &error);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  fr_picture_unref (add_picture (fixture->store, "bytes", "Harbour", NULL));
  block = read_block (fixture->store, &picture->id, 0, NULL);
  g_assert_cmpmem (g_bytes_get_data (block, NULL), g_bytes_get_size (block), "bytes", 5);
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStore) second = open_store (fixture->folder, &error);

  g_assert_null (second);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_LOCKED);
  g_clear_error (&error);
  fr_store_close (fixture->store);
  second = open_store (fixture->folder, &error);
  g_assert_no_error (error);
}

static void
test_folder_that_cannot_be (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStore) store = open_store ("/proc/none/here", &error);

  g_assert_null (store);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_IO);
}

static FrDatabase *
open_catalogue_file (const char *folder)
{
  static const char *const none[] = { "", "", "", "", "", "", "", "", "", "", "", "", NULL };
  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);
  g_autoptr (GError) error = NULL;
  FrDatabase *database = fr_database_open (path, none, &error);

  g_assert_no_error (error);
  return database;
}

/* Whoever is told that it failed may try again at once. */
static void
test_folder_is_free_after_failure (void)
{
  char *folder = fr_test_folder_new ();
  FrDatabase *database = open_catalogue_file (folder);

  g_assert_true (fr_database_execute (database, "PRAGMA user_version = 99", NULL));
  fr_database_free (database);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (open_store (folder, &error));
      g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NEWER);
    }
  fr_test_folder_free (folder);
}

/* Killed after the file had got its name and before the catalogue knew it. */
static void
test_killed_while_adding (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) stays = add_picture (fixture->store, "stays", "Stays", NULL);
  g_autofree char *stays_path = picture_path (fixture->folder, &stays->id);
  FrContentId id = { { 0xab, 0xcd } };
  g_autofree char *path = picture_path (fixture->folder, &id);
  g_autofree char *folder = g_path_get_dirname (path);
  FrDatabase *database;

  fr_store_close (fixture->store);
  database = open_catalogue_file (fixture->folder);
  g_assert_true (fr_unfinished_note (database, &id, NULL));
  g_assert_true (fr_unfinished_note (database, &stays->id, NULL));
  fr_database_free (database);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "whole", -1, NULL));

  fixture_reopen (fixture);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (stays_path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 1);
}

/* Killed after the catalogue had struck it out and before the file was gone. */
static void
test_killed_while_removing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "goes", "Goes", NULL);
  g_autofree char *path = picture_path (fixture->folder, &picture->id);
  FrDatabase *database;
  FrCatalogue *catalogue;

  fr_store_close (fixture->store);
  database = open_catalogue_file (fixture->folder);
  catalogue = fr_catalogue_new (database, NULL);
  g_assert_true (fr_catalogue_remove (catalogue, &picture->id, NULL));
  fr_catalogue_free (catalogue);
  fr_database_free (database);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  fixture_reopen (fixture);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Files that the catalogue does not know and did not expect are somebody's, and stay; those that are what their names
 * say are pictures. */
static void
test_unknown_files_stay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "Was there", NULL);
  g_autofree char *path = picture_path (fixture->folder, &picture->id);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *catalogue = g_build_filename (fixture->folder, "freshet.db", NULL);
  g_autofree char *other = g_strdup_printf ("%s/%.2s%062d", folder, strrchr (path, '/') + 1, 0);

  g_assert_true (g_file_set_contents (other, "not that picture", -1, NULL));
  fixture_reopen (fixture);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  fr_store_close (fixture->store);
  g_assert_cmpint (g_unlink (catalogue), ==, 0);
  fixture_reopen (fixture);
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 1);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

static void
test_left_overs_are_removed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "pictures/tmp/new-abcdef", NULL);

  fr_store_close (fixture->store);
  g_assert_true (g_file_set_contents (path, "half", -1, NULL));
  fixture_reopen (fixture);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 0);
}

#define ADD(name, function) \
  g_test_add ("/store/store/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

void
test_store_add (void)
{
  ADD ("add-and-get", test_add_and_get);
  ADD ("files-on-disk", test_files_on_disk);
  ADD ("small-pictures", test_small_pictures);
  ADD ("small-picture-limits", test_small_picture_limits);
  ADD ("twice-is-once", test_twice_is_once);
  ADD ("kept-is-not-offered", test_kept_is_not_offered);
  ADD ("adding-what-was-kept-offers-it", test_adding_what_was_kept_offers_it);
  ADD ("audience", test_audience);
  ADD ("list", test_list);
  ADD ("update", test_update);
  ADD ("text-limits", test_text_limits);
  ADD ("remove", test_remove);
  ADD ("lost-file-comes-back", test_lost_file_comes_back);
  ADD ("locked", test_locked);
  g_test_add_func ("/store/store/folder-that-cannot-be", test_folder_that_cannot_be);
  g_test_add_func ("/store/store/folder-is-free-after-failure", test_folder_is_free_after_failure);
  ADD ("killed-while-adding", test_killed_while_adding);
  ADD ("killed-while-removing", test_killed_while_removing);
  ADD ("unknown-files-stay", test_unknown_files_stay);
  ADD ("left-overs-are-removed", test_left_overs_are_removed);
}
