/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-pack.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-manifest.h"
#include "fr-test-support.h"
#include "pack-fixture.h"
#include "tests.h"

/* A whole gallery out, and into another one. */

typedef struct
{
  guint n;
  guint total;
} Progress;

static void
progress_cb (guint done, guint total, gpointer data)
{
  Progress *progress = data;

  g_assert_cmpuint (done, ==, progress->n + 1);
  *progress = (Progress) { done, total };
}

static FrPackReport *
pack (GalleryFixture *fixture, const char *folder, Progress *progress, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_pack_async (fixture->gallery, NULL, folder, progress != NULL ? progress_cb : NULL, progress, NULL,
                         gallery_answered_cb, &result);
  return fr_gallery_pack_finish (fixture->gallery, gallery_await (&result), error);
}

static void
describe (GalleryFixture *fixture, const FrContentId *id, const char *title, const char *description,
          const char *const *tags)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_update_async (fixture->gallery, id, title, description, tags, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_gallery_update_finish (fixture->gallery, gallery_await (&result), NULL));
}

static void
share (GalleryFixture *fixture, const FrContentId *id, FrAudience audience, GBytes *readers)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_share_async (fixture->gallery, id, 1, audience, readers, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_gallery_share_finish (fixture->gallery, gallery_await (&result), NULL));
}

/* As one that was kept from somebody. */
static void
keep (GalleryFixture *fixture, guint number, const char *title, FrAudience audience)
{
  g_autoptr (GBytes) bytes = gallery_make_drawing (number);
  g_autoptr (GAsyncResult) staging = NULL, adding = NULL;
  g_autoptr (FrStaged) staged = NULL;
  g_autoptr (FrPicture) description = fr_picture_new (), picture = NULL;

  fr_store_stage_bytes_async (fixture->store, bytes, NULL, gallery_answered_cb, &staging);
  staged = fr_store_stage_bytes_finish (fixture->store, gallery_await (&staging), NULL);
  fr_picture_set_text (description, title, NULL, NULL);
  g_free (description->mime);
  description->mime = g_strdup ("image/svg+xml");
  description->type = 8;
  fr_picture_set_origin (description, &(FrPeerKey){ { 7 } }, "Bob");
  fr_store_add_async (fixture->store, staged, description, NULL, NULL, NULL, gallery_answered_cb, &adding);
  picture = fr_store_add_finish (fixture->store, gallery_await (&adding), NULL, NULL);
  g_assert_nonnull (picture);
  if (audience != FR_AUDIENCE_ONLY_ME)
    share (fixture, &picture->id, audience, NULL);
}

/* One of everything: texts, tags, each audience, the same title twice, one kept from somebody and passed on, one not. */
static void
fill (GalleryFixture *fixture)
{
  static const char *const tags[] = { "harbour", "two words", NULL };
  const FrPeerKey anna = { { 1, 1 } }, boris = { { 2, 2 } };
  const FrPeerKey keys[] = { boris, anna };
  g_autoptr (GBytes) readers = fr_audience_list_readers (keys, 2);
  g_autoptr (FrPicture) one = gallery_add_drawing (fixture, 1, "Harbour");
  g_autoptr (FrPicture) two = gallery_add_drawing (fixture, 2, "Harbour");
  g_autoptr (FrPicture) three = gallery_add_drawing (fixture, 3, "../.. /etc: \"passwd\" é");
  g_autoptr (FrPicture) four = gallery_add_drawing (fixture, 4, "Fourth");

  describe (fixture, &one->id, "Harbour", "Seen from\nthe lighthouse", tags);
  share (fixture, &two->id, FR_AUDIENCE_CONTACTS, NULL);
  share (fixture, &three->id, FR_AUDIENCE_CHOSEN, readers);
  share (fixture, &four->id, FR_AUDIENCE_ONLY_ME, NULL);
  keep (fixture, 5, "Kept", FR_AUDIENCE_ONLY_ME);
  keep (fixture, 6, "Passed on", FR_AUDIENCE_EVERYONE);
}

