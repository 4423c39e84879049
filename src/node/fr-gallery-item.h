/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-picture.h"

G_BEGIN_DECLS

/* One picture of a gallery. The item stays the same as long as the picture is there; property "picture" (FrPicture) is
 * notified when title, tags or description change. Main thread. */

#define FR_TYPE_GALLERY_ITEM (fr_gallery_item_get_type ())
G_DECLARE_FINAL_TYPE (FrGalleryItem, fr_gallery_item, FR, GALLERY_ITEM, GObject)

FrPicture *fr_gallery_item_get_picture (FrGalleryItem *self);

/* For the gallery. */
FrGalleryItem *fr_gallery_item_new (FrPicture *picture);
void fr_gallery_item_set_picture (FrGalleryItem *self, FrPicture *picture);
const FrContentId *fr_gallery_item_get_id (FrGalleryItem *self);

G_END_DECLS
