/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-block-list.h"

#include <sys/stat.h>

#include "fr-file-io.h"
#include "fr-picture.h"
#include "fr-store-error.h"

/**
 * fr_block_list_write:
 * @fd: a file of @size bytes, or with a list already
 * @size: the size of the picture in bytes
 * @hashes: the #FrBlockHash of each of its blocks
 * @error: (out) (optional): %FR_STORE_ERROR_FULL or %FR_STORE_ERROR_IO
 *
 * Writes the list, and gives the file its full length.
 *
 * Returns: whether it is written
 */
gboolean
fr_block_list_write (int fd, guint64 size, GBytes *hashes, GError **error)
{
  guint64 size_be = GUINT64_TO_BE (size);
  gsize hashes_size;
  gconstpointer data = g_bytes_get_data (hashes, &hashes_size);

  return fr_file_write (fd, data, hashes_size, size, error)
         && fr_file_write (fd, &size_be, sizeof size_be, size + hashes_size, error);
}

/* The size at the end of a file that has exactly the length that goes with it; 0 if it does not. */
static guint64
read_size (int fd)
{
  struct stat status;
  guint64 size_be, size, length;

  if (fstat (fd, &status) != 0 || status.st_size < (off_t) sizeof size_be)
    return 0;
  length = (guint64) status.st_size;
  if (fr_file_read (fd, &size_be, sizeof size_be, length - sizeof size_be, NULL) != sizeof size_be)
    return 0;
  size = GUINT64_FROM_BE (size_be);
  if (size == 0 || size > FR_PICTURE_MAX_BYTES)
    return 0;
  return size + fr_content_n_blocks (size) * sizeof (FrBlockHash) + sizeof size_be == length ? size : 0;
}

/**
 * fr_block_list_read:
 * @fd: a file
 * @id: what it should become
 * @out_size: (out): the size of the picture in bytes; untouched on failure
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND
 *
 * Reads the list. It is believed only if it is that of @id.
 *
 * Returns: (transfer full) (nullable): the #FrBlockHash of each block
 */
GBytes *
fr_block_list_read (int fd, const FrContentId *id, guint64 *out_size, GError **error)
{
  guint64 size = read_size (fd);
  guint n_blocks = fr_content_n_blocks (size);
  gsize hashes_size = n_blocks * sizeof (FrBlockHash);
  g_autofree FrBlockHash *hashes = g_malloc (hashes_size);
  FrContentId found;

  if (size > 0 && fr_file_read (fd, hashes, hashes_size, size, NULL) == (gssize) hashes_size)
    {
      fr_content_id_from_blocks (size, hashes, n_blocks, &found);
      if (fr_content_id_equal (&found, id))
        {
          *out_size = size;
          return g_bytes_new_take (g_steal_pointer (&hashes), hashes_size);
        }
    }
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND, "Nothing of this picture has come yet");
  return NULL;
}
