/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-bench-peer.h"

G_BEGIN_DECLS

/* One search, and the pictures that it brings: all times in milliseconds from asking, taken in the asking process. */

#define FR_BENCH_MAX_HOLDERS 2

typedef struct
{
  /* what is expected */
  const char *word;
  guint n_holders;
  const char *contents[FR_BENCH_MAX_HOLDERS]; /* the nearest holder's last */

  /* what was measured; NAN if it did not come */
  double hit_ms;                             /* the first */
  double preview_ms;                         /* the first */
  double picture_ms[FR_BENCH_MAX_HOLDERS]; /* in the order of contents */
} FrBenchTrial;

/* Searches, waits for all, and closes the channels that were made for it. Says on stderr what went wrong. */
gboolean fr_bench_trial_run (FrBenchTrial *self, FrBenchPeer *asker);

G_END_DECLS
