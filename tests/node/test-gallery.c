/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-gallery-error.h"
#include "fr-test-support.h"

#include "gallery-fixture.h"
#include "tests.h"

static const FrContentId nothing = { { 0 } };

static gboolean
update (FrGallery *gallery, const FrContentId *id, const char *title, const char *const *tags, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_update_async (gallery, id, title, NULL, tags, NULL, gallery_answered_cb, &result);
  return fr_gallery_update_finish (gallery, gallery_await (&result), error);
}

static gboolean
take_out (FrGallery *gallery, const FrContentId *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_remove_async (gallery, id, NULL, gallery_answered_cb, &result);
  return fr_gallery_remove_finish (gallery, gallery_await (&result), error);
}

static char *
export_to (FrGallery *gallery, const FrContentId *id, const char *place, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_export_async (gallery, id, place, NULL, gallery_answered_cb, &result);
  return fr_gallery_export_finish (gallery, gallery_await (&result), error);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_update (GalleryFixture *fixture, gconstpointer data)
{
  static const char *const tags[] = { "sea", "night", NULL };
  g_auto (Shadow) shadow = { 0 };
  g_autoptr (FrPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *too_long = g_strnfill (FR_PICTURE_MAX_TITLE + 1, 'x');
  FrGalleryItem *item;
  guint n_notified = 0;

  shadow_init (&shadow, fixture->gallery);
  picture = gallery_add_drawing (fixture, 1, "Old");
  item = fr_gallery_find (fixture->gallery, &picture->id);
  g_signal_connect (item, "notify::picture", G_CALLBACK (count_cb), &n_notified);

  g_assert_true (update (fixture->gallery, &picture->id, "New", tags, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fr_gallery_item_get_picture (item)->title, ==, "New");
  g_assert_cmpstrv (fr_gallery_item_get_picture (item)->tags, tags);
  g_assert_cmpstr (picture->title, ==, "Old");
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpuint (shadow.n_signals, ==, 1);

  g_assert_true (update (fixture->gallery, &picture->id, too_long + 1, NULL, &error));
  g_assert_cmpuint (g_strv_length (fr_gallery_item_get_picture (item)->tags), ==, 0);
  g_assert_false (update (fixture->gallery, &picture->id, too_long, NULL, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
  g_clear_error (&error);
  g_assert_false (update (fixture->gallery, &nothing, "x", NULL, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (n_notified, ==, 2);
  shadow_assert_equal (&shadow);
}

static void
test_remove (GalleryFixture *fixture, gconstpointer data)
{
  FrPicture *pictures[5];
  g_auto (Shadow) shadow = { 0 };
  g_autoptr (GError) error = NULL;

  shadow_init (&shadow, fixture->gallery);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    pictures[i] = gallery_add_drawing (fixture, i, NULL);
  /* From the middle, the front and the end. */
  g_assert_true (take_out (fixture->gallery, &pictures[2]->id, &error));
  g_assert_true (take_out (fixture->gallery, &pictures[4]->id, &error));
  g_assert_true (take_out (fixture->gallery, &pictures[0]->id, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (shadow.n_signals, ==, 8);
  shadow_assert_equal (&shadow);
  g_assert_null (fr_gallery_find (fixture->gallery, &pictures[2]->id));
  g_assert_nonnull (fr_gallery_find (fixture->gallery, &pictures[3]->id));
  g_assert_cmpuint (gallery_count_stored (fixture), ==, 2);

  g_assert_false (take_out (fixture->gallery, &pictures[2]->id, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (shadow.n_signals, ==, 8);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    fr_picture_unref (pictures[i]);
}

/* What the store lost behind the gallery's back goes from the gallery when somebody wants it to. */
static void
test_remove_stale (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 1, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_remove_async (fixture->store, &picture->id, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_store_remove_finish (fixture->store, gallery_await (&result), &error));
  g_assert_false (take_out (fixture->gallery, &picture->id, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  g_assert_null (fr_gallery_find (fixture->gallery, &picture->id));
}

/* Cancelled before it has begun, nothing happens; later, what happens is shown. */
static void
test_cancelled_change (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 1, "Old");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) late = NULL, early = NULL;
  g_autoptr (GError) error = NULL;

  fr_gallery_update_async (fixture->gallery, &picture->id, "New", NULL, NULL, cancellable, gallery_answered_cb, &late);
  g_cancellable_cancel (cancellable);
  fr_gallery_remove_async (fixture->gallery, &picture->id, cancellable, gallery_answered_cb, &early);
  g_assert_false (fr_gallery_remove_finish (fixture->gallery, gallery_await (&early), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (fr_gallery_update_finish (fixture->gallery, gallery_await (&late), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fr_gallery_item_get_picture (fr_gallery_find (fixture->gallery, &picture->id))->title, ==, "New");
}

static void
test_thumbnail (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 1, NULL);
  g_autoptr (GAsyncResult) result = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  fr_gallery_get_thumbnail_async (fixture->gallery, &picture->id, NULL, gallery_answered_cb, &result);
  bytes = fr_gallery_get_thumbnail_finish (fixture->gallery, gallery_await (&result), &error);
  g_assert_no_error (error);
  g_assert_true (picture->has_thumbnail && picture->has_preview);
  g_assert_cmpint (fr_image_sniff (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), !=,
                   FR_IMAGE_TYPE_UNKNOWN);

  fr_gallery_get_thumbnail_async (fixture->gallery, &nothing, NULL, gallery_answered_cb, &none);
  g_assert_null (fr_gallery_get_thumbnail_finish (fixture->gallery, gallery_await (&none), &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
}

static FrImagePixels *
render (GalleryFixture *fixture, const FrContentId *id, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_render_async (fixture->gallery, id, 100, 100, cancellable, gallery_answered_cb, &result);
  return fr_gallery_render_finish (fixture->gallery, gallery_await (&result), error);
}

static void
test_render (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 0x123456, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FrImagePixels) pixels = render (fixture, &picture->id, NULL, &error);
  const guint8 *middle;

  g_assert_no_error (error);
  g_assert_cmpuint (pixels->width, ==, 100);
  g_assert_cmpuint (pixels->height, ==, 50);
  middle = (const guint8 *) g_bytes_get_data (pixels->bytes, NULL) + 25 * pixels->stride + 50 * 4;
  g_assert_cmpmem (middle, 4, "\x12\x34\x56\xff", 4);

  g_assert_null (render (fixture, &nothing, NULL, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (render (fixture, &picture->id, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Two frames of two pixels, red and blue, then blue and red: the smallest picture that moves. */
static const char moving[] = "GIF89a\2\0\1\0\x80\0\0\xff\0\0\0\0\xff"
                             "!\xf9\4\4\5\0\0\0,\0\0\0\0\2\0\1\0\0\2\2\x44\xa\0"
                             "!\xf9\4\4\7\0\0\0,\0\0\0\0\2\0\1\0\0\2\2\x0c\xa\0;";

/* A part, and frames: of one's own pictures, and errors with names. */
static void
test_parts_and_frames (GalleryFixture *fixture, gconstpointer data)
{
  const FrImagePart left = { 0, 0, 1, 1, 8, 8 }, outside = { 2, 0, 1, 1, 8, 8 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (moving, sizeof moving - 1);
  g_autoptr (FrImport) import = gallery_import_bytes (fixture, bytes, "Moving");
  FrPicture *picture = g_ptr_array_index (fr_import_get_pictures (import), 0);
  g_autoptr (FrPicture) drawing = gallery_add_drawing (fixture, 3, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrImagePixels) pixels = NULL;
  g_autoptr (FrImageFrames) frames = NULL;

  fr_gallery_render_part_async (fixture->gallery, &picture->id, &left, NULL, gallery_answered_cb, &result);
  pixels = fr_gallery_render_finish (fixture->gallery, gallery_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (pixels->bytes, NULL), 4, "\xff\0\0\xff", 4);
  g_clear_object (&result);
  fr_gallery_render_part_async (fixture->gallery, &picture->id, &outside, NULL, gallery_answered_cb, &result);
  g_assert_null (fr_gallery_render_finish (fixture->gallery, gallery_await (&result), &error));
  g_assert_error (error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  g_clear_object (&result);
  fr_gallery_frames_async (fixture->gallery, &picture->id, 0, 16, 100, NULL, gallery_answered_cb, &result);
  frames = fr_gallery_frames_finish (fixture->gallery, gallery_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (frames->n_frames, ==, 2);
  g_assert_cmpuint (fr_image_frames_get_ms (frames, 1), ==, 70);
  g_clear_object (&result);
  fr_gallery_frames_async (fixture->gallery, &drawing->id, 0, 16, 100, NULL, gallery_answered_cb, &result);
  g_assert_null (fr_gallery_frames_finish (fixture->gallery, gallery_await (&result), &error));
  g_assert_error (error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_clear_object (&result);
  fr_gallery_frames_async (fixture->gallery, &nothing, 0, 16, 100, NULL, gallery_answered_cb, &result);
  g_assert_null (fr_gallery_frames_finish (fixture->gallery, gallery_await (&result), &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
}

static GPtrArray *
search (GalleryFixture *fixture, const char *words, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_search_async (fixture->gallery, words, NULL, gallery_answered_cb, &result);
  return fr_gallery_search_finish (fixture->gallery, gallery_await (&result), error);
}

static void
test_search (GalleryFixture *fixture, gconstpointer data)
{
  static const char *const titles[] = { "Harbour", "Old harbour", "Meadow" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    fr_picture_unref (gallery_add_drawing (fixture, i, titles[i]));
  found = search (fixture, "arbo", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (((FrPicture *) found->pdata[0])->title, ==, "Old harbour");
  g_assert_null (search (fixture, "  ", &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_SEARCH);
}

static void
test_export (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 1, "A/B");
  g_autoptr (GBytes) bytes = gallery_make_drawing (1);
  const struct
  {
    const char *place, *file;
  } rows[] = { { "", "A_B.svg" }, { "", "A_B (2).svg" }, { "mine.svg", "mine.svg" }, { "mine.svg", "mine (2).svg" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *place = gallery_path (fixture, rows[i].place);
      g_autofree char *wanted = gallery_path (fixture, rows[i].file);
      g_autofree char *path = NULL, *text = NULL;
      g_autoptr (GError) error = NULL;
      gsize size;

      path = export_to (fixture->gallery, &picture->id, place, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_suffix (path, rows[i].file));
      g_assert_true (g_file_get_contents (wanted, &text, &size, NULL));
      g_assert_cmpmem (text, size, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
}

static void
test_export_fails (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 1, NULL);
  g_autofree char *nowhere = gallery_path (fixture, "no such folder/x.svg");
  g_autoptr (GError) error = NULL;

  g_assert_null (export_to (fixture->gallery, &picture->id, nowhere, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (export_to (fixture->gallery, &nothing, fixture->files, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
}

static void
assert_for_people (GQuark domain, int code)
{
  g_autoptr (GError) cause = g_error_new_literal (domain, code, "technical");
  g_autoptr (GError) error = fr_gallery_error_new (cause);

  g_assert_error (error, domain, code);
  g_assert_cmpstr (error->message, !=, "technical");
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_errors (void)
{
  g_autoptr (GError) cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stop");
  g_autoptr (GError) past = g_error_new_literal (FR_STORE_ERROR, FR_STORE_ERROR_THERE + 1, "Odd");
  g_autoptr (GError) same = fr_gallery_error_new (cause);
  g_autoptr (GError) odd = fr_gallery_error_new (past);

  for (int code = 0; code <= FR_STORE_ERROR_THERE; code++)
    assert_for_people (FR_STORE_ERROR, code);
  for (int code = 0; code < FR_IMAGE_N_ERRORS; code++)
    assert_for_people (FR_IMAGE_ERROR, code);
  g_assert_error (same, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (same->message, ==, "Stop");
  g_assert_cmpstr (odd->message, ==, "Odd");
}

void
test_gallery_add (void)
{
  gallery_add_test ("/node/gallery/update", test_update);
  gallery_add_test ("/node/gallery/remove", test_remove);
  gallery_add_test ("/node/gallery/remove-stale", test_remove_stale);
  gallery_add_test ("/node/gallery/cancelled-change", test_cancelled_change);
  gallery_add_test ("/node/gallery/thumbnail", test_thumbnail);
  gallery_add_test ("/node/gallery/render", test_render);
  gallery_add_test ("/node/gallery/parts-and-frames", test_parts_and_frames);
  gallery_add_test ("/node/gallery/search", test_search);
  gallery_add_test ("/node/gallery/export", test_export);
  gallery_add_test ("/node/gallery/export-fails", test_export_fails);
  g_test_add_func ("/node/gallery/errors", test_errors);
}
