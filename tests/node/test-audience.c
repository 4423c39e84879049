/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-error.h"
#include "gallery-fixture.h"
#include "tests.h"

/* For whom pictures are that are added, and how that changes. */

static FrImport *
import_drawing (GalleryFixture *fixture, guint number)
{
  g_autoptr (GBytes) bytes = gallery_make_drawing (number);
  FrImport *import = fr_import_new_for_bytes (fixture->gallery, bytes, "Drawing");

  fr_import_set_keeps_metadata (import, TRUE); /* a drawing cannot be cleaned */
  fr_import_start (import);
  gallery_wait_finished (import);
  return import;
}

static const FrPicture *
get_first (FrImport *import)
{
  g_assert_cmpuint (fr_import_get_pictures (import)->len, ==, 1);
  return g_ptr_array_index (fr_import_get_pictures (import), 0);
}

/* Nothing is shared with anybody before the person has said with whom. */
static void
test_never_said (GalleryFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->files, fixture->folder, NULL };
  g_autoptr (FrImport) bytes = NULL;
  g_autoptr (FrImport) files = fr_import_new (fixture->gallery, paths);
  FrAudience audience;
  GBytes *readers;

  g_assert_true (gallery_load (fixture->gallery, NULL));
  bytes = import_drawing (fixture, 1);
  gallery_write_drawing (fixture, "drawing.svg", 2);
  fr_import_start (files);
  gallery_wait_finished (files);
  g_assert_cmpuint (fr_import_get_failures (bytes)->len, ==, 1);
  g_assert_cmpuint (fr_import_get_failures (files)->len, ==, 2);
  g_assert_false (fr_import_get_audience (bytes, &audience, &readers));
  for (guint i = 0; i < 2; i++)
    {
      const FrImportFailure *failure = g_ptr_array_index (fr_import_get_failures (files), i);

      g_assert_error (failure->error, FR_GALLERY_ERROR, FR_GALLERY_ERROR_NO_AUDIENCE);
    }
  g_assert_cmpuint (gallery_count_stored (fixture), ==, 0);
}

/* What was said once counts for what is added later, also by the next program. */
static void
test_remembered (GalleryFixture *fixture, gconstpointer data)
{
  const FrPeerKey anna = { { 7 } };
  g_autoptr (GBytes) chosen = fr_audience_list_readers (&anna, 1);
  g_autoptr (FrImport) first = NULL, second = NULL;
  g_autoptr (FrGallery) next = fr_gallery_new (fixture->store, fixture->image);
  FrAudience audience = FR_AUDIENCE_EVERYONE;
  GBytes *readers = NULL;

  g_assert_false (fr_gallery_get_audience (fixture->gallery, &audience, &readers));
  fr_gallery_set_audience (fixture->gallery, FR_AUDIENCE_CONTACTS, NULL);
  first = import_drawing (fixture, 1);
  g_assert_true (fr_import_get_audience (first, &audience, &readers));
  g_assert_cmpint (audience, ==, FR_AUDIENCE_CONTACTS);
  g_assert_null (readers);
  g_assert_cmpint (get_first (first)->audience, ==, FR_AUDIENCE_CONTACTS);
  fr_gallery_set_audience (fixture->gallery, FR_AUDIENCE_CHOSEN, chosen);
  second = import_drawing (fixture, 2);
  g_assert_cmpint (get_first (second)->audience, ==, FR_AUDIENCE_CHOSEN);
  g_assert_true (g_bytes_equal (get_first (second)->readers, chosen));

  g_assert_true (gallery_load (next, NULL));
  g_assert_true (fr_gallery_get_audience (next, &audience, &readers));
  g_assert_cmpint (audience, ==, FR_AUDIENCE_CHOSEN);
  g_assert_true (g_bytes_equal (readers, chosen));
}

static void
content_cb (FrGallery *gallery, const char *folded, GString *log)
{
  g_string_append_printf (log, "%s;", folded != NULL ? folded : "-");
}

