/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-own-search.h"
#include "fr-query-reports.h"
#include "fr-recent-queries.h"
#include "overlay-fixture.h"
#include "tests.h"

static FrQueryId
number_id (guint number)
{
  FrQueryId id = { { 0 } };

  memcpy (id.bytes, &number, sizeof number);
  return id;
}

static void
test_due (void)
{
  static const gint64 dues_us[] = { 300, 100, 200 };
  g_autoptr (FrQueryReports) reports = fr_query_reports_new ();
  FrQueryReport taken;

  g_assert_cmpint (fr_query_reports_next_deadline (reports), ==, G_MAXINT64);
  g_assert_false (fr_query_reports_take_due (reports, G_MAXINT64 - 1, &taken));
  for (guint i = 0; i < G_N_ELEMENTS (dues_us); i++)
    {
      FrQueryId id = number_id (i);

      g_assert_nonnull (fr_query_reports_begin (reports, &id, i + 1, dues_us[i]));
      g_assert_cmpuint (fr_query_reports_find (reports, &id)->to, ==, i + 1);
    }
  g_assert_cmpint (fr_query_reports_next_deadline (reports), ==, 100);
  g_assert_false (fr_query_reports_take_due (reports, 99, &taken));
  g_assert_true (fr_query_reports_take_due (reports, 100, &taken));
  g_assert_cmpuint (taken.to, ==, 2);
  g_assert_false (fr_query_reports_take_due (reports, 100, &taken));
  g_assert_cmpint (fr_query_reports_next_deadline (reports), ==, 200);
  g_assert_true (fr_query_reports_take_due (reports, 1000, &taken));
  g_assert_true (fr_query_reports_take_due (reports, 1000, &taken));
  g_assert_false (fr_query_reports_take_due (reports, 1000, &taken));
  g_assert_cmpuint (fr_query_reports_get_size (reports), ==, 0);
}

static void
test_capacity (void)
{
  g_autoptr (FrQueryReports) reports = fr_query_reports_new ();
  FrQueryId id;

  for (guint i = 0; i < FR_QUERY_REPORTS_CAPACITY; i++)
    {
      id = number_id (i);
      g_assert_nonnull (fr_query_reports_begin (reports, &id, 1, 5));
    }
  id = number_id (FR_QUERY_REPORTS_CAPACITY);
  g_assert_null (fr_query_reports_begin (reports, &id, 1, 5));
  g_assert_cmpuint (fr_query_reports_get_size (reports), ==, FR_QUERY_REPORTS_CAPACITY);
}

