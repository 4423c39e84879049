/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-sim-askers.h"

G_BEGIN_DECLS

/* Experiment: whether people still find what is there while others come and go. */

#define FR_SIM_CHURN_MEDIAN_S 600 /* of a life */

void fr_sim_churn_run (double median_s, guint n_peers, guint n_searches, guint32 seed, FrSimAskersResult *out_result);

G_END_DECLS
