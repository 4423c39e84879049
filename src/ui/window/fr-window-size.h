/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A window is as large as it was when it was left. */

void fr_window_size_restore (GtkWindow *window);
void fr_window_size_save (GtkWindow *window);

G_END_DECLS
