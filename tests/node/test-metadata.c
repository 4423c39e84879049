/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "../image/strip-fixture.h"
#include "fr-gallery-error.h"
#include "fr-image-error.h"
#include "fr-metadata-text.h"
#include "fr-test-support.h"
#include "gallery-fixture.h"
#include "node-lab.h"
#include "tests.h"

/* What a file tells beside the picture, from the import on. */

static GBytes *
make_rich (GByteArray *(*make) (void))
{
  return g_byte_array_free_to_bytes (make ());
}

static GBytes *
load (const char *name)
{
  return g_byte_array_free_to_bytes (test_fixture_load (name));
}

static gboolean
have (GBytes *bytes, const char *text)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return memmem (data, size, text, strlen (text)) != NULL;
}

static FrPicture *
import (GalleryFixture *fixture, GBytes *bytes, const char *title)
{
  g_autoptr (FrImport) import = gallery_import_bytes (fixture, bytes, title);

  g_assert_cmpuint (fr_import_get_pictures (import)->len, ==, 1);
  return fr_picture_ref (g_ptr_array_index (fr_import_get_pictures (import), 0));
}

/* What others would get, by the way on which they get it. */
static GBytes *
read_shared (GalleryFixture *fixture, const FrPicture *picture)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  for (guint block = 0; block < fr_content_n_blocks (picture->size); block++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GBytes) bytes = NULL;

      fr_store_read_block_async (fixture->store, &picture->id, block, NULL, gallery_answered_cb, &result);
      bytes = fr_store_read_block_finish (fixture->store, gallery_await (&result), NULL);
      g_assert_nonnull (bytes);
      g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

/* Of every kind that can be cleaned: what is shared has none of it, the original has all, and is nobody else's. */
static void
test_cleaned (GalleryFixture *fixture, gconstpointer data)
{
  GByteArray *(*const makers[]) (void)
    = { test_jpeg_new_rich, test_png_new_rich, test_webp_new_rich, test_gif_new_rich };

  fixture->keeps_metadata = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      g_autoptr (GBytes) bytes = make_rich (makers[i]);
      g_autoptr (FrPicture) picture = import (fixture, bytes, "Harbour");
      g_autoptr (GBytes) shared = read_shared (fixture, picture), none = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      g_assert_true (have (bytes, SECRET));
      g_assert_false (have (shared, SECRET));
      g_assert_cmpint (picture->metadata, ==, FR_METADATA_REMOVED);
      g_assert_cmpuint (picture->removed, !=, 0);
      g_assert_cmpuint (picture->strip_version, ==, FR_STRIP_VERSION);
      g_assert_cmpint (picture->audience, ==, FR_AUDIENCE_EVERYONE);
      g_assert_cmpuint (picture->size, ==, g_bytes_get_size (shared));
      g_assert_true (fr_picture_has_original (picture));
      gallery_assert_original (fixture, picture, bytes);
      fr_store_read_block_async (fixture->store, &picture->original_id, 0, NULL, gallery_answered_cb, &result);
      none = fr_store_read_block_finish (fixture->store, gallery_await (&result), NULL);
      g_assert_null (none);
    }
}

