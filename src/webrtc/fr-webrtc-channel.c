/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-channel.h"

struct _FrWebrtcChannel
{
  FrChannel parent_instance;

  /* Owned */
  GstWebRTCDataChannel *channel;
  FrWebrtcInbox *inbox;
};

G_DEFINE_FINAL_TYPE (FrWebrtcChannel, fr_webrtc_channel, FR_TYPE_CHANNEL)

static gboolean
fr_webrtc_channel_send (FrChannel *channel, GBytes *message, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (gst_webrtc_data_channel_send_data_full (FR_WEBRTC_CHANNEL (channel)->channel, message, &local_error))
    return TRUE;
  g_set_error (error, FR_CHANNEL_ERROR, FR_CHANNEL_ERROR_FAILED, "The message was not taken: %s",
               local_error != NULL ? local_error->message : "no reason given");
  return FALSE;
}

static guint64
fr_webrtc_channel_get_buffered_amount (FrChannel *channel)
{
  guint64 amount = 0;

  g_object_get (FR_WEBRTC_CHANNEL (channel)->channel, "buffered-amount", &amount, NULL);
  return amount;
}

static gboolean
end_cb (gpointer data)
{
  FrWebrtcChannel *self = data;

  fr_webrtc_inbox_post (self->inbox, FR_WEBRTC_EVENT_CHANNEL_CLOSED, self->channel, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
close_cb (gpointer data)
{
  gst_webrtc_data_channel_close (FR_WEBRTC_CHANNEL (data)->channel);
  return G_SOURCE_REMOVE;
}

static void
add_timeout (FrWebrtcChannel *self, guint ms, GSourceFunc callback)
{
  g_autoptr (GSource) source = g_timeout_source_new (ms);

  g_source_set_callback (source, callback, g_object_ref (self), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/* The end of a channel overtakes, inside the peer's webrtcbin, messages that came just before it: so they get a start.
 * webrtcbin says that a channel is closed when the peer has closed it too, which one that is gone does not; and of one
 * that never opened it says nothing. Then the word is ours. */
static void
fr_webrtc_channel_close (FrChannel *channel)
{
  FrWebrtcChannel *self = FR_WEBRTC_CHANNEL (channel);
  GstWebRTCDataChannelState state;

  g_object_get (self->channel, "ready-state", &state, NULL);
  if (state == GST_WEBRTC_DATA_CHANNEL_STATE_CONNECTING)
    {
      add_timeout (self, 0, end_cb);
      return;
    }
  add_timeout (self, FR_WEBRTC_CHANNEL_SETTLE_MS, close_cb);
  add_timeout (self, FR_WEBRTC_CHANNEL_CLOSE_MS, end_cb);
}

static void
fr_webrtc_channel_finalize (GObject *object)
{
  FrWebrtcChannel *self = FR_WEBRTC_CHANNEL (object);

  g_clear_object (&self->channel);
  g_clear_pointer (&self->inbox, fr_webrtc_inbox_unref);
  G_OBJECT_CLASS (fr_webrtc_channel_parent_class)->finalize (object);
}

static void
fr_webrtc_channel_class_init (FrWebrtcChannelClass *klass)
{
  FrChannelClass *channel_class = FR_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fr_webrtc_channel_finalize;
  channel_class->send = fr_webrtc_channel_send;
  channel_class->get_buffered_amount = fr_webrtc_channel_get_buffered_amount;
  channel_class->close = fr_webrtc_channel_close;
}

static void
fr_webrtc_channel_init (FrWebrtcChannel *self)
{
}

/**
 * fr_webrtc_channel_new:
 * @label: its name
 * @channel: a data channel whose signals are connected to @inbox
 * @inbox: the session's
 *
 * Returns: (transfer full): the data channel as a #FrChannel, not open yet
 */
FrWebrtcChannel *
fr_webrtc_channel_new (const char *label, GstWebRTCDataChannel *channel, FrWebrtcInbox *inbox)
{
  FrWebrtcChannel *self = g_object_new (FR_TYPE_WEBRTC_CHANNEL, "label", label, NULL);

  self->channel = g_object_ref (channel);
  self->inbox = fr_webrtc_inbox_ref (inbox);
  g_object_set (channel, "buffered-amount-low-threshold", (guint64) FR_CHANNEL_LOW_WATER, NULL);
  return self;
}

/**
 * fr_webrtc_channel_wraps:
 * @self: a channel
 * @channel: a data channel
 *
 * Returns: whether @self is @channel
 */
gboolean
fr_webrtc_channel_wraps (FrWebrtcChannel *self, GstWebRTCDataChannel *channel)
{
  return self->channel == channel;
}
