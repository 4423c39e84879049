/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-database.h"

G_BEGIN_DECLS

/* The table of what was looked for lately. Not thread-safe: for the thread of its database. */

#define FR_SEARCHES_MAX 20
#define FR_SEARCHES_MAX_TERMS 2048 /* bytes */

extern const char fr_searches_version_17[];

gboolean fr_searches_table_put (FrDatabase *database, const char *words, const char *terms, GError **error);
gboolean fr_searches_table_forget (FrDatabase *database, const char *words, GError **error);
GPtrArray *fr_searches_table_list (FrDatabase *database, GError **error);

G_END_DECLS
