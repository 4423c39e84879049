/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-neighbour.h"

#include "tests.h"

static FrNeighbour *
new_neighbour (void)
{
  FrOverlayConfig config;
  FrPeerKey key = { { 1 } };

  fr_overlay_config_init_default (&config);
  return fr_neighbour_new (&config, 5, &key, 0);
}

static void
test_is_what_it_was_made (void)
{
  g_autoptr (FrNeighbour) neighbour = new_neighbour ();

  g_assert_cmpuint (fr_neighbour_get_link (neighbour), ==, 5);
  g_assert_cmpuint (fr_neighbour_get_key (neighbour)->bytes[0], ==, 1);
  g_assert_false (fr_neighbour_is_closing (neighbour));
  fr_neighbour_set_closing (neighbour, FR_OVERLAY_REASON_FULL);
  g_assert_cmpint (fr_neighbour_get_closing_reason (neighbour), ==, FR_OVERLAY_REASON_FULL);
  g_assert_true (fr_neighbour_is_closing (neighbour));
  g_assert_cmpint (fr_neighbour_get_deadline (neighbour), ==, G_MAXINT64);
  fr_neighbour_free (NULL);
}

static void
test_query_rates (void)
{
  static const struct
  {
    gboolean is_own;
    guint burst;
    gint64 interval_us;
  } rows[] = {
    { FALSE, 200, 50000 },
    { TRUE, 20, 1000000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrNeighbour) neighbour = new_neighbour ();

      for (guint n = 0; n < rows[i].burst; n++)
        g_assert_true (fr_neighbour_take_query (neighbour, !rows[i].is_own, 7, 0));
      g_assert_false (fr_neighbour_take_query (neighbour, !rows[i].is_own, 7, 0));
      g_assert_true (fr_neighbour_take_query (neighbour, rows[i].is_own, 7, 0));
      g_assert_false (fr_neighbour_take_query (neighbour, !rows[i].is_own, 7, rows[i].interval_us - 1));
      g_assert_true (fr_neighbour_take_query (neighbour, !rows[i].is_own, 7, rows[i].interval_us));
      g_assert_false (fr_neighbour_take_query (neighbour, !rows[i].is_own, 7, rows[i].interval_us));
    }
}

/* 1 MiB at once, of which previews leave a quarter, then 64 KiB a second. */
static void
test_hits_rate (void)
{
  g_autoptr (FrNeighbour) neighbour = new_neighbour ();

  for (guint i = 0; i < 12; i++)
    g_assert_true (fr_neighbour_take_hits (neighbour, 65536, TRUE, 0));
  g_assert_false (fr_neighbour_take_hits (neighbour, 1, TRUE, 0));
  for (guint i = 0; i < 4; i++)
    g_assert_true (fr_neighbour_take_hits (neighbour, 65536, FALSE, 0));
  g_assert_false (fr_neighbour_take_hits (neighbour, 1, FALSE, 0));
  g_assert_true (fr_neighbour_take_hits (neighbour, 65536, FALSE, G_USEC_PER_SEC));
  g_assert_false (fr_neighbour_take_hits (neighbour, 1, FALSE, G_USEC_PER_SEC));
}

static void
test_ping_rate (void)
{
  g_autoptr (FrNeighbour) neighbour = new_neighbour ();

  for (guint i = 0; i < FR_NEIGHBOUR_PING_BURST; i++)
    g_assert_true (fr_neighbour_take_ping (neighbour, 0));
  g_assert_false (fr_neighbour_take_ping (neighbour, 0));
  g_assert_true (fr_neighbour_take_ping (neighbour, G_USEC_PER_SEC / FR_NEIGHBOUR_PING_RATE));
}

static void
test_bad_share (void)
{
  static const struct
  {
    guint n_good, n_bad;
    gboolean doubtful;
  } rows[] = {
    { 0, 0, FALSE },
    { 0, FR_NEIGHBOUR_BAD_SAMPLE - 1, FALSE },
    { 0, FR_NEIGHBOUR_BAD_SAMPLE, TRUE },
    { FR_NEIGHBOUR_BAD_SAMPLE - 2, 1, FALSE },
    { FR_NEIGHBOUR_BAD_SAMPLE - 1, 1, TRUE },
    { 98, 1, TRUE },
    { 99, 1, FALSE }, /* just 1 % */
    { 198, 2, FALSE },
    { 197, 2, TRUE },
    { FR_NEIGHBOUR_BAD_WINDOW, 0, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrNeighbour) neighbour = new_neighbour ();

      for (guint n = 0; n < rows[i].n_good; n++)
        fr_neighbour_note_signature (neighbour, TRUE);
      for (guint n = 0; n < rows[i].n_bad; n++)
        fr_neighbour_note_signature (neighbour, FALSE);
      g_assert_true (fr_neighbour_is_doubtful (neighbour) == rows[i].doubtful);
    }
}

