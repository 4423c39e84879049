/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-save.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fr-title.h"

#define MAX_TRIES 1000 /* "Title (1000).jpg" */

static char *
numbered (const char *path, guint number)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  const char *dot = *name != '\0' ? strrchr (name + 1, '.') : NULL;

  if (number < 2)
    return g_strdup (path);
  if (dot == NULL)
    return g_strdup_printf ("%s (%u)", path, number);
  return g_strdup_printf ("%.*s (%u)%s", (int) (dot - path), path, number, dot);
}

/* Copies into a file that it makes, and that is gone again if that fails: half a picture is worse than none. */
static gboolean
copy_new (GFile *source, GFile *destination, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) from = g_file_read (source, cancellable, error);
  g_autoptr (GFileOutputStream) to = NULL;

  if (from == NULL)
    return FALSE;
  to = g_file_create (destination, G_FILE_CREATE_NONE, cancellable, error);
  if (to == NULL)
    return FALSE;
  if (g_output_stream_splice (G_OUTPUT_STREAM (to), G_INPUT_STREAM (from),
                              G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, cancellable,
                              error)
      >= 0)
    return TRUE;
  g_file_delete (destination, NULL, NULL);
  return FALSE;
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
  else if (*folder_or_path != '\0' && !g_str_has_suffix (folder_or_path, "/"))
    wanted = g_strdup (folder_or_path);
  else
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY, _ ("There is no folder “%s”."), folder_or_path);
      return NULL;
    }
  for (guint number = 1; number <= MAX_TRIES; number++)
    {
      g_autofree char *path = numbered (wanted, number);
      g_autoptr (GFile) destination = g_file_new_for_path (path);
      g_autoptr (GError) problem = NULL;

      if (copy_new (source, destination, cancellable, &problem))
        return g_steal_pointer (&path);
      if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _ ("“%s” is there already. Choose another name."), wanted);
  return NULL;
}
