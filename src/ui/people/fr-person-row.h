/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* One person: name, address, how it stands, and what can be done about it. */

#define FR_TYPE_PERSON_ROW (fr_person_row_get_type ())
G_DECLARE_FINAL_TYPE (FrPersonRow, fr_person_row, FR, PERSON_ROW, AdwBin)

/* Property "person" (FrPerson, nullable). Signal "message" (const char *): what has been done, in words for people. */
FrPersonRow *fr_person_row_new (FrPeople *people);
void fr_person_row_set_person (FrPersonRow *self, FrPerson *person);

G_END_DECLS
