/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-graph.h"

#include "fr-test-support.h"
#include "tests.h"

typedef struct
{
  guint least;
  guint most;
  double mean;
  guint farthest; /* from node 0; FR_SIM_GRAPH_FAR: not all can be reached */
} Facts;

static Facts
look_at (const FrSimGraph *graph)
{
  g_autoptr (GArray) distances = fr_sim_graph_get_distances (graph, 0);
  guint n_nodes = fr_sim_graph_get_n_nodes (graph);
  Facts facts = { .least = G_MAXUINT, .mean = 2.0 * fr_sim_graph_get_n_links (graph) / n_nodes };

  for (guint i = 0; i < n_nodes; i++)
    {
      guint n;
      const guint32 *neighbours = fr_sim_graph_get_neighbours (graph, i, &n);

      facts.least = MIN (facts.least, n);
      facts.most = MAX (facts.most, n);
      facts.farthest = MAX (facts.farthest, g_array_index (distances, guint, i));
      for (guint j = 0; j < n; j++)
        {
          g_assert_cmpuint (neighbours[j], !=, i);
          g_assert_true (fr_sim_graph_are_linked (graph, neighbours[j], i));
        }
    }
  return facts;
}

/* Each shape is what its name says, and in one piece. */
static void
test_shapes (void)
{
  static const struct
  {
    FrSimTopology shape;
    guint n_nodes, degree;
    guint least, most;       /* degrees */
    double mean_low, mean_high;
    guint near, far;         /* the farthest node is between these */
  } rows[] = {
    { FR_SIM_LINE, 1000, 6, 1, 2, 1.99, 2, 999, 999 },
    { FR_SIM_TREE, 1093, 4, 1, 4, 1.99, 2, 6, 6 },
    { FR_SIM_RANDOM, 2000, 6, 3, 6, 5.98, 6, 5, 9 },
    { FR_SIM_RANDOM, 2000, 2, 2, 2, 2, 2, 999, 1000 },
    { FR_SIM_SMALL_WORLD, 2000, 6, 2, 40, 5.8, 6, 6, 40 },
    { FR_SIM_SMALL_WORLD, 2000, 2, 2, 2, 2, 2, 1000, 1000 },
    { FR_SIM_POWER_LAW, 2000, 6, 3, 2000, 5.9, 6, 3, 9 },
    { FR_SIM_LINE, 1, 6, 0, 0, 0, 0, 0, 0 },
    { FR_SIM_RANDOM, 2, 6, 1, 1, 1, 1, 1, 1 },
    { FR_SIM_SMALL_WORLD, 2, 6, 1, 1, 1, 1, 1, 1 },
    { FR_SIM_POWER_LAW, 2, 6, 1, 1, 1, 1, 1, 1 },
    { FR_SIM_MEMBERSHIP, 1, 6, 0, 0, 0, 0, 0, 0 },
  };
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrSimGraph) graph
          = fr_sim_graph_new_shape (rows[i].shape, rows[i].n_nodes, rows[i].degree, rand);
      Facts facts = look_at (graph);

      g_test_message ("row %" G_GSIZE_FORMAT ", %s", i, fr_sim_topology_to_string (rows[i].shape));
      g_assert_cmpuint (fr_sim_graph_get_n_nodes (graph), ==, rows[i].n_nodes);
      g_assert_cmpuint (facts.least, >=, rows[i].least);
      g_assert_cmpuint (facts.most, <=, rows[i].most);
      g_assert_cmpfloat (facts.mean, >=, rows[i].mean_low);
      g_assert_cmpfloat (facts.mean, <=, rows[i].mean_high);
      g_assert_cmpuint (facts.farthest, >=, rows[i].near);
      g_assert_cmpuint (facts.farthest, <=, rows[i].far);
    }
}

/* Few have very many links, as nowhere else. */
static void
test_power_law_has_hubs (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrSimGraph) graph = fr_sim_graph_new_shape (FR_SIM_POWER_LAW, 5000, 6, rand);

  g_assert_cmpuint (look_at (graph).most, >, 60);
}

/* A small world is a ring for who looks near, and random for who looks far. */
static void
test_small_world_is_one (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrSimGraph) graph = fr_sim_graph_new_shape (FR_SIM_SMALL_WORLD, 3000, 6, rand);
  guint n_ring = 0;

  for (guint i = 0; i < 3000; i++)
    n_ring += fr_sim_graph_are_linked (graph, i, (i + 2) % 3000);
  g_assert_cmpuint (n_ring, >, 2550); /* a tenth of these moved */
  g_assert_cmpuint (n_ring, <, 2850);
  g_assert_cmpuint (look_at (graph).farthest, <, 100); /* a plain ring: 500 */
}

static void
test_links (void)
{
  g_autoptr (FrSimGraph) graph = fr_sim_graph_new (4);
  g_autoptr (GArray) distances = NULL;

  g_assert_true (fr_sim_graph_link (graph, 0, 1));
  g_assert_false (fr_sim_graph_link (graph, 1, 0));
  g_assert_false (fr_sim_graph_link (graph, 2, 2));
  g_assert_true (fr_sim_graph_link (graph, 1, 2));
  g_assert_cmpuint (fr_sim_graph_get_n_links (graph), ==, 2);
  distances = fr_sim_graph_get_distances (graph, 0);
  g_assert_cmpuint (g_array_index (distances, guint, 0), ==, 0);
  g_assert_cmpuint (g_array_index (distances, guint, 2), ==, 2);
  g_assert_cmpuint (g_array_index (distances, guint, 3), ==, FR_SIM_GRAPH_FAR);
}

static void
test_components (void)
{
  static const guint links[][2] = { { 0, 4 }, { 4, 2 }, { 2, 0 }, { 1, 5 } };
  static const guint expected[] = { 0, 1, 0, 2, 0, 1 };
  g_autoptr (FrSimGraph) graph = fr_sim_graph_new (G_N_ELEMENTS (expected));
  g_autoptr (GArray) numbers = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    fr_sim_graph_link (graph, links[i][0], links[i][1]);
  numbers = fr_sim_graph_get_components (graph);
  g_assert_cmpuint (numbers->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < numbers->len; i++)
    g_assert_cmpuint (g_array_index (numbers, guint, i), ==, expected[i]);
}

static void
test_names (void)
{
  FrSimTopology topology = FR_SIM_TREE;

  for (guint i = 0; i <= FR_SIM_MEMBERSHIP; i++)
    {
      g_assert_true (fr_sim_topology_parse (&topology, fr_sim_topology_to_string ((FrSimTopology) i)));
      g_assert_cmpuint (topology, ==, i);
    }
  g_assert_false (fr_sim_topology_parse (&topology, "star"));
  g_assert_cmpuint (topology, ==, FR_SIM_MEMBERSHIP);
}

void
test_graph_add (void)
{
  g_test_add_func ("/sim/graph/shapes", test_shapes);
  g_test_add_func ("/sim/graph/power-law-has-hubs", test_power_law_has_hubs);
  g_test_add_func ("/sim/graph/small-world-is-one", test_small_world_is_one);
  g_test_add_func ("/sim/graph/links", test_links);
  g_test_add_func ("/sim/graph/components", test_components);
  g_test_add_func ("/sim/graph/names", test_names);
}
