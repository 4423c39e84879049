/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-bulk-header.h"
#include "fr-token-bucket.h"

G_BEGIN_DECLS

/* How fast pictures may go one way: over any stretch of time no more than the rate, and one burst. A plain value, without
 * a limit where it is zero; never reads the clock. */

#define FR_RATE_MIN_KIB 16 /* a second; with less, one of those that go at once would seem to stand still */
#define FR_RATE_MAX_KIB (1024 * 1024)
#define FR_RATE_MIN_BURST (256 * 1024) /* a block */

typedef struct
{
  FrTokenBucket bucket;
  guint kib; /* a second; 0: as fast as it goes */
} FrRate;

guint fr_rate_clamp (guint kib);
void fr_rate_set (FrRate *self, guint kib, gint64 now_us);
gboolean fr_rate_take (FrRate *self, gsize bytes, gint64 now_us);
gint64 fr_rate_ready_at (FrRate *self, gsize bytes, gint64 now_us);

G_END_DECLS
