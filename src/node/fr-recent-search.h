/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-search-terms.h"

G_BEGIN_DECLS

/* Something that was looked for: the item of FrRecentSearches. Never changes. Lives in the main thread. */

#define FR_TYPE_RECENT_SEARCH (fr_recent_search_get_type ())
G_DECLARE_FINAL_TYPE (FrRecentSearch, fr_recent_search, FR, RECENT_SEARCH, GObject)

FrRecentSearch *fr_recent_search_new (const FrSearchTerms *terms);
const FrSearchTerms *fr_recent_search_get_terms (FrRecentSearch *self);
const char *fr_recent_search_get_words (FrRecentSearch *self);

G_END_DECLS
