/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "membership-fixture.h"
#include "overlay-fixture.h"
#include "tests.h"

#include <string.h>

#define LOW FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_LOW

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MemberFixture, member_clear)

/* A Join of link 1 starts a walk on other links, at most a target's worth with that one. */
static void
test_join (void)
{
  for (guint n_links = 1; n_links <= 8; n_links++)
    for (guint open = 0; open < 2; open++)
      {
        g_auto (MemberFixture) fixture = { NULL };
        g_autoptr (GBytes) record = member_record (1, 1, TRUE);
        g_autoptr (GBytes) frame = member_join (7, record);
        gboolean used[9] = { FALSE };

        member_init (&fixture, open, n_links);
        g_assert_true (member_receive (&fixture, 1, frame));
        member_expect_route (&fixture, 7, 1, 1);
        for (guint i = 0; i < MIN (n_links - 1, FR_MEMBERSHIP_ACTIVE_TARGET - 1); i++)
          {
            FrLinkId link;
            g_autoptr (Freshet__Frame) walk
              = member_expect_frame (&fixture, 0, FRESHET__FRAME__BODY_FORWARD_JOIN, &link);

            g_assert_cmpuint (link, !=, 1);
            g_assert_false (used[link]);
            used[link] = TRUE;
            g_assert_cmpuint (walk->forward_join->ttl, ==, FR_MEMBERSHIP_JOIN_TTL);
            g_assert_cmpuint (member_number_of (walk->forward_join->newcomer), ==, 1);
          }
        member_expect_nothing (&fixture);
        g_assert_true (member_receive (&fixture, 1, frame)); /* the same again */
        member_expect_nothing (&fixture);
        g_assert_false (member_knows (&fixture, 1));
      }
}

/* What becomes of a walk that link 1 brings. */
static void
test_forward_join (void)
{
  enum { PASSED, DIALLED, KEPT, DROPPED };
  static const struct
  {
    gboolean open;
    guint n_links;
    guint ttl;
    guint newcomer;
    guint fate;
    gboolean known;
  } rows[] = {
    { TRUE, 5, 6, 50, PASSED, FALSE },  { TRUE, 5, 3, 50, PASSED, TRUE },   { TRUE, 5, 1, 50, PASSED, FALSE },
    { TRUE, 5, 0, 50, DIALLED, FALSE }, { TRUE, 1, 6, 50, DIALLED, FALSE }, { TRUE, 1, 3, 50, DIALLED, TRUE },
    { TRUE, 7, 0, 50, DIALLED, FALSE }, { TRUE, 8, 0, 50, KEPT, TRUE },     { TRUE, 5, 0, 2, DROPPED, FALSE },
    { TRUE, 5, 6, FIXTURE_SELF, DROPPED, FALSE },
    { TRUE, 2, 6, 2, DROPPED, FALSE }, /* nobody but the newcomer to pass it to, and that is a neighbour */
    { FALSE, 5, 6, 50, PASSED, FALSE }, { FALSE, 5, 0, 50, DROPPED, FALSE }, { FALSE, 1, 6, 50, DROPPED, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (MemberFixture) fixture = { NULL };
      g_autoptr (GBytes) record = member_record (rows[i].newcomer, 1, TRUE);
      g_autoptr (GBytes) frame = member_forward_join (7, record, rows[i].ttl);

      member_init (&fixture, rows[i].open, rows[i].n_links);
      fixture.membership->repair_at_us = G_MAXINT64; /* none but those of walks */
      fixture.membership->active_least = 0;
      g_assert_true (member_receive (&fixture, 1, frame));
      if (rows[i].newcomer != FIXTURE_SELF)
        member_expect_route (&fixture, 7, rows[i].newcomer, 1);
      if (rows[i].fate == PASSED)
        {
          FrLinkId link;
          g_autoptr (Freshet__Frame) walk
            = member_expect_frame (&fixture, 0, FRESHET__FRAME__BODY_FORWARD_JOIN, &link);

          g_assert_cmpuint (link, !=, 1);
          g_assert_cmpuint (walk->forward_join->ttl, ==, rows[i].ttl - 1);
          g_assert_cmpuint (member_number_of (walk->forward_join->newcomer), ==, rows[i].newcomer);
        }
      else if (rows[i].fate == DIALLED)
        {
          g_auto (FrMembershipAction) action = member_expect (&fixture, FR_MEMBERSHIP_DIAL);
          FrQueryId walk = member_walk (7);

          g_assert_cmpuint (member_number (&action.key), ==, rows[i].newcomer);
          g_assert_true (action.has_route);
          g_assert_true (fr_query_id_equal_func (&action.walk, &walk));
        }
      member_expect_nothing (&fixture);
      g_assert_true (member_knows (&fixture, rows[i].newcomer) == rows[i].known);
      g_assert_true (member_receive (&fixture, 1, frame)); /* the same step again */
      member_expect_nothing (&fixture);
    }
}

/* So many steps are remembered; of one more, the oldest is not. */
static void
test_seen_bound (void)
{
  for (guint n = FR_MEMBERSHIP_MAX_SEEN; n <= FR_MEMBERSHIP_MAX_SEEN + 1; n++)
    {
      g_auto (MemberFixture) fixture = { NULL };

      member_init (&fixture, FALSE, 3);
      for (guint i = 0; i <= n; i++)
        {
          g_autoptr (GBytes) record = member_record (50, 1, TRUE);
          g_autoptr (GBytes) frame = member_forward_join (i < n ? i : 0, record, 6);

          fixture.now_us += G_USEC_PER_SEC; /* below the rate */
          member_receive (&fixture, 1, frame);
          g_assert_true ((member_drain (&fixture) == 0) == (i == n && n == FR_MEMBERSHIP_MAX_SEEN));
        }
    }
}

/* What is not for others goes no further, by whatever frame it comes; nor does our own. */
static void
test_may_not_pass_on (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  g_autoptr (GBytes) own = member_record (FIXTURE_SELF, 2, FALSE);
  g_autoptr (GBytes) secret = member_record (1, 1, FALSE);
  g_autoptr (GBytes) join = member_join (1, secret);
  g_autoptr (GBytes) walk = member_forward_join (2, secret, 3);

  member_init (&fixture, TRUE, 3);
  fr_membership_set_record (fixture.membership, own);
  member_drain (&fixture);
  g_assert_true (member_receive (&fixture, 1, join));
  g_assert_true (member_receive (&fixture, 2, walk));
  member_advance (&fixture, 300 * G_USEC_PER_SEC);
  member_expect_nothing (&fixture);
  g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, 0);
}

