/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How large the tiles of a wall are, and how many stand side by side. Pure. */

#define FR_WALL_N_LEVELS 5
#define FR_WALL_GAP 2 /* pixels between two tiles */

guint fr_wall_geometry_get_side (guint level);                 /* pixels */
guint fr_wall_geometry_find_level (int side, gboolean is_narrow); /* of a side that was kept; 0: the usual */
guint fr_wall_geometry_step (guint level, int steps);
guint fr_wall_geometry_pinch (guint level, double scale);      /* what fingers that moved apart ask for */
guint fr_wall_geometry_count_columns (int width, guint side);

G_END_DECLS
