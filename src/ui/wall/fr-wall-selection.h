/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-wall.h"

G_BEGIN_DECLS

/* The bar below a wall while several pictures are being picked: how many, and what can be done with all of them. */

#define FR_TYPE_WALL_SELECTION (fr_wall_selection_get_type ())
G_DECLARE_FINAL_TYPE (FrWallSelection, fr_wall_selection, FR, WALL_SELECTION, AdwBin)

void fr_wall_selection_show_error (FrWallSelection *self, const char *text); /* NULL: there is none any more */
const char *fr_wall_selection_get_text (FrWallSelection *self);

/* Properties: "wall" (FrWall), "buttons" (GtkWidget: what can be done). */

G_END_DECLS
