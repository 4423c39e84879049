/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-content-id.h"
#include "fr-database.h"
#include "fr-form-check.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

/* A check of all: each kind of damage is found, named once, and nothing else is. */

#define JPEG "\xff\xd8\xff thumbnail \xff\xd9"
#define PICTURE "the bytes of a picture"

static const char *const kinds[] = { "missing",   "truncated", "altered", "unreadable", "original",   "hashes",
                                     "thumbnail", "preview",   "unlisted", "foreign",   "unfinished", "catalogue" };

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == FR_STORE_N_PROBLEM_KINDS);

static FrPicture *
add (FrStore *store, const char *text, const char *title)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrStaged) staged = stage_text (store, text, NULL);
  g_autoptr (FrPicture) description = fr_picture_new ();
  g_autoptr (GBytes) thumbnail = g_bytes_new_static (JPEG, sizeof JPEG - 1);
  g_autoptr (GBytes) preview = g_bytes_new_static ("preview", 7);
  g_autoptr (GError) error = NULL;
  FrPicture *picture;

  fr_picture_set_text (description, title, NULL, NULL);
  fr_store_add_async (store, staged, description, thumbnail, preview, NULL, answered_cb, &result);
  picture = fr_store_add_finish (store, await (&result), NULL, &error);
  g_assert_no_error (error);
  return picture;
}

static FrStoreReport *
check (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrStoreReport *report;

  fr_store_check_async (store, NULL, NULL, NULL, answered_cb, &result);
  report = fr_store_check_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return report;
}

static char *
describe (const FrStoreReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < report->problems->len; i++)
    {
      const FrStoreProblem *problem = report->problems->pdata[i];

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", kinds[problem->kind]);
      if (problem->picture != NULL)
        g_string_append_printf (text, " %s", problem->picture->title);
    }
  return g_strdup (text->str);
}

static void
assert_found (FrStore *store, const char *expected)
{
  g_autoptr (FrStoreReport) report = check (store);
  g_autofree char *found = describe (report);

  g_assert_cmpstr (found, ==, expected);
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* As somebody else with the same file would do it. */
static void
run_sql (const char *folder, const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrDatabase) database = fr_database_open_to_read (path, &error);

  g_assert_no_error (error);
  g_assert_true (fr_database_execute (database, "PRAGMA query_only = OFF", NULL));
  fr_database_execute (database, sql, &error);
  g_assert_no_error (error);
}

static void
harm_missing (Fixture *fixture, const char *path, const FrPicture *picture)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
harm_truncated (Fixture *fixture, const char *path, const FrPicture *picture)
{
  g_assert_cmpint (truncate (path, 5), ==, 0);
}

static void
harm_emptied (Fixture *fixture, const char *path, const FrPicture *picture)
{
  g_assert_cmpint (truncate (path, 0), ==, 0);
}

static void
harm_altered (Fixture *fixture, const char *path, const FrPicture *picture)
{
  g_assert_true (g_file_set_contents (path, "the bytes of a picturE", -1, NULL));
}

static void
harm_longer (Fixture *fixture, const char *path, const FrPicture *picture)
{
  g_assert_true (g_file_set_contents (path, PICTURE "!", -1, NULL));
}

static void
harm_folder (Fixture *fixture, const char *path, const FrPicture *picture)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
harm_link (Fixture *fixture, const char *path, const FrPicture *picture)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink ("/etc/passwd", path), ==, 0);
}

/* Whoever opens it to read would wait for ever. */
static void
harm_pipe (Fixture *fixture, const char *path, const FrPicture *picture)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static void
harm_hashes (Fixture *fixture, const char *path, const FrPicture *picture)
{
  run_sql (fixture->folder, "UPDATE forms SET hashes = zeroblob (32)");
}

static void
harm_no_hashes (Fixture *fixture, const char *path, const FrPicture *picture)
{
  run_sql (fixture->folder, "UPDATE forms SET hashes = x'00'");
}

static void
harm_no_forms (Fixture *fixture, const char *path, const FrPicture *picture)
{
  run_sql (fixture->folder, "DELETE FROM forms");
}

static void
harm_thumbnail (Fixture *fixture, const char *path, const FrPicture *picture)
{
  run_sql (fixture->folder, "UPDATE forms SET thumbnail = x'ffd8ff00'");
}

