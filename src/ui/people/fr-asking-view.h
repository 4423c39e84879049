/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* Somebody who has taken up the invitation that is shown, and asks to be let in; nothing while nobody does. */

#define FR_TYPE_ASKING_VIEW (fr_asking_view_get_type ())
G_DECLARE_FINAL_TYPE (FrAskingView, fr_asking_view, FR, ASKING_VIEW, AdwBin)

void fr_asking_view_set_node (FrAskingView *self, FrNode *node);
FrPerson *fr_asking_view_get_person (FrAskingView *self);

/* Actions "asking.accept", "asking.decline". */

G_END_DECLS
