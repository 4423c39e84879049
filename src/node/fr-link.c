/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-link-private.h"

#include "fr-clock.h"

#define HELLO_TIMEOUT_MS 10000 /* the first frame has to come within this */
#define BYE_TIMEOUT_MS 500     /* how long an answer to Bye is waited for */

G_DEFINE_FINAL_TYPE (FrLink, fr_link, G_TYPE_OBJECT)

guint fr_link_signals[FR_LINK_N_SIGNALS];

void
fr_link_clear_timer (FrLink *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
set_timer (FrLink *self, guint ms, GSourceFunc callback)
{
  fr_link_clear_timer (self);
  self->timer = g_timeout_source_new (ms);
  /* A link that is waiting for something lives until that has come, or not. */
  g_source_set_callback (self->timer, callback, g_object_ref (self), g_object_unref);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* The end, whatever the way to it. */
void
fr_link_finish (FrLink *self)
{
  g_autoptr (FrLink) keep = g_object_ref (self);

  if (self->state == FR_LINK_CLOSED)
    return;
  self->state = FR_LINK_CLOSED;
  fr_link_clear_timer (self);
  if (self->port != NULL)
    fr_transfer_port_close (self->port);
  if (self->session != NULL)
    fr_webrtc_session_close (self->session);
  else
    fr_channel_close (self->control);
  g_signal_emit (self, fr_link_signals[FR_LINK_SIGNAL_CLOSED], 0);
}

static gboolean
bye_timeout_cb (gpointer data)
{
  fr_link_finish (data);
  return G_SOURCE_REMOVE;
}

/* Waits for the other side to go on with the goodbye, but not for long. */
void
fr_link_leave (FrLink *self)
{
  self->state = FR_LINK_LEAVING;
  set_timer (self, BYE_TIMEOUT_MS, bye_timeout_cb);
  if (self->port != NULL)
    fr_transfer_port_close (self->port); /* half a second of goodbye is worth megabytes of a picture */
}

void
fr_link_send_bye (FrLink *self, Freshet__Bye__Reason reason)
{
  Freshet__Bye bye = FRESHET__BYE__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  g_autoptr (GBytes) bytes = NULL;

  bye.reason = reason;
  frame.body_case = FRESHET__FRAME__BODY_BYE;
  frame.bye = &bye;
  bytes = fr_frame_pack (&frame);
  fr_channel_send (self->control, bytes, NULL);
}

static void
blame (FrLink *self)
{
  if (self->blamed)
    return;
  self->blamed = TRUE;
  g_signal_emit (self, fr_link_signals[FR_LINK_SIGNAL_BLAMED], 0);
}

void
fr_link_fail (FrLink *self, FrNodeError code, Freshet__Bye__Reason reason)
{
  if (self->error == NULL)
    self->error = fr_node_error_new (code, self->peer_name != NULL ? self->peer_name : self->address);
  fr_link_close (self, reason);
}

static gboolean
hello_timeout_cb (gpointer data)
{
  fr_link_fail (data, FR_NODE_ERROR_NO_ANSWER, FRESHET__BYE__REASON__REASON_FAULT);
  return G_SOURCE_REMOVE;
}

static void
bulk_message_cb (FrChannel *bulk, GBytes *message, gpointer data)
{
  g_autoptr (FrLink) self = g_object_ref (data);

  if (self->held && (self->state == FR_LINK_GREETING || self->state == FR_LINK_READY))
    fr_link_throw_away (self, g_bytes_get_size (message));
  else if (self->state == FR_LINK_READY)
    g_signal_emit (self, fr_link_signals[FR_LINK_SIGNAL_HEARD], 0);
}

static void
control_closed_cb (FrChannel *control, gpointer data)
{
  FrLink *self = data;

  if (self->error == NULL && (self->state == FR_LINK_GREETING || self->state == FR_LINK_READY))
    self->error = fr_node_error_new (FR_NODE_ERROR_LEFT, self->peer_name != NULL ? self->peer_name : self->address);
  fr_link_finish (self);
}

/* Where it is not given to the port yet, which would see that. */
static void
bulk_closed_cb (FrChannel *bulk, gpointer data)
{
  if (((FrLink *) data)->held)
    control_closed_cb (bulk, data);
}

static void
session_closed_cb (FrWebrtcSession *session, gpointer data)
{
  control_closed_cb (NULL, data);
}

/* The session ends by itself; its channels can still be sent to. */
static void
take_session_fault (FrLink *self)
{
  blame (self);
  if (self->state == FR_LINK_LEAVING || self->state == FR_LINK_CLOSED)
    return;
  if (self->error == NULL)
    self->error
      = fr_node_error_new (FR_NODE_ERROR_FAULT, self->peer_name != NULL ? self->peer_name : self->address);
  fr_link_send_bye (self, FRESHET__BYE__REASON__REASON_FAULT);
  self->parted = TRUE;
}

static void
session_state_cb (FrWebrtcSession *session, GParamSpec *pspec, gpointer data)
{
  FrWebrtcState state = fr_webrtc_session_get_state (session);
  const GError *error = fr_webrtc_session_get_error (session);

  if (g_error_matches (error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_TOO_MANY_CHANNELS)
      || g_error_matches (error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_FLOODED))
    take_session_fault (data);
  if (state == FR_WEBRTC_STATE_FAILED || state == FR_WEBRTC_STATE_CLOSED)
    control_closed_cb (NULL, data);
}

static void
session_channel_cb (FrWebrtcSession *session, FrChannel *channel, gpointer data)
{
  FrLink *self = data;

  if (g_strcmp0 (fr_channel_get_label (channel), "bulk") != 0 || self->role != FRESHET__ROLE__ROLE_ANSWERER)
    return;
  if (self->bulk != NULL) /* closed and opened again: none of ours does that */
    fr_link_fail (self, FR_NODE_ERROR_FAULT, FRESHET__BYE__REASON__REASON_FAULT);
  else
    fr_link_set_bulk (self, channel);
}

static void
fr_link_dispose (GObject *object)
{
  FrLink *self = FR_LINK (object);

  fr_link_clear_timer (self);
  if (self->state != FR_LINK_CLOSED && self->session != NULL)
    fr_webrtc_session_close (self->session);
  if (self->port != NULL)
    fr_transfer_port_close (self->port);
  g_clear_object (&self->port);
  g_clear_object (&self->bulk);
  g_clear_object (&self->control);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (fr_link_parent_class)->dispose (object);
}

static void
fr_link_finalize (GObject *object)
{
  FrLink *self = FR_LINK (object);

  g_clear_pointer (&self->identity, fr_identity_unref);
  g_free (self->name);
  g_free (self->address);
  g_free (self->server);
  g_free (self->peer_name);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (fr_link_parent_class)->finalize (object);
}

static void
fr_link_class_init (FrLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fr_link_dispose;
  object_class->finalize = fr_link_finalize;

  fr_link_signals[FR_LINK_SIGNAL_HEARD] = g_signal_new ("heard", FR_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  fr_link_signals[FR_LINK_SIGNAL_READY] = g_signal_new ("ready", FR_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  fr_link_signals[FR_LINK_SIGNAL_FRAME] = g_signal_new ("frame", FR_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_POINTER, G_TYPE_UINT);
  fr_link_signals[FR_LINK_SIGNAL_ACCEPTED] = g_signal_new ("accepted", FR_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  fr_link_signals[FR_LINK_SIGNAL_INTRODUCED] = g_signal_new ("introduced", FR_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                             NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  fr_link_signals[FR_LINK_SIGNAL_FAULT] = g_signal_new ("fault", FR_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_UINT);
  fr_link_signals[FR_LINK_SIGNAL_BLAMED] = g_signal_new ("blamed", FR_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  fr_link_signals[FR_LINK_SIGNAL_CLOSED] = g_signal_new ("closed", FR_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_link_init (FrLink *self)
{
  self->used_us = fr_clock_now_us ();
}

/**
 * fr_link_new:
 * @session: (nullable): the WebRTC session that the channels belong to; closed with the link
 * @control: the control channel, open
 * @options: who we are, and what both sides must agree about; copied
 *
 * Makes the link over a session whose control channel has opened. Nothing is sent before fr_link_start().
 *
 * Returns: (transfer full): a link
 */
FrLink *
fr_link_new (FrWebrtcSession *session, FrChannel *control, const FrLinkOptions *options)
{
  FrLink *self = g_object_new (FR_TYPE_LINK, NULL);

  g_set_object (&self->session, session);
  self->control = g_object_ref (control);
  self->identity = fr_identity_ref (options->identity);
  self->name = g_strdup (options->name);
  self->address = g_strdup (options->address);
  self->server = g_strdup (options->server);
  self->way = options->way;
  self->role = options->role;
  self->facts = options->facts;
  self->key = options->key;
  self->held = options->held != FALSE;
  g_signal_connect_object (control, "message", G_CALLBACK (fr_link_message_cb), self, 0);
  g_signal_connect_object (control, "closed", G_CALLBACK (control_closed_cb), self, 0);
  if (session != NULL)
    {
      g_signal_connect_object (session, "notify::state", G_CALLBACK (session_state_cb), self, 0);
      g_signal_connect_object (session, "closed", G_CALLBACK (session_closed_cb), self, 0);
      g_signal_connect_object (session, "channel", G_CALLBACK (session_channel_cb), self, 0);
    }
  return self;
}

/**
 * fr_link_start:
 * @self: a link
 *
 * Greets the other side, and waits for its greeting.
 */
void
fr_link_start (FrLink *self)
{
  g_autoptr (GBytes) hello = fr_hello_pack (self->identity, self->name, self->role, &self->facts,
                                           self->held);

  set_timer (self, HELLO_TIMEOUT_MS, hello_timeout_cb);
  fr_channel_send (self->control, hello, NULL);
}

/**
 * fr_link_set_bulk:
 * @self: a link
 * @bulk: the channel for the bytes of pictures
 *
 * Hands over the second channel, which the dialler opens.
 */
void
fr_link_set_bulk (FrLink *self, FrChannel *bulk)
{
  g_set_object (&self->bulk, bulk);
  g_signal_connect_object (bulk, "message", G_CALLBACK (bulk_message_cb), self, 0);
  g_signal_connect_object (bulk, "closed", G_CALLBACK (bulk_closed_cb), self, 0);
  if (self->port != NULL && !self->held)
    fr_transfer_port_set_bulk (self->port, bulk);
}

/**
 * fr_link_accept:
 * @self: a link that is held
 *
 * Lets the other side in, and tells it so.
 */
void
fr_link_accept (FrLink *self)
{
  Freshet__Standing standing = FRESHET__STANDING__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  g_autoptr (GBytes) bytes = NULL;

  if (!self->held)
    return;
  self->held = FALSE;
  if (self->port != NULL && self->bulk != NULL)
    fr_transfer_port_set_bulk (self->port, self->bulk);
  standing.state = FRESHET__STANDING__STATE__STATE_ACCEPTED;
  frame.body_case = FRESHET__FRAME__BODY_STANDING;
  frame.standing = &standing;
  bytes = fr_frame_pack (&frame);
  fr_link_send (self, bytes);
}

/**
 * fr_link_is_held:
 * @self: a link
 *
 * Returns: whether the person here has yet to decide
 */
gboolean
fr_link_is_held (FrLink *self)
{
  return self->held;
}

/**
 * fr_link_is_waiting:
 * @self: a link
 *
 * Returns: whether the person there has yet to decide
 */
gboolean
fr_link_is_waiting (FrLink *self)
{
  return self->waiting;
}

/**
 * fr_link_is_usable:
 * @self: a link
 *
 * Returns: whether both sides have proved who they are, and both want it
 */
gboolean
fr_link_is_usable (FrLink *self)
{
  return self->state == FR_LINK_READY && !self->held && !self->waiting;
}

/**
 * fr_link_send:
 * @self: a link
 * @frame: a frame as bytes
 *
 * Sends a frame, if the link is ready.
 *
 * Returns: whether the channel took it
 */
gboolean
fr_link_send (FrLink *self, GBytes *frame)
{
  return self->state == FR_LINK_READY && fr_channel_send (self->control, frame, NULL);
}

/**
 * fr_link_close:
 * @self: a link
 * @reason: why
 *
 * Says goodbye and closes: when the other side has answered, or half a second later.
 */
void
fr_link_close (FrLink *self, Freshet__Bye__Reason reason)
{
  if (self->state == FR_LINK_LEAVING || self->state == FR_LINK_CLOSED)
    return;
  self->parted |= reason != FRESHET__BYE__REASON__REASON_NONE;
  /* who was too slow to greet may have gone to sleep */
  if (reason == FRESHET__BYE__REASON__REASON_FAULT
      && !g_error_matches (self->error, FR_NODE_ERROR, FR_NODE_ERROR_NO_ANSWER))
    blame (self);
  fr_link_leave (self);
  fr_link_send_bye (self, reason);
}

/**
 * fr_link_note_fault:
 * @self: a link
 *
 * Notes that what came was more, or other, than the protocol allows; with too many of these the link is closed.
 */
void
fr_link_note_fault (FrLink *self)
{
  g_signal_emit (self, fr_link_signals[FR_LINK_SIGNAL_FAULT], 0, FR_WIRE_INVALID);
}

/**
 * fr_link_give_up:
 * @self: a link whose other side shows no sign of life
 *
 * Closes at once: nobody is there to answer a goodbye, and people are to see that.
 */
void
fr_link_give_up (FrLink *self)
{
  if (self->state == FR_LINK_READY)
    fr_link_send_bye (self, FRESHET__BYE__REASON__REASON_NONE);
  fr_link_finish (self);
}
