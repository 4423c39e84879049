/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-session-private.h"

/* --- Negotiation ------------------------------------------------------------------------------------------------- */

static gboolean
deadline_cb (gpointer data)
{
  g_autoptr (FrWebrtcSession) self = g_object_ref (data);

  fr_negotiation_tick (self->negotiation, g_get_monotonic_time ());
  fr_webrtc_session_pump (self);
  return G_SOURCE_REMOVE;
}

static void
update_deadline (FrWebrtcSession *self)
{
  gint64 deadline_us = fr_negotiation_next_deadline (self->negotiation);
  gint64 left_us = deadline_us - g_get_monotonic_time ();

  fr_webrtc_session_clear_source (&self->deadline);
  if (deadline_us != G_MAXINT64)
    self->deadline = fr_webrtc_session_add_timeout (self, (guint) (MAX (left_us, 0) / 1000 + 1), deadline_cb);
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
      g_signal_emit_by_name (self, "local-description", action->text);
      break;
    case FR_NEGOTIATION_SEND_CANDIDATE:
      g_signal_emit_by_name (self, "local-candidate", action->mline, action->text);
      break;
    case FR_NEGOTIATION_GIVE_UP:
      fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_TIMEOUT, "The peer could not be reached in time");
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Does what the negotiation asks for. A handler may end the session, and with it the negotiation. */
void
fr_webrtc_session_pump (FrWebrtcSession *self)
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

FrWebrtcChannel *
fr_webrtc_session_create_channel (FrWebrtcSession *self, const char *label)
{
  g_autoptr (GstWebRTCDataChannel) data_channel = NULL;

  if (!count_channel (self))
    return NULL;
  data_channel = fr_peer_connection_create_channel (self->connection, label);
  return data_channel != NULL ? add_channel (self, label, data_channel) : NULL;
}

gboolean
fr_webrtc_session_is_label (const char *label)
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
  if (fr_webrtc_session_is_label (label) && fr_webrtc_session_get_channel (self, label) == NULL)
    return add_channel (self, label, data_channel);
  fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_TOO_MANY_CHANNELS, "The peer opened a channel that it must not");
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
    fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_INTERNAL, "The certificates in use cannot be read");
  return self->has_certificates;
}

static void
channel_opened (FrWebrtcSession *self, GstWebRTCDataChannel *data_channel)
{
  FrWebrtcChannel *known = find_channel (self, data_channel), *found;
  g_autoptr (FrWebrtcChannel) channel = NULL;

  if (fr_webrtc_session_is_parting (self)) /* which waits for those that are closing, and for no other */
    return;
  found = known != NULL ? known : adopt_channel (self, data_channel);
  g_set_object (&channel, found);
  if (channel == NULL || !read_certificates (self))
    return;
  fr_channel_emit_opened (FR_CHANNEL (channel));
  if (known == NULL)
    g_signal_emit_by_name (self, "channel", channel);
  if (!self->ended && g_str_equal (fr_channel_get_label (FR_CHANNEL (channel)), FR_WEBRTC_CONTROL)
      && fr_negotiation_opened (self->negotiation))
    {
      fr_peer_connection_widen_sockets (self->connection);
      fr_webrtc_session_set_state (self, FR_WEBRTC_STATE_OPEN);
    }
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
  if (fr_webrtc_session_is_parting (self) && self->channels->len == 0)
    fr_webrtc_session_linger (self);
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

void
fr_webrtc_session_event_cb (const FrWebrtcEvent *event, gpointer session)
{
  g_autoptr (FrWebrtcSession) self = g_object_ref (session);

  switch (event->type)
    {
    case FR_WEBRTC_EVENT_LOCAL_DESCRIPTION:
      fr_peer_connection_apply_local (self->connection, self->role == FR_WEBRTC_ROLE_DIALLER, event->text);
      fr_negotiation_local_description (self->negotiation, event->text, g_get_monotonic_time ());
      fr_webrtc_session_pump (self);
      break;
    case FR_WEBRTC_EVENT_LOCAL_CANDIDATE:
      fr_negotiation_local_candidate (self->negotiation, event->number, event->text);
      fr_webrtc_session_pump (self);
      break;
    case FR_WEBRTC_EVENT_CHANNEL_ARRIVED:
      if (!count_channel (self))
        fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_TOO_MANY_CHANNELS, "The peer opened too many channels");
      break;
    case FR_WEBRTC_EVENT_CHANNEL_OPENED:
      channel_opened (self, event->channel);
      fr_webrtc_session_pump (self);
      break;
    case FR_WEBRTC_EVENT_CHANNEL_MESSAGE:
    case FR_WEBRTC_EVENT_CHANNEL_DRAINED:
    case FR_WEBRTC_EVENT_CHANNEL_CLOSED:
      channel_event (self, event);
      break;
    case FR_WEBRTC_EVENT_REFUSED:
      fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_SDP, event->text);
      break;
    case FR_WEBRTC_EVENT_UNREACHABLE:
      fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_ICE_FAILED, "There is no way to the peer");
      break;
    case FR_WEBRTC_EVENT_BROKEN:
      fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_INTERNAL, event->text);
      break;
    case FR_WEBRTC_EVENT_FLOODED:
      fr_webrtc_session_fail (self, FR_WEBRTC_ERROR_FLOODED, "The peer sends faster than this computer can deal with");
      break;
    case FR_WEBRTC_EVENT_TORN_DOWN:
      fr_webrtc_session_torn_down (self);
      break;
    default:
      g_assert_not_reached ();
    }
}
