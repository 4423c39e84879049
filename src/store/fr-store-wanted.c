/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-store-private.h"
#include "fr-wanted-table.h"

/* What the person here wants and does not have yet. */

static void
put_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  gboolean done = fr_wanted_table_put (self->writing.database, data, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_put_wanted_async:
 * @self: a store
 * @wanted: (transfer full): what is wanted, and who has it
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Keeps that a picture is wanted, if one of the people has it; of more than %FR_WANTED_MAX the oldest go. It goes with the
 * last of its people.
 */
void
fr_store_put_wanted_async (FrStore *self,
                           FrWanted *wanted,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_put_wanted_async, cancellable, callback, user_data);

  g_task_set_task_data (task, wanted, (GDestroyNotify) fr_wanted_free);
  fr_work_queue_push (self->writing.work, task, put_work);
}

/**
 * fr_store_put_wanted_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT and others, or %G_IO_ERROR
 *
 * Returns: whether it is on disk
 */
gboolean
fr_store_put_wanted_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forget_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  gboolean done = fr_wanted_table_forget (self->writing.database, data, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_forget_wanted_async:
 * @self: a store
 * @id: a picture
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_store_put_wanted_finish()
 * @user_data: for @callback
 *
 * Forgets that a picture is wanted: it has come, or is not wanted any more.
 */
void
fr_store_forget_wanted_async (FrStore *self,
                              const FrContentId *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_forget_wanted_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (id, sizeof *id), g_free);
  fr_work_queue_push (self->writing.work, task, forget_work);
}

static void
list_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  GPtrArray *wanted = fr_wanted_table_list (self->reading.database, &error);

  fr_store_return_pointer (task, wanted, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_list_wanted_async:
 * @self: a store
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks what is wanted, what was asked for last first.
 */
void
fr_store_list_wanted_async (FrStore *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_list_wanted_async, cancellable, callback, user_data);

  fr_work_queue_push (self->reading.work, task, list_work);
}

/**
 * fr_store_list_wanted_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrWanted): what is wanted
 */
GPtrArray *
fr_store_list_wanted_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
