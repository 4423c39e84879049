/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-texture-loader.h"
#include "fr-veil.h"

G_BEGIN_DECLS

/* Looking for pictures with everyone who can be reached. */

#define FR_TYPE_SEARCH_PAGE (fr_search_page_get_type ())
G_DECLARE_FINAL_TYPE (FrSearchPage, fr_search_page, FR, SEARCH_PAGE, AdwBin)

void fr_search_page_set_node (FrSearchPage *self, FrNode *node, FrTextureLoader *loader);
void fr_search_page_focus_entry (FrSearchPage *self);
void fr_search_page_search (FrSearchPage *self, const char *words);
FrSearch *fr_search_page_get_search (FrSearchPage *self);
FrVeil *fr_search_page_get_veil (FrSearchPage *self);
const char *fr_search_page_get_visible_name (FrSearchPage *self);

/* Signal "open" (FrHit *hit): a picture was chosen. */

G_END_DECLS
