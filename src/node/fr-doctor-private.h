/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-doctor.h"

G_BEGIN_DECLS

/* What the files of the doctor share: fr-doctor.c goes from step to step, fr-doctor-server.c looks at the meeting point
 * and what is like it, fr-doctor-person.c at a path, and fr-doctor-report.c tells others of it. */

#define FR_DOCTOR_SERVER_TIMEOUT_MS 8000  /* for the meeting point */
#define FR_DOCTOR_PERSON_TIMEOUT_MS 20000 /* for somebody who is dialled; the dial ends before that by itself */
#define FR_DOCTOR_DELAY_TIMEOUT_MS 5000   /* for a measure of the delay to somebody who is here */

struct _FrDoctor
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  FrPerson *person; /* nullable */
  GPtrArray *steps; /* of FrDoctorStep */
  GCancellable *stop;
  GSource *next;
  GSource *timeout;
  GObject *watched; /* whose changes are waited for */

  /* state */
  gboolean running;
  guint at;             /* the step that runs */
  gulong watch;
  gboolean tried_again; /* the meeting point is being gone to since the step began */
  gint64 asked_us;
  gboolean measured;    /* the link to the person was asked, */
  guint round_trip_us;  /* when this was known of it */
};

/* What a step has found. */
typedef struct
{
  FrDoctorStepState state;
  FrDoctorFinding finding;
  FrDoctorRemedy remedy;
  guint ms;
  const char *subject;
  const GError *error;
  const char *candidate; /* the kind of candidate that this speaks for: "host", "srflx" or "relay" */
} FrDoctorResult;

FrDoctorStep *fr_doctor_step_new (FrDoctorStepKind kind);
void fr_doctor_step_set (FrDoctorStep *self, const FrDoctorResult *result);
const GError *fr_doctor_step_get_error (FrDoctorStep *self);
const char *fr_doctor_step_get_candidate (FrDoctorStep *self);

void fr_doctor_found (FrDoctor *self, const FrDoctorResult *result);
void fr_doctor_watch (FrDoctor *self, gpointer object, const char *signal, GCallback callback);
void fr_doctor_set_timeout (FrDoctor *self, guint ms, GSourceFunc callback);
FrDoctorStep *fr_doctor_get_step (FrDoctor *self, FrDoctorStepKind kind);
const char *fr_doctor_keep_candidate (const char *kind);

void fr_doctor_look_at_meeting_point (FrDoctor *self);
void fr_doctor_look_at_name (FrDoctor *self);
void fr_doctor_look_at_relay (FrDoctor *self, const char *uri);
void fr_doctor_look_at_path (FrDoctor *self);

G_END_DECLS
