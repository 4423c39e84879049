/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-neighbour.h"
#include "overlay-fixture.h"
#include "tests.h"

static void
init (Fixture *f, guint n_links)
{
  FrOverlayConfig config;

  fr_overlay_config_init_default (&config);
  config.asks = config.reports = FALSE;
  fixture_init (f, &config, n_links);
}

static void
bring (Fixture *f, FrLinkId link, guint number, guint ttl, guint hops)
{
  g_autoptr (GBytes) body = fixture_body (50 + link, number);

  fixture_receive_query (f, link, body, ttl, hops);
}

/* Takes all actions away; returns the hops of the last Throttle to a link, or -1. */
static int
drain_for_throttle (Fixture *f, FrLinkId link, guint *out_n_sent)
{
  FrOverlayAction action;
  int hops = -1;

  *out_n_sent = 0;
  while (fr_overlay_next_action (f->overlay, &action))
    {
      if (action.type == FR_OVERLAY_SEND && action.link == link)
        {
          g_autoptr (Freshet__Frame) frame = fixture_parse (action.frame);

          if (frame->body_case == FRESHET__FRAME__BODY_THROTTLE)
            hops = (int) frame->throttle->hops;
        }
      *out_n_sent += action.type == FR_OVERLAY_SEND && action.link != link;
      g_assert_cmpint (action.type, !=, FR_OVERLAY_CLOSE);
      fr_overlay_action_clear (&action);
    }
  return hops;
}

/* The last links of a way are the first to be refused. */
static void
test_order_of_refusal (void)
{
  static const struct
  {
    guint ttl;
    guint n_taken;
  } rows[] = {
    { 1, FR_NEIGHBOUR_RELAY_BURST / 2 },
    { 2, FR_NEIGHBOUR_RELAY_BURST / 4 * 3 },
    { 3, FR_NEIGHBOUR_RELAY_BURST },
    { 7, FR_NEIGHBOUR_RELAY_BURST },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrOverlayConfig config;
      FrPeerKey key = fixture_key (1);
      g_autoptr (FrNeighbour) neighbour = NULL;
      guint n = 0;

      fr_overlay_config_init_default (&config);
      neighbour = fr_neighbour_new (&config, 1, &key, 0);
      while (fr_neighbour_take_query (neighbour, 1, rows[i].ttl, 0))
        n++;
      g_assert_cmpuint (n, ==, rows[i].n_taken);
      g_assert_true (fr_neighbour_take_query (neighbour, 0, rows[i].ttl, 0)); /* its own have a bucket of their own */
    }
}

static void
test_asks_for_less_and_less (void)
{
  static const int steps[] = { 4, 2, 1 };
  guint number = 0, n_sent;
  Fixture f;

  init (&f, 3);
  while (number < FR_NEIGHBOUR_RELAY_BURST)
    bring (&f, 1, ++number, 5, 3);
  g_assert_cmpint (drain_for_throttle (&f, 1, &n_sent), ==, -1);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      guint n_over = 0;

      /* what the bucket has got back meanwhile is used up again */
      while (fixture_stats (&f).queries_limited == i && n_over++ < 100)
        bring (&f, 1, ++number, 5, 3);
      g_assert_cmpint (drain_for_throttle (&f, 1, &n_sent), ==, steps[i]);
      if (i + 1 < G_N_ELEMENTS (steps))
        {
          f.now_us += FR_NEIGHBOUR_THROTTLE_STEP_US;
        }
    }
  g_assert_cmpuint (fixture_stats (&f).throttles_sent, ==, 3);
  f.now_us += FR_NEIGHBOUR_THROTTLE_LIFT_US - 1;
  fr_overlay_tick (f.overlay, f.now_us);
  g_assert_cmpint (drain_for_throttle (&f, 1, &n_sent), ==, -1);
  f.now_us += 1;
  fr_overlay_tick (f.overlay, f.now_us);
  g_assert_cmpint (drain_for_throttle (&f, 1, &n_sent), ==, FR_QUERY_MAX_HOPS);
  fixture_clear (&f);
}

