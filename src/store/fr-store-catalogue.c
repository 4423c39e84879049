/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-store-private.h"
#include "fr-unfinished.h"

typedef struct
{
  FrPeerKey *reader; /* owned; NULL: the person herself */
  guint offset;
  guint limit;
  FrSearchWords *words; /* owned, nullable */
  guint total;          /* out */
  gboolean restricted;
} Selection;

typedef struct
{
  FrContentId id;
  char *title;
  char *description;
  GStrv tags;
} Change;

static void
selection_free (gpointer data)
{
  Selection *selection = data;

  g_free (selection->reader);
  fr_search_words_free (selection->words);
  g_free (selection);
}

static Selection *
selection_new (const FrPeerKey *reader, guint offset, guint limit)
{
  Selection *selection = g_new0 (Selection, 1);

  selection->reader = reader != NULL ? g_memdup2 (reader, sizeof *reader) : NULL;
  selection->offset = offset;
  selection->limit = limit;
  return selection;
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->title);
  g_free (change->description);
  g_strfreev (change->tags);
  g_free (change);
}

static void
get_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  FrPicture *picture = fr_catalogue_get (self->reading.catalogue, data, NULL, &error);

  fr_store_return_pointer (task, picture, (GDestroyNotify) fr_picture_unref, error);
}

/**
 * fr_store_get_async:
 * @self: a store
 * @id: a picture
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks what is known of a picture.
 */
void
fr_store_get_async (FrStore *self,
                    const FrContentId *id,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_get_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (id, sizeof *id), g_free);
  fr_work_queue_push (self->reading.work, task, get_work);
}

/**
 * fr_store_get_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the picture
 */
FrPicture *
fr_store_get_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Selection *wanted = data;
  GError *error = NULL;
  GPtrArray *pictures
    = fr_catalogue_list (self->reading.catalogue, wanted->reader, wanted->offset, wanted->limit, &error);

  fr_store_return_pointer (task, pictures, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_list_async:
 * @self: a store
 * @reader: (nullable): who asks, which decides what there is; %NULL: the person herself
 * @offset: how many to leave out
 * @limit: how many to list
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for pictures, those added last first.
 */
void
fr_store_list_async (FrStore *self,
                     const FrPeerKey *reader,
                     guint offset,
                     guint limit,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_list_async, cancellable, callback, user_data);

  g_task_set_task_data (task, selection_new (reader, offset, limit), selection_free);
  fr_work_queue_push (self->reading.work, task, list_work);
}

/**
 * fr_store_list_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): the pictures
 */
GPtrArray *
fr_store_list_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
count_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  Selection *wanted = data;
  GError *error = NULL;

  if (fr_catalogue_count (self->reading.catalogue, wanted->reader, &wanted->total, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * fr_store_count_async:
 * @self: a store
 * @reader: (nullable): who asks, which decides what there is; %NULL: the person herself
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks how many pictures there are.
 */
void
fr_store_count_async (FrStore *self,
                      const FrPeerKey *reader,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_count_async, cancellable, callback, user_data);

  g_task_set_task_data (task, selection_new (reader, 0, 0), selection_free);
  fr_work_queue_push (self->reading.work, task, count_work);
}

/**
 * fr_store_count_finish:
 * @self: a store
 * @result: as given to the callback
 * @out_count: (out): how many
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: whether they could be counted
 */
gboolean
fr_store_count_finish (FrStore *self, GAsyncResult *result, guint *out_count, GError **error)
{
  const Selection *wanted;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  wanted = g_task_get_task_data (G_TASK (result));
  *out_count = wanted->total;
  return TRUE;
}

static void
search_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  Selection *wanted = data;
  GError *error = NULL;
  GPtrArray *pictures = fr_catalogue_search (self->reading.catalogue, wanted->words, wanted->reader,
                                             wanted->restricted, wanted->limit, &wanted->total, &error);

  fr_store_return_pointer (task, pictures, (GDestroyNotify) g_ptr_array_unref, error);
}

static GError *
search_error_new (FrSearchWordsFault fault)
{
  static const char *const messages[] = {
    [FR_SEARCH_WORDS_NOT_TEXT] = "The search is too long or not text",
    [FR_SEARCH_WORDS_NONE] = "There is no word to search for",
    [FR_SEARCH_WORDS_TOO_MANY] = "The search has too many words",
  };

  return g_error_new_literal (FR_STORE_ERROR, FR_STORE_ERROR_BAD_SEARCH, messages[fault]);
}

static void
search (FrStore *self, GTask *task, Selection *wanted, const char *words)
{
  FrSearchWordsFault fault;

  g_task_set_task_data (task, wanted, selection_free);
  wanted->words = fr_search_words_parse (words, &fault);
  if (wanted->words != NULL)
    fr_work_queue_push (self->reading.work, task, search_work);
  else
    g_task_return_error (task, search_error_new (fault));
}

