/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-own-search.h"
#include "fr-query-ledger.h"
#include "fr-query-reports.h"
#include "overlay-fixture.h"
#include "tests.h"

/* Our own searches: how they widen, what is told of them, and when they go out again. */

typedef struct
{
  Fixture f;
  GBytes *body;
  guint8 signature[FR_SIGNATURE_SIZE];
  FrQueryId id;
} Search;

static void
search_init (Search *self, const FrOverlayConfig *config, guint n_links)
{
  self->body = fixture_body (FIXTURE_SELF, 1);
  fixture_sign (self->body, self->signature);
  fixture_init (&self->f, config, n_links);
}

static void
search_clear (Search *self)
{
  fixture_clear (&self->f);
  g_bytes_unref (self->body);
}

static void
ask (Search *self, guint ttl)
{
  self->id = fr_overlay_search (self->f.overlay, self->body, self->signature, ttl, self->f.now_us);
}

static void
large_config (FrOverlayConfig *config)
{
  fr_overlay_config_init_default (config);
  config->asks = FALSE;
  config->small_network = 0;
}

static void
receive_report (Fixture *f, FrLinkId link, const FrQueryId *query, guint asked)
{
  FrReportCounts hops[FR_REPORT_MAX_HOPS] = { { .asked = (guint16) asked, .skipped = 2 } };
  g_autoptr (GBytes) frame = fr_report_counts_pack (hops, query);

  fixture_receive (f, link, frame);
}

static void
test_widens_while_too_little_comes (void)
{
  static const guint ttls[] = { 2, 4, 7 };
  FrOverlayConfig config;
  Search s;

  large_config (&config);
  search_init (&s, &config, 2);
  ask (&s, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ttls); i++)
    {
      if (i > 0)
        {
          g_assert_cmpint (fr_overlay_next_deadline (s.f.overlay), ==, s.f.now_us + FR_OVERLAY_WIDEN_AFTER_US);
          s.f.now_us += FR_OVERLAY_WIDEN_AFTER_US - 1;
          fr_overlay_tick (s.f.overlay, s.f.now_us);
          fixture_expect_nothing (&s.f);
          s.f.now_us += 1;
          fr_overlay_tick (s.f.overlay, s.f.now_us);
        }
      fixture_expect_forwarded (&s.f, 2, 0, ttls[i], 0);
      if (i > 0)
        fixture_skip (&s.f, FR_OVERLAY_XRAY, 0);
      fixture_expect_nothing (&s.f);
    }
  s.f.now_us += 2 * FR_OVERLAY_WIDEN_AFTER_US;
  fr_overlay_tick (s.f.overlay, s.f.now_us);
  fixture_expect_nothing (&s.f); /* as far as it can */
  search_clear (&s);
}

/* Takes what a search delivers next, and says how many of its pictures are good. */
static void
verify_hits (Fixture *f, guint n_good)
{
  g_auto (FrOverlayAction) action = fixture_expect (f, FR_OVERLAY_DELIVER_HITS, 1);

  fr_overlay_hits_verified (f->overlay, &action, n_good);
}

