/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-private.h"

/* How a network comes about: by a shape that is given, or by its peers, who join one after the other. */

#define JOIN_INTERVAL_US (10 * 1000)   /* at most between two that join: a hundred a second */
#define JOIN_US (100 * G_USEC_PER_SEC) /* at most until all have: large networks grow faster */
#define FIRST_INTERVAL_US (G_USEC_PER_SEC)
#define FIRST 20                       /* while there are so few */
#define MEMBER_US (5 * G_USEC_PER_SEC) /* who joined so long ago is a member by now */
#define SETTLE_US (30 * G_USEC_PER_SEC)

/* All that is known to a newcomer is one member: somebody who has long joined. */
static void
join_all (FrSim *self)
{
  gint64 interval_us = MIN (JOIN_INTERVAL_US, JOIN_US / self->config.n_peers);
  guint age = (guint) (MEMBER_US / interval_us); /* in peers */

  for (guint i = 1; i < self->config.n_peers; i++)
    {
      guint n_members = i < FIRST ? i : i > FIRST + age ? i - age : FIRST;
      guint contact = (guint) g_rand_int_range (self->rand, 0, (gint32) n_members);

      _fr_sim_join (self, i, contact);
      fr_sim_run_for (self, i < FIRST ? FIRST_INTERVAL_US : interval_us);
    }
  fr_sim_run_for (self, SETTLE_US);
}

/* What peers of a network that is long there know: some others. */
static void
fill_passive_views (FrSim *self)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < self->config.n_peers; i++)
    g_ptr_array_add (records, _fr_sim_record (self, i));
  for (guint i = 0; i < self->config.n_peers; i++)
    {
      for (guint j = 0; j < self->config.engine.passive_most; j++)
        {
          guint other = (guint) g_rand_int_range (self->rand, 0, (gint32) self->config.n_peers);

          if (other != i)
            fr_overlay_add_record (self->peers[i].overlay, g_ptr_array_index (records, other), self->now_us);
        }
      _fr_sim_drain (self, i);
    }
}

/**
 * fr_sim_build:
 * @self: a network without links
 *
 * Links its peers as the topology wants; lets them join and settle where that is their own affair. Where links are made
 * by themselves, peers of a given shape know others as if they were long there, but for those of a line, who know
 * nobody but their neighbours.
 */
void
fr_sim_build (FrSim *self)
{
  g_autoptr (FrSimGraph) graph = NULL;

  g_return_if_fail (self != NULL);

  self->is_built = TRUE;
  if (self->config.topology == FR_SIM_MEMBERSHIP)
    {
      join_all (self);
      return;
    }
  graph = fr_sim_graph_new_shape (self->config.topology, self->config.n_peers, self->config.degree, self->rand);
  for (guint i = 0; i < self->config.n_peers; i++)
    {
      guint n;
      const guint32 *neighbours = fr_sim_graph_get_neighbours (graph, i, &n);

      for (guint j = 0; j < n; j++)
        if (neighbours[j] > i)
          fr_sim_connect (self, i, neighbours[j]);
    }
  /* Only now: whoever has few links asks for more, and that would be a storm. */
  for (guint i = 0; i < self->config.n_peers && self->config.open; i++)
    _fr_sim_open (self, i);
  if (self->config.open && self->config.topology != FR_SIM_LINE)
    fill_passive_views (self);
}

/**
 * fr_sim_connect:
 * @self: a network
 * @a: one of its peers, alive
 * @b: another
 *
 * Makes a link at once, whatever they think of it.
 */
void
fr_sim_connect (FrSim *self, guint a, guint b)
{
  g_return_if_fail (a != b);
  g_return_if_fail (fr_sim_is_alive (self, a) && fr_sim_is_alive (self, b));

  _fr_sim_link (self, a, b, fr_sim_latency_draw (&self->config.latency, self->rand));
}

/**
 * fr_sim_set_server:
 * @self: a network
 * @alive: whether the rendezvous server can be reached
 */
void
fr_sim_set_server (FrSim *self, gboolean alive)
{
  self->config.server = alive;
}

/* Whether both ends are there and want it, and nothing is between them. */
static gboolean
is_whole (const FrSim *self, guint peer, const FrSimEnd *end)
{
  return self->peers[end->peer].group == self->peers[peer].group
         && _fr_sim_find_end (&self->peers[end->peer], end->peer_link) != NULL
         && !fr_overlay_is_leaving (self->peers[peer].overlay, end->link)
         && !fr_overlay_is_leaving (self->peers[end->peer].overlay, end->peer_link);
}

/**
 * fr_sim_get_graph:
 * @self: a network
 *
 * Returns: (transfer full): the links between those that live
 */
FrSimGraph *
fr_sim_get_graph (const FrSim *self)
{
  FrSimGraph *graph = fr_sim_graph_new (self->config.n_peers);

  for (guint i = 0; i < self->config.n_peers; i++)
    for (guint j = 0; j < self->peers[i].n_ends; j++)
      {
        const FrSimEnd *end = &self->peers[i].ends[j];

        if (end->peer > i && is_whole (self, i, end))
          fr_sim_graph_link (graph, i, end->peer);
      }
  return graph;
}

/**
 * fr_sim_get_distances:
 * @self: a network
 * @from: one of its peers
 * @most: how far to look
 *
 * As in the graph of all links, which takes much longer to make.
 *
 * Returns: (transfer full) (element-type guint): how many links away each peer is; %FR_SIM_GRAPH_FAR: more than @most
 */
GArray *
fr_sim_get_distances (const FrSim *self, guint from, guint most)
{
  GArray *distances = g_array_sized_new (FALSE, FALSE, sizeof (guint), self->config.n_peers);
  g_autofree guint32 *row = g_new (guint32, self->config.n_peers);
  guint n_row = 1;

  g_array_set_size (distances, self->config.n_peers);
  for (guint i = 0; i < self->config.n_peers; i++)
    g_array_index (distances, guint, i) = FR_SIM_GRAPH_FAR;
  g_array_index (distances, guint, from) = 0;
  row[0] = from;
  for (guint head = 0; head < n_row && g_array_index (distances, guint, row[head]) < most; head++)
    for (guint i = 0; i < self->peers[row[head]].n_ends; i++)
      {
        const FrSimEnd *end = &self->peers[row[head]].ends[i];

        if (g_array_index (distances, guint, end->peer) != FR_SIM_GRAPH_FAR || !is_whole (self, row[head], end))
          continue;
        g_array_index (distances, guint, end->peer) = g_array_index (distances, guint, row[head]) + 1;
        row[n_row++] = end->peer;
      }
  return distances;
}
