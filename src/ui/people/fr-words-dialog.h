/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* The words that two people compare, and what the person says of them: an AdwMessageDialog with the responses "cancel",
 * "refuse" and "same". */
GtkWindow *fr_words_dialog_new (GtkWindow *parent, FrPeople *people, FrPerson *person);

G_END_DECLS