static void
test_round_trip (GalleryFixture *fixture, gconstpointer data)
{
  GalleryFixture other = { 0 };
  g_autofree char *folder = gallery_path (fixture, "out");
  g_autoptr (FrPackReport) report = NULL, again = NULL, exported = NULL;
  Progress progress = { 0 };

  fill (fixture);
  gallery_set_up (&other, NULL);
  exported = pack (fixture, folder, &progress, NULL);
  g_assert_nonnull (exported);
  g_assert_cmpuint (progress.n, ==, 6);
  g_assert_cmpuint (progress.total, ==, 6);

  report = pack_fixture_unpack_well (&other, folder, 6, 0, 0);
  pack_fixture_assert_same (fixture, &other);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other.gallery)), ==, 6);
  again = pack_fixture_unpack_well (&other, folder, 0, 6, 0); /* once more changes nothing */
  pack_fixture_assert_same (fixture, &other);
  gallery_tear_down (&other, NULL);
}

/* What the person has here already stays word for word; one whose file is damaged is mended. */
static void
test_merges (GalleryFixture *fixture, gconstpointer data)
{
  GalleryFixture other = { 0 };
  g_autofree char *folder = gallery_path (fixture, "out"), *name = NULL, *path = NULL;
  g_autoptr (FrPackReport) report = NULL;
  g_autoptr (FrPicture) mine = NULL, more = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  FrGalleryItem *item;

  fill (fixture);
  pack_fixture_pack_well (fixture, folder, 6);
  gallery_set_up (&other, NULL);
  mine = gallery_add_drawing (&other, 1, "My own title");
  more = gallery_add_drawing (&other, 99, "Only here");
  share (&other, &mine->id, FR_AUDIENCE_ONLY_ME, NULL);
  name = fr_content_id_to_string (&mine->id);
  path = g_strdup_printf ("%s/pictures/%.2s/%s", other.folder, name, name);
  g_assert_cmpint (truncate (path, 3), ==, 0);

  report = pack_fixture_unpack_well (&other, folder, 5, 1, 0);
  g_assert_cmpuint (gallery_count_stored (&other), ==, 7);
  item = fr_gallery_find (other.gallery, &mine->id);
  g_assert_cmpstr (fr_gallery_item_get_picture (item)->title, ==, "My own title");
  g_assert_cmpint (fr_gallery_item_get_picture (item)->audience, ==, FR_AUDIENCE_ONLY_ME);
  pack_fixture_assert_same_bytes (fixture, &other, &mine->id);
  gallery_tear_down (&other, NULL);
}

/* Names are the titles', safe, each its own; only the list is there beside them. */
static void
test_files (GalleryFixture *fixture, gconstpointer data)
{
  static const char *const names[]
    = { "Harbour.svg", "Harbour (2).svg", "_.. _etc_ _passwd_ é.svg", "Fourth.svg", "Kept.svg", "Passed on.svg",
        FR_MANIFEST_NAME };
  g_autofree char *folder = gallery_path (fixture, "out");
  g_autoptr (GDir) dir = NULL;
  const char *name;
  struct stat status;
  guint n = 0;

  fill (fixture);
  pack_fixture_pack_well (fixture, folder, 6);
  g_assert_cmpint (stat (folder, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0700);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_test_message ("%s", name);
      g_assert_true (g_strv_contains (names, name) || g_str_has_suffix (name, ".bin"));
      n++;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (names));
}

