/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-network-map.h"
#include "fr-node.h"

G_BEGIN_DECLS

/* The network, for the curious: who is connected, how far the last searches have gone, and how long the answers took. The
 * network tells how the links are only while it is shown. */

#define FR_TYPE_NETWORK_PAGE (fr_network_page_get_type ())
G_DECLARE_FINAL_TYPE (FrNetworkPage, fr_network_page, FR, NETWORK_PAGE, AdwBin)

void fr_network_page_set_node (FrNetworkPage *self, FrNode *node);
void fr_network_page_take_focus (FrNetworkPage *self);
FrNetworkMap *fr_network_page_get_map (FrNetworkPage *self);

/* Property "narrow" (boolean): of the window. Signal "open" (FrPerson *). */

G_END_DECLS
