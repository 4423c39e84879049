/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-node.h"
#include "fr-transfer-text.h"

G_BEGIN_DECLS

/* All that is on its way in a window, in groups, and the sum of it. One a window; main thread. */

#define FR_TRANSFERS_UPDATE_MS 100 /* of the sum, while things move */

#define FR_TYPE_TRANSFERS (fr_transfers_get_type ())
G_DECLARE_FINAL_TYPE (FrTransfers, fr_transfers, FR, TRANSFERS, GObject)

FrTransfers *fr_transfers_new (FrNode *node);

GListModel *fr_transfers_get_group (FrTransfers *self, FrTransferGroup group); /* of FrFetch, FrGiving */
GListModel *fr_transfers_get_here (FrTransfers *self); /* of FrHit: what has come, as it stands in the last group */
FrNode *fr_transfers_get_node (FrTransfers *self);
guint fr_transfers_get_n_moving (FrTransfers *self);
guint fr_transfers_get_n_failed (FrTransfers *self);
double fr_transfers_get_share (FrTransfers *self); /* of all bytes that move, or came while others moved */
void fr_transfers_remove (FrTransfers *self, gpointer transfer);
void fr_transfers_clear (FrTransfers *self);
void fr_transfers_retry_all (FrTransfers *self);

void fr_transfers_gather (gpointer transfer, FrTransferFacts *out_facts); /* texts are those of the transfer */

/* Signals "changed": the sum; "ended" (GObject *): a transfer is over. */

G_END_DECLS
