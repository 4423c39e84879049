/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-identity-private.h"

static void
set_error_from_errno (GError **error, const char *what, const char *path)
{
  int code = errno;
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s “%s”: %s", what, shown, g_strerror (code));
}

/**
 * fr_backup_save:
 * @file: what fr_backup_seal() made
 * @path: (type filename): where nothing is yet
 * @error: (out) (optional): a #GFileError, %G_FILE_ERROR_EXIST where there is something
 *
 * Writes a backup, whole or not at all, for its owner alone. Blocking.
 *
 * Returns: whether it is on disk
 */
gboolean
fr_backup_save (GBytes *file, const char *path, GError **error)
{
  g_return_val_if_fail (file != NULL && path != NULL, FALSE);

  return _fr_identity_write_file (path, g_bytes_get_data (file, NULL), g_bytes_get_size (file), FALSE, error);
}

static GBytes *
read_all (int fd, const char *path, GError **error)
{
  g_autofree guint8 *data = g_malloc (FR_BACKUP_MAX_SIZE + 1);
  gsize size = 0;
  gssize n;

  do
    {
      n = read (fd, data + size, FR_BACKUP_MAX_SIZE + 1 - size);
      if (n > 0)
        size += (gsize) n;
    }
  while ((n > 0 && size <= FR_BACKUP_MAX_SIZE) || (n < 0 && errno == EINTR));
  if (n < 0)
    {
      set_error_from_errno (error, "Cannot read", path);
      return NULL;
    }
  return g_bytes_new (data, size);
}

/**
 * fr_backup_load:
 * @path: (type filename): a file
 * @error: (out) (optional): a #GFileError
 *
 * Reads a file, but no more of it than a backup can have. Blocking.
 *
 * Returns: (transfer full) (nullable): what is in it, for fr_backup_open()
 */
GBytes *
fr_backup_load (const char *path, GError **error)
{
  struct stat status;
  GBytes *file = NULL;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0 || fstat (fd, &status) != 0)
    set_error_from_errno (error, "Cannot open", path);
  else if (S_ISREG (status.st_mode))
    file = read_all (fd, path, error);
  else
    {
      errno = S_ISDIR (status.st_mode) ? EISDIR : EINVAL;
      set_error_from_errno (error, "Cannot read", path);
    }
  if (fd >= 0)
    close (fd);
  return file;
}
