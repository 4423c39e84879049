/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "membership-fixture.h"
#include "overlay-fixture.h"
#include "tests.h"

/* How parts of the network that have lost each other are found again: whoever has enough neighbours tries others now and
 * then, and many of them at once after losing several. */

#define LOW FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_LOW
#define HIGH FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_HIGH

#define TARGET FR_MEMBERSHIP_ACTIVE_TARGET
#define FIRST_OTHER 50

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MemberFixture, member_clear)

static void
add_others (MemberFixture *self, guint n)
{
  for (guint peer = FIRST_OTHER; peer < FIRST_OTHER + n; peer++)
    member_add (self, peer);
}

/* As many links as wanted, none of which is given up, however many that are. */
static void
init (MemberFixture *self, gboolean open, guint n_links)
{
  member_init (self, open, 0);
  for (FrLinkId link = 1; link <= n_links; link++)
    {
      FrPeerKey key = fixture_key (link);

      fr_membership_pin (self->membership, &key, TRUE);
      member_up_and_heard (self, link, LOW);
    }
  member_drain (self);
}

/* All but the record of whoever let us in, which has tests of its own. */
static void
forget_contact (MemberFixture *self)
{
  self->membership->contact_at_us = G_MAXINT64;
}

static void
lose (MemberFixture *self, FrLinkId link, gboolean lost)
{
  fr_membership_link_down (self->membership, link, lost, self->now_us);
}

/* Takes all actions; whoever is to be dialled cannot be reached but is known again at once. */
static guint
fail_all (MemberFixture *self)
{
  FrMembershipAction action;
  guint n = 0;

  for (; fr_membership_next_action (self->membership, &action); fr_membership_action_clear (&action))
    if (action.type == FR_MEMBERSHIP_DIAL)
      {
        n++;
        fr_membership_dial_failed (self->membership, &action.key, self->now_us);
        fr_membership_add_record (self->membership, action.frame, self->now_us);
      }
  return n;
}

