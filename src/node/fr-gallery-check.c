/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery.h"

#include <unistd.h>

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"

/* Whether the pictures of a gallery are what they were when they came. The small forms that were made of them are made
 * again where they are damaged: nothing of the person's can be lost by that. */

typedef struct
{
  FrStoreReport *report; /* owned; NULL until the store has answered */
  guint next;            /* problem */
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  fr_store_report_free (check->report);
  g_free (check);
}

static void
mend_next (GTask *task);

static gboolean
is_about_form (const FrStoreProblem *problem)
{
  return problem->kind == FR_STORE_PROBLEM_THUMBNAIL || problem->kind == FR_STORE_PROBLEM_PREVIEW;
}

static gboolean
is_same_picture (const FrStoreProblem *one, const FrStoreProblem *other)
{
  return one->picture != NULL && other->picture != NULL
         && fr_content_id_equal (&one->picture->id, &other->picture->id);
}

/* Of a picture that is damaged itself nothing is made. */
static gboolean
can_mend (const Check *check, const FrStoreProblem *problem)
{
  if (!is_about_form (problem) || problem->picture == NULL || problem->mended)
    return FALSE;
  for (guint i = 0; i < check->report->problems->len; i++)
    {
      const FrStoreProblem *other = check->report->problems->pdata[i];

      if (!is_about_form (other) && other->kind != FR_STORE_PROBLEM_ORIGINAL && is_same_picture (problem, other))
        return FALSE;
    }
  return TRUE;
}

static void
set_mended (const Check *check, const FrStoreProblem *mended)
{
  for (guint i = 0; i < check->report->problems->len; i++)
    {
      FrStoreProblem *problem = check->report->problems->pdata[i];

      if (is_about_form (problem) && is_same_picture (problem, mended))
        problem->mended = TRUE;
    }
}

static void
go_on (GTask *task)
{
  Check *check = g_task_get_task_data (task);

  check->next++;
  mend_next (task);
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Check *check = g_task_get_task_data (task);
  g_autoptr (FrPicture) picture = fr_store_set_forms_finish (FR_STORE (source), result, NULL);

  if (picture != NULL)
    {
      set_mended (check, check->report->problems->pdata[check->next]);
      fr_gallery_show (g_task_get_source_object (task), picture, FALSE);
    }
  go_on (task);
}

static void
summarised_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Check *check = g_task_get_task_data (task);
  g_autoptr (FrImageSummary) summary = fr_image_client_summarise_finish (FR_IMAGE_CLIENT (source), result, NULL);
  const FrStoreProblem *problem = check->report->problems->pdata[check->next];

  if (summary == NULL)
    go_on (task); /* it stays a problem */
  else
    fr_store_set_forms_async (fr_gallery_get_store (g_task_get_source_object (task)), &problem->picture->id,
                              summary->thumbnail, summary->preview, NULL, set_cb, g_object_ref (task));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FrGallery *self = g_task_get_source_object (task);
  const Check *check = g_task_get_task_data (task);
  const FrStoreProblem *problem;
  int fd = fr_store_open_picture_finish (FR_STORE (source), result, NULL);

  if (fd < 0)
    {
      go_on (task);
      return;
    }
  problem = check->report->problems->pdata[check->next];
  fr_image_client_summarise_async (fr_gallery_choose_image_client (self, problem->picture), fd,
                                   g_task_get_cancellable (task), summarised_cb, g_object_ref (task));
  close (fd);
}

static void
mend_next (GTask *task)
{
  Check *check = g_task_get_task_data (task);
  GPtrArray *problems = check->report->problems;

  if (g_task_return_error_if_cancelled (task))
    return;
  while (check->next < problems->len && !can_mend (check, problems->pdata[check->next]))
    check->next++;
  if (check->next == problems->len)
    g_task_return_pointer (task, g_steal_pointer (&check->report), (GDestroyNotify) fr_store_report_free);
  else
    fr_store_open_picture_async (fr_gallery_get_store (g_task_get_source_object (task)),
                                 &((FrStoreProblem *) problems->pdata[check->next])->picture->id,
                                 g_task_get_cancellable (task), opened_cb, g_object_ref (task));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  check->report = fr_store_check_finish (FR_STORE (source), result, &error);
  if (check->report != NULL)
    mend_next (task);
  else
    fr_gallery_return_error (task, error);
}

/**
 * fr_gallery_check_async:
 * @self: a gallery
 * @progress: (nullable): called now and then with how many bytes of how many have been read
 * @progress_data: for @progress, until the answer comes
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads every picture and compares it with what is known of it, and makes damaged small forms of whole pictures again.
 * The gallery can be used meanwhile.
 */
void
fr_gallery_check_async (FrGallery *self,
                        FrStoreProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_check_async);
  g_task_set_task_data (task, g_new0 (Check, 1), check_free);
  fr_store_check_async (fr_gallery_get_store (self), progress, progress_data, cancellable, checked_cb, task);
}

/**
 * fr_gallery_check_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR in words for people, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what is wrong, or was
 */
FrStoreReport *
fr_gallery_check_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
