/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-private.h"

#include <glib/gi18n.h>

#include "fr-settings.h"
#include "fr-wall-geometry.h"

/* Until the wall has a size. */
#define USUAL_WIDTH 1280

/* Frames until what was gone to has a tile: the first has, unless it is gone. */
#define MAX_WAITED 10

enum
{
  PROP_0,
  PROP_SELECTING,
  PROP_N_SELECTED,
  PROP_DAYS,
  PROP_NARROW,
  PROP_LABEL,
  PROP_MENU_MODEL,
  N_PROPS
};

enum
{
  OPEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrWall, fr_wall, ADW_TYPE_BIN)

/* Opening and selecting */

static void
selection_changed_cb (FrWall *self)
{
  if (fr_wall_count_selected (self) > 1)
    fr_wall_set_selecting (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

static void
items_changed_cb (FrWall *self)
{
  GAction *months = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "months");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (months),
                               self->has_days && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0);
  self->captions_are_old = TRUE;
  fr_wall_tiles_queue_settle (self);
  selection_changed_cb (self);
}

/* A picture is opened, or picked while several are being picked. */
void
fr_wall_activate (FrWall *self, guint position)
{
  g_autoptr (FrWallItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  if (self->is_selecting)
    fr_wall_pointer_toggle (self, position);
  else
    g_signal_emit (self, signals[OPEN], 0, item);
}

/* Actions */

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrWall *self = data;
  g_autoptr (GPtrArray) chosen = fr_wall_list_chosen (self);

  if (chosen->len > 0)
    g_signal_emit (self, signals[OPEN], 0, chosen->pdata[0]);
}

static void
menu_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  fr_wall_pointer_open_menu (data);
}

static void
months_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  fr_wall_days_choose_month (data);
}

static void
select_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrWall *self = data;

  fr_wall_set_selecting (self, !self->is_selecting);
}

static void
select_none_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  fr_wall_set_selecting (data, FALSE);
}

/* What is usual is not kept, as it depends on the window. */
static void
zoom_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrWall *self = data;
  const char *direction = g_variant_get_string (parameter, NULL);

  if (!g_str_equal (direction, "usual"))
    fr_wall_set_level (self, fr_wall_geometry_step (self->level, g_str_equal (direction, "in") ? 1 : -1));
  else if (self->settings != NULL)
    g_settings_reset (self->settings, FR_SETTING_TILE_SIZE);
  else
    fr_wall_set_level (self, fr_wall_geometry_find_level (0, self->is_narrow));
}

static const GActionEntry action_entries[] = {
  { "open", open_action },     { "menu", menu_action },
  { "months", months_action }, { "select", select_action },
  { "zoom", zoom_action, "s" }, { "select-none", select_none_action },
};

/* The size of the tiles */

static void
show_level (FrWall *self, guint level)
{
  if (level == self->level)
    return;
  self->level = level;
  fr_wall_tiles_update (self);
  fr_wall_tiles_queue_settle (self);
  fr_wall_tiles_queue_load (self);
}

static void
tile_size_changed_cb (FrWall *self)
{
  int side = self->settings != NULL ? g_settings_get_int (self->settings, FR_SETTING_TILE_SIZE) : 0;

  show_level (self, fr_wall_geometry_find_level (side, self->is_narrow));
}

/* The window says whether it is narrow, where it knows. */
static void
fr_wall_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (fr_wall_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (root), "narrow") != NULL)
    g_object_bind_property (root, "narrow", widget, "narrow", G_BINDING_SYNC_CREATE);
}

static void
fr_wall_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (fr_wall_parent_class)->css_changed (widget, change);
  fr_wall_marks_forget (FR_WALL (widget)->marks);
}

static void
fr_wall_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (fr_wall_parent_class)->direction_changed (widget, previous);
  fr_wall_marks_forget (FR_WALL (widget)->marks);
}

