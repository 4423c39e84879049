/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-shown-table.h"
#include "fr-store-private.h"

/* What people have shown us. */

typedef struct
{
  FrPeerKey *person; /* owned; NULL: all */
  GPtrArray *shown;  /* owned, nullable */
  FrContentId *ids;  /* owned, nullable */
  guint n_ids;
  guint offset;
  guint limit;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->person);
  g_clear_pointer (&request->shown, g_ptr_array_unref);
  g_free (request->ids);
  g_free (request);
}

static Request *
request_new (const FrPeerKey *person)
{
  Request *request = g_new0 (Request, 1);

  request->person = person != NULL ? g_memdup2 (person, sizeof *person) : NULL;
  return request;
}

static void
put_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Request *request = data;
  GError *error = NULL;
  gboolean done = fr_shown_table_put (self->writing.database, request->person, request->shown, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_put_shown_async:
 * @self: a store
 * @person: one of the people; of others nothing is kept
 * @shown: (element-type FrShown) (transfer none): what they have shown, the oldest first; not to be changed any more
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Keeps what somebody has shown, at most %FR_SHOWN_MAX_EACH of theirs, %FR_SHOWN_MAX in all and %FR_SHOWN_MAX_PREVIEWS bytes
 * of small pictures; the oldest that was not kept goes first. It goes with its person.
 */
void
fr_store_put_shown_async (FrStore *self,
                          const FrPeerKey *person,
                          GPtrArray *shown,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_put_shown_async, cancellable, callback, user_data);
  Request *request = request_new (person);

  request->shown = g_ptr_array_ref (shown);
  g_task_set_task_data (task, request, request_free);
  fr_work_queue_push (self->writing.work, task, put_work);
}

/**
 * fr_store_put_shown_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT and others, or %G_IO_ERROR
 *
 * Returns: whether it is on disk
 */
gboolean
fr_store_put_shown_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
list_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Request *request = data;
  GError *error = NULL;
  GPtrArray *shown
    = fr_shown_table_list (self->reading.database, request->person, request->offset, request->limit, &error);

  fr_store_return_pointer (task, shown, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_list_shown_async:
 * @self: a store
 * @person: (nullable): one of the people; %NULL: all of them
 * @offset: how many to leave out
 * @limit: how many to list
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks what was shown, what came last first.
 */
void
fr_store_list_shown_async (FrStore *self,
                           const FrPeerKey *person,
                           guint offset,
                           guint limit,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_list_shown_async, cancellable, callback, user_data);
  Request *request = request_new (person);

  request->offset = offset;
  request->limit = limit;
  g_task_set_task_data (task, request, request_free);
  fr_work_queue_push (self->reading.work, task, list_work);
}

/**
 * fr_store_list_shown_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrShown): what was shown
 */
GPtrArray *
fr_store_list_shown_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
forget_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Request *request = data;
  GError *error = NULL;
  gboolean done
    = fr_shown_table_forget (self->writing.database, request->person, request->ids, request->n_ids, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_forget_shown_async:
 * @self: a store
 * @person: one of the people
 * @ids: (array length=n_ids): pictures
 * @n_ids: how many
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_store_put_shown_finish()
 * @user_data: for @callback
 *
 * Forgets that somebody has shown these: they do not any more.
 */
void
fr_store_forget_shown_async (FrStore *self,
                             const FrPeerKey *person,
                             const FrContentId *ids,
                             guint n_ids,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_forget_shown_async, cancellable, callback, user_data);
  Request *request = request_new (person);

  request->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  request->n_ids = n_ids;
  g_task_set_task_data (task, request, request_free);
  fr_work_queue_push (self->writing.work, task, forget_work);
}

static void
seen_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  gboolean done = fr_shown_table_mark_seen (self->writing.database, data, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_mark_shown_seen_async:
 * @self: a store
 * @id: a picture
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_store_put_shown_finish()
 * @user_data: for @callback
 *
 * Notes that the person here has looked at a picture.
 */
void
fr_store_mark_shown_seen_async (FrStore *self,
                                const FrContentId *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_mark_shown_seen_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (id, sizeof *id), g_free);
  fr_work_queue_push (self->writing.work, task, seen_work);
}
