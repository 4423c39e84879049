/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-query-ledger.h"
#include "overlay-fixture.h"
#include "tests.h"

/* Forward first, then check, then deliver. */
static void
test_order_of_work (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1);
  FrQueryId id = fixture_id (body);

  fixture_init (&f, NULL, 4);
  fixture_receive_query (&f, 2, body, 5, 3);
  fixture_expect_forwarded (&f, 4, 2, 4, 4);
  {
    g_auto (FrOverlayAction) action = fixture_expect (&f, FR_OVERLAY_VERIFY, 2);
    FrPeerKey asker = fixture_key (50);

    g_assert_true (g_bytes_equal (action.frame, body));
    g_assert_true (fixture_verify (action.frame, action.signature));
    g_assert_true (fr_peer_key_equal (&action.key, &asker));
    g_assert_true (fr_query_id_equal_func (&action.query, &id));
  }
  fixture_expect_nothing (&f);
  fr_overlay_verified (f.overlay, &id, TRUE, f.now_us);
  {
    g_auto (FrOverlayAction) action = fixture_expect (&f, FR_OVERLAY_DELIVER_QUERY, 2);

    g_assert_true (g_bytes_equal (action.frame, body));
    g_assert_true (fr_query_id_equal_func (&action.query, &id));
    g_assert_cmpuint (action.hops, ==, 4);
    g_assert_cmpuint (action.ttl, ==, 5);
  }
  fixture_expect_nothing (&f);
  fr_overlay_verified (f.overlay, &id, TRUE, f.now_us); /* once more says nothing */
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

static void
test_last_hop (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1);

  fixture_init (&f, NULL, 4);
  fixture_receive_query (&f, 2, body, 1, 3);
  fixture_expect_checked (&f, 2, TRUE);
  fixture_skip (&f, FR_OVERLAY_DELIVER_QUERY, 2);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

static void
test_not_to_its_asker (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (3, 1); /* who is at the other end of link 3 */

  fixture_init (&f, NULL, 3);
  fixture_receive_query (&f, 2, body, 5, 3);
  fixture_expect_forwarded (&f, 2, 2, 4, 4);
  fixture_expect_checked (&f, 2, TRUE);
  fixture_clear (&f);
}

static void
test_bad_signature (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1);
  g_autoptr (GBytes) forged = fixture_forged_query (body, 5, 3, 1);

  fixture_init (&f, NULL, 3);
  fixture_receive (&f, 2, forged);
  fixture_expect_forwarded (&f, 3, 2, 4, 4);
  fixture_expect_checked (&f, 2, FALSE);
  fixture_expect_nothing (&f);

  /* The same again is known to be bad, whoever brings it. */
  fixture_receive (&f, 1, forged);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).signatures_bad, ==, 2);
  g_assert_cmpuint (fixture_stats (&f).queries_delivered, ==, 0);
  fixture_clear (&f);
}

/* The id does not cover the signature: whoever spoils it and is faster must not keep the query out. */
static void
test_good_copy_after_bad (void)
{
  for (guint late = 0; late < 2; late++)
    {
      Fixture f;
      g_autoptr (GBytes) body = fixture_body (50, 1);
      g_autoptr (GBytes) forged = fixture_forged_query (body, 7, 1, 1);

      fixture_init (&f, NULL, 3);
      fixture_receive (&f, 2, forged);
      fixture_expect_forwarded (&f, 3, 2, 6, 2);
      if (late)
        fixture_expect_checked (&f, 2, FALSE);
      fixture_receive_query (&f, 1, body, 5, 3);
      if (!late)
        fixture_expect_checked (&f, 2, FALSE);
      fixture_expect_checked (&f, 1, TRUE); /* before it goes on, this time */
      fixture_expect_forwarded (&f, 3, 1, 4, 4);
      {
        g_auto (FrOverlayAction) action = fixture_expect (&f, FR_OVERLAY_DELIVER_QUERY, 1);

        g_assert_true (fixture_verify (action.frame, action.signature));
      }

      /* And the other way round a bad copy changes nothing, however far it may go. */
      fixture_receive (&f, 3, forged);
      fixture_expect_nothing (&f);
      fixture_clear (&f);
    }
}

