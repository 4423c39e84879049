/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-sim-json.h"

G_BEGIN_DECLS

/* The experiments of bench-overlay: each runs, writes its members, draws its plots, and counts the bounds that it
 * broke, which it names on the standard error output. */

typedef struct _OverlayFailures OverlayFailures;

typedef struct
{
  gboolean quick; /* a tenth of the size */
  guint32 seed;
  const char *plots; /* folder; NULL: none */
  FrSimJson *json;
  guint n_broken;
  OverlayFailures *failures; /* under way; nullable */
} OverlayBench;

/* They take as long as all others together, so they run beside those. */
void overlay_bench_failures_begin (OverlayBench *self);
void overlay_bench_failures (OverlayBench *self); /* waits for them */
void overlay_bench_recall (OverlayBench *self);
void overlay_bench_sizes (OverlayBench *self);
void overlay_bench_churn (OverlayBench *self);
void overlay_bench_line (OverlayBench *self);
void overlay_bench_speed (OverlayBench *self);

void overlay_bench_check (OverlayBench *self, gboolean holds, const char *format, ...) G_GNUC_PRINTF (3, 4);
void overlay_bench_progress (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
