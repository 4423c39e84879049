/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-neighbour.h"

#define ROUND_TRIP_WEIGHT 8 /* a new sample counts an eighth: RFC 6298, section 2 */

struct _FrNeighbour
{
  FrLinkId link;
  FrPeerKey key;

  FrTokenBucket relayed;
  FrTokenBucket own;
  FrTokenBucket hits;
  FrTokenBucket pings;

  /* trust */
  guint n_checked;
  guint n_bad;
  guint n_faults;
  guint max_faults;

  /* liveness */
  gint64 ping_interval_us;
  gint64 ping_at_us; /* when it will have been quiet for too long */
  gint64 pinged_us;
  guint64 nonce; /* of the ping that waits for its answer; 0: none does */
  guint n_missed;
  guint max_missed;
  guint round_trip_us;

  guint closing : 1;
};

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
  self->max_missed = config->ping_misses;
  self->ping_interval_us = config->ping_interval_us;
  fr_token_bucket_init (&self->relayed, config->relay_rate, config->relay_burst, now_us);
  fr_token_bucket_init (&self->own, config->origin_rate, config->origin_burst, now_us);
  fr_token_bucket_init (&self->hits, config->hits_rate, config->hits_burst, now_us);
  fr_token_bucket_init (&self->pings, config->ping_rate, config->ping_burst, now_us);
  fr_neighbour_heard (self, now_us);
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
 * fr_neighbour_get_link:
 * @self: a neighbour
 *
 * Returns: the link that leads to it
 */
FrLinkId
fr_neighbour_get_link (const FrNeighbour *self)
{
  return self->link;
}

/**
 * fr_neighbour_get_key:
 * @self: a neighbour
 *
 * Returns: (transfer none): who it is
 */
const FrPeerKey *
fr_neighbour_get_key (const FrNeighbour *self)
{
  return &self->key;
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
 * @is_own: whether it asks for itself
 * @now_us: the time in microseconds
 *
 * Returns: %FALSE if it brings too many
 */
gboolean
fr_neighbour_take_query (FrNeighbour *self, gboolean is_own, gint64 now_us)
{
  return fr_token_bucket_take (is_own ? &self->own : &self->relayed, 1, now_us);
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
 * fr_neighbour_heard:
 * @self: a neighbour
 * @now_us: the time in microseconds
 *
 * Notes a sign of life.
 */
void
fr_neighbour_heard (FrNeighbour *self, gint64 now_us)
{
  self->n_missed = 0;
  self->ping_at_us = now_us + self->ping_interval_us;
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
  self->ping_at_us = now_us + self->ping_interval_us;
}

/**
 * fr_neighbour_miss:
 * @self: a neighbour that has been quiet for another interval
 *
 * Returns: %FALSE if it has been asked in vain often enough, else it is to be asked (again)
 */
gboolean
fr_neighbour_miss (FrNeighbour *self)
{
  if (self->n_missed >= self->max_missed)
    return FALSE;
  self->n_missed++;
  return TRUE;
}

/**
 * fr_neighbour_pong:
 * @self: a neighbour
 * @nonce: what its Pong says
 * @now_us: the time in microseconds
 *
 * Takes the round trip from the answer to the last ping; other answers say nothing.
 */
void
fr_neighbour_pong (FrNeighbour *self, guint64 nonce, gint64 now_us)
{
  guint sample;

  if (nonce == 0 || nonce != self->nonce)
    return;
  self->nonce = 0;
  sample = (guint) CLAMP (now_us - self->pinged_us, 1, G_MAXINT32);
  if (self->round_trip_us == 0)
    self->round_trip_us = sample;
  else
    self->round_trip_us = (guint) (((guint64) self->round_trip_us * (ROUND_TRIP_WEIGHT - 1) + sample)
                                   / ROUND_TRIP_WEIGHT);
  self->round_trip_us = MAX (self->round_trip_us, 1);
}

/**
 * fr_neighbour_get_ping_at:
 * @self: a neighbour
 *
 * Returns: when it will have been quiet for an interval, in microseconds
 */
gint64
fr_neighbour_get_ping_at (const FrNeighbour *self)
{
  return self->closing ? G_MAXINT64 : self->ping_at_us;
}

/**
 * fr_neighbour_set_closing:
 * @self: a neighbour
 *
 * Notes that the link was given up: nothing is sent along it or taken from it any more.
 */
void
fr_neighbour_set_closing (FrNeighbour *self)
{
  self->closing = TRUE;
}

/**
 * fr_neighbour_is_closing:
 * @self: a neighbour
 *
 * Returns: whether the link was given up
 */
gboolean
fr_neighbour_is_closing (const FrNeighbour *self)
{
  return self->closing;
}
