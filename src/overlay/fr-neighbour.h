/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-liveness.h"
#include "fr-overlay-action.h"
#include "fr-overlay-config.h"
#include "fr-token-bucket.h"

G_BEGIN_DECLS

/* One link as the engine sees it: what it may still bring, how far it is to be believed, whether it lives. Its members
 * are here for the functions below them alone, which every copy of a query calls for every link. */
typedef struct
{
  /* What a copy is looked up by, and passed on by, comes first: it is in few lines of memory. */
  FrLinkId link;
  guint8 closing_reason; /* FrOverlayReason */
  guint8 closing;
  guint8 max_hops;   /* what the other side asked for: queries that have crossed so many links, ours included */
  guint8 asked_hops; /* what we asked it for */
  guint8 leaving;
  FrPeerKey key;
  gint64 heard_us;
  FrTokenBucket relayed;
  FrLiveness liveness;

  FrTokenBucket own;
  FrTokenBucket hits;
  FrTokenBucket pings;
  FrTokenBucket reports;
  FrTokenBucket digests;
  FrTokenBucket signals;

  /* back-pressure */
  gint64 throttled_us; /* when it was asked for less */
  gint64 limited_us;   /* when a copy of it was dropped last */

  /* trust */
  guint n_checked;
  guint n_bad;
  guint n_faults;
  guint max_faults;

  gint64 close_at_us; /* when a link that is being left is closed */

  /* round trip */
  gint64 pinged_us;
  guint64 nonce; /* of the ping that waits for its answer; 0: none does */
  guint round_trip_us;
} FrNeighbour;

#define FR_NEIGHBOUR_NO_MAX_HOPS G_MAXUINT8 /* experiments let queries go farther than the protocol does */
#define FR_NEIGHBOUR_RELAY_RATE 20 /* queries a second that others asked, seen ones included */
#define FR_NEIGHBOUR_RELAY_BURST 200
#define FR_NEIGHBOUR_ORIGIN_RATE 1 /* queries a second of its own */
#define FR_NEIGHBOUR_ORIGIN_BURST 20
#define FR_NEIGHBOUR_HITS_RATE (64 * 1024) /* bytes a second of hits and previews */
#define FR_NEIGHBOUR_HITS_BURST (1024 * 1024)
#define FR_NEIGHBOUR_PING_RATE 5
#define FR_NEIGHBOUR_PING_BURST 20
#define FR_NEIGHBOUR_SIGNAL_RATE 10 /* signals a second; a dial takes some ten */
#define FR_NEIGHBOUR_SIGNAL_BURST 100
#define FR_NEIGHBOUR_DIGEST_RATE 12 /* one of each depth a gathering time, and a few that are whole */
#define FR_NEIGHBOUR_DIGEST_BURST 60
#define FR_NEIGHBOUR_MAX_FAULTS 16
#define FR_NEIGHBOUR_PING_INTERVAL_US (20 * G_USEC_PER_SEC)
#define FR_NEIGHBOUR_PING_MISSES 3
#define FR_NEIGHBOUR_ROUND_TRIP_MOST_US (5 * G_USEC_PER_SEC) /* a longer one counts as this */

/* The fewer links a copy may still cross, the more of the bucket it leaves to others: what goes far finds most. */
#define FR_NEIGHBOUR_LAST_LINK_RESERVE 0.5
#define FR_NEIGHBOUR_LAST_BUT_ONE_RESERVE 0.25

/* Back-pressure: once copies of a neighbour have to be dropped it is asked for nearer ones only, for still nearer ones
 * when that does not help, and for all again after it helped. One that goes on regardless is closed. */
#define FR_NEIGHBOUR_THROTTLE_STEP_US (2 * G_USEC_PER_SEC)
#define FR_NEIGHBOUR_THROTTLE_GRACE_US (10 * G_USEC_PER_SEC)
#define FR_NEIGHBOUR_THROTTLE_LIFT_US (10 * G_USEC_PER_SEC)

