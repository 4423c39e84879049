/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-import-bar.h"
#include "fr-texture-loader.h"
#include "fr-wall.h"

G_BEGIN_DECLS

/* All one's own pictures, or those for some audience; adding more, and changing for whom they are, one or many. */

#define FR_TYPE_GALLERY_PAGE (fr_gallery_page_get_type ())
G_DECLARE_FINAL_TYPE (FrGalleryPage, fr_gallery_page, FR, GALLERY_PAGE, AdwBin)

void fr_gallery_page_set_node (FrGalleryPage *self, FrNode *node, FrTextureLoader *loader);

/* Add; ask first who can see them, where that has never been said. */
void fr_gallery_page_offer_paths (FrGalleryPage *self, const char *const *paths);
void fr_gallery_page_offer_bytes (FrGalleryPage *self, GBytes *bytes);
void fr_gallery_page_choose (FrGalleryPage *self);
void fr_gallery_page_choose_for (FrGalleryPage *self, FrPerson *person); /* nullable: whoever is usual */

/* Add without asking: it is known. */
void fr_gallery_page_add (FrGalleryPage *self, FrImport *import);

FrImportBar *fr_gallery_page_get_import_bar (FrGalleryPage *self);
FrWall *fr_gallery_page_get_wall (FrGalleryPage *self);
GListModel *fr_gallery_page_get_pictures (FrGalleryPage *self); /* of FrGalleryItem, as shown */

#define FR_GALLERY_PAGE_KEPT (FR_AUDIENCE_LAST + 1) /* from others, whoever can see it */
void fr_gallery_page_show_audience (FrGalleryPage *self, int audience); /* FrAudience, or that; -1: all pictures */

/* Property "sort" (FrGallerySort): in which order.
 * Signal "open" (FrGalleryItem *item): a picture was chosen.
 * Signal "message" (const char *text).
 * Actions "gallery.select": select or stop; "gallery.share", "gallery.remove": change who can see what is selected, or
 * remove it; "gallery.sort". */

G_END_DECLS
