/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-session.h"

#include "fr-negotiation.h"
#include "fr-peer-connection.h"
#include "fr-webrtc-channel.h"
#include "fr-webrtc-inbox.h"

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
  guint kept : 1;
  guint ended : 1; /* the tear-down has begun */
};

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS,
};

enum
{
  SIGNAL_LOCAL_DESCRIPTION,
  SIGNAL_LOCAL_CANDIDATE,
  SIGNAL_CHANNEL,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_QUARK (fr-webrtc-error-quark, fr_webrtc_error)
G_DEFINE_ENUM_TYPE (FrWebrtcState, fr_webrtc_state,
                    G_DEFINE_ENUM_VALUE (FR_WEBRTC_STATE_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (FR_WEBRTC_STATE_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (FR_WEBRTC_STATE_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (FR_WEBRTC_STATE_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (FR_WEBRTC_STATE_CLOSED, "closed"))
G_DEFINE_FINAL_TYPE (FrWebrtcSession, fr_webrtc_session, G_TYPE_OBJECT)

static const struct
{
  FrWebrtcState from;
  FrWebrtcState to;
} edges[] = {
  { FR_WEBRTC_STATE_NEW, FR_WEBRTC_STATE_CONNECTING },
  { FR_WEBRTC_STATE_NEW, FR_WEBRTC_STATE_FAILED },
  { FR_WEBRTC_STATE_NEW, FR_WEBRTC_STATE_CLOSED },
  { FR_WEBRTC_STATE_CONNECTING, FR_WEBRTC_STATE_OPEN },
  { FR_WEBRTC_STATE_CONNECTING, FR_WEBRTC_STATE_FAILED },
  { FR_WEBRTC_STATE_CONNECTING, FR_WEBRTC_STATE_CLOSED },
  { FR_WEBRTC_STATE_OPEN, FR_WEBRTC_STATE_FAILED },
  { FR_WEBRTC_STATE_OPEN, FR_WEBRTC_STATE_CLOSED },
};

static gboolean
set_state (FrWebrtcSession *self, FrWebrtcState to)
{
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    if (edges[i].from == self->state && edges[i].to == to)
      {
        g_debug ("session %p: state %d -> %d", (void *) self, self->state, to);
        self->state = to;
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
        return TRUE;
      }
  return FALSE;
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
add_timeout (FrWebrtcSession *self, guint ms, GSourceFunc callback)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

/* --- The end ----------------------------------------------------------------------------------------------------- */

/* The session keeps itself until all is gone, so that its owner need not. */
static void
keep_until_closed (FrWebrtcSession *self)
{
  if (!self->kept)
    g_object_ref (self);
  self->kept = TRUE;
}

static void
begin_tear_down (FrWebrtcSession *self)
{
  if (self->ended)
    return;
  self->ended = TRUE;
  clear_source (&self->deadline);
  clear_source (&self->linger);
  fr_negotiation_close (self->negotiation);
  fr_webrtc_inbox_finish (self->inbox);
  keep_until_closed (self);
  if (self->connection != NULL)
    fr_peer_connection_tear_down (g_steal_pointer (&self->connection));
  else
    fr_webrtc_inbox_post (self->inbox, FR_WEBRTC_EVENT_TORN_DOWN, NULL, NULL);
}

static void
end_channels (FrWebrtcSession *self)
{
  while (self->channels->len > 0)
    {
      g_autoptr (FrChannel) channel = g_ptr_array_steal_index (self->channels, self->channels->len - 1);

      fr_channel_emit_closed (channel);
    }
}

static void
torn_down (FrWebrtcSession *self)
{
  end_channels (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
  fr_webrtc_inbox_detach (self->inbox);
  g_object_unref (self);
}

/* No word to the peer: what it did, or how the network is, leaves none. */
static void
fail (FrWebrtcSession *self, FrWebrtcError code, const char *message)
{
  if (self->ended)
    return;
  if (self->state == FR_WEBRTC_STATE_CLOSED)
    {
      begin_tear_down (self);
      return;
    }
  g_set_error_literal (&self->error, FR_WEBRTC_ERROR, code, message);
  begin_tear_down (self);
  set_state (self, FR_WEBRTC_STATE_FAILED);
  end_channels (self);
}

static gboolean
linger_cb (gpointer data)
{
  begin_tear_down (data);
  return G_SOURCE_REMOVE;
}

/* Our last packet, which tells the peer that its channel is closed, is lost if everything stops at once. */
static void
linger (FrWebrtcSession *self)
{
  if (!self->ended && self->linger == NULL)
    self->linger = add_timeout (self, FR_WEBRTC_LINGER_MS, linger_cb);
}

/* --- Negotiation ------------------------------------------------------------------------------------------------- */

static void pump (FrWebrtcSession *self);

static gboolean
deadline_cb (gpointer data)
{
  g_autoptr (FrWebrtcSession) self = g_object_ref (data);

  fr_negotiation_tick (self->negotiation, g_get_monotonic_time ());
  pump (self);
  return G_SOURCE_REMOVE;
}

static void
update_deadline (FrWebrtcSession *self)
{
  gint64 deadline_us = fr_negotiation_next_deadline (self->negotiation);
  gint64 left_us = deadline_us - g_get_monotonic_time ();

  clear_source (&self->deadline);
  if (deadline_us != G_MAXINT64)
    self->deadline = add_timeout (self, (guint) (MAX (left_us, 0) / 1000 + 1), deadline_cb);
}

static void
act (FrWebrtcSession *self, const FrNegotiationAction *action)
{
  switch (action->type)
    {
    case FR_NEGOTIATION_CREATE_OFFER:
      fr_peer_connection_create_description (self->connection, TRUE);
      break;
    case FR_NEGOTIATION_CREATE_ANSWER:
      fr_peer_connection_create_description (self->connection, FALSE);
      break;
    case FR_NEGOTIATION_APPLY_DESCRIPTION:
      fr_peer_connection_apply_remote (self->connection, self->role == FR_WEBRTC_ROLE_ANSWERER, action->text);
      break;
    case FR_NEGOTIATION_APPLY_CANDIDATE:
      fr_peer_connection_add_candidate (self->connection, action->mline, action->text);
      break;
    case FR_NEGOTIATION_SEND_DESCRIPTION:
      g_signal_emit (self, signals[SIGNAL_LOCAL_DESCRIPTION], 0, action->text);
      break;
    case FR_NEGOTIATION_SEND_CANDIDATE:
      g_signal_emit (self, signals[SIGNAL_LOCAL_CANDIDATE], 0, action->mline, action->text);
      break;
    case FR_NEGOTIATION_GIVE_UP:
      fail (self, FR_WEBRTC_ERROR_TIMEOUT, "The peer could not be reached in time");
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Does what the negotiation asks for. A handler may end the session, and with it the negotiation. */
static void
pump (FrWebrtcSession *self)
{
  while (TRUE)
    {
      g_auto (FrNegotiationAction) action = { 0 };

      if (!fr_negotiation_next_action (self->negotiation, &action))
        break;
      act (self, &action);
    }
  if (!self->ended)
    update_deadline (self);
}

/* --- Channels ---------------------------------------------------------------------------------------------------- */

static FrWebrtcChannel *
find_channel (FrWebrtcSession *self, GstWebRTCDataChannel *channel)
{
  for (guint i = 0; i < self->channels->len; i++)
    if (fr_webrtc_channel_wraps (g_ptr_array_index (self->channels, i), channel))
      return g_ptr_array_index (self->channels, i);
  return NULL;
}

/* Takes a place first: a peer may have 512 channels open, of two threads each, before anyone looks at one. */
static gboolean
count_channel (FrWebrtcSession *self)
{
  if (self->n_channels >= FR_WEBRTC_MAX_CHANNELS)
    return FALSE;
  self->n_channels++;
  return TRUE;
}

static FrWebrtcChannel *
add_channel (FrWebrtcSession *self, const char *label, GstWebRTCDataChannel *data_channel)
{
  FrWebrtcChannel *channel = fr_webrtc_channel_new (label, data_channel, self->inbox);

  g_ptr_array_add (self->channels, channel);
  return channel;
}

static FrWebrtcChannel *
create_channel (FrWebrtcSession *self, const char *label)
{
  g_autoptr (GstWebRTCDataChannel) data_channel = NULL;

  if (!count_channel (self))
    return NULL;
  data_channel = fr_peer_connection_create_channel (self->connection, label);
  return data_channel != NULL ? add_channel (self, label, data_channel) : NULL;
}

static gboolean
is_label (const char *label)
{
  gsize size = label != NULL ? strnlen (label, FR_WEBRTC_LABEL_MAX_BYTES + 1) : 0;

  return size > 0 && size <= FR_WEBRTC_LABEL_MAX_BYTES && g_utf8_validate (label, (gssize) size, NULL);
}

/* A channel of the peer's has opened: now it has a label, which must be a new one. */
static FrWebrtcChannel *
adopt_channel (FrWebrtcSession *self, GstWebRTCDataChannel *data_channel)
{
  g_autofree char *label = NULL;

  g_object_get (data_channel, "label", &label, NULL);
  if (is_label (label) && fr_webrtc_session_get_channel (self, label) == NULL)
    return add_channel (self, label, data_channel);
  fail (self, FR_WEBRTC_ERROR_TOO_MANY_CHANNELS, "The peer opened a channel that it must not");
  return NULL;
}

/* The certificates are read before anyone hears that the session is open, because Hello signs them. */
static gboolean
read_certificates (FrWebrtcSession *self)
{
  if (!self->has_certificates)
    self->has_certificates
        = fr_peer_connection_get_certificates (self->connection, self->local_hash, self->remote_hash);
  if (!self->has_certificates)
    fail (self, FR_WEBRTC_ERROR_INTERNAL, "The certificates in use cannot be read");
  return self->has_certificates;
}

static void
channel_opened (FrWebrtcSession *self, GstWebRTCDataChannel *data_channel)
{
  FrWebrtcChannel *known = find_channel (self, data_channel);
  FrWebrtcChannel *found = known != NULL ? known : adopt_channel (self, data_channel);
  g_autoptr (FrWebrtcChannel) channel = NULL;

  g_set_object (&channel, found);
  if (channel == NULL || !read_certificates (self))
    return;
  fr_channel_emit_opened (FR_CHANNEL (channel));
  if (known == NULL)
    g_signal_emit (self, signals[SIGNAL_CHANNEL], 0, channel);
  if (!self->ended && g_str_equal (fr_channel_get_label (FR_CHANNEL (channel)), FR_WEBRTC_CONTROL)
      && fr_negotiation_opened (self->negotiation))
    set_state (self, FR_WEBRTC_STATE_OPEN);
}

/* Without its control channel a session is of no use to anyone. It keeps its place all the same: a peer that opens and
 * closes channels without end is none of ours. */
static void
channel_closed (FrWebrtcSession *self, FrWebrtcChannel *channel)
{
  g_ptr_array_remove (self->channels, channel);
  fr_channel_emit_closed (FR_CHANNEL (channel));
  if (g_str_equal (fr_channel_get_label (FR_CHANNEL (channel)), FR_WEBRTC_CONTROL))
    fr_webrtc_session_close (self);
  if (self->state == FR_WEBRTC_STATE_CLOSED && self->channels->len == 0)
    linger (self);
}

/* --- What comes in ----------------------------------------------------------------------------------------------- */

static void
channel_event (FrWebrtcSession *self, const FrWebrtcEvent *event)
{
  g_autoptr (FrWebrtcChannel) channel = NULL;

  g_set_object (&channel, find_channel (self, event->channel));
  if (channel == NULL)
    return;
  if (event->type == FR_WEBRTC_EVENT_CHANNEL_MESSAGE)
    fr_channel_emit_message (FR_CHANNEL (channel), event->message);
  else if (event->type == FR_WEBRTC_EVENT_CHANNEL_DRAINED)
    fr_channel_emit_drained (FR_CHANNEL (channel));
  else
    channel_closed (self, channel);
}

static void
inbox_event_cb (const FrWebrtcEvent *event, gpointer owner)
{
  g_autoptr (FrWebrtcSession) self = g_object_ref (owner);

  switch (event->type)
    {
    case FR_WEBRTC_EVENT_LOCAL_DESCRIPTION:
      fr_peer_connection_apply_local (self->connection, self->role == FR_WEBRTC_ROLE_DIALLER, event->text);
      fr_negotiation_local_description (self->negotiation, event->text, g_get_monotonic_time ());
      pump (self);
      break;
    case FR_WEBRTC_EVENT_LOCAL_CANDIDATE:
      fr_negotiation_local_candidate (self->negotiation, event->number, event->text);
      pump (self);
      break;
    case FR_WEBRTC_EVENT_CHANNEL_ARRIVED:
      if (!count_channel (self))
        fail (self, FR_WEBRTC_ERROR_TOO_MANY_CHANNELS, "The peer opened too many channels");
      break;
    case FR_WEBRTC_EVENT_CHANNEL_OPENED:
      channel_opened (self, event->channel);
      pump (self);
      break;
    case FR_WEBRTC_EVENT_CHANNEL_MESSAGE:
    case FR_WEBRTC_EVENT_CHANNEL_DRAINED:
    case FR_WEBRTC_EVENT_CHANNEL_CLOSED:
      channel_event (self, event);
      break;
    case FR_WEBRTC_EVENT_REFUSED:
      fail (self, FR_WEBRTC_ERROR_SDP, event->text);
      break;
    case FR_WEBRTC_EVENT_UNREACHABLE:
      fail (self, FR_WEBRTC_ERROR_ICE_FAILED, "No way to the peer was found, or there is none any more");
      break;
    case FR_WEBRTC_EVENT_BROKEN:
      fail (self, FR_WEBRTC_ERROR_INTERNAL, event->text);
      break;
    case FR_WEBRTC_EVENT_FLOODED:
      fail (self, FR_WEBRTC_ERROR_FLOODED, "The peer sends faster than this computer can deal with");
      break;
    case FR_WEBRTC_EVENT_TORN_DOWN:
      torn_down (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* --- The object -------------------------------------------------------------------------------------------------- */

static void
fr_webrtc_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_enum (value, FR_WEBRTC_SESSION (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* The last owner may go without a word: then there is nobody to tell, but nothing must be left behind either. */
static void
fr_webrtc_session_dispose (GObject *object)
{
  FrWebrtcSession *self = FR_WEBRTC_SESSION (object);

  clear_source (&self->deadline);
  clear_source (&self->linger);
  end_channels (self);
  if (self->inbox != NULL)
    fr_webrtc_inbox_detach (self->inbox);
  g_clear_pointer (&self->connection, fr_peer_connection_tear_down);
  g_clear_pointer (&self->inbox, fr_webrtc_inbox_unref);
  G_OBJECT_CLASS (fr_webrtc_session_parent_class)->dispose (object);
}

static void
fr_webrtc_session_finalize (GObject *object)
{
  FrWebrtcSession *self = FR_WEBRTC_SESSION (object);

  g_clear_pointer (&self->context, g_main_context_unref);
  fr_webrtc_config_clear (&self->config);
  g_clear_pointer (&self->negotiation, fr_negotiation_free);
  g_clear_pointer (&self->remote, fr_description_free);
  g_clear_pointer (&self->channels, g_ptr_array_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (fr_webrtc_session_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType first, GType second)
{
  return g_signal_new (name, FR_TYPE_WEBRTC_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_params, first, second);
}

static void
fr_webrtc_session_class_init (FrWebrtcSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_webrtc_session_get_property;
  object_class->dispose = fr_webrtc_session_dispose;
  object_class->finalize = fr_webrtc_session_finalize;

  /**
   * FrWebrtcSession:state:
   *
   * How far it is.
   */
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, FR_TYPE_WEBRTC_STATE, FR_WEBRTC_STATE_NEW,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_LOCAL_DESCRIPTION] = add_signal ("local-description", 1, G_TYPE_STRING, G_TYPE_NONE);
  signals[SIGNAL_LOCAL_CANDIDATE] = add_signal ("local-candidate", 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[SIGNAL_CHANNEL] = add_signal ("channel", 1, FR_TYPE_CHANNEL, G_TYPE_NONE);
  signals[SIGNAL_CLOSED] = add_signal ("closed", 0, G_TYPE_NONE, G_TYPE_NONE);
}

static void
fr_webrtc_session_init (FrWebrtcSession *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->channels = g_ptr_array_new_with_free_func (g_object_unref);
  self->inbox = fr_webrtc_inbox_new (inbox_event_cb, self);
}

/**
 * fr_webrtc_session_new:
 * @config: where to look for ways to the peer; copied
 * @role: which of the two makes the offer
 *
 * Makes a session, of which nothing runs yet.
 *
 * Returns: (transfer full): a session in the thread-default main context
 */
FrWebrtcSession *
fr_webrtc_session_new (const FrWebrtcConfig *config, FrWebrtcRole role)
{
  FrWebrtcSession *self;

  g_return_val_if_fail (config != NULL, NULL);

  self = g_object_new (FR_TYPE_WEBRTC_SESSION, NULL);
  fr_webrtc_config_copy (config, &self->config);
  self->role = role;
  self->negotiation = fr_negotiation_new (role == FR_WEBRTC_ROLE_DIALLER, (gint64) config->timeout_ms * 1000);
  return self;
}

/* Less than a millisecond once the plugins are loaded, so that it need not leave the owner's thread. */
static gboolean
connect_peer (FrWebrtcSession *self)
{
  g_autoptr (GError) error = NULL;

  if (!fr_webrtc_init ())
    {
      fail (self, FR_WEBRTC_ERROR_INTERNAL, "GStreamer cannot be started");
      return FALSE;
    }
  self->connection = fr_peer_connection_new (&self->config, self->inbox, &error);
  if (self->connection == NULL)
    {
      fail (self, FR_WEBRTC_ERROR_INTERNAL, error->message);
      return FALSE;
    }
  return set_state (self, FR_WEBRTC_STATE_CONNECTING);
}

/**
 * fr_webrtc_session_start:
 * @self: a session
 *
 * Has the dialler open the channel %FR_WEBRTC_CONTROL and make its offer, which comes with "local-description". The
 * other side does nothing until it is given one.
 */
void
fr_webrtc_session_start (FrWebrtcSession *self)
{
  g_autoptr (FrWebrtcSession) keep = NULL;

  g_return_if_fail (FR_IS_WEBRTC_SESSION (self));

  if (self->role != FR_WEBRTC_ROLE_DIALLER || self->state != FR_WEBRTC_STATE_NEW)
    return;
  g_set_object (&keep, self);
  if (!connect_peer (self) || self->ended)
    return;
  if (create_channel (self, FR_WEBRTC_CONTROL) == NULL)
    {
      fail (self, FR_WEBRTC_ERROR_INTERNAL, "No channel can be made");
      return;
    }
  fr_negotiation_start (self->negotiation, g_get_monotonic_time ());
  pump (self);
}

static gboolean
awaits_description (FrWebrtcSession *self)
{
  return self->role == FR_WEBRTC_ROLE_DIALLER
             ? fr_negotiation_get_state (self->negotiation) == FR_NEGOTIATION_OFFERED
             : self->state == FR_WEBRTC_STATE_NEW;
}

/**
 * fr_webrtc_session_set_remote_description:
 * @self: a session
 * @sdp: what the peer sent: an answer for the dialler, an offer for the other side
 * @error: return location for %FR_WEBRTC_ERROR_SDP, whose message is fr_description_fault_to_string(), or
 *   %FR_WEBRTC_ERROR_ORDER
 *
 * Takes the peer's description. One that is refused changes nothing: the right one may still come.
 *
 * Returns: %FALSE if it was refused
 */
gboolean
fr_webrtc_session_set_remote_description (FrWebrtcSession *self, const char *sdp, GError **error)
{
  g_autoptr (FrWebrtcSession) keep = NULL;
  g_autofree char *clean = NULL;
  FrDescriptionFault fault;

  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), FALSE);
  g_return_val_if_fail (sdp != NULL, FALSE);

  if (!awaits_description (self))
    {
      g_set_error_literal (error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_ORDER, "No description is awaited");
      return FALSE;
    }
  fault = fr_description_parse (sdp, self->role == FR_WEBRTC_ROLE_ANSWERER, &self->remote);
  if (fault != FR_DESCRIPTION_OK)
    {
      g_set_error_literal (error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_SDP, fr_description_fault_to_string (fault));
      return FALSE;
    }
  g_set_object (&keep, self);
  if (self->connection == NULL && (!connect_peer (self) || self->ended))
    return TRUE;
  clean = fr_description_to_sdp (self->remote);
  fr_negotiation_remote_description (self->negotiation, clean, g_get_monotonic_time ());
  for (const char *const *candidate = fr_description_get_candidates (self->remote); *candidate != NULL; candidate++)
    fr_negotiation_remote_candidate (self->negotiation, 0, *candidate);
  pump (self);
  return TRUE;
}

/**
 * fr_webrtc_session_add_remote_candidate:
 * @self: a session
 * @mline: the section it belongs to
 * @candidate: what the peer sent
 *
 * Takes a candidate of the peer, and keeps it until the description has come where that is late. What is malformed, a
 * name instead of an address, or one too many is ignored and counted.
 *
 * Returns: %FALSE if it was ignored
 */
gboolean
fr_webrtc_session_add_remote_candidate (FrWebrtcSession *self, guint mline, const char *candidate)
{
  gboolean taken;

  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), FALSE);
  g_return_val_if_fail (candidate != NULL, FALSE);

  taken = fr_negotiation_remote_candidate (self->negotiation, mline, candidate);
  pump (self);
  return taken;
}

/**
 * fr_webrtc_session_open_channel:
 * @self: an open session
 * @label: a name that no other channel of it has
 *
 * Opens another channel, as the dialler may.
 *
 * Returns: (transfer full) (nullable): a channel that is not open yet; %NULL if the session is not open, or already has
 *   %FR_WEBRTC_MAX_CHANNELS
 */
FrChannel *
fr_webrtc_session_open_channel (FrWebrtcSession *self, const char *label)
{
  FrWebrtcChannel *channel;

  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), NULL);
  g_return_val_if_fail (self->role == FR_WEBRTC_ROLE_DIALLER, NULL);
  g_return_val_if_fail (is_label (label) && fr_webrtc_session_get_channel (self, label) == NULL, NULL);

  if (self->state != FR_WEBRTC_STATE_OPEN)
    return NULL;
  channel = create_channel (self, label);
  return channel != NULL ? FR_CHANNEL (g_object_ref (channel)) : NULL;
}

/**
 * fr_webrtc_session_close:
 * @self: a session
 *
 * Closes the channels, gives their end up to half a second to reach the peer, and tears everything down without
 * blocking; "closed" follows. A second call does nothing. The session keeps itself until then, so that the caller may
 * let go of it at once.
 */
void
fr_webrtc_session_close (FrWebrtcSession *self)
{
  g_autoptr (FrWebrtcSession) keep = NULL;

  g_return_if_fail (FR_IS_WEBRTC_SESSION (self));

  g_set_object (&keep, self);
  if (!set_state (self, FR_WEBRTC_STATE_CLOSED))
    return;
  if (!self->has_certificates)
    {
      begin_tear_down (self);
      return;
    }
  keep_until_closed (self);
  fr_negotiation_close (self->negotiation);
  clear_source (&self->deadline);
  for (guint i = 0; i < self->channels->len; i++)
    fr_channel_close (g_ptr_array_index (self->channels, i));
  if (self->channels->len == 0)
    linger (self);
}

/**
 * fr_webrtc_session_get_role:
 * @self: a session
 *
 * Returns: which of the two makes the offer
 */
FrWebrtcRole
fr_webrtc_session_get_role (FrWebrtcSession *self)
{
  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), FR_WEBRTC_ROLE_DIALLER);
  return self->role;
}

/**
 * fr_webrtc_session_get_state:
 * @self: a session
 *
 * Returns: how far it is
 */
FrWebrtcState
fr_webrtc_session_get_state (FrWebrtcSession *self)
{
  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), FR_WEBRTC_STATE_CLOSED);
  return self->state;
}

/**
 * fr_webrtc_session_get_error:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): why it failed, if it did
 */
const GError *
fr_webrtc_session_get_error (FrWebrtcSession *self)
{
  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), NULL);
  return self->error;
}

/**
 * fr_webrtc_session_get_channel:
 * @self: a session
 * @label: a name
 *
 * Returns: (transfer none) (nullable): the channel of that name, unless it is closed
 */
FrChannel *
fr_webrtc_session_get_channel (FrWebrtcSession *self, const char *label)
{
  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), NULL);

  for (guint i = 0; i < self->channels->len; i++)
    if (g_strcmp0 (fr_channel_get_label (g_ptr_array_index (self->channels, i)), label) == 0)
      return g_ptr_array_index (self->channels, i);
  return NULL;
}

/**
 * fr_webrtc_session_get_certificates:
 * @self: a session that is, or was, open
 * @out_local: (out caller-allocates): the SHA-256 of the DER of our certificate
 * @out_remote: (out caller-allocates): the same of the peer's; untouched on failure, as is @out_local
 *
 * Tells between which certificates the session in fact is, whatever the descriptions said.
 *
 * Returns: %FALSE if the session was never open
 */
gboolean
fr_webrtc_session_get_certificates (FrWebrtcSession *self,
                                    guint8 out_local[FR_CERTIFICATE_HASH_SIZE],
                                    guint8 out_remote[FR_CERTIFICATE_HASH_SIZE])
{
  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), FALSE);

