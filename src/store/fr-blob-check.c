/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-blob-check.h"

#include <unistd.h>

#include "fr-file-io.h"
#include "fr-picture.h"
#include "fr-store-error.h"

static GArray *
hash_file (int fd, guint64 *out_size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (FrBlockHash));
  g_autofree guint8 *data = g_malloc (FR_BLOCK_SIZE);
  gssize n;

  *out_size = 0;
  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      n = fr_file_read (fd, data, FR_BLOCK_SIZE, *out_size, error);
      if (n < 0)
        return NULL;
      if (n > 0)
        fr_blob_add_hash (hashes, data, (gsize) n);
      *out_size += (guint64) n;
    }
  while (n == FR_BLOCK_SIZE && *out_size <= FR_PICTURE_MAX_BYTES);
  return g_steal_pointer (&hashes);
}

/**
 * fr_blob_add_hash:
 * @hashes: (element-type FrBlockHash): of the blocks before
 * @data: (array length=size): a block
 * @size: its size in bytes
 *
 * Hashes the next block of a picture.
 */
void
fr_blob_add_hash (GArray *hashes, gconstpointer data, gsize size)
{
  FrBlockHash hash;

  fr_content_hash_block (data, size, &hash);
  g_array_append_val (hashes, hash);
}

/**
 * fr_blob_check_hashes:
 * @hashes: (element-type FrBlockHash): of all blocks
 * @size: the size in bytes
 * @id: what it should be
 * @error: (out) (optional): %FR_STORE_ERROR_WRONG_BLOCK
 *
 * Returns: whether it is that picture
 */
gboolean
fr_blob_check_hashes (GArray *hashes, guint64 size, const FrContentId *id, GError **error)
{
  FrContentId found;

  if (size > 0 && size <= FR_PICTURE_MAX_BYTES && hashes->len == fr_content_n_blocks (size))
    {
      fr_content_id_from_blocks (size, (const FrBlockHash *) hashes->data, hashes->len, &found);
      if (fr_content_id_equal (&found, id))
        return TRUE;
    }
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK, "The file of this picture is damaged");
  return FALSE;
}

/**
 * fr_blob_check_fd:
 * @fd: a file
 * @id: the picture that it should be
 * @out_size: (out) (optional): how many bytes were read, also where it is not
 * @cancellable: (nullable): to give up
 * @error: (out) (optional): %FR_STORE_ERROR_WRONG_BLOCK, %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Reads and hashes a whole file.
 *
 * Returns: (transfer full) (nullable): the #FrBlockHash of each block, if it is that picture
 */
GBytes *
fr_blob_check_fd (int fd, const FrContentId *id, guint64 *out_size, GCancellable *cancellable, GError **error)
{
  guint64 size = 0;
  g_autoptr (GArray) hashes = hash_file (fd, &size, cancellable, error);

  if (out_size != NULL)
    *out_size = size;
  if (hashes == NULL || !fr_blob_check_hashes (hashes, size, id, error))
    return NULL;
  return g_bytes_new (hashes->data, hashes->len * sizeof (FrBlockHash));
}

/**
 * fr_blob_check:
 * @blobs: a directory
 * @id: a picture
 * @out_size: (out) (optional): its size in bytes
 * @cancellable: (nullable): to give up
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_WRONG_BLOCK where its bytes are not those that
 *   have this name, %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Reads and hashes a whole picture.
 *
 * Returns: (transfer full) (nullable): the #FrBlockHash of each block, if all is as it should be
 */
GBytes *
fr_blob_check (FrBlobDir *blobs, const FrContentId *id, guint64 *out_size, GCancellable *cancellable, GError **error)
{
  int fd = fr_blob_dir_open_read (blobs, id, error);
  guint64 size = 0;
  GBytes *hashes;

  if (fd < 0)
    return NULL;
  hashes = fr_blob_check_fd (fd, id, &size, cancellable, error);
  close (fd);
  if (hashes != NULL && out_size != NULL)
    *out_size = size;
  return hashes;
}

static void
list_folder (const char *folder, GArray *ids)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  FrContentId id;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (fr_content_id_parse (&id, name))
      g_array_append_val (ids, id);
}

/**
 * fr_blob_list:
 * @blobs: a directory
 *
 * Returns: (transfer full) (element-type FrContentId): the names of all files, whatever is in them
 */
GArray *
fr_blob_list (FrBlobDir *blobs)
{
  const char *pictures = fr_blob_dir_get_pictures (blobs);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (FrContentId));
  g_autoptr (GDir) dir = g_dir_open (pictures, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (pictures, name, NULL);

      list_folder (folder, ids);
    }
  return ids;
}
