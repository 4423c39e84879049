/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-page-private.h"

#include <glib/gi18n.h>

#include "fr-announce.h"

/* The line is read out first when so much time has passed since it was asked. */
#define QUIET_US (2 * G_USEC_PER_SEC)

/* What there is to do where there are no pictures. */
static const struct
{
  const char *name;
  const char *icon;
  const char *label; /* nullable */
  const char *action;
} views[] = {
  [FR_SEARCH_VIEW_START] = { "start", "system-search-symbolic" },
  [FR_SEARCH_VIEW_ASK] = { "ask", "system-search-symbolic", N_ ("_Ask"), "search.ask" },
  [FR_SEARCH_VIEW_WALL] = { "wall" },
  [FR_SEARCH_VIEW_HIDDEN] = { "hidden", "edit-find-symbolic", N_ ("Show _All"), "search.show-all" },
  [FR_SEARCH_VIEW_NOTHING] = { "nothing", "edit-find-symbolic", N_ ("Ask _Again"), "search.ask-again" },
  [FR_SEARCH_VIEW_NOBODY] = { "nobody", "system-users-symbolic", N_ ("Go to _People"), "win.show-page" },
  [FR_SEARCH_VIEW_AWAY] = { "away", "system-users-symbolic", N_ ("Ask _Everyone"), "search.ask-everyone" },
};

/* What is known */

char *
fr_search_page_get_words (FrSearchPage *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
}

static gboolean
is_meant (FrPerson *person, FrSearchScope scope, FrPerson *only)
{
  if (scope == FR_SCOPE_PEOPLE)
    return fr_person_is_contact (person);
  return only != NULL && (person == only || fr_person_get_owner (person) == only);
}

/* Of those whom a search is for. */
static guint
count_here (FrSearchPage *self, FrSearchScope scope, const FrPeerKey *key)
{
  FrPeople *people = fr_node_get_people (self->node);
  FrPerson *only = scope == FR_SCOPE_PERSON ? fr_people_find_key (people, key) : NULL;
  guint n = 0;

  if (scope == FR_SCOPE_EVERYONE)
    return fr_people_get_n_here (people);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (people)); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (people), i);

      n += is_meant (person, scope, only) && fr_person_get_state (person) == FR_PERSON_HERE;
    }
  return n;
}

static gboolean
has_others (FrSearch *search)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (search)); i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (search), i);

      if (!fr_hit_get_mine (hit))
        return TRUE;
    }
  return FALSE;
}

static void
gather_search (FrSearchPage *self, FrSearch *search, FrSearchFacts *facts)
{
  const FrSearchTerms *terms = fr_search_get_terms (search);
  FrQueryXray xray;
  gboolean has_xray = fr_search_get_xray (search, &xray);

  facts->elapsed_us = g_get_monotonic_time () - self->asked_us;
  facts->n_here = count_here (self, terms->scope, &terms->person);
  facts->n_asked = fr_search_feed_count_asked (self->feed);
  facts->n_found = g_list_model_get_n_items (G_LIST_MODEL (search));
  facts->n_hidden = fr_steady_list_get_n_hidden (fr_search_feed_get_list (self->feed));
  facts->has_earlier = facts->n_here == 0 && has_others (search);
  facts->n_blocked = fr_search_get_n_hidden (search);
  facts->error = fr_search_get_error (search) != NULL ? fr_search_get_error (search)->message : NULL;
  facts->looked_here = fr_search_get_looked_here (search);
  facts->is_listening = self->asked != NULL && fr_search_get_listening (search);
  facts->can_widen = facts->is_listening && has_xray && xray.can_widen;
  facts->is_at_end = has_xray && !xray.can_widen;
}

static FrSearchFacts
gather_facts (FrSearchPage *self, const char *words)
{
  FrPeerKey person;
  FrSearchFacts facts = { .words = words,
                          .asked = self->asked,
                          .scope = fr_filter_bar_get_scope (self->filter_bar, &person),
                          .person = fr_filter_bar_get_person_name (self->filter_bar),
                          .is_stopped = self->is_stopped,
                          .is_going_further = self->is_going_further,
                          .is_wished = fr_search_page_is_wished (self) };

  if (self->feed != NULL)
    gather_search (self, fr_search_page_get_search (self), &facts);
  return facts;
}