static void
test_seen_and_raised (void)
{
  static const struct
  {
    FrLinkId link;
    guint ttl;
    gboolean raised;
  } rows[] = {
    { 1, 3, FALSE }, { 3, 4, FALSE }, { 2, 4, FALSE }, { 1, 5, TRUE },
    { 3, 5, FALSE }, { 2, 7, TRUE },  { 1, 7, FALSE }, { 1, 6, FALSE },
  };

  for (guint checked = 0; checked < 2; checked++)
    {
      Fixture f;
      g_autoptr (GBytes) body = fixture_body (50, 1);

      fixture_init (&f, NULL, 3);
      fixture_receive_query (&f, 2, body, 4, 1);
      fixture_expect_forwarded (&f, 3, 2, 3, 2);
      if (checked)
        fixture_expect_checked (&f, 2, TRUE);
      fixture_drain (&f);
      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          fixture_receive_query (&f, rows[i].link, body, rows[i].ttl, 2);
          if (rows[i].raised)
            fixture_expect_forwarded (&f, 3, rows[i].link, rows[i].ttl - 1, 3);
          fixture_expect_nothing (&f);
        }
      g_assert_cmpuint (fixture_stats (&f).queries_raised, ==, 2);
      g_assert_cmpuint (fixture_stats (&f).queries_seen, ==, 6);
      fixture_clear (&f);
    }
}

/* A faulty query costs a fault and leaves nothing behind. */
static void
test_out_of_range (void)
{
  static const struct
  {
    guint ttl, hops;
  } rows[] = { { 7, 9 }, { 1, 15 }, { 0, 0 } };
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1);
  g_autoptr (GBytes) frame = fixture_query (body, 5, 1);
  g_autoptr (Freshet__Frame) parsed = fixture_parse (frame);

  fixture_init (&f, NULL, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      parsed->query->ttl = rows[i].ttl;
      parsed->query->hops = rows[i].hops;
      fr_overlay_receive (f.overlay, 1, parsed, 200, f.now_us);
      fixture_expect_nothing (&f);
      g_assert_cmpuint (fixture_stats (&f).faults, ==, i + 1);
      g_assert_cmpuint (fixture_stats (&f).n_queries, ==, 0);
    }
  parsed->query->ttl = 200; /* no more than it may: taken as that */
  parsed->query->hops = 8;
  fr_overlay_receive (f.overlay, 1, parsed, 200, f.now_us);
  fixture_expect_forwarded (&f, 3, 1, 6, 9);
  fixture_clear (&f);
}

static void
test_body_is_nonsense (void)
{
  Fixture f;
  g_autoptr (GBytes) body = g_bytes_new_static ("nonsense", 8);

  fixture_init (&f, NULL, 3);
  fixture_receive_query (&f, 1, body, 5, 1);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).faults, ==, 1);
  g_assert_cmpuint (fixture_stats (&f).n_queries, ==, 0);
  fixture_clear (&f);
}

/* Whatever a query is, new, seen or raised, it is charged. */
static void
test_rates (void)
{
  static const struct
  {
    guint hops;
    guint burst;
    gboolean same;
  } rows[] = {
    { 1, 200, FALSE },
    { 1, 200, TRUE },
    { 0, 20, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture f;

      fixture_init (&f, NULL, 2);
      for (guint n = 0; n <= rows[i].burst; n++)
        {
          g_autoptr (GBytes) body = fixture_body (50, rows[i].same ? 0 : n);

          g_assert_cmpuint (fixture_stats (&f).queries_limited, ==, 0);
          fixture_receive_query (&f, 1, body, 5, rows[i].hops);
        }
      g_assert_cmpuint (fixture_stats (&f).queries_limited, ==, 1);
      g_assert_cmpuint (fixture_stats (&f).n_queries, ==, rows[i].same ? 1 : rows[i].burst);
      g_assert_cmpuint (fixture_stats (&f).faults, ==, 0);
      fixture_clear (&f);
    }
}

/* Twenty bad signatures from one of three links. */
static void
make_doubtful (Fixture *f, FrLinkId link)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GBytes) body = fixture_body (50, i);
      g_autoptr (GBytes) forged = fixture_forged_query (body, 5, 1, 1);

      fixture_receive (f, link, forged);
      fixture_expect_forwarded (f, 3, link, 4, 2);
      fixture_expect_checked (f, link, FALSE);
    }
}

