/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-database.h"

G_BEGIN_DECLS

/* What belongs to one person's data rather than to the desktop: their name, their server. Not thread-safe: for the
 * thread of its database. */

#define FR_SETTING_MAX_NAME 64
#define FR_SETTING_MAX_VALUE 4096

extern const char fr_settings_version_3[];

char *fr_settings_table_get (FrDatabase *database, const char *name, GError **error);
gboolean fr_settings_table_put (FrDatabase *database, const char *name, const char *value, GError **error);

G_END_DECLS
