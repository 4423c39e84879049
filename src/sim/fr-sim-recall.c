/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-recall.h"

#define N_WORDS 40
#define SETTLE_US (20 * G_USEC_PER_SEC) /* much longer than additions to digests take to be told */
#define NO_TTL 200
#define ENOUGH 0.05 /* of the replicas: the 20 that are enough for the engine never come where there are only 10 */

static const char *const names[] = { "flood", "ttl", "ours", "early_stop" };

static void
configure (FrSimConfig *config, FrSimRecallWay way, double replicas)
{
  gboolean is_flood = way == FR_SIM_RECALL_FLOOD || way == FR_SIM_RECALL_TTL;

  config->topology = FR_SIM_RANDOM;
  config->degree = config->engine.active_target;
  config->open = TRUE;
  config->engine.digests = config->engine.reports = !is_flood;
  config->engine.small_network = 0;
  config->engine.ttl_steps[0] = 2;
  config->engine.ttl_steps[1] = FR_SIM_ASKERS_TTL;
  config->engine.ttl_steps[2] = config->engine.ttl_steps[3] = 0;
  config->engine.enough_items = G_MAXUINT;
  if (way == FR_SIM_RECALL_EARLY_STOP)
    {
      config->engine.ttl_steps[1] = 4; /* as the engine does it: else there is nothing that a search could do without */
      config->engine.ttl_steps[2] = FR_SIM_ASKERS_TTL;
      config->engine.enough_items = MAX (1, (guint) (ENOUGH * replicas * config->n_peers + 0.5));
    }
  if (way != FR_SIM_RECALL_FLOOD)
    return;
  /* Each link carries each query of all the network: the limits of the protocol are made for less. */
  config->engine.max_ttl = G_MAXUINT8;
  config->engine.relay_rate = config->engine.relay_burst = 1e9;
  config->unchecked = TRUE;
}

/**
 * fr_sim_recall_run:
 * @way: how it is searched
 * @replicas: the share of the peers that have each thing that is asked for
 * @n_peers: how many there are
 * @n_searches: how many are counted
 * @seed: where chance comes from
 * @out_result: (out caller-allocates): what was found
 */
void
fr_sim_recall_run (FrSimRecallWay way,
                   double replicas,
                   guint n_peers,
                   guint n_searches,
                   guint32 seed,
                   FrSimAskersResult *out_result)
{
  static const guint ttls[] = { NO_TTL, FR_SIM_ASKERS_TTL, 0, 0 };
  g_autoptr (FrSim) sim = NULL;
  g_autoptr (FrSimAskers) askers = NULL;
  FrSimConfig config;

  fr_sim_config_init_default (&config);
  config.n_peers = n_peers;
  config.seed = seed;
  configure (&config, way, replicas);
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  askers = fr_sim_askers_new (sim, replicas, N_WORDS);
  fr_sim_run_for (sim, SETTLE_US);
  fr_sim_askers_run (askers, n_searches, ttls[way]);
  fr_sim_askers_get_result (askers, out_result);
}

/**
 * fr_sim_recall_way_to_string:
 * @way: how it is searched
 *
 * Returns: its name in the output
 */
const char *
fr_sim_recall_way_to_string (FrSimRecallWay way)
{
  return names[way];
}
