/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-failures.h"

#include <math.h>

#define ACTIVE 5 /* the paper's numbers */
#define PASSIVE 30
#define NO_TTL 200
#define SETTLE_US (30 * G_USEC_PER_SEC)
#define AFTER_US (10 * G_USEC_PER_SEC) /* in which all broadcasts after the crash begin */
#define LOOK_US (G_USEC_PER_SEC)       /* between two looks at whether it is healed */
#define PROBES 100                     /* broadcasts once it is healed */
#define PROBES_US (2 * G_USEC_PER_SEC) /* in which they begin */
#define ARRIVAL_US (20 * G_USEC_PER_SEC)
#define NOBODYS_WORD "qqqqqqqqqq" /* a broadcast is a search for what nobody has */

/* Figure 2 of Leitão, Pereira and Rodrigues, HyParView, DSN 2007: 10,000 peers, mean of the first 1,000 messages after
 * the failures: roughly, as the text of the paper puts it; not measured on its figure. */
static const struct
{
  double crashed;
  double reliability;
} paper[] = { { 0.1, 1 }, { 0.2, 1 }, { 0.3, 1 }, { 0.4, 1 },  { 0.5, 1 },
              { 0.6, 1 }, { 0.7, 1 }, { 0.8, 1 }, { 0.9, 0.98 }, { 0.95, 0.9 } };

static double
mean_reach (FrSim *sim, GArray *numbers)
{
  double sum = 0;

  for (guint i = 0; i < numbers->len; i++)
    {
      FrSimSearchResult result = { 0 };

      fr_sim_get_search (sim, g_array_index (numbers, guint, i), &result);
      sum += (result.n_reached + 1.0) / fr_sim_get_n_alive (sim);
    }
  return sum / numbers->len;
}

/* (element-type guint): for each peer, how many it is linked to by any way, itself included */
static GArray *
component_sizes (const FrSim *sim)
{
  guint n_peers = fr_sim_get_n_peers (sim);
  GArray *sizes = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr (FrSimGraph) graph = fr_sim_get_graph (sim);

  g_array_set_size (sizes, n_peers);
  for (guint i = 0; i < n_peers; i++)
    {
      g_autoptr (GArray) distances = NULL;
      guint n = 0;

      if (!fr_sim_is_alive (sim, i) || g_array_index (sizes, guint, i) > 0)
        continue;
      distances = fr_sim_graph_get_distances (graph, i);
      for (guint j = 0; j < n_peers; j++)
        n += g_array_index (distances, guint, j) != FR_SIM_GRAPH_FAR;
      for (guint j = 0; j < n_peers; j++)
        if (g_array_index (distances, guint, j) != FR_SIM_GRAPH_FAR)
          g_array_index (sizes, guint, j) = n;
    }
  return sizes;
}

/* The share of the living that an average peer is linked to. */
static double
connectedness (const FrSim *sim)
{
  g_autoptr (GArray) sizes = component_sizes (sim);
  double n = fr_sim_get_n_alive (sim), sum = 0;

  for (guint i = 0; i < sizes->len; i++)
    if (fr_sim_is_alive (sim, i))
      sum += g_array_index (sizes, guint, i);
  return sum / n / n;
}

static double
share_inside (const FrSim *sim, GArray *sizes_before)
{
  g_autoptr (GArray) sizes = component_sizes (sim);
  double sum = 0;

  for (guint i = 0; i < sizes->len; i++)
    if (fr_sim_is_alive (sim, i))
      sum += MIN (1, (double) g_array_index (sizes, guint, i) / g_array_index (sizes_before, guint, i));
  return sum / fr_sim_get_n_alive (sim);
}

/* Broadcasts, evenly over a time, and looks now and then at whether the network is one again. */
static GArray *
broadcast (FrSim *sim, guint n, gint64 within_us, gint64 *healed_us)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  gint64 begun_us = fr_sim_get_now (sim);

  for (guint i = 0; i < n; i++)
    {
      guint number = fr_sim_search (sim, fr_sim_draw_alive (sim), NOBODYS_WORD, NO_TTL);

      g_array_append_val (numbers, number);
      fr_sim_run_for (sim, within_us / n);
      if (*healed_us == 0 && (i + 1) % MAX (1, n / 10) == 0 && connectedness (sim) >= FR_SIM_FAILURES_HEALED)
        *healed_us = fr_sim_get_now (sim) - begun_us;
    }
  return numbers;
}

