/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-part.h"

/* How many times smaller JPEG can be decoded at no cost (T.81, A.3.3: blocks of 8 by 8). */
#define MAX_SHRINK 8

/**
 * fr_image_part_fits:
 * @self: a part
 * @picture_width: pixels
 * @picture_height: pixels
 *
 * Returns: whether it lies in a picture of that size
 */
gboolean
fr_image_part_fits (const FrImagePart *self, guint picture_width, guint picture_height)
{
  return self->width > 0 && self->height > 0 && (guint64)self->left + self->width <= picture_width
         && (guint64)self->top + self->height <= picture_height;
}

/**
 * fr_image_part_get_shrink:
 * @self: a part
 *
 * Returns: 1, 2, 4 or 8: so many times smaller it may be decoded. What comes of that is still twice as large as it is
 * wanted, since the last step is made better afterwards
 */
guint
fr_image_part_get_shrink (const FrImagePart *self)
{
  guint shrink = MAX_SHRINK;

  /* It is made to fit: the side that leaves it smaller decides. */
  while (shrink > 1
         && (guint64)self->max_width * shrink * 2 > self->width
         && (guint64)self->max_height * shrink * 2 > self->height)
    shrink /= 2;
  return shrink;
}

/**
 * fr_image_part_turn:
 * @self: a part of a picture as it is shown
 * @orientation: of the picture in its file, from 1 to 8 (Exif 2.32, 4.6.4)
 * @picture_width: pixels, as it is shown
 * @picture_height: likewise
 *
 * Finds where the part is in the file; how large it is wanted stays as it is. It must fit.
 */
void
fr_image_part_turn (FrImagePart *self, guint orientation, guint picture_width, guint picture_height)
{
  const FrImagePart shown = *self;
  const guint right = picture_width - shown.left - shown.width;
  const guint bottom = picture_height - shown.top - shown.height;

  if (orientation >= 5)
    {
      self->width = shown.height;
      self->height = shown.width;
    }
  switch (orientation)
    {
    case 2:
      self->left = right;
      break;
    case 3:
      self->left = right;
      self->top = bottom;
      break;
    case 4:
      self->top = bottom;
      break;
    case 5:
      self->left = shown.top;
      self->top = shown.left;
      break;
    case 6:
      self->left = shown.top;
      self->top = right;
      break;
    case 7:
      self->left = bottom;
      self->top = right;
      break;
    case 8:
      self->left = bottom;
      self->top = shown.left;
      break;
    default:
      break;
    }
}
