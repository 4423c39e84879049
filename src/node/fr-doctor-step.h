/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One thing that a FrDoctor looks at, and what it has found there. Lives in the main thread. */

typedef enum
{
  FR_DOCTOR_MEETING_POINT,
  FR_DOCTOR_NAME, /* one's own, there */
  FR_DOCTOR_STUN,
  FR_DOCTOR_TURN,
  FR_DOCTOR_PATH, /* to a person */
} FrDoctorStepKind;

typedef enum
{
  FR_DOCTOR_WAITING,       /* its turn has not come */
  FR_DOCTOR_LOOKING,
  FR_DOCTOR_GOOD,
  FR_DOCTOR_BAD,
  FR_DOCTOR_NOT_NEEDED,    /* not set up, and one can do without */
  FR_DOCTOR_NOT_LOOKED_AT, /* as what it needs is not good, or the doctor was stopped */
} FrDoctorStepState;

typedef enum
{
  FR_DOCTOR_FOUND_NOTHING,
  FR_DOCTOR_FOUND_NO_SERVER,    /* no meeting point has been chosen */
  FR_DOCTOR_FOUND_PROBLEM,      /* what the error says */
  FR_DOCTOR_FOUND_TAKEN,        /* somebody else has the name */
  FR_DOCTOR_FOUND_UNKNOWN_NAME, /* of a server */
  FR_DOCTOR_FOUND_NO_ANSWER,
  FR_DOCTOR_FOUND_NOT_A_SERVER,
  FR_DOCTOR_FOUND_REFUSED,
  FR_DOCTOR_FOUND_FULL,
  FR_DOCTOR_FOUND_DIRECTLY,
  FR_DOCTOR_FOUND_RELAYED,
  FR_DOCTOR_FOUND_AWAY,
  FR_DOCTOR_FOUND_NO_WAY,       /* the two networks do not let them connect directly */
} FrDoctorFinding;

typedef enum
{
  FR_DOCTOR_REMEDY_NONE,
  FR_DOCTOR_REMEDY_SET_UP_SERVER,
  FR_DOCTOR_REMEDY_CHANGE_SERVER,
  FR_DOCTOR_REMEDY_CHOOSE_NAME,
  FR_DOCTOR_REMEDY_CHANGE_RELAYS, /* STUN and TURN */
  FR_DOCTOR_REMEDY_SET_UP_RELAY,
} FrDoctorRemedy;

#define FR_TYPE_DOCTOR_STEP (fr_doctor_step_get_type ())
G_DECLARE_FINAL_TYPE (FrDoctorStep, fr_doctor_step, FR, DOCTOR_STEP, GObject)

/* Signal "changed" (): the state is another one, with all else that belongs to it. */

FrDoctorStepKind fr_doctor_step_get_kind (FrDoctorStep *self);
FrDoctorStepState fr_doctor_step_get_state (FrDoctorStep *self);
FrDoctorFinding fr_doctor_step_get_finding (FrDoctorStep *self);
FrDoctorRemedy fr_doctor_step_get_remedy (FrDoctorStep *self);
guint fr_doctor_step_get_ms (FrDoctorStep *self);          /* how long it took; 0: not known */
const char *fr_doctor_step_get_subject (FrDoctorStep *self); /* nullable: who or what it is about, to be shown */
const char *fr_doctor_step_get_message (FrDoctorStep *self); /* nullable: of FR_DOCTOR_FOUND_PROBLEM, for people */

G_END_DECLS
