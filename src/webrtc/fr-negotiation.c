/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-negotiation.h"

#include "fr-candidate.h"

#include <string.h>

struct _FrNegotiation
{
  gboolean dialler;
  gint64 timeout_us;

  FrNegotiationState state;
  gint64 deadline_us;

  GQueue actions;         /* of FrNegotiationAction */
  GQueue held_remote;     /* of FrNegotiationAction: candidates that came before the description they belong to */
  GQueue held_local;      /* of FrNegotiationAction: candidates found before our description was sent */
  guint n_candidates;
  guint n_ignored;
  guint local_sent : 1;
  guint remote_known : 1;
};

static const struct
{
  FrNegotiationState from;
  FrNegotiationState to;
} edges[] = {
  { FR_NEGOTIATION_NEW, FR_NEGOTIATION_OFFERING },
  { FR_NEGOTIATION_NEW, FR_NEGOTIATION_ANSWERING },
  { FR_NEGOTIATION_OFFERING, FR_NEGOTIATION_OFFERED },
  { FR_NEGOTIATION_OFFERED, FR_NEGOTIATION_CONNECTING },
  { FR_NEGOTIATION_ANSWERING, FR_NEGOTIATION_CONNECTING },
  { FR_NEGOTIATION_CONNECTING, FR_NEGOTIATION_OPEN },
  { FR_NEGOTIATION_OFFERING, FR_NEGOTIATION_TIMED_OUT },
  { FR_NEGOTIATION_OFFERED, FR_NEGOTIATION_TIMED_OUT },
  { FR_NEGOTIATION_ANSWERING, FR_NEGOTIATION_TIMED_OUT },
  { FR_NEGOTIATION_CONNECTING, FR_NEGOTIATION_TIMED_OUT },
};

static gboolean
set_state (FrNegotiation *self, FrNegotiationState to)
{
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    if (edges[i].from == self->state && edges[i].to == to)
      {
        self->state = to;
        return TRUE;
      }
  return FALSE;
}

static FrNegotiationAction *
action_new (FrNegotiationActionType type, guint mline, const char *text)
{
  FrNegotiationAction *action = g_new (FrNegotiationAction, 1);

  *action = (FrNegotiationAction) { .type = type, .mline = mline, .text = g_strdup (text) };
  return action;
}

static void
action_free (gpointer data)
{
  fr_negotiation_action_clear (data);
  g_free (data);
}

static void
push (FrNegotiation *self, FrNegotiationActionType type, const char *text)
{
  g_queue_push_tail (&self->actions, action_new (type, 0, text));
}

static void
release (FrNegotiation *self, GQueue *held)
{
  gpointer action;

  while ((action = g_queue_pop_head (held)) != NULL)
    g_queue_push_tail (&self->actions, action);
}

/**
 * fr_negotiation_new:
 * @dialler: whether this end makes the offer
 * @timeout_us: how long it may take from the first step to open, in microseconds; 0 for %FR_NEGOTIATION_TIMEOUT_US
 *
 * Returns: (transfer full): a negotiation in which nothing has happened yet
 */
FrNegotiation *
fr_negotiation_new (gboolean dialler, gint64 timeout_us)
{
  FrNegotiation *self = g_new0 (FrNegotiation, 1);

  self->dialler = dialler;
  self->timeout_us = timeout_us > 0 ? timeout_us : FR_NEGOTIATION_TIMEOUT_US;
  self->deadline_us = G_MAXINT64;
  return self;
}

/**
 * fr_negotiation_free:
 * @self: (nullable) (transfer full): a negotiation
 *
 * Frees it.
 */
void
fr_negotiation_free (FrNegotiation *self)
{
  if (self == NULL)
    return;
  fr_negotiation_close (self);
  g_free (self);
}

/**
 * fr_negotiation_start:
 * @self: a negotiation
 * @now_us: the time, in microseconds
 *
 * The dialler begins: an offer is to be made. The other side waits for one, so that nothing happens there.
 */
