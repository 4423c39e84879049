/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-removal.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"

struct _FrRemoval
{
  GObject parent_instance;

  /* Owned */
  FrGallery *gallery;
  FrContentId *ids;
  FrContentId *followers; /* what stood behind each; zero where nothing did */

  /* State */
  guint n_ids;
  guint n_gone;
  guint is_hidden : 1;
};

G_DEFINE_FINAL_TYPE (FrRemoval, fr_removal, G_TYPE_OBJECT)

static void
fr_removal_finalize (GObject *object)
{
  FrRemoval *self = FR_REMOVAL (object);

  /* Whatever this does not reach goes with the end of the store. */
  if (self->is_hidden)
    fr_store_purge_async (fr_gallery_get_store (self->gallery), self->ids, self->n_ids, NULL, NULL, NULL);
  g_free (self->ids);
  g_free (self->followers);
  g_clear_object (&self->gallery);

  G_OBJECT_CLASS (fr_removal_parent_class)->finalize (object);
}

static void
fr_removal_class_init (FrRemovalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_removal_finalize;
}

static void
fr_removal_init (FrRemoval *self)
{
}

static void
hidden_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FrRemoval *self = g_task_get_task_data (task);
  GError *error = NULL;
  int n_gone = fr_store_hide_finish (FR_STORE (source), result, &error);

  if (n_gone < 0)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  self->n_gone = (guint) n_gone;
  self->is_hidden = TRUE;
  for (guint i = 0; i < self->n_ids; i++)
    {
      fr_gallery_find_follower (self->gallery, &self->ids[i], &self->followers[i]);
      fr_gallery_drop (self->gallery, &self->ids[i]);
    }
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/**
 * fr_removal_new_async:
 * @gallery: a gallery
 * @ids: (array length=n_ids): pictures
 * @n_ids: how many, at most %FR_REMOVAL_MAX
 * @cancellable: (nullable): to give up before it has begun
 * @callback: called with the answer
 * @data: for @callback
 *
 * Removes pictures from the gallery and the store, so that nobody finds them any more: all of them, or none.
 */
void
fr_removal_new_async (FrGallery *gallery,
                      const FrContentId *ids,
                      guint n_ids,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) task = NULL;
  FrRemoval *self;

  g_return_if_fail (FR_IS_GALLERY (gallery));
  g_return_if_fail (n_ids <= FR_REMOVAL_MAX);

  task = g_task_new (gallery, cancellable, callback, data);
  g_task_set_source_tag (task, fr_removal_new_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_set_check_cancellable (task, FALSE);
  self = g_object_new (FR_TYPE_REMOVAL, NULL);
  self->gallery = g_object_ref (gallery);
  self->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  self->followers = g_new0 (FrContentId, n_ids);
  self->n_ids = n_ids;
  g_task_set_task_data (task, self, g_object_unref);
  fr_store_hide_async (fr_gallery_get_store (gallery), ids, n_ids, NULL, hidden_cb, g_steal_pointer (&task));
}

/**
 * fr_removal_new_finish:
 * @gallery: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR and others, or %G_IO_ERROR, in words for people; then all is as it was
 *
 * Returns: (transfer full) (nullable): what brings them back
 */
FrRemoval *
fr_removal_new_finish (FrGallery *gallery, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, gallery), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fr_removal_get_n:
 * @self: a removal
 *
 * Returns: how many pictures have gone: fewer than were named where some were not there
 */
guint
fr_removal_get_n (FrRemoval *self)
{
  g_return_val_if_fail (FR_IS_REMOVAL (self), 0);

  return self->n_gone;
}

static FrPicture *
find (GPtrArray *pictures, const FrContentId *id)
{
  for (guint i = 0; i < pictures->len; i++)
    if (fr_content_id_equal (&((FrPicture *) pictures->pdata[i])->id, id))
      return pictures->pdata[i];
  return NULL;
}

/* The last first: what stood behind one is there again before it. */
static void
show_all (FrRemoval *self, GPtrArray *pictures)
{
  for (guint i = self->n_ids; i > 0; i--)
    {
      FrPicture *picture = find (pictures, &self->ids[i - 1]);

      if (picture != NULL)
        fr_gallery_show_before (self->gallery, picture, &self->followers[i - 1]);
    }
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FrRemoval *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) pictures = fr_store_restore_finish (FR_STORE (source), result, &error);

  if (pictures == NULL)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  self->is_hidden = FALSE;
  show_all (self, pictures);
  g_task_return_int (task, pictures->len);
}

/**
 * fr_removal_undo_async:
 * @self: a removal
 * @callback: called with the answer
 * @data: for @callback
 *
 * Brings its pictures back: in their places, and for whoever could see them.
 */
void
fr_removal_undo_async (FrRemoval *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task;

  g_return_if_fail (FR_IS_REMOVAL (self));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, fr_removal_undo_async);
  fr_store_restore_async (fr_gallery_get_store (self->gallery), self->ids, self->n_ids, NULL, restored_cb, task);
}

/**
 * fr_removal_undo_finish:
 * @self: a removal
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR and others, or %G_IO_ERROR, in words for people; it can be tried again
 *
 * Returns: how many pictures are there again: fewer than had gone where too many were removed since; -1 with an error
 */
int
fr_removal_undo_finish (FrRemoval *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}
