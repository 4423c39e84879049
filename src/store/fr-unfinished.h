/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-database.h"

G_BEGIN_DECLS

/* The files that are about to come or to go: noted on disk first, so that what a Freshet that is killed in between
 * leaves behind is found, and nothing else is ever taken for it. */

#define FR_UNFINISHED_VERSION_1 "CREATE TABLE unfinished (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;"

gboolean fr_unfinished_note (FrDatabase *database, const FrContentId *id, GError **error);
gboolean fr_unfinished_forget (FrDatabase *database, const FrContentId *id, GError **error);
GArray *fr_unfinished_list (FrDatabase *database, GError **error);

G_END_DECLS
