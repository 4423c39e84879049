/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim.h"
#include "fr-test-support.h"
#include "tests.h"

#define WORD "qqqqqq"

/* A line of 4, with something to find at its far end. */
static FrSim *
line (GRand *rand, gboolean open)
{
  FrSimConfig config;
  FrSim *sim;

  fr_sim_config_init_default (&config);
  config.n_peers = 4;
  config.seed = g_rand_int (rand);
  config.topology = FR_SIM_LINE;
  config.n_pictures = 0;
  config.open = open;
  sim = fr_sim_new (&config);
  fr_sim_give (sim, 3, fr_sim_titles_add (fr_sim_get_titles (sim), WORD));
  fr_sim_build (sim);
  return sim;
}

static guint
find (FrSim *sim)
{
  guint search = fr_sim_search (sim, 0, WORD, 7);
  FrSimSearchResult result = { 0 };

  fr_sim_run_for (sim, 5 * G_USEC_PER_SEC);
  g_assert_true (fr_sim_get_search (sim, search, &result));
  return result.n_holders;
}

static guint
n_links (FrSim *sim)
{
  g_autoptr (FrSimGraph) graph = fr_sim_get_graph (sim);

  return fr_sim_graph_get_n_links (graph);
}

/* Who crashes says nothing: the others find out by asking. Who leaves says so. */
static void
test_crash_and_leave (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint leaves = 0; leaves < 2; leaves++)
    {
      g_autoptr (FrSim) sim = line (rand, FALSE);
      FrOverlayStats stats;

      fr_sim_run_for (sim, G_USEC_PER_SEC);
      g_assert_cmpuint (find (sim), ==, 1);
      if (leaves)
        fr_sim_leave (sim, 1);
      else
        fr_sim_crash (sim, 1);
      g_assert_false (fr_sim_is_alive (sim, 1));
      g_assert_cmpuint (fr_sim_get_n_alive (sim), ==, 3);
      g_assert_cmpuint (n_links (sim), ==, 1);
      fr_sim_run_for (sim, G_USEC_PER_SEC);
      fr_overlay_get_stats (fr_sim_get_engine (sim, 0), &stats);
      g_assert_cmpuint (stats.n_links, ==, leaves ? 0 : 1);
      g_assert_cmpuint (find (sim), ==, 0);
      fr_sim_run_for (sim, 120 * G_USEC_PER_SEC);
      fr_overlay_get_stats (fr_sim_get_engine (sim, 0), &stats);
      g_assert_cmpuint (stats.n_links, ==, 0);
      g_assert_cmpuint (fr_sim_get_counters (sim)->closed[FR_OVERLAY_REASON_SILENT], ==, leaves ? 0 : 2);
    }
}

static void
test_silent (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrSim) sim = line (rand, FALSE);

  fr_sim_set_behaviour (sim, 2, FR_SIM_SILENT);
  g_assert_cmpuint (find (sim), ==, 0);
  g_assert_cmpuint (fr_sim_get_counters (sim)->withheld, >, 0);
  fr_sim_run_for (sim, 120 * G_USEC_PER_SEC);
  g_assert_cmpuint (n_links (sim), ==, 3); /* it answers pings, so it lives */
  fr_sim_set_behaviour (sim, 2, FR_SIM_HONEST);
  g_assert_cmpuint (find (sim), ==, 1);
}

/* A greedy peer asks all the time; the others still find what they look for. */
static void
test_greedy (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrSim) sim = line (rand, FALSE);
  guint64 before;

  fr_sim_set_greed (sim, 1, 100);
  fr_sim_run_for (sim, 10 * G_USEC_PER_SEC);
  before = fr_sim_get_counters (sim)->searches;
  g_assert_cmpuint (before, >=, 1000);
  g_assert_cmpuint (before, <=, 1001);
  g_assert_cmpuint (find (sim), ==, 1);
  fr_sim_set_greed (sim, 1, 0);
  fr_sim_run_for (sim, G_USEC_PER_SEC);
  before = fr_sim_get_counters (sim)->searches;
  fr_sim_run_for (sim, 10 * G_USEC_PER_SEC);
  g_assert_cmpuint (fr_sim_get_counters (sim)->searches, ==, before);
}

static void
test_partition (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrSim) sim = line (rand, FALSE);

  fr_sim_set_group (sim, 2, 1);
  fr_sim_set_group (sim, 3, 1);
  g_assert_cmpuint (n_links (sim), ==, 2);
  g_assert_cmpuint (find (sim), ==, 0);
  g_assert_cmpuint (fr_sim_get_counters (sim)->lost, >, 0);
}

