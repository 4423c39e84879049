/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How fast something comes, and when it will be there, from how much was there at which time. A plain value, zero at the
 * beginning; it never reads the clock. */

#define FR_FETCH_PACE_EVERY_US (G_USEC_PER_SEC / 2)    /* between two samples */
#define FR_FETCH_PACE_WINDOW_US (5 * G_USEC_PER_SEC)   /* which the speed is an average of */
#define FR_FETCH_PACE_SURE_US (3 * G_USEC_PER_SEC)     /* before that nobody can say how long it will take */
#define FR_FETCH_PACE_MAX_LEFT (7 * 24 * 3600)         /* seconds; what takes longer is as good as standing still */
#define FR_FETCH_PACE_SAMPLES 12

typedef struct
{
  struct
  {
    gint64 at_us;
    guint64 done;
  } samples[FR_FETCH_PACE_SAMPLES], latest; /* the oldest sample first */
  guint n_samples;
  gint64 began_us;
} FrFetchPace;

void fr_fetch_pace_note (FrFetchPace *self, guint64 done, gint64 now_us);
guint64 fr_fetch_pace_get_speed (const FrFetchPace *self, gint64 now_us);
gint64 fr_fetch_pace_get_seconds_left (const FrFetchPace *self, guint64 total, gint64 now_us);

G_END_DECLS
