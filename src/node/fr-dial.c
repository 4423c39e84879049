/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-dial-private.h"

#include <sodium.h>
#include <string.h>

#include "fr-dial-proof.h"
#include "fr-node-error.h"

#define ANSWER_TIMEOUT_MS 10000 /* an offer that nobody answers within this has failed */

G_DEFINE_FINAL_TYPE (FrDial, fr_dial, G_TYPE_OBJECT)

enum
{
  SEND,
  FOUND,
  LINKED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_timer (FrDial *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
let_go (FrDial *self)
{
  self->over = TRUE;
  clear_timer (self);
  if (self->link != NULL)
    g_signal_handlers_disconnect_by_data (self->link, self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
}

static void
fail_with (FrDial *self, const GError *error)
{
  g_autoptr (FrDial) keep = g_object_ref (self);

  if (self->over)
    return;
  let_go (self);
  if (self->link == NULL && self->session != NULL)
    fr_webrtc_session_close (self->session);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
fail (FrDial *self, FrNodeError code)
{
  g_autoptr (GError) error = fr_node_error_new (code, self->target.address);

  fail_with (self, error);
}

static void
emit_signal (FrDial *self, FrSignal *signal)
{
  signal->src = g_strdup (self->own_address);
  signal->dst = g_strdup (self->target.address);
  signal->connection_id = g_strdup (self->connection_id);
  if (signal->type == FR_SIGNAL_OFFER || signal->type == FR_SIGNAL_ANSWER)
    {
      signal->note.version_min = signal->note.version_max = FR_PROTOCOL_VERSION;
      memcpy (signal->note.dial_id, self->facts.dial_id, FR_DIAL_ID_SIZE);
      signal->note.purpose = self->purpose;
      fr_dial_proof_sign (signal, self->identity);
    }
  g_signal_emit (self, signals[SEND], 0, signal);
}

/* Before the session is open there is no other way to say so, and the other side would wait for a session that is never
 * to be. */
static void
fail_for_fault (FrDial *self)
{
  g_autoptr (FrSignal) leave = fr_signal_new (FR_SIGNAL_LEAVE);

  leave->reason = g_strdup (FR_LEAVE_FAULT);
  emit_signal (self, leave);
  fail (self, FR_NODE_ERROR_FAULT);
}

static void
link_ready_cb (FrLink *link, gpointer data)
{
  g_autoptr (FrDial) self = g_object_ref (data);

  let_go (self);
  g_signal_emit (self, signals[LINKED], 0, link);
}

static void
link_closed_cb (FrLink *link, gpointer data)
{
  FrDial *self = data;

  if (fr_link_get_error (link) != NULL)
    fail_with (self, fr_link_get_error (link));
  else
    fail (self, FR_NODE_ERROR_LEFT);
}

/* The control channel is open: what both certificates are is known now, and not before. */
static void
session_opened (FrDial *self)
{
  FrLinkOptions options = { .identity = self->identity, .name = self->name, .address = self->target.address,
                            .server = self->target.server, .way = self->way };
  FrChannel *control = fr_webrtc_session_get_channel (self->session, "control");
  guint8 *local = self->outgoing ? self->facts.dialler_certificate : self->facts.answerer_certificate;
  guint8 *remote = self->outgoing ? self->facts.answerer_certificate : self->facts.dialler_certificate;

  if (self->link != NULL || control == NULL)
    return;
  if (!fr_webrtc_session_get_certificates (self->session, local, remote)
      || !fr_webrtc_session_fingerprint_agrees (self->session))
    {
      fail (self, FR_NODE_ERROR_INTERCEPTED);
      return;
    }
  clear_timer (self);
  options.role = self->outgoing ? FRESHET__ROLE__ROLE_DIALLER : FRESHET__ROLE__ROLE_ANSWERER;
  options.facts = self->facts;
  options.key = self->target.key;
  options.held = self->held;
  self->link = fr_link_new (self->session, control, &options);
  g_signal_connect (self->link, "ready", G_CALLBACK (link_ready_cb), self);
  g_signal_connect (self->link, "closed", G_CALLBACK (link_closed_cb), self);
  fr_link_start (self->link);
}

static void
session_failed (FrDial *self)
{
  const GError *error = fr_webrtc_session_get_error (self->session);

  if (g_error_matches (error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_SDP)
      || g_error_matches (error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_TOO_MANY_CHANNELS)
      || g_error_matches (error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_FLOODED))
    fail_for_fault (self);
  else if (self->outgoing && !self->answered)
    fail (self, FR_NODE_ERROR_NO_ANSWER);
  else
    fail (self, FR_NODE_ERROR_NO_ROUTE);
}

static void
session_state_cb (FrWebrtcSession *session, GParamSpec *pspec, gpointer data)
{
  g_autoptr (FrDial) self = g_object_ref (data);

  switch (fr_webrtc_session_get_state (session))
    {
    case FR_WEBRTC_STATE_OPEN:
      session_opened (self);
      break;
    case FR_WEBRTC_STATE_FAILED:
    case FR_WEBRTC_STATE_CLOSED:
      if (self->link == NULL) /* else the link says why */
        session_failed (self);
      break;
    default:
      break;
    }
}

static void
local_description_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  g_autoptr (FrDial) self = g_object_ref (data);
  g_autoptr (FrSignal) signal = fr_signal_new (self->outgoing ? FR_SIGNAL_OFFER : FR_SIGNAL_ANSWER);

  signal->sdp = g_strdup (sdp);
  if (!self->outgoing)
    self->answered = TRUE;
  emit_signal (self, signal);
}

static void
local_candidate_cb (FrWebrtcSession *session, guint mline, const char *candidate, gpointer data)
{
  g_autoptr (FrDial) self = g_object_ref (data);
  g_autoptr (FrSignal) signal = fr_signal_new (FR_SIGNAL_CANDIDATE);

  signal->mline = mline;
  signal->candidate = g_strdup (candidate);
  emit_signal (self, signal);
}

static gboolean
answer_timeout_cb (gpointer data)
{
  g_autoptr (FrDial) self = g_object_ref (data);

  fail (self, FR_NODE_ERROR_NO_ANSWER);
  return G_SOURCE_REMOVE;
}

/* Returns whether it may be the answer; else tells what is wrong with it. */
static gboolean
check_answer (FrDial *self, const FrSignal *signal, guint *out_code)
{
  if (!signal->has_note)
    *out_code = FR_NODE_ERROR_OTHER_PROGRAM;
  else if (!fr_dial_proof_verify (signal) || signal->note.purpose != self->purpose
           || memcmp (signal->note.dial_id, self->facts.dial_id, FR_DIAL_ID_SIZE) != 0)
    *out_code = FR_NODE_ERROR_INTERCEPTED;
  else if (!fr_dial_accepts_key (self, &signal->note.key))
    {
      self->other_key = signal->note.key;
      *out_code = FR_NODE_ERROR_OTHER_PERSON;
    }
  else if (signal->note.version_min > FR_PROTOCOL_VERSION || signal->note.version_max < FR_PROTOCOL_VERSION)
    *out_code = FR_NODE_ERROR_OTHER_VERSION;
  else
    return TRUE;
  return FALSE;
}

static gboolean
take_answer (FrDial *self, const FrSignal *received, FrWay way, guint *out_code)
{
  g_autoptr (FrSignal) signal = NULL;

  if (!self->outgoing || self->answered)
    return TRUE;
  signal = fr_signal_copy (received);
  /* what was signed names whom it is for; a server may leave that out when it relays */
  g_free (signal->dst);
  signal->dst = g_strdup (self->own_address);
  if (!check_answer (self, signal, out_code))
    return FALSE;
  self->target.key = signal->note.key;
  self->answered = TRUE;
  self->way = way;
  clear_timer (self);
  g_signal_emit (self, signals[FOUND], 0);
  if (!self->over && !fr_webrtc_session_set_remote_description (self->session, signal->sdp, NULL))
    fail_for_fault (self);
  return TRUE;
}

/* What only the other side can say ends the dial; a server's own word, or what it may have spoilt, closes its way. */
static gboolean
take_leave (FrDial *self, const FrSignal *signal, guint *out_code)
{
  if (g_strcmp0 (signal->reason, FR_LEAVE_VERSION) == 0)
    fail (self, FR_NODE_ERROR_OTHER_VERSION);
  else if (g_strcmp0 (signal->reason, FR_LEAVE_BUSY) == 0)
    fail (self, FR_NODE_ERROR_BUSY);
  else if (g_strcmp0 (signal->reason, FR_LEAVE_REFUSED) == 0)
    fail (self, FR_NODE_ERROR_REFUSED);
  else if (g_strcmp0 (signal->reason, FR_LEAVE_FAULT) == 0)
    fail (self, FR_NODE_ERROR_ACCUSED);
  else
    {
      *out_code = g_strcmp0 (signal->reason, FR_LEAVE_SIGNATURE) == 0 ? FR_NODE_ERROR_INTERCEPTED
                                                                      : FR_NODE_ERROR_NOT_THERE;
      return FALSE;
    }
  return TRUE;
}

static void
fr_dial_dispose (GObject *object)
{
  FrDial *self = FR_DIAL (object);

  let_go (self);
  g_clear_object (&self->link);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (fr_dial_parent_class)->dispose (object);
}

static void
fr_dial_finalize (GObject *object)
{
  FrDial *self = FR_DIAL (object);

  g_clear_pointer (&self->identity, fr_identity_unref);
  g_clear_pointer (&self->offer, fr_signal_free);
  g_free (self->name);
  g_free (self->own_address);
  fr_dial_target_clear (&self->target);
  g_free (self->connection_id);
  G_OBJECT_CLASS (fr_dial_parent_class)->finalize (object);
}

static void
fr_dial_class_init (FrDialClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fr_dial_dispose;
  object_class->finalize = fr_dial_finalize;

  signals[SEND] = g_signal_new ("send", FR_TYPE_DIAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_POINTER);
  signals[FOUND] = g_signal_new ("found", FR_TYPE_DIAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LINKED] = g_signal_new ("linked", FR_TYPE_DIAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  FR_TYPE_LINK);
  signals[FAILED] = g_signal_new ("failed", FR_TYPE_DIAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR);
}

static void
fr_dial_init (FrDial *self)
{
}

static FrDial *
dial_new (const FrDialOptions *options, gboolean outgoing)
{
  FrDial *self = g_object_new (FR_TYPE_DIAL, NULL);

  self->identity = fr_identity_ref (options->identity);
  self->name = g_strdup (options->name);
  self->own_address = g_strdup (options->own_address);
  fr_dial_target_copy (&options->target, &self->target);
  self->way = options->way;
  self->purpose = options->purpose;
  self->facts.purpose = options->purpose == FR_DIAL_PURPOSE_TRANSFER ? FRESHET__PURPOSE__PURPOSE_TRANSFER
                                                                     : FRESHET__PURPOSE__PURPOSE_LINK;
  self->outgoing = outgoing;
  self->replaces = options->replaces;
  self->held = options->held;
  self->session = fr_webrtc_session_new (options->webrtc,
                                         outgoing ? FR_WEBRTC_ROLE_DIALLER : FR_WEBRTC_ROLE_ANSWERER);
  g_signal_connect (self->session, "notify::state", G_CALLBACK (session_state_cb), self);
  g_signal_connect (self->session, "local-description", G_CALLBACK (local_description_cb), self);
  g_signal_connect (self->session, "local-candidate", G_CALLBACK (local_candidate_cb), self);
  return self;
}

/**
 * fr_dial_new_outgoing:
 * @options: whom to dial, and as whom; copied
 *
 * Prepares an offer with a new dial id.
 *
 * Returns: (transfer full): a dial, to be started
 */
FrDial *
fr_dial_new_outgoing (const FrDialOptions *options)
{
  FrDial *self = dial_new (options, TRUE);
  FrDialNote note = { 0 };

  randombytes_buf (self->facts.dial_id, FR_DIAL_ID_SIZE);
  memcpy (note.dial_id, self->facts.dial_id, FR_DIAL_ID_SIZE);
  self->connection_id = fr_dial_note_make_connection_id (&note);
  return self;
}

/**
 * fr_dial_new_incoming:
 * @options: who we are; `address` and `key` of the dialler, who has signed the offer; copied
 * @offer: the offer, its note verified
 *
 * Prepares the answer to an offer.
 *
 * Returns: (transfer full): a dial, to be started
 */
FrDial *
fr_dial_new_incoming (const FrDialOptions *options, const FrSignal *offer)
{
  FrDial *self = dial_new (options, FALSE);

  memcpy (self->facts.dial_id, offer->note.dial_id, FR_DIAL_ID_SIZE);
  self->connection_id = g_strdup (offer->connection_id);
  self->offer = fr_signal_copy (offer);
  return self;
}

/**
 * fr_dial_start:
 * @self: a dial
 *
 * Makes the offer, or takes the one that came and makes the answer.
 */
void
fr_dial_start (FrDial *self)
{
  g_autoptr (FrDial) keep = g_object_ref (self);

  fr_webrtc_session_start (self->session);
  if (self->over)
    return;
  if (self->outgoing)
    {
      self->timer = g_timeout_source_new (ANSWER_TIMEOUT_MS);
      g_source_set_callback (self->timer, answer_timeout_cb, self, NULL);
      g_source_attach (self->timer, g_main_context_get_thread_default ());
    }
  else if (!fr_webrtc_session_set_remote_description (self->session, self->offer->sdp, NULL))
    fail_for_fault (self);
}

/**
 * fr_dial_receive:
 * @self: a dial
 * @signal: a signal with this dial's connection id, from its address
 * @way: that it came by
 * @out_code: (out): a #FrNodeError, what is wrong; untouched if nothing is
 *
 * Takes what the other side says about this dial.
 *
 * Returns: %FALSE if nothing good can come by this way; the dial waits on
 */
gboolean
fr_dial_receive (FrDial *self, const FrSignal *signal, FrWay way, guint *out_code)
{
  g_autoptr (FrDial) keep = g_object_ref (self);

  if (self->over)
    return TRUE;
  switch (signal->type)
    {
    case FR_SIGNAL_ANSWER:
      return take_answer (self, signal, way, out_code);
    case FR_SIGNAL_CANDIDATE:
      if (signal->candidate != NULL)
        fr_webrtc_session_add_remote_candidate (self->session, signal->mline, signal->candidate);
      return TRUE;
    case FR_SIGNAL_LEAVE:
      return take_leave (self, signal, out_code);
    default:
      return TRUE;
    }
}

/**
 * fr_dial_give_up:
 * @self: a dial
 * @code: a #FrNodeError, why
 *
 * Fails, as there is no way left.
 */
void
fr_dial_give_up (FrDial *self, guint code)
{
  fail (self, code);
}

/**
 * fr_dial_abandon:
 * @self: a dial
 * @reason: what the other side is told, if it can be told already
 *
 * Gives up without a word to anybody here: another dial to the same peer goes on, or nobody wants this one any more.
 */
void
fr_dial_abandon (FrDial *self, Freshet__Bye__Reason reason)
{
  if (self->over)
    return;
  let_go (self);
  if (self->link != NULL)
    fr_link_close (self->link, reason);
  else
    fr_webrtc_session_close (self->session);
}
