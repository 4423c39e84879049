/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-hit.h"
#include "fr-query-xray.h"
#include "fr-search-terms.h"

G_BEGIN_DECLS

/* One search: a GListModel of FrHit that grows while answers come. Lives in the main thread. Own pictures first, then
 * in the order of coming; the same picture from several people is one hit. Ends with the last reference or
 * fr_search_stop(). */

#define FR_TYPE_SEARCH (fr_search_get_type ())
G_DECLARE_FINAL_TYPE (FrSearch, fr_search, FR, SEARCH, GObject)

/* Properties, notified: "n-holders" (uint: people who answered), "n-hidden" (uint), "listening" (boolean: answers may still come; until
 * stopped, or 60 s are over), "looked-here" (boolean: the own gallery has been looked through, where that is meant),
 * "error-message" (string, nullable: it could not be asked). */
const char *fr_search_get_words (FrSearch *self);
const FrSearchTerms *fr_search_get_terms (FrSearch *self);
guint fr_search_get_n_holders (FrSearch *self);
guint fr_search_get_n_hidden (FrSearch *self); /* pictures of people who are blocked */
guint fr_search_get_n_asked (FrSearch *self); /* neighbours that it was sent to */
gboolean fr_search_get_listening (FrSearch *self);
gboolean fr_search_get_looked_here (FrSearch *self);
const GError *fr_search_get_error (FrSearch *self);
gint64 fr_search_get_started_us (FrSearch *self); /* monotonic */
gboolean fr_search_get_xray (FrSearch *self, FrQueryXray *out_xray); /* FALSE: nothing is known yet */
gboolean fr_search_look_further (FrSearch *self); /* FALSE: it has gone as far as it can */
void fr_search_stop (FrSearch *self);

/* Signal "hit" (FrHit *hit, uint holder): a holder was added to a hit (a new hit or one that was there).
 * Signal "preview" (FrHit *hit): its preview has come.
 * Signal "xray": what fr_search_get_xray() or fr_search_get_n_asked() tells has changed. */

G_END_DECLS
