/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-error.h"
#include "fr-removal.h"
#include "fr-test-support.h"

#include "gallery-fixture.h"
#include "tests.h"

#define N 6

typedef struct
{
  FrPicture *pictures[N]; /* the newest last, so the last of the gallery is the first */
} Pictures;

static void
add_all (GalleryFixture *fixture, Pictures *self)
{
  g_assert_true (gallery_load (fixture->gallery, NULL)); /* else what is not shown comes with its page */
  for (guint i = 0; i < N; i++)
    self->pictures[i] = gallery_add_drawing (fixture, i, NULL);
}

static void
clear_all (Pictures *self)
{
  for (guint i = 0; i < N; i++)
    fr_picture_unref (self->pictures[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pictures, clear_all)

static FrRemoval *
take_out (FrGallery *gallery, Pictures *pictures, const guint *which, guint n, GError **error)
{
  g_autofree FrContentId *ids = g_new (FrContentId, n);
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < n; i++)
    ids[i] = pictures->pictures[which[i]]->id;
  fr_removal_new_async (gallery, ids, n, NULL, gallery_answered_cb, &result);
  return fr_removal_new_finish (gallery, gallery_await (&result), error);
}

static int
undo (FrRemoval *removal, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_removal_undo_async (removal, gallery_answered_cb, &result);
  return fr_removal_undo_finish (removal, gallery_await (&result), error);
}

/* Wherever they stood, they are in their places again: the front, the middle, the end, neighbours, all. */
static void
test_undone (GalleryFixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint n;
    guint which[N];
  } rows[] = {
    { 1, { 5 } }, { 1, { 0 } }, { 1, { 3 } }, { 2, { 3, 2 } }, { 2, { 2, 3 } }, { 3, { 5, 0, 3 } }, { 6, { 5, 4, 3, 2, 1, 0 } },
    { 6, { 0, 1, 2, 3, 4, 5 } },
  };
  g_auto (Pictures) pictures = { 0 };
  g_auto (Shadow) shadow = { 0 };

  shadow_init (&shadow, fixture->gallery);
  add_all (fixture, &pictures);
  for (gsize row = 0; row < G_N_ELEMENTS (rows); row++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FrRemoval) removal = take_out (fixture->gallery, &pictures, rows[row].which, rows[row].n, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (fr_removal_get_n (removal), ==, rows[row].n);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->gallery)), ==, N - rows[row].n);
      g_assert_cmpuint (gallery_count_stored (fixture), ==, N - rows[row].n);
      g_assert_cmpint (undo (removal, &error), ==, (int) rows[row].n);
      g_assert_no_error (error);
      for (guint i = 0; i < N; i++)
        {
          g_autoptr (FrGalleryItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->gallery), N - 1 - i);

          if (!fr_content_id_equal (fr_gallery_item_get_id (item), &pictures.pictures[i]->id))
            g_error ("row %" G_GSIZE_FORMAT ": picture %u is not in its place", row, i);
        }
      shadow_assert_equal (&shadow);
    }
  g_assert_cmpuint (gallery_count_stored (fixture), ==, N);
}

/* Nobody can bring back what nobody holds any more. */
static void
test_final (GalleryFixture *fixture, gconstpointer data)
{
  static const guint which[] = { 1, 2 };
  g_auto (Pictures) pictures = { 0 };
  g_autoptr (FrPicture) again = NULL;
  g_autoptr (FrRemoval) removal = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) restored = NULL;
  const FrContentId *id;

  add_all (fixture, &pictures);
  id = &pictures.pictures[1]->id;
  removal = take_out (fixture->gallery, &pictures, which, 2, NULL);
  g_clear_object (&removal);
  fr_store_restore_async (fixture->store, id, 1, NULL, gallery_answered_cb, &result);
  restored = fr_store_restore_finish (fixture->store, gallery_await (&result), NULL);
  g_assert_cmpuint (restored->len, ==, 0);
  again = gallery_add_drawing (fixture, 1, NULL);
  g_assert_cmpuint (gallery_count_stored (fixture), ==, N - 1);
}

/* What was undone stays when the last reference goes; it is not removed twice. */
static void
test_kept (GalleryFixture *fixture, gconstpointer data)
{
  static const guint which[] = { 1 };
  g_auto (Pictures) pictures = { 0 };
  g_autoptr (FrRemoval) removal = NULL;
  g_autoptr (FrRemoval) twice = NULL;

  add_all (fixture, &pictures);
  removal = take_out (fixture->gallery, &pictures, which, 1, NULL);
  twice = take_out (fixture->gallery, &pictures, which, 1, NULL);
  g_assert_cmpuint (fr_removal_get_n (twice), ==, 0);
  g_assert_cmpint (undo (removal, NULL), ==, 1);
  g_assert_cmpint (undo (removal, NULL), ==, 0);
  g_clear_object (&removal);
  g_assert_cmpuint (gallery_count_stored (fixture), ==, N);
}

static void
remember_cb (FrGallery *gallery, const char *folded, GPtrArray *told)
{
  g_ptr_array_add (told, g_strdup (folded != NULL ? folded : "gone"));
}

/* What others can find is told both times, so that nobody looks for what is gone, or passes over what is back. */
static void
test_told (GalleryFixture *fixture, gconstpointer data)
{
  static const guint which[] = { 1 };
  g_auto (Pictures) pictures = { 0 };
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (FrRemoval) removal = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gulong handler;

  add_all (fixture, &pictures);
  fr_gallery_share_async (fixture->gallery, &pictures.pictures[1]->id, 1, FR_AUDIENCE_EVERYONE, NULL, NULL,
                          gallery_answered_cb, &result);
  g_assert_true (fr_gallery_share_finish (fixture->gallery, gallery_await (&result), NULL));
  handler = g_signal_connect (fixture->gallery, "content", G_CALLBACK (remember_cb), told);
  removal = take_out (fixture->gallery, &pictures, which, 1, NULL);
  g_assert_cmpuint (told->len, ==, 1);
  g_assert_cmpstr (told->pdata[0], ==, "gone");
  undo (removal, NULL);
  g_assert_cmpuint (told->len, ==, 2);
  g_assert_cmpstr (told->pdata[1], !=, "gone");
  g_signal_handler_disconnect (fixture->gallery, handler);
}

static void
test_closed (GalleryFixture *fixture, gconstpointer data)
{
  static const guint which[] = { 1 };
  g_auto (Pictures) pictures = { 0 };
  g_autoptr (FrRemoval) removal = NULL;
  g_autoptr (FrRemoval) none = NULL;
  g_autoptr (GError) error = NULL;

  add_all (fixture, &pictures);
  removal = take_out (fixture->gallery, &pictures, which, 1, NULL);
  fr_store_close (fixture->store);
  g_assert_cmpint (undo (removal, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&error);
  none = take_out (fixture->gallery, &pictures, which, 1, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

void
test_removal_add (void)
{
  gallery_add_test ("/node/removal/undone", test_undone);
  gallery_add_test ("/node/removal/final", test_final);
  gallery_add_test ("/node/removal/kept", test_kept);
  gallery_add_test ("/node/removal/told", test_told);
  gallery_add_test ("/node/removal/closed", test_closed);
}
