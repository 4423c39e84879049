/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-blob-dir.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-blob-check.h"
#include "fr-blob-writer.h"
#include "fr-file-io.h"
#include "fr-picture.h"
#include "fr-store-error-private.h"

/* How many names an export tries, "Title (2).jpg" and so on, before it gives up. */
#define MAX_EXPORT_NAMES 1000

struct _FrBlobDir
{
  char *folder; /* owned, all four */
  char *pictures;
  char *staging;
  char *incoming;
  int stopped;  /* atomic */
  int n_staged; /* atomic: names for what was on its way in */

  /* Whether the folders are on disk, for whoever places pictures. At first nobody knows: whoever made them may have been
   * killed before that. */
  gboolean folders_synced;
};

static char *
make_path (FrBlobDir *self, const FrContentId *id, char **out_folder)
{
  g_autofree char *name = fr_content_id_to_string (id);
  g_autofree char *folder = g_strdup_printf ("%s/%.2s", self->pictures, name);
  char *path = g_build_filename (folder, name, NULL);

  if (out_folder != NULL)
    *out_folder = g_steal_pointer (&folder);
  return path;
}

/* Removes the files of a folder that nobody has written to for `age_s` seconds. */
static void
clean_folder (const char *folder, gint64 age_s)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat status;

      if (lstat (path, &status) == 0 && now_s - status.st_mtim.tv_sec >= age_s)
        g_unlink (path);
    }
}

/**
 * fr_blob_dir_go_on:
 * @self: a directory
 * @cancellable: (nullable): to give up
 * @error: (out) (optional): %G_IO_ERROR
 *
 * For whoever works on what takes long.
 *
 * Returns: whether nobody wants it to end
 */
gboolean
fr_blob_dir_go_on (FrBlobDir *self, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!g_atomic_int_get (&self->stopped))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The store has been closed");
  return FALSE;
}

static gboolean
check_unchanged (const struct stat *before, const struct stat *after, guint64 read, GError **error)
{
  if ((guint64) after->st_size == read && before->st_mtim.tv_sec == after->st_mtim.tv_sec
      && before->st_mtim.tv_nsec == after->st_mtim.tv_nsec)
    return TRUE;
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_GONE, "The file changed while it was read");
  return FALSE;
}

/**
 * fr_blob_dir_new:
 * @folder: the folder of the store, which exists
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Makes the folders that are not there, and removes what a Freshet that was killed left behind: files that were never
 * in the catalogue, and half-done pictures that nobody asked for again in %FR_INCOMING_MAX_AGE_DAYS. Only for the one
 * that holds the store's lock.
 *
 * Returns: (transfer full) (nullable): the directory
 */
FrBlobDir *
fr_blob_dir_new (const char *folder, GError **error)
{
  g_autoptr (FrBlobDir) self = g_new0 (FrBlobDir, 1);

  self->folder = g_strdup (folder);
  self->pictures = g_build_filename (folder, "pictures", NULL);
  self->staging = g_build_filename (self->pictures, "tmp", NULL);
  self->incoming = g_build_filename (folder, "incoming", NULL);
  if (!fr_file_make_folder (self->pictures, NULL, error) || !fr_file_make_folder (self->staging, NULL, error)
      || !fr_file_make_folder (self->incoming, NULL, error))
    return NULL;
  clean_folder (self->staging, 0);
  clean_folder (self->incoming, FR_INCOMING_MAX_AGE_DAYS * 24 * 60 * 60);
  return g_steal_pointer (&self);
}

/**
 * fr_blob_dir_new_for_originals:
 * @folder: the folder of a store, in which fr_blob_dir_new() has made the others
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Files that are nobody else's business have a folder of their own, so that nothing that serves pictures, or looks for
 * them after damage, comes across them. What is staged for the pictures can be placed here too.
 *
 * Returns: (transfer full) (nullable): the directory of originals
 */
