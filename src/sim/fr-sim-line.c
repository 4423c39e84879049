/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-line.h"

#include <math.h>

#define WORD "qqqqqqqqqq"
#define MOST_LEG FR_QUERY_MAX_HOPS /* what a query may cross; a line is measured in such legs */
#define SETTLE_US (5 * G_USEC_PER_SEC) /* besides what building a network waits for */
#define WAIT_US (10 * G_USEC_PER_SEC) /* several times what the longest leg takes */

static void
configure (FrSimConfig *config, guint n_peers, gboolean open, guint32 seed)
{
  fr_sim_config_init_default (config);
  config->n_peers = n_peers;
  config->seed = seed;
  config->topology = open ? FR_SIM_MEMBERSHIP : FR_SIM_LINE;
  config->open = open;
  config->latency = (FrSimLatency){ FR_SIM_LATENCY_FIXED, FR_SIM_LINE_LINK_MS, 0 };
  config->n_pictures = 0;
  config->n_titles = 0;
  config->unchecked = TRUE;
  config->engine.max_ttl = G_MAXUINT8;
  config->engine.digests = config->engine.reports = FALSE;
}

static guint
farthest_from (FrSim *sim, guint peer, guint *out_hops)
{
  g_autoptr (FrSimGraph) graph = fr_sim_get_graph (sim);
  g_autoptr (GArray) distances = fr_sim_graph_get_distances (graph, peer);
  guint farthest = peer;

  *out_hops = 0;
  for (guint i = 0; i < distances->len; i++)
    {
      guint distance = g_array_index (distances, guint, i);

      if (distance == FR_SIM_GRAPH_FAR || distance <= *out_hops)
        continue;
      farthest = i;
      *out_hops = distance;
    }
  return farthest;
}

/* No query goes as far as a line is long: the first leg is measured, and the rest is as many of the same. */
static void
measure_leg (FrSim *sim, guint hops, FrSimLineResult *result)
{
  guint leg = MIN (hops, MOST_LEG);
  FrSimSearchResult found = { 0 };
  guint search;

  search = fr_sim_search (sim, 0, WORD, leg);
  fr_sim_run_for (sim, WAIT_US);
  fr_sim_get_search (sim, search, &found);
  result->found_seconds = found.n_holders > 0 ? (double) found.first_hit_us / G_USEC_PER_SEC * hops / leg : NAN;
  result->seconds = result->found_seconds / 2;
  result->messages = (found.queries + found.hits) * hops / leg;
}

/**
 * fr_sim_line_run:
 * @n_peers: how many there are
 * @open: whether they choose their neighbours by themselves; else they stay in a line
 * @seed: where chance comes from
 * @out_result: (out caller-allocates): how far it is to the farthest picture
 */
void
fr_sim_line_run (guint n_peers, gboolean open, guint32 seed, FrSimLineResult *out_result)
{
  g_autoptr (FrSim) sim = NULL;
  g_autoptr (FrSimGraph) graph = NULL;
  FrSimLineResult result = { 0 };
  FrSimConfig config;
  guint farthest;

  configure (&config, n_peers, open, seed);
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  fr_sim_run_for (sim, SETTLE_US);
  graph = fr_sim_get_graph (sim);
  result.mean_degree = 2.0 * fr_sim_graph_get_n_links (graph) / n_peers;
  farthest = farthest_from (sim, 0, &result.hops);
  if (result.hops > MOST_LEG)
    farthest = MOST_LEG;
  fr_sim_give (sim, farthest, fr_sim_titles_add (fr_sim_get_titles (sim), WORD));
  measure_leg (sim, result.hops, &result);
  *out_result = result;
}

/**
 * fr_sim_line_extrapolate:
 * @sizes: (array length=n): numbers of peers
 * @values: (array length=n): what was measured there
 * @n: how many there are, at least two
 * @size: a number of peers
 *
 * Returns: what it would be there, if it grows with the logarithm: along the straight line of least squares
 */
double
fr_sim_line_extrapolate (const double *sizes, const double *values, guint n, double size)
{
  double sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0, slope;

  for (guint i = 0; i < n; i++)
    {
      double x = log (sizes[i]);

      sum_x += x;
      sum_y += values[i];
      sum_xx += x * x;
      sum_xy += x * values[i];
    }
  slope = (n * sum_xy - sum_x * sum_y) / (n * sum_xx - sum_x * sum_x);
  return (sum_y - slope * sum_x) / n + slope * log (size);
}
