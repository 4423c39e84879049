/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-pack-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail_errno (GError **error, int code, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", shown, g_strerror (code));
  return FALSE;
}

static gboolean
is_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) == NULL;
}

/**
 * fr_pack_folder_make:
 * @folder: (type filename): where a gallery is to be exported to
 * @error: (out) (optional): %FR_MANIFEST_ERROR_NOT_EMPTY, or %G_IO_ERROR
 *
 * Makes the folder, for its owner alone. One that is there and empty is taken.
 *
 * Returns: whether there is an empty folder
 */
gboolean
fr_pack_folder_make (const char *folder, GError **error)
{
  if (g_mkdir (folder, 0700) == 0)
    return TRUE;
  if (errno != EEXIST)
    return fail_errno (error, errno, folder);
  if (is_empty (folder))
    return TRUE;
  g_set_error_literal (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_NOT_EMPTY,
                       _ ("There is something in this folder already. Name a new one."));
  return FALSE;
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize size, done = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  while (done < size)
    {
      gssize n = write (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += (gsize) n;
    }
  return fsync (fd) == 0;
}

/* The names of the pictures first, then that of the list. */
static gboolean
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL); /* some file systems do not know that */

  if (fd >= 0)
    close (fd);
  return synced;
}

/**
 * fr_pack_folder_finish:
 * @folder: (type filename): a folder with all its pictures
 * @list: the list of them
 * @error: (out) (optional): %G_IO_ERROR
 *
 * Writes the list: with it, the export is whole.
 *
 * Returns: whether it is, on disk
 */
gboolean
fr_pack_folder_finish (const char *folder, GBytes *list, GError **error)
{
  g_autofree char *path = g_build_filename (folder, FR_MANIFEST_NAME, NULL);
  g_autofree char *temporary = g_strconcat (path, ".part", NULL);
  int fd = g_open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean written;

  if (fd < 0)
    return fail_errno (error, errno, temporary);
  written = write_all (fd, list) && sync_folder (folder) && g_rename (temporary, path) == 0 && sync_folder (folder);
  if (!written)
    {
      fail_errno (error, errno, path);
      g_unlink (path);
      g_unlink (temporary);
    }
  close (fd);
  return written;
}

/**
 * fr_pack_folder_undo:
 * @folder: (type filename): a folder that was not finished
 * @written: the pictures that were written into it
 *
 * Takes away what an export that did not come to its end has left, and the folder if nothing else is in it.
 */
void
fr_pack_folder_undo (const char *folder, const FrManifest *written)
{
  for (guint i = 0; i < written->entries->len; i++)
    {
      const FrManifestEntry *entry = written->entries->pdata[i];
      g_autofree char *path = g_build_filename (folder, entry->file, NULL);
      g_autofree char *original = entry->original != NULL ? g_build_filename (folder, entry->original, NULL) : NULL;

      g_unlink (path);
      if (original != NULL)
        g_unlink (original);
    }
  g_rmdir (folder);
}

static GBytes *
read_all (int fd, gsize size, const char *path, GError **error)
{
  g_autofree char *data = g_malloc (size);
  gsize done = 0;

  while (done < size)
    {
      gssize n = read (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          fail_errno (error, errno, path);
          return NULL;
        }
      if (n == 0)
        break;
      done += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&data), done);
}

static GBytes *
read_list (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
  GBytes *text = NULL;
  struct stat status;

  if (fd < 0 && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
    fail_errno (error, errno, path);
  else if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    g_set_error_literal (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_NOT_ONE,
                         _ ("There is no exported gallery here, or it was not exported to the end."));
  else if (status.st_size > FR_MANIFEST_MAX_SIZE)
    g_set_error_literal (error, FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_TOO_LARGE,
                         _ ("This gallery is too large. It may have up to 100,000 pictures."));
  else
    text = read_all (fd, (gsize) status.st_size, path, error);
  if (fd >= 0)
    close (fd);
  return text;
}

/**
 * fr_pack_folder_read:
 * @folder: (type filename): what a person says is an exported gallery
 * @error: (out) (optional): %FR_MANIFEST_ERROR or %G_IO_ERROR
 *
 * Reads the list in a folder; not through a link, and not from a device.
 *
 * Returns: (transfer full) (nullable): the list
 */
FrManifest *
fr_pack_folder_read (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, FR_MANIFEST_NAME, NULL);
  g_autoptr (GBytes) text = read_list (path, error);

  return text != NULL ? fr_manifest_parse (text, error) : NULL;
}
