/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-database.h"
#include "fr-wish-record.h"

G_BEGIN_DECLS

/* The tables of wishes, and of the pictures that they have told of. Not thread-safe: for the thread of their database. */

extern const char fr_wishes_version_16[];

gboolean fr_wishes_table_put (FrDatabase *database, const char *terms, gint64 asked_us, GError **error);
gboolean fr_wishes_table_forget (FrDatabase *database, const char *terms, GError **error);
GPtrArray *fr_wishes_table_list (FrDatabase *database, GError **error);
GArray *fr_wishes_table_tell (FrDatabase *database,
                              const char *terms,
                              const FrContentId *ids,
                              guint n_ids,
                              gboolean fresh,
                              GError **error);
gboolean fr_wishes_table_mark_seen (FrDatabase *database, const char *terms, GError **error);

G_END_DECLS
