/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-sim.h"

G_BEGIN_DECLS

/* Experiment: how fast this simulator is: floods without a ttl through a network, one after the other. */

typedef struct
{
  guint64 messages; /* delivered */
  double seconds;   /* of one core */
  double messages_per_second;
} FrSimSpeedResult;

void fr_sim_speed_run (guint n_peers, guint n_searches, guint32 seed, FrSimSpeedResult *out_result);

G_END_DECLS
