/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-gallery-private.h"
#include "fr-test-support.h"

#include "gallery-fixture.h"
#include "tests.h"

/* More than one page. */
#define N_PICTURES 300

/* That the gallery shows what the store lists, in its order. */
static void
assert_shows_store (GalleryFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listed = NULL;

  fr_store_list_async (fixture->store, NULL, 0, 2 * N_PICTURES, NULL, gallery_answered_cb, &result);
  listed = fr_store_list_finish (fixture->store, gallery_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->gallery)), ==, listed->len);
  for (guint i = 0; i < listed->len; i++)
    {
      g_autoptr (FrGalleryItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->gallery), i);

      g_assert_cmpstr (fr_gallery_item_get_picture (item)->title, ==, ((FrPicture *) listed->pdata[i])->title);
    }
}

static void
test_empty (GalleryFixture *fixture, gconstpointer data)
{
  g_auto (Shadow) shadow = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->gallery)) == FR_TYPE_GALLERY_ITEM);
  shadow_init (&shadow, fixture->gallery);
  g_assert_true (gallery_load (fixture->gallery, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (shadow.n_signals, ==, 0);
  shadow_assert_equal (&shadow);
}

static void
test_pages (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree FrContentId *ids = gallery_fill_store (fixture->store, N_PICTURES);
  g_auto (Shadow) shadow = { 0 };
  g_autoptr (GError) error = NULL;

  shadow_init (&shadow, fixture->gallery);
  g_assert_true (gallery_load (fixture->gallery, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (shadow.n_signals, ==, 2);
  shadow_assert_equal (&shadow);
  assert_shows_store (fixture);
  /* Once more changes nothing. */
  g_assert_true (gallery_load (fixture->gallery, &error));
  g_assert_cmpuint (shadow.n_signals, ==, 2);
  g_assert_nonnull (fr_gallery_find (fixture->gallery, &ids[0]));
}

static void
test_cancel (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree FrContentId *ids = gallery_fill_store (fixture->store, 3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  fr_gallery_load_async (fixture->gallery, cancellable, gallery_answered_cb, &result);
  g_assert_false (fr_gallery_load_finish (fixture->gallery, gallery_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fr_gallery_find (fixture->gallery, &ids[0]));
}

/* With a closed store nothing works, and everything is answered. */
static void
test_closed_store (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = gallery_make_drawing (1);
  g_autoptr (FrImport) import = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_close (fixture->store);
  g_assert_false (gallery_load (fixture->gallery, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  import = gallery_import_bytes (fixture, bytes, NULL);
  g_assert_cmpuint (fr_import_get_failures (import)->len, ==, 1);
}

typedef struct
{
  GalleryFixture *fixture;
  GRand *rand;
  const FrContentId *ids;
  guint n_asked;
  guint n_answered;
} Disturbance;

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Disturbance *disturbance = user_data;

  fr_gallery_remove_finish (FR_GALLERY (source), result, NULL); /* it may have been asked for twice */
  disturbance->n_answered++;
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Disturbance *disturbance = user_data;

  fr_gallery_update_finish (FR_GALLERY (source), result, NULL); /* it may have gone */
  disturbance->n_answered++;
}

static void
disturb (Disturbance *disturbance)
{
  FrGallery *gallery = disturbance->fixture->gallery;
  const FrContentId *id = &disturbance->ids[g_rand_int_range (disturbance->rand, 0, N_PICTURES)];
  g_autofree char *title = g_strdup_printf ("Changed %u", disturbance->n_asked++);

  if (g_rand_boolean (disturbance->rand))
    fr_gallery_remove_async (gallery, id, NULL, removed_cb, disturbance);
  else
    fr_gallery_update_async (gallery, id, title, NULL, NULL, NULL, updated_cb, disturbance);
}

static void
disturb_cb (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  Disturbance *disturbance = user_data;

  for (guint i = 0; n_added > 1 && i < 4; i++)
    disturb (disturbance);
}

static gboolean
is_calm (gpointer data)
{
  Disturbance *disturbance = data;

  return disturbance->n_answered == disturbance->n_asked;
}

/* Pictures go, come and change while the catalogue is walked through: each is shown once, in its place, as it is. */
static void
test_changes_meanwhile (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree FrContentId *ids = gallery_fill_store (fixture->store, N_PICTURES);
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (GBytes) drawing = gallery_make_drawing (1);
  Disturbance disturbance = { fixture, rand, ids };

  for (guint round = 0; round < 8; round++)
    {
      g_autoptr (FrGallery) gallery = fr_gallery_new (fixture->store, fixture->image);
      g_autoptr (FrImport) import = fr_import_new_for_bytes (gallery, drawing, "New");
      g_autoptr (GAsyncResult) result = NULL;
      g_auto (Shadow) shadow = { 0 };

      g_set_object (&fixture->gallery, gallery);
      shadow_init (&shadow, gallery);
      g_signal_connect (gallery, "items-changed", G_CALLBACK (disturb_cb), &disturbance);
      fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
      fr_import_start (import);
      fr_gallery_load_async (gallery, NULL, gallery_answered_cb, &result);
      disturb (&disturbance);
      g_assert_true (fr_gallery_load_finish (gallery, gallery_await (&result), NULL));
      gallery_wait_finished (import);
      fr_test_wait_until (is_calm, &disturbance, 30);
      shadow_assert_equal (&shadow);
      assert_shows_store (fixture);
    }
}

/* Lets the store do something while the gallery hears nothing: answers come to a context of their own. */
static void
remove_unheard (FrStore *store, const FrContentId *id)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  fr_store_remove_async (store, id, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_store_remove_finish (store, gallery_await (&result), NULL));
  g_main_context_pop_thread_default (context);
}

static FrPicture *
update_unheard (FrStore *store, const FrContentId *id, const char *title)
{
  static const char *const no_tags[] = { NULL };
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  FrPicture *picture;

  g_main_context_push_thread_default (context);
  fr_store_update_async (store, id, title, "", no_tags, NULL, gallery_answered_cb, &result);
  picture = fr_store_update_finish (store, gallery_await (&result), NULL);
  g_main_context_pop_thread_default (context);
  g_assert_nonnull (picture);
  return picture;
}

/* What the store has been asked before is answered then, but not heard yet. */
static void
wait_for_reading (FrStore *store)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  guint count;

  g_main_context_push_thread_default (context);
  fr_store_count_async (store, NULL, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_store_count_finish (store, gallery_await (&result), &count, NULL));
  g_main_context_pop_thread_default (context);
}

typedef struct
{
  FrStore *store;
  const FrContentId *ids;
  guint n_removed;
} Theft;

static void
steal_cb (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  Theft *theft = user_data;

  while (n_added > 1 && theft->n_removed < 5)
    remove_unheard (theft->store, &theft->ids[N_PICTURES - ++theft->n_removed]);
}

/* Pictures go between two pages, and the gallery does not know it yet: those behind move up, and none is missed. */
static void
test_gap (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree FrContentId *ids = gallery_fill_store (fixture->store, N_PICTURES);
  Theft theft = { fixture->store, ids };

  g_signal_connect (fixture->gallery, "items-changed", G_CALLBACK (steal_cb), &theft);
  g_assert_true (gallery_load (fixture->gallery, NULL));
  g_assert_cmpuint (theft.n_removed, ==, 5);
  for (guint i = 0; i < N_PICTURES; i++)
    g_assert_nonnull (fr_gallery_find (fixture->gallery, &ids[i]));
  while (theft.n_removed > 0)
    fr_gallery_drop (fixture->gallery, &ids[N_PICTURES - theft.n_removed--]);
  assert_shows_store (fixture);
}

static void
change (GalleryFixture *fixture, const FrContentId *id, const char *title)
{
  g_autoptr (FrPicture) picture = update_unheard (fixture->store, id, title);

  fr_gallery_show (fixture->gallery, picture, FALSE);
}

static void
take_away (GalleryFixture *fixture, const FrContentId *id, const char *title)
{
  remove_unheard (fixture->store, id);
  fr_gallery_drop (fixture->gallery, id);
}

/* A page that was read before a change, and is heard of after it, does not undo it. */
static void
test_late_page (GalleryFixture *fixture, gconstpointer data)
{
  void (*const deeds[]) (GalleryFixture *, const FrContentId *, const char *) = { change, change, take_away };
  g_autofree FrContentId *ids = gallery_fill_store (fixture->store, 3);

  /* First it is not shown yet, then it is, and then it is taken away from a gallery that shows nothing. */
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *title = g_strdup_printf ("Changed %u", i);

      if (deeds[i] == take_away)
        {
          g_object_unref (fixture->gallery);
          fixture->gallery = fr_gallery_new (fixture->store, fixture->image);
        }
      fr_gallery_load_async (fixture->gallery, NULL, gallery_answered_cb, &result);
      wait_for_reading (fixture->store);
      deeds[i] (fixture, &ids[1], title);
      g_assert_true (fr_gallery_load_finish (fixture->gallery, gallery_await (&result), NULL));
      assert_shows_store (fixture);
    }
}

/* A picture that the store has had for long, and that is not shown yet, has its place on a page to come. */
static void
test_show (GalleryFixture *fixture, gconstpointer data)
{
  g_autofree FrContentId *ids = gallery_fill_store (fixture->store, 3);
  g_autoptr (FrPicture) oldest = fr_picture_new ();
  g_auto (Shadow) shadow = { 0 };

  oldest->id = ids[0];
  shadow_init (&shadow, fixture->gallery);
  fr_gallery_show (fixture->gallery, oldest, FALSE);
  g_assert_cmpuint (shadow.n_signals, ==, 0);
  g_assert_true (gallery_load (fixture->gallery, NULL));
  g_assert_cmpuint (shadow.n_signals, ==, 1);
  assert_shows_store (fixture);
  fr_gallery_show (fixture->gallery, oldest, TRUE);
  g_assert_cmpuint (shadow.n_signals, ==, 1);
  g_assert_true (fr_gallery_item_get_picture (shadow.items->pdata[2]) == oldest);
}

void
test_gallery_load_add (void)
{
  gallery_add_test ("/node/gallery/load/empty", test_empty);
  gallery_add_test ("/node/gallery/load/pages", test_pages);
  gallery_add_test ("/node/gallery/load/cancel", test_cancel);
  gallery_add_test ("/node/gallery/load/closed-store", test_closed_store);
  gallery_add_test ("/node/gallery/load/changes-meanwhile", test_changes_meanwhile);
  gallery_add_test ("/node/gallery/load/gap", test_gap);
  gallery_add_test ("/node/gallery/load/late-page", test_late_page);
  gallery_add_test ("/node/gallery/load/show", test_show);
}
