/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-neighbour.h"
#include "fr-query-reports.h"
#include "overlay-fixture.h"
#include "tests.h"

static const FrReportCounts nothing = { 0 };

static void
receive_report (Fixture *f, FrLinkId link, const FrQueryId *query, const FrReportCounts *hops, guint n_hops)
{
  FrReportCounts all[FR_REPORT_MAX_HOPS] = { 0 };
  g_autoptr (GBytes) frame = NULL;

  memcpy (all, hops, n_hops * sizeof *hops);
  frame = fr_report_counts_pack (all, query);
  fixture_receive (f, link, frame);
}

/* The Report that is sent along a link now, as the counts of its hops. */
static guint
expect_report (Fixture *f, FrLinkId link, FrReportCounts out_hops[FR_REPORT_MAX_HOPS])
{
  g_auto (FrOverlayAction) action = fixture_expect (f, FR_OVERLAY_SEND, link);
  g_autoptr (Freshet__Frame) frame = fixture_parse (action.frame);
  FrReportCounts merged[FR_REPORT_MAX_HOPS] = { 0 };

  g_assert_cmpint (frame->body_case, ==, FRESHET__FRAME__BODY_REPORT);
  fr_report_counts_merge (merged, frame->report); /* one hop further away */
  for (guint i = 0; i + 1 < FR_REPORT_MAX_HOPS; i++)
    out_hops[i] = merged[i + 1];
  return (guint) frame->report->n_hops;
}

static void
init (Fixture *f, guint n_links)
{
  FrOverlayConfig config;

  fr_overlay_config_init_default (&config);
  config.asks = FALSE;
  fixture_init (f, &config, n_links);
}

static void
tick_at (Fixture *f, gint64 now_us)
{
  f->now_us = now_us;
  fr_overlay_tick (f->overlay, now_us);
}

static void
test_reports_once_along_the_primary_way (void)
{
  g_autoptr (GBytes) body = fixture_body (50, 1);
  FrQueryId id = fixture_id (body);
  FrReportCounts hops[FR_REPORT_MAX_HOPS];
  const FrReportCounts behind[] = { { 1, 2, 3, 4 }, { 10, 0, 0, 0 } };
  gint64 start_us;
  Fixture f;

  init (&f, 4);
  start_us = f.now_us;
  fixture_receive_query (&f, 1, body, 4, 1);
  fixture_receive_query (&f, 2, body, 4, 1); /* a copy of what is known */
  fixture_receive_query (&f, 3, body, 3, 2);
  fixture_drain (&f);
  receive_report (&f, 4, &id, behind, 2);
  receive_report (&f, 3, &id, behind, 1);
  receive_report (&f, 1, &id, behind, 2); /* not from where it goes */
  g_assert_cmpint (fr_overlay_next_deadline (f.overlay), ==, start_us + 3 * FR_QUERY_REPORT_STEP_US);
  tick_at (&f, start_us + 3 * FR_QUERY_REPORT_STEP_US - 1);
  fixture_expect_nothing (&f);
  tick_at (&f, start_us + 3 * FR_QUERY_REPORT_STEP_US);
  g_assert_cmpuint (expect_report (&f, 1, hops), ==, 3);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (hops[0].asked, ==, 1);
  g_assert_cmpuint (hops[0].suppressed, ==, 2);
  g_assert_cmpuint (hops[1].asked, ==, 2);
  g_assert_cmpuint (hops[1].suppressed, ==, 4);
  g_assert_cmpuint (hops[1].skipped, ==, 6);
  g_assert_cmpuint (hops[1].refused, ==, 8);
  g_assert_cmpuint (hops[2].asked, ==, 10);
  tick_at (&f, start_us + G_USEC_PER_SEC);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).reports_sent, ==, 1);
  fixture_clear (&f);
}

