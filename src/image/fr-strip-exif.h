/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-strip.h"

G_BEGIN_DECLS

/* Exif: its orientation, which stays, and what else it tells, which does not. Pure functions. */

/* How large Exif with nothing but an orientation is. */
#define FR_STRIP_EXIF_SIZE 26

/* What stands before Exif in JPEG, with two bytes of zero after it. */
#define FR_STRIP_EXIF_PREFIX      "Exif\0"
#define FR_STRIP_EXIF_PREFIX_SIZE 6

guint fr_strip_exif_read (const guint8 *data, gsize size, FrStripDetails *removed);
void fr_strip_exif_write (guint orientation, guint8 *bytes);

G_END_DECLS
