/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-network-link.h"

G_BEGIN_DECLS

/* Oneself in the middle, and a line to each who is connected: the wider and greener, the nearer; dashed through a relay,
 * dotted while it comes up. A search runs out as a wave, and answers run back; with reduced motion nothing moves. */

#define FR_TYPE_NETWORK_MAP (fr_network_map_get_type ())
G_DECLARE_FINAL_TYPE (FrNetworkMap, fr_network_map, FR, NETWORK_MAP, GtkWidget)

void fr_network_map_set_links (FrNetworkMap *self, GListModel *links); /* of FrNetworkLink; nullable */
void fr_network_map_set_own_name (FrNetworkMap *self, const char *name);

void fr_network_map_begin_search (FrNetworkMap *self);
void fr_network_map_reach (FrNetworkMap *self, guint n_steps);
void fr_network_map_answer (FrNetworkMap *self, const FrPeerKey *link, guint n_steps);
gboolean fr_network_map_is_moving (FrNetworkMap *self);

/* Signal "open" (FrPerson *): what is known of them is wanted. */

G_END_DECLS
