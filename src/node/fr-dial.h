/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-dial-target.h"
#include "fr-link.h"
#include "fr-signal.h"

G_BEGIN_DECLS

/* One attempt to reach a peer, from either side: offer, answer and candidates by whatever way, then the session, until
 * both have proved who they are. Lives in the network thread.
 *
 * Signals: "send" (FrSignal): to be carried to the other side; "found" (): the other side has answered; "linked" (FrLink)
 * or "failed" (GError *), once, and nothing after it. */

typedef struct
{
  FrIdentity *identity;
  const char *name;        /* our own */
  const char *own_address; /* as the other side knows us */
  FrDialTarget target;     /* the other side; incoming: address and key, which signed the offer */
  FrDialPurpose purpose;
  FrWay way;               /* incoming: by which the offer came */
  gboolean held;           /* incoming: the person here has yet to decide */
  gboolean replaces;       /* incoming: we had dialled them too, and have given that up for this one */
  const FrWebrtcConfig *webrtc;
} FrDialOptions;

#define FR_TYPE_DIAL (fr_dial_get_type ())
G_DECLARE_FINAL_TYPE (FrDial, fr_dial, FR, DIAL, GObject)

FrDial *fr_dial_new_outgoing (const FrDialOptions *options);
FrDial *fr_dial_new_incoming (const FrDialOptions *options, const FrSignal *offer);
void fr_dial_start (FrDial *self);
gboolean fr_dial_receive (FrDial *self, const FrSignal *signal, FrWay way, guint *out_code);
void fr_dial_give_up (FrDial *self, guint code);
void fr_dial_abandon (FrDial *self, Freshet__Bye__Reason reason);

const char *fr_dial_get_connection_id (FrDial *self);
const guint8 *fr_dial_get_id (FrDial *self);
const char *fr_dial_get_address (FrDial *self);
const FrDialTarget *fr_dial_get_target (FrDial *self);
FrWay fr_dial_get_way (FrDial *self);
FrDialPurpose fr_dial_get_purpose (FrDial *self);
gboolean fr_dial_is_outgoing (FrDial *self);
gboolean fr_dial_is_wanted (FrDial *self);
gboolean fr_dial_is_held (FrDial *self);
gboolean fr_dial_is_blamed (FrDial *self);
gboolean fr_dial_accepts_key (FrDial *self, const FrPeerKey *key);
const FrPeerKey *fr_dial_get_other_key (FrDial *self);

/* The reasons that a LEAVE of ours carries. */
#define FR_LEAVE_OTHER_PROGRAM "this is Freshet"
#define FR_LEAVE_VERSION "version"
#define FR_LEAVE_SIGNATURE "signature"
#define FR_LEAVE_BUSY "busy"
#define FR_LEAVE_REFUSED "refused"
#define FR_LEAVE_FAULT "fault" /* what the other side did in a dial that had begun */

G_END_DECLS