/* So long a link that is not wanted any more still carries answers: those that are on their way when it is decided often
 * have no other. */
#define FR_NEIGHBOUR_LEAVING_US (2 * G_USEC_PER_SEC)

/* Previews leave this share of the bytes to hits. */
#define FR_NEIGHBOUR_PREVIEW_RESERVE 0.25

/* A link whose share of bad signatures is greater is verified before anything of it is forwarded; not asked before so
 * many are known, and halved when there are many, so that what was long ago counts less. */
#define FR_NEIGHBOUR_MAX_BAD_PER_CENT 1
#define FR_NEIGHBOUR_BAD_SAMPLE 20
#define FR_NEIGHBOUR_BAD_WINDOW 1000

FrNeighbour *fr_neighbour_new (const FrOverlayConfig *config, FrLinkId link, const FrPeerKey *key, gint64 now_us);
void fr_neighbour_free (FrNeighbour *self);

static inline FrLinkId
fr_neighbour_get_link (const FrNeighbour *self)
{
  return self->link;
}

/* Who it is. */
static inline const FrPeerKey *
fr_neighbour_get_key (const FrNeighbour *self)
{
  return &self->key;
}

/* Whether the link was given up. */
static inline gboolean
fr_neighbour_is_closing (const FrNeighbour *self)
{
  return self->closing;
}

/* Whether the link is about to be given up: it takes no more queries. */
static inline gboolean
fr_neighbour_is_leaving (const FrNeighbour *self)
{
  return self->leaving;
}

/* How many links a query may have crossed when it gets it, the one to it included. */
static inline guint
fr_neighbour_get_max_hops (const FrNeighbour *self)
{
  return self->max_hops;
}

/* Whether it lives. */
static inline FrLiveness *
fr_neighbour_get_liveness (FrNeighbour *self)
{
  return &self->liveness;
}

guint fr_neighbour_get_round_trip_us (const FrNeighbour *self);

gboolean fr_neighbour_take_query (FrNeighbour *self, guint hops, guint ttl, gint64 now_us);
gboolean fr_neighbour_take_report (FrNeighbour *self, gint64 now_us);
gboolean fr_neighbour_take_digest (FrNeighbour *self, gint64 now_us);
gboolean fr_neighbour_take_signal (FrNeighbour *self, gint64 now_us);
gboolean fr_neighbour_take_hits (FrNeighbour *self, gsize size, gboolean is_preview, gint64 now_us);
gboolean fr_neighbour_take_ping (FrNeighbour *self, gint64 now_us);

void fr_neighbour_note_signature (FrNeighbour *self, gboolean valid);
gboolean fr_neighbour_is_doubtful (const FrNeighbour *self);
gboolean fr_neighbour_note_fault (FrNeighbour *self);

gboolean fr_neighbour_throttle (FrNeighbour *self, guint *out_hops, gint64 now_us);
gboolean fr_neighbour_unthrottle (FrNeighbour *self, gint64 now_us);
gboolean fr_neighbour_ignores_throttle (const FrNeighbour *self, guint hops, gint64 now_us);
void fr_neighbour_set_max_hops (FrNeighbour *self, guint hops);

void fr_neighbour_heard (FrNeighbour *self, gint64 now_us);
gint64 fr_neighbour_get_heard_us (const FrNeighbour *self);
void fr_neighbour_ping (FrNeighbour *self, guint64 nonce, gint64 now_us);
void fr_neighbour_pong (FrNeighbour *self, guint64 nonce, gint64 now_us);
gint64 fr_neighbour_get_deadline (const FrNeighbour *self);

void fr_neighbour_leave (FrNeighbour *self, gint64 close_at_us);
gboolean fr_neighbour_is_left (const FrNeighbour *self, gint64 now_us);
void fr_neighbour_set_closing (FrNeighbour *self, FrOverlayReason reason);
FrOverlayReason fr_neighbour_get_closing_reason (const FrNeighbour *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrNeighbour, fr_neighbour_free)

G_END_DECLS
