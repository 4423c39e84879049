/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "membership-fixture.h"
#include "overlay-fixture.h"
#include "tests.h"

#define LOW FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_LOW

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MemberFixture, member_clear)

static void
go_down (MemberFixture *self, FrLinkId link, gboolean lost)
{
  fr_membership_link_down (self->membership, link, lost, self->now_us);
}

/* How many dials begin at once, by how many links there are. */
static void
test_dials_at_once (void)
{
  static const struct
  {
    guint n_links;
    guint n_dials;
  } rows[] = { { 0, 4 }, { 1, 4 }, { 2, 4 }, { 3, 1 }, { 5, 1 }, { 6, 0 }, { 7, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (MemberFixture) fixture = { NULL };

      member_init (&fixture, TRUE, rows[i].n_links);
      for (guint peer = 50; peer < 60; peer++)
        member_add (&fixture, peer);
      g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_DIAL), ==, rows[i].n_dials);
    }
}

/* With enough links to live there is no hurry: one dial each two seconds, two under way at most. */
static void
test_dials_slowly (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  gint64 began_us;

  member_init (&fixture, TRUE, 3);
  for (guint peer = 50; peer < 60; peer++)
    member_add (&fixture, peer);
  member_expect_dial (&fixture);
  began_us = fixture.now_us;
  fixture.now_us = fr_membership_next_deadline (fixture.membership);
  g_assert_cmpint (fixture.now_us - began_us, >=, FR_MEMBERSHIP_DIAL_INTERVAL_US / 4 * 3);
  g_assert_cmpint (fixture.now_us - began_us, <=, FR_MEMBERSHIP_DIAL_INTERVAL_US / 4 * 5);
  fr_membership_tick (fixture.membership, fixture.now_us);
  member_expect_dial (&fixture);
  member_advance (&fixture, 3 * FR_MEMBERSHIP_DIAL_INTERVAL_US);
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_DIAL), ==, 0);
}

/* A network without a place is not asked again and again: the pause doubles up to ten seconds, until a link is lost. */
static void
test_slows_down (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  gint64 pause_us = FR_MEMBERSHIP_DIAL_INTERVAL_US;

  member_init (&fixture, TRUE, 4);
  fixture.membership->shuffle_interval_us = G_MAXINT32 * G_GINT64_CONSTANT (1000);
  member_advance (&fixture, 60 * G_USEC_PER_SEC); /* past the first shuffle */
  member_drain (&fixture);
  for (guint peer = 50; peer < 60; peer++)
    member_add (&fixture, peer);
  for (guint i = 0; i < 8; i++)
    {
      guint peer = member_expect_dial (&fixture);
      gint64 began_us = fixture.now_us;

      member_fail (&fixture, peer);
      g_assert_false (member_knows (&fixture, peer));
      member_expect_nothing (&fixture);
      fixture.now_us = fr_membership_next_deadline (fixture.membership);
      g_assert_cmpint (fixture.now_us - began_us, >=, pause_us / 4 * 3 - 1);
      g_assert_cmpint (fixture.now_us - began_us, <=, pause_us / 4 * 5);
      fr_membership_tick (fixture.membership, fixture.now_us);
      pause_us = MIN (2 * pause_us, FR_MEMBERSHIP_DIAL_FAILED_INTERVAL_US);
    }
  go_down (&fixture, 4, FALSE);
  g_assert_cmpint (fixture.membership->repair_wait_us, ==, FR_MEMBERSHIP_DIAL_INTERVAL_US);
}

/* Up to a minute when the sessions come about, and the other sides have no place after all. */
static void
test_slows_down_more (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  g_autoptr (GBytes) frame = member_disconnect (NULL);

  member_init (&fixture, TRUE, 4);
  fixture.membership->shuffle_at_us = G_MAXINT64;
  for (guint peer = 50; peer < 60; peer++)
    member_add (&fixture, peer);
  for (guint i = 1; i <= 8; i++)
    {
      guint peer = member_expect_dial (&fixture);

      member_up (&fixture, peer);
      g_assert_true (member_receive (&fixture, peer, frame));
      member_drain (&fixture);
      g_assert_cmpint (fixture.membership->repair_wait_us, ==,
                       MIN (FR_MEMBERSHIP_DIAL_INTERVAL_US << i, FR_MEMBERSHIP_DIAL_MAX_INTERVAL_US));
      fixture.membership->repair_at_us = 0;
      fr_membership_tick (fixture.membership, fixture.now_us);
    }
}

