/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-private.h"

/* For whoever looks at the network itself. */

/**
 * fr_node_set_watching:
 * @self: a node
 * @watching: whether somebody looks
 *
 * Until it is called again with %FALSE the signal "pulse" tells how the links are: soon, and then whenever something
 * changes, ten times a second at most.
 */
void
fr_node_set_watching (FrNode *self, gboolean watching)
{
  fr_network_set_watching (self->network, watching);
}

/**
 * fr_node_get_search_traces:
 * @self: a node
 *
 * Returns: (transfer none): what is remembered of the last searches of the person here; not of those for wishes
 */
FrSearchTraces *
fr_node_get_search_traces (FrNode *self)
{
  return self->search_traces;
}
