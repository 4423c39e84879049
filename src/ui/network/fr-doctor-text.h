/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-doctor-step.h"

G_BEGIN_DECLS

/* What is said of what a doctor of connections has found, and what is offered. Pure. */

typedef struct
{
  FrDoctorStepKind kind;
  FrDoctorStepState state;
  FrDoctorFinding finding;
  FrDoctorRemedy remedy;
  guint ms;            /* 0: not known */
  const char *subject; /* nullable: who or what it is about */
  const char *message; /* nullable: what is wrong, in a sentence */
} FrDoctorFacts;

void fr_doctor_text_gather (FrDoctorStep *step, FrDoctorFacts *out_facts); /* as long as the step stays as it is */

char *fr_doctor_text_get_title (const FrDoctorFacts *facts, const char *person);
char *fr_doctor_text_describe (const FrDoctorFacts *facts);
const char *fr_doctor_text_get_icon (const FrDoctorFacts *facts); /* nullable: none, or a spinner */
const char *fr_doctor_text_get_icon_class (const FrDoctorFacts *facts); /* nullable */
const char *fr_doctor_text_get_remedy (const FrDoctorFacts *facts); /* nullable: what a button says, with a mnemonic */
const char *fr_doctor_text_get_action (const FrDoctorFacts *facts); /* nullable: what it does */
char *fr_doctor_text_announce (const FrDoctorFacts *facts, const char *person); /* nullable: nothing was found */
char *fr_doctor_text_summarize (gboolean is_running, guint n_bad, guint n_left_out);

G_END_DECLS
