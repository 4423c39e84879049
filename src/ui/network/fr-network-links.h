/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-network-link.h"

G_BEGIN_DECLS

/* Who is connected: a GListModel of FrNetworkLink, in the order of the people. While it is active it has the network tell
 * how the links are. Lives in the main thread. */

#define FR_TYPE_NETWORK_LINKS (fr_network_links_get_type ())
G_DECLARE_FINAL_TYPE (FrNetworkLinks, fr_network_links, FR, NETWORK_LINKS, GObject)

FrNetworkLinks *fr_network_links_new (FrNode *node);
void fr_network_links_set_active (FrNetworkLinks *self, gboolean active);

G_END_DECLS
