/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <gst/gst.h>
#include <gst/sdp/sdp.h>
#include <gst/webrtc/webrtc.h>
#include <unistd.h>

#include "throughput.h"

/* As little as there can be around a data channel: no threads but GStreamer's, no checks. */

#define MESSAGE_SIZE 65536
#define HIGH_WATER (256 * 1024)

typedef struct
{
  int wire;
  GMainLoop *loop;
  GstElement *webrtc;
  GstWebRTCDataChannel *channel;
  int file;
  guint64 size;
  guint64 done;
  double idle_mib;
  gint64 start_us;
  gboolean asks;
} Peer;

static void
apply_local (Peer *self, GstPromise *promise, const char *kind)
{
  g_autoptr (GstWebRTCSessionDescription) description = NULL;
  g_autofree char *sdp = NULL;

  gst_structure_get (gst_promise_get_reply (promise), kind, GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &description, NULL);
  gst_promise_unref (promise);
  g_signal_emit_by_name (self->webrtc, "set-local-description", description, NULL);
  sdp = gst_sdp_message_as_text (description->sdp);
  wire_send_description (self->wire, sdp);
}

static void
offer_cb (GstPromise *promise, gpointer user_data)
{
  apply_local (user_data, promise, "offer");
}

static void
answer_cb (GstPromise *promise, gpointer user_data)
{
  apply_local (user_data, promise, "answer");
}

static void
wire_cb (const char *sdp, guint section, const char *candidate, gpointer user_data)
{
  Peer *self = user_data;
  g_autoptr (GstWebRTCSessionDescription) description = NULL;
  GstSDPMessage *message;

  if (sdp == NULL)
    {
      g_signal_emit_by_name (self->webrtc, "add-ice-candidate", section, candidate);
      return;
    }
  gst_sdp_message_new_from_text (sdp, &message);
  description = gst_webrtc_session_description_new (self->asks ? GST_WEBRTC_SDP_TYPE_ANSWER : GST_WEBRTC_SDP_TYPE_OFFER,
                                                    message);
  g_signal_emit_by_name (self->webrtc, "set-remote-description", description, NULL);
  if (!self->asks)
    g_signal_emit_by_name (self->webrtc, "create-answer", NULL,
                           gst_promise_new_with_change_func (answer_cb, self, NULL));
}

static void
candidate_cb (GstElement *webrtc, guint section, const char *candidate, gpointer user_data)
{
  wire_send_candidate (((Peer *) user_data)->wire, section, candidate);
}

static void
note_rest (Peer *self)
{
  self->idle_mib = memory_mib ();
  memory_reset_peak ();
}

static void
send_some (GstWebRTCDataChannel *channel, gpointer user_data)
{
  Peer *self = user_data;
  guint64 buffered;

  for (;;)
    {
      g_autoptr (GBytes) bytes = NULL;
      guint8 *data;
      gssize n;

      g_object_get (channel, "buffered-amount", &buffered, NULL);
      if (buffered >= HIGH_WATER || self->done == self->size)
        return;
      data = g_malloc (MESSAGE_SIZE);
      n = read (self->file, data, MESSAGE_SIZE);
      if (n <= 0)
        give_up ("the picture cannot be read");
      bytes = g_bytes_new_take (data, (gsize) n);
      g_signal_emit_by_name (channel, "send-data", bytes);
      self->done += (guint64) n;
    }
}

static void
asked_cb (GstWebRTCDataChannel *channel, GBytes *request, gpointer user_data)
{
  note_rest (user_data);
  send_some (channel, user_data);
}

static void
receive_cb (GstWebRTCDataChannel *channel, GBytes *bytes, gpointer user_data)
{
  Peer *self = user_data;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (write (self->file, data, size) != (gssize) size)
    give_up ("the picture cannot be written");
  self->done += size;
  if (self->done < self->size)
    return;
  fsync (self->file);
  g_main_loop_quit (self->loop);
}

static void
open_cb (GstWebRTCDataChannel *channel, gpointer user_data)
{
  Peer *self = user_data;
  g_autoptr (GBytes) request = g_bytes_new_static ("go", 2);

  note_rest (self);
  self->start_us = g_get_monotonic_time ();
  g_signal_emit_by_name (channel, "send-data", request);
}

static void
channel_cb (GstElement *webrtc, GstWebRTCDataChannel *channel, gpointer user_data)
{
  g_object_set (channel, "buffered-amount-low-threshold", (guint64) HIGH_WATER / 4, NULL);
  g_signal_connect (channel, "on-buffered-amount-low", G_CALLBACK (send_some), user_data);
  g_signal_connect (channel, "on-message-data", G_CALLBACK (asked_cb), user_data);
}

static void
run (Peer *self)
{
  GstElement *pipeline = gst_pipeline_new (NULL);
  g_autoptr (GObject) ice = NULL, agent = NULL;
  gboolean done;

  self->loop = g_main_loop_new (NULL, FALSE);
  self->webrtc = gst_element_factory_make ("webrtcbin", NULL);
  if (self->webrtc == NULL)
    give_up ("there is no webrtcbin");
  g_object_set (self->webrtc, "bundle-policy", GST_WEBRTC_BUNDLE_POLICY_MAX_BUNDLE, NULL);
  gst_bin_add (GST_BIN (pipeline), self->webrtc);
  g_object_get (self->webrtc, "ice-agent", &ice, NULL);
  g_signal_emit_by_name (ice, "add-local-ip-address", "127.0.0.1", &done);
  g_object_get (ice, "agent", &agent, NULL);
  g_object_set (agent, "upnp", FALSE, NULL); /* would start a web server */
  g_signal_connect (self->webrtc, "on-ice-candidate", G_CALLBACK (candidate_cb), self);
  g_signal_connect (self->webrtc, "on-data-channel", G_CALLBACK (channel_cb), self);
  wire_listen (self->wire, self->loop, wire_cb, self);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  if (self->asks)
    {
      g_signal_emit_by_name (self->webrtc, "create-data-channel", "bulk", NULL, &self->channel);
      g_signal_connect (self->channel, "on-open", G_CALLBACK (open_cb), self);
      g_signal_connect (self->channel, "on-message-data", G_CALLBACK (receive_cb), self);
      g_signal_emit_by_name (self->webrtc, "create-offer", NULL,
                             gst_promise_new_with_change_func (offer_cb, self, NULL));
    }
  g_main_loop_run (self->loop);
}

void
bare_ask (const Job *job, int wire, Measure *out_measure)
{
  g_autofree char *path = g_build_filename (job->folder, "received", NULL);
  Peer self = { .wire = wire, .asks = TRUE, .size = job->size };

  gst_init (NULL, NULL);
  self.file = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  run (&self);
  if (self.done < self.size)
    give_up ("the bare transfer stopped half-way");
  out_measure->seconds = (double) (g_get_monotonic_time () - self.start_us) / G_USEC_PER_SEC;
  out_measure->peak_mib = memory_peak_mib () - self.idle_mib;
}

void
bare_hold (const Job *job, int wire, Measure *out_measure)
{
  Peer self = { .wire = wire, .size = job->size };

  gst_init (NULL, NULL);
  self.file = open (job->source, O_RDONLY | O_CLOEXEC);
  run (&self);
  out_measure->peak_mib = memory_peak_mib () - self.idle_mib;
}
