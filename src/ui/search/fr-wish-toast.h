/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-wishes.h"

G_BEGIN_DECLS

/* What was done with a wish, to be undone. The widget is in an AdwToastOverlay, or nothing is said. */

void fr_wish_toast_kept (GtkWidget *widget, FrWishes *wishes, FrWish *wish);
void fr_wish_toast_removed (GtkWidget *widget, FrWishes *wishes, FrWish *wish);

G_END_DECLS