void
fr_negotiation_start (FrNegotiation *self, gint64 now_us)
{
  if (!self->dialler || !set_state (self, FR_NEGOTIATION_OFFERING))
    return;
  self->deadline_us = now_us + self->timeout_us;
  push (self, FR_NEGOTIATION_CREATE_OFFER, NULL);
}

/**
 * fr_negotiation_local_description:
 * @self: a negotiation
 * @sdp: the offer or answer that was to be made, in force already
 * @now_us: the time, in microseconds
 *
 * Sends our description, and then the candidates found meanwhile.
 *
 * Returns: %FALSE if none was to be made
 */
gboolean
fr_negotiation_local_description (FrNegotiation *self, const char *sdp, gint64 now_us)
{
  if (!set_state (self, self->dialler ? FR_NEGOTIATION_OFFERED : FR_NEGOTIATION_CONNECTING))
    return FALSE;
  self->local_sent = TRUE;
  push (self, FR_NEGOTIATION_SEND_DESCRIPTION, sdp);
  release (self, &self->held_local);
  return TRUE;
}

/**
 * fr_negotiation_remote_description:
 * @self: a negotiation
 * @sdp: the peer's offer, or its answer to ours, checked already
 * @now_us: the time, in microseconds
 *
 * Applies the peer's description, and then the candidates that came before it.
 *
 * Returns: %FALSE, and nothing changed, if no description is awaited: a second one, or an answer before the offer
 */
gboolean
fr_negotiation_remote_description (FrNegotiation *self, const char *sdp, gint64 now_us)
{
  if (self->remote_known || !set_state (self, self->dialler ? FR_NEGOTIATION_CONNECTING : FR_NEGOTIATION_ANSWERING))
    return FALSE;
  self->remote_known = TRUE;
  push (self, FR_NEGOTIATION_APPLY_DESCRIPTION, sdp);
  if (!self->dialler)
    {
      self->deadline_us = now_us + self->timeout_us;
      push (self, FR_NEGOTIATION_CREATE_ANSWER, NULL);
    }
  release (self, &self->held_remote);
  return TRUE;
}

static void
pass_or_hold (FrNegotiation *self, gboolean pass, GQueue *held, FrNegotiationAction *action)
{
  g_queue_push_tail (pass ? &self->actions : held, action);
}

/**
 * fr_negotiation_local_candidate:
 * @self: a negotiation
 * @mline: the section of the description that it belongs to
 * @candidate: an address of ours
 *
 * Sends a candidate, once our description is sent.
 *
 * Returns: %FALSE if the negotiation is over
 */
gboolean
fr_negotiation_local_candidate (FrNegotiation *self, guint mline, const char *candidate)
{
  if (self->state >= FR_NEGOTIATION_TIMED_OUT || *candidate == '\0')
    return FALSE;
  pass_or_hold (self, self->local_sent, &self->held_local,
                action_new (FR_NEGOTIATION_SEND_CANDIDATE, mline, candidate));
  return TRUE;
}

/**
 * fr_negotiation_remote_candidate:
 * @self: a negotiation
 * @mline: the section of the description that it belongs to; there is but one, 0
 * @candidate: what the peer sent
 *
 * Applies a candidate, once the peer's description is applied. What is malformed, of a kind that we do not use, or one
 * too many is ignored and counted.
 *
 * Returns: %FALSE if it was ignored
 */
gboolean
fr_negotiation_remote_candidate (FrNegotiation *self, guint mline, const char *candidate)
{
  if (self->state >= FR_NEGOTIATION_TIMED_OUT
      || mline != 0
      || self->n_candidates >= FR_NEGOTIATION_MAX_CANDIDATES
      || fr_candidate_check (candidate) != FR_CANDIDATE_OK)
    {
      if (self->n_ignored < G_MAXUINT)
        self->n_ignored++;
      return FALSE;
    }
  self->n_candidates++;
  pass_or_hold (self, self->remote_known, &self->held_remote,
                action_new (FR_NEGOTIATION_APPLY_CANDIDATE, mline, candidate));
  return TRUE;
}

