/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-test-support.h"
#include "hostile-ground.h"
#include "hostile-words.h"
#include "tests.h"

/* Who greets badly, or not at all. */

static void
say_nothing (HostilePeer *peer)
{
}

static void
ask_first (HostilePeer *peer)
{
  g_autoptr (GBytes) query = words_own_query (peer, GROUND_WORDS, 5, 0);

  hostile_peer_say (peer, query);
}

static void
talk_nonsense (HostilePeer *peer)
{
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("\xff\xff\xff", 3);

  hostile_peer_say (peer, nonsense);
}

static void
unknown_first (HostilePeer *peer)
{
  g_autoptr (GBytes) unknown = words_unknown (100);

  hostile_peer_say_often (peer, unknown, 100); /* is ignored, and the time for Hello goes on */
  talk_nonsense (peer);
}

static void
second_channel_first (HostilePeer *peer)
{
  g_autoptr (GBytes) piece = g_bytes_new_static ("a piece of nothing at all", 25);

  hostile_peer_open_bulk (peer);
  for (guint i = 0; i < 100; i++)
    hostile_peer_say_on (peer, peer->bulk, piece);
  talk_nonsense (peer);
}

static void
greet_as (HostilePeer *peer, const FrIdentity *identity, const FrSessionFacts *facts, Freshet__Role role)
{
  g_autoptr (GBytes) hello = fr_hello_pack (identity, "Mallory", role, facts, FALSE);

  hostile_peer_say (peer, hello);
}

static void
greet_twice (HostilePeer *peer)
{
  hostile_peer_greet (peer);
  greet_as (peer, peer->rude->identity, &peer->facts, FRESHET__ROLE__ROLE_DIALLER);
}

static void
greet_as_another (HostilePeer *peer)
{
  g_autoptr (FrIdentity) another = fr_identity_new ();

  greet_as (peer, another, &peer->facts, FRESHET__ROLE__ROLE_DIALLER);
}

static void
greet_in_another_role (HostilePeer *peer)
{
  greet_as (peer, peer->rude->identity, &peer->facts, FRESHET__ROLE__ROLE_ANSWERER);
}

/* As one who stands in the middle would have to. */
static void
greet_with_other_certificates (HostilePeer *peer)
{
  FrSessionFacts facts = peer->facts;

  facts.answerer_certificate[31] ^= 0x80;
  greet_as (peer, peer->rude->identity, &facts, FRESHET__ROLE__ROLE_DIALLER);
}

/* A Hello that was good in an earlier session. */
static void
greet_again (HostilePeer *peer)
{
  FrSessionFacts facts = peer->facts;

  memset (facts.dial_id, 0x11, sizeof facts.dial_id);
  greet_as (peer, peer->rude->identity, &facts, FRESHET__ROLE__ROLE_DIALLER);
}

/* What the other side has just said. */
static void
greet_back (HostilePeer *peer)
{
  Freshet__Hello hello = *hostile_peer_await (peer, FRESHET__FRAME__BODY_HELLO, 0)->hello;

  hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_HELLO, &hello);
}

static void
say_hello_of (HostilePeer *peer, guint version_min, gsize size_of_padding, gboolean sign)
{
  Freshet__HelloBody body = FRESHET__HELLO_BODY__INIT;
  Freshet__Hello hello = FRESHET__HELLO__INIT;
  guint8 signature[FR_SIGNATURE_SIZE] = { 0 };
  g_autofree char *long_name = g_strnfill (size_of_padding, 'x');
  g_autoptr (GBytes) packed = NULL;

  body.version_min = version_min;
  body.version_max = 99;
  body.key = words_binary (fr_identity_get_key (peer->rude->identity)->bytes, FR_PEER_KEY_SIZE);
  body.name = size_of_padding > 0 ? long_name : (char *) "Mallory";
  body.purpose = peer->facts.purpose;
  body.role = FRESHET__ROLE__ROLE_DIALLER;
  body.dialler_certificate = words_binary (peer->facts.dialler_certificate, FR_CERTIFICATE_HASH_SIZE);
  body.answerer_certificate = words_binary (peer->facts.answerer_certificate, FR_CERTIFICATE_HASH_SIZE);
  body.dial_id = words_binary (peer->facts.dial_id, FR_DIAL_ID_SIZE);
  packed = fr_message_pack (&body.base);
  hello.signed_ = words_bytes (packed);
  if (sign)
    fr_identity_sign (peer->rude->identity, FR_SIGN_HELLO, hello.signed_.data, hello.signed_.len, signature);
  else
    fr_identity_sign (peer->rude->identity, FR_SIGN_QUERY, hello.signed_.data, hello.signed_.len, signature);
  hello.signature = words_binary (signature, sizeof signature);
  hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_HELLO, &hello);
}