/* Who tries another once in a while: about each eighth shuffle. */
static void
test_explores_now_and_then (void)
{
  const guint n_shuffles = 800;
  static const struct
  {
    gboolean open;
    guint n_links;
    guint n_others;
    gboolean explores;
  } rows[] = {
    { TRUE, TARGET, 10, TRUE }, { TRUE, TARGET + 6, 10, TRUE }, { TRUE, TARGET, 1, TRUE },
    { TRUE, TARGET, 0, FALSE }, { FALSE, TARGET, 10, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (MemberFixture) fixture = { NULL };
      guint n = 0;

      init (&fixture, rows[i].open, rows[i].n_links);
      add_others (&fixture, rows[i].n_others);
      for (guint step = 0; step < 4 * n_shuffles; step++)
        {
          forget_contact (&fixture);
          member_advance (&fixture, FR_MEMBERSHIP_SHUFFLE_INTERVAL_US / 4);
          n += fail_all (&fixture);
        }
      g_test_message ("%u of %u", n, n_shuffles);
      if (!rows[i].explores)
        g_assert_cmpuint (n, ==, 0);
      else
        {
          g_assert_cmpuint (n, >, n_shuffles / FR_MEMBERSHIP_EXPLORE_SHUFFLES / 2);
          g_assert_cmpuint (n, <, n_shuffles / FR_MEMBERSHIP_EXPLORE_SHUFFLES * 2);
        }
    }
}

static void
explore (MemberFixture *self)
{
  for (guint i = 0; i < 200; i++) /* each as likely as one in eight */
    _fr_membership_explore (self->membership, self->now_us);
}

/* Not while links are missing, which repair looks for, and not beside as many dials as may be under way. */
static void
test_explores_within_bounds (void)
{
  g_auto (MemberFixture) few = { NULL };
  g_auto (MemberFixture) enough = { NULL };

  init (&few, TRUE, TARGET - 1);
  few.membership->repair_at_us = G_MAXINT64;
  add_others (&few, 10);
  explore (&few);
  g_assert_cmpuint (member_count (&few, FR_MEMBERSHIP_DIAL), ==, 0);

  init (&enough, TRUE, TARGET);
  add_others (&enough, 10);
  explore (&enough);
  g_assert_cmpuint (member_count (&enough, FR_MEMBERSHIP_DIAL), ==, FR_MEMBERSHIP_MAX_DIALS);
}

/* It says that it needs the other, who has enough neighbours too; else nobody would let it in. */
static void
test_explorer_is_let_in (void)
{
  for (guint explores = 0; explores < 2; explores++)
    {
      g_auto (MemberFixture) fixture = { NULL };
      g_autoptr (Freshet__Frame) frame = NULL;
      guint peer;

      init (&fixture, TRUE, explores ? TARGET : TARGET - 1);
      add_others (&fixture, 10);
      if (explores)
        explore (&fixture);
      peer = member_expect_dial (&fixture);
      member_drain (&fixture);
      member_up (&fixture, peer);
      frame = member_expect_frame (&fixture, peer, FRESHET__FRAME__BODY_NEIGHBOUR, NULL);
      g_assert_cmpint (frame->neighbour->priority, ==, explores ? HIGH : LOW);
      g_assert_true (_fr_membership_find (fixture.membership, peer)->dialled);
    }
}

/* Several that are lost within half a minute shake us; at the limit of each, and one past it. */
static void
test_shaken (void)
{
  static const struct
  {
    guint n_lost;
    gint64 apart_us;
    gboolean goodbye;
    gboolean shaken;
  } rows[] = {
    { FR_MEMBERSHIP_SHAKEN_LINKS - 1, 0, FALSE, FALSE },
    { FR_MEMBERSHIP_SHAKEN_LINKS, 0, FALSE, TRUE },
    { FR_MEMBERSHIP_SHAKEN_LINKS, 15 * G_USEC_PER_SEC, FALSE, TRUE },
    { FR_MEMBERSHIP_SHAKEN_LINKS, 15 * G_USEC_PER_SEC + 1, FALSE, FALSE },
    { FR_MEMBERSHIP_SHAKEN_LINKS, 0, TRUE, FALSE },
    { 6, 20 * G_USEC_PER_SEC, FALSE, FALSE }, /* two in each half minute */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (MemberFixture) fixture = { NULL };

      init (&fixture, TRUE, TARGET + 6);
      for (guint n = 0; n < rows[i].n_lost; n++)
        {
          if (n > 0)
            member_advance (&fixture, rows[i].apart_us);
          lose (&fixture, 1 + n, !rows[i].goodbye);
        }
      g_assert_true ((fixture.membership->n_explorations > 0) == rows[i].shaken);
    }
}

/* So many others are tried, one after the other, and then no more. */
static void
test_shaken_dials (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  guint n = 0;

  init (&fixture, TRUE, TARGET + FR_MEMBERSHIP_SHAKEN_LINKS);
  fixture.membership->shuffle_at_us = G_MAXINT64;
  add_others (&fixture, 20);
  for (guint i = 0; i < FR_MEMBERSHIP_SHAKEN_LINKS; i++)
    lose (&fixture, 1 + i, TRUE);
  for (gint64 began_us = fixture.now_us; fixture.now_us - began_us < 120 * G_USEC_PER_SEC;)
    {
      guint n_now = fail_all (&fixture);

      g_assert_cmpuint (n_now, <=, 1);
      n += n_now;
      member_advance (&fixture, FR_MEMBERSHIP_DIAL_INTERVAL_US / 2);
    }
  g_assert_cmpuint (n, ==, FR_MEMBERSHIP_SHAKEN_DIALS);
  g_assert_cmpuint (fixture.membership->n_explorations, ==, 0);
}

/* Where most of them live, most of the network is still there: a few are enough. */
static void
test_shaken_finds (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  guint n = 0;

  init (&fixture, TRUE, TARGET + FR_MEMBERSHIP_SHAKEN_LINKS);
  fixture.membership->shuffle_at_us = G_MAXINT64;
  add_others (&fixture, 20);
  for (guint i = 0; i < FR_MEMBERSHIP_SHAKEN_LINKS; i++)
    lose (&fixture, 1 + i, TRUE);
  for (guint step = 0; step < 60; step++)
    {
      FrMembershipAction action;

      while (fr_membership_next_action (fixture.membership, &action))
        {
          if (action.type == FR_MEMBERSHIP_DIAL)
            {
              member_up_and_heard (&fixture, member_number (&action.key), HIGH);
              n++;
            }
          fr_membership_action_clear (&action);
        }
      g_assert_true ((fixture.membership->n_explorations > 0) == (n < FR_MEMBERSHIP_SHAKEN_FINDS));
      member_advance (&fixture, FR_MEMBERSHIP_DIAL_INTERVAL_US / 2);
    }
  g_assert_cmpuint (n, ==, FR_MEMBERSHIP_SHAKEN_FINDS);
}

/* For some minutes more each shuffle is an occasion. */
static void
test_shaken_afterwards (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  const guint n_shuffles = FR_MEMBERSHIP_SHAKEN_US / FR_MEMBERSHIP_SHUFFLE_INTERVAL_US;
  guint n[2] = { 0, 0 };

  init (&fixture, TRUE, TARGET + FR_MEMBERSHIP_SHAKEN_LINKS);
  add_others (&fixture, 20);
  for (guint i = 0; i < FR_MEMBERSHIP_SHAKEN_LINKS; i++)
    lose (&fixture, 1 + i, TRUE);
  fixture.membership->n_explorations = 0;
  for (guint step = 0; step < 8 * n_shuffles; step++)
    {
      forget_contact (&fixture);
      member_advance (&fixture, FR_MEMBERSHIP_SHUFFLE_INTERVAL_US / 4);
      n[step / (4 * n_shuffles)] += fail_all (&fixture);
    }
  g_test_message ("%u, then %u in %u shuffles", n[0], n[1], n_shuffles);
  g_assert_cmpuint (n[0], >=, n_shuffles * 3 / 4);
  g_assert_cmpuint (n[1], <=, n_shuffles / 2);
}

/* Whoever let us in is looked up, however many others are known by then; less and less often. */
static void
test_contact (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  gint64 wait_us = FR_MEMBERSHIP_CONTACT_US;

  init (&fixture, TRUE, TARGET);
  member_add (&fixture, FIRST_OTHER);
  add_others (&fixture, 20);
  for (guint i = 0; i < 8; i++)
    {
      gint64 due_us = fixture.membership->contact_at_us;
      FrMembershipAction action;

      g_assert_cmpint (due_us - fixture.now_us, <=, wait_us * 5 / 4);
      g_assert_cmpint (due_us - fixture.now_us, >=, wait_us * 3 / 4);
      fixture.membership->shuffle_at_us = G_MAXINT64;
      member_advance (&fixture, due_us - fixture.now_us);
      _fr_membership_explore (fixture.membership, fixture.now_us);
      action = member_expect (&fixture, FR_MEMBERSHIP_DIAL);
      g_assert_cmpuint (member_number (&action.key), ==, FIRST_OTHER);
      g_assert_true (_fr_membership_explores (fixture.membership, &action.key));
      _fr_membership_end_dial (fixture.membership, &action.key);
      fr_membership_action_clear (&action);
      wait_us = MIN (2 * wait_us, FR_MEMBERSHIP_CONTACT_MAX_US);
    }
}

/* It is looked up in vain so often, and forgotten; then whoever sends us away takes its place. */
static void
test_contact_is_gone (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  g_autoptr (GBytes) away = member_disconnect (NULL);

  init (&fixture, TRUE, TARGET);
  member_add (&fixture, FIRST_OTHER);
  for (guint i = 0; i < FR_MEMBERSHIP_CONTACT_TRIES; i++)
    {
      g_assert_nonnull (fixture.membership->contact.packed);
      fixture.membership->contact_at_us = fixture.now_us;
      _fr_membership_explore (fixture.membership, fixture.now_us);
      member_drain (&fixture);
      member_fail (&fixture, FIRST_OTHER);
    }
  g_assert_null (fixture.membership->contact.packed);
  g_assert_true (member_receive (&fixture, 2, away));
  g_assert_nonnull (fixture.membership->contact.packed);
  g_assert_cmpuint (member_number (&fixture.membership->contact.key), ==, 2);
}

/* A neighbour is not dialled. */
static void
test_contact_is_neighbour (void)
{
  g_auto (MemberFixture) fixture = { NULL };

  init (&fixture, TRUE, TARGET - 1);
  member_add (&fixture, FIRST_OTHER);
  member_drain (&fixture);
  member_up_and_heard (&fixture, FIRST_OTHER, LOW);
  member_drain (&fixture);
  fixture.membership->contact_at_us = fixture.now_us;
  _fr_membership_explore (fixture.membership, fixture.now_us);
  member_expect_nothing (&fixture);
  g_assert_cmpint (fixture.membership->contact_at_us, >, fixture.now_us);
}

/* Those of which nothing is heard hold so many places and no more. */
static void
test_shaken_dials_hang (void)
{
  g_auto (MemberFixture) fixture = { NULL };

  init (&fixture, TRUE, TARGET + FR_MEMBERSHIP_SHAKEN_LINKS);
  fixture.membership->shuffle_at_us = G_MAXINT64;
  add_others (&fixture, 20);
  for (guint i = 0; i < FR_MEMBERSHIP_SHAKEN_LINKS; i++)
    lose (&fixture, 1 + i, TRUE);
  member_advance (&fixture, FR_MEMBERSHIP_DIAL_TIMEOUT_US - 1);
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_DIAL), ==, FR_MEMBERSHIP_MAX_DIALS_URGENT);
  member_advance (&fixture, FR_MEMBERSHIP_DIAL_TIMEOUT_US);
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_DIAL), ==, FR_MEMBERSHIP_MAX_DIALS_URGENT);
}

