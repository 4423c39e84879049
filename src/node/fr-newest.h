/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-hit.h"
#include "fr-people.h"

G_BEGIN_DECLS

/* What one's people share: a GListModel of FrHit, those shared last first. Whoever was added and comes here is asked for
 * their newest, and nobody else is; what they have said stays when they go, and over restarts. Lives in the main thread. */

#define FR_NEWEST_MOST 60          /* pictures of one person, which is one computer of theirs */
#define FR_NEWEST_MAX 5000         /* of all */
#define FR_NEWEST_PATIENCE_MS 20000

typedef enum
{
  FR_NEWEST_NOT_ASKED, /* not here, or not one's people */
  FR_NEWEST_ASKING,
  FR_NEWEST_ANSWERED,
  FR_NEWEST_SILENT, /* no answer in 20 s: what there is of theirs is from earlier */
} FrNewestState;

#define FR_TYPE_NEWEST (fr_newest_get_type ())
G_DECLARE_FINAL_TYPE (FrNewest, fr_newest, FR, NEWEST, GObject)

/* Properties, notified: "n-asking", "n-silent" (uint: people), "n-fresh" (uint: pictures that were not looked at since they
 * came), "unreadable" (boolean: what somebody has shown earlier could not be read). Signal "state-changed" (FrPerson *). */
guint fr_newest_get_n_asking (FrNewest *self);
guint fr_newest_get_n_silent (FrNewest *self);
guint fr_newest_get_n_fresh (FrNewest *self);
gboolean fr_newest_get_unreadable (FrNewest *self);
FrNewestState fr_newest_get_state (FrNewest *self, FrPerson *person);
GPtrArray *fr_newest_list_people (FrNewest *self, FrNewestState state); /* of FrPerson */

void fr_newest_ask (FrNewest *self, FrPerson *person); /* NULL: everybody who is here */
GListModel *fr_newest_of (FrNewest *self, FrPerson *person); /* (transfer full): with their other computers */
void fr_newest_mark_seen (FrNewest *self, const FrContentId *id);

G_END_DECLS
