/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-main-view.h"

G_BEGIN_DECLS

/* The pages in parts: what is shown, and what happens meanwhile. */

void fr_main_view_watch (FrMainView *self, FrNode *node); /* once, after the pages have the node */

void fr_main_view_say (FrMainView *self, const char *text);
AdwViewStackPage *fr_main_view_get_new_tab (FrMainView *self);
AdwViewStackPage *fr_main_view_get_people_tab (FrMainView *self);

G_END_DECLS
