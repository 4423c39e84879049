/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-neighbour.h"

#define ROUND_TRIP_WEIGHT 8 /* a new sample counts an eighth: RFC 6298, section 2 */

/**
 * fr_neighbour_new:
 * @config: the numbers to decide by
 * @link: the link
 * @key: whom it leads to
 * @now_us: the time in microseconds
 *
 * Returns: (transfer full): a neighbour that just spoke
 */
FrNeighbour *
fr_neighbour_new (const FrOverlayConfig *config, FrLinkId link, const FrPeerKey *key, gint64 now_us)
{
  FrNeighbour *self = g_new0 (FrNeighbour, 1);

  self->link = link;
  self->key = *key;
  self->max_faults = config->max_faults;
  self->max_hops = FR_NEIGHBOUR_NO_MAX_HOPS;
  self->asked_hops = FR_QUERY_MAX_HOPS;
  fr_token_bucket_init (&self->relayed, config->relay_rate, config->relay_burst, now_us);
  fr_token_bucket_init (&self->own, config->origin_rate, config->origin_burst, now_us);
  fr_token_bucket_init (&self->hits, config->hits_rate, config->hits_burst, now_us);
  fr_token_bucket_init (&self->pings, config->ping_rate, config->ping_burst, now_us);
  fr_token_bucket_init (&self->reports, config->relay_rate, config->relay_burst, now_us);
  fr_token_bucket_init (&self->digests, FR_NEIGHBOUR_DIGEST_RATE, FR_NEIGHBOUR_DIGEST_BURST, now_us);
  fr_token_bucket_init (&self->signals, FR_NEIGHBOUR_SIGNAL_RATE, FR_NEIGHBOUR_SIGNAL_BURST, now_us);
  fr_liveness_init (&self->liveness, config->ping_interval_us, config->ping_misses, config->asks, now_us);
  self->heard_us = now_us;
  return self;
}

/**
 * fr_neighbour_free:
 * @self: (nullable) (transfer full): a neighbour
 */
void
fr_neighbour_free (FrNeighbour *self)
{
  g_free (self);
}

/**
 * fr_neighbour_get_round_trip_us:
 * @self: a neighbour
 *
 * Returns: the smoothed round trip in microseconds, at least 1; 0 while it is not known
 */
guint
fr_neighbour_get_round_trip_us (const FrNeighbour *self)
{
  return self->round_trip_us;
}

/**
 * fr_neighbour_take_query:
 * @self: a neighbour
 * @hops: links that the copy had crossed before this one; 0: it asks for itself
 * @ttl: links that it may cross from the neighbour on
 * @now_us: the time in microseconds
 *
 * Those that may not go far are the first to be refused.
 *
 * Returns: %FALSE if it brings too many; nothing is taken then
 */
gboolean
fr_neighbour_take_query (FrNeighbour *self, guint hops, guint ttl, gint64 now_us)
{
  double reserve = ttl == 1   ? FR_NEIGHBOUR_LAST_LINK_RESERVE
                   : ttl == 2 ? FR_NEIGHBOUR_LAST_BUT_ONE_RESERVE
                              : 0;

  if (hops == 0)
    return fr_token_bucket_take (&self->own, 1, now_us);
  if (fr_token_bucket_ready_at (&self->relayed, 1 + reserve * self->relayed.burst, now_us) > now_us)
    return FALSE;
  return fr_token_bucket_take (&self->relayed, 1, now_us);
}

/**
 * fr_neighbour_take_report:
 * @self: a neighbour
 * @now_us: the time in microseconds
 *
 * Returns: %FALSE if it brings too many
 */
gboolean
fr_neighbour_take_report (FrNeighbour *self, gint64 now_us)
{
  return fr_token_bucket_take (&self->reports, 1, now_us);
}

/**
 * fr_neighbour_take_digest:
 * @self: a neighbour
 * @now_us: the time in microseconds
 *
 * Each costs a set of up to 16 KiB, however short it is.
 *
 * Returns: %FALSE if it brings more than a peer that keeps to the protocol does
 */
gboolean
fr_neighbour_take_digest (FrNeighbour *self, gint64 now_us)
{
  return fr_token_bucket_take (&self->digests, 1, now_us);
}

/**
 * fr_neighbour_take_signal:
 * @self: a neighbour
 * @now_us: the time in microseconds
 *
 * Returns: %FALSE if it brings too many
 */
gboolean
fr_neighbour_take_signal (FrNeighbour *self, gint64 now_us)
{
  return fr_token_bucket_take (&self->signals, 1, now_us);
}

