/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-connection.h"

#include "fr-pipeline-stop.h"
#include "fr-webrtc-session.h"

#include <gst/sdp/sdp.h>
#include <nice/agent.h>
#include <sys/socket.h>

#include <string.h>

/* RFC 8445, 14.2, allows one check each 5 ms; libnice takes 20, and a session then three times as long to open. */
#define PACING_MS 5
/* Bytes, of which the kernel grants twice as many, as far as it may: twice what it grants by itself. Measured on loopback:
 * half of it loses the first burst of every session, four times as much makes queues so long that transfers take twice
 * the time. */
#define SOCKET_ROOM (208 * 1024)

struct _FrPeerConnection
{
  GstElement *pipeline;
  GstElement *webrtc;  /* borrowed from the pipeline */
  FrWebrtcInbox *inbox;
  GPtrArray *promises; /* of GstPromise: what was asked, answered or not */
};

/* --- GStreamer's threads: from here to the next such line, all that happens is a post to the inbox ---------------- */

static void
channel_opened_cb (GstWebRTCDataChannel *channel, gpointer inbox)
{
  fr_webrtc_inbox_post (inbox, FR_WEBRTC_EVENT_CHANNEL_OPENED, channel, NULL);
}

/* An empty message is NULL here. */
static void
channel_message_cb (GstWebRTCDataChannel *channel, GBytes *message, gpointer inbox)
{
  if (message != NULL)
    fr_webrtc_inbox_post (inbox, FR_WEBRTC_EVENT_CHANNEL_MESSAGE, channel, message);
}

static void
channel_drained_cb (GstWebRTCDataChannel *channel, gpointer inbox)
{
  fr_webrtc_inbox_post (inbox, FR_WEBRTC_EVENT_CHANNEL_DRAINED, channel, NULL);
}

static void
channel_closed_cb (GstWebRTCDataChannel *channel, gpointer inbox)
{
  fr_webrtc_inbox_post (inbox, FR_WEBRTC_EVENT_CHANNEL_CLOSED, channel, NULL);
}

/* Each connection holds the inbox for itself, because a signal may be under way in another thread while everything is
 * torn down in this one. */
static void
connect_inbox (gpointer object, const char *signal, GCallback callback, FrWebrtcInbox *inbox)
{
  g_signal_connect_data (object, signal, callback, fr_webrtc_inbox_ref (inbox),
                         (GClosureNotify) (GCallback) fr_webrtc_inbox_unref, G_CONNECT_DEFAULT);
}

/* Emitted before a channel can do anything, so that no message is missed. */
static void
channel_prepared_cb (GstElement *webrtc, GstWebRTCDataChannel *channel, gboolean is_local, gpointer inbox)
{
  connect_inbox (channel, "on-open", G_CALLBACK (channel_opened_cb), inbox);
  connect_inbox (channel, "on-message-data", G_CALLBACK (channel_message_cb), inbox);
  connect_inbox (channel, "on-buffered-amount-low", G_CALLBACK (channel_drained_cb), inbox);
  connect_inbox (channel, "on-close", G_CALLBACK (channel_closed_cb), inbox);
  if (!is_local)
    fr_webrtc_inbox_post (inbox, FR_WEBRTC_EVENT_CHANNEL_ARRIVED, channel, NULL);
}

static void
candidate_found_cb (GstElement *webrtc, guint mline, const char *candidate, gpointer inbox)
{
  fr_webrtc_inbox_post_text (inbox, FR_WEBRTC_EVENT_LOCAL_CANDIDATE, mline, candidate);
}

static void
connection_state_cb (GstElement *webrtc, GParamSpec *pspec, gpointer inbox)
{
  GstWebRTCICEConnectionState state;

  g_object_get (webrtc, "ice-connection-state", &state, NULL);
  if (state == GST_WEBRTC_ICE_CONNECTION_STATE_FAILED)
    fr_webrtc_inbox_post (inbox, FR_WEBRTC_EVENT_UNREACHABLE, NULL, NULL);
}

/* Takes every message, or they would gather on a bus that nobody reads. */
static GstBusSyncReply
bus_message_cb (GstBus *bus, GstMessage *message, gpointer inbox)
{
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, NULL);
      fr_webrtc_inbox_post_text (inbox, FR_WEBRTC_EVENT_BROKEN, 0, error->message);
    }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* Something asked of webrtcbin. */
typedef struct
{
  FrWebrtcInbox *inbox;
  const char *field; /* the description that is expected, "offer" or "answer"; or NULL */
  FrWebrtcEventType when_refused;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request == NULL) /* see request_replied_cb() */
    return;
  fr_webrtc_inbox_unref (request->inbox);
  g_free (request);
}

