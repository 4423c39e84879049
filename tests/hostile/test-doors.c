/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-support.h"
#include "hostile-ground.h"
#include "tests.h"

/* Who keeps a foot in the door: one session stands, and another has been let in and is kept waiting, for the moment when
 * the person says no. */

typedef struct
{
  const char *name;
  FrAdmissionRule rule;
  gboolean accepted;
  void (*say_no) (FrPeople *people, FrPerson *person);
} Door;

static const Door doors[] = {
  { "block", FR_ADMIT_ANYONE, FALSE, fr_people_block },
  { "remove", FR_ADMIT_ASK, TRUE, fr_people_remove },
  { "decline", FR_ADMIT_ASK, FALSE, fr_people_turn_away },
};

static FrPerson *
find (HostilePeer *peer)
{
  return fr_people_find_key (fr_node_get_people (ground_victim ()), fr_identity_get_key (peer->rude->identity));
}

static gboolean
has_come (gpointer data)
{
  FrPerson *person = find (data);
  FrPersonState state = person != NULL ? fr_person_get_state (person) : FR_PERSON_AWAY;

  return state == FR_PERSON_HERE || state == FR_PERSON_ASKS;
}

/* The same one, under another name. */
static HostilePeer *
come_again (HostilePeer *peer)
{
  HostilePeer *again = ground_peer_new ();

  fr_identity_unref (again->rude->identity);
  again->rude->identity = fr_identity_ref (peer->rude->identity);
  return again;
}

static void
test_door (gconstpointer data)
{
  const Door *door = data;
  FrNode *victim = ground_victim ();
  FrPeople *people = fr_node_get_people (victim);
  HostilePeer *peer, *again;

  ground_begin ();
  fr_node_set_admission_rule (victim, door->rule);
  peer = ground_peer_new ();
  hostile_peer_link (peer, FR_DIAL_PURPOSE_LINK);
  fr_test_wait_until (has_come, peer, 10);
  if (door->accepted)
    fr_people_accept (people, find (peer));
  again = come_again (peer);
  hostile_peer_dial (again, FR_DIAL_PURPOSE_LINK);
  hostile_peer_await (again, FRESHET__FRAME__BODY_HELLO, 0); /* and none of theirs, for as long as there is time for it */

  door->say_no (people, find (peer));
  hostile_peer_await_end (peer, 5);
  hostile_peer_await_end (again, 5);
  g_assert_cmpint (hostile_peer_get_bye (again), ==, FRESHET__BYE__REASON__REASON_REFUSED);
  ground_assert_searches ();
  g_assert_false (has_come (peer));
  if (find (peer) != NULL)
    fr_people_unblock (people, find (peer));
  fr_node_set_admission_rule (victim, FR_ADMIT_ANYONE);
  hostile_peer_free (again);
  hostile_peer_free (peer);
  ground_end ();
}

void
test_doors_add (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (doors); i++)
    {
      g_autofree char *path = g_strdup_printf ("/hostile/doors/%s", doors[i].name);

      g_test_add_data_func (path, &doors[i], test_door);
    }
}
