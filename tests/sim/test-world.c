/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <malloc.h>
#include <string.h>

#include "fr-sim.h"
#include "fr-test-support.h"
#include "tests.h"

#define MOST_IDLE_BYTES 4096

static guint64
total_sent (const FrSimCounters *counters)
{
  guint64 sum = 0;

  for (guint i = 0; i < FR_SIM_N_KINDS; i++)
    sum += counters->sent[i];
  return sum;
}

/* Every message was delivered, was lost, or is on its way; and none that an engine made was wrong. */
static void
assert_conserved (FrSim *sim)
{
  const FrSimCounters *counters = fr_sim_get_counters (sim);

  g_assert_cmpuint (total_sent (counters), ==, counters->delivered + counters->lost + counters->in_flight);
  g_assert_cmpuint (counters->faults, ==, 0);
}

static FrSimConfig
plain_config (GRand *rand, guint n_peers)
{
  FrSimConfig config;

  fr_sim_config_init_default (&config);
  config.n_peers = n_peers;
  config.seed = g_rand_int (rand);
  return config;
}

/* A network in which everything happens at once. */
static FrSim *
lively_network (guint32 seed)
{
  FrSimConfig config;
  FrSim *sim;

  fr_sim_config_init_default (&config);
  config.n_peers = 300;
  config.seed = seed;
  config.open = TRUE;
  config.loss = 0.02;
  config.doorbells = 0.3;
  config.churn_median_s = 60;
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  fr_sim_set_behaviour (sim, 1, FR_SIM_SILENT);
  if (fr_sim_is_alive (sim, 2))
    fr_sim_set_greed (sim, 2, 5);
  for (guint i = 0; i < 40; i++)
    {
      fr_sim_search (sim, fr_sim_draw_alive (sim),
                     fr_sim_titles_draw_word (fr_sim_get_titles (sim), fr_sim_get_rand (sim)), 0);
      fr_sim_run_for (sim, G_USEC_PER_SEC);
      if (i == 20)
        fr_sim_crash_share (sim, 0.2);
    }
  return sim;
}

static void
test_same_seed_same_run (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  guint32 seed = g_rand_int (rand);
  g_autoptr (FrSim) a = lively_network (seed);
  g_autoptr (FrSim) b = lively_network (seed);
  g_autoptr (FrSim) c = lively_network (seed + 1);

  g_assert_cmpmem (fr_sim_get_counters (a), sizeof (FrSimCounters), fr_sim_get_counters (b), sizeof (FrSimCounters));
  g_assert_cmpint (memcmp (fr_sim_get_counters (a), fr_sim_get_counters (c), sizeof (FrSimCounters)), !=, 0);
}

static void
test_conservation (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrSim) sim = lively_network (g_rand_int (rand));
  const FrSimCounters *counters = fr_sim_get_counters (sim);

  assert_conserved (sim);
  g_assert_cmpuint (counters->lost, >, 0);
  g_assert_cmpuint (counters->resent, >, 0);
  g_assert_cmpuint (counters->withheld, >, 0);
}

/* Each topology in its turn: a flood reaches exactly those within its ttl, each once. */
static void
test_flood_reaches_the_ball (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint shape = 0; shape < FR_SIM_MEMBERSHIP; shape++)
    for (guint ttl = 1; ttl <= FR_QUERY_MAX_TTL; ttl += 2)
      {
        FrSimConfig config = plain_config (rand, 400);
        g_autoptr (FrSim) sim = NULL;
        g_autoptr (FrSimGraph) graph = NULL;
        g_autoptr (GArray) distances = NULL;
        FrSimSearchResult result;
        guint n = 0, asker;

        g_test_message ("%s, ttl %u", fr_sim_topology_to_string ((FrSimTopology) shape), ttl);
        config.topology = (FrSimTopology) shape;
        config.engine.digests = FALSE;
        sim = fr_sim_new (&config);
        fr_sim_build (sim);
        asker = fr_sim_draw_alive (sim);
        graph = fr_sim_get_graph (sim);
        distances = fr_sim_graph_get_distances (graph, asker);
        for (guint i = 0; i < distances->len; i++)
          n += i != asker && g_array_index (distances, guint, i) <= ttl;
        fr_sim_search (sim, asker, "qqqqqq", ttl);
        fr_sim_run_for (sim, 20 * G_USEC_PER_SEC);
        g_assert_true (fr_sim_get_search (sim, 1, &result));
        g_assert_cmpuint (result.n_reached, ==, n);
        g_assert_cmpuint (fr_sim_get_counters (sim)->queries_delivered, ==, n);
        assert_conserved (sim);
      }
}

