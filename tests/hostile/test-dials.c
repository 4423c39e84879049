/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-negotiation.h"
#include "fr-switchboard.h"
#include "fr-test-support.h"
#include "fr-webrtc-session-private.h"
#include "hostile-ground.h"
#include "tests.h"

/* Who dials badly, at an honest rendezvous. */

/* What may be said in this time at a server without being shown the door. */
#define MOST_AT_ONCE 400

static guint
count_signals (HostilePeer *peer, FrSignalType type, const char *reason)
{
  guint n = 0;

  for (guint i = 0; i < peer->rude->signals->len; i++)
    {
      FrSignal *signal = g_ptr_array_index (peer->rude->signals, i);

      n += signal->type == type && (reason == NULL || g_strcmp0 (signal->reason, reason) == 0);
    }
  return n;
}

static guint
count_replies (HostilePeer *peer)
{
  return count_signals (peer, FR_SIGNAL_LEAVE, NULL) + count_signals (peer, FR_SIGNAL_ANSWER, NULL);
}

typedef struct
{
  HostilePeer *peer;
  guint n;
} Replies;

static gboolean
have_come (gpointer data)
{
  Replies *replies = data;

  ground_measure ();
  return count_replies (replies->peer) >= replies->n;
}

static void
await_replies (HostilePeer *peer, guint n)
{
  fr_test_wait_for (have_come, &(Replies) { peer, n }, 10);
  g_assert_cmpuint (count_replies (peer), >=, n);
}

#define N_DIALLING 3

/* Whose offers the server passes on first may use up all that we say: the sum is what counts. */
static guint
count_all_replies (HostilePeer *const *peers)
{
  guint sum = 0;

  for (guint i = 0; i < N_DIALLING; i++)
    sum += count_replies (peers[i]);
  return sum;
}

static gboolean
enough_have_come (gpointer peers)
{
  ground_measure ();
  return count_all_replies (peers) >= FR_SWITCHBOARD_LEAVE_BURST / 2; /* others have had some */
}

/* The description of a session that was never meant. */
static const char *
take_description (HostilePeer *peer)
{
  peer->keeps = TRUE;
  hostile_peer_offer (peer, FR_DIAL_PURPOSE_LINK);
  return peer->sdp;
}

/* A thousand dials, from one address and from many. */
static void
dial_a_thousand_times (HostilePeer *peer)
{
  const char *sdp = take_description (peer);
  HostilePeer *others[2] = { ground_peer_new (), ground_peer_new () };
  HostilePeer *const peers[N_DIALLING] = { peer, others[0], others[1] };

  for (guint i = 0; i < 1000; i++)
    {
      RudePeer *rude = peers[i % N_DIALLING]->rude;
      g_autoptr (FrSignal) offer = rude_peer_make_offer (rude, rude->identity, GROUND_VICTIM_ADDRESS, sdp);

      rude_peer_send (rude, offer, GROUND_VICTIM_ADDRESS);
    }
  fr_test_wait_for (enough_have_come, (gpointer) peers, 10);
  g_assert_cmpuint (count_all_replies (peers), >=, FR_SWITCHBOARD_LEAVE_BURST / 2);
  ground_assert_searches ();
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    g_assert_cmpuint (count_signals (peers[i], FR_SIGNAL_ANSWER, NULL), <=, 1 + FR_SWITCHBOARD_MAX_PENDING);
  g_assert_true (lab_is_online (ground_victim ())); /* the server has not had enough of us */
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    hostile_peer_free (others[i]);
}

/* Nobody learns how to reach them: the sessions stand half open, two of an address and no more. */
static void
stay_half_open (HostilePeer *peer)
{
  const char *sdp = take_description (peer);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (FrSignal) offer
          = rude_peer_make_offer (peer->rude, peer->rude->identity, GROUND_VICTIM_ADDRESS, sdp);

      rude_peer_send (peer->rude, offer, GROUND_VICTIM_ADDRESS);
    }
  await_replies (peer, 21);
  g_assert_cmpuint (count_signals (peer, FR_SIGNAL_ANSWER, NULL), <=, FR_SWITCHBOARD_MAX_PENDING);
}

static void
offer_once_more (HostilePeer *peer)
{
  const char *sdp = take_description (peer);
  g_autoptr (FrSignal) offer = rude_peer_make_offer (peer->rude, peer->rude->identity, GROUND_VICTIM_ADDRESS, sdp);

  for (guint i = 0; i < 30; i++)
    rude_peer_send (peer->rude, offer, GROUND_VICTIM_ADDRESS);
  await_replies (peer, 2);
  ground_assert_searches ();
  g_assert_cmpuint (count_signals (peer, FR_SIGNAL_ANSWER, NULL), <=, 2);
}

static char *
repeat (const char *line, gsize size)
{
  GString *text = g_string_new ("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");

  while (text->len + strlen (line) <= size)
    g_string_append (text, line);
  return g_string_free (text, FALSE);
}

