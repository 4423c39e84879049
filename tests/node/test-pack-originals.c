/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "../image/strip-fixture.h"
#include "fr-gallery-error.h"
#include "fr-image-strip.h"
#include "fr-manifest.h"
#include "fr-test-support.h"
#include "pack-fixture.h"
#include "tests.h"

/* What pictures were before they were cleaned, out of one gallery and into another: nothing of it is lost. */

#define OTHER_KEY "abababababababababababababababababababababababababababababababab"

static FrPicture *
add_photograph (GalleryFixture *fixture, GByteArray *(*make) (void), gboolean keeps_metadata)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (make ());
  g_autoptr (FrImport) import = NULL;

  fixture->keeps_metadata = keeps_metadata;
  import = gallery_import_bytes (fixture, bytes, "Harbour");
  g_assert_cmpuint (fr_import_get_pictures (import)->len, ==, 1);
  return fr_picture_ref (fr_import_get_pictures (import)->pdata[0]);
}

/* What was taken out of photographs goes along, for their owner alone; and what is shared with all its details. */
static void
test_originals (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) cleaned = add_photograph (fixture, test_jpeg_new_rich, FALSE);
  g_autoptr (FrPicture) kept = add_photograph (fixture, test_png_new_rich, TRUE);
  g_autofree char *folder = gallery_path (fixture, "out");
  g_autoptr (FrPackReport) report = NULL;
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (test_jpeg_new_rich ());
  GalleryFixture other = { 0 };

  g_assert_true (fr_picture_has_original (cleaned));
  g_assert_cmpuint (cleaned->removed, !=, 0);
  g_assert_cmpint (kept->metadata, ==, FR_METADATA_KEPT);
  gallery_set_up (&other, NULL);
  pack_fixture_pack_well (fixture, folder, 2);
  report = pack_fixture_unpack_well (&other, folder, 2, 0, 0);
  pack_fixture_assert_same (fixture, &other);
  gallery_assert_original (&other, cleaned, bytes);
  gallery_tear_down (&other, NULL);
}

static void
replace_in_file (const char *path, const char *from, const char *to)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, from, to, 0), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
}

/* A list says much: that a file which tells everything is clean is not believed, and no original is outside the folder. */
static void
test_lies (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) kept = add_photograph (fixture, test_png_new_rich, TRUE);
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (test_png_new_rich ());
  g_autofree char *folder = gallery_path (fixture, "out");
  g_autofree char *list = g_build_filename (folder, FR_MANIFEST_NAME, NULL);
  g_autoptr (FrPackReport) report = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (GError) error = NULL;
  GalleryFixture other = { 0 };
  const FrPicture *found;

  gallery_set_up (&other, NULL);
  pack_fixture_pack_well (fixture, folder, 1);
  replace_in_file (list, "\"keeps-metadata\":true", "\"original\":\"../one.jpg\"");
  g_assert_null (pack_fixture_unpack (&other, folder, &error));
  g_assert_error (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_DAMAGED);
  replace_in_file (list, "../one.jpg", "Harbour.png");
  report = pack_fixture_unpack_well (&other, folder, 1, 0, 0);
  pictures = pack_fixture_list (&other);
  found = pictures->pdata[0];
  g_assert_false (fr_content_id_equal (&found->id, &kept->id));
  g_assert_cmpint (found->metadata, ==, FR_METADATA_REMOVED);
  g_assert_cmpuint (found->removed, ==, kept->removed);
  gallery_assert_original (&other, found, bytes);
  gallery_tear_down (&other, NULL);
}

/* A photograph that this version cleans further than the one did that it was exported with, and what it was at first. */
static GBytes *
make_half_clean (void)
{
  GByteArray *jpeg = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) comment = g_byte_array_new ();

  test_jpeg_add (comment, 0xfe, BYTES (SECRET), NULL);
  test_jpeg_insert (jpeg, comment);
  return g_byte_array_free_to_bytes (jpeg);
}

static GBytes *
make_clean (GBytes *half_clean)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (half_clean, &size);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GByteArray *copy = NULL;
  FrStripDetails removed;

  g_byte_array_append (bytes, data, (guint) size);
  g_assert_cmpint (test_strip (bytes, &copy, &removed), ==, FR_STRIP_DONE);
  return g_byte_array_free_to_bytes (copy);
}

static void
make_id (GBytes *bytes, FrContentId *id)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  FrBlockHash hash;

  fr_content_hash_block (data, size, &hash);
  fr_content_id_from_blocks (size, &hash, 1, id);
}

