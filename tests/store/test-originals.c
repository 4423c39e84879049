/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

/* What pictures were before they were cleaned. Here it is text; the store does not look into it. */

#define ORIGINAL "picture with secrets"
#define CLEANED "picture"

static FrStaged *
stage (Fixture *fixture, const char *text)
{
  FrStaged *staged = stage_text (fixture->store, text, NULL);

  g_assert_nonnull (staged);
  return staged;
}

static FrPicture *
new_facts (FrMetadata metadata, guint removed)
{
  FrPicture *facts = fr_picture_new ();

  facts->metadata = metadata;
  facts->removed = removed;
  facts->strip_version = 1;
  return facts;
}

static FrPicture *
add_cleaned (Fixture *fixture, const char *shared, const char *original, const char *title, gboolean *out_was_there)
{
  static const char *const tags[] = { "sea", NULL };
  g_autoptr (FrStaged) staged = stage (fixture, shared);
  g_autoptr (FrStaged) staged_original = original != NULL ? stage (fixture, original) : NULL;
  g_autoptr (FrPicture) description = new_facts (FR_METADATA_REMOVED, 5);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) form = g_bytes_new_static ("form", 4);
  g_autoptr (GError) error = NULL;
  FrPicture *picture;

  fr_picture_set_text (description, title, "at night", tags);
  fr_picture_set_audience (description, FR_AUDIENCE_CONTACTS, NULL);
  fr_store_add_cleaned_async (fixture->store, staged, staged_original, description, form, form, NULL, answered_cb,
                              &result);
  picture = fr_store_add_finish (fixture->store, await (&result), out_was_there, &error);
  g_assert_no_error (error);
  return picture;
}

static FrStaged *
stage_original (Fixture *fixture, const FrContentId *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_stage_original_async (fixture->store, id, NULL, answered_cb, &result);
  return fr_store_stage_original_finish (fixture->store, await (&result), error);
}

static FrPicture *
exchange (Fixture *fixture,
          const FrContentId *id,
          const char *shared,
          const char *original,
          FrMetadata metadata,
          GError **error)
{
  g_autoptr (FrStaged) staged = stage (fixture, shared);
  g_autoptr (FrStaged) staged_original = original != NULL ? stage (fixture, original) : NULL;
  g_autoptr (FrPicture) facts = new_facts (metadata, 3);
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_exchange_async (fixture->store, id, staged, staged_original, facts, NULL, answered_cb, &result);
  return fr_store_exchange_finish (fixture->store, await (&result), error);
}

static void
assert_files (Fixture *fixture, guint n_pictures, guint n_originals)
{
  g_assert_cmpuint (count_stored (fixture->folder, "pictures"), ==, n_pictures);
  g_assert_cmpuint (count_stored (fixture->folder, "originals"), ==, n_originals);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 0);
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, n_pictures);
}

static char *
original_path (Fixture *fixture, const FrContentId *id)
{
  g_autofree char *name = fr_content_id_to_string (id);

  return g_strdup_printf ("%s/originals/%.2s/%s", fixture->folder, name, name);
}

static void
assert_not_served (Fixture *fixture, const FrContentId *id)
{
  g_autoptr (GAsyncResult) opening = NULL, asking = NULL;
  g_autoptr (GBytes) block = read_block (fixture->store, id, 0, NULL), hashes = NULL;
  g_autoptr (FrPicture) picture = get_picture (fixture->store, id, NULL);

  fr_store_open_picture_async (fixture->store, id, NULL, answered_cb, &opening);
  fr_store_get_blocks_async (fixture->store, id, NULL, NULL, answered_cb, &asking);
  g_assert_cmpint (fr_store_open_picture_finish (fixture->store, await (&opening), NULL), ==, -1);
  hashes = fr_store_get_blocks_finish (fixture->store, await (&asking), NULL, NULL);
  g_assert_true (block == NULL && hashes == NULL && picture == NULL);
}

static void
assert_block (Fixture *fixture, const FrContentId *id, const char *text)
{
  g_autoptr (GBytes) block = read_block (fixture->store, id, 0, NULL);

  g_assert_nonnull (block);
  g_assert_cmpmem (g_bytes_get_data (block, NULL), g_bytes_get_size (block), text, strlen (text));
}

