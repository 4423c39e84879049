/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-connection.h"
#include "fr-webrtc-session.h"

#include "fr-test-support.h"
#include "session-pair.h"
#include "tests.h"

#include <string.h>

/* --- Descriptions and candidates --------------------------------------------------------------------------------- */

/* What is refused changes nothing: the right description may still come. */
static void
test_garbage_sdp (void)
{
  static const char *const garbage[] = { "", "hello", "v=0\r\n", "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n",
                                         "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n" };
  SessionPair *pair = session_pair_new (0);

  for (gsize i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (fr_webrtc_session_set_remote_description (pair->answerer.session, garbage[i], &error));
      g_assert_error (error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_SDP);
    }
  g_assert_cmpint (fr_webrtc_session_get_state (pair->answerer.session), ==, FR_WEBRTC_STATE_NEW);
  session_pair_open (pair);
  session_pair_free (pair);
}

static void
repeat_description_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fr_webrtc_session_set_remote_description (data, sdp, &error));
  g_assert_error (error, FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_ORDER);
}

static void
test_description_twice (void)
{
  SessionPair *pair = session_pair_new (0);

  repeat_description_cb (NULL, "v=0", pair->dialler.session);
  g_signal_connect (pair->dialler.session, "local-description", G_CALLBACK (repeat_description_cb),
                    pair->answerer.session);
  g_signal_connect (pair->answerer.session, "local-description", G_CALLBACK (repeat_description_cb),
                    pair->dialler.session);
  session_pair_open (pair);
  session_pair_free (pair);
}

static void
test_garbage_candidates (void)
{
  static const char *const garbage[] = { "", "x", "candidate:1 1 UDP 1 example.org 9 typ host",
                                         "candidate:1 1 UDP 1 0f0e.local 9 typ host" };
  SessionPair *pair = session_pair_new (0);

  for (gsize i = 0; i < G_N_ELEMENTS (garbage); i++)
    g_assert_false (fr_webrtc_session_add_remote_candidate (pair->answerer.session, 0, garbage[i]));
  session_pair_open (pair);
  for (gsize i = 0; i < G_N_ELEMENTS (garbage); i++)
    g_assert_false (fr_webrtc_session_add_remote_candidate (pair->answerer.session, 0, garbage[i]));
  g_assert_cmpuint (fr_webrtc_session_get_n_ignored_candidates (pair->answerer.session), ==,
                    2 * G_N_ELEMENTS (garbage));
  session_pair_free (pair);
}

static char *last_offer;

static char *
remember_offer (const char *sdp)
{
  if (last_offer == NULL)
    last_offer = g_strdup (sdp);
  return g_strdup (sdp);
}

static void
mutate (GRand *rand, char *sdp)
{
  static const char letters[] = ":= \r\n0a9/-%";
  gsize size = strlen (sdp);

  for (gint32 n = g_rand_int_range (rand, 1, 4); n > 0; n--)
    sdp[g_rand_int_range (rand, 0, (gint32) size)] = letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
}

/* Whatever is done to an offer, it is refused, or ends in a session that ends: without a critical of anybody's, which
 * the tests are made to stop at. */
static void
test_mutated_offers (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  SessionPair *pair = session_pair_new (0);

  pair->forge = remember_offer;
  session_pair_open (pair);
  session_pair_free (pair);

  for (int i = 0; i < 60; i++)
    {
      g_autofree char *offer = g_strdup (last_offer);

      pair = session_pair_new (200);
      pair->answerer.muted = TRUE;
      mutate (rand, offer);
      g_test_message ("%s", offer);
      if (fr_webrtc_session_set_remote_description (pair->answerer.session, offer, NULL))
        fr_test_wait_until (session_end_is_closed, &pair->answerer, 10);
      session_pair_free (pair);
    }
  g_clear_pointer (&last_offer, g_free);
}

/* --- Time -------------------------------------------------------------------------------------------------------- */

static void
test_no_answer (void)
{
  SessionPair *pair = session_pair_new (100);

  pair->dialler.muted = TRUE;
  fr_webrtc_session_start (pair->dialler.session);
  fr_test_wait_until (session_end_is_closed, &pair->dialler, 10);
  g_assert_cmpint (fr_webrtc_session_get_state (pair->dialler.session), ==, FR_WEBRTC_STATE_FAILED);
  g_assert_error (fr_webrtc_session_get_error (pair->dialler.session), FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_TIMEOUT);
  session_pair_free (pair);
}

