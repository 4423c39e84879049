/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-session.h"

#include "channel-cases.h"
#include "fr-test-support.h"
#include "session-pair.h"
#include "tests.h"

#include <dirent.h>

#define OPENING_US (30 * 1000) /* most pairs are open by then */
#define N_CLOSED 150

/* --- What holds for every channel, over WebRTC ------------------------------------------------------------------- */

static gpointer
open_control (FrChannel **out_a, FrChannel **out_b)
{
  SessionPair *pair = session_pair_new (0);

  session_pair_open (pair);
  *out_a = g_object_ref (fr_webrtc_session_get_channel (pair->dialler.session, FR_WEBRTC_CONTROL));
  *out_b = g_object_ref (fr_webrtc_session_get_channel (pair->answerer.session, FR_WEBRTC_CONTROL));
  g_object_set_data_full (G_OBJECT (pair->dialler.session), "test-channel", *out_a, g_object_unref);
  g_object_set_data_full (G_OBJECT (pair->answerer.session), "test-channel", *out_b, g_object_unref);
  return pair;
}

static void
close_pair (gpointer pair)
{
  session_pair_free (pair);
}

/* --- Opening ----------------------------------------------------------------------------------------------------- */

static void
test_open (void)
{
  SessionPair *pair = session_pair_new (0);
  g_autofree char *route = NULL;

  g_assert_cmpint (fr_webrtc_session_get_role (pair->dialler.session), ==, FR_WEBRTC_ROLE_DIALLER);
  g_assert_cmpint (fr_webrtc_session_get_state (pair->dialler.session), ==, FR_WEBRTC_STATE_NEW);
  g_assert_null (fr_webrtc_session_get_route (pair->dialler.session));
  session_pair_open (pair);
  g_assert_cmpuint (pair->dialler.channels->len, ==, 0);
  g_assert_cmpuint (pair->answerer.channels->len, ==, 1);
  g_assert_true (g_ptr_array_index (pair->answerer.channels, 0)
                 == fr_webrtc_session_get_channel (pair->answerer.session, FR_WEBRTC_CONTROL));
  g_assert_null (fr_webrtc_session_get_channel (pair->answerer.session, "bulk"));
  g_assert_no_error ((GError *) fr_webrtc_session_get_error (pair->dialler.session));
  g_assert_cmpuint (fr_webrtc_session_get_n_ignored_candidates (pair->answerer.session), ==, 0);
  route = fr_webrtc_session_get_route (pair->dialler.session);
  g_assert_cmpstr (route, ==, "host");
  session_pair_free (pair);
}

static void
test_candidates_first (void)
{
  SessionPair *pair = session_pair_new (0);

  pair->candidates_first = TRUE;
  session_pair_open (pair);
  session_pair_free (pair);
}

