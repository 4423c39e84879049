/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-query-reports.h"

#include <string.h>

/* A few at any time, so an array is enough, and costs an idle engine nothing. */
struct _FrQueryReports
{
  GArray *reports; /* of FrQueryReport; NULL: none yet */
  gint64 next_due_us;
};

static void
find_next_due (FrQueryReports *self)
{
  self->next_due_us = G_MAXINT64;
  for (guint i = 0; self->reports != NULL && i < self->reports->len; i++)
    self->next_due_us = MIN (self->next_due_us, g_array_index (self->reports, FrQueryReport, i).due_us);
}

/**
 * fr_query_reports_new:
 *
 * Returns: (transfer full): no reports
 */
FrQueryReports *
fr_query_reports_new (void)
{
  FrQueryReports *self = g_new0 (FrQueryReports, 1);

  self->next_due_us = G_MAXINT64;
  return self;
}

/**
 * fr_query_reports_free:
 * @self: (nullable) (transfer full): reports
 */
void
fr_query_reports_free (FrQueryReports *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->reports, g_array_unref);
  g_free (self);
}

/**
 * fr_query_reports_find:
 * @self: reports
 * @query: a query
 *
 * Returns: (transfer none) (nullable): the report that is being gathered, valid until the next one begins or is taken
 */
FrQueryReport *
fr_query_reports_find (FrQueryReports *self, const FrQueryId *query)
{
  for (guint i = self->reports != NULL ? self->reports->len : 0; i-- > 0;)
    {
      FrQueryReport *report = &g_array_index (self->reports, FrQueryReport, i);

      if (memcmp (&report->query, query, sizeof *query) == 0)
        return report;
    }
  return NULL;
}

/**
 * fr_query_reports_begin:
 * @self: reports
 * @query: a query that none is being gathered for
 * @to: whom it is for
 * @due_us: when it is to be sent
 *
 * Returns: (transfer none) (nullable): the report, all zero; %NULL if there are %FR_QUERY_REPORTS_CAPACITY
 */
FrQueryReport *
fr_query_reports_begin (FrQueryReports *self, const FrQueryId *query, FrLinkId to, gint64 due_us)
{
  FrQueryReport report = { .query = *query, .to = to, .due_us = due_us };

  if (self->reports == NULL)
    self->reports = g_array_new (FALSE, FALSE, sizeof (FrQueryReport));
  if (self->reports->len >= FR_QUERY_REPORTS_CAPACITY)
    return NULL;
  g_array_append_val (self->reports, report);
  self->next_due_us = MIN (self->next_due_us, due_us);
  return &g_array_index (self->reports, FrQueryReport, self->reports->len - 1);
}

/**
 * fr_query_reports_take_due:
 * @self: reports
 * @now_us: the time in microseconds
 * @out_report: (out caller-allocates): one that is to be sent now; untouched if there is none
 *
 * Returns: %FALSE if none is due
 */
gboolean
fr_query_reports_take_due (FrQueryReports *self, gint64 now_us, FrQueryReport *out_report)
{
  if (now_us < self->next_due_us)
    return FALSE;
  for (guint i = 0; i < self->reports->len; i++)
    {
      const FrQueryReport *report = &g_array_index (self->reports, FrQueryReport, i);

      if (report->due_us > now_us)
        continue;
      *out_report = *report;
      g_array_remove_index_fast (self->reports, i);
      if (self->reports->len == 0)
        g_clear_pointer (&self->reports, g_array_unref);
      find_next_due (self);
      return TRUE;
    }
  return FALSE;
}

/**
 * fr_query_reports_next_deadline:
 * @self: reports
 *
 * Returns: when the next is due, in microseconds; %G_MAXINT64: none
 */
gint64
fr_query_reports_next_deadline (const FrQueryReports *self)
{
  return self->next_due_us;
}

/**
 * fr_query_reports_get_size:
 * @self: reports
 *
 * Returns: how many are being gathered
 */
guint
fr_query_reports_get_size (const FrQueryReports *self)
{
  return self->reports != NULL ? self->reports->len : 0;
}

/**
 * fr_report_counts_add:
 * @count: (inout): a count
 * @more: what is added, perhaps by a stranger's word
 *
 * Counts on, up to the greatest number that there is.
 */
void
fr_report_counts_add (guint16 *count, guint32 more)
{
  *count = (guint16) MIN ((guint32) *count + MIN (more, G_MAXUINT16), G_MAXUINT16);
}

/**
 * fr_report_counts_merge:
 * @hops: (inout): counts, the first our own
 * @report: what a neighbour says, the first its own
 *
 * Adds what is behind a neighbour, one hop further away; what is too far away is left out.
 */
void
fr_report_counts_merge (FrReportCounts hops[FR_REPORT_MAX_HOPS], const Freshet__Report *report)
{
  for (size_t i = 0; i < report->n_hops && i + 1 < FR_REPORT_MAX_HOPS; i++)
    {
      const Freshet__ReportHop *hop = report->hops[i];

      fr_report_counts_add (&hops[i + 1].asked, hop->asked);
      fr_report_counts_add (&hops[i + 1].suppressed, hop->suppressed);
      fr_report_counts_add (&hops[i + 1].skipped, hop->skipped);
      fr_report_counts_add (&hops[i + 1].refused, hop->refused);
    }
}

/**
 * fr_report_counts_pack:
 * @hops: counts, the first our own
 * @query: the query that they are about
 *
 * Returns: (transfer full): a Report frame
 */
GBytes *
fr_report_counts_pack (const FrReportCounts hops[FR_REPORT_MAX_HOPS], const FrQueryId *query)
{
  static const FrReportCounts none;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Report report = FRESHET__REPORT__INIT;
  Freshet__ReportHop messages[FR_REPORT_MAX_HOPS], *pointers[FR_REPORT_MAX_HOPS];

  report.n_hops = FR_REPORT_MAX_HOPS;
  while (report.n_hops > 1 && memcmp (&hops[report.n_hops - 1], &none, sizeof none) == 0)
    report.n_hops--;
  for (size_t i = 0; i < report.n_hops; i++)
    {
      freshet__report_hop__init (&messages[i]);
      messages[i].asked = hops[i].asked;
      messages[i].suppressed = hops[i].suppressed;
      messages[i].skipped = hops[i].skipped;
      messages[i].refused = hops[i].refused;
      pointers[i] = &messages[i];
    }
  report.hops = pointers;
  report.query_id = (ProtobufCBinaryData) { .len = FR_QUERY_ID_SIZE, .data = (guint8 *) query->bytes };
  frame.body_case = FRESHET__FRAME__BODY_REPORT;
  frame.report = &report;
  return fr_frame_pack (&frame);
}
