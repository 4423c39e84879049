/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-staged.h"

#include "fr-file-removal.h"

struct _FrStaged
{
  gatomicrefcount ref_count;
  FrContentId id;
  guint64 size;
  GBytes *hashes;
  char *path;
  int fd;
  int taken; /* atomic */
};

G_DEFINE_BOXED_TYPE (FrStaged, fr_staged, fr_staged_ref, fr_staged_unref)

/**
 * fr_staged_new:
 * @path: the file, which is on disk for good (fsync(2))
 * @fd: (transfer full): the same, open to be read
 * @id: what its bytes are called
 * @size: how many bytes
 * @hashes: the hash of each block, in order
 *
 * Returns: (transfer full): the owner of that file
 */
FrStaged *
fr_staged_new (const char *path, int fd, const FrContentId *id, guint64 size, GBytes *hashes)
{
  FrStaged *self = g_new0 (FrStaged, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = *id;
  self->size = size;
  self->hashes = g_bytes_ref (hashes);
  self->path = g_strdup (path);
  self->fd = fd;
  return self;
}

/**
 * fr_staged_ref:
 * @self: staged bytes
 *
 * Returns: (transfer full): @self
 */
FrStaged *
fr_staged_ref (FrStaged *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * fr_staged_unref:
 * @self: (transfer full): staged bytes
 *
 * Gives up a reference; the last one removes the file unless a store has taken it.
 */
void
fr_staged_unref (FrStaged *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  fr_file_removal_push (fr_staged_is_taken (self) ? NULL : self->path, self->fd);
  g_bytes_unref (self->hashes);
  g_free (self->path);
  g_free (self);
}

/**
 * fr_staged_get_id:
 * @self: staged bytes
 *
 * Returns: what they are called on the network
 */
const FrContentId *
fr_staged_get_id (const FrStaged *self)
{
  return &self->id;
}

/**
 * fr_staged_get_size:
 * @self: staged bytes
 *
 * Returns: how many
 */
guint64
fr_staged_get_size (const FrStaged *self)
{
  return self->size;
}

/**
 * fr_staged_get_hashes:
 * @self: staged bytes
 *
 * Returns: (transfer none): the #FrBlockHash of each block, in order
 */
GBytes *
fr_staged_get_hashes (const FrStaged *self)
{
  return self->hashes;
}

/**
 * fr_staged_get_fd:
 * @self: staged bytes
 *
 * Returns: a descriptor to read them by, which stays @self's; its position is at the start until somebody moves it
 */
int
fr_staged_get_fd (const FrStaged *self)
{
  return self->fd;
}

/**
 * fr_staged_get_path:
 * @self: staged bytes
 *
 * Returns: where they lie until a store takes them
 */
const char *
fr_staged_get_path (const FrStaged *self)
{
  return self->path;
}

/**
 * fr_staged_set_taken:
 * @self: staged bytes
 * @taken: whether the file is the store's now
 *
 * Says whose the file is.
 */
void
fr_staged_set_taken (FrStaged *self, gboolean taken)
{
  g_atomic_int_set (&self->taken, taken);
}

/**
 * fr_staged_is_taken:
 * @self: staged bytes
 *
 * Returns: whether a store has taken the file
 */
gboolean
fr_staged_is_taken (const FrStaged *self)
{
  return g_atomic_int_get (&self->taken);
}
