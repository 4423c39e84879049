/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay.h"

/* What the tests of the engine share: frames as peers would make them, with signatures that only these tests take for
 * such; and one engine whose links 1, 2, ... are up and whose first pings have been taken away. */

#define FIXTURE_SELF 1000 /* the number of the engine's own key */

typedef struct
{
  FrOverlay *overlay;
  gint64 now_us;
} Fixture;

void fixture_init (Fixture *self, const FrOverlayConfig *config, guint n_links);
void fixture_clear (Fixture *self);
FrOverlayStats fixture_stats (Fixture *self);

FrPeerKey fixture_key (guint number);
GBytes *fixture_body (guint asker, guint number);
GBytes *fixture_body_for (guint asker, guint number, const char *words);
void fixture_sign (GBytes *body, guint8 out_signature[FR_SIGNATURE_SIZE]);
gboolean fixture_verify (GBytes *body, const guint8 *signature);
FrQueryId fixture_id (GBytes *body);

GBytes *fixture_query (GBytes *body, guint ttl, guint hops);
GBytes *fixture_forged_query (GBytes *body, guint ttl, guint hops, guint forgery);
GBytes *fixture_hits (const FrQueryId *query, guint holder, guint part);
GBytes *fixture_hits_of_size (const FrQueryId *query, guint holder, guint part, guint n_items);
GBytes *fixture_preview (const FrQueryId *query, guint holder, guint number, gsize size);
GBytes *fixture_sealed (const FrQueryId *query, guint holder, guint part, gboolean is_preview, gsize size);
GBytes *fixture_ping (guint64 nonce);
GBytes *fixture_pong (guint64 nonce);
Freshet__Frame *fixture_parse (GBytes *frame);

void fixture_receive (Fixture *self, FrLinkId link, GBytes *frame);
void fixture_receive_query (Fixture *self, FrLinkId link, GBytes *body, guint ttl, guint hops);
guint fixture_drain (Fixture *self);
FrOverlayAction fixture_expect (Fixture *self, FrOverlayActionType type, FrLinkId link);
void fixture_skip (Fixture *self, FrOverlayActionType type, FrLinkId link);
void fixture_expect_nothing (Fixture *self);
void fixture_expect_forwarded (Fixture *self, guint n_links, FrLinkId except, guint ttl, guint hops);
void fixture_expect_checked (Fixture *self, FrLinkId link, gboolean valid);
void fixture_expect_sent (Fixture *self, FrLinkId link, GBytes *frame);
void fixture_know_query (Fixture *self, GBytes *body, const FrLinkId *links, guint n_links);
