/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-action-queue.h"
#include "fr-digest-exchange.h"
#include "fr-hit-trails.h"
#include "fr-membership.h"
#include "fr-neighbour.h"
#include "fr-overlay-random.h"
#include "fr-overlay.h"
#include "fr-own-search.h"
#include "fr-query-check.h"
#include "fr-query-ledger.h"
#include "fr-query-reports.h"
#include "fr-recent-answers.h"
#include "fr-query-shares.h"
#include "fr-recent-queries.h"
#include "fr-route-table.h"

G_BEGIN_DECLS

/* The engine from inside: fr-overlay.c has links and time, fr-overlay-query.c what becomes of a query of others,
 * fr-overlay-search.c our own, fr-overlay-near.c those to neighbours alone, fr-overlay-way-back.c what becomes of an answer, fr-overlay-report.c counts,
 * fr-overlay-signal.c introductions, fr-overlay-neighbourhood.c who our neighbours are and what they have. What most
 * engines do not need most of the time is made when it is first needed: many thousands run in one simulation. */

typedef struct
{
  FrLinkId link; /* here too, so that a look-up touches one line of memory */
  FrNeighbour *neighbour; /* owned */
} FrOverlayPlace;

/* What one neighbour was asked that nobody else answers, and what it may still bring. */
typedef struct
{
  FrQueryId query;
  FrLinkId link;
  guint n_items;
  guint n_previews;
} FrOverlayQuestion;

struct _FrOverlay
{
  FrOverlayConfig config;
  FrPeerKey self_key;
  FrOverlayRandom random;
  guint32 salt; /* for the tags of signatures */

  GArray *places; /* of FrOverlayPlace, in the order in which they came */
  gint64 links_due_us; /* none of them has to be looked at before; see _fr_overlay_expect() */
  FrQueryLedger *ledger;
  FrQueryLedger *own; /* apart, so that no flood of others' queries drives our own out */
  GPtrArray *searches; /* of FrOwnSearch; nullable */
  GArray *near; /* of FrOverlayQuestion, the oldest first; nullable */
  FrHitTrails *trails;
  FrQueryShares *shares; /* nullable */
  GHashTable *checks; /* a set of FrQueryCheck, owned; nullable */
  FrQueryReports *reports;
  FrRecentQueries *recent; /* nullable */
  FrRecentAnswers *answers; /* nullable */
  FrRouteTable *routes;
  FrAgedTable *signalled; /* how much each sender has sent along a route */
  GHashTable *blocked; /* a set of FrPeerKey, owned; NULL: none */
  FrMembership *membership;
  FrDigestExchange *digests; /* nullable: what we have is not known yet */
  FrActionQueue *actions;

  gint64 swallowed_since_us; /* what was passed on since then may be lost; G_MAXINT64: nothing */
  gint64 swallowed_until_us; /* and goes out again by links that come up until then */
  guint n_known;             /* peers that the widest search came to */
  FrOverlayStats stats;
};

static inline FrNeighbour *
_fr_overlay_neighbour (FrOverlay *self, guint i)
{
  return g_array_index (self->places, FrOverlayPlace, i).neighbour;
}

/* To be told of whatever may bring a link's deadline forward: asking each link for its own, after every frame, takes as
 * long as the frame does. Too early a time is no harm: fr_overlay_tick() finds the true one. */
static inline void
_fr_overlay_expect (FrOverlay *self, gint64 at_us)
{
  self->links_due_us = MIN (self->links_due_us, at_us);
}

/* Something was sent that ought to be followed by a sign of life. */
static inline void
_fr_overlay_expect_life (FrOverlay *self, gint64 now_us)
{
  if (self->config.asks)
    _fr_overlay_expect (self, now_us + FR_LIVENESS_ASK_US);
}

/* Nothing is relayed for whoever is blocked, nor anything of theirs. */
static inline gboolean
_fr_overlay_is_blocked (FrOverlay *self, const FrPeerKey *key)
{
  if (self->blocked == NULL || !g_hash_table_contains (self->blocked, key))
    return FALSE;
  self->stats.blocked++;
  return TRUE;
}

