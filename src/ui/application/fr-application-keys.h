/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The keys that do the same everywhere. An accelerator comes before whatever has the focus, so only those that no entry
 * uses are here; all others are bindings of the widget that they are about. */

void fr_application_keys_set (GtkApplication *application);

G_END_DECLS
