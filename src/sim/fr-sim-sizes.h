/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-sim-askers.h"

G_BEGIN_DECLS

/* Experiment: what a network of a given size costs each of its peers, and how long its people wait. */

#define FR_SIM_SIZES_REPLICAS 0.01 /* share of the peers that have what is asked for */

typedef struct
{
  FrSimAskersResult askers;
  double messages_per_peer_minute; /* sent, of all kinds */
  double bytes_per_peer_minute;
  double idle_messages_per_peer_minute; /* the same while nobody asks */
  double bytes_per_peer;           /* of memory, with all that it remembers by then */
  double bytes_per_idle_engine;
  double mean_degree;
} FrSimSizesResult;

void fr_sim_sizes_run (guint n_peers, guint n_searches, guint32 seed, FrSimSizesResult *out_result);
double fr_sim_sizes_measure_idle (guint n_engines);

G_END_DECLS
