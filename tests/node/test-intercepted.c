/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fr-node-error.h"
#include "fr-test-support.h"
#include "fr-webrtc-session.h"

#include "intercepted-peer.h"
#include "tests.h"

/* Alice and Bob, each in a process and so with a certificate of their own, and this process between them: an honest
 * rendezvous, or Mallory, who ends DTLS on both sides and passes on whatever is said inside. */

#define FINGERPRINT "a=fingerprint:sha-256 "

typedef enum
{
  HONEST,
  OWN_FINGERPRINT,  /* Mallory's descriptions name her certificate, as a server that rewrites them can have it */
  KEPT_FINGERPRINT, /* they name the certificate of the peer that she pretends to be */
} Middle;

typedef struct _Side Side;

struct _Side
{
  Side *other;
  Middle middle;
  GSubprocess *process;
  GDataInputStream *lines;
  FrWebrtcSession *session; /* Mallory's, with the peer on this side */
  GQueue held;              /* of GBytes: for this side, before its channel was open */
  char *sdp;                /* as the peer of this side gave it */
  guint n_relayed;          /* messages from here */
  int agrees;
  int code;
  gboolean ready, closed, ended;
};

static void
say (Side *side, const char *verb, const char *rest)
{
  g_autofree char *line = g_strdup_printf ("%s %s\n", verb, rest);

  /* the peer may have ended */
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (side->process), line, strlen (line), NULL, NULL, NULL);
}

/* Mallory */

static void
send_held (Side *side)
{
  while (fr_webrtc_session_get_state (side->session) == FR_WEBRTC_STATE_OPEN && !g_queue_is_empty (&side->held))
    {
      g_autoptr (GBytes) message = g_queue_pop_head (&side->held);

      fr_channel_send (fr_webrtc_session_get_channel (side->session, FR_WEBRTC_CONTROL), message, NULL);
    }
}

static void
message_cb (FrChannel *channel, GBytes *message, gpointer data)
{
  Side *side = data;

  side->n_relayed++;
  g_queue_push_tail (&side->other->held, g_bytes_ref (message));
  send_held (side->other);
}

static void
state_cb (FrWebrtcSession *session, GParamSpec *pspec, gpointer data)
{
  Side *side = data;

  if (fr_webrtc_session_get_state (session) != FR_WEBRTC_STATE_OPEN)
    return;
  g_signal_connect (fr_webrtc_session_get_channel (session, FR_WEBRTC_CONTROL), "message", G_CALLBACK (message_cb),
                    side);
  send_held (side);
}

static char *
find_fingerprint (const char *sdp)
{
  const char *start = strstr (sdp, FINGERPRINT);

  g_assert_nonnull (start);
  return g_strndup (start, strcspn (start, "\r\n"));
}

static void
description_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  Side *side = data;
  g_autoptr (GString) rewritten = g_string_new (sdp);
  g_autofree char *own = find_fingerprint (sdp);
  g_autofree char *theirs = find_fingerprint (side->other->sdp);
  g_autofree char *escaped = NULL;

  if (side->middle == KEPT_FINGERPRINT)
    g_assert_cmpuint (g_string_replace (rewritten, own, theirs, 0), >, 0);
  escaped = g_uri_escape_string (rewritten->str, NULL, TRUE);
  say (side, "sdp", escaped);
}

static void
candidate_cb (FrWebrtcSession *session, guint mline, const char *candidate, gpointer data)
{
  say (data, "candidate", candidate);
}

static void
make_session (Side *side, FrWebrtcRole role)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };

  side->session = fr_webrtc_session_new (&config, role);
  g_signal_connect (side->session, "notify::state", G_CALLBACK (state_cb), side);
  g_signal_connect (side->session, "local-description", G_CALLBACK (description_cb), side);
  g_signal_connect (side->session, "local-candidate", G_CALLBACK (candidate_cb), side);
}

/* Alice dials. Her offer makes Mallory dial Bob, and she gets her answer once Bob's fingerprint is known. */
static void
intercept_description (Side *side, const char *escaped)
{
  side->sdp = g_uri_unescape_string (escaped, NULL);
  if (fr_webrtc_session_get_role (side->session) == FR_WEBRTC_ROLE_DIALLER)
    {
      fr_webrtc_session_set_remote_description (side->session, side->sdp, NULL);
      fr_webrtc_session_start (side->other->session);
      fr_webrtc_session_set_remote_description (side->other->session, side->other->sdp, NULL);
    }
  else
    fr_webrtc_session_start (side->other->session);
}

