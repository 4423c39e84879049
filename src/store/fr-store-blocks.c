/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include <unistd.h>

#include "fr-incoming-private.h"
#include "fr-store-private.h"

typedef struct
{
  FrContentId id;
  guint block;
  guint64 size;   /* for get_blocks: out */
  GBytes *hashes; /* owned, nullable */
  FrPeerKey *reader; /* owned; NULL: the person herself */
  char *path;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->hashes, g_bytes_unref);
  g_free (request->reader);
  g_free (request->path);
  g_free (request);
}

static Request *
request_new (const FrContentId *id)
{
  Request *request = g_new0 (Request, 1);

  request->id = *id;
  return request;
}

static void
open_picture_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  int fd = fr_blob_dir_open_read (self->blobs, data, &error);

  if (fd >= 0)
    g_task_return_int (task, fd);
  else
    g_task_return_error (task, error);
}

/**
 * fr_store_open_picture_async:
 * @self: a store
 * @id: a picture
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Opens the file of a picture, for what shows it.
 */
void
fr_store_open_picture_async (FrStore *self,
                             const FrContentId *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_open_picture_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (id, sizeof *id), g_free);
  g_task_set_check_cancellable (task, FALSE); /* a descriptor that nobody takes would stay open */
  fr_work_queue_push (self->block_work, task, open_picture_work);
}

/**
 * fr_store_open_picture_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND and others, or %G_IO_ERROR
 *
 * Returns: a descriptor that the caller closes, or -1
 */
int
fr_store_open_picture_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  return g_task_propagate_int (G_TASK (result), error);
}

static void
get_blocks_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  Request *request = data;
  GError *error = NULL;
  GBytes *hashes
    = fr_catalogue_get_blocks (self->reading.catalogue, &request->id, request->reader, &request->size, &error);

  fr_store_return_pointer (task, hashes, (GDestroyNotify) g_bytes_unref, error);
}

/**
 * fr_store_get_blocks_async:
 * @self: a store
 * @id: a picture
 * @reader: (nullable): to whom it is to go; what they may not see is not there; %NULL: the person herself
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks of what a picture consists, to send it to somebody.
 */
void
fr_store_get_blocks_async (FrStore *self,
                           const FrContentId *id,
                           const FrPeerKey *reader,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_get_blocks_async, cancellable, callback, user_data);

  Request *request = request_new (id);

  request->reader = reader != NULL ? g_memdup2 (reader, sizeof *reader) : NULL;
  g_task_set_task_data (task, request, request_free);
  fr_work_queue_push (self->reading.work, task, get_blocks_work);
}

/**
 * fr_store_get_blocks_finish:
 * @self: a store
 * @result: as given to the callback
 * @out_size: (out) (optional): its size in bytes
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the #FrBlockHash of each block, in order
 */
GBytes *
fr_store_get_blocks_finish (FrStore *self, GAsyncResult *result, guint64 *out_size, GError **error)
{
  const Request *request;
  GBytes *hashes;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  hashes = g_task_propagate_pointer (G_TASK (result), error);
  request = g_task_get_task_data (G_TASK (result));
  if (hashes != NULL && out_size != NULL)
    *out_size = request->size;
  return hashes;
}

static void
read_block_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Request *request = data;
  GError *error = NULL;
  GBytes *bytes = fr_blob_dir_read_block (self->blobs, &request->id, request->block, &error);

  fr_store_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref, error);
}

/**
 * fr_store_read_block_async:
 * @self: a store
 * @id: a picture
 * @block: from 0
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads a block of %FR_BLOCK_SIZE bytes, or the last one, perhaps shorter, as it is on disk.
 */
void
fr_store_read_block_async (FrStore *self,
                           const FrContentId *id,
                           guint block,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_read_block_async, cancellable, callback, user_data);
  Request *request = request_new (id);

  request->block = block;
  g_task_set_task_data (task, request, request_free);
  fr_work_queue_push (self->block_work, task, read_block_work);
}

/**
 * fr_store_read_block_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND where there is no such block either, and others, or
 *   %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *
fr_store_read_block_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* There is one of a kind at a time: two would not know of each other's end. */
static gboolean
note_incoming (FrStore *self, const FrContentId *id, GError **error)
{
  gboolean noted;

  g_mutex_lock (&self->incoming_lock);
  noted = !g_hash_table_contains (self->incoming, id);
  if (noted)
    g_hash_table_add (self->incoming, g_memdup2 (id, sizeof *id));
  g_mutex_unlock (&self->incoming_lock);
  if (!noted)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "This picture is on its way in already");
  return noted;
}