/* The gallery shows the change, and tells what neighbours have to know: of what becomes public at once. */
static void
test_changed (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) first = gallery_add_drawing (fixture, 1, "First");
  g_autoptr (FrPicture) second = gallery_add_drawing (fixture, 2, "Second");
  const FrContentId ids[] = { first->id, second->id };
  g_autoptr (GString) log = g_string_new (NULL);
  const struct
  {
    FrAudience audience;
    const char *log;
  } rows[] = { { FR_AUDIENCE_ONLY_ME, "-;-;" }, { FR_AUDIENCE_EVERYONE, "first\n;-;second\n;-;" } };

  g_signal_connect (fixture->gallery, "content", G_CALLBACK (content_cb), log);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_string_truncate (log, 0);
      fr_gallery_share_async (fixture->gallery, ids, 2, rows[i].audience, NULL, NULL, gallery_answered_cb, &result);
      g_assert_true (fr_gallery_share_finish (fixture->gallery, gallery_await (&result), &error));
      g_assert_no_error (error);
      for (guint p = 0; p < 2; p++)
        g_assert_cmpint (fr_gallery_item_get_picture (fr_gallery_find (fixture->gallery, &ids[p]))->audience, ==,
                         rows[i].audience);
      g_assert_cmpstr (log->str, ==, rows[i].log);
    }
  g_signal_handlers_disconnect_by_data (fixture->gallery, log);
}

static void
count_cb (FrGallery *gallery, guint *count)
{
  ++*count;
}

/* Who shows those for some audience alone is told once of all that change together, and of what is added once more. */
static void
test_told (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) first = gallery_add_drawing (fixture, 1, "First");
  g_autoptr (FrPicture) second = gallery_add_drawing (fixture, 2, "Second");
  const FrContentId ids[] = { first->id, second->id };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrImport) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint count = 0;

  g_signal_connect (fixture->gallery, "shared", G_CALLBACK (count_cb), &count);
  fr_gallery_share_async (fixture->gallery, ids, 2, FR_AUDIENCE_ONLY_ME, NULL, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_gallery_share_finish (fixture->gallery, gallery_await (&result), NULL));
  g_assert_cmpuint (count, ==, 1);
  bytes = gallery_make_drawing (1);
  again = gallery_import_bytes (fixture, bytes, "First");
  g_assert_cmpuint (fr_import_get_n_known (again), ==, 1);
  g_assert_cmpuint (count, ==, 2);
  g_signal_handlers_disconnect_by_data (fixture->gallery, &count);
}

static void
test_change_fails (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 1, "First");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GAsyncResult) empty = NULL, late = NULL;
  g_autoptr (GError) error = NULL, late_error = NULL;

  fr_gallery_share_async (fixture->gallery, &picture->id, 1, FR_AUDIENCE_CHOSEN, NULL, NULL, gallery_answered_cb,
                          &empty);
  g_assert_false (fr_gallery_share_finish (fixture->gallery, gallery_await (&empty), &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_EMPTY);
  g_cancellable_cancel (cancelled);
  fr_gallery_share_async (fixture->gallery, &picture->id, 1, FR_AUDIENCE_ONLY_ME, NULL, cancelled,
                          gallery_answered_cb, &late);
  g_assert_false (fr_gallery_share_finish (fixture->gallery, gallery_await (&late), &late_error));
  g_assert_error (late_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (fr_gallery_item_get_picture (fr_gallery_find (fixture->gallery, &picture->id))->audience, ==,
                   FR_AUDIENCE_EVERYONE);
}

void
test_audience_add (void)
{
  gallery_add_test ("/node/audience/never-said", test_never_said);
  gallery_add_test ("/node/audience/remembered", test_remembered);
  gallery_add_test ("/node/audience/changed", test_changed);
  gallery_add_test ("/node/audience/told", test_told);
  gallery_add_test ("/node/audience/change-fails", test_change_fails);
}
