/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-cut.h"

#include "fr-image-error.h"

/* All but the last row or column of a part that was decoded smaller, which may be missing. */
static int
clamp_size (guint offset, guint size, int whole)
{
  return MAX (MIN ((int)size, whole - (int)offset), 0);
}

static VipsImage *
load (FrImagePicture *picture, guint shrink)
{
  g_autofree char *options = shrink > 1 ? g_strdup_printf ("[shrink=%u,fail_on=truncated]", shrink)
                                        : g_strdup ("[fail_on=truncated]");

  return vips_image_new_from_source (picture->source, options, "access", VIPS_ACCESS_SEQUENTIAL, NULL);
}

/* `part` is that of the file. Rows above it are read and passed over; those below it are not read. */
static VipsImage *
cut (FrImagePicture *picture, const FrImagePart *part, guint shrink)
{
  const guint left = part->left / shrink, top = part->top / shrink;
  VipsImage *whole = load (picture, shrink), *piece = NULL, *image = NULL;
  int width, height;

  if (whole == NULL)
    return NULL;
  width = clamp_size (left, MAX (part->width / shrink, 1), whole->Xsize);
  height = clamp_size (top, MAX (part->height / shrink, 1), whole->Ysize);
  if (width > 0 && height > 0 && vips_extract_area (whole, &piece, left, top, width, height, NULL) == 0)
    {
      /* Turns it upright, too. */
      if (vips_thumbnail_image (piece, &image, part->max_width, "height", part->max_height, "size", VIPS_SIZE_DOWN, NULL)
          != 0)
        g_clear_object (&image);
      g_object_unref (piece);
    }
  g_object_unref (whole);
  return image;
}

/**
 * fr_image_cut_decode:
 * @picture: an open picture
 * @part: what of it
 * @error: place for %FR_IMAGE_ERROR_UNSUPPORTED if that does not lie in the picture, %FR_IMAGE_ERROR_TRUNCATED or
 * %FR_IMAGE_ERROR_TOO_COSTLY
 *
 * Decodes a part as fr_image_picture_decode() does the whole.
 *
 * Returns: (transfer full): the part in memory, or %NULL with @error set
 */
VipsImage *
fr_image_cut_decode (FrImagePicture *picture, const FrImagePart *part, GError **error)
{
  FrImagePart turned = *part;

  if (!fr_image_part_fits (part, picture->width, picture->height))
    {
      g_propagate_error (error, fr_image_error_new (FR_IMAGE_ERROR_UNSUPPORTED));
      return NULL;
    }
  if (!fr_image_picture_check_cost (picture, error))
    return NULL;
  fr_image_part_turn (&turned, picture->orientation, picture->width, picture->height);
  return fr_image_picture_finish (
      picture, cut (picture, &turned, picture->type == FR_IMAGE_TYPE_JPEG ? fr_image_part_get_shrink (part) : 1), error);
}
