/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-private.h"

/**
 * _fr_overlay_counts:
 * @self: an engine
 * @id: a query
 *
 * Returns: (nullable): what is being counted of it, the first ourselves: for the asker, or if it is our own; %NULL if
 *   nobody will ask
 */
FrReportCounts *
_fr_overlay_counts (FrOverlay *self, const FrQueryId *id)
{
  FrQueryReport *report = fr_query_reports_find (self->reports, id);
  FrOwnSearch *search = report == NULL ? _fr_overlay_find_search (self, id) : NULL;

  if (report != NULL)
    return report->hops;
  return search != NULL ? search->hops : NULL;
}

/**
 * _fr_overlay_begin_report:
 * @self: an engine
 * @id: a query of somebody else
 * @to: its primary way back
 * @ttl: links that the copy may cross from its sender on
 * @is_new: whether it has come here for the first time
 * @now_us: the time in microseconds
 *
 * Counts it, and everything that becomes of it until those behind us will have reported.
 */
void
_fr_overlay_begin_report (FrOverlay *self, const FrQueryId *id, FrLinkId to, guint ttl, gboolean is_new, gint64 now_us)
{
  FrQueryReport *report;

  if (!self->config.reports || ttl <= 1)
    return;
  report = fr_query_reports_find (self->reports, id);
  if (report == NULL)
    report = fr_query_reports_begin (self->reports, id, to, now_us + (ttl - 1) * FR_QUERY_REPORT_STEP_US);
  if (report != NULL && is_new)
    fr_report_counts_add (&report->hops[0].asked, 1);
}

/**
 * _fr_overlay_xray_changed:
 * @self: an engine
 * @id: a search of our own
 *
 * Tells the driver that there is more to know.
 */
void
_fr_overlay_xray_changed (FrOverlay *self, const FrQueryId *id)
{
  FrOverlayAction action = { .type = FR_OVERLAY_XRAY, .query = *id };

  if (self->config.reports)
    fr_action_queue_push (self->actions, &action);
}

/**
 * _fr_overlay_receive_report:
 * @self: an engine
 * @neighbour: who sent it
 * @report: what it says
 * @now_us: the time in microseconds
 *
 * Adds it to what we will report; what comes after that goes on by itself.
 */
void
_fr_overlay_receive_report (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Report *report, gint64 now_us)
{
  FrLinkId link = fr_neighbour_get_link (neighbour);
  FrOwnSearch *search;
  FrQueryReport *gathered;
  FrQueryEntry *entry;
  FrQueryId id;

  if (!fr_neighbour_take_report (neighbour, now_us))
    {
      self->stats.reports_limited++;
      return;
    }
  if (!fr_query_id_from_bytes (&id, report->query_id.data, report->query_id.len))
    return;
  search = _fr_overlay_find_search (self, &id);
  if (search != NULL)
    {
      fr_report_counts_merge (search->hops, report);
      self->n_known = MAX (self->n_known, fr_own_search_count_asked (search));
      _fr_overlay_xray_changed (self, &id);
      return;
    }
  entry = fr_query_ledger_lookup (self->ledger, &id, now_us);
  if (!self->config.reports || entry == NULL || entry->ways[0] == link || entry->state == FR_QUERY_INVALID)
    return;
  gathered = fr_query_reports_find (self->reports, &id);
  if (gathered == NULL)
    gathered = fr_query_reports_begin (self->reports, &id, entry->ways[0], now_us + FR_QUERY_REPORT_STEP_US);
  if (gathered != NULL)
    fr_report_counts_merge (gathered->hops, report);
}

/**
 * _fr_overlay_tick_reports:
 * @self: an engine
 * @now_us: the time in microseconds
 *
 * Sends what is due.
 */
void
_fr_overlay_tick_reports (FrOverlay *self, gint64 now_us)
{
  FrQueryReport report;

  while (fr_query_reports_take_due (self->reports, now_us, &report))
    {
      g_autoptr (GBytes) frame = NULL;

      if (_fr_overlay_find (self, report.to) == NULL)
        continue;
      frame = fr_report_counts_pack (report.hops, &report.query);
      _fr_overlay_send (self, report.to, frame);
      self->stats.reports_sent++;
    }
}
