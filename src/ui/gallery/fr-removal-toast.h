/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-removal.h"

G_BEGIN_DECLS

/* Says what was removed, with a way to bring it back: as long as that is on screen. */

void fr_removal_toast_show (GtkWidget *widget, FrRemoval *removal);
gboolean fr_removal_toast_undo (GtkWidget *widget); /* what was removed last; for a key */

G_END_DECLS
