/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* Asks what somebody is to be called here: an AdwMessageDialog with the responses "cancel" and "rename". */
GtkWindow *fr_rename_dialog_new (GtkWindow *parent, FrPeople *people, FrPerson *person);

G_END_DECLS
