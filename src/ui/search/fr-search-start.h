/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* What stands on the page to look for pictures before anything is typed: wishes, and what was looked for lately. */

#define FR_TYPE_SEARCH_START (fr_search_start_get_type ())
G_DECLARE_FINAL_TYPE (FrSearchStart, fr_search_start, FR, SEARCH_START, AdwBin)

void fr_search_start_set_node (FrSearchStart *self, FrNode *node);
gboolean fr_search_start_is_empty (FrSearchStart *self);

/* Signals "show-wish" (FrWish *), "ask" (FrRecentSearch *), "changed": whether it is empty; "emptied": the focus went with what
 * had it. Action "start.forget-all". */

G_END_DECLS