/* An exported gallery of one picture; without a file for the original where that is %NULL. */
static char *
write_export (GalleryFixture *fixture, GBytes *copy, GBytes *original, const char *more)
{
  g_autofree char *content = NULL, *list = NULL;
  FrContentId id;

  make_id (copy, &id);
  content = fr_content_id_to_string (&id);
  list = g_strdup_printf ("{\"kind\":\"freshet gallery\",\"version\":1}\n"
                          "{\"kind\":\"picture\",\"file\":\"a.jpg\",\"content\":\"%s\",\"size\":%" G_GSIZE_FORMAT
                          ",\"title\":\"Harbour\",\"tags\":[\"evening\"],\"audience\":\"contacts\"%s}\n"
                          "{\"kind\":\"end\",\"pictures\":1}\n",
                          content, g_bytes_get_size (copy), more);
  gallery_write (fixture, "in/" FR_MANIFEST_NAME, list, strlen (list));
  gallery_write (fixture, "in/a.jpg", g_bytes_get_data (copy, NULL), g_bytes_get_size (copy));
  if (original != NULL)
    gallery_write (fixture, "in/o.jpg", g_bytes_get_data (original, NULL), g_bytes_get_size (original));
  return gallery_path (fixture, "in");
}

#define ORIGINAL ",\"original\":\"o.jpg\",\"removed\":1"

static FrPicture *
get_only (GalleryFixture *fixture)
{
  g_autoptr (GPtrArray) pictures = pack_fixture_list (fixture);

  g_assert_cmpuint (pictures->len, ==, 1);
  return fr_picture_ref (pictures->pdata[0]);
}

/* What is shared is cleaned anew, with all that was said of it; the original stays what it was. Without one, what was
 * shared becomes it. */
static void
test_later_version (GalleryFixture *fixture, gconstpointer data)
{
  gboolean has_original = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) half = make_half_clean (), clean = make_clean (half);
  g_autoptr (GBytes) rich = g_byte_array_free_to_bytes (test_jpeg_new_rich ());
  g_autofree char *folder
    = write_export (fixture, half, has_original ? rich : NULL, has_original ? ORIGINAL : "");
  g_autoptr (FrPackReport) report = pack_fixture_unpack_well (fixture, folder, 1, 0, 0), again = NULL;
  g_autoptr (FrPicture) picture = get_only (fixture), same = NULL;
  FrContentId id;

  make_id (clean, &id);
  g_assert_true (fr_content_id_equal (&picture->id, &id));
  g_assert_cmpint (picture->metadata, ==, FR_METADATA_REMOVED);
  g_assert_cmpuint (picture->removed, ==, FR_STRIP_DESCRIPTION | (has_original ? FR_STRIP_PLACE : 0));
  g_assert_cmpuint (picture->strip_version, ==, FR_STRIP_VERSION);
  g_assert_cmpint (picture->audience, ==, FR_AUDIENCE_CONTACTS);
  g_assert_cmpstr (picture->title, ==, "Harbour");
  g_assert_cmpstr (picture->tags[0], ==, "evening");
  g_assert_true (picture->has_thumbnail);
  gallery_assert_original (fixture, picture, has_original ? rich : half);

  again = pack_fixture_unpack_well (fixture, folder, 0, 1, 0);
  same = get_only (fixture);
  g_assert_true (fr_content_id_equal (&same->id, &picture->id));
  g_assert_cmpuint (same->removed, ==, picture->removed);
}

/* Where the list has lost its picture but for the bytes, and these are not clean any more, they are not there twice. */
static void
test_later_version_of_adopted (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) half = make_half_clean (), rich = g_byte_array_free_to_bytes (test_jpeg_new_rich ());
  g_autofree char *folder = write_export (fixture, half, rich, ORIGINAL);
  g_autoptr (FrPicture) bare = fr_picture_new (), added = NULL, picture = NULL;
  g_autoptr (GAsyncResult) staging = NULL, adding = NULL;
  g_autoptr (FrPackReport) report = NULL;
  g_autoptr (FrStaged) staged = NULL;

  fr_picture_set_text (bare, "1a2b3c4d", NULL, NULL);
  fr_store_stage_bytes_async (fixture->store, half, NULL, gallery_answered_cb, &staging);
  staged = fr_store_stage_bytes_finish (fixture->store, gallery_await (&staging), NULL);
  fr_store_add_async (fixture->store, staged, bare, NULL, NULL, NULL, gallery_answered_cb, &adding);
  added = fr_store_add_finish (fixture->store, gallery_await (&adding), NULL, NULL);
  g_assert_nonnull (added);
  report = pack_fixture_unpack_well (fixture, folder, 1, 0, 0);
  picture = get_only (fixture);
  g_assert_cmpstr (picture->title, ==, "Harbour");
  gallery_assert_original (fixture, picture, rich);
}

