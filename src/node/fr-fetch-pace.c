/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-pace.h"

#include <math.h>
#include <string.h>

static void
begin (FrFetchPace *self, guint64 done, gint64 now_us)
{
  *self = (FrFetchPace) { .n_samples = 1, .began_us = now_us };
  self->latest.at_us = now_us;
  self->latest.done = done;
  self->samples[0] = self->latest;
}

static void
forget_first (FrFetchPace *self)
{
  self->n_samples--;
  memmove (&self->samples[0], &self->samples[1], self->n_samples * sizeof self->samples[0]);
}

/**
 * fr_fetch_pace_note:
 * @self: a pace
 * @done: how many bytes are there
 * @now_us: the time
 *
 * Notes how much is there. What is there at the first time came earlier, and says nothing about the speed; less than
 * before is another beginning.
 */
void
fr_fetch_pace_note (FrFetchPace *self, guint64 done, gint64 now_us)
{
  if (self->n_samples == 0 || done < self->latest.done || now_us < self->latest.at_us)
    {
      begin (self, done, now_us);
      return;
    }
  self->latest.at_us = now_us;
  self->latest.done = done;
  if (now_us - self->samples[self->n_samples - 1].at_us < FR_FETCH_PACE_EVERY_US)
    return;
  if (self->n_samples == FR_FETCH_PACE_SAMPLES)
    forget_first (self);
  self->samples[self->n_samples++] = self->latest;
}

/* The first sample within the window, or the last one before: then nothing has come since. */
static guint
find_base (const FrFetchPace *self, gint64 now_us)
{
  guint base = 0;

  while (base + 1 < self->n_samples && now_us - self->samples[base].at_us > FR_FETCH_PACE_WINDOW_US)
    base++;
  return base;
}

/**
 * fr_fetch_pace_get_speed:
 * @self: a pace
 * @now_us: the time
 *
 * Returns: bytes a second, of late; 0: nothing comes, or it is too early to say
 */
guint64
fr_fetch_pace_get_speed (const FrFetchPace *self, gint64 now_us)
{
  guint base = find_base (self, now_us);
  double speed;
  gint64 us;

  if (self->n_samples == 0)
    return 0;
  us = now_us - self->samples[base].at_us;
  if (us < FR_FETCH_PACE_EVERY_US)
    return 0;
  speed = (double) (self->latest.done - self->samples[base].done) * G_USEC_PER_SEC / (double) us;
  return speed < (double) G_MAXINT64 ? (guint64) speed : G_MAXINT64;
}

/**
 * fr_fetch_pace_get_seconds_left:
 * @self: a pace
 * @total: how many bytes there are to be
 * @now_us: the time
 *
 * Returns: how long it takes to be there, if it goes on like that; -1: that is not known
 */
gint64
fr_fetch_pace_get_seconds_left (const FrFetchPace *self, guint64 total, gint64 now_us)
{
  guint64 speed = fr_fetch_pace_get_speed (self, now_us);
  double seconds;

  if (self->n_samples > 0 && self->latest.done >= total)
    return 0;
  if (speed == 0 || now_us - self->began_us < FR_FETCH_PACE_SURE_US)
    return -1;
  seconds = ceil ((double) (total - self->latest.done) / (double) speed);
  return seconds <= FR_FETCH_PACE_MAX_LEFT ? (gint64) seconds : -1;
}
