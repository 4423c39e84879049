/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay-action.h"
#include "fr-overlay-config.h"
#include "fr-overlay-stats.h"

G_BEGIN_DECLS

/* The flooding engine: what becomes of a query, a hit, a ping. Sans-IO: what happens is told to it, and what is to be
 * done is taken from it with fr_overlay_next_action(), after each call, until there is nothing more. One owner thread.
 * Never reads a clock: all times are microseconds of one clock of the driver. All its randomness is from the seed. */
typedef struct _FrOverlay FrOverlay;

/* What may be relayed back to one query, in bytes; previews may fill three quarters of it. */
#define FR_OVERLAY_HITS_PER_QUERY (256 * 1024)
#define FR_OVERLAY_PREVIEWS_PER_QUERY(hits) ((hits) / 4 * 3)

#define FR_OVERLAY_MAX_CHECKS 1024 /* queries whose signature is being checked */
#define FR_OVERLAY_DEFAULT_TTL 5

FrOverlay *fr_overlay_new (const FrOverlayConfig *config, const FrPeerKey *self_key, guint32 seed);
void fr_overlay_free (FrOverlay *self);

void fr_overlay_link_up (FrOverlay *self, FrLinkId link, const FrPeerKey *key, gint64 now_us);
void fr_overlay_link_down (FrOverlay *self, FrLinkId link, gint64 now_us);

void fr_overlay_receive (FrOverlay *self, FrLinkId link, const Freshet__Frame *frame, gsize size, gint64 now_us);
void fr_overlay_receive_fault (FrOverlay *self, FrLinkId link, FrWireFault fault, gint64 now_us);
void fr_overlay_verified (FrOverlay *self, const FrQueryId *id, gboolean valid, gint64 now_us);

FrQueryId fr_overlay_search (FrOverlay *self, GBytes *signed_body, const guint8 signature[FR_SIGNATURE_SIZE],
                             guint ttl, gint64 now_us);
void fr_overlay_end_search (FrOverlay *self, const FrQueryId *id, gint64 now_us);
void fr_overlay_answer (FrOverlay *self, const FrQueryId *id, GBytes *frame, gint64 now_us);

gboolean fr_overlay_next_action (FrOverlay *self, FrOverlayAction *out_action);
gint64 fr_overlay_next_deadline (FrOverlay *self);
void fr_overlay_tick (FrOverlay *self, gint64 now_us);

void fr_overlay_get_stats (FrOverlay *self, FrOverlayStats *out_stats);
guint fr_overlay_get_round_trip_us (FrOverlay *self, FrLinkId link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrOverlay, fr_overlay_free)

G_END_DECLS
