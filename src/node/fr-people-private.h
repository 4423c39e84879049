/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-network.h"
#include "fr-people.h"
#include "fr-person-record.h"

G_BEGIN_DECLS

/* What FrNode alone does with the people.
 *
 * Signal "wants-server" (const char *server): somebody was added who is at a server, and we are at none. */

FrPeople *fr_people_new (FrStore *store, FrNetwork *network, const FrPeerKey *own_key);
void fr_people_load (FrPeople *self, GPtrArray *records);
void fr_people_set_server (FrPeople *self, const char *server, const char *own_address, gboolean online);
void fr_people_do_without_server (FrPeople *self);
void fr_people_take_report (FrPeople *self, const FrNetworkReport *report);

/* Who is to be added, without a look at who is there already. */
FrPersonRecord *fr_people_parse (const char *text, const char *server, const char *own_address,
                                 const FrPeerKey *own_key, GError **error);

G_END_DECLS