static void
test_answer_lost (void)
{
  SessionPair *pair = session_pair_new (200);

  pair->answerer.muted = TRUE;
  fr_webrtc_session_start (pair->dialler.session);
  fr_test_wait_until (session_pair_is_closed, pair, 10);
  g_assert_error (fr_webrtc_session_get_error (pair->dialler.session), FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_TIMEOUT);
  g_assert_error (fr_webrtc_session_get_error (pair->answerer.session), FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_TIMEOUT);
  session_pair_free (pair);
}

/* --- Channels that a peer must not open -------------------------------------------------------------------------- */

#define FLOOD_PIECE 60000
#define FLOOD_UNDER_WAY (4 * 1024 * 1024) /* SCTP has taken it from the sender, and it is not here yet */

/* A peer that is not ours: a bare webrtcbin, with the channels that it likes. */
typedef struct
{
  FrWebrtcInbox *inbox;
  FrPeerConnection *connection;
  GPtrArray *channels; /* of GstWebRTCDataChannel */
  SessionEnd end;      /* the session that it dials */
  guint n_opened;
  guint n_heard;       /* messages */
  guint n_ended;       /* channels */
  gboolean torn_down;
} Stranger;

static void
stranger_event_cb (const FrWebrtcEvent *event, gpointer data)
{
  Stranger *stranger = data;

  if (event->type == FR_WEBRTC_EVENT_LOCAL_DESCRIPTION)
    {
      fr_peer_connection_apply_local (stranger->connection, TRUE, event->text);
      g_assert_true (fr_webrtc_session_set_remote_description (stranger->end.session, event->text, NULL));
    }
  else if (event->type == FR_WEBRTC_EVENT_LOCAL_CANDIDATE)
    fr_webrtc_session_add_remote_candidate (stranger->end.session, event->number, event->text);
  else if (event->type == FR_WEBRTC_EVENT_CHANNEL_OPENED)
    stranger->n_opened++;
  else if (event->type == FR_WEBRTC_EVENT_CHANNEL_MESSAGE)
    stranger->n_heard++;
  else if (event->type == FR_WEBRTC_EVENT_CHANNEL_CLOSED)
    stranger->n_ended++;
  else if (event->type == FR_WEBRTC_EVENT_TORN_DOWN)
    stranger->torn_down = TRUE;
}

static void
answer_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  Stranger *stranger = data;
  g_autoptr (FrDescription) description = NULL;
  g_autofree char *clean = NULL;

  g_assert_cmpint (fr_description_parse (sdp, FALSE, &description), ==, FR_DESCRIPTION_OK);
  clean = fr_description_to_sdp (description);
  fr_peer_connection_apply_remote (stranger->connection, FALSE, clean);
}

static void
candidate_cb (FrWebrtcSession *session, guint mline, const char *candidate, gpointer data)
{
  fr_peer_connection_add_candidate (((Stranger *) data)->connection, mline, candidate);
}

static void
channel_cb (FrWebrtcSession *session, FrChannel *channel, gpointer data)
{
  g_ptr_array_add (((Stranger *) data)->end.channels, g_object_ref (channel));
}

static void
closed_cb (FrWebrtcSession *session, gpointer data)
{
  ((Stranger *) data)->end.n_closed++;
}

static void
stranger_dial (Stranger *stranger, const char *const *labels)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };

  *stranger = (Stranger) { .channels = g_ptr_array_new_with_free_func (g_object_unref) };
  stranger->end.session = fr_webrtc_session_new (&config, FR_WEBRTC_ROLE_ANSWERER);
  stranger->end.channels = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (stranger->end.session, "local-description", G_CALLBACK (answer_cb), stranger);
  g_signal_connect (stranger->end.session, "local-candidate", G_CALLBACK (candidate_cb), stranger);
  g_signal_connect (stranger->end.session, "channel", G_CALLBACK (channel_cb), stranger);
  g_signal_connect (stranger->end.session, "closed", G_CALLBACK (closed_cb), stranger);

  stranger->inbox = fr_webrtc_inbox_new (stranger_event_cb, stranger);
  stranger->connection = fr_peer_connection_new (&config, stranger->inbox, NULL);
  for (; *labels != NULL; labels++)
    g_ptr_array_add (stranger->channels, fr_peer_connection_create_channel (stranger->connection, *labels));
  fr_peer_connection_create_description (stranger->connection, TRUE);
}

