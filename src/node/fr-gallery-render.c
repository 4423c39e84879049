/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery.h"

#include <unistd.h>

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"

/* Pictures of a gallery as pixels: as a whole, a part, or frames. The store opens the file, freshet-image decodes it. */

typedef enum
{
  WHOLE,
  PART,
  FRAMES,
} What;

typedef struct
{
  What what;
  FrImagePart part; /* of the whole: only how large it may be */
  guint first;      /* frame */
  guint n;
  FrImageClient *client; /* borrowed from the gallery */
} Wanted;

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FrImagePixels *pixels = fr_image_client_render_finish (FR_IMAGE_CLIENT (source), result, &error);

  if (pixels != NULL)
    g_task_return_pointer (task, pixels, (GDestroyNotify) fr_image_pixels_free);
  else
    fr_gallery_return_error (task, error);
}

static void
frames_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FrImageFrames *frames = fr_image_client_frames_finish (FR_IMAGE_CLIENT (source), result, &error);

  if (frames != NULL)
    g_task_return_pointer (task, frames, (GDestroyNotify) fr_image_frames_free);
  else
    fr_gallery_return_error (task, error);
}

static void
decode (GTask *task, const Wanted *wanted, int fd)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  const FrImagePart *part = &wanted->part;

  switch (wanted->what)
    {
    case WHOLE:
      fr_image_client_render_async (wanted->client, fd, part->max_width, part->max_height, cancellable, rendered_cb,
                                    g_object_ref (task));
      break;
    case PART:
      fr_image_client_render_part_async (wanted->client, fd, part, cancellable, rendered_cb, g_object_ref (task));
      break;
    case FRAMES:
      fr_image_client_frames_async (wanted->client, fd, wanted->first, wanted->n, part->max_width, part->max_height,
                                    cancellable, frames_cb, g_object_ref (task));
      break;
    }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  int fd = fr_store_open_picture_finish (FR_STORE (source), result, &error);

  if (fd < 0)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  decode (task, g_task_get_task_data (task), fd);
  close (fd);
}

static void
open_picture (FrGallery *self, const FrContentId *id, Wanted *wanted, GTask *task)
{
  FrGalleryItem *item = fr_gallery_find (self, id);

  wanted->client = fr_gallery_choose_image_client (self, item != NULL ? fr_gallery_item_get_picture (item) : NULL);
  g_task_set_task_data (task, g_memdup2 (wanted, sizeof *wanted), g_free);
  fr_store_open_picture_async (fr_gallery_get_store (self), id, g_task_get_cancellable (task), opened_cb, task);
}

/**
 * fr_gallery_render_async:
 * @self: a gallery
 * @id: a picture
 * @max_width: pixels to fit in, at least 1
 * @max_height: pixels to fit in, at least 1
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for a picture as pixels. It keeps its proportions and is not made larger than it is, unless it is a drawing.
 */
void
fr_gallery_render_async (FrGallery *self,
                         const FrContentId *id,
                         guint max_width,
                         guint max_height,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Wanted wanted = { .what = WHOLE, .part = { .max_width = max_width, .max_height = max_height } };
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (max_width > 0 && max_height > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_render_async);
  open_picture (self, id, &wanted, task);
}

/**
 * fr_gallery_render_part_async:
 * @self: a gallery
 * @id: a picture
 * @part: what of it, and how large
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_gallery_render_finish()
 * @user_data: for @callback
 *
 * Asks for a part of a picture as pixels. It is not made larger than it is.
 */
void
fr_gallery_render_part_async (FrGallery *self,
                              const FrContentId *id,
                              const FrImagePart *part,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Wanted wanted = { .what = PART };
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (part != NULL);

  wanted.part = *part;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_render_part_async);
  open_picture (self, id, &wanted, task);
}

/**
 * fr_gallery_render_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND and others, %FR_IMAGE_ERROR, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the pixels
 */
FrImagePixels *
fr_gallery_render_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fr_gallery_frames_async:
 * @self: a gallery
 * @id: a picture
 * @first: the first frame
 * @n: how many, at least 1
 * @side: pixels to fit in, both ways
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for frames of what moves.
 */
void
fr_gallery_frames_async (FrGallery *self,
                         const FrContentId *id,
                         guint first,
                         guint n,
                         guint side,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Wanted wanted = { .what = FRAMES, .part = { .max_width = side, .max_height = side }, .first = first, .n = n };
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (n > 0 && side > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_frames_async);
  open_picture (self, id, &wanted, task);
}

/**
 * fr_gallery_frames_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_IMAGE_ERROR_UNSUPPORTED where it does not move, and others
 *
 * Returns: (transfer full) (nullable): one frame or more
 */
FrImageFrames *
fr_gallery_frames_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
