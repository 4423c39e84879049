/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-picture-actions.h"
#include "fr-wall.h"
#include "fr-wall-marks.h"
#include "fr-wall-tile.h"

G_BEGIN_DECLS

/* The wall in parts: its tiles, what pointers and keys do, and the days. */

struct _FrWall
{
  AdwBin parent_instance;

  /* template widgets */
  GtkScrolledWindow *scrolled;
  GtkGridView *grid;
  GtkRevealer *pill;
  GtkLabel *pill_label;
  GMenuModel *open_menu;    /* what every tile has */
  GMenuModel *out_menu;

  /* owned */
  FrTextureLoader *loader;
  FrWallMarks *marks;
  GtkSelectionModel *selection;
  GSimpleActionGroup *actions;
  FrPictureActions *picture_actions;
  GSettings *settings; /* nullable */
  GMenuModel *menu_model;   /* nullable: of the page, which comes around what can be done on each */
  GtkWidget *menu;     /* nullable; a child */
  char *label;

  /* borrowed, perhaps gone: only to be compared */
  gpointer pressed;
  gpointer dragged;

  /* state */
  guint level;
  guint pinched_level; /* when two fingers were put down */
  guint load_id;
  guint settle_id;
  guint pill_id;
  guint go_to_id;
  guint menu_position; /* whose menu was opened last */
  guint wanted; /* where to */
  guint n_waited;
  guint is_selecting : 1;
  guint has_days : 1;
  guint is_narrow : 1;
  guint captions_are_old : 1;
};

/* Tiles */
void fr_wall_tiles_setup_cb (FrWall *self, GtkListItem *cell);
void fr_wall_tiles_bind_cb (FrWall *self, GtkListItem *cell);
void fr_wall_tiles_unbind_cb (FrWall *self, GtkListItem *cell);
FrWallTile *fr_wall_tiles_get_first (FrWall *self);
FrWallTile *fr_wall_tiles_get_next (FrWallTile *tile);
void fr_wall_tiles_update (FrWall *self);         /* size, selecting */
void fr_wall_tiles_update_days (FrWall *self);
void fr_wall_tiles_queue_load (FrWall *self);
void fr_wall_tiles_queue_settle (FrWall *self);
guint fr_wall_tiles_count_columns (FrWall *self);
int fr_wall_tiles_get_row_height (FrWall *self);
FrWallTile *fr_wall_tiles_find (FrWall *self, guint position);
FrWallTile *fr_wall_tiles_pick (FrWall *self, double x, double y); /* of the grid */
FrWallTile *fr_wall_tiles_find_focus (FrWall *self);

/* Pointers and keys */
void fr_wall_pointer_attach (FrWall *self);
void fr_wall_pointer_toggle (FrWall *self, guint position);
void fr_wall_pointer_open_menu (FrWall *self);

/* What is taken out of it */
void fr_wall_drag_attach (FrWall *self);
GPtrArray *fr_wall_list_whole (GtkWidget *wall, FrNode **out_node);

/* Days */
void fr_wall_days_scrolled_cb (FrWall *self);
void fr_wall_days_choose_month (FrWall *self);
void fr_wall_days_clear (FrWall *self);

/* For these. */
void fr_wall_activate (FrWall *self, guint position);

G_END_DECLS
