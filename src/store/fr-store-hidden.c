/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-hidden-table.h"
#include "fr-store-private.h"
#include "fr-unfinished.h"

/* Removing that can be undone. */

typedef struct
{
  guint n;
  FrContentId ids[];
} Ids;

static Ids *
ids_new (const FrContentId *ids, guint n)
{
  Ids *self = g_malloc (sizeof *self + n * sizeof *ids);

  self->n = n;
  for (guint i = 0; i < n; i++)
    self->ids[i] = ids[i];
  return self;
}

static void
start (FrStore *self,
       gpointer tag,
       const FrContentId *ids,
       guint n_ids,
       GTaskThreadFunc work,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, tag, cancellable, callback, user_data);

  g_task_set_task_data (task, ids_new (ids, n_ids), g_free);
  fr_work_queue_push (self->writing.work, task, work);
}

/* A file that cannot be removed now is when the store is opened again. */
static gboolean
purge (FrStore *self, const FrContentId *id, GError **error)
{
  g_autoptr (FrPicture) again = NULL;

  if (!fr_hidden_table_has (self->writing.database, id))
    return TRUE;
  if (!fr_hidden_table_drop (self->writing.database, id, error))
    return FALSE;
  again = fr_catalogue_get (self->writing.catalogue, id, NULL, NULL);
  if (again == NULL && fr_blob_dir_remove (self->blobs, id, NULL))
    fr_unfinished_forget (self->writing.database, id, NULL);
  return TRUE;
}

/* The oldest of what is too much, or all of it. */
static gboolean
purge_down_to (FrStore *self, guint max, GError **error)
{
  g_autoptr (GArray) ids = fr_hidden_table_list (self->writing.database, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i + max < ids->len; i++)
    if (!purge (self, &g_array_index (ids, FrContentId, i), error))
      return FALSE;
  return ids->len <= max || fr_store_remove_originals (self, error);
}

/* For the end of the store, when no thread uses it any more. */
void
fr_store_purge_all (FrStore *self)
{
  g_autoptr (GError) problem = NULL;

  if (!purge_down_to (self, 0, &problem))
    g_debug ("What was removed goes at the next start: %s", problem->message);
}

static void
hide_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Ids *ids = data;
  GError *error = NULL;
  guint n_hidden;

  if (fr_catalogue_hide (self->writing.catalogue, ids->ids, ids->n, &n_hidden, &error))
    {
      fr_store_note_sharing (self);
      purge_down_to (self, FR_STORE_MAX_HIDDEN, NULL);
      g_task_return_int (task, n_hidden);
    }
  else
    fr_store_return_done (task, FALSE, error);
}

/**
 * fr_store_hide_async:
 * @self: a store
 * @ids: (array length=n_ids): pictures
 * @n_ids: how many
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Removes pictures, but so that fr_store_restore_async() can bring them back: until fr_store_purge_async(), or until the
 * store is closed. What is not there is passed over. Of more than %FR_STORE_MAX_HIDDEN in all, the first go for good.
 */
void
fr_store_hide_async (FrStore *self,
                     const FrContentId *ids,
                     guint n_ids,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  start (self, fr_store_hide_async, ids, n_ids, hide_work, cancellable, callback, user_data);
}

/**
 * fr_store_hide_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR, or %G_IO_ERROR; then all is as it was
 *
 * Returns: how many pictures are gone, or -1 with an error
 */
int
fr_store_hide_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  return (int) g_task_propagate_int (G_TASK (result), error);
}

static void
restore_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Ids *ids = data;
  GError *error = NULL;
  GPtrArray *pictures = fr_catalogue_restore (self->writing.catalogue, ids->ids, ids->n, &error);

  if (pictures != NULL)
    fr_store_note_sharing (self);
  fr_store_return_pointer (task, pictures, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_restore_async:
 * @self: a store
 * @ids: (array length=n_ids): pictures that were hidden
 * @n_ids: how many
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Brings back what fr_store_hide_async() has removed, with all that was known of it, for whoever could see it. What is gone
 * for good is passed over.
 */
void
fr_store_restore_async (FrStore *self,
                        const FrContentId *ids,
                        guint n_ids,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  start (self, fr_store_restore_async, ids, n_ids, restore_work, cancellable, callback, user_data);
}

/**
 * fr_store_restore_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR, or %G_IO_ERROR; then all is as it was
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): what is there again, in the order of the ids
 */
GPtrArray *
fr_store_restore_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
purge_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Ids *ids = data;
  GError *error = NULL;
  gboolean done = TRUE;

  for (guint i = 0; done && i < ids->n; i++)
    done = purge (self, &ids->ids[i], &error);
  fr_store_return_done (task, done && fr_store_remove_originals (self, &error), error);
}

/**
 * fr_store_purge_async:
 * @self: a store
 * @ids: (array length=n_ids): pictures that were hidden
 * @n_ids: how many
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Removes for good what is still hidden of these.
 */
void
fr_store_purge_async (FrStore *self,
                      const FrContentId *ids,
                      guint n_ids,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  start (self, fr_store_purge_async, ids, n_ids, purge_work, cancellable, callback, user_data);
}

/**
 * fr_store_purge_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR, or %G_IO_ERROR
 *
 * Returns: whether nothing of it can come back
 */
gboolean
fr_store_purge_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
