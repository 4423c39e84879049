/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-job-row.h"
#include "fr-node.h"

G_BEGIN_DECLS

/* Preferences: what becomes of pictures, and looking after all of them. */

#define FR_TYPE_PICTURES_PAGE (fr_pictures_page_get_type ())
G_DECLARE_FINAL_TYPE (FrPicturesPage, fr_pictures_page, FR, PICTURES_PAGE, AdwPreferencesPage)

void fr_pictures_page_set_node (FrPicturesPage *self, FrNode *node);
void fr_pictures_page_check (FrPicturesPage *self);
void fr_pictures_page_export (FrPicturesPage *self, const char *folder); /* makes a folder of its own in it */
void fr_pictures_page_add_export (FrPicturesPage *self, const char *folder);

G_END_DECLS
