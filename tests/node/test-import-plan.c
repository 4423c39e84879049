/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "fr-test-support.h"

#include "gallery-fixture.h"
#include "tests.h"

/* Looking before adding, no room on the way, and words for what was added. */

#define SMALL_DISK (64 * 1024)

static FrImport *
import_new (GalleryFixture *fixture)
{
  const char *const paths[] = { fixture->files, NULL };
  FrImport *import = fr_import_new (fixture->gallery, paths);

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_set_keeps_metadata (import, TRUE);
  return import;
}

static gboolean
plan (FrImport *import, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_import_plan_async (import, gallery_answered_cb, &result);
  return fr_import_plan_finish (import, gallery_await (&result), error);
}

static void
assert_counts (FrImport *import, guint n_total, guint n_added, guint n_failed)
{
  g_assert_true (fr_import_get_finished (import));
  g_assert_cmpuint (fr_import_get_n_total (import), ==, n_total);
  g_assert_cmpuint (fr_import_get_n_added (import), ==, n_added);
  g_assert_cmpuint (fr_import_get_failures (import)->len, ==, n_failed);
}

/* It looks, and adds nothing; what it has found is added, without another look. */
static void
test_plan (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *missing = gallery_path (fixture, "missing.svg");
  const char *const paths[] = { missing, fixture->files, NULL };
  g_autoptr (FrImport) import = fr_import_new (fixture->gallery, paths);
  g_autoptr (GError) error = NULL;
  const FrRoom *room;
  const FrImportFailure *failure;

  gallery_write_drawing (fixture, "one.svg", 1);
  gallery_write_drawing (fixture, "two.svg", 2);
  gallery_write (fixture, "film.mp4", "x", 1);
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  g_assert_null (fr_import_get_room (import));
  g_assert_true (plan (import, &error));
  g_assert_no_error (error);
  room = fr_import_get_room (import);
  g_assert_cmpuint (room->n_pictures, ==, 2);
  g_assert_cmpuint (room->bytes_needed, >=, 2 * FR_ROOM_BESIDE);
  g_assert_cmpuint (room->bytes_free, >, 0);
  g_assert_cmpuint (fr_import_get_n_total (import), ==, 4);
  g_assert_false (fr_import_get_finished (import));
  g_assert_cmpuint (gallery_count_stored (fixture), ==, 0);
  gallery_write_drawing (fixture, "late.svg", 3);
  fr_import_start (import);
  gallery_wait_finished (import);
  assert_counts (import, 4, 2, 2);
  failure = fr_import_get_failures (import)->pdata[0];
  g_assert_cmpstr (failure->name, ==, "missing.svg");
  g_assert_cmpstr (failure->path, ==, missing);
}

static void
test_bytes (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) drawing = gallery_make_drawing (1);
  g_autoptr (FrImport) import = fr_import_new_for_bytes (fixture->gallery, drawing, "Pasted");

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  g_assert_true (plan (import, NULL));
  g_assert_cmpuint (fr_import_get_room (import)->n_pictures, ==, 1);
  fr_import_start (import);
  gallery_wait_finished (import);
  assert_counts (import, 1, 1, 0);
}

/* Whoever gives it up meanwhile has added nothing; and who says for nobody, neither. */
static void
test_given_up (GalleryFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->files, NULL };
  g_autoptr (FrImport) import = import_new (fixture);
  g_autoptr (FrImport) for_nobody = fr_import_new (fixture->gallery, paths);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gallery_write_drawing (fixture, "one.svg", 1);
  fr_import_plan_async (import, gallery_answered_cb, &result);
  fr_import_cancel (import);
  g_assert_false (fr_import_plan_finish (import, gallery_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (fr_import_get_cancelled (import));
  fr_import_start (import);
  assert_counts (import, 0, 0, 0);

  g_assert_true (plan (for_nobody, NULL));
  fr_import_start (for_nobody);
  assert_counts (for_nobody, 1, 0, 1);
  g_assert_cmpuint (gallery_count_stored (fixture), ==, 0);
}

/* No file may be larger than that: as on a disk that is full (the store takes both for that). */
static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &limit));
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
}

static void
write_large_drawing (GalleryFixture *fixture, const char *name, guint number)
{
  g_autofree char *filling = g_strnfill (2 * SMALL_DISK, ' ');
  g_autoptr (GBytes) drawing = gallery_make_drawing (number);
  g_autofree char *text = g_strdup_printf ("%.*s%s", (int) g_bytes_get_size (drawing),
                                           (const char *) g_bytes_get_data (drawing, NULL), filling);

  gallery_write (fixture, name, text, strlen (text));
}

static gboolean
is_out_of_room (gpointer import)
{
  return fr_import_get_out_of_room (import);
}

/* A disk that gets full on the way: it waits, and goes on where it was. */
static void
test_out_of_room (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrImport) import = import_new (fixture);
  g_autoptr (FrImport) fails = import_new (fixture);
  g_autoptr (GBytes) drawing = gallery_make_drawing (50);
  g_autoptr (FrImport) first = gallery_import_bytes (fixture, drawing, "Starts the decoders, which inherit no limit");

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.svg", i);

      write_large_drawing (fixture, name, i);
    }
  limit_files (SMALL_DISK);
  fr_import_start (fails); /* as everybody who has not said that there is somebody who makes room */
  gallery_wait_finished (fails);
  assert_counts (fails, 6, 0, 6);

  fr_import_set_waits_for_room (import, TRUE);
  fr_import_start (import);
  fr_test_wait_until (is_out_of_room, import, 60);
  g_assert_false (fr_import_get_finished (import));
  g_assert_cmpuint (fr_import_get_n_done (import), ==, 0);
  fr_import_go_on (import); /* too early */
  g_assert_false (fr_import_get_out_of_room (import));
  fr_test_wait_until (is_out_of_room, import, 60);
  limit_files (RLIM_INFINITY);
  fr_import_go_on (import);
  gallery_wait_finished (import);
  assert_counts (import, 6, 6, 0);
}

