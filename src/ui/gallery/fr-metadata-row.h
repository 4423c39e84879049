/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-gallery.h"

G_BEGIN_DECLS

/* What others get to know from the file of one picture of the person's own, and a switch for that. What is being edited
 * is kept first ("details.save"); the picture is another item afterwards, for "picture.reopen". */

#define FR_TYPE_METADATA_ROW (fr_metadata_row_get_type ())
G_DECLARE_FINAL_TYPE (FrMetadataRow, fr_metadata_row, FR, METADATA_ROW, AdwBin)

void fr_metadata_row_set_item (FrMetadataRow *self, FrGallery *gallery, FrGalleryItem *item);
gboolean fr_metadata_row_is_busy (FrMetadataRow *self);

G_END_DECLS
