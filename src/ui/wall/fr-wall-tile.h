/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-texture-loader.h"
#include "fr-wall-item.h"
#include "fr-wall-marks.h"

G_BEGIN_DECLS

/* A picture of a wall: square, cut to fill, with its marks. It has no children and always the same size, so that
 * measuring hundreds of them costs next to nothing. */

#define FR_TYPE_WALL_TILE (fr_wall_tile_get_type ())
G_DECLARE_FINAL_TYPE (FrWallTile, fr_wall_tile, FR, WALL_TILE, GtkWidget)

FrWallTile *fr_wall_tile_new (GtkListItem *cell, FrTextureLoader *loader, FrWallMarks *marks);

void fr_wall_tile_set_item (FrWallTile *self, FrWallItem *item);
FrWallItem *fr_wall_tile_get_item (FrWallTile *self);
guint fr_wall_tile_get_position (FrWallTile *self); /* GTK_INVALID_LIST_POSITION where it shows nothing */

void fr_wall_tile_set_side (FrWallTile *self, guint side);
void fr_wall_tile_set_day (FrWallTile *self, const char *day, const char *short_day); /* NULL: none begins with it */
void fr_wall_tile_set_selecting (FrWallTile *self, gboolean is_selecting);
const char *fr_wall_tile_get_day (FrWallTile *self);

/* Loads its picture, if it has none and none is on its way. */
gboolean fr_wall_tile_needs_picture (FrWallTile *self);
void fr_wall_tile_load (FrWallTile *self);
void fr_wall_tile_give_up (FrWallTile *self);
gboolean fr_wall_tile_is_loading (FrWallTile *self);
GdkTexture *fr_wall_tile_get_texture (FrWallTile *self);

/* Signals "loaded": its picture has come, or none will; "wanting": there is one to be loaded by now. */

G_END_DECLS
