/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-session.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Opens and closes sessions one after the other, both ends in this process, and tells how long they took to open and
 * what they left behind: the last line is one JSON object. */

#define DEFAULT_SESSIONS 200
#define GIVE_UP_SECONDS 20

typedef struct
{
  FrWebrtcSession *dialler;
  FrWebrtcSession *answerer;
  guint n_open;
  guint n_closed;
  gboolean failed;
} Pair;

typedef struct
{
  guint threads;
  guint descriptors;
  double mib;
} Usage;

static void
state_cb (FrWebrtcSession *session, GParamSpec *pspec, gpointer data)
{
  Pair *pair = data;
  FrWebrtcState state = fr_webrtc_session_get_state (session);

  if (state == FR_WEBRTC_STATE_OPEN)
    pair->n_open++;
  else if (state == FR_WEBRTC_STATE_FAILED)
    pair->failed = TRUE;
}

static void
closed_cb (FrWebrtcSession *session, gpointer data)
{
  ((Pair *) data)->n_closed++;
}

static FrWebrtcSession *
other (Pair *pair, FrWebrtcSession *session)
{
  return session == pair->dialler ? pair->answerer : pair->dialler;
}

static void
description_cb (FrWebrtcSession *session, const char *sdp, gpointer data)
{
  if (!fr_webrtc_session_set_remote_description (other (data, session), sdp, NULL))
    ((Pair *) data)->failed = TRUE;
}

static void
candidate_cb (FrWebrtcSession *session, guint mline, const char *candidate, gpointer data)
{
  fr_webrtc_session_add_remote_candidate (other (data, session), mline, candidate);
}

static FrWebrtcSession *
end_new (Pair *pair, FrWebrtcRole role)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };
  FrWebrtcSession *session = fr_webrtc_session_new (&config, role);

  g_signal_connect (session, "notify::state", G_CALLBACK (state_cb), pair);
  g_signal_connect (session, "closed", G_CALLBACK (closed_cb), pair);
  g_signal_connect (session, "local-description", G_CALLBACK (description_cb), pair);
  g_signal_connect (session, "local-candidate", G_CALLBACK (candidate_cb), pair);
  return session;
}

static gboolean
late_cb (gpointer data)
{
  ((Pair *) data)->failed = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Milliseconds from the first step until both ends are open; below 0 if they did not open. */
static double
open_and_close (void)
{
  Pair pair = { NULL };
  guint late = g_timeout_add_seconds (GIVE_UP_SECONDS, late_cb, &pair);
  gint64 start = g_get_monotonic_time ();
  double ms;

  pair.dialler = end_new (&pair, FR_WEBRTC_ROLE_DIALLER);
  pair.answerer = end_new (&pair, FR_WEBRTC_ROLE_ANSWERER);
  fr_webrtc_session_start (pair.dialler);
  while (pair.n_open < 2 && !pair.failed)
    g_main_context_iteration (NULL, TRUE);
  ms = pair.failed ? -1 : (double) (g_get_monotonic_time () - start) / 1000;

  fr_webrtc_session_close (pair.dialler);
  fr_webrtc_session_close (pair.answerer);
  pair.failed = FALSE;
  while (pair.n_closed < 2 && !pair.failed)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
  g_signal_handlers_disconnect_by_data (pair.dialler, &pair);
  g_signal_handlers_disconnect_by_data (pair.answerer, &pair);
  g_object_unref (pair.dialler);
  g_object_unref (pair.answerer);
  return ms;
}

static guint
count_entries (const char *folder)
{
  DIR *dir = opendir (folder);
  guint n = 0;

  while (dir != NULL && readdir (dir) != NULL)
    n++;
  if (dir != NULL)
    closedir (dir);
  return n;
}

/* Less "." and "..", and the descriptor that looks. */
static Usage
measure_usage (void)
{
  g_autofree char *statm = NULL;
  g_auto (GStrv) fields = NULL;
  Usage usage = { count_entries ("/proc/self/task") - 2, count_entries ("/proc/self/fd") - 3, 0 };

  if (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL)
      && (fields = g_strsplit (statm, " ", 3)) != NULL && g_strv_length (fields) > 1)
    usage.mib = g_ascii_strtod (fields[1], NULL) * (double) sysconf (_SC_PAGESIZE) / (1024 * 1024);
  return usage;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
quantile (GArray *sorted, guint percent)
{
  return g_array_index (sorted, double, (sorted->len - 1) * percent / 100);
}

static void
report (GArray *times, guint failed, const Usage *before, const Usage *after)
{
  g_array_sort (times, compare_times);
  printf ("{\"sessions\": %u, \"failed\": %u, \"open_ms\": %.2f, \"open_ms_p95\": %.2f, ", times->len + failed, failed,
          quantile (times, 50), quantile (times, 95));
  printf ("\"threads_before\": %u, \"threads_after\": %u, \"descriptors_before\": %u, \"descriptors_after\": %u, ",
          before->threads, after->threads, before->descriptors, after->descriptors);
  printf ("\"mib_before\": %.1f, \"mib_after\": %.1f}\n", before->mib, after->mib);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : DEFAULT_SESSIONS;
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  guint failed = 0;
  Usage before, after;

  fr_webrtc_warm_up ();
  fr_webrtc_wait_until_warm ();
  /* The first loads what stays loaded. */
  open_and_close ();
  before = measure_usage ();
  for (guint i = 0; i < n; i++)
    {
      double ms = open_and_close ();

      if (ms < 0)
        failed++;
      else
        g_array_append_val (times, ms);
    }
  after = measure_usage ();
  if (times->len == 0)
    {
      fprintf (stderr, "bench-sessions: no session opened\n");
      return 1;
    }
  report (times, failed, &before, &after);
  return failed > 0;
}
