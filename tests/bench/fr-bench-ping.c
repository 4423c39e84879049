/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-bench-ping.h"

#include <gst/gst.h>
#include <gst/sdp/sdp.h>
#include <gst/webrtc/webrtc.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fr-bench-numbers.h"

#define PACING_MS 5
#define GIVE_UP_SECONDS 60

/* One end. webrtcbin calls back from threads of its own; `lock` is for what they share with the main loop. */
typedef struct
{
  GMainLoop *loop;
  GstElement *pipeline;
  GstElement *webrtc;
  GstWebRTCDataChannel *channel;
  GOutputStream *out; /* to the other end's main loop */
  GDataInputStream *in;
  gboolean offers;
  GBytes *ping;

  GMutex lock;
  gint64 sent_us;
  FrBenchNumbers *round_trips;
} End;

static void
tell (End *end, const char *kind, guint mline, const char *text)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) text, strlen (text));
  g_autofree char *line = g_strdup_printf ("%s %u %s\n", kind, mline, encoded);

  g_mutex_lock (&end->lock);
  g_output_stream_write_all (end->out, line, strlen (line), NULL, NULL, NULL);
  g_mutex_unlock (&end->lock);
}

static void
candidate_cb (GstElement *webrtc, guint mline, const char *candidate, End *end)
{
  tell (end, "candidate", mline, candidate);
}

static gboolean
ping_cb (gpointer data)
{
  End *end = data;
  gboolean is_over;

  g_mutex_lock (&end->lock);
  is_over = end->round_trips->len >= FR_BENCH_N_PINGS;
  end->sent_us = g_get_monotonic_time ();
  g_mutex_unlock (&end->lock);
  if (is_over)
    {
      g_main_loop_quit (end->loop);
      return G_SOURCE_REMOVE;
    }
  gst_webrtc_data_channel_send_data (end->channel, end->ping);
  return G_SOURCE_CONTINUE;
}

static void
pong_cb (GstWebRTCDataChannel *channel, GBytes *message, End *end)
{
  gint64 now_us = g_get_monotonic_time ();

  g_mutex_lock (&end->lock);
  fr_bench_numbers_add (end->round_trips, (double) (now_us - end->sent_us));
  g_mutex_unlock (&end->lock);
}

static void
echo_cb (GstWebRTCDataChannel *channel, GBytes *message, End *end)
{
  gst_webrtc_data_channel_send_data (channel, message);
}

static void
opened_cb (GstWebRTCDataChannel *channel, End *end)
{
  g_timeout_add (FR_BENCH_PING_EVERY_MS, ping_cb, end);
}

static void
channel_cb (GstElement *webrtc, GstWebRTCDataChannel *channel, End *end)
{
  end->channel = g_object_ref (channel);
  g_signal_connect (channel, "on-message-data", G_CALLBACK (echo_cb), end);
}

static void
describe (End *end, const char *request, const char *field)
{
  g_autoptr (GstPromise) promise = gst_promise_new ();
  GstWebRTCSessionDescription *description = NULL;
  g_autofree char *sdp = NULL;

  g_signal_emit_by_name (end->webrtc, request, NULL, promise);
  gst_promise_wait (promise);
  gst_structure_get (gst_promise_get_reply (promise), field, GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &description, NULL);
  g_signal_emit_by_name (end->webrtc, "set-local-description", description, NULL);
  sdp = gst_sdp_message_as_text (description->sdp);
  tell (end, field, 0, sdp);
  gst_webrtc_session_description_free (description);
}

static void
take_description (End *end, const char *sdp)
{
  GstWebRTCSessionDescription *description;
  g_autoptr (GstPromise) promise = gst_promise_new ();
  GstSDPMessage *message = NULL;

  gst_sdp_message_new_from_text (sdp, &message);
  description = gst_webrtc_session_description_new (
      end->offers ? GST_WEBRTC_SDP_TYPE_ANSWER : GST_WEBRTC_SDP_TYPE_OFFER, message);
  g_signal_emit_by_name (end->webrtc, "set-remote-description", description, promise);
  gst_promise_wait (promise);
  gst_webrtc_session_description_free (description);
  if (!end->offers)
    describe (end, "create-answer", "answer");
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  End *end = data;
  g_autofree char *line = g_data_input_stream_read_line_finish (end->in, result, NULL, NULL);
  g_auto (GStrv) parts = line != NULL ? g_strsplit (line, " ", 3) : NULL;
  g_autofree char *text = NULL;
  gsize size = 0;

  if (parts == NULL || g_strv_length (parts) != 3)
    {
      g_main_loop_quit (end->loop); /* the other end is done */
      return;
    }
  text = (char *) g_base64_decode (parts[2], &size);
  if (strcmp (parts[0], "candidate") == 0)
    g_signal_emit_by_name (end->webrtc, "add-ice-candidate", (guint) atoi (parts[1]), text);
  else
    take_description (end, text);
  g_data_input_stream_read_line_async (end->in, G_PRIORITY_DEFAULT, NULL, line_cb, end);
}

