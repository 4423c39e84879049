/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-neighbour.h"
#include "overlay-fixture.h"
#include "tests.h"

static guint64
expect_ping (Fixture *f, FrLinkId link)
{
  g_auto (FrOverlayAction) action = fixture_expect (f, FR_OVERLAY_SEND, link);
  g_autoptr (Freshet__Frame) frame = fixture_parse (action.frame);

  g_assert_cmpint (frame->body_case, ==, FRESHET__FRAME__BODY_PING);
  return frame->ping->nonce;
}

static void
test_answers_ping (void)
{
  Fixture f;
  g_autoptr (GBytes) ping = fixture_ping (77);
  g_autoptr (GBytes) pong = fixture_pong (77);

  fixture_init (&f, NULL, 2);
  for (guint i = 0; i < FR_NEIGHBOUR_PING_BURST; i++)
    {
      fixture_receive (&f, 2, ping);
      fixture_expect_sent (&f, 2, pong);
    }
  fixture_receive (&f, 2, ping);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).pings_limited, ==, 1);
  fixture_receive (&f, 1, ping);
  fixture_expect_sent (&f, 1, pong);
  fixture_clear (&f);
}

static void
test_round_trip (void)
{
  Fixture f;
  FrPeerKey key = fixture_key (1);
  g_autoptr (GBytes) pong = NULL;

  fixture_init (&f, NULL, 0);
  fr_overlay_link_up (f.overlay, 1, &key, f.now_us);
  pong = fixture_pong (expect_ping (&f, 1));
  g_assert_cmpuint (fr_overlay_get_round_trip_us (f.overlay, 1), ==, 0);
  f.now_us += 1234;
  fixture_receive (&f, 1, pong);
  g_assert_cmpuint (fr_overlay_get_round_trip_us (f.overlay, 1), ==, 1234);
  g_assert_cmpuint (fr_overlay_get_round_trip_us (f.overlay, 2), ==, 0);
  fixture_clear (&f);
}

static void
init_patient (Fixture *f, guint n_links)
{
  FrOverlayConfig config;

  fr_overlay_config_init_default (&config);
  config.asks = config.reports = FALSE;
  fixture_init (f, &config, n_links);
  for (FrLinkId link = 1; link <= n_links; link++)
    fr_overlay_heard (f->overlay, link, f->now_us);
}

/* Three pings 20 s apart, then the end. */
static void
test_silent_link (void)
{
  Fixture f;

  init_patient (&f, 1);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpint (fr_overlay_next_deadline (f.overlay), ==, f.now_us + 20 * G_USEC_PER_SEC);
      f.now_us += 20 * G_USEC_PER_SEC - 1;
      fr_overlay_tick (f.overlay, f.now_us);
      fixture_expect_nothing (&f);
      f.now_us += 1;
      fr_overlay_tick (f.overlay, f.now_us);
      if (i < 3)
        expect_ping (&f, 1);
    }
  {
    g_auto (FrOverlayAction) action = fixture_expect (&f, FR_OVERLAY_CLOSE, 1);

    g_assert_cmpint (action.reason, ==, FR_OVERLAY_REASON_SILENT);
  }
  g_assert_cmpint (fr_overlay_next_deadline (f.overlay), ==, G_MAXINT64);
  fr_overlay_tick (f.overlay, f.now_us + G_USEC_PER_SEC * 1000);
  fixture_expect_nothing (&f);
  fr_overlay_link_down (f.overlay, 1, f.now_us);
  g_assert_cmpuint (fixture_stats (&f).n_links, ==, 0);
  fixture_clear (&f);
}

/* Whatever comes is a sign of life, also what cannot be read. */
static void
test_signs_of_life (void)
{
  for (guint kind = 0; kind < 4; kind++)
    {
      Fixture f;
      g_autoptr (GBytes) body = fixture_body (50, 1);
      g_autoptr (GBytes) pong = fixture_pong (1);

      init_patient (&f, 1);
      for (guint i = 0; i < 10; i++)
        {
          gint64 due_us = f.now_us + 20 * G_USEC_PER_SEC;

          while (f.now_us < due_us - 1) /* looked at earlier perhaps, but not asked */
            {
              fixture_expect_nothing (&f);
              f.now_us = CLAMP (fr_overlay_next_deadline (f.overlay), f.now_us + 1, due_us - 1);
              fr_overlay_tick (f.overlay, f.now_us);
            }
          fixture_expect_nothing (&f);
          g_assert_cmpint (fr_overlay_next_deadline (f.overlay), ==, due_us);
          f.now_us = due_us;
          fr_overlay_tick (f.overlay, f.now_us);
          expect_ping (&f, 1);
          f.now_us += G_USEC_PER_SEC;
          if (kind == 0)
            fixture_receive (&f, 1, pong);
          else if (kind == 1)
            fixture_receive_query (&f, 1, body, 5, 1);
          else
            fr_overlay_receive_fault (f.overlay, 1, kind == 2 ? FR_WIRE_UNKNOWN : FR_WIRE_MALFORMED, f.now_us);
          fixture_drain (&f);
        }
      fixture_clear (&f);
    }
}

