/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-pair.h"

#include "fr-test-support.h"

static SessionEnd *
end_of (SessionPair *pair, FrWebrtcSession *session)
{
  return session == pair->dialler.session ? &pair->dialler : &pair->answerer;
}

static SessionEnd *
other_end (SessionPair *pair, FrWebrtcSession *session)
{
  return session == pair->dialler.session ? &pair->answerer : &pair->dialler;
}

static void
pass_description (FrWebrtcSession *to, const char *sdp)
{
  g_autoptr (GError) error = NULL;

  fr_webrtc_session_set_remote_description (to, sdp, &error);
  g_assert_no_error (error);
}

static void
description_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  SessionPair *pair = data;
  g_autofree char *forged = pair->forge != NULL ? pair->forge (sdp) : g_strdup (sdp);

  g_assert_true (g_thread_self () == pair->thread);
  if (end_of (pair, session)->muted)
    return;
  if (pair->candidates_first && session == pair->dialler.session)
    pair->held_offer = g_steal_pointer (&forged);
  else
    pass_description (other_end (pair, session)->session, forged);
}

static void
candidate_cb (FrWebrtcSession *session, guint mline, const char *candidate, gpointer data)
{
  SessionPair *pair = data;
  FrWebrtcSession *other = other_end (pair, session)->session;

  g_assert_true (g_thread_self () == pair->thread);
  if (end_of (pair, session)->muted)
    return;
  g_assert_true (fr_webrtc_session_add_remote_candidate (other, mline, candidate));
  if (pair->held_offer != NULL)
    {
      g_autofree char *offer = g_steal_pointer (&pair->held_offer);

      pass_description (other, offer);
    }
}

static void
channel_cb (FrWebrtcSession *session, FrChannel *channel, gpointer data)
{
  SessionPair *pair = data;

  g_assert_true (g_thread_self () == pair->thread);
  g_assert_true (fr_channel_is_open (channel));
  g_ptr_array_add (end_of (pair, session)->channels, g_object_ref (channel));
}

static void
closed_cb (FrWebrtcSession *session, gpointer data)
{
  SessionPair *pair = data;

  g_assert_true (g_thread_self () == pair->thread);
  end_of (pair, session)->n_closed++;
}

static void
end_init (SessionPair *pair, SessionEnd *end, FrWebrtcRole role, guint timeout_ms)
{
  FrWebrtcConfig config = { .loopback_only = TRUE, .timeout_ms = timeout_ms };

  end->session = fr_webrtc_session_new (&config, role);
  end->channels = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (end->session, "local-description", G_CALLBACK (description_cb), pair);
  g_signal_connect (end->session, "local-candidate", G_CALLBACK (candidate_cb), pair);
  g_signal_connect (end->session, "channel", G_CALLBACK (channel_cb), pair);
  g_signal_connect (end->session, "closed", G_CALLBACK (closed_cb), pair);
}

SessionPair *
session_pair_new (guint timeout_ms)
{
  SessionPair *pair = g_new0 (SessionPair, 1);

  pair->thread = g_thread_self ();
  end_init (pair, &pair->dialler, FR_WEBRTC_ROLE_DIALLER, timeout_ms);
  end_init (pair, &pair->answerer, FR_WEBRTC_ROLE_ANSWERER, timeout_ms);
  return pair;
}

gboolean
session_pair_is_open (gpointer data)
{
  SessionPair *pair = data;

  return fr_webrtc_session_get_state (pair->dialler.session) == FR_WEBRTC_STATE_OPEN
         && fr_webrtc_session_get_state (pair->answerer.session) == FR_WEBRTC_STATE_OPEN;
}

gboolean
session_end_is_closed (gpointer data)
{
  SessionEnd *end = data;

  return end->n_closed > 0;
}

gboolean
session_pair_is_closed (gpointer data)
{
  SessionPair *pair = data;

  return session_end_is_closed (&pair->dialler) && session_end_is_closed (&pair->answerer);
}

void
session_pair_open (SessionPair *pair)
{
  fr_webrtc_session_start (pair->dialler.session);
  fr_test_wait_until (session_pair_is_open, pair, 10);
}

static void
end_clear (SessionPair *pair, SessionEnd *end)
{
  g_assert_cmpuint (end->n_closed, ==, 1);
  g_signal_handlers_disconnect_by_data (end->session, pair);
  g_assert_finalize_object (end->session);
  g_ptr_array_unref (end->channels);
}

void
session_pair_free (SessionPair *pair)
{
  fr_webrtc_session_close (pair->dialler.session);
  fr_webrtc_session_close (pair->answerer.session);
  fr_test_wait_until (session_pair_is_closed, pair, 10);
  end_clear (pair, &pair->dialler);
  end_clear (pair, &pair->answerer);
  g_free (pair->held_offer);
  g_free (pair);
}
