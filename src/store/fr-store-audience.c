/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-store-private.h"

/* Who may see which picture. */

typedef struct
{
  FrContentId *ids; /* owned, both */
  GBytes *readers;
  guint n_ids;
  FrAudience audience;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->readers, g_bytes_unref);
  g_free (change->ids);
  g_free (change);
}

static GPtrArray *
get_all (FrCatalogue *catalogue, const Change *change, GError **error)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);

  for (guint i = 0; i < change->n_ids; i++)
    {
      FrPicture *picture = fr_catalogue_get (catalogue, &change->ids[i], NULL, error);

      if (picture == NULL)
        return NULL;
      g_ptr_array_add (pictures, picture);
    }
  return g_steal_pointer (&pictures);
}

/* After the transaction: whoever sees the new number finds the new rows too. */
void
fr_store_note_sharing (FrStore *self)
{
  g_atomic_int_inc (&self->sharing);
}

/**
 * fr_store_get_sharing:
 * @self: a store
 *
 * Tells whether who may see what may have changed since the last time, so that whoever goes on sending asks
 * fr_store_get_blocks_async() again. Waits for nothing.
 *
 * Returns: a number that is another one after each such change, before the change is answered
 */
guint
fr_store_get_sharing (FrStore *self)
{
  return (guint) g_atomic_int_get (&self->sharing);
}

static void
set_audience_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Change *change = data;
  FrCatalogue *catalogue = self->writing.catalogue;
  GError *error = NULL;
  GPtrArray *pictures = NULL;

  if (fr_catalogue_set_audience (catalogue, change->ids, change->n_ids, change->audience, change->readers, &error))
    pictures = get_all (catalogue, change, &error);
  fr_store_note_sharing (self);
  fr_store_return_pointer (task, pictures, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_set_audience_async:
 * @self: a store
 * @ids: (array length=n_ids): pictures
 * @n_ids: how many
 * @audience: who may see them from now on
 * @readers: (nullable): the people chosen, where people are, at most %FR_AUDIENCE_MAX_READERS
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Says who may see pictures, of all of them at once or of none. One's own and those kept from others are alike.
 */
void
fr_store_set_audience_async (FrStore *self,
                             const FrContentId *ids,
                             guint n_ids,
                             FrAudience audience,
                             GBytes *readers,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_set_audience_async, cancellable, callback, user_data);
  Change *change = g_new0 (Change, 1);

  change->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  change->n_ids = n_ids;
  change->audience = audience;
  change->readers = readers != NULL ? g_bytes_ref (readers) : NULL;
  g_task_set_task_data (task, change, change_free);
  fr_work_queue_push (self->writing.work, task, set_audience_work);
}

/**
 * fr_store_set_audience_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND where one of them is not there, %FR_STORE_ERROR_EMPTY and
 *   %FR_STORE_ERROR_TOO_LARGE where nobody or too many are chosen, and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): the pictures as they are now, in the order of the ids
 */
GPtrArray *
fr_store_set_audience_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
