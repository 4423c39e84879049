/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-form-table.h"
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

typedef struct
{
  FrContentId id;
  GBytes *thumbnail; /* owned, both; nullable */
  GBytes *preview;
} Forms;

static void
forms_free (gpointer data)
{
  Forms *forms = data;

  g_clear_pointer (&forms->thumbnail, g_bytes_unref);
  g_clear_pointer (&forms->preview, g_bytes_unref);
  g_free (forms);
}

static void
set_forms_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Forms *forms = data;
  GError *error = NULL;
  FrPicture *picture = NULL;

  if (fr_form_table_replace (self->writing.database, &forms->id, forms->thumbnail, forms->preview, &error))
    picture = fr_catalogue_get (self->writing.catalogue, &forms->id, NULL, &error);
  fr_store_return_pointer (task, picture, (GDestroyNotify) fr_picture_unref, error);
}

/**
 * fr_store_set_forms_async:
 * @self: a store
 * @id: a picture
 * @thumbnail: (nullable): a picture to show, at most %FR_STORE_MAX_THUMBNAIL bytes
 * @preview: (nullable): a picture to send with hits, at most %FR_STORE_MAX_PREVIEW bytes
 * @cancellable: (nullable): to give up before it has begun
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Gives a picture other small forms, made of it once more.
 */
void
fr_store_set_forms_async (FrStore *self,
                          const FrContentId *id,
                          GBytes *thumbnail,
                          GBytes *preview,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_set_forms_async, cancellable, callback, user_data);
  Forms *forms = g_new0 (Forms, 1);

  forms->id = *id;
  forms->thumbnail = thumbnail != NULL ? g_bytes_ref (thumbnail) : NULL;
  forms->preview = preview != NULL ? g_bytes_ref (preview) : NULL;
  g_task_set_task_data (task, forms, forms_free);
  if ((thumbnail == NULL || g_bytes_get_size (thumbnail) <= FR_STORE_MAX_THUMBNAIL)
      && (preview == NULL || g_bytes_get_size (preview) <= FR_STORE_MAX_PREVIEW))
    fr_work_queue_push (self->writing.work, task, set_forms_work);
  else
    g_task_return_new_error (task, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE, "The thumbnail or preview is too large");
}

/**
 * fr_store_set_forms_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_TOO_LARGE, %FR_STORE_ERROR_FULL and others, or
 *   %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the picture as it is now
 */
FrPicture *
fr_store_set_forms_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
