/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-window-size.h"

#include "fr-settings.h"

void
fr_window_size_restore (GtkWindow *window)
{
  g_autoptr (GSettings) settings = fr_settings_open ();

  if (settings == NULL)
    return;
  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
}

void
fr_window_size_save (GtkWindow *window)
{
  g_autoptr (GSettings) settings = fr_settings_open ();
  int width, height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", MAX (width, 360));
  g_settings_set_int (settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
}