  if (!self->has_certificates)
    return FALSE;
  memcpy (out_local, self->local_hash, FR_CERTIFICATE_HASH_SIZE);
  memcpy (out_remote, self->remote_hash, FR_CERTIFICATE_HASH_SIZE);
  return TRUE;
}

/**
 * fr_webrtc_session_fingerprint_agrees:
 * @self: a session that is, or was, open
 *
 * Compares the peer's certificate with its description, as RFC 8122, 6.2, has it and webrtcbin 1.22 does not.
 *
 * Returns: whether the peer's description names the certificate that is in use
 */
gboolean
fr_webrtc_session_fingerprint_agrees (FrWebrtcSession *self)
{
  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), FALSE);
  return self->has_certificates && fr_description_has_fingerprint (self->remote, self->remote_hash);
}

/**
 * fr_webrtc_session_get_route:
 * @self: a session
 *
 * Returns: (transfer full) (nullable): the kind of way to the peer: "host", "srflx" (through a router) or "relay"
 */
char *
fr_webrtc_session_get_route (FrWebrtcSession *self)
{
  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), NULL);
  return self->connection != NULL ? g_strdup (fr_peer_connection_get_route (self->connection)) : NULL;
}

/**
 * fr_webrtc_session_get_n_ignored_candidates:
 * @self: a session
 *
 * Returns: how many of the peer's candidates were ignored
 */
guint
fr_webrtc_session_get_n_ignored_candidates (FrWebrtcSession *self)
{
  g_return_val_if_fail (FR_IS_WEBRTC_SESSION (self), 0);
  return fr_negotiation_get_n_ignored (self->negotiation);
}
