/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "intercepted-peer.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fr-link.h"
#include "fr-test-support.h"

/* One end of a link, in a process and so with a certificate of its own. */
typedef struct
{
  FrIdentity *identity;
  Freshet__Role role;
  FrPeerKey other; /* the key that the dial was signed with */
  FrWebrtcSession *session;
  FrLink *link;
  GMainLoop *loop;
} Peer;

static void
say (const char *verb, const char *rest)
{
  printf ("%s %s\n", verb, rest);
  fflush (stdout);
}

static void
ready_cb (FrLink *link, gpointer data)
{
  say ("ready", fr_link_get_peer_name (link));
}

static void
closed_cb (FrLink *link, gpointer data)
{
  const GError *error = fr_link_get_error (link);
  g_autofree char *code = g_strdup_printf ("%d", error != NULL ? error->code : -1);

  say ("closed", code);
}

/* As FrDial does, but for the signatures over the descriptions: they would tell before anything was connected. */
static void
start_link (Peer *self)
{
  FrLinkOptions options = { .identity = self->identity, .name = "Somebody", .address = "other", .role = self->role,
                            .key = self->other };
  gboolean dialler = self->role == FRESHET__ROLE__ROLE_DIALLER;
  FrSessionFacts *facts = &options.facts;
  gboolean known = fr_webrtc_session_get_certificates (
      self->session, dialler ? facts->dialler_certificate : facts->answerer_certificate,
      dialler ? facts->answerer_certificate : facts->dialler_certificate);

  g_assert_true (known);
  facts->purpose = FRESHET__PURPOSE__PURPOSE_LINK;
  say ("agrees", fr_webrtc_session_fingerprint_agrees (self->session) ? "1" : "0");
  self->link = fr_link_new (self->session, fr_webrtc_session_get_channel (self->session, FR_WEBRTC_CONTROL), &options);
  g_signal_connect (self->link, "ready", G_CALLBACK (ready_cb), NULL);
  g_signal_connect (self->link, "closed", G_CALLBACK (closed_cb), NULL);
  fr_link_start (self->link);
}

static void
state_cb (FrWebrtcSession *session, GParamSpec *pspec, gpointer data)
{
  if (fr_webrtc_session_get_state (session) == FR_WEBRTC_STATE_OPEN)
    start_link (data);
}

static void
description_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  g_autofree char *line = g_uri_escape_string (sdp, NULL, TRUE);

  say ("sdp", line);
}

static void
candidate_cb (FrWebrtcSession *session, guint mline, const char *candidate, gpointer data)
{
  say ("candidate", candidate);
}

static void
start_session (Peer *self)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };

  self->session = fr_webrtc_session_new (&config, self->role == FRESHET__ROLE__ROLE_DIALLER
                                                      ? FR_WEBRTC_ROLE_DIALLER
                                                      : FR_WEBRTC_ROLE_ANSWERER);
  g_signal_connect (self->session, "notify::state", G_CALLBACK (state_cb), self);
  g_signal_connect (self->session, "local-description", G_CALLBACK (description_cb), NULL);
  g_signal_connect (self->session, "local-candidate", G_CALLBACK (candidate_cb), NULL);
  fr_webrtc_session_start (self->session);
}

static void
take_line (Peer *self, const char *line)
{
  if (g_str_has_prefix (line, "key "))
    {
      g_assert_true (fr_peer_key_parse (&self->other, line + strlen ("key ")));
      start_session (self);
    }
  else if (g_str_has_prefix (line, "sdp "))
    {
      g_autofree char *sdp = g_uri_unescape_string (line + strlen ("sdp "), NULL);

      g_assert_true (fr_webrtc_session_set_remote_description (self->session, sdp, NULL));
    }
  else if (g_str_has_prefix (line, "candidate "))
    fr_webrtc_session_add_remote_candidate (self->session, 0, line + strlen ("candidate "));
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Peer *self = data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  take_line (self, line);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, line_cb, self);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
peer_clear (Peer *self)
{
  FrWebrtcSession *session = self->session;

  g_clear_object (&self->link);
  if (session != NULL)
    {
      fr_webrtc_session_close (session);
      g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &self->session);
      g_object_unref (session);
      fr_test_wait_until (is_gone, &self->session, 5);
    }
  fr_identity_unref (self->identity);
  g_main_loop_unref (self->loop);
}

int
intercepted_peer_main (const char *role)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  Peer self = { .identity = fr_identity_new (), .loop = g_main_loop_new (NULL, FALSE) };
  g_autofree char *key = fr_peer_key_to_string (fr_identity_get_key (self.identity));

  self.role = g_str_equal (role, "dialler") ? FRESHET__ROLE__ROLE_DIALLER : FRESHET__ROLE__ROLE_ANSWERER;
  say ("key", key);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, &self);
  g_main_loop_run (self.loop);
  peer_clear (&self);
  return EXIT_SUCCESS;
}
