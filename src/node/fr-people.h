/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-person.h"

G_BEGIN_DECLS

/* Everybody we know of: a GListModel of FrPerson, in the order in which they were added or came. Lives in the main
 * thread. Who was added is dialled again by itself; who only came is gone from here when the link is. */

#define FR_TYPE_PEOPLE (fr_people_get_type ())
G_DECLARE_FINAL_TYPE (FrPeople, fr_people, FR, PEOPLE, GObject)

/* Property "n-here" (uint, notified): how many are connected. */
guint fr_people_get_n_here (FrPeople *self);

/* `text`: an address (`zoe`) or an invitation (`freshet:...`). Dials at once and goes on until the person is removed.
 * FR_NODE_ERROR_BAD_ADDRESS, _YOURSELF, _OTHER_SERVER. Adding somebody again returns who is there, and tries again. */
FrPerson *fr_people_add (FrPeople *self, const char *text, GError **error); /* (transfer none) */
void fr_people_retry (FrPeople *self, FrPerson *person);
void fr_people_remove (FrPeople *self, FrPerson *person);
FrPerson *fr_people_find_key (FrPeople *self, const FrPeerKey *key);
FrPerson *fr_people_find_address (FrPeople *self, const char *address);

G_END_DECLS
