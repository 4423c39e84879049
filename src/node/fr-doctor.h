/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-doctor-step.h"
#include "fr-node.h"

G_BEGIN_DECLS

/* Looks, one after the other, at what connections need: the meeting point, one's name there, STUN, TURN, and the path
 * to a person. Uses what the node has, and registers nowhere. A GListModel of FrDoctorStep, which are the same from the
 * beginning to the end. Lives in the main thread and never keeps it waiting.
 *
 * Properties, notified: "running" (boolean), after it each step has been looked at, or left out. */

#define FR_TYPE_DOCTOR (fr_doctor_get_type ())
G_DECLARE_FINAL_TYPE (FrDoctor, fr_doctor, FR, DOCTOR, GObject)

FrDoctor *fr_doctor_new (FrNode *node, FrPerson *person); /* person: nullable */
void fr_doctor_run (FrDoctor *self);
void fr_doctor_stop (FrDoctor *self);
gboolean fr_doctor_is_running (FrDoctor *self);
guint fr_doctor_count_bad (FrDoctor *self);
FrPerson *fr_doctor_get_person (FrDoctor *self); /* nullable */

/* For others to read: steps, times and kinds of candidates; no names, addresses, keys or words. */
char *fr_doctor_make_report (FrDoctor *self);

G_END_DECLS
