/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-file-io.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-store-error-private.h"

/**
 * fr_file_read:
 * @fd: a file
 * @data: (out caller-allocates) (array length=size): where to put it
 * @size: how many bytes are wanted
 * @offset: from where in the file, in bytes
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Reads until there are @size bytes or the file ends. The position of @fd stays.
 *
 * Returns: how many bytes there were, or -1
 */
gssize
fr_file_read (int fd, gpointer data, gsize size, guint64 offset, GError **error)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t n = pread (fd, (guint8 *) data + done, size - done, (off_t) (offset + done));

      if (n == 0)
        break;
      if (n > 0)
        done += (gsize) n;
      else if (errno != EINTR)
        {
          fr_store_error_set_errno (error, errno, "The file cannot be read");
          return -1;
        }
    }
  return (gssize) done;
}

/**
 * fr_file_write:
 * @fd: a file
 * @data: (array length=size): bytes
 * @size: how many
 * @offset: where in the file they go, in bytes
 * @error: (out) (optional): %FR_STORE_ERROR_FULL or %FR_STORE_ERROR_IO
 *
 * Writes all of @data. The position of @fd stays.
 *
 * Returns: whether it was written
 */
gboolean
fr_file_write (int fd, gconstpointer data, gsize size, guint64 offset, GError **error)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t n = pwrite (fd, (const guint8 *) data + done, size - done, (off_t) (offset + done));

      if (n >= 0)
        done += (gsize) n;
      else if (errno != EINTR)
        {
          fr_store_error_set_errno (error, errno, "The picture cannot be written");
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * fr_file_sync:
 * @fd: a file or folder
 * @error: (out) (optional): %FR_STORE_ERROR_FULL or %FR_STORE_ERROR_IO
 *
 * Waits until what was written is on disk; some file systems notice only here that there is no room.
 *
 * Returns: whether it is
 */
gboolean
fr_file_sync (int fd, GError **error)
{
  if (fsync (fd) == 0)
    return TRUE;
  fr_store_error_set_errno (error, errno, "The picture cannot be written");
  return FALSE;
}

/**
 * fr_file_sync_folder:
 * @path: a folder
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Waits until the names in @path are on disk: syncing a file does not sync its name (fsync(2)).
 *
 * Returns: whether they are
 */
gboolean
fr_file_sync_folder (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced;

  if (fd < 0)
    {
      fr_store_error_set_errno (error, errno, "The folder of pictures cannot be used");
      return FALSE;
    }
  synced = fr_file_sync (fd, error);
  close (fd);
  return synced;
}

/**
 * fr_file_make_folder:
 * @path: a folder, whose parent exists
 * @out_made: (out) (optional): whether it was not there before
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Makes a folder that is nobody else's business (mode 0700).
 *
 * Returns: whether it is there
 */
gboolean
fr_file_make_folder (const char *path, gboolean *out_made, GError **error)
{
  gboolean made = mkdir (path, 0700) == 0;

  if (!made && errno != EEXIST)
    {
      fr_store_error_set_errno (error, errno, "The folder of pictures cannot be made");
      return FALSE;
    }
  if (out_made != NULL)
    *out_made = made;
  return TRUE;
}

/**
 * fr_file_sync_way:
 * @path: a file or folder
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Waits until the name of @path is on disk, and those of the folders that lead to it, as far up as they are this user's.
 *
 * Returns: whether they are
 */
gboolean
fr_file_sync_way (const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  struct stat status;

  if (strcmp (parent, path) == 0 || stat (parent, &status) != 0 || status.st_uid != getuid ()
      || access (parent, R_OK) != 0)
    return TRUE;
  return fr_file_sync_way (parent, error) && fr_file_sync_folder (parent, error);
}

static gboolean
is_regular_file (int fd)
{
  struct stat status;

  return fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
}

/**
 * fr_file_open_source:
 * @path: a file that a person named
 * @error: (out) (optional): %FR_STORE_ERROR_GONE, %FR_STORE_ERROR_NOT_A_FILE or %FR_STORE_ERROR_IO
 *
 * Opens a file to read it, but no link in its place, and nothing that might block or act when it is opened.
 *
 * Returns: a descriptor, or -1
 */
int
fr_file_open_source (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);

  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ESTALE))
    g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_GONE, "The file is not there any more");
  else if (fd < 0 && errno != ELOOP && errno != ENXIO)
    fr_store_error_set_errno (error, errno, "The file cannot be read");
  else if (fd < 0 || !is_regular_file (fd))
    {
      g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_A_FILE,
                           "This is a folder, a link or a device, not a file");
      if (fd >= 0)
        close (fd);
      return -1;
    }
  return fd;
}
