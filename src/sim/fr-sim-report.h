/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-sim-askers.h"

G_BEGIN_DECLS

/* One run of any network: built, perhaps struck by a crash, asked, and told about in JSON and curves. */

typedef struct
{
  guint n_searches;
  guint ttl;         /* 0: as engines want */
  double crash;      /* share that crashes at once, when all has settled */
  const char *plots; /* folder; NULL: no curves */
} FrSimReportSetup;

char *fr_sim_report_run (const FrSimConfig *config, const FrSimReportSetup *setup, GError **error);

G_END_DECLS