/* The processes */

/* What a peer wants passed on: verbatim by the honest; the key by Mallory too, since it signs what she cannot sign. */
static void
pass_on (Side *side, const char *verb, const char *rest)
{
  if (g_str_equal (verb, "key") || side->middle == HONEST)
    say (side->other, verb, rest);
  else if (g_str_equal (verb, "sdp"))
    intercept_description (side, rest);
  else if (g_str_equal (verb, "candidate"))
    fr_webrtc_session_add_remote_candidate (side->session, 0, rest);
}

static void
take_line (Side *side, const char *verb, const char *rest)
{
  if (g_str_equal (verb, "agrees"))
    side->agrees = atoi (rest);
  else if (g_str_equal (verb, "ready"))
    side->ready = TRUE;
  else if (g_str_equal (verb, "closed"))
    {
      side->code = atoi (rest);
      side->closed = TRUE;
    }
  else
    pass_on (side, verb, rest);
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Side *side = data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  char *space = line != NULL ? strchr (line, ' ') : NULL;

  if (space == NULL)
    {
      side->ended = TRUE;
      return;
    }
  *space = '\0';
  take_line (side, line, space + 1);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, line_cb, side);
}

static void
side_init (Side *side, Side *other, Middle middle, const char *role)
{
  g_autoptr (GError) error = NULL;

  *side = (Side) { .other = other, .middle = middle, .agrees = -1 };
  g_queue_init (&side->held);
  if (middle != HONEST)
    make_session (side, g_str_equal (role, "dialler") ? FR_WEBRTC_ROLE_ANSWERER : FR_WEBRTC_ROLE_DIALLER);
  side->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    "/proc/self/exe", INTERCEPTED_PEER_OPTION, role, NULL);
  g_assert_no_error (error);
  side->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (side->process));
}

static void
side_listen (Side *side)
{
  g_data_input_stream_read_line_async (side->lines, G_PRIORITY_DEFAULT, NULL, line_cb, side);
}

static gboolean
has_ended (gpointer data)
{
  return ((Side *) data)->ended;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
side_clear (Side *side)
{
  g_autoptr (GError) error = NULL;

  if (side->session != NULL)
    {
      FrWebrtcSession *session = side->session;

      g_signal_handlers_disconnect_by_data (session, side);
      fr_webrtc_session_close (session);
      g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &side->session);
      g_object_unref (session);
      fr_test_wait_until (is_gone, &side->session, 5);
    }
  g_output_stream_close (g_subprocess_get_stdin_pipe (side->process), NULL, NULL);
  fr_test_wait_until (has_ended, side, 10);
  g_assert_true (g_subprocess_wait_check (side->process, NULL, &error));
  g_assert_no_error (error);
  g_clear_object (&side->lines);
  g_clear_object (&side->process);
  g_queue_clear_full (&side->held, (GDestroyNotify) g_bytes_unref);
  g_free (side->sdp);
}

static gboolean
both_decided (gpointer data)
{
  Side *alice = data;

  return (alice->ready || alice->closed) && (alice->other->ready || alice->other->closed);
}

static void
test_middle (gconstpointer data)
{
  Middle middle = GPOINTER_TO_INT (data);
  Side alice, bob;
  Side *const sides[] = { &alice, &bob };

  side_init (&alice, &bob, middle, "dialler");
  side_init (&bob, &alice, middle, "answerer");
  side_listen (&alice);
  side_listen (&bob);
  fr_test_wait_until (both_decided, &alice, 30);
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_assert_cmpint (sides[i]->ready, ==, middle == HONEST);
      g_assert_cmpint (sides[i]->agrees, ==, middle != KEPT_FINGERPRINT);
      if (middle == HONEST)
        continue;
      g_assert_cmpint (sides[i]->code, ==, FR_NODE_ERROR_INTERCEPTED);
      g_assert_cmpuint (sides[i]->n_relayed, >, 0); /* it was Hello that told, and no failure on the way */
    }
  side_clear (&alice);
  side_clear (&bob);
}

void
test_intercepted_add (void)
{
  g_test_add_data_func ("/node/intercepted/honest", GINT_TO_POINTER (HONEST), test_middle);
  g_test_add_data_func ("/node/intercepted/own-fingerprint", GINT_TO_POINTER (OWN_FINGERPRINT), test_middle);
  g_test_add_data_func ("/node/intercepted/kept-fingerprint", GINT_TO_POINTER (KEPT_FINGERPRINT), test_middle);
}
