/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-autostart.h"

#include <errno.h>
#include <glib/gstdio.h>

/* https://specifications.freedesktop.org/autostart-spec/latest/ */
static const char text[] = "[Desktop Entry]\n"
                           "Type=Application\n"
                           "Name=Freshet\n"
                           "Exec=freshet --background\n"
                           "TryExec=freshet\n"
                           "Icon=" FR_APP_ID "\n"
                           "X-GNOME-UsesNotifications=true\n";

/**
 * fr_autostart_get_path:
 *
 * Returns: (transfer full) (type filename): the file
 */
char *
fr_autostart_get_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", FR_APP_ID ".desktop", NULL);
}

/**
 * fr_autostart_text_starts:
 * @text: what is in the file
 *
 * Desktops switch it off by a line in the file.
 *
 * Returns: whether Freshet is started by it
 */
gboolean
fr_autostart_text_starts (const char *file_text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *exec = NULL;
  gboolean is_on;

  if (!g_key_file_load_from_data (file, file_text, (gsize) -1, G_KEY_FILE_NONE, NULL)
      || g_key_file_get_boolean (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL))
    return FALSE;
  is_on = !g_key_file_has_key (file, G_KEY_FILE_DESKTOP_GROUP, "X-GNOME-Autostart-enabled", NULL)
          || g_key_file_get_boolean (file, G_KEY_FILE_DESKTOP_GROUP, "X-GNOME-Autostart-enabled", NULL);
  exec = g_key_file_get_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL);
  return is_on && exec != NULL && *exec != '\0';
}

/**
 * fr_autostart_get:
 *
 * Returns: whether Freshet is started at login
 */
gboolean
fr_autostart_get (void)
{
  g_autofree char *path = fr_autostart_get_path ();
  g_autofree char *file_text = NULL;

  return g_file_get_contents (path, &file_text, NULL, NULL) && fr_autostart_text_starts (file_text);
}

static gboolean
fail (const char *path, GError **error)
{
  int code = errno;
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "“%s”: %s", shown, g_strerror (code));
  return FALSE;
}

/**
 * fr_autostart_set:
 * @starts: whether Freshet is to be started at login
 * @error: (out) (optional): a #GFileError
 *
 * Returns: whether it is so now
 */
gboolean
fr_autostart_set (gboolean starts, GError **error)
{
  g_autofree char *path = fr_autostart_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  if (!starts)
    return g_unlink (path) == 0 || errno == ENOENT || fail (path, error);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (folder, error);
  return g_file_set_contents (path, text, -1, error);
}
