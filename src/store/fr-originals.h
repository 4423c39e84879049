/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-database.h"
#include "fr-picture.h"

G_BEGIN_DECLS

/* What pictures were before they were cleaned, as the catalogue knows it: which original belongs to which picture, and
 * which files of originals are about to come or to go (as fr-unfinished does for pictures). Not thread-safe: for the
 * thread of its database. */

extern const char fr_originals_version_7[];

gboolean fr_originals_note (FrDatabase *database, const FrContentId *original, GError **error);
gboolean fr_originals_note_of (FrDatabase *database, const FrContentId *id, GError **error);
gboolean fr_originals_forget (FrDatabase *database, const FrContentId *original, GError **error);
gboolean fr_originals_forget_all (FrDatabase *database, GError **error);
GArray *fr_originals_list_unfinished (FrDatabase *database, GError **error);

gboolean fr_originals_find (FrDatabase *database, const FrContentId *original, FrContentId *out_id);
gboolean fr_originals_set (FrDatabase *database, const FrContentId *id, const FrPicture *picture, GError **error);
gboolean fr_originals_exchange (FrDatabase *database,
                                const FrContentId *id,
                                const FrPicture *picture,
                                GBytes *hashes,
                                GError **error);

G_END_DECLS
