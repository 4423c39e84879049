/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-incoming.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "fr-block-list.h"
#include "fr-file-io.h"
#include "fr-file-removal.h"
#include "fr-incoming-private.h"
#include "fr-store-error-private.h"
#include "fr-store-private.h"

struct _FrIncoming
{
  GObject parent_instance;

  /* Owned, and the same all the time. */
  FrStore *store;
  FrContentId id;
  guint64 size;
  GBytes *hashes;
  guint n_blocks;
  char *path;
  int fd;

  /* State, under the lock. */
  GMutex lock;
  guint8 *have; /* owned: a bit a block, lowest first */
  guint n_missing;
  gboolean ended;
  gboolean forgotten; /* another one may begin */
};

typedef struct
{
  guint block;
  GBytes *data; /* owned */
} Block;

G_DEFINE_FINAL_TYPE (FrIncoming, fr_incoming, G_TYPE_OBJECT)

static gsize
size_of_block (FrIncoming *self, guint block)
{
  guint64 start = (guint64) block * FR_BLOCK_SIZE;

  return (gsize) MIN (self->size - start, FR_BLOCK_SIZE);
}

static gboolean
is_right (FrIncoming *self, guint block, gconstpointer data, gsize size)
{
  const FrBlockHash *hashes = g_bytes_get_data (self->hashes, NULL);
  FrBlockHash hash;

  if (block >= self->n_blocks || size != size_of_block (self, block))
    return FALSE;
  fr_content_hash_block (data, size, &hash);
  return memcmp (&hash, &hashes[block], sizeof hash) == 0;
}

static void
set_have (FrIncoming *self, guint block)
{
  guint8 bit = (guint8) (1 << (block % 8));

  g_mutex_lock (&self->lock);
  if ((self->have[block / 8] & bit) == 0)
    {
      self->have[block / 8] |= bit;
      self->n_missing--;
    }
  g_mutex_unlock (&self->lock);
}

/* What a block's hash says is right is right, whatever wrote it and however that ended: no record of what has come
 * needs to be kept, so none can be wrong after a crash. */
static gboolean
find_what_has_come (FrIncoming *self, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *data = g_malloc (FR_BLOCK_SIZE);

  for (guint block = 0; block < self->n_blocks; block++)
    {
      gsize wanted = size_of_block (self, block);
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = fr_file_read (self->fd, data, wanted, (guint64) block * FR_BLOCK_SIZE, error);
      if (n < 0)
        return FALSE;
      if (is_right (self, block, data, (gsize) n))
        set_have (self, block);
    }
  return TRUE;
}

static gboolean
open_file (FrIncoming *self, GCancellable *cancellable, GError **error)
{
  gboolean found;

  self->fd = open (self->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  found = self->fd >= 0;
  if (!found && errno == ENOENT)
    self->fd = open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      fr_store_error_set_errno (error, errno, "The picture cannot be written");
      return FALSE;
    }
  return fr_block_list_write (self->fd, self->size, self->hashes, error)
         && (!found || find_what_has_come (self, cancellable, error));
}

/* Lets another one begin. */
static void
forget (FrIncoming *self)
{
  gboolean first;

  g_mutex_lock (&self->lock);
  first = !self->forgotten;
  self->forgotten = TRUE;
  g_mutex_unlock (&self->lock);
  if (first)
    fr_store_forget_incoming (self->store, &self->id);
}

static void
fr_incoming_finalize (GObject *object)
{
  FrIncoming *self = FR_INCOMING (object);

  fr_file_removal_push (!self->ended && self->n_missing == self->n_blocks ? self->path : NULL, self->fd);
  forget (self);
  g_object_unref (self->store);
  g_bytes_unref (self->hashes);
  g_free (self->path);
  g_free (self->have);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (fr_incoming_parent_class)->finalize (object);
}

static void
fr_incoming_class_init (FrIncomingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_incoming_finalize;
}

static void
fr_incoming_init (FrIncoming *self)
{
  g_mutex_init (&self->lock);
  self->fd = -1;
}

/**
 * fr_incoming_new:
 * @store: where it is to go
 * @id: what it is called
 * @size: its size in bytes, checked against @id
 * @hashes: the hash of each block, checked against @id
 * @cancellable: (nullable): to give up
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Opens the file of a picture on its way in, or makes it, and looks which blocks of it are there.
 *
 * Returns: (transfer full) (nullable): the picture on its way in
 */
