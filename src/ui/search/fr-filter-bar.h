/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"
#include "fr-search-terms.h"

G_BEGIN_DECLS

/* Of whom a search is asked, and which of the pictures found are shown. */

#define FR_TYPE_FILTER_BAR (fr_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (FrFilterBar, fr_filter_bar, FR, FILTER_BAR, AdwBin)

void fr_filter_bar_set_people (FrFilterBar *self, FrPeople *people);
void fr_filter_bar_set_found (FrFilterBar *self, GListModel *hits); /* of FrHit, nullable: whose they are can be chosen */

FrSearchScope fr_filter_bar_get_scope (FrFilterBar *self, FrPeerKey *out_person); /* untouched unless it is a person */
const char *fr_filter_bar_get_person_name (FrFilterBar *self);                    /* nullable: of that person */
void fr_filter_bar_set_scope (FrFilterBar *self, FrSearchScope scope, FrPerson *person); /* nullable */

const FrSearchTerms *fr_filter_bar_get_filter (FrFilterBar *self); /* nullable: all passes */
void fr_filter_bar_clear (FrFilterBar *self);                      /* all filters, not the scope */
void fr_filter_bar_take_terms (FrFilterBar *self, const FrSearchTerms *terms);

/* Signals "scope-changed", "filter-changed".
 * Actions, as "filter": "scope" ('everyone', 'people', 'mine', or a person's key), "kind-jpeg" and so on, "wide", "tall",
 * "size" (int32), "date" (int32), "person" (a key, or ''), "clear". */

G_END_DECLS
