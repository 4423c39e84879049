/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-peer-guests.h"

G_BEGIN_DECLS

/* Lets connections in as long as there is room, and shows those out that do not say in time what they want. Lives in the
 * thread of its main context; the connections may be there longer than it. */

typedef struct _FrPeerDoor FrPeerDoor;

FrPeerDoor *fr_peer_door_new (GMainContext *context, guint max, guint upgrade_ms);
void fr_peer_door_free (FrPeerDoor *self);

gboolean fr_peer_door_let_in (FrPeerDoor *self, GSocketConnection *connection, GSocketAddress *remote);
void fr_peer_door_stay (FrPeerDoor *self, GSocketAddress *remote);
guint fr_peer_door_count (FrPeerDoor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrPeerDoor, fr_peer_door_free)

G_END_DECLS