static void
request_replied_cb (GstPromise *promise, gpointer data)
{
  Request *request = data;
  const GstStructure *reply;
  g_autoptr (GstWebRTCSessionDescription) description = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sdp = NULL;

  /* Otherwise the pipeline went before the answer came. A promise that expires forgets its data before it calls, and
   * calls the destroy function without any later. */
  if (gst_promise_wait (promise) != GST_PROMISE_RESULT_REPLIED)
    {
      request_free (request);
      return;
    }
  reply = gst_promise_get_reply (promise);
  if (reply != NULL && gst_structure_get (reply, "error", G_TYPE_ERROR, &error, NULL))
    {
      fr_webrtc_inbox_post_text (request->inbox, request->when_refused, 0, error->message);
      return;
    }
  if (request->field == NULL)
    return;
  if (reply == NULL
      || !gst_structure_get (reply, request->field, GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &description, NULL))
    {
      fr_webrtc_inbox_post_text (request->inbox, request->when_refused, 0, "No description could be made");
      return;
    }
  sdp = gst_sdp_message_as_text (description->sdp);
  fr_webrtc_inbox_post_text (request->inbox, FR_WEBRTC_EVENT_LOCAL_DESCRIPTION, 0, sdp);
}

/* Stopping waits for the streaming threads, some 5 ms, so it has a thread of its own: one each, that many sessions may
 * go at once. */
static gpointer
tear_down_thread (gpointer data)
{
  FrPeerConnection *self = data;

  fr_pipeline_stop (self->pipeline);
  /* What webrtcbin has not come to it drops, and a promise must not go unresolved. */
  g_ptr_array_foreach (self->promises, (GFunc) (GCallback) gst_promise_expire, NULL);
  g_ptr_array_unref (self->promises);
  fr_webrtc_inbox_post (self->inbox, FR_WEBRTC_EVENT_TORN_DOWN, NULL, NULL);
  fr_webrtc_inbox_unref (self->inbox);
  g_free (self);
  return NULL;
}

/* --- The owner's thread ------------------------------------------------------------------------------------------ */

static void
configure_ice (GstElement *webrtc, const FrWebrtcConfig *config)
{
  g_autoptr (GObject) ice = NULL;
  g_autoptr (GObject) agent = NULL;
  gboolean done;

  g_object_get (webrtc, "ice-agent", &ice, NULL);
  g_object_get (ice, "agent", &agent, NULL);
  /* UPnP would start an HTTP server a session. */
  g_object_set (agent, "upnp", FALSE, "stun-pacing-timer", PACING_MS, NULL);
  if (config->loopback_only)
    {
      g_signal_emit_by_name (ice, "add-local-ip-address", "127.0.0.1", &done);
      return;
    }
  if (config->stun != NULL)
    g_object_set (webrtc, "stun-server", config->stun, NULL);
  for (char **turn = config->turn; turn != NULL && *turn != NULL; turn++)
    g_signal_emit_by_name (webrtc, "add-turn-server", *turn, &done);
}

static void
connect_signals (FrPeerConnection *self)
{
  g_autoptr (GstBus) bus = gst_pipeline_get_bus (GST_PIPELINE (self->pipeline));

  connect_inbox (self->webrtc, "prepare-data-channel", G_CALLBACK (channel_prepared_cb), self->inbox);
  connect_inbox (self->webrtc, "on-ice-candidate", G_CALLBACK (candidate_found_cb), self->inbox);
  connect_inbox (self->webrtc, "notify::ice-connection-state", G_CALLBACK (connection_state_cb), self->inbox);
  gst_bus_set_sync_handler (bus, bus_message_cb, fr_webrtc_inbox_ref (self->inbox),
                            (GDestroyNotify) fr_webrtc_inbox_unref);
}

/**
 * fr_peer_connection_new:
 * @config: where to look for ways
 * @inbox: where everything is posted
 * @error: return location for %FR_WEBRTC_ERROR_INTERNAL
 *
 * Makes a webrtcbin, and has it running. GStreamer must be initialised.
 *
 * Returns: (transfer full) (nullable): a peer connection; %NULL where GStreamer's plugins are not installed
 */