static void
greet_in_the_future (HostilePeer *peer)
{
  say_hello_of (peer, 98, 0, TRUE);
}

/* The signature is good, under another context. */
static void
greet_signed_as_something_else (HostilePeer *peer)
{
  say_hello_of (peer, 1, 0, FALSE);
}

static void
greet_with_a_long_name (HostilePeer *peer)
{
  say_hello_of (peer, 1, 1500, TRUE);
}

static void
greet_endlessly (HostilePeer *peer)
{
  say_hello_of (peer, 1, 40000, TRUE);
}

static const GroundBehaviour behaviours[] = {
  { "ask-first", COMES_CONNECTED, ask_first, ENDS_FAULT },
  { "nonsense", COMES_CONNECTED, talk_nonsense, ENDS_FAULT },
  { "unknown-first", COMES_CONNECTED, unknown_first, ENDS_FAULT },
  { "second-channel-first", COMES_CONNECTED, second_channel_first, ENDS_FAULT },
  { "hello-twice", COMES_CONNECTED, greet_twice, ENDS_FAULT },
  { "as-another", COMES_CONNECTED, greet_as_another, ENDS_NOT_YOU },
  { "in-another-role", COMES_CONNECTED, greet_in_another_role, ENDS_NOT_YOU },
  { "other-certificates", COMES_CONNECTED, greet_with_other_certificates, ENDS_NOT_YOU },
  { "hello-of-another-session", COMES_CONNECTED, greet_again, ENDS_NOT_YOU },
  { "hello-thrown-back", COMES_CONNECTED, greet_back, ENDS_NOT_YOU },
  { "later-version", COMES_CONNECTED, greet_in_the_future, ENDS_VERSION },
  { "signed-as-something-else", COMES_CONNECTED, greet_signed_as_something_else, ENDS_NOT_YOU },
  { "long-name", COMES_CONNECTED, greet_with_a_long_name, ENDS_FAULT },
  { "endless-hello", COMES_CONNECTED, greet_endlessly, ENDS_FAULT },
  { "hello-never", COMES_CONNECTED, say_nothing, ENDS_FAULT }, /* after ten seconds */
};

static gboolean
one_asks (gpointer people)
{
  return fr_people_get_n_asking (people) == 1;
}

/* A stranger about whom the person is asked says more than anybody has to say then. */
static void
test_held (void)
{
  FrNode *victim = ground_victim ();
  g_autoptr (GBytes) unknown = words_unknown (100);
  HostilePeer *peer;

  ground_begin ();
  fr_node_set_admission_rule (victim, FR_ADMIT_ASK);
  peer = ground_peer_new ();
  hostile_peer_link (peer, FR_DIAL_PURPOSE_LINK);
  fr_test_wait_until (one_asks, fr_node_get_people (victim), 10);
  hostile_peer_say_often (peer, unknown, 1000);
  hostile_peer_await_end (peer, 10);
  g_assert_cmpint (hostile_peer_get_bye (peer), ==, FRESHET__BYE__REASON__REASON_FAULT);
  ground_assert_searches ();
  fr_node_set_admission_rule (victim, FR_ADMIT_ANYONE);
  hostile_peer_free (peer);
  ground_end ();
}

void
test_greetings_add (void)
{
  ground_add_behaviours ("greetings", behaviours, G_N_ELEMENTS (behaviours));
  g_test_add_func ("/hostile/greetings/held-flood", test_held);
}
