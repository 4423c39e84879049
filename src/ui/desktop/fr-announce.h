/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has a screen reader say something that the person did not move to. GTK 4.8 has nothing for that: the widget with the
 * focus is described by it for a while. */

void fr_announce (GtkWidget *widget, const char *text);          /* a result, an error, a toast: at once */
void fr_announce_progress (GtkWidget *widget, const char *text); /* at most one in five seconds, and the last */

G_END_DECLS
