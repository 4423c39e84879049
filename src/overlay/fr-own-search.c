/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-own-search.h"

/**
 * fr_own_search_new:
 * @id: the id of the search
 * @body: the signed body
 * @copy: as it is sent
 * @now_us: the time in microseconds
 *
 * Returns: (transfer full): a search that does not widen by itself yet
 */
FrOwnSearch *
fr_own_search_new (const FrQueryId *id, GBytes *body, const FrQueryCopy *copy, gint64 now_us)
{
  FrOwnSearch *self = g_new0 (FrOwnSearch, 1);

  self->id = *id;
  self->body = g_bytes_ref (body);
  self->copy = *copy;
  self->started_us = now_us;
  self->widen_us = G_MAXINT64;
  return self;
}

/**
 * fr_own_search_free:
 * @self: (nullable) (transfer full): a search
 */
void
fr_own_search_free (FrOwnSearch *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->body);
  g_free (self);
}

/**
 * fr_own_search_note_hits:
 * @self: a search
 * @hops: links that it had crossed to the holder, by the holder's word
 * @n_items: pictures that the hits name, verified
 * @first_part: whether these are the first hits of that holder
 *
 * Counts what a holder has answered.
 */
void
fr_own_search_note_hits (FrOwnSearch *self, guint hops, guint n_items, gboolean first_part)
{
  self->n_items += n_items;
  if (first_part && n_items > 0)
    fr_report_counts_add (&self->matched[MIN (hops, FR_REPORT_MAX_HOPS - 1)], 1);
}

/**
 * fr_own_search_get_xray:
 * @self: a search
 * @out_xray: (out caller-allocates): what became of it
 *
 * Peers at the end of the way do not report, and what has been reported may be late: whoever has answered was asked.
 */
void
fr_own_search_get_xray (const FrOwnSearch *self, FrQueryXray *out_xray)
{
  *out_xray = (FrQueryXray) { .n_hops = 1, .ttl = self->copy.ttl };
  for (guint i = 0; i < FR_REPORT_MAX_HOPS; i++)
    {
      FrQueryXrayHop *hop = &out_xray->hops[i];

      hop->matched = self->matched[i];
      hop->asked = MAX (self->hops[i].asked, hop->matched);
      hop->suppressed = self->hops[i].suppressed;
      hop->skipped = self->hops[i].skipped;
      hop->refused = self->hops[i].refused;
      if (hop->asked + hop->suppressed + hop->skipped + hop->refused > 0)
        out_xray->n_hops = i + 1;
    }
}

/**
 * fr_own_search_count_asked:
 * @self: a search
 *
 * Returns: how many others it is known to have come to
 */
guint
fr_own_search_count_asked (const FrOwnSearch *self)
{
  guint n = 0;

  for (guint i = 1; i < FR_REPORT_MAX_HOPS; i++)
    n += MAX (self->hops[i].asked, self->matched[i]);
  return n;
}
