/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-network-text.h"
#include "fr-node.h"

G_BEGIN_DECLS

/* Somebody on the map: a person, and how one is connected to them. Lives in the main thread. */

#define FR_TYPE_NETWORK_LINK (fr_network_link_get_type ())
G_DECLARE_FINAL_TYPE (FrNetworkLink, fr_network_link, FR, NETWORK_LINK, GObject)

FrNetworkLink *fr_network_link_new (FrPerson *person);
gboolean fr_network_link_is_due (FrPerson *person); /* whether somebody is on the map */
FrPerson *fr_network_link_get_person (FrNetworkLink *self);
gboolean fr_network_link_has_key (FrNetworkLink *self, const FrPeerKey *key);
void fr_network_link_get_facts (FrNetworkLink *self, FrNetworkLinkFacts *out_facts);
void fr_network_link_take_pulse (FrNetworkLink *self, const FrNetworkPulse *pulse);

/* Signal "changed" (): what is known of it. */

G_END_DECLS
