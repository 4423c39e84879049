/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-transfer-port-private.h"

#include "fr-download-private.h"
#include "fr-upload-queue-private.h"

struct _FrTransferPort
{
  GObject parent_instance;

  /* Owned */
  FrPeerKey peer;
  FrChannel *control;
  FrChannel *bulk;       /* nullable */
  GHashTable *downloads; /* number of the transfer -> FrDownload: what we ask */
  FrUploadQueue *uploads; /* nullable: what the peer asks */
  GSource *closing;      /* nullable: a channel took no more */

  /* State */
  guint32 last_asked;   /* numbers of our own transfers */
  guint32 last_get;     /* numbers of the peer's */
  guint32 lane;
  guint64 n_ignored;
  guint closed : 1;
};

G_DEFINE_FINAL_TYPE (FrTransferPort, fr_transfer_port, G_TYPE_OBJECT)

static gboolean
close_later_cb (gpointer user_data)
{
  fr_transfer_port_close (user_data);
  return G_SOURCE_REMOVE;
}

/* A channel that fails ends the session, but not under the feet of whoever is sending. */
static void
close_later (FrTransferPort *self)
{
  if (self->closing != NULL || self->closed)
    return;
  self->closing = g_idle_source_new ();
  g_source_set_priority (self->closing, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->closing, close_later_cb, g_object_ref (self), g_object_unref);
  g_source_attach (self->closing, g_main_context_get_thread_default ());
}

static void
send_message (FrTransferPort *self, FrChannel *channel, GBytes *message)
{
  g_autoptr (GError) error = NULL;

  if (self->closed || fr_channel_send (channel, message, &error))
    return;
  g_debug ("Sending on %s: %s", fr_channel_get_label (channel), error->message);
  close_later (self);
}

static void
bulk_message_cb (FrTransferPort *self, GBytes *message)
{
  g_autoptr (FrDownload) download = NULL;
  FrBulkHeader header;
  const guint8 *data;

  if (fr_bulk_parse (message, &header, &data) == FR_WIRE_OK)
    g_set_object (&download, g_hash_table_lookup (self->downloads, GUINT_TO_POINTER (header.transfer)));
  if (download != NULL)
    _fr_download_receive_piece (download, &header, data);
  else
    self->n_ignored++;
}

static void
bulk_room_cb (FrTransferPort *self)
{
  if (self->uploads != NULL)
    _fr_upload_queue_room (self->uploads, self);
}

static void
fr_transfer_port_dispose (GObject *object)
{
  if (FR_TRANSFER_PORT (object)->control != NULL)
    fr_transfer_port_close (FR_TRANSFER_PORT (object));
  G_OBJECT_CLASS (fr_transfer_port_parent_class)->dispose (object);
}

static void
fr_transfer_port_finalize (GObject *object)
{
  FrTransferPort *self = FR_TRANSFER_PORT (object);

  g_clear_object (&self->control);
  g_clear_object (&self->bulk);
  g_hash_table_unref (self->downloads);
  G_OBJECT_CLASS (fr_transfer_port_parent_class)->finalize (object);
}

static void
fr_transfer_port_class_init (FrTransferPortClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_transfer_port_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_transfer_port_finalize;
}

static void
fr_transfer_port_init (FrTransferPort *self)
{
  self->downloads = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
}

gboolean
_fr_transfer_port_add_download (FrTransferPort *self, FrDownload *download, guint32 *out_transfer)
{
  if (self->closed || self->last_asked == G_MAXUINT32)
    return FALSE;
  *out_transfer = ++self->last_asked;
  g_hash_table_insert (self->downloads, GUINT_TO_POINTER (*out_transfer), g_object_ref (download));
  return TRUE;
}

void
_fr_transfer_port_remove_download (FrTransferPort *self, guint32 transfer)
{
  g_hash_table_remove (self->downloads, GUINT_TO_POINTER (transfer));
}

gboolean
_fr_transfer_port_set_uploads (FrTransferPort *self, FrUploadQueue *uploads, guint32 lane)
{
  if (self->closed || self->uploads != NULL)
    return FALSE;
  self->uploads = g_object_ref (uploads);
  self->lane = lane;
  return TRUE;
}

