/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* One person: name, how it stands, and what can be done about it. */

#define FR_TYPE_PERSON_ROW (fr_person_row_get_type ())
G_DECLARE_FINAL_TYPE (FrPersonRow, fr_person_row, FR, PERSON_ROW, AdwBin)

/* Property "person" (FrPerson, nullable). Signals "message" (const char *): what has been done, in words for people;
 * "open", "share" (FrPerson *): the person is to be shown, or something is to be shared with them. Actions as
 * FrPersonActions has them. */
FrPersonRow *fr_person_row_new (FrPeople *people);
void fr_person_row_set_person (FrPersonRow *self, FrPerson *person);
FrPerson *fr_person_row_get_person (FrPersonRow *self);
void fr_person_row_set_heading (FrPersonRow *self, const char *heading); /* nullable: above the first of several */
void fr_person_row_set_dropping (FrPersonRow *self, gboolean dropping);  /* pictures are held over it */

G_END_DECLS