static void
expect_silent (Fixture *f, FrLinkId link)
{
  g_auto (FrOverlayAction) action = fixture_expect (f, FR_OVERLAY_CLOSE, link);

  g_assert_cmpint (action.reason, ==, FR_OVERLAY_REASON_SILENT);
}

static void
advance (Fixture *f, gint64 us)
{
  f->now_us += us;
  fr_overlay_tick (f->overlay, f->now_us);
}

static void
hear (Fixture *f, FrLinkId link)
{
  fr_overlay_heard (f->overlay, link, f->now_us);
}

/* Whoever was sent a query and says nothing is asked after half a second, and given up a second and a half later. */
static void
test_dead_after_a_query (void)
{
  g_autoptr (GBytes) body = fixture_body (50, 1);
  FrOverlayConfig config;
  Fixture f;

  fr_overlay_config_init_default (&config);
  config.reports = FALSE;
  fixture_init (&f, &config, 2);
  hear (&f, 1);
  hear (&f, 2);
  fixture_receive_query (&f, 1, body, 5, 1);
  fixture_drain (&f);
  advance (&f, FR_LIVENESS_ASK_US);
  expect_ping (&f, 2);
  advance (&f, FR_LIVENESS_GIVE_UP_US - 1);
  fixture_expect_nothing (&f);
  advance (&f, 1);
  expect_silent (&f, 2);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

/* Answers are not answered: two peers at rest must not ask each other for ever. */
static void
test_answers_ask_for_nothing (void)
{
  g_autoptr (GBytes) ping = fixture_ping (77);
  Fixture f;

  fixture_init (&f, NULL, 1);
  hear (&f, 1);
  fixture_receive (&f, 1, ping);
  fixture_skip (&f, FR_OVERLAY_SEND, 1);
  g_assert_cmpint (fr_overlay_next_deadline (f.overlay), ==, f.now_us + 20 * G_USEC_PER_SEC);
  fixture_clear (&f);
}

/* After suspend, or in another network, all are asked at once. */
static void
test_checks_links_at_once (void)
{
  Fixture f;

  fixture_init (&f, NULL, 2);
  hear (&f, 1);
  hear (&f, 2);
  f.now_us += 100;
  fr_overlay_check_links (f.overlay, f.now_us);
  expect_ping (&f, 1);
  expect_ping (&f, 2);
  f.now_us += 1000;
  hear (&f, 2);
  advance (&f, FR_LIVENESS_GIVE_UP_US);
  expect_silent (&f, 1);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

static void
test_faults (void)
{
  static const struct
  {
    FrWireFault fault;
    gboolean closes;
  } rows[] = {
    { FR_WIRE_OK, FALSE },     { FR_WIRE_UNKNOWN, FALSE }, { FR_WIRE_TOO_LONG, TRUE },
    { FR_WIRE_MALFORMED, TRUE }, { FR_WIRE_INVALID, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture f;
      g_autoptr (GBytes) ping = fixture_ping (1);

      fixture_init (&f, NULL, 2);
      for (guint n = 0; n < FR_NEIGHBOUR_MAX_FAULTS; n++)
        fr_overlay_receive_fault (f.overlay, 1, rows[i].fault, f.now_us);
      fixture_expect_nothing (&f);
      fr_overlay_receive_fault (f.overlay, 1, rows[i].fault, f.now_us);
      if (rows[i].closes)
        {
          g_auto (FrOverlayAction) action = fixture_expect (&f, FR_OVERLAY_CLOSE, 1);

          g_assert_cmpint (action.reason, ==, FR_OVERLAY_REASON_FAULTS);
        }
      fr_overlay_receive_fault (f.overlay, 1, rows[i].fault, f.now_us);
      fixture_expect_nothing (&f);

      /* What was given up is not listened to, nor sent to. */
      fixture_receive (&f, 1, ping);
      g_assert_cmpuint (fixture_drain (&f), ==, !rows[i].closes);
      g_assert_cmpuint (fixture_stats (&f).n_links, ==, 2);
      fixture_clear (&f);
    }
}

static void
test_link_that_closes_is_left_out (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1);
  g_autoptr (GBytes) hits = NULL;
  FrQueryId id = fixture_id (body);

  fixture_init (&f, NULL, 3);
  fixture_receive_query (&f, 3, body, 4, 1);
  fixture_receive_query (&f, 2, body, 4, 1);
  fixture_drain (&f);
  for (guint n = 0; n <= FR_NEIGHBOUR_MAX_FAULTS; n++)
    fr_overlay_receive_fault (f.overlay, 3, FR_WIRE_INVALID, f.now_us);
  fixture_drain (&f);
  hits = fixture_hits (&id, 9, 0);
  fixture_receive (&f, 1, hits);
  fixture_expect_sent (&f, 2, hits);
  fixture_receive_query (&f, 1, body, 5, 1);
  fixture_expect_forwarded (&f, 2, 1, 4, 2);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

/* The driver may be late: a link that is gone, or was never there, is no mistake. */
static void
test_gone_link (void)
{
  Fixture f;
  g_autoptr (GBytes) ping = fixture_ping (1);
  g_autoptr (GBytes) body = fixture_body (50, 1);
  FrQueryId id = fixture_id (body);

  fixture_init (&f, NULL, 2);
  fixture_receive_query (&f, 1, body, 1, 1);
  fixture_drain (&f);
  fr_overlay_link_down (f.overlay, 1, f.now_us);
  fr_overlay_link_down (f.overlay, 1, f.now_us);
  fr_overlay_link_down (f.overlay, 0, f.now_us);
  fixture_receive (&f, 1, ping);
  fixture_receive (&f, 0, ping);
  fr_overlay_receive_fault (f.overlay, 1, FR_WIRE_INVALID, f.now_us);
  fixture_expect_nothing (&f);
  fr_overlay_verified (f.overlay, &id, TRUE, f.now_us);
  fixture_skip (&f, FR_OVERLAY_DELIVER_QUERY, 1);
  fixture_clear (&f);
}

static void
test_other_frames_are_ignored (void)
{
  Fixture f;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Done done = FRESHET__DONE__INIT;

  fixture_init (&f, NULL, 2);
  frame.body_case = FRESHET__FRAME__BODY_DONE;
  frame.done = &done;
  fr_overlay_receive (f.overlay, 1, &frame, 10, f.now_us);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).faults, ==, 0);
  fixture_clear (&f);
}

static void
test_frees_what_is_under_way (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1);

  fixture_init (&f, NULL, 3);
  g_assert_cmpint (fr_overlay_next_deadline (f.overlay), <, G_MAXINT64);
  fixture_receive_query (&f, 1, body, 4, 1);
  g_assert_cmpuint (fixture_stats (&f).n_actions, ==, 3);
  fixture_clear (&f);
  fr_overlay_free (NULL);
}

void
test_links_add (void)
{
  g_test_add_func ("/overlay/links/answers-ping", test_answers_ping);
  g_test_add_func ("/overlay/links/round-trip", test_round_trip);
  g_test_add_func ("/overlay/links/silent-link", test_silent_link);
  g_test_add_func ("/overlay/links/signs-of-life", test_signs_of_life);
  g_test_add_func ("/overlay/links/dead-after-a-query", test_dead_after_a_query);
  g_test_add_func ("/overlay/links/answers-ask-for-nothing", test_answers_ask_for_nothing);
  g_test_add_func ("/overlay/links/checks-links-at-once", test_checks_links_at_once);
  g_test_add_func ("/overlay/links/faults", test_faults);
  g_test_add_func ("/overlay/links/link-that-closes-is-left-out", test_link_that_closes_is_left_out);
  g_test_add_func ("/overlay/links/gone-link", test_gone_link);
  g_test_add_func ("/overlay/links/other-frames-are-ignored", test_other_frames_are_ignored);
  g_test_add_func ("/overlay/links/frees-what-is-under-way", test_frees_what_is_under_way);
}
