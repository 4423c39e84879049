/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-ngram-set.h"
#include "fr-overlay-action.h"
#include "fr-overlay-config.h"
#include "fr-overlay-stats.h"
#include "fr-query-xray.h"

G_BEGIN_DECLS

/* The flooding engine: what becomes of a query, a hit, a ping. Sans-IO: what happens is told to it, and what is to be
 * done is taken from it with fr_overlay_next_action(), after each call, until there is nothing more. One owner thread.
 * Never reads a clock: all times are microseconds of one clock of the driver. All its randomness is from the seed. */
typedef struct _FrOverlay FrOverlay;

/* What may be relayed back to one query, in bytes; previews may fill three quarters of it, and one link at most half of
 * what others leave (FrQueryShares). */
#define FR_OVERLAY_HITS_PER_QUERY (256 * 1024)
#define FR_OVERLAY_PREVIEWS_PER_QUERY(hits) ((hits) / 4 * 3)

#define FR_OVERLAY_MAX_CHECKS 1024 /* queries whose signature is being checked */
#define FR_OVERLAY_DEFAULT_TTL 5

/* Searches in a network of at least so many peers start near by, and go farther while so few pictures have come. */
#define FR_OVERLAY_SMALL_NETWORK 200
#define FR_OVERLAY_WIDEN_AFTER_US (G_USEC_PER_SEC)
#define FR_OVERLAY_ENOUGH_ITEMS 20
#define FR_OVERLAY_REPLACE_US (30 * G_USEC_PER_SEC) /* links that come up this soon take the place of a lost one */

/* Questions to neighbours alone: how many may be open, and how many pictures each neighbour may name. */
#define FR_OVERLAY_MAX_NEAR 128
#define FR_OVERLAY_NEAR_ITEMS FR_QUERY_MAX_MOST

FrOverlay *fr_overlay_new (const FrOverlayConfig *config, const FrPeerKey *self_key, guint32 seed);
void fr_overlay_free (FrOverlay *self);

void fr_overlay_link_up (FrOverlay *self, FrLinkId link, const FrPeerKey *key, gint64 now_us);
void fr_overlay_link_down (FrOverlay *self, FrLinkId link, gint64 now_us);
void fr_overlay_link_lost (FrOverlay *self, FrLinkId link, gint64 now_us);

/* Who else there is: records of peers, which the driver has verified, and links that are made by themselves. */
void fr_overlay_set_record (FrOverlay *self, GBytes *record, gint64 now_us);
void fr_overlay_set_open (FrOverlay *self, gboolean open, gint64 now_us);
void fr_overlay_pin (FrOverlay *self, const FrPeerKey *key, gboolean pinned, gint64 now_us);
void fr_overlay_add_record (FrOverlay *self, GBytes *record, gint64 now_us);
GPtrArray *fr_overlay_get_records (FrOverlay *self);
gboolean fr_overlay_wants_link (FrOverlay *self, const FrPeerKey *key);
void fr_overlay_dial_refused (FrOverlay *self, const FrPeerKey *key, gint64 now_us);
void fr_overlay_dial_failed (FrOverlay *self, const FrPeerKey *key, gint64 now_us);

/* Whom the person here wants nothing of. */
void fr_overlay_set_blocked (FrOverlay *self, const FrPeerKey *key, gboolean blocked, gint64 now_us);

/* Signs of life. */
void fr_overlay_heard (FrOverlay *self, FrLinkId link, gint64 now_us);
void fr_overlay_queued (FrOverlay *self, FrLinkId link, gsize buffered, gint64 now_us);
void fr_overlay_check_links (FrOverlay *self, gint64 now_us);

/* What can be found here. */
void fr_overlay_set_content (FrOverlay *self, FrNgramSet *content, gint64 now_us);
void fr_overlay_add_content (FrOverlay *self, const char *folded, gint64 now_us);

void fr_overlay_receive (FrOverlay *self, FrLinkId link, const Freshet__Frame *frame, gsize size, gint64 now_us);
void fr_overlay_receive_as (FrOverlay *self, FrLinkId link, const Freshet__Frame *frame, gsize size,
                            const FrQueryId *query, gint64 now_us);
void fr_overlay_receive_fault (FrOverlay *self, FrLinkId link, FrWireFault fault, gint64 now_us);
void fr_overlay_verified (FrOverlay *self, const FrQueryId *id, gboolean valid, gint64 now_us);

FrQueryId fr_overlay_search (FrOverlay *self, GBytes *signed_body, const guint8 signature[FR_SIGNATURE_SIZE],
                             guint ttl, gint64 now_us);
FrQueryId fr_overlay_search_near (FrOverlay *self, GBytes *signed_body, const guint8 signature[FR_SIGNATURE_SIZE],
                                  const FrLinkId *links, guint n_links, gint64 now_us);
void fr_overlay_hits_verified (FrOverlay *self, const FrOverlayAction *action, guint n_good);
gboolean fr_overlay_search_further (FrOverlay *self, const FrQueryId *id, gint64 now_us);
gboolean fr_overlay_get_xray (FrOverlay *self, const FrQueryId *id, gint64 now_us, FrQueryXray *out_xray);
void fr_overlay_end_search (FrOverlay *self, const FrQueryId *id, gint64 now_us);
void fr_overlay_answer (FrOverlay *self, const FrQueryId *id, GBytes *frame, gint64 now_us);

gboolean fr_overlay_has_route (FrOverlay *self, const FrQueryId *route, const FrPeerKey *key, gint64 now_us);
gboolean fr_overlay_signal (FrOverlay *self, const FrQueryId *route, const FrPeerKey *to, GBytes *sealed,
                            gint64 now_us);

gboolean fr_overlay_next_action (FrOverlay *self, FrOverlayAction *out_action);
gint64 fr_overlay_next_deadline (FrOverlay *self);
void fr_overlay_tick (FrOverlay *self, gint64 now_us);

void fr_overlay_get_stats (FrOverlay *self, FrOverlayStats *out_stats);
guint fr_overlay_get_round_trip_us (FrOverlay *self, FrLinkId link);
gboolean fr_overlay_is_leaving (FrOverlay *self, FrLinkId link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrOverlay, fr_overlay_free)

G_END_DECLS
