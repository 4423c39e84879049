/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-graph.h"

#include <string.h>

#define REWIRED 0.1 /* share of the ring's links that are moved */
#define MOST_TRIES 100

static const char *const names[] = { "line", "tree", "random", "small-world", "power-law", "membership" };

struct _FrSimGraph
{
  GArray **neighbours; /* of guint32; NULL: none yet */
  guint n_nodes;
  guint n_links;
};

static guint
random_node (const FrSimGraph *self, GRand *rand)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) self->n_nodes);
}

static void
build_tree (FrSimGraph *self, guint n_children)
{
  for (guint node = 1; node < self->n_nodes; node++)
    fr_sim_graph_link (self, node, (node - 1) / n_children);
}

static guint
degree_of (const FrSimGraph *self, guint node)
{
  return self->neighbours[node] != NULL ? self->neighbours[node]->len : 0;
}

/* Links between those that have too few, as long as there are some that are not linked yet. */
static void
fill_up (FrSimGraph *self, guint degree, GRand *rand)
{
  g_autoptr (GArray) wanting = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_failed = 0;

  for (guint node = 0; node < self->n_nodes; node++)
    if (degree_of (self, node) < degree)
      g_array_append_val (wanting, node);
  while (wanting->len > 1 && n_failed < MOST_TRIES)
    {
      guint at[2] = { (guint) g_rand_int_range (rand, 0, (gint32) wanting->len),
                      (guint) g_rand_int_range (rand, 0, (gint32) wanting->len) };

      if (!fr_sim_graph_link (self, g_array_index (wanting, guint, at[0]), g_array_index (wanting, guint, at[1])))
        {
          n_failed++;
          continue;
        }
      n_failed = 0;
      for (guint i = 0; i < 2; i++) /* the one further back first: what is removed is replaced by the last */
        {
          guint place = i == 0 ? MAX (at[0], at[1]) : MIN (at[0], at[1]);

          if (degree_of (self, g_array_index (wanting, guint, place)) >= degree)
            g_array_remove_index_fast (wanting, place);
        }
    }
}

/* A ring in random order, so that all can be reached; the other links by chance. */
static void
build_random (FrSimGraph *self, guint degree, GRand *rand)
{
  g_autofree guint *order = g_new (guint, self->n_nodes);

  for (guint i = 0; i < self->n_nodes; i++)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);

      order[i] = order[j];
      order[j] = i;
    }
  for (guint i = 1; i < self->n_nodes; i++)
    fr_sim_graph_link (self, order[i - 1], order[i]);
  if (degree >= 2 && self->n_nodes > 2)
    fr_sim_graph_link (self, order[0], order[self->n_nodes - 1]);
  fill_up (self, degree, rand);
}

static void
build_small_world (FrSimGraph *self, guint degree, GRand *rand)
{
  for (guint node = 0; node < self->n_nodes; node++)
    for (guint step = 1; step <= MAX (1, degree / 2); step++)
      {
        guint other = (node + step) % self->n_nodes;

        /* The nearest stay, so that the ring stays whole. */
        if (step > 1 && g_rand_double (rand) < REWIRED)
          other = random_node (self, rand);
        fr_sim_graph_link (self, node, other);
      }
}

/* A node is drawn as often as it has links: from the list of all ends. */
static void
build_power_law (FrSimGraph *self, guint degree, GRand *rand)
{
  guint n_each = MAX (1, degree / 2);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint node = 1; node < self->n_nodes; node++)
    for (guint n = 0, tries = 0; n < MIN (n_each, node) && tries < MOST_TRIES; tries++)
      {
        guint other = 0;

        if (ends->len > 0)
          other = g_array_index (ends, guint, g_rand_int_range (rand, 0, (gint32) ends->len));
        if (!fr_sim_graph_link (self, node, other))
          continue;
        g_array_append_val (ends, other);
        g_array_append_val (ends, node);
        n++;
      }
}

/**
 * fr_sim_graph_new:
 * @n_nodes: how many
 *
 * Returns: (transfer full): a graph without links
 */
FrSimGraph *
fr_sim_graph_new (guint n_nodes)
{
  FrSimGraph *self = g_new0 (FrSimGraph, 1);

  self->n_nodes = n_nodes;
  self->neighbours = g_new0 (GArray *, MAX (1, n_nodes));
  return self;
}

/**
 * fr_sim_graph_new_shape:
 * @shape: what it looks like
 * @n_nodes: how many
 * @degree: how many links a node has, on average
 * @rand: where chance comes from
 *
 * Returns: (transfer full): the graph; without links for %FR_SIM_MEMBERSHIP
 */
FrSimGraph *
fr_sim_graph_new_shape (FrSimTopology shape, guint n_nodes, guint degree, GRand *rand)
{
  FrSimGraph *self = fr_sim_graph_new (n_nodes);

  switch (shape)
    {
    case FR_SIM_LINE:
      build_tree (self, 1);
      break;
    case FR_SIM_TREE:
      build_tree (self, MAX (2, degree) - 1);
      break;
    case FR_SIM_RANDOM:
      build_random (self, degree, rand);
      break;
    case FR_SIM_SMALL_WORLD:
      build_small_world (self, degree, rand);
      break;
    case FR_SIM_POWER_LAW:
      build_power_law (self, degree, rand);
      break;
    case FR_SIM_MEMBERSHIP:
      break;
    }
  return self;
}

/**
 * fr_sim_graph_free:
 * @self: (nullable) (transfer full): a graph
 */
void
fr_sim_graph_free (FrSimGraph *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_nodes; i++)
    g_clear_pointer (&self->neighbours[i], g_array_unref);
  g_free (self->neighbours);
  g_free (self);
}

