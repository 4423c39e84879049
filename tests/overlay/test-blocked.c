/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "membership-fixture.h"
#include "overlay-fixture.h"
#include "tests.h"

/* Nothing is relayed for whoever is blocked. Links 1, 2 and 3 lead to others; BLOCKED is behind them. */

#define BLOCKED 60
#define OTHER 61
#define N_LINKS 3

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MemberFixture, member_clear)

static void
block (Fixture *f, guint peer, gboolean blocked)
{
  FrPeerKey key = fixture_key (peer);

  fr_overlay_set_blocked (f->overlay, &key, blocked, f->now_us);
  fixture_expect_nothing (f);
}

/* A query, of whom; relayed until they are blocked, and again when they are not any more. */
static void
test_queries (void)
{
  static const struct
  {
    guint asker;
    gboolean block, unblock;
    gboolean relayed;
  } rows[] = {
    { BLOCKED, FALSE, FALSE, TRUE },
    { BLOCKED, TRUE, FALSE, FALSE },
    { BLOCKED, TRUE, TRUE, TRUE },
    { BLOCKED, FALSE, TRUE, TRUE }, /* who was not */
    { OTHER, TRUE, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Fixture) f = { NULL };
      g_autoptr (GBytes) body = fixture_body (rows[i].asker, 1);

      g_test_message ("row %u", i);
      fixture_init (&f, NULL, N_LINKS);
      if (rows[i].block)
        block (&f, BLOCKED, TRUE);
      if (rows[i].unblock)
        block (&f, BLOCKED, FALSE);
      fixture_receive_query (&f, 1, body, 5, 1);
      if (rows[i].relayed)
        {
          fixture_expect_forwarded (&f, N_LINKS, 1, 4, 2);
          fixture_expect_checked (&f, 1, TRUE);
          fixture_skip (&f, FR_OVERLAY_DELIVER_QUERY, 1);
        }
      fixture_expect_nothing (&f);
      g_assert_cmpuint (fixture_stats (&f).blocked, ==, !rows[i].relayed);
      g_assert_cmpuint (fixture_stats (&f).n_queries, ==, rows[i].relayed);
      g_assert_cmpuint (fixture_stats (&f).n_checks, ==, 0);
      g_assert_cmpuint (fixture_stats (&f).faults, ==, 0); /* who passed it on has not blocked them */
    }
}

/* Many copies of it cost a place in no table, and no check of a signature. */
static void
test_many_queries (void)
{
  g_auto (Fixture) f = { NULL };

  fixture_init (&f, NULL, N_LINKS);
  block (&f, BLOCKED, TRUE);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GBytes) body = fixture_body (BLOCKED, i);

      fixture_receive_query (&f, 1, body, 7, 1);
      fixture_receive_query (&f, 2, body, 7, 2);
    }
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).blocked, ==, 200);
  g_assert_cmpuint (fixture_stats (&f).n_queries, ==, 0);
}

/* What is found at them, for somebody else, in each form that an answer has; and for ourselves. */
static void
test_answers (void)
{
  enum { HITS, SEALED, PREVIEW, SEALED_PREVIEW, N_KINDS };

  for (guint kind = 0; kind < N_KINDS; kind++)
    for (guint is_blocked = 0; is_blocked < 2; is_blocked++)
      {
        static const FrLinkId links[] = { 1 };
        g_auto (Fixture) f = { NULL };
        g_autoptr (GBytes) body = fixture_body (50, 1);
        FrQueryId id = fixture_id (body);
        FrPeerKey key = fixture_key (BLOCKED);
        g_autoptr (GBytes) answer = kind == HITS      ? fixture_hits (&id, BLOCKED, 0)
                                    : kind == PREVIEW ? fixture_preview (&id, BLOCKED, 1, 100)
                                                      : fixture_sealed (&id, BLOCKED, 0, kind == SEALED_PREVIEW, 200);

        g_test_message ("kind %u, blocked %u", kind, is_blocked);
        fixture_init (&f, NULL, N_LINKS);
        fixture_know_query (&f, body, links, G_N_ELEMENTS (links));
        if (is_blocked)
          block (&f, BLOCKED, TRUE);
        fixture_receive (&f, 3, answer);
        if (!is_blocked)
          fixture_expect_sent (&f, 1, answer);
        fixture_expect_nothing (&f);
        g_assert_cmpuint (fixture_stats (&f).blocked, ==, is_blocked);
        if (is_blocked)
          g_assert_false (fr_overlay_has_route (f.overlay, &(FrQueryId) { { 9 } }, &key, f.now_us));
      }
}

/* Answers to a search of our own come: what is hidden is counted further up. */
static void
test_own_search (void)
{
  g_auto (Fixture) f = { NULL };
  g_autoptr (GBytes) body = fixture_body (FIXTURE_SELF, 1);
  guint8 signature[FR_SIGNATURE_SIZE];
  g_autoptr (GBytes) hits = NULL;
  FrQueryId id;

  fixture_init (&f, NULL, N_LINKS);
  block (&f, BLOCKED, TRUE);
  fixture_sign (body, signature);
  id = fr_overlay_search (f.overlay, body, signature, 5, f.now_us);
  fixture_drain (&f);
  hits = fixture_hits (&id, BLOCKED, 0);
  fixture_receive (&f, 2, hits);
  fixture_skip (&f, FR_OVERLAY_DELIVER_HITS, 2);
  g_assert_cmpuint (fixture_stats (&f).blocked, ==, 0);
}

