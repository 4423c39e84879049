/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-sim.h"

G_BEGIN_DECLS

/* The people of a network: each asks once in a while for something that a given share of all peers has. Knows what
 * each of them could have found, and counts what all of it costs: every message sent while they ask, whatever for. */
typedef struct _FrSimAskers FrSimAskers;

#define FR_SIM_ASKERS_INTERVAL_S 600 /* between two searches of one peer */
#define FR_SIM_ASKERS_TTL 5          /* links within which a picture counts as one that could be found */

/* What the askers were told of the ways of their searches (FrQueryXray), on average. */
typedef struct
{
  double asked;
  double matched;
  double suppressed;
  double skipped;
  double refused;
} FrSimAskersHop;

typedef struct
{
  guint n_searches;
  double recall;          /* mean share of the replicas within the ttl that were found */
  double first_hit_hops;  /* mean, of those that found something */
  double first_hit_ms;    /* median */
  double first_hit_ms_p95;
  double found;           /* share of the searches that found something */
  double n_reached;       /* mean: peers */
  double messages;        /* a search: of all kinds */
  double bytes;
  double by_kind[FR_SIM_N_KINDS]; /* messages a search */
  double bytes_by_kind[FR_SIM_N_KINDS];
  double minutes;         /* that it took */
  guint n_xray_hops;
  FrSimAskersHop xray[FR_QUERY_XRAY_HOPS];
} FrSimAskersResult;

FrSimAskers *fr_sim_askers_new (FrSim *sim, double replicas, guint n_words);
void fr_sim_askers_free (FrSimAskers *self);

void fr_sim_askers_run (FrSimAskers *self, guint n_searches, guint ttl);
void fr_sim_askers_get_result (FrSimAskers *self, FrSimAskersResult *out_result);
double fr_sim_askers_get_wait_ms (FrSimAskers *self, double share);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSimAskers, fr_sim_askers_free)

G_END_DECLS