static void
test_counts_stop_at_most (void)
{
  static const struct
  {
    guint16 count;
    guint32 more;
    guint16 sum;
  } rows[] = {
    { 0, 0, 0 },
    { 1, 2, 3 },
    { G_MAXUINT16 - 1, 1, G_MAXUINT16 },
    { G_MAXUINT16 - 1, 2, G_MAXUINT16 },
    { G_MAXUINT16, G_MAXUINT32, G_MAXUINT16 },
    { 1, G_MAXUINT32, G_MAXUINT16 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint16 count = rows[i].count;

      fr_report_counts_add (&count, rows[i].more);
      g_assert_cmpuint (count, ==, rows[i].sum);
    }
}

/* What is packed at one end is added one hop further away at the other; what would be too far away is left out. */
static void
test_pack_and_merge (void)
{
  FrReportCounts hops[FR_REPORT_MAX_HOPS] = { 0 }, merged[FR_REPORT_MAX_HOPS] = { 0 };
  FrQueryId id = number_id (7);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (Freshet__Frame) frame = NULL;

  for (guint i = 0; i < FR_REPORT_MAX_HOPS; i++)
    hops[i] = (FrReportCounts) { G_MAXUINT16, G_MAXUINT16 - i, G_MAXUINT16, i };
  merged[1].asked = 1;
  merged[1].refused = 5;
  bytes = fr_report_counts_pack (hops, &id);
  g_assert_cmpuint (g_bytes_get_size (bytes), <=, FR_REPORT_MAX_SIZE); /* also the greatest of all */
  frame = fixture_parse (bytes);
  g_assert_cmpint (frame->body_case, ==, FRESHET__FRAME__BODY_REPORT);
  fr_report_counts_merge (merged, frame->report);
  g_assert_cmpuint (merged[0].asked, ==, 0);
  g_assert_cmpuint (merged[1].asked, ==, G_MAXUINT16);
  g_assert_cmpuint (merged[1].refused, ==, 5);
  for (guint i = 2; i < FR_REPORT_MAX_HOPS; i++)
    {
      g_assert_cmpuint (merged[i].suppressed, ==, G_MAXUINT16 - (i - 1));
      g_assert_cmpuint (merged[i].refused, ==, i - 1);
    }
}

static void
test_empty_report_has_a_hop (void)
{
  FrReportCounts hops[FR_REPORT_MAX_HOPS] = { 0 };
  FrQueryId id = number_id (7);
  g_autoptr (GBytes) bytes = fr_report_counts_pack (hops, &id);
  g_autoptr (Freshet__Frame) frame = fixture_parse (bytes);

  g_assert_cmpuint (frame->report->n_hops, ==, 1);
}

static void
test_own_search (void)
{
  FrQueryId id = number_id (1);
  FrQueryCopy copy = { .ttl = 5 };
  g_autoptr (GBytes) body = g_bytes_new_static ("body", 4);
  g_autoptr (FrOwnSearch) search = fr_own_search_new (&id, body, &copy, 0);
  FrQueryXray xray;

  fr_own_search_get_xray (search, &xray);
  g_assert_cmpuint (xray.n_hops, ==, 1);
  g_assert_cmpuint (fr_own_search_count_asked (search), ==, 0);
  search->hops[0].skipped = 3;
  search->hops[1].asked = 4;
  search->hops[2].asked = 1;
  fr_own_search_note_hits (search, 2, 5, TRUE);
  fr_own_search_note_hits (search, 2, 5, FALSE); /* the same holder again */
  fr_own_search_note_hits (search, 2, 1, TRUE);
  fr_own_search_note_hits (search, 1, 0, TRUE); /* only says where it is */
  fr_own_search_note_hits (search, 99, 1, TRUE); /* lies */
  fr_own_search_get_xray (search, &xray);
  g_assert_cmpuint (xray.n_hops, ==, FR_REPORT_MAX_HOPS);
  g_assert_cmpuint (xray.ttl, ==, 5);
  g_assert_cmpuint (xray.hops[0].skipped, ==, 3);
  g_assert_cmpuint (xray.hops[1].asked, ==, 4);
  g_assert_cmpuint (xray.hops[1].matched, ==, 0);
  g_assert_cmpuint (xray.hops[2].matched, ==, 2);
  g_assert_cmpuint (xray.hops[2].asked, ==, 2); /* whoever answered was asked */
  g_assert_cmpuint (xray.hops[FR_REPORT_MAX_HOPS - 1].matched, ==, 1);
  g_assert_cmpuint (search->n_items, ==, 12);
  g_assert_cmpuint (fr_own_search_count_asked (search), ==, 7);
}

static void
test_recent_queries (void)
{
  g_autoptr (FrRecentQueries) recent = fr_recent_queries_new ();
  guint n = 0;

  for (guint i = 0; i < FR_RECENT_QUERIES_CAPACITY + 1; i++)
    {
      g_autoptr (GBytes) frame = g_bytes_new (&i, sizeof i);

      fr_recent_queries_add (recent, frame, i);
    }
  for (guint i = 0; i < FR_RECENT_QUERIES_CAPACITY; i++)
    {
      GBytes *frame = fr_recent_queries_get (recent, i, 0, 100);

      g_assert_nonnull (frame);
      g_assert_cmpuint (*(const guint *) g_bytes_get_data (frame, NULL), ==, i + 1); /* the oldest had to go */
      n += fr_recent_queries_get (recent, i, 10, 100) != NULL;
    }
  g_assert_cmpuint (n, ==, FR_RECENT_QUERIES_CAPACITY - 9);
  g_assert_nonnull (fr_recent_queries_get (recent, 0, 0, 1 + FR_RECENT_QUERIES_AGE_US));
  g_assert_null (fr_recent_queries_get (recent, 0, 0, 2 + FR_RECENT_QUERIES_AGE_US));
}

void
test_query_reports_add (void)
{
  g_test_add_func ("/overlay/query-reports/due", test_due);
  g_test_add_func ("/overlay/query-reports/capacity", test_capacity);
  g_test_add_func ("/overlay/query-reports/counts-stop-at-most", test_counts_stop_at_most);
  g_test_add_func ("/overlay/query-reports/pack-and-merge", test_pack_and_merge);
  g_test_add_func ("/overlay/query-reports/empty-report-has-a-hop", test_empty_report_has_a_hop);
  g_test_add_func ("/overlay/own-search/xray", test_own_search);
  g_test_add_func ("/overlay/recent-queries/ring", test_recent_queries);
}
