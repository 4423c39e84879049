/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-neighbour.h"
#include "fr-own-search.h"
#include "overlay-fixture.h"
#include "tests.h"

/* Questions to neighbours alone: ours, and those of others. */

#define N_LINKS 4

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static GBytes *
newest_body (guint asker, guint number)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  FrPeerKey key = fixture_key (asker);

  body.asker = (ProtobufCBinaryData) { .len = sizeof key.bytes, .data = key.bytes };
  body.name = (char *) "alice";
  body.words = (char *) "";
  body.kind = FRESHET__QUERY_BODY__KIND__KIND_NEWEST;
  body.most = FR_QUERY_MAX_MOST;
  body.sequence = number;
  return fr_message_pack (&body.base);
}

static FrQueryId
ask (Fixture *f, guint number, const FrLinkId *links, guint n_links)
{
  g_autoptr (GBytes) body = newest_body (FIXTURE_SELF, number);
  guint8 signature[FR_SIGNATURE_SIZE];

  fixture_sign (body, signature);
  return fr_overlay_search_near (f->overlay, body, signature, links, n_links, f->now_us);
}

/* Over these links, with nowhere to go from there. */
static void
test_asks_these_alone (void)
{
  static const FrLinkId links[] = { 4, 2, 9 }; /* the last one is none */
  g_auto (Fixture) f = { NULL };
  g_autoptr (GBytes) body = newest_body (FIXTURE_SELF, 1);
  g_autoptr (GBytes) frame = fixture_query (body, 1, 0);
  FrPeerKey key = fixture_key (9);
  FrQueryXray xray;
  FrQueryId id;

  fixture_init (&f, NULL, N_LINKS);
  id = ask (&f, 1, links, G_N_ELEMENTS (links));
  g_assert_true (fr_query_id_equal_func (&id, &(FrQueryId[]) { fixture_id (body) }[0]));
  fixture_expect_sent (&f, 4, frame);
  fixture_expect_sent (&f, 2, frame);
  fixture_expect_nothing (&f);
  g_assert_false (fr_overlay_search_further (f.overlay, &id, f.now_us));
  g_assert_false (fr_overlay_get_xray (f.overlay, &id, f.now_us, &xray));

  fr_overlay_link_up (f.overlay, 9, &key, f.now_us); /* who comes later is not asked */
  g_assert_cmpuint (fixture_drain (&f), ==, 1);      /* but pinged */
}

/* Nor is who is about to go, or wants nothing. */
static void
test_asks_nobody_who_goes (void)
{
  static const FrLinkId links[] = { 1, 2 };
  g_auto (Fixture) f = { NULL };
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Throttle throttle = FRESHET__THROTTLE__INIT;
  g_autoptr (GBytes) packed = NULL;

  fixture_init (&f, NULL, 2);
  frame.body_case = FRESHET__FRAME__BODY_THROTTLE;
  frame.throttle = &throttle;
  packed = fr_frame_pack (&frame);
  fixture_receive (&f, 1, packed);
  fr_overlay_link_down (f.overlay, 2, f.now_us);
  fixture_drain (&f);
  ask (&f, 1, links, G_N_ELEMENTS (links));
  fixture_expect_nothing (&f);
}

static void
assert_delivered (Fixture *f, FrLinkId link, GBytes *frame, gboolean delivered)
{
  guint64 n = fixture_stats (f).hits_delivered;

  fixture_receive (f, link, frame);
  fixture_drain (f);
  g_assert_cmpuint (fixture_stats (f).hits_delivered - n, ==, delivered);
}

/* Who was asked answers, and for themselves. */
static void
test_who_answers (void)
{
  static const FrLinkId links[] = { 1, 2 };
  static const struct
  {
    FrLinkId link;
    guint holder;
    gboolean delivered;
  } rows[] = {
    { 1, 1, TRUE }, { 2, 2, TRUE }, { 3, 3, FALSE }, /* not asked */
    { 1, 2, FALSE },                                 /* for somebody who was, */
    { 1, 70, FALSE }, { 3, 1, FALSE },
  };
  g_auto (Fixture) f = { NULL };
  FrQueryId id;

  fixture_init (&f, NULL, N_LINKS);
  id = ask (&f, 1, links, G_N_ELEMENTS (links));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gboolean sealed = FALSE; sealed <= TRUE; sealed++)
      {
        g_autoptr (GBytes) hits = sealed ? fixture_sealed (&id, rows[i].holder, 1, FALSE, 200)
                                         : fixture_hits (&id, rows[i].holder, 0);
        g_autoptr (GBytes) preview = sealed ? fixture_sealed (&id, rows[i].holder, 1, TRUE, 200)
                                            : fixture_preview (&id, rows[i].holder, 1, 100);

        g_test_message ("row %" G_GSIZE_FORMAT ", sealed %d", i, sealed);
        assert_delivered (&f, rows[i].link, hits, rows[i].delivered);
        assert_delivered (&f, rows[i].link, preview, rows[i].delivered);
        assert_delivered (&f, rows[i].link, hits, FALSE); /* once */
      }
  fr_overlay_end_search (f.overlay, &id, f.now_us);
  {
    g_autoptr (GBytes) late = fixture_hits (&id, 1, 2);

    assert_delivered (&f, 1, late, FALSE);
  }
}

