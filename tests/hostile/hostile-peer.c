/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hostile-peer.h"

#include <string.h>

#include "fr-test-support.h"

#define ROOM (512 * 1024) /* bytes that may wait to leave */
#define WAIT_S 15

typedef struct
{
  HostilePeer *peer;
  FrChannel *channel;
  Freshet__Frame__BodyCase body;
  guint64 n;
} Wanted;

/* What comes */

/* Who is dead is given up, and harms nobody. */
static void
answer_ping (HostilePeer *self, const Freshet__Ping *ping)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Pong pong = FRESHET__PONG__INIT;
  g_autoptr (GBytes) packed = NULL;

  pong.nonce = ping->nonce;
  frame.body_case = FRESHET__FRAME__BODY_PONG;
  frame.pong = &pong;
  packed = fr_frame_pack (&frame);
  fr_channel_send (self->control, packed, NULL);
}

static void
message_cb (FrChannel *channel, GBytes *message, gpointer data)
{
  HostilePeer *self = data;
  gsize size;
  const void *bytes = g_bytes_get_data (message, &size);
  Freshet__Frame *frame = NULL;

  if (fr_frame_parse (bytes, size, &frame) != FR_WIRE_OK)
    return;
  g_ptr_array_add (self->frames, frame);
  if (frame->body_case == FRESHET__FRAME__BODY_PING)
    answer_ping (self, frame->ping);
}

static void
piece_cb (FrChannel *channel, GBytes *message, gpointer data)
{
  HostilePeer *self = data;

  self->n_pieces++;
  self->n_bulk_bytes += g_bytes_get_size (message);
}

static void
state_cb (FrWebrtcSession *session, GParamSpec *pspec, gpointer data)
{
  HostilePeer *self = data;

  if (fr_webrtc_session_get_state (session) != FR_WEBRTC_STATE_OPEN || self->control != NULL)
    return;
  self->control = g_object_ref (fr_webrtc_session_get_channel (session, FR_WEBRTC_CONTROL));
  g_signal_connect (self->control, "message", G_CALLBACK (message_cb), self);
}

static void
closed_cb (FrWebrtcSession *session, gpointer data)
{
  ((HostilePeer *) data)->n_closed++;
}

/* What the rendezvous carries */

static void
description_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  HostilePeer *self = data;
  FrDialPurpose purpose = (FrDialPurpose) self->facts.purpose;
  g_autoptr (FrSignal) offer = rude_peer_make_offer_for (self->rude, self->rude->identity, self->to, sdp, purpose);

  self->sdp = g_strdup (sdp);
  memcpy (self->facts.dial_id, offer->note.dial_id, FR_DIAL_ID_SIZE);
  self->connection_id = g_strdup (offer->connection_id);
  rude_peer_send (self->rude, offer, self->to);
}

static void
candidate_cb (FrWebrtcSession *session, guint mline, const char *candidate, gpointer data)
{
  HostilePeer *self = data;
  g_autoptr (FrSignal) signal = fr_signal_new (FR_SIGNAL_CANDIDATE);

  if (self->keeps)
    return;
  signal->mline = mline;
  signal->candidate = g_strdup (candidate);
  signal->connection_id = g_strdup (self->connection_id);
  rude_peer_send (self->rude, signal, self->to);
}

static void
signal_cb (FrRendezvous *rendezvous, const FrSignal *signal, gpointer data)
{
  HostilePeer *self = data;

  if (self->session == NULL || self->keeps || g_strcmp0 (signal->connection_id, self->connection_id) != 0)
    return;
  if (signal->type == FR_SIGNAL_ANSWER)
    {
      self->theirs = signal->note.key;
      fr_webrtc_session_set_remote_description (self->session, signal->sdp, NULL);
    }
  else if (signal->type == FR_SIGNAL_CANDIDATE && signal->candidate != NULL)
    fr_webrtc_session_add_remote_candidate (self->session, signal->mline, signal->candidate);
}

HostilePeer *
hostile_peer_new (const char *server, const char *address, const char *to)
{
  HostilePeer *self = g_new0 (HostilePeer, 1);

  self->rude = rude_peer_new (server, address);
  self->to = g_strdup (to);
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_frame_free);
  g_signal_connect (self->rude->rendezvous, "signal", G_CALLBACK (signal_cb), self);
  return self;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