/**
 * fr_neighbour_take_hits:
 * @self: a neighbour
 * @size: bytes of a packed Hits or Preview
 * @is_preview: whether it is a Preview: those are the first to be refused
 * @now_us: the time in microseconds
 *
 * Returns: %FALSE if it brings too much; nothing is taken then
 */
gboolean
fr_neighbour_take_hits (FrNeighbour *self, gsize size, gboolean is_preview, gint64 now_us)
{
  double reserve = is_preview ? FR_NEIGHBOUR_PREVIEW_RESERVE * self->hits.burst : 0;

  if (fr_token_bucket_ready_at (&self->hits, (double) size + reserve, now_us) > now_us)
    return FALSE;
  return fr_token_bucket_take (&self->hits, (double) size, now_us);
}

/**
 * fr_neighbour_take_ping:
 * @self: a neighbour
 * @now_us: the time in microseconds
 *
 * Returns: %FALSE if it asks too often to be answered
 */
gboolean
fr_neighbour_take_ping (FrNeighbour *self, gint64 now_us)
{
  return fr_token_bucket_take (&self->pings, 1, now_us);
}

/**
 * fr_neighbour_note_signature:
 * @self: a neighbour
 * @valid: what became of a signature that it brought
 *
 * Counts it.
 */
void
fr_neighbour_note_signature (FrNeighbour *self, gboolean valid)
{
  if (self->n_checked == FR_NEIGHBOUR_BAD_WINDOW)
    {
      self->n_checked /= 2;
      self->n_bad /= 2;
    }
  self->n_checked++;
  if (!valid)
    self->n_bad++;
}

/**
 * fr_neighbour_is_doubtful:
 * @self: a neighbour
 *
 * Returns: whether so many of its signatures were bad that the next are verified before anything is forwarded
 */
gboolean
fr_neighbour_is_doubtful (const FrNeighbour *self)
{
  return self->n_checked >= FR_NEIGHBOUR_BAD_SAMPLE
         && 100 * self->n_bad > FR_NEIGHBOUR_MAX_BAD_PER_CENT * self->n_checked;
}

/**
 * fr_neighbour_note_fault:
 * @self: a neighbour
 *
 * Counts a frame that the protocol forbids.
 *
 * Returns: %TRUE if there have been too many now
 */
gboolean
fr_neighbour_note_fault (FrNeighbour *self)
{
  if (self->n_faults <= self->max_faults)
    self->n_faults++;
  return self->n_faults > self->max_faults;
}

/**
 * fr_neighbour_throttle:
 * @self: a neighbour, of whom a copy that others had asked has just been dropped
 * @out_hops: (out): what to ask it for; untouched if there is nothing to ask
 * @now_us: the time in microseconds
 *
 * Returns: %TRUE if it is to be sent a Throttle
 */
gboolean
fr_neighbour_throttle (FrNeighbour *self, guint *out_hops, gint64 now_us)
{
  static const guint8 steps[] = { 4, 2, 1 };

  self->limited_us = now_us;
  if (self->asked_hops < FR_QUERY_MAX_HOPS && now_us - self->throttled_us < FR_NEIGHBOUR_THROTTLE_STEP_US)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] < self->asked_hops)
      {
        self->asked_hops = steps[i];
        self->throttled_us = now_us;
        *out_hops = steps[i];
        return TRUE;
      }
  return FALSE;
}

/**
 * fr_neighbour_unthrottle:
 * @self: a neighbour
 * @now_us: the time in microseconds
 *
 * Returns: %TRUE, once, if it was asked for less and has kept to it for long enough: it is to be sent a Throttle with
 *   %FR_QUERY_MAX_HOPS
 */
gboolean
fr_neighbour_unthrottle (FrNeighbour *self, gint64 now_us)
{
  if (self->asked_hops == FR_QUERY_MAX_HOPS || now_us - self->limited_us < FR_NEIGHBOUR_THROTTLE_LIFT_US)
    return FALSE;
  self->asked_hops = FR_QUERY_MAX_HOPS;
  return TRUE;
}

/**
 * fr_neighbour_ignores_throttle:
 * @self: a neighbour
 * @hops: links that a copy from it had crossed before this one
 * @now_us: the time in microseconds
 *
 * Returns: whether it was asked for no such copies so long ago that it must know
 */
gboolean
fr_neighbour_ignores_throttle (const FrNeighbour *self, guint hops, gint64 now_us)
{
  return self->asked_hops < FR_QUERY_MAX_HOPS && hops + 1 > self->asked_hops
         && now_us - self->throttled_us > FR_NEIGHBOUR_THROTTLE_GRACE_US;
}

/**
 * fr_neighbour_set_max_hops:
 * @self: a neighbour
 * @hops: links that a query may have crossed when it gets it, the one to it included
 *
 * Notes what the neighbour has asked for.
 */
