/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-hello.h"
#include "fr-webrtc-session.h"

#include "rude-peer.h"

G_BEGIN_DECLS

/* Somebody with a real WebRTC session to a node, who says in it whatever the test wants: nothing is greeted, checked or
 * answered by itself, but Ping. What comes is kept, and all waits are bounded. */
typedef struct
{
  RudePeer *rude;       /* at the rendezvous; its identity is ours */
  char *to;             /* whom we dial: an address there */
  FrWebrtcSession *session;
  FrChannel *control;   /* nullable */
  FrChannel *bulk;      /* nullable */
  FrSessionFacts facts;
  char *connection_id;
  char *sdp;            /* our offer */
  GPtrArray *frames;    /* of Freshet__Frame: what was said to us, in order */
  guint n_pieces;       /* messages that came by the other channel, */
  gsize n_bulk_bytes;
  FrPeerKey theirs;     /* who answered, by their own word */
  guint64 nonce;
  guint64 sequence;     /* of our queries */
  guint n_closed;
  gboolean keeps;       /* nothing of the session is told, nor taken, after the offer */
} HostilePeer;

HostilePeer *hostile_peer_new (const char *server, const char *address, const char *to);
void hostile_peer_free (HostilePeer *self);

/* To the open control channel; further, until the other side takes what we say; and further, with the second channel. */
void hostile_peer_offer (HostilePeer *self, FrDialPurpose purpose);
void hostile_peer_dial (HostilePeer *self, FrDialPurpose purpose);
void hostile_peer_greet (HostilePeer *self);
void hostile_peer_link (HostilePeer *self, FrDialPurpose purpose);
void hostile_peer_open_bulk (HostilePeer *self);

/* Waits for room; what is said to nobody, as the session is over, is lost. */
void hostile_peer_say (HostilePeer *self, GBytes *message);
void hostile_peer_say_often (HostilePeer *self, GBytes *message, guint n);
void hostile_peer_say_frame (HostilePeer *self, Freshet__Frame__BodyCase body, gpointer message);
void hostile_peer_say_frame_often (HostilePeer *self, Freshet__Frame__BodyCase body, gpointer message, guint n);
void hostile_peer_say_on (HostilePeer *self, FrChannel *channel, GBytes *message);

/* Waits until all that was said has been dealt with: FALSE if the other side would have no more of it. */
gboolean hostile_peer_settle (HostilePeer *self);

gboolean hostile_peer_is_over (gpointer self); /* a condition */
void hostile_peer_await_end (HostilePeer *self, double seconds);
guint hostile_peer_count (const HostilePeer *self, Freshet__Frame__BodyCase body);
const Freshet__Frame *hostile_peer_find (const HostilePeer *self, Freshet__Frame__BodyCase body, guint index);
const Freshet__Frame *hostile_peer_await (HostilePeer *self, Freshet__Frame__BodyCase body, guint index);
int hostile_peer_get_bye (const HostilePeer *self); /* the reason of the last; -1: none was said */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostilePeer, hostile_peer_free)

G_END_DECLS
