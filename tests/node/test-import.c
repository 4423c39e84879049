/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fr-image-client-private.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "fr-test-support.h"

#include "gallery-fixture.h"
#include "tests.h"

/* A lossless WebP's header (RFC 9649, 3.4: 14 bits each, less one) and nothing of the picture. */
static GBytes *
make_webp (guint width, guint height)
{
  guint8 bytes[256] = "RIFF\xf8\0\0\0WEBPVP8L\xec\0\0\0\x2f";
  guint32 packed = (width - 1) | (height - 1) << 14;

  for (guint i = 0; i < 4; i++)
    bytes[21 + i] = (guint8) (packed >> (8 * i));
  return g_bytes_new (bytes, sizeof bytes);
}

static void
assert_counts (FrImport *import, guint n_total, guint n_added, guint n_known, guint n_failed)
{
  guint total, done, added, known, failed;
  gboolean finished;

  g_object_get (import, "n-total", &total, "n-done", &done, "n-added", &added, "n-known", &known, "n-failed", &failed,
                "finished", &finished, NULL);
  g_assert_cmpuint (total, ==, n_total);
  g_assert_cmpuint (added, ==, n_added);
  g_assert_cmpuint (known, ==, n_known);
  g_assert_cmpuint (failed, ==, n_failed);
  g_assert_cmpuint (done, ==, n_added + n_known + n_failed);
  g_assert_true (finished);
  g_assert_cmpuint (fr_import_get_n_total (import), ==, n_total);
  g_assert_cmpuint (fr_import_get_n_known (import), ==, n_known);
  g_assert_cmpuint (fr_import_get_pictures (import)->len, ==, n_added + n_known);
}

static const FrImportFailure *
find_failure (FrImport *import, const char *name)
{
  GPtrArray *failures = fr_import_get_failures (import);

  for (guint i = 0; i < failures->len; i++)
    {
      const FrImportFailure *failure = failures->pdata[i];

      if (g_strcmp0 (failure->name, name) == 0)
        return failure;
    }
  g_test_message ("nothing failed that is called %s", name);
  g_assert_not_reached ();
}

static void
assert_failure (FrImport *import, const char *name, GQuark domain, int code)
{
  const FrImportFailure *failure = find_failure (import, name);

  g_assert_error (failure->error, domain, code);
  g_assert_true (g_str_has_suffix (failure->error->message, "."));
}

static FrPicture *
find_title (FrImport *import, const char *title)
{
  GPtrArray *pictures = fr_import_get_pictures (import);

  for (guint i = 0; i < pictures->len; i++)
    if (strcmp (((FrPicture *) pictures->pdata[i])->title, title) == 0)
      return pictures->pdata[i];
  g_test_message ("no picture is called %s", title);
  g_assert_not_reached ();
}

static void
test_folder (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *outside = fr_test_folder_new ();
  g_autofree char *outside_file = g_build_filename (outside, "secret.svg", NULL);
  g_autofree char *link_to_folder = gallery_path (fixture, "way-out");
  g_autofree char *link_to_file = gallery_path (fixture, "link.svg");
  g_autoptr (FrImport) import = NULL;
  const FrPicture *picture;

  g_assert_true (g_file_set_contents (outside_file, "<svg/>", -1, NULL));
  g_assert_no_errno (symlink (outside, link_to_folder));
  g_assert_no_errno (symlink (outside_file, link_to_file));
  gallery_write_drawing (fixture, "IMG_one.svg", 1);
  gallery_write_drawing (fixture, "deep/er/two.txt", 2); /* what it is decides, not what it is called */
  gallery_write_drawing (fixture, "deep/same as one.svg", 1);
  gallery_write_drawing (fixture, ".hidden.svg", 3);
  gallery_write (fixture, "notes.jpg", "Dear diary", 10);
  gallery_write (fixture, "empty.png", "", 0);
  gallery_write (fixture, "cut.jpg", "\xff\xd8\xff\xe0\0\x10JFIF", 10);

  import = gallery_import_files (fixture);
  assert_counts (import, 6, 2, 1, 3);
  assert_failure (import, "notes.jpg", FR_IMAGE_ERROR, FR_IMAGE_ERROR_NOT_A_PICTURE);
  assert_failure (import, "empty.png", FR_STORE_ERROR, FR_STORE_ERROR_EMPTY);
  assert_failure (import, "cut.jpg", FR_IMAGE_ERROR, FR_IMAGE_ERROR_TRUNCATED);
  picture = find_title (import, "two");
  g_assert_cmpuint (picture->type, ==, FR_IMAGE_TYPE_SVG);
  g_assert_cmpstr (picture->mime, ==, "image/svg+xml");
  g_assert_cmpuint (picture->width, ==, 8);
  g_assert_cmpuint (picture->height, ==, 4);
  g_assert_true (picture->has_thumbnail && fr_picture_is_mine (picture));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->gallery)), ==, 2);
  fr_test_folder_free (g_steal_pointer (&outside));
}

