/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-negotiation.h"
#include "fr-peer-connection.h"
#include "fr-webrtc-channel.h"
#include "fr-webrtc-inbox.h"
#include "fr-webrtc-session.h"

G_BEGIN_DECLS

/* What the files of a session share: fr-webrtc-session.c has its life, fr-webrtc-session-parting.c its end, and
 * fr-webrtc-session-events.c what comes in from webrtcbin and the clock. */

struct _FrWebrtcSession
{
  GObject parent_instance;

  /* Owned */
  GMainContext *context;
  FrWebrtcConfig config;
  FrNegotiation *negotiation;
  FrWebrtcInbox *inbox;
  FrPeerConnection *connection; /* NULL before the first step, and from the tear-down on */
  FrDescription *remote;
  GPtrArray *channels;          /* of FrWebrtcChannel: those whose label is known */
  GSource *deadline;
  GSource *linger;
  GError *error;

  /* State */
  FrWebrtcRole role;
  FrWebrtcState state;
  guint n_channels; /* those that the peer has only begun counted too */
  guint8 local_hash[FR_CERTIFICATE_HASH_SIZE];
  guint8 remote_hash[FR_CERTIFICATE_HASH_SIZE];
  guint has_certificates : 1;
  guint kept : 1;  /* it holds a reference to itself */
  guint ended : 1; /* the tear-down has begun */
};

/* Its life. */
gboolean fr_webrtc_session_set_state (FrWebrtcSession *self, FrWebrtcState to);
GSource *fr_webrtc_session_add_timeout (FrWebrtcSession *self, guint ms, GSourceFunc callback);
void fr_webrtc_session_clear_source (GSource **source);

/* Its end. */
gboolean fr_webrtc_session_is_parting (FrWebrtcSession *self);
void fr_webrtc_session_fail (FrWebrtcSession *self, FrWebrtcError code, const char *message);
void fr_webrtc_session_close_channels (FrWebrtcSession *self);
void fr_webrtc_session_linger (FrWebrtcSession *self);
void fr_webrtc_session_begin_tear_down (FrWebrtcSession *self);
void fr_webrtc_session_end_channels (FrWebrtcSession *self);
void fr_webrtc_session_torn_down (FrWebrtcSession *self);

/* What comes in. */
void fr_webrtc_session_event_cb (const FrWebrtcEvent *event, gpointer session);
void fr_webrtc_session_pump (FrWebrtcSession *self);
FrWebrtcChannel *fr_webrtc_session_create_channel (FrWebrtcSession *self, const char *label);
gboolean fr_webrtc_session_is_label (const char *label);

G_END_DECLS
