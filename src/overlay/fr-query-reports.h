/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay-action.h"

G_BEGIN_DECLS

/* What becomes of queries here and behind our neighbours, gathered until it is reported to where each came from. */
typedef struct _FrQueryReports FrQueryReports;

#define FR_QUERY_REPORTS_CAPACITY 256
#define FR_QUERY_REPORT_STEP_US (100 * 1000) /* for each link that the copy may still cross */

/* Counts of one hop; they stop at G_MAXUINT16. */
typedef struct
{
  guint16 asked;
  guint16 suppressed;
  guint16 skipped;
  guint16 refused;
} FrReportCounts;

typedef struct
{
  FrQueryId query;
  FrLinkId to; /* the primary way back */
  gint64 due_us;
  FrReportCounts hops[FR_REPORT_MAX_HOPS]; /* the first is ourselves */
} FrQueryReport;

FrQueryReports *fr_query_reports_new (void);
void fr_query_reports_free (FrQueryReports *self);
FrQueryReport *fr_query_reports_find (FrQueryReports *self, const FrQueryId *query);
FrQueryReport *fr_query_reports_begin (FrQueryReports *self, const FrQueryId *query, FrLinkId to, gint64 due_us);
gboolean fr_query_reports_take_due (FrQueryReports *self, gint64 now_us, FrQueryReport *out_report);
gint64 fr_query_reports_next_deadline (const FrQueryReports *self);
guint fr_query_reports_get_size (const FrQueryReports *self);

void fr_report_counts_add (guint16 *count, guint32 more);
void fr_report_counts_merge (FrReportCounts hops[FR_REPORT_MAX_HOPS], const Freshet__Report *report);
GBytes *fr_report_counts_pack (const FrReportCounts hops[FR_REPORT_MAX_HOPS], const FrQueryId *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrQueryReports, fr_query_reports_free)

G_END_DECLS
