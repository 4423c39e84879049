/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-acquaintance.h"
#include "fr-test-support.h"
#include "hostile-ground.h"
#include "hostile-words.h"
#include "tests.h"

/* Whoever has been added lies about who somebody is. */

static GPtrArray *friends; /* of FrPeerKey: whom the victim has added for a test, to be removed by the next */

static FrPeople *
people (void)
{
  return fr_node_get_people (ground_victim ());
}

static FrPerson *
find (const FrIdentity *identity)
{
  return fr_people_find_key (people (), fr_identity_get_key (identity));
}

static gboolean
is_found (gpointer identity)
{
  return find (identity) != NULL;
}

/* The victim's person has accepted somebody who is there. */
static FrPerson *
befriend (FrIdentity *identity)
{
  FrPerson *person;

  if (friends == NULL)
    friends = g_ptr_array_new_with_free_func (g_free);
  fr_test_wait_until (is_found, identity, 5);
  person = find (identity);
  fr_people_accept (people (), person);
  g_ptr_array_add (friends, g_memdup2 (fr_identity_get_key (identity), sizeof (FrPeerKey)));
  return person;
}

static void
forget_friends (void)
{
  for (guint i = 0; friends != NULL && i < friends->len; i++)
    if (fr_people_find_key (people (), friends->pdata[i]) != NULL)
      fr_people_remove (people (), fr_people_find_key (people (), friends->pdata[i]));
  g_clear_pointer (&friends, g_ptr_array_unref);
}

static FrPerson *
begin (HostilePeer *peer)
{
  forget_friends ();
  return befriend (peer->rude->identity);
}

static FrAcquaintances *
say_one (FrAcquaintanceKind kind, const FrIdentity *subject, const FrIdentity *owner)
{
  FrAcquaintances *said = fr_acquaintances_new (kind);
  FrAcquaintance *one = fr_acquaintance_new (fr_identity_get_key (subject), "Somebody", NULL, NULL);

  if (owner != NULL)
    fr_acquaintance_agree (subject, fr_identity_get_key (owner), one->agreement);
  g_ptr_array_add (said->subjects, one);
  return said;
}

static void
say (HostilePeer *peer, const FrAcquaintances *said, const FrIdentity *from, const FrPeerKey *to)
{
  g_autoptr (GBytes) frame = fr_acquaintances_pack (said, from, to);

  hostile_peer_say (peer, frame);
}

static void
say_to_victim (HostilePeer *peer, const FrAcquaintances *said)
{
  say (peer, said, peer->rude->identity, fr_node_get_key (ground_victim ()));
}

static guint
count_people (void)
{
  return g_list_model_get_n_items (G_LIST_MODEL (people ()));
}

static void
forge_signature (HostilePeer *peer)
{
  g_autoptr (FrIdentity) other = fr_identity_new ();
  g_autoptr (FrAcquaintances) said = say_one (FR_ACQUAINTANCE_PERSON, other, NULL);
  g_autoptr (GBytes) packed = fr_acquaintances_pack (said, peer->rude->identity, fr_node_get_key (ground_victim ()));
  g_autoptr (Freshet__Frame) frame = NULL;

  begin (peer);
  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), &frame), ==, FR_WIRE_OK);
  frame->introduce->signature.data[5] ^= 1;
  hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_INTRODUCE, frame->introduce);
  hostile_peer_await_end (peer, 5);
  g_assert_null (find (other));
}

/* As somebody else, whose word it may well be. */
static void
speak_for_another (HostilePeer *peer)
{
  g_autoptr (FrIdentity) other = fr_identity_new (), introducer = fr_identity_new ();
  g_autoptr (FrAcquaintances) said = say_one (FR_ACQUAINTANCE_PERSON, other, NULL);

  begin (peer);
  say (peer, said, introducer, fr_node_get_key (ground_victim ()));
  hostile_peer_await_end (peer, 5);
  g_assert_null (find (other));
}

/* What was said to another. */
static void
replay (HostilePeer *peer)
{
  g_autoptr (FrIdentity) other = fr_identity_new ();
  g_autoptr (FrAcquaintances) said = say_one (FR_ACQUAINTANCE_COMPUTERS, other, peer->rude->identity);

  begin (peer);
  say (peer, said, peer->rude->identity, fr_node_get_key (ground_get ()->nodes[GROUND_ASKER]));
  hostile_peer_await_end (peer, 5);
  g_assert_null (find (other));
}