static void
test_places_that_fail (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *missing = gallery_path (fixture, "missing.png");
  g_autofree char *good = gallery_path (fixture, "good.svg");
  const char *const paths[] = { missing, "/dev/null", good, NULL };
  g_autoptr (FrImport) import = fr_import_new (fixture->gallery, paths);

  gallery_write_drawing (fixture, "good.svg", 1);
  g_assert_false (fr_import_get_finished (import));
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  gallery_wait_finished (import);
  assert_counts (import, 3, 1, 0, 2);
  assert_failure (import, "missing.png", FR_STORE_ERROR, FR_STORE_ERROR_GONE);
  assert_failure (import, "null", FR_STORE_ERROR, FR_STORE_ERROR_NOT_A_FILE);
}

static void
test_nothing (GalleryFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { NULL };
  g_autoptr (FrImport) none = fr_import_new (fixture->gallery, paths);
  g_autoptr (FrImport) empty = gallery_import_files (fixture);

  fr_import_set_audience (none, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (none);
  assert_counts (none, 0, 0, 0, 0);
  assert_counts (empty, 0, 0, 0, 0);
}

static void
vanish_cb (FrImport *import, GParamSpec *pspec, char *path)
{
  g_assert_no_errno (g_unlink (path));
}

static void
test_vanishing_file (GalleryFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->files, NULL };
  g_autofree char *last = gallery_path (fixture, "9.svg");
  g_autoptr (FrImport) import = fr_import_new (fixture->gallery, paths);

  for (guint i = 0; i < 10; i++)
    {
      char name[] = { (char) ('0' + i), '.', 's', 'v', 'g', '\0' };

      gallery_write_drawing (fixture, name, i);
    }
  g_signal_connect (import, "notify::n-total", G_CALLBACK (vanish_cb), last);
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  gallery_wait_finished (import);
  assert_counts (import, 10, 9, 0, 1);
  assert_failure (import, "9.svg", FR_STORE_ERROR, FR_STORE_ERROR_GONE);
}

static void
test_again (GalleryFixture *fixture, gconstpointer data)
{
  g_auto (Shadow) shadow = { 0 };
  g_autoptr (FrImport) first = NULL, again = NULL, after_load = NULL;

  gallery_write_drawing (fixture, "one.svg", 1);
  gallery_write_drawing (fixture, "two.svg", 2);
  shadow_init (&shadow, fixture->gallery);
  first = gallery_import_files (fixture);
  assert_counts (first, 2, 2, 0, 0);
  again = gallery_import_files (fixture);
  assert_counts (again, 2, 0, 2, 0);
  g_assert_cmpuint (shadow.n_signals, ==, 2);
  shadow_assert_equal (&shadow);
  shadow_clear (&shadow);

  /* A gallery that does not show them yet, so that they are looked into, comes to the same. */
  g_object_unref (fixture->gallery);
  fixture->gallery = fr_gallery_new (fixture->store, fixture->image);
  shadow_init (&shadow, fixture->gallery);
  after_load = gallery_import_files (fixture);
  assert_counts (after_load, 2, 0, 2, 0);
  g_assert_cmpuint (shadow.n_signals, ==, 0);
}