static void
end_walk_at (MemberFixture *self, guint walk, guint newcomer)
{
  g_autoptr (GBytes) record = member_record (newcomer, 1, TRUE);
  g_autoptr (GBytes) frame = member_forward_join (walk, record, 0);

  g_assert_true (member_receive (self, 1, frame));
}

static void
count_dials (MemberFixture *self, guint *out_n_walks, guint *out_n_others)
{
  FrMembershipAction action;

  *out_n_walks = *out_n_others = 0;
  for (; fr_membership_next_action (self->membership, &action); fr_membership_action_clear (&action))
    if (action.type == FR_MEMBERSHIP_DIAL)
      *(action.has_route ? out_n_walks : out_n_others) += 1;
}

/* The newcomers of walks that end here may be dead: however many there are they hold half of the dials, and the others are
 * for repair. */
static void
test_walks_leave_dials (void)
{
  static const struct
  {
    guint n_links;
    guint n_walks;
    guint n_others;
  } rows[] = { { 1, 2, 2 }, { 2, 2, 2 }, { 3, 1, 1 }, { 4, 1, 1 }, { 5, 1, 0 }, { 6, 1, 0 }, { 7, 1, 0 }, { 8, 0, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (MemberFixture) fixture = { NULL };
      guint n_walks, n_others;

      member_init (&fixture, TRUE, rows[i].n_links);
      for (guint walk = 0; walk < 7; walk++)
        end_walk_at (&fixture, walk, 200 + walk);
      count_dials (&fixture, &n_walks, &n_others);
      g_assert_cmpuint (n_walks, ==, rows[i].n_walks);
      g_assert_cmpuint (n_others, ==, rows[i].n_others);
      for (guint walk = rows[i].n_walks; walk < 7; walk++) /* the others are kept for later */
        g_assert_true (member_knows (&fixture, 200 + walk));
    }
}

/* A lost link is replaced at once although walks bring one dead newcomer after the other before and after. */
static void
test_repairs_beside_walks (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  guint n_walks, n_others;

  member_init (&fixture, TRUE, FR_MEMBERSHIP_ACTIVE_LEAST);
  fixture.membership->repair_at_us = G_MAXINT64; /* not before it is urgent */
  for (guint walk = 0; walk < 10; walk++)
    end_walk_at (&fixture, walk, 200 + walk);
  count_dials (&fixture, &n_walks, &n_others);
  g_assert_cmpuint (n_walks, ==, FR_MEMBERSHIP_MAX_DIALS / 2);
  g_assert_cmpuint (n_others, ==, 0);
  go_down (&fixture, 3, TRUE);
  for (guint walk = 10; walk < 20; walk++)
    end_walk_at (&fixture, walk, 200 + walk);
  count_dials (&fixture, &n_walks, &n_others);
  g_assert_cmpuint (n_others, >=, FR_MEMBERSHIP_MAX_DIALS_URGENT / 2);
  g_assert_cmpuint (n_walks + n_others, ==, FR_MEMBERSHIP_MAX_DIALS_URGENT - FR_MEMBERSHIP_MAX_DIALS / 2);
}

/* Where a few links are all that is wanted, newcomers that may be dead do not count as links. */
static void
test_walks_are_no_links (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  FrOverlayConfig config;
  guint n_walks, n_others;

  member_config (&config);
  config.active_target = config.active_least;
  member_init_with_config (&fixture, &config, TRUE, 2);
  end_walk_at (&fixture, 1, 200);
  end_walk_at (&fixture, 2, 201);
  member_add (&fixture, 50);
  count_dials (&fixture, &n_walks, &n_others);
  g_assert_cmpuint (n_walks, ==, 2);
  g_assert_cmpuint (n_others, ==, 1);
}

/* A dial of which nothing is heard has failed; what is said of it later does not count. */
static void
test_dial_times_out (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  guint peer;

  member_init (&fixture, TRUE, 3);
  for (guint i = 50; i < 70; i++)
    member_add (&fixture, i);
  peer = member_expect_dial (&fixture);
  fixture.membership->repair_at_us = G_MAXINT64;
  fixture.now_us += FR_MEMBERSHIP_DIAL_TIMEOUT_US - 1;
  fr_membership_tick (fixture.membership, fixture.now_us);
  g_assert_cmpuint (fixture.membership->n_dials, ==, 1);
  fixture.now_us++;
  fr_membership_tick (fixture.membership, fixture.now_us);
  g_assert_cmpuint (fixture.membership->n_dials, ==, 0);
  g_assert_false (member_knows (&fixture, peer));
  member_add (&fixture, peer);
  member_fail (&fixture, peer);
  g_assert_true (member_knows (&fixture, peer));
}

static void
test_pinned_are_not_dialled (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  FrPeerKey key = fixture_key (50);

  member_init (&fixture, TRUE, 0);
  fr_membership_pin (fixture.membership, &key, TRUE);
  member_add (&fixture, 50);
  member_advance (&fixture, 60 * G_USEC_PER_SEC);
  member_expect_nothing (&fixture);
  member_add (&fixture, 51);
  g_assert_cmpuint (member_expect_dial (&fixture), ==, 51);
  fr_membership_pin (fixture.membership, &key, FALSE);
  member_advance (&fixture, 0);
  g_assert_cmpuint (member_expect_dial (&fixture), ==, 50);
}

/* A neighbour that was lost is tried after others, and has three tries more than they; one that said goodbye none. */
static void
test_lost_neighbour (void)
{
  static const gint64 waits_us[] = { 5 * G_USEC_PER_SEC, 20 * G_USEC_PER_SEC, 60 * G_USEC_PER_SEC };
  g_auto (MemberFixture) fixture = { NULL };

  member_init (&fixture, TRUE, 7);
  go_down (&fixture, 6, FALSE);
  g_assert_false (member_knows (&fixture, 6));
  fixture.membership->active_least = 0; /* so that the last ones are not kept */
  fixture.membership->shuffle_interval_us = G_MAXINT32 * G_GINT64_CONSTANT (1000);
  fixture.membership->shuffle_at_us = G_MAXINT64;
  member_add (&fixture, 50);
  go_down (&fixture, 7, TRUE);
  g_assert_cmpuint (member_expect_dial (&fixture), ==, 50);
  member_fail (&fixture, 50);
  for (guint i = 0; i <= FR_MEMBERSHIP_LOST_TRIES; i++)
    {
      fixture.membership->repair_at_us = 0;
      fr_membership_tick (fixture.membership, fixture.now_us);
      g_assert_cmpuint (member_expect_dial (&fixture), ==, 7);
      g_assert_true (member_knows (&fixture, 7));
      member_fail (&fixture, 7);
      g_assert_true (member_knows (&fixture, 7) == (i < FR_MEMBERSHIP_LOST_TRIES));
      if (i == FR_MEMBERSHIP_LOST_TRIES)
        break;
      fixture.now_us += waits_us[i] - 1;
      fixture.membership->repair_at_us = 0;
      fr_membership_tick (fixture.membership, fixture.now_us);
      member_expect_nothing (&fixture);
      fixture.now_us++;
    }
}

static void
test_lost_long_ago (void)
{
  for (guint late = 0; late < 2; late++)
    {
      g_auto (MemberFixture) fixture = { NULL };

      member_init (&fixture, TRUE, 6);
      fixture.membership->active_least = 0;
      fixture.membership->shuffle_at_us = G_MAXINT64;
      fixture.membership->repair_at_us = G_MAXINT64;
      go_down (&fixture, 6, TRUE);
      fixture.now_us += FR_MEMBERSHIP_LOST_AGE_US - 1 + late;
      fixture.membership->repair_at_us = 0;
      fr_membership_tick (fixture.membership, fixture.now_us);
      g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_DIAL), ==, 1);
      member_fail (&fixture, 6);
      g_assert_true (member_knows (&fixture, 6) == !late);
    }
}

