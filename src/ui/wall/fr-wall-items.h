/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-wall-item.h"

G_BEGIN_DECLS

/* Pictures as a wall shows them: a GListModel of FrWallItem over one of FrGalleryItem, FrHit and FrStack, each made when it
 * is looked at. */

#define FR_TYPE_WALL_ITEMS (fr_wall_items_get_type ())
G_DECLARE_FINAL_TYPE (FrWallItems, fr_wall_items, FR, WALL_ITEMS, GObject)

FrWallItems *fr_wall_items_new (FrNode *node, GListModel *source);
FrWallItems *fr_wall_items_new_veiled (FrNode *node, GListModel *source, FrVeil *veil);

G_END_DECLS
