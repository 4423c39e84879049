/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long to wait before trying again: 1, 2, 4, 8, 16, then always 30 base delays, each up to a quarter more or
 * less, lest all peers of a server that comes back arrive in one moment. A plain value; reads no clock. */

#define FR_BACKOFF_MAX 30
#define FR_BACKOFF_JITTER 0.25

typedef struct
{
  guint n_failures;
} FrBackoff;

guint fr_backoff_next (FrBackoff *self, guint base_ms, GRand *random);
void fr_backoff_reset (FrBackoff *self);

G_END_DECLS
