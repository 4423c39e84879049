/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where a person writes their name, with the reason, as they type, why it will not do. */

#define FR_TYPE_NAME_ENTRY (fr_name_entry_get_type ())
G_DECLARE_FINAL_TYPE (FrNameEntry, fr_name_entry, FR, NAME_ENTRY, AdwBin)

/* Property "valid" (boolean, notified). Signal "activate": Enter was pressed, and the name will do. */
void fr_name_entry_set_name (FrNameEntry *self, const char *name);
const char *fr_name_entry_get_name (FrNameEntry *self);
gboolean fr_name_entry_get_valid (FrNameEntry *self);
const char *fr_name_entry_get_problem (FrNameEntry *self);

G_END_DECLS
