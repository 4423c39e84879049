/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-file-finder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-store-error-private.h"

typedef struct
{
  GPtrArray *files; /* owned: paths */
  guint max_files;
  GCancellable *cancellable; /* borrowed */
} Search;

static gboolean search_folder (Search *search, const char *path, guint depth, GError **error);

/* No link is followed, so nothing outside the folder is found and no circle is walked. */
static gboolean
look_at (Search *search, int folder_fd, const char *folder, const char *name, guint depth, GError **error)
{
  g_autofree char *path = NULL;
  struct stat status;

  if (name[0] == '.' || fstatat (folder_fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return TRUE;
  path = g_build_filename (folder, name, NULL);
  if (S_ISDIR (status.st_mode))
    return depth >= FR_FILE_FINDER_MAX_DEPTH || search_folder (search, path, depth + 1, error);
  if (!S_ISREG (status.st_mode))
    return TRUE;
  if (search->files->len == search->max_files)
    {
      g_set_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE, "There are more than %u files in this folder",
                   search->max_files);
      return FALSE;
    }
  g_ptr_array_add (search->files, g_steal_pointer (&path));
  return TRUE;
}

static gboolean
search_folder (Search *search, const char *path, guint depth, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *folder = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;
  gboolean good = TRUE;

  /* A folder inside that may not be read is left out; the one that the person named is worth a word. */
  if (folder == NULL)
    {
      if (depth == 0)
        fr_store_error_set_errno (error, errno, "The folder cannot be read");
      if (fd >= 0)
        close (fd);
      return depth > 0;
    }
  while (good && (entry = readdir (folder)) != NULL)
    good = !g_cancellable_set_error_if_cancelled (search->cancellable, error)
           && look_at (search, dirfd (folder), path, entry->d_name, depth, error);
  closedir (folder);
  return good;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * fr_file_finder_find:
 * @path: a file or folder; a link is followed here, and only here
 * @max_files: how many files there may be
 * @cancellable: (nullable): to give up
 * @error: (out) (optional): %FR_STORE_ERROR_GONE, %FR_STORE_ERROR_NOT_A_FILE, %FR_STORE_ERROR_TOO_LARGE above
 *   @max_files, %FR_STORE_ERROR_IO, or %G_IO_ERROR_CANCELLED
 *
 * Finds the regular files in a folder and the folders in it, %FR_FILE_FINDER_MAX_DEPTH deep, hidden ones left out. A
 * file stands for itself.
 *
 * Returns: (transfer full) (nullable) (element-type filename): absolute paths, sorted
 */
GPtrArray *
fr_file_finder_find (const char *path, guint max_files, GCancellable *cancellable, GError **error)
{
  g_autofree char *real_path = realpath (path, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  Search search = { files, max_files, cancellable };
  struct stat status;

  if (real_path == NULL || stat (real_path, &status) != 0)
    {
      g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_GONE, "There is no such file or folder");
      return NULL;
    }
  if (S_ISREG (status.st_mode))
    g_ptr_array_add (files, g_steal_pointer (&real_path));
  else if (!S_ISDIR (status.st_mode))
    {
      g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_A_FILE, "This is neither a file nor a folder");
      return NULL;
    }
  else if (!search_folder (&search, real_path, 0, error))
    return NULL;
  g_ptr_array_sort (files, compare_paths);
  return g_steal_pointer (&files);
}
