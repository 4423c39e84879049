/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-liveness.h"

/* Silence after something was sent, before the question. */
static gint64
get_ask_us (guint round_trip_us)
{
  return MAX (FR_LIVENESS_ASK_US, (gint64) FR_LIVENESS_ASK_ROUND_TRIPS * round_trip_us);
}

/* Silence after the question. The most that was queued since the peer was last heard counts, not what is queued now:
 * what has left the queue is still in SCTP's own buffer, some 200 KB, and the question waits behind it. */
static gint64
get_give_up_us (const FrLiveness *self, guint round_trip_us)
{
  double drain_us = FR_LIVENESS_QUEUE_FACTOR * (double) G_USEC_PER_SEC * (double) self->queued_most / self->rate;
  gint64 give_up_us = MAX (FR_LIVENESS_GIVE_UP_US, (gint64) FR_LIVENESS_GIVE_UP_ROUND_TRIPS * round_trip_us);

  if (drain_us >= FR_LIVENESS_GIVE_UP_MAX_US)
    return FR_LIVENESS_GIVE_UP_MAX_US;
  return MIN (MAX (give_up_us, (gint64) drain_us), FR_LIVENESS_GIVE_UP_MAX_US);
}

/* When the rules for a link that was sent something, or is in doubt, want it asked or given up. */
static gint64
get_hasty_us (const FrLiveness *self, guint round_trip_us)
{
  if (self->urgent)
    return self->sent_us;
  if (self->asked)
    return self->asked_us + get_give_up_us (self, round_trip_us);
  if (self->asks && self->sent)
    return self->sent_us + get_ask_us (round_trip_us);
  return G_MAXINT64;
}

/* What comes next, and when. */
static FrLivenessDue
get_next (const FrLiveness *self, guint round_trip_us, gint64 *out_at_us, gboolean *out_hasty)
{
  gint64 hasty_us = get_hasty_us (self, round_trip_us);
  gboolean missed = self->n_missed >= self->misses;

  /* A quiet link is not given up while a question that is out may still be answered. */
  *out_hasty = hasty_us <= self->next_ask_us || self->urgent || (missed && self->asked);
  *out_at_us = *out_hasty ? hasty_us : self->next_ask_us;
  return (*out_hasty ? self->asked : missed) ? FR_LIVENESS_DEAD : FR_LIVENESS_ASK;
}

/* A sign of life: no question is open any more. What still waits counts as sent from now on, so that a peer that dies
 * now is missed although the full queue lets nothing more be sent. */
static void
revive (FrLiveness *self, gboolean sent, gint64 now_us)
{
  self->n_missed = 0;
  self->next_ask_us = now_us + self->quiet_us;
  self->sent = sent;
  self->sent_us = now_us;
  self->asked = FALSE;
  self->urgent = FALSE;
  self->hasty = FALSE;
  self->queued_most = self->queued;
}

/* SCTP takes the first bytes at the speed of memory when it had nothing to do; those say nothing about the link. */
static void
measure (FrLiveness *self, gsize fall, gint64 now_us)
{
  /* Who slept did not measure. */
  double us = (double) CLAMP (now_us - self->progress_us, 0, FR_LIVENESS_JUMP_US);

  if (self->busy >= FR_LIVENESS_DRAIN_SLACK)
    self->rate = (self->rate * FR_LIVENESS_RATE_US + (double) fall * G_USEC_PER_SEC) / (FR_LIVENESS_RATE_US + us);
  self->busy += fall;
  self->progress_us = now_us;
}

/**
 * fr_liveness_init:
 * @self: the memory for it
 * @quiet_us: the interval in which a quiet link is asked, in microseconds, at least 1
 * @misses: how many such questions in a row may go unanswered
 * @asks: whether to ask soon after something was sent, too
 * @now_us: the time in microseconds
 *
 * Begins with a peer that was heard just now.
 */
void
fr_liveness_init (FrLiveness *self, gint64 quiet_us, guint misses, gboolean asks, gint64 now_us)
{
  g_return_if_fail (quiet_us > 0);

  *self = (FrLiveness) {
    .quiet_us = quiet_us,
    .misses = misses,
    .asks = asks != FALSE,
    .due_us = now_us,
    .rate = FR_LIVENESS_ASSUMED_RATE,
  };
  revive (self, FALSE, now_us);
}

