/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "overlay-chaos.h"

/* What its two files share: overlay-chaos-frames.c makes frames, overlay-chaos.c lets things happen. */

#define CHAOS_N_PEERS 60
#define CHAOS_N_QUERIES 64

struct _Chaos
{
  FrOverlay *overlay;
  FrOverlayConfig config;
  ChaosChoose choose;
  gpointer source;
  gint64 now_us;
  GArray *links;       /* of FrLinkId; up, or about to go */
  FrLinkId last_link;
  GArray *checks;      /* of FrQueryId */
  GArray *dials;       /* of FrPeerKey */
  GBytes *bodies[CHAOS_N_QUERIES];
  guint64 n_actions;
};

guint chaos_below (Chaos *c, guint bound);
guint chaos_any_peer (Chaos *c);
FrQueryId chaos_any_id (Chaos *c);
GBytes *chaos_make_frame (Chaos *c);