FrBlobDir *
fr_blob_dir_new_for_originals (const char *folder, GError **error)
{
  g_autoptr (FrBlobDir) self = g_new0 (FrBlobDir, 1);

  self->folder = g_strdup (folder);
  self->pictures = g_build_filename (folder, "originals", NULL);
  self->staging = g_build_filename (folder, "pictures", "tmp", NULL);
  self->incoming = g_build_filename (folder, "incoming", NULL);
  return fr_file_make_folder (self->pictures, NULL, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * fr_blob_dir_get_pictures:
 * @self: a directory
 *
 * Returns: (transfer none): the folder of all pictures
 */
const char *
fr_blob_dir_get_pictures (FrBlobDir *self)
{
  return self->pictures;
}

/**
 * fr_blob_dir_get_path:
 * @self: a directory
 * @id: a picture
 *
 * Returns: (transfer full): where its file is, if it has one
 */
char *
fr_blob_dir_get_path (FrBlobDir *self, const FrContentId *id)
{
  return make_path (self, id, NULL);
}

/**
 * fr_blob_dir_free:
 * @self: (nullable) (transfer full): a directory
 *
 * Frees it; the files stay.
 */
void
fr_blob_dir_free (FrBlobDir *self)
{
  if (self == NULL)
    return;
  g_free (self->folder);
  g_free (self->pictures);
  g_free (self->staging);
  g_free (self->incoming);
  g_free (self);
}

/**
 * fr_blob_dir_stop:
 * @self: a directory
 *
 * Makes what takes long in other threads end soon, with %G_IO_ERROR_CLOSED.
 */
void
fr_blob_dir_stop (FrBlobDir *self)
{
  g_atomic_int_set (&self->stopped, TRUE);
}

static gboolean
copy_blocks (FrBlobDir *self, FrBlobWriter *writer, int fd, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *block = g_malloc (FR_BLOCK_SIZE);
  int source = fr_blob_writer_clone (writer, fd) ? fr_blob_writer_get_fd (writer) : fd;
  gssize n;

  do
    {
      if (!fr_blob_dir_go_on (self, cancellable, error))
        return FALSE;
      n = fr_file_read (source, block, FR_BLOCK_SIZE, fr_blob_writer_get_size (writer), error);
      if (n < 0 || (n > 0 && !fr_blob_writer_add (writer, block, (gsize) n, error)))
        return FALSE;
    }
  while (n == FR_BLOCK_SIZE);
  return TRUE;
}

/**
 * fr_blob_dir_stage_fd:
 * @self: a directory
 * @fd: a file to copy
 * @cancellable: (nullable): to give up
 * @error: (out) (optional): %FR_STORE_ERROR_EMPTY, %FR_STORE_ERROR_TOO_LARGE, %FR_STORE_ERROR_GONE where it changes
 *   meanwhile, %FR_STORE_ERROR_FULL, %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Copies a file of 1 to %FR_PICTURE_MAX_BYTES bytes and hashes it on the way.
 *
 * Returns: (transfer full) (nullable): the copy, on disk
 */
FrStaged *
fr_blob_dir_stage_fd (FrBlobDir *self, int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (FrBlobWriter) writer = fr_blob_writer_new (self->staging, error);
  struct stat before, after;

  if (writer == NULL)
    return NULL;
  if (fstat (fd, &before) != 0)
    {
      fr_store_error_set_errno (error, errno, "The file cannot be read");
      return NULL;
    }
  if (!copy_blocks (self, writer, fd, cancellable, error))
    return NULL;
  if (fstat (fd, &after) != 0 || !check_unchanged (&before, &after, fr_blob_writer_get_size (writer), error))
    return NULL;
  return fr_blob_writer_finish (writer, error);
}

/**
 * fr_blob_dir_can_share:
 * @self: a directory
 * @fd: a file
 *
 * Returns: whether a copy of it here would take no room
 */
gboolean
fr_blob_dir_can_share (FrBlobDir *self, int fd)
{
  g_autoptr (FrBlobWriter) writer = fr_blob_writer_new (self->staging, NULL);

  return writer != NULL && fr_blob_writer_clone (writer, fd);
}

/**
 * fr_blob_dir_stage_bytes:
 * @self: a directory
 * @bytes: a picture
 * @cancellable: (nullable): to give up
 * @error: (out) (optional): as fr_blob_dir_stage_fd()
 *
 * Writes and hashes a picture that is in memory.
 *
 * Returns: (transfer full) (nullable): the file, on disk
 */
FrStaged *
fr_blob_dir_stage_bytes (FrBlobDir *self, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (FrBlobWriter) writer = fr_blob_writer_new (self->staging, error);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (writer == NULL)
    return NULL;
  for (gsize at = 0; at < size; at += FR_BLOCK_SIZE)
    if (!fr_blob_dir_go_on (self, cancellable, error)
        || !fr_blob_writer_add (writer, data + at, MIN (size - at, FR_BLOCK_SIZE), error))
      return NULL;
  return fr_blob_writer_finish (writer, error);
}

/* Makes the folder of a picture, and waits until it can be found from the store's after a power cut. */
static gboolean
make_folder (FrBlobDir *self, const char *folder, GError **error)
{
  gboolean made;

  if (!fr_file_make_folder (folder, &made, error))
    return FALSE;
  if (made)
    self->folders_synced = FALSE;
  if (!self->folders_synced)
    self->folders_synced = fr_file_sync_folder (self->folder, error) && fr_file_sync_folder (self->pictures, error);
  return self->folders_synced;
}

/**
 * fr_blob_dir_place:
 * @self: a directory
 * @staged: bytes on disk
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Gives the file its name for good, and waits until that is on disk. A file that has the name already is one that the
 * catalogue does not know, or a broken one, and gives way: the bytes belong to the name. Only for the thread that
 * writes the catalogue.
 *
 * Returns: whether it has its name for good; if not, it may have it all the same (fr_staged_is_taken()), and can be
 *   placed again or taken back
 */
gboolean
fr_blob_dir_place (FrBlobDir *self, FrStaged *staged, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (self, fr_staged_get_id (staged), &folder);
  const char *from = fr_staged_is_taken (staged) ? path : fr_staged_get_path (staged);

  if (!make_folder (self, folder, error))
    return FALSE;
  if (g_rename (from, path) != 0)
    {
      fr_store_error_set_errno (error, errno, "The picture cannot be put in its place");
      return FALSE;
    }
  fr_staged_set_taken (staged, TRUE);
  return fr_file_sync_folder (folder, error);
}

/**
 * fr_blob_dir_take_back:
 * @self: a directory
 * @staged: bytes that were placed but did not get into the catalogue
 *
 * Undoes fr_blob_dir_place(), so that the person can make room and try again.
 *
 * Returns: whether the picture has no file now, and will have none after a power cut
 */
gboolean
fr_blob_dir_take_back (FrBlobDir *self, FrStaged *staged)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (self, fr_staged_get_id (staged), &folder);

  if (fr_staged_is_taken (staged) && g_rename (path, fr_staged_get_path (staged)) == 0)
    fr_staged_set_taken (staged, FALSE);
  return !fr_staged_is_taken (staged) && fr_file_sync_folder (folder, NULL);
}

/**
 * fr_blob_dir_remove:
 * @self: a directory
 * @id: a picture
 * @error: (out) (optional): %FR_STORE_ERROR_IO
 *
 * Removes a file, and waits until that is on disk. Only for the thread that writes the catalogue, which must not name it
 * any more.
 *
 * Returns: whether there is none now, and will be none after a power cut
 */
gboolean
fr_blob_dir_remove (FrBlobDir *self, const FrContentId *id, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (self, id, &folder);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return !g_file_test (folder, G_FILE_TEST_IS_DIR) || fr_file_sync_folder (folder, error);
  fr_store_error_set_errno (error, errno, "The picture cannot be removed");
  return FALSE;
}

/**
 * fr_blob_dir_open_read:
 * @self: a directory
 * @id: a picture
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND or %FR_STORE_ERROR_IO
 *
 * Opens a picture; it can be read to its end even if it is removed meanwhile.
 *
 * Returns: a descriptor to be closed, or -1
 */
int
fr_blob_dir_open_read (FrBlobDir *self, const FrContentId *id, GError **error)
{
  g_autofree char *path = make_path (self, id, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

  if (fd < 0 && errno == ENOENT)
    g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND, "The picture is not there any more");
  else if (fd < 0)
    fr_store_error_set_errno (error, errno, "The picture cannot be read");
  return fd;
}

/**
 * fr_blob_dir_read_block:
 * @self: a directory
 * @id: a picture
 * @block: from 0
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND where there is no such block either, or %FR_STORE_ERROR_IO
 *
 * Reads one block, as it is on disk.
 *
 * Returns: (transfer full) (nullable): at most %FR_BLOCK_SIZE bytes
 */
GBytes *
fr_blob_dir_read_block (FrBlobDir *self, const FrContentId *id, guint block, GError **error)
{
  g_autofree guint8 *data = NULL;
  int fd = fr_blob_dir_open_read (self, id, error);
  gssize n;

  if (fd < 0)
    return NULL;
  data = g_malloc (FR_BLOCK_SIZE);
  n = fr_file_read (fd, data, FR_BLOCK_SIZE, (guint64) block * FR_BLOCK_SIZE, error);
  close (fd);
  if (n == 0)
    g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND, "The picture has no such block");
  return n > 0 ? g_bytes_new_take (g_steal_pointer (&data), (gsize) n) : NULL;
}

