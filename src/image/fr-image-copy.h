/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-error.h"
#include "fr-image-sniff.h"
#include "fr-image-strip.h"

G_BEGIN_DECLS

/* From the file that was handed over to memory that is handed back: a copy without details. Part of the
 * decoding process, though nothing is decoded. */

typedef struct
{
  FrImageType type;
  FrStripDetails removed;
  gsize size;       /* bytes */
  gboolean is_same; /* as the file, byte for byte */
  int fd;           /* a sealed memfd, the caller's */
} FrImageCopy;

gboolean fr_image_copy_make (int fd, FrImageCopy *out_copy, FrImageError *out_error);

G_END_DECLS
