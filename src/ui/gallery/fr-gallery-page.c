/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-page.h"

#include <glib/gi18n.h>

#include "fr-audience-change.h"
#include "fr-gallery-page-private.h"
#include "fr-gallery-tile.h"

struct _FrGalleryPage
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  GtkWidget *bar;
  GtkDropDown *audience_choice;
  GtkToggleButton *select_button;
  GtkGridView *grid;
  GtkRevealer *selection_revealer;
  GtkLabel *selection_label;
  FrImportBar *import_bar;

  /* owned */
  FrNode *node;
  FrTextureLoader *loader;
  GtkFilter *filter;
  GtkSelectionModel *selection;
  FrGalleryAdding adding;

  /* state */
  int shown; /* FrAudience; -1: all */
  guint is_selecting : 1;
};

enum
{
  OPEN,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrGalleryPage, fr_gallery_page, ADW_TYPE_BIN)

static void
update_stack (FrGalleryPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_gallery (self->node)));
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  gtk_widget_set_visible (self->bar, n > 0);
  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "empty" : n_shown == 0 ? "none" : "grid");
}

/* Selecting: a click opens a picture, and picks it while several are being picked. Keys do what they do in every list;
 * when they pick more than one, several are being picked. */

static guint
count_selected (FrGalleryPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);

  return (guint) gtk_bitset_get_size (selected);
}

static void
selection_changed_cb (FrGalleryPage *self)
{
  guint n = count_selected (self);
  g_autofree char *text = NULL;

  if (n > 1)
    fr_gallery_page_set_selecting (self, TRUE);
  text = n > 0 ? g_strdup_printf (ngettext ("%u picture selected", "%u pictures selected", n), n)
               : g_strdup (_ ("Click on pictures to select them"));
  gtk_label_set_label (self->selection_label, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gallery.share", self->is_selecting && n > 0);
}

static void
toggle (FrGalleryPage *self, guint position)
{
  if (gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_unselect_item (self->selection, position);
  else
    gtk_selection_model_select_item (self->selection, position, FALSE);
}

static void
activate_cb (FrGalleryPage *self, guint position)
{
  g_autoptr (FrGalleryItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  if (self->is_selecting)
    toggle (self, position);
  else
    g_signal_emit (self, signals[OPEN], 0, item);
}

/* With Control and Shift the list selects by itself. */
static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, FrGalleryPage *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
    {
      fr_gallery_page_set_selecting (self, TRUE);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (gtk_widget_get_parent (tile));
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, FrGalleryPage *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkListItem *list_item = g_object_get_data (G_OBJECT (tile), "list-item");

  if (gtk_widget_contains (tile, x, y) && gtk_list_item_get_position (list_item) != GTK_INVALID_LIST_POSITION)
    activate_cb (self, gtk_list_item_get_position (list_item));
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, FrGalleryPage *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (self->is_selecting)
    return;
  fr_gallery_page_set_selecting (self, TRUE);
  toggle (self, gtk_list_item_get_position (g_object_get_data (G_OBJECT (tile), "list-item")));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
setup_cb (FrGalleryPage *self, GtkListItem *list_item)
{
  GtkWidget *tile = GTK_WIDGET (fr_gallery_tile_new (self->loader, fr_node_get_people (self->node)));
  GtkGesture *click = gtk_gesture_click_new (), *long_press = gtk_gesture_long_press_new ();

  g_object_set_data (G_OBJECT (tile), "list-item", list_item);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, 0);
  g_signal_connect_object (long_press, "pressed", G_CALLBACK (long_pressed_cb), self, 0);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (long_press));
  gtk_gesture_group (long_press, click);
  gtk_list_item_set_child (list_item, tile);
}

static void
bind_cb (FrGalleryPage *self, GtkListItem *list_item)
{
  fr_gallery_tile_set_item (FR_GALLERY_TILE (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
}

static void
unbind_cb (FrGalleryPage *self, GtkListItem *list_item)
{
  fr_gallery_tile_set_item (FR_GALLERY_TILE (gtk_list_item_get_child (list_item)), NULL);
}

static void
select_toggled_cb (FrGalleryPage *self)
{
  fr_gallery_page_set_selecting (self, gtk_toggle_button_get_active (self->select_button));
}

static void
select_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (widget);

  fr_gallery_page_set_selecting (self, !self->is_selecting);
}

/* Escape, which else leads back as everywhere. */
static gboolean
stop_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (widget);
  gboolean was_selecting = self->is_selecting;

  fr_gallery_page_set_selecting (self, FALSE);
  return was_selecting ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
select_all_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (widget);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return GDK_EVENT_PROPAGATE;
  fr_gallery_page_set_selecting (self, TRUE);
  gtk_selection_model_select_all (self->selection);
  return GDK_EVENT_STOP;
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (source);
  g_autoptr (GError) error = NULL;

  if (fr_audience_change_finish (GTK_WIDGET (self), result, NULL, NULL, &error))
    fr_gallery_page_set_selecting (self, FALSE);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fr_gallery_page_tell (self, error->message);
}

static void
share_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (widget);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->selection), position));
  if (items->len > 0)
    fr_audience_change_async (widget, self->node, items, shared_cb, NULL);
}