FrIncoming *
fr_incoming_new (FrStore *store,
                 const FrContentId *id,
                 guint64 size,
                 GBytes *hashes,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (FrIncoming) self = g_object_new (FR_TYPE_INCOMING, NULL);

  fr_file_removal_wait (); /* of what came of this picture before, perhaps */
  self->store = g_object_ref (store);
  self->id = *id;
  self->size = size;
  self->hashes = g_bytes_ref (hashes);
  self->n_blocks = self->n_missing = fr_content_n_blocks (size);
  self->have = g_malloc0 ((self->n_blocks + 7) / 8);
  self->path = fr_blob_dir_get_incoming_path (store->blobs, id);
  if (open_file (self, cancellable, error))
    return g_steal_pointer (&self);
  self->ended = TRUE; /* so that nothing that came before is thrown away */
  return NULL;
}

/**
 * fr_incoming_find:
 * @store: where it is to go
 * @id: what it is called
 * @cancellable: (nullable): to give up
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND and others, or %G_IO_ERROR
 *
 * Opens the file of a picture of which something has come before, and looks which blocks of it are there.
 *
 * Returns: (transfer full) (nullable): the picture on its way in
 */
FrIncoming *
fr_incoming_find (FrStore *store, const FrContentId *id, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = fr_blob_dir_get_incoming_path (store->blobs, id);
  g_autoptr (GBytes) hashes = NULL;
  guint64 size;
  int fd;

  fr_file_removal_wait ();
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  hashes = fr_block_list_read (fd, id, &size, error);
  if (fd >= 0)
    close (fd);
  if (hashes != NULL)
    return fr_incoming_new (store, id, size, hashes, cancellable, error);
  fr_store_forget_incoming (store, id);
  return NULL;
}

/**
 * fr_incoming_get_id:
 * @self: a picture on its way in
 *
 * Returns: (transfer none): what it is called
 */
const FrContentId *
fr_incoming_get_id (FrIncoming *self)
{
  return &self->id;
}

/**
 * fr_incoming_get_size:
 * @self: a picture on its way in
 *
 * Returns: its size in bytes
 */
guint64
fr_incoming_get_size (FrIncoming *self)
{
  return self->size;
}

/**
 * fr_incoming_get_n_blocks:
 * @self: a picture on its way in
 *
 * Returns: of how many blocks it consists
 */
guint
fr_incoming_get_n_blocks (FrIncoming *self)
{
  return self->n_blocks;
}

/**
 * fr_incoming_get_n_missing:
 * @self: a picture on its way in
 *
 * Returns: how many blocks have not come
 */
guint
fr_incoming_get_n_missing (FrIncoming *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_missing;
  g_mutex_unlock (&self->lock);
  return n;
}

/**
 * fr_incoming_has_block:
 * @self: a picture on its way in
 * @block: from 0
 *
 * Returns: whether that block has come
 */
gboolean
fr_incoming_has_block (FrIncoming *self, guint block)
{
  gboolean has;

  if (block >= self->n_blocks)
    return FALSE;
  g_mutex_lock (&self->lock);
  has = (self->have[block / 8] >> (block % 8)) & 1;
  g_mutex_unlock (&self->lock);
  return has;
}

/**
 * fr_incoming_dup_have:
 * @self: a picture on its way in
 *
 * Returns: (transfer full): a bit a block that has come, lowest bit first, as in Get
 */
GBytes *
fr_incoming_dup_have (FrIncoming *self)
{
  GBytes *have;

  g_mutex_lock (&self->lock);
  have = g_bytes_new (self->have, (self->n_blocks + 7) / 8);
  g_mutex_unlock (&self->lock);
  return have;
}

static gboolean
is_ended (FrIncoming *self, GError **error)
{
  gboolean ended;

  g_mutex_lock (&self->lock);
  ended = self->ended;
  g_mutex_unlock (&self->lock);
  if (ended)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "This picture is not on its way in any more");
  return ended;
}

static gboolean
write_block (FrIncoming *self, const Block *block, GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (block->data, &size);

  if (is_ended (self, error))
    return FALSE;
  if (!is_right (self, block->block, data, size))
    {
      g_set_error (error, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK, "Block %u is not what it should be",
                   block->block);
      return FALSE;
    }
  if (!fr_file_write (self->fd, data, size, (guint64) block->block * FR_BLOCK_SIZE, error))
    return FALSE;
  set_have (self, block->block);
  return TRUE;
}

