/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-rate.h"

/**
 * fr_rate_clamp:
 * @kib: a limit in KiB a second, or 0
 *
 * Returns: the nearest one that can be kept; 0: none
 */
guint
fr_rate_clamp (guint kib)
{
  return kib == 0 ? 0 : CLAMP (kib, FR_RATE_MIN_KIB, FR_RATE_MAX_KIB);
}

/**
 * fr_rate_set:
 * @self: a rate, or zeroes
 * @kib: KiB a second; 0: as fast as it goes
 * @now_us: the time in microseconds
 *
 * Sets another limit. What has been saved up under the one before is kept as far as the new one allows, so that nothing is
 * gained by changing it.
 */
void
fr_rate_set (FrRate *self, guint kib, gint64 now_us)
{
  double rate, burst;

  kib = fr_rate_clamp (kib);
  rate = kib * 1024.0;
  burst = MAX (rate / 4, FR_RATE_MIN_BURST);
  if (self->kib == 0)
    fr_token_bucket_init (&self->bucket, rate, burst, now_us);
  fr_token_bucket_take (&self->bucket, 0, now_us); /* fills it up until now, at the rate until now */
  self->bucket.rate = rate;
  self->bucket.burst = burst;
  self->bucket.tokens = MIN (self->bucket.tokens, burst);
  self->kib = kib;
}

/**
 * fr_rate_take:
 * @self: a rate
 * @bytes: how many are to go, at most %FR_RATE_MIN_BURST
 * @now_us: the time in microseconds
 *
 * Returns: %FALSE, and nothing taken, if they may not go yet
 */
gboolean
fr_rate_take (FrRate *self, gsize bytes, gint64 now_us)
{
  return self->kib == 0 || fr_token_bucket_take (&self->bucket, (double) bytes, now_us);
}

/**
 * fr_rate_ready_at:
 * @self: a rate
 * @bytes: how many are to go, at most %FR_RATE_MIN_BURST
 * @now_us: the time in microseconds
 *
 * Returns: when they may, if nothing else goes before
 */
gint64
fr_rate_ready_at (FrRate *self, gsize bytes, gint64 now_us)
{
  return self->kib == 0 ? now_us : fr_token_bucket_ready_at (&self->bucket, (double) bytes, now_us);
}
