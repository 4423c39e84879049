/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-token-bucket.h"

static void
refill (FrTokenBucket *self, gint64 now_us)
{
  if (now_us > self->filled_us)
    self->tokens = MIN (self->burst, self->tokens + (double) (now_us - self->filled_us) / G_USEC_PER_SEC * self->rate);
  self->filled_us = now_us;
}

/**
 * fr_token_bucket_init:
 * @self: (out caller-allocates): a bucket, full
 * @rate: tokens a second
 * @burst: the most that it holds
 * @now_us: the time in microseconds, of any clock
 *
 * Sets up a bucket.
 */
void
fr_token_bucket_init (FrTokenBucket *self, double rate, double burst, gint64 now_us)
{
  *self = (FrTokenBucket) { .rate = rate, .burst = burst, .tokens = burst, .filled_us = now_us };
}

/**
 * fr_token_bucket_take:
 * @self: a bucket
 * @tokens: how many are wanted
 * @now_us: the time in microseconds
 *
 * Takes tokens if there are enough.
 *
 * Returns: %FALSE, and nothing taken, if there are too few
 */
gboolean
fr_token_bucket_take (FrTokenBucket *self, double tokens, gint64 now_us)
{
  refill (self, now_us);
  if (self->tokens < tokens)
    return FALSE;
  self->tokens -= tokens;
  return TRUE;
}

/**
 * fr_token_bucket_ready_at:
 * @self: a bucket
 * @tokens: how many are wanted
 * @now_us: the time in microseconds
 *
 * Returns: when fr_token_bucket_take() will succeed if nobody takes any before; %G_MAXINT64 if never
 */
gint64
fr_token_bucket_ready_at (FrTokenBucket *self, double tokens, gint64 now_us)
{
  refill (self, now_us);
  if (self->tokens >= tokens)
    return now_us;
  if (tokens > self->burst || self->rate <= 0)
    return G_MAXINT64;
  return now_us + (gint64) ((tokens - self->tokens) / self->rate * G_USEC_PER_SEC) + 1;
}