/**
 * fr_liveness_heard:
 * @self: the state of a link
 * @now_us: the time in microseconds
 *
 * Notes that something came, whatever it is.
 */
void
fr_liveness_heard (FrLiveness *self, gint64 now_us)
{
  self->drained = 0;
  revive (self, self->queued > 0, now_us);
}

/**
 * fr_liveness_sent:
 * @self: the state of a link
 * @now_us: the time in microseconds
 *
 * Notes that something was sent: anything but a Ping, for which there is fr_liveness_asked(), or a Pong, for two peers
 * would else ask each other for ever.
 */
void
fr_liveness_sent (FrLiveness *self, gint64 now_us)
{
  if (self->sent)
    return;
  self->sent = TRUE;
  self->sent_us = now_us;
}

/**
 * fr_liveness_asked:
 * @self: the state of a link
 * @now_us: the time in microseconds
 *
 * Notes that a Ping was sent.
 */
void
fr_liveness_asked (FrLiveness *self, gint64 now_us)
{
  if (self->hasty && !self->asked)
    {
      self->asked = TRUE;
      self->asked_us = now_us;
    }
  self->hasty = FALSE;
  self->urgent = FALSE;
  if (self->n_missed < self->misses)
    self->n_missed++;
  self->next_ask_us = now_us + self->quiet_us;
}

/**
 * fr_liveness_queued:
 * @self: the state of a link
 * @buffered: bytes of all its channels that wait to be sent
 * @now_us: the time in microseconds
 *
 * Says how much waits: to be called after each change, and four times a second while anything waits. What left between
 * two calls is seen only if nothing took its place.
 */
void
fr_liveness_queued (FrLiveness *self, gsize buffered, gint64 now_us)
{
  gsize before = self->queued;

  self->queued = buffered;
  self->queued_most = MAX (self->queued_most, buffered);
  if (before == 0)
    {
      self->busy = 0;
      self->progress_us = now_us;
    }
  if (buffered < before)
    {
      measure (self, before - buffered, now_us);
      self->drained += before - buffered;
      if (self->drained > FR_LIVENESS_DRAIN_SLACK)
        revive (self, TRUE, now_us);
    }
  if (buffered > 0)
    fr_liveness_sent (self, now_us);
}

/**
 * fr_liveness_check_now:
 * @self: the state of a link
 * @now_us: the time in microseconds
 *
 * After suspend, or when the network is another: asks at once, and does not wait for several answers. The rate that was
 * measured may not hold any more.
 */
void
fr_liveness_check_now (FrLiveness *self, gint64 now_us)
{
  self->urgent = TRUE;
  self->asked = FALSE;
  self->sent = TRUE;
  self->sent_us = now_us;
  self->rate = MIN (self->rate, FR_LIVENESS_ASSUMED_RATE);
}

/**
 * fr_liveness_due:
 * @self: the state of a link
 * @round_trip_us: its smoothed round trip; 0 if that is not known
 * @now_us: the time in microseconds
 *
 * Says what is to be done, and says it again until it is done. May be called at any time. Where the caller slept for so
 * long that it missed the time, nobody can know what came meanwhile, so the peer is asked before it is given up.
 *
 * Returns: what is due
 */
FrLivenessDue
fr_liveness_due (FrLiveness *self, guint round_trip_us, gint64 now_us)
{
  gboolean hasty;
  gint64 at_us;
  FrLivenessDue due = get_next (self, round_trip_us, &at_us, &hasty);

  if (now_us - self->due_us > FR_LIVENESS_JUMP_US && now_us - at_us > FR_LIVENESS_LATE_US)
    {
      fr_liveness_check_now (self, now_us);
      due = get_next (self, round_trip_us, &at_us, &hasty);
    }
  self->due_us = now_us;
  if (now_us < at_us)
    return FR_LIVENESS_NOTHING;
  self->hasty = hasty;
  return due;
}

/**
 * fr_liveness_next_deadline:
 * @self: the state of a link
 * @round_trip_us: its smoothed round trip; 0 if that is not known
 *
 * Returns: when fr_liveness_due() will say something, if nothing happens until then
 */
gint64
fr_liveness_next_deadline (const FrLiveness *self, guint round_trip_us)
{
  gboolean hasty;
  gint64 at_us;

  get_next (self, round_trip_us, &at_us, &hasty);
  return at_us;
}
