/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-wish.h"

G_BEGIN_DECLS

/* What the person wishes for: a GListModel of FrWish, the last one first, kept over restarts. While somebody is here who is
 * meant, each is asked about every twelve minutes, and soon after one of one's people has come; one at a time. What others
 * have is told of once, ever, and by one wish alone; what is in the own gallery, or whose holders are all blocked, is not
 * told of at all. Lives in the main thread. */

#define FR_TYPE_WISHES (fr_wishes_get_type ())
G_DECLARE_FINAL_TYPE (FrWishes, fr_wishes, FR, WISHES, GObject)

FrWish *fr_wishes_add (FrWishes *self, const FrSearchTerms *terms, GError **error); /* FR_NODE_ERROR_SEARCH, _TOO_MANY_WISHES */
void fr_wishes_remove (FrWishes *self, FrWish *wish);
void fr_wishes_restore (FrWishes *self, FrWish *wish); /* what was removed */
FrWish *fr_wishes_find (FrWishes *self, const FrSearchTerms *terms); /* (transfer none) (nullable) */
gboolean fr_wishes_get_loaded (FrWishes *self); /* notified: "loaded" */

/* Signal "found" (FrWish *wish, uint n_new): others have so many pictures that were never told of. That is on disk. */

G_END_DECLS