/* Both ends are as they should be. */
static void
harm_thumbnail_inside (Fixture *fixture, const char *path, const FrPicture *picture)
{
  run_sql (fixture->folder, "UPDATE forms SET thumbnail = x'ffd8ff2042ffd9'");
}

static void
harm_no_thumbnail (Fixture *fixture, const char *path, const FrPicture *picture)
{
  run_sql (fixture->folder, "UPDATE forms SET thumbnail = NULL");
}

static void
harm_preview (Fixture *fixture, const char *path, const FrPicture *picture)
{
  run_sql (fixture->folder, "UPDATE forms SET preview = x'00'");
}

static void
harm_unlisted (Fixture *fixture, const char *path, const FrPicture *picture)
{
  run_sql (fixture->folder, "DELETE FROM pictures");
}

static void
harm_foreign (Fixture *fixture, const char *path, const FrPicture *picture)
{
  write_file (fixture->folder, "pictures/ab/notes.txt", "x");
}

static void
harm_foreign_above (Fixture *fixture, const char *path, const FrPicture *picture)
{
  write_file (fixture->folder, "pictures/notes.txt", "x");
}

/* A name like that of a picture, in the right place, with something else in it. */
static void
harm_foreign_id (Fixture *fixture, const char *path, const FrPicture *picture)
{
  write_file (fixture->folder, "pictures/ab/abababababababababababababababababababababababababababababababab", "x");
}

/* In another folder than its own. */
static void
harm_misplaced (Fixture *fixture, const char *path, const FrPicture *picture)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *wrong = g_build_filename ("pictures", name[0] == '0' ? "11" : "00", name, NULL);

  write_file (fixture->folder, wrong, PICTURE);
}

static void
harm_unfinished (Fixture *fixture, const char *path, const FrPicture *picture)
{
  run_sql (fixture->folder, "INSERT INTO unfinished (id) SELECT shared_id FROM pictures; DELETE FROM pictures");
}

static void
harm_index (Fixture *fixture, const char *path, const FrPicture *picture)
{
  run_sql (fixture->folder, "INSERT INTO words (rowid, folded) VALUES (99, 'nothing of this is there')");
}

static const struct
{
  const char *name;
  void (*harm) (Fixture *fixture, const char *path, const FrPicture *picture);
  const char *expected;
} rows[] = {
  { "missing", harm_missing, "missing Harbour" },
  { "truncated", harm_truncated, "truncated Harbour" },
  { "emptied", harm_emptied, "truncated Harbour" },
  { "altered", harm_altered, "altered Harbour" },
  { "longer", harm_longer, "altered Harbour" },
  { "folder", harm_folder, "unreadable Harbour" },
  { "link", harm_link, "unreadable Harbour" },
  { "pipe", harm_pipe, "unreadable Harbour" },
  { "hashes", harm_hashes, "hashes Harbour" },
  { "no hashes", harm_no_hashes, "hashes Harbour" },
  { "no forms", harm_no_forms, "hashes Harbour|thumbnail Harbour|preview Harbour" },
  { "thumbnail", harm_thumbnail, "thumbnail Harbour" },
  { "thumbnail inside", harm_thumbnail_inside, "thumbnail Harbour" },
  { "no thumbnail", harm_no_thumbnail, "thumbnail Harbour" },
  { "preview", harm_preview, "preview Harbour" },
  { "unlisted", harm_unlisted, "unlisted" },
  { "foreign", harm_foreign, "foreign" },
  { "foreign above", harm_foreign_above, "foreign" },
  { "foreign id", harm_foreign_id, "foreign" },
  { "misplaced", harm_misplaced, "foreign" },
  { "unfinished", harm_unfinished, "unfinished" },
  { "index", harm_index, "catalogue" },
};

static void
test_damage (Fixture *fixture, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr (FrPicture) picture = add (fixture->store, PICTURE, "Harbour");
  g_autofree char *path = picture_path (fixture->folder, &picture->id);

  assert_found (fixture->store, "");
  rows[row].harm (fixture, path, picture);
  assert_found (fixture->store, rows[row].expected);
}

