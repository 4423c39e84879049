/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-bench-peer.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define ASK_SECONDS 30
#define START_SECONDS 30
#define STOP_SECONDS 5
#define LOOK_EVERY_US (50 * 1000)

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
fr_bench_rest (gint64 until_us)
{
  gint64 now_us;

  while ((now_us = g_get_monotonic_time ()) < until_us)
    {
      guint wake = g_timeout_add ((guint) ((until_us - now_us + 999) / 1000), wake_cb, NULL);

      g_main_context_iteration (NULL, TRUE);
      g_source_remove (wake);
    }
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean *ended = data;

  *ended = TRUE;
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
}

void
fr_bench_stop (GSubprocess *process)
{
  gint64 deadline_us = g_get_monotonic_time () + STOP_SECONDS * G_USEC_PER_SEC;
  gboolean ended = FALSE;

  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait_async (process, NULL, ended_cb, &ended);
  while (!ended && g_get_monotonic_time () < deadline_us)
    fr_bench_rest (g_get_monotonic_time () + LOOK_EVERY_US);
  if (!ended)
    g_subprocess_force_exit (process);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
}

/* Whatever becomes of the benchmark, nothing that it started stays behind. */
static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocessLauncher *
make_launcher (GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  return launcher;
}

GSubprocess *
fr_bench_start_server (const char *program, guint port, char **out_address, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = make_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *at = g_strdup_printf ("%u", port);
  g_autoptr (GSubprocess) process
      = g_subprocess_launcher_spawn (launcher, error, program, "serve", "--port", at, "--json", NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (JsonObject) ready = NULL;
  g_autofree char *line = NULL;
  gsize size = 0;

  if (process == NULL)
    return NULL;
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (lines, &size, NULL, error);
  ready = line != NULL ? fr_control_parse (line, size, error) : NULL;
  if (ready == NULL)
    {
      fr_bench_stop (process);
      return NULL;
    }
  *out_address = g_strdup (fr_control_get_string (ready, "server"));
  return g_steal_pointer (&process);
}

FrBenchPeer *
fr_bench_peer_new (const char *parent, const char *name)
{
  FrBenchPeer *self = g_new0 (FrBenchPeer, 1);
  g_autofree char *log = g_strconcat (name, ".log", NULL);

  self->name = g_strdup (name);
  self->folder = g_build_filename (parent, name, NULL);
  self->log = g_build_filename (parent, log, NULL);
  return self;
}

void
fr_bench_peer_free (FrBenchPeer *self)
{
  fr_bench_peer_stop (self);
  g_free (self->name);
  g_free (self->folder);
  g_free (self->log);
  g_free (self);
}

static gboolean
spawn (FrBenchPeer *self, const char *program, const char *server, const char *connect, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = make_launcher (G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  const char *const first[] = { program, "peer", "--json", "--loopback", "--data", self->folder, "--name", self->name,
                                "--server", server, connect != NULL ? "--connect" : NULL, connect, NULL };

  for (const char *const *word = first; *word != NULL; word++)
    g_ptr_array_add (line, (gpointer) *word);
  for (const char *const *word = self->options; word != NULL && *word != NULL; word++)
    g_ptr_array_add (line, (gpointer) *word);
  g_ptr_array_add (line, NULL);
  g_subprocess_launcher_set_stdout_file_path (launcher, self->log);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) line->pdata, error);
  return self->process != NULL;
}

gboolean
fr_bench_peer_launch (FrBenchPeer *self, const char *program, const char *server, const char *connect, GError **error)
{
  gint64 deadline_us = g_get_monotonic_time () + START_SECONDS * G_USEC_PER_SEC;

  if (!spawn (self, program, server, connect, error))
    return FALSE;
  while ((self->client = fr_control_client_connect (self->folder, NULL)) == NULL)
    {
      if (g_get_monotonic_time () > deadline_us)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s does not start: see %s", self->name, self->log);
          return FALSE;
        }
      fr_bench_rest (g_get_monotonic_time () + LOOK_EVERY_US);
    }
  return TRUE;
}

gboolean
fr_bench_peer_start (FrBenchPeer *self, const char *program, const char *server, const char *connect, GError **error)
{
  return fr_bench_peer_launch (self, program, server, connect, error)
         && fr_bench_peer_ask (self, fr_control_request ("ready"), NULL, NULL, error)
         && (connect == NULL || fr_bench_peer_wait_for_people (self, 1, error));
}

void
fr_bench_peer_stop (FrBenchPeer *self)
{
  g_clear_object (&self->client);
  if (self->process != NULL)
    fr_bench_stop (self->process);
  g_clear_object (&self->process);
}

static void
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

gboolean
fr_bench_peer_ask_for (FrBenchPeer *self, guint seconds, JsonObject *request, FrControlAnswerFunc func, gpointer data,
                       GError **error)
{
  g_autoptr (GCancellable) late = g_cancellable_new ();
  guint timer = g_timeout_add_once (seconds * 1000, cancel, late);
  gboolean ok = fr_control_client_run (self->client, request, func, data, late, error);

  if (!g_cancellable_is_cancelled (late))
    g_source_remove (timer);
  if (!ok)
    g_prefix_error (error, "%s: ", self->name);
  return ok;
}

gboolean
fr_bench_peer_ask (FrBenchPeer *self, JsonObject *request, FrControlAnswerFunc func, gpointer data, GError **error)
{
  return fr_bench_peer_ask_for (self, ASK_SECONDS, request, func, data, error);
}

static void
here_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  if (is_end)
    *(guint *) data = (guint) fr_control_get_number (answer, "here", 0);
}

gboolean
fr_bench_peer_wait_for_people (FrBenchPeer *self, guint n_here, GError **error)
{
  gint64 deadline_us = g_get_monotonic_time () + START_SECONDS * G_USEC_PER_SEC;
  guint n_now = 0;

  for (;;)
    {
      if (!fr_bench_peer_ask (self, fr_control_request ("status"), here_cb, &n_now, error))
        return FALSE;
      if (n_now >= n_here)
        return TRUE;
      if (g_get_monotonic_time () > deadline_us)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s is connected to %u, not to %u: see %s", self->name,
                       n_now, n_here, self->log);
          return FALSE;
        }
      fr_bench_rest (g_get_monotonic_time () + LOOK_EVERY_US);
    }
}
