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

  /* liveness */
  gint64 ping_interval_us;
  guint ping_misses;
} FrOverlayConfig;

void fr_overlay_config_init_default (FrOverlayConfig *config);

G_END_DECLS
