/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-acquaintance-table.h"
#include "fr-store-private.h"

/* Whom people have introduced. */

static void
list_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  GPtrArray *people = fr_acquaintance_table_list (self->reading.database, &error);

  fr_store_return_pointer (task, people, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_list_acquaintances_async:
 * @self: a store
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for everybody who was introduced by one of the people.
 */
void
fr_store_list_acquaintances_async (FrStore *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task
    = fr_store_new_task (self, fr_store_list_acquaintances_async, cancellable, callback, user_data);

  fr_work_queue_push (self->reading.work, task, list_work);
}

/**
 * fr_store_list_acquaintances_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPersonRecord): those, in the order in which they were introduced
 */
GPtrArray *
fr_store_list_acquaintances_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
put_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  gboolean done = fr_acquaintance_table_put (self->writing.database, data, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_put_acquaintance_async:
 * @self: a store
 * @person: somebody, with a key, and the key of who has introduced them
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Notes that somebody was introduced. It goes when the one who has done so goes. It makes nobody a contact.
 */
void
fr_store_put_acquaintance_async (FrStore *self,
                                 const FrPersonRecord *person,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_put_acquaintance_async, cancellable, callback, user_data);

  g_task_set_task_data (task, fr_person_record_copy (person), (GDestroyNotify) fr_person_record_free);
  fr_work_queue_push (self->writing.work, task, put_work);
}

/**
 * fr_store_put_acquaintance_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT, %FR_STORE_ERROR_TOO_LARGE where there are too many, and others, or
 *   %G_IO_ERROR
 *
 * Returns: whether it is noted
 */
gboolean
fr_store_put_acquaintance_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
remove_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  gboolean done = fr_acquaintance_table_remove (self->writing.database, data, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_remove_acquaintance_async:
 * @self: a store
 * @key: somebody
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Forgets that somebody was introduced.
 */
void
fr_store_remove_acquaintance_async (FrStore *self,
                                    const FrPeerKey *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task
    = fr_store_new_task (self, fr_store_remove_acquaintance_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (key, sizeof *key), g_free);
  fr_work_queue_push (self->writing.work, task, remove_work);
}

/**
 * fr_store_remove_acquaintance_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: whether nothing is known of it any more
 */
gboolean
fr_store_remove_acquaintance_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