static void
test_bad_share_is_forgiven (void)
{
  g_autoptr (FrNeighbour) neighbour = new_neighbour ();
  guint n_good = 0;

  for (guint i = 0; i < FR_NEIGHBOUR_BAD_WINDOW; i++)
    fr_neighbour_note_signature (neighbour, FALSE);
  for (; fr_neighbour_is_doubtful (neighbour) && n_good < 100 * FR_NEIGHBOUR_BAD_WINDOW; n_good++)
    fr_neighbour_note_signature (neighbour, TRUE);
  g_assert_cmpuint (n_good, >, FR_NEIGHBOUR_BAD_WINDOW);
  g_assert_cmpuint (n_good, <, 10 * FR_NEIGHBOUR_BAD_WINDOW);
}

static void
test_faults (void)
{
  g_autoptr (FrNeighbour) neighbour = new_neighbour ();

  for (guint i = 0; i < FR_NEIGHBOUR_MAX_FAULTS; i++)
    g_assert_false (fr_neighbour_note_fault (neighbour));
  g_assert_true (fr_neighbour_note_fault (neighbour));
  g_assert_true (fr_neighbour_note_fault (neighbour));
}

static void
test_round_trip (void)
{
  static const struct
  {
    guint64 ping, pong;
    gint64 sent_us, answered_us;
    guint smoothed_us;
  } rows[] = {
    { 1, 2, 0, 10, 0 },             /* not the answer */
    { 3, 0, 0, 10, 0 },             /* nor this */
    { 4, 4, 1000, 9000, 8000 },     /* the first counts whole */
    { 5, 5, 10000, 34000, 10000 },  /* the others an eighth */
    { 6, 6, 50000, 49000, 8750 },   /* the clock ran backwards */
    { 7, 8, 60000, 60001, 8750 },
  };
  g_autoptr (FrNeighbour) neighbour = new_neighbour ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fr_neighbour_ping (neighbour, rows[i].ping, rows[i].sent_us);
      fr_neighbour_pong (neighbour, rows[i].pong, rows[i].answered_us);
      g_assert_cmpuint (fr_neighbour_get_round_trip_us (neighbour), ==, rows[i].smoothed_us);
      fr_neighbour_pong (neighbour, rows[i].pong, rows[i].answered_us + 1); /* the same again says nothing */
      g_assert_cmpuint (fr_neighbour_get_round_trip_us (neighbour), ==, rows[i].smoothed_us);
    }
}

/* Whoever says nothing of hops gets what has come from any distance, in experiments from beyond what the protocol has. */
static void
test_max_hops (void)
{
  g_autoptr (FrNeighbour) neighbour = new_neighbour ();

  g_assert_cmpuint (fr_neighbour_get_max_hops (neighbour), >, FR_QUERY_MAX_HOPS);
  g_assert_false (fr_neighbour_ignores_throttle (neighbour, 200, 60 * G_USEC_PER_SEC));
  fr_neighbour_set_max_hops (neighbour, FR_QUERY_MAX_HOPS - 1);
  g_assert_cmpuint (fr_neighbour_get_max_hops (neighbour), ==, FR_QUERY_MAX_HOPS - 1);
  fr_neighbour_set_max_hops (neighbour, FR_QUERY_MAX_HOPS); /* lifts it */
  g_assert_cmpuint (fr_neighbour_get_max_hops (neighbour), >, FR_QUERY_MAX_HOPS);
}

/* A ping was sent before one side fell asleep and answered after. */
static void
test_round_trip_of_a_sleeper (void)
{
  g_autoptr (FrNeighbour) neighbour = new_neighbour ();

  fr_neighbour_ping (neighbour, 1, 0);
  fr_neighbour_pong (neighbour, 1, (gint64) 3600 * G_USEC_PER_SEC);
  g_assert_cmpuint (fr_neighbour_get_round_trip_us (neighbour), ==, FR_NEIGHBOUR_ROUND_TRIP_MOST_US);
}

void
test_neighbour_add (void)
{
  g_test_add_func ("/overlay/neighbour/is-what-it-was-made", test_is_what_it_was_made);
  g_test_add_func ("/overlay/neighbour/query-rates", test_query_rates);
  g_test_add_func ("/overlay/neighbour/hits-rate", test_hits_rate);
  g_test_add_func ("/overlay/neighbour/ping-rate", test_ping_rate);
  g_test_add_func ("/overlay/neighbour/bad-share", test_bad_share);
  g_test_add_func ("/overlay/neighbour/bad-share-is-forgiven", test_bad_share_is_forgiven);
  g_test_add_func ("/overlay/neighbour/faults", test_faults);
  g_test_add_func ("/overlay/neighbour/round-trip", test_round_trip);
  g_test_add_func ("/overlay/neighbour/round-trip-of-a-sleeper", test_round_trip_of_a_sleeper);
  g_test_add_func ("/overlay/neighbour/max-hops", test_max_hops);
}
