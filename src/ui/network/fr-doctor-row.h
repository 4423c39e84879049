/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-doctor-step.h"

G_BEGIN_DECLS

/* One thing that was looked at: what it is, what was found, and what helps. */

#define FR_TYPE_DOCTOR_ROW (fr_doctor_row_get_type ())
G_DECLARE_FINAL_TYPE (FrDoctorRow, fr_doctor_row, FR, DOCTOR_ROW, GtkListBoxRow)

GtkWidget *fr_doctor_row_new (FrDoctorStep *step, const char *person);

G_END_DECLS
