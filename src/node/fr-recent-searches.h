/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-recent-search.h"
#include "fr-store.h"

G_BEGIN_DECLS

/* What was looked for lately: a GListModel of FrRecentSearch, the last one first, twenty at most; kept over restarts. Lives
 * in the main thread. */

#define FR_TYPE_RECENT_SEARCHES (fr_recent_searches_get_type ())
G_DECLARE_FINAL_TYPE (FrRecentSearches, fr_recent_searches, FR, RECENT_SEARCHES, GObject)

FrRecentSearches *fr_recent_searches_new (FrStore *store);
void fr_recent_searches_note (FrRecentSearches *self, const FrSearchTerms *terms);
void fr_recent_searches_forget (FrRecentSearches *self, const char *words);
void fr_recent_searches_forget_all (FrRecentSearches *self);

G_END_DECLS