static void
stranger_clear (Stranger *stranger)
{
  fr_webrtc_session_close (stranger->end.session);
  fr_test_wait_until (session_end_is_closed, &stranger->end, 10);
  g_signal_handlers_disconnect_by_data (stranger->end.session, stranger);
  g_assert_finalize_object (stranger->end.session);
  g_ptr_array_unref (stranger->end.channels);

  g_ptr_array_unref (stranger->channels);
  fr_peer_connection_tear_down (stranger->connection);
  while (!stranger->torn_down)
    g_main_context_iteration (NULL, TRUE);
  fr_webrtc_inbox_detach (stranger->inbox);
  fr_webrtc_inbox_unref (stranger->inbox);
}

static void
assert_refused (const char *const *labels)
{
  Stranger stranger;

  stranger_dial (&stranger, labels);
  fr_test_wait_until (session_end_is_closed, &stranger.end, 10);
  g_assert_cmpint (fr_webrtc_session_get_state (stranger.end.session), ==, FR_WEBRTC_STATE_FAILED);
  g_assert_error (fr_webrtc_session_get_error (stranger.end.session), FR_WEBRTC_ERROR,
                  FR_WEBRTC_ERROR_TOO_MANY_CHANNELS);
  for (guint i = 0; i < stranger.end.channels->len; i++)
    g_assert_false (fr_channel_is_open (g_ptr_array_index (stranger.end.channels, i)));
  stranger_clear (&stranger);
}

static gboolean
two_channels (gpointer data)
{
  return ((Stranger *) data)->end.channels->len == FR_WEBRTC_MAX_CHANNELS;
}

static void
test_two_channels (void)
{
  static const char *const labels[] = { FR_WEBRTC_CONTROL, "bulk", NULL };
  Stranger stranger;

  stranger_dial (&stranger, labels);
  fr_test_wait_until (two_channels, &stranger, 10);
  g_assert_cmpint (fr_webrtc_session_get_state (stranger.end.session), ==, FR_WEBRTC_STATE_OPEN);
  stranger_clear (&stranger);
}

static void
test_three_channels (void)
{
  static const char *const labels[] = { FR_WEBRTC_CONTROL, "bulk", "third", NULL };

  assert_refused (labels);
}

static void
test_many_channels (void)
{
  const char *labels[101] = { FR_WEBRTC_CONTROL };

  for (gsize i = 1; i < G_N_ELEMENTS (labels) - 1; i++)
    labels[i] = "again";
  assert_refused (labels);
}

static void
test_same_label (void)
{
  static const char *const labels[] = { FR_WEBRTC_CONTROL, FR_WEBRTC_CONTROL, NULL };

  assert_refused (labels);
}

static void
test_odd_labels (void)
{
  g_autofree char *most = g_strnfill (FR_WEBRTC_LABEL_MAX_BYTES, 'x');
  g_autofree char *more = g_strnfill (FR_WEBRTC_LABEL_MAX_BYTES + 1, 'x');
  const char *const too_long[] = { FR_WEBRTC_CONTROL, more, NULL };
  const char *const longest[] = { FR_WEBRTC_CONTROL, most, NULL };
  static const char *const none[] = { FR_WEBRTC_CONTROL, "", NULL };
  Stranger stranger;

  assert_refused (too_long);
  assert_refused (none);
  stranger_dial (&stranger, longest);
  fr_test_wait_until (two_channels, &stranger, 10);
  stranger_clear (&stranger);
}

/* The stranger's end of a channel may open later than ours. */
static gboolean
is_open_there (gpointer data)
{
  GstWebRTCDataChannelState state;

  g_object_get (data, "ready-state", &state, NULL);
  return state == GST_WEBRTC_DATA_CHANNEL_STATE_OPEN;
}

static void
stranger_open (Stranger *stranger, const char *label)
{
  GstWebRTCDataChannel *channel = fr_peer_connection_create_channel (stranger->connection, label);

  g_assert_nonnull (channel);
  g_ptr_array_add (stranger->channels, channel);
}

static void
last_word_cb (FrWebrtcSession *session, GParamSpec *pspec, gpointer word)
{
  g_assert_cmpint (fr_webrtc_session_get_state (session), ==, FR_WEBRTC_STATE_FAILED);
  g_assert_true (fr_channel_send (fr_webrtc_session_get_channel (session, FR_WEBRTC_CONTROL), word, NULL));
}

static gboolean
was_told (gpointer data)
{
  const Stranger *stranger = data;

  return stranger->n_heard == 1 && stranger->n_ended >= FR_WEBRTC_MAX_CHANNELS;
}

