/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store-private.h"

/* What everyone may find, as a digest needs it: no word of what is not for everyone. */

static FrNgramSet *
read_ngrams (FrStore *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (FrNgramSet) ngrams = fr_ngram_set_new ();
  g_autoptr (FrStatement) row
      = fr_database_use (self->reading.database,
                         "SELECT folded FROM pictures WHERE audience = 0", error);
  g_autoptr (GError) problem = NULL;

  if (row == NULL)
    return NULL;
  while (fr_statement_next (row, &problem))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      fr_ngram_set_add_text (ngrams, fr_statement_get_text (row, 0));
    }
  if (problem == NULL)
    return g_steal_pointer (&ngrams);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static void
get_ngrams_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  FrNgramSet *ngrams = read_ngrams (source, cancellable, &error);

  fr_store_return_pointer (task, ngrams, (GDestroyNotify) fr_ngram_set_free, error);
}

/**
 * fr_store_get_ngrams_async:
 * @self: a store
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Gathers the runs of letters in the texts of all pictures for everyone, and of no other.
 */
void
fr_store_get_ngrams_async (FrStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_get_ngrams_async, cancellable, callback, user_data);

  fr_work_queue_push (self->reading.work, task, get_ngrams_work);
}

/**
 * fr_store_get_ngrams_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the runs
 */
FrNgramSet *
fr_store_get_ngrams_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  GBytes *readers; /* owned, nullable */
} Readers;

static void
readers_free (gpointer data)
{
  Readers *readers = data;

  g_clear_pointer (&readers->readers, g_bytes_unref);
  g_free (readers);
}

static gboolean
read_readers (FrStore *self, Readers *readers, GError **error)
{
  static const char sql[] = "WITH chosen AS (SELECT readers.key FROM readers JOIN pictures USING (number)"
                            " WHERE audience = 2)"
                            " SELECT key FROM people WHERE key IS NOT NULL AND NOT blocked"
                            " AND (EXISTS (SELECT 1 FROM pictures WHERE audience = 1)"
                            " OR key IN chosen OR owner IN chosen)";
  g_autoptr (FrStatement) row = fr_database_use (self->reading.database, sql, error);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (FrPeerKey));
  g_autoptr (GError) problem = NULL;

  if (row == NULL)
    return FALSE;
  while (fr_statement_next (row, &problem))
    {
      gsize size;
      gconstpointer data = fr_statement_get_data (row, 0, &size);
      FrPeerKey key;

      if (fr_peer_key_from_bytes (&key, data, size))
        g_array_append_val (keys, key);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  readers->readers = fr_audience_list_readers ((const FrPeerKey *) (gpointer) keys->data, keys->len);
  return TRUE;
}

static void
list_readers_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (read_readers (source, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * fr_store_list_readers_async:
 * @self: a store
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks which people may see anything that is not for everyone.
 */
void
fr_store_list_readers_async (FrStore *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_list_readers_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_new0 (Readers, 1), readers_free);
  fr_work_queue_push (self->reading.work, task, list_readers_work);
}

/**
 * fr_store_list_readers_finish:
 * @self: a store
 * @result: as given to the callback
 * @out_readers: (out) (transfer full) (nullable): a #FrPeerKey for each of them; %NULL: nobody
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: whether they are known
 */
gboolean
fr_store_list_readers_finish (FrStore *self, GAsyncResult *result, GBytes **out_readers, GError **error)
{
  Readers *readers;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  readers = g_task_get_task_data (G_TASK (result));
  *out_readers = g_steal_pointer (&readers->readers);
  return TRUE;
}