FrNeighbour *_fr_overlay_find (FrOverlay *self, FrLinkId link);
FrNeighbour *_fr_overlay_find_key (FrOverlay *self, const FrPeerKey *key);
void _fr_overlay_send (FrOverlay *self, FrLinkId link, GBytes *frame);
void _fr_overlay_send_and_listen (FrOverlay *self, FrLinkId link, GBytes *frame, gint64 now_us);
void _fr_overlay_fault (FrOverlay *self, FrNeighbour *neighbour);
void _fr_overlay_close_link (FrOverlay *self, FrNeighbour *neighbour, FrOverlayReason reason);

FrDigestPattern *_fr_overlay_pattern (FrOverlay *self, const void *body, gsize size, guint ttl);
guint _fr_overlay_flood (FrOverlay *self, const FrQueryId *id, FrLinkId except, const FrPeerKey *asker,
                         const FrQueryCopy *onward, GBytes *frame, const FrDigestPattern *pattern, gint64 now_us);
void _fr_overlay_receive_query (FrOverlay *self,
                                FrNeighbour *neighbour,
                                const Freshet__Query *query,
                                const FrQueryId *known_id,
                                gint64 now_us);
void _fr_overlay_receive_enough (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Enough *enough,
                                 gint64 now_us);
void _fr_overlay_send_enough (FrOverlay *self, const FrQueryId *id, FrLinkId except, gint64 now_us);
void _fr_overlay_send_throttle (FrOverlay *self, FrNeighbour *neighbour, guint hops);
void _fr_overlay_resend (FrOverlay *self, FrNeighbour *neighbour, gint64 now_us);

FrOwnSearch *_fr_overlay_find_search (FrOverlay *self, const FrQueryId *id);
void _fr_overlay_tick_searches (FrOverlay *self, gint64 now_us);
gint64 _fr_overlay_next_widening (FrOverlay *self);

gboolean _fr_overlay_is_from_asker (FrNeighbour *neighbour, const FrPeerKey *asker, const FrQueryCopy *copy);
gboolean _fr_overlay_may_come_again (const FrQueryEntry *entry, const FrQueryCopy *copy);
gboolean _fr_overlay_take_near (FrOverlay *self, FrNeighbour *neighbour, const FrQueryId *id, const FrHitFacts *facts,
                                gboolean is_preview);
void _fr_overlay_end_near (FrOverlay *self, const FrQueryId *id);

void _fr_overlay_receive_answer (FrOverlay *self,
                                 FrNeighbour *neighbour,
                                 const Freshet__Frame *frame,
                                 gsize size,
                                 gint64 now_us);

void _fr_overlay_resend_answers (FrOverlay *self, FrLinkId link, gint64 now_us);

FrReportCounts *_fr_overlay_counts (FrOverlay *self, const FrQueryId *id);
void _fr_overlay_begin_report (FrOverlay *self, const FrQueryId *id, FrLinkId to, guint ttl, gboolean is_new,
                               gint64 now_us);
void _fr_overlay_receive_report (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Report *report,
                                 gint64 now_us);
void _fr_overlay_tick_reports (FrOverlay *self, gint64 now_us);
void _fr_overlay_xray_changed (FrOverlay *self, const FrQueryId *id);

void _fr_overlay_receive_signal (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Signal *signal,
                                 gint64 now_us);

void _fr_overlay_meet (FrOverlay *self, FrNeighbour *neighbour, gint64 now_us);
void _fr_overlay_part (FrOverlay *self, FrLinkId link, gboolean lost, gint64 now_us);
void _fr_overlay_receive_neighbourhood (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Frame *frame,
                                        gint64 now_us);
void _fr_overlay_tick_neighbourhood (FrOverlay *self, gint64 now_us);
gint64 _fr_overlay_next_in_neighbourhood (FrOverlay *self);

G_END_DECLS