/* Enough are so many that the driver has found good, whatever others say that they have. */
static void
test_stops_when_enough_has_come (void)
{
  static const struct
  {
    guint n_items[2];
    guint n_good[2];
    gboolean widens;
  } rows[] = {
    { { FR_OVERLAY_ENOUGH_ITEMS, 0 }, { FR_OVERLAY_ENOUGH_ITEMS, 0 }, FALSE },
    { { FR_OVERLAY_ENOUGH_ITEMS - 1, 0 }, { FR_OVERLAY_ENOUGH_ITEMS - 1, 0 }, TRUE },
    { { FR_OVERLAY_ENOUGH_ITEMS - 1, 1 }, { FR_OVERLAY_ENOUGH_ITEMS - 1, 1 }, FALSE },
    { { FR_OVERLAY_ENOUGH_ITEMS, 0 }, { 0, 0 }, TRUE },
    { { FR_OVERLAY_ENOUGH_ITEMS, 0 }, { FR_OVERLAY_ENOUGH_ITEMS - 1, 0 }, TRUE },
    { { FR_OVERLAY_ENOUGH_ITEMS, FR_OVERLAY_ENOUGH_ITEMS - 1 }, { 0, FR_OVERLAY_ENOUGH_ITEMS - 1 }, TRUE },
    { { FR_OVERLAY_ENOUGH_ITEMS, FR_OVERLAY_ENOUGH_ITEMS }, { 0, FR_OVERLAY_ENOUGH_ITEMS }, FALSE },
    { { 1, 0 }, { FR_OVERLAY_ENOUGH_ITEMS, 0 }, TRUE }, /* not more than there were */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrOverlayConfig config;
      Search s;

      large_config (&config);
      search_init (&s, &config, 2);
      ask (&s, 0);
      for (guint h = 0; h < 2 && rows[i].n_items[h] > 0; h++)
        {
          g_autoptr (GBytes) hits = fixture_hits_of_size (&s.id, 70 + h, 0, rows[i].n_items[h]);

          fixture_drain (&s.f);
          fixture_receive (&s.f, 1, hits);
          verify_hits (&s.f, rows[i].n_good[h]);
        }
      s.f.now_us += FR_OVERLAY_WIDEN_AFTER_US;
      fr_overlay_tick (s.f.overlay, s.f.now_us);
      g_assert_true ((fixture_drain (&s.f) > 0) == rows[i].widens);
      search_clear (&s);
    }
}

/* Nor do forged hits make a holder of anybody, or a large network of a small one. */
static void
test_forged_hits_tell_nothing (void)
{
  FrOverlayConfig config;
  FrQueryXray xray;
  Search s;

  large_config (&config);
  search_init (&s, &config, 1);
  ask (&s, 0);
  fixture_drain (&s.f);
  for (guint round = 0; round < 2; round++)
    {
      for (guint holder = 70; holder < 80; holder++)
        {
          g_autoptr (GBytes) hits = fixture_hits_of_size (&s.id, 10 * round + holder, 0, 1);

          fixture_receive (&s.f, 1, hits);
          verify_hits (&s.f, round);
        }
      g_assert_true (fr_overlay_get_xray (s.f.overlay, &s.id, s.f.now_us, &xray));
      g_assert_cmpuint (xray.hops[0].matched, ==, 10 * round); /* the holders of these tests say that they are here */
    }
  {
    g_autoptr (GBytes) late = fixture_hits_of_size (&s.id, 90, 0, 1);
    g_autoptr (GBytes) more = fixture_hits_of_size (&s.id, 90, 1, 1);

    fixture_receive (&s.f, 1, more);
    verify_hits (&s.f, 1);
    g_assert_true (fr_overlay_get_xray (s.f.overlay, &s.id, s.f.now_us, &xray));
    g_assert_cmpuint (xray.hops[0].matched, ==, 10); /* each holder once, by its first part */
    fixture_receive (&s.f, 1, late);
    fr_overlay_end_search (s.f.overlay, &s.id, s.f.now_us);
    verify_hits (&s.f, 1); /* nobody waits for it any more */
  }
  search_clear (&s);
}

static void
test_small_network_is_asked_at_once (void)
{
  static const struct
  {
    guint reported;
    guint first_ttl;
  } rows[] = {
    { 0, FR_OVERLAY_DEFAULT_TTL },
    { FR_OVERLAY_SMALL_NETWORK - 1, FR_OVERLAY_DEFAULT_TTL },
    { FR_OVERLAY_SMALL_NETWORK, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) next = fixture_body (FIXTURE_SELF, 2);
      guint8 signature[FR_SIGNATURE_SIZE];
      Search s;

      search_init (&s, NULL, 2);
      ask (&s, 0);
      fixture_expect_forwarded (&s.f, 2, 0, FR_OVERLAY_DEFAULT_TTL, 0);
      receive_report (&s.f, 1, &s.id, rows[i].reported);
      fixture_skip (&s.f, FR_OVERLAY_XRAY, 0);
      g_assert_cmpuint (fixture_stats (&s.f).n_known, ==, rows[i].reported);
      fixture_sign (next, signature);
      fr_overlay_search (s.f.overlay, next, signature, 0, s.f.now_us);
      fixture_expect_forwarded (&s.f, 2, 0, rows[i].first_ttl, 0);
      search_clear (&s);
    }
}

