/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay-action.h"

G_BEGIN_DECLS

/* The last answers that were sent along each link: one that ends may have swallowed them, so they go by their next way
 * then. */
typedef struct _FrRecentAnswers FrRecentAnswers;

#define FR_RECENT_ANSWERS_CAPACITY 64
#define FR_RECENT_ANSWERS_MAX_BYTES (256 * 1024) /* all frames; the oldest make room */
#define FR_RECENT_ANSWERS_AGE_US (5 * G_USEC_PER_SEC)

typedef struct
{
  GBytes *frame;
  FrQueryId query;
  FrQueryId name; /* of the answer, see fr_hit_trails_name() */
} FrRecentAnswer;

FrRecentAnswers *fr_recent_answers_new (void);
void fr_recent_answers_free (FrRecentAnswers *self);
void fr_recent_answers_add (FrRecentAnswers *self, const FrRecentAnswer *answer, FrLinkId link, gint64 now_us);
gboolean fr_recent_answers_take (FrRecentAnswers *self, FrLinkId link, gint64 now_us, FrRecentAnswer *out_answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrRecentAnswers, fr_recent_answers_free)

G_END_DECLS