/* An original that does not go with what is in the list, or here, is named. */
static void
test_left_out (GalleryFixture *fixture, gconstpointer data)
{
  static const char *const lines[]
    = { ORIGINAL ",\"keeps-metadata\":true", ORIGINAL ",\"from\":\"" OTHER_KEY "\"" };
  g_autoptr (GBytes) half = make_half_clean (), clean = make_clean (half);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *folder = write_export (fixture, clean, half, lines[i]);
      GalleryFixture other = { 0 };
      g_autoptr (FrPackReport) report = NULL;
      const FrPackFailure *failure;

      gallery_set_up (&other, NULL);
      for (guint known = 0; known < 2; known++)
        {
          g_clear_pointer (&report, fr_pack_report_free);
          report = pack_fixture_unpack_well (&other, folder, !known, known, 1);
          failure = report->failures->pdata[0];
          g_assert_cmpstr (failure->name, ==, "o.jpg");
          g_assert_error (failure->error, FR_GALLERY_ERROR, FR_GALLERY_ERROR_ORIGINAL_LEFT);
        }
      gallery_tear_down (&other, NULL);
    }
}

/* One that cannot be read does not keep its picture out. */
static void
test_missing_file (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) half = make_half_clean (), clean = make_clean (half);
  g_autofree char *folder = write_export (fixture, clean, NULL, ORIGINAL);
  g_autoptr (FrPackReport) report = pack_fixture_unpack_well (fixture, folder, 1, 0, 1), again = NULL, last = NULL;
  const FrPackFailure *failure = report->failures->pdata[0];
  g_autoptr (FrPicture) picture = get_only (fixture), after = NULL;

  g_assert_cmpstr (failure->name, ==, "o.jpg");
  g_assert_error (failure->error, FR_STORE_ERROR, FR_STORE_ERROR_GONE);
  g_assert_cmpint (picture->metadata, ==, FR_METADATA_REMOVED);
  g_assert_false (fr_picture_has_original (picture));
  g_assert_cmpuint (picture->removed, ==, 0);

  gallery_write (fixture, "in/o.jpg", g_bytes_get_data (half, NULL), g_bytes_get_size (half));
  again = pack_fixture_unpack_well (fixture, folder, 0, 1, 0); /* it has turned up */
  after = get_only (fixture);
  g_assert_cmpuint (after->removed, ==, FR_STRIP_PLACE);
  gallery_assert_original (fixture, after, half);
}

/* What is here mends its original, and keeps it where the list has another. */
static void
test_known (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) half = make_half_clean (), clean = make_clean (half);
  g_autoptr (GBytes) other = g_bytes_new_static ("something else", 14);
  g_autofree char *folder = write_export (fixture, clean, half, ORIGINAL), *name = NULL, *path = NULL;
  g_autoptr (FrPackReport) report = pack_fixture_unpack_well (fixture, folder, 1, 0, 0), again = NULL, last = NULL;
  g_autoptr (FrPicture) picture = get_only (fixture);

  name = fr_content_id_to_string (&picture->original_id);
  path = g_strdup_printf ("%s/originals/%.2s/%s", fixture->folder, name, name);
  g_assert_no_errno (g_unlink (path));
  again = pack_fixture_unpack_well (fixture, folder, 0, 1, 0);
  gallery_assert_original (fixture, picture, half);

  gallery_write (fixture, "in/o.jpg", g_bytes_get_data (other, NULL), g_bytes_get_size (other));
  last = pack_fixture_unpack_well (fixture, folder, 0, 1, 1);
  gallery_assert_original (fixture, picture, half);
}

void
test_pack_originals_add (void)
{
  gallery_add_test ("/node/pack/originals", test_originals);
  gallery_add_test ("/node/pack/originals-lies", test_lies);
  g_test_add ("/node/pack/originals-later-version", GalleryFixture, GINT_TO_POINTER (TRUE), gallery_set_up,
              test_later_version, gallery_tear_down);
  g_test_add ("/node/pack/originals-later-version-alone", GalleryFixture, GINT_TO_POINTER (FALSE), gallery_set_up,
              test_later_version, gallery_tear_down);
  gallery_add_test ("/node/pack/originals-later-version-of-adopted", test_later_version_of_adopted);
  gallery_add_test ("/node/pack/originals-left-out", test_left_out);
  gallery_add_test ("/node/pack/originals-missing-file", test_missing_file);
  gallery_add_test ("/node/pack/originals-known", test_known);
}
