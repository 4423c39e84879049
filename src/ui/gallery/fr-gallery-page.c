/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-page.h"

#include <glib/gi18n.h>

#include "fr-audience-change.h"
#include "fr-gallery-page-private.h"
#include "fr-gallery-removal.h"
#include "fr-removal-toast.h"
#include "fr-gallery-sort.h"
#include "fr-settings.h"
#include "fr-wall-items.h"
#include "fr-wall-selection.h"

struct _FrGalleryPage
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  GtkWidget *bar;
  GtkMenuButton *audience_choice;
  GtkToggleButton *select_button;
  FrWall *wall;
  FrWallSelection *selection_bar;
  FrImportBar *import_bar;

  /* owned */
  FrNode *node;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  GtkFilter *filter;
  GSettings *settings; /* nullable */
  FrGalleryAdding adding;

  /* state */
  int shown; /* FrAudience, or FR_GALLERY_PAGE_KEPT; -1: all */
  FrGallerySort sort;
};

enum
{
  PROP_0,
  PROP_SORT,
  PROP_SHOWN,
  N_PROPS
};

enum
{
  OPEN,
  MESSAGE,
  N_SIGNALS
};

/* What can be shown: all pictures, those for each audience in the order of #FrAudience, and those of others. */
static const struct
{
  const char *name; /* as the action has it */
  const char *label;
} choices[] = {
  { "all", N_ ("All pictures") },
  { "everyone", N_ ("For everyone") },
  { "contacts", N_ ("For my contacts") },
  { "chosen", N_ ("For chosen people") },
  { "only-me", N_ ("Only for me") },
  { "kept", N_ ("Kept from others") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (choices) == FR_GALLERY_PAGE_KEPT + 2);

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrGalleryPage, fr_gallery_page, ADW_TYPE_BIN)

static void
update_stack (FrGalleryPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_gallery (self->node)));
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));

  gtk_widget_set_visible (self->bar, n > 0);
  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "empty" : n_shown == 0 ? "none" : "wall");
}

static void
open_cb (FrGalleryPage *self, FrWallItem *item)
{
  g_signal_emit (self, signals[OPEN], 0, fr_wall_item_get_source (item));
}

static void
select_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (widget);

  fr_wall_set_selecting (self->wall, !fr_wall_get_selecting (self->wall));
}

/* Escape, which else leads back as everywhere. */
static gboolean
stop_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (widget);
  gboolean was_selecting = fr_wall_get_selecting (self->wall);

  fr_wall_set_selecting (self->wall, FALSE);
  return was_selecting ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
select_all_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (widget);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0)
    return GDK_EVENT_PROPAGATE;
  fr_wall_select_all (self->wall);
  return GDK_EVENT_STOP;
}

/* What is done with pictures that were chosen */

/* (element-type FrGalleryItem) */
static GPtrArray *
list_chosen (FrGalleryPage *self)
{
  g_autoptr (GPtrArray) chosen = fr_wall_list_chosen (self->wall);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < chosen->len; i++)
    g_ptr_array_add (items, g_object_ref (fr_wall_item_get_source (chosen->pdata[i])));
  return items;
}

/* Beside what was selected, where one selects. */
static void
show_error (FrGalleryPage *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (fr_wall_get_selecting (self->wall))
    fr_wall_selection_show_error (self->selection_bar, error->message);
  else
    fr_gallery_page_tell (self, error->message);
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (source);
  g_autoptr (GError) error = NULL;

  if (fr_audience_change_finish (GTK_WIDGET (self), result, NULL, NULL, &error))
    fr_wall_set_selecting (self->wall, FALSE);
  else
    show_error (self, error);
}

static void
share_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (widget);
  g_autoptr (GPtrArray) items = list_chosen (self);

  if (items->len > 0)
    fr_audience_change_async (widget, self->node, items, shared_cb, NULL);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (source);
  g_autoptr (GError) error = NULL;

  if (fr_gallery_removal_start_finish (GTK_WIDGET (self), result, &error) > 0)
    fr_wall_set_selecting (self->wall, FALSE);
  else if (error != NULL)
    show_error (self, error);
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (widget);
  g_autoptr (GPtrArray) items = list_chosen (self);

  if (items->len > 0)
    fr_gallery_removal_start_async (widget, fr_node_get_gallery (self->node), items, removed_cb, NULL);
}

static gboolean
undo_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return fr_removal_toast_undo (widget);
}

/* In which order */

static void
set_sort (FrGalleryPage *self, FrGallerySort sort)
{
  g_autoptr (GtkSorter) sorter = NULL;

  if (sort == self->sort)
    return;
  self->sort = sort;
  if (self->node != NULL)
    {
      sorter = fr_gallery_sort_make (sort, fr_node_get_people (self->node));
      gtk_sort_list_model_set_sorter (self->sorted, sorter);
    }
  fr_wall_set_days (self->wall, sort == FR_GALLERY_SORT_DATE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
}

/* The order is what it was the last time. */
static gboolean
get_sort_cb (GValue *value, GVariant *variant, gpointer data)
{
  g_autoptr (GEnumClass) sorts = g_type_class_ref (FR_TYPE_GALLERY_SORT);
  GEnumValue *sort = g_enum_get_value_by_nick (sorts, g_variant_get_string (variant, NULL));

  g_value_set_enum (value, sort != NULL ? sort->value : FR_GALLERY_SORT_DATE);
  return TRUE;
}

static GVariant *
set_sort_cb (const GValue *value, const GVariantType *type, gpointer data)
{
  g_autoptr (GEnumClass) sorts = g_type_class_ref (FR_TYPE_GALLERY_SORT);

  return g_variant_new_string (g_enum_get_value (sorts, g_value_get_enum (value))->value_nick);
}

/* Titles may be others since it was sorted: pictures are edited while another page is shown. */
static void
fr_gallery_page_map (GtkWidget *widget)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (widget);
  GtkSorter *sorter = self->sorted != NULL ? gtk_sort_list_model_get_sorter (self->sorted) : NULL;

  if (sorter != NULL)
    gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
  GTK_WIDGET_CLASS (fr_gallery_page_parent_class)->map (widget);
}