static void
test_doubtful_link_is_checked_first (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1000);

  fixture_init (&f, NULL, 3);
  make_doubtful (&f, 1);
  fixture_receive_query (&f, 1, body, 3, 1);
  fixture_skip (&f, FR_OVERLAY_VERIFY, 1);
  fixture_receive_query (&f, 2, body, 5, 1); /* farther, and still held */
  fixture_expect_nothing (&f);
  {
    FrQueryId id = fixture_id (body);

    fr_overlay_verified (f.overlay, &id, TRUE, f.now_us);
  }
  fixture_expect_forwarded (&f, 3, 2, 4, 2);
  fixture_skip (&f, FR_OVERLAY_DELIVER_QUERY, 1);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

/* Who brings a copy with the same bad signature while it is checked is not the one to blame. */
static void
test_blames_who_was_first (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1000);

  fixture_init (&f, NULL, 3);
  make_doubtful (&f, 1);
  for (guint i = 100; i < 120; i++)
    {
      g_autoptr (GBytes) bad_body = fixture_body (50, i);
      g_autoptr (GBytes) near = fixture_forged_query (bad_body, 3, 1, 1);
      g_autoptr (GBytes) far = fixture_forged_query (bad_body, 5, 1, 1);

      fixture_receive (&f, 1, near);
      fixture_receive (&f, 2, far);
      fixture_expect_checked (&f, 1, FALSE);
      fixture_expect_nothing (&f);
    }
  fixture_receive_query (&f, 2, body, 5, 1);
  fixture_expect_forwarded (&f, 3, 2, 4, 2);
  fixture_clear (&f);
}

static void
test_checks_are_bounded (void)
{
  FrOverlayConfig config;
  Fixture f;
  FrQueryId id;

  fr_overlay_config_init_default (&config);
  config.relay_burst = 1e6;
  fixture_init (&f, &config, 2);
  for (guint i = 0; i <= FR_OVERLAY_MAX_CHECKS; i++)
    {
      g_autoptr (GBytes) body = fixture_body (50, i);

      g_assert_cmpuint (fixture_stats (&f).queries_busy, ==, 0);
      fixture_receive_query (&f, 1, body, 5, 1);
      id = fixture_id (body);
    }
  g_assert_cmpuint (fixture_stats (&f).queries_busy, ==, 1);
  g_assert_cmpuint (fixture_stats (&f).n_checks, ==, 1024);
  fr_overlay_verified (f.overlay, &id, TRUE, f.now_us); /* of the one that had no place */
  g_assert_cmpuint (fixture_stats (&f).queries_delivered, ==, 0);
  fixture_clear (&f);
}

static void
test_forgotten_while_checked (void)
{
  FrOverlayConfig config;
  Fixture f;
  FrQueryId first;

  fr_overlay_config_init_default (&config);
  config.ledger_capacity = 1;
  fixture_init (&f, &config, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) body = fixture_body (50, i);

      fixture_receive_query (&f, 1, body, 5, 1);
      if (i == 0)
        first = fixture_id (body);
    }
  fixture_drain (&f);
  fr_overlay_verified (f.overlay, &first, TRUE, f.now_us);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).n_checks, ==, 1);
  fixture_clear (&f);
}

