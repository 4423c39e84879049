/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-churn.h"

#define REPLICAS 0.01
#define N_WORDS 40
#define SETTLE_US (180 * G_USEC_PER_SEC) /* by then many have gone, and others have come */
#define QUIET_US (30 * G_USEC_PER_SEC)   /* without that: until digests have been told */

/**
 * fr_sim_churn_run:
 * @median_s: of a peer's life, in seconds; 0: nobody comes or goes
 * @n_peers: how many there are, about
 * @n_searches: how many are counted
 * @seed: where chance comes from
 * @out_result: (out caller-allocates): what they found, of what could be reached when they asked
 */
void
fr_sim_churn_run (double median_s, guint n_peers, guint n_searches, guint32 seed, FrSimAskersResult *out_result)
{
  g_autoptr (FrSim) sim = NULL;
  g_autoptr (FrSimAskers) askers = NULL;
  FrSimConfig config;

  fr_sim_config_init_default (&config);
  config.n_peers = n_peers;
  config.seed = seed;
  config.degree = config.engine.active_target;
  config.open = TRUE;
  config.churn_median_s = median_s;
  config.engine.small_network = 0;
  config.engine.enough_items = G_MAXUINT; /* recall is asked for, so nobody stops early */
  config.engine.ttl_steps[0] = 2;
  config.engine.ttl_steps[1] = FR_SIM_ASKERS_TTL;
  config.engine.ttl_steps[2] = config.engine.ttl_steps[3] = 0;
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  askers = fr_sim_askers_new (sim, REPLICAS, N_WORDS);
  fr_sim_run_for (sim, median_s > 0 ? SETTLE_US : QUIET_US);
  fr_sim_askers_run (askers, n_searches, 0);
  fr_sim_askers_get_result (askers, out_result);
}
