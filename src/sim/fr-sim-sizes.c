/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-sizes.h"

#include <malloc.h>

#define N_WORDS 40
#define SETTLE_US (20 * G_USEC_PER_SEC) /* much longer than additions to digests take to be told */
#define IDLE_US (15 * G_USEC_PER_SEC)

static guint64
total (const guint64 counts[FR_SIM_N_KINDS])
{
  guint64 sum = 0;

  for (guint i = 0; i < FR_SIM_N_KINDS; i++)
    sum += counts[i];
  return sum;
}

static double
used_memory (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double) (info.uordblks + info.hblkhd);
}

static double
mean_degree (FrSim *sim)
{
  g_autoptr (FrSimGraph) graph = fr_sim_get_graph (sim);

  return 2.0 * fr_sim_graph_get_n_links (graph) / fr_sim_get_n_alive (sim);
}

/**
 * fr_sim_sizes_run:
 * @n_peers: how many there are
 * @n_searches: how many are counted
 * @seed: where chance comes from
 * @out_result: (out caller-allocates): what they cost
 *
 * Searches are as the engine makes them in a network of which it knows the size.
 */
void
fr_sim_sizes_run (guint n_peers, guint n_searches, guint32 seed, FrSimSizesResult *out_result)
{
  double before = used_memory ();
  g_autoptr (FrSim) sim = NULL;
  g_autoptr (FrSimAskers) askers = NULL;
  FrSimSizesResult result = { 0 };
  FrSimConfig config;
  guint64 sent;

  fr_sim_config_init_default (&config);
  config.n_peers = n_peers;
  config.seed = seed;
  config.degree = config.engine.active_target;
  config.open = TRUE;
  if (n_peers >= config.engine.small_network)
    config.engine.small_network = 0; /* as after a first search */
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  askers = fr_sim_askers_new (sim, FR_SIM_SIZES_REPLICAS, N_WORDS);
  fr_sim_run_for (sim, SETTLE_US);
  sent = total (fr_sim_get_counters (sim)->sent);
  fr_sim_run_for (sim, IDLE_US);
  result.idle_messages_per_peer_minute = (double) (total (fr_sim_get_counters (sim)->sent) - sent) / n_peers
                                         / ((double) IDLE_US / (60.0 * G_USEC_PER_SEC));
  fr_sim_askers_run (askers, n_searches, 0);
  fr_sim_askers_get_result (askers, &result.askers);
  result.messages_per_peer_minute
      = result.askers.messages * result.askers.n_searches / n_peers / result.askers.minutes;
  result.bytes_per_peer_minute = result.askers.bytes * result.askers.n_searches / n_peers / result.askers.minutes;
  result.bytes_per_peer = (used_memory () - before) / n_peers;
  result.mean_degree = mean_degree (sim);
  *out_result = result;
}

/**
 * fr_sim_sizes_measure_idle:
 * @n_engines: how many to make
 *
 * Returns: the memory that an engine without links takes, in bytes
 */
double
fr_sim_sizes_measure_idle (guint n_engines)
{
  g_autoptr (GPtrArray) engines = g_ptr_array_new_full (n_engines, (GDestroyNotify) fr_overlay_free);
  double before = used_memory ();

  for (guint i = 0; i < n_engines; i++)
    {
      FrPeerKey key = { { (guint8) i, (guint8) (i >> 8), (guint8) (i >> 16) } };

      g_ptr_array_add (engines, fr_overlay_new (NULL, &key, i));
    }
  return (used_memory () - before) / n_engines;
}
