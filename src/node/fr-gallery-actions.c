/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"

/* What one can do with the pictures of a gallery. All of it happens in the store and in freshet-image; what is done
 * here is to wait, to show what has changed, and to say what went wrong. */

static GTask *
new_task (FrGallery *self, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

static void
thumbnail_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = fr_store_get_thumbnail_finish (FR_STORE (source), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    fr_gallery_return_error (task, error);
}

/**
 * fr_gallery_get_thumbnail_async:
 * @self: a gallery
 * @id: a picture
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for a small picture, which was made when the picture was added.
 */
void
fr_gallery_get_thumbnail_async (FrGallery *self,
                                const FrContentId *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (id != NULL);

  task = new_task (self, fr_gallery_get_thumbnail_async, cancellable, callback, user_data);
  fr_store_get_thumbnail_async (fr_gallery_get_store (self), id, cancellable, thumbnail_read_cb, task);
}

/**
 * fr_gallery_get_thumbnail_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND where it has none either, and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a JPEG or WebP
 */
GBytes *
fr_gallery_get_thumbnail_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *pictures = fr_store_search_finish (FR_STORE (source), result, NULL, &error);

  if (pictures != NULL)
    g_task_return_pointer (task, pictures, (GDestroyNotify) g_ptr_array_unref);
  else
    fr_gallery_return_error (task, error);
}

/**
 * fr_gallery_search_async:
 * @self: a gallery
 * @words: what was typed: words or parts of them, `"phrases"`, `-without`; every one must match
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds pictures by title, tags and description, also those that are not offered to others.
 */
void
fr_gallery_search_async (FrGallery *self,
                         const char *words,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (words != NULL);

  task = new_task (self, fr_gallery_search_async, cancellable, callback, user_data);
  fr_store_search_async (fr_gallery_get_store (self), words, NULL, FR_GALLERY_MAX_FOUND, cancellable,
                         searched_cb, task);
}

/**
 * fr_gallery_search_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_SEARCH and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): the newest of them, at most %FR_GALLERY_MAX_FOUND
 */
GPtrArray *
fr_gallery_search_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A change that has been asked of the store is made, and must be shown, whoever has lost interest by then: from there
 * on nothing is cancelled. Returns %NULL if it was before. */
static GTask *
new_change (FrGallery *self,
            gpointer tag,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = new_task (self, tag, cancellable, callback, user_data);

  if (g_task_return_error_if_cancelled (task))
    return NULL;
  g_task_set_check_cancellable (task, FALSE);
  return g_steal_pointer (&task);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FrPicture) picture = fr_store_update_finish (FR_STORE (source), result, &error);

  if (picture == NULL)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  fr_gallery_show (g_task_get_source_object (task), picture, FALSE);
  g_task_return_boolean (task, TRUE);
}

/**
 * fr_gallery_update_async:
 * @self: a gallery
 * @id: a picture
 * @title: its title, at most %FR_PICTURE_MAX_TITLE bytes
 * @description: (nullable): what there is to say about it, at most %FR_PICTURE_MAX_DESCRIPTION bytes
 * @tags: (nullable) (array zero-terminated=1): words to find it by, at most %FR_PICTURE_MAX_TAGS of %FR_PICTURE_MAX_TAG
 *   bytes
 * @cancellable: (nullable): to give up before it has begun
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Changes what a picture is found by; its item stays, with a new "picture".
 */
void
fr_gallery_update_async (FrGallery *self,
                         const FrContentId *id,
                         const char *title,
                         const char *description,
                         const char *const *tags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  static const char *const no_tags[] = { NULL };
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (id != NULL && title != NULL);

  task = new_change (self, fr_gallery_update_async, cancellable, callback, user_data);
  if (task != NULL)
    fr_store_update_async (fr_gallery_get_store (self), id, title, description != NULL ? description : "",
                           tags != NULL ? tags : no_tags, NULL, updated_cb, task);
}

/**
 * fr_gallery_update_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_BAD_TEXT and others, or %G_IO_ERROR
 *
 * Returns: whether it is changed
 */
gboolean
fr_gallery_update_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean removed = fr_store_remove_finish (FR_STORE (source), result, &error);

  if (removed || g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND))
    fr_gallery_drop (g_task_get_source_object (task), g_task_get_task_data (task));
  if (removed)
    g_task_return_boolean (task, TRUE);
  else
    fr_gallery_return_error (task, error);
}

/**
 * fr_gallery_remove_async:
 * @self: a gallery
 * @id: a picture
 * @cancellable: (nullable): to give up before it has begun
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Removes a picture from the store, and its item.
 */
void
fr_gallery_remove_async (FrGallery *self,
                         const FrContentId *id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (id != NULL);

  task = new_change (self, fr_gallery_remove_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  g_task_set_task_data (task, g_memdup2 (id, sizeof *id), g_free);
  fr_store_remove_async (fr_gallery_get_store (self), id, NULL, removed_cb, task);
}

/**
 * fr_gallery_remove_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND and others, or %G_IO_ERROR
 *
 * Returns: whether it was there and is gone
 */
gboolean
fr_gallery_remove_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