/* On a line of links that take 26 ms, a hit from 7 links away takes 14 times that. */
static void
test_time_and_hits (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrSimConfig config = plain_config (rand, 10);
  g_autoptr (FrSim) sim = NULL;
  g_autoptr (GArray) found = NULL;
  FrSimSearchResult result;

  config.topology = FR_SIM_LINE;
  config.latency = (FrSimLatency){ FR_SIM_LATENCY_FIXED, 26, 0 };
  config.n_pictures = 0;
  sim = fr_sim_new (&config);
  fr_sim_give (sim, 7, fr_sim_titles_add (fr_sim_get_titles (sim), "old harbour"));
  fr_sim_build (sim);
  fr_sim_run_for (sim, 70 * G_USEC_PER_SEC);
  g_assert_cmpuint (fr_sim_search (sim, 0, "harbour", 7), ==, 1);
  fr_sim_run_for (sim, 14 * 26000 - 1);
  g_assert_true (fr_sim_get_search (sim, 1, &result));
  g_assert_cmpuint (result.n_holders, ==, 0);
  fr_sim_run_for (sim, 1);
  g_assert_true (fr_sim_get_search (sim, 1, &result));
  g_assert_cmpuint (result.asker, ==, 0);
  g_assert_cmpuint (result.n_holders, ==, 1);
  g_assert_cmpuint (result.first_hit_hops, ==, 7);
  g_assert_cmpint (result.first_hit_us, ==, 14 * 26000);
  g_assert_cmpuint (result.queries, ==, 7);
  g_assert_cmpuint (result.hits, ==, 7);
  found = fr_sim_get_found (sim, 1);
  g_assert_cmpuint (g_array_index (found, guint32, 0), ==, 7);
  fr_sim_forget_searches (sim);
  g_assert_false (fr_sim_get_search (sim, 1, &result));
  g_assert_cmpuint (fr_sim_search (sim, 0, "harbour", 7), ==, 2);
}

/* What is lost comes later, and nothing overtakes anything on its link. So little is lost that no link is silent for as long
 * as the dead are; of 16 searches over 14 links some part is lost all the same. */
static void
test_loss_is_delay (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrSimConfig config = plain_config (rand, 8);
  g_autoptr (FrSim) sim = NULL;
  FrSimSearchResult result;
  gint64 sum_us = 0;

  config.topology = FR_SIM_LINE;
  config.latency = (FrSimLatency){ FR_SIM_LATENCY_FIXED, 10, 0 };
  config.loss = 0.1;
  sim = fr_sim_new (&config);
  fr_sim_give (sim, 7, fr_sim_titles_add (fr_sim_get_titles (sim), "qqqqqq"));
  fr_sim_build (sim);
  fr_sim_run_for (sim, 10 * G_USEC_PER_SEC);
  for (guint i = 0; i < 16; i++)
    {
      guint search = fr_sim_search (sim, 0, "qqqqqq", 7);

      fr_sim_run_for (sim, 60 * G_USEC_PER_SEC);
      g_assert_true (fr_sim_get_search (sim, search, &result));
      g_assert_cmpuint (result.n_holders, ==, 1);
      g_assert_cmpint (result.first_hit_us, >=, 14 * 10000);
      sum_us += result.first_hit_us;
    }
  g_assert_cmpint (sum_us, >, 16 * 14 * 10000);
  g_assert_cmpuint (fr_sim_get_counters (sim)->resent, >, 0);
  g_assert_cmpuint (fr_sim_get_counters (sim)->lost, ==, 0);
  assert_conserved (sim);
}

static void
test_holders (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrSimConfig config = plain_config (rand, 20);
  g_autoptr (FrSim) sim = fr_sim_new (&config);
  g_autoptr (GArray) holders = NULL;
  g_autoptr (GArray) living = NULL;
  guint title = fr_sim_titles_add (fr_sim_get_titles (sim), "qqqqqq");

  fr_sim_give (sim, 3, title);
  fr_sim_give (sim, 3, title);
  fr_sim_give (sim, 9, title);
  holders = fr_sim_get_holders (sim, "qqqqqq");
  g_assert_cmpuint (holders->len, ==, 2);
  fr_sim_crash (sim, 3);
  living = fr_sim_get_holders (sim, "qqqqqq");
  g_assert_cmpuint (living->len, ==, 1);
  g_assert_cmpuint (g_array_index (living, guint32, 0), ==, 9);
}

/* One engine that does nothing. An address sanitizer has other memory than malloc's. */
static void
test_idle_engines_are_small (void)
{
  enum { N = 2000 };
  g_autoptr (GPtrArray) engines = g_ptr_array_new_full (N, (GDestroyNotify) fr_overlay_free);
  gsize before = mallinfo2 ().uordblks, after;

  for (guint i = 0; i < N; i++)
    {
      FrPeerKey key = { { (guint8) i, (guint8) (i >> 8) } };

      g_ptr_array_add (engines, fr_overlay_new (NULL, &key, i));
    }
  after = mallinfo2 ().uordblks;
  if (after == before)
    {
      g_test_skip ("malloc does not count");
      return;
    }
  g_test_message ("%" G_GSIZE_FORMAT " bytes", (after - before) / N);
  g_assert_cmpuint ((after - before) / N, <=, MOST_IDLE_BYTES);
}

void
test_world_add (void)
{
  g_test_add_func ("/sim/world/same-seed-same-run", test_same_seed_same_run);
  g_test_add_func ("/sim/world/conservation", test_conservation);
  g_test_add_func ("/sim/world/flood-reaches-the-ball", test_flood_reaches_the_ball);
  g_test_add_func ("/sim/world/time-and-hits", test_time_and_hits);
  g_test_add_func ("/sim/world/loss-is-delay", test_loss_is_delay);
  g_test_add_func ("/sim/world/holders", test_holders);
  g_test_add_func ("/sim/world/idle-engines-are-small", test_idle_engines_are_small);
}