static void
test_folder_is_taken (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = gallery_path (fixture, "out"), *file = gallery_path (fixture, "file");
  g_autofree char *nowhere = gallery_path (fixture, "no/such/folder");
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 1, "One");
  g_autoptr (GError) error = NULL;

  gallery_write (fixture, "out/mine.txt", "x", 1);
  gallery_write (fixture, "file", "x", 1);
  g_assert_null (pack (fixture, folder, NULL, &error));
  g_assert_error (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_NOT_EMPTY);
  g_clear_error (&error);
  g_assert_null (pack (fixture, file, NULL, &error));
  g_assert_error (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_NOT_EMPTY);
  g_clear_error (&error);
  g_assert_null (pack (fixture, nowhere, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* What is damaged is not handed on, and said to be missing. */
static void
test_damaged_picture (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = gallery_path (fixture, "out"), *name = NULL, *path = NULL;
  g_autoptr (FrPicture) one = gallery_add_drawing (fixture, 1, "One"), two = gallery_add_drawing (fixture, 2, "Two");
  g_autoptr (FrPackReport) report = NULL;
  const FrPackFailure *failure;

  name = fr_content_id_to_string (&one->id);
  path = g_strdup_printf ("%s/pictures/%.2s/%s", fixture->folder, name, name);
  g_assert_cmpint (truncate (path, 3), ==, 0);
  report = pack (fixture, folder, NULL, NULL);
  g_assert_nonnull (report);
  g_assert_cmpuint (report->n_done, ==, 1);
  g_assert_cmpuint (report->failures->len, ==, 1);
  failure = report->failures->pdata[0];
  g_assert_cmpstr (failure->name, ==, "One");
  g_assert_error (failure->error, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK);
}

static void
stop_cb (guint done, guint total, gpointer data)
{
  g_cancellable_cancel (data);
}

/* An export that is stopped leaves nothing; one that was killed, no list: neither looks whole. */
static void
test_interrupted (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = gallery_path (fixture, "out"), *list = gallery_path (fixture, "out/" FR_MANIFEST_NAME);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  fr_gallery_pack_async (fixture->gallery, NULL, folder, stop_cb, cancellable, cancellable, gallery_answered_cb,
                         &result);
  g_assert_null (fr_gallery_pack_finish (fixture->gallery, gallery_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  pack_fixture_pack_well (fixture, folder, 6);
  g_assert_no_errno (g_unlink (list));
  g_assert_null (pack_fixture_unpack (fixture, folder, &error));
  g_assert_error (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_NOT_ONE);
}

#define OTHER_ID "abababababababababababababababababababababababababababababababab"

static void
write_list (GalleryFixture *fixture, const char *file, const char *content, const char *more)
{
  g_autofree char *text
    = g_strdup_printf ("{\"kind\":\"freshet gallery\",\"version\":1}\n"
                       "{\"kind\":\"picture\",\"file\":\"%s\",\"content\":\"%s\",\"size\":5,\"title\":\"A\"%s}\n"
                       "{\"kind\":\"end\",\"pictures\":1}\n",
                       file, content, more);

  gallery_write (fixture, "in/" FR_MANIFEST_NAME, text, strlen (text));
}

/* Files that are not what the list says, or no pictures, or not there, or not files. */
static void
test_hostile (GalleryFixture *fixture, gconstpointer data)
{
  static const char *const files[] = { "drawing.svg", "missing.svg", "link.svg", "folder.svg", "pipe.svg" };
  g_autofree char *folder = gallery_path (fixture, "in"), *link = gallery_path (fixture, "in/link.svg");
  g_autofree char *inner = gallery_path (fixture, "in/folder.svg"), *pipe = gallery_path (fixture, "in/pipe.svg");

  gallery_write_drawing (fixture, "in/drawing.svg", 1);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (FrPackReport) report = NULL;

      g_test_message ("%s", files[i]);
      write_list (fixture, files[i], OTHER_ID, "");
      report = pack_fixture_unpack_well (fixture, folder, 0, 0, 1);
      g_assert_cmpuint (gallery_count_stored (fixture), ==, 0);
    }
}

/* The right id, and no picture. */
static void
test_no_picture (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = gallery_path (fixture, "in"), *content = NULL;
  g_autoptr (FrPackReport) report = NULL;
  FrBlockHash hash;
  FrContentId id;

  fr_content_hash_block ("hello", 5, &hash);
  fr_content_id_from_blocks (5, &hash, 1, &id);
  content = fr_content_id_to_string (&id);
  gallery_write (fixture, "in/a.jpg", "hello", 5);
  write_list (fixture, "a.jpg", content, "");
  report = pack_fixture_unpack_well (fixture, folder, 0, 0, 1);
  g_assert_cmpuint (gallery_count_stored (fixture), ==, 0);
}

static void
test_list_is_no_file (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = gallery_path (fixture, "in"), *list = gallery_path (fixture, "in/" FR_MANIFEST_NAME);
  g_autofree char *real = gallery_path (fixture, "real");
  g_autoptr (GError) error = NULL;

  gallery_write (fixture, "real", "x", 1);
  g_assert_no_errno (g_mkdir (folder, 0700));
  g_assert_cmpint (symlink (real, list), ==, 0);
  g_assert_null (pack_fixture_unpack (fixture, folder, &error));
  g_assert_error (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_NOT_ONE);
  g_clear_error (&error);
  g_assert_no_errno (g_unlink (list));
  g_assert_cmpint (mkfifo (list, 0600), ==, 0);
  g_assert_null (pack_fixture_unpack (fixture, folder, &error));
  g_assert_error (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_NOT_ONE);
}

/* Nobody becomes a contact by being in a list; that they are meant is said. */
static void
test_strangers (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = gallery_path (fixture, "in"), *content = NULL, *list = NULL;
  g_autoptr (FrPackReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GBytes) drawing = gallery_make_drawing (1);
  FrBlockHash hash;
  FrContentId id;

  fr_content_hash_block (g_bytes_get_data (drawing, NULL), g_bytes_get_size (drawing), &hash);
  fr_content_id_from_blocks (g_bytes_get_size (drawing), &hash, 1, &id);
  content = fr_content_id_to_string (&id);
  list = g_strdup_printf ("{\"kind\":\"freshet gallery\",\"version\":1}\n"
                          "{\"kind\":\"person\",\"key\":\"" OTHER_ID "\",\"name\":\"Anna\"}\n"
                          "{\"kind\":\"picture\",\"file\":\"a.svg\",\"content\":\"%s\",\"size\":5,\"title\":\"A\","
                          "\"audience\":\"chosen:" OTHER_ID "\"}\n{\"kind\":\"end\",\"pictures\":1}\n",
                          content);
  gallery_write_drawing (fixture, "in/a.svg", 1);
  gallery_write (fixture, "in/" FR_MANIFEST_NAME, list, strlen (list));
  report = pack_fixture_unpack_well (fixture, folder, 1, 0, 0);
  g_assert_cmpuint (report->strangers->len, ==, 1);
  g_assert_cmpstr (report->strangers->pdata[0], ==, "Anna");
  fr_store_list_people_async (fixture->store, NULL, gallery_answered_cb, &result);
  people = fr_store_list_people_finish (fixture->store, gallery_await (&result), NULL);
  g_assert_cmpuint (people->len, ==, 0);
}

void
test_pack_add (void)
{
  gallery_add_test ("/node/pack/round-trip", test_round_trip);
  gallery_add_test ("/node/pack/merges", test_merges);
  gallery_add_test ("/node/pack/files", test_files);
  gallery_add_test ("/node/pack/folder-is-taken", test_folder_is_taken);
  gallery_add_test ("/node/pack/damaged-picture", test_damaged_picture);
  gallery_add_test ("/node/pack/interrupted", test_interrupted);
  gallery_add_test ("/node/pack/hostile", test_hostile);
  gallery_add_test ("/node/pack/no-picture", test_no_picture);
  gallery_add_test ("/node/pack/list-is-no-file", test_list_is_no_file);
  gallery_add_test ("/node/pack/strangers", test_strangers);
}