/* Whoever opens one too many in a session that is open can be told why, and sees its channels end. */
static void
test_third_is_told (void)
{
  static const char *const labels[] = { FR_WEBRTC_CONTROL, "bulk", NULL };
  g_autoptr (GBytes) word = g_bytes_new_static ("x", 1);
  Stranger stranger;

  stranger_dial (&stranger, labels);
  fr_test_wait_until (two_channels, &stranger, 10);
  for (guint i = 0; i < FR_WEBRTC_MAX_CHANNELS; i++)
    fr_test_wait_until (is_open_there, g_ptr_array_index (stranger.channels, i), 10);
  g_signal_connect (stranger.end.session, "notify::state", G_CALLBACK (last_word_cb), word);
  stranger_open (&stranger, "third");
  fr_test_wait_until (session_end_is_closed, &stranger.end, 10);
  g_assert_error (fr_webrtc_session_get_error (stranger.end.session), FR_WEBRTC_ERROR,
                  FR_WEBRTC_ERROR_TOO_MANY_CHANNELS);
  g_assert_cmpuint (stranger.end.channels->len, ==, FR_WEBRTC_MAX_CHANNELS); /* the owner never saw the third */
  fr_test_wait_until (was_told, &stranger, 10);
  g_signal_handlers_disconnect_by_data (stranger.end.session, word);
  stranger_clear (&stranger);
}

static gboolean
is_open_here (gpointer data)
{
  return fr_webrtc_session_get_state (((Stranger *) data)->end.session) == FR_WEBRTC_STATE_OPEN;
}

static gboolean
was_told_at_all (gpointer data)
{
  return ((const Stranger *) data)->n_heard == 1;
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean is_sent;
} Flood;

/* In a thread of GStreamer's. */
static void
sent_cb (GstWebRTCDataChannel *channel, gpointer data)
{
  Flood *flood = data;

  g_mutex_lock (&flood->mutex);
  flood->is_sent = TRUE;
  g_cond_signal (&flood->cond);
  g_mutex_unlock (&flood->mutex);
}

static void
await_sent (Flood *flood, GstWebRTCDataChannel *channel)
{
  gint64 deadline_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  guint64 buffered = 1;

  g_mutex_lock (&flood->mutex);
  while (buffered > 0)
    {
      while (!flood->is_sent)
        g_assert_true (g_cond_wait_until (&flood->cond, &flood->mutex, deadline_us));
      flood->is_sent = FALSE; /* it may have been empty between two pieces */
      g_object_get (channel, "buffered-amount", &buffered, NULL);
    }
  g_mutex_unlock (&flood->mutex);
}

/* Sends more than may wait, while nothing is dealt with here: GStreamer's threads go on. */
static void
stranger_flood (Stranger *stranger)
{
  GstWebRTCDataChannel *channel = g_ptr_array_index (stranger->channels, 0);
  g_autofree guint8 *zeros = g_malloc0 (FLOOD_PIECE);
  g_autoptr (GBytes) piece = g_bytes_new (zeros, FLOOD_PIECE);
  static Flood flood; /* the other thread may be in it when all is over here */
  gulong handler = g_signal_connect (channel, "on-buffered-amount-low", G_CALLBACK (sent_cb), &flood);

  for (gsize sent = 0; sent <= FR_WEBRTC_INBOX_MAX_BYTES + FLOOD_UNDER_WAY; sent += FLOOD_PIECE)
    g_assert_true (gst_webrtc_data_channel_send_data_full (channel, piece, NULL));
  await_sent (&flood, channel);
  g_signal_handler_disconnect (channel, handler);
}

/* Whoever sends faster than it is dealt with can be told why, although nothing of theirs is taken any more. */
static void
test_flooder_is_told (void)
{
  static const char *const labels[] = { FR_WEBRTC_CONTROL, NULL };
  g_autoptr (GBytes) word = g_bytes_new_static ("x", 1);
  Stranger stranger;

  stranger_dial (&stranger, labels);
  fr_test_wait_until (is_open_here, &stranger, 10);
  fr_test_wait_until (is_open_there, g_ptr_array_index (stranger.channels, 0), 10);
  g_signal_connect (stranger.end.session, "notify::state", G_CALLBACK (last_word_cb), word);
  stranger_flood (&stranger);
  fr_test_wait_until (session_end_is_closed, &stranger.end, 10);
  g_assert_error (fr_webrtc_session_get_error (stranger.end.session), FR_WEBRTC_ERROR, FR_WEBRTC_ERROR_FLOODED);
  fr_test_wait_until (was_told_at_all, &stranger, 10);
  g_signal_handlers_disconnect_by_data (stranger.end.session, word);
  stranger_clear (&stranger);
}

