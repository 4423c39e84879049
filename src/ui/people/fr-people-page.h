/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* Everybody one knows, and how it stands with each. */

#define FR_TYPE_PEOPLE_PAGE (fr_people_page_get_type ())
G_DECLARE_FINAL_TYPE (FrPeoplePage, fr_people_page, FR, PEOPLE_PAGE, AdwBin)

void fr_people_page_set_node (FrPeoplePage *self, FrNode *node);

/* Signal "message" (const char *text). */

G_END_DECLS
