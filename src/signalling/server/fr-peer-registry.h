/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fr-peer-action.h"

G_BEGIN_DECLS

/* What a PeerServer knows and decides: who is registered, what waits for whom, what may pass. Does no I/O, sets no
 * timer, reads no clock: the driver names its sockets by numbers (never 0, never used twice), tells what happens with
 * them, and carries out the actions. Not thread-safe.
 *
 * It does what the PeerServer of the PeerJS project (`peer` 1.0.2) does, with bounds where that has none. */

#define FR_PEER_REGISTRY_EXPIRE_US (5 * G_USEC_PER_SEC)
#define FR_PEER_REGISTRY_ALIVE_US (90 * G_USEC_PER_SEC)

#define FR_PEER_REGISTRY_MAX_IDS 1000
#define FR_PEER_REGISTRY_MAX_SOCKETS_PER_ID 4 /* an id that is taken over again and again loses its oldest socket */
#define FR_PEER_REGISTRY_MAX_ID_SIZE 128      /* bytes; of a token as well */
#define FR_PEER_REGISTRY_RATE 50              /* messages a second and socket */
#define FR_PEER_REGISTRY_BURST 500
#define FR_PEER_REGISTRY_MAX_QUEUE_MESSAGES 64 /* waiting for one absent peer */
#define FR_PEER_REGISTRY_MAX_QUEUE_SIZE (256 * 1024)
#define FR_PEER_REGISTRY_MAX_WAITING_MESSAGES 4096 /* waiting for all of them */
#define FR_PEER_REGISTRY_MAX_WAITING_SIZE (8 * 1024 * 1024)

typedef struct _FrPeerRegistry FrPeerRegistry;

FrPeerRegistry *fr_peer_registry_new (const char *key, guint max_ids);
void fr_peer_registry_free (FrPeerRegistry *self);
void fr_peer_registry_set_owner (FrPeerRegistry *self, const char *owner);

void fr_peer_registry_accept (FrPeerRegistry *self,
                              guint64 socket,
                              const char *key,
                              const char *id,
                              const char *token,
                              gint64 now_us);
void fr_peer_registry_receive (FrPeerRegistry *self, guint64 socket, const char *text, gsize size, gint64 now_us);
void fr_peer_registry_remove (FrPeerRegistry *self, guint64 socket);
void fr_peer_registry_tick (FrPeerRegistry *self, gint64 now_us);
gint64 fr_peer_registry_next_deadline (FrPeerRegistry *self);

gboolean fr_peer_registry_next_action (FrPeerRegistry *self, FrPeerAction *out_action);

guint fr_peer_registry_n_ids (FrPeerRegistry *self);
gboolean fr_peer_registry_has_id (FrPeerRegistry *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrPeerRegistry, fr_peer_registry_free)

G_END_DECLS
