/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-page-private.h"

#include "fr-settings.h"
#include "fr-wall-items.h"

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrSearchPage, fr_search_page, ADW_TYPE_BIN)

static void
explained_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);

  self->is_explained = TRUE;
  gtk_info_bar_set_revealed (self->explanation, FALSE);
  if (self->settings != NULL)
    g_settings_set_boolean (self->settings, FR_SETTING_SEARCH_EXPLAINED, TRUE);
}

/* What the person does */

/* Enter twice leads to what was found. */
static void
entry_activate_cb (FrSearchPage *self)
{
  g_autofree char *words = fr_search_page_get_words (self);

  if (*words == '\0')
    return;
  if (g_strcmp0 (words, self->asked) != 0)
    fr_search_page_ask (self, words);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->wall), GTK_DIR_TAB_FORWARD);
}

/* A while after the last letter. What others have found stays until they are asked for the new words. */
static void
entry_searched_cb (FrSearchPage *self)
{
  g_autofree char *words = fr_search_page_get_words (self);
  FrSearch *search = fr_search_page_get_search (self);
  gboolean has_found = search != NULL && g_list_model_get_n_items (G_LIST_MODEL (search)) > 0;

  if (self->node == NULL)
    return;
  fr_search_page_show_error (self, NULL);
  if (*words == '\0')
    fr_search_page_end (self);
  else if ((self->asked != NULL && has_found) || (search != NULL && g_str_equal (words, fr_search_get_words (search))))
    fr_search_page_update (self);
  else
    fr_search_page_look_here (self, words);
}

/* Escape goes one step back: what was typed first. */
static void
stop_search_cb (FrSearchPage *self)
{
  if (*gtk_editable_get_text (self->entry) != '\0')
    gtk_editable_set_text (self->entry, "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static gboolean
key_pressed_cb (FrSearchPage *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

/* Of whom one asks is part of the question. */
static void
scope_changed_cb (FrSearchPage *self)
{
  g_autofree char *words = fr_search_page_get_words (self);

  if (*words == '\0')
    fr_search_page_update (self);
  else if (self->asked != NULL)
    fr_search_page_ask (self, words);
  else
    fr_search_page_look_here (self, words);
}

static void
filter_changed_cb (FrSearchPage *self)
{
  if (self->feed != NULL)
    fr_steady_list_set_filter (fr_search_feed_get_list (self->feed), fr_filter_bar_get_filter (self->filter_bar));
  fr_search_page_update (self);
}

/* To see a picture of somebody one does not know is one step, to get it another. */
static void
open_cb (FrSearchPage *self, FrWallItem *item)
{
  FrHit *hit = fr_wall_item_get_hit (item);

  if (fr_veil_covers (self->veil, hit))
    fr_veil_lift (self->veil, hit);
  else
    g_signal_emit (self, signals[OPEN], 0, hit);
}

/* Escape, which else leads back as everywhere. */
static gboolean
stop_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);
  gboolean was_selecting = fr_wall_get_selecting (self->wall);

  fr_wall_set_selecting (self->wall, FALSE);
  return was_selecting ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* It shows what is so, which may be what it was. */
static void
wish_clicked_cb (FrSearchPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "search.wish", NULL);
  fr_search_page_update (self);
}

/* As it was asked; who was removed since is not asked alone any more. */
static void
ask_recent_cb (FrSearchPage *self, FrRecentSearch *search)
{
  g_autoptr (FrRecentSearch) keep = g_object_ref (search); /* it moves */

  fr_search_page_ask_for (self, fr_recent_search_get_terms (search));
}

static gboolean
to_orientation_cb (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_enum (to, g_value_get_boolean (from) ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  return TRUE;
}

/* The window says whether it is narrow, where it knows: then the buttons are below the words. */
static void
fr_search_page_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (fr_search_page_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (root), "narrow") != NULL)
    g_object_bind_property_full (root, "narrow", FR_SEARCH_PAGE (widget)->line_row, "orientation",
                                 G_BINDING_SYNC_CREATE, to_orientation_cb, NULL, NULL, NULL);
}

static void
fr_search_page_dispose (GObject *object)
{
  FrSearchPage *self = FR_SEARCH_PAGE (object);

  g_clear_handle_id (&self->grace_id, g_source_remove);
  g_clear_handle_id (&self->second_id, g_source_remove);
  if (self->frame_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->frame_id);
  self->frame_id = 0;
  g_clear_object (&self->search_signals);
  if (self->feed != NULL)
    fr_search_feed_end (self->feed);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_SEARCH_PAGE);
  g_clear_object (&self->found);
  g_clear_object (&self->stacks);
  g_clear_object (&self->feed);
  g_clear_object (&self->settings);
  g_clear_object (&self->veil);
  g_clear_object (&self->loader);
  g_clear_object (&self->node);
  g_clear_pointer (&self->asked, g_free);
  G_OBJECT_CLASS (fr_search_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, header_bar);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, entry);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, error);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, line_box);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, line_row);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, line);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, further_button);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, xray);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, wall);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, status);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, status_button);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, status_wish_button);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, wish_button);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, start);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, selection_bar);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_searched_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, scope_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_recent_cb);
  gtk_widget_class_bind_template_callback (widget_class, wish_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_search_page_show_wish);
  gtk_widget_class_bind_template_callback (widget_class, fr_search_page_update);
  gtk_widget_class_bind_template_callback (widget_class, fr_search_page_focus_entry);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  fr_search_page_install_asking (widget_class);
  fr_search_page_install_wish (widget_class);
  gtk_widget_class_install_action (widget_class, "search.explained", NULL, explained_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, stop_cb, NULL);
  fr_wall_class_add_keys (widget_class);
}

