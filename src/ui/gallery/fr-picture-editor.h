/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* Title, tags and description of one picture, what will not do about them, and who can see it. */

#define FR_TYPE_PICTURE_EDITOR (fr_picture_editor_get_type ())
G_DECLARE_FINAL_TYPE (FrPictureEditor, fr_picture_editor, FR, PICTURE_EDITOR, AdwBin)

void fr_picture_editor_set_node (FrPictureEditor *self, FrNode *node);
void fr_picture_editor_open (FrPictureEditor *self, FrGalleryItem *item);
void fr_picture_editor_set_title (FrPictureEditor *self, const char *title);
void fr_picture_editor_save (FrPictureEditor *self);
void fr_picture_editor_forget (FrPictureEditor *self);

/* Actions "editor.save", "editor.share". */

G_END_DECLS