/* A walk is passed on, and its answer back; only from where it went, and once. */
static void
test_shuffle_passes (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  guint peers[] = { 60, 61 };
  FrQueryId walk = member_walk (7);
  g_autoptr (GBytes) frame = member_shuffle (7, 50, 6, peers, 2);
  g_autoptr (GBytes) answer = member_answer (&walk, 50, peers, 2);
  g_autoptr (GBytes) other_origin = member_answer (&walk, 51, peers, 2);
  g_autoptr (GBytes) stolen = member_shuffle (7, 51, 6, peers, 2);
  FrLinkId link;

  member_init (&fixture, TRUE, 6);
  g_assert_true (member_receive (&fixture, 1, frame));
  member_expect_route (&fixture, 7, 50, 1);
  {
    g_autoptr (Freshet__Frame) passed = member_expect_frame (&fixture, 0, FRESHET__FRAME__BODY_SHUFFLE, &link);

    g_assert_cmpuint (link, !=, 1);
    g_assert_cmpuint (passed->shuffle->ttl, ==, 5);
    g_assert_cmpuint (passed->shuffle->n_records, ==, 2);
    g_assert_cmpuint (member_number_of (passed->shuffle->origin), ==, 50);
  }
  g_assert_true (member_receive (&fixture, link == 2 ? 3 : 2, answer));
  g_assert_true (member_receive (&fixture, link, other_origin));
  member_expect_nothing (&fixture);
  g_assert_true (member_receive (&fixture, 4, stolen)); /* the same walk of somebody else is not passed on */
  member_expect_route (&fixture, 7, 51, 4);
  member_expect_nothing (&fixture);
  g_assert_true (member_receive (&fixture, link, answer));
  {
    g_autoptr (Freshet__Frame) back = member_expect_frame (&fixture, 1, FRESHET__FRAME__BODY_SHUFFLE, NULL);

    g_assert_cmpuint (back->shuffle->answers.len, ==, FR_PEER_KEY_SIZE);
    g_assert_cmpuint (back->shuffle->n_records, ==, 2);
  }
  g_assert_true (member_receive (&fixture, link, answer));
  member_expect_nothing (&fixture);
  g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, 0);
}

