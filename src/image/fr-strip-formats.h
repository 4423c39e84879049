/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-strip.h"

#include <string.h>

G_BEGIN_DECLS

/* How each kind of picture is copied; fr_image_strip() tells which it is. Each function adds to `output` what
 * may stay of `data`, and to `removed` what does not. */

FrStripResult fr_strip_jpeg (const guint8 *data, gsize size, FrStripOutput *output, FrStripDetails *removed);
FrStripResult fr_strip_png (const guint8 *data, gsize size, FrStripOutput *output, FrStripDetails *removed);
FrStripResult fr_strip_webp (const guint8 *data, gsize size, FrStripOutput *output, FrStripDetails *removed);
FrStripResult fr_strip_gif (const guint8 *data, gsize size, FrStripOutput *output, FrStripDetails *removed);

/* Whether bytes are a colour profile by their signature (ICC.1, 7.2.10). */
static inline gboolean
fr_strip_is_profile (const guint8 *data, gsize size)
{
  return size >= 40 && memcmp (data + 36, "acsp", 4) == 0;
}

G_END_DECLS
