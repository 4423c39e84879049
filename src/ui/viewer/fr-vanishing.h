/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Hides bars over something in full screen when the pointer rests, and shows them when it moves or Tab is pressed. Those that
 * are being used stay. */

#define FR_VANISHING_MS 3000

#define FR_TYPE_VANISHING (fr_vanishing_get_type ())
G_DECLARE_FINAL_TYPE (FrVanishing, fr_vanishing, FR, VANISHING, GObject)

FrVanishing *fr_vanishing_new (GtkWidget *widget);
void fr_vanishing_add_bar (FrVanishing *self, GtkWidget *bar); /* borrowed, a part of the widget */
void fr_vanishing_set_active (FrVanishing *self, gboolean is_active);
void fr_vanishing_reveal (FrVanishing *self); /* for a while */
gboolean fr_vanishing_get_revealed (FrVanishing *self);

/* Property "revealed" (boolean, notified). */

G_END_DECLS
