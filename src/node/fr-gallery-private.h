/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery.h"

G_BEGIN_DECLS

/* What the rest of the folder may do with a gallery: whatever puts a picture into the store shows it here.
 *
 * Signal "content" (const char *folded): others may find this too now; NULL: something that they could find is gone. */

FrStore *fr_gallery_get_store (FrGallery *self);
FrImageClient *fr_gallery_get_image_client (FrGallery *self);
FrImageClient *fr_gallery_choose_image_client (FrGallery *self, const FrPicture *picture);
void fr_gallery_set_image_client_for_others (FrGallery *self, FrImageClient *image);
void fr_gallery_show (FrGallery *self, FrPicture *picture, gboolean is_new);
void fr_gallery_replace (FrGallery *self, const FrContentId *id, FrPicture *picture);
void fr_gallery_drop (FrGallery *self, const FrContentId *id);
gboolean fr_gallery_find_follower (FrGallery *self, const FrContentId *id, FrContentId *out_follower);
void fr_gallery_show_before (FrGallery *self, FrPicture *picture, const FrContentId *follower);
void fr_gallery_tell_shared (FrGallery *self);

G_END_DECLS
