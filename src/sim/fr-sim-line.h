/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-sim.h"

G_BEGIN_DECLS

/* Experiment: the line that the proof of concept reckoned with, in which a search for the farthest picture crosses as
 * many links as there are peers; and the same peers when they choose their neighbours by themselves. */

#define FR_SIM_LINE_LINK_MS 26 /* one way: a thousand links in 26 s */

typedef struct
{
  guint hops;           /* to the farthest picture */
  double seconds;       /* until the search is there */
  double found_seconds; /* until its hit is back */
  double mean_degree;
  guint64 messages;     /* of the search, there and back */
} FrSimLineResult;

void fr_sim_line_run (guint n_peers, gboolean open, guint32 seed, FrSimLineResult *out_result);
double fr_sim_line_extrapolate (const double *sizes, const double *values, guint n, double size);

G_END_DECLS
