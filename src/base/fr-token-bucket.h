/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A limit on how often something may happen: a bucket that holds at most `burst` tokens and is filled at `rate`
 * tokens a second. A plain value; never reads the clock; time may stand still or run backwards. */

typedef struct
{
  double rate;
  double burst;
  double tokens;
  gint64 filled_us;
} FrTokenBucket;

void fr_token_bucket_init (FrTokenBucket *self, double rate, double burst, gint64 now_us);
gboolean fr_token_bucket_take (FrTokenBucket *self, double tokens, gint64 now_us);
gint64 fr_token_bucket_ready_at (FrTokenBucket *self, double tokens, gint64 now_us);

G_END_DECLS
