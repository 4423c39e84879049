/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-file-io.h"
#include "fr-store-private.h"

/* How much room adding files will take. */

/* Disks that are asked whether they share; files on more of them are said to take all their room. */
#define MAX_DISKS 16

typedef struct
{
  dev_t number;
  gboolean shares;
} Disk;

typedef struct
{
  GStrv paths; /* owned, all three */
  GArray *disks;
  GHashTable *known; /* nullable: sizes of the files that are there, guint64 */
  gboolean keeps_metadata;
} Measure;

static void
measure_free (gpointer data)
{
  Measure *measure = data;

  g_clear_pointer (&measure->known, g_hash_table_unref);
  g_array_unref (measure->disks);
  g_strfreev (measure->paths);
  g_free (measure);
}

/* The disk is tried out with the first of its files: no table says what file systems can do to each other. */
static gboolean
ask_disk (FrStore *self, Measure *measure, dev_t number, const char *path)
{
  Disk disk = { number, FALSE };
  int fd;

  for (guint i = 0; i < measure->disks->len; i++)
    if (g_array_index (measure->disks, Disk, i).number == number)
      return g_array_index (measure->disks, Disk, i).shares;
  if (measure->disks->len == MAX_DISKS || (fd = fr_file_open_source (path, NULL)) < 0)
    return FALSE;
  disk.shares = fr_blob_dir_can_share (self->blobs, fd);
  close (fd);
  g_array_append_val (measure->disks, disk);
  return disk.shares;
}

static gboolean
add_all (FrStore *self, Measure *measure, FrRoom *room, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; measure->paths[i] != NULL; i++)
    {
      const char *path = measure->paths[i];
      g_autofree char *name = g_path_get_basename (path);
      struct stat status;
      guint64 size;

      if (!fr_blob_dir_go_on (self->blobs, cancellable, error))
        return FALSE;
      if (lstat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size <= 0)
        continue;
      size = (guint64) status.st_size;
      if (measure->known == NULL || !g_hash_table_contains (measure->known, &size))
        fr_room_add (room, name, size, ask_disk (self, measure, status.st_dev, path), measure->keeps_metadata);
    }
  return TRUE;
}

static void
note_size (GHashTable *sizes, const char *path)
{
  struct stat status;
  guint64 size;

  if (lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return;
  size = (guint64) status.st_size;
  g_hash_table_add (sizes, g_memdup2 (&size, sizeof size));
}

/* Of the files in the folders in it. */
static gboolean
note_sizes (FrStore *self, GHashTable *sizes, const char *folder, guint depth, GCancellable *cancellable, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!fr_blob_dir_go_on (self->blobs, cancellable, error))
        return FALSE;
      if (depth == 1)
        note_size (sizes, path);
      else if (!note_sizes (self, sizes, path, depth + 1, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* What is as large to the byte as a file of the store is most likely that one, added once more, and takes nothing. Whoever
 * adds a folder again in which there is something new must not hear that there is no room for all of it. */
static gboolean
leave_out_known (FrStore *self, Measure *measure, FrRoom *room, GCancellable *cancellable, GError **error)
{
  FrRoom left = { .bytes_free = room->bytes_free };

  measure->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (!note_sizes (self, measure->known, fr_blob_dir_get_pictures (self->blobs), 0, cancellable, error)
      || !note_sizes (self, measure->known, fr_blob_dir_get_pictures (self->originals), 0, cancellable, error)
      || !add_all (self, measure, &left, cancellable, error))
    return FALSE;
  *room = left;
  return TRUE;
}

static void
measure_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  g_autofree FrRoom *room = g_new0 (FrRoom, 1);
  GError *error = NULL;

  if (fr_room_find_free (self->folder, &room->bytes_free, &error) && add_all (self, data, room, cancellable, &error)
      && (fr_room_judge (room) == FR_ROOM_AMPLE || leave_out_known (self, data, room, cancellable, &error)))
    g_task_return_pointer (task, g_steal_pointer (&room), g_free);
  else
    g_task_return_error (task, error);
}

/**
 * fr_store_measure_room_async:
 * @self: a store
 * @paths: (array zero-terminated=1) (element-type filename): files, as fr_store_find_files_async() gives them
 * @keeps_metadata: whether they are shared as they are, so that one copy of each is kept
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Estimates how much room the files will take when they are added, and asks how much there is.
 */
void
fr_store_measure_room_async (FrStore *self,
                             const char *const *paths,
                             gboolean keeps_metadata,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_measure_room_async, cancellable, callback, user_data);
  Measure *measure = g_new0 (Measure, 1);

  measure->paths = g_strdupv ((char **) paths);
  measure->disks = g_array_new (FALSE, FALSE, sizeof (Disk));
  measure->keeps_metadata = keeps_metadata;
  g_task_set_task_data (task, measure, measure_free);
  fr_work_queue_push (self->import_work, task, measure_work);
}

/**
 * fr_store_measure_room_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_IO or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the room, to be freed with g_free()
 */
FrRoom *
fr_store_measure_room_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
