/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A decoded picture, ready for gdk_memory_texture_new() as GDK_MEMORY_R8G8B8A8. A value; its bytes are shared
 * by copies. */

/**
 * FrImagePixels:
 * @width: pixels
 * @height: pixels
 * @stride: bytes from one row to the next
 * @bytes: @height rows of red, green, blue and alpha (not multiplied in), 8 bits each, sRGB
 */
typedef struct
{
  guint width;
  guint height;
  gsize stride;
  GBytes *bytes;
} FrImagePixels;

#define FR_TYPE_IMAGE_PIXELS (fr_image_pixels_get_type ())
GType fr_image_pixels_get_type (void);

FrImagePixels *fr_image_pixels_new_from_fd (int fd, guint width, guint height);
FrImagePixels *fr_image_pixels_copy (const FrImagePixels *self);
void fr_image_pixels_free (FrImagePixels *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrImagePixels, fr_image_pixels_free)

G_END_DECLS
