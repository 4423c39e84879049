/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-texture-loader.h"

G_BEGIN_DECLS

/* One's own picture in a grid: small, with its title, and a mark on it if it is not for everyone. */

#define FR_TYPE_GALLERY_TILE (fr_gallery_tile_get_type ())
G_DECLARE_FINAL_TYPE (FrGalleryTile, fr_gallery_tile, FR, GALLERY_TILE, AdwBin)

/* Property "item" (FrGalleryItem, nullable). */
FrGalleryTile *fr_gallery_tile_new (FrTextureLoader *loader, FrPeople *people);
void fr_gallery_tile_set_item (FrGalleryTile *self, FrGalleryItem *item);
FrGalleryItem *fr_gallery_tile_get_item (FrGalleryTile *self);

G_END_DECLS