static char *
add_cleaned (Fixture *fixture)
{
  g_autoptr (FrStaged) staged = stage_text (fixture->store, PICTURE, NULL);
  g_autoptr (FrStaged) original = stage_text (fixture->store, PICTURE " and where it was taken", NULL);
  g_autoptr (FrPicture) description = fr_picture_new (), picture = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *name = fr_content_id_to_string (fr_staged_get_id (original));

  fr_picture_set_text (description, "Harbour", NULL, NULL);
  description->metadata = FR_METADATA_REMOVED;
  fr_store_add_cleaned_async (fixture->store, staged, original, description, NULL, NULL, NULL, answered_cb, &result);
  picture = fr_store_add_finish (fixture->store, await (&result), NULL, NULL);
  g_assert_nonnull (picture);
  return g_strdup_printf ("%s/originals/%.2s/%s", fixture->folder, name, name);
}

/* What the person alone has is looked at like what they share. */
static void
test_original (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    void (*harm) (Fixture *fixture, const char *path, const FrPicture *picture);
  } harms[] = { { "truncated", harm_truncated }, { "altered", harm_altered }, { "missing", harm_missing },
                { "link", harm_link } };
  g_autofree char *path = add_cleaned (fixture);

  assert_found (fixture->store, "");
  for (gsize i = 0; i < G_N_ELEMENTS (harms); i++)
    {
      g_autofree char *again = NULL;

      g_test_message ("%s", harms[i].name);
      harms[i].harm (fixture, path, NULL);
      assert_found (fixture->store, "original Harbour");
      again = add_cleaned (fixture); /* mends it */
      assert_found (fixture->store, "");
    }
}

static void
test_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) one = add (fixture->store, "one", "One");
  g_autoptr (FrPicture) two = add (fixture->store, "three", "Two");
  g_autoptr (FrStoreReport) report = check (fixture->store);

  g_assert_cmpuint (report->n_pictures, ==, 2);
  g_assert_cmpuint (report->n_bytes, ==, 8);
  g_assert_cmpuint (report->n_more, ==, 0);
}

/* What is said to help does. */
static void
test_adding_again_mends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add (fixture->store, PICTURE, "Harbour"), again = NULL;
  g_autofree char *path = picture_path (fixture->folder, &picture->id);

  g_assert_true (g_file_set_contents (path, "something else altogether", -1, NULL));
  assert_found (fixture->store, "altered Harbour");
  again = add (fixture->store, PICTURE, "Harbour");
  assert_found (fixture->store, "");
}

static void
set_forms (FrStore *store, const FrContentId *id, GBytes *thumbnail, GBytes *preview)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) picture = NULL;

  fr_store_set_forms_async (store, id, thumbnail, preview, NULL, answered_cb, &result);
  picture = fr_store_set_forms_finish (store, await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (picture->has_thumbnail, ==, thumbnail != NULL);
  g_assert_cmpint (picture->has_preview, ==, preview != NULL);
}

/* Small forms that are made again are what they are from then on. */
static void
test_forms_made_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add (fixture->store, PICTURE, "Harbour");
  g_autoptr (GBytes) thumbnail = g_bytes_new_static ("\xff\xd8\xff another \xff\xd9", 14);
  g_autoptr (GBytes) preview = g_bytes_new_static ("another", 7);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (FR_STORE_MAX_PREVIEW + 1), FR_STORE_MAX_PREVIEW + 1);
  g_autoptr (GAsyncResult) missing = NULL, too_large = NULL;
  g_autoptr (GError) error = NULL;
  const FrContentId nothing = { { 0 } };

  run_sql (fixture->folder, "UPDATE forms SET thumbnail = x'00', preview = x'00'");
  assert_found (fixture->store, "thumbnail Harbour|preview Harbour");
  set_forms (fixture->store, &picture->id, thumbnail, preview);
  assert_found (fixture->store, "");
  set_forms (fixture->store, &picture->id, NULL, NULL);
  assert_found (fixture->store, "");

  fr_store_set_forms_async (fixture->store, &nothing, thumbnail, preview, NULL, answered_cb, &missing);
  g_assert_null (fr_store_set_forms_finish (fixture->store, await (&missing), &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fr_store_set_forms_async (fixture->store, &picture->id, thumbnail, large, NULL, answered_cb, &too_large);
  g_assert_null (fr_store_set_forms_finish (fixture->store, await (&too_large), &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE);
}

/* What an earlier Freshet made is taken as it is, if it looks whole, and watched from the first check on. */
static void
test_thumbnail_of_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) one = add (fixture->store, PICTURE, "Harbour"), two = add (fixture->store, "other", "Storm");

  run_sql (fixture->folder, "UPDATE pictures SET thumbnail_hash = NULL;"
                            "UPDATE forms SET thumbnail = x'ffd8ff00' WHERE number = 2");
  assert_found (fixture->store, "thumbnail Storm");
  assert_found (fixture->store, "thumbnail Storm"); /* nor is it taken for good then */
  run_sql (fixture->folder, "UPDATE forms SET thumbnail = x'ffd8ff2042ffd9' WHERE number = 1");
  assert_found (fixture->store, "thumbnail Harbour|thumbnail Storm");
}

