/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-search.h"
#include "fr-steady-list.h"
#include "fr-texture-loader.h"
#include "fr-veil.h"

G_BEGIN_DECLS

/* A search as a wall shows it: what it finds enters a FrSteadyList, as soon as its small form has been decoded. Main
 * thread. */

#define FR_TYPE_SEARCH_FEED (fr_search_feed_get_type ())
G_DECLARE_FINAL_TYPE (FrSearchFeed, fr_search_feed, FR, SEARCH_FEED, GObject)

FrSearchFeed *fr_search_feed_new (FrSearch *search, FrTextureLoader *loader, FrVeil *veil);

FrSearch *fr_search_feed_get_search (FrSearchFeed *self);
FrSteadyList *fr_search_feed_get_list (FrSearchFeed *self);
guint fr_search_feed_count_asked (FrSearchFeed *self); /* people */
void fr_search_feed_end (FrSearchFeed *self);             /* nothing is wanted of it any more */
gboolean fr_search_feed_begin_frame (FrSearchFeed *self); /* FALSE: no other one is needed until "waiting" */

/* Signal "waiting": something waits for the next frame. */

G_END_DECLS