/* At the end of a walk records are exchanged. */
static void
test_shuffle_ends (void)
{
  for (guint open = 0; open < 2; open++)
    {
      g_auto (MemberFixture) fixture = { NULL };
      guint peers[] = { 60, 61, 2, FIXTURE_SELF };
      g_autoptr (GBytes) frame = member_shuffle (7, 50, 0, peers, G_N_ELEMENTS (peers));
      gboolean has_own = FALSE;

      member_init (&fixture, open, 6);
      for (guint peer = 70; peer < 80; peer++)
        member_add (&fixture, peer);
      member_drain (&fixture);
      g_assert_true (member_receive (&fixture, 1, frame));
      member_expect_route (&fixture, 7, 50, 1);
      {
        g_autoptr (Freshet__Frame) answer = member_expect_frame (&fixture, 1, FRESHET__FRAME__BODY_SHUFFLE, NULL);
        FrPeerKey origin = fixture_key (50);

        g_assert_cmpmem (answer->shuffle->answers.data, answer->shuffle->answers.len, origin.bytes,
                         sizeof origin.bytes);
        g_assert_cmpuint (answer->shuffle->n_records, ==, FR_SHUFFLE_MAX_RECORDS - !open);
        for (guint i = 0; i < answer->shuffle->n_records; i++)
          {
            has_own = has_own || member_number_of (answer->shuffle->records[i]) == FIXTURE_SELF;
            g_assert_cmpuint (member_number_of (answer->shuffle->records[i]), !=, 50);
          }
      }
      g_assert_true ((guint) has_own == open);
      member_expect_nothing (&fixture);
      g_assert_true (member_knows (&fixture, 50));
      g_assert_true (member_knows (&fixture, 60));
      g_assert_true (member_knows (&fixture, 61));
      g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, 13);
    }
}

/* One of our own: at its time, and what comes back is kept; what nobody asked for is not. */
static void
test_shuffles (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  guint peers[] = { 60, 61 };
  FrQueryId walk = { { 0 } }, other = member_walk (9);
  FrLinkId link = 0;
  gint64 began_us;

  member_init (&fixture, TRUE, 6);
  member_advance (&fixture, FR_MEMBERSHIP_SHUFFLE_INTERVAL_US / 8 * 5 / 4); /* the first one comes early */
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (Freshet__Frame) frame = member_expect_frame (&fixture, 0, FRESHET__FRAME__BODY_SHUFFLE, &link);

      g_assert_cmpuint (frame->shuffle->ttl, ==, FR_MEMBERSHIP_SHUFFLE_TTL);
      g_assert_cmpuint (member_number_of (frame->shuffle->origin), ==, FIXTURE_SELF);
      g_assert_cmpuint (frame->shuffle->n_records, ==, FR_MEMBERSHIP_SAMPLE_ACTIVE);
      memcpy (walk.bytes, frame->shuffle->walk.data, sizeof walk.bytes);
      member_expect_nothing (&fixture);
      if (round == 19)
        break;
      began_us = fixture.now_us;
      fixture.now_us = fr_membership_next_deadline (fixture.membership);
      if (round > 0)
        {
          g_assert_cmpint (fixture.now_us - began_us, >=, FR_MEMBERSHIP_SHUFFLE_INTERVAL_US / 4 * 3);
          g_assert_cmpint (fixture.now_us - began_us, <=, FR_MEMBERSHIP_SHUFFLE_INTERVAL_US / 4 * 5);
        }
      fr_membership_tick (fixture.membership, fixture.now_us);
    }
  {
    g_autoptr (GBytes) unasked = member_answer (&other, FIXTURE_SELF, peers, 2);
    g_autoptr (GBytes) answer = member_answer (&walk, FIXTURE_SELF, peers, 2);

    g_assert_true (member_receive (&fixture, link, unasked));
    g_assert_true (member_receive (&fixture, link % 6 + 1, answer));
    g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, 0);
    fixture.now_us += FR_MEMBERSHIP_TRAIL_AGE_US - 1;
    g_assert_true (member_receive (&fixture, link, answer));
    g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, 2);
  }
}

