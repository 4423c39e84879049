/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-file-removal.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  char *path; /* owned, nullable */
  int fd;     /* owned; -1: none */
} Removal;

static GMutex lock;
static GCond done;
static GThreadPool *thread; /* for the life of the process */
static guint n_pending;
static gboolean is_held;

static void
remove_one (gpointer data, gpointer user_data)
{
  Removal *removal = data;

  g_mutex_lock (&lock);
  while (is_held)
    g_cond_wait (&done, &lock);
  g_mutex_unlock (&lock);
  if (removal->path != NULL)
    g_unlink (removal->path);
  if (removal->fd >= 0)
    close (removal->fd); /* which is when the disk gets its blocks back */
  g_free (removal->path);
  g_free (removal);
  g_mutex_lock (&lock);
  if (--n_pending == 0)
    g_cond_broadcast (&done);
  g_mutex_unlock (&lock);
}

/**
 * fr_file_removal_push:
 * @path: (nullable): a file to be removed; %NULL: there is none, or somebody has done that
 * @fd: (transfer full): a descriptor to be closed after that; -1: none
 *
 * Has it done soon. Waits for nothing.
 */
void
fr_file_removal_push (const char *path, int fd)
{
  Removal *removal;

  if (path == NULL && fd < 0)
    return;
  removal = g_new (Removal, 1);
  *removal = (Removal) { .path = g_strdup (path), .fd = fd };
  g_mutex_lock (&lock);
  if (thread == NULL)
    thread = g_thread_pool_new (remove_one, NULL, 1, FALSE, NULL);
  n_pending++;
  g_thread_pool_push (thread, removal, NULL);
  g_mutex_unlock (&lock);
}

/**
 * fr_file_removal_wait:
 *
 * Waits until all that was pushed is done: for who closes a store, or makes a file that may have the name of one of these.
 */
void
fr_file_removal_wait (void)
{
  g_mutex_lock (&lock);
  while (n_pending > 0)
    g_cond_wait (&done, &lock);
  g_mutex_unlock (&lock);
}

void
_fr_file_removal_hold (gboolean held)
{
  g_mutex_lock (&lock);
  is_held = held;
  g_cond_broadcast (&done);
  g_mutex_unlock (&lock);
}
