/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-doctor-private.h"

#include "fr-ice-probe.h"
#include "fr-rendezvous-error.h"
#include "fr-server-address.h"
#include "fr-server-problem.h"

/* A doctor looks at servers: the meeting point, where the node itself goes and nobody else in our name; and those that
 * help through firewalls. */

/* --- Meeting point ----------------------------------------------------------------------------------------------- */

static void
found_problem (FrDoctor *self, const GError *error)
{
  FrDoctorResult result = { .state = FR_DOCTOR_BAD, .finding = FR_DOCTOR_FOUND_PROBLEM,
                            .remedy = FR_DOCTOR_REMEDY_CHANGE_SERVER, .error = error };

  fr_doctor_found (self, &result);
}

static void
found_unreachable (FrDoctor *self)
{
  g_autoptr (GError) silent = g_error_new_literal (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_UNREACHABLE, "");
  g_autoptr (GError) problem = fr_server_problem_new (silent, fr_node_get_server (self->node));
  const GError *error = fr_node_get_error (self->node);

  found_problem (self, error != NULL ? error : problem);
}

static void
reached_cb (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrDoctor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (client), result, &error);
  FrDoctorResult found = { .state = FR_DOCTOR_GOOD };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL)
    {
      found_unreachable (self);
      return;
    }
  found.ms = MAX ((g_get_monotonic_time () - self->asked_us) / 1000, 1);
  fr_doctor_found (self, &found);
}

static gboolean
silent_cb (gpointer data)
{
  g_autoptr (FrDoctor) self = g_object_ref (data);

  /* what still goes on is nothing to wait for any more */
  g_cancellable_cancel (self->stop);
  g_clear_object (&self->stop);
  self->stop = g_cancellable_new ();
  found_unreachable (self);
  return G_SOURCE_REMOVE;
}

