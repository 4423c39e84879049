/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-private.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"
#include "fr-node-error.h"
#include "fr-save.h"
#include "fr-store-error.h"
#include "fr-title.h"

/* What can be done with a picture that has come */

static gboolean
check_done (FrFetch *self, GTask *task)
{
  if (self->state == FR_FETCH_DONE)
    return TRUE;
  g_task_return_error (task, self->error != NULL ? g_error_copy (self->error)
                                                 : fr_node_error_new (FR_NODE_ERROR_NO_ANSWER, NULL));
  return FALSE;
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  FrImagePixels *pixels = fr_image_client_render_finish (FR_IMAGE_CLIENT (source), result, &error);

  if (pixels == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, pixels, (GDestroyNotify) fr_image_pixels_free);
}

/**
 * fr_fetch_render_async:
 * @self: a fetch that is DONE
 * @max_width: in pixels
 * @max_height: in pixels
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the pixels
 * @data: for @callback
 *
 * Decodes the picture, in freshet-image, so that it fits.
 */
void
fr_fetch_render_async (FrFetch *self, guint max_width, guint max_height, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, fr_fetch_render_async);
  if (check_done (self, task))
    fr_image_client_render_async (self->list->image, fr_staged_get_fd (self->staged), max_width, max_height, cancellable,
                                  rendered_cb, g_object_ref (task));
}

/**
 * fr_fetch_render_part_async:
 * @self: a fetch that is DONE
 * @part: what of it, and how large
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the pixels, for fr_fetch_render_finish()
 * @data: for @callback
 *
 * Decodes a part of the picture, in freshet-image.
 */
void
fr_fetch_render_part_async (FrFetch *self, const FrImagePart *part, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, fr_fetch_render_part_async);
  if (check_done (self, task))
    fr_image_client_render_part_async (self->list->image, fr_staged_get_fd (self->staged), part, cancellable, rendered_cb,
                                       g_object_ref (task));
}

FrImagePixels *
fr_fetch_render_finish (FrFetch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
frames_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  FrImageFrames *frames = fr_image_client_frames_finish (FR_IMAGE_CLIENT (source), result, &error);

  if (frames == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, frames, (GDestroyNotify) fr_image_frames_free);
}

/**
 * fr_fetch_frames_async:
 * @self: a fetch that is DONE
 * @first: the first frame
 * @n: how many
 * @side: pixels to fit in, both ways
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the frames
 * @data: for @callback
 *
 * Decodes frames of what moves, in freshet-image; an error where it does not.
 */
void
fr_fetch_frames_async (FrFetch *self, guint first, guint n, guint side, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, fr_fetch_frames_async);
  if (check_done (self, task))
    fr_image_client_frames_async (self->list->image, fr_staged_get_fd (self->staged), first, n, side, side, cancellable,
                                  frames_cb, g_object_ref (task));
}

FrImageFrames *
fr_fetch_frames_finish (FrFetch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FrFetch *self = g_task_get_source_object (task);
  gboolean was_there = FALSE;
  GError *error = NULL;
  FrPicture *picture = fr_store_add_finish (FR_STORE (source), result, &was_there, &error);

  if (picture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->kept = TRUE;
  fr_gallery_show (self->list->gallery, picture, !was_there);
  fr_fetch_forget (self);
  fr_fetch_notify_kept (self);
  g_task_return_pointer (task, picture, (GDestroyNotify) fr_picture_unref);
}

static void
summarised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FrFetch *self = g_task_get_source_object (task);
  g_autoptr (FrPicture) picture = fr_picture_new ();
  GError *error = NULL;
  g_autoptr (FrImageSummary) summary = fr_image_client_summarise_finish (FR_IMAGE_CLIENT (source), result, &error);
  g_autofree char *title = NULL;

  if (summary == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  title = fr_title_clean (self->title);
  fr_picture_set_text (picture, title, "", NULL);
  picture->type = summary->type;
  g_free (picture->mime);
  picture->mime = g_strdup (summary->mime);
  picture->width = summary->width;
  picture->height = summary->height;
  picture->added_us = g_get_real_time ();
  fr_picture_set_origin (picture, &self->holder, fr_fetch_get_holder_name (self));
  fr_store_add_async (self->list->store, self->staged, picture, summary->thumbnail, summary->preview,
                      g_task_get_cancellable (task), added_cb, g_object_ref (task));
}

/**
 * fr_fetch_keep_async:
 * @self: a fetch that is DONE
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called when the picture is in the gallery
 * @data: for @callback
 *
 * Puts the picture into the own gallery. It is offered to nobody until the person says so.
 */
void
fr_fetch_keep_async (FrFetch *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, fr_fetch_keep_async);
  if (check_done (self, task))
    fr_image_client_summarise_async (self->list->image, fr_staged_get_fd (self->staged), cancellable, summarised_cb,
                                     g_object_ref (task));
}

FrPicture *
fr_fetch_keep_finish (FrFetch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* There may be room on the disk at the next start. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrFetch) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) picture = fr_fetch_keep_finish (self, result, &error);

  if (picture != NULL)
    return;
  if (!g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_FULL))
    fr_fetch_forget (self);
  fr_fetch_take_error (self, fr_gallery_error_new (error));
}

/* For a fetch that is DONE, and that the person may never look at. */
void
fr_fetch_keep_by_itself (FrFetch *self)
{
  fr_fetch_keep_async (self, NULL, kept_cb, g_object_ref (self));
}

typedef struct
{
  FrStaged *staged;
  char *title;
  guint type;
  char *path;
} Save;

static void
save_free (Save *save)
{
  fr_staged_unref (save->staged);
  g_free (save->title);
  g_free (save->path);
  g_free (save);
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *save = data;
  GError *error = NULL;
  char *path = fr_save_copy (fr_staged_get_fd (save->staged), save->path, save->title, save->type, cancellable,
                             &error);

  if (path == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, path, g_free);
}

/**
 * fr_fetch_save_async:
 * @self: a fetch that is DONE
 * @folder_or_path: where to; a folder gets a file named after the title
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the path
 * @data: for @callback
 *
 * Copies the picture to a file, never over another.
 */
void
fr_fetch_save_async (FrFetch *self, const char *folder_or_path, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Save *save;

  g_task_set_source_tag (task, fr_fetch_save_async);
  if (!check_done (self, task))
    return;
  save = g_new0 (Save, 1);
  save->staged = fr_staged_ref (self->staged);
  save->title = g_strdup (self->title);
  save->type = self->type;
  save->path = g_strdup (folder_or_path);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_thread);
}

char *
fr_fetch_save_finish (FrFetch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
