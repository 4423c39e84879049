/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-session-private.h"

/* It is over, and channels may be open still. */
gboolean
fr_webrtc_session_is_parting (FrWebrtcSession *self)
{
  return !self->ended && (self->state == FR_WEBRTC_STATE_CLOSED || self->state == FR_WEBRTC_STATE_FAILED);
}

/* The session keeps itself until all is gone, so that its owner need not. */
static void
keep_until_closed (FrWebrtcSession *self)
{
  if (!self->kept)
    g_object_ref (self);
  self->kept = TRUE;
}

void
fr_webrtc_session_begin_tear_down (FrWebrtcSession *self)
{
  if (self->ended)
    return;
  self->ended = TRUE;
  fr_webrtc_session_clear_source (&self->deadline);
  fr_webrtc_session_clear_source (&self->linger);
  fr_negotiation_close (self->negotiation);
  fr_webrtc_inbox_finish (self->inbox);
  keep_until_closed (self);
  if (self->connection != NULL)
    fr_peer_connection_tear_down (g_steal_pointer (&self->connection));
  else
    fr_webrtc_inbox_post (self->inbox, FR_WEBRTC_EVENT_TORN_DOWN, NULL, NULL);
}

void
fr_webrtc_session_end_channels (FrWebrtcSession *self)
{
  while (self->channels->len > 0)
    {
      g_autoptr (FrChannel) channel = g_ptr_array_steal_index (self->channels, self->channels->len - 1);

      fr_channel_emit_closed (channel);
    }
}

void
fr_webrtc_session_torn_down (FrWebrtcSession *self)
{
  fr_webrtc_session_end_channels (self);
  g_signal_emit_by_name (self, "closed");
  fr_webrtc_inbox_detach (self->inbox);
  g_object_unref (self);
}

/* Their ends are some hundred milliseconds away, with a peer that answers or without. Of a flooded session they are not
 * heard, as nothing is. */
void
fr_webrtc_session_close_channels (FrWebrtcSession *self)
{
  keep_until_closed (self);
  fr_negotiation_close (self->negotiation);
  fr_webrtc_session_clear_source (&self->deadline);
  if (g_error_matches (self->error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_FLOODED))
    {
      fr_webrtc_session_linger (self);
      return;
    }
  for (guint i = 0; i < self->channels->len; i++)
    fr_channel_close (g_ptr_array_index (self->channels, i));
  if (self->channels->len == 0)
    fr_webrtc_session_linger (self);
}

/* The network is there, and so are the peer's first channels: the owner may say a last word when the state changes. */
static gboolean
can_part (FrWebrtcSession *self, FrWebrtcError code)
{
  return self->state == FR_WEBRTC_STATE_OPEN
         && (code == FR_WEBRTC_ERROR_TOO_MANY_CHANNELS || code == FR_WEBRTC_ERROR_FLOODED);
}

/* Mostly without a word to the peer: what it did, or how the network is, leaves none. A second fault, while the first is
 * being parted for, ends all at once. */
void
fr_webrtc_session_fail (FrWebrtcSession *self, FrWebrtcError code, const char *message)
{
  gboolean parts = can_part (self, code);

  if (self->ended)
    return;
  if (fr_webrtc_session_is_parting (self))
    {
      fr_webrtc_session_begin_tear_down (self);
      return;
    }
  g_set_error_literal (&self->error, FR_WEBRTC_ERROR, code, message);
  if (!parts)
    fr_webrtc_session_begin_tear_down (self);
  fr_webrtc_session_set_state (self, FR_WEBRTC_STATE_FAILED);
  if (parts)
    fr_webrtc_session_close_channels (self);
  else
    fr_webrtc_session_end_channels (self);
}

static gboolean
linger_cb (gpointer data)
{
  fr_webrtc_session_begin_tear_down (data);
  return G_SOURCE_REMOVE;
}

/* Our last packet, which tells the peer that its channel is closed, is lost if everything stops at once. */
void
fr_webrtc_session_linger (FrWebrtcSession *self)
{
  if (!self->ended && self->linger == NULL)
    self->linger = fr_webrtc_session_add_timeout (self, FR_WEBRTC_LINGER_MS, linger_cb);
}
