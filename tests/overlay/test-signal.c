/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-neighbour.h"
#include "overlay-fixture.h"
#include "tests.h"

#define FROM 60
#define TO 70
#define SIGNALS_PER_SENDER 16

static GBytes *
signal_frame (const FrQueryId *route, guint from, guint to, guint hops, gsize size)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Signal signal = FRESHET__SIGNAL__INIT;
  FrPeerKey from_key = fixture_key (from), to_key = fixture_key (to);
  g_autofree guint8 *sealed = g_malloc0 (size);

  signal.route = (ProtobufCBinaryData) { .len = FR_QUERY_ID_SIZE, .data = (guint8 *) route->bytes };
  signal.from = (ProtobufCBinaryData) { .len = FR_PEER_KEY_SIZE, .data = from_key.bytes };
  signal.to = (ProtobufCBinaryData) { .len = FR_PEER_KEY_SIZE, .data = to_key.bytes };
  signal.hops = hops;
  signal.sealed = (ProtobufCBinaryData) { .len = size, .data = sealed };
  frame.body_case = FRESHET__FRAME__BODY_SIGNAL;
  frame.signal = &signal;
  return fr_frame_pack (&frame);
}

/* A query of somebody came by link 1, and hits of TO by link 3. */
static FrQueryId
know_route (Fixture *f, guint n_links)
{
  static const FrLinkId links[] = { 1, 2 };
  g_autoptr (GBytes) body = fixture_body (50, 1);
  FrQueryId id = fixture_id (body);
  g_autoptr (GBytes) hits = fixture_hits (&id, TO, 0);

  fixture_init (f, NULL, n_links);
  fixture_know_query (f, body, links, G_N_ELEMENTS (links));
  fixture_receive (f, 3, hits);
  fixture_drain (f);
  return id;
}

static void
expect_signal (Fixture *f, FrLinkId link, guint hops)
{
  g_auto (FrOverlayAction) action = fixture_expect (f, FR_OVERLAY_SEND, link);
  g_autoptr (Freshet__Frame) frame = fixture_parse (action.frame);

  g_assert_cmpint (frame->body_case, ==, FRESHET__FRAME__BODY_SIGNAL);
  g_assert_cmpuint (frame->signal->hops, ==, hops);
}

static void
test_there_and_back (void)
{
  Fixture f;
  FrQueryId route = know_route (&f, 4);
  g_autoptr (GBytes) there = signal_frame (&route, FROM, TO, 2, 100);
  g_autoptr (GBytes) back = signal_frame (&route, TO, FROM, 0, 100);
  g_autoptr (GBytes) astray = signal_frame (&route, FROM, 71, 0, 100);

  fixture_receive (&f, 1, there); /* along the way of the hits */
  expect_signal (&f, 3, 3);
  fixture_receive (&f, 3, back); /* along the way of what it answers */
  expect_signal (&f, 1, 1);
  g_assert_cmpuint (fixture_stats (&f).signals_relayed, ==, 2);
  fixture_receive (&f, 4, astray); /* no trail leads to that one, so towards the asker */
  expect_signal (&f, 1, 1);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

static void
test_no_way_on (void)
{
  FrQueryId other = { { 9 } };
  Fixture f;
  FrQueryId route = know_route (&f, 3);
  g_autoptr (GBytes) unknown = signal_frame (&other, FROM, TO, 0, 100);
  g_autoptr (GBytes) too_far = signal_frame (&route, FROM, TO, FR_QUERY_MAX_HOPS, 100);
  g_autoptr (GBytes) ours = signal_frame (&route, FIXTURE_SELF, TO, 0, 100);
  g_autoptr (GBytes) signal = signal_frame (&route, FROM, TO, 0, 100);

  fixture_receive (&f, 1, unknown);
  fixture_receive (&f, 1, too_far);
  fixture_receive (&f, 1, ours); /* we sent no such thing */
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).signals_lost, ==, 3);
  fr_overlay_link_down (f.overlay, 3, f.now_us);
  fr_overlay_link_down (f.overlay, 2, f.now_us);
  fixture_drain (&f);
  fixture_receive (&f, 1, signal); /* the only way left is where it came from */
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).signals_lost, ==, 4);
  fixture_clear (&f);
}

