/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewed-picture-private.h"

#include "fr-image-sniff.h"

/* What is decoded beyond the whole of it at rest: the part that is looked at closely, and frames of what moves. Where that
 * fails, the whole is there, and nothing is said. */

/* A part */

typedef struct
{
  FrViewedPicture *picture;
  FrImagePart part;
} PartWait;

static void
show_part (PartWait *wait, FrImagePixels *pixels)
{
  g_autoptr (GdkTexture) texture = pixels != NULL ? fr_texture_from_pixels (pixels) : NULL;

  if (texture != NULL && wait->picture->is_open)
    g_signal_emit_by_name (wait->picture, "part", texture, &wait->part);
  g_object_unref (wait->picture);
  g_free (wait);
}

static void
own_part_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrImagePixels) pixels = fr_gallery_render_finish (FR_GALLERY (source), result, NULL);

  show_part (data, pixels);
}

static void
fetched_part_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrImagePixels) pixels = fr_fetch_render_finish (FR_FETCH (source), result, NULL);

  show_part (data, pixels);
}

void
fr_viewed_picture_render_part (FrViewedPicture *self)
{
  PartWait *wait;

  g_cancellable_cancel (self->part_rendering);
  g_clear_object (&self->part_rendering);
  if (!self->is_open || self->part.width == 0 || !fr_viewed_picture_is_here (self))
    return;
  self->part_rendering = g_cancellable_new ();
  wait = g_new (PartWait, 1);
  *wait = (PartWait){ g_object_ref (self), self->part };
  if (self->item != NULL)
    fr_gallery_render_part_async (fr_node_get_gallery (self->node), &self->id, &self->part, self->part_rendering,
                                  own_part_cb, wait);
  else
    fr_fetch_render_part_async (self->fetch, &self->part, self->part_rendering, fetched_part_cb, wait);
}

/**
 * fr_viewed_picture_want_part:
 * @self: a picture
 * @part: what is looked at
 *
 * Has that decoded, as soon as the picture is here. What was asked for before is not wanted any more.
 */
void
fr_viewed_picture_want_part (FrViewedPicture *self, const FrImagePart *part)
{
  self->part = *part;
  fr_viewed_picture_render_part (self);
}

/* Frames */

static void
take_frames (FrViewedPicture *self, FrImageFrames *frames)
{
  if (!self->is_open || self->moving == NULL)
    return;
  if (frames != NULL)
    fr_moving_paintable_take (self->moving, frames);
  else
    fr_moving_paintable_fail (self->moving);
}

static void
own_frames_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrViewedPicture) self = data;
  g_autoptr (FrImageFrames) frames = fr_gallery_frames_finish (FR_GALLERY (source), result, NULL);

  take_frames (self, frames);
}

static void
fetched_frames_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrViewedPicture) self = data;
  g_autoptr (FrImageFrames) frames = fr_fetch_frames_finish (FR_FETCH (source), result, NULL);

  take_frames (self, frames);
}

static void
want_frames_cb (FrViewedPicture *self, guint first, guint n, guint side)
{
  if (!self->is_open || !fr_viewed_picture_is_here (self))
    return;
  if (self->item != NULL)
    fr_gallery_frames_async (fr_node_get_gallery (self->node), &self->id, first, n, side, self->cancellable, own_frames_cb,
                             g_object_ref (self));
  else
    fr_fetch_frames_async (self->fetch, first, n, side, self->cancellable, fetched_frames_cb, g_object_ref (self));
}

static void
ready_cb (FrViewedPicture *self)
{
  g_signal_emit_by_name (self, "moving");
}

/* Whether it moves is known only once it has been tried. */
void
fr_viewed_picture_begin_moving (FrViewedPicture *self)
{
  const guint kind = fr_viewed_picture_get_kind (self);

  if (self->moving != NULL || (kind != FR_IMAGE_TYPE_GIF && kind != FR_IMAGE_TYPE_WEBP))
    return;
  self->moving = fr_moving_paintable_new ();
  g_signal_connect_object (self->moving, "want", G_CALLBACK (want_frames_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->moving, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  fr_moving_paintable_start (self->moving);
}

/**
 * fr_viewed_picture_get_moving:
 * @self: a picture
 *
 * Returns: (nullable): how it moves, as far as is known
 */
FrMovingPaintable *
fr_viewed_picture_get_moving (FrViewedPicture *self)
{
  return self->moving != NULL && fr_moving_paintable_is_ready (self->moving) ? self->moving : NULL;
}

void
fr_viewed_picture_end_closely (FrViewedPicture *self)
{
  g_cancellable_cancel (self->part_rendering);
  g_clear_object (&self->part_rendering);
  g_clear_object (&self->moving);
}