/**
 * fr_negotiation_opened:
 * @self: a negotiation
 *
 * The peers are connected: the time no longer runs. Candidates may still come and go.
 *
 * Returns: %FALSE if that cannot be
 */
gboolean
fr_negotiation_opened (FrNegotiation *self)
{
  if (!set_state (self, FR_NEGOTIATION_OPEN))
    return FALSE;
  self->deadline_us = G_MAXINT64;
  return TRUE;
}

/**
 * fr_negotiation_close:
 * @self: a negotiation
 *
 * Ends it: nothing more is to be done, whatever comes.
 */
void
fr_negotiation_close (FrNegotiation *self)
{
  self->state = FR_NEGOTIATION_CLOSED;
  self->deadline_us = G_MAXINT64;
  g_queue_clear_full (&self->actions, action_free);
  g_queue_clear_full (&self->held_remote, action_free);
  g_queue_clear_full (&self->held_local, action_free);
}

/**
 * fr_negotiation_next_deadline:
 * @self: a negotiation
 *
 * Returns: when fr_negotiation_tick() is to be called, in microseconds; %G_MAXINT64 if never
 */
gint64
fr_negotiation_next_deadline (const FrNegotiation *self)
{
  return self->deadline_us;
}

/**
 * fr_negotiation_tick:
 * @self: a negotiation
 * @now_us: the time, in microseconds
 *
 * Gives up when the time is over.
 */
void
fr_negotiation_tick (FrNegotiation *self, gint64 now_us)
{
  if (now_us < self->deadline_us || !set_state (self, FR_NEGOTIATION_TIMED_OUT))
    return;
  self->deadline_us = G_MAXINT64;
  push (self, FR_NEGOTIATION_GIVE_UP, NULL);
}

/**
 * fr_negotiation_next_action:
 * @self: a negotiation
 * @out_action: (out caller-allocates): what is to be done next; to be cleared
 *
 * Returns: %FALSE if nothing is to be done
 */
gboolean
fr_negotiation_next_action (FrNegotiation *self, FrNegotiationAction *out_action)
{
  g_autofree FrNegotiationAction *action = g_queue_pop_head (&self->actions);

  if (action == NULL)
    return FALSE;
  *out_action = *action;
  return TRUE;
}

/**
 * fr_negotiation_action_clear:
 * @action: an action
 *
 * Frees what it holds.
 */
void
fr_negotiation_action_clear (FrNegotiationAction *action)
{
  g_clear_pointer (&action->text, g_free);
}

/**
 * fr_negotiation_get_state:
 * @self: a negotiation
 *
 * Returns: how far it is
 */
FrNegotiationState
fr_negotiation_get_state (const FrNegotiation *self)
{
  return self->state;
}

/**
 * fr_negotiation_get_n_ignored:
 * @self: a negotiation
 *
 * Returns: how many of the peer's candidates were ignored
 */
guint
fr_negotiation_get_n_ignored (const FrNegotiation *self)
{
  return self->n_ignored;
}

/**
 * fr_dial_id_wins:
 * @mine: the id of our dial
 * @theirs: the id of the dial that came meanwhile from the same peer
 *
 * Settles glare: the dial with the smaller id goes on, and the other end comes to the opposite answer. Equal ids are
 * no accident, and nobody's win.
 *
 * Returns: whether ours goes on, and theirs is to be dropped
 */
gboolean
fr_dial_id_wins (const guint8 mine[FR_DIAL_ID_SIZE], const guint8 theirs[FR_DIAL_ID_SIZE])
{
  return memcmp (mine, theirs, FR_DIAL_ID_SIZE) < 0;
}