static void
test_next_start_mends (Fixture *fixture, gconstpointer data)
{
  static const char *const harms[] = {
    "UPDATE forms SET hashes = zeroblob (32)",
    "INSERT INTO words (rowid, folded) VALUES (99, 'nothing of this is there')",
    "INSERT INTO unfinished (id) VALUES (zeroblob (32))",
  };
  g_autoptr (FrPicture) picture = add (fixture->store, PICTURE, "Harbour");

  for (gsize i = 0; i < G_N_ELEMENTS (harms); i++)
    {
      g_autoptr (FrStoreReport) report = NULL;

      run_sql (fixture->folder, harms[i]);
      report = check (fixture->store);
      g_assert_cmpuint (report->problems->len, ==, 1);
      fixture_reopen (fixture);
      assert_found (fixture->store, "");
      g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 1);
    }
}

static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  guint *n = data;

  g_assert_cmpuint (done, <=, total);
  g_assert_cmpuint (total, ==, strlen (PICTURE));
  (*n)++;
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add (fixture->store, PICTURE, "Harbour");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrStoreReport) report = NULL;
  guint n = 0;

  fr_store_check_async (fixture->store, progress_cb, &n, NULL, answered_cb, &result);
  report = fr_store_check_finish (fixture->store, await (&result), NULL);
  g_assert_nonnull (report);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add (fixture->store, PICTURE, "Harbour");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_check_async (fixture->store, NULL, NULL, cancellable, answered_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (fr_store_check_finish (fixture->store, await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Pictures that come and go while it looks are no problem. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *text = g_strdup_printf ("picture %u", i);
      g_autoptr (FrPicture) picture = add (fixture->store, text, "Harbour");
    }
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (FrStoreReport) report = NULL;
      g_autofree char *found = NULL;

      fr_store_check_async (fixture->store, NULL, NULL, NULL, answered_cb, &result);
      for (guint i = 0; i < 10; i++)
        {
          g_autofree char *text = g_strdup_printf ("picture %d", g_rand_int_range (rand, 0, 40));
          g_autoptr (FrPicture) picture = add (fixture->store, text, "Harbour");

          if (g_rand_boolean (rand))
            g_assert_true (remove_picture (fixture->store, &picture->id, NULL));
        }
      report = fr_store_check_finish (fixture->store, await (&result), NULL);
      g_assert_nonnull (report);
      found = describe (report);
      g_assert_cmpstr (found, ==, "");
    }
}

typedef struct
{
  GMutex lock;
  GCond changed;
  gboolean is_free;
  const char *path;
} Gate;

static void
wait_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gate *gate = data;

  g_mutex_lock (&gate->lock);
  while (!gate->is_free)
    g_cond_wait (&gate->changed, &gate->lock);
  g_mutex_unlock (&gate->lock);
  g_task_return_boolean (task, TRUE);
}

static void
unlink_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gate *gate = data;

  g_mutex_lock (&gate->lock);
  gate->is_free = g_unlink (gate->path) == 0;
  g_cond_broadcast (&gate->changed);
  g_mutex_unlock (&gate->lock);
  g_task_return_boolean (task, TRUE);
}

static void
push_work (FrStore *store, FrWorkQueue *queue, GTaskThreadFunc work, Gate *gate)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, NULL, NULL);

  g_task_set_task_data (task, gate, NULL);
  fr_work_queue_push (queue, task, work);
}