static void
test_straight_to_a_neighbour (void)
{
  FrQueryId route = { { 9 } };
  g_autoptr (GBytes) signal = signal_frame (&route, FROM, 2, 0, 100);
  Fixture f;

  fixture_init (&f, NULL, 2);
  fixture_receive (&f, 1, signal);
  expect_signal (&f, 2, 1);
  fixture_clear (&f);
}

static void
test_for_us (void)
{
  FrPeerKey from = fixture_key (FROM);
  g_autoptr (GBytes) answer = g_bytes_new_static ("answer", 6);
  Fixture f;
  FrQueryId route = know_route (&f, 3);
  g_autoptr (GBytes) signal = signal_frame (&route, FROM, FIXTURE_SELF, 3, 100);

  g_assert_false (fr_overlay_has_route (f.overlay, &(FrQueryId) { { 9 } }, &from, f.now_us));
  fixture_receive (&f, 2, signal);
  {
    g_auto (FrOverlayAction) action = fixture_expect (&f, FR_OVERLAY_DELIVER_SIGNAL, 2);

    g_assert_true (fr_peer_key_equal (&action.key, &from));
    g_assert_true (fr_query_id_equal_func (&action.query, &route));
    g_assert_cmpuint (g_bytes_get_size (action.frame), ==, 100);
  }
  g_assert_true (fr_overlay_has_route (f.overlay, &route, &from, f.now_us));
  g_assert_true (fr_overlay_signal (f.overlay, &route, &from, answer, f.now_us));
  expect_signal (&f, 2, 0);
  fixture_clear (&f);
}

static void
test_ours (void)
{
  FrPeerKey to = fixture_key (TO), nobody = fixture_key (99);
  g_autoptr (GBytes) sealed = g_bytes_new_static ("offer", 5);
  FrQueryId unknown = { { 9 } };
  Fixture f;
  FrQueryId route = know_route (&f, 3);

  g_assert_true (fr_overlay_has_route (f.overlay, &route, &to, f.now_us));
  g_assert_true (fr_overlay_signal (f.overlay, &route, &to, sealed, f.now_us));
  expect_signal (&f, 3, 0);
  g_assert_false (fr_overlay_has_route (f.overlay, &unknown, &nobody, f.now_us));
  g_assert_false (fr_overlay_signal (f.overlay, &unknown, &nobody, sealed, f.now_us));
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

static void
test_limits_of_a_sender (void)
{
  static const struct
  {
    gsize size;
    guint n_carried;
  } rows[] = {
    { 1, SIGNALS_PER_SENDER },
    { 4096, SIGNALS_PER_SENDER },
    { FR_SIGNAL_SEALED_MAX_SIZE, 9 }, /* 64 KiB in all */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture f;
      FrQueryId route = know_route (&f, 3);
      g_autoptr (GBytes) signal = signal_frame (&route, FROM, TO, 0, rows[i].size);
      g_autoptr (GBytes) other = signal_frame (&route, FROM + 1, TO, 0, rows[i].size);

      for (guint n = 0; n < SIGNALS_PER_SENDER + 4; n++)
        fixture_receive (&f, 1, signal);
      g_assert_cmpuint (fixture_stats (&f).signals_relayed, ==, rows[i].n_carried);
      fixture_receive (&f, 1, other); /* somebody else's are not counted */
      g_assert_cmpuint (fixture_stats (&f).signals_relayed, ==, rows[i].n_carried + 1);
      fixture_clear (&f);
    }
}

/* What somebody else sends in the name of a peer does not count for that one. */
static void
test_limits_of_others (void)
{
  Fixture f;
  FrQueryId route = know_route (&f, 4);
  g_autoptr (GBytes) signal = signal_frame (&route, FROM, TO, 0, 100);

  for (guint n = 0; n < SIGNALS_PER_SENDER + 1; n++)
    fixture_receive (&f, 4, signal);
  g_assert_cmpuint (fixture_stats (&f).signals_relayed, ==, SIGNALS_PER_SENDER);
  fixture_receive (&f, 1, signal);
  g_assert_cmpuint (fixture_stats (&f).signals_relayed, ==, SIGNALS_PER_SENDER + 1);
  fixture_clear (&f);
}

/* With a route and a sender of its own for each, a neighbour gets no more through, to others or to us. */
static void
test_limits_of_a_neighbour (void)
{
  static const guint targets[] = { 2, FIXTURE_SELF };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      Fixture f;

      fixture_init (&f, NULL, 3);
      for (guint n = 0; n < FR_NEIGHBOUR_SIGNAL_BURST + 5; n++)
        {
          FrQueryId route = { { 9, (guint8) n } };
          g_autoptr (GBytes) signal = signal_frame (&route, FROM + 100 + n, targets[i], 0, 100);

          fixture_receive (&f, 1, signal);
        }
      g_assert_cmpuint (fixture_drain (&f), ==, FR_NEIGHBOUR_SIGNAL_BURST);
      g_assert_cmpuint (fixture_stats (&f).signals_lost, ==, 5);
      g_assert_cmpuint (fixture_stats (&f).n_routes, ==, FR_NEIGHBOUR_SIGNAL_BURST);
      f.now_us += G_USEC_PER_SEC;
      for (guint n = 0; n < FR_NEIGHBOUR_SIGNAL_RATE + 5; n++)
        {
          FrQueryId route = { { 8, (guint8) n } };
          g_autoptr (GBytes) signal = signal_frame (&route, FROM, targets[i], 0, 100);

          fixture_receive (&f, 1, signal);
        }
      g_assert_cmpuint (fixture_drain (&f), ==, FR_NEIGHBOUR_SIGNAL_RATE);
      fixture_clear (&f);
    }
}

