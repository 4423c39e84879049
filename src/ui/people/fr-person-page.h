/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-offer.h"
#include "fr-wall.h"

G_BEGIN_DECLS

/* All about one person: their pictures, those for them, and what is known of them. A page of the window. */

#define FR_TYPE_PERSON_PAGE (fr_person_page_get_type ())
G_DECLARE_FINAL_TYPE (FrPersonPage, fr_person_page, FR, PERSON_PAGE, AdwBin)

void fr_person_page_set_node (FrPersonPage *self, FrNode *node, FrTextureLoader *loader); /* once */
void fr_person_page_open (FrPersonPage *self, FrPerson *person);
void fr_person_page_close (FrPersonPage *self);
void fr_person_page_take_offer (FrPersonPage *self, FrOffer *offer); /* that was dropped on it */
void fr_person_page_take_focus (FrPersonPage *self);
FrPerson *fr_person_page_get_person (FrPersonPage *self); /* nullable */

const char *fr_person_page_get_visible_name (FrPersonPage *self); /* "theirs", "yours", "about" */
void fr_person_page_show (FrPersonPage *self, const char *name);
FrWall *fr_person_page_get_wall (FrPersonPage *self, gboolean theirs);
GListModel *fr_person_page_get_pictures (FrPersonPage *self, gboolean theirs); /* of FrHit, or FrGalleryItem */
const char *fr_person_page_get_body (FrPersonPage *self, gboolean theirs);     /* nullable: the pictures are shown */
const char *fr_person_page_get_line (FrPersonPage *self, gboolean theirs);     /* nullable: nothing is said above them */

/* Property "narrow" (boolean): of the window.
 * Signals "open" (FrWall *wall, FrWallItem *item): a picture was chosen; "closed": the person is not known any more;
 * "message" (const char *text).
 * Actions "page.ask-again", and as FrPersonActions has them. */

G_END_DECLS