static GBytes *
signal_frame (guint from, guint to)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Signal signal = FRESHET__SIGNAL__INIT;
  FrPeerKey from_key = fixture_key (from), to_key = fixture_key (to);
  guint8 route[FR_QUERY_ID_SIZE] = { 9 }, sealed[100] = { 0 };

  signal.route = (ProtobufCBinaryData) { .len = sizeof route, .data = route };
  signal.from = (ProtobufCBinaryData) { .len = FR_PEER_KEY_SIZE, .data = from_key.bytes };
  signal.to = (ProtobufCBinaryData) { .len = FR_PEER_KEY_SIZE, .data = to_key.bytes };
  signal.sealed = (ProtobufCBinaryData) { .len = sizeof sealed, .data = sealed };
  frame.body_case = FRESHET__FRAME__BODY_SIGNAL;
  frame.signal = &signal;
  return fr_frame_pack (&frame);
}

/* Link 2 leads to peer 2. */
static void
test_signals (void)
{
  static const struct
  {
    guint from, to;
    guint blocked;
    gboolean goes_on;
  } rows[] = {
    { BLOCKED, 2, OTHER, TRUE },
    { BLOCKED, 2, BLOCKED, FALSE },
    { OTHER, 2, 2, FALSE },
    { BLOCKED, FIXTURE_SELF, OTHER, TRUE },
    { BLOCKED, FIXTURE_SELF, BLOCKED, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Fixture) f = { NULL };
      g_autoptr (GBytes) frame = signal_frame (rows[i].from, rows[i].to);
      FrPeerKey from = fixture_key (rows[i].from);

      g_test_message ("row %u", i);
      fixture_init (&f, NULL, N_LINKS);
      block (&f, rows[i].blocked, TRUE);
      fixture_receive (&f, 1, frame);
      if (rows[i].goes_on && rows[i].to == FIXTURE_SELF)
        fixture_skip (&f, FR_OVERLAY_DELIVER_SIGNAL, 1);
      else if (rows[i].goes_on)
        fixture_skip (&f, FR_OVERLAY_SEND, 2);
      fixture_expect_nothing (&f);
      g_assert_cmpuint (fixture_stats (&f).blocked, ==, !rows[i].goes_on);
      g_assert_true (fr_overlay_has_route (f.overlay, &(FrQueryId) { { 9 } }, &from, f.now_us) == rows[i].goes_on);
    }
}

/* Neither are their walks passed on, nor are they dialled, nor named to others. */
static void
test_membership (void)
{
  static const struct
  {
    guint ttl;
    gboolean shuffles;
  } rows[] = { { 0, FALSE }, { FR_MEMBERSHIP_PASSIVE_TTL, FALSE }, { 6, FALSE }, { 0, TRUE }, { 6, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      static const guint peers[] = { 70 };
      g_auto (MemberFixture) f = { NULL };
      g_autoptr (GBytes) record = member_record (BLOCKED, 1, TRUE);
      g_autoptr (GBytes) frame = rows[i].shuffles ? member_shuffle (7, BLOCKED, rows[i].ttl, peers, 1)
                                                  : member_forward_join (7, record, rows[i].ttl);
      FrPeerKey key = fixture_key (BLOCKED);

      g_test_message ("row %u", i);
      member_init (&f, TRUE, 5);
      fr_membership_set_blocked (f.membership, &key, TRUE);
      g_assert_true (member_receive (&f, 1, frame));
      member_expect_nothing (&f);
      g_assert_false (member_knows (&f, BLOCKED));
    }
}

static void
test_forgotten (void)
{
  g_auto (MemberFixture) f = { NULL };
  FrPeerKey key = fixture_key (BLOCKED);

  member_init (&f, FALSE, 0);
  member_add (&f, BLOCKED);
  member_add (&f, OTHER);
  g_assert_true (member_knows (&f, BLOCKED));
  fr_membership_set_blocked (f.membership, &key, TRUE);
  fr_membership_set_blocked (f.membership, &key, TRUE);
  g_assert_false (member_knows (&f, BLOCKED));
  g_assert_null (f.membership->contact.packed); /* it was the first that we knew of */
  g_assert_true (member_knows (&f, OTHER));
  member_add (&f, BLOCKED);
  g_assert_false (member_knows (&f, BLOCKED));
  fr_membership_set_blocked (f.membership, &key, FALSE);
  g_assert_null (f.membership->blocked);
  member_add (&f, BLOCKED);
  g_assert_true (member_knows (&f, BLOCKED));
}

void
test_blocked_add (void)
{
  g_test_add_func ("/overlay/blocked/queries", test_queries);
  g_test_add_func ("/overlay/blocked/many-queries", test_many_queries);
  g_test_add_func ("/overlay/blocked/answers", test_answers);
  g_test_add_func ("/overlay/blocked/own-search", test_own_search);
  g_test_add_func ("/overlay/blocked/signals", test_signals);
  g_test_add_func ("/overlay/blocked/membership", test_membership);
  g_test_add_func ("/overlay/blocked/forgotten", test_forgotten);
}
