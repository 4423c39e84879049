/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "heal-usage.h"

#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>

/* GLib calls the threads that GThreadPool lends to whoever has work so. */
#define POOL "pool-"

static char *
thread_name (const char *pid, const char *id)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "task", id, "comm", NULL);
  char *name = NULL;

  return g_file_get_contents (path, &name, NULL, NULL) ? g_strchomp (name) : NULL;
}

/* Of the network that the process is in: the sockets, as descriptors name them, whose TCP connection stands. */
static void
read_connections (const char *pid, const char *table, GHashTable *sockets)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "net", table, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint state;
      guint64 inode;

      if (sscanf (lines[i], " %*d: %*s %*s %x %*s %*s %*s %*d %*d %" G_GUINT64_FORMAT, &state, &inode) == 2
          && state == TCP_ESTABLISHED)
        g_hash_table_add (sockets, g_strdup_printf ("socket:[%" G_GUINT64_FORMAT "]", inode));
    }
}

static void
count_descriptors (const char *pid, HealUsage *usage)
{
  g_autoptr (GHashTable) connections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = g_build_filename ("/proc", pid, "fd", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  read_connections (pid, "tcp", connections);
  read_connections (pid, "tcp6", connections);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *link = g_build_filename (path, name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      if (target != NULL && g_hash_table_contains (connections, target))
        usage->connections++;
      else
        usage->descriptors++;
    }
}

static void
count_threads (const char *pid, HealUsage *usage)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "task", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *id;

  while (dir != NULL && (id = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *name = thread_name (pid, id);

      if (name != NULL && g_str_has_prefix (name, POOL))
        usage->lent++;
      else if (name != NULL)
        usage->threads++;
    }
}

HealUsage
heal_usage_read (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "status", NULL);
  g_autofree char *status = NULL;
  const char *resident = NULL;
  HealUsage usage = { 0 };

  count_descriptors (pid, &usage);
  count_threads (pid, &usage);
  if (g_file_get_contents (path, &status, NULL, NULL) && (resident = strstr (status, "VmRSS:")) != NULL)
    usage.mib = g_ascii_strtod (resident + strlen ("VmRSS:"), NULL) / 1024;
  return usage;
}

static const char *
get_pid (HealCrowd *crowd, guint i)
{
  return g_subprocess_get_identifier (crowd->members[i].peer->process);
}

typedef struct
{
  HealCrowd *crowd;
  guint n;
  HealUsage *least;
  gint64 since_us; /* when one of them last became less */
} Rest;

static gboolean
are_at_rest (gpointer data)
{
  Rest *rest = data;
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < rest->n; i++)
    {
      HealUsage now = heal_usage_read (get_pid (rest->crowd, i));
      HealUsage *least = &rest->least[i];

      if (now.descriptors < least->descriptors || now.threads < least->threads || now.lent < least->lent)
        rest->since_us = now_us;
      least->descriptors = MIN (least->descriptors, now.descriptors);
      least->threads = MIN (least->threads, now.threads);
      least->lent = MIN (least->lent, now.lent);
      least->mib = now.mib;
    }
  return now_us - rest->since_us >= HEAL_REST_SECONDS * G_USEC_PER_SEC;
}

gboolean
heal_usage_at_rest (HealCrowd *crowd, guint n, double seconds, HealUsage *out_usages)
{
  Rest rest = { .crowd = crowd, .n = n, .least = out_usages };

  for (guint i = 0; i < n; i++)
    out_usages[i] = (HealUsage) { .descriptors = G_MAXUINT, .threads = G_MAXUINT, .lent = G_MAXUINT };
  return heal_wait (are_at_rest, &rest, seconds);
}

typedef struct
{
  const char *pid;
  HealUsage usage;
  HealUsage before; /* what it must get back to */
  guint n_sessions;
} Look;

static gboolean
is_back (gpointer data)
{
  Look *look = data;

  look->usage = heal_usage_read (look->pid);
  return look->usage.descriptors <= look->before.descriptors && look->usage.threads <= look->before.threads
         && look->usage.connections <= 1 + HEAL_CONNECTIONS_OF_SESSION * look->n_sessions
         && look->usage.lent <= look->before.lent + (guint) g_thread_pool_get_max_unused_threads ();
}

gboolean
heal_usage_is_back (HealCrowd *crowd, guint i, const HealUsage *before, guint n_sessions, double seconds,
                    HealUsage *out_usage)
{
  Look look = { .pid = get_pid (crowd, i), .before = *before, .n_sessions = n_sessions };
  gboolean ok = heal_wait (is_back, &look, seconds);

  *out_usage = look.usage;
  return ok;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
tell (HealCrowd *crowd, guint i, const char *what, GPtrArray *words)
{
  g_autofree char *text = NULL;

  g_ptr_array_sort (words, compare_names);
  g_ptr_array_add (words, NULL);
  text = g_strjoinv (" ", (char **) words->pdata);
  g_printerr ("%s: %s: %s\n", crowd->members[i].peer->name, what, text);
}

void
heal_usage_tell_descriptors (HealCrowd *crowd, guint i)
{
  g_autofree char *folder = g_build_filename ("/proc", get_pid (crowd, i), "fd", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      g_ptr_array_add (words, g_strdup_printf ("%s=%s", name, target != NULL ? target : "gone"));
    }
  tell (crowd, i, "descriptors", words);
}

void
heal_usage_tell_threads (HealCrowd *crowd, guint i)
{
  g_autofree char *folder = g_build_filename ("/proc", get_pid (crowd, i), "task", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *id;

  while (dir != NULL && (id = g_dir_read_name (dir)) != NULL)
    {
      char *name = thread_name (get_pid (crowd, i), id);

      if (name != NULL)
        g_ptr_array_add (words, g_strdelimit (name, " ", '_'));
    }
  tell (crowd, i, "threads", words);
}
