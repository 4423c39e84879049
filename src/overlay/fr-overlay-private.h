/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-action-queue.h"
#include "fr-hit-trails.h"
#include "fr-neighbour.h"
#include "fr-overlay.h"
#include "fr-query-check.h"
#include "fr-query-ledger.h"

G_BEGIN_DECLS

/* The engine from inside: fr-overlay.c has links and time, fr-overlay-query.c what becomes of a query,
 * fr-overlay-way-back.c what becomes of an answer. */
struct _FrOverlay
{
  FrOverlayConfig config;
  FrPeerKey self_key;
  GRand *rand;
  guint32 salt; /* for the tags of signatures */

  GPtrArray *neighbours; /* owned, in the order in which they came */
  GHashTable *by_link;   /* FrLinkId -> FrNeighbour, borrowed */
  FrQueryLedger *ledger;
  FrQueryLedger *own; /* apart, so that no flood of others' queries drives our own out */
  FrHitTrails *trails;
  GHashTable *checks; /* a set of FrQueryCheck, owned */
  FrActionQueue *actions;

  FrOverlayStats stats;
};

FrNeighbour *_fr_overlay_find (FrOverlay *self, FrLinkId link);
void _fr_overlay_send (FrOverlay *self, FrLinkId link, GBytes *frame);
void _fr_overlay_fault (FrOverlay *self, FrNeighbour *neighbour);

void _fr_overlay_receive_query (FrOverlay *self,
                                FrNeighbour *neighbour,
                                const Freshet__Query *query,
                                gint64 now_us);
void _fr_overlay_receive_answer (FrOverlay *self,
                                 FrNeighbour *neighbour,
                                 const Freshet__Frame *frame,
                                 gsize size,
                                 gint64 now_us);

G_END_DECLS
