/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trust.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "fr-bench-numbers.h"
#include "fr-bench-peer.h"

#define VICTIM "victim"
#define WORD "lighthouse"
/* A blue PNG of 80 × 60 pixels: a kind of file that is shared without a further word. */
#define PICTURE \
  "iVBORw0KGgoAAAANSUhEUgAAAFAAAAA8CAIAAAB+RarbAAAAVklEQVR42u3PgRAAAAgEsAdJMttwMkig3U1gqZ5X" \
  "IiwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLHxZ3pknR6/B1ssA" \
  "AAAASUVORK5CYII="
#define HIT_SECONDS 10 /* far beyond what is measured: else the search has failed */
#define ASK_EVERY_US (G_USEC_PER_SEC + 5 * 1000) /* as fast as anybody may */
#define WARM_UP_US (2 * G_USEC_PER_SEC)          /* of a flood, before anything is measured */
#define REST_US (12 * G_USEC_PER_SEC)            /* until what the flood was told to heed is over */
#define MEMORY_EVERY_MS 50

typedef struct
{
  char *folder;
  char *server_address;
  GSubprocess *server;
  FrBenchPeer *victim, *asker;
  GSubprocess *flooder;
  GDataInputStream *said;

  gint64 asked_us;
  double most_mib; /* of the victim, since it was set to 0 */
  FrBenchNumbers *rates;
  guint n_links;
} Flood;

static gboolean
share (Flood *self, GError **error)
{
  gsize n_bytes;
  g_autofree guint8 *picture = g_base64_decode (PICTURE, &n_bytes);
  g_autofree char *path = g_build_filename (self->folder, WORD ".png", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, error);
  const char *const uris[] = { uri, NULL };
  JsonObject *add = fr_control_request ("gallery-add");

  fr_control_set_strings (add, "uris", uris);
  fr_control_set_string (add, "audience", "everyone");
  if (g_file_set_contents (path, (const char *) picture, (gssize) n_bytes, error))
    return fr_bench_peer_ask (self->victim, add, NULL, NULL, error);
  json_object_unref (add);
  return FALSE;
}

static double
read_mib (Flood *self)
{
  g_autofree char *path
    = g_build_filename ("/proc", g_subprocess_get_identifier (self->victim->process), "status", NULL);
  g_autofree char *status = NULL;
  const char *resident;

  if (!g_file_get_contents (path, &status, NULL, NULL) || (resident = strstr (status, "VmRSS:")) == NULL)
    return NAN;
  return g_ascii_strtod (resident + strlen ("VmRSS:"), NULL) / 1024;
}

static gboolean
memory_cb (gpointer data)
{
  Flood *self = data;

  self->most_mib = fmax (self->most_mib, read_mib (self));
  return G_SOURCE_CONTINUE;
}

/* What the flooder says next. */
static char *
listen (Flood *self, GError **error)
{
  char *line = g_data_input_stream_read_line (self->said, NULL, NULL, error);

  if (line == NULL && (error == NULL || *error == NULL))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the flooder has ended");
  return line;
}

static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static gboolean
start_flooder (Flood *self, const char *own_program, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *line = NULL;

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->flooder = g_subprocess_launcher_spawn (launcher, error, own_program, TRUST_FLOODER, self->server_address, VICTIM,
                                               NULL);
  if (self->flooder == NULL)
    return FALSE;
  self->said = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->flooder));
  line = listen (self, error);
  return line != NULL;
}

static gboolean
start (Flood *self, const char *program, const char *own_program, GError **error)
{
  self->server = fr_bench_start_server (program, 0, &self->server_address, error);
  if (self->server == NULL)
    return FALSE;
  self->victim = fr_bench_peer_new (self->folder, VICTIM);
  self->asker = fr_bench_peer_new (self->folder, "asker");
  return fr_bench_peer_start (self->victim, program, self->server_address, NULL, error) && share (self, error)
         && fr_bench_peer_start (self->asker, program, self->server_address, VICTIM, error)
         && start_flooder (self, own_program, error);
}

static void
hit_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  double *hit_ms = data;

  if (g_strcmp0 (fr_control_get_string (answer, "event"), "hit") == 0 && isnan (*hit_ms))
    *hit_ms = fr_control_get_number (answer, "ms", NAN);
}

/* Milliseconds from asking to the first hit, taken by the asking process; NAN: none. */
static double
search (Flood *self)
{
  JsonObject *request = fr_control_request ("search");
  gint64 deadline_us;
  double hit_ms = NAN;
  gint64 id;

  fr_bench_rest (self->asked_us + ASK_EVERY_US);
  self->asked_us = g_get_monotonic_time ();
  deadline_us = self->asked_us + HIT_SECONDS * G_USEC_PER_SEC;
  fr_control_set_string (request, "words", WORD);
  json_object_set_int_member (request, "wait", HIT_SECONDS);
  id = fr_control_client_ask (self->asker->client, request, hit_cb, &hit_ms);
  while (isnan (hit_ms) && g_get_monotonic_time () < deadline_us)
    fr_bench_rest (g_get_monotonic_time () + 20 * 1000);
  fr_control_client_forget (self->asker->client, id);
  return hit_ms;
}