end_session (HostilePeer *self)
{
  FrWebrtcSession *session = self->session;

  if (session == NULL)
    return;
  g_signal_handlers_disconnect_by_data (session, self);
  fr_webrtc_session_close (session);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &self->session);
  g_object_unref (session);
  fr_test_wait_until (is_gone, &self->session, WAIT_S);
}

void
hostile_peer_free (HostilePeer *self)
{
  g_signal_handlers_disconnect_by_data (self->rude->rendezvous, self);
  if (self->control != NULL)
    g_signal_handlers_disconnect_by_data (self->control, self);
  if (self->bulk != NULL)
    g_signal_handlers_disconnect_by_data (self->bulk, self);
  g_clear_object (&self->control);
  g_clear_object (&self->bulk);
  end_session (self);
  rude_peer_free (self->rude);
  g_ptr_array_unref (self->frames);
  g_free (self->connection_id);
  g_free (self->sdp);
  g_free (self->to);
  g_free (self);
}

/* How far it goes */

static gboolean
has_offered (gpointer data)
{
  return ((HostilePeer *) data)->connection_id != NULL;
}

static gboolean
has_control (gpointer data)
{
  return ((HostilePeer *) data)->control != NULL;
}

static gboolean
is_open (gpointer channel)
{
  return fr_channel_is_open (channel);
}

void
hostile_peer_offer (HostilePeer *self, FrDialPurpose purpose)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };

  self->facts.purpose = (Freshet__Purpose) purpose; /* the numbers are the same */
  self->session = fr_webrtc_session_new (&config, FR_WEBRTC_ROLE_DIALLER);
  g_signal_connect (self->session, "notify::state", G_CALLBACK (state_cb), self);
  g_signal_connect (self->session, "closed", G_CALLBACK (closed_cb), self);
  g_signal_connect (self->session, "local-description", G_CALLBACK (description_cb), self);
  g_signal_connect (self->session, "local-candidate", G_CALLBACK (candidate_cb), self);
  fr_webrtc_session_start (self->session);
  fr_test_wait_until (has_offered, self, WAIT_S);
}

void
hostile_peer_dial (HostilePeer *self, FrDialPurpose purpose)
{
  gboolean known;

  hostile_peer_offer (self, purpose);
  fr_test_wait_until (has_control, self, WAIT_S);
  known = fr_webrtc_session_get_certificates (self->session, self->facts.dialler_certificate,
                                              self->facts.answerer_certificate);
  g_assert_true (known);
}

void
hostile_peer_greet (HostilePeer *self)
{
  g_autoptr (GBytes) hello
      = fr_hello_pack (self->rude->identity, "Mallory", FRESHET__ROLE__ROLE_DIALLER, &self->facts, FALSE);

  hostile_peer_say (self, hello);
  hostile_peer_await (self, FRESHET__FRAME__BODY_HELLO, 0);
}

void
hostile_peer_link (HostilePeer *self, FrDialPurpose purpose)
{
  hostile_peer_dial (self, purpose);
  hostile_peer_greet (self);
}

void
hostile_peer_open_bulk (HostilePeer *self)
{
  self->bulk = fr_webrtc_session_open_channel (self->session, "bulk");
  g_assert_nonnull (self->bulk);
  g_signal_connect (self->bulk, "message", G_CALLBACK (piece_cb), self);
  fr_test_wait_until (is_open, self->bulk, WAIT_S);
}

/* Talking */

gboolean
hostile_peer_is_over (gpointer data)
{
  HostilePeer *self = data;
  FrWebrtcState state = fr_webrtc_session_get_state (self->session);

  return self->n_closed > 0 || state == FR_WEBRTC_STATE_FAILED || state == FR_WEBRTC_STATE_CLOSED
         || hostile_peer_get_bye (self) >= 0;
}

static gboolean
has_room (gpointer data)
{
  Wanted *wanted = data;

  return hostile_peer_is_over (wanted->peer) || fr_channel_get_buffered_amount (wanted->channel) < ROOM;
}

