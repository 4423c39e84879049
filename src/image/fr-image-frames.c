/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-frames.h"

#include "fr-image-memory.h"
#include "fr-image-protocol.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (FrImageFrames, fr_image_frames, fr_image_frames_copy, fr_image_frames_free)

/**
 * fr_image_frames_new_from_fd:
 * @fd: a memfd; stays the caller's
 * @width: pixels of each
 * @height: likewise
 * @first: which frame of the picture is the first of these
 * @n_frames: how many these are, at least 1
 * @n_total: how many of the picture may be asked for
 *
 * Maps frames that the decoding process has written.
 *
 * Returns: (transfer full) (nullable): the frames, or %NULL if @fd is not a sealed memfd of just their size
 */
FrImageFrames *
fr_image_frames_new_from_fd (int fd, guint width, guint height, guint first, guint n_frames, guint n_total)
{
  gsize stride = (gsize)width * FR_IMAGE_BYTES_PER_PIXEL;
  GBytes *bytes = fr_image_memory_map (fd, (stride * height + sizeof (guint32)) * n_frames);
  FrImageFrames *self;

  if (bytes == NULL)
    return NULL;
  self = g_new (FrImageFrames, 1);
  *self = (FrImageFrames){ width, height, stride, first, n_frames, n_total, bytes };
  return self;
}

/**
 * fr_image_frames_copy:
 * @self: frames
 *
 * Returns: (transfer full): the same again, with the same bytes
 */
FrImageFrames *
fr_image_frames_copy (const FrImageFrames *self)
{
  FrImageFrames *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (FrImageFrames, 1);
  *copy = *self;
  g_bytes_ref (copy->bytes);
  return copy;
}

/**
 * fr_image_frames_free:
 * @self: (nullable) (transfer full): frames
 */
void
fr_image_frames_free (FrImageFrames *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * fr_image_frames_get_pixels:
 * @self: frames
 * @index: which of these
 *
 * Returns: (transfer full): its rows
 */
GBytes *
fr_image_frames_get_pixels (const FrImageFrames *self, guint index)
{
  gsize size = self->stride * self->height;

  g_return_val_if_fail (index < self->n_frames, NULL);

  return g_bytes_new_from_bytes (self->bytes, size * index, size);
}

/**
 * fr_image_frames_get_ms:
 * @self: frames
 * @index: which of these
 *
 * Returns: how long it is to be shown, within what is sensible, whatever its file says
 */
guint
fr_image_frames_get_ms (const FrImageFrames *self, guint index)
{
  const guint8 *data = g_bytes_get_data (self->bytes, NULL);
  guint32 ms;

  g_return_val_if_fail (index < self->n_frames, FR_IMAGE_USUAL_FRAME_MS);

  memcpy (&ms, data + self->stride * self->height * self->n_frames + index * sizeof ms, sizeof ms);
  return ms < FR_IMAGE_SHORTEST_FRAME_MS ? FR_IMAGE_USUAL_FRAME_MS : MIN (ms, FR_IMAGE_LONGEST_FRAME_MS);
}