static void
fr_search_page_class_init (FrSearchPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_search_page_dispose;
  widget_class->root = fr_search_page_root;
  signals[OPEN] = g_signal_new ("open", FR_TYPE_SEARCH_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_HIT);
  g_type_ensure (FR_TYPE_FILTER_BAR);
  g_type_ensure (FR_TYPE_SEARCH_START);
  g_type_ensure (FR_TYPE_SEARCH_XRAY);
  g_type_ensure (FR_TYPE_WALL);
  g_type_ensure (FR_TYPE_WALL_SELECTION);
  install_actions (widget_class);
  bind_template (widget_class);
}

static void
fr_search_page_init (FrSearchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "wall", fr_wall_get_actions (self->wall));
  self->stacks = gtk_filter_list_model_new (NULL, NULL);
  self->found = gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (self->stacks)));
  self->search_signals = g_signal_group_new (FR_TYPE_SEARCH);
  /* what is found is told a frame after the other */
  g_signal_group_connect_swapped (self->search_signals, "notify::listening", G_CALLBACK (fr_search_page_update), self);
  g_signal_group_connect_swapped (self->search_signals, "notify::looked-here", G_CALLBACK (fr_search_page_update), self);
  g_signal_group_connect_swapped (self->search_signals, "notify::n-hidden", G_CALLBACK (fr_search_page_update), self);
  g_signal_group_connect_swapped (self->search_signals, "xray", G_CALLBACK (fr_search_page_show_xray), self);
}

/**
 * fr_search_page_set_node:
 * @self: a page
 * @node: who asks; once
 * @loader: who loads what the tiles show
 */
void
fr_search_page_set_node (FrSearchPage *self, FrNode *node, FrTextureLoader *loader)
{
  g_autoptr (FrWallItems) items = NULL;

  g_set_object (&self->node, node);
  g_set_object (&self->loader, loader);
  self->settings = fr_settings_open ();
  self->veil = fr_veil_new (fr_node_get_people (node), self->settings);
  self->is_explained
      = self->settings != NULL && g_settings_get_boolean (self->settings, FR_SETTING_SEARCH_EXPLAINED);
  items = fr_wall_items_new_veiled (node, G_LIST_MODEL (self->stacks), self->veil);
  fr_wall_set_model (self->wall, G_LIST_MODEL (items), loader);
  fr_filter_bar_set_people (self->filter_bar, fr_node_get_people (node));
  g_signal_connect_object (fr_node_get_people (node), "notify::n-here", G_CALLBACK (fr_search_page_update), self,
                           G_CONNECT_SWAPPED);
  fr_search_start_set_node (self->start, node);
  fr_search_page_update (self);
}

void
fr_search_page_add_button (FrSearchPage *self, GtkWidget *button)
{
  adw_header_bar_pack_end (self->header_bar, button);
}

/**
 * fr_search_page_focus_entry:
 * @self: a page
 *
 * Lets the person type; what was typed before is there to be replaced.
 */
void
fr_search_page_focus_entry (FrSearchPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

/**
 * fr_search_page_fill_in:
 * @self: a page
 * @words: what to look for
 *
 * Types the words, and leaves it to the person to ask others for them.
 */
void
fr_search_page_fill_in (FrSearchPage *self, const char *words)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_text (self->entry, words);
  gtk_editable_set_position (self->entry, -1);
}

/**
 * fr_search_page_search:
 * @self: a page
 * @words: what to look for; "": nothing any more
 *
 * Types the words and asks for them.
 */
void
fr_search_page_search (FrSearchPage *self, const char *words)
{
  gtk_editable_set_text (self->entry, words);
  if (*words != '\0')
    fr_search_page_ask (self, words);
  else
    fr_search_page_end (self);
}

/**
 * fr_search_page_get_search:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what is looked for
 */
FrSearch *
fr_search_page_get_search (FrSearchPage *self)
{
  return self->feed != NULL ? fr_search_feed_get_search (self->feed) : NULL;
}

/**
 * fr_search_page_get_visible_name:
 * @self: a page
 *
 * Returns: what is said, for tests: "start", "ask", "wall", "hidden", "nothing", "nobody", "away"
 */
const char *
fr_search_page_get_visible_name (FrSearchPage *self)
{
  return fr_search_page_name_view (self->view);
}

const char *
fr_search_page_get_line (FrSearchPage *self)
{
  return gtk_label_get_label (self->line);
}

FrVeil *
fr_search_page_get_veil (FrSearchPage *self)
{
  return self->veil;
}

FrWall *
fr_search_page_get_wall (FrSearchPage *self)
{
  return self->wall;
}

FrFilterBar *
fr_search_page_get_filter_bar (FrSearchPage *self)
{
  return self->filter_bar;
}

/**
 * fr_search_page_get_found:
 * @self: a page
 *
 * Returns: (transfer none) (element-type FrHit): all that is shown, in its order; of what is nearly the same each
 */
GListModel *
fr_search_page_get_found (FrSearchPage *self)
{
  return G_LIST_MODEL (self->found);
}
