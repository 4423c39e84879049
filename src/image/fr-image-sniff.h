/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a file is, told from its first bytes alone, never from its name. Pure functions. */

/* How many of a file's first bytes fr_image_sniff() looks at. */
#define FR_IMAGE_SNIFF_SIZE 1000

/**
 * FrImageType:
 *
 * The kinds of picture, numbered as Item.Type in the protocol. %FR_IMAGE_TYPE_OTHER never leaves this folder:
 * a picture of a kind that Freshet does not read.
 */
typedef enum
{
  FR_IMAGE_TYPE_UNKNOWN = 0,
  FR_IMAGE_TYPE_JPEG = 1,
  FR_IMAGE_TYPE_PNG = 2,
  FR_IMAGE_TYPE_WEBP = 3,
  FR_IMAGE_TYPE_GIF = 4,
  FR_IMAGE_TYPE_HEIF = 5,
  FR_IMAGE_TYPE_AVIF = 6,
  FR_IMAGE_TYPE_TIFF = 7,
  FR_IMAGE_TYPE_SVG = 8,
  FR_IMAGE_TYPE_OTHER = 255,
} FrImageType;

FrImageType fr_image_sniff (const guint8 *head, gsize size);
gboolean fr_image_type_is_supported (guint type);
const char *fr_image_type_get_mime (FrImageType type);

G_END_DECLS