/**
 * fr_blob_dir_get_incoming_path:
 * @self: a directory
 * @id: a picture on its way in
 *
 * Returns: (transfer full): where its blocks are put
 */
char *
fr_blob_dir_get_incoming_path (FrBlobDir *self, const FrContentId *id)
{
  g_autofree char *name = fr_content_id_to_string (id);

  return g_build_filename (self->incoming, name, NULL);
}

/**
 * fr_blob_dir_stage_incoming:
 * @self: a directory
 * @id: a picture on its way in, of which all has come, been checked and synced
 * @size: its size in bytes
 * @hashes: the hash of each block, in order
 * @error: (out) (optional): %FR_STORE_ERROR_IO
 *
 * Makes a whole picture of what was a half-done one, which another download of the same cannot touch any more.
 *
 * Returns: (transfer full) (nullable): the file
 */
FrStaged *
fr_blob_dir_stage_incoming (FrBlobDir *self, const FrContentId *id, guint64 size, GBytes *hashes, GError **error)
{
  g_autofree char *from = fr_blob_dir_get_incoming_path (self, id);
  g_autofree char *path = g_strdup_printf ("%s/in-%d", self->staging, g_atomic_int_add (&self->n_staged, 1));
  int fd = g_rename (from, path) == 0 ? open (path, O_RDONLY | O_CLOEXEC) : -1;

  if (fd >= 0)
    return fr_staged_new (path, fd, id, size, hashes);
  fr_store_error_set_errno (error, errno, "The picture cannot be put in its place");
  return NULL;
}

