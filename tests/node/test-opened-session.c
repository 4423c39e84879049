/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-dial-proof.h"
#include "fr-node-error.h"
#include "fr-test-support.h"
#include "fr-webrtc-session.h"

#include "switchboard-desk.h"
#include "tests.h"

/* Somebody who answers as one should, and says goodbye instead of greeting once the connection is open. */
typedef struct
{
  Desk *desk;
  FrSignal *offer;
  FrWebrtcSession *session;
  Freshet__Bye__Reason reason;
  guint n_fed; /* of the signals that came, to the session */
} Leaver;

static void
state_cb (FrWebrtcSession *session, GParamSpec *pspec, gpointer data)
{
  Leaver *leaver = data;
  Freshet__Bye bye = FRESHET__BYE__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  g_autoptr (GBytes) bytes = NULL;

  if (fr_webrtc_session_get_state (session) != FR_WEBRTC_STATE_OPEN)
    return;
  bye.reason = leaver->reason;
  frame.body_case = FRESHET__FRAME__BODY_BYE;
  frame.bye = &bye;
  bytes = fr_frame_pack (&frame);
  g_assert_true (fr_channel_send (fr_webrtc_session_get_channel (session, FR_WEBRTC_CONTROL), bytes, NULL));
}

static void
description_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  Leaver *leaver = data;
  g_autoptr (FrSignal) answer = fr_signal_copy (leaver->offer);

  answer->type = FR_SIGNAL_ANSWER;
  g_free (answer->src);
  answer->src = g_strdup (RUDE);
  g_free (answer->dst);
  answer->dst = g_strdup (US);
  g_free (answer->sdp);
  answer->sdp = g_strdup (sdp);
  fr_dial_proof_sign (answer, leaver->desk->rude->identity);
  rude_peer_send (leaver->desk->rude, answer, US);
}

static void
candidate_cb (FrWebrtcSession *session, guint mline, const char *candidate, gpointer data)
{
  Leaver *leaver = data;
  g_autoptr (FrSignal) signal = fr_signal_new (FR_SIGNAL_CANDIDATE);

  signal->connection_id = g_strdup (leaver->offer->connection_id);
  signal->mline = mline;
  signal->candidate = g_strdup (candidate);
  rude_peer_send (leaver->desk->rude, signal, US);
}

static gboolean
has_failed (gpointer data)
{
  Leaver *leaver = data;
  GPtrArray *signals = leaver->desk->rude->signals;

  for (; leaver->n_fed < signals->len; leaver->n_fed++)
    {
      const FrSignal *signal = g_ptr_array_index (signals, leaver->n_fed);

      if (signal->type == FR_SIGNAL_CANDIDATE)
        fr_webrtc_session_add_remote_candidate (leaver->session, signal->mline, signal->candidate);
    }
  return leaver->desk->n_failed > 0;
}

/* What is said on the open connection is what the person is told; not that there was no way. */
static void
test_goodbye (Desk *desk, gconstpointer data)
{
  static const struct
  {
    Freshet__Bye__Reason reason;
    FrNodeError code;
  } rows[] = { { FRESHET__BYE__REASON__REASON_VERSION, FR_NODE_ERROR_OTHER_VERSION },
               { FRESHET__BYE__REASON__REASON_REFUSED, FR_NODE_ERROR_REFUSED },
               { FRESHET__BYE__REASON__REASON_NOT_YOU, FR_NODE_ERROR_INTERCEPTED },
               { FRESHET__BYE__REASON__REASON_FULL, FR_NODE_ERROR_BUSY },
               { FRESHET__BYE__REASON__REASON_FAULT, FR_NODE_ERROR_ACCUSED } };
  const guint row = GPOINTER_TO_UINT (data);
  FrWebrtcConfig config = { .loopback_only = TRUE };
  Leaver leaver = { .desk = desk, .reason = rows[row].reason };

  desk->n_sessions += 2;
  fr_switchboard_dial (desk->board, RUDE, fr_identity_get_key (desk->rude->identity), FR_DIAL_PURPOSE_LINK);
  leaver.offer = rude_peer_await (desk->rude, FR_SIGNAL_OFFER, 0);
  leaver.session = fr_webrtc_session_new (&config, FR_WEBRTC_ROLE_ANSWERER);
  g_signal_connect (leaver.session, "notify::state", G_CALLBACK (state_cb), &leaver);
  g_signal_connect (leaver.session, "local-description", G_CALLBACK (description_cb), &leaver);
  g_signal_connect (leaver.session, "local-candidate", G_CALLBACK (candidate_cb), &leaver);
  g_assert_true (fr_webrtc_session_set_remote_description (leaver.session, leaver.offer->sdp, NULL));
  fr_test_wait_until (has_failed, &leaver, 20);
  g_assert_error (desk->error, FR_NODE_ERROR, (int) rows[row].code);
  g_signal_handlers_disconnect_by_data (leaver.session, &leaver);
  fr_webrtc_session_close (leaver.session);
  g_object_unref (leaver.session);
}

static gboolean
is_dialling (Desk *desk, const FrPeerKey *key)
{
  FrDialTarget target = { .address = (char *) RUDE, .key_expected = TRUE, .key = *key };

  return fr_switchboard_is_dialling (desk->board, &target, FR_DIAL_PURPOSE_TRANSFER);
}

/* For a picture only one key will do, so somebody else's dial to the same address answers for nothing. */
static void
test_two_keys (Desk *desk, gconstpointer data)
{
  g_autoptr (FrIdentity) other = fr_identity_new ();
  const FrPeerKey *key = fr_identity_get_key (desk->rude->identity);

  desk->n_sessions += 2;
  fr_switchboard_dial (desk->board, RUDE, key, FR_DIAL_PURPOSE_TRANSFER);
  fr_switchboard_dial (desk->board, RUDE, key, FR_DIAL_PURPOSE_TRANSFER);
  g_assert_false (is_dialling (desk, fr_identity_get_key (other)));
  fr_switchboard_dial (desk->board, RUDE, fr_identity_get_key (other), FR_DIAL_PURPOSE_TRANSFER);
  g_assert_true (is_dialling (desk, key));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FrSignal) leave = fr_signal_new (FR_SIGNAL_LEAVE);

      leave->connection_id = g_strdup (rude_peer_await (desk->rude, FR_SIGNAL_OFFER, i)->connection_id);
      rude_peer_send (desk->rude, leave, US);
    }
  desk_settle (desk, 0);
  g_assert_cmpuint (desk->n_failed, ==, 2);
  g_assert_false (is_dialling (desk, key));
}

void
test_opened_session_add (void)
{
  desk_add_test ("/node/opened-session/goodbye/version", test_goodbye, GUINT_TO_POINTER (0));
  desk_add_test ("/node/opened-session/goodbye/refused", test_goodbye, GUINT_TO_POINTER (1));
  desk_add_test ("/node/opened-session/goodbye/not-you", test_goodbye, GUINT_TO_POINTER (2));
  desk_add_test ("/node/opened-session/goodbye/full", test_goodbye, GUINT_TO_POINTER (3));
  desk_add_test ("/node/opened-session/goodbye/fault", test_goodbye, GUINT_TO_POINTER (4));
  desk_add_test ("/node/opened-session/two-keys", test_two_keys, NULL);
}