/* Only those for some audience */

static gboolean
is_shown (gpointer item, gpointer data)
{
  FrGalleryPage *self = data;
  const FrPicture *picture = fr_gallery_item_get_picture (item);

  if (self->shown == FR_GALLERY_PAGE_KEPT)
    return !fr_picture_is_mine (picture);
  return (int) picture->audience == self->shown;
}

static void
refilter (FrGalleryPage *self)
{
  if (self->shown >= 0)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

static void
set_shown (FrGalleryPage *self, int shown)
{
  const char *label = _ (choices[shown + 1].label);

  gtk_menu_button_set_label (self->audience_choice, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->audience_choice), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (shown == self->shown || self->filter == NULL)
    return;
  self->shown = shown;
  gtk_filter_list_model_set_filter (self->filtered, shown < 0 ? NULL : self->filter); /* for all none is looked at */
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

static void
take_choice (FrGalleryPage *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (g_strcmp0 (choices[i].name, name) == 0)
      set_shown (self, (int) i - 1);
}

static void
show_all_clicked_cb (FrGalleryPage *self)
{
  fr_gallery_page_show_audience (self, -1);
}

static void
fr_gallery_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SORT)
    g_value_set_enum (value, FR_GALLERY_PAGE (object)->sort);
  else if (id == PROP_SHOWN)
    g_value_set_string (value, choices[FR_GALLERY_PAGE (object)->shown + 1].name);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_gallery_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SORT)
    set_sort (FR_GALLERY_PAGE (object), g_value_get_enum (value));
  else if (id == PROP_SHOWN)
    take_choice (FR_GALLERY_PAGE (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_gallery_page_dispose (GObject *object)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (object);

  fr_gallery_adding_clear (&self->adding);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_GALLERY_PAGE);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->settings);
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
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, wall);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryPage, import_bar);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_gallery_page_take_finished);
  gtk_widget_class_bind_template_callback (widget_class, show_all_clicked_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "gallery.select", NULL, select_action);
  gtk_widget_class_install_action (widget_class, "gallery.share", NULL, share_action);
  gtk_widget_class_install_action (widget_class, "gallery.remove", NULL, remove_action);
  gtk_widget_class_install_property_action (widget_class, "gallery.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "gallery.shown", "shown");
  fr_wall_class_add_keys (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, stop_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, select_all_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "gallery.share", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "gallery.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "gallery.remove", NULL); /* as the menu says */
}

static void
fr_gallery_page_class_init (FrGalleryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_gallery_page_get_property;
  object_class->set_property = fr_gallery_page_set_property;
  object_class->dispose = fr_gallery_page_dispose;
  widget_class->map = fr_gallery_page_map;
  properties[PROP_SORT]
      = g_param_spec_enum ("sort", NULL, NULL, FR_TYPE_GALLERY_SORT, FR_GALLERY_SORT_DATE,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOWN] = g_param_spec_string ("shown", NULL, NULL, choices[0].name,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[OPEN] = g_signal_new ("open", FR_TYPE_GALLERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_GALLERY_ITEM);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_GALLERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (FR_TYPE_IMPORT_BAR);
  g_type_ensure (FR_TYPE_WALL);
  g_type_ensure (FR_TYPE_WALL_SELECTION);
  install_actions (widget_class);
  bind_template (widget_class);
}

static void
fr_gallery_page_init (FrGalleryPage *self)
{
  self->shown = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  set_shown (self, -1);
  fr_wall_share_actions (self->wall, GTK_WIDGET (self));
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
  g_autoptr (FrWallItems) items = NULL;

  g_set_object (&self->node, node);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (gallery)), NULL);
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)), NULL);
  self->settings = fr_settings_open ();
  if (self->settings != NULL)
    g_settings_bind_with_mapping (self->settings, FR_SETTING_SORT_BY, self, "sort", G_SETTINGS_BIND_DEFAULT,
                                  get_sort_cb, set_sort_cb, NULL, NULL);
  items = fr_wall_items_new (node, G_LIST_MODEL (self->sorted));
  fr_wall_set_model (self->wall, G_LIST_MODEL (items), loader);
  g_signal_connect_object (gallery, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gallery, "shared", G_CALLBACK (refilter), self, G_CONNECT_SWAPPED);
  fr_import_bar_set_node (self->import_bar, node);
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

FrWall *
fr_gallery_page_get_wall (FrGalleryPage *self)
{
  return self->wall;
}

/**
 * fr_gallery_page_get_pictures:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what is shown, in its order: a list of #FrGalleryItem
 */
GListModel *
fr_gallery_page_get_pictures (FrGalleryPage *self)
{
  return G_LIST_MODEL (self->sorted);
}

/**
 * fr_gallery_page_show_audience:
 * @self: a page
 * @audience: #FrAudience, or %FR_GALLERY_PAGE_KEPT; -1: all pictures
 *
 * Shows the pictures for one audience alone, or those kept from others.
 */
void
fr_gallery_page_show_audience (FrGalleryPage *self, int audience)
{
  set_shown (self, audience);
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