static void
test_out_of_room_given_up (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrImport) import = import_new (fixture);

  write_large_drawing (fixture, "one.svg", 1);
  limit_files (SMALL_DISK);
  fr_import_set_waits_for_room (import, TRUE);
  fr_import_start (import);
  fr_test_wait_until (is_out_of_room, import, 60);
  fr_import_cancel (import);
  limit_files (RLIM_INFINITY);
  assert_counts (import, 1, 0, 0);
  fr_import_go_on (import);
  assert_counts (import, 1, 0, 0);
}

/* What could not be added, once it can be, for the same people. */
static void
test_again (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *missing = gallery_path (fixture, "missing.svg"), *good = gallery_path (fixture, "good.svg");
  const char *const paths[] = { good, missing, NULL };
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (FrImport) import = fr_import_new (fixture->gallery, paths);
  g_autoptr (FrImport) bytes = gallery_import_bytes (fixture, nothing, "Pasted");
  g_autoptr (FrImport) again = NULL;
  FrAudience audience;
  GBytes *readers;

  gallery_write_drawing (fixture, "good.svg", 1);
  fr_import_set_audience (import, FR_AUDIENCE_CONTACTS, NULL);
  fr_import_set_keeps_metadata (import, TRUE);
  fr_import_start (import);
  gallery_wait_finished (import);
  assert_counts (import, 2, 1, 1);
  again = fr_import_new_again (import);
  g_assert_true (fr_import_get_audience (again, &audience, &readers));
  g_assert_cmpint (audience, ==, FR_AUDIENCE_CONTACTS);
  gallery_write_drawing (fixture, "missing.svg", 2);
  fr_import_start (again);
  gallery_wait_finished (again);
  assert_counts (again, 1, 1, 0);
  g_assert_cmpint (((FrPicture *) fr_import_get_pictures (again)->pdata[0])->audience, ==, FR_AUDIENCE_CONTACTS);
  g_assert_null (fr_import_new_again (again));
  g_assert_null (fr_import_new_again (bytes));
}

/* More than the store takes at a time. */
static void
test_describe (GalleryFixture *fixture, gconstpointer data)
{
  const guint n = FR_STORE_MAX_DESCRIBED + 2;
  g_autofree FrContentId *ids = gallery_fill_store (fixture->store, n);
  g_autoptr (GAsyncResult) first = NULL, result = NULL, again = NULL, none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gallery_load (fixture->gallery, &error));
  fr_gallery_describe_async (fixture->gallery, ids, 1, "A dune", NULL, gallery_answered_cb, &first);
  g_assert_cmpint (fr_gallery_describe_finish (fixture->gallery, gallery_await (&first), &error), ==, 1);
  fr_gallery_describe_async (fixture->gallery, ids, n, "Lena at the harbour", NULL, gallery_answered_cb, &result);
  g_assert_cmpint (fr_gallery_describe_finish (fixture->gallery, gallery_await (&result), &error), ==, (int) n - 1);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (fr_gallery_item_get_picture (fr_gallery_find (fixture->gallery, &ids[i]))->description, ==,
                     i == 0 ? "A dune" : "Lena at the harbour");
  fr_gallery_describe_async (fixture->gallery, ids, n, "Again", NULL, gallery_answered_cb, &again);
  g_assert_cmpint (fr_gallery_describe_finish (fixture->gallery, gallery_await (&again), &error), ==, 0);
  fr_gallery_describe_async (fixture->gallery, ids, 0, "", NULL, gallery_answered_cb, &none);
  g_assert_cmpint (fr_gallery_describe_finish (fixture->gallery, gallery_await (&none), &error), ==, 0);
}

static void
test_describe_refused (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree FrContentId *ids = gallery_fill_store (fixture->store, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *long_text = g_strnfill (FR_PICTURE_MAX_DESCRIPTION + 1, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (gallery_load (fixture->gallery, &error));
  fr_gallery_describe_async (fixture->gallery, ids, 1, long_text, NULL, gallery_answered_cb, &result);
  g_assert_cmpint (fr_gallery_describe_finish (fixture->gallery, gallery_await (&result), &error), ==, -1);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
}

void
test_import_plan_add (void)
{
  gallery_add_test ("/node/import-plan/plan", test_plan);
  gallery_add_test ("/node/import-plan/bytes", test_bytes);
  gallery_add_test ("/node/import-plan/given-up", test_given_up);
  gallery_add_test ("/node/import-plan/out-of-room", test_out_of_room);
  gallery_add_test ("/node/import-plan/out-of-room-given-up", test_out_of_room_given_up);
  gallery_add_test ("/node/import-plan/again", test_again);
  gallery_add_test ("/node/import-plan/describe", test_describe);
  gallery_add_test ("/node/import-plan/describe-refused", test_describe_refused);
}
