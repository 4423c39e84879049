/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-geometry.h"

/* Three columns of the second fit a window of 360 pixels. */
static const guint sides[FR_WALL_N_LEVELS] = { 72, 112, 150, 220, 320 };

#define USUAL_LEVEL 2
#define USUAL_LEVEL_NARROW 1

guint
fr_wall_geometry_get_side (guint level)
{
  return sides[MIN (level, FR_WALL_N_LEVELS - 1)];
}

/**
 * fr_wall_geometry_find_level:
 * @side: in pixels, as it was kept; 0: nothing was
 * @is_narrow: whether the window is narrow
 *
 * Returns: the level whose side is the next that is not larger
 */
guint
fr_wall_geometry_find_level (int side, gboolean is_narrow)
{
  guint level = 0;

  if (side <= 0)
    return is_narrow ? USUAL_LEVEL_NARROW : USUAL_LEVEL;
  while (level + 1 < FR_WALL_N_LEVELS && (int) sides[level + 1] <= side)
    level++;
  return level;
}

guint
fr_wall_geometry_step (guint level, int steps)
{
  return (guint) CLAMP ((int) level + steps, 0, FR_WALL_N_LEVELS - 1);
}

/**
 * fr_wall_geometry_pinch:
 * @level: when two fingers were put down
 * @scale: how much farther apart they are now
 *
 * Returns: the level whose tiles are nearest to those of @level, scaled like that
 */
guint
fr_wall_geometry_pinch (guint level, double scale)
{
  double side = fr_wall_geometry_get_side (level) * scale;
  guint nearest = 0;

  for (guint i = 1; i < FR_WALL_N_LEVELS; i++)
    if (ABS (sides[i] - side) < ABS (sides[nearest] - side))
      nearest = i;
  return nearest;
}

/**
 * fr_wall_geometry_count_columns:
 * @width: of the wall
 * @side: of a tile
 *
 * Returns: how many tiles stand side by side, at least one
 */
guint
fr_wall_geometry_count_columns (int width, guint side)
{
  return (guint) MAX (width / (int) (side + FR_WALL_GAP), 1);
}
