/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-backoff.h"

/* The exponent at which the delay is past its maximum. */
#define MAX_DOUBLINGS 5

/**
 * fr_backoff_next:
 * @self: a back-off
 * @base_ms: the first delay in milliseconds
 * @random: a random source
 *
 * Counts a failure.
 *
 * Returns: how many milliseconds to wait after it
 */
guint
fr_backoff_next (FrBackoff *self, guint base_ms, GRand *random)
{
  guint factor = MIN (1u << self->n_failures, FR_BACKOFF_MAX);

  self->n_failures = MIN (self->n_failures + 1, MAX_DOUBLINGS);
  return (guint) (base_ms * factor * g_rand_double_range (random, 1 - FR_BACKOFF_JITTER, 1 + FR_BACKOFF_JITTER));
}

/**
 * fr_backoff_reset:
 * @self: a back-off
 *
 * Begins anew with the shortest delay.
 */
void
fr_backoff_reset (FrBackoff *self)
{
  self->n_failures = 0;
}
