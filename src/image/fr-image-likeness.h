/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-pixels.h"

G_BEGIN_DECLS

/* What a picture looks like in a few bytes, by which near copies are told: the same picture smaller, in another format,
 * or saved once more. Pure functions. */

/* So many of its bits may differ, and each colour by so much. */
#define FR_IMAGE_LIKENESS_MAX_BITS 4
#define FR_IMAGE_LIKENESS_MAX_COLOUR 16

/**
 * FrImageLikeness:
 * @bits: for each of 8 × 8 places whether it gets lighter towards the right there
 * @colour: red, green and blue on average
 *
 * A plain value.
 */
typedef struct
{
  guint64 bits;
  guint8 colour[3];
} FrImageLikeness;

gboolean fr_image_likeness_find (const FrImagePixels *pixels, FrImageLikeness *out_likeness);
gboolean fr_image_likeness_is_alike (const FrImageLikeness *a, const FrImageLikeness *b);

G_END_DECLS
