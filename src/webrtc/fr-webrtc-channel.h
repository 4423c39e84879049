/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-channel.h"
#include "fr-webrtc-inbox.h"

G_BEGIN_DECLS

/* A data channel of a session, seen as a FrChannel. The session makes it, and emits its signals out of the inbox. */

#define FR_WEBRTC_CHANNEL_SETTLE_MS 50 /* from the last message to the end of the channel, at least */
#define FR_WEBRTC_CHANNEL_CLOSE_MS 400 /* what the peer's consent to an end may take, before it ends without */

#define FR_TYPE_WEBRTC_CHANNEL (fr_webrtc_channel_get_type ())
G_DECLARE_FINAL_TYPE (FrWebrtcChannel, fr_webrtc_channel, FR, WEBRTC_CHANNEL, FrChannel)

FrWebrtcChannel *fr_webrtc_channel_new (const char *label, GstWebRTCDataChannel *channel, FrWebrtcInbox *inbox);
gboolean fr_webrtc_channel_wraps (FrWebrtcChannel *self, GstWebRTCDataChannel *channel);

G_END_DECLS
