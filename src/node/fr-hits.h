/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-picture.h"
#include "fr-record.h"

G_BEGIN_DECLS

/* What a holder answers a search with: made from its pictures, and read by the asker, who alone checks it. */

typedef struct
{
  FrContentId id;
  char *title;
  guint type; /* as Item.Type of the protocol */
  guint64 size;
  guint width, height;
  gboolean has_preview;
  FrBlockHash preview_hash;
  guint day; /* when it was shared, in days since 1970; 0: not said */
} FrHitItem;

typedef struct
{
  FrQueryId query;
  FrRecord holder;
  guint hops;
  guint total;
  FrPeerKey via; /* the neighbour by whom they came; zero: not said */
  GArray *items; /* of FrHitItem; empty where the search was for the holder itself */
} FrHits;

GBytes *fr_hits_pack (const FrIdentity *identity, Freshet__PeerRecord *record, const FrQueryId *query, guint hops,
                      GPtrArray *pictures, guint total);
GBytes *fr_hits_pack_part (const FrIdentity *identity, Freshet__PeerRecord *record, const FrQueryId *query, guint hops,
                           GPtrArray *pictures, guint total, guint part);
FrHits *fr_hits_read (const Freshet__Hits *message);
FrHits *fr_hits_steal (FrHits *self);
void fr_hits_free (FrHits *self);

GBytes *fr_preview_pack (const FrIdentity *identity, const FrQueryId *query, const FrBlockHash *hash, GBytes *data);
GBytes *fr_preview_read (const Freshet__Preview *message, FrBlockHash *out_hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrHits, fr_hits_free)

G_END_DECLS
