/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include <unistd.h>

#include "fr-originals.h"
#include "fr-store-private.h"
#include "fr-unfinished.h"

/* What of a picture is shared: all of it, or all but what its file tells beside the picture. */

typedef struct
{
  FrContentId id;
  FrStaged *staged;   /* owned, all three */
  FrStaged *original; /* nullable */
  FrPicture *facts;
} Exchange;

typedef struct
{
  FrContentId id;
  char *path;         /* owned, both; NULL where it is to be staged */
  FrPicture *picture; /* NULL until it has been looked up */
} Original;

static void
original_free (gpointer data)
{
  Original *original = data;

  g_clear_pointer (&original->picture, fr_picture_unref);
  g_free (original->path);
  g_free (original);
}

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_clear_pointer (&exchange->staged, fr_staged_unref);
  g_clear_pointer (&exchange->original, fr_staged_unref);
  fr_picture_unref (exchange->facts);
  g_free (exchange);
}

/* Copied and hashed, so that a damaged file is noticed. */
static FrStaged *
stage (FrStore *self, FrBlobDir *from, const FrContentId *id, GCancellable *cancellable, GError **error)
{
  int fd = fr_blob_dir_open_read (from, id, error);
  g_autoptr (FrStaged) staged = fd >= 0 ? fr_blob_dir_stage_fd (self->blobs, fd, cancellable, error) : NULL;

  if (fd >= 0)
    close (fd);
  if (staged == NULL || fr_content_id_equal (fr_staged_get_id (staged), id))
    return g_steal_pointer (&staged);
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK, "The file of this picture is damaged");
  return NULL;
}

static void
copy_original_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Original *original = data;
  gboolean is_apart = fr_picture_has_original (original->picture);
  FrBlobDir *from = is_apart ? self->originals : self->blobs;
  const FrContentId *id = is_apart ? &original->picture->original_id : &original->picture->id;
  GError *error = NULL;

  if (original->path != NULL)
    {
      char *path = fr_blob_dir_export (from, id, original->path, cancellable, &error);

      fr_store_return_pointer (task, path, g_free, error);
    }
  else
    {
      FrStaged *staged = stage (self, from, id, cancellable, &error);

      fr_store_return_pointer (task, staged, (GDestroyNotify) fr_staged_unref, error);
    }
}

/* The catalogue is one thread's, and copying is others'. */
static void
look_up_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  Original *original = data;
  GError *error = NULL;

  original->picture = fr_catalogue_get (self->reading.catalogue, &original->id, NULL, &error);
  if (original->picture != NULL)
    fr_work_queue_push (self->import_work, task, copy_original_work);
  else
    fr_store_return_pointer (task, NULL, NULL, error);
}

static void
begin (FrStore *self, GTask *task, const FrContentId *id, const char *path)
{
  Original *original = g_new0 (Original, 1);

  original->id = *id;
  original->path = g_strdup (path);
  g_task_set_task_data (task, original, original_free);
  fr_work_queue_push (self->reading.work, task, look_up_work);
}

/**
 * fr_store_stage_original_async:
 * @self: a store
 * @id: a picture
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Copies and hashes a picture as it was added, with all that its file tells.
 */
void
fr_store_stage_original_async (FrStore *self,
                               const FrContentId *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_stage_original_async, cancellable, callback, user_data);

  begin (self, task, id, NULL);
}

/**
 * fr_store_stage_original_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_WRONG_BLOCK where the file is damaged,
 *   %FR_STORE_ERROR_FULL, %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the copy
 */
FrStaged *
fr_store_stage_original_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fr_store_export_original_async:
 * @self: a store
 * @id: a picture
 * @path: (type filename): the file that the person wants
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Copies a picture out as it was added, with all that its file tells; as fr_store_export_async() otherwise.
 */
void
fr_store_export_original_async (FrStore *self,
                                const FrContentId *id,
                                const char *path,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_export_original_async, cancellable, callback, user_data);

  begin (self, task, id, path);
}

/**
 * fr_store_export_original_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): as for fr_store_export_finish()
 *
 * Returns: (transfer full) (nullable) (type filename): where the copy is
 */
