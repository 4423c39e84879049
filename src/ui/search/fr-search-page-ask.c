/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-page-private.h"

#include "fr-announce.h"

/* What was shown stays so long, until something new takes its place. */
#define GRACE_MS 300

/* What was found enters, a frame after the other */

static void
show_feed (FrSearchPage *self)
{
  g_clear_handle_id (&self->grace_id, g_source_remove);
  gtk_filter_list_model_set_model (self->stacks,
                                   self->feed != NULL ? G_LIST_MODEL (fr_search_feed_get_list (self->feed)) : NULL);
  fr_search_page_update (self);
}

static gboolean
grace_cb (gpointer data)
{
  FrSearchPage *self = data;

  self->grace_id = 0;
  show_feed (self);
  return G_SOURCE_REMOVE;
}

static gboolean
frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);
  gboolean goes_on = self->feed != NULL && fr_search_feed_begin_frame (self->feed);

  if (self->feed != NULL && self->grace_id != 0
      && g_list_model_get_n_items (G_LIST_MODEL (fr_search_feed_get_list (self->feed))) > 0)
    show_feed (self);
  else
    fr_search_page_update (self);
  if (goes_on)
    return G_SOURCE_CONTINUE;
  self->frame_id = 0;
  return G_SOURCE_REMOVE;
}

static void
waiting_cb (FrSearchPage *self, FrSearchFeed *feed)
{
  if (self->frame_id == 0 && feed == self->feed)
    self->frame_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), frame_cb, NULL, NULL);
}

static gboolean
second_cb (gpointer data)
{
  FrSearchPage *self = data;
  gint64 elapsed_us = g_get_monotonic_time () - self->asked_us;

  if (elapsed_us >= FR_SEARCH_PATIENCE_US || fr_search_feed_count_asked (self->feed) > self->n_asked_before)
    self->is_going_further = FALSE;
  fr_search_page_update (self);
  if (self->asked != NULL && fr_search_get_listening (fr_search_page_get_search (self)))
    return G_SOURCE_CONTINUE;
  self->second_id = 0;
  return G_SOURCE_REMOVE;
}

/* Ends the one before. */
static void
take_feed (FrSearchPage *self, FrSearchFeed *feed)
{
  if (self->feed != NULL)
    fr_search_feed_end (self->feed);
  g_clear_object (&self->feed);
  self->feed = feed;
  if (feed == NULL)
    return;
  fr_steady_list_set_filter (fr_search_feed_get_list (feed), fr_filter_bar_get_filter (self->filter_bar));
  g_signal_connect_object (feed, "waiting", G_CALLBACK (waiting_cb), self, G_CONNECT_SWAPPED);
}

/* Begins with a search; NULL: with none. */
static void
set_search (FrSearchPage *self, FrSearch *search, const char *asked)
{
  take_feed (self, search != NULL ? fr_search_feed_new (search, self->loader, self->veil) : NULL);
  g_signal_group_set_target (self->search_signals, search);
  fr_filter_bar_set_found (self->filter_bar, G_LIST_MODEL (search));
  g_free (self->asked);
  self->asked = g_strdup (asked);
  self->asked_us = g_get_monotonic_time ();
  self->is_stopped = self->is_going_further = FALSE;
  g_clear_handle_id (&self->second_id, g_source_remove);
  if (asked != NULL)
    self->second_id = g_timeout_add_seconds (1, second_cb, self);
  if (search == NULL)
    show_feed (self);
  else if (self->grace_id == 0)
    self->grace_id = g_timeout_add (GRACE_MS, grace_cb, self);
  if (self->feed != NULL)
    waiting_cb (self, self->feed);
  fr_search_page_show_xray (self);
}

void
fr_search_page_end (FrSearchPage *self)
{
  set_search (self, NULL, NULL);
}

/* Looking and asking */

void
fr_search_page_show_error (FrSearchPage *self, const char *text)
{
  gtk_label_set_label (self->error, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), text != NULL);
  if (text == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  fr_announce (GTK_WIDGET (self), text);
}

