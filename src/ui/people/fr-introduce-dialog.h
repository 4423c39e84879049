/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* To whom of the contacts who are here somebody is to be introduced. Whoever is chosen is it at once: both are told. */

#define FR_TYPE_INTRODUCE_DIALOG (fr_introduce_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FrIntroduceDialog, fr_introduce_dialog, FR, INTRODUCE_DIALOG, AdwWindow)

FrIntroduceDialog *fr_introduce_dialog_new (GtkWindow *parent, FrPeople *people, FrPerson *person);
gboolean fr_introduce_dialog_can_begin (FrPerson *person);

/* Signal "message" (const char *): what has been done, in words for people. */

G_END_DECLS
