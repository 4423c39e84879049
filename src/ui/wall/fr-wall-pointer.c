/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-private.h"

#include "fr-wall-geometry.h"

/* What is done with a wall by mouse, touch and keys, beyond what GTK does with every list: a click opens, and picks while
 * several are being picked. */

void
fr_wall_pointer_toggle (FrWall *self, guint position)
{
  if (gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_unselect_item (self->selection, position);
  else
    gtk_selection_model_select_item (self->selection, position, FALSE);
}

static void
claim (gpointer gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* Click: looked at before the cells do, which select what is clicked. With Control and Shift that is what is wanted. A drag
 * is none: then this is stopped by what takes the drag. */

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, FrWall *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  self->pressed = fr_wall_tiles_pick (self, x, y);
  if (self->pressed == NULL)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
  else if (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
    {
      fr_wall_set_selecting (self, TRUE);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    }
  else if (n_press > 1)
    claim (gesture); /* the first click has opened it */
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, FrWall *self)
{
  FrWallTile *tile = fr_wall_tiles_pick (self, x, y);

  if (tile == NULL || tile != self->pressed)
    return;
  claim (gesture);
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (tile)));
  if (n_press == 1 || self->is_selecting)
    fr_wall_activate (self, fr_wall_tile_get_position (tile));
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, FrWall *self)
{
  FrWallTile *tile = fr_wall_tiles_pick (self, x, y);

  if (tile == NULL || self->is_selecting)
    return;
  fr_wall_set_selecting (self, TRUE);
  gtk_selection_model_select_item (self->selection, fr_wall_tile_get_position (tile), TRUE);
  claim (gesture);
}

/* Menu: of what is selected; a tile that is not is selected alone. */

static void
append_sections (GMenu *menu, GMenuModel *model, int first, int last)
{
  for (int i = first; i < MIN (last, g_menu_model_get_n_items (model)); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (model, i);

      g_menu_append_item (menu, item);
    }
}

/* What opens it comes first; then what can be done on every wall, and the rest of what the page has. */
static GtkWidget *
make_menu (FrWall *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GMenuModel *model = self->menu_model != NULL ? self->menu_model : self->open_menu;

  append_sections (menu, model, 0, 1);
  append_sections (menu, self->out_menu, 0, G_MAXINT);
  append_sections (menu, model, 1, G_MAXINT);
  return gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
}

/* Where it was opened gets the focus again, unless what was chosen has put that elsewhere. */
static void
menu_closed_cb (FrWall *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  FrWallTile *tile = fr_wall_tiles_find (self, self->menu_position);

  fr_picture_actions_free_keys (self->picture_actions);
  if (tile != NULL && (focus == NULL || gtk_widget_is_ancestor (focus, self->menu)))
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (tile)));
}

static void
show_menu (FrWall *self, FrWallTile *tile, const GdkRectangle *at)
{
  guint position = fr_wall_tile_get_position (tile);

  self->menu_position = position;
  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  if (self->menu == NULL)
    {
      self->menu = make_menu (self);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
    }
  fr_picture_actions_update (self->picture_actions);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, FrWall *self)
{
  FrWallTile *tile = fr_wall_tiles_pick (self, x, y);
  double wall_x, wall_y;

  if (tile == NULL)
    return;
  claim (gesture);
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (tile)));
  gtk_widget_translate_coordinates (GTK_WIDGET (self->grid), GTK_WIDGET (self), x, y, &wall_x, &wall_y);
  show_menu (self, tile, &(GdkRectangle){ (int) wall_x, (int) wall_y, 1, 1 });
}

/**
 * fr_wall_pointer_open_menu:
 * @self: a wall
 *
 * Opens the menu of the tile that has the focus.
 */
void
fr_wall_pointer_open_menu (FrWall *self)
{
  FrWallTile *tile = fr_wall_tiles_find_focus (self);
  graphene_rect_t bounds;

  if (tile == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (tile), GTK_WIDGET (self), &bounds))
    return;
  show_menu (self, tile, &(GdkRectangle){ (int) (bounds.origin.x + bounds.size.width / 2),
                                          (int) (bounds.origin.y + bounds.size.height / 2), 1, 1 });
}

/* The size of the tiles */

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, FrWall *self)
{
  self->pinched_level = self->level;
  claim (gesture);
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, FrWall *self)
{
  fr_wall_set_level (self, fr_wall_geometry_pinch (self->pinched_level, scale));
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, FrWall *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (!(state & GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  if (dy != 0)
    fr_wall_set_level (self, fr_wall_geometry_step (self->level, dy < 0 ? 1 : -1));
  return GDK_EVENT_STOP;
}

/* Space begins selecting with what has the focus. From then on it is that of every list. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, FrWall *self)
{
  FrWallTile *tile = fr_wall_tiles_find_focus (self);

  if (self->is_selecting || tile == NULL || (key != GDK_KEY_space && key != GDK_KEY_KP_Space)
      || (state & GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  fr_wall_set_selecting (self, TRUE);
  gtk_selection_model_select_item (self->selection, fr_wall_tile_get_position (tile), TRUE);
  return GDK_EVENT_STOP;
}

static void
attach (FrWall *self, gpointer controller, GtkPropagationPhase phase)
{
  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), controller);
}

void
fr_wall_pointer_attach (FrWall *self)
{
  GtkGesture *click = gtk_gesture_click_new (), *menu_click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new (), *pinch = gtk_gesture_zoom_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL
                                                                | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu_click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, 0);
  g_signal_connect_object (menu_click, "pressed", G_CALLBACK (menu_pressed_cb), self, 0);
  g_signal_connect_object (long_press, "pressed", G_CALLBACK (long_pressed_cb), self, 0);
  g_signal_connect_object (pinch, "begin", G_CALLBACK (pinch_begin_cb), self, 0);
  g_signal_connect_object (pinch, "scale-changed", G_CALLBACK (pinch_cb), self, 0);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, 0);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  attach (self, click, GTK_PHASE_CAPTURE);
  attach (self, menu_click, GTK_PHASE_CAPTURE);
  attach (self, long_press, GTK_PHASE_CAPTURE);
  attach (self, pinch, GTK_PHASE_CAPTURE);
  attach (self, scroll, GTK_PHASE_CAPTURE);
  attach (self, keys, GTK_PHASE_CAPTURE);
}