static GBytes *
locate_body (guint asker, guint target)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  FrPeerKey asker_key = fixture_key (asker), target_key = fixture_key (target);

  body.asker = (ProtobufCBinaryData) { .len = FR_PEER_KEY_SIZE, .data = asker_key.bytes };
  body.target = (ProtobufCBinaryData) { .len = FR_PEER_KEY_SIZE, .data = target_key.bytes };
  body.name = (char *) "alice";
  body.kind = FRESHET__QUERY_BODY__KIND__KIND_LOCATE;
  return fr_message_pack (&body.base);
}

/* A query that looks for a peer is delivered to that one alone, which does not pass it on; its answer makes a route. */
static void
test_locate (void)
{
  static const struct
  {
    guint target;
    gboolean is_us;
  } rows[] = { { FIXTURE_SELF, TRUE }, { TO, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body = locate_body (50, rows[i].target);
      FrQueryId id = fixture_id (body);
      FrPeerKey target = fixture_key (rows[i].target);
      g_autoptr (GBytes) hits = fixture_hits_of_size (&id, rows[i].target, 0, 0);
      Fixture f;

      fixture_init (&f, NULL, 3);
      fixture_receive_query (&f, 1, body, 5, 1);
      if (!rows[i].is_us)
        fixture_expect_forwarded (&f, 3, 1, 4, 2);
      fixture_expect_checked (&f, 1, TRUE);
      if (rows[i].is_us)
        {
          fixture_skip (&f, FR_OVERLAY_DELIVER_QUERY, 1);
          fr_overlay_answer (f.overlay, &id, hits, f.now_us);
        }
      else
        fixture_receive (&f, 3, hits);
      fixture_expect_sent (&f, 1, hits);
      fixture_expect_nothing (&f);
      if (!rows[i].is_us)
        g_assert_true (fr_overlay_has_route (f.overlay, &id, &target, f.now_us));
      fixture_clear (&f);
    }
}

void
test_signal_add (void)
{
  g_test_add_func ("/overlay/signal/there-and-back", test_there_and_back);
  g_test_add_func ("/overlay/signal/no-way-on", test_no_way_on);
  g_test_add_func ("/overlay/signal/straight-to-a-neighbour", test_straight_to_a_neighbour);
  g_test_add_func ("/overlay/signal/for-us", test_for_us);
  g_test_add_func ("/overlay/signal/ours", test_ours);
  g_test_add_func ("/overlay/signal/limits-of-a-sender", test_limits_of_a_sender);
  g_test_add_func ("/overlay/signal/limits-of-others", test_limits_of_others);
  g_test_add_func ("/overlay/signal/limits-of-a-neighbour", test_limits_of_a_neighbour);
  g_test_add_func ("/overlay/signal/locate", test_locate);
}