static void
test_added (Fixture *fixture, gconstpointer data)
{
  gboolean was_there;
  g_autoptr (FrPicture) picture = add_cleaned (fixture, CLEANED, ORIGINAL, "Harbour", &was_there);
  g_autoptr (FrPicture) again = NULL, plain = NULL;
  g_autoptr (FrStaged) original = NULL;
  g_autofree char *path = original_path (fixture, &picture->original_id), *text = NULL;

  g_assert_false (was_there);
  g_assert_true (fr_picture_has_original (picture));
  g_assert_cmpuint (picture->size, ==, strlen (CLEANED));
  assert_files (fixture, 1, 1);
  assert_block (fixture, &picture->id, CLEANED);
  assert_not_served (fixture, &picture->original_id);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, ORIGINAL);

  fixture_reopen (fixture);
  assert_files (fixture, 1, 1);
  again = get_picture (fixture->store, &picture->id, NULL);
  g_assert_cmpint (again->metadata, ==, FR_METADATA_REMOVED);
  g_assert_cmpuint (again->removed, ==, 5);
  g_assert_cmpuint (again->strip_version, ==, 1);
  g_assert_true (fr_picture_has_original (again));
  original = stage_original (fixture, &picture->id, NULL);
  g_assert_true (fr_content_id_equal (fr_staged_get_id (original), &picture->original_id));

  g_clear_pointer (&original, fr_staged_unref);

  plain = add_cleaned (fixture, "nothing beside it", NULL, "Plain", NULL);
  g_assert_false (fr_picture_has_original (plain));
  assert_files (fixture, 2, 1);
  original = stage_original (fixture, &plain->id, NULL);
  g_assert_true (fr_content_id_equal (fr_staged_get_id (original), &plain->id));
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_cleaned (fixture, CLEANED, ORIGINAL, "Harbour", NULL);
  g_autoptr (FrPicture) other = add_cleaned (fixture, "other", "other with secrets", "Other", NULL);

  g_assert_true (remove_picture (fixture->store, &picture->id, NULL));
  assert_files (fixture, 1, 1);
  fixture_reopen (fixture);
  assert_files (fixture, 1, 1);
  g_assert_true (remove_picture (fixture->store, &other->id, NULL));
  assert_files (fixture, 0, 0);
}

/* It waits with a picture that can come back, whatever else is removed meanwhile. */
static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_cleaned (fixture, CLEANED, ORIGINAL, "Harbour", NULL);
  g_autoptr (FrPicture) other = add_cleaned (fixture, "other", "other with secrets", "Other", NULL);
  g_autoptr (GPtrArray) back = NULL;

  hide_pictures (fixture->store, &picture->id, 1);
  g_assert_true (remove_picture (fixture->store, &other->id, NULL));
  g_assert_cmpuint (count_stored (fixture->folder, "originals"), ==, 1);
  back = restore_pictures (fixture->store, &picture->id, 1);
  fixture_reopen (fixture);
  assert_files (fixture, 1, 1);
  hide_pictures (fixture->store, &picture->id, 1);
  purge_pictures (fixture->store, &picture->id, 1);
  assert_files (fixture, 0, 0);
}

/* Whatever of it is added once more, it is the one picture; what is missing or damaged is there again. */
static void
test_added_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) clean = add_cleaned (fixture, CLEANED, NULL, "Harbour", NULL), picture = NULL, same = NULL;
  g_autoptr (FrPicture) uncleaned = NULL, mended = NULL, other = NULL;
  g_autofree char *path = NULL, *text = NULL;
  gboolean was_there = FALSE;

  picture = add_cleaned (fixture, CLEANED, ORIGINAL, "Quay", &was_there);
  g_assert_true (was_there && fr_picture_has_original (picture));
  g_assert_cmpstr (picture->title, ==, "Harbour");
  assert_files (fixture, 1, 1);

  same = add_cleaned (fixture, CLEANED, ORIGINAL, "Quay", &was_there);
  uncleaned = add_cleaned (fixture, ORIGINAL, NULL, "Quay", &was_there);
  g_assert_true (was_there && fr_content_id_equal (&uncleaned->id, &picture->id));
  other = add_cleaned (fixture, "cleaned otherwise", ORIGINAL, "Quay", &was_there);
  g_assert_true (was_there && fr_content_id_equal (&other->id, &picture->id));
  assert_files (fixture, 1, 1);

  path = original_path (fixture, &picture->original_id);
  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));
  g_assert_null (stage_original (fixture, &picture->id, NULL));
  mended = add_cleaned (fixture, CLEANED, ORIGINAL, "Quay", &was_there);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, ORIGINAL);
}