/* So many pictures, however they are told; and as many small ones. */
static void
test_most_of_one (void)
{
  static const struct
  {
    guint n_items[5];
    gboolean sealed;
    guint n_delivered;
  } rows[] = {
    { { 20, 20, 20, 0, 0 }, FALSE, 4 }, /* nothing, once more */
    { { 20, 20, 20, 1, 2 }, FALSE, 3 },
    { { 20, 20, 19, 1, 2 }, FALSE, 4 },
    { { 20, 20, 20, 20, 1 }, TRUE, 3 }, /* as if they were full */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      static const FrLinkId link = 1;
      g_auto (Fixture) f = { NULL };
      FrQueryId id;
      guint64 n;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      fixture_init (&f, NULL, 2);
      id = ask (&f, 1, &link, 1);
      for (guint k = 0; k < G_N_ELEMENTS (rows[i].n_items); k++)
        {
          g_autoptr (GBytes) hits = rows[i].sealed ? fixture_sealed (&id, 1, 0, FALSE, 200 + k)
                                                   : fixture_hits_of_size (&id, 1, k % 3, rows[i].n_items[k]);

          fixture_receive (&f, 1, hits);
        }
      n = fixture_stats (&f).hits_delivered;
      g_assert_cmpuint (n, ==, rows[i].n_delivered);
      for (guint k = 0; k <= FR_OVERLAY_NEAR_ITEMS; k++)
        {
          g_autoptr (GBytes) preview = fixture_preview (&id, 1, k, 100);

          fixture_receive (&f, 1, preview);
        }
      g_assert_cmpuint (fixture_stats (&f).hits_delivered - n, ==, FR_OVERLAY_NEAR_ITEMS);
    }
}

/* At the limit the oldest question is still answered, and one past it no more. */
static void
test_open_questions (void)
{
  static const FrLinkId link = 1;

  for (guint extra = 0; extra < 2; extra++)
    {
      g_auto (Fixture) f = { NULL };
      g_autoptr (GBytes) first_hits = NULL, last_hits = NULL;
      FrQueryId first = { { 0 } }, last = { { 0 } };

      fixture_init (&f, NULL, 1);
      for (guint k = 0; k < FR_OVERLAY_MAX_NEAR + extra; k++)
        {
          last = ask (&f, 1 + k, &link, 1);
          if (k == 0)
            first = last;
        }
      fixture_drain (&f);
      first_hits = fixture_hits (&first, 1, 0);
      last_hits = fixture_hits (&last, 1, 0);
      assert_delivered (&f, 1, first_hits, extra == 0);
      assert_delivered (&f, 1, last_hits, TRUE);
    }
}

/* Ordinary searches stay what they are, however many questions are open. */
static void
test_leaves_searches_alone (void)
{
  g_auto (Fixture) f = { NULL };
  g_autoptr (GBytes) body = fixture_body (FIXTURE_SELF, 1);
  guint8 signature[FR_SIGNATURE_SIZE];
  FrPeerKey key = fixture_key (9);
  static const FrLinkId link = 1;
  FrQueryId id;

  fixture_init (&f, NULL, 1);
  fixture_sign (body, signature);
  id = fr_overlay_search (f.overlay, body, signature, 3, f.now_us);
  for (guint k = 0; k < 2 * FR_OWN_SEARCH_CAPACITY; k++)
    ask (&f, 2 + k, &link, 1);
  fixture_drain (&f);
  g_assert_true (fr_overlay_search_further (f.overlay, &id, f.now_us));
  fixture_drain (&f);
  fr_overlay_link_up (f.overlay, 9, &key, f.now_us);
  g_assert_cmpuint (fixture_drain (&f), ==, 2); /* a ping, and the search */
}

