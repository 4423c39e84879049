/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-database.h"
#include "fr-person-record.h"

G_BEGIN_DECLS

/* The table of those whom people have introduced, and who are no contacts for that. Not thread-safe: for the thread of
 * its database. */

GPtrArray *fr_acquaintance_table_list (FrDatabase *database, GError **error);
gboolean fr_acquaintance_table_put (FrDatabase *database, const FrPersonRecord *person, GError **error);
gboolean fr_acquaintance_table_remove (FrDatabase *database, const FrPeerKey *key, GError **error);

G_END_DECLS
