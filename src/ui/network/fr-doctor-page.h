/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-doctor.h"

G_BEGIN_DECLS

/* The connection doctor: what connections need, looked at one thing after the other, with a remedy beside what is not
 * good. */

#define FR_TYPE_DOCTOR_PAGE (fr_doctor_page_get_type ())
G_DECLARE_FINAL_TYPE (FrDoctorPage, fr_doctor_page, FR, DOCTOR_PAGE, AdwBin)

void fr_doctor_page_open (FrDoctorPage *self, FrNode *node, FrPerson *person); /* person: nullable */
void fr_doctor_page_close (FrDoctorPage *self);
void fr_doctor_page_take_focus (FrDoctorPage *self);
FrDoctor *fr_doctor_page_get_doctor (FrDoctorPage *self); /* NULL while it is closed */

/* Signal "message" (const char *text): what has been done, in words for people. */

G_END_DECLS
