/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-database.h"
#include "fr-shown.h"

G_BEGIN_DECLS

/* The table of what people have shown us. Not thread-safe: for the thread of its database. */

extern const char fr_shown_version_13[];

gboolean fr_shown_table_put (FrDatabase *database, const FrPeerKey *person, GPtrArray *shown, GError **error);
gboolean fr_shown_table_forget (FrDatabase *database, const FrPeerKey *person, const FrContentId *ids, guint n_ids,
                                GError **error);
gboolean fr_shown_table_mark_seen (FrDatabase *database, const FrContentId *id, GError **error);
GPtrArray *fr_shown_table_list (FrDatabase *database, const FrPeerKey *person, guint offset, guint limit,
                                GError **error);

G_END_DECLS