static void
test_bytes (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) drawing = gallery_make_drawing (1);
  g_autoptr (GBytes) text = g_bytes_new_static ("Not one", 7);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (FrImport) good = gallery_import_bytes (fixture, drawing, "Pasted\nv1.2");
  g_autoptr (FrImport) bad = gallery_import_bytes (fixture, text, "Bad");
  g_autoptr (FrImport) empty = gallery_import_bytes (fixture, nothing, NULL);

  assert_counts (good, 1, 1, 0, 0);
  find_title (good, "Pasted v1.2");
  assert_counts (bad, 1, 0, 0, 1);
  assert_failure (bad, "Bad", FR_IMAGE_ERROR, FR_IMAGE_ERROR_NOT_A_PICTURE);
  assert_failure (empty, "Picture", FR_STORE_ERROR, FR_STORE_ERROR_EMPTY);
}

static void
test_bounds (GalleryFixture *fixture, gconstpointer data)
{
  static const char drawing[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"25000\" height=\"20001\"/>";
  g_autoptr (GBytes) costly = make_webp (12000, 12000);
  g_autoptr (GBytes) large = g_bytes_new_static (drawing, sizeof drawing - 1);
  g_autofree char *path = gallery_path (fixture, "huge.png");
  g_autoptr (FrImport) with_costly = gallery_import_bytes (fixture, costly, "Costly");
  g_autoptr (FrImport) with_large = gallery_import_bytes (fixture, large, "Large");
  g_autoptr (FrImport) with_huge = NULL;
  const FrPicture *picture;

  /* Costly to decode, it is there all the same, without a small picture of it. */
  assert_counts (with_costly, 1, 1, 0, 0);
  picture = find_title (with_costly, "Costly");
  g_assert_cmpuint (picture->type, ==, FR_IMAGE_TYPE_WEBP);
  g_assert_cmpuint (picture->width, ==, 12000);
  g_assert_false (picture->has_thumbnail || picture->has_preview);
  assert_failure (with_large, "Large", FR_IMAGE_ERROR, FR_IMAGE_ERROR_TOO_LARGE);

  gallery_write (fixture, "huge.png", "x", 1);
  g_assert_no_errno (truncate (path, (off_t) FR_PICTURE_MAX_BYTES + 1));
  with_huge = gallery_import_files (fixture);
  assert_failure (with_huge, "huge.png", FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE);
}

static void
cancel_cb (FrImport *import, GParamSpec *pspec, gpointer data)
{
  if (fr_import_get_n_done (import) == 3)
    fr_import_cancel (import);
}

static void
test_cancel (GalleryFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->files, NULL };
  g_autoptr (FrImport) import = fr_import_new (fixture->gallery, paths);
  g_autoptr (FrImport) never = fr_import_new (fixture->gallery, paths);
  guint n_added;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u.svg", i);

      gallery_write_drawing (fixture, name, i);
    }
  g_signal_connect (import, "notify::n-done", G_CALLBACK (cancel_cb), NULL);
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  gallery_wait_finished (import);
  /* What was on its way into the catalogue may still arrive. */
  n_added = fr_import_get_n_added (import);
  g_assert_cmpuint (n_added, >=, 3);
  g_assert_cmpuint (n_added, <, 3 + FR_IMPORT_MAX_AT_ONCE);
  assert_counts (import, 40, n_added, 0, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->gallery)), ==, n_added);
  g_assert_cmpuint (gallery_count_stored (fixture), ==, n_added);

  fr_import_cancel (never);
  fr_import_set_audience (never, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (never);
  assert_counts (never, 0, 0, 0, 0);
}

static gboolean
is_gone (gpointer import)
{
  return *(FrImport **) import == NULL;
}

/* An import lives until it is finished, whoever has lost interest. */
static void
test_dropped (GalleryFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->files, NULL };
  FrImport *import = fr_import_new (fixture->gallery, paths);

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.svg", i);

      gallery_write_drawing (fixture, name, i);
    }
  g_object_add_weak_pointer (G_OBJECT (import), (gpointer *) &import);
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  g_object_unref (import);
  fr_test_wait_until (is_gone, &import, 60);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->gallery)), ==, 5);
}

static gboolean
all_are_busy (gpointer client)
{
  FrImagePool *pool = _fr_image_client_get_pool (client);
  gboolean busy = TRUE;

  for (guint i = 0; i < FR_IMPORT_MAX_AT_ONCE; i++)
    busy = busy && fr_image_pool_get_pid (pool, i) != 0;
  return busy;
}

