/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A ring that closes as pictures come, the size of an icon; with an arrow in it, or a mark where one did not come. */

#define FR_TYPE_TRANSFER_RING (fr_transfer_ring_get_type ())
G_DECLARE_FINAL_TYPE (FrTransferRing, fr_transfer_ring, FR, TRANSFER_RING, GtkWidget)

void fr_transfer_ring_show (FrTransferRing *self, double share, gboolean is_alarming);
double fr_transfer_ring_get_share (FrTransferRing *self);

G_END_DECLS