/* A network that has become small, or a neighbour that told of too many, is known for it after the next wide search. */
static void
test_network_may_shrink (void)
{
  g_autoptr (GBytes) next = fixture_body (FIXTURE_SELF, 2);
  guint8 signature[FR_SIGNATURE_SIZE];
  FrQueryId id;
  Search s;

  search_init (&s, NULL, 2);
  ask (&s, 0);
  receive_report (&s.f, 1, &s.id, G_MAXUINT16);
  fr_overlay_end_search (s.f.overlay, &s.id, s.f.now_us);
  g_assert_cmpuint (fixture_stats (&s.f).n_known, ==, G_MAXUINT16);
  fixture_sign (next, signature);
  id = fr_overlay_search (s.f.overlay, next, signature, 2, s.f.now_us);
  receive_report (&s.f, 1, &id, 3);
  fr_overlay_search (s.f.overlay, next, signature, FR_OVERLAY_DEFAULT_TTL, s.f.now_us);
  g_assert_cmpuint (fixture_stats (&s.f).n_known, ==, G_MAXUINT16);
  fr_overlay_end_search (s.f.overlay, &id, s.f.now_us);
  g_assert_cmpuint (fixture_stats (&s.f).n_known, ==, 3);
  search_clear (&s);
}

static void
test_further_on_demand (void)
{
  FrQueryXray xray;
  Search s;

  search_init (&s, NULL, 2);
  ask (&s, 0);
  fixture_drain (&s.f);
  g_assert_true (fr_overlay_get_xray (s.f.overlay, &s.id, s.f.now_us, &xray));
  g_assert_true (xray.can_widen);
  g_assert_cmpuint (xray.ttl, ==, FR_OVERLAY_DEFAULT_TTL);
  g_assert_true (fr_overlay_search_further (s.f.overlay, &s.id, s.f.now_us));
  fixture_expect_forwarded (&s.f, 2, 0, FR_QUERY_MAX_TTL, 0);
  fixture_drain (&s.f);
  g_assert_false (fr_overlay_search_further (s.f.overlay, &s.id, s.f.now_us));
  g_assert_true (fr_overlay_get_xray (s.f.overlay, &s.id, s.f.now_us, &xray));
  g_assert_false (xray.can_widen);
  fr_overlay_end_search (s.f.overlay, &s.id, s.f.now_us);
  g_assert_false (fr_overlay_search_further (s.f.overlay, &s.id, s.f.now_us));
  g_assert_false (fr_overlay_get_xray (s.f.overlay, &s.id, s.f.now_us, &xray));
  fixture_expect_nothing (&s.f); /* nobody has brought hits, so nobody is told */
  search_clear (&s);
}

static void
test_enough_goes_where_hits_came_from (void)
{
  g_autoptr (GBytes) hits = NULL;
  Search s;

  search_init (&s, NULL, 3);
  ask (&s, 0);
  hits = fixture_hits (&s.id, 70, 0);
  fixture_receive (&s.f, 2, hits);
  fixture_drain (&s.f);
  fr_overlay_end_search (s.f.overlay, &s.id, s.f.now_us);
  {
    g_auto (FrOverlayAction) action = fixture_expect (&s.f, FR_OVERLAY_SEND, 2);
    g_autoptr (Freshet__Frame) frame = fixture_parse (action.frame);

    g_assert_cmpint (frame->body_case, ==, FRESHET__FRAME__BODY_ENOUGH);
    g_assert_cmpmem (frame->enough->query_id.data, frame->enough->query_id.len, s.id.bytes, FR_QUERY_ID_SIZE);
  }
  fr_overlay_end_search (s.f.overlay, &s.id, s.f.now_us);
  fixture_expect_nothing (&s.f);
  search_clear (&s);
}