static void
set_label (FrWall *self, const char *label)
{
  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
fr_wall_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrWall *self = FR_WALL (object);

  switch (id)
    {
    case PROP_SELECTING:
      g_value_set_boolean (value, self->is_selecting);
      break;
    case PROP_N_SELECTED:
      g_value_set_uint (value, fr_wall_count_selected (self));
      break;
    case PROP_DAYS:
      g_value_set_boolean (value, self->has_days);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->is_narrow);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_MENU_MODEL:
      g_value_set_object (value, self->menu_model);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_wall_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FrWall *self = FR_WALL (object);

  switch (id)
    {
    case PROP_SELECTING:
      fr_wall_set_selecting (self, g_value_get_boolean (value));
      break;
    case PROP_DAYS:
      fr_wall_set_days (self, g_value_get_boolean (value));
      break;
    case PROP_NARROW:
      fr_wall_set_narrow (self, g_value_get_boolean (value));
      break;
    case PROP_LABEL:
      set_label (self, g_value_get_string (value));
      break;
    case PROP_MENU_MODEL:
      g_set_object (&self->menu_model, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_wall_dispose (GObject *object)
{
  FrWall *self = FR_WALL (object);

  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  fr_wall_days_clear (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->selection != NULL)
    gtk_grid_view_set_model (self->grid, NULL); /* or tiles would be told of what goes */
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_WALL);
  g_clear_object (&self->selection);
  g_clear_object (&self->loader);
  g_clear_object (&self->actions);
  g_clear_object (&self->picture_actions);
  g_clear_object (&self->settings);
  g_clear_object (&self->menu_model);
  G_OBJECT_CLASS (fr_wall_parent_class)->dispose (object);
}

static void
fr_wall_finalize (GObject *object)
{
  FrWall *self = FR_WALL (object);

  fr_wall_marks_free (self->marks);
  g_free (self->label);
  G_OBJECT_CLASS (fr_wall_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-wall.ui");
  gtk_widget_class_bind_template_child (widget_class, FrWall, scrolled);
  gtk_widget_class_bind_template_child (widget_class, FrWall, grid);
  gtk_widget_class_bind_template_child (widget_class, FrWall, pill);
  gtk_widget_class_bind_template_child (widget_class, FrWall, pill_label);
  gtk_widget_class_bind_template_child (widget_class, FrWall, open_menu);
  gtk_widget_class_bind_template_child (widget_class, FrWall, out_menu);
  gtk_widget_class_bind_template_callback (widget_class, fr_wall_activate);
  gtk_widget_class_bind_template_callback (widget_class, fr_wall_tiles_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_wall_tiles_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_wall_tiles_unbind_cb);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE, flags);
  properties[PROP_N_SELECTED] = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DAYS] = g_param_spec_boolean ("days", NULL, NULL, FALSE, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_MENU_MODEL] = g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_wall_class_init (FrWallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_wall_get_property;
  object_class->set_property = fr_wall_set_property;
  object_class->dispose = fr_wall_dispose;
  object_class->finalize = fr_wall_finalize;
  widget_class->root = fr_wall_root;
  widget_class->css_changed = fr_wall_css_changed;
  widget_class->direction_changed = fr_wall_direction_changed;
  install_properties (object_class);
  signals[OPEN] = g_signal_new ("open", FR_TYPE_WALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_WALL_ITEM);
  fr_wall_class_add_keys (widget_class);
  bind_template (widget_class);
}

static void
watch_adjustments (FrWall *self)
{
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scrolled), "changed",
                           G_CALLBACK (fr_wall_tiles_queue_settle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled), "changed",
                           G_CALLBACK (fr_wall_tiles_queue_load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled), "value-changed",
                           G_CALLBACK (fr_wall_days_scrolled_cb), self, G_CONNECT_SWAPPED);
}

static void
fr_wall_init (FrWall *self)
{
  self->marks = fr_wall_marks_new (GTK_WIDGET (self));
  self->settings = fr_settings_open ();
  self->level = fr_wall_geometry_find_level (0, FALSE);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries, G_N_ELEMENTS (action_entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "wall", G_ACTION_GROUP (self->actions));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (fr_wall_refresh), NULL);
  if (self->settings != NULL)
    g_signal_connect_object (self->settings, "changed::" FR_SETTING_TILE_SIZE, G_CALLBACK (tile_size_changed_cb), self,
                             G_CONNECT_SWAPPED);
  tile_size_changed_cb (self);
  fr_wall_pointer_attach (self);
  fr_wall_drag_attach (self);
  self->picture_actions = fr_picture_actions_new (GTK_WIDGET (self), fr_wall_list_whole);
  watch_adjustments (self);
}

/**
 * fr_wall_class_add_keys:
 * @widget_class: of a wall, or of what is around one and has its actions
 *
 * Adds the keys of a wall, so that they need not be pressed on a picture.
 */
void
fr_wall_class_add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    const char *direction;
  } zooms[] = {
    { GDK_KEY_plus, "in" },    { GDK_KEY_equal, "in" },         { GDK_KEY_KP_Add, "in" }, { GDK_KEY_minus, "out" },
    { GDK_KEY_KP_Subtract, "out" }, { GDK_KEY_0, "usual" }, { GDK_KEY_KP_0, "usual" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding_action (widget_class, zooms[i].key, GDK_CONTROL_MASK, "wall.zoom", "s",
                                         zooms[i].direction);
  fr_picture_actions_class_add_keys (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "wall.months", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "wall.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "wall.menu", NULL);
}

/**
 * fr_wall_set_model:
 * @self: a wall
 * @model: (element-type FrWallItem): what it shows; once
 * @loader: who loads what its tiles show
 */
void
fr_wall_set_model (FrWall *self, GListModel *model, FrTextureLoader *loader)
{
  g_return_if_fail (self->selection == NULL);

  self->loader = g_object_ref (loader);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (model)));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_grid_view_set_max_columns (self->grid, fr_wall_geometry_count_columns (
                                                 USUAL_WIDTH, fr_wall_geometry_get_side (self->level)));
  gtk_grid_view_set_model (self->grid, self->selection);
  items_changed_cb (self);
}

