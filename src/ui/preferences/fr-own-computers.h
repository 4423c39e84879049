/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* The other computers of the person here: a row each, and those that may be added. */

#define FR_TYPE_OWN_COMPUTERS (fr_own_computers_get_type ())
G_DECLARE_FINAL_TYPE (FrOwnComputers, fr_own_computers, FR, OWN_COMPUTERS, AdwPreferencesGroup)

void fr_own_computers_set_people (FrOwnComputers *self, FrPeople *people);
void fr_own_computers_forget (FrOwnComputers *self);

/* Who may be said to be one's own: a contact whose words were compared, by themselves. */
gboolean fr_own_computers_may_add (FrPerson *person);

G_END_DECLS
