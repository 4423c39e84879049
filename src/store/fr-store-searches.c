/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-searches-table.h"
#include "fr-store-private.h"

/* What was looked for lately. */

typedef struct
{
  char *words; /* nullable: all of them */
  char *terms;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->words);
  g_free (search->terms);
  g_free (search);
}

static void
put_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Search *search = data;
  GError *error = NULL;
  gboolean done = search->terms != NULL
                    ? fr_searches_table_put (self->writing.database, search->words, search->terms, &error)
                    : fr_searches_table_forget (self->writing.database, search->words, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_put_search_async:
 * @self: a store
 * @words: what was looked for
 * @terms: the same, with of whom
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Keeps that this was looked for, last of all.
 */
void
fr_store_put_search_async (FrStore *self, const char *words, const char *terms, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_put_search_async, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  search->words = g_strdup (words);
  search->terms = g_strdup (terms);
  g_task_set_task_data (task, search, search_free);
  fr_work_queue_push (self->writing.work, task, put_work);
}

/**
 * fr_store_put_search_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT and others, or %G_IO_ERROR
 *
 * Returns: whether it is on disk
 */
gboolean
fr_store_put_search_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * fr_store_forget_search_async:
 * @self: a store
 * @words: (nullable): what was looked for; %NULL: all of it
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_store_put_search_finish()
 * @user_data: for @callback
 *
 * Forgets that it was looked for.
 */
void
fr_store_forget_search_async (FrStore *self, const char *words, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_forget_search_async, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  search->words = g_strdup (words);
  g_task_set_task_data (task, search, search_free);
  fr_work_queue_push (self->writing.work, task, put_work);
}

static void
list_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  GPtrArray *searches = fr_searches_table_list (self->reading.database, &error);

  fr_store_return_pointer (task, searches, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_list_searches_async:
 * @self: a store
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks what was looked for lately.
 */
void
fr_store_list_searches_async (FrStore *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_list_searches_async, cancellable, callback, user_data);

  fr_work_queue_push (self->reading.work, task, list_work);
}

/**
 * fr_store_list_searches_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the terms of what was looked for, the last one first
 */
GPtrArray *
fr_store_list_searches_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
