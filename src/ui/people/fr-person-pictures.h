/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-wall.h"

G_BEGIN_DECLS

/* The pictures of a person, or those for them, with a line above; or why there are none, and what could be done. */

#define FR_TYPE_PERSON_PICTURES (fr_person_pictures_get_type ())
G_DECLARE_FINAL_TYPE (FrPersonPictures, fr_person_pictures, FR, PERSON_PICTURES, AdwBin)

void fr_person_pictures_set_node (FrPersonPictures *self, FrNode *node, FrTextureLoader *loader); /* once */
void fr_person_pictures_set_model (FrPersonPictures *self, GListModel *model); /* of FrHit or FrGalleryItem; nullable */
GListModel *fr_person_pictures_get_model (FrPersonPictures *self);             /* what is on the wall */

void fr_person_pictures_show_wall (FrPersonPictures *self);
void fr_person_pictures_show_words (FrPersonPictures *self, const char *icon, const char *body, const char *button,
                                    const char *action); /* button, action: nullable, there is nothing to do */
void fr_person_pictures_set_line (FrPersonPictures *self, const char *line); /* nullable */
void fr_person_pictures_take_focus (FrPersonPictures *self);

FrWall *fr_person_pictures_get_wall (FrPersonPictures *self);
const char *fr_person_pictures_get_body (FrPersonPictures *self); /* NULL: the wall is shown */
const char *fr_person_pictures_get_line (FrPersonPictures *self); /* NULL: there is none */

/* Properties "label" (string), "menu-model" (GMenuModel): of the wall. Signal "open" (FrWallItem *item). */

G_END_DECLS
