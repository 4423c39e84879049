/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include <unistd.h>

#include "fr-blob-check.h"
#include "fr-file-finder.h"
#include "fr-file-io.h"
#include "fr-originals.h"
#include "fr-rescue.h"
#include "fr-store-private.h"
#include "fr-unfinished.h"

typedef struct
{
  FrStaged *staged;   /* owned, all five */
  FrStaged *original; /* nullable: what it was before it was cleaned */
  FrPicture *picture;
  GBytes *thumbnail;
  GBytes *preview;
  gboolean was_there; /* out */
} Addition;

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  g_clear_pointer (&addition->staged, fr_staged_unref);
  g_clear_pointer (&addition->original, fr_staged_unref);
  fr_picture_unref (addition->picture);
  g_clear_pointer (&addition->thumbnail, g_bytes_unref);
  g_clear_pointer (&addition->preview, g_bytes_unref);
  g_free (addition);
}

static void
find_files_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *files = fr_file_finder_find (data, FR_STORE_MAX_FOUND, cancellable, &error);

  fr_store_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_find_files_async:
 * @self: a store
 * @path: (type filename): a file or folder that a person named
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds the files to add: the regular ones in a folder and the folders in it, hidden ones left out and no link
 * followed; or the file itself. What is in them does not matter here.
 */
void
fr_store_find_files_async (FrStore *self,
                           const char *path,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_find_files_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (path), g_free);
  fr_work_queue_push (self->import_work, task, find_files_work);
}

/**
 * fr_store_find_files_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_GONE, %FR_STORE_ERROR_NOT_A_FILE, %FR_STORE_ERROR_TOO_LARGE above
 *   %FR_STORE_MAX_FOUND files, %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type filename): paths, sorted
 */
GPtrArray *
fr_store_find_files_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static FrStaged *
stage_file (FrStore *self, const char *path, GCancellable *cancellable, GError **error)
{
  int fd = fr_file_open_source (path, error);
  FrStaged *staged = fd >= 0 ? fr_blob_dir_stage_fd (self->blobs, fd, cancellable, error) : NULL;

  if (fd >= 0)
    close (fd);
  return staged;
}

static void
stage_file_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  FrStaged *staged = stage_file (source, data, cancellable, &error);

  fr_store_return_pointer (task, staged, (GDestroyNotify) fr_staged_unref, error);
}

/**
 * fr_store_stage_file_async:
 * @self: a store
 * @path: (type filename): a file, as fr_store_find_files_async() gives it
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Copies and hashes a file of 1 to %FR_PICTURE_MAX_BYTES bytes. The file itself is not changed.
 */
void
fr_store_stage_file_async (FrStore *self,
                           const char *path,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_stage_file_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (path), g_free);
  fr_work_queue_push (self->import_work, task, stage_file_work);
}

/**
 * fr_store_stage_file_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_GONE where it is not there or changes meanwhile,
 *   %FR_STORE_ERROR_NOT_A_FILE, %FR_STORE_ERROR_EMPTY, %FR_STORE_ERROR_TOO_LARGE, %FR_STORE_ERROR_FULL,
 *   %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the copy
 */
FrStaged *
fr_store_stage_file_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
stage_bytes_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  FrStaged *staged = fr_blob_dir_stage_bytes (self->blobs, data, cancellable, &error);

  fr_store_return_pointer (task, staged, (GDestroyNotify) fr_staged_unref, error);
}

/**
 * fr_store_stage_bytes_async:
 * @self: a store
 * @bytes: a picture, 1 to %FR_PICTURE_MAX_BYTES bytes
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Writes and hashes a picture that is in memory: dropped or pasted.
 */
void
fr_store_stage_bytes_async (FrStore *self,
                            GBytes *bytes,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_stage_bytes_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  fr_work_queue_push (self->import_work, task, stage_bytes_work);
}

/**
 * fr_store_stage_bytes_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_EMPTY, %FR_STORE_ERROR_TOO_LARGE, %FR_STORE_ERROR_FULL,
 *   %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the file
 */
FrStaged *
fr_store_stage_bytes_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What the store itself knows better than the caller. To pass on what was kept from somebody is a step of its own. */
static FrPicture *
describe (const FrPicture *description, FrStaged *staged, FrStaged *original, GBytes *thumbnail, GBytes *preview)
{
  FrPicture *picture = fr_picture_copy (description);

  if (!fr_picture_is_mine (picture))
    fr_picture_set_audience (picture, FR_AUDIENCE_ONLY_ME, NULL);
  picture->id = *fr_staged_get_id (staged);
  picture->original_id = *fr_staged_get_id (original != NULL ? original : staged);
  picture->size = fr_staged_get_size (staged);
  if (picture->added_us == 0)
    picture->added_us = g_get_real_time ();
  picture->has_thumbnail = thumbnail != NULL;
  picture->has_preview = preview != NULL;
  if (preview != NULL)
    fr_content_hash_block (g_bytes_get_data (preview, NULL), g_bytes_get_size (preview), &picture->preview_hash);
  return picture;
}

