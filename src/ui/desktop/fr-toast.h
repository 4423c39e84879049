/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What was done, said in a toast of the window that a widget is in, and to those who cannot see it. */

typedef void (*FrToastFunc) (GtkWidget *overlay, gpointer data); /* overlay: something in the same window */

void fr_toast_say (GtkWidget *widget, const char *text);
void fr_toast_offer (GtkWidget *widget, const char *text, const char *button, FrToastFunc func, gpointer data,
                     GDestroyNotify free_data);

/* What takes long, with a way to stop it; what does not is never said. */
typedef struct _FrToastWait FrToastWait;

FrToastWait *fr_toast_wait_new (GtkWidget *widget, const char *text, GCancellable *cancellable);
void fr_toast_wait_end (FrToastWait *self);

G_END_DECLS
