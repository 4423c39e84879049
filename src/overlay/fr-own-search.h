/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-query-copy.h"
#include "fr-query-reports.h"
#include "fr-query-xray.h"

G_BEGIN_DECLS

/* A search of our own while somebody waits for it: what is needed to ask again, how far it has gone, what came of it. */

#define FR_OWN_SEARCH_CAPACITY 32
#define FR_OWN_SEARCH_AGE_US (60 * G_USEC_PER_SEC) /* after that it neither widens nor goes out by new links */

typedef struct
{
  FrQueryId id;
  GBytes *body;     /* owned: signed */
  FrQueryCopy copy; /* as it was sent last */
  gint64 started_us;
  gint64 widen_us; /* when it widens by itself; G_MAXINT64: it does not */
  guint n_items;   /* pictures that good hits have named */
  FrReportCounts hops[FR_REPORT_MAX_HOPS];
  guint16 matched[FR_REPORT_MAX_HOPS];
} FrOwnSearch;

FrOwnSearch *fr_own_search_new (const FrQueryId *id, GBytes *body, const FrQueryCopy *copy, gint64 now_us);
void fr_own_search_free (FrOwnSearch *self);
void fr_own_search_note_hits (FrOwnSearch *self, guint hops, guint n_items, gboolean first_part);
void fr_own_search_get_xray (const FrOwnSearch *self, FrQueryXray *out_xray);
guint fr_own_search_count_asked (const FrOwnSearch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrOwnSearch, fr_own_search_free)

G_END_DECLS
