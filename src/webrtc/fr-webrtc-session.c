/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-session.h"

#include "fr-webrtc-session-private.h"

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

gboolean
fr_webrtc_session_set_state (FrWebrtcSession *self, FrWebrtcState to)
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

void
fr_webrtc_session_clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

GSource *
fr_webrtc_session_add_timeout (FrWebrtcSession *self, guint ms, GSourceFunc callback)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
  return source;
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

  fr_webrtc_session_clear_source (&self->deadline);
  fr_webrtc_session_clear_source (&self->linger);
  fr_webrtc_session_end_channels (self);
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
  self->inbox = fr_webrtc_inbox_new (fr_webrtc_session_event_cb, self);
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
      fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_INTERNAL, "GStreamer cannot be started");
      return FALSE;
    }
  self->connection = fr_peer_connection_new (&self->config, self->inbox, &error);
  if (self->connection == NULL)
    {
      fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_INTERNAL, error->message);
      return FALSE;
    }
  return fr_webrtc_session_set_state (self, FR_WEBRTC_STATE_CONNECTING);
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
  if (fr_webrtc_session_create_channel (self, FR_WEBRTC_CONTROL) == NULL)
    {
      fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_INTERNAL, "No channel can be made");
      return;
    }
  fr_negotiation_start (self->negotiation, g_get_monotonic_time ());
  fr_webrtc_session_pump (self);
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
  fr_webrtc_session_pump (self);
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
  fr_webrtc_session_pump (self);
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
  g_return_val_if_fail (fr_webrtc_session_is_label (label), NULL);
  g_return_val_if_fail (fr_webrtc_session_get_channel (self, label) == NULL, NULL);

  if (self->state != FR_WEBRTC_STATE_OPEN)
    return NULL;
  channel = fr_webrtc_session_create_channel (self, label);
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
  if (!fr_webrtc_session_set_state (self, FR_WEBRTC_STATE_CLOSED))
    return;
  if (self->has_certificates)
    fr_webrtc_session_close_channels (self);
  else
    fr_webrtc_session_begin_tear_down (self);
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
