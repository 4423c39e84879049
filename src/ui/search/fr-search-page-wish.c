/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-page-private.h"

#include "fr-wish-toast.h"

/* What is kept of a question: a wish, and that it was asked. */

/* What is looked for now, with the filters that do not pass with time; %NULL: nothing, or it cannot be. */
static FrSearchTerms *
make_terms (FrSearchPage *self)
{
  g_autofree char *words = fr_search_page_get_words (self);
  const FrSearchTerms *filter = fr_filter_bar_get_filter (self->filter_bar);
  FrSearchTerms *terms;

  if (self->node == NULL || fr_search_text_describe_fault (words) != NULL)
    return NULL;
  terms = fr_search_terms_new (words);
  terms->scope = fr_filter_bar_get_scope (self->filter_bar, &terms->person);
  if (filter == NULL)
    return terms;
  terms->kinds = filter->kinds;
  terms->shape = filter->shape;
  terms->least_pixels = filter->least_pixels;
  if (filter->scope == FR_SCOPE_PERSON)
    {
      terms->scope = FR_SCOPE_PERSON;
      terms->person = filter->person;
    }
  return terms;
}

static FrWish *
find_wish (FrSearchPage *self)
{
  g_autoptr (FrSearchTerms) terms = make_terms (self);

  return terms != NULL ? fr_wishes_find (fr_node_get_wishes (self->node), terms) : NULL;
}

static void
keep (FrSearchPage *self)
{
  g_autoptr (FrSearchTerms) terms = make_terms (self);
  g_autoptr (GError) error = NULL;
  FrSearch *search = fr_search_page_get_search (self);
  FrWish *wish = terms != NULL ? fr_wishes_add (fr_node_get_wishes (self->node), terms, &error) : NULL;

  if (wish == NULL)
    {
      fr_search_page_show_error (self, error != NULL ? error->message : NULL);
      return;
    }
  if (search != NULL && g_strcmp0 (self->asked, terms->words) == 0)
    fr_wish_watch (wish, search); /* what is found already is no news */
  fr_wish_toast_kept (GTK_WIDGET (self), fr_node_get_wishes (self->node), wish);
}

static void
wish_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchPage *self = FR_SEARCH_PAGE (widget);
  FrWish *known = find_wish (self);
  g_autoptr (FrWish) wish = known != NULL ? g_object_ref (known) : NULL;
  gboolean had_focus = gtk_widget_has_focus (self->status_wish_button);

  if (wish != NULL)
    {
      fr_wishes_remove (fr_node_get_wishes (self->node), wish);
      fr_wish_toast_removed (widget, fr_node_get_wishes (self->node), wish);
    }
  else
    {
      keep (self);
    }
  if (had_focus) /* the button is gone */
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  fr_search_page_update (self);
}

void
fr_search_page_install_wish (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "search.wish", NULL, wish_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "search.wish", NULL);
}

/* Whoever asks for what they wish for sees what was told of, too. */
void
fr_search_page_note_asked (FrSearchPage *self, FrSearch *search)
{
  FrWish *wish = find_wish (self);

  fr_recent_searches_note (fr_node_get_recent_searches (self->node), fr_search_get_terms (search));
  if (wish != NULL)
    fr_wish_watch (wish, search);
}

gboolean
fr_search_page_is_wished (FrSearchPage *self)
{
  return find_wish (self) != NULL;
}

/* Where nothing was found, and nothing is wished for, there is a button for it that cannot be overlooked. */
void
fr_search_page_update_wish (FrSearchPage *self, FrSearchView view)
{
  g_autoptr (FrSearchTerms) terms = make_terms (self);
  gboolean is_wished = fr_search_page_is_wished (self);
  gboolean is_nothing
    = view == FR_SEARCH_VIEW_NOTHING || view == FR_SEARCH_VIEW_NOBODY || view == FR_SEARCH_VIEW_AWAY;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.wish", terms != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->wish_button), terms != NULL);
  gtk_toggle_button_set_active (self->wish_button, is_wished);
  gtk_widget_set_visible (self->status_wish_button, is_nothing && !is_wished);
}

/* Whatever is typed, and is asked for now, is not any more. */
void
fr_search_page_ask_for (FrSearchPage *self, const FrSearchTerms *terms)
{
  gtk_editable_set_text (self->entry, "");
  fr_search_page_end (self);
  fr_filter_bar_take_terms (self->filter_bar, terms);
  fr_search_page_search (self, terms->words);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (self->entry, -1);
}

/**
 * fr_search_page_show_wish:
 * @self: a page
 * @wish: a wish
 *
 * Asks for it, and shows what it has told of.
 */
void
fr_search_page_show_wish (FrSearchPage *self, FrWish *wish)
{
  fr_search_page_ask_for (self, fr_wish_get_terms (wish));
}