guint32
_fr_transfer_port_get_lane (FrTransferPort *self)
{
  return self->lane;
}

/* @body is the message that belongs to @body_case. A frame that is not taken means that the session is at its end, or
 * that the peer does not read: the port closes soon. */
void
_fr_transfer_port_send (FrTransferPort *self, Freshet__Frame__BodyCase body_case, gpointer body)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  g_autoptr (GBytes) message = NULL;

  frame.body_case = body_case;
  frame.get = body; /* all members of the union are pointers */
  message = fr_frame_pack (&frame);
  send_message (self, self->control, message);
}

gboolean
_fr_transfer_port_has_room (FrTransferPort *self)
{
  return !self->closed && self->closing == NULL
         && self->bulk != NULL && fr_channel_is_open (self->bulk)
         && fr_channel_get_buffered_amount (self->bulk) < FR_CHANNEL_HIGH_WATER;
}

void
_fr_transfer_port_send_piece (FrTransferPort *self, const FrBulkHeader *header, gconstpointer data)
{
  g_autoptr (GBytes) message = fr_bulk_pack (header, data);

  send_message (self, self->bulk, message);
}

/**
 * fr_transfer_port_new:
 * @control: the control channel of a session whose Hello has been verified
 * @peer: the key that Hello proved
 *
 * Makes a port for a session. It closes with its channels.
 *
 * Returns: (transfer full): the port
 */
