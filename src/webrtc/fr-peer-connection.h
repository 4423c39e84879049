/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-description.h"
#include "fr-webrtc-config.h"
#include "fr-webrtc-inbox.h"

G_BEGIN_DECLS

/* One webrtcbin in a pipeline of its own. Nothing here is answered at once: what comes of a call is posted to the
 * inbox. Belongs to one thread, and must not be used from within a signal of GStreamer's. */

typedef struct _FrPeerConnection FrPeerConnection;

FrPeerConnection *fr_peer_connection_new (const FrWebrtcConfig *config, FrWebrtcInbox *inbox, GError **error);
void fr_peer_connection_tear_down (FrPeerConnection *self);

void fr_peer_connection_create_description (FrPeerConnection *self, gboolean is_offer);
void fr_peer_connection_apply_local (FrPeerConnection *self, gboolean is_offer, const char *sdp);
void fr_peer_connection_apply_remote (FrPeerConnection *self, gboolean is_offer, const char *sdp);
void fr_peer_connection_add_candidate (FrPeerConnection *self, guint mline, const char *candidate);
GstWebRTCDataChannel *fr_peer_connection_create_channel (FrPeerConnection *self, const char *label);

gboolean fr_peer_connection_get_certificates (FrPeerConnection *self,
                                              guint8 out_local[FR_CERTIFICATE_HASH_SIZE],
                                              guint8 out_remote[FR_CERTIFICATE_HASH_SIZE]);
void fr_peer_connection_widen_sockets (FrPeerConnection *self);
const char *fr_peer_connection_get_route (FrPeerConnection *self);

/* The SHA-256 of the DER of the first certificate of a PEM; FALSE if there is none. */
gboolean fr_certificate_hash_pem (const char *pem, guint8 out_hash[FR_CERTIFICATE_HASH_SIZE]);

G_END_DECLS
