/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"
#include "fr-wish.h"

G_BEGIN_DECLS

/* A wish, with what has become of it. */

#define FR_TYPE_WISH_ROW (fr_wish_row_get_type ())
G_DECLARE_FINAL_TYPE (FrWishRow, fr_wish_row, FR, WISH_ROW, AdwActionRow)

FrWishRow *fr_wish_row_new (FrWish *wish, FrPeople *people);
FrWish *fr_wish_row_get_wish (FrWishRow *self);
void fr_wish_row_update (FrWishRow *self); /* time has passed */

/* Signal "remove": the person wants to be told no more. */

G_END_DECLS
