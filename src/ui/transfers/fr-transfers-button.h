/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-texture-loader.h"
#include "fr-transfers.h"

G_BEGIN_DECLS

/* A ring in a header bar while something is on its way, or has not come; with the list of it in a popover, or on a page
 * where the window is narrow. */

#define FR_TRANSFERS_BUTTON_SILENT_MS 300 /* what takes no longer does not show it */
#define FR_TRANSFERS_BUTTON_LINGER_MS 2000 /* so that the ring is seen to close */

#define FR_TYPE_TRANSFERS_BUTTON (fr_transfers_button_get_type ())
G_DECLARE_FINAL_TYPE (FrTransfersButton, fr_transfers_button, FR, TRANSFERS_BUTTON, AdwBin)

void fr_transfers_button_set_transfers (FrTransfersButton *self, FrTransfers *transfers, FrTextureLoader *loader);
gboolean fr_transfers_button_popup (FrTransfersButton *self);

/* Property "narrow" (boolean). Signal "open" (FrFetch *): one that has come was chosen. */

G_END_DECLS
