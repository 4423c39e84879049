/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-page.h"

#include <glib/gi18n.h>

#include "fr-hit-tile.h"
#include "fr-search-status.h"
#include "fr-search-xray.h"
#include "fr-settings.h"

struct _FrSearchPage
{
  AdwBin parent_instance;

  /* template widgets */
  GtkEditable *entry;
  GtkInfoBar *explanation;
  GtkRevealer *status_revealer;
  GtkLabel *status;
  GtkWidget *further_button;
  GtkWidget *further_pill;
  GtkWidget *stop_button;
  FrSearchXray *xray;
  GtkStack *stack;
  GtkGridView *grid;
  AdwStatusPage *nothing;
  AdwStatusPage *failed;

  /* owned */
  FrNode *node;
  FrTextureLoader *loader;
  FrVeil *veil;
  GSettings *settings; /* nullable */
  FrSearch *search;
  GSignalGroup *search_signals;
  GSource *patience; /* runs out when nothing has been found for so long */
  char *error;       /* why the words could not be searched for */

  /* state */
  gint64 asked_us; /* when it was asked, or sent further */
  gboolean stopped;
  gboolean is_explained; /* what a search tells others */
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrSearchPage, fr_search_page, ADW_TYPE_BIN)

static const char *const page_names[] = {
  [FR_SEARCH_PAGE_START] = "start",   [FR_SEARCH_PAGE_WAITING] = "waiting", [FR_SEARCH_PAGE_NOTHING] = "nothing",
  [FR_SEARCH_PAGE_NOBODY] = "nobody", [FR_SEARCH_PAGE_FAILED] = "failed",   [FR_SEARCH_PAGE_FOUND] = "found",
};

static FrSearchFacts
gather_facts (FrSearchPage *self)
{
  FrSearchFacts facts = { .is_asked = self->search != NULL || self->error != NULL,
                          .n_here = fr_people_get_n_here (fr_node_get_people (self->node)),
                          .error = self->error };

  if (self->search == NULL)
    return facts;
  facts.is_listening = fr_search_get_listening (self->search);
  facts.is_stopped = self->stopped;
  facts.elapsed_us = g_get_monotonic_time () - self->asked_us;
  facts.n_found = g_list_model_get_n_items (G_LIST_MODEL (self->search));
  facts.n_answered = fr_search_get_n_holders (self->search);
  facts.n_hidden = fr_search_get_n_hidden (self->search);
  if (fr_search_get_error (self->search) != NULL)
    facts.error = fr_search_get_error (self->search)->message;
  return facts;
}

/* Where nothing was found, looking further is the thing to do, and the large button for it is enough. */
static void
actions_update (FrSearchPage *self)
{
  gboolean offers_pill = g_strcmp0 (fr_search_page_get_visible_name (self), page_names[FR_SEARCH_PAGE_NOTHING]) == 0;
  gboolean listening = self->search != NULL && fr_search_get_listening (self->search);
  FrQueryXray xray;
  gboolean can_widen = listening && fr_search_get_xray (self->search, &xray) && xray.can_widen;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.look-further", can_widen);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.stop", listening);
  gtk_widget_set_visible (self->further_button, listening && !(offers_pill && can_widen));
  gtk_widget_set_visible (self->stop_button, listening);
  gtk_widget_set_visible (self->further_pill, can_widen);
}

static void
xray_cb (FrSearchPage *self)
{
  FrQueryXray xray;
  gboolean is_known = self->search != NULL && fr_search_get_xray (self->search, &xray);

  fr_search_xray_set_xray (self->xray, is_known ? &xray : NULL);
  actions_update (self);
}

static void
update (FrSearchPage *self)
{
  FrSearchFacts facts = gather_facts (self);
  FrSearchPageName page = fr_search_status_get_page (&facts);
  g_autofree char *text = fr_search_status_describe (&facts);

  gtk_label_set_label (self->status, text);
  gtk_revealer_set_reveal_child (self->status_revealer, fr_search_status_has_line (page));
  if (page == FR_SEARCH_PAGE_NOTHING)
    {
      /* Translators: what a person was looking for */
      g_autofree char *title = g_strdup_printf (_ ("No Picture of “%s”"), fr_search_get_words (self->search));

      adw_status_page_set_title (self->nothing, title);
    }
  if (facts.error != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (facts.error, -1);

      adw_status_page_set_description (self->failed, escaped);
    }
  gtk_stack_set_visible_child_name (self->stack, page_names[page]);
  actions_update (self);
}

static void
end_patience (FrSearchPage *self)
{
  if (self->patience != NULL)
    g_source_destroy (self->patience);
  g_clear_pointer (&self->patience, g_source_unref);
}

static gboolean
patience_cb (gpointer data)
{
  FrSearchPage *self = data;

  end_patience (self);
  update (self);
  return G_SOURCE_REMOVE;
}

static void
begin_patience (FrSearchPage *self)
{
  end_patience (self);
  self->patience = g_timeout_source_new (FR_SEARCH_PATIENCE_US / 1000 + 1);
  g_source_set_callback (self->patience, patience_cb, self, NULL);
  g_source_attach (self->patience, NULL);
}

static void
look_further_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);

  if (self->search == NULL || !fr_search_look_further (self->search))
    return;
  self->asked_us = g_get_monotonic_time ();
  begin_patience (self);
  update (self);
}

