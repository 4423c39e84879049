/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-audience-table.h"
#include "fr-database.h"
#include "fr-picture.h"

G_BEGIN_DECLS

/* A picture as a row of the table of pictures. */

/* As they are written, and as they are read. */
#define FR_PICTURE_ROW_OWN                                                                                             \
  "shared_id, original_id, title, description, tags, type, mime, size, width, height, added_us, audience, "            \
  "origin, has_thumbnail, preview_hash, metadata, removed, strip_version, origin_name, shared_us"
#define FR_PICTURE_ROW_COLUMNS FR_PICTURE_ROW_OWN ", " FR_AUDIENCE_READERS

FrPicture *fr_picture_row_read (FrStatement *row);
gboolean fr_picture_row_insert (FrDatabase *database, const FrPicture *picture, GError **error);

G_END_DECLS