/* What others ask so is taken from themselves alone, and goes nowhere. */
static void
test_taken_from_its_asker (void)
{
  static const struct
  {
    guint asker;
    guint ttl, hops;
    gboolean taken;
  } rows[] = {
    { 2, 1, 0, TRUE },
    { 3, 1, 0, FALSE },  /* somebody else's, passed on: of another link, */
    { 50, 1, 0, FALSE }, /* of nobody here, */
    { 2, 1, 1, FALSE },  /* or of whoever asks, with a way behind it, */
    { 2, 2, 0, FALSE },  /* or before it */
    { 2, FR_QUERY_MAX_TTL, 0, FALSE },
    { FIXTURE_SELF, 1, 0, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Fixture) f = { NULL };
      g_autoptr (GBytes) body = newest_body (rows[i].asker, 1);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      fixture_init (&f, NULL, N_LINKS);
      fixture_receive_query (&f, 2, body, rows[i].ttl, rows[i].hops);
      if (rows[i].taken)
        {
          fixture_expect_checked (&f, 2, TRUE);
          fixture_skip (&f, FR_OVERLAY_DELIVER_QUERY, 2);
        }
      fixture_expect_nothing (&f);
      g_assert_cmpuint (fixture_stats (&f).faults, ==, !rows[i].taken);
    }
}

/* Nor does a later copy get any further, or anybody else the answer. */
static void
test_no_later_copy (void)
{
  static const struct
  {
    FrLinkId link;
    guint ttl, hops;
    guint forgery;
    gboolean fault;
  } rows[] = {
    { 2, 1, 0, 0, FALSE }, { 2, 5, 0, 0, TRUE },  { 2, 1, 1, 0, TRUE }, { 3, 1, 0, 0, TRUE }, { 3, 5, 1, 0, TRUE },
    { 2, 1, 0, 1, FALSE }, { 2, 5, 0, 1, TRUE }, { 3, 1, 0, 1, TRUE },
  };

  for (gboolean checked = FALSE; checked <= TRUE; checked++)
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        g_auto (Fixture) f = { NULL };
        g_autoptr (GBytes) body = newest_body (2, 1);
        g_autoptr (GBytes) again = fixture_forged_query (body, rows[i].ttl, rows[i].hops, rows[i].forgery);
        FrQueryId id = fixture_id (body);
        g_autoptr (GBytes) answer = fixture_hits (&id, FIXTURE_SELF, 0);

        g_test_message ("row %" G_GSIZE_FORMAT ", checked %d", i, checked);
        fixture_init (&f, NULL, N_LINKS);
        fixture_receive_query (&f, 2, body, 1, 0);
        if (checked)
          fr_overlay_verified (f.overlay, &id, TRUE, f.now_us);
        fixture_drain (&f);
        fixture_receive (&f, rows[i].link, again);
        fixture_expect_nothing (&f);
        if (!checked)
          fr_overlay_verified (f.overlay, &id, TRUE, f.now_us);
        fixture_drain (&f);
        g_assert_cmpuint (fixture_stats (&f).faults, ==, rows[i].fault);
        fr_overlay_link_down (f.overlay, rows[i].link == 3 ? 2 : 3, f.now_us);
        fixture_drain (&f);
        fr_overlay_answer (f.overlay, &id, answer, f.now_us);
        if (rows[i].link == 3)
          fixture_expect_nothing (&f); /* whoever asked has gone */
        else
          fixture_expect_sent (&f, 2, answer);
      }
}

/* A peer that passes such questions on is sent away in the end. */
static void
test_whoever_passes_on_is_closed (void)
{
  g_auto (Fixture) f = { NULL };
  gboolean closed = FALSE;

  fixture_init (&f, NULL, 2);
  for (guint k = 0; k < FR_NEIGHBOUR_MAX_FAULTS + 1; k++)
    {
      g_autoptr (GBytes) body = newest_body (50 + k, 1);

      g_assert_false (closed);
      fixture_receive_query (&f, 2, body, 3, 1);
      closed = fixture_drain (&f) > 0;
    }
  g_assert_true (closed);
}

void
test_near_add (void)
{
  g_test_add_func ("/overlay/near/asks-these-alone", test_asks_these_alone);
  g_test_add_func ("/overlay/near/asks-nobody-who-goes", test_asks_nobody_who_goes);
  g_test_add_func ("/overlay/near/who-answers", test_who_answers);
  g_test_add_func ("/overlay/near/most-of-one", test_most_of_one);
  g_test_add_func ("/overlay/near/open-questions", test_open_questions);
  g_test_add_func ("/overlay/near/leaves-searches-alone", test_leaves_searches_alone);
  g_test_add_func ("/overlay/near/taken-from-its-asker", test_taken_from_its_asker);
  g_test_add_func ("/overlay/near/no-later-copy", test_no_later_copy);
  g_test_add_func ("/overlay/near/whoever-passes-on-is-closed", test_whoever_passes_on_is_closed);
}