/**
 * fr_sim_graph_link:
 * @self: a graph
 * @a: a node
 * @b: another
 *
 * Returns: %FALSE if they are linked already, or are the same
 */
gboolean
fr_sim_graph_link (FrSimGraph *self, guint a, guint b)
{
  guint32 nodes[2] = { a, b };

  if (a == b || fr_sim_graph_are_linked (self, a, b))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      GArray **neighbours = &self->neighbours[nodes[i]];

      if (*neighbours == NULL)
        *neighbours = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (*neighbours, nodes[!i]);
    }
  self->n_links++;
  return TRUE;
}

/**
 * fr_sim_graph_are_linked:
 * @self: a graph
 * @a: a node
 * @b: another
 *
 * Returns: whether there is a link between them
 */
gboolean
fr_sim_graph_are_linked (const FrSimGraph *self, guint a, guint b)
{
  guint fewer = degree_of (self, a) <= degree_of (self, b) ? a : b;
  guint other = fewer == a ? b : a;

  for (guint i = 0; i < degree_of (self, fewer); i++)
    if (g_array_index (self->neighbours[fewer], guint32, i) == other)
      return TRUE;
  return FALSE;
}

/**
 * fr_sim_graph_get_n_nodes:
 * @self: a graph
 *
 * Returns: how many nodes it has
 */
guint
fr_sim_graph_get_n_nodes (const FrSimGraph *self)
{
  return self->n_nodes;
}

/**
 * fr_sim_graph_get_n_links:
 * @self: a graph
 *
 * Returns: how many links it has
 */
guint
fr_sim_graph_get_n_links (const FrSimGraph *self)
{
  return self->n_links;
}

/**
 * fr_sim_graph_get_neighbours:
 * @self: a graph
 * @node: a node
 * @out_n: (out): how many there are
 *
 * Returns: (transfer none) (nullable) (array length=out_n): who it is linked to, in the order in which they were linked
 */
const guint32 *
fr_sim_graph_get_neighbours (const FrSimGraph *self, guint node, guint *out_n)
{
  *out_n = degree_of (self, node);
  return *out_n > 0 ? (const guint32 *) self->neighbours[node]->data : NULL;
}

/**
 * fr_sim_graph_get_distances:
 * @self: a graph
 * @from: a node
 *
 * Returns: (transfer full) (element-type guint): how many links away each node is; %FR_SIM_GRAPH_FAR: cannot be reached
 */
GArray *
fr_sim_graph_get_distances (const FrSimGraph *self, guint from)
{
  GArray *distances = g_array_sized_new (FALSE, FALSE, sizeof (guint), self->n_nodes);
  g_autofree guint32 *queue = g_new (guint32, MAX (1, self->n_nodes));
  guint n_queued = 1;

  g_array_set_size (distances, self->n_nodes);
  for (guint i = 0; i < self->n_nodes; i++)
    g_array_index (distances, guint, i) = FR_SIM_GRAPH_FAR;
  g_array_index (distances, guint, from) = 0;
  queue[0] = from;
  for (guint head = 0; head < n_queued; head++)
    {
      guint n;
      const guint32 *neighbours = fr_sim_graph_get_neighbours (self, queue[head], &n);

      for (guint i = 0; i < n; i++)
        {
          if (g_array_index (distances, guint, neighbours[i]) != FR_SIM_GRAPH_FAR)
            continue;
          g_array_index (distances, guint, neighbours[i]) = g_array_index (distances, guint, queue[head]) + 1;
          queue[n_queued++] = neighbours[i];
        }
    }
  return distances;
}

/* Everybody who is linked to one by any way gets a number. */
static void
number_component (const FrSimGraph *self, guint from, guint number, GArray *numbers, guint32 *row)
{
  guint n_row = 1;

  row[0] = from;
  g_array_index (numbers, guint, from) = number;
  for (guint head = 0; head < n_row; head++)
    {
      guint n;
      const guint32 *neighbours = fr_sim_graph_get_neighbours (self, row[head], &n);

      for (guint i = 0; i < n; i++)
        {
          if (g_array_index (numbers, guint, neighbours[i]) != FR_SIM_GRAPH_FAR)
            continue;
          g_array_index (numbers, guint, neighbours[i]) = number;
          row[n_row++] = neighbours[i];
        }
    }
}

/**
 * fr_sim_graph_get_components:
 * @self: a graph
 *
 * Returns: (transfer full) (element-type guint): a number for each node, from 0: the same for those that are linked to
 *   each other by any way
 */
GArray *
fr_sim_graph_get_components (const FrSimGraph *self)
{
  GArray *numbers = g_array_sized_new (FALSE, FALSE, sizeof (guint), self->n_nodes);
  g_autofree guint32 *row = g_new (guint32, MAX (1, self->n_nodes));
  guint n = 0;

  g_array_set_size (numbers, self->n_nodes);
  for (guint i = 0; i < self->n_nodes; i++)
    g_array_index (numbers, guint, i) = FR_SIM_GRAPH_FAR;
  for (guint i = 0; i < self->n_nodes; i++)
    if (g_array_index (numbers, guint, i) == FR_SIM_GRAPH_FAR)
      number_component (self, i, n++, numbers, row);
  return numbers;
}

/**
 * fr_sim_topology_parse:
 * @self: (out): the shape; untouched on failure
 * @text: its name
 *
 * Returns: %FALSE if there is none of that name
 */
gboolean
fr_sim_topology_parse (FrSimTopology *self, const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (text, names[i]) == 0)
      {
        *self = (FrSimTopology) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * fr_sim_topology_to_string:
 * @topology: a shape
 *
 * Returns: its name
 */
const char *
fr_sim_topology_to_string (FrSimTopology topology)
{
  return names[topology];
}
