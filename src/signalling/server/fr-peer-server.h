/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-peer-guests.h"

G_BEGIN_DECLS

/* The embedded rendezvous: a PeerServer for the local network or for this computer alone. Lives in the thread whose
 * main context was the default one when it was made. Never blocks. */

/* Bytes that may wait for a peer that does not read, which is dropped beyond that. */
#define FR_PEER_SERVER_MAX_UNSENT (1024 * 1024)
/* The same for all together: half of it goes to whoever needs more than a fair share of the other half. */
#define FR_PEER_SERVER_MAX_UNSENT_OF_ALL (64 * 1024 * 1024)
#define FR_PEER_SERVER_UNSENT_SHARE (FR_PEER_SERVER_MAX_UNSENT_OF_ALL / 2 / FR_PEER_GUESTS_MAX)
/* The time that a connection has until it is a WebSocket. */
#define FR_PEER_SERVER_UPGRADE_MS 10000

#define FR_TYPE_PEER_SERVER (fr_peer_server_get_type ())
G_DECLARE_FINAL_TYPE (FrPeerServer, fr_peer_server, FR, PEER_SERVER, GObject)

typedef struct
{
  const char *interface; /* the IP address to listen on, such as "127.0.0.1" or "0.0.0.0" (all of IPv4) */
  guint port;            /* 0: any */
  const char *path;      /* NULL: "/" */
  const char *key;       /* NULL: "peerjs" */
  guint max_ids;         /* 0: FR_PEER_REGISTRY_MAX_IDS */
  guint max_connections; /* 0: FR_PEER_GUESTS_MAX */
  guint upgrade_ms;      /* 0: FR_PEER_SERVER_UPGRADE_MS; likewise */
  const char *owner;     /* NULL: messages pass between all; else to and from that id only */
  GTlsCertificate *certificate; /* NULL: without TLS */
} FrPeerServerConfig;

FrPeerServer *fr_peer_server_new (const FrPeerServerConfig *config);
gboolean fr_peer_server_start (FrPeerServer *self, GError **error);
void fr_peer_server_stop (FrPeerServer *self);
/* For tests: whether so many bytes may wait for one peer, when so many wait for all. */
gboolean _fr_peer_server_may_wait (guint64 unsent, guint64 unsent_of_all);

void fr_peer_server_set_owner (FrPeerServer *self, const char *owner);
guint fr_peer_server_get_n_connections (FrPeerServer *self);
guint fr_peer_server_get_port (FrPeerServer *self);
guint fr_peer_server_get_n_clients (FrPeerServer *self);

G_END_DECLS
