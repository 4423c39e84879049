/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* Who somebody is, how it stands with them, and what they or something waits for. Its buttons are for the actions of
 * FrPersonActions, which whatever it is in has. */

#define FR_TYPE_PERSON_HEAD (fr_person_head_get_type ())
G_DECLARE_FINAL_TYPE (FrPersonHead, fr_person_head, FR, PERSON_HEAD, AdwBin)

void fr_person_head_set_person (FrPersonHead *self, FrPerson *person); /* nullable */
const char *fr_person_head_get_state (FrPersonHead *self);             /* in words */
gboolean fr_person_head_take_focus (FrPersonHead *self);               /* FALSE: there is nothing to do in it */

/* Property "narrow" (boolean): of the window. */

G_END_DECLS