/* Away from the default context nothing of a session may run in the main thread, or in GStreamer's. */
static gpointer
other_thread (gpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  SessionPair *pair;

  g_main_context_push_thread_default (context);
  pair = session_pair_new (0);
  session_pair_open (pair);
  session_pair_free (pair);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_other_thread (void)
{
  g_thread_join (g_thread_new ("network", other_thread, NULL));
}

static void
test_certificates (void)
{
  SessionPair *pair = session_pair_new (0);
  guint8 dialler[2][FR_CERTIFICATE_HASH_SIZE], answerer[2][FR_CERTIFICATE_HASH_SIZE];

  g_assert_false (fr_webrtc_session_get_certificates (pair->dialler.session, dialler[0], dialler[1]));
  g_assert_false (fr_webrtc_session_fingerprint_agrees (pair->dialler.session));
  session_pair_open (pair);
  g_assert_true (fr_webrtc_session_get_certificates (pair->dialler.session, dialler[0], dialler[1]));
  g_assert_true (fr_webrtc_session_get_certificates (pair->answerer.session, answerer[0], answerer[1]));
  g_assert_cmpmem (dialler[0], sizeof dialler[0], answerer[1], sizeof answerer[1]);
  g_assert_cmpmem (dialler[1], sizeof dialler[1], answerer[0], sizeof answerer[0]);
  g_assert_true (fr_webrtc_session_fingerprint_agrees (pair->dialler.session));
  g_assert_true (fr_webrtc_session_fingerprint_agrees (pair->answerer.session));
  session_pair_free (pair);
}

/* A server that puts another fingerprint into what it passes on: webrtcbin does not mind, we tell. */
static char *
forge_fingerprint (const char *sdp)
{
  g_autoptr (GString) forged = g_string_new (sdp);
  char *hash = strstr (forged->str, "a=fingerprint:sha-256 ");

  g_assert_nonnull (hash);
  hash += strlen ("a=fingerprint:sha-256 ");
  hash[0] = hash[0] == '0' ? '1' : '0';
  return g_strdup (forged->str);
}

static void
test_fingerprint_disagrees (void)
{
  SessionPair *pair = session_pair_new (0);

  pair->forge = forge_fingerprint;
  session_pair_open (pair);
  g_assert_false (fr_webrtc_session_fingerprint_agrees (pair->dialler.session));
  g_assert_false (fr_webrtc_session_fingerprint_agrees (pair->answerer.session));
  session_pair_free (pair);
}

/* --- Channels ---------------------------------------------------------------------------------------------------- */

static gboolean
second_channel_arrived (gpointer data)
{
  return ((SessionPair *) data)->answerer.channels->len == 2;
}

static gboolean
channel_is_open (gpointer channel)
{
  return fr_channel_is_open (channel);
}

static void
message_cb (FrChannel *channel, GBytes *message, gpointer data)
{
  *(gsize *) data += g_bytes_get_size (message);
}

static gboolean
seven_bytes (gpointer data)
{
  return *(gsize *) data == 7;
}

static void
test_bulk (void)
{
  SessionPair *pair = session_pair_new (0);
  g_autoptr (FrChannel) bulk = NULL;
  g_autoptr (GBytes) message = g_bytes_new_static ("picture", 7);
  gsize n = 0;

  g_assert_null (fr_webrtc_session_open_channel (pair->dialler.session, "bulk"));
  session_pair_open (pair);
  bulk = fr_webrtc_session_open_channel (pair->dialler.session, "bulk");
  g_assert_nonnull (bulk);
  fr_test_wait_until (second_channel_arrived, pair, 10);
  fr_test_wait_until (channel_is_open, bulk, 10);
  g_assert_true (fr_webrtc_session_get_channel (pair->answerer.session, "bulk")
                 == g_ptr_array_index (pair->answerer.channels, 1));
  g_signal_connect (g_ptr_array_index (pair->answerer.channels, 1), "message", G_CALLBACK (message_cb), &n);
  g_assert_true (fr_channel_send (bulk, message, NULL));
  fr_test_wait_until (seven_bytes, &n, 10);

  /* Two are all. */
  g_assert_null (fr_webrtc_session_open_channel (pair->dialler.session, "third"));
  g_assert_true (session_pair_is_open (pair));
  session_pair_free (pair);
}

/* The end of a second channel is not that of the session. */
static gboolean
bulk_gone (gpointer data)
{
  SessionPair *pair = data;

  return fr_webrtc_session_get_channel (pair->dialler.session, "bulk") == NULL
         && fr_webrtc_session_get_channel (pair->answerer.session, "bulk") == NULL;
}

static void
test_bulk_closed (void)
{
  SessionPair *pair = session_pair_new (0);
  g_autoptr (FrChannel) bulk = NULL;

  session_pair_open (pair);
  bulk = fr_webrtc_session_open_channel (pair->dialler.session, "bulk");
  fr_test_wait_until (second_channel_arrived, pair, 10);
  fr_channel_close (bulk);
  fr_test_wait_until (bulk_gone, pair, 10);
  g_assert_true (session_pair_is_open (pair));
  session_pair_free (pair);
}

/* --- The end ----------------------------------------------------------------------------------------------------- */

static void
test_close_one_side (void)
{
  SessionPair *pair = session_pair_new (0);

  session_pair_open (pair);
  fr_webrtc_session_close (pair->answerer.session);
  g_assert_cmpint (fr_webrtc_session_get_state (pair->answerer.session), ==, FR_WEBRTC_STATE_CLOSED);
  g_assert_cmpuint (pair->answerer.n_closed, ==, 0);
  fr_test_wait_until (session_pair_is_closed, pair, 10);
  g_assert_cmpint (fr_webrtc_session_get_state (pair->dialler.session), ==, FR_WEBRTC_STATE_CLOSED);
  g_assert_null (fr_webrtc_session_get_error (pair->dialler.session));
  g_assert_null (fr_webrtc_session_get_channel (pair->dialler.session, FR_WEBRTC_CONTROL));
  g_assert_false (fr_channel_is_open (g_ptr_array_index (pair->answerer.channels, 0)));
  session_pair_free (pair);
}

/* What was sent just before the end arrives. */
static void
test_close_after_send (void)
{
  SessionPair *pair = session_pair_new (0);
  g_autoptr (GBytes) message = g_bytes_new_static ("goodbye", 7);
  FrChannel *control;
  gsize n = 0;

  session_pair_open (pair);
  g_signal_connect (g_ptr_array_index (pair->answerer.channels, 0), "message", G_CALLBACK (message_cb), &n);
  control = fr_webrtc_session_get_channel (pair->dialler.session, FR_WEBRTC_CONTROL);
  g_assert_true (fr_channel_send (control, message, NULL));
  fr_webrtc_session_close (pair->dialler.session);
  fr_test_wait_until (session_pair_is_closed, pair, 10);
  g_assert_cmpuint (n, ==, 7);
  session_pair_free (pair);
}

static void
test_close_new (void)
{
  SessionPair *pair = session_pair_new (0);

  fr_webrtc_session_close (pair->dialler.session);
  fr_webrtc_session_start (pair->dialler.session);
  g_assert_cmpint (fr_webrtc_session_get_state (pair->dialler.session), ==, FR_WEBRTC_STATE_CLOSED);
  session_pair_free (pair);
}

static void
test_close_connecting (void)
{
  SessionPair *pair = session_pair_new (0);

  fr_webrtc_session_start (pair->dialler.session);
  g_assert_cmpint (fr_webrtc_session_get_state (pair->dialler.session), ==, FR_WEBRTC_STATE_CONNECTING);
  fr_webrtc_session_close (pair->dialler.session);
  session_pair_free (pair);
}

static void
close_session_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  fr_webrtc_session_close (session);
}

