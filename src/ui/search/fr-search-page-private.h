/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-search-page.h"
#include "fr-search-start.h"
#include "fr-search-text.h"
#include "fr-search-xray.h"
#include "fr-wall-selection.h"

G_BEGIN_DECLS

/* The page in parts: what it shows of a search, and what it asks. */

struct _FrSearchPage
{
  AdwBin parent_instance;

  /* template widgets */
  AdwHeaderBar *header_bar;
  GtkEditable *entry;
  GtkLabel *error;
  GtkInfoBar *explanation;
  FrFilterBar *filter_bar;
  GtkWidget *line_box;
  GtkOrientable *line_row;
  GtkLabel *line;
  GtkWidget *further_button;
  GtkWidget *stop_button;
  GtkWidget *again_button;
  FrSearchXray *xray;
  GtkStack *stack;
  FrWall *wall;
  AdwStatusPage *status;
  GtkButton *status_button;
  GtkWidget *status_wish_button;
  GtkToggleButton *wish_button;
  FrSearchStart *start;
  FrWallSelection *selection_bar;

  /* owned */
  FrNode *node;
  FrTextureLoader *loader;
  FrVeil *veil;
  GSettings *settings; /* nullable */
  FrSearchFeed *feed;  /* nullable: nothing is looked for */
  GSignalGroup *search_signals;
  GtkFilterListModel *stacks; /* without a filter: what the wall shows */
  GtkFlattenListModel *found;
  char *asked;                /* nullable: the words that others were asked for */

  /* state */
  guint frame_id;
  FrSearchView view;
  guint grace_id;  /* runs while what was shown before still is */
  guint second_id; /* runs while answers may come */
  gint64 asked_us; /* when others were asked, or people further away */
  guint n_asked_before; /* they were */
  guint is_stopped : 1;
  guint is_going_further : 1;
  guint is_explained : 1; /* what a search tells others */
};

/* Showing */
char *fr_search_page_get_words (FrSearchPage *self); /* (transfer full): what is typed, without space around */
const char *fr_search_page_name_view (FrSearchView view);
void fr_search_page_update (FrSearchPage *self);
void fr_search_page_show_xray (FrSearchPage *self);

/* Asking */
void fr_search_page_install_asking (GtkWidgetClass *widget_class);
void fr_search_page_show_error (FrSearchPage *self, const char *text); /* nullable: there is none any more */
void fr_search_page_look_here (FrSearchPage *self, const char *words);
void fr_search_page_ask (FrSearchPage *self, const char *words);
void fr_search_page_end (FrSearchPage *self); /* nothing is looked for */

/* Wishes */
void fr_search_page_ask_for (FrSearchPage *self, const FrSearchTerms *terms);
void fr_search_page_install_wish (GtkWidgetClass *widget_class);
void fr_search_page_note_asked (FrSearchPage *self, FrSearch *search);
gboolean fr_search_page_is_wished (FrSearchPage *self);
void fr_search_page_update_wish (FrSearchPage *self, FrSearchView view);

G_END_DECLS
