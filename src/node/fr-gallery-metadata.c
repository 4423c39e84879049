/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery.h"

#include <glib/gi18n-lib.h>

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"
#include "fr-metadata-text.h"

/* Whether others get what the file of a picture tells beside it: from the original, as at the first time. */

typedef struct
{
  FrContentId id;
  FrStaged *original; /* owned, both; NULL until it has been copied */
  FrPicture *facts;
  guint keeps : 1;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->original, fr_staged_unref);
  fr_picture_unref (change->facts);
  g_free (change);
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FrGallery *self = g_task_get_source_object (task);
  const Change *change = g_task_get_task_data (task);
  GError *error = NULL;
  FrPicture *picture = fr_store_exchange_finish (FR_STORE (source), result, &error);

  if (picture == NULL)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  if (fr_content_id_equal (&picture->id, &change->id))
    fr_gallery_show (self, picture, FALSE);
  else
    fr_gallery_replace (self, &change->id, picture);
  g_task_return_pointer (task, picture, (GDestroyNotify) fr_picture_unref);
}

static void
exchange (GTask *task, FrStaged *staged, FrStaged *original)
{
  const Change *change = g_task_get_task_data (task);
  FrGallery *self = g_task_get_source_object (task);

  fr_store_exchange_async (fr_gallery_get_store (self), &change->id, staged, original, change->facts, NULL,
                           exchanged_cb, g_object_ref (task));
}

static void
copy_staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Change *change = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FrStaged) copy = fr_store_stage_bytes_finish (FR_STORE (source), result, &error);

  if (copy != NULL)
    exchange (task, copy, change->original);
  else
    fr_gallery_return_error (task, error);
}

/* What is in it is known too where it stays; where it cannot be removed that is no error if nobody wants it to be. */
static void
stripped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FrGallery *self = g_task_get_source_object (task);
  const Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrImageStripped) stripped = fr_image_client_strip_finish (FR_IMAGE_CLIENT (source), result, &error);

  if (stripped == NULL && !change->keeps)
    {
      fr_gallery_return_error (task, g_steal_pointer (&error));
      return;
    }
  fr_metadata_judge (change->facts, stripped, change->keeps);
  if (change->keeps || stripped->is_same)
    exchange (task, change->original, NULL);
  else
    fr_store_stage_bytes_async (fr_gallery_get_store (self), stripped->bytes, g_task_get_cancellable (task),
                                copy_staged_cb, g_object_ref (task));
}

static void
original_staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FrGallery *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  change->original = fr_store_stage_original_finish (FR_STORE (source), result, &error);
  if (change->original != NULL)
    fr_image_client_strip_async (fr_gallery_get_image_client (self), fr_staged_get_fd (change->original),
                                 g_task_get_cancellable (task), stripped_cb, g_object_ref (task));
  else
    fr_gallery_return_error (task, error);
}

/* What others shared stays as they shared it, or it would be another picture. */
static gboolean
check_mine (GTask *task, FrGallery *self, const FrContentId *id)
{
  FrGalleryItem *item = fr_gallery_find (self, id);

  if (item != NULL && fr_picture_is_mine (fr_gallery_item_get_picture (item)))
    return TRUE;
  if (item == NULL)
    fr_gallery_return_error (task, g_error_new_literal (FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND, "No such picture"));
  else
    g_task_return_new_error (task, FR_GALLERY_ERROR, FR_GALLERY_ERROR_NOT_MINE, "%s",
                             _ ("This picture is someone else's. It stays as they shared it."));
  return FALSE;
}

/**
 * fr_gallery_keep_metadata_async:
 * @self: a gallery
 * @id: a picture of the person's own
 * @keeps: whether others get all that its file tells: place, camera and other details
 * @cancellable: (nullable): to give up before it has happened
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Changes what of a picture is shared. Its title, its tags and who may see it stay; its id changes with its bytes.
 */
void
fr_gallery_keep_metadata_async (FrGallery *self,
                                const FrContentId *id,
                                gboolean keeps,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Change *change;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  change = g_new0 (Change, 1);
  change->id = *id;
  change->keeps = keeps;
  change->facts = fr_picture_new ();
  g_task_set_source_tag (task, fr_gallery_keep_metadata_async);
  g_task_set_task_data (task, change, change_free);
  /* A change that the store has made must be shown, whoever has lost interest by then. */
  g_task_set_check_cancellable (task, FALSE);
  if (check_mine (task, self, id))
    fr_store_stage_original_async (fr_gallery_get_store (self), id, cancellable, original_staged_cb,
                                   g_object_ref (task));
}

/**
 * fr_gallery_keep_metadata_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_GALLERY_ERROR_NOT_MINE, %FR_IMAGE_ERROR_NOT_LOSSLESS where nothing can be removed,
 *   %FR_STORE_ERROR_THERE and others, or %G_IO_ERROR; the picture is as it was then
 *
 * Returns: (transfer full) (nullable): the picture as it is now
 */
FrPicture *
fr_gallery_keep_metadata_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