/* Descriptions that are as long as can be sent, of one thing many times. */
static void
offer_bombs (HostilePeer *peer)
{
  static const char *const lines[] = {
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
    "a=candidate:1 1 UDP 1 127.0.0.1 9 typ host\r\n",
    "a=fingerprint:sha-256 00:11\r\n",
    "a=x\r\n",
    "x",
    "\r\n",
    "a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n",
    "m=",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *sdp = repeat (lines[i], FR_SIGNAL_MAX_SDP_SIZE / 4 * 3); /* in JSON it grows */
      g_autoptr (FrSignal) offer = rude_peer_make_offer (peer->rude, peer->rude->identity, GROUND_VICTIM_ADDRESS, sdp);

      rude_peer_send (peer->rude, offer, GROUND_VICTIM_ADDRESS);
    }
  ground_assert_searches ();
  g_assert_cmpuint (count_signals (peer, FR_SIGNAL_ANSWER, NULL), ==, 0);
}

static void
send_candidates (HostilePeer *peer, const char *connection_id, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FrSignal) signal = fr_signal_new (FR_SIGNAL_CANDIDATE);

      signal->connection_id = g_strdup (connection_id);
      signal->candidate = g_strdup_printf ("candidate:%u 1 UDP %u 127.0.0.1 %u typ host", i, i + 1, 1024 + i);
      rude_peer_send (peer->rude, signal, GROUND_VICTIM_ADDRESS);
    }
}

/* Past the limit of a session, for a session that goes on all the same. */
static void
send_many_candidates (HostilePeer *peer)
{
  send_candidates (peer, peer->connection_id, 3 * FR_NEGOTIATION_MAX_CANDIDATES);
}

static void
send_candidates_of_nobody (HostilePeer *peer)
{
  send_candidates (peer, "nobody", MOST_AT_ONCE);
}

static void
answer_nobody (HostilePeer *peer)
{
  for (guint i = 0; i < MOST_AT_ONCE; i++)
    {
      g_autoptr (FrSignal) answer
          = rude_peer_make_offer (peer->rude, peer->rude->identity, GROUND_VICTIM_ADDRESS, "v=0\r\n");

      answer->type = i % 2 == 0 ? FR_SIGNAL_ANSWER : FR_SIGNAL_LEAVE;
      rude_peer_send (peer->rude, answer, GROUND_VICTIM_ADDRESS);
    }
}

static gboolean
is_kept_out (gpointer data)
{
  FrPerson *person = fr_people_find_key (fr_node_get_people (ground_victim ()),
                                         fr_identity_get_key (((HostilePeer *) data)->rude->identity));

  ground_measure ();
  return person != NULL && fr_person_get_kept_out_until_us (person) != 0;
}

/* Past what our own sessions would let us. */
static void
open_channels (HostilePeer *peer, guint n)
{
  g_autoptr (GPtrArray) channels = g_ptr_array_new_with_free_func ((GDestroyNotify) gst_object_unref);

  for (guint i = 0; i < n && peer->session->connection != NULL; i++)
    {
      GstWebRTCDataChannel *channel = fr_peer_connection_create_channel (peer->session->connection, "again");

      if (channel != NULL)
        g_ptr_array_add (channels, channel);
    }
  fr_test_wait_until (is_kept_out, peer, 10);
}

static void
open_third_channel (HostilePeer *peer)
{
  g_assert_true (hostile_peer_settle (peer));
  hostile_peer_open_bulk (peer);
  open_channels (peer, 1);
}

static void
open_512_channels (HostilePeer *peer)
{
  g_assert_true (hostile_peer_settle (peer));
  open_channels (peer, 512);
}

static void
go_without_a_word (HostilePeer *peer)
{
  fr_webrtc_session_close (peer->session);
}

static const GroundBehaviour behaviours[] = {
  { "many-candidates", COMES_LINKED, send_many_candidates, ENDS_NOT },
  { "candidates-of-nobody", COMES_AS_NOBODY, send_candidates_of_nobody, 0 },
  { "answers-to-nobody", COMES_AS_NOBODY, answer_nobody, 0 },
  { "goes-without-a-word", COMES_LINKED, go_without_a_word, ENDS_ANYHOW },
  { "third-channel", COMES_LINKED, open_third_channel, ENDS_FAULT },
  { "512-channels", COMES_LINKED, open_512_channels, ENDS_UNTOLD },
  { "description-bombs", COMES_AS_NOBODY, offer_bombs, 0 },
  { "offer-once-more", COMES_AS_NOBODY, offer_once_more, 0 },
  { "half-open", COMES_AS_NOBODY, stay_half_open, 0 },
  { "thousand-dials", COMES_AS_NOBODY, dial_a_thousand_times, 0 },
};

void
test_dials_add (void)
{
  ground_add_behaviours ("dials", behaviours, G_N_ELEMENTS (behaviours));
}