/* Whoever parted from us is left alone for a minute. */
static void
test_unwanted (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  g_autoptr (GBytes) frame = member_disconnect (NULL);

  member_init (&fixture, TRUE, 6);
  fixture.membership->shuffle_at_us = G_MAXINT64;
  g_assert_true (member_receive (&fixture, 6, frame));
  go_down (&fixture, 6, FALSE);
  member_advance (&fixture, FR_MEMBERSHIP_UNWANTED_US - 1);
  member_expect_nothing (&fixture);
  member_advance (&fixture, 1);
  g_assert_cmpuint (member_expect_dial (&fixture), ==, 6);
}

/* The first Join makes us known; others follow, ever more rarely, while there are too few links and nobody to dial. */
static void
test_joins (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  gint64 waits_us[] = { 10, 20, 40, 60, 60 };

  member_init (&fixture, TRUE, 0);
  member_up (&fixture, 1);
  {
    g_autoptr (Freshet__Frame) neighbour
      = member_expect_frame (&fixture, 1, FRESHET__FRAME__BODY_NEIGHBOUR, NULL);
  }
  fixture.membership->shuffle_at_us = G_MAXINT64;
  fr_membership_tick (fixture.membership, fixture.now_us);
  for (guint i = 0; i < G_N_ELEMENTS (waits_us); i++)
    {
      g_autoptr (Freshet__Frame) frame = member_expect_frame (&fixture, 1, FRESHET__FRAME__BODY_JOIN, NULL);

      g_assert_cmpuint (member_number_of (frame->join->newcomer), ==, FIXTURE_SELF);
      member_expect_nothing (&fixture);
      member_advance (&fixture, waits_us[i] * G_USEC_PER_SEC - 1);
      member_expect_nothing (&fixture);
      member_advance (&fixture, 1);
    }
  member_drain (&fixture);
  member_up (&fixture, 2);
  member_up (&fixture, 3);
  member_drain (&fixture);
  member_advance (&fixture, 600 * G_USEC_PER_SEC); /* now there are enough */
  member_expect_nothing (&fixture);
  g_assert_cmpint (fixture.membership->join_wait_us, ==, FR_MEMBERSHIP_JOIN_INTERVAL_US);
}

