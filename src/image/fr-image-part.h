/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A part of a picture, and how large it is wanted. A plain value; pure functions, which both processes use. */

/**
 * FrImagePart:
 * @left: where it begins, in pixels of the picture as it is shown
 * @top: likewise
 * @width: pixels of the picture, at least 1
 * @height: likewise
 * @max_width: pixels to fit in, at least 1
 * @max_height: likewise
 */
typedef struct
{
  guint left;
  guint top;
  guint width;
  guint height;
  guint max_width;
  guint max_height;
} FrImagePart;

gboolean fr_image_part_fits (const FrImagePart *self, guint picture_width, guint picture_height);
guint fr_image_part_get_shrink (const FrImagePart *self);
void fr_image_part_turn (FrImagePart *self, guint orientation, guint picture_width, guint picture_height);

G_END_DECLS
