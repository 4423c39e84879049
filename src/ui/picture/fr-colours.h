/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* The colours of a picture, and nothing that one would rather not have seen. Made once, and so small that drawing it costs
 * nothing, where blurring costs the same again with each frame. */

#define FR_COLOURS_SIDE 6 /* pixels */

GdkTexture *fr_colours_make (GdkTexture *texture);

G_END_DECLS