/* Whoever lives but has no place stays known, is passed on, and is asked again; soon by those who are short of links. */
static void
test_refused (void)
{
  static const struct
  {
    guint n_links;
    gint64 wait_us;
  } rows[] = { { 1, FR_MEMBERSHIP_REFUSED_US }, { FR_MEMBERSHIP_ACTIVE_LEAST, FR_MEMBERSHIP_UNWANTED_US } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (MemberFixture) fixture = { NULL };
      FrPeerKey key = fixture_key (50);

      member_init (&fixture, TRUE, rows[i].n_links);
      fixture.membership->shuffle_at_us = fixture.membership->join_at_us = G_MAXINT64;
      for (guint peer = 50; peer < 50 + 2 * FR_MEMBERSHIP_LAST_RECORDS; peer++)
        member_add (&fixture, peer);
      fixture.membership->n_dials = 0;
      member_drain (&fixture);
      for (guint n = 0; n < fr_passive_view_get_size (fixture.membership->passive); n++)
        fr_passive_view_get (fixture.membership->passive, n)->not_before_us = G_MAXINT64;
      fr_passive_view_lookup (fixture.membership->passive, &key)->not_before_us = 0;
      fixture.membership->repair_at_us = 0;
      fr_membership_tick (fixture.membership, fixture.now_us);
      g_assert_cmpuint (member_expect_dial (&fixture), ==, 50);
      member_drain (&fixture);
      fr_membership_dial_refused (fixture.membership, &key, fixture.now_us);
      g_assert_true (member_knows (&fixture, 50));
      g_assert_cmpuint (fr_passive_view_lookup (fixture.membership->passive, &key)->n_failed, ==, 0);
      member_advance (&fixture, rows[i].wait_us - 1);
      member_expect_nothing (&fixture);
      member_advance (&fixture, 1);
      g_assert_cmpuint (member_expect_dial (&fixture), ==, 50);
    }
}

