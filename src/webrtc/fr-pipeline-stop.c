/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-pipeline-stop.h"

#define RECEIVES "sctpdec"
#define SENDS "sctpenc"

static GstPadProbeReturn
drop_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_DROP;
}

/* sctpdec 1.22 does not expect a peer to open channels while it is being stopped: it touches pads that are gone. So
 * nothing reaches it any more when that begins. */
static void
stop_receiving (GstElement *decoder)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (decoder, "sink");

  gst_pad_add_probe (sink, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, drop_cb, NULL, NULL);
  /* Whoever is inside now comes out first. */
  GST_PAD_STREAM_LOCK (sink);
  GST_PAD_STREAM_UNLOCK (sink);
}

/* sctpenc 1.22 starts its thread again at each RECONFIGURE from downstream, which webrtcbin's own thread causes by
 * linking: if that happens while it is being stopped, nobody stops it any more, and freeing it waits for it for ever. */
static void
stop_starting (GstElement *encoder)
{
  g_autoptr (GstPad) src = gst_element_get_static_pad (encoder, "src");

  gst_pad_add_probe (src, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, drop_cb, NULL, NULL);
}

static gboolean
is_a (GstElement *element, const char *factory)
{
  GstElementFactory *made_by = gst_element_get_factory (element); /* NULL: webrtcbin's inner bins have none */

  return made_by != NULL && g_strcmp0 (GST_OBJECT_NAME (made_by), factory) == 0;
}

static void
quieten_cb (const GValue *item, gpointer data)
{
  GstElement *element = g_value_get_object (item);

  if (is_a (element, RECEIVES))
    stop_receiving (element);
  else if (is_a (element, SENDS))
    stop_starting (element);
}

/* In the thread that adds it, before that links it. */
static void
added_cb (GstBin *bin, GstBin *inner, GstElement *element, gpointer data)
{
  if (is_a (element, SENDS))
    stop_starting (element);
}

void
_fr_pipeline_quieten (GstElement *pipeline)
{
  g_autoptr (GstIterator) parts = NULL;

  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (added_cb), NULL);
  parts = gst_bin_iterate_recurse (GST_BIN (pipeline));
  while (gst_iterator_foreach (parts, quieten_cb, NULL) == GST_ITERATOR_RESYNC)
    gst_iterator_resync (parts);
}

static void
stop_cb (const GValue *item, gpointer data)
{
  GstElement *element = g_value_get_object (item);

  if (GST_STATE (element) == GST_STATE_NULL && GST_STATE_PENDING (element) == GST_STATE_VOID_PENDING)
    return;
  gst_element_set_locked_state (element, FALSE);
  gst_element_set_state (element, GST_STATE_NULL);
}

/* webrtcbin 1.22 ends its own thread only after it has stopped its parts. What that thread adds in between goes on
 * playing, and keeps a thread and a socket for good. */
static void
stop_what_came_late (GstElement *pipeline)
{
  g_autoptr (GstIterator) parts = gst_bin_iterate_recurse (GST_BIN (pipeline));

  while (gst_iterator_foreach (parts, stop_cb, NULL) == GST_ITERATOR_RESYNC)
    gst_iterator_resync (parts);
}

/**
 * fr_pipeline_stop:
 * @pipeline: a pipeline with a webrtcbin
 *
 * Stops it with all its parts, also those that webrtcbin adds meanwhile. Waits for the streaming threads, some 5 ms.
 */
void
fr_pipeline_stop (GstElement *pipeline)
{
  _fr_pipeline_quieten (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  stop_what_came_late (pipeline);
}
