/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-identity.h"
#include "fr-peer-server.h"
#include "fr-peerserver-client.h"

G_BEGIN_DECLS

/* A rendezvous server of the test's own, on the loopback interface. Port 0: any. */
FrPeerServer *rude_server_new (guint port, char **out_address);

/* Somebody at a rendezvous server who says whatever the test wants, and keeps what is said to them. */
typedef struct
{
  FrRendezvous *rendezvous;
  FrIdentity *identity;
  char *address;
  GPtrArray *signals; /* of FrSignal, in the order of coming */
} RudePeer;

RudePeer *rude_peer_new (const char *server, const char *address);
void rude_peer_free (RudePeer *self);

/* Sets whom a signal is for, and sends it. */
void rude_peer_send (RudePeer *self, FrSignal *signal, const char *to);

/* Waits for the signal with this index among those of one type. */
FrSignal *rude_peer_await (RudePeer *self, FrSignalType type, guint index);

/* An offer of a new dial, signed: for a link, or for what it is said to be. */
FrSignal *rude_peer_make_offer (RudePeer *self, const FrIdentity *identity, const char *to, const char *sdp);
FrSignal *rude_peer_make_offer_for (RudePeer *self, const FrIdentity *identity, const char *to, const char *sdp,
                                    FrDialPurpose purpose);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RudePeer, rude_peer_free)

G_END_DECLS
