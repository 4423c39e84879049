/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "switchboard-desk.h"

#include "fr-test-support.h"

static void
other_program_cb (FrSwitchboard *board, const char *address, gpointer data)
{
  Desk *desk = data;

  g_assert_cmpstr (address, ==, RUDE);
  desk->n_other_program++;
}

static void
dial_failed_cb (FrSwitchboard *board, const FrDialTarget *target, guint purpose, const GError *error, gpointer data)
{
  Desk *desk = data;

  g_clear_error (&desk->error);
  desk->error = g_error_copy (error);
  desk->n_failed++;
}

static gboolean
session_closed_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  ((Desk *) data)->n_closed++;
  return TRUE;
}

gboolean
desk_is_online (gpointer data)
{
  return fr_registration_is_online (data);
}

static gboolean
has_sdp (gpointer data)
{
  return ((Desk *) data)->sdp != NULL;
}

static gboolean
all_closed (gpointer data)
{
  return ((Desk *) data)->n_closed == ((Desk *) data)->n_sessions;
}

static void
description_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  ((Desk *) data)->sdp = g_strdup (sdp);
}

/* The first session of a program loads all of GStreamer, which takes long on a busy computer. */
static void
make_sdp (Desk *desk)
{
  FrWebrtcConfig config = { .loopback_only = TRUE, .timeout_ms = 60000 };
  g_autoptr (FrWebrtcSession) session = fr_webrtc_session_new (&config, FR_WEBRTC_ROLE_DIALLER);

  desk->n_sessions++;
  g_signal_connect (session, "local-description", G_CALLBACK (description_cb), desk);
  fr_webrtc_session_start (session);
  fr_test_wait_until (has_sdp, desk, 15);
  fr_webrtc_session_close (session);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };
  g_autoptr (GTypeClass) session_class = g_type_class_ref (FR_TYPE_WEBRTC_SESSION);
  guint closed = g_signal_lookup ("closed", FR_TYPE_WEBRTC_SESSION);

  desk->hook = g_signal_add_emission_hook (closed, 0, session_closed_cb, desk, NULL);
  desk->server = rude_server_new (0, &desk->server_address);
  desk->identity = fr_identity_new ();
  desk->registration = fr_registration_new (desk->identity);
  desk->introductions = fr_introductions_new (desk->identity, desk->registration);
  desk->board = fr_switchboard_new (desk->identity, desk->introductions, &config);
  fr_switchboard_set_name (desk->board, "Us");
  g_signal_connect (desk->board, "other-program", G_CALLBACK (other_program_cb), desk);
  g_signal_connect (desk->board, "dial-failed", G_CALLBACK (dial_failed_cb), desk);
  g_assert_true (fr_registration_connect (desk->registration, desk->server_address, US, NULL));
  fr_test_wait_until (desk_is_online, desk->registration, 5);
  desk->rude = rude_peer_new (desk->server_address, RUDE);
  make_sdp (desk);
}

/* Every session that was made, and none that should not have been, ends with the switchboard. */
static void
tear_down (Desk *desk, gconstpointer data)
{
  g_object_run_dispose (G_OBJECT (desk->board));
  fr_test_assert_finalizes (desk->board);
  fr_test_assert_finalizes (desk->introductions);
  fr_test_assert_finalizes (desk->registration);
  fr_test_wait_until (all_closed, desk, 20);
  g_signal_remove_emission_hook (g_signal_lookup ("closed", FR_TYPE_WEBRTC_SESSION), desk->hook);
  rude_peer_free (desk->rude);
  fr_peer_server_stop (desk->server);
  g_object_unref (desk->server);
  fr_identity_unref (desk->identity);
  g_clear_error (&desk->error);
  g_free (desk->server_address);
  g_free (desk->sdp);
}

void
desk_add_test (const char *path, void (*test) (Desk *, gconstpointer), gconstpointer data)
{
  g_test_add (path, Desk, data, set_up, test, tear_down);
}

FrSignal *
desk_make_offer (Desk *desk, RudePeer *from)
{
  return rude_peer_make_offer (from, from->identity, US, desk->sdp);
}

void
desk_send_offer (Desk *desk, RudePeer *from)
{
  g_autoptr (FrSignal) offer = desk_make_offer (desk, from);

  rude_peer_send (from, offer, US);
}

void
desk_settle (Desk *desk, guint n_leaves_before)
{
  g_autoptr (FrSignal) offer = desk_make_offer (desk, desk->rude);
  FrSignal *leave;

  offer->has_note = FALSE;
  rude_peer_send (desk->rude, offer, US);
  leave = rude_peer_await (desk->rude, FR_SIGNAL_LEAVE, n_leaves_before);
  g_assert_cmpstr (leave->connection_id, ==, offer->connection_id);
  g_assert_cmpstr (leave->reason, ==, FR_LEAVE_OTHER_PROGRAM);
}
