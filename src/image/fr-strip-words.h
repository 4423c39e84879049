/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-strip.h"

G_BEGIN_DECLS

/* What text beside a picture is about, so that one can say what was removed. By rule of thumb: whether it is
 * removed does not depend on it. Pure functions. */

FrStripDetails fr_strip_words_judge_xmp (const guint8 *data, gsize size);
FrStripDetails fr_strip_words_judge_photoshop (const guint8 *data, gsize size);
FrStripDetails fr_strip_words_judge_keyword (const char *keyword);

G_END_DECLS
