/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-texture-loader.h"
#include "fr-transfer-text.h"
#include "fr-veil.h"

G_BEGIN_DECLS

/* One picture that comes, goes, or has, in a list: how far it is, and what can be done about it. */

#define FR_TYPE_TRANSFER_ROW (fr_transfer_row_get_type ())
G_DECLARE_FINAL_TYPE (FrTransferRow, fr_transfer_row, FR, TRANSFER_ROW, GtkListBoxRow)

FrTransferRow *fr_transfer_row_new (gpointer transfer, FrTextureLoader *loader, FrVeil *veil);
gpointer fr_transfer_row_get_transfer (FrTransferRow *self);
FrTransferOffers fr_transfer_row_get_offers (FrTransferRow *self);
const char *fr_transfer_row_get_text (FrTransferRow *self);

/* Actions "transfer.pause", "transfer.resume", "transfer.cancel", "transfer.retry", and "transfer.remove", which is
 * Delete: signal "remove". */

G_END_DECLS
