/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-database.h"
#include "fr-gallery-private.h"
#include "fr-test-support.h"
#include "pack-fixture.h"
#include "tests.h"

/* What is made of pictures is made again where it is damaged. */

/* As a disk would do it. */
static void
run_sql (GalleryFixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->folder, "freshet.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrDatabase) database = fr_database_open_to_read (path, &error);

  g_assert_no_error (error);
  g_assert_true (fr_database_execute (database, "PRAGMA query_only = OFF", NULL));
  g_assert_true (fr_database_execute (database, sql, NULL));
}

static FrStoreReport *
check (GalleryFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrStoreReport *report;

  fr_gallery_check_async (fixture->gallery, NULL, NULL, NULL, gallery_answered_cb, &result);
  report = fr_gallery_check_finish (fixture->gallery, gallery_await (&result), &error);
  g_assert_no_error (error);
  return report;
}

static GBytes *
get_thumbnail (GalleryFixture *fixture, const FrPicture *picture)
{
  g_autoptr (GAsyncResult) result = NULL;
  GBytes *thumbnail;

  fr_gallery_get_thumbnail_async (fixture->gallery, &picture->id, NULL, gallery_answered_cb, &result);
  thumbnail = fr_gallery_get_thumbnail_finish (fixture->gallery, gallery_await (&result), NULL);
  g_assert_nonnull (thumbnail);
  return thumbnail;
}

static const struct
{
  const char *name;
  const char *sql;
  guint n_problems;
} rows[] = {
  { "truncated", "UPDATE forms SET thumbnail = substr (thumbnail, 1, length (thumbnail) - 1)", 1 },
  { "altered", "UPDATE forms SET thumbnail = CAST (substr (thumbnail, 1, 30) || x'00' || substr (thumbnail, 32) AS BLOB)",
    1 },
  { "gone", "UPDATE forms SET thumbnail = NULL", 1 },
  { "preview", "UPDATE forms SET preview = x'00'", 1 },
  { "both", "UPDATE forms SET thumbnail = x'00', preview = x'00'", 2 },
};

static void
test_mended (GalleryFixture *fixture, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr (FrPicture) one = gallery_add_drawing (fixture, 1, "One"), two = gallery_add_drawing (fixture, 2, "Two");
  g_autoptr (GBytes) before = get_thumbnail (fixture, one), after = NULL;
  g_autoptr (FrStoreReport) good = check (fixture), report = NULL, again = NULL;

  g_assert_cmpuint (good->problems->len, ==, 0);
  run_sql (fixture, rows[row].sql);
  report = check (fixture);
  g_assert_cmpuint (report->problems->len, ==, 2 * rows[row].n_problems);
  for (guint i = 0; i < report->problems->len; i++)
    g_assert_true (((FrStoreProblem *) report->problems->pdata[i])->mended);
  after = get_thumbnail (fixture, one);
  g_assert_true (g_bytes_equal (before, after));
  again = check (fixture);
  g_assert_cmpuint (again->problems->len, ==, 0);
}

/* A picture that is damaged itself must come from somewhere again first. */
static void
test_damaged_picture (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) one = gallery_add_drawing (fixture, 1, "One");
  g_autofree char *name = fr_content_id_to_string (&one->id);
  g_autofree char *path = g_strdup_printf ("%s/pictures/%.2s/%s", fixture->folder, name, name);
  g_autoptr (GBytes) other = gallery_make_drawing (2), right = gallery_make_drawing (1);
  g_autoptr (FrStoreReport) report = NULL, again = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (other, NULL), (gssize) g_bytes_get_size (other), NULL));
  run_sql (fixture, rows[0].sql);
  report = check (fixture);
  g_assert_cmpuint (report->problems->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_false (((FrStoreProblem *) report->problems->pdata[i])->mended);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (right, NULL), (gssize) g_bytes_get_size (right), NULL));
  again = check (fixture);
  g_assert_cmpuint (again->problems->len, ==, 1);
  g_assert_true (((FrStoreProblem *) again->problems->pdata[0])->mended);
}

/* A picture that was kept from others is not handed to what sees the person's own. */
static void
test_of_others (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) one = gallery_add_drawing (fixture, 1, "One");
  g_autoptr (FrImageClient) broken = fr_image_client_new ("/nonexistent", 1);
  g_autoptr (FrStoreReport) report = NULL, again = NULL;

  run_sql (fixture, "UPDATE pictures SET origin = CAST (printf ('%032d', 1) AS BLOB)");
  run_sql (fixture, rows[0].sql);
  fr_gallery_set_image_client_for_others (fixture->gallery, broken);
  report = check (fixture);
  g_assert_cmpuint (report->problems->len, ==, 1);
  g_assert_false (((FrStoreProblem *) report->problems->pdata[0])->mended);
  fr_gallery_set_image_client_for_others (fixture->gallery, fr_gallery_get_image_client (fixture->gallery));
  again = check (fixture);
  g_assert_true (((FrStoreProblem *) again->problems->pdata[0])->mended);
}

static void
test_cancelled (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) one = gallery_add_drawing (fixture, 1, "One");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  run_sql (fixture, rows[0].sql);
  fr_gallery_check_async (fixture->gallery, NULL, NULL, cancellable, gallery_answered_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (fr_gallery_check_finish (fixture->gallery, gallery_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

void
test_gallery_check_add (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/node/gallery-check/%s", rows[i].name);

      g_test_add (path, GalleryFixture, GSIZE_TO_POINTER (i), gallery_set_up, test_mended, gallery_tear_down);
    }
  gallery_add_test ("/node/gallery-check/damaged-picture", test_damaged_picture);
  gallery_add_test ("/node/gallery-check/of-others", test_of_others);
  gallery_add_test ("/node/gallery-check/cancelled", test_cancelled);
}