static void
stop_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);

  if (self->search == NULL || !fr_search_get_listening (self->search))
    return;
  self->stopped = TRUE;
  fr_search_stop (self->search);
}

static void
setup_cb (FrSearchPage *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, GTK_WIDGET (fr_hit_tile_new (self->loader, self->veil)));
}

/* What takes the focus is the list's own cell, which has no name. */
static void
bind_cb (FrSearchPage *self, GtkListItem *list_item)
{
  GtkWidget *tile = gtk_list_item_get_child (list_item);
  FrHit *hit = gtk_list_item_get_item (list_item);

  fr_hit_tile_set_hit (FR_HIT_TILE (tile), hit);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (tile)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fr_hit_get_title (hit), -1);
}

static void
unbind_cb (FrSearchPage *self, GtkListItem *list_item)
{
  fr_hit_tile_set_hit (FR_HIT_TILE (gtk_list_item_get_child (list_item)), NULL);
}

static void
activate_cb (FrSearchPage *self, guint position)
{
  g_autoptr (FrHit) hit = self->search != NULL ? g_list_model_get_item (G_LIST_MODEL (self->search), position) : NULL;

  if (hit == NULL)
    return;
  if (fr_veil_covers (self->veil, hit))
    fr_veil_lift (self->veil, hit); /* to see it is one step, to fetch it another */
  else
    g_signal_emit (self, signals[OPEN], 0, hit);
}

/* Told once, at the first search, until the person has read it. */
static void
explain (FrSearchPage *self)
{
  if (!self->is_explained)
    gtk_info_bar_set_revealed (self->explanation, TRUE);
}

static void
explained_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);

  self->is_explained = TRUE;
  gtk_info_bar_set_revealed (self->explanation, FALSE);
  if (self->settings != NULL)
    g_settings_set_boolean (self->settings, FR_SETTING_SEARCH_EXPLAINED, TRUE);
}

static void
entry_activate_cb (FrSearchPage *self)
{
  fr_search_page_search (self, gtk_editable_get_text (self->entry));
}

/* An empty entry is where one began. */
static void
entry_changed_cb (FrSearchPage *self)
{
  if (*gtk_editable_get_text (self->entry) == '\0')
    fr_search_page_search (self, "");
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

static void
fr_search_page_dispose (GObject *object)
{
  FrSearchPage *self = FR_SEARCH_PAGE (object);

  end_patience (self);
  g_clear_object (&self->search_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_SEARCH_PAGE);
  g_clear_object (&self->search);
  g_clear_object (&self->settings);
  g_clear_object (&self->veil);
  g_clear_object (&self->loader);
  g_clear_object (&self->node);
  g_clear_pointer (&self->error, g_free);
  G_OBJECT_CLASS (fr_search_page_parent_class)->dispose (object);
}

static void
fr_search_page_class_init (FrSearchPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_search_page_dispose;
  signals[OPEN] = g_signal_new ("open", FR_TYPE_SEARCH_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_HIT);
  g_type_ensure (FR_TYPE_SEARCH_XRAY);
  gtk_widget_class_install_action (widget_class, "search.look-further", NULL, look_further_action);
  gtk_widget_class_install_action (widget_class, "search.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "search.explained", NULL, explained_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, entry);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, status_revealer);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, status);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, further_button);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, further_pill);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, xray);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, grid);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, FrSearchPage, failed);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
fr_search_page_init (FrSearchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->search_signals = g_signal_group_new (FR_TYPE_SEARCH);
  g_signal_group_connect_swapped (self->search_signals, "items-changed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->search_signals, "notify", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->search_signals, "xray", G_CALLBACK (xray_cb), self);
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
  g_set_object (&self->node, node);
  g_set_object (&self->loader, loader);
  self->settings = fr_settings_open ();
  self->veil = fr_veil_new (fr_node_get_people (node), self->settings);
  self->is_explained
      = self->settings != NULL && g_settings_get_boolean (self->settings, FR_SETTING_SEARCH_EXPLAINED);
  g_signal_connect_object (fr_node_get_people (node), "notify::n-here", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
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

static void
set_search (FrSearchPage *self, FrSearch *search)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  if (self->search != NULL)
    fr_search_stop (self->search);
  g_set_object (&self->search, search);
  g_signal_group_set_target (self->search_signals, search);
  self->asked_us = search != NULL ? fr_search_get_started_us (search) : 0;
  self->stopped = FALSE;
  if (search != NULL)
    selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (search)));
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (selection));
}

/**
 * fr_search_page_search:
 * @self: a page
 * @words: what to look for; "": nothing any more
 *
 * Begins a search; the one before ends.
 */
void
fr_search_page_search (FrSearchPage *self, const char *words)
{
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (GError) error = NULL;

  end_patience (self);
  g_clear_pointer (&self->error, g_free);
  if (*words != '\0')
    {
      search = fr_node_search (self->node, words, &error);
      if (search == NULL)
        self->error = g_strdup (error->message);
      else
        begin_patience (self);
    }
  if (search != NULL)
    explain (self);
  set_search (self, search);
  xray_cb (self);
  update (self);
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
  return self->search;
}

FrVeil *
fr_search_page_get_veil (FrSearchPage *self)
{
  return self->veil;
}

const char *
fr_search_page_get_visible_name (FrSearchPage *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}
