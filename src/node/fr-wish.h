/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-search.h"

G_BEGIN_DECLS

/* A search that is kept, and asked again by itself: what turns up is told of once. One of FrWishes. Lives in the main
 * thread. */

#define FR_WISH_MAX_FOUND 100 /* pictures that are held, the last ones */

#define FR_TYPE_WISH (fr_wish_get_type ())
G_DECLARE_FINAL_TYPE (FrWish, fr_wish, FR, WISH, GObject)

/* Properties, notified: "n-new" (uint: pictures that were told of and not looked at since, also before the last restart),
 * "asked-us" (int64, real time: when others were asked last; 0: never), "asking" (boolean). */
const FrSearchTerms *fr_wish_get_terms (FrWish *self);
const char *fr_wish_get_words (FrWish *self);
GListModel *fr_wish_get_found (FrWish *self); /* of FrHit: what was told of since the start */
guint fr_wish_get_n_new (FrWish *self);
gboolean fr_wish_is_new (FrWish *self, const FrContentId *id);
gint64 fr_wish_get_asked_us (FrWish *self);
gboolean fr_wish_get_asking (FrWish *self);

void fr_wish_watch (FrWish *self, FrSearch *search); /* the person looks at it */
void fr_wish_mark_seen (FrWish *self);

G_END_DECLS
