/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-network-link.h"

G_BEGIN_DECLS

/* Somebody on the map: their picture, name and delay; one of a list to a screen reader. A click, or Enter, opens them. */

#define FR_TYPE_NETWORK_NODE (fr_network_node_get_type ())
G_DECLARE_FINAL_TYPE (FrNetworkNode, fr_network_node, FR, NETWORK_NODE, GtkButton)

GtkWidget *fr_network_node_new (FrNetworkLink *link);
FrNetworkLink *fr_network_node_get_link (FrNetworkNode *self);
GtkWidget *fr_network_node_make_content (const char *name, GtkWidget **out_detail);

G_END_DECLS