static void
block_free (gpointer data)
{
  Block *block = data;

  g_bytes_unref (block->data);
  g_free (block);
}

static void
write_block_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_block (source, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static GTask *
new_task (FrIncoming *self, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

/**
 * fr_incoming_write_block_async:
 * @self: a picture on its way in
 * @block: from 0
 * @data: the bytes that came
 * @cancellable: (nullable): to give up
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Checks a block against its hash, and writes it if it is right. A block that is there already does no harm.
 */
void
fr_incoming_write_block_async (FrIncoming *self,
                               guint block,
                               GBytes *data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = new_task (self, fr_incoming_write_block_async, cancellable, callback, user_data);
  Block *copy = g_new (Block, 1);

  copy->block = block;
  copy->data = g_bytes_ref (data);
  g_task_set_task_data (task, copy, block_free);
  fr_work_queue_push (self->store->block_work, task, write_block_work);
}

/**
 * fr_incoming_write_block_finish:
 * @self: a picture on its way in
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_WRONG_BLOCK, %FR_STORE_ERROR_FULL, %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Returns: whether the block has come
 */
gboolean
fr_incoming_write_block_finish (FrIncoming *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Ends it once, for whoever comes first. */
static gboolean
end (FrIncoming *self)
{
  gboolean first;

  g_mutex_lock (&self->lock);
  first = !self->ended;
  self->ended = TRUE;
  g_mutex_unlock (&self->lock);
  return first;
}

/* What could not be synced is thrown away: the kernel says so once, and takes it for written. Read again, it would look
 * right, and the next sync would say that all is well. */
static FrStaged *
make_whole (FrIncoming *self, GError **error)
{
  if (ftruncate (self->fd, (off_t) self->size) != 0)
    {
      fr_store_error_set_errno (error, errno, "The picture cannot be written");
      return NULL;
    }
  if (!fr_file_sync (self->fd, error))
    {
      g_unlink (self->path);
      return NULL;
    }
  return fr_blob_dir_stage_incoming (self->store->blobs, &self->id, self->size, self->hashes, error);
}

static FrStaged *
finish (FrIncoming *self, GError **error)
{
  guint n_missing = fr_incoming_get_n_missing (self);
  FrStaged *staged;

  if (n_missing > 0)
    {
      g_set_error (error, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK, "%u of %u blocks are missing", n_missing,
                   self->n_blocks);
      return NULL;
    }
  if (!end (self))
    {
      is_ended (self, error);
      return NULL;
    }
  staged = make_whole (self, error);
  if (staged == NULL)
    forget (self);
  return staged;
}

static void
finish_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  FrStaged *staged = finish (source, &error);

  fr_store_return_pointer (task, staged, (GDestroyNotify) fr_staged_unref, error);
}

/**
 * fr_incoming_finish_async:
 * @self: a picture of which all blocks have come
 * @cancellable: (nullable): to give up
 * @callback: called when it is whole
 * @user_data: for @callback
 *
 * Waits until the picture is on disk, and makes it ready to be added to the store.
 */
void
fr_incoming_finish_async (FrIncoming *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = new_task (self, fr_incoming_finish_async, cancellable, callback, user_data);

  fr_work_queue_push (self->store->block_work, task, finish_work);
}

/**
 * fr_incoming_finish_finish:
 * @self: a picture on its way in
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_WRONG_BLOCK where some are missing, %FR_STORE_ERROR_FULL,
 *   %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the whole picture, every block of it checked
 */
FrStaged *
fr_incoming_finish_finish (FrIncoming *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fr_incoming_leave:
 * @self: a picture on its way in
 *
 * Ends it as the last reference would, and at once: what is still on its way to be written is not waited for, and the
 * same picture can be begun again. What has come is kept. Does nothing once it is whole.
 */
void
fr_incoming_leave (FrIncoming *self)
{
  if (!end (self))
    return;
  if (fr_incoming_get_n_missing (self) == self->n_blocks)
    fr_file_removal_push (self->path, -1);
  forget (self);
}

/**
 * fr_incoming_abandon:
 * @self: a picture on its way in
 *
 * Throws away what has come of it; the same picture can be begun again at once. Does nothing once it is whole.
 */
void
fr_incoming_abandon (FrIncoming *self)
{
  if (!end (self))
    return;
  fr_file_removal_push (self->path, -1);
  forget (self);
}
