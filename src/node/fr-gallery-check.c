/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"

/* Whether the pictures of a gallery are what they were when they came. */

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FrStoreReport *report = fr_store_check_finish (FR_STORE (source), result, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) fr_store_report_free);
  else
    fr_gallery_return_error (task, error);
}

/**
 * fr_gallery_check_async:
 * @self: a gallery
 * @progress: (nullable): called now and then with how many bytes of how many have been read
 * @progress_data: for @progress, until the answer comes
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads every picture and compares it with what is known of it. The gallery can be used meanwhile.
 */
void
fr_gallery_check_async (FrGallery *self,
                        FrStoreProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_check_async);
  fr_store_check_async (fr_gallery_get_store (self), progress, progress_data, cancellable, checked_cb, task);
}

/**
 * fr_gallery_check_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR in words for people, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what is wrong
 */
FrStoreReport *
fr_gallery_check_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