/* "Title.jpg", "Title (2).jpg", … */
static char *
number_path (const char *path, guint number)
{
  const char *name = strrchr (path, '/');
  const char *dot = strrchr (name != NULL ? name + 1 : path, '.');

  if (number == 1)
    return g_strdup (path);
  if (dot == NULL || dot == path || dot[-1] == '/')
    return g_strdup_printf ("%s (%u)", path, number);
  return g_strdup_printf ("%.*s (%u)%s", (int) (dot - path), path, number, dot);
}

static int
create_new (const char *wanted, char **out_path, GError **error)
{
  int fd = -1;

  for (guint number = 1; number <= MAX_EXPORT_NAMES; number++)
    {
      g_autofree char *path = number_path (wanted, number);

      fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (fd >= 0)
        *out_path = g_steal_pointer (&path);
      if (fd >= 0 || errno != EEXIST)
        break;
    }
  if (fd < 0)
    fr_store_error_set_errno (error, errno, "The picture cannot be saved there");
  return fd;
}

/* What is damaged is not handed on as if it were the picture. */
static gboolean
copy_file (FrBlobDir *self, int from, int to, const FrContentId *id, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *block = g_malloc (FR_BLOCK_SIZE);
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (FrBlockHash));
  guint64 at = 0;
  gssize n;

  do
    {
      if (!fr_blob_dir_go_on (self, cancellable, error))
        return FALSE;
      n = fr_file_read (from, block, FR_BLOCK_SIZE, at, error);
      if (n < 0 || !fr_file_write (to, block, (gsize) n, at, error))
        return FALSE;
      if (n > 0)
        fr_blob_add_hash (hashes, block, (gsize) n);
      at += (guint64) n;
    }
  while (n == FR_BLOCK_SIZE);
  return fr_blob_check_hashes (hashes, at, id, error) && fr_file_sync (to, error);
}

/**
 * fr_blob_dir_export:
 * @self: a directory
 * @id: a picture
 * @path: the file that the person wants
 * @cancellable: (nullable): to give up
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_WRONG_BLOCK where the file is damaged,
 *   %FR_STORE_ERROR_FULL, %FR_STORE_ERROR_IO or %G_IO_ERROR
 *
 * Copies a picture out of the store, under another name if there is a file at @path: nothing is ever overwritten. A
 * copy that does not succeed is removed.
 *
 * Returns: (transfer full) (nullable): where the copy is
 */
char *
fr_blob_dir_export (FrBlobDir *self,
                    const FrContentId *id,
                    const char *path,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *made = NULL;
  int from = fr_blob_dir_open_read (self, id, error);
  int to = from >= 0 ? create_new (path, &made, error) : -1;
  gboolean copied = to >= 0 && copy_file (self, from, to, id, cancellable, error);

  if (from >= 0)
    close (from);
  if (to >= 0)
    close (to);
  if (!copied && made != NULL)
    g_unlink (made);
  return copied ? g_steal_pointer (&made) : NULL;
}
