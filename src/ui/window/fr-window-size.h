/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A window is as large as it was when it was left, and shows less side by side where it is narrow. */

#define FR_WINDOW_SIZE_NARROW 600 /* below that, with text of the usual size */

void fr_window_size_restore (GtkWindow *window);
void fr_window_size_save (GtkWindow *window);

gboolean fr_window_size_is_narrow (int width, int xft_dpi);

G_END_DECLS