/* Our place there is ours already: how far away it is, is measured beside that. */
static void
measure (FrDoctor *self)
{
  g_autoptr (FrServerAddress) address = fr_server_address_parse (fr_node_get_server (self->node), NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  if (address == NULL)
    {
      found_unreachable (self);
      return;
    }
  self->asked_us = g_get_monotonic_time ();
  g_socket_client_connect_to_host_async (client, fr_server_address_get_host (address),
                                         fr_server_address_get_port (address), self->stop, reached_cb,
                                         g_object_ref (self));
}

static void
leave_watch (FrDoctor *self)
{
  if (self->watched != NULL)
    g_clear_signal_handler (&self->watch, self->watched);
  g_clear_object (&self->watched);
}

/* Whether there is nothing more to be waited for. */
static gboolean
judge (FrDoctor *self)
{
  const GError *error = fr_node_get_error (self->node);

  switch (fr_node_get_state (self->node))
    {
    case FR_NODE_ONLINE:
      leave_watch (self);
      measure (self);
      return TRUE;
    case FR_NODE_CONNECTING:
      self->tried_again = TRUE;
      return FALSE;
    case FR_NODE_FAILED:
    case FR_NODE_WAITING:
      if (!self->tried_again)
        return FALSE;
      /* it is there, and has let us in before it came to the name: see the next step */
      if (g_error_matches (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_ID_TAKEN))
        {
          leave_watch (self);
          measure (self);
        }
      else
        found_unreachable (self);
      return TRUE;
    case FR_NODE_OFFLINE:
    default:
      return FALSE;
    }
}

static void
node_changed_cb (FrDoctor *self)
{
  g_autoptr (FrDoctor) alive = g_object_ref (self);

  judge (self);
}

/* For FrDoctor. */
void
fr_doctor_look_at_meeting_point (FrDoctor *self)
{
  if (fr_node_get_server (self->node) == NULL || fr_node_get_name (self->node) == NULL)
    {
      FrDoctorResult none = { .state = FR_DOCTOR_BAD, .finding = FR_DOCTOR_FOUND_NO_SERVER,
                              .remedy = FR_DOCTOR_REMEDY_SET_UP_SERVER };

      fr_doctor_found (self, &none);
      return;
    }
  fr_doctor_set_timeout (self, FR_DOCTOR_SERVER_TIMEOUT_MS, silent_cb);
  if (judge (self))
    return;
  fr_doctor_watch (self, self->node, "notify::state", G_CALLBACK (node_changed_cb));
  if (!self->tried_again)
    fr_node_retry_server (self->node);
}

/* --- Name -------------------------------------------------------------------------------------------------------- */

/* For FrDoctor. */
void
fr_doctor_look_at_name (FrDoctor *self)
{
  FrDoctorStepState there = fr_doctor_step_get_state (fr_doctor_get_step (self, FR_DOCTOR_MEETING_POINT));
  FrDoctorResult result = { .state = FR_DOCTOR_NOT_LOOKED_AT };
  const GError *error = fr_node_get_error (self->node);

  if (there == FR_DOCTOR_GOOD && fr_node_get_state (self->node) == FR_NODE_ONLINE)
    {
      gboolean is_taken = fr_node_get_taken_address (self->node) != NULL;

      result.state = is_taken ? FR_DOCTOR_BAD : FR_DOCTOR_GOOD;
      result.finding = is_taken ? FR_DOCTOR_FOUND_TAKEN : FR_DOCTOR_FOUND_NOTHING;
      result.remedy = is_taken ? FR_DOCTOR_REMEDY_CHOOSE_NAME : FR_DOCTOR_REMEDY_NONE;
      result.subject = fr_node_get_address (self->node);
    }
  else if (there == FR_DOCTOR_GOOD && error != NULL)
    {
      result.state = FR_DOCTOR_BAD;
      result.finding = FR_DOCTOR_FOUND_PROBLEM;
      result.remedy = FR_DOCTOR_REMEDY_CHOOSE_NAME;
      result.error = error;
    }
  fr_doctor_found (self, &result);
}

/* --- STUN and TURN ----------------------------------------------------------------------------------------------- */

static FrDoctorFinding
find (const GError *error)
{
  if (error->domain != FR_ICE_PROBE_ERROR)
    return FR_DOCTOR_FOUND_NO_ANSWER;
  switch ((FrIceProbeError) error->code)
    {
    case FR_ICE_PROBE_ERROR_UNKNOWN_NAME:
    case FR_ICE_PROBE_ERROR_BAD_ADDRESS:
      return FR_DOCTOR_FOUND_UNKNOWN_NAME;
    case FR_ICE_PROBE_ERROR_NOT_A_SERVER:
      return FR_DOCTOR_FOUND_NOT_A_SERVER;
    case FR_ICE_PROBE_ERROR_REFUSED:
      return FR_DOCTOR_FOUND_REFUSED;
    case FR_ICE_PROBE_ERROR_FULL:
      return FR_DOCTOR_FOUND_FULL;
    case FR_ICE_PROBE_ERROR_NO_ANSWER:
    default:
      return FR_DOCTOR_FOUND_NO_ANSWER;
    }
}

/* Without name and password. */
static char *
get_host (const char *uri)
{
  g_autoptr (GUri) parsed
      = uri != NULL ? g_uri_parse (uri, G_URI_FLAGS_NON_DNS | G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;

  return parsed != NULL ? g_strdup (g_uri_get_host (parsed)) : NULL;
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrDoctor) self = data;
  g_autoptr (GError) error = NULL;
  FrIceProbeResult answer = { 0 };
  gboolean good = fr_ice_probe_finish (result, &answer, &error);
  gboolean is_turn;
  g_autofree char *host = NULL;
  FrDoctorResult found = { .state = FR_DOCTOR_GOOD, .ms = answer.took_ms };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  is_turn = fr_doctor_step_get_kind (g_ptr_array_index (self->steps, self->at)) == FR_DOCTOR_TURN;
  host = get_host (is_turn ? fr_node_get_turn (self->node) : fr_node_get_stun (self->node));
  found.subject = host;
  found.candidate = !good ? NULL : is_turn ? "relay" : answer.translated ? "srflx" : "host";
  if (!good)
    {
      found.state = FR_DOCTOR_BAD;
      found.finding = find (error);
      found.remedy = FR_DOCTOR_REMEDY_CHANGE_RELAYS;
    }
  fr_doctor_found (self, &found);
}

/* For FrDoctor. @uri: (nullable): of the server. */
void
fr_doctor_look_at_relay (FrDoctor *self, const char *uri)
{
  FrDoctorResult not_set_up = { .state = FR_DOCTOR_NOT_NEEDED };

  if (uri == NULL)
    fr_doctor_found (self, &not_set_up);
  else
    fr_ice_probe_async (uri, 0, self->stop, probed_cb, g_object_ref (self));
}
