/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-search-trace.h"

G_BEGIN_DECLS

/* What is remembered of the last searches of the person here: a GListModel of FrSearchTrace, the newest first. Not kept
 * over restarts. Lives in the main thread. */

#define FR_SEARCH_TRACES_MAX 10

#define FR_TYPE_SEARCH_TRACES (fr_search_traces_get_type ())
G_DECLARE_FINAL_TYPE (FrSearchTraces, fr_search_traces, FR, SEARCH_TRACES, GObject)

FrSearchTraces *fr_search_traces_new (void);
void fr_search_traces_follow (FrSearchTraces *self, FrSearch *search);

G_END_DECLS