/* What somebody else shared with all that its file tells is another picture. */
static void
test_of_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) mine = add_cleaned (fixture, CLEANED, ORIGINAL, "Harbour", NULL);
  g_autoptr (FrPicture) kept = add_kept (fixture->store, ORIGINAL, "Theirs");

  g_assert_cmpint (kept->metadata, ==, FR_METADATA_UNTOUCHED);
  g_assert_false (fr_picture_has_original (kept));
  assert_files (fixture, 2, 1);
  g_assert_true (remove_picture (fixture->store, &kept->id, NULL));
  assert_files (fixture, 1, 1);
}

static void
assert_carried_over (const FrPicture *picture)
{
  g_assert_cmpstr (picture->title, ==, "Harbour");
  g_assert_cmpstr (picture->description, ==, "at night");
  g_assert_cmpstr (picture->tags[0], ==, "sea");
  g_assert_cmpint (picture->audience, ==, FR_AUDIENCE_CONTACTS);
  g_assert_true (picture->has_thumbnail && picture->has_preview);
}

static void
test_exchanged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_cleaned (fixture, CLEANED, ORIGINAL, "Harbour", NULL);
  g_autoptr (FrPicture) whole = NULL, cleaned = NULL, flagged = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  whole = exchange (fixture, &picture->id, ORIGINAL, NULL, FR_METADATA_KEPT, &error);
  g_assert_no_error (error);
  g_assert_true (fr_content_id_equal (&whole->id, &picture->original_id));
  g_assert_cmpuint (whole->size, ==, strlen (ORIGINAL));
  assert_carried_over (whole);
  assert_files (fixture, 1, 0);
  assert_block (fixture, &whole->id, ORIGINAL);
  assert_not_served (fixture, &picture->id);

  fixture_reopen (fixture);
  cleaned = exchange (fixture, &whole->id, CLEANED, ORIGINAL, FR_METADATA_REMOVED, &error);
  g_assert_no_error (error);
  g_assert_true (fr_content_id_equal (&cleaned->id, &picture->id));
  assert_carried_over (cleaned);
  assert_files (fixture, 1, 1);
  assert_block (fixture, &cleaned->id, CLEANED);
  found = search_titles (fixture->store, "harbour sea night", NULL);
  g_assert_cmpstr (found, ==, "Harbour");

  flagged = exchange (fixture, &cleaned->id, CLEANED, ORIGINAL, FR_METADATA_REMOVED, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (flagged->removed, ==, 3);
  assert_files (fixture, 1, 1);
  fixture_reopen (fixture);
  assert_files (fixture, 1, 1);
}

static void
test_exchange_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_cleaned (fixture, CLEANED, ORIGINAL, "Harbour", NULL), after = NULL;
  g_autoptr (FrPicture) other = add_kept (fixture->store, ORIGINAL, "Theirs");
  g_autoptr (GError) there = NULL, gone = NULL;
  const FrContentId nobody = { { 1 } };

  g_assert_null (exchange (fixture, &picture->id, ORIGINAL, NULL, FR_METADATA_KEPT, &there));
  g_assert_error (there, FR_STORE_ERROR, FR_STORE_ERROR_THERE);
  g_assert_null (exchange (fixture, &nobody, "x", NULL, FR_METADATA_KEPT, &gone));
  g_assert_error (gone, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  after = get_picture (fixture->store, &picture->id, NULL);
  g_assert_true (fr_picture_has_original (after));
  assert_files (fixture, 2, 1);
}

