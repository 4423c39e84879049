/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who is connected to a server: each connection takes a descriptor, and these are the whole program's. Counts; does no
 * I/O. Not thread-safe. */

#define FR_PEER_GUESTS_MAX 1024            /* connections in all: every id that there may be, and some who only ask */
#define FR_PEER_GUESTS_MAX_PER_ADDRESS 64  /* a household behind one address; this computer itself may have all */

typedef struct _FrPeerGuests FrPeerGuests;

FrPeerGuests *fr_peer_guests_new (guint max);
void fr_peer_guests_free (FrPeerGuests *self);

gboolean fr_peer_guests_enter (FrPeerGuests *self, GInetAddress *address);
void fr_peer_guests_leave (FrPeerGuests *self, GInetAddress *address);
guint fr_peer_guests_count (FrPeerGuests *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrPeerGuests, fr_peer_guests_free)

G_END_DECLS