static void
test_trail_bound (void)
{
  for (guint n = FR_MEMBERSHIP_MAX_TRAILS; n <= FR_MEMBERSHIP_MAX_TRAILS + 1; n++)
    {
      g_auto (MemberFixture) fixture = { NULL };
      FrQueryId first = member_walk (0);
      g_autoptr (GBytes) answer = member_answer (&first, 50, NULL, 0);
      FrLinkId link, to = 0;

      member_init (&fixture, FALSE, 20);
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (GBytes) frame = member_shuffle (i, 50, 6, NULL, 0);
          g_autoptr (Freshet__Frame) passed = NULL;

          g_assert_true (member_receive (&fixture, i % 20 + 1, frame));
          member_expect_route (&fixture, i, 50, i % 20 + 1);
          passed = member_expect_frame (&fixture, 0, FRESHET__FRAME__BODY_SHUFFLE, &link);
          to = i == 0 ? link : to;
        }
      g_assert_true (member_receive (&fixture, to, answer));
      g_assert_cmpuint (member_drain (&fixture), ==, n == FR_MEMBERSHIP_MAX_TRAILS ? 1 : 0);
    }
}

/* Plays a neighbour that tells of a thousand peers of its own, by all frames that can. */
static void
test_surrounded (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  guint n_honest = 0;

  member_init (&fixture, TRUE, 6);
  for (guint peer = 100; peer < 100 + FR_PASSIVE_VIEW_MOST; peer++)
    {
      g_autoptr (GBytes) frame = member_shuffle (peer, peer, 0, NULL, 0);

      g_assert_true (member_receive (&fixture, 2 + peer % 5, frame));
      fixture.now_us += G_USEC_PER_SEC;
    }
  g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, FR_PASSIVE_VIEW_MOST);
  for (guint peer = 1000; peer < 2000; peer += 10)
    {
      guint peers[8];
      g_autoptr (GBytes) record = member_record (2000 + peer, 1, TRUE);
      g_autoptr (GBytes) walk = member_forward_join (peer, record, FR_MEMBERSHIP_PASSIVE_TTL);
      g_autoptr (GBytes) shuffle = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
        peers[i] = peer + 1 + i;
      shuffle = member_shuffle (peer, peer, 0, peers, G_N_ELEMENTS (peers));
      g_assert_true (member_receive (&fixture, 1, shuffle));
      g_assert_true (member_receive (&fixture, 1, walk));
      fixture.now_us += G_USEC_PER_SEC;
    }
  g_assert_cmpuint (fr_membership_get_n_limited (fixture.membership), ==, 0);
  for (guint peer = 100; peer < 100 + FR_PASSIVE_VIEW_MOST; peer++)
    n_honest += member_knows (&fixture, peer);
  g_assert_cmpuint (n_honest, >=, FR_PASSIVE_VIEW_MOST - FR_PASSIVE_VIEW_MOST / FR_PASSIVE_VIEW_SOURCE_SHARE);
}

void
test_membership_walk_add (void)
{
  g_test_add_func ("/overlay/membership-walk/join", test_join);
  g_test_add_func ("/overlay/membership-walk/forward-join", test_forward_join);
  g_test_add_func ("/overlay/membership-walk/seen-bound", test_seen_bound);
  g_test_add_func ("/overlay/membership-walk/may-not-pass-on", test_may_not_pass_on);
  g_test_add_func ("/overlay/membership-walk/shuffle-passes", test_shuffle_passes);
  g_test_add_func ("/overlay/membership-walk/shuffle-ends", test_shuffle_ends);
  g_test_add_func ("/overlay/membership-walk/shuffles", test_shuffles);
  g_test_add_func ("/overlay/membership-walk/trail-bound", test_trail_bound);
  g_test_add_func ("/overlay/membership-walk/surrounded", test_surrounded);
}
