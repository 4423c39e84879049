/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-admission.h"
#include "fr-dial.h"
#include "fr-introductions.h"

G_BEGIN_DECLS

/* Who is being reached, and who has been: makes and admits dials within their limits, settles when two peers dial each
 * other, and holds every link. Lives in the network thread.
 *
 * Signals: "linked" (FrLink); "unlinked" (FrLink), once closed; "still-linked" (FrLink, const char
 * *address): who answered there has a link already, which stays; "dial-found" (const char *address, guint
 * FrDialPurpose); "blamed" (FrPeerKey *): they broke the protocol, or sent too much; "dial-failed" (FrDialTarget *,
 * guint FrDialPurpose, GError *); "other-key" (const char *address, FrPeerKey *), before that where a link was wanted and
 * somebody else answered; "other-program" (const char *address). */

#define FR_SWITCHBOARD_MAX_DIALS 4     /* outgoing, at once; more wait */
#define FR_SWITCHBOARD_MAX_WAITING 64  /* outgoing dials that wait for their turn */
#define FR_SWITCHBOARD_MAX_PENDING 2   /* incoming, from one address, or of one key for one purpose */
#define FR_SWITCHBOARD_MAX_SESSIONS 32 /* dials and links together */
#define FR_SWITCHBOARD_MAX_TRANSFERS 2 /* sessions for pictures that one key may have open to us, or on their way */
#define FR_SWITCHBOARD_OFFER_BURST 40  /* incoming offers that are looked at at once */
#define FR_SWITCHBOARD_LEAVE_BURST 200 /* refusals at once, */
#define FR_SWITCHBOARD_LEAVE_RATE 20   /* and a second: servers throw out who says much more (FR_PEER_REGISTRY_RATE) */

/* Whether somebody who offers a session may come in. Their key is proved; `address` is where our server says that they
 * are, or NULL; `n_held` strangers wait for the person already. */
typedef FrAdmissionVerdict (*FrAdmissionPolicy) (const FrPeerKey *key, const char *address, FrDialPurpose purpose,
                                                 guint n_held, gpointer data);

/* Whether somebody may be dialled; else `out_code`, a FrNodeError, tells why not. */
typedef gboolean (*FrDialPolicy) (const FrPeerKey *key, guint *out_code, gpointer data);

#define FR_TYPE_SWITCHBOARD (fr_switchboard_get_type ())
G_DECLARE_FINAL_TYPE (FrSwitchboard, fr_switchboard, FR, SWITCHBOARD, GObject)

FrSwitchboard *fr_switchboard_new (FrIdentity *identity, FrIntroductions *introductions, const FrWebrtcConfig *webrtc);
void fr_switchboard_set_loopback_only (FrSwitchboard *self, gboolean loopback_only);
void fr_switchboard_set_policy (FrSwitchboard *self, FrAdmissionPolicy policy, FrDialPolicy dial_policy, gpointer data);
void fr_switchboard_set_name (FrSwitchboard *self, const char *name);
void fr_switchboard_set_relays (FrSwitchboard *self, const char *stun, const char *turn);

void fr_switchboard_dial (FrSwitchboard *self, const char *address, const FrPeerKey *key, FrDialPurpose purpose);
void fr_switchboard_dial_target (FrSwitchboard *self, const FrDialTarget *target, FrDialPurpose purpose);
gboolean fr_switchboard_is_dialling (FrSwitchboard *self, const FrDialTarget *target, FrDialPurpose purpose);
void fr_switchboard_refuse (FrSwitchboard *self, const FrPeerKey *key, guint code);
void fr_switchboard_cancel_dial (FrSwitchboard *self, const char *address);
FrLink *fr_switchboard_find_link (FrSwitchboard *self, const FrPeerKey *key, Freshet__Purpose purpose);
GPtrArray *fr_switchboard_get_links (FrSwitchboard *self);
void fr_switchboard_close_links (FrSwitchboard *self, Freshet__Bye__Reason reason);

G_END_DECLS
