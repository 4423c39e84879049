/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"

/* Who may see the pictures of a gallery. */

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FrGallery *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) pictures = fr_store_set_audience_finish (FR_STORE (source), result, &error);

  if (pictures == NULL)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  for (guint i = 0; i < pictures->len; i++)
    fr_gallery_show (self, pictures->pdata[i], FALSE);
  fr_gallery_tell_shared (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * fr_gallery_share_async:
 * @self: a gallery
 * @ids: (array length=n_ids): pictures
 * @n_ids: how many
 * @audience: who may see them from now on
 * @readers: (nullable): the people chosen, where people are
 * @cancellable: (nullable): to give up before it has begun
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Says who may see pictures: of all of them, or of none.
 */
void
fr_gallery_share_async (FrGallery *self,
                        const FrContentId *ids,
                        guint n_ids,
                        FrAudience audience,
                        GBytes *readers,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (ids != NULL || n_ids == 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_share_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  /* A change that has been asked of the store is made, and must be shown, whoever has lost interest by then. */
  g_task_set_check_cancellable (task, FALSE);
  fr_store_set_audience_async (fr_gallery_get_store (self), ids, n_ids, audience, readers, NULL, shared_cb,
                               g_object_ref (task));
}

/**
 * fr_gallery_share_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_EMPTY and others, or %G_IO_ERROR
 *
 * Returns: whether they are shared so
 */
gboolean
fr_gallery_share_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