/* The answer to a check names the query alone: it must not come to stand for another signature. */
static void
test_forgotten_is_not_checked_twice (void)
{
  FrOverlayConfig config;
  g_autoptr (GBytes) body = fixture_body (50, 1), other = fixture_body (50, 2);
  g_autoptr (GBytes) forged = fixture_forged_query (body, 5, 1, 1);
  FrQueryId id = fixture_id (body);
  Fixture f;

  fr_overlay_config_init_default (&config);
  config.ledger_capacity = 1;
  fixture_init (&f, &config, 3);
  fixture_receive_query (&f, 1, body, 5, 1);
  fixture_receive_query (&f, 1, other, 5, 1); /* drives it out of the ledger */
  fixture_drain (&f);
  fixture_receive (&f, 2, forged);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).queries_busy, ==, 1);
  fr_overlay_verified (f.overlay, &id, TRUE, f.now_us); /* of the first copy */
  fixture_expect_nothing (&f);
  fixture_receive (&f, 2, forged); /* now it is new, and is checked by itself */
  fixture_skip (&f, FR_OVERLAY_SEND, 1);
  fixture_skip (&f, FR_OVERLAY_SEND, 3);
  fixture_expect_checked (&f, 2, FALSE);
  fixture_clear (&f);
}

static void
test_own_search (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (FIXTURE_SELF, 1);
  guint8 signature[FR_SIGNATURE_SIZE];
  FrQueryId id, expected = fixture_id (body);

  fixture_sign (body, signature);
  fixture_init (&f, NULL, 3);
  id = fr_overlay_search (f.overlay, body, signature, 0, f.now_us);
  g_assert_true (fr_query_id_equal_func (&id, &expected));
  fixture_expect_forwarded (&f, 3, 0, FR_OVERLAY_DEFAULT_TTL, 0);
  fixture_expect_nothing (&f);

  fixture_receive_query (&f, 2, body, 7, 2); /* comes back round */
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).queries_seen, ==, 1);

  fr_overlay_search (f.overlay, body, signature, 5, f.now_us); /* no farther */
  fixture_expect_nothing (&f);
  fr_overlay_search (f.overlay, body, signature, 200, f.now_us); /* as far as it may */
  fixture_expect_forwarded (&f, 3, 0, FR_QUERY_MAX_TTL, 0);

  fr_overlay_end_search (f.overlay, &id, f.now_us);
  fixture_receive_query (&f, 2, body, 7, 2);
  fixture_expect_nothing (&f);
  f.now_us += FR_QUERY_LEDGER_AGE_US; /* forgotten, but still ours */
  fixture_receive_query (&f, 2, body, 7, 2);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).queries_seen, ==, 3);
  fixture_clear (&f);
}

/* A driver of many engines works the id of a query out once for all of them. */
static void
test_id_is_known (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1);
  g_autoptr (GBytes) frame = fixture_query (body, 5, 1);
  g_autoptr (Freshet__Frame) parsed = fixture_parse (frame);
  FrQueryId id = fixture_id (body);

  fixture_init (&f, NULL, 3);
  fr_overlay_receive_as (f.overlay, 1, parsed, g_bytes_get_size (frame), &id, f.now_us);
  fixture_expect_forwarded (&f, 3, 1, 4, 2);
  fixture_expect_checked (&f, 1, TRUE);
  fixture_skip (&f, FR_OVERLAY_DELIVER_QUERY, 1);
  fixture_receive (&f, 2, frame); /* the same, whoever works it out */
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).queries_seen, ==, 1);
  fixture_clear (&f);
}

