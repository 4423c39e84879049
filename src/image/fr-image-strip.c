/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-strip.h"

#include "fr-image-protocol.h"
#include "fr-image-sniff.h"
#include "fr-strip-formats.h"

static FrStripResult
strip (FrImageType type, const guint8 *data, gsize size, FrStripOutput *output, FrStripDetails *removed)
{
  switch (type)
    {
    case FR_IMAGE_TYPE_JPEG:
      return fr_strip_jpeg (data, size, output, removed);
    case FR_IMAGE_TYPE_PNG:
      return fr_strip_png (data, size, output, removed);
    case FR_IMAGE_TYPE_WEBP:
      return fr_strip_webp (data, size, output, removed);
    case FR_IMAGE_TYPE_GIF:
      return fr_strip_gif (data, size, output, removed);
    case FR_IMAGE_TYPE_HEIF:
    case FR_IMAGE_TYPE_AVIF:
    case FR_IMAGE_TYPE_TIFF:
    case FR_IMAGE_TYPE_SVG:
      return FR_STRIP_NOT_LOSSLESS;
    case FR_IMAGE_TYPE_OTHER:
      return FR_STRIP_UNSUPPORTED;
    case FR_IMAGE_TYPE_UNKNOWN:
      break;
    }
  return FR_STRIP_NOT_A_PICTURE;
}

/**
 * fr_image_strip:
 * @data: (array length=size): a picture's file
 * @size: bytes
 * @out_output: (out) (transfer full): the copy, which has pieces of @data and is good only as long as that is
 * @out_removed: (out): what it leaves out
 *
 * Makes a copy of a picture that has only what is needed to show it. Takes time in proportion to @size, and
 * little memory.
 *
 * Returns: %FR_STRIP_DONE, or why there is no copy; the out parameters are set only if there is one
 */
FrStripResult
fr_image_strip (const guint8 *data, gsize size, FrStripOutput **out_output, FrStripDetails *out_removed)
{
  g_autoptr (FrStripOutput) output = NULL;
  FrStripDetails removed = 0;
  FrStripResult result;

  g_return_val_if_fail (data != NULL || size == 0, FR_STRIP_NOT_A_PICTURE);

  if (size > FR_IMAGE_MAX_FILE_SIZE)
    return FR_STRIP_TOO_LARGE;
  output = fr_strip_output_new (data, size);
  result = strip (fr_image_sniff (data, size), data, size, output, &removed);
  if (result != FR_STRIP_DONE)
    return result;
  if (fr_strip_output_has_failed (output))
    return FR_STRIP_TOO_MANY_PIECES;
  if (fr_strip_output_get_size (output) > FR_IMAGE_MAX_FILE_SIZE)
    return FR_STRIP_TOO_LARGE;
  *out_output = g_steal_pointer (&output);
  *out_removed = removed;
  return FR_STRIP_DONE;
}
