/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-dial.h"
#include "fr-test-support.h"
#include "hostile-ground.h"
#include "tests.h"

/* What comes of breaking the protocol: the same key gets no session for a while, whatever address it comes from, and the
 * person sees that. tests/node/test-penalties.c has the times, test-people.c what is shown. */

static HostilePeer *
peer_with (FrIdentity *identity)
{
  HostilePeer *peer = ground_peer_new ();

  fr_identity_unref (peer->rude->identity);
  peer->rude->identity = fr_identity_ref (identity);
  return peer;
}

static FrPerson *
find (const FrPeerKey *key)
{
  return fr_people_find_key (fr_node_get_people (ground_victim ()), key);
}

static gboolean
is_shown (gpointer identity)
{
  FrPerson *person = find (fr_identity_get_key (identity));

  return person != NULL && fr_person_get_kept_out_until_us (person) != 0;
}

static void
assert_turned_down (FrIdentity *identity, FrDialPurpose purpose)
{
  HostilePeer *peer = peer_with (identity);

  hostile_peer_offer (peer, purpose);
  g_assert_cmpstr (rude_peer_await (peer->rude, FR_SIGNAL_LEAVE, 0)->reason, ==, FR_LEAVE_BUSY);
  g_assert_null (peer->control);
  hostile_peer_free (peer);
}

static void
break_in (FrIdentity *identity, gboolean greets)
{
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("\xff\xff\xff", 3);
  HostilePeer *peer = peer_with (identity);

  hostile_peer_dial (peer, FR_DIAL_PURPOSE_LINK);
  if (greets)
    hostile_peer_greet (peer);
  if (greets)
    g_assert_true (hostile_peer_settle (peer));
  hostile_peer_say (peer, nonsense);
  hostile_peer_await_end (peer, 10);
  g_assert_cmpint (hostile_peer_get_bye (peer), ==, FRESHET__BYE__REASON__REASON_FAULT);
  hostile_peer_free (peer);
}

static void
test_after_link (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  FrPerson *person;

  ground_get ();
  ground_begin ();
  break_in (identity, TRUE);
  fr_test_wait_until (is_shown, identity, 5);
  person = find (fr_identity_get_key (identity));
  g_assert_error (fr_person_get_error (person), FR_NODE_ERROR, FR_NODE_ERROR_KEPT_OUT);
  g_assert_cmpint (fr_person_get_kept_out_until_us (person), <=, g_get_real_time () + 60 * G_USEC_PER_SEC);
  assert_turned_down (identity, FR_DIAL_PURPOSE_LINK);
  assert_turned_down (identity, FR_DIAL_PURPOSE_TRANSFER);
  ground_assert_searches ();
  ground_end ();
}

/* Before anybody is told of them. */
static void
test_before_link (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();

  ground_get ();
  ground_begin ();
  break_in (identity, FALSE);
  assert_turned_down (identity, FR_DIAL_PURPOSE_LINK);
  g_assert_null (find (fr_identity_get_key (identity)));
  ground_end ();
}

/* All sessions of that key are of one time, and a goodbye is none. */
static void
test_innocent (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  Freshet__Bye bye = FRESHET__BYE__INIT;

  ground_get ();
  ground_begin ();
  bye.reason = FRESHET__BYE__REASON__REASON_FAULT; /* they say it of us */
  for (guint i = 0; i < 2; i++)
    {
      HostilePeer *peer = peer_with (identity);

      hostile_peer_link (peer, FR_DIAL_PURPOSE_LINK);
      g_assert_true (hostile_peer_settle (peer));
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_BYE, &bye);
      hostile_peer_await_end (peer, 10);
      hostile_peer_free (peer);
    }
  ground_end ();
}

void
test_penalty_add (void)
{
  g_test_add_func ("/hostile/penalty/after-link", test_after_link);
  g_test_add_func ("/hostile/penalty/before-link", test_before_link);
  g_test_add_func ("/hostile/penalty/innocent", test_innocent);
}