/* A file goes only where it is certain that the entry does not come back (fr_database_settle()); else it stays, noted,
 * until it is added again or the store is opened again. */
void
fr_store_undo_placing (FrStore *self, FrStaged *staged, FrStaged *original)
{
  FrDatabase *database = self->writing.database;

  if (!fr_database_settle (database, NULL))
    return;
  if (fr_blob_dir_take_back (self->blobs, staged))
    fr_unfinished_forget (database, fr_staged_get_id (staged), NULL);
  if (original != NULL && fr_blob_dir_take_back (self->originals, original))
    fr_originals_forget (database, fr_staged_get_id (original), NULL);
}

static gboolean
note (FrDatabase *database, FrStaged *staged, FrStaged *original, GError **error)
{
  if (original == NULL)
    return fr_unfinished_note (database, fr_staged_get_id (staged), error);
  if (!fr_database_begin (database, error))
    return FALSE;
  if (fr_unfinished_note (database, fr_staged_get_id (staged), error)
      && fr_originals_note (database, fr_staged_get_id (original), error) && fr_database_commit (database, error))
    return TRUE;
  fr_database_rollback (database);
  return FALSE;
}

/* For the files of the facade: puts the files of a picture in their places. The note comes first and goes with the entry,
 * so that a file is never without one of them, and no entry without its files. */
gboolean
fr_store_place (FrStore *self, FrStaged *staged, FrStaged *original, GError **error)
{
  if (!note (self->writing.database, staged, original, error))
    return FALSE;
  if ((original == NULL || fr_blob_dir_place (self->originals, original, error))
      && fr_blob_dir_place (self->blobs, staged, error))
    return TRUE;
  fr_store_undo_placing (self, staged, original);
  return FALSE;
}

static FrPicture *
add_new (FrStore *self, Addition *addition, GError **error)
{
  GBytes *hashes = fr_staged_get_hashes (addition->staged);

  if (!fr_store_place (self, addition->staged, addition->original, error))
    return NULL;
  if (fr_catalogue_insert (self->writing.catalogue, addition->picture, hashes, addition->thumbnail,
                           addition->preview, error))
    return fr_picture_ref (addition->picture);
  fr_store_undo_placing (self, addition->staged, addition->original);
  return NULL;
}

static gboolean
has_whole (FrBlobDir *blobs, const FrContentId *id)
{
  g_autoptr (GBytes) hashes = fr_blob_check (blobs, id, NULL, NULL, NULL);

  return hashes != NULL;
}

static FrPicture *
complete (FrStore *self, Addition *addition, GError **error)
{
  FrCatalogue *catalogue = self->writing.catalogue;
  const FrPicture *picture = addition->picture;

  if (!fr_catalogue_set_text (catalogue, &picture->id, picture->title, picture->description,
                              (const char *const *) picture->tags, error)
      || !fr_rescue_complete (self->writing.database, picture, addition->thumbnail, addition->preview, error)
      || !fr_originals_set (self->writing.database, &picture->id, picture, error)
      || !fr_catalogue_set_audience (catalogue, &picture->id, 1, picture->audience, picture->readers, error))
    return NULL;
  return fr_catalogue_get (catalogue, &picture->id, NULL, error);
}

/* What a picture was before is kept with it if nothing is yet, or if that is damaged. */
static gboolean
add_original (FrStore *self, Addition *addition, const FrPicture *known, GError **error)
{
  FrDatabase *database = self->writing.database;
  FrStaged *original = addition->original;

  if (original == NULL || (fr_picture_has_original (known)
                           && (!fr_content_id_equal (&known->original_id, fr_staged_get_id (original))
                               || has_whole (self->originals, &known->original_id))))
    return TRUE;
  return fr_originals_note (database, fr_staged_get_id (original), error)
         && fr_blob_dir_place (self->originals, original, error)
         && fr_originals_set (database, &known->id, addition->picture, error)
         && fr_originals_forget (database, fr_staged_get_id (original), error);
}

/* The same picture twice is one picture. A file that was lost from the folder, or damaged, is there again, and who adds
 * what was kept from somebody says thereby who may see it; otherwise that stays as it is. */
static FrPicture *
add_again (FrStore *self, Addition *addition, FrPicture *known, GError **error)
{
  addition->was_there = TRUE;
  if (!fr_database_settle (self->writing.database, error)
      || (!has_whole (self->blobs, &known->id) && !fr_blob_dir_place (self->blobs, addition->staged, error))
      || !add_original (self, addition, known, error))
    return NULL;
  if (fr_rescue_is_adopted (known) && !fr_rescue_is_adopted (addition->picture))
    return complete (self, addition, error);
  if (fr_picture_is_mine (known) || known->audience != FR_AUDIENCE_ONLY_ME || !fr_picture_is_mine (addition->picture))
    return fr_catalogue_get (self->writing.catalogue, &known->id, NULL, error);
  if (!fr_catalogue_set_audience (self->writing.catalogue, &known->id, 1, addition->picture->audience,
                                  addition->picture->readers, error))
    return NULL;
  return fr_catalogue_get (self->writing.catalogue, &known->id, NULL, error);
}

