/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The embedded rendezvous: a PeerServer for the local network or for this computer alone. Lives in the thread whose
 * main context was the default one when it was made. Never blocks. */

/* Bytes that may wait for a peer that does not read, which is dropped beyond that. */
#define FR_PEER_SERVER_MAX_UNSENT (1024 * 1024)

#define FR_TYPE_PEER_SERVER (fr_peer_server_get_type ())
G_DECLARE_FINAL_TYPE (FrPeerServer, fr_peer_server, FR, PEER_SERVER, GObject)

typedef struct
{
  const char *interface; /* the IP address to listen on, such as "127.0.0.1" or "0.0.0.0" (all of IPv4) */
  guint port;            /* 0: any */
  const char *path;      /* NULL: "/" */
  const char *key;       /* NULL: "peerjs" */
  guint max_ids;         /* 0: FR_PEER_REGISTRY_MAX_IDS */
  GTlsCertificate *certificate; /* NULL: without TLS */
} FrPeerServerConfig;

FrPeerServer *fr_peer_server_new (const FrPeerServerConfig *config);
gboolean fr_peer_server_start (FrPeerServer *self, GError **error);
void fr_peer_server_stop (FrPeerServer *self);
guint fr_peer_server_get_port (FrPeerServer *self);
guint fr_peer_server_get_n_clients (FrPeerServer *self);

G_END_DECLS