static gboolean
check_hashes (const Request *request, GError **error)
{
  gsize size;
  const FrBlockHash *hashes = g_bytes_get_data (request->hashes, &size);
  guint n_blocks;
  FrContentId id;

  if (request->size == 0 || request->size > FR_PICTURE_MAX_BYTES)
    {
      g_set_error_literal (error, FR_STORE_ERROR,
                           request->size == 0 ? FR_STORE_ERROR_EMPTY : FR_STORE_ERROR_TOO_LARGE,
                           "A picture cannot have this size");
      return FALSE;
    }
  n_blocks = fr_content_n_blocks (request->size);
  if (size == n_blocks * sizeof *hashes)
    {
      fr_content_id_from_blocks (request->size, hashes, n_blocks, &id);
      if (fr_content_id_equal (&id, &request->id))
        return TRUE;
    }
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK,
                       "The list of blocks does not belong to this picture");
  return FALSE;
}

static void
begin_incoming_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Request *request = data;
  GError *error = NULL;
  FrIncoming *incoming = NULL;

  if (check_hashes (request, &error) && note_incoming (self, &request->id, &error))
    incoming = fr_incoming_new (self, &request->id, request->size, request->hashes, cancellable, &error);
  fr_store_return_pointer (task, incoming, g_object_unref, error);
}

/**
 * fr_store_begin_incoming_async:
 * @self: a store
 * @id: a picture that somebody else has
 * @size: its size in bytes, as they say
 * @hashes: the #FrBlockHash of each block, as they say
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Makes room for a picture from somebody else, and finds again what came of it before. @size and @hashes are checked
 * against @id.
 */
void
fr_store_begin_incoming_async (FrStore *self,
                               const FrContentId *id,
                               guint64 size,
                               GBytes *hashes,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_begin_incoming_async, cancellable, callback, user_data);
  Request *request = request_new (id);

  request->size = size;
  request->hashes = g_bytes_ref (hashes);
  g_task_set_task_data (task, request, request_free);
  fr_work_queue_push (self->import_work, task, begin_incoming_work);
}

/**
 * fr_store_begin_incoming_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_EMPTY, %FR_STORE_ERROR_TOO_LARGE, %FR_STORE_ERROR_WRONG_BLOCK where
 *   @id, size and hashes do not agree, %FR_STORE_ERROR_FULL, %FR_STORE_ERROR_IO; %G_IO_ERROR_BUSY while there is one
 *   already, or another %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the picture on its way in
 */
FrIncoming *
fr_store_begin_incoming_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
find_incoming_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const FrContentId *id = data;
  GError *error = NULL;
  FrIncoming *incoming = NULL;

  if (note_incoming (self, id, &error))
    incoming = fr_incoming_find (self, id, cancellable, &error);
  fr_store_return_pointer (task, incoming, g_object_unref, error);
}

/**
 * fr_store_find_incoming_async:
 * @self: a store
 * @id: a picture that somebody else has
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds again what came of a picture before, so that only the rest need be asked for.
 */
void
fr_store_find_incoming_async (FrStore *self,
                              const FrContentId *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_find_incoming_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (id, sizeof *id), g_free);
  fr_work_queue_push (self->import_work, task, find_incoming_work);
}

/**
 * fr_store_find_incoming_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND where nothing has come, %FR_STORE_ERROR_FULL,
 *   %FR_STORE_ERROR_IO; %G_IO_ERROR_BUSY while it is on its way in already, or another %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the picture on its way in
 */
FrIncoming *
fr_store_find_incoming_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
export_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Request *request = data;
  GError *error = NULL;
  char *path = fr_blob_dir_export (self->blobs, &request->id, request->path, cancellable, &error);

  fr_store_return_pointer (task, path, g_free, error);
}

/**
 * fr_store_export_async:
 * @self: a store
 * @id: a picture
 * @path: (type filename): the file that the person wants
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Copies a picture out of the store. Nothing is ever overwritten: if there is a file at @path, the copy is called
 * *Title (2).jpg*, and so on.
 */
void
fr_store_export_async (FrStore *self,
                       const FrContentId *id,
                       const char *path,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_export_async, cancellable, callback, user_data);
  Request *request = request_new (id);

  request->path = g_strdup (path);
  g_task_set_task_data (task, request, request_free);
  fr_work_queue_push (self->import_work, task, export_work);
}

/**
 * fr_store_export_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_FULL, %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (type filename): where the copy is
 */
char *
fr_store_export_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