/* A picture that is there cleaned, added once more as it was before, or as another way of cleaning leaves it. */
static FrPicture *
find_cleaned (FrStore *self, const Addition *addition)
{
  FrContentId id;

  if (!fr_picture_is_mine (addition->picture)
      || !fr_originals_find (self->writing.database, &addition->picture->original_id, &id))
    return NULL;
  return fr_catalogue_get (self->writing.catalogue, &id, NULL, NULL);
}

static void
add_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  Addition *addition = data;
  GError *error = NULL;
  g_autoptr (FrPicture) known = fr_catalogue_get (self->writing.catalogue, &addition->picture->id, NULL, &error);
  FrPicture *picture = NULL;

  if (known != NULL)
    picture = add_again (self, addition, known, &error);
  else if ((picture = find_cleaned (self, addition)) != NULL)
    {
      g_clear_error (&error);
      addition->was_there = TRUE;
    }
  else if (g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      picture = add_new (self, addition, &error);
    }
  /* This thread keeps no file that whoever has the answer wants gone. */
  g_clear_pointer (&addition->staged, fr_staged_unref);
  g_clear_pointer (&addition->original, fr_staged_unref);
  fr_store_return_pointer (task, picture, (GDestroyNotify) fr_picture_unref, error);
}

static gboolean
are_small (GBytes *thumbnail, GBytes *preview)
{
  return (thumbnail == NULL || g_bytes_get_size (thumbnail) <= FR_STORE_MAX_THUMBNAIL)
         && (preview == NULL || g_bytes_get_size (preview) <= FR_STORE_MAX_PREVIEW);
}

/**
 * fr_store_add_cleaned_async:
 * @self: a store
 * @staged: the bytes that others may get, which the store takes unless it has them already
 * @original: (nullable): the bytes as the person has them, where these differ: kept, and never handed to anybody else
 * @description: what is known of them; ids, size, time and hashes are filled in here
 * @thumbnail: (nullable): a picture to show, at most %FR_STORE_MAX_THUMBNAIL bytes
 * @preview: (nullable): a picture to send with hits, at most %FR_STORE_MAX_PREVIEW bytes
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_store_add_finish()
 * @user_data: for @callback
 *
 * Puts a picture into the store. When the answer comes, it is on disk for good; where that fails, the same can be added
 * again.
 */
void
fr_store_add_cleaned_async (FrStore *self,
                            FrStaged *staged,
                            FrStaged *original,
                            const FrPicture *description,
                            GBytes *thumbnail,
                            GBytes *preview,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_add_async, cancellable, callback, user_data);
  Addition *addition = g_new0 (Addition, 1);

  addition->staged = fr_staged_ref (staged);
  addition->original = original != NULL ? fr_staged_ref (original) : NULL;
  addition->picture = describe (description, staged, original, thumbnail, preview);
  addition->thumbnail = thumbnail != NULL ? g_bytes_ref (thumbnail) : NULL;
  addition->preview = preview != NULL ? g_bytes_ref (preview) : NULL;
  g_task_set_task_data (task, addition, addition_free);
  g_task_set_check_cancellable (task, FALSE); /* what has been added is not answered with *cancelled* */
  if (are_small (thumbnail, preview))
    fr_work_queue_push (self->writing.work, task, add_work);
  else
    g_task_return_new_error (task, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE, "The thumbnail or preview is too large");
}

/**
 * fr_store_add_async:
 * @self: a store
 * @staged: the bytes, which the store takes unless it has them already
 * @description: what is known of them; id, size and hashes are filled in here, and the time where there is none
 * @thumbnail: (nullable): a picture to show, at most %FR_STORE_MAX_THUMBNAIL bytes
 * @preview: (nullable): a picture to send with hits, at most %FR_STORE_MAX_PREVIEW bytes
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Puts a picture into the store. When the answer comes, it is on disk for good; where that fails, @staged can be added
 * again.
 */
void
fr_store_add_async (FrStore *self,
                    FrStaged *staged,
                    const FrPicture *description,
                    GBytes *thumbnail,
                    GBytes *preview,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  fr_store_add_cleaned_async (self, staged, NULL, description, thumbnail, preview, cancellable, callback, user_data);
}

/**
 * fr_store_add_finish:
 * @self: a store
 * @result: as given to the callback
 * @out_was_there: (out) (optional): whether the store had it; then it is as it was
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT, %FR_STORE_ERROR_TOO_LARGE, %FR_STORE_ERROR_FULL,
 *   %FR_STORE_ERROR_IO and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the picture in the store
 */
FrPicture *
fr_store_add_finish (FrStore *self, GAsyncResult *result, gboolean *out_was_there, GError **error)
{
  const Addition *addition;
  FrPicture *picture;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  picture = g_task_propagate_pointer (G_TASK (result), error);
  addition = g_task_get_task_data (G_TASK (result));
  if (picture != NULL && out_was_there != NULL)
    *out_was_there = addition->was_there;
  return picture;
}
