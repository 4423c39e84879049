/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-texture-loader.h"
#include "fr-transfers.h"

G_BEGIN_DECLS

/* All that is on its way, in groups, in a popover or on a page. It has rows only while it is active, so that one that is
 * not looked at costs nothing. */

#define FR_TRANSFERS_LIST_MAX_ROWS 8 /* of the height of a popover; the rest is scrolled to */

#define FR_TYPE_TRANSFERS_LIST (fr_transfers_list_get_type ())
G_DECLARE_FINAL_TYPE (FrTransfersList, fr_transfers_list, FR, TRANSFERS_LIST, AdwBin)

void fr_transfers_list_set_transfers (FrTransfersList *self, FrTransfers *transfers, FrTextureLoader *loader);
void fr_transfers_list_set_active (FrTransfersList *self, gboolean is_active);
gboolean fr_transfers_list_take_focus (FrTransfersList *self);

/* Property "in-popover" (boolean, construct only). Signal "open" (FrFetch *): one that has come was chosen. */

G_END_DECLS