FrPeerConnection *
fr_peer_connection_new (const FrWebrtcConfig *config, FrWebrtcInbox *inbox, GError **error)
{
  GstElement *webrtc = gst_element_factory_make ("webrtcbin", NULL);
  FrPeerConnection *self;

  if (webrtc == NULL)
    {
      g_set_error_literal (error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_INTERNAL,
                           "GStreamer's WebRTC plugin is not installed");
      return NULL;
    }
  self = g_new0 (FrPeerConnection, 1);
  self->pipeline = fr_pipeline_new ();
  self->webrtc = webrtc;
  self->inbox = fr_webrtc_inbox_ref (inbox);
  self->promises = g_ptr_array_new_with_free_func ((GDestroyNotify) gst_promise_unref);
  gst_util_set_object_arg (G_OBJECT (webrtc), "bundle-policy", "max-bundle");
  gst_bin_add (GST_BIN (self->pipeline), webrtc);
  configure_ice (webrtc, config);
  connect_signals (self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return self;
}

/**
 * fr_peer_connection_tear_down:
 * @self: (transfer full): a peer connection
 *
 * Ends it, in another thread; %FR_WEBRTC_EVENT_TORN_DOWN is posted when it is gone.
 */
void
fr_peer_connection_tear_down (FrPeerConnection *self)
{
  g_autoptr (GThread) thread = g_thread_try_new ("webrtc-end", tear_down_thread, self, NULL);

  if (thread == NULL)
    tear_down_thread (self);
}

static GstPromise *
request_new (FrPeerConnection *self, const char *field, FrWebrtcEventType when_refused)
{
  Request *request = g_new (Request, 1);
  GstPromise *promise;

  *request = (Request) { fr_webrtc_inbox_ref (self->inbox), field, when_refused };
  promise = gst_promise_new_with_change_func (request_replied_cb, request, request_free);
  g_ptr_array_add (self->promises, promise);
  return promise;
}

/**
 * fr_peer_connection_create_description:
 * @self: a peer connection with a channel, or with the peer's offer
 * @is_offer: whether to make an offer, or an answer
 *
 * Makes our description, which is posted as %FR_WEBRTC_EVENT_LOCAL_DESCRIPTION.
 */
void
fr_peer_connection_create_description (FrPeerConnection *self, gboolean is_offer)
{
  if (is_offer)
    g_signal_emit_by_name (self->webrtc, "create-offer", NULL, request_new (self, "offer", FR_WEBRTC_EVENT_BROKEN));
  else
    g_signal_emit_by_name (self->webrtc, "create-answer", NULL, request_new (self, "answer", FR_WEBRTC_EVENT_REFUSED));
}

static void
apply (FrPeerConnection *self, const char *signal, gboolean is_offer, const char *sdp, FrWebrtcEventType when_refused)
{
  GstSDPMessage *message = NULL;
  g_autoptr (GstWebRTCSessionDescription) description = NULL;

  gst_sdp_message_new_from_text (sdp, &message);
  description = gst_webrtc_session_description_new (is_offer ? GST_WEBRTC_SDP_TYPE_OFFER : GST_WEBRTC_SDP_TYPE_ANSWER,
                                                    message);
  g_signal_emit_by_name (self->webrtc, signal, description, request_new (self, NULL, when_refused));
}

/**
 * fr_peer_connection_apply_local:
 * @self: a peer connection
 * @is_offer: what it is
 * @sdp: the description that fr_peer_connection_create_description() made
 *
 * Puts our description in force: from now on candidates are found, and posted.
 */
void
fr_peer_connection_apply_local (FrPeerConnection *self, gboolean is_offer, const char *sdp)
{
  apply (self, "set-local-description", is_offer, sdp, FR_WEBRTC_EVENT_BROKEN);
}

/**
 * fr_peer_connection_apply_remote:
 * @self: a peer connection
 * @is_offer: what it is
 * @sdp: the peer's description, as fr_description_to_sdp() writes it
 *
 * Takes the peer's description.
 */
void
fr_peer_connection_apply_remote (FrPeerConnection *self, gboolean is_offer, const char *sdp)
{
  apply (self, "set-remote-description", is_offer, sdp, FR_WEBRTC_EVENT_REFUSED);
}

/**
 * fr_peer_connection_add_candidate:
 * @self: a peer connection to which a description was given
 * @mline: the section
 * @candidate: an address of the peer, checked
 *
 * Takes a candidate of the peer.
 */
void
fr_peer_connection_add_candidate (FrPeerConnection *self, guint mline, const char *candidate)
{
  g_signal_emit_by_name (self->webrtc, "add-ice-candidate", mline, candidate);
}

/**
 * fr_peer_connection_create_channel:
 * @self: a peer connection
 * @label: what the channel is for
 *
 * Returns: (transfer full) (nullable): an ordered, reliable channel that is not open yet
 */
GstWebRTCDataChannel *
fr_peer_connection_create_channel (FrPeerConnection *self, const char *label)
{
  GstWebRTCDataChannel *channel = NULL;

  g_signal_emit_by_name (self->webrtc, "create-data-channel", label, NULL, &channel);
  return channel;
}

/**
 * fr_certificate_hash_pem:
 * @pem: (nullable): a certificate in PEM (RFC 7468)
 * @out_hash: (out caller-allocates): the SHA-256 of its DER; untouched on failure
 *
 * Returns: whether there was a certificate
 */
gboolean
fr_certificate_hash_pem (const char *pem, guint8 out_hash[FR_CERTIFICATE_HASH_SIZE])
{
  static const char begin[] = "-----BEGIN CERTIFICATE-----";
  static const char end[] = "-----END CERTIFICATE-----";
  const char *from = pem != NULL ? strstr (pem, begin) : NULL;
  const char *to = from != NULL ? strstr (from, end) : NULL;
  g_autoptr (GChecksum) checksum = NULL;
  g_autofree char *base64 = NULL;
  g_autofree guint8 *der = NULL;
  gsize size = 0, hash_size = FR_CERTIFICATE_HASH_SIZE;

  if (to == NULL)
    return FALSE;
  from += strlen (begin);
  base64 = g_strndup (from, (gsize) (to - from));
  der = g_base64_decode (base64, &size);
  if (size == 0)
    return FALSE;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, der, (gssize) size);
  g_checksum_get_digest (checksum, out_hash, &hash_size);
  return TRUE;
}