/* What is missing is repaired first; then it explores. */
static void
test_repairs_before_it_explores (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  guint n_repaired = 0;

  init (&fixture, TRUE, TARGET);
  fixture.membership->shuffle_at_us = G_MAXINT64;
  add_others (&fixture, 20);
  for (guint i = 0; i < FR_MEMBERSHIP_SHAKEN_LINKS; i++)
    lose (&fixture, 1 + i, TRUE);
  g_assert_cmpuint (fixture.membership->n_explorations, ==, FR_MEMBERSHIP_SHAKEN_DIALS);
  while (fr_membership_get_n_active (fixture.membership) < TARGET)
    {
      FrMembershipAction action;

      g_assert_cmpuint (fixture.membership->n_explorations, ==, FR_MEMBERSHIP_SHAKEN_DIALS);
      while (fr_membership_next_action (fixture.membership, &action))
        {
          if (action.type == FR_MEMBERSHIP_DIAL)
            {
              g_assert_false (_fr_membership_explores (fixture.membership, &action.key));
              member_up_and_heard (&fixture, member_number (&action.key), HIGH);
              n_repaired++;
            }
          fr_membership_action_clear (&action);
        }
      member_advance (&fixture, G_USEC_PER_SEC);
    }
  g_assert_cmpuint (n_repaired, ==, FR_MEMBERSHIP_SHAKEN_LINKS);
  member_advance (&fixture, 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (fixture.membership->n_explorations, <, FR_MEMBERSHIP_SHAKEN_DIALS);
}

void
test_membership_explore_add (void)
{
  g_test_add_func ("/overlay/membership-explore/now-and-then", test_explores_now_and_then);
  g_test_add_func ("/overlay/membership-explore/within-bounds", test_explores_within_bounds);
  g_test_add_func ("/overlay/membership-explore/explorer-is-let-in", test_explorer_is_let_in);
  g_test_add_func ("/overlay/membership-explore/shaken", test_shaken);
  g_test_add_func ("/overlay/membership-explore/shaken-dials", test_shaken_dials);
  g_test_add_func ("/overlay/membership-explore/shaken-finds", test_shaken_finds);
  g_test_add_func ("/overlay/membership-explore/shaken-afterwards", test_shaken_afterwards);
  g_test_add_func ("/overlay/membership-explore/contact", test_contact);
  g_test_add_func ("/overlay/membership-explore/contact-is-gone", test_contact_is_gone);
  g_test_add_func ("/overlay/membership-explore/contact-is-neighbour", test_contact_is_neighbour);
  g_test_add_func ("/overlay/membership-explore/shaken-dials-hang", test_shaken_dials_hang);
  g_test_add_func ("/overlay/membership-explore/repairs-first", test_repairs_before_it_explores);
}