static void
speak_as_stranger (HostilePeer *peer)
{
  g_autoptr (FrIdentity) other = fr_identity_new ();
  g_autoptr (FrAcquaintances) person = say_one (FR_ACQUAINTANCE_PERSON, other, NULL);
  g_autoptr (FrAcquaintances) computer = say_one (FR_ACQUAINTANCE_COMPUTERS, other, peer->rude->identity);
  g_autoptr (FrAcquaintances) you = fr_acquaintances_new (FR_ACQUAINTANCE_YOU);

  forget_friends ();
  you->agrees = TRUE;
  say_to_victim (peer, person);
  say_to_victim (peer, computer);
  say_to_victim (peer, you);
  g_assert_true (hostile_peer_settle (peer));
  g_assert_null (find (other));
  fr_test_wait_until (is_found, peer->rude->identity, 5);
  g_assert_false (fr_person_get_agrees (find (peer->rude->identity)));
}

/* What a stranger says is kept as it is, and not much of it: the last of it is heard when they are no stranger any more. */
static void
speak_before (HostilePeer *peer)
{
  FrIdentity *others[FR_ACQUAINTANCES_MAX_UNREAD + 1];

  forget_friends ();
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (FrAcquaintances) said = NULL;

      others[i] = fr_identity_new ();
      said = say_one (FR_ACQUAINTANCE_PERSON, others[i], NULL);
      say_to_victim (peer, said);
    }
  g_assert_true (hostile_peer_settle (peer));
  befriend (peer->rude->identity);
  for (guint i = 1; i < G_N_ELEMENTS (others); i++)
    fr_test_wait_until (is_found, others[i], 5);
  g_assert_null (find (others[0]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    fr_identity_unref (others[i]);
}

/* Nor does it cost more to lie before. */
static void
lie_before (HostilePeer *peer)
{
  g_autoptr (FrIdentity) other = fr_identity_new (), introducer = fr_identity_new ();
  g_autoptr (FrAcquaintances) said = say_one (FR_ACQUAINTANCE_PERSON, other, NULL);

  forget_friends ();
  say (peer, said, introducer, fr_node_get_key (ground_victim ()));
  g_assert_true (hostile_peer_settle (peer));
  befriend (peer->rude->identity);
  hostile_peer_await_end (peer, 5);
  g_assert_null (find (other));
}

/* Somebody's computer, who knows nothing of it: an honest peer's. */
static void
claim_without_agreement (HostilePeer *peer)
{
  g_autoptr (FrIdentity) other = fr_identity_new ();
  g_autoptr (FrAcquaintances) said = say_one (FR_ACQUAINTANCE_COMPUTERS, other, NULL);
  FrAcquaintance *one = said->subjects->pdata[0];

  begin (peer);
  one->key = *fr_node_get_key (ground_get ()->nodes[GROUND_ASKER]);
  say_to_victim (peer, said);
  hostile_peer_await_end (peer, 5);
  g_assert_null (fr_person_get_owner (fr_people_find_key (people (), &one->key)));
}

static gboolean
owns (gpointer identity)
{
  g_autoptr (GPtrArray) computers = fr_person_list_computers (find (identity));

  return computers->len > 0;
}

/* One of its own two, which the victim knows as somebody by themselves; and one that the victim does not know. */
static void
claim_contact (HostilePeer *peer)
{
  g_autoptr (HostilePeer) second = ground_peer_new ();
  g_autoptr (FrIdentity) other = fr_identity_new ();
  g_autoptr (FrAcquaintances) said
      = say_one (FR_ACQUAINTANCE_COMPUTERS, second->rude->identity, peer->rude->identity);
  g_autoptr (FrAcquaintances) more = say_one (FR_ACQUAINTANCE_COMPUTERS, other, peer->rude->identity);
  FrPerson *known;

  begin (peer);
  hostile_peer_link (second, FR_DIAL_PURPOSE_LINK);
  known = befriend (second->rude->identity);
  g_ptr_array_add (said->subjects, g_ptr_array_steal_index (more->subjects, 0));
  say_to_victim (peer, said);
  fr_test_wait_until (owns, peer->rude->identity, 5);
  g_assert_true (fr_person_get_owner (find (other)) == find (peer->rude->identity));
  g_assert_null (fr_person_get_owner (known));
}

/* Eight beside itself, all of whom agree. */
static void
claim_too_many (HostilePeer *peer)
{
  const FrPeerKey *victim = fr_node_get_key (ground_victim ()), *own = fr_identity_get_key (peer->rude->identity);
  Freshet__IntroduceBody body = FRESHET__INTRODUCE_BODY__INIT;
  Freshet__Introduce introduce = FRESHET__INTRODUCE__INIT;
  Freshet__Acquaintance subjects[FR_INTRODUCE_MAX_SUBJECTS + 1], *pointers[G_N_ELEMENTS (subjects)];
  guint8 agreements[G_N_ELEMENTS (subjects)][FR_SIGNATURE_SIZE], signature[FR_SIGNATURE_SIZE];
  FrIdentity *identities[G_N_ELEMENTS (subjects)];
  g_autoptr (GBytes) packed = NULL;
  guint before;

  begin (peer);
  before = count_people ();
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      identities[i] = fr_identity_new ();
      freshet__acquaintance__init (&subjects[i]);
      fr_acquaintance_agree (identities[i], own, agreements[i]);
      subjects[i].key = words_binary (fr_identity_get_key (identities[i])->bytes, FR_PEER_KEY_SIZE);
      subjects[i].name = (char *) "Somebody";
      subjects[i].agreement = words_binary (agreements[i], FR_SIGNATURE_SIZE);
      pointers[i] = &subjects[i];
    }
  body.kind = FRESHET__INTRODUCE_BODY__KIND__KIND_COMPUTERS;
  body.introducer = words_binary (own->bytes, sizeof own->bytes);
  body.addressee = words_binary (victim->bytes, sizeof victim->bytes);
  body.subjects = pointers;
  body.n_subjects = G_N_ELEMENTS (subjects);
  packed = fr_message_pack (&body.base);
  introduce.signed_ = words_bytes (packed);
  fr_identity_sign (peer->rude->identity, FR_SIGN_INTRODUCE, introduce.signed_.data, introduce.signed_.len, signature);
  introduce.signature = words_binary (signature, sizeof signature);
  hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_INTRODUCE, &introduce);
  hostile_peer_await_end (peer, 5);
  g_assert_cmpuint (count_people (), ==, before);
  for (guint i = 0; i < G_N_ELEMENTS (identities); i++)
    fr_identity_unref (identities[i]);
}