/* A peer that lost its network keeps the last ones that it knows and goes on trying. */
static void
test_keeps_the_last (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  guint n_late = 0;

  member_init (&fixture, TRUE, 0);
  for (guint peer = 50; peer < 50 + FR_PASSIVE_VIEW_MOST; peer++)
    member_add (&fixture, peer);
  for (guint second = 0; second < 1800; second++)
    {
      FrMembershipAction action;

      for (; fr_membership_next_action (fixture.membership, &action); fr_membership_action_clear (&action))
        {
          g_assert_cmpint (action.type, ==, FR_MEMBERSHIP_DIAL);
          fr_membership_dial_failed (fixture.membership, &action.key, fixture.now_us);
          n_late += second >= 600;
        }
      member_advance (&fixture, G_USEC_PER_SEC);
    }
  g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, FR_MEMBERSHIP_LAST_RECORDS);
  g_assert_cmpuint (n_late, >=, 19 * FR_MEMBERSHIP_LAST_RECORDS); /* each once a minute, for twenty */
  g_assert_cmpuint (n_late, <=, 20 * FR_MEMBERSHIP_LAST_RECORDS);

  member_drain (&fixture);
  for (guint i = 0; i < fr_passive_view_get_size (fixture.membership->passive); i++)
    fr_passive_view_get (fixture.membership->passive, i)->not_before_us = G_MAXINT64;
  fr_membership_try_now (fixture.membership, fixture.now_us); /* the machine has woken up */
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_DIAL), ==, FR_MEMBERSHIP_MAX_DIALS_URGENT);
}

/* When the last link goes, what failed before says nothing any more. */
static void
test_alone (void)
{
  g_auto (MemberFixture) fixture = { NULL };

  member_init (&fixture, TRUE, 1);
  member_add (&fixture, 50);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (member_expect_dial (&fixture), ==, 50);
      member_fail (&fixture, 50);
      member_drain (&fixture);
      fixture.membership->join_at_us = fixture.membership->shuffle_at_us = G_MAXINT64;
      member_advance (&fixture, i == 0 ? 5 * G_USEC_PER_SEC : i == 1 ? 20 * G_USEC_PER_SEC : 0);
    }
  go_down (&fixture, 1, TRUE);
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_DIAL), ==, 2); /* the one that failed, and the one lost */
}

void
test_membership_repair_add (void)
{
  g_test_add_func ("/overlay/membership-repair/dials-at-once", test_dials_at_once);
  g_test_add_func ("/overlay/membership-repair/dials-slowly", test_dials_slowly);
  g_test_add_func ("/overlay/membership-repair/slows-down", test_slows_down);
  g_test_add_func ("/overlay/membership-repair/slows-down-more", test_slows_down_more);
  g_test_add_func ("/overlay/membership-repair/walks-leave-dials", test_walks_leave_dials);
  g_test_add_func ("/overlay/membership-repair/repairs-beside-walks", test_repairs_beside_walks);
  g_test_add_func ("/overlay/membership-repair/walks-are-no-links", test_walks_are_no_links);
  g_test_add_func ("/overlay/membership-repair/dial-times-out", test_dial_times_out);
  g_test_add_func ("/overlay/membership-repair/pinned-are-not-dialled", test_pinned_are_not_dialled);
  g_test_add_func ("/overlay/membership-repair/lost-neighbour", test_lost_neighbour);
  g_test_add_func ("/overlay/membership-repair/lost-long-ago", test_lost_long_ago);
  g_test_add_func ("/overlay/membership-repair/unwanted", test_unwanted);
  g_test_add_func ("/overlay/membership-repair/joins", test_joins);
  g_test_add_func ("/overlay/membership-repair/refused", test_refused);
  g_test_add_func ("/overlay/membership-repair/keeps-the-last", test_keeps_the_last);
  g_test_add_func ("/overlay/membership-repair/alone", test_alone);
}
