/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The sheet that says, before pictures are added, who will find them. */

char *fr_add_dialog_make_heading (const char *const *paths);
void fr_add_dialog_ask_async (GtkWidget *widget, const char *heading, GAsyncReadyCallback callback, gpointer data);
gboolean fr_add_dialog_ask_finish (GtkWidget *widget, GAsyncResult *result);

G_END_DECLS
