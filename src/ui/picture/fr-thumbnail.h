/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-texture-loader.h"

G_BEGIN_DECLS

/* A small picture that fills its place; a plain tile until it has come, or where there is none. */

#define FR_TYPE_THUMBNAIL (fr_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (FrThumbnail, fr_thumbnail, FR, THUMBNAIL, AdwBin)

void fr_thumbnail_show (FrThumbnail *self, FrTextureLoader *loader, const FrContentId *id, GBytes *preview);
void fr_thumbnail_clear (FrThumbnail *self);
void fr_thumbnail_set_blurred (FrThumbnail *self, gboolean is_blurred);
gboolean fr_thumbnail_get_blurred (FrThumbnail *self);
GdkPaintable *fr_thumbnail_get_paintable (FrThumbnail *self);

G_END_DECLS