/* Whoever was chosen may see it as before. */
static void
test_readers_stay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) readers = g_bytes_new (&stranger, sizeof stranger);
  g_autoptr (FrPicture) picture = add_for (fixture->store, ORIGINAL, "Harbour", FR_AUDIENCE_CHOSEN, readers);
  g_autoptr (FrPicture) cleaned = NULL;
  g_autoptr (GError) error = NULL;

  add_contact (fixture->store, &stranger, "zoe");
  cleaned = exchange (fixture, &picture->id, CLEANED, ORIGINAL, FR_METADATA_REMOVED, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (cleaned->readers, readers));
  g_assert_cmpuint (count_pictures (fixture->store, &stranger), ==, 1);
}

static void
note_unfinished (const char *catalogue, const FrContentId *one, const FrContentId *other)
{
  sqlite3 *connection = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open (catalogue, &connection), ==, SQLITE_OK);
  sqlite3_prepare_v2 (connection, "INSERT INTO unfinished_originals VALUES (?1), (?2)", -1, &statement, NULL);
  sqlite3_bind_blob (statement, 1, one, sizeof *one, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 2, other, sizeof *other, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  sqlite3_close (connection);
}

/* A Freshet that was killed left an original that belongs to nothing, and one that does. */
static void
test_unfinished (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_cleaned (fixture, CLEANED, ORIGINAL, "Harbour", NULL);
  g_autofree char *catalogue = g_build_filename (fixture->folder, "freshet.db", NULL);
  FrContentId lost = { { 9 } };
  g_autofree char *path = original_path (fixture, &lost), *folder = g_path_get_dirname (path);

  fr_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "lost", -1, NULL));
  note_unfinished (catalogue, &lost, &picture->original_id);
  fixture->store = open_store (fixture->folder, NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_files (fixture, 1, 1);
}

/* A catalogue that is gone: only what was shared is a picture again, and who adds it again gets all of it back. */
static void
test_rescued (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_cleaned (fixture, CLEANED, ORIGINAL, "Harbour", NULL), adopted = NULL;
  g_autoptr (FrPicture) again = NULL;
  g_autofree char *catalogue = g_build_filename (fixture->folder, "freshet.db", NULL);

  fr_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_cmpint (g_unlink (catalogue), ==, 0);
  fixture->store = open_store (fixture->folder, NULL);
  assert_files (fixture, 1, 1);
  assert_not_served (fixture, &picture->original_id);
  adopted = get_picture (fixture->store, &picture->id, NULL);
  g_assert_cmpint (adopted->metadata, ==, FR_METADATA_UNTOUCHED);
  g_assert_cmpint (adopted->audience, ==, FR_AUDIENCE_ONLY_ME);

  again = add_cleaned (fixture, CLEANED, ORIGINAL, "Harbour", NULL);
  g_assert_true (fr_picture_has_original (again));
  assert_carried_over (again);
  assert_files (fixture, 1, 1);
  g_assert_true (remove_picture (fixture->store, &again->id, NULL));
  assert_files (fixture, 0, 0);
}

/* Rows were lost with the log: an original that was noted and belongs to nothing, as it seems, stays. */
static void
test_log_is_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *catalogue = g_build_filename (fixture->folder, "freshet.db", NULL);
  g_autofree char *lock = g_build_filename (fixture->folder, "lock", NULL), *path = NULL, *folder = NULL;
  FrContentId lost = { { 9 } }, other = { { 8 } };

  path = original_path (fixture, &lost);
  folder = g_path_get_dirname (path);
  fr_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "lost", -1, NULL));
  note_unfinished (catalogue, &lost, &other);
  g_assert_true (g_file_set_contents (lock, "o", 1, NULL));
  fixture->store = open_store (fixture->folder, NULL);
  fixture_reopen (fixture);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

void
test_originals_add (void)
{
  add ("/store/originals/added", test_added);
  add ("/store/originals/removed", test_removed);
  add ("/store/originals/hidden", test_hidden);
  add ("/store/originals/added-again", test_added_again);
  add ("/store/originals/of-others", test_of_others);
  add ("/store/originals/exchanged", test_exchanged);
  add ("/store/originals/exchange-fails", test_exchange_fails);
  add ("/store/originals/readers-stay", test_readers_stay);
  add ("/store/originals/unfinished", test_unfinished);
  add ("/store/originals/rescued", test_rescued);
  add ("/store/originals/log-is-gone", test_log_is_gone);
}
