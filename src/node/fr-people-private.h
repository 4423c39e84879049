/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-network.h"
#include "fr-people.h"

G_BEGIN_DECLS

/* What FrNode alone does with the people.
 *
 * Signal "wants-server" (const char *server): somebody was added who is at a server, and we are at none. */

FrPeople *fr_people_new (FrStore *store, FrNetwork *network, const FrPeerKey *own_key);
void fr_people_load (FrPeople *self, GPtrArray *records);
void fr_people_set_server (FrPeople *self, const char *server, const char *own_address, gboolean online);
void fr_people_take_report (FrPeople *self, const FrNetworkReport *report);

G_END_DECLS