void
fr_neighbour_set_max_hops (FrNeighbour *self, guint hops)
{
  self->max_hops = hops < FR_QUERY_MAX_HOPS ? (guint8) hops : FR_NEIGHBOUR_NO_MAX_HOPS;
}

/**
 * fr_neighbour_heard:
 * @self: a neighbour
 * @now_us: the time in microseconds
 *
 * Notes a sign of life.
 */
void
fr_neighbour_heard (FrNeighbour *self, gint64 now_us)
{
  self->heard_us = now_us;
  fr_liveness_heard (&self->liveness, now_us);
}

/**
 * fr_neighbour_get_heard_us:
 * @self: a neighbour
 *
 * Returns: when anything came from there last, in microseconds
 */
gint64
fr_neighbour_get_heard_us (const FrNeighbour *self)
{
  return self->heard_us;
}

/**
 * fr_neighbour_ping:
 * @self: a neighbour
 * @nonce: what the ping says, not 0
 * @now_us: the time in microseconds
 *
 * Notes that it is asked for a sign of life.
 */
void
fr_neighbour_ping (FrNeighbour *self, guint64 nonce, gint64 now_us)
{
  self->nonce = nonce;
  self->pinged_us = now_us;
  fr_liveness_asked (&self->liveness, now_us);
}

/**
 * fr_neighbour_pong:
 * @self: a neighbour
 * @nonce: what its Pong says
 * @now_us: the time in microseconds
 *
 * Takes the round trip from the answer to the last ping; other answers say nothing. One that took very long, for either
 * side slept or the other likes to seem far away, must not have us wait for minutes when the neighbour dies.
 */
void
fr_neighbour_pong (FrNeighbour *self, guint64 nonce, gint64 now_us)
{
  guint sample;

  if (nonce == 0 || nonce != self->nonce)
    return;
  self->nonce = 0;
  sample = (guint) CLAMP (now_us - self->pinged_us, 1, FR_NEIGHBOUR_ROUND_TRIP_MOST_US);
  if (self->round_trip_us == 0)
    self->round_trip_us = sample;
  else
    self->round_trip_us = (guint) (((guint64) self->round_trip_us * (ROUND_TRIP_WEIGHT - 1) + sample)
                                   / ROUND_TRIP_WEIGHT);
  self->round_trip_us = MAX (self->round_trip_us, 1);
}

/**
 * fr_neighbour_get_deadline:
 * @self: a neighbour
 *
 * Returns: when its liveness is to be looked at, or a Throttle lifted, in microseconds
 */
gint64
fr_neighbour_get_deadline (const FrNeighbour *self)
{
  gint64 deadline_us;

  if (self->closing)
    return G_MAXINT64;
  deadline_us = fr_liveness_next_deadline (&self->liveness, self->round_trip_us);
  if (self->asked_hops < FR_QUERY_MAX_HOPS)
    deadline_us = MIN (deadline_us, self->limited_us + FR_NEIGHBOUR_THROTTLE_LIFT_US);
  return self->leaving ? MIN (deadline_us, self->close_at_us) : deadline_us;
}

/**
 * fr_neighbour_leave:
 * @self: a neighbour
 * @close_at_us: when the link is closed at the latest, in microseconds; %G_MAXINT64: the other side closes it
 *
 * Notes that the link is not wanted any more, by one side or the other. What answers queries still goes both ways.
 */
void
fr_neighbour_leave (FrNeighbour *self, gint64 close_at_us)
{
  self->close_at_us = self->leaving ? MIN (self->close_at_us, close_at_us) : close_at_us;
  self->leaving = TRUE;
}

/**
 * fr_neighbour_is_left:
 * @self: a neighbour
 * @now_us: the time in microseconds
 *
 * Returns: whether the time has come to close it
 */
gboolean
fr_neighbour_is_left (const FrNeighbour *self, gint64 now_us)
{
  return self->leaving && !self->closing && self->close_at_us <= now_us;
}

/**
 * fr_neighbour_set_closing:
 * @self: a neighbour
 * @reason: why
 *
 * Notes that the link was given up: nothing is sent along it or taken from it any more.
 */
void
fr_neighbour_set_closing (FrNeighbour *self, FrOverlayReason reason)
{
  self->closing = TRUE;
  self->closing_reason = (guint8) reason;
}

/**
 * fr_neighbour_get_closing_reason:
 * @self: a neighbour
 *
 * Returns: why the link was given up; %FR_OVERLAY_REASON_NONE if it was not
 */
FrOverlayReason
fr_neighbour_get_closing_reason (const FrNeighbour *self)
{
  return self->closing_reason;
}
