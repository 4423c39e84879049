/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* Everybody one knows, how it stands with each, and adding more. */

#define FR_TYPE_PEOPLE_PAGE (fr_people_page_get_type ())
G_DECLARE_FINAL_TYPE (FrPeoplePage, fr_people_page, FR, PEOPLE_PAGE, AdwBin)

void fr_people_page_set_node (FrPeoplePage *self, FrNode *node);
void fr_people_page_invite (FrPeoplePage *self);
void fr_people_page_fill_in (FrPeoplePage *self, const char *address);
gboolean fr_people_page_add (FrPeoplePage *self);
const char *fr_people_page_get_error (FrPeoplePage *self);

/* Signal "message" (const char *text). */

G_END_DECLS