/* One that goes on regardless is closed after ten seconds; one that heeds what it was asked for never is. */
static void
test_who_is_closed (void)
{
  static const struct
  {
    guint hops; /* of the copies that it goes on bringing, this link not included */
    gboolean closed;
  } rows[] = {
    { 3, TRUE },
    { 1, TRUE },
    { 0, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint number = 0;
      gboolean closed = FALSE;
      gint64 start_us;
      Fixture f;

      init (&f, 2);
      start_us = f.now_us;
      for (guint n = 0; n <= FR_NEIGHBOUR_RELAY_BURST; n++)
        bring (&f, 1, ++number, 5, 3);
      for (guint ms = 0; ms < 40000 && !closed; ms += 10)
        {
          FrOverlayAction action;

          f.now_us = start_us + ms * 1000;
          bring (&f, 1, ++number, 5, rows[i].hops);
          while (fr_overlay_next_action (f.overlay, &action))
            {
              closed = closed || action.type == FR_OVERLAY_CLOSE;
              fr_overlay_action_clear (&action);
            }
        }
      g_assert_true (closed == rows[i].closed);
      if (closed)
        g_assert_cmpint (f.now_us - start_us, >, FR_NEIGHBOUR_THROTTLE_GRACE_US);
      fixture_clear (&f);
    }
}

/* However much one neighbour asks, what another asks goes on. */
static void
test_greedy_neighbour_starves_nobody (void)
{
  guint number = 0, n_sent;
  Fixture f;

  init (&f, 3);
  for (guint n = 0; n < 10 * FR_NEIGHBOUR_RELAY_BURST; n++)
    bring (&f, 1, ++number, 5, 3);
  drain_for_throttle (&f, 1, &n_sent);
  for (guint n = 0; n < FR_NEIGHBOUR_RELAY_BURST; n++)
    bring (&f, 2, ++number, 5, 3);
  g_assert_cmpint (drain_for_throttle (&f, 2, &n_sent), ==, -1);
  g_assert_cmpuint (n_sent, ==, 2 * FR_NEIGHBOUR_RELAY_BURST);
  fixture_clear (&f);
}

static void
test_heeds_what_is_asked (void)
{
  static const struct
  {
    guint throttle;
    guint hops; /* of the copy as it comes here */
    gboolean sent;
  } rows[] = {
    { 2, 0, TRUE },  /* it will have crossed two links */
    { 2, 1, FALSE }, /* it would have crossed three */
    { 0, 0, FALSE },
    { FR_QUERY_MAX_HOPS, 5, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Freshet__Frame frame = FRESHET__FRAME__INIT;
      Freshet__Throttle throttle = FRESHET__THROTTLE__INIT;
      g_autoptr (GBytes) packed = NULL;
      guint n_sent;
      Fixture f;

      init (&f, 2);
      throttle.hops = rows[i].throttle;
      frame.body_case = FRESHET__FRAME__BODY_THROTTLE;
      frame.throttle = &throttle;
      packed = fr_frame_pack (&frame);
      fixture_receive (&f, 2, packed);
      bring (&f, 1, 1, 5, rows[i].hops);
      drain_for_throttle (&f, 1, &n_sent);
      g_assert_cmpuint (n_sent, ==, rows[i].sent ? 1 : 0);
      g_assert_cmpuint (fixture_stats (&f).queries_refused, ==, rows[i].sent ? 0 : 1);
      fixture_clear (&f);
    }
}

void
test_throttle_add (void)
{
  g_test_add_func ("/overlay/throttle/order-of-refusal", test_order_of_refusal);
  g_test_add_func ("/overlay/throttle/asks-for-less-and-less", test_asks_for_less_and_less);
  g_test_add_func ("/overlay/throttle/who-is-closed", test_who_is_closed);
  g_test_add_func ("/overlay/throttle/greedy-neighbour-starves-nobody", test_greedy_neighbour_starves_nobody);
  g_test_add_func ("/overlay/throttle/heeds-what-is-asked", test_heeds_what_is_asked);
}
