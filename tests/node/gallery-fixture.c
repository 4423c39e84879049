/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gallery-fixture.h"

#include <unistd.h>

#include <string.h>

#include "fr-test-support.h"

#define PATIENCE_SECONDS 60

void
gallery_answered_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static gboolean
is_answered (gpointer slot)
{
  return *(GAsyncResult **) slot != NULL;
}

GAsyncResult *
gallery_await (GAsyncResult **slot)
{
  fr_test_wait_until (is_answered, slot, PATIENCE_SECONDS);
  return *slot;
}

void
gallery_set_up (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = fr_test_folder_new ();
  fixture->files = fr_test_folder_new ();
  fr_store_open_async (fixture->folder, NULL, gallery_answered_cb, &result);
  fixture->store = fr_store_open_finish (gallery_await (&result), &error);
  g_assert_no_error (error);
  fixture->image = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 2);
  fixture->gallery = fr_gallery_new (fixture->store, fixture->image);
  fixture->keeps_metadata = TRUE;
}

void
gallery_tear_down (GalleryFixture *fixture, gconstpointer data)
{
  fr_test_assert_finalizes (fixture->gallery);
  g_clear_object (&fixture->image);
  g_clear_object (&fixture->store);
  /* The decoding processes are seen off by the main context. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&fixture->files, fr_test_folder_free);
  g_clear_pointer (&fixture->folder, fr_test_folder_free);
}

void
gallery_add_test (const char *path, void (*test) (GalleryFixture *, gconstpointer))
{
  g_test_add (path, GalleryFixture, NULL, gallery_set_up, test, gallery_tear_down);
}

char *
gallery_path (GalleryFixture *fixture, const char *name)
{
  return g_build_filename (fixture->files, name, NULL);
}

void
gallery_write (GalleryFixture *fixture, const char *name, const void *data, gsize size)
{
  g_autofree char *path = gallery_path (fixture, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

GBytes *
gallery_make_drawing (guint number)
{
  char *text = g_strdup_printf ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"4\">"
                                "<rect width=\"8\" height=\"4\" fill=\"#%06x\"/></svg>",
                                number);

  return g_bytes_new_take (text, strlen (text));
}

void
gallery_write_drawing (GalleryFixture *fixture, const char *name, guint number)
{
  g_autoptr (GBytes) bytes = gallery_make_drawing (number);

  gallery_write (fixture, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

FrContentId *
gallery_fill_store (FrStore *store, guint n)
{
  FrContentId *ids = g_new0 (FrContentId, n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *title = g_strdup_printf ("Picture %u", i);
      g_autoptr (GBytes) bytes = g_bytes_new (title, strlen (title));
      g_autoptr (GAsyncResult) staging = NULL, adding = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (FrStaged) staged = NULL;
      g_autoptr (FrPicture) description = fr_picture_new (), picture = NULL;

      fr_store_stage_bytes_async (store, bytes, NULL, gallery_answered_cb, &staging);
      staged = fr_store_stage_bytes_finish (store, gallery_await (&staging), &error);
      g_assert_no_error (error);
      fr_picture_set_text (description, title, NULL, NULL);
      fr_store_add_async (store, staged, description, NULL, NULL, NULL, gallery_answered_cb, &adding);
      picture = fr_store_add_finish (store, gallery_await (&adding), NULL, &error);
      g_assert_no_error (error);
      ids[i] = picture->id;
    }
  return ids;
}

static gboolean
is_finished (gpointer import)
{
  return fr_import_get_finished (import);
}

void
gallery_wait_finished (FrImport *import)
{
  fr_test_wait_until (is_finished, import, PATIENCE_SECONDS);
}

FrImport *
gallery_import_files (GalleryFixture *fixture)
{
  const char *const paths[] = { fixture->files, NULL };
  FrImport *import = fr_import_new (fixture->gallery, paths);

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_set_keeps_metadata (import, fixture->keeps_metadata);
  fr_import_start (import);
  gallery_wait_finished (import);
  return import;
}

FrImport *
gallery_import_bytes (GalleryFixture *fixture, GBytes *bytes, const char *title)
{
  FrImport *import = fr_import_new_for_bytes (fixture->gallery, bytes, title);

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_set_keeps_metadata (import, fixture->keeps_metadata);
  fr_import_start (import);
  gallery_wait_finished (import);
  return import;
}

FrPicture *
gallery_add_drawing (GalleryFixture *fixture, guint number, const char *title)
{
  g_autoptr (GBytes) bytes = gallery_make_drawing (number);
  g_autoptr (FrImport) import = gallery_import_bytes (fixture, bytes, title);

  g_assert_cmpuint (fr_import_get_n_added (import), ==, 1);
  return fr_picture_ref (g_ptr_array_index (fr_import_get_pictures (import), 0));
}

gboolean
gallery_load (FrGallery *gallery, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_load_async (gallery, NULL, gallery_answered_cb, &result);
  return fr_gallery_load_finish (gallery, gallery_await (&result), error);
}

guint
gallery_count_stored (GalleryFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint count = 0;

  fr_store_count_async (fixture->store, NULL, NULL, gallery_answered_cb, &result);
  fr_store_count_finish (fixture->store, gallery_await (&result), &count, &error);
  g_assert_no_error (error);
  return count;
}

static void
items_changed_cb (GListModel *model, guint position, guint n_removed, guint n_added, Shadow *shadow)
{
  g_assert_cmpuint (n_removed + n_added, >, 0);
  g_assert_cmpuint (position + n_removed, <=, shadow->items->len);
  if (n_removed > 0)
    g_ptr_array_remove_range (shadow->items, position, n_removed);
  for (guint i = position; i < position + n_added; i++)
    g_ptr_array_insert (shadow->items, (int) i, g_list_model_get_item (model, i));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, shadow->items->len);
  shadow->n_signals++;
}

void
shadow_init (Shadow *shadow, FrGallery *gallery)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gallery)), ==, 0);
  shadow->gallery = g_object_ref (gallery);
  shadow->items = g_ptr_array_new_with_free_func (g_object_unref);
  shadow->n_signals = 0;
  g_signal_connect (gallery, "items-changed", G_CALLBACK (items_changed_cb), shadow);
}

void
shadow_assert_equal (Shadow *shadow)
{
  GListModel *model = G_LIST_MODEL (shadow->gallery);

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, shadow->items->len);
  for (guint i = 0; i < shadow->items->len; i++)
    {
      g_autoptr (FrGalleryItem) item = g_list_model_get_item (model, i);

      g_assert_true (item == shadow->items->pdata[i]);
      g_assert_true (fr_gallery_find (shadow->gallery, &fr_gallery_item_get_picture (item)->id) == item);
    }
  g_assert_null (g_list_model_get_item (model, shadow->items->len));
}

void
shadow_clear (Shadow *shadow)
{
  g_signal_handlers_disconnect_by_data (shadow->gallery, shadow);
  g_clear_pointer (&shadow->items, g_ptr_array_unref);
  g_clear_object (&shadow->gallery);
}

void
gallery_assert_original (GalleryFixture *fixture, const FrPicture *picture, GBytes *original)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrStaged) staged = NULL;
  g_autofree char *data = g_malloc (g_bytes_get_size (original) + 1);
  gssize n;

  fr_store_stage_original_async (fixture->store, &picture->id, NULL, gallery_answered_cb, &result);
  staged = fr_store_stage_original_finish (fixture->store, gallery_await (&result), NULL);
  g_assert_nonnull (staged);
  n = pread (fr_staged_get_fd (staged), data, g_bytes_get_size (original) + 1, 0);
  g_assert_cmpmem (data, n, g_bytes_get_data (original, NULL), g_bytes_get_size (original));
}
