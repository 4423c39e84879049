/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-store-private.h"

/* The small forms of a picture. */

typedef struct
{
  FrContentId id;
  FrPeerKey reader;
  gboolean has_reader;
} Wanted;

static Wanted *
wanted_new (const FrContentId *id, const FrPeerKey *reader)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->id = *id;
  wanted->has_reader = reader != NULL;
  if (reader != NULL)
    wanted->reader = *reader;
  return wanted;
}

static const FrPeerKey *
wanted_get_reader (const Wanted *wanted)
{
  return wanted->has_reader ? &wanted->reader : NULL;
}

static void
get_thumbnail_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  GBytes *bytes = fr_catalogue_get_thumbnail (self->reading.catalogue, data, NULL, &error);

  fr_store_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref, error);
}

/**
 * fr_store_get_thumbnail_async:
 * @self: a store
 * @id: a picture
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for the thumbnail of a picture.
 */
void
fr_store_get_thumbnail_async (FrStore *self,
                              const FrContentId *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_get_thumbnail_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (id, sizeof *id), g_free);
  fr_work_queue_push (self->reading.work, task, get_thumbnail_work);
}

/**
 * fr_store_get_thumbnail_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND where it has none either, and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): an encoded picture
 */
GBytes *
fr_store_get_thumbnail_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_preview_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Wanted *wanted = data;
  GError *error = NULL;
  GBytes *bytes = fr_catalogue_get_preview (self->reading.catalogue, &wanted->id, wanted_get_reader (wanted), &error);

  fr_store_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref, error);
}

/**
 * fr_store_get_preview_async:
 * @self: a store
 * @id: a picture
 * @reader: (nullable): who asks; what they may not see is not there; %NULL: the person herself
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for the preview of a picture.
 */
void
fr_store_get_preview_async (FrStore *self,
                            const FrContentId *id,
                            const FrPeerKey *reader,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_get_preview_async, cancellable, callback, user_data);

  g_task_set_task_data (task, wanted_new (id, reader), g_free);
  fr_work_queue_push (self->reading.work, task, get_preview_work);
}

/**
 * fr_store_get_preview_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND where it has none either, and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): an encoded picture
 */
GBytes *
fr_store_get_preview_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
