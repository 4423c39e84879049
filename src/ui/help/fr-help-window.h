/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Answers to the four questions that people ask. In the window, not in a help viewer: not every desktop has one, and none
 * sees into a Flatpak. */

#define FR_TYPE_HELP_WINDOW (fr_help_window_get_type ())
G_DECLARE_FINAL_TYPE (FrHelpWindow, fr_help_window, FR, HELP_WINDOW, AdwWindow)

FrHelpWindow *fr_help_window_present (GtkWindow *parent, const char *question);

G_END_DECLS
