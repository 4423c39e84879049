/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-recent-search.h"

G_BEGIN_DECLS

/* Something that was looked for lately, to be looked for again. */

#define FR_TYPE_RECENT_ROW (fr_recent_row_get_type ())
G_DECLARE_FINAL_TYPE (FrRecentRow, fr_recent_row, FR, RECENT_ROW, AdwActionRow)

FrRecentRow *fr_recent_row_new (FrRecentSearch *search);
FrRecentSearch *fr_recent_row_get_search (FrRecentRow *self);

/* Signal "remove": it is to be forgotten. */

G_END_DECLS
