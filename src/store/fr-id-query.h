/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-database.h"

G_BEGIN_DECLS

/* Statements about one content id, and those that list some. */

gboolean fr_id_query_run (FrDatabase *database, const char *sql, const FrContentId *id, GError **error);
GArray *fr_id_query_list (FrDatabase *database, const char *sql, GError **error);

G_END_DECLS
