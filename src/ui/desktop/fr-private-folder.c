/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-private-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define MAX_DEPTH 4 /* of what is removed: there are two */

struct _FrPrivateFolder
{
  gatomicrefcount refs;
  char *shared;

  /* guarded by the lock */
  GMutex lock;
  char *path; /* NULL: not made yet, or ended */
  int fd;     /* of that, locked; -1 */
  guint n_added;
  gboolean has_ended;
};

static int
open_folder (const char *path)
{
  return g_open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
}

static void
close_folder (int fd)
{
  if (fd >= 0)
    close (fd);
}

/* Symbolic links are removed, not followed. */
static void
remove_tree (const char *path, guint depth)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;
  int fd = depth < MAX_DEPTH ? open_folder (path) : -1;

  if (fd < 0)
    return;
  close_folder (fd);
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      if (g_unlink (below) != 0)
        remove_tree (below, depth + 1);
    }
  g_rmdir (path);
}

/* What is left of those that have ended. Nobody makes a folder meanwhile: the shared one is locked. */
static void
sweep (const char *shared)
{
  g_autoptr (GDir) dir = g_dir_open (shared, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (shared, name, NULL);
      int fd = open_folder (path);

      if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
        remove_tree (path, 0);
      close_folder (fd);
    }
}

static void
sweep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const FrPrivateFolder *self = data;
  int fd = open_folder (self->shared);

  if (fd >= 0 && flock (fd, LOCK_EX) == 0)
    sweep (self->shared);
  close_folder (fd);
  g_task_return_boolean (task, TRUE);
}

static gboolean
fail (GError **error, const char *path)
{
  int number = errno;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number),
               /* Translators: a folder, and why */
               _ ("The folder “%s” cannot be made: %s."), name, g_strerror (number));
  return FALSE;
}

/* With the lock. */
static gboolean
make_own (FrPrivateFolder *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->shared, "XXXXXX", NULL);
  int shared;

  if (g_mkdir_with_parents (self->shared, 0700) != 0)
    return fail (error, self->shared);
  shared = open_folder (self->shared);
  if (shared >= 0 && flock (shared, LOCK_EX) == 0 && g_mkdtemp (path) != NULL)
    {
      self->fd = open_folder (path);
      if (self->fd >= 0 && flock (self->fd, LOCK_EX | LOCK_NB) == 0)
        self->path = g_steal_pointer (&path);
    }
  if (self->path == NULL)
    fail (error, self->shared);
  close_folder (shared);
  return self->path != NULL;
}

/* Caches are cleared by people and by programs. */
static void
forget_own (FrPrivateFolder *self)
{
  close_folder (self->fd);
  self->fd = -1;
  g_clear_pointer (&self->path, g_free);
}

FrPrivateFolder *
fr_private_folder_new (const char *shared)
{
  FrPrivateFolder *self = g_new0 (FrPrivateFolder, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->shared = g_strdup (shared);
  self->fd = -1;
  return self;
}

FrPrivateFolder *
fr_private_folder_ref (FrPrivateFolder *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
fr_private_folder_unref (FrPrivateFolder *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  close_folder (self->fd);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self->shared);
  g_free (self);
}

/**
 * fr_private_folder_add:
 * @self: a private folder
 * @error: (out): why there is none
 *
 * Returns: (transfer full) (nullable) (type filename): a new folder in it, which is made with the first
 */
char *
fr_private_folder_add (FrPrivateFolder *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autofree char *name = g_strdup_printf ("%u", ++self->n_added);
  g_autofree char *path = NULL;

  if (self->has_ended)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("Freshet is ending."));
      return NULL;
    }
  if (self->path != NULL && !g_file_test (self->path, G_FILE_TEST_IS_DIR))
    forget_own (self);
  if (self->path == NULL && !make_own (self, error))
    return NULL;
  path = g_build_filename (self->path, name, NULL);
  if (g_mkdir (path, 0700) == 0)
    return g_steal_pointer (&path);
  fail (error, path);
  return NULL;
}

void
fr_private_folder_sweep_later (FrPrivateFolder *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, fr_private_folder_ref (self), (GDestroyNotify) fr_private_folder_unref);
  g_task_run_in_thread (task, sweep_thread);
}

/**
 * fr_private_folder_end:
 * @self: (transfer full): a private folder
 *
 * Removes it with all that is in it, before it returns: afterwards the program ends.
 */
void
fr_private_folder_end (FrPrivateFolder *self)
{
  g_mutex_lock (&self->lock);
  self->has_ended = TRUE;
  if (self->path != NULL)
    remove_tree (self->path, 0);
  g_mutex_unlock (&self->lock);
  fr_private_folder_unref (self);
}

void
fr_private_folder_remove_tree (const char *path)
{
  remove_tree (path, 0);
}
