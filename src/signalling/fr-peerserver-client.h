/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-guarded-address.h"
#include "fr-rendezvous.h"
#include "fr-server-address.h"

G_BEGIN_DECLS

/* A rendezvous over a PeerServer: registers an id, keeps it registered, and comes back with the same id and token
 * when the connection breaks. Never blocks. */

#define FR_TYPE_PEERSERVER_CLIENT (fr_peerserver_client_get_type ())
G_DECLARE_FINAL_TYPE (FrPeerserverClient, fr_peerserver_client, FR, PEERSERVER_CLIENT, FrRendezvous)

/* How patient it is; tests take shorter ones. All in milliseconds. */
typedef struct
{
  guint connect_timeout_ms; /* until the WebSocket stands */
  guint settle_ms;          /* a WebSocket that stood so long without an error is registered */
  guint base_delay_ms;      /* of the back-off, see fr-backoff.h */
  guint taken_delay_ms;     /* until a server has forgotten a peer that says nothing */
  guint heartbeat_ms;
  guint silence_ms; /* without any answer to our pings, after which the connection is dead */
} FrPeerserverTiming;

#define FR_PEERSERVER_CONNECT_TIMEOUT_MS 10000
#define FR_PEERSERVER_SETTLE_MS 1000
#define FR_PEERSERVER_BASE_DELAY_MS 1000
#define FR_PEERSERVER_TAKEN_DELAY_MS 90000
#define FR_PEERSERVER_HEARTBEAT_MS 5000
#define FR_PEERSERVER_SILENCE_MS 30000

void fr_peerserver_client_prepare (void);
FrPeerserverClient *fr_peerserver_client_new (const FrServerAddress *address, const char *id, const char *token);

/* To be called before fr_rendezvous_connect(). */
void fr_peerserver_client_set_timing (FrPeerserverClient *self, const FrPeerserverTiming *timing);
void fr_peerserver_client_set_tls_database (FrPeerserverClient *self, GTlsDatabase *database);
void fr_peerserver_client_set_guard (FrPeerserverClient *self, FrAddressGuard guard, gpointer data,
                                     GDestroyNotify destroy);

G_END_DECLS
