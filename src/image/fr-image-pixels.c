/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-pixels.h"

#include "fr-image-memory.h"
#include "fr-image-protocol.h"

G_DEFINE_BOXED_TYPE (FrImagePixels, fr_image_pixels, fr_image_pixels_copy, fr_image_pixels_free)

/**
 * fr_image_pixels_new_from_fd:
 * @fd: a memfd; stays the caller's
 * @width: pixels
 * @height: pixels
 *
 * Maps pixels that the decoding process has written.
 *
 * Returns: (transfer full) (nullable): the pixels, or %NULL if @fd is not a sealed memfd of just their size
 */
FrImagePixels *
fr_image_pixels_new_from_fd (int fd, guint width, guint height)
{
  gsize stride = (gsize)width * FR_IMAGE_BYTES_PER_PIXEL;
  GBytes *bytes;
  FrImagePixels *self;

  g_return_val_if_fail (width > 0 && width <= FR_IMAGE_MAX_RENDER_SIDE, NULL);
  g_return_val_if_fail (height > 0 && height <= FR_IMAGE_MAX_RENDER_SIDE, NULL);

  bytes = fr_image_memory_map (fd, stride * height);
  if (bytes == NULL)
    return NULL;
  self = g_new (FrImagePixels, 1);
  *self = (FrImagePixels){ width, height, stride, bytes };
  return self;
}

/**
 * fr_image_pixels_copy:
 * @self: pixels
 *
 * Returns: (transfer full): the same again, with the same bytes
 */
FrImagePixels *
fr_image_pixels_copy (const FrImagePixels *self)
{
  FrImagePixels *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (FrImagePixels, 1);
  *copy = *self;
  g_bytes_ref (copy->bytes);
  return copy;
}

/**
 * fr_image_pixels_free:
 * @self: (nullable) (transfer full): pixels
 */
void
fr_image_pixels_free (FrImagePixels *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self);
}