static FrSearch *
begin (FrSearchPage *self, const char *words, FrSearchScope scope)
{
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new (words);
  g_autoptr (GError) error = NULL;
  FrSearch *search;

  terms->scope = scope;
  if (scope == FR_SCOPE_PERSON)
    fr_filter_bar_get_scope (self->filter_bar, &terms->person);
  search = fr_node_search_terms (self->node, terms, &error);
  if (search == NULL)
    fr_search_page_show_error (self, error->message);
  return search;
}

/* Nobody is told of what is only typed. */
void
fr_search_page_look_here (FrSearchPage *self, const char *words)
{
  FrPeerKey person;
  gboolean is_meant = fr_filter_bar_get_scope (self->filter_bar, &person) != FR_SCOPE_PERSON;
  g_autoptr (FrSearch) search = NULL;

  if (is_meant && fr_search_text_describe_fault (words) == NULL)
    search = begin (self, words, FR_SCOPE_MINE);
  set_search (self, search, NULL);
}

/* Told once, at the first search, until the person has read it. */
static void
explain (FrSearchPage *self)
{
  if (!self->is_explained)
    gtk_info_bar_set_revealed (self->explanation, TRUE);
}

void
fr_search_page_ask (FrSearchPage *self, const char *words)
{
  FrPeerKey person;
  FrSearchScope scope = fr_filter_bar_get_scope (self->filter_bar, &person);
  const char *fault = fr_search_text_describe_fault (words);
  g_autoptr (FrSearch) search = NULL;

  fr_search_page_show_error (self, fault);
  if (fault != NULL)
    return;
  search = begin (self, words, scope);
  if (search == NULL)
    return;
  if (scope != FR_SCOPE_MINE)
    explain (self);
  set_search (self, search, words);
  fr_search_page_note_asked (self, search);
}

static void
ask_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);
  g_autofree char *words = fr_search_page_get_words (self);

  fr_search_page_ask (self, words);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry)); /* the button is gone */
}

static void
ask_again_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);
  g_autofree char *words = g_strdup (self->asked);

  if (words != NULL)
    fr_search_page_ask (self, words);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
ask_everyone_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);
  g_autofree char *words = fr_search_page_get_words (self);

  fr_filter_bar_set_scope (self->filter_bar, FR_SCOPE_EVERYONE, NULL);
  if (self->asked == NULL)
    fr_search_page_ask (self, words);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
look_further_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);

  if (self->feed == NULL || !fr_search_look_further (fr_search_page_get_search (self)))
    return;
  self->asked_us = g_get_monotonic_time ();
  self->n_asked_before = fr_search_feed_count_asked (self->feed);
  self->is_going_further = TRUE;
  fr_search_page_update (self);
}

/* The button goes, and the focus must not. */
static void
stop_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);
  gboolean had_focus = gtk_widget_has_focus (self->stop_button);

  if (self->feed == NULL || !fr_search_get_listening (fr_search_page_get_search (self)))
    return;
  self->is_stopped = TRUE;
  fr_search_stop (fr_search_page_get_search (self));
  if (had_focus)
    gtk_widget_grab_focus (gtk_widget_get_visible (self->again_button) ? self->again_button : GTK_WIDGET (self->entry));
}

static void
show_all_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);

  fr_filter_bar_clear (self->filter_bar);
  gtk_widget_child_focus (GTK_WIDGET (self->wall), GTK_DIR_TAB_FORWARD);
}

void
fr_search_page_install_asking (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "search.ask", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "search.ask-again", NULL, ask_again_action);
  gtk_widget_class_install_action (widget_class, "search.ask-everyone", NULL, ask_everyone_action);
  gtk_widget_class_install_action (widget_class, "search.look-further", NULL, look_further_action);
  gtk_widget_class_install_action (widget_class, "search.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "search.show-all", NULL, show_all_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "search.look-further", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "search.look-further", NULL);
}
