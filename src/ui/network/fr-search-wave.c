/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-wave.h"

typedef struct
{
  FrPeerKey link;
  guint n_steps;
  gint64 from_us;
} Flying;

struct _FrSearchWave
{
  GArray *flying; /* of Flying */

  /* state */
  gboolean has_begun;
  guint n_steps;   /* that the search has come to */
  double front;    /* where the wave was then, going on from there */
  gint64 front_us;
};

/**
 * fr_search_wave_new:
 *
 * Returns: (transfer full): a wave that has not begun
 */
FrSearchWave *
fr_search_wave_new (void)
{
  FrSearchWave *self = g_new0 (FrSearchWave, 1);

  self->flying = g_array_new (FALSE, FALSE, sizeof (Flying));
  return self;
}

void
fr_search_wave_free (FrSearchWave *self)
{
  g_array_unref (self->flying);
  g_free (self);
}

/**
 * fr_search_wave_end:
 * @self: a wave
 *
 * Forgets all of it, as if it had never begun.
 */
void
fr_search_wave_end (FrSearchWave *self)
{
  g_array_set_size (self->flying, 0);
  self->has_begun = FALSE;
  self->n_steps = 0;
  self->front = 0;
}

/**
 * fr_search_wave_begin:
 * @self: a wave
 * @now_us: the time
 *
 * A search has begun, here; whatever was on its way from another one is forgotten.
 */
void
fr_search_wave_begin (FrSearchWave *self, gint64 now_us)
{
  fr_search_wave_end (self);
  self->has_begun = TRUE;
  self->front_us = now_us;
}

/**
 * fr_search_wave_reach:
 * @self: a wave
 * @n_steps: how far the search has come, as is known now
 * @now_us: the time
 *
 * Lets it run on, from where it is.
 */
void
fr_search_wave_reach (FrSearchWave *self, guint n_steps, gint64 now_us)
{
  n_steps = MIN (n_steps, FR_SEARCH_WAVE_MAX_STEPS);
  if (!self->has_begun || n_steps <= self->n_steps)
    return;
  self->front = fr_search_wave_get_front (self, now_us);
  self->front_us = now_us;
  self->n_steps = n_steps;
}

/* When the wave is to come there, if it goes on; the time, if it was there. */
static gint64
time_of (FrSearchWave *self, guint n_steps, gint64 now_us)
{
  double left = n_steps - fr_search_wave_get_front (self, now_us);

  return left > 0 ? now_us + (gint64) (left * FR_SEARCH_WAVE_STEP_US) : now_us;
}

/**
 * fr_search_wave_answer:
 * @self: a wave
 * @link: whom it has come by
 * @n_steps: how far away those are who answered
 * @now_us: the time
 *
 * Lets an answer run back. The wave has to come to where it begins first, since nothing is answered before it is asked.
 */
void
fr_search_wave_answer (FrSearchWave *self, const FrPeerKey *link, guint n_steps, gint64 now_us)
{
  Flying flying = { .link = *link, .n_steps = CLAMP (n_steps, 1, FR_SEARCH_WAVE_MAX_STEPS) };

  if (!self->has_begun || self->flying->len >= FR_SEARCH_WAVE_MAX_ANSWERS)
    return;
  fr_search_wave_reach (self, flying.n_steps, now_us);
  flying.from_us = time_of (self, flying.n_steps, now_us);
  g_array_append_val (self->flying, flying);
}

guint
fr_search_wave_get_n_steps (FrSearchWave *self)
{
  return self->n_steps;
}

/**
 * fr_search_wave_get_front:
 * @self: a wave
 * @now_us: the time
 *
 * Returns: how many steps away it is
 */
double
fr_search_wave_get_front (FrSearchWave *self, gint64 now_us)
{
  double passed = MAX (0, now_us - self->front_us) / (double) FR_SEARCH_WAVE_STEP_US;

  return self->has_begun ? MIN (self->front + passed, self->n_steps) : 0;
}

/* Since when it has been at the farthest step; negative: it is on its way there. */
static gint64
get_rest_us (FrSearchWave *self, gint64 now_us)
{
  return now_us - self->front_us - (gint64) ((self->n_steps - self->front) * FR_SEARCH_WAVE_STEP_US);
}

/**
 * fr_search_wave_get_alpha:
 * @self: a wave
 * @now_us: the time
 *
 * Returns: how much of it is to be seen, from 0 to 1
 */
double
fr_search_wave_get_alpha (FrSearchWave *self, gint64 now_us)
{
  gint64 rest_us;

  if (!self->has_begun || self->n_steps == 0)
    return 0;
  rest_us = get_rest_us (self, now_us);
  return rest_us <= 0 ? 1 : MAX (0, 1 - rest_us / (double) FR_SEARCH_WAVE_FADE_US);
}

/**
 * fr_search_wave_list_answers:
 * @self: a wave
 * @now_us: the time
 * @out_answers: (out): those that are on their way, %FR_SEARCH_WAVE_MAX_ANSWERS at most
 *
 * Forgets those that have come.
 *
 * Returns: how many there are
 */
guint
fr_search_wave_list_answers (FrSearchWave *self, gint64 now_us, FrWaveAnswer *out_answers)
{
  guint n = 0;

  for (guint i = self->flying->len; i > 0; i--)
    {
      const Flying *flying = &g_array_index (self->flying, Flying, i - 1);
      double passed = (now_us - flying->from_us) / (double) FR_SEARCH_WAVE_STEP_US;

      if (passed >= flying->n_steps)
        g_array_remove_index_fast (self->flying, i - 1);
      else if (passed >= 0)
        out_answers[n++] = (FrWaveAnswer) { flying->link, flying->n_steps - passed };
    }
  return n;
}

/**
 * fr_search_wave_is_moving:
 * @self: a wave
 * @now_us: the time
 *
 * Returns: whether it will look different a moment later
 */
gboolean
fr_search_wave_is_moving (FrSearchWave *self, gint64 now_us)
{
  FrWaveAnswer answers[FR_SEARCH_WAVE_MAX_ANSWERS];

  fr_search_wave_list_answers (self, now_us, answers);
  return self->flying->len > 0 || fr_search_wave_get_alpha (self, now_us) > 0;
}