void
hostile_peer_say_on (HostilePeer *self, FrChannel *channel, GBytes *message)
{
  Wanted wanted = { .peer = self, .channel = channel };

  if (!has_room (&wanted))
    fr_test_wait_until (has_room, &wanted, WAIT_S);
  fr_channel_send (channel, message, NULL);
}

void
hostile_peer_say (HostilePeer *self, GBytes *message)
{
  hostile_peer_say_on (self, self->control, message);
}

void
hostile_peer_say_often (HostilePeer *self, GBytes *message, guint n)
{
  for (guint i = 0; i < n && !hostile_peer_is_over (self); i++)
    hostile_peer_say (self, message);
}

/* The body's place in a frame does not depend on what it is. */
void
hostile_peer_say_frame (HostilePeer *self, Freshet__Frame__BodyCase body, gpointer message)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  g_autoptr (GBytes) packed = NULL;

  frame.body_case = body;
  frame.query = message;
  packed = fr_frame_pack (&frame);
  hostile_peer_say (self, packed);
}

void
hostile_peer_say_frame_often (HostilePeer *self, Freshet__Frame__BodyCase body, gpointer message, guint n)
{
  for (guint i = 0; i < n && !hostile_peer_is_over (self); i++)
    hostile_peer_say_frame (self, body, message);
}

static gboolean
has_settled (gpointer data)
{
  Wanted *wanted = data;

  for (guint i = wanted->peer->frames->len; i > 0; i--)
    {
      const Freshet__Frame *frame = g_ptr_array_index (wanted->peer->frames, i - 1);

      if (frame->body_case == FRESHET__FRAME__BODY_PONG && frame->pong->nonce == wanted->n)
        return TRUE;
    }
  return hostile_peer_is_over (wanted->peer);
}

/* Who has said too much gets no Pong for a while, so it is asked for again. */
gboolean
hostile_peer_settle (HostilePeer *self)
{
  const gint64 end_us = g_get_monotonic_time () + 4 * WAIT_S * G_USEC_PER_SEC;
  Wanted wanted = { .peer = self };
  gboolean settled = FALSE;

  while (!settled)
    {
      Freshet__Ping ping = FRESHET__PING__INIT;

      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      ping.nonce = wanted.n = 0x5e771e00 + ++self->nonce;
      hostile_peer_say_frame (self, FRESHET__FRAME__BODY_PING, &ping);
      settled = fr_test_wait_for (has_settled, &wanted, 0.2);
    }
  return !hostile_peer_is_over (self);
}

void
hostile_peer_await_end (HostilePeer *self, double seconds)
{
  fr_test_wait_until (hostile_peer_is_over, self, seconds);
}

/* What was heard */

const Freshet__Frame *
hostile_peer_find (const HostilePeer *self, Freshet__Frame__BodyCase body, guint index)
{
  for (guint i = 0; i < self->frames->len; i++)
    {
      const Freshet__Frame *frame = g_ptr_array_index (self->frames, i);

      if (frame->body_case == body && index-- == 0)
        return frame;
    }
  return NULL;
}

guint
hostile_peer_count (const HostilePeer *self, Freshet__Frame__BodyCase body)
{
  guint n = 0;

  while (hostile_peer_find (self, body, n) != NULL)
    n++;
  return n;
}

static gboolean
has_heard (gpointer data)
{
  Wanted *wanted = data;

  return hostile_peer_find (wanted->peer, wanted->body, (guint) wanted->n) != NULL;
}

const Freshet__Frame *
hostile_peer_await (HostilePeer *self, Freshet__Frame__BodyCase body, guint index)
{
  Wanted wanted = { .peer = self, .body = body, .n = index };

  fr_test_wait_until (has_heard, &wanted, WAIT_S);
  return hostile_peer_find (self, body, index);
}

int
hostile_peer_get_bye (const HostilePeer *self)
{
  int reason = -1;

  for (guint i = 0; i < self->frames->len; i++)
    {
      const Freshet__Frame *frame = g_ptr_array_index (self->frames, i);

      if (frame->body_case == FRESHET__FRAME__BODY_BYE)
        reason = (int) frame->bye->reason;
    }
  return reason;
}