/* However many ids come, the ledger keeps to its bound, and our own searches stay known. */
static void
test_flood_of_ids (void)
{
  FrOverlayConfig config;
  Fixture f;
  g_autoptr (GBytes) own = fixture_body (FIXTURE_SELF, 1);
  g_autoptr (GBytes) hits = NULL;
  guint8 signature[FR_SIGNATURE_SIZE];
  FrQueryId id;

  fr_overlay_config_init_default (&config);
  config.relay_rate = config.relay_burst = 1e9;
  fixture_init (&f, &config, 2);
  fixture_sign (own, signature);
  id = fr_overlay_search (f.overlay, own, signature, 0, f.now_us);
  for (guint i = 0; i < FR_QUERY_LEDGER_CAPACITY + 1000; i++)
    {
      g_autoptr (GBytes) body = fixture_body (50, i);

      fixture_receive_query (&f, 1, body, 5, 1);
      if (i >= 500) /* the first get no answer: they take a place, but only that */
        {
          FrQueryId flood_id = fixture_id (body);

          fr_overlay_verified (f.overlay, &flood_id, i % 2, f.now_us);
        }
      fixture_drain (&f);
    }
  g_assert_cmpuint (fixture_stats (&f).n_queries, ==, FR_QUERY_LEDGER_CAPACITY);
  g_assert_cmpuint (fixture_stats (&f).n_checks, ==, 500);
  g_assert_cmpuint (fixture_stats (&f).n_own, ==, 1);

  hits = fixture_hits (&id, 7, 0);
  fixture_receive (&f, 2, hits);
  fixture_skip (&f, FR_OVERLAY_DELIVER_HITS, 2);
  f.now_us += FR_QUERY_LEDGER_AGE_US;
  fr_overlay_tick (f.overlay, f.now_us);
  g_assert_cmpuint (fixture_stats (&f).n_queries, ==, 0);
  g_assert_cmpuint (fixture_stats (&f).n_own, ==, 0);
  fixture_clear (&f);
}

static void
test_own_searches_are_bounded (void)
{
  Fixture f;

  fixture_init (&f, NULL, 0);
  for (guint i = 0; i <= FR_QUERY_LEDGER_OWN_CAPACITY; i++)
    {
      g_autoptr (GBytes) body = fixture_body (FIXTURE_SELF, i);
      guint8 signature[FR_SIGNATURE_SIZE];

      fixture_sign (body, signature);
      fr_overlay_search (f.overlay, body, signature, 0, f.now_us);
      g_assert_cmpuint (fixture_stats (&f).n_own, ==, MIN (i + 1, FR_QUERY_LEDGER_OWN_CAPACITY));
    }
  fixture_clear (&f);
}

void
test_query_add (void)
{
  g_test_add_func ("/overlay/query/order-of-work", test_order_of_work);
  g_test_add_func ("/overlay/query/last-hop", test_last_hop);
  g_test_add_func ("/overlay/query/not-to-its-asker", test_not_to_its_asker);
  g_test_add_func ("/overlay/query/bad-signature", test_bad_signature);
  g_test_add_func ("/overlay/query/good-copy-after-bad", test_good_copy_after_bad);
  g_test_add_func ("/overlay/query/seen-and-raised", test_seen_and_raised);
  g_test_add_func ("/overlay/query/out-of-range", test_out_of_range);
  g_test_add_func ("/overlay/query/body-is-nonsense", test_body_is_nonsense);
  g_test_add_func ("/overlay/query/rates", test_rates);
  g_test_add_func ("/overlay/query/doubtful-link-is-checked-first", test_doubtful_link_is_checked_first);
  g_test_add_func ("/overlay/query/blames-who-was-first", test_blames_who_was_first);
  g_test_add_func ("/overlay/query/checks-are-bounded", test_checks_are_bounded);
  g_test_add_func ("/overlay/query/forgotten-while-checked", test_forgotten_while_checked);
  g_test_add_func ("/overlay/query/forgotten-is-not-checked-twice", test_forgotten_is_not_checked_twice);
  g_test_add_func ("/overlay/query/id-is-known", test_id_is_known);
  g_test_add_func ("/overlay/query/own-search", test_own_search);
  g_test_add_func ("/overlay/query/own-searches-are-bounded", test_own_searches_are_bounded);
  g_test_add_func ("/overlay/query/flood-of-ids", test_flood_of_ids);
}