/* A decoder that never answers shows how many pictures are worked on at once: so many processes are started. */
static void
test_at_once (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "image", "fake-image", NULL);
  g_autoptr (FrImageClient) client = fr_image_client_new (program, FR_IMPORT_MAX_AT_ONCE + 1);
  g_autoptr (FrGallery) gallery = fr_gallery_new (fixture->store, client);
  const char *const paths[] = { fixture->files, NULL };
  g_autoptr (FrImport) import = fr_import_new (gallery, paths);
  g_autoptr (FrPicture) picture = NULL;

  for (guint i = 0; i < FR_IMPORT_MAX_AT_ONCE + 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      gallery_write (fixture, name, "never", 5);
    }
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  fr_test_wait_until (all_are_busy, client, 30);
  /* What is asked of the store later is done later: one more would be there too when this is. */
  picture = gallery_add_drawing (fixture, 1, NULL);
  g_assert_cmpint (fr_image_pool_get_pid (_fr_image_client_get_pool (client), FR_IMPORT_MAX_AT_ONCE), ==, 0);
  fr_import_cancel (import);
  gallery_wait_finished (import);
  assert_counts (import, FR_IMPORT_MAX_AT_ONCE + 2, 0, 0, 0);
}

/* A decoder that dies of each picture, or is not there at all, is a failure with a name, and the import goes on. */
static void
test_no_decoder (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrImageClient) client = fr_image_client_new ("/nonexistent/freshet-image", 1);
  g_autoptr (FrGallery) gallery = fr_gallery_new (fixture->store, client);
  const char *const paths[] = { fixture->files, NULL };
  g_autoptr (FrImport) import = fr_import_new (gallery, paths);

  gallery_write_drawing (fixture, "one.svg", 1);
  gallery_write_drawing (fixture, "two.svg", 2);
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  gallery_wait_finished (import);
  assert_counts (import, 2, 0, 0, 2);
  assert_failure (import, "one.svg", FR_IMAGE_ERROR, FR_IMAGE_ERROR_CRASHED);
  assert_failure (import, "two.svg", FR_IMAGE_ERROR, FR_IMAGE_ERROR_CRASHED);
  g_assert_cmpuint (gallery_count_stored (fixture), ==, 0);
}

static void
count_cb (FrImport *import, GParamSpec *pspec, guint *count)
{
  guint n_done = fr_import_get_n_done (import);

  g_assert_cmpuint (n_done, >, *count);
  g_assert_cmpuint (n_done, <=, fr_import_get_n_total (import));
  *count = n_done;
}

static void
test_many (GalleryFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->files, NULL };
  g_autoptr (FrImport) import = fr_import_new (fixture->gallery, paths);
  g_auto (Shadow) shadow = { 0 };
  guint n_done = 0;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u/%u.svg", i % 7, i);

      gallery_write_drawing (fixture, name, i);
    }
  shadow_init (&shadow, fixture->gallery);
  g_signal_connect (import, "notify::n-done", G_CALLBACK (count_cb), &n_done);
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  gallery_wait_finished (import);
  assert_counts (import, 300, 300, 0, 0);
  g_assert_cmpuint (n_done, ==, 300);
  g_assert_cmpuint (shadow.n_signals, ==, 300);
  shadow_assert_equal (&shadow);
}

void
test_import_add (void)
{
  gallery_add_test ("/node/import/folder", test_folder);
  gallery_add_test ("/node/import/places-that-fail", test_places_that_fail);
  gallery_add_test ("/node/import/nothing", test_nothing);
  gallery_add_test ("/node/import/vanishing-file", test_vanishing_file);
  gallery_add_test ("/node/import/again", test_again);
  gallery_add_test ("/node/import/bytes", test_bytes);
  gallery_add_test ("/node/import/bounds", test_bounds);
  gallery_add_test ("/node/import/cancel", test_cancel);
  gallery_add_test ("/node/import/dropped", test_dropped);
  gallery_add_test ("/node/import/at-once", test_at_once);
  gallery_add_test ("/node/import/no-decoder", test_no_decoder);
  gallery_add_test ("/node/import/many", test_many);
}