/* Until the network is one again, or that does not come any more. */
static void
heal (FrSim *sim, gint64 crashed_us, gint64 round_us, gint64 *healed_us)
{
  gint64 most_us = FR_SIM_FAILURES_MOST_ROUNDS * round_us;

  while (*healed_us == 0 && fr_sim_get_now (sim) - crashed_us < most_us)
    {
      fr_sim_run_for (sim, LOOK_US);
      if (connectedness (sim) >= FR_SIM_FAILURES_HEALED)
        *healed_us = fr_sim_get_now (sim) - crashed_us;
    }
  if (*healed_us == 0)
    *healed_us = most_us;
}

static FrSim *
begin (const FrSimFailuresSetup *setup)
{
  FrSimConfig config;
  FrSim *sim;

  fr_sim_config_init_default (&config);
  config.n_peers = setup->n_peers;
  config.seed = setup->seed;
  config.topology = FR_SIM_MEMBERSHIP;
  config.open = TRUE;
  config.doorbells = setup->doorbells;
  config.unchecked = TRUE;
  config.engine.active_target = ACTIVE;
  config.engine.passive_most = PASSIVE;
  config.engine.max_ttl = G_MAXUINT8;
  config.engine.digests = config.engine.reports = FALSE; /* a broadcast is for everybody */
  config.engine.relay_rate = config.engine.relay_burst = 1e9;
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  fr_sim_run_for (sim, SETTLE_US);
  return sim;
}

/**
 * fr_sim_failures_run:
 * @setup: what is to crash, and what is left
 * @out_result: (out caller-allocates): what became of it
 */
void
fr_sim_failures_run (const FrSimFailuresSetup *setup, FrSimFailuresResult *out_result)
{
  g_autoptr (FrSim) sim = begin (setup);
  gint64 round_us = fr_sim_get_config (sim)->engine.shuffle_interval_us;
  g_autoptr (GArray) sizes_before = NULL;
  g_autoptr (GArray) after = NULL;
  g_autoptr (GArray) later = NULL;
  FrSimFailuresResult result = { 0 };
  gint64 crashed_us = fr_sim_get_now (sim), healed_us = 0;
  FrSimCounters before = *fr_sim_get_counters (sim);

  result.reliability_before = connectedness (sim);
  fr_sim_crash_share (sim, setup->crashed);
  fr_sim_set_server (sim, setup->server);
  sizes_before = component_sizes (sim);
  result.n_alive = fr_sim_get_n_alive (sim);
  after = broadcast (sim, setup->n_broadcasts, AFTER_US, &healed_us);
  heal (sim, crashed_us, round_us, &healed_us);
  result.healed_s = (double) healed_us / G_USEC_PER_SEC;
  result.rounds = (guint) ((healed_us + round_us - 1) / round_us);
  fr_sim_run_for (sim, ARRIVAL_US);
  result.reliability_after = mean_reach (sim, after);
  later = broadcast (sim, PROBES, PROBES_US, &healed_us);
  fr_sim_run_for (sim, ARRIVAL_US);
  result.reliability_healed = mean_reach (sim, later);
  result.inside_healed = share_inside (sim, sizes_before);
  result.dials = fr_sim_get_counters (sim)->dials - before.dials;
  for (guint i = 0; i < FR_SIM_N_WAYS; i++)
    result.dialled[i] = fr_sim_get_counters (sim)->dialled[i] - before.dialled[i];
  *out_result = result;
}

/**
 * fr_sim_failures_quote:
 * @crashed: a share, 0 to 1
 *
 * Returns: the reliability right after such a crash in the HyParView paper, approximately; not a number where it says
 *   nothing
 */
double
fr_sim_failures_quote (double crashed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (paper); i++)
    if (fabs (paper[i].crashed - crashed) < 1e-6)
      return paper[i].reliability;
  return NAN;
}