/* Showing it */

static void
show_status (FrSearchPage *self, const FrSearchFacts *facts)
{
  FrSearchView view = fr_search_text_get_view (facts);
  gboolean is_mine = view == FR_SEARCH_VIEW_ASK && facts->scope == FR_SCOPE_MINE;
  gboolean goes_further = view == FR_SEARCH_VIEW_NOTHING && facts->can_widen;
  const char *label = is_mine ? N_ ("Ask _Everyone") : goes_further ? N_ ("Look _Further") : views[view].label;
  const char *action = is_mine         ? "search.ask-everyone"
                       : goes_further  ? "search.look-further"
                                       : views[view].action;
  g_autofree char *title = fr_search_text_make_title (facts);
  g_autofree char *body = fr_search_text_make_body (facts);
  g_autofree char *escaped = g_markup_escape_text (body, -1);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);

  adw_status_page_set_icon_name (self->status, views[view].icon);
  adw_status_page_set_title (self->status, escaped_title);
  adw_status_page_set_description (self->status, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->status_button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (self->status_button, _ (label));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->status_button), NULL); /* else it would not fit the target */
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->status_button),
                                          view == FR_SEARCH_VIEW_NOBODY ? g_variant_new_string ("people") : NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->status_button), action);
}

/* Where the page has a large button for something, that is enough. */
static void
actions_update (FrSearchPage *self, const FrSearchFacts *facts)
{
  gboolean is_nothing = fr_search_text_get_view (facts) == FR_SEARCH_VIEW_NOTHING;
  gboolean is_over = facts->asked != NULL && !facts->is_listening && facts->scope != FR_SCOPE_MINE
                     && g_str_equal (facts->words, facts->asked);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.look-further", facts->can_widen);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.stop", facts->is_listening);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.ask-again", facts->asked != NULL);
  gtk_widget_set_visible (self->further_button, facts->can_widen && !is_nothing);
  gtk_widget_set_visible (self->stop_button, facts->is_listening);
  gtk_widget_set_visible (self->again_button, is_over && facts->n_found > 0);
}

/* Read out at most every five seconds while answers come, and when no more will. */
static void
show_line (FrSearchPage *self, const FrSearchFacts *facts)
{
  g_autofree char *text = fr_search_text_describe (facts);
  gboolean is_new = g_strcmp0 (text != NULL ? text : "", gtk_label_get_label (self->line)) != 0;

  gtk_label_set_label (self->line, text != NULL ? text : "");
  gtk_widget_set_visible (self->line_box, fr_search_text_get_view (facts) != FR_SEARCH_VIEW_START);
  if (!is_new || text == NULL || facts->asked == NULL)
    return;
  if (!facts->is_listening)
    fr_announce (GTK_WIDGET (self), text);
  else if (facts->elapsed_us >= QUIET_US)
    fr_announce_progress (GTK_WIDGET (self), text);
}

const char *
fr_search_page_name_view (FrSearchView view)
{
  return views[view].name;
}

void
fr_search_page_show_xray (FrSearchPage *self)
{
  FrQueryXray xray;
  gboolean is_known = self->feed != NULL && fr_search_get_xray (fr_search_page_get_search (self), &xray);

  fr_search_xray_set_xray (self->xray, is_known ? &xray : NULL);
  fr_search_page_update (self);
}

/**
 * fr_search_page_update:
 * @self: a page
 *
 * Says what is so by now. While what was shown before still is, the pictures stay.
 */
void
fr_search_page_update (FrSearchPage *self)
{
  g_autofree char *words = fr_search_page_get_words (self);
  FrSearchFacts facts = gather_facts (self, words);
  FrSearchView view = fr_search_text_get_view (&facts);
  gboolean is_wall = view == FR_SEARCH_VIEW_WALL;

  actions_update (self, &facts);
  fr_search_page_update_wish (self, view);
  show_line (self, &facts);
  if (self->grace_id != 0)
    return;
  self->view = view;
  if (!is_wall)
    show_status (self, &facts);
  if (view == FR_SEARCH_VIEW_START && !fr_search_start_is_empty (self->start))
    gtk_stack_set_visible_child_name (self->stack, "start");
  else
    gtk_stack_set_visible_child_name (self->stack, is_wall ? "wall" : "status");
}