static GBytes *
enough_frame (const FrQueryId *id)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Enough enough = FRESHET__ENOUGH__INIT;

  enough.query_id = (ProtobufCBinaryData) { .len = FR_QUERY_ID_SIZE, .data = (guint8 *) id->bytes };
  frame.body_case = FRESHET__FRAME__BODY_ENOUGH;
  frame.enough = &enough;
  return fr_frame_pack (&frame);
}

/* Nobody but the primary way back may silence a search; then no more hits pass. */
/* Somebody may look at what was found for longer than hits are taken. */
static void
test_ends_when_it_is_old (void)
{
  FrQueryXray xray;
  Search s;

  search_init (&s, NULL, 1);
  ask (&s, 0);
  s.f.now_us += FR_QUERY_LEDGER_AGE_US;
  fr_overlay_tick (s.f.overlay, s.f.now_us);
  g_assert_cmpuint (fixture_stats (&s.f).n_own, ==, 0);
  g_assert_true (fr_overlay_get_xray (s.f.overlay, &s.id, s.f.now_us, &xray));
  fr_overlay_end_search (s.f.overlay, &s.id, s.f.now_us);
  g_assert_false (fr_overlay_get_xray (s.f.overlay, &s.id, s.f.now_us, &xray));
  search_clear (&s);
}

static void
test_relays_enough (void)
{
  static const FrLinkId links[] = { 1, 2 };
  g_autoptr (GBytes) body = fixture_body (50, 1);
  FrQueryId id = fixture_id (body);
  g_autoptr (GBytes) enough = enough_frame (&id);
  Fixture f;

  fixture_init (&f, NULL, 4);
  fixture_know_query (&f, body, links, G_N_ELEMENTS (links));
  for (guint holder = 70; holder < 72; holder++)
    {
      g_autoptr (GBytes) hits = fixture_hits (&id, holder, 0);

      fixture_receive (&f, 3, hits);
      fixture_skip (&f, FR_OVERLAY_SEND, 1);
    }
  fixture_receive (&f, 2, enough);
  fixture_receive (&f, 4, enough);
  fixture_expect_nothing (&f);
  fixture_receive (&f, 1, enough);
  fixture_expect_sent (&f, 3, enough); /* once, though two holders are behind that link */
  fixture_receive (&f, 1, enough);
  fixture_expect_nothing (&f);
  {
    g_autoptr (GBytes) late = fixture_hits (&id, 73, 0);

    fixture_receive (&f, 3, late);
    fixture_expect_nothing (&f);
    g_assert_cmpuint (fixture_stats (&f).hits_unknown, ==, 1);
  }
  fixture_clear (&f);
}

