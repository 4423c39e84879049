/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"
#include "fr-offer.h"

G_BEGIN_DECLS

/* Everybody we know of, those first who wait for an answer; and how others can add us. */

#define FR_TYPE_PEOPLE_PAGE (fr_people_page_get_type ())
G_DECLARE_FINAL_TYPE (FrPeoplePage, fr_people_page, FR, PEOPLE_PAGE, AdwBin)

void fr_people_page_set_node (FrPeoplePage *self, FrNode *node);
void fr_people_page_take_focus (FrPeoplePage *self);
void fr_people_page_take_offer (FrPeoplePage *self, FrPerson *person, FrOffer *offer); /* that was dropped on them */
void fr_people_page_take_pictures (FrPeoplePage *self, FrPerson *person, GPtrArray *pictures);

/* Signals "message" (const char *): what has been done, in words for people; "open" (FrPerson *): somebody was chosen. */

G_END_DECLS
