/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-import-bar.h"
#include "fr-texture-loader.h"

G_BEGIN_DECLS

/* All one's own pictures, and adding more. */

#define FR_TYPE_GALLERY_PAGE (fr_gallery_page_get_type ())
G_DECLARE_FINAL_TYPE (FrGalleryPage, fr_gallery_page, FR, GALLERY_PAGE, AdwBin)

void fr_gallery_page_set_node (FrGalleryPage *self, FrNode *node, FrTextureLoader *loader);

/* Ask first whether these shall be added: who can find them is on the sheet. */
void fr_gallery_page_offer_paths (FrGalleryPage *self, const char *const *paths);
void fr_gallery_page_offer_bytes (FrGalleryPage *self, GBytes *bytes);
void fr_gallery_page_choose (FrGalleryPage *self);

/* Add without asking: the answer was yes. */
void fr_gallery_page_add (FrGalleryPage *self, FrImport *import);

FrImportBar *fr_gallery_page_get_import_bar (FrGalleryPage *self);

/* Signal "open" (FrGalleryItem *item): a picture was chosen.
 * Signal "message" (const char *text). */

G_END_DECLS