/**
 * fr_wall_get_selection:
 * @self: a wall
 *
 * Returns: (transfer none) (nullable): what is shown, and which of it is selected
 */
GtkSelectionModel *
fr_wall_get_selection (FrWall *self)
{
  return self->selection;
}

GActionGroup *
fr_wall_get_actions (FrWall *self)
{
  return G_ACTION_GROUP (self->actions);
}

/**
 * fr_wall_share_actions:
 * @self: a wall
 * @widget: what is around it
 *
 * Has what is done on the wall done from there too: “wall.…” and “picture.…”.
 */
void
fr_wall_share_actions (FrWall *self, GtkWidget *widget)
{
  gtk_widget_insert_action_group (widget, "wall", G_ACTION_GROUP (self->actions));
  gtk_widget_insert_action_group (widget, "picture", fr_picture_actions_get_group (self->picture_actions));
}

gboolean
fr_wall_get_selecting (FrWall *self)
{
  return self->is_selecting;
}

/**
 * fr_wall_set_selecting:
 * @self: a wall
 * @selecting: whether several pictures are being picked
 *
 * Begins or ends it; nothing is selected when it has ended.
 */
void
fr_wall_set_selecting (FrWall *self, gboolean selecting)
{
  if (selecting == self->is_selecting)
    return;
  self->is_selecting = selecting;
  if (selecting)
    gtk_widget_add_css_class (GTK_WIDGET (self->grid), "selecting");
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->grid), "selecting");
      if (self->selection != NULL)
        gtk_selection_model_unselect_all (self->selection);
    }
  fr_wall_tiles_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}

void
fr_wall_select_all (FrWall *self)
{
  if (self->selection == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;
  fr_wall_set_selecting (self, TRUE);
  gtk_selection_model_select_all (self->selection);
}

guint
fr_wall_count_selected (FrWall *self)
{
  g_autoptr (GtkBitset) selected
      = self->selection != NULL ? gtk_selection_model_get_selection (self->selection) : NULL;

  return selected != NULL ? (guint) gtk_bitset_get_size (selected) : 0;
}

guint
fr_wall_get_level (FrWall *self)
{
  return self->level;
}

/**
 * fr_wall_set_level:
 * @self: a wall
 * @level: how large its tiles are, as in fr-wall-geometry.h
 *
 * Changes that here and on all other walls, also the next time.
 */
void
fr_wall_set_level (FrWall *self, guint level)
{
  if (self->settings != NULL && level != self->level)
    g_settings_set_int (self->settings, FR_SETTING_TILE_SIZE, (int) fr_wall_geometry_get_side (level));
  show_level (self, level);
}

void
fr_wall_set_days (FrWall *self, gboolean has_days)
{
  if (has_days == self->has_days)
    return;
  self->has_days = has_days;
  if (!has_days)
    gtk_revealer_set_reveal_child (self->pill, FALSE);
  if (self->selection != NULL)
    items_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAYS]);
}

void
fr_wall_set_narrow (FrWall *self, gboolean is_narrow)
{
  if (is_narrow == self->is_narrow)
    return;
  self->is_narrow = is_narrow;
  tile_size_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/* Its tile is there once GTK has made it, at the latest with the next frame. Only when that has been laid out it can be
 * brought to the top: GTK looks for what is there among rows that it has not put together yet else. */
static gboolean
go_to_wanted_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  FrWall *self = FR_WALL (widget);
  FrWallTile *tile = fr_wall_tiles_find (self, self->wanted);

  if (self->n_waited++ < MAX_WAITED && (tile == NULL || tile != fr_wall_tiles_find_focus (self)))
    {
      if (tile != NULL)
        gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (tile)));
      return G_SOURCE_CONTINUE;
    }
  self->go_to_id = 0;
  if (tile != NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled),
                              (double) (self->wanted / fr_wall_tiles_count_columns (self))
                                  * fr_wall_tiles_get_row_height (self));
  return G_SOURCE_REMOVE;
}

/**
 * fr_wall_go_to:
 * @self: a wall
 * @position: of a picture
 *
 * Shows it at the top, where that can be, and gives it the focus.
 */
void
fr_wall_go_to (FrWall *self, guint position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->grid), "list.scroll-to-item", "u", position);
  self->wanted = position;
  self->n_waited = 0;
  if (self->go_to_id == 0)
    self->go_to_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), go_to_wanted_cb, NULL, NULL);
}

/**
 * fr_wall_refresh:
 * @self: a wall
 *
 * Draws all its tiles anew, with what is true by now.
 */
void
fr_wall_refresh (FrWall *self)
{
  fr_wall_marks_forget (self->marks);
  for (FrWallTile *tile = fr_wall_tiles_get_first (self); tile != NULL; tile = fr_wall_tiles_get_next (tile))
    if (fr_wall_tile_get_item (tile) != NULL)
      fr_wall_item_refresh (fr_wall_tile_get_item (tile));
}
