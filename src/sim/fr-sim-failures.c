/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-failures.h"

#include <math.h>

#define ACTIVE 5 /* the paper's numbers */
#define PASSIVE 30
#define NO_TTL 200
#define SETTLE_US (150 * G_USEC_PER_SEC) /* five rounds, so that the views are full; the paper has fifty */
#define AFTER_US (10 * G_USEC_PER_SEC) /* in which the broadcasts right after the crash begin: */
#define AFTER_SHARE 10                 /* so small a part of all, */
#define AFTER_LEAST 20                 /* but so many; the others when it has healed */
#define LOOK_US (G_USEC_PER_SEC)       /* between two looks at whether it is healed */
#define LATER_EACH_US (G_USEC_PER_SEC / 10)
#define MEMORY_US (90 * G_USEC_PER_SEC) /* for a minute a search goes out again by new links of who asked */
#define ARRIVAL_US (20 * G_USEC_PER_SEC)
#define NOBODYS_WORD "qqqqqqqqqq" /* a broadcast is a search for what nobody has */

/* Figure 2 of Leitão, Pereira and Rodrigues, HyParView, DSN 2007: 10,000 peers, mean of the first 1,000 messages after
 * the failures. Roughly: the paper has no table, and this was not measured on its figure. */
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

/* Who hangs together with whom. */
typedef struct
{
  GArray *numbers; /* of guint, by peer: of its island */
  GArray *sizes;   /* of guint, by island: living peers */
} Islands;

static void
islands_clear (Islands *islands)
{
  g_clear_pointer (&islands->numbers, g_array_unref);
  g_clear_pointer (&islands->sizes, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Islands, islands_clear)

static Islands
find_islands (const FrSim *sim)
{
  g_autoptr (FrSimGraph) graph = fr_sim_get_graph (sim);
  Islands islands = { fr_sim_graph_get_components (graph), g_array_new (FALSE, TRUE, sizeof (guint)) };

  g_array_set_size (islands.sizes, islands.numbers->len);
  for (guint i = 0; i < islands.numbers->len; i++)
    if (fr_sim_is_alive (sim, i))
      g_array_index (islands.sizes, guint, g_array_index (islands.numbers, guint, i))++;
  return islands;
}

static guint
size_of_island (const Islands *islands, guint peer)
{
  return g_array_index (islands->sizes, guint, g_array_index (islands->numbers, guint, peer));
}

/* The share of the living that an average peer is linked to. */
static double
connectedness (const FrSim *sim)
{
  g_auto (Islands) islands = find_islands (sim);
  double n = fr_sim_get_n_alive (sim), sum = 0;

  for (guint i = 0; i < islands.sizes->len; i++)
    sum += pow (g_array_index (islands.sizes, guint, i), 2);
  return sum / n / n;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

/* (element-type guint64): for each of the living, the number of its island then and of that now; in order */
static GArray *
pair_islands (const FrSim *sim, const Islands *then, const Islands *now)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < then->numbers->len; i++)
    {
      guint64 pair = (guint64) g_array_index (then->numbers, guint, i) << 32 | g_array_index (now->numbers, guint, i);

      if (fr_sim_is_alive (sim, i))
        g_array_append_val (pairs, pair);
    }
  g_array_sort (pairs, compare_numbers);
  return pairs;
}

/* What has become of the islands that the crash left. */
static void
look_inside (const FrSim *sim, const Islands *then, FrSimFailuresResult *result)
{
  g_auto (Islands) now = find_islands (sim);
  g_autoptr (GArray) pairs = pair_islands (sim, then, &now);
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < pairs->len; i += n)
    {
      guint64 pair = g_array_index (pairs, guint64, i);
      guint size = g_array_index (then->sizes, guint, pair >> 32);

      for (n = 1; i + n < pairs->len && g_array_index (pairs, guint64, i + n) == pair; n++)
        ;
      sum += (double) n * n / size;
      result->n_islands_whole += size > 1 && n == size;
    }
  for (guint i = 0; i < then->sizes->len; i++)
    {
      result->n_islands += g_array_index (then->sizes, guint, i) > 1;
      result->n_alone += g_array_index (then->sizes, guint, i) == 1;
    }
  result->inside_healed = sum / pairs->len;
}

/* The share of the living that have as many links as they need, or as there are others. */
static double
share_well_linked (const FrSim *sim)
{
  g_autoptr (FrSimGraph) graph = fr_sim_get_graph (sim);
  g_auto (Islands) islands = find_islands (sim);
  guint least = fr_sim_get_config (sim)->engine.active_least, n_well = 0;

  for (guint i = 0; i < islands.numbers->len; i++)
    {
      guint n;

      fr_sim_graph_get_neighbours (graph, i, &n);
      if (fr_sim_is_alive (sim, i))
        n_well += n >= MIN (least, size_of_island (&islands, i) - 1);
    }
  return (double) n_well / fr_sim_get_n_alive (sim);
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

/* Until the network is one again, or that does not come any more: then what is left over stays so for hours. */
static void
heal (FrSim *sim, gint64 crashed_us, gint64 round_us, gint64 *healed_us)
{
  gint64 most_us = FR_SIM_FAILURES_MOST_ROUNDS * round_us, changed_us = fr_sim_get_now (sim);
  double before = 0;

  while (*healed_us == 0 && fr_sim_get_now (sim) - crashed_us < most_us
         && fr_sim_get_now (sim) - changed_us < FR_SIM_FAILURES_STILL_ROUNDS * round_us)
    {
      double now;

      fr_sim_run_for (sim, LOOK_US);
      now = connectedness (sim);
      if (now >= FR_SIM_FAILURES_HEALED)
        *healed_us = fr_sim_get_now (sim) - crashed_us;
      if (fabs (now - before) > 1e-9)
        changed_us = fr_sim_get_now (sim);
      before = now;
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
  config.locates = setup->locates;
  config.unchecked = TRUE;
  config.engine.active_target = ACTIVE;
  config.engine.passive_most = PASSIVE;
  config.engine.max_ttl = G_MAXUINT8;
  config.engine.ledger_age_us = MEMORY_US;
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
  g_auto (Islands) islands = { 0 };
  g_autoptr (GArray) after = NULL;
  g_autoptr (GArray) later = NULL;
  FrSimFailuresResult result = { 0 };
  gint64 crashed_us = fr_sim_get_now (sim), healed_us = 0;
  FrSimCounters before = *fr_sim_get_counters (sim);
  guint n_after = MIN (MAX (setup->n_broadcasts / AFTER_SHARE, AFTER_LEAST), setup->n_broadcasts);
  guint n_later = MAX (setup->n_broadcasts - n_after, n_after);

  result.reliability_before = connectedness (sim);
  fr_sim_crash_share (sim, setup->crashed);
  fr_sim_set_server (sim, setup->server);
  islands = find_islands (sim);
  result.n_alive = fr_sim_get_n_alive (sim);
  after = broadcast (sim, n_after, AFTER_US, &healed_us);
  heal (sim, crashed_us, round_us, &healed_us);
  result.healed_s = (double) healed_us / G_USEC_PER_SEC;
  result.rounds = (guint) ((healed_us + round_us - 1) / round_us);
  fr_sim_run_for (sim, ARRIVAL_US);
  result.reliability_after = mean_reach (sim, after);
  later = broadcast (sim, n_later, n_later * LATER_EACH_US, &healed_us);
  fr_sim_run_for (sim, ARRIVAL_US);
  result.reliability_healed = mean_reach (sim, later);
  look_inside (sim, &islands, &result);
  result.well_linked = share_well_linked (sim);
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
