/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every number that the engine decides by. fr_overlay_config_init_default() sets what the protocol names; tests and
 * simulations may set others. Rates are per second, sizes in bytes. */
typedef struct
{
  /* what a link may bring */
  double relay_rate;
  double relay_burst;
  double origin_rate;
  double origin_burst;
  double hits_rate;
  double hits_burst;
  double ping_rate;
  double ping_burst;
  guint max_faults;

  /* searches */
  guint default_ttl;
  guint ledger_capacity;
  guint own_capacity;
  gint64 ledger_age_us;
  guint max_checks; /* queries whose signature is being checked */
  gsize hits_per_query;
  guint trail_capacity;

  gboolean digests;        /* links whose digests rule out a match are skipped, and ours are told */
  gboolean reports;        /* what became of queries is told to their askers */
  guint ttl_steps[4];      /* how a search widens in a large network; ends with 0 */
  guint small_network;     /* peers: in one with fewer, searches start at default_ttl */
  gint64 widen_after_us;   /* without enough pictures */
  guint enough_items;      /* pictures */

  /* liveness */
  gint64 ping_interval_us;
  guint ping_misses;
  gboolean asks;           /* whether links that were sent something and stay silent are asked at once */

  /* neighbours */
  guint active_least;      /* under this, others are dialled at once and with priority */
  guint active_target;
  guint active_most;       /* pinned ones included */
  guint passive_most;
  gint64 shuffle_interval_us;
  guint max_ttl;           /* FR_QUERY_MAX_TTL; G_MAXUINT8: no clamp, for experiments */
} FrOverlayConfig;

void fr_overlay_config_init_default (FrOverlayConfig *config);

G_END_DECLS
