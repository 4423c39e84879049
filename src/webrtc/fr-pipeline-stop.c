/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-pipeline-stop.h"

#define RECEIVES "sctpdec"
#define SENDS "sctpenc"
#define RECEIVE_BIN "TransportReceiveBin" /* a type of webrtcbin's own */

/* sctpenc 1.22 starts its thread again at each RECONFIGURE from downstream, which webrtcbin's own thread causes by
 * linking: if that happens while it is being stopped, nobody stops it any more, and freeing it waits for it for ever. A
 * probe would let through what it has seen before; so each such event is handled under a lock, and none any more once
 * that has been closed. */
typedef struct
{
  GMutex mutex; /* held for as long as the event takes */
  gboolean closed;
} FrPipelineGate;

static G_DEFINE_QUARK (fr-pipeline-gate, fr_pipeline_gate)
static G_DEFINE_QUARK (fr-pipeline-gated-func, fr_pipeline_gated_func)

static void
fr_pipeline_gate_clear (gpointer data)
{
  g_mutex_clear (&((FrPipelineGate *) data)->mutex);
}

static void
fr_pipeline_gate_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, fr_pipeline_gate_clear);
}

static FrPipelineGate *
fr_pipeline_gate_new (void)
{
  FrPipelineGate *gate = g_atomic_rc_box_new0 (FrPipelineGate);

  g_mutex_init (&gate->mutex);
  return gate;
}

static void
fr_pipeline_gate_close (FrPipelineGate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->closed = TRUE;
  g_mutex_unlock (&gate->mutex);
}

static gboolean
starts_thread (GstEvent *event)
{
  return GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE || GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP;
}

static gboolean
gated_event_cb (GstPad *pad, GstObject *parent, GstEvent *event)
{
  FrPipelineGate *gate = g_object_get_qdata (G_OBJECT (pad), fr_pipeline_gate_quark ());
  GstPadEventFunction handle = g_object_get_qdata (G_OBJECT (pad), fr_pipeline_gated_func_quark ());
  gboolean is_handled = FALSE;

  if (!starts_thread (event))
    return handle (pad, parent, event);
  g_mutex_lock (&gate->mutex);
  if (gate->closed)
    gst_event_unref (event);
  else
    is_handled = handle (pad, parent, event);
  g_mutex_unlock (&gate->mutex);
  return is_handled;
}

static void
put_gate (GstElement *encoder, FrPipelineGate *gate)
{
  g_autoptr (GstPad) src = gst_element_get_static_pad (encoder, "src");

  g_object_set_qdata_full (G_OBJECT (src), fr_pipeline_gate_quark (), g_atomic_rc_box_acquire (gate),
                           fr_pipeline_gate_unref);
  g_object_set_qdata (G_OBJECT (src), fr_pipeline_gated_func_quark (), GST_PAD_EVENTFUNC (src));
  gst_pad_set_event_function (src, gated_event_cb);
}

static GstPadProbeReturn
drop_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_DROP;
}

static gboolean
is_a (GstElement *element, const char *factory)
{
  GstElementFactory *made_by = gst_element_get_factory (element); /* NULL: webrtcbin's inner bins have none */

  return made_by != NULL && g_strcmp0 (GST_OBJECT_NAME (made_by), factory) == 0;
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

static void
stop_receiving_cb (const GValue *item, gpointer data)
{
  GstElement *element = g_value_get_object (item);

  if (is_a (element, RECEIVES))
    stop_receiving (element);
}

void
_fr_pipeline_quieten (GstElement *pipeline)
{
  g_autoptr (GstIterator) parts = gst_bin_iterate_recurse (GST_BIN (pipeline));

  fr_pipeline_gate_close (g_object_get_qdata (G_OBJECT (pipeline), fr_pipeline_gate_quark ()));
  while (gst_iterator_foreach (parts, stop_receiving_cb, NULL) == GST_ITERATOR_RESYNC)
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

/* In the thread that adds it, before that links it. */
static void
added_cb (GstBin *bin, GstBin *inner, GstElement *element, gpointer gate)
{
  if (is_a (element, SENDS))
    put_gate (element, gate);
}

/**
 * fr_pipeline_new:
 *
 * Returns: (transfer full): a pipeline that fr_pipeline_stop() can stop, whenever that is; empty
 */
GstElement *
fr_pipeline_new (void)
{
  GstElement *pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  FrPipelineGate *gate = fr_pipeline_gate_new ();

  g_object_set_qdata_full (G_OBJECT (pipeline), fr_pipeline_gate_quark (), gate, fr_pipeline_gate_unref);
  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (added_cb), gate);
  return pipeline;
}

/* One of webrtcbin's inner bins, and the stream that it looks at without holding it. */
typedef struct
{
  GstElement *bin;
  GObject *stream;
} FrReceiver;

static void
receiver_free (gpointer data)
{
  FrReceiver *self = data;

  gst_object_unref (self->bin);
  g_object_unref (self->stream);
  g_free (self);
}

static void
collect_receiver_cb (const GValue *item, gpointer receivers)
{
  GstElement *element = g_value_get_object (item);
  FrReceiver *receiver;

  if (g_strcmp0 (G_OBJECT_TYPE_NAME (element), RECEIVE_BIN) != 0
      || g_object_class_find_property (G_OBJECT_GET_CLASS (element), "stream") == NULL)
    return;
  receiver = g_new0 (FrReceiver, 1);
  receiver->bin = gst_object_ref (element);
  g_object_get (element, "stream", &receiver->stream, NULL);
  g_ptr_array_add (receivers, receiver);
}

static GPtrArray *
collect_receivers (GstElement *pipeline)
{
  GPtrArray *receivers = g_ptr_array_new_with_free_func (receiver_free);
  g_autoptr (GstIterator) parts = gst_bin_iterate_recurse (GST_BIN (pipeline));

  while (gst_iterator_foreach (parts, collect_receiver_cb, receivers) == GST_ITERATOR_RESYNC)
    {
      g_ptr_array_set_size (receivers, 0);
      gst_iterator_resync (parts);
    }
  return receivers;
}

/* Its last step once more, without any of those before. */
static void
finish_receiver (gpointer data, gpointer unused)
{
  FrReceiver *receiver = data;

  GST_ELEMENT_GET_CLASS (receiver->bin)->change_state (receiver->bin, GST_STATE_CHANGE_READY_TO_NULL);
}

/* A receiving bin of webrtcbin 1.22 that hears of a change of ICE's state blocks its pad with a block that holds the bin,
 * and lets it go in its last step; if ICE's thread tells it after that, nobody does: the bin stays, and with it ICE's
 * agent, two sockets and three event descriptors. So it takes that step once more when that thread has ended, which is
 * when webrtcbin is gone. */
static void
free_pipeline (GstElement *pipeline)
{
  g_autoptr (GPtrArray) receivers = collect_receivers (pipeline);

  gst_object_unref (pipeline);
  g_ptr_array_foreach (receivers, finish_receiver, NULL);
}

/**
 * fr_pipeline_stop:
 * @pipeline: (transfer full): a pipeline of fr_pipeline_new() with a webrtcbin
 *
 * Stops it with all its parts, also those that webrtcbin adds meanwhile, and frees it. Waits for the streaming threads,
 * some 5 ms.
 */
void
fr_pipeline_stop (GstElement *pipeline)
{
  _fr_pipeline_quieten (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  stop_what_came_late (pipeline);
  free_pipeline (pipeline);
}
