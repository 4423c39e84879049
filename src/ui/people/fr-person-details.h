/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* What is known about somebody: where they are, who introduced them, whether words were compared, and their computers. */

#define FR_TYPE_PERSON_DETAILS (fr_person_details_get_type ())
G_DECLARE_FINAL_TYPE (FrPersonDetails, fr_person_details, FR, PERSON_DETAILS, AdwBin)

void fr_person_details_set_person (FrPersonDetails *self, FrPerson *person); /* nullable */
void fr_person_details_update (FrPersonDetails *self);                       /* also their computers may have changed */

G_END_DECLS
