/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-texture-loader.h"
#include "fr-veil.h"

G_BEGIN_DECLS

/* A picture that was found, in a grid: its preview, title, and who has it. */

#define FR_TYPE_HIT_TILE (fr_hit_tile_get_type ())
G_DECLARE_FINAL_TYPE (FrHitTile, fr_hit_tile, FR, HIT_TILE, AdwBin)

/* Property "hit" (FrHit, nullable). */
FrHitTile *fr_hit_tile_new (FrTextureLoader *loader, FrVeil *veil);
void fr_hit_tile_set_hit (FrHitTile *self, FrHit *hit);

G_END_DECLS
