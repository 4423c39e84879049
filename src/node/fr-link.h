/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-channel.h"
#include "fr-hello.h"
#include "fr-transfer-port.h"
#include "fr-way.h"
#include "fr-webrtc-session.h"

G_BEGIN_DECLS

/* One session with one peer, from the open control channel to Bye: greets, proves both keys, parses what comes, counts
 * what it does not know, and says goodbye. Lives in the network thread.
 *
 * Signals: "heard" (): anything has come, by either channel; "ready" (), when both have proved who they are; "frame" (Freshet__Frame *, guint size): a frame for the
 * overlay; "accepted" (): the person there, who had yet to decide, wants this link; "introduced" (Freshet__Introduce *): they say who somebody is; "fault" (guint FrWireFault);
 * "blamed" (), once: the other side broke the protocol or sent too much, and the link is about to end; "closed" (), once and last: fr_link_get_error() tells why.
 *
 * A link may be held: the person here has yet to decide. Whatever comes by either channel is thrown away then, and too much
 * of it is a fault. */

/* What may come on a link that is held; honest peers send next to nothing. */
#define FR_LINK_MAX_HELD_FRAMES 16
#define FR_LINK_MAX_HELD_BYTES (64 * 1024)

typedef enum
{
  FR_LINK_GREETING,
  FR_LINK_READY,
  FR_LINK_LEAVING, /* Bye is on its way */
  FR_LINK_CLOSED,
} FrLinkState;

typedef struct
{
  FrIdentity *identity;
  const char *name;    /* our own */
  const char *address; /* of the other side at its server */
  const char *server;  /* nullable: which server that is; NULL: ours, or not known */
  FrWay way;           /* who introduced the two */
  Freshet__Role role;  /* our own */
  FrSessionFacts facts;
  FrPeerKey key;       /* that the dial was signed with */
  gboolean held;       /* the person here has yet to decide */
} FrLinkOptions;

#define FR_TYPE_LINK (fr_link_get_type ())
G_DECLARE_FINAL_TYPE (FrLink, fr_link, FR, LINK, GObject)

FrLink *fr_link_new (FrWebrtcSession *session, FrChannel *control, const FrLinkOptions *options);
void fr_link_start (FrLink *self);
void fr_link_set_bulk (FrLink *self, FrChannel *bulk);
void fr_link_accept (FrLink *self);
gboolean fr_link_is_held (FrLink *self);
gboolean fr_link_is_waiting (FrLink *self);
gboolean fr_link_is_usable (FrLink *self);
gboolean fr_link_send (FrLink *self, GBytes *frame);
void fr_link_close (FrLink *self, Freshet__Bye__Reason reason);
void fr_link_note_fault (FrLink *self);
void fr_link_give_up (FrLink *self);

FrLinkState fr_link_get_state (FrLink *self);
const FrPeerKey *fr_link_get_key (FrLink *self);
const char *fr_link_get_peer_name (FrLink *self);
const char *fr_link_get_address (FrLink *self);
const char *fr_link_get_server (FrLink *self);
FrWay fr_link_get_way (FrLink *self);
Freshet__Purpose fr_link_get_purpose (FrLink *self);
const guint8 *fr_link_get_dial_id (FrLink *self);
gboolean fr_link_is_dialler (FrLink *self);
FrTransferPort *fr_link_get_port (FrLink *self);
char *fr_link_get_route (FrLink *self);
const GError *fr_link_get_error (FrLink *self);
guint fr_link_get_n_unknown (FrLink *self);
gsize fr_link_get_buffered (FrLink *self);
guint64 fr_link_get_n_bytes (FrLink *self);
gboolean fr_link_was_lost (FrLink *self);
gboolean fr_link_is_blamed (FrLink *self);
gint64 fr_link_get_used_us (FrLink *self);
void fr_link_touch (FrLink *self);

G_END_DECLS
