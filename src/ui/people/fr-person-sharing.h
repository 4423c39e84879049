/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-import-bar.h"
#include "fr-offer.h"

G_BEGIN_DECLS

/* Sharing pictures with one person alone: they are chosen or dropped, added for them, and what was done is told with a way
 * to take it back. Whom they are for is known, so that is not asked, nor usual from then on. Belongs to the page that has
 * the bar. Main thread. */

#define FR_TYPE_PERSON_SHARING (fr_person_sharing_get_type ())
G_DECLARE_FINAL_TYPE (FrPersonSharing, fr_person_sharing, FR, PERSON_SHARING, GObject)

FrPersonSharing *fr_person_sharing_new (FrNode *node, FrImportBar *bar);
gboolean fr_person_sharing_can_begin (FrPerson *person);
void fr_person_sharing_choose (FrPersonSharing *self, FrPerson *person);
void fr_person_sharing_take_offer (FrPersonSharing *self, FrPerson *person, FrOffer *offer);
void fr_person_sharing_take_pictures (FrPersonSharing *self, FrPerson *person, GPtrArray *pictures);
void fr_person_sharing_take_paths (FrPersonSharing *self, FrPerson *person, const char *const *paths);

/* Whether somebody can see a picture: they themselves, not another computer of theirs. */
gboolean fr_person_sharing_includes (const FrPicture *picture, FrPerson *person);

/* Signal "message" (const char *text): what is told where there is nothing to take back. */

G_END_DECLS
