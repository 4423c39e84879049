/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-private.h"

#include "fr-day-text.h"
#include "fr-wall-days.h"
#include "fr-wall-geometry.h"

/* The tiles of a wall: made, filled and used again by GTK, which keeps some 30 rows of them. */

/* Pictures that are near what is seen are loaded while nothing else is, and so many at once. */
#define NEAR_AT_ONCE 4

/* The first from @cell on; %NULL: there is none. */
static FrWallTile *
find_in_cells (GtkWidget *cell)
{
  for (; cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *tile = gtk_widget_get_first_child (cell);

      if (FR_IS_WALL_TILE (tile))
        return FR_WALL_TILE (tile);
    }
  return NULL;
}

/* All that there are, in some order. */

FrWallTile *
fr_wall_tiles_get_first (FrWall *self)
{
  return find_in_cells (gtk_widget_get_first_child (GTK_WIDGET (self->grid)));
}

FrWallTile *
fr_wall_tiles_get_next (FrWallTile *tile)
{
  return find_in_cells (gtk_widget_get_next_sibling (gtk_widget_get_parent (GTK_WIDGET (tile))));
}

#define FOREACH_TILE(self, tile)                                                                                       \
  for (FrWallTile * tile = fr_wall_tiles_get_first (self); tile != NULL; tile = fr_wall_tiles_get_next (tile))

static GListModel *
get_items (FrWall *self)
{
  return G_LIST_MODEL (self->selection);
}

static void
show_day (FrWall *self, FrWallTile *tile, gint64 now_us)
{
  guint position = fr_wall_tile_get_position (tile);
  g_autofree char *day = NULL, *short_day = NULL;
  gint64 time_us;

  if (fr_wall_tile_get_item (tile) == NULL)
    return;
  if (!self->has_days || !fr_wall_days_is_first (get_items (self), position))
    {
      fr_wall_tile_set_day (tile, NULL, NULL);
      return;
    }
  time_us = fr_wall_item_get_time_us (fr_wall_tile_get_item (tile));
  day = fr_day_text_describe (time_us, now_us);
  short_day = fr_day_text_describe_short (time_us, now_us);
  fr_wall_tile_set_day (tile, day, short_day);
}

/**
 * fr_wall_tiles_update_days:
 * @self: a wall
 *
 * Which picture is the first of its day depends on the one before it.
 */
void
fr_wall_tiles_update_days (FrWall *self)
{
  gint64 now_us = g_get_real_time ();

  FOREACH_TILE (self, tile)
    show_day (self, tile, now_us);
}

void
fr_wall_tiles_update (FrWall *self)
{
  FOREACH_TILE (self, tile)
    {
      fr_wall_tile_set_side (tile, fr_wall_geometry_get_side (self->level));
      fr_wall_tile_set_selecting (tile, self->is_selecting);
    }
}

/* Where they are */

guint
fr_wall_tiles_count_columns (FrWall *self)
{
  return fr_wall_geometry_count_columns (gtk_widget_get_width (GTK_WIDGET (self->grid)),
                                         fr_wall_geometry_get_side (self->level));
}

/* All rows are equally high. 0: nothing is shown. */
int
fr_wall_tiles_get_row_height (FrWall *self)
{
  FOREACH_TILE (self, tile)
    if (fr_wall_tile_get_item (tile) != NULL && gtk_widget_get_height (GTK_WIDGET (tile)) > 0)
      return gtk_widget_get_allocated_height (gtk_widget_get_parent (GTK_WIDGET (tile)));
  return 0;
}

FrWallTile *
fr_wall_tiles_find (FrWall *self, guint position)
{
  FOREACH_TILE (self, tile)
    if (fr_wall_tile_get_item (tile) != NULL && fr_wall_tile_get_position (tile) == position)
      return tile;
  return NULL;
}

FrWallTile *
fr_wall_tiles_pick (FrWall *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->grid), x, y, GTK_PICK_DEFAULT);

  return FR_IS_WALL_TILE (widget) ? FR_WALL_TILE (widget) : NULL;
}

/* The cell has the focus, and the tile in it is meant. */
FrWallTile *
fr_wall_tiles_find_focus (FrWall *self)
{
  GtkWidget *cell = gtk_widget_get_focus_child (GTK_WIDGET (self->grid));
  GtkWidget *tile = cell != NULL ? gtk_widget_get_first_child (cell) : NULL;

  return FR_IS_WALL_TILE (tile) ? FR_WALL_TILE (tile) : NULL;
}

static gboolean
is_tile_focused (FrWall *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->grid));
}

/**
 * fr_wall_take_focus:
 * @self: a wall
 *
 * Gives the focus to the tile that had it, or to the first. Where its tiles have not been made yet what scrolls would take
 * it, and keep it.
 */
