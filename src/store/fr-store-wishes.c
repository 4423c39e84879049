/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-store-private.h"
#include "fr-wishes-table.h"

/* Searches that are kept, and what they have told of. */

typedef struct
{
  char *terms;
  gint64 asked_us;
  FrContentId *ids;
  guint n_ids;
  gboolean fresh;
} Wish;

static Wish *
wish_new (const char *terms)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->terms = g_strdup (terms);
  return wish;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->terms);
  g_free (wish->ids);
  g_free (wish);
}

static void
put_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Wish *wish = data;
  GError *error = NULL;
  gboolean done = fr_wishes_table_put (self->writing.database, wish->terms, wish->asked_us, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_put_wish_async:
 * @self: a store
 * @terms: what is looked for
 * @asked_us: when that was asked last, in real time; 0: never
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Keeps a wish, or when it was asked last.
 */
void
fr_store_put_wish_async (FrStore *self, const char *terms, gint64 asked_us, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_put_wish_async, cancellable, callback, user_data);
  Wish *wish = wish_new (terms);

  wish->asked_us = asked_us;
  g_task_set_task_data (task, wish, wish_free);
  fr_work_queue_push (self->writing.work, task, put_work);
}

/**
 * fr_store_put_wish_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_TOO_LARGE: there are too many; %FR_STORE_ERROR_BAD_TEXT and others, or
 *   %G_IO_ERROR
 *
 * Returns: whether it is on disk
 */
gboolean
fr_store_put_wish_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forget_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  gboolean done = fr_wishes_table_forget (self->writing.database, ((const Wish *) data)->terms, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_forget_wish_async:
 * @self: a store
 * @terms: what was looked for
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_store_put_wish_finish()
 * @user_data: for @callback
 *
 * Forgets a wish. What it has told of is still told of once.
 */
void
fr_store_forget_wish_async (FrStore *self, const char *terms, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_forget_wish_async, cancellable, callback, user_data);

  g_task_set_task_data (task, wish_new (terms), wish_free);
  fr_work_queue_push (self->writing.work, task, forget_work);
}

static void
seen_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  gboolean done = fr_wishes_table_mark_seen (self->writing.database, ((const Wish *) data)->terms, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_mark_wish_seen_async:
 * @self: a store
 * @terms: what is looked for
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_store_put_wish_finish()
 * @user_data: for @callback
 *
 * Keeps that what a wish has told of was looked at.
 */
void
fr_store_mark_wish_seen_async (FrStore *self, const char *terms, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_mark_wish_seen_async, cancellable, callback, user_data);

  g_task_set_task_data (task, wish_new (terms), wish_free);
  fr_work_queue_push (self->writing.work, task, seen_work);
}

static void
tell_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Wish *wish = data;
  GError *error = NULL;
  GArray *news
    = fr_wishes_table_tell (self->writing.database, wish->terms, wish->ids, wish->n_ids, wish->fresh, &error);

  fr_store_return_pointer (task, news, (GDestroyNotify) g_array_unref, error);
}

/**
 * fr_store_tell_wish_async:
 * @self: a store
 * @terms: what is looked for
 * @ids: (array length=n_ids): pictures that were found
 * @n_ids: how many
 * @fresh: whether the person has not seen them
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Remembers what was found, and says what of it is news: at most %FR_WISHES_MAX_TOLD_ONCE, the others the next time.
 */
void
fr_store_tell_wish_async (FrStore *self, const char *terms, const FrContentId *ids, guint n_ids, gboolean fresh,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_tell_wish_async, cancellable, callback, user_data);
  Wish *wish = wish_new (terms);

  wish->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  wish->n_ids = n_ids;
  wish->fresh = fresh;
  g_task_set_task_data (task, wish, wish_free);
  fr_work_queue_push (self->writing.work, task, tell_work);
}

/**
 * fr_store_tell_wish_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrContentId): what no wish has told of before
 */
GArray *
fr_store_tell_wish_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  GPtrArray *wishes = fr_wishes_table_list (self->reading.database, &error);

  fr_store_return_pointer (task, wishes, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_list_wishes_async:
 * @self: a store
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for all wishes, the last one first.
 */
void
fr_store_list_wishes_async (FrStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_list_wishes_async, cancellable, callback, user_data);

  fr_work_queue_push (self->reading.work, task, list_work);
}

/**
 * fr_store_list_wishes_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrWishRecord): the wishes
 */
GPtrArray *
fr_store_list_wishes_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