/**
 * fr_store_search_async:
 * @self: a store
 * @words: what was typed: words or parts of them, `"phrases"`, `-without`; every one must match
 * @reader: (nullable): who asks, which decides what there is; %NULL: the person herself
 * @limit: how many to list
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds pictures by title, tags and description, those added last first. Marks and case do not matter.
 */
void
fr_store_search_async (FrStore *self,
                       const char *words,
                       const FrPeerKey *reader,
                       guint limit,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_search_async, cancellable, callback, user_data);

  search (self, task, selection_new (reader, 0, limit), words);
}

/**
 * fr_store_search_restricted_async:
 * @self: a store
 * @words: as for fr_store_search_async()
 * @reader: who asks
 * @limit: how many to list
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_store_search_finish()
 * @user_data: for @callback
 *
 * Finds pictures that @reader may see and not everyone.
 */
void
fr_store_search_restricted_async (FrStore *self,
                                  const char *words,
                                  const FrPeerKey *reader,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task
    = fr_store_new_task (self, fr_store_search_restricted_async, cancellable, callback, user_data);
  Selection *wanted = selection_new (reader, 0, limit);

  wanted->restricted = TRUE;
  search (self, task, wanted, words);
}

static void
newest_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  Selection *wanted = data;
  GError *error = NULL;
  GPtrArray *pictures
    = fr_catalogue_list_newest (self->reading.catalogue, wanted->reader, wanted->limit, &wanted->total, &error);

  fr_store_return_pointer (task, pictures, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_list_newest_async:
 * @self: a store
 * @reader: who asks
 * @limit: how many to list
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_store_search_finish()
 * @user_data: for @callback
 *
 * Asks what is shared with somebody, what was shared last first.
 */
void
fr_store_list_newest_async (FrStore *self,
                            const FrPeerKey *reader,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_list_newest_async, cancellable, callback, user_data);

  g_task_set_task_data (task, selection_new (reader, 0, limit), selection_free);
  fr_work_queue_push (self->reading.work, task, newest_work);
}

/**
 * fr_store_search_finish:
 * @self: a store
 * @result: as given to the callback
 * @out_total: (out) (optional): how many there are, counted up to a thousand
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_SEARCH and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): the pictures
 */
GPtrArray *
fr_store_search_finish (FrStore *self, GAsyncResult *result, guint *out_total, GError **error)
{
  const Selection *wanted;
  GPtrArray *pictures;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  pictures = g_task_propagate_pointer (G_TASK (result), error);
  wanted = g_task_get_task_data (G_TASK (result));
  if (pictures != NULL && out_total != NULL)
    *out_total = wanted->total;
  return pictures;
}

static void
update_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Change *change = data;
  const char *const *tags = (const char *const *) change->tags;
  GError *error = NULL;
  FrPicture *picture = NULL;

  if (fr_catalogue_set_text (self->writing.catalogue, &change->id, change->title, change->description, tags, &error))
    picture = fr_catalogue_get (self->writing.catalogue, &change->id, NULL, &error);
  fr_store_return_pointer (task, picture, (GDestroyNotify) fr_picture_unref, error);
}

/**
 * fr_store_update_async:
 * @self: a store
 * @id: a picture
 * @title: its title, at most %FR_PICTURE_MAX_TITLE bytes
 * @description: what there is to say about it, at most %FR_PICTURE_MAX_DESCRIPTION bytes
 * @tags: (array zero-terminated=1): words to find it by, at most %FR_PICTURE_MAX_TAGS of %FR_PICTURE_MAX_TAG bytes
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Changes what a picture is found by.
 */
void
fr_store_update_async (FrStore *self,
                       const FrContentId *id,
                       const char *title,
                       const char *description,
                       const char *const *tags,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_update_async, cancellable, callback, user_data);
  Change *change = g_new0 (Change, 1);

  change->id = *id;
  change->title = g_strdup (title);
  change->description = g_strdup (description);
  change->tags = g_strdupv ((char **) tags);
  g_task_set_task_data (task, change, change_free);
  fr_work_queue_push (self->writing.work, task, update_work);
}

/**
 * fr_store_update_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_BAD_TEXT and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the picture as it is now
 */
FrPicture *
fr_store_update_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Once the entry is gone the picture is; a file that cannot be removed now is when the store is opened again. */
static void
remove_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;

  if (!fr_catalogue_remove (self->writing.catalogue, data, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (fr_blob_dir_remove (self->blobs, data, NULL))
    fr_unfinished_forget (self->writing.database, data, NULL);
  fr_store_remove_originals (self, NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * fr_store_remove_async:
 * @self: a store
 * @id: a picture
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Removes a picture from the store. Who is reading it may read on.
 */
void
fr_store_remove_async (FrStore *self,
                       const FrContentId *id,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_remove_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (id, sizeof *id), g_free);
  fr_work_queue_push (self->writing.work, task, remove_work);
}

/**
 * fr_store_remove_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND and others, or %G_IO_ERROR
 *
 * Returns: whether it was there and is gone
 */
gboolean
fr_store_remove_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
