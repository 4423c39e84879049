/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery-page.h"

G_BEGIN_DECLS

/* How pictures are added: what the page has for that, in a file of its own. */

typedef struct
{
  GtkFileChooserNative *chooser; /* owned, nullable */
  GBytes *readers;               /* owned, nullable: for whom alone what is chosen is */
  GPtrArray *waiting;            /* of FrImport, until it is said for whom they are; %NULL while nothing is asked */
} FrGalleryAdding;

FrNode *fr_gallery_page_get_node (FrGalleryPage *self);
FrGalleryAdding *fr_gallery_page_get_adding (FrGalleryPage *self);
void fr_gallery_page_tell (FrGalleryPage *self, const char *text);

void fr_gallery_adding_clear (FrGalleryAdding *self);
void fr_gallery_page_take_finished (FrGalleryPage *self, FrImport *import, const char *text);

G_END_DECLS
