/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* What the person can choose, applied at once. Closing hides it, so that what takes long goes on; it ends with its
 * parent. */

#define FR_TYPE_PREFERENCES_WINDOW (fr_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (FrPreferencesWindow, fr_preferences_window, FR, PREFERENCES_WINDOW, AdwPreferencesWindow)

FrPreferencesWindow *fr_preferences_window_new (FrNode *node, GtkWindow *parent);
void fr_preferences_window_show (FrPreferencesWindow *self, const char *page); /* "you", "connection", "pictures",
                                                                                  "background" */

/* Actions "win.connection": the page about that, for what is opened from here; "win.doctor": of the parent. */

G_END_DECLS
