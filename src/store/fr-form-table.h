/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-database.h"

G_BEGIN_DECLS

/* The small forms of pictures as the catalogue keeps them: the thumbnail, with a hash that only a check looks at, and the
 * preview, whose hash goes to others. Both are made of the picture, and can be made again. */

extern const char fr_form_table_version_9[];

gboolean fr_form_table_note_thumbnail (FrDatabase *database, const FrContentId *id, GBytes *thumbnail, GError **error);
gboolean fr_form_table_note_all_thumbnails (FrDatabase *database, GError **error);
gboolean fr_form_table_is_thumbnail (FrDatabase *database, const FrContentId *id, GBytes *bytes);

gboolean fr_form_table_put (FrDatabase *database, const FrContentId *id, GBytes *thumbnail, GBytes *preview,
                            GError **error);
gboolean fr_form_table_replace (FrDatabase *database, const FrContentId *id, GBytes *thumbnail, GBytes *preview,
                                GError **error);

G_END_DECLS
