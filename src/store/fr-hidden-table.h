/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-database.h"

G_BEGIN_DECLS

/* Pictures that were removed a moment ago and can be brought back. They are in memory, and gone from all that anybody
 * asks; a Freshet that ends, however it does, has removed them: their files are noted as unfinished. */

gboolean fr_hidden_table_create (FrDatabase *database, GError **error);
gboolean fr_hidden_table_put (FrDatabase *database, const FrContentId *id, GError **error);
gboolean fr_hidden_table_take (FrDatabase *database, const FrContentId *id, gboolean *out_found, GError **error);
gboolean fr_hidden_table_drop (FrDatabase *database, const FrContentId *id, GError **error);
gboolean fr_hidden_table_has (FrDatabase *database, const FrContentId *id);
gboolean fr_hidden_table_has_original (FrDatabase *database, const FrContentId *original);
GArray *fr_hidden_table_list (FrDatabase *database, GError **error);

G_END_DECLS
