/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-transfers.h"

G_BEGIN_DECLS

/* Holds off suspend while pictures are on their way. Main thread. */

#define FR_TYPE_INHIBITOR (fr_inhibitor_get_type ())
G_DECLARE_FINAL_TYPE (FrInhibitor, fr_inhibitor, FR, INHIBITOR, GObject)

FrInhibitor *fr_inhibitor_new (GtkWidget *widget, FrTransfers *transfers);
gboolean fr_inhibitor_is_holding (FrInhibitor *self);

G_END_DECLS
