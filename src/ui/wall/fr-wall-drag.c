/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-private.h"

#include "fr-drag-icon.h"
#include "fr-hand-out-content.h"

/* What is taken out of a wall: what is chosen, and what is dragged away. */

static GPtrArray *
list_one (FrWallTile *tile)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, g_object_ref (fr_wall_tile_get_item (tile)));
  return items;
}

static GPtrArray *
list_selected (FrWall *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->selection), position));
  return items;
}

/**
 * fr_wall_list_chosen:
 * @self: a wall
 *
 * Keys leave something selected that is not shown to be: while one does not select, what has the focus is meant, or what
 * has its menu open.
 *
 * Returns: (transfer full) (element-type FrWallItem): what something is to be done with, in its order
 */
GPtrArray *
fr_wall_list_chosen (FrWall *self)
{
  FrWallTile *tile = self->is_selecting ? NULL : fr_wall_tiles_find_focus (self);

  if (self->selection == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  return tile != NULL && fr_wall_tile_get_item (tile) != NULL ? list_one (tile) : list_selected (self);
}

/* Of what is chosen: what is here. */
GPtrArray *
fr_wall_list_whole (GtkWidget *wall, FrNode **out_node)
{
  g_autoptr (GPtrArray) items = fr_wall_list_chosen (FR_WALL (wall));

  if (items->len > 0)
    *out_node = fr_wall_item_get_node (items->pdata[0]);
  return fr_wall_item_list_whole (items);
}

/* What is dragged: all that is selected, if it is of that, or else this one alone. */
static GPtrArray *
list_dragged (FrWall *self, FrWallTile *tile)
{
  if (self->is_selecting && gtk_selection_model_is_selected (self->selection, fr_wall_tile_get_position (tile)))
    return list_selected (self);
  return list_one (tile);
}

/* A finger that moves scrolls. */
static gboolean
is_touch (GtkGesture *gesture)
{
  GdkEvent *event = gtk_gesture_get_last_event (gesture, gtk_gesture_get_last_updated_sequence (gesture));
  GdkDevice *device = event != NULL ? gdk_event_get_device (event) : NULL;

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

/* What has not come yet, and the gaps, where a rubber band begins, are not dragged. */
static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, FrWall *self)
{
  FrWallTile *tile = fr_wall_tiles_pick (self, x, y);
  g_autoptr (GPtrArray) items = NULL, pictures = NULL;

  if (tile == NULL || fr_wall_tile_get_item (tile) == NULL || is_touch (GTK_GESTURE (source)))
    return NULL;
  items = list_dragged (self, tile);
  pictures = fr_wall_item_list_whole (items);
  if (pictures->len == 0)
    return NULL;
  self->dragged = tile;
  gtk_gesture_set_state (GTK_GESTURE (source), GTK_EVENT_SEQUENCE_CLAIMED);
  return fr_hand_out_content_new (fr_wall_item_get_node (items->pdata[0]), pictures);
}

/* What the pointer is on comes first, then others that are selected and shown. */
static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, FrWall *self)
{
  g_autoptr (GPtrArray) textures = g_ptr_array_new ();
  g_autoptr (GdkPaintable) icon = NULL;
  FrWallTile *dragged = NULL;

  for (FrWallTile *tile = fr_wall_tiles_get_first (self); tile != NULL; tile = fr_wall_tiles_get_next (tile))
    if (tile == self->dragged)
      dragged = tile;
  if (dragged == NULL || fr_wall_tile_get_texture (dragged) == NULL)
    return;
  g_ptr_array_add (textures, fr_wall_tile_get_texture (dragged));
  if (self->is_selecting && gtk_selection_model_is_selected (self->selection, fr_wall_tile_get_position (dragged)))
    for (FrWallTile *tile = fr_wall_tiles_get_first (self); tile != NULL; tile = fr_wall_tiles_get_next (tile))
      if (tile != dragged && fr_wall_tile_get_item (tile) != NULL && fr_wall_tile_get_texture (tile) != NULL
          && gtk_selection_model_is_selected (self->selection, fr_wall_tile_get_position (tile)))
        g_ptr_array_add (textures, fr_wall_tile_get_texture (tile));
  icon = fr_drag_icon_new (textures);
  gtk_drag_source_set_icon (source, icon, 0, 0);
}

void
fr_wall_drag_attach (FrWall *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), GTK_EVENT_CONTROLLER (source));
}
