/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-search.h"

G_BEGIN_DECLS

/* What is remembered of a search of the person here, when it is over too: how far it has gone, and when the answers came.
 * Holds the search no longer than others do. Lives in the main thread. */

#define FR_SEARCH_TRACE_MAX_ANSWERS 256  /* those that come later are counted only, */
#define FR_SEARCH_TRACE_MAX_PEOPLE 1024 /* up to so many: whoever wants to can answer under any number of keys */

typedef struct
{
  FrPeerKey key; /* who answered */
  FrPeerKey via; /* the neighbour by whom; zero: not known */
  guint hops;    /* how far away, as they say */
  gint64 delay_us;
} FrTraceAnswer;

#define FR_TYPE_SEARCH_TRACE (fr_search_trace_get_type ())
G_DECLARE_FINAL_TYPE (FrSearchTrace, fr_search_trace, FR, SEARCH_TRACE, GObject)

FrSearchTrace *fr_search_trace_new (FrSearch *search);
const char *fr_search_trace_get_words (FrSearchTrace *self);
gint64 fr_search_trace_get_started_us (FrSearchTrace *self); /* monotonic */
gboolean fr_search_trace_get_listening (FrSearchTrace *self);
gboolean fr_search_trace_get_xray (FrSearchTrace *self, FrQueryXray *out_xray); /* FALSE: nothing is known yet */
guint fr_search_trace_get_n_asked (FrSearchTrace *self);
guint fr_search_trace_get_n_answered (FrSearchTrace *self); /* people, each once */
guint fr_search_trace_get_n_steps (FrSearchTrace *self);    /* how far it has come, as far as that is known */
guint fr_search_trace_get_n_answers (FrSearchTrace *self);
const FrTraceAnswer *fr_search_trace_get_answer (FrSearchTrace *self, guint index);

/* Signals "changed" (): one of those, but the answers; "answer" (uint index): somebody has answered for the first time. */

G_END_DECLS