/* Only those for some audience */

static gboolean
is_shown (gpointer item, gpointer data)
{
  FrGalleryPage *self = data;

  return self->shown < 0 || (int) fr_gallery_item_get_picture (item)->audience == self->shown;
}

static void
refilter (FrGalleryPage *self)
{
  if (self->shown >= 0)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

/* All pictures come first, then the audiences in their order. */
static void
audience_chosen_cb (FrGalleryPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->audience_choice);
  int shown = selected > 0 && selected <= FR_AUDIENCE_LAST + 1 ? (int) selected - 1 : -1;

  if (shown == self->shown || self->filter == NULL)
    return;
  self->shown = shown;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

static void
show_all_clicked_cb (FrGalleryPage *self)
{
  fr_gallery_page_show_audience (self, -1);
}

static void
fr_gallery_page_dispose (GObject *object)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (object);

  fr_gallery_adding_clear (&self->adding);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_GALLERY_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->loader);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_gallery_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-gallery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, bar);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, audience_choice);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, select_button);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, selection_revealer);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, selection_label);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, import_bar);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_gallery_page_take_finished);
  gtk_widget_class_bind_template_callback (widget_class, select_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, audience_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_clicked_cb);
}

static void
fr_gallery_page_class_init (FrGalleryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_gallery_page_dispose;
  signals[OPEN] = g_signal_new ("open", FR_TYPE_GALLERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_GALLERY_ITEM);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_GALLERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (FR_TYPE_IMPORT_BAR);
  gtk_widget_class_install_action (widget_class, "gallery.select", NULL, select_action);
  gtk_widget_class_install_action (widget_class, "gallery.share", NULL, share_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, stop_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, select_all_cb, NULL);
  bind_template (widget_class);
}

static void
fr_gallery_page_init (FrGalleryPage *self)
{
  self->shown = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_gallery_page_set_node:
 * @self: a page
 * @node: whose pictures; once
 * @loader: who loads what the tiles show
 */
void
fr_gallery_page_set_node (FrGalleryPage *self, FrNode *node, FrTextureLoader *loader)
{
  FrGallery *gallery = fr_node_get_gallery (node);
  GtkFilterListModel *shown;

  g_set_object (&self->node, node);
  g_set_object (&self->loader, loader);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (gallery)), g_object_ref (self->filter));
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (shown)));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gallery, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gallery, "shared", G_CALLBACK (refilter), self, G_CONNECT_SWAPPED);
  gtk_grid_view_set_model (self->grid, self->selection);
  fr_import_bar_set_people (self->import_bar, fr_node_get_people (node));
  selection_changed_cb (self);
  update_stack (self);
}

/**
 * fr_gallery_page_add:
 * @self: a page
 * @import: what to add, not started
 */
void
fr_gallery_page_add (FrGalleryPage *self, FrImport *import)
{
  fr_import_bar_add (self->import_bar, import);
}

FrImportBar *
fr_gallery_page_get_import_bar (FrGalleryPage *self)
{
  return self->import_bar;
}

GtkSelectionModel *
fr_gallery_page_get_selection (FrGalleryPage *self)
{
  return self->selection;
}

gboolean
fr_gallery_page_get_selecting (FrGalleryPage *self)
{
  return self->is_selecting;
}

/**
 * fr_gallery_page_set_selecting:
 * @self: a page
 * @selecting: whether several pictures are being picked
 *
 * Begins or ends it; nothing is selected when it has ended.
 */
void
fr_gallery_page_set_selecting (FrGalleryPage *self, gboolean selecting)
{
  if (selecting == self->is_selecting)
    return;
  self->is_selecting = selecting;
  gtk_toggle_button_set_active (self->select_button, selecting);
  gtk_revealer_set_reveal_child (self->selection_revealer, selecting);
  if (selecting)
    gtk_widget_add_css_class (GTK_WIDGET (self->grid), "selecting");
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->grid), "selecting");
      gtk_selection_model_unselect_all (self->selection);
    }
  selection_changed_cb (self);
}

/**
 * fr_gallery_page_show_audience:
 * @self: a page
 * @audience: #FrAudience; -1: all pictures
 *
 * Shows the pictures for one audience alone.
 */
void
fr_gallery_page_show_audience (FrGalleryPage *self, int audience)
{
  gtk_drop_down_set_selected (self->audience_choice, (guint) (audience + 1));
}

/* For the file that adds. */
FrNode *
fr_gallery_page_get_node (FrGalleryPage *self)
{
  return self->node;
}

FrGalleryAdding *
fr_gallery_page_get_adding (FrGalleryPage *self)
{
  return &self->adding;
}

void
fr_gallery_page_tell (FrGalleryPage *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}
