/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who is linked to whom: undirected, no link twice, none to oneself. The shapes that networks are built in, and
 * distances in them. */
typedef struct _FrSimGraph FrSimGraph;

typedef enum
{
  FR_SIM_LINE,
  FR_SIM_TREE,        /* each with degree - 1 below it */
  FR_SIM_RANDOM,      /* connected; all of the degree, give or take one */
  FR_SIM_SMALL_WORLD, /* Watts and Strogatz: a ring, a tenth of its links moved */
  FR_SIM_POWER_LAW,   /* Barabási and Albert: each comes with degree / 2 links to who has many */
  FR_SIM_MEMBERSHIP,  /* what the peers make themselves; no graph */
} FrSimTopology;

#define FR_SIM_GRAPH_FAR G_MAXUINT /* a distance: no way */

FrSimGraph *fr_sim_graph_new (guint n_nodes);
FrSimGraph *fr_sim_graph_new_shape (FrSimTopology shape, guint n_nodes, guint degree, GRand *rand);
void fr_sim_graph_free (FrSimGraph *self);

gboolean fr_sim_graph_link (FrSimGraph *self, guint a, guint b);
gboolean fr_sim_graph_are_linked (const FrSimGraph *self, guint a, guint b);

guint fr_sim_graph_get_n_nodes (const FrSimGraph *self);
guint fr_sim_graph_get_n_links (const FrSimGraph *self);
const guint32 *fr_sim_graph_get_neighbours (const FrSimGraph *self, guint node, guint *out_n);
GArray *fr_sim_graph_get_distances (const FrSimGraph *self, guint from);
GArray *fr_sim_graph_get_components (const FrSimGraph *self);

gboolean fr_sim_topology_parse (FrSimTopology *self, const char *text);
const char *fr_sim_topology_to_string (FrSimTopology topology);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSimGraph, fr_sim_graph_free)

G_END_DECLS
