/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay-action.h"

G_BEGIN_DECLS

/* The last queries of others that were passed on: a neighbour that died may have swallowed them, so they go out again by
 * the link that takes its place. */
typedef struct _FrRecentQueries FrRecentQueries;

#define FR_RECENT_QUERIES_CAPACITY 32
#define FR_RECENT_QUERIES_AGE_US (10 * G_USEC_PER_SEC)

FrRecentQueries *fr_recent_queries_new (void);
void fr_recent_queries_free (FrRecentQueries *self);
void fr_recent_queries_add (FrRecentQueries *self, GBytes *frame, gint64 now_us);
GBytes *fr_recent_queries_get (FrRecentQueries *self, guint n, gint64 since_us, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrRecentQueries, fr_recent_queries_free)

G_END_DECLS