/* The person gets back what they added. */
static void
test_original_saved (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_rich (test_png_new_rich);
  g_autoptr (FrPicture) picture = NULL;
  g_autoptr (GAsyncResult) cleaned_result = NULL, original_result = NULL;
  g_autofree char *cleaned = NULL, *original = NULL, *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  fixture->keeps_metadata = FALSE;
  picture = import (fixture, bytes, "Harbour");
  fr_gallery_export_async (fixture->gallery, &picture->id, fixture->files, NULL, gallery_answered_cb, &cleaned_result);
  cleaned = fr_gallery_export_finish (fixture->gallery, gallery_await (&cleaned_result), &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (cleaned, &contents, &size, NULL));
  g_assert_cmpuint (size, ==, picture->size);
  g_clear_pointer (&contents, g_free);
  fr_gallery_export_original_async (fixture->gallery, &picture->id, fixture->files, NULL, gallery_answered_cb,
                                    &original_result);
  original = fr_gallery_export_finish (fixture->gallery, gallery_await (&original_result), &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (original, "Harbour (2).png"));
  g_assert_true (g_file_get_contents (original, &contents, &size, NULL));
  g_assert_cmpmem (contents, size, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The same bytes in another gallery, on another day, are the same picture; once more in the same one it is there. */
static void
test_same_id (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_rich (test_jpeg_new_rich);
  g_autoptr (FrPicture) here = NULL, there = NULL;
  g_autoptr (FrImport) again = NULL;
  GalleryFixture other = { 0 };

  gallery_set_up (&other, NULL);
  fixture->keeps_metadata = other.keeps_metadata = FALSE;
  here = import (fixture, bytes, "Harbour");
  there = import (&other, bytes, "Quay");
  g_assert_true (fr_content_id_equal (&here->id, &there->id));
  again = gallery_import_bytes (fixture, bytes, "Harbour");
  g_assert_cmpuint (fr_import_get_n_known (again), ==, 1);
  g_assert_cmpuint (fr_import_count_cleaned (again), ==, 1);
  g_assert_cmpuint (gallery_count_stored (fixture), ==, 1);
  gallery_tear_down (&other, NULL);
}

/* What tells nothing is shared as it is: the same bytes, and no second file. */
static void
test_nothing_to_remove (GalleryFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "tiny.jpg", "small.png", "tiny.gif", "tiny.webp" };

  fixture->keeps_metadata = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GByteArray) file = test_fixture_load (names[i]), clean = NULL;
      g_autoptr (GBytes) bytes = NULL, shared = NULL;
      g_autoptr (FrPicture) picture = NULL;
      FrStripDetails removed;

      g_assert_cmpint (test_strip (file, &clean, &removed), ==, FR_STRIP_DONE);
      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&clean));
      picture = import (fixture, bytes, names[i]);
      shared = read_shared (fixture, picture);
      g_assert_true (g_bytes_equal (shared, bytes));
      g_assert_cmpint (picture->metadata, ==, FR_METADATA_REMOVED);
      g_assert_cmpuint (picture->removed, ==, 0);
      g_assert_false (fr_picture_has_original (picture));
    }
}

/* Nobody else sees what cannot be cleaned until the person says so. */
static void
test_not_removable (GalleryFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "photograph.tif", "photograph.heic", "photograph.avif" };
  g_autoptr (GBytes) drawing = gallery_make_drawing (1);
  g_autoptr (GBytes) bytes = load ("photograph.tif");
  g_autoptr (FrPicture) of_drawing = NULL, changed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->keeps_metadata = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) photograph = load (names[i]);
      g_autoptr (FrImport) import = gallery_import_bytes (fixture, photograph, names[i]);
      const FrPicture *picture = g_ptr_array_index (fr_import_get_pictures (import), 0);
      g_autoptr (GBytes) shared = read_shared (fixture, picture);

      g_assert_cmpint (picture->metadata, ==, FR_METADATA_FIXED);
      g_assert_cmpint (picture->audience, ==, FR_AUDIENCE_ONLY_ME);
      g_assert_true (g_bytes_equal (shared, photograph));
      g_assert_cmpuint (fr_import_count_withheld (import), ==, 1);
      g_assert_cmpuint (fr_import_count_cleaned (import), ==, 0);
    }
  of_drawing = import (fixture, drawing, "Drawing");
  g_assert_cmpint (of_drawing->metadata, ==, FR_METADATA_FIXED);
  fr_gallery_keep_metadata_async (fixture->gallery, &of_drawing->id, FALSE, NULL, gallery_answered_cb, &result);
  changed = fr_gallery_keep_metadata_finish (fixture->gallery, gallery_await (&result), &error);
  g_assert_null (changed);
  g_assert_error (error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_NOT_LOSSLESS);
}

/* What the person wants to be shared as it is, is. */
static void
test_kept (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) jpeg = make_rich (test_jpeg_new_rich), tiff = load ("photograph.tif");
  g_autoptr (FrPicture) picture = import (fixture, jpeg, "Harbour"), fixed = import (fixture, tiff, "Quay");
  g_autoptr (GBytes) shared = read_shared (fixture, picture);

  g_assert_true (g_bytes_equal (shared, jpeg));
  g_assert_cmpint (picture->metadata, ==, FR_METADATA_KEPT);
  g_assert_true (picture->removed & FR_STRIP_PLACE);
  g_assert_cmpint (fixed->metadata, ==, FR_METADATA_KEPT);
  g_assert_cmpint (fixed->audience, ==, FR_AUDIENCE_EVERYONE);
}

static FrPicture *
keep (GalleryFixture *fixture, const FrContentId *id, gboolean keeps)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrPicture *picture;

  fr_gallery_keep_metadata_async (fixture->gallery, id, keeps, NULL, gallery_answered_cb, &result);
  picture = fr_gallery_keep_metadata_finish (fixture->gallery, gallery_await (&result), &error);
  g_assert_no_error (error);
  return picture;
}