/* Two parts of a network, in each of which all have neighbours enough, and which know of each other, become one. */
static void
test_islands_find_each_other (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrSimConfig config;
  g_autoptr (FrSim) sim = NULL;
  guint n_apart = 0;

  fr_sim_config_init_default (&config);
  config.n_peers = 60;
  config.seed = g_rand_int (rand);
  config.open = TRUE;
  config.topology = FR_SIM_RANDOM;
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  for (guint i = 30; i < 60; i++)
    fr_sim_set_group (sim, i, 1);
  fr_sim_run_for (sim, 120 * G_USEC_PER_SEC); /* they forget most of those whom they cannot reach */
  for (guint i = 0; i < 60; i++)
    fr_sim_set_group (sim, i, 0);
  fr_sim_run_for (sim, 1200 * G_USEC_PER_SEC);
  {
    g_autoptr (FrSimGraph) graph = fr_sim_get_graph (sim);
    g_autoptr (GArray) distances = fr_sim_graph_get_distances (graph, 0);

    for (guint i = 0; i < 60; i++)
      n_apart += g_array_index (distances, guint, i) == FR_SIM_GRAPH_FAR;
  }
  g_assert_cmpuint (n_apart, ==, 0);
}

/* Where many join within seconds, some are soon linked to nobody but each other. */
static void
test_grows_without_islands (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrSimConfig config;
  g_autoptr (FrSim) sim = NULL;
  guint n_islands = 0;

  fr_sim_config_init_default (&config);
  config.n_peers = 3000;
  config.seed = g_rand_int (rand);
  config.open = TRUE;
  config.topology = FR_SIM_MEMBERSHIP;
  config.engine.active_target = 5;
  config.engine.digests = FALSE;
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  for (guint round = 0; round < 10 && n_islands != 1; round++)
    {
      g_autoptr (FrSimGraph) graph = NULL;
      g_autoptr (GArray) islands = NULL;

      fr_sim_run_for (sim, config.engine.shuffle_interval_us);
      graph = fr_sim_get_graph (sim);
      islands = fr_sim_graph_get_components (graph);
      n_islands = 0;
      for (guint i = 0; i < islands->len; i++)
        n_islands = MAX (n_islands, g_array_index (islands, guint, i) + 1);
    }
  g_assert_cmpuint (n_islands, ==, 1);
}

/* What is looked at from one peer is what is seen from above, however broken the network is. */
static void
test_distances (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrSimConfig config;
  g_autoptr (FrSim) sim = NULL;
  g_autoptr (FrSimGraph) graph = NULL;

  fr_sim_config_init_default (&config);
  config.n_peers = 300;
  config.seed = g_rand_int (rand);
  config.open = TRUE;
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  fr_sim_crash_share (sim, 0.5);
  for (guint i = 0; i < 40; i++)
    fr_sim_set_group (sim, i, 1);
  fr_sim_run_for (sim, 3 * G_USEC_PER_SEC); /* some ends have been given up, others not */
  graph = fr_sim_get_graph (sim);
  for (guint i = 0; i < 300; i += 7)
    {
      guint most = i % 3 == 0 ? 300 : i % 5;
      g_autoptr (GArray) near = fr_sim_get_distances (sim, i, most);
      g_autoptr (GArray) all = fr_sim_graph_get_distances (graph, i);

      for (guint j = 0; j < 300; j++)
        {
          guint distance = g_array_index (all, guint, j);

          g_assert_cmpuint (g_array_index (near, guint, j), ==, distance > most ? FR_SIM_GRAPH_FAR : distance);
        }
    }
}

/* Peers die and others come: there are about as many, and time goes on. */
static void
test_churn (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrSimConfig config;
  g_autoptr (FrSim) sim = NULL;
  guint n_dead = 0;

  fr_sim_config_init_default (&config);
  config.n_peers = 400;
  config.seed = g_rand_int (rand);
  config.churn_median_s = 600;
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  fr_sim_run_for (sim, 300 * G_USEC_PER_SEC);
  g_assert_cmpuint (fr_sim_get_n_alive (sim), >, 340); /* a life of 866 s on average, and 30 s until the next */
  g_assert_cmpuint (fr_sim_get_n_alive (sim), <, 400);
  for (guint i = 0; i < 400; i++)
    {
      FrOverlayStats stats = { 0 };

      if (fr_sim_is_alive (sim, i))
        fr_overlay_get_stats (fr_sim_get_engine (sim, i), &stats);
      n_dead += stats.n_links == 0;
    }
  g_assert_cmpuint (n_dead, >, 60); /* those that are new have no links yet: 29 % died */
}

void
test_trouble_add (void)
{
  g_test_add_func ("/sim/trouble/crash-and-leave", test_crash_and_leave);
  g_test_add_func ("/sim/trouble/silent", test_silent);
  g_test_add_func ("/sim/trouble/greedy", test_greedy);
  g_test_add_func ("/sim/trouble/partition", test_partition);
  g_test_add_func ("/sim/trouble/islands-find-each-other", test_islands_find_each_other);
  g_test_add_func ("/sim/trouble/grows-without-islands", test_grows_without_islands);
  g_test_add_func ("/sim/trouble/distances", test_distances);
  g_test_add_func ("/sim/trouble/churn", test_churn);
}