/* A channel that comes when the session is closing already keeps nothing from its end. */
static void
test_opened_while_closing (void)
{
  static const char *const labels[] = { FR_WEBRTC_CONTROL, NULL };
  Stranger stranger;

  stranger_dial (&stranger, labels);
  fr_test_wait_until (is_open_here, &stranger, 10);
  fr_test_wait_until (is_open_there, g_ptr_array_index (stranger.channels, 0), 10);
  fr_webrtc_session_close (stranger.end.session);
  stranger_open (&stranger, "bulk");
  fr_test_wait_until (session_end_is_closed, &stranger.end, 10);
  g_assert_cmpuint (stranger.end.channels->len, ==, 1);
  stranger_clear (&stranger);
}

/* --- What a browser may send that we never do -------------------------------------------------------------------- */

static void
count_cb (FrChannel *channel, GBytes *message, gpointer data)
{
  ++*(guint *) data;
}

static gboolean
is_positive (gpointer data)
{
  return *(guint *) data > 0;
}

static void
test_text_and_nothing (void)
{
  static const char *const labels[] = { FR_WEBRTC_CONTROL, "bulk", NULL };
  g_autoptr (GBytes) good = g_bytes_new_static ("x", 1);
  Stranger stranger;
  guint n = 0;

  stranger_dial (&stranger, labels);
  fr_test_wait_until (two_channels, &stranger, 10);
  /* Two channels made at once may open in either order. */
  g_signal_connect (fr_webrtc_session_get_channel (stranger.end.session, FR_WEBRTC_CONTROL), "message",
                    G_CALLBACK (count_cb), &n);
  fr_test_wait_until (is_open_there, g_ptr_array_index (stranger.channels, 0), 10);
  g_assert_true (gst_webrtc_data_channel_send_string_full (g_ptr_array_index (stranger.channels, 0), "hi", NULL));
  g_assert_true (gst_webrtc_data_channel_send_data_full (g_ptr_array_index (stranger.channels, 0), good, NULL));
  fr_test_wait_until (is_positive, &n, 10);
  g_assert_cmpuint (n, ==, 1);
  stranger_clear (&stranger);
}

/* --- Certificates ------------------------------------------------------------------------------------------------ */

static void
test_pem (void)
{
  static const char *const none[] = { "", "x", "-----BEGIN CERTIFICATE-----\nAAAA", "-----END CERTIFICATE-----\n",
                                      "-----END CERTIFICATE----------BEGIN CERTIFICATE-----",
                                      "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n" };
  guint8 hash[FR_CERTIFICATE_HASH_SIZE];
  g_autofree char *hex = NULL;
  GString *text = g_string_new (NULL);

  g_assert_false (fr_certificate_hash_pem (NULL, hash));
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (fr_certificate_hash_pem (none[i], hash));
  g_assert_true (fr_certificate_hash_pem ("-----BEGIN CERTIFICATE-----\nYW\nJj\n-----END CERTIFICATE-----\n", hash));
  for (gsize i = 0; i < sizeof hash; i++)
    g_string_append_printf (text, "%02x", hash[i]);
  hex = g_string_free (text, FALSE);
  g_assert_cmpstr (hex, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

void
test_session_hostile_add (void)
{
  g_test_add_func ("/webrtc/hostile/garbage-sdp", test_garbage_sdp);
  g_test_add_func ("/webrtc/hostile/description-twice", test_description_twice);
  g_test_add_func ("/webrtc/hostile/garbage-candidates", test_garbage_candidates);
  g_test_add_func ("/webrtc/hostile/mutated-offers", test_mutated_offers);
  g_test_add_func ("/webrtc/hostile/no-answer", test_no_answer);
  g_test_add_func ("/webrtc/hostile/answer-lost", test_answer_lost);
  g_test_add_func ("/webrtc/hostile/two-channels", test_two_channels);
  g_test_add_func ("/webrtc/hostile/three-channels", test_three_channels);
  g_test_add_func ("/webrtc/hostile/third-is-told", test_third_is_told);
  g_test_add_func ("/webrtc/hostile/flooder-is-told", test_flooder_is_told);
  g_test_add_func ("/webrtc/hostile/opened-while-closing", test_opened_while_closing);
  g_test_add_func ("/webrtc/hostile/many-channels", test_many_channels);
  g_test_add_func ("/webrtc/hostile/same-label", test_same_label);
  g_test_add_func ("/webrtc/hostile/odd-labels", test_odd_labels);
  g_test_add_func ("/webrtc/hostile/text-and-nothing", test_text_and_nothing);
  g_test_add_func ("/webrtc/certificate/pem", test_pem);
}
