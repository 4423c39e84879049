/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-doctor-private.h"

#include "fr-node-private.h"

/* A doctor looks at the path to a person: the link that there is, or a dial as the person here could ask for one. */

static void
found (FrDoctor *self, FrDoctorStepState state, FrDoctorFinding finding, FrDoctorRemedy remedy)
{
  guint us = fr_person_get_round_trip_us (self->person);
  FrDoctorResult result = { .state = state, .finding = finding, .remedy = remedy,
                            .subject = fr_person_get_name (self->person) };

  if (state == FR_DOCTOR_GOOD)
    {
      result.candidate = fr_person_get_route (self->person);
      result.ms = us > 0 ? MAX ((us + 500) / 1000, 1) : 0;
    }
  if (finding == FR_DOCTOR_FOUND_PROBLEM)
    result.error = fr_person_get_error (self->person);
  fr_doctor_found (self, &result);
}

static void
found_path (FrDoctor *self)
{
  gboolean is_relayed = g_strcmp0 (fr_person_get_route (self->person), "relay") == 0;

  found (self, FR_DOCTOR_GOOD, is_relayed ? FR_DOCTOR_FOUND_RELAYED : FR_DOCTOR_FOUND_DIRECTLY,
         FR_DOCTOR_REMEDY_NONE);
}

static void
found_none (FrDoctor *self)
{
  const GError *error = fr_person_get_error (self->person);

  if (g_error_matches (error, FR_NODE_ERROR, FR_NODE_ERROR_NO_ROUTE))
    found (self, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_NO_WAY, FR_DOCTOR_REMEDY_SET_UP_RELAY);
  else if (error == NULL || g_error_matches (error, FR_NODE_ERROR, FR_NODE_ERROR_NOT_THERE)
           || g_error_matches (error, FR_NODE_ERROR, FR_NODE_ERROR_LEFT))
    found (self, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_AWAY, FR_DOCTOR_REMEDY_NONE);
  else
    found (self, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_PROBLEM, FR_DOCTOR_REMEDY_NONE);
}

static gboolean
no_delay_cb (gpointer data)
{
  g_autoptr (FrDoctor) self = g_object_ref (data);

  found_path (self);
  return G_SOURCE_REMOVE;
}

static gboolean
no_answer_cb (gpointer data)
{
  g_autoptr (FrDoctor) self = g_object_ref (data);

  found_none (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_connected (FrPerson *person)
{
  FrPersonState state = fr_person_get_state (person);

  return state == FR_PERSON_HERE || state == FR_PERSON_WAITS || state == FR_PERSON_ASKS;
}

static gboolean
is_dialled (FrPerson *person)
{
  FrPersonState state = fr_person_get_state (person);

  return state == FR_PERSON_LOOKING || state == FR_PERSON_CONNECTING;
}

/* The link is asked for a sign of life: it may have died unnoticed, and a quiet one has never been measured. */
static void
measure (FrDoctor *self)
{
  self->measured = TRUE;
  self->round_trip_us = fr_person_get_round_trip_us (self->person);
  fr_doctor_set_timeout (self, FR_DOCTOR_DELAY_TIMEOUT_MS, no_delay_cb);
  fr_network_measure (self->node->network);
}

static void
judge (FrDoctor *self)
{
  guint us = fr_person_get_round_trip_us (self->person);

  if (is_connected (self->person) && !self->measured)
    measure (self);
  else if (is_connected (self->person) && us != 0 && us != self->round_trip_us)
    found_path (self);
  else if (!is_connected (self->person) && !is_dialled (self->person))
    found_none (self);
}

static void
person_changed_cb (FrDoctor *self)
{
  g_autoptr (FrDoctor) alive = g_object_ref (self);

  judge (self);
}

/* For FrDoctor. */
void
fr_doctor_look_at_path (FrDoctor *self)
{
  gboolean is_met = fr_person_get_key (self->person, NULL);

  if (!is_connected (self->person)
      && (fr_person_get_blocked (self->person) || (!is_met && fr_node_get_state (self->node) != FR_NODE_ONLINE)))
    {
      found (self, FR_DOCTOR_NOT_LOOKED_AT, FR_DOCTOR_FOUND_NOTHING, FR_DOCTOR_REMEDY_NONE);
      return;
    }
  self->measured = FALSE;
  fr_doctor_set_timeout (self, FR_DOCTOR_PERSON_TIMEOUT_MS, no_answer_cb);
  if (!is_connected (self->person))
    fr_people_retry (fr_node_get_people (self->node), self->person);
  fr_doctor_watch (self, self->person, "notify", G_CALLBACK (person_changed_cb));
  judge (self);
}
