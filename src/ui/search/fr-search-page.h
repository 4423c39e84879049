/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-filter-bar.h"
#include "fr-search-feed.h"
#include "fr-wall.h"
#include "fr-wishes.h"

G_BEGIN_DECLS

/* Looking for pictures: among one's own while one types, then with those who can be reached. */

#define FR_TYPE_SEARCH_PAGE (fr_search_page_get_type ())
G_DECLARE_FINAL_TYPE (FrSearchPage, fr_search_page, FR, SEARCH_PAGE, AdwBin)

void fr_search_page_set_node (FrSearchPage *self, FrNode *node, FrTextureLoader *loader);
void fr_search_page_add_button (FrSearchPage *self, GtkWidget *button); /* at the end of its header bar */
void fr_search_page_focus_entry (FrSearchPage *self);
void fr_search_page_fill_in (FrSearchPage *self, const char *words);
void fr_search_page_search (FrSearchPage *self, const char *words);
void fr_search_page_show_wish (FrSearchPage *self, FrWish *wish);
FrSearch *fr_search_page_get_search (FrSearchPage *self);           /* nullable */
const char *fr_search_page_get_visible_name (FrSearchPage *self);
const char *fr_search_page_get_line (FrSearchPage *self);
FrWall *fr_search_page_get_wall (FrSearchPage *self);
FrVeil *fr_search_page_get_veil (FrSearchPage *self);
FrFilterBar *fr_search_page_get_filter_bar (FrSearchPage *self);
GListModel *fr_search_page_get_found (FrSearchPage *self);          /* of FrHit: all that is shown, also below others */

/* Signal "open" (FrHit *hit): a picture was chosen. */

G_END_DECLS
