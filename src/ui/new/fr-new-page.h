/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-news-card.h"
#include "fr-wall.h"

G_BEGIN_DECLS

/* The start page: what one's people share, and whoever would like to be one of them. Main thread. */

#define FR_TYPE_NEW_PAGE (fr_new_page_get_type ())
G_DECLARE_FINAL_TYPE (FrNewPage, fr_new_page, FR, NEW_PAGE, AdwBin)

void fr_new_page_set_node (FrNewPage *self, FrNode *node, FrTextureLoader *loader); /* once */
void fr_new_page_set_could_stay (FrNewPage *self, gboolean could_stay);
void fr_new_page_take_focus (FrNewPage *self); /* to the pictures, or the one thing that can be done */

FrWall *fr_new_page_get_wall (FrNewPage *self);
FrNewsCard *fr_new_page_get_card (FrNewPage *self);
gboolean fr_new_page_shows_wall (FrNewPage *self);
const char *fr_new_page_get_title (FrNewPage *self); /* of the page without pictures */
const char *fr_new_page_get_line (FrNewPage *self);  /* NULL: there is none */

/* Actions "new.copy-invitation", "new.try-again", "new.ask-again", "new.share".
 * Signals "open" (FrWallItem *item); "share" (FrPerson *person, nullable): to share something with them, or anybody;
 * "message" (const char *text). */

G_END_DECLS
