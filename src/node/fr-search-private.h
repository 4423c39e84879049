/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery.h"
#include "fr-network.h"
#include "fr-search.h"

G_BEGIN_DECLS

/* What FrNode alone does with a search; the last one is for its wishes. */

FrSearch *fr_search_new (FrNetwork *network, FrGallery *gallery, const FrSearchTerms *terms, GBytes *people,
                         const GError *error);
guint fr_search_get_number (FrSearch *self);
void fr_search_take_report (FrSearch *self, FrNetworkReport *report);
void fr_search_add_known (FrSearch *self, FrHit *hit);

G_END_DECLS
