/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-save.h"

#include <string.h>

#include "fr-title.h"

#define MAX_TRIES 1000 /* "Title (1000).jpg" */

static char *
numbered (const char *path, guint number)
{
  const char *slash = strrchr (path, '/');
  const char *dot = strrchr (slash != NULL ? slash + 2 : path + 1, '.');

  if (number < 2)
    return g_strdup (path);
  if (dot == NULL)
    return g_strdup_printf ("%s (%u)", path, number);
  return g_strdup_printf ("%.*s (%u)%s", (int) (dot - path), path, number, dot);
}

/**
 * fr_save_copy:
 * @fd: an open file, read from its beginning
 * @folder_or_path: a folder, for a name made from @title and @type; or the path of the file to be
 * @title: the picture's title
 * @type: its kind, as Item.Type of the protocol
 * @cancellable: (nullable): a way to stop
 * @error: return location for a %G_IO_ERROR
 *
 * Copies a file. Where the name is taken a number is added to it: *Title (2).jpg*.
 *
 * Returns: (transfer full) (nullable): the path of the copy
 */
char *
fr_save_copy (int fd, const char *folder_or_path, const char *title, guint type, GCancellable *cancellable,
              GError **error)
{
  g_autofree char *source_path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (GFile) source = g_file_new_for_path (source_path);
  g_autofree char *wanted = NULL;

  if (g_file_test (folder_or_path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *name = fr_title_to_file_name (title, type);

      wanted = g_build_filename (folder_or_path, name, NULL);
    }
  else
    wanted = g_strdup (folder_or_path);
  for (guint number = 1; number <= MAX_TRIES; number++)
    {
      g_autofree char *path = numbered (wanted, number);
      g_autoptr (GFile) destination = g_file_new_for_path (path);
      g_autoptr (GError) problem = NULL;

      if (g_file_copy (source, destination, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL, &problem))
        return g_steal_pointer (&path);
      if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "“%s” is there already", wanted);
  return NULL;
}