/* There and back: other bytes, the same words in the same place of the list. */
static void
test_changed (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_rich (test_jpeg_new_rich), shared = NULL;
  g_autoptr (FrPicture) picture = NULL, whole = NULL, cleaned = NULL;
  g_autoptr (FrGalleryItem) first = NULL, second = NULL;
  g_auto (Shadow) shadow = { 0 };

  shadow_init (&shadow, fixture->gallery);
  fixture->keeps_metadata = FALSE;
  picture = import (fixture, bytes, "Harbour");
  fixture->keeps_metadata = TRUE;
  fr_picture_unref (gallery_add_drawing (fixture, 1, "Newer"));

  whole = keep (fixture, &picture->id, TRUE);
  g_assert_true (fr_content_id_equal (&whole->id, &picture->original_id));
  g_assert_cmpstr (whole->title, ==, "Harbour");
  g_assert_cmpint (whole->metadata, ==, FR_METADATA_KEPT);
  shared = read_shared (fixture, whole);
  g_assert_true (g_bytes_equal (shared, bytes));
  g_assert_null (fr_gallery_find (fixture->gallery, &picture->id));
  second = g_list_model_get_item (G_LIST_MODEL (fixture->gallery), 1);
  g_assert_true (fr_content_id_equal (fr_gallery_item_get_id (second), &whole->id));
  shadow_assert_equal (&shadow);

  cleaned = keep (fixture, &whole->id, FALSE);
  g_assert_true (fr_content_id_equal (&cleaned->id, &picture->id));
  g_assert_cmpuint (cleaned->removed, ==, picture->removed);
  gallery_assert_original (fixture, cleaned, bytes);
  shadow_assert_equal (&shadow);
  g_assert_cmpuint (gallery_count_stored (fixture), ==, 2);
}

static void
test_of_others (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree FrContentId *ids = gallery_fill_store (fixture->store, 1);
  g_autoptr (GAsyncResult) result = NULL, staging = NULL, adding = NULL;
  g_autoptr (GBytes) bytes = make_rich (test_jpeg_new_rich), shared = NULL;
  g_autoptr (FrPicture) description = fr_picture_new (), kept = NULL, none = NULL;
  g_autoptr (FrStaged) staged = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_stage_bytes_async (fixture->store, bytes, NULL, gallery_answered_cb, &staging);
  staged = fr_store_stage_bytes_finish (fixture->store, gallery_await (&staging), NULL);
  description->origin = (FrPeerKey){ { 7 } };
  fr_store_add_async (fixture->store, staged, description, NULL, NULL, NULL, gallery_answered_cb, &adding);
  kept = fr_store_add_finish (fixture->store, gallery_await (&adding), NULL, NULL);
  shared = read_shared (fixture, kept);
  g_assert_true (g_bytes_equal (shared, bytes));
  g_assert_true (gallery_load (fixture->gallery, NULL));
  fr_gallery_keep_metadata_async (fixture->gallery, &kept->id, FALSE, NULL, gallery_answered_cb, &result);
  none = fr_gallery_keep_metadata_finish (fixture->gallery, gallery_await (&result), &error);
  g_assert_null (none);
  g_assert_error (error, FR_GALLERY_ERROR, FR_GALLERY_ERROR_NOT_MINE);
}

static void
test_words (void)
{
  static const struct
  {
    FrMetadata metadata;
    guint removed;
    const char *text;
    const char *names;
  } rows[] = {
    { FR_METADATA_REMOVED, 0, "The file tells nothing beside the picture.", "" },
    { FR_METADATA_REMOVED, FR_STRIP_PLACE | FR_STRIP_OWNER,
      "Removed before sharing: the place where it was taken; who took it or owns it. You keep the original.",
      "place,owner" },
    { FR_METADATA_KEPT, FR_STRIP_TIME, "Shared with the picture: when it was taken or changed.", "time" },
    { FR_METADATA_KEPT, 0, "The file is shared as it is, with whatever it tells.", "" },
    { FR_METADATA_UNTOUCHED, 0,
      "Not cleaned: the file is shared as it is, and may tell the place, the time and the camera.", "" },
    { FR_METADATA_FIXED, 0,
      "What the file tells about place, time and camera cannot be removed from files of this kind. "
      "Whoever may see the picture gets that too.", "" },
  };
  g_auto (GStrv) all = fr_metadata_list_names (FR_STRIP_ALL_DETAILS);
  g_auto (GStrv) past = fr_metadata_list_names (FR_STRIP_ALL_DETAILS + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrPicture) picture = fr_picture_new ();
      g_autofree char *text = NULL, *joined = NULL;
      g_auto (GStrv) names = fr_metadata_list_names (rows[i].removed);

      picture->metadata = rows[i].metadata;
      picture->removed = rows[i].removed;
      text = fr_metadata_describe (picture);
      joined = g_strjoinv (",", names);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (joined, ==, rows[i].names);
      g_assert_nonnull (fr_metadata_get_name (rows[i].metadata));
    }
  g_assert_cmpuint (g_strv_length (all), ==, 9);
  g_assert_cmpuint (g_strv_length (past), ==, 0);
}