static void
test_goes_out_by_new_links (void)
{
  static const struct
  {
    gint64 later_us;
    gboolean ends;
    gboolean sent;
  } rows[] = {
    { 0, FALSE, TRUE },
    { FR_OWN_SEARCH_AGE_US, FALSE, TRUE },
    { FR_OWN_SEARCH_AGE_US + 1, FALSE, FALSE },
    { 0, TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrPeerKey key = fixture_key (9);
      Search s;

      search_init (&s, NULL, 1);
      ask (&s, 0);
      if (rows[i].ends)
        fr_overlay_end_search (s.f.overlay, &s.id, s.f.now_us);
      fixture_drain (&s.f);
      s.f.now_us += rows[i].later_us;
      fr_overlay_link_up (s.f.overlay, 9, &key, s.f.now_us);
      fixture_skip (&s.f, FR_OVERLAY_SEND, 9); /* the first ping */
      g_assert_true ((fixture_drain (&s.f) == 1) == rows[i].sent);
      g_assert_cmpuint (fixture_stats (&s.f).queries_resent, ==, rows[i].sent ? 1 : 0);
      search_clear (&s);
    }
}

/* What a neighbour that died may have swallowed goes out by the link that takes its place; after a goodbye nothing. */
static void
test_swallowed_queries_go_out_again (void)
{
  static const struct
  {
    gboolean lost;
    gint64 later_us;
    guint n_again;
  } rows[] = {
    { TRUE, 0, 2 },
    { TRUE, FR_OVERLAY_REPLACE_US + 1, 0 },
    { FALSE, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrPeerKey key = fixture_key (9);
      Fixture f;

      fixture_init (&f, NULL, 3);
      for (guint n = 0; n < 2; n++)
        {
          g_autoptr (GBytes) body = fixture_body (50, n);

          f.now_us += G_USEC_PER_SEC;
          fixture_receive_query (&f, 1, body, 5, 1);
        }
      fixture_drain (&f);
      if (rows[i].lost)
        fr_overlay_link_lost (f.overlay, 2, f.now_us);
      else
        fr_overlay_link_down (f.overlay, 2, f.now_us);
      fixture_drain (&f);
      f.now_us += rows[i].later_us;
      fr_overlay_link_up (f.overlay, 9, &key, f.now_us);
      fixture_skip (&f, FR_OVERLAY_SEND, 9);
      g_assert_cmpuint (fixture_drain (&f), ==, rows[i].n_again);
      fixture_clear (&f);
    }
}

static void
test_only_the_latest_are_kept (void)
{
  FrQueryXray xray;
  FrQueryId first = { { 0 } };
  Fixture f;

  fixture_init (&f, NULL, 0);
  for (guint i = 0; i <= FR_OWN_SEARCH_CAPACITY; i++)
    {
      g_autoptr (GBytes) body = fixture_body (FIXTURE_SELF, i);
      guint8 signature[FR_SIGNATURE_SIZE];
      FrQueryId id;

      fixture_sign (body, signature);
      id = fr_overlay_search (f.overlay, body, signature, 0, f.now_us);
      if (i == 0)
        first = id;
      g_assert_true (fr_overlay_get_xray (f.overlay, &id, f.now_us, &xray));
      g_assert_true (fr_overlay_get_xray (f.overlay, &first, f.now_us, &xray) == (i < FR_OWN_SEARCH_CAPACITY));
    }
  fixture_clear (&f);
}

void
test_search_add (void)
{
  g_test_add_func ("/overlay/search/widens-while-too-little-comes", test_widens_while_too_little_comes);
  g_test_add_func ("/overlay/search/stops-when-enough-has-come", test_stops_when_enough_has_come);
  g_test_add_func ("/overlay/search/forged-hits-tell-nothing", test_forged_hits_tell_nothing);
  g_test_add_func ("/overlay/search/small-network-is-asked-at-once", test_small_network_is_asked_at_once);
  g_test_add_func ("/overlay/search/network-may-shrink", test_network_may_shrink);
  g_test_add_func ("/overlay/search/further-on-demand", test_further_on_demand);
  g_test_add_func ("/overlay/search/enough-goes-where-hits-came-from", test_enough_goes_where_hits_came_from);
  g_test_add_func ("/overlay/search/ends-when-it-is-old", test_ends_when_it_is_old);
  g_test_add_func ("/overlay/search/relays-enough", test_relays_enough);
  g_test_add_func ("/overlay/search/goes-out-by-new-links", test_goes_out_by_new_links);
  g_test_add_func ("/overlay/search/swallowed-queries-go-out-again", test_swallowed_queries_go_out_again);
  g_test_add_func ("/overlay/search/only-the-latest-are-kept", test_only_the_latest_are_kept);
}
