/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* A search as a wave that runs out, a step after the other, and answers that run back: where they are at some time. Pure;
 * the times are those of a frame clock. What is not known yet is not made up: the wave waits at the farthest step that
 * the search is known to have come to, and an answer runs along the link by which it came. */

#define FR_SEARCH_WAVE_STEP_US (G_USEC_PER_SEC * 2 / 5) /* from one step to the next, there and back */
#define FR_SEARCH_WAVE_FADE_US (G_USEC_PER_SEC * 3 / 5)
#define FR_SEARCH_WAVE_MAX_ANSWERS 32                   /* at once; others are left out */
#define FR_SEARCH_WAVE_MAX_STEPS 16

typedef struct _FrSearchWave FrSearchWave;

/* An answer on its way. */
typedef struct
{
  FrPeerKey link; /* by whom it comes */
  double steps;   /* how far away it still is */
} FrWaveAnswer;

FrSearchWave *fr_search_wave_new (void);
void fr_search_wave_free (FrSearchWave *self);

void fr_search_wave_begin (FrSearchWave *self, gint64 now_us);
void fr_search_wave_end (FrSearchWave *self);
void fr_search_wave_reach (FrSearchWave *self, guint n_steps, gint64 now_us);
void fr_search_wave_answer (FrSearchWave *self, const FrPeerKey *link, guint n_steps, gint64 now_us);

guint fr_search_wave_get_n_steps (FrSearchWave *self);
double fr_search_wave_get_front (FrSearchWave *self, gint64 now_us);
double fr_search_wave_get_alpha (FrSearchWave *self, gint64 now_us); /* 0: there is none to be seen */
guint fr_search_wave_list_answers (FrSearchWave *self, gint64 now_us, FrWaveAnswer *out_answers);
gboolean fr_search_wave_is_moving (FrSearchWave *self, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSearchWave, fr_search_wave_free)

G_END_DECLS
