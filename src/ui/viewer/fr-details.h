/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-viewed-picture.h"

G_BEGIN_DECLS

/* What is known of a picture: the words of one's own to change, and the facts to read. */

#define FR_TYPE_DETAILS (fr_details_get_type ())
G_DECLARE_FINAL_TYPE (FrDetails, fr_details, FR, DETAILS, AdwBin)

void fr_details_set_node (FrDetails *self, FrNode *node);
void fr_details_show (FrDetails *self, FrViewedPicture *picture); /* nullable: none */
void fr_details_set_folded (FrDetails *self, gboolean is_folded); /* it is a page by itself, which leads back */
void fr_details_update (FrDetails *self);                         /* something of it is another now */
void fr_details_save (FrDetails *self);
void fr_details_forget (FrDetails *self); /* what is being changed: the picture goes */
gboolean fr_details_is_busy (FrDetails *self); /* the picture will be another file */
void fr_details_focus_title (FrDetails *self);
void fr_details_set_title (FrDetails *self, const char *title); /* as if it were typed */

/* Signal "message" (const char *text).
 * Actions "details.save", "details.copy-id". */

G_END_DECLS
