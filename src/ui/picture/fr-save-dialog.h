/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks where a copy of a picture shall go. */

void fr_save_dialog_ask_async (GtkWidget *widget, const char *title, guint type, GAsyncReadyCallback callback,
                               gpointer data);
char *fr_save_dialog_ask_finish (GtkWidget *widget, GAsyncResult *result);

G_END_DECLS