/**
 * fr_peer_connection_get_certificates:
 * @self: a peer connection with an open channel
 * @out_local: (out caller-allocates): the SHA-256 of our certificate
 * @out_remote: (out caller-allocates): the SHA-256 of the peer's
 *
 * Tells which certificates DTLS used, which webrtcbin 1.22 does not compare with the descriptions. Reading them from
 * within a channel's signal hangs.
 *
 * Returns: %FALSE if there are none yet
 */
gboolean
fr_peer_connection_get_certificates (FrPeerConnection *self,
                                     guint8 out_local[FR_CERTIFICATE_HASH_SIZE],
                                     guint8 out_remote[FR_CERTIFICATE_HASH_SIZE])
{
  g_autoptr (GObject) sctp = NULL;
  g_autoptr (GObject) dtls = NULL;
  g_autofree char *local = NULL;
  g_autofree char *remote = NULL;

  g_object_get (self->webrtc, "sctp-transport", &sctp, NULL);
  if (sctp != NULL)
    g_object_get (sctp, "transport", &dtls, NULL);
  if (dtls != NULL)
    g_object_get (dtls, "certificate", &local, "remote-certificate", &remote, NULL);
  return fr_certificate_hash_pem (local, out_local) && fr_certificate_hash_pem (remote, out_remote);
}

/**
 * fr_peer_connection_widen_sockets:
 * @self: a peer connection that has found its way
 *
 * Asks the kernel for room for a whole window of SCTP in each UDP socket, as far as it allows. With the usual room a
 * reader that is late by a millisecond loses the end of a burst, and SCTP waits a second before it sends that again
 * (RFC 9260, 15: RTO.Initial and RTO.Min).
 */
void
fr_peer_connection_widen_sockets (FrPeerConnection *self)
{
  g_autoptr (GObject) ice = NULL;
  g_autoptr (GObject) agent = NULL;
  g_autoptr (GPtrArray) sockets = NULL;

  g_object_get (self->webrtc, "ice-agent", &ice, NULL);
  g_object_get (ice, "agent", &agent, NULL);
  sockets = nice_agent_get_sockets (NICE_AGENT (agent), 1, NICE_COMPONENT_TYPE_RTP);
  for (guint i = 0; sockets != NULL && i < sockets->len; i++)
    {
      g_socket_set_option (sockets->pdata[i], SOL_SOCKET, SO_RCVBUF, SOCKET_ROOM, NULL);
      g_socket_set_option (sockets->pdata[i], SOL_SOCKET, SO_SNDBUF, SOCKET_ROOM, NULL);
    }
}

/**
 * fr_peer_connection_get_route:
 * @self: a peer connection
 *
 * Returns: (transfer none) (nullable): the kind of way that was found: "relay" if either end uses a relay, "srflx" if
 *   either is behind a router, else "host"
 */
const char *
fr_peer_connection_get_route (FrPeerConnection *self)
{
  g_autoptr (GObject) ice = NULL;
  g_autoptr (GObject) agent = NULL;
  NiceCandidate *local, *remote;

  g_object_get (self->webrtc, "ice-agent", &ice, NULL);
  g_object_get (ice, "agent", &agent, NULL);
  /* With everything in one bundle there is one stream, with one component. */
  if (!nice_agent_get_selected_pair (NICE_AGENT (agent), 1, NICE_COMPONENT_TYPE_RTP, &local, &remote))
    return NULL;
  if (local->type == NICE_CANDIDATE_TYPE_RELAYED || remote->type == NICE_CANDIDATE_TYPE_RELAYED)
    return "relay";
  if (local->type != NICE_CANDIDATE_TYPE_HOST || remote->type != NICE_CANDIDATE_TYPE_HOST)
    return "srflx";
  return "host";
}
