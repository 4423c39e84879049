/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-blob-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "fr-file-io.h"
#include "fr-picture.h"
#include "fr-store-error-private.h"

struct _FrBlobWriter
{
  char *path; /* owned; NULL once finished */
  int fd;
  GArray *hashes; /* owned: FrBlockHash */
  guint64 size;
  gboolean cloned;
};

/**
 * fr_blob_writer_new:
 * @folder: where the file is made
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Makes an empty file, mode 0600, under a name of its own.
 *
 * Returns: (transfer full) (nullable): its writer
 */
FrBlobWriter *
fr_blob_writer_new (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "new-XXXXXX", NULL);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  FrBlobWriter *self;

  if (fd < 0)
    {
      fr_store_error_set_errno (error, errno, "The picture cannot be written");
      return NULL;
    }
  self = g_new0 (FrBlobWriter, 1);
  self->path = g_steal_pointer (&path);
  self->fd = fd;
  self->hashes = g_array_new (FALSE, FALSE, sizeof (FrBlockHash));
  return self;
}

/**
 * fr_blob_writer_free:
 * @self: (nullable) (transfer full): a writer
 *
 * Ends it, and removes the file unless it was finished.
 */
void
fr_blob_writer_free (FrBlobWriter *self)
{
  if (self == NULL)
    return;
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->path);
  close (self->fd);
  g_array_unref (self->hashes);
  g_free (self);
}

/**
 * fr_blob_writer_clone:
 * @self: a writer to which nothing was added yet
 * @fd: a file
 *
 * Shares the blocks of @fd on disk where the file system can (ioctl_ficlone(2)): no room is used, and what happens to
 * @fd from now on does not matter. The bytes are still to be added, as read from fr_blob_writer_get_fd().
 *
 * Returns: %FALSE where the bytes have to be copied
 */
gboolean
fr_blob_writer_clone (FrBlobWriter *self, int fd)
{
  self->cloned = ioctl (self->fd, FICLONE, fd) == 0;
  return self->cloned;
}

/**
 * fr_blob_writer_add:
 * @self: a writer
 * @data: (array length=size): the next block
 * @size: its size in bytes; %FR_BLOCK_SIZE for all but the last
 * @error: (out) (optional): %FR_STORE_ERROR_TOO_LARGE, %FR_STORE_ERROR_FULL or %FR_STORE_ERROR_IO
 *
 * Writes and hashes a block.
 *
 * Returns: whether it was added
 */
gboolean
fr_blob_writer_add (FrBlobWriter *self, gconstpointer data, gsize size, GError **error)
{
  FrBlockHash hash;

  if (size > FR_PICTURE_MAX_BYTES - self->size)
    {
      g_set_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE,
                   "A picture can have at most %" G_GUINT64_FORMAT " MiB", FR_PICTURE_MAX_BYTES >> 20);
      return FALSE;
    }
  if (!self->cloned && !fr_file_write (self->fd, data, size, self->size, error))
    return FALSE;
  fr_content_hash_block (data, size, &hash);
  g_array_append_val (self->hashes, hash);
  self->size += size;
  return TRUE;
}

/**
 * fr_blob_writer_get_fd:
 * @self: a writer
 *
 * Returns: the file, which stays the writer's
 */
int
fr_blob_writer_get_fd (FrBlobWriter *self)
{
  return self->fd;
}

/**
 * fr_blob_writer_get_size:
 * @self: a writer
 *
 * Returns: how many bytes have been added
 */
guint64
fr_blob_writer_get_size (FrBlobWriter *self)
{
  return self->size;
}

/**
 * fr_blob_writer_finish:
 * @self: a writer to which everything was added
 * @error: (out) (optional): %FR_STORE_ERROR_EMPTY, %FR_STORE_ERROR_FULL or %FR_STORE_ERROR_IO
 *
 * Waits until the file is on disk and hands it over.
 *
 * Returns: (transfer full) (nullable): the file and its content id
 */
FrStaged *
fr_blob_writer_finish (FrBlobWriter *self, GError **error)
{
  g_autoptr (GBytes) hashes = NULL;
  FrContentId id;
  FrStaged *staged;
  int fd;

  if (self->size == 0)
    {
      g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_EMPTY, "The file is empty");
      return NULL;
    }
  if (!fr_file_sync (self->fd, error))
    return NULL;
  fd = open (self->path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    {
      fr_store_error_set_errno (error, errno, "The picture cannot be read");
      return NULL;
    }
  fr_content_id_from_blocks (self->size, (const FrBlockHash *) self->hashes->data, self->hashes->len, &id);
  hashes = g_bytes_new (self->hashes->data, self->hashes->len * sizeof (FrBlockHash));
  staged = fr_staged_new (self->path, fd, &id, self->size, hashes);
  g_clear_pointer (&self->path, g_free);
  return staged;
}
