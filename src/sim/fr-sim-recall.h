/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-sim-askers.h"

G_BEGIN_DECLS

/* Experiment: how much of what is near is found, and at what price: by a blind flood (the proof of concept), by a flood
 * that ends after five links, and as we do it. */

typedef enum
{
  FR_SIM_RECALL_FLOOD,      /* no ttl at all */
  FR_SIM_RECALL_TTL,        /* a flood of ttl 5 */
  FR_SIM_RECALL_OURS,       /* digests; begins at ttl 2 and widens to 5, whatever comes */
  FR_SIM_RECALL_EARLY_STOP, /* by 2, 4 and 5; ends when a twentieth of the replicas has come */
  FR_SIM_RECALL_N_WAYS,
} FrSimRecallWay;

void fr_sim_recall_run (FrSimRecallWay way, double replicas, guint n_peers, guint n_searches, guint32 seed,
                        FrSimAskersResult *out_result);
const char *fr_sim_recall_way_to_string (FrSimRecallWay way);

G_END_DECLS