/* Peers at the end of the way do not report; who passed it to them counts them. */
static void
test_end_of_the_way (void)
{
  static const struct
  {
    guint ttl;
    gboolean reports;
    guint asked_behind;
  } rows[] = {
    { 1, FALSE, 0 },
    { 2, TRUE, 3 },
    { 3, TRUE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body = fixture_body (50, 1);
      FrReportCounts hops[FR_REPORT_MAX_HOPS];
      Fixture f;

      init (&f, 4);
      fixture_receive_query (&f, 1, body, rows[i].ttl, 1);
      fixture_drain (&f);
      tick_at (&f, f.now_us + G_USEC_PER_SEC);
      if (rows[i].reports)
        {
          expect_report (&f, 1, hops);
          g_assert_cmpuint (hops[1].asked, ==, rows[i].asked_behind);
        }
      fixture_expect_nothing (&f);
      fixture_clear (&f);
    }
}

static void
test_late_reports_go_on (void)
{
  g_autoptr (GBytes) body = fixture_body (50, 1);
  FrQueryId id = fixture_id (body);
  const FrReportCounts behind = { 7, 0, 0, 0 };
  FrReportCounts hops[FR_REPORT_MAX_HOPS];
  Fixture f;

  init (&f, 3);
  fixture_receive_query (&f, 1, body, 2, 1);
  tick_at (&f, f.now_us + G_USEC_PER_SEC);
  fixture_drain (&f);
  receive_report (&f, 2, &id, &behind, 1);
  fixture_expect_nothing (&f);
  tick_at (&f, f.now_us + FR_QUERY_REPORT_STEP_US);
  expect_report (&f, 1, hops);
  g_assert_cmpmem (&hops[0], sizeof hops[0], &nothing, sizeof nothing);
  g_assert_cmpuint (hops[1].asked, ==, 7);
  fixture_clear (&f);
}

/* A copy that may go farther than any before is passed on, and so reported again: not counted as asked twice. */
static void
test_widening_is_reported_again (void)
{
  g_autoptr (GBytes) body = fixture_body (50, 1);
  FrReportCounts hops[FR_REPORT_MAX_HOPS];
  Fixture f;

  init (&f, 3);
  fixture_receive_query (&f, 1, body, 2, 1);
  tick_at (&f, f.now_us + G_USEC_PER_SEC);
  fixture_drain (&f);
  fixture_receive_query (&f, 1, body, 4, 1);
  fixture_drain (&f);
  tick_at (&f, f.now_us + G_USEC_PER_SEC);
  expect_report (&f, 1, hops);
  g_assert_cmpmem (&hops[0], sizeof hops[0], &nothing, sizeof nothing);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

static void
test_unknown_and_too_many (void)
{
  g_autoptr (GBytes) body = fixture_body (50, 1);
  FrQueryId id = fixture_id (body);
  const FrReportCounts behind = { 1, 0, 0, 0 };
  Fixture f;

  init (&f, 2);
  receive_report (&f, 2, &id, &behind, 1); /* of nothing that we have passed on */
  g_assert_cmpuint (fixture_stats (&f).n_reports, ==, 0);
  fixture_receive_query (&f, 1, body, 4, 1);
  for (guint i = 1; i < FR_NEIGHBOUR_RELAY_BURST; i++)
    receive_report (&f, 2, &id, &behind, 1);
  g_assert_cmpuint (fixture_stats (&f).reports_limited, ==, 0);
  receive_report (&f, 2, &id, &behind, 1);
  g_assert_cmpuint (fixture_stats (&f).reports_limited, ==, 1);
  g_assert_cmpuint (fixture_stats (&f).n_reports, ==, 1);
  fixture_clear (&f);
}

static void
test_reports_to_the_asker (void)
{
  g_autoptr (GBytes) body = fixture_body (FIXTURE_SELF, 1);
  const FrReportCounts behind[] = { { 1, 2, 3, 4 }, { 5, 6, 7, 8 } };
  guint8 signature[FR_SIGNATURE_SIZE];
  g_autoptr (GBytes) hits = NULL;
  FrQueryXray xray;
  FrQueryId id;
  Fixture f;

  init (&f, 3);
  fixture_sign (body, signature);
  id = fr_overlay_search (f.overlay, body, signature, 0, f.now_us);
  fixture_drain (&f);
  for (FrLinkId link = 1; link <= 2; link++)
    {
      receive_report (&f, link, &id, behind, 2);
      fixture_skip (&f, FR_OVERLAY_XRAY, 0);
    }
  hits = fixture_hits (&id, 70, 0);
  fixture_receive (&f, 3, hits);
  {
    g_auto (FrOverlayAction) action = fixture_expect (&f, FR_OVERLAY_DELIVER_HITS, 3);

    fr_overlay_hits_verified (f.overlay, &action, 1);
  }
  fixture_drain (&f);
  g_assert_true (fr_overlay_get_xray (f.overlay, &id, f.now_us, &xray));
  g_assert_cmpuint (xray.n_hops, ==, 3);
  g_assert_cmpuint (xray.hops[1].asked, ==, 2);
  g_assert_cmpuint (xray.hops[1].suppressed, ==, 4);
  g_assert_cmpuint (xray.hops[1].skipped, ==, 6);
  g_assert_cmpuint (xray.hops[1].refused, ==, 8);
  g_assert_cmpuint (xray.hops[2].asked, ==, 10);
  g_assert_cmpuint (xray.hops[0].matched, ==, 1); /* the holder of these tests says that it is here */
  fixture_clear (&f);
}

void
test_report_add (void)
{
  g_test_add_func ("/overlay/report/once-along-the-primary-way", test_reports_once_along_the_primary_way);
  g_test_add_func ("/overlay/report/end-of-the-way", test_end_of_the_way);
  g_test_add_func ("/overlay/report/late-ones-go-on", test_late_reports_go_on);
  g_test_add_func ("/overlay/report/widening-is-reported-again", test_widening_is_reported_again);
  g_test_add_func ("/overlay/report/unknown-and-too-many", test_unknown_and_too_many);
  g_test_add_func ("/overlay/report/to-the-asker", test_reports_to_the_asker);
}
