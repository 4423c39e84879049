/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-window-size.h"

#include "fr-settings.h"

#define USUAL_XFT_DPI (96 * 1024)

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

/**
 * fr_window_size_is_narrow:
 * @width: of a window
 * @xft_dpi: the setting "gtk-xft-dpi", which grows with the text; -1: not known
 *
 * Returns: whether it is as narrow as a telephone: what stands side by side elsewhere is below each other
 */
gboolean
fr_window_size_is_narrow (int width, int xft_dpi)
{
  return width * (gint64) USUAL_XFT_DPI < FR_WINDOW_SIZE_NARROW * (gint64) (xft_dpi > 0 ? xft_dpi : USUAL_XFT_DPI);
}