/* Other ones each time: the list does not grow, since each takes the place of the one before; and then it has to stop. */
static void
flood_computers (HostilePeer *peer)
{
  guint before;

  begin (peer);
  before = count_people ();
  for (guint i = 0; i < 200 && !hostile_peer_is_over (peer); i++)
    {
      g_autoptr (FrIdentity) other = fr_identity_new ();
      g_autoptr (FrAcquaintances) said = say_one (FR_ACQUAINTANCE_COMPUTERS, other, peer->rude->identity);

      say_to_victim (peer, said);
    }
  hostile_peer_await_end (peer, 10);
  g_assert_cmpuint (count_people (), <=, before + 1);
}

static void
flood_people (HostilePeer *peer)
{
  guint before;

  begin (peer);
  before = count_people ();
  for (guint i = 0; i < 1000 && !hostile_peer_is_over (peer); i++)
    {
      g_autoptr (FrIdentity) other = fr_identity_new ();
      g_autoptr (FrAcquaintances) said = say_one (FR_ACQUAINTANCE_PERSON, other, NULL);

      say_to_victim (peer, said);
    }
  hostile_peer_await_end (peer, 10);
  g_assert_cmpuint (count_people (), <=, before + FR_ACQUAINTANCES_MAX_EACH);
}

/* A stranger pays for it too, without a signature being looked at. */
static void
flood_as_stranger (HostilePeer *peer)
{
  g_autoptr (FrIdentity) other = fr_identity_new ();
  g_autoptr (FrAcquaintances) said = say_one (FR_ACQUAINTANCE_PERSON, other, NULL);

  forget_friends ();
  for (guint i = 0; i < 1000 && !hostile_peer_is_over (peer); i++)
    say_to_victim (peer, said);
  hostile_peer_await_end (peer, 10);
  g_assert_null (find (other));
}

static const GroundBehaviour behaviours[] = {
  { "forged-signature", COMES_LINKED, forge_signature, ENDS_FAULT },
  { "for-another", COMES_LINKED, speak_for_another, ENDS_FAULT },
  { "replayed", COMES_LINKED, replay, ENDS_FAULT },
  { "stranger", COMES_LINKED, speak_as_stranger, ENDS_NOT },
  { "before-friends", COMES_LINKED, speak_before, ENDS_NOT },
  { "lies-before-friends", COMES_LINKED, lie_before, ENDS_FAULT },
  { "not-agreed", COMES_LINKED, claim_without_agreement, ENDS_FAULT },
  { "contact-of-the-victim", COMES_LINKED, claim_contact, ENDS_NOT },
  { "too-many", COMES_LINKED, claim_too_many, ENDS_FAULT },
  { "flood-of-computers", COMES_LINKED, flood_computers, ENDS_FAULT },
  { "flood-of-people", COMES_LINKED, flood_people, ENDS_FAULT },
  { "flood-by-stranger", COMES_LINKED, flood_as_stranger, ENDS_FAULT },
};

static void
test_forgotten (void)
{
  ground_get ();
  forget_friends ();
}

void
test_acquaintances_add (void)
{
  ground_add_behaviours ("acquaintances", behaviours, G_N_ELEMENTS (behaviours));
  g_test_add_func ("/hostile/acquaintances-forgotten", test_forgotten);
}
