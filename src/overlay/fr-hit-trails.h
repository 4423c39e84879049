/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-aged-table.h"
#include "fr-query-ledger.h"

G_BEGIN_DECLS

/* Which answers have come by, and where each was sent: by (query, holder, part) for hits, (query, holder, hash) for
 * previews, and what was in it. So none is passed on twice, and one that finds no way on and is handed back can be sent
 * another way. */
typedef struct _FrHitTrails FrHitTrails;

#define FR_HIT_TRAILS_CAPACITY 16384
#define FR_HIT_TRAIL_MAX_BOUNCES 64 /* how often an answer that came by before is handed back, so that none circles */

typedef struct
{
  FrAgedEntry aged;
  FrLinkId from; /* the link that brought it; 0: our own */
  FrLinkId sent[FR_QUERY_WAYS];
  guint8 n_sent;
  guint8 n_bounces;
  guint8 handed_back; /* a bit for each place in sent: that one had no way on */
} FrHitTrail;

FrHitTrails *fr_hit_trails_new (guint capacity, gint64 max_age_us);
void fr_hit_trails_free (FrHitTrails *self);

/* What an answer says of itself. */
typedef struct
{
  FrPeerKey holder;
  guint n_items; /* of Hits; where they are sealed, as many as there can be */
  guint hops;    /* links to the holder, by its own word; 0 where that is sealed */
  guint part;
} FrHitFacts;

gboolean fr_hit_trails_name (const Freshet__Frame *frame, FrQueryId *out_name, FrHitFacts *out_facts);
FrHitTrail *fr_hit_trails_lookup (FrHitTrails *self, const FrQueryId *name, gint64 now_us);
FrHitTrail *fr_hit_trails_insert (FrHitTrails *self, const FrQueryId *name, FrLinkId from, gint64 now_us);
void fr_hit_trails_expire (FrHitTrails *self, gint64 now_us);
guint fr_hit_trails_get_size (const FrHitTrails *self);

gboolean fr_hit_trail_may_send (const FrHitTrail *trail, FrLinkId link);
void fr_hit_trail_sent (FrHitTrail *trail, FrLinkId link);
gboolean fr_hit_trail_came_back (FrHitTrail *trail, FrLinkId link);
gboolean fr_hit_trail_may_bounce (FrHitTrail *trail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrHitTrails, fr_hit_trails_free)

G_END_DECLS