static void
test_close_in_handler (void)
{
  SessionPair *pair = session_pair_new (0);

  pair->dialler.muted = TRUE;
  g_signal_connect (pair->dialler.session, "local-description", G_CALLBACK (close_session_cb), NULL);
  fr_webrtc_session_start (pair->dialler.session);
  fr_test_wait_until (session_end_is_closed, &pair->dialler, 10);
  session_pair_free (pair);
}

/* An owner who just lets go: the session ends, without a word to anyone who is gone. */
static void
set_gone (gpointer data, GObject *where_it_was)
{
  *(gboolean *) data = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_let_go (void)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };
  FrWebrtcSession *session = fr_webrtc_session_new (&config, FR_WEBRTC_ROLE_DIALLER);
  gboolean gone = FALSE;

  fr_webrtc_session_start (session);
  g_assert_finalize_object (session);

  session = fr_webrtc_session_new (&config, FR_WEBRTC_ROLE_DIALLER);
  g_object_weak_ref (G_OBJECT (session), set_gone, &gone);
  fr_webrtc_session_start (session);
  fr_webrtc_session_close (session);
  g_object_unref (session);
  fr_test_wait_until (is_set, &gone, 10);
}

static guint
count_entries (const char *folder)
{
  DIR *dir = opendir (folder);
  guint n = 0;

  g_assert_nonnull (dir);
  while (readdir (dir) != NULL)
    n++;
  closedir (dir);
  return n;
}

typedef struct
{
  guint threads;
  guint descriptors;
} Usage;

static gboolean
usage_is_back (gpointer data)
{
  Usage *usage = data;

  return count_entries ("/proc/self/task") <= usage->threads && count_entries ("/proc/self/fd") <= usage->descriptors;
}

static void
open_and_close (void)
{
  SessionPair *pair = session_pair_new (0);

  session_pair_open (pair);
  session_pair_free (pair);
}

/* A pair that is closed while webrtcbin's own thread is still putting its parts together, at a moment that chance
 * chooses. */
static void
close_at_any_moment (GRand *rand)
{
  SessionPair *pair = session_pair_new (0);
  gint64 until_us = g_get_monotonic_time () + g_rand_int_range (rand, 0, OPENING_US);

  fr_webrtc_session_start (pair->dialler.session);
  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  session_pair_free (pair);
}

static Usage
take_usage (void)
{
  open_and_close (); /* what the first one makes stays */
  return (Usage) { count_entries ("/proc/self/task"), count_entries ("/proc/self/fd") };
}

static void
test_leaves_nothing (void)
{
  Usage usage = take_usage ();

  for (int i = 0; i < 20; i++)
    open_and_close ();
  fr_test_wait_until (usage_is_back, &usage, 20);
}

static void
test_leaves_nothing_at_any_moment (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  Usage usage = take_usage ();

  for (int i = 0; i < N_CLOSED; i++)
    close_at_any_moment (rand);
  fr_test_wait_until (usage_is_back, &usage, 20);
}

void
test_session_add (void)
{
  static const ChannelKind webrtc = { "webrtc", open_control, close_pair };

  channel_cases_add (&webrtc);
  g_test_add_func ("/webrtc/session/open", test_open);
  g_test_add_func ("/webrtc/session/candidates-first", test_candidates_first);
  g_test_add_func ("/webrtc/session/other-thread", test_other_thread);
  g_test_add_func ("/webrtc/session/certificates", test_certificates);
  g_test_add_func ("/webrtc/session/fingerprint-disagrees", test_fingerprint_disagrees);
  g_test_add_func ("/webrtc/session/bulk", test_bulk);
  g_test_add_func ("/webrtc/session/bulk-closed", test_bulk_closed);
  g_test_add_func ("/webrtc/session/close-one-side", test_close_one_side);
  g_test_add_func ("/webrtc/session/close-after-send", test_close_after_send);
  g_test_add_func ("/webrtc/session/close-new", test_close_new);
  g_test_add_func ("/webrtc/session/close-connecting", test_close_connecting);
  g_test_add_func ("/webrtc/session/close-in-handler", test_close_in_handler);
  g_test_add_func ("/webrtc/session/let-go", test_let_go);
  g_test_add_func ("/webrtc/session/leaves-nothing", test_leaves_nothing);
  g_test_add_func ("/webrtc/session/leaves-nothing-at-any-moment", test_leaves_nothing_at_any_moment);
}