/* A photograph with all that a camera and a program may write, as it is with whoever gets it. */
static GBytes *
make_photograph (void)
{
  g_autoptr (GByteArray) jpeg = test_fixture_load ("coloured.jpg");
  g_autoptr (GByteArray) exif = test_exif_new_rich (TRUE, 6);
  g_autoptr (GByteArray) front = g_byte_array_new ();

  test_jpeg_add (front, 0xe1, BYTES ("Exif\0\0"), exif);
  test_jpeg_add (front, 0xe1, BYTES ("http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>" SECRET), NULL);
  test_jpeg_add (front, 0xfe, BYTES ("comment " SECRET), NULL);
  test_jpeg_insert (jpeg, front);
  test_bytes_add (jpeg, BYTES ("trailing " SECRET));
  return g_byte_array_free_to_bytes (g_steal_pointer (&jpeg));
}

static void
share_cleaned (FrNode *node, GBytes *bytes, const char *title)
{
  g_autoptr (FrImport) import = fr_import_new_for_bytes (fr_node_get_gallery (node), bytes, title);

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  gallery_wait_finished (import);
  g_assert_cmpuint (fr_import_get_n_added (import), ==, 1);
}

static GBytes *
save (FrFetch *fetch, const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *saved = g_build_filename (folder, "saved.jpg", NULL);
  char *data;
  gsize size;

  fr_fetch_save_async (fetch, saved, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 10);
  path = fr_fetch_save_finish (fetch, result, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  return g_bytes_new_take (data, size);
}

static FrImageSummary *
summarise (GBytes *bytes)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_autoptr (GAsyncResult) result = NULL;
  int fd = test_fd_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  FrImageSummary *summary;

  fr_image_client_summarise_async (client, fd, NULL, lab_result_cb, &result);
  close (fd);
  fr_test_wait_until (lab_is_set, &result, 30);
  summary = fr_image_client_summarise_finish (client, result, NULL);
  g_assert_nonnull (summary);
  return summary;
}

/* From one computer to the other: nothing of it is in what comes, and what is needed to show the picture is. */
static void
test_travels (void)
{
  g_autoptr (GBytes) bytes = make_photograph (), got = NULL;
  g_autoptr (FrSearch) asked = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  g_autoptr (FrImageSummary) before = summarise (bytes), after = NULL;
  NodeLab lab;

  g_assert_true (have (bytes, SECRET));
  lab_init (&lab, 2);
  share_cleaned (lab.nodes[1], bytes, "Harbour");
  hit = lab_search (lab.nodes[0], "harbour", &asked);
  fetch = lab_fetch_whole (lab.nodes[0], hit);
  got = save (fetch, lab.folders[0]);
  g_assert_false (have (got, SECRET));
  g_assert_false (have (got, "GPS"));
  g_assert_true (have (got, "ICC_PROFILE"));
  after = summarise (got);
  g_assert_cmpuint (after->width, ==, before->width);
  g_assert_cmpuint (after->height, ==, before->height);
  g_assert_cmpuint (after->height, >, after->width); /* it lies on its side in the file */
  lab_clear (&lab);
}

void
test_metadata_add (void)
{
  gallery_add_test ("/node/metadata/cleaned", test_cleaned);
  gallery_add_test ("/node/metadata/original-saved", test_original_saved);
  gallery_add_test ("/node/metadata/same-id", test_same_id);
  gallery_add_test ("/node/metadata/nothing-to-remove", test_nothing_to_remove);
  gallery_add_test ("/node/metadata/not-removable", test_not_removable);
  gallery_add_test ("/node/metadata/kept", test_kept);
  gallery_add_test ("/node/metadata/changed", test_changed);
  gallery_add_test ("/node/metadata/of-others", test_of_others);
  g_test_add_func ("/node/metadata/words", test_words);
  g_test_add_func ("/node/metadata/travels", test_travels);
}