/* A file that was found, and is gone when the changes are looked through: the second part of the check waits for the
 * gate behind other changes; one of the two threads for imports waits there too, the other looks and then removes. */
static void
test_gone_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "pictures", "ab", "note", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrStoreReport) report = NULL;
  g_autofree char *found = NULL;
  Gate gate = { .path = path };

  write_file (fixture->folder, "pictures/ab/note", "?");
  push_work (fixture->store, fixture->store->writing.work, wait_work, &gate);
  push_work (fixture->store, fixture->store->import_work, wait_work, &gate);
  fr_store_check_async (fixture->store, NULL, NULL, NULL, answered_cb, &result);
  push_work (fixture->store, fixture->store->import_work, unlink_work, &gate);
  report = fr_store_check_finish (fixture->store, await (&result), NULL);
  g_assert_nonnull (report);
  found = describe (report);
  g_assert_cmpstr (found, ==, "");
  fr_store_close (fixture->store); /* nobody is at the gate any more */
}

static void
test_report_bound (void)
{
  g_autoptr (FrStoreReport) report = fr_store_report_new ();

  for (guint i = 0; i < FR_STORE_MAX_PROBLEMS; i++)
    fr_store_report_add (report, FR_STORE_PROBLEM_FOREIGN, NULL, "file");
  g_assert_cmpuint (report->problems->len, ==, FR_STORE_MAX_PROBLEMS);
  g_assert_cmpuint (report->n_more, ==, 0);
  fr_store_report_add (report, FR_STORE_PROBLEM_FOREIGN, NULL, "file");
  g_assert_cmpuint (report->problems->len, ==, FR_STORE_MAX_PROBLEMS);
  g_assert_cmpuint (report->n_more, ==, 1);
}

static void
test_encoded (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    gboolean encoded;
  } forms[] = {
    { "", 0, FALSE },
    { "\xff\xd8\xff", 3, FALSE },
    { "\xff\xd8\xff\xd9", 4, TRUE }, /* nothing in it, but both ends */
    { JPEG, sizeof JPEG - 1, TRUE },
    { JPEG, sizeof JPEG - 2, FALSE },
    { "RIFF\x04\0\0\0WEBP", 12, TRUE },
    { "RIFF\x04\0\0\0WEBP", 11, FALSE },
    { "RIFF\x05\0\0\0WEBP", 12, FALSE },
    { "RIFF\xff\xff\xff\xffWEBP", 12, FALSE },
    { "\x89PNG\r\n\x1a\n", 8, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (forms[i].bytes, forms[i].size); /* no byte behind it */

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (fr_form_is_encoded (bytes), ==, forms[i].encoded);
    }
}

void
test_check_add (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/check/%s", rows[i].name);

      g_strdelimit (path, " ", '-');
      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), fixture_set_up, test_damage, fixture_tear_down);
    }
  g_test_add ("/store/check/original", Fixture, NULL, fixture_set_up, test_original, fixture_tear_down);
  g_test_add ("/store/check/counts", Fixture, NULL, fixture_set_up, test_counts, fixture_tear_down);
  g_test_add ("/store/check/adding-again-mends", Fixture, NULL, fixture_set_up, test_adding_again_mends,
              fixture_tear_down);
  g_test_add ("/store/check/forms-made-again", Fixture, NULL, fixture_set_up, test_forms_made_again,
              fixture_tear_down);
  g_test_add ("/store/check/thumbnail-of-before", Fixture, NULL, fixture_set_up, test_thumbnail_of_before,
              fixture_tear_down);
  g_test_add ("/store/check/next-start-mends", Fixture, NULL, fixture_set_up, test_next_start_mends,
              fixture_tear_down);
  g_test_add ("/store/check/progress", Fixture, NULL, fixture_set_up, test_progress, fixture_tear_down);
  g_test_add ("/store/check/cancelled", Fixture, NULL, fixture_set_up, test_cancelled, fixture_tear_down);
  g_test_add ("/store/check/busy", Fixture, NULL, fixture_set_up, test_busy, fixture_tear_down);
  g_test_add ("/store/check/gone-meanwhile", Fixture, NULL, fixture_set_up, test_gone_meanwhile, fixture_tear_down);
  g_test_add_func ("/store/check/report-bound", test_report_bound);
  g_test_add_func ("/store/check/encoded", test_encoded);
}
