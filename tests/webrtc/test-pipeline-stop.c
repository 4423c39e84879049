/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-pipeline-stop.h"
#include "fr-test-support.h"
#include "tests.h"

#include <gst/webrtc/webrtc.h>

static GstElement *
add_encoder (GstElement *pipeline)
{
  GstElement *encoder = gst_element_factory_make ("sctpenc", NULL);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "async", FALSE, NULL);
  gst_bin_add_many (GST_BIN (pipeline), encoder, sink, NULL);
  g_assert_true (gst_element_link (encoder, sink));
  gst_element_sync_state_with_parent (sink);
  gst_element_sync_state_with_parent (encoder);
  return encoder;
}

/* What relinking would cause, to one whose thread has come to rest. */
static gboolean
is_started_again (GstElement *encoder)
{
  g_autoptr (GstPad) src = gst_element_get_static_pad (encoder, "src");

  gst_task_pause (GST_PAD_TASK (src)); /* gst_pad_pause_task() would wait for it, and it waits for something to send */
  gst_pad_send_event (src, gst_event_new_reconfigure ());
  return gst_pad_get_task_state (src) == GST_TASK_STARTED;
}

/* Nothing starts again that was there when stopping began, or that is added meanwhile. */
static void
test_quiet (void)
{
  GstElement *pipeline = fr_pipeline_new (), *encoder;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  encoder = add_encoder (pipeline);
  g_assert_true (is_started_again (encoder)); /* else there would be nothing to guard against */
  _fr_pipeline_quieten (pipeline);
  g_assert_false (is_started_again (encoder));
  g_assert_false (is_started_again (add_encoder (pipeline)));
  fr_pipeline_stop (pipeline);
}

/* However often they are told while they are being stopped, they can be freed: that waits for their threads. */
static gpointer
reconfigure_thread (gpointer data)
{
  for (guint i = 0; i < 2000; i++)
    gst_pad_send_event (data, gst_event_new_reconfigure ());
  gst_object_unref (data);
  return NULL;
}

static void
test_told_meanwhile (void)
{
  for (guint i = 0; i < 100; i++)
    {
      GstElement *pipeline = fr_pipeline_new (), *encoder;
      GThread *thread;

      g_object_add_weak_pointer (G_OBJECT (pipeline), (gpointer *) &pipeline);
      gst_element_set_state (pipeline, GST_STATE_PLAYING);
      encoder = add_encoder (pipeline);
      thread = g_thread_new ("reconfigure", reconfigure_thread, gst_element_get_static_pad (encoder, "src"));
      fr_pipeline_stop (pipeline);
      g_thread_join (thread);
      g_assert_null (pipeline);
    }
}

static void
watch_receiver_cb (GstBin *bin, GstBin *inner, GstElement *element, gpointer weak)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (element), "TransportReceiveBin"))
    g_set_weak_pointer ((GstElement **) weak, element);
}

/* ICE's thread may tell of a change after all has been stopped; here it always does. */
static void
tell_of_ice (GstElement *webrtc)
{
  g_autoptr (GObject) sctp = NULL;
  g_autoptr (GObject) dtls = NULL;
  g_autoptr (GObject) ice = NULL;

  g_object_get (webrtc, "sctp-transport", &sctp, NULL);
  g_object_get (sctp, "transport", &dtls, NULL);
  g_object_get (dtls, "transport", &ice, NULL);
  g_object_notify (ice, "state");
}

static void
test_ice_told_late (void)
{
  GstElement *pipeline = fr_pipeline_new (), *webrtc = gst_element_factory_make ("webrtcbin", NULL), *receiver = NULL;
  g_autoptr (GstPromise) offered = gst_promise_new ();
  g_autoptr (GstPromise) applied = gst_promise_new ();
  g_autoptr (GstWebRTCDataChannel) channel = NULL;
  g_autoptr (GstWebRTCSessionDescription) offer = NULL;

  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (watch_receiver_cb), &receiver);
  gst_bin_add (GST_BIN (pipeline), webrtc);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_signal_emit_by_name (webrtc, "create-data-channel", "told-late", NULL, &channel);
  g_signal_emit_by_name (webrtc, "create-offer", NULL, offered);
  g_assert_cmpint (gst_promise_wait (offered), ==, GST_PROMISE_RESULT_REPLIED);
  gst_structure_get (gst_promise_get_reply (offered), "offer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &offer, NULL);
  g_signal_emit_by_name (webrtc, "set-local-description", offer, applied);
  g_assert_cmpint (gst_promise_wait (applied), ==, GST_PROMISE_RESULT_REPLIED);
  g_assert_nonnull (receiver);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  tell_of_ice (webrtc);
  fr_pipeline_stop (pipeline);
  g_assert_null (receiver);
}

void
test_pipeline_stop_add (void)
{
  g_test_add_func ("/webrtc/pipeline-stop/quiet", test_quiet);
  g_test_add_func ("/webrtc/pipeline-stop/told-meanwhile", test_told_meanwhile);
  g_test_add_func ("/webrtc/pipeline-stop/ice-told-late", test_ice_told_late);
}
