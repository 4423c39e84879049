/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-texture-loader.h"

G_BEGIN_DECLS

/* One picture of the own gallery, large, with its title, tags and description to edit. */

#define FR_TYPE_PICTURE_VIEW (fr_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (FrPictureView, fr_picture_view, FR, PICTURE_VIEW, AdwBin)

void fr_picture_view_set_node (FrPictureView *self, FrNode *node, FrTextureLoader *loader);
void fr_picture_view_open (FrPictureView *self, FrGalleryItem *item);
void fr_picture_view_close (FrPictureView *self);
void fr_picture_view_set_title (FrPictureView *self, const char *title); /* as if it were typed */
FrGalleryItem *fr_picture_view_get_item (FrPictureView *self);

/* Actions "picture.save", "picture.save-as", "picture.remove".
 * Signal "closed": there is nothing to show any more.
 * Signal "message" (const char *text). */

G_END_DECLS
