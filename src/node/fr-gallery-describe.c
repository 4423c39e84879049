/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"

/* One description for many pictures: as many at a time as the store takes. */

typedef struct
{
  FrContentId *ids; /* owned, both */
  char *text;
  guint n_ids;
  guint n_asked;
  guint n_changed;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->ids);
  g_free (work->text);
  g_free (work);
}

static void ask (GTask *task);

static void
described_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FrGallery *self = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) changed = fr_store_describe_finish (FR_STORE (source), result, &error);

  if (changed == NULL)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  for (guint i = 0; i < changed->len; i++)
    fr_gallery_show (self, changed->pdata[i], FALSE);
  work->n_changed += changed->len;
  if (work->n_asked < work->n_ids)
    ask (task);
  else
    g_task_return_int (task, (gssize) work->n_changed);
}

static void
ask (GTask *task)
{
  FrGallery *self = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (task);
  const FrContentId *ids = work->ids + work->n_asked;
  guint n = MIN (work->n_ids - work->n_asked, FR_STORE_MAX_DESCRIBED);

  work->n_asked += n;
  fr_store_describe_async (fr_gallery_get_store (self), ids, n, work->text, NULL, described_cb, g_object_ref (task));
}

/**
 * fr_gallery_describe_async:
 * @self: a gallery
 * @ids: (array length=n_ids): pictures
 * @n_ids: how many
 * @text: what there is to say about all of them, at most %FR_PICTURE_MAX_DESCRIPTION bytes
 * @cancellable: (nullable): to give up before it has begun
 * @callback: called with the answer
 * @data: for @callback
 *
 * Describes those of them that have no description yet. What was described stays so if it does not work for the rest;
 * the same can be asked again.
 */
void
fr_gallery_describe_async (FrGallery *self,
                           const FrContentId *ids,
                           guint n_ids,
                           const char *text,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Work *work;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (ids != NULL || n_ids == 0);
  g_return_if_fail (text != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, fr_gallery_describe_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  /* A change that has been asked of the store is made, and must be shown, whoever has lost interest by then. */
  g_task_set_check_cancellable (task, FALSE);
  work = g_new0 (Work, 1);
  work->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  work->n_ids = n_ids;
  work->text = g_strdup (text);
  g_task_set_task_data (task, work, work_free);
  ask (task);
}

/**
 * fr_gallery_describe_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT and others, or %G_IO_ERROR
 *
 * Returns: how many were described; -1 if it did not work
 */
int
fr_gallery_describe_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}
