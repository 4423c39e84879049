/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-support.h"
#include "overlay-fixture.h"
#include "overlay-network.h"
#include "tests.h"

static const struct
{
  guint n_nodes;
  double links_per_node;
} graphs[] = {
  { 2, 1 }, { 3, 3 }, { 5, 1 }, { 10, 1.5 }, { 20, 4 }, { 50, 1.1 }, { 100, 3 }, { 100, 20 },
  { 300, 1.5 }, { 500, 2.5 }, { 1000, 1.2 }, { 1000, 4 }, { 2000, 2 }, { 2000, 5 },
};

static Network *
random_network (GRand *rand, gsize graph)
{
  Network *network = network_new (rand, NULL, graphs[graph].n_nodes);

  network_connect_randomly (network, (guint) (graphs[graph].n_nodes * graphs[graph].links_per_node));
  network_run (network); /* the first pings */
  return network;
}

static void
assert_reached (Network *network, const GArray *distances, guint ttl)
{
  for (guint node = 0; node < distances->len; node++)
    {
      guint distance = g_array_index (distances, guint, node);

      g_assert_cmpuint (network_n_delivered (network, node), ==, distance >= 1 && distance <= ttl);
    }
}

/* It ends: a link carries the query and each raise once a direction, and each node checks once. */
static guint
most_events (Network *network)
{
  return 2 * FR_QUERY_MAX_TTL * network_n_links (network) + network_n_nodes (network);
}

/* Every node within the ttl once, however late the shortest way was, and none beyond. */
static void
test_reaches_all_within_ttl (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (graphs); i++)
    {
      g_autoptr (Network) network = random_network (rand, i);
      guint asker = (guint) g_rand_int_range (rand, 0, (gint32) graphs[i].n_nodes);
      guint ttl = (guint) g_rand_int_range (rand, 1, FR_QUERY_MAX_TTL + 1);
      g_autoptr (GArray) distances = network_distances (network, asker);

      network_search (network, asker, 0, ttl);
      g_assert_cmpuint (network_run (network), <=, most_events (network));
      assert_reached (network, distances, ttl);
    }
}

/* A search that is widened twice reaches the same nodes as one that goes as far at once, and asks none twice. */
static void
test_widens (void)
{
  static const guint ttls[] = { 2, 4, 7 };
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (graphs); i += 2)
    {
      g_autoptr (Network) network = random_network (rand, i);
      g_autoptr (GArray) distances = network_distances (network, 0);

      for (gsize j = 0; j < G_N_ELEMENTS (ttls); j++)
        {
          network_search (network, 0, 0, ttls[j]);
          network_run (network);
          assert_reached (network, distances, ttls[j]);
        }
    }
}

static void
test_terminates_on_a_full_graph (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (Network) network = network_new (rand, NULL, 40);

  for (guint a = 0; a < 40; a++)
    for (guint b = 0; b < a; b++)
      network_connect (network, a, b);
  network_run (network);
  network_search (network, 0, 0, FR_QUERY_MAX_TTL);
  g_assert_cmpuint (network_run (network), <=, most_events (network));
  for (guint node = 0; node < 40; node++)
    g_assert_cmpuint (network_n_delivered (network, node), ==, node != 0);
}

/* Links go after the query has passed, primary ways among them: the answer of every node from which any chain of
 * recorded ways still leads to the asker arrives, once, and no other. */
static void
test_hits_arrive_while_a_way_lives (void)
{
  static const double shares[] = { 0, 0.1, 0.3, 0.6 };
  g_autoptr (GRand) rand = fr_test_rand_new ();
  guint n_rescued = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (graphs); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (shares); j++)
      {
        g_autoptr (Network) network = random_network (rand, i);
        g_autoptr (GArray) can_answer = NULL;
        guint step = MAX (1, graphs[i].n_nodes / 100); /* within the budget of a query */
        FrQueryId id;

        id = network_search (network, 0, 0, FR_QUERY_MAX_TTL);
        network_run (network);
        network_disconnect_randomly (network, shares[j]);
        can_answer = network_can_answer (network, 0);
        for (guint node = 1; node < graphs[i].n_nodes; node += step)
          if (network_n_delivered (network, node) > 0)
            network_answer (network, node, &id);
        network_run (network);
        for (guint node = 1; node < graphs[i].n_nodes; node += step)
          g_assert_cmpuint (network_n_hits (network, 0, node), ==,
                            network_n_delivered (network, node) > 0 && g_array_index (can_answer, gboolean, node));
        for (guint node = 0; node < graphs[i].n_nodes; node++)
          {
            g_assert_cmpuint (network_stats (network, node).hits_limited, ==, 0);
            n_rescued += network_stats (network, node).hits_handed_back > 0;
          }
      }
  g_assert_cmpuint (n_rescued, >, 0); /* it was worth something */
}

/* What stays behind in a network is what the query and its answers need, and that goes with time. */
static void
test_leaves_little_behind (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (Network) network = random_network (rand, 6);

  for (guint number = 0; number < 10; number++)
    {
      FrQueryId id = network_search (network, number, number, FR_QUERY_MAX_TTL);

      network_run (network);
      network_answer (network, 50, &id);
      network_run (network);
      g_assert_cmpuint (network_n_hits (network, number, 50), ==, 1);
    }
  for (guint node = 0; node < graphs[6].n_nodes; node++)
    {
      FrOverlayStats stats = network_stats (network, node);

      g_assert_cmpuint (stats.n_queries + stats.n_own, <=, 10);
      g_assert_cmpuint (stats.n_trails, <=, 10);
      g_assert_cmpuint (stats.n_checks, ==, 0);
      g_assert_cmpuint (stats.n_actions, ==, 0);
      g_assert_cmpuint (stats.faults, ==, 0);
    }
}

void
test_graph_add (void)
{
  g_test_add_func ("/overlay/graph/reaches-all-within-ttl", test_reaches_all_within_ttl);
  g_test_add_func ("/overlay/graph/widens", test_widens);
  g_test_add_func ("/overlay/graph/terminates-on-a-full-graph", test_terminates_on_a_full_graph);
  g_test_add_func ("/overlay/graph/hits-arrive-while-a-way-lives", test_hits_arrive_while_a_way_lives);
  g_test_add_func ("/overlay/graph/leaves-little-behind", test_leaves_little_behind);
}
