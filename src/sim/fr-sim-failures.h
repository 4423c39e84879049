/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-sim.h"

G_BEGIN_DECLS

/* Experiment: that of the HyParView paper. A share of the network crashes at once; what share of the living does a
 * broadcast reach right after, and once the rest has found together again? */

#define FR_SIM_FAILURES_MOST_ROUNDS 20 /* of the interval in which peers shuffle */
#define FR_SIM_FAILURES_STILL_ROUNDS 8 /* without any change: no more are waited for either */
#define FR_SIM_FAILURES_HEALED 0.999 /* no more rounds are waited for then */

typedef struct
{
  guint n_peers;
  guint n_broadcasts; /* a tenth right after the crash, but at least twenty; the others when it has healed */
  double crashed;   /* share, 0 to 1 */
  gboolean server;  /* lives on */
  double doorbells; /* share of the peers that offer one */
  gboolean locates; /* who does not answer is looked for by a query */
  guint32 seed;
} FrSimFailuresSetup;

typedef struct
{
  double reliability_before;
  double reliability_after;  /* mean of the broadcasts that begin in the ten seconds after the crash */
  double reliability_healed;
  double inside_healed;      /* mean share of those that a peer was still linked to right after the crash, by any way */
  double well_linked;        /* share of the living that have as many links as they need, or as there are others */
  guint n_islands;           /* right after the crash: of at least two that were still linked to each other */
  guint n_islands_whole;     /* of these: all whose peers are linked to each other in the end */
  guint n_alone;             /* right after the crash: peers without any link to somebody living */
  double healed_s;           /* until it was healed */
  guint rounds;              /* the same, in intervals of shuffling that had begun */
  guint n_alive;
  guint64 dials;
  guint64 dialled[FR_SIM_N_WAYS];
} FrSimFailuresResult;

void fr_sim_failures_run (const FrSimFailuresSetup *setup, FrSimFailuresResult *out_result);
double fr_sim_failures_quote (double crashed);

G_END_DECLS
