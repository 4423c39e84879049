/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-database.h"
#include "fr-wanted.h"

G_BEGIN_DECLS

/* The table of what is wanted and has not come yet. Not thread-safe: for the thread of its database. */

extern const char fr_wanted_version_14[];

gboolean fr_wanted_table_put (FrDatabase *database, const FrWanted *wanted, GError **error);
gboolean fr_wanted_table_forget (FrDatabase *database, const FrContentId *id, GError **error);
GPtrArray *fr_wanted_table_list (FrDatabase *database, GError **error);

G_END_DECLS