FrTransferPort *
fr_transfer_port_new (FrChannel *control, const FrPeerKey *peer)
{
  FrTransferPort *self;

  g_return_val_if_fail (FR_IS_CHANNEL (control), NULL);
  g_return_val_if_fail (peer != NULL, NULL);

  self = g_object_new (FR_TYPE_TRANSFER_PORT, NULL);
  self->control = g_object_ref (control);
  self->peer = *peer;
  g_signal_connect_object (control, "closed", G_CALLBACK (fr_transfer_port_close), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * fr_transfer_port_set_bulk:
 * @self: a port that has none yet
 * @bulk: the bulk channel of the session, open or about to be
 *
 * Gives the port what the pieces of pictures go over. Transfers may be asked for before; they wait.
 */
void
fr_transfer_port_set_bulk (FrTransferPort *self, FrChannel *bulk)
{
  g_return_if_fail (FR_IS_TRANSFER_PORT (self));
  g_return_if_fail (FR_IS_CHANNEL (bulk));
  g_return_if_fail (self->bulk == NULL);

  if (self->closed)
    return;
  self->bulk = g_object_ref (bulk);
  g_signal_connect_object (bulk, "message", G_CALLBACK (bulk_message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bulk, "opened", G_CALLBACK (bulk_room_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bulk, "drained", G_CALLBACK (bulk_room_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bulk, "closed", G_CALLBACK (fr_transfer_port_close), self, G_CONNECT_SWAPPED);
  bulk_room_cb (self);
}

static void
receive_for_download (FrTransferPort *self, guint32 transfer, const Freshet__Frame *frame)
{
  g_autoptr (FrDownload) download = NULL;

  g_set_object (&download, g_hash_table_lookup (self->downloads, GUINT_TO_POINTER (transfer)));
  if (download != NULL)
    _fr_download_receive (download, frame);
  else
    self->n_ignored++;
}

static void
receive_for_upload (FrTransferPort *self, guint32 transfer, const Freshet__Frame *frame)
{
  if (self->uploads == NULL || !_fr_upload_queue_receive (self->uploads, self, transfer, frame))
    self->n_ignored++;
}

/* A number that was used before may be one that is in use: to answer it would end the wrong transfer. */
static void
receive_get (FrTransferPort *self, const Freshet__Frame *frame)
{
  if (self->uploads == NULL || frame->get->transfer <= self->last_get)
    {
      self->n_ignored++;
      return;
    }
  self->last_get = frame->get->transfer;
  _fr_upload_queue_receive_get (self->uploads, self, frame->get);
}

/**
 * fr_transfer_port_receive:
 * @self: a port
 * @frame: a frame from the control channel, as fr_frame_parse() gives it
 *
 * Takes a frame if it is about transfers. What names a transfer that is not there is ignored and counted: it may have
 * crossed our own end of it.
 *
 * Returns: %FALSE if the frame is about something else
 */
gboolean
fr_transfer_port_receive (FrTransferPort *self, const Freshet__Frame *frame)
{
  g_return_val_if_fail (FR_IS_TRANSFER_PORT (self), FALSE);
  g_return_val_if_fail (frame != NULL, FALSE);

  switch (frame->body_case)
    {
    case FRESHET__FRAME__BODY_GET:
      receive_get (self, frame);
      return TRUE;
    case FRESHET__FRAME__BODY_MANIFEST:
      receive_for_download (self, frame->manifest->transfer, frame);
      return TRUE;
    case FRESHET__FRAME__BODY_REFUSE:
      receive_for_download (self, frame->refuse->transfer, frame);
      return TRUE;
    case FRESHET__FRAME__BODY_DONE:
      receive_for_upload (self, frame->done->transfer, frame);
      return TRUE;
    case FRESHET__FRAME__BODY_MORE:
      receive_for_upload (self, frame->more->transfer, frame);
      return TRUE;
    case FRESHET__FRAME__BODY_CANCEL:
      if (frame->cancel->by_holder)
        receive_for_download (self, frame->cancel->transfer, frame);
      else
        receive_for_upload (self, frame->cancel->transfer, frame);
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * fr_transfer_port_close:
 * @self: a port
 *
 * The session is over: downloads fail with %FR_TRANSFER_ERROR_PEER_GONE and keep what they have for the next time,
 * uploads are dropped. The channels are left alone. To close a second time is harmless.
 */
void
fr_transfer_port_close (FrTransferPort *self)
{
  g_autoptr (FrUploadQueue) uploads = NULL;
  g_autoptr (GPtrArray) downloads = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer download;

  g_return_if_fail (FR_IS_TRANSFER_PORT (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  g_signal_handlers_disconnect_by_data (self->control, self);
  if (self->bulk != NULL)
    g_signal_handlers_disconnect_by_data (self->bulk, self);

  uploads = g_steal_pointer (&self->uploads);
  if (uploads != NULL)
    _fr_upload_queue_port_closed (uploads, self);
  g_hash_table_iter_init (&iter, self->downloads);
  while (g_hash_table_iter_next (&iter, NULL, &download))
    {
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (downloads, download);
    }
  for (guint i = 0; i < downloads->len; i++)
    _fr_download_port_closed (downloads->pdata[i]);

  if (self->closing != NULL)
    {
      g_autoptr (GSource) closing = g_steal_pointer (&self->closing);

      g_source_destroy (closing); /* may let go of the last reference to us */
    }
}

/**
 * fr_transfer_port_get_peer:
 * @self: a port
 *
 * Returns: (transfer none): who is at the other end
 */
const FrPeerKey *
fr_transfer_port_get_peer (FrTransferPort *self)
{
  g_return_val_if_fail (FR_IS_TRANSFER_PORT (self), NULL);
  return &self->peer;
}

/**
 * fr_transfer_port_is_closed:
 * @self: a port
 *
 * Returns: whether nothing can be asked for any more
 */
gboolean
fr_transfer_port_is_closed (FrTransferPort *self)
{
  g_return_val_if_fail (FR_IS_TRANSFER_PORT (self), TRUE);
  return self->closed;
}

/**
 * fr_transfer_port_get_n_transfers:
 * @self: a port
 *
 * Returns: how many transfers there are, both ways, those that wait included; with none the session is at rest
 */
guint
fr_transfer_port_get_n_transfers (FrTransferPort *self)
{
  g_return_val_if_fail (FR_IS_TRANSFER_PORT (self), 0);
  return g_hash_table_size (self->downloads)
         + (self->uploads != NULL ? _fr_upload_queue_count_of_port (self->uploads, self) : 0);
}

/**
 * fr_transfer_port_get_n_ignored:
 * @self: a port
 *
 * Returns: how many frames and pieces there were that belong to no transfer, or are no pieces
 */
guint64
fr_transfer_port_get_n_ignored (FrTransferPort *self)
{
  g_return_val_if_fail (FR_IS_TRANSFER_PORT (self), 0);
  return self->n_ignored;
}
