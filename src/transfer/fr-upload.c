/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-upload.h"

#include "fr-transfer-port-private.h"

/**
 * fr_upload_new:
 * @id: its id in the plan
 * @port: where it was asked for
 * @get: how it was asked for
 *
 * Returns: (transfer full): an upload that has sent nothing yet
 */
FrUpload *
fr_upload_new (FrUploadId id, FrTransferPort *port, const Freshet__Get *get)
{
  FrUpload *self = g_new0 (FrUpload, 1);

  self->id = id;
  self->port = g_object_ref (port);
  self->transfer = get->transfer;
  fr_content_id_from_bytes (&self->content, get->content_id.data, get->content_id.len);
  self->have = g_bytes_new (get->have.data, get->have.len);
  self->blocks = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  return self;
}

/**
 * fr_upload_free:
 * @self: (nullable) (transfer full): an upload
 *
 * Frees the upload; tells nobody.
 */
void
fr_upload_free (FrUpload *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->blocks);
  g_bytes_unref (self->have);
  g_object_unref (self->port);
  g_free (self);
}

/**
 * fr_upload_take_block:
 * @self: an upload
 * @block: the number of a block
 * @data: (transfer full): its bytes
 *
 * Keeps a block until its last piece is sent.
 */
void
fr_upload_take_block (FrUpload *self, guint block, GBytes *data)
{
  g_hash_table_insert (self->blocks, GUINT_TO_POINTER (block), data);
}

/**
 * fr_upload_send_manifest:
 * @self: an upload whose turn has come
 * @size: the size of the picture in bytes
 * @hashes: the hashes of its blocks
 * @out_have: (out caller-allocates): the blocks that the asker has already
 *
 * Sends all pages of the manifest.
 *
 * Returns: %FALSE, and nothing sent, if the have-map of the Get cannot be one of this picture
 */
gboolean
fr_upload_send_manifest (FrUpload *self, guint64 size, GBytes *hashes, FrBlockSet *out_have)
{
  gsize have_size, left;
  const guint8 *have = g_bytes_get_data (self->have, &have_size), *at = g_bytes_get_data (hashes, &left);

  if (!fr_block_set_from_bytes (out_have, have, have_size, fr_content_n_blocks (size)))
    return FALSE;

  self->size = size;
  self->done = 0;
  for (guint block = 0; block < fr_content_n_blocks (size); block++)
    if (fr_block_set_contains (out_have, block))
      self->done += fr_block_length (size, block);
  for (guint page = 0; left > 0; page++)
    {
      Freshet__Manifest manifest = FRESHET__MANIFEST__INIT;
      gsize here = MIN (left, FR_MANIFEST_PAGE_BLOCKS * sizeof (FrBlockHash));

      manifest.transfer = self->transfer;
      manifest.size = size;
      manifest.page = page;
      manifest.hashes.data = (guint8 *) at;
      manifest.hashes.len = here;
      _fr_transfer_port_send (self->port, FRESHET__FRAME__BODY_MANIFEST, &manifest);
      at += here;
      left -= here;
    }
  return TRUE;
}

/**
 * fr_upload_send_place:
 * @self: an upload that waits
 * @place: its place in the queue, from 1
 *
 * Tells the asker its place: a manifest without hashes.
 */
void
fr_upload_send_place (FrUpload *self, guint place)
{
  Freshet__Manifest manifest = FRESHET__MANIFEST__INIT;

  manifest.transfer = self->transfer;
  manifest.place = place;
  _fr_transfer_port_send (self->port, FRESHET__FRAME__BODY_MANIFEST, &manifest);
}

/**
 * fr_upload_send_piece:
 * @self: an upload
 * @piece: a piece of a block that it was given
 *
 * Sends a piece, and lets go of the block after its last one.
 */
void
fr_upload_send_piece (FrUpload *self, const FrUploadPiece *piece)
{
  FrBulkHeader header = {
    .transfer = self->transfer, .block = piece->block, .offset = piece->offset, .length = piece->length
  };
  gpointer block = GUINT_TO_POINTER (piece->block);
  const guint8 *data = g_bytes_get_data (g_hash_table_lookup (self->blocks, block), NULL);

  _fr_transfer_port_send_piece (self->port, &header, data + piece->offset);
  self->done += piece->length;
  if (piece->ends_block)
    g_hash_table_remove (self->blocks, block);
}

/**
 * fr_upload_send_cancel:
 * @self: an upload
 *
 * Tells the asker that this is the end.
 */
void
fr_upload_send_cancel (FrUpload *self)
{
  Freshet__Cancel cancel = FRESHET__CANCEL__INIT;

  cancel.transfer = self->transfer;
  cancel.by_holder = TRUE;
  _fr_transfer_port_send (self->port, FRESHET__FRAME__BODY_CANCEL, &cancel);
}

/**
 * fr_upload_send_refuse:
 * @port: where it was asked
 * @transfer: the asker's number
 * @reason: why not
 *
 * Tells an asker that it will not get the picture, or not the rest of it.
 */
void
fr_upload_send_refuse (FrTransferPort *port, guint32 transfer, Freshet__Refuse__Reason reason)
{
  Freshet__Refuse refuse = FRESHET__REFUSE__INIT;

  refuse.transfer = transfer;
  refuse.reason = reason;
  _fr_transfer_port_send (port, FRESHET__FRAME__BODY_REFUSE, &refuse);
}