static gboolean
search_often (Flood *self, guint n_searches, FrBenchNumbers *times, GError **error)
{
  for (guint i = 0; i < n_searches; i++)
    {
      double hit_ms = search (self);

      if (isnan (hit_ms))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "a search found nothing: see %s", self->asker->log);
          return FALSE;
        }
      fr_bench_numbers_add (times, hit_ms);
    }
  return TRUE;
}

static gboolean
begin_flood (Flood *self, double seconds, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%.1f\n", seconds);

  return g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->flooder), line, strlen (line), NULL, NULL, error);
}

static gboolean
end_flood (Flood *self, double seconds, GError **error)
{
  g_autofree char *line = listen (self, error);
  guint n_sent, n_links;

  if (line == NULL)
    return FALSE;
  if (sscanf (line, "sent %u in %u links", &n_sent, &n_links) != 2)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the flooder says %s", line);
      return FALSE;
    }
  fr_bench_numbers_add (self->rates, n_sent / seconds);
  self->n_links += n_links;
  return TRUE;
}

typedef struct
{
  double ratio, mib, quiet_ms, flooded_ms;
} Run;

static gboolean
search_flooded (Flood *self, guint n_searches, FrBenchNumbers *times, GError **error)
{
  double seconds = (double) (WARM_UP_US + (n_searches + 1) * ASK_EVERY_US) / G_USEC_PER_SEC;

  if (!begin_flood (self, seconds, error))
    return FALSE;
  fr_bench_rest (g_get_monotonic_time () + WARM_UP_US);
  return search_often (self, n_searches, times, error) && end_flood (self, seconds, error);
}

static gboolean
run_once (Flood *self, guint n_searches, Run *out_run, GError **error)
{
  g_autoptr (GArray) quiet = fr_bench_numbers_new (), flooded = fr_bench_numbers_new ();
  double quiet_mib;
  gboolean measured;
  guint timer;

  if (!search_often (self, n_searches, quiet, error))
    return FALSE;
  self->most_mib = quiet_mib = read_mib (self);
  timer = g_timeout_add (MEMORY_EVERY_MS, memory_cb, self);
  measured = search_flooded (self, n_searches, flooded, error);
  g_source_remove (timer);
  if (!measured)
    return FALSE;
  *out_run = (Run) { .quiet_ms = fr_bench_numbers_get_median (quiet),
                     .flooded_ms = fr_bench_numbers_get_median (flooded),
                     .mib = self->most_mib - quiet_mib };
  out_run->ratio = out_run->flooded_ms / out_run->quiet_ms;
  g_printerr ("a search takes %.2f ms, %.2f ms under a flood of %.0f messages a second, with %.1f MiB more\n",
              out_run->quiet_ms, out_run->flooded_ms, fr_bench_numbers_get_median (self->rates), out_run->mib);
  return TRUE;
}

/* The best run's ratio; of the memory, the most of all. */
static gboolean
run_all (Flood *self, guint n_runs, guint n_searches, JsonObject *report, GError **error)
{
  Run best = { .ratio = INFINITY };
  double most_mib = 0;

  for (guint i = 0; i < n_runs; i++)
    {
      Run run;

      if (i > 0)
        fr_bench_rest (g_get_monotonic_time () + REST_US);
      if (!run_once (self, n_searches, &run, error))
        return FALSE;
      most_mib = fmax (most_mib, run.mib);
      if (run.ratio < best.ratio)
        best = run;
    }
  fr_bench_report_number (report, "flooded_search_ratio", best.ratio);
  fr_bench_report_number (report, "flooded_mib", most_mib);
  fr_bench_report_number (report, "quiet_search_ms", best.quiet_ms);
  fr_bench_report_number (report, "flooded_search_ms", best.flooded_ms);
  fr_bench_report_number (report, "flood_per_s", fr_bench_numbers_get_median (self->rates));
  fr_bench_report_number (report, "flood_links", self->n_links);
  return TRUE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
        remove_folder (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}

static void
tear_down (Flood *self, gboolean keep)
{
  if (self->flooder != NULL)
    g_subprocess_force_exit (self->flooder);
  g_clear_object (&self->said);
  g_clear_object (&self->flooder);
  g_clear_pointer (&self->asker, fr_bench_peer_free);
  g_clear_pointer (&self->victim, fr_bench_peer_free);
  if (self->server != NULL)
    fr_bench_stop (self->server);
  g_clear_object (&self->server);
  if (!keep)
    remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->server_address);
  g_array_unref (self->rates);
}

gboolean
trust_measure_flood (const char *program, const char *own_program, guint n_runs, guint n_searches, JsonObject *report,
                     GError **error)
{
  Flood flood = { .folder = g_dir_make_tmp ("freshet-flood-XXXXXX", error), .rates = fr_bench_numbers_new () };
  gboolean measured;

  if (flood.folder == NULL)
    {
      g_array_unref (flood.rates);
      return FALSE;
    }
  measured = start (&flood, program, own_program, error) && run_all (&flood, n_runs, n_searches, report, error);
  tear_down (&flood, !measured);
  return measured;
}