/* As Freshet sets it up: see src/webrtc. */
static void
keep_on_loopback (GstElement *webrtc)
{
  g_autoptr (GObject) ice = NULL;
  g_autoptr (GObject) agent = NULL;
  gboolean done;

  g_object_get (webrtc, "ice-agent", &ice, NULL);
  g_signal_emit_by_name (ice, "add-local-ip-address", "127.0.0.1", &done);
  g_object_get (ice, "agent", &agent, NULL);
  g_object_set (agent, "upnp", FALSE, "stun-pacing-timer", PACING_MS, NULL);
}

static void
start (End *end)
{
  end->pipeline = gst_pipeline_new (NULL);
  end->webrtc = gst_element_factory_make ("webrtcbin", NULL);
  g_object_set (end->webrtc, "bundle-policy", GST_WEBRTC_BUNDLE_POLICY_MAX_BUNDLE, NULL);
  gst_bin_add (GST_BIN (end->pipeline), end->webrtc);
  keep_on_loopback (end->webrtc);
  g_signal_connect (end->webrtc, "on-ice-candidate", G_CALLBACK (candidate_cb), end);
  g_signal_connect (end->webrtc, "on-data-channel", G_CALLBACK (channel_cb), end);
  gst_element_set_state (end->pipeline, GST_STATE_PLAYING);
  if (!end->offers)
    return;
  g_signal_emit_by_name (end->webrtc, "create-data-channel", "ping", NULL, &end->channel);
  g_signal_connect (end->channel, "on-open", G_CALLBACK (opened_cb), end);
  g_signal_connect (end->channel, "on-message-data", G_CALLBACK (pong_cb), end);
  describe (end, "create-offer", "offer");
}

static void
give_up (gpointer loop)
{
  g_main_loop_quit (loop);
}

int
fr_bench_ping_main (const char *role)
{
  End end = { .offers = strcmp (role, "--ping-offer") == 0 };
  g_autoptr (GSocket) socket = g_socket_new_from_fd (FR_BENCH_PING_FD, NULL);
  g_autoptr (GIOStream) stream = G_IO_STREAM (g_socket_connection_factory_create_connection (socket));

  gst_init (NULL, NULL);
  g_mutex_init (&end.lock);
  end.loop = g_main_loop_new (NULL, FALSE);
  end.out = g_io_stream_get_output_stream (stream);
  end.in = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  end.ping = g_bytes_new_take (g_malloc0 (FR_BENCH_PING_SIZE), FR_BENCH_PING_SIZE);
  end.round_trips = fr_bench_numbers_new ();
  start (&end);
  g_data_input_stream_read_line_async (end.in, G_PRIORITY_DEFAULT, NULL, line_cb, &end);
  g_timeout_add_once (GIVE_UP_SECONDS * 1000, give_up, end.loop);
  g_main_loop_run (end.loop);
  if (end.offers && end.round_trips->len > 0)
    printf ("%.1f\n", fr_bench_numbers_get_median (end.round_trips) / 2);
  fflush (stdout);
  _exit (0); /* a short-lived helper: nothing is worth taking down in order */
}

static GSubprocess *
start_helper (const char *program, const char *role, int fd, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  g_subprocess_launcher_take_fd (launcher, fd, FR_BENCH_PING_FD);
  return g_subprocess_launcher_spawn (launcher, error, program, role, NULL);
}

double
fr_bench_ping_measure (const char *program, GError **error)
{
  g_autoptr (GSubprocess) answerer = NULL;
  g_autoptr (GSubprocess) offerer = NULL;
  g_autofree char *output = NULL;
  double one_way_us = 0;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no socket pair");
      return 0;
    }
  answerer = start_helper (program, "--ping-answer", fds[0], error);
  offerer = answerer != NULL ? start_helper (program, "--ping-offer", fds[1], error) : NULL;
  if (offerer != NULL && g_subprocess_communicate_utf8 (offerer, NULL, NULL, &output, NULL, error))
    one_way_us = g_ascii_strtod (output, NULL);
  if (answerer != NULL)
    {
      g_subprocess_force_exit (answerer);
      g_subprocess_wait (answerer, NULL, NULL);
    }
  if (offerer != NULL && one_way_us <= 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the bare channel did not open");
  return one_way_us;
}
