/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "heal-usage.h"

#include <string.h>

static guint
count_entries (const char *pid, const char *folder)
{
  g_autofree char *path = g_build_filename ("/proc", pid, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

HealUsage
heal_usage_read (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "status", NULL);
  g_autofree char *status = NULL;
  const char *resident = NULL;
  HealUsage usage = { .descriptors = count_entries (pid, "fd"), .threads = count_entries (pid, "task") };

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

      if (now.descriptors < least->descriptors || now.threads < least->threads)
        rest->since_us = now_us;
      least->descriptors = MIN (least->descriptors, now.descriptors);
      least->threads = MIN (least->threads, now.threads);
      least->mib = now.mib;
    }
  return now_us - rest->since_us >= HEAL_REST_SECONDS * G_USEC_PER_SEC;
}

gboolean
heal_usage_at_rest (HealCrowd *crowd, guint n, double seconds, HealUsage *out_usages)
{
  Rest rest = { .crowd = crowd, .n = n, .least = out_usages };

  for (guint i = 0; i < n; i++)
    out_usages[i] = (HealUsage) { .descriptors = G_MAXUINT, .threads = G_MAXUINT };
  return heal_wait (are_at_rest, &rest, seconds);
}

typedef struct
{
  const char *pid;
  HealUsage usage;
  HealUsage before; /* what it must get back to */
} Look;

static gboolean
is_back (gpointer data)
{
  Look *look = data;

  look->usage = heal_usage_read (look->pid);
  return look->usage.descriptors <= look->before.descriptors && look->usage.threads <= look->before.threads;
}

gboolean
heal_usage_is_back (HealCrowd *crowd, guint i, const HealUsage *before, double seconds, HealUsage *out_usage)
{
  Look look = { .pid = get_pid (crowd, i), .before = *before };
  gboolean ok = heal_wait (is_back, &look, seconds);

  *out_usage = look.usage;
  return ok;
}

void
heal_usage_tell_descriptors (HealCrowd *crowd, guint i)
{
  g_autofree char *folder = g_build_filename ("/proc", get_pid (crowd, i), "fd", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_printerr ("%s:", crowd->members[i].peer->name);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      g_printerr (" %s=%s", name, target != NULL ? target : "gone");
    }
  g_printerr ("\n");
}