char *
fr_store_export_original_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The same bytes as before: only what is known of them changes. */
static gboolean
set_facts (FrStore *self, Exchange *exchange, GError **error)
{
  return fr_originals_set (self->writing.database, &exchange->id, exchange->facts, error);
}

/* As in adding, the files are in their places before the entry says so; as in removing, the old ones go after that. */
static gboolean
set_bytes (FrStore *self, Exchange *exchange, GError **error)
{
  FrDatabase *database = self->writing.database;
  GBytes *hashes = fr_staged_get_hashes (exchange->staged);

  if (!fr_store_place (self, exchange->staged, exchange->original, error))
    return FALSE;
  if (!fr_originals_exchange (database, &exchange->id, exchange->facts, hashes, error))
    {
      fr_store_undo_placing (self, exchange->staged, exchange->original);
      return FALSE;
    }
  if (fr_blob_dir_remove (self->blobs, &exchange->id, NULL))
    fr_unfinished_forget (database, &exchange->id, NULL);
  fr_store_remove_originals (self, NULL);
  return TRUE;
}

/* Another picture with these bytes has words and readers of its own. */
static gboolean
check_free (FrStore *self, const FrContentId *id, GError **error)
{
  g_autoptr (FrPicture) other = fr_catalogue_get (self->writing.catalogue, id, NULL, NULL);

  if (other == NULL)
    return TRUE;
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_THERE, "There is another picture with these bytes");
  return FALSE;
}

static FrPicture *
exchange_one (FrStore *self, Exchange *exchange, GError **error)
{
  g_autoptr (FrPicture) known = fr_catalogue_get (self->writing.catalogue, &exchange->id, NULL, error);
  const FrContentId *id = &exchange->facts->id;

  if (known == NULL || !fr_database_settle (self->writing.database, error))
    return NULL;
  if (fr_content_id_equal (id, &exchange->id))
    return set_facts (self, exchange, error) ? fr_catalogue_get (self->writing.catalogue, id, NULL, error) : NULL;
  if (!check_free (self, id, error) || !set_bytes (self, exchange, error))
    return NULL;
  return fr_catalogue_get (self->writing.catalogue, id, NULL, error);
}

static void
exchange_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Exchange *exchange = data;
  GError *error = NULL;
  FrPicture *picture = exchange_one (source, exchange, &error);

  g_clear_pointer (&exchange->staged, fr_staged_unref);
  g_clear_pointer (&exchange->original, fr_staged_unref);
  fr_store_return_pointer (task, picture, (GDestroyNotify) fr_picture_unref, error);
}

static FrPicture *
complete_facts (const FrPicture *facts, FrStaged *staged, FrStaged *original)
{
  FrPicture *picture = fr_picture_copy (facts);

  picture->id = *fr_staged_get_id (staged);
  picture->original_id = *fr_staged_get_id (original != NULL ? original : staged);
  picture->size = fr_staged_get_size (staged);
  return picture;
}

/**
 * fr_store_exchange_async:
 * @self: a store
 * @id: a picture
 * @staged: the bytes that others may get from now on: the same picture, with more or less beside it
 * @original: (nullable): the bytes as the person has them, where these differ
 * @facts: what has become of the metadata; all else of it is left out
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Gives a picture other bytes, and so another id; words, audience and looks stay. Whoever stops it in between leaves the
 * one or the other, whole.
 */
void
fr_store_exchange_async (FrStore *self,
                         const FrContentId *id,
                         FrStaged *staged,
                         FrStaged *original,
                         const FrPicture *facts,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_exchange_async, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->id = *id;
  exchange->staged = fr_staged_ref (staged);
  exchange->original = original != NULL ? fr_staged_ref (original) : NULL;
  exchange->facts = complete_facts (facts, staged, original);
  g_task_set_task_data (task, exchange, exchange_free);
  g_task_set_check_cancellable (task, FALSE); /* what has been done is not answered with *cancelled* */
  fr_work_queue_push (self->writing.work, task, exchange_work);
}

/**
 * fr_store_exchange_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_THERE, %FR_STORE_ERROR_FULL,
 *   %FR_STORE_ERROR_IO and others, or %G_IO_ERROR; the picture is as it was then
 *
 * Returns: (transfer full) (nullable): the picture as it is now
 */
FrPicture *
fr_store_exchange_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
