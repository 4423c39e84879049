/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-channel.h"
#include "fr-description.h"
#include "fr-webrtc-config.h"
#include "fr-webrtc-setup.h"

G_BEGIN_DECLS

/* A connection to one peer, with its channels. Belongs to the thread-default main context in which it was made: every
 * call comes from there, its last owner too, and every signal is emitted there. How descriptions and candidates travel
 * is the owner's affair.
 *
 * Signals:
 *   "local-description" (const char *sdp): to be sent to the peer
 *   "local-candidate" (guint mline, const char *candidate): to be sent after it
 *   "channel" (FrChannel *channel): the peer made one; it is open, and its first message is still to come
 *   "notify::state"
 *   "closed" (): all is over and nothing of it is left, after fr_webrtc_session_close() or a failure; the last
 */

#define FR_WEBRTC_CONTROL "control"  /* the channel that the dialler opens first: with it the session is open */
#define FR_WEBRTC_MAX_CHANNELS 2     /* of both sides together; one more ends the session */
#define FR_WEBRTC_LABEL_MAX_BYTES 64
#define FR_WEBRTC_LINGER_MS 100      /* from the end of the channels to that of all: the last packets must get out */

#define FR_WEBRTC_ERROR (fr_webrtc_error_quark ())
typedef enum
{
  FR_WEBRTC_ERROR_SDP,               /* no description that can be used */
  FR_WEBRTC_ERROR_ORDER,             /* a description that nobody waits for */
  FR_WEBRTC_ERROR_ICE_FAILED,        /* no way to the peer, or none any more */
  FR_WEBRTC_ERROR_TIMEOUT,           /* the peer did not answer, or not connect, in time */
  FR_WEBRTC_ERROR_TOO_MANY_CHANNELS, /* the peer opened a channel that it must not */
  FR_WEBRTC_ERROR_FLOODED,           /* the peer sends faster than this computer can deal with */
  FR_WEBRTC_ERROR_INTERNAL,
} FrWebrtcError;

GQuark fr_webrtc_error_quark (void);

typedef enum
{
  FR_WEBRTC_ROLE_DIALLER,
  FR_WEBRTC_ROLE_ANSWERER,
} FrWebrtcRole;

typedef enum
{
  FR_WEBRTC_STATE_NEW,
  FR_WEBRTC_STATE_CONNECTING,
  FR_WEBRTC_STATE_OPEN,   /* the control channel is */
  FR_WEBRTC_STATE_FAILED, /* see fr_webrtc_session_get_error(); "closed" follows by itself. Where the peer opened one
                             channel too many, the others can be sent to once more when this is notified */
  FR_WEBRTC_STATE_CLOSED, /* by us or the peer */
} FrWebrtcState;

#define FR_TYPE_WEBRTC_STATE (fr_webrtc_state_get_type ())
GType fr_webrtc_state_get_type (void);

#define FR_TYPE_WEBRTC_SESSION (fr_webrtc_session_get_type ())
G_DECLARE_FINAL_TYPE (FrWebrtcSession, fr_webrtc_session, FR, WEBRTC_SESSION, GObject)

FrWebrtcSession *fr_webrtc_session_new (const FrWebrtcConfig *config, FrWebrtcRole role);

void fr_webrtc_session_start (FrWebrtcSession *self);
gboolean fr_webrtc_session_set_remote_description (FrWebrtcSession *self, const char *sdp, GError **error);
gboolean fr_webrtc_session_add_remote_candidate (FrWebrtcSession *self, guint mline, const char *candidate);
FrChannel *fr_webrtc_session_open_channel (FrWebrtcSession *self, const char *label);
void fr_webrtc_session_close (FrWebrtcSession *self);

FrWebrtcRole fr_webrtc_session_get_role (FrWebrtcSession *self);
FrWebrtcState fr_webrtc_session_get_state (FrWebrtcSession *self);
const GError *fr_webrtc_session_get_error (FrWebrtcSession *self);
FrChannel *fr_webrtc_session_get_channel (FrWebrtcSession *self, const char *label);
gboolean fr_webrtc_session_get_certificates (FrWebrtcSession *self,
                                             guint8 out_local[FR_CERTIFICATE_HASH_SIZE],
                                             guint8 out_remote[FR_CERTIFICATE_HASH_SIZE]);
gboolean fr_webrtc_session_fingerprint_agrees (FrWebrtcSession *self);
char *fr_webrtc_session_get_route (FrWebrtcSession *self);
guint fr_webrtc_session_get_n_ignored_candidates (FrWebrtcSession *self);

G_END_DECLS