void
fr_wall_take_focus (FrWall *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  if (!is_tile_focused (self) && self->selection != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    fr_wall_go_to (self, 0);
}

/* Loading */

typedef struct
{
  guint first; /* the first position that is seen */
  guint n;     /* so many are seen */
} Sight;

static Sight
look (FrWall *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  guint columns = fr_wall_tiles_count_columns (self);
  int row_height = fr_wall_tiles_get_row_height (self);
  guint first_row, n_rows;

  if (row_height == 0)
    return (Sight){ 0, columns };
  first_row = (guint) (MAX (gtk_adjustment_get_value (adjustment), 0) / row_height);
  n_rows = (guint) (gtk_adjustment_get_page_size (adjustment) / row_height) + 2;
  return (Sight){ first_row * columns, n_rows * columns };
}

static guint
get_distance (const Sight *sight, FrWallTile *tile)
{
  guint position = fr_wall_tile_get_position (tile);

  if (position < sight->first)
    return sight->first - position;
  return position < sight->first + sight->n ? 0 : position - sight->first - sight->n + 1;
}

static FrWallTile *
find_nearest (FrWall *self, const Sight *sight)
{
  FrWallTile *nearest = NULL;

  FOREACH_TILE (self, tile)
    if (fr_wall_tile_needs_picture (tile) && get_distance (sight, tile) <= sight->n
        && (nearest == NULL || get_distance (sight, tile) < get_distance (sight, nearest)))
      nearest = tile;
  return nearest;
}

/* What is seen comes first; then, a few at a time, what will be seen next; what is far away by now is given up. */
static gboolean
load_cb (gpointer data)
{
  FrWall *self = data;
  const Sight sight = look (self);
  guint n_loading = 0;
  FrWallTile *nearest;

  self->load_id = 0;
  FOREACH_TILE (self, tile)
    {
      if (get_distance (&sight, tile) == 0)
        fr_wall_tile_load (tile);
      else if (get_distance (&sight, tile) > sight.n)
        fr_wall_tile_give_up (tile);
      n_loading += fr_wall_tile_is_loading (tile);
    }
  for (; n_loading < NEAR_AT_ONCE && (nearest = find_nearest (self, &sight)) != NULL; n_loading++)
    fr_wall_tile_load (nearest);
  return G_SOURCE_REMOVE;
}

void
fr_wall_tiles_queue_load (FrWall *self)
{
  if (self->load_id == 0)
    self->load_id = g_idle_add (load_cb, self);
}

/* At least half of it. */
static gboolean
is_shown (FrWall *self, FrWallTile *tile)
{
  const float height = (float) gtk_widget_get_height (GTK_WIDGET (self->scrolled));
  graphene_rect_t bounds;
  float y;

  if (fr_wall_tile_get_item (tile) == NULL || fr_wall_tile_get_texture (tile) == NULL
      || !gtk_widget_get_mapped (GTK_WIDGET (tile))
      || !gtk_widget_compute_bounds (GTK_WIDGET (tile), GTK_WIDGET (self->scrolled), &bounds))
    return FALSE;
  y = bounds.origin.y + bounds.size.height / 2;
  return y >= 0 && y <= height;
}

/**
 * fr_wall_list_shown:
 * @self: a wall
 *
 * Returns: (transfer full) (element-type FrWallItem): those on the screen whose picture has come, in some order
 */
GPtrArray *
fr_wall_list_shown (FrWall *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  FOREACH_TILE (self, tile)
    if (is_shown (self, tile))
      g_ptr_array_add (items, g_object_ref (fr_wall_tile_get_item (tile)));
  return items;
}

/* Afterwards: not while sizes are given out or items come and go, but before the next frame. As many columns as fit are
 * kept alive, and one more, so that a window that grows has it at once. */

static gboolean
settle_cb (gpointer data)
{
  FrWall *self = data;
  guint n = fr_wall_tiles_count_columns (self) + 1;

  self->settle_id = 0;
  if (gtk_widget_get_width (GTK_WIDGET (self->grid)) > 0 && gtk_grid_view_get_max_columns (self->grid) != n)
    gtk_grid_view_set_max_columns (self->grid, n);
  if (self->captions_are_old)
    fr_wall_tiles_update_days (self);
  self->captions_are_old = FALSE;
  return G_SOURCE_REMOVE;
}

void
fr_wall_tiles_queue_settle (FrWall *self)
{
  if (self->settle_id == 0)
    self->settle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, settle_cb, self, NULL);
}

/* The factory */

void
fr_wall_tiles_setup_cb (FrWall *self, GtkListItem *cell)
{
  FrWallTile *tile = fr_wall_tile_new (cell, self->loader, self->marks);

  g_signal_connect_object (tile, "loaded", G_CALLBACK (fr_wall_tiles_queue_load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tile, "wanting", G_CALLBACK (fr_wall_tiles_queue_load), self, G_CONNECT_SWAPPED);
  fr_wall_tile_set_side (tile, fr_wall_geometry_get_side (self->level));
  gtk_list_item_set_child (cell, GTK_WIDGET (tile));
}

void
fr_wall_tiles_bind_cb (FrWall *self, GtkListItem *cell)
{
  FrWallTile *tile = FR_WALL_TILE (gtk_list_item_get_child (cell));

  fr_wall_tile_set_selecting (tile, self->is_selecting);
  fr_wall_tile_set_item (tile, gtk_list_item_get_item (cell));
  show_day (self, tile, g_get_real_time ());
}

void
fr_wall_tiles_unbind_cb (FrWall *self, GtkListItem *cell)
{
  fr_wall_tile_set_item (FR_WALL_TILE (gtk_list_item_get_child (cell)), NULL);
}
