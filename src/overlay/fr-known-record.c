/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-known-record.h"

#include "fr-message-unpack.h"

static gboolean
read_body (FrKnownRecord *self, const Freshet__PeerRecord *message, GBytes *packed)
{
  g_autoptr (Freshet__PeerRecordBody) body = NULL;
  FrPeerKey key;

  if (fr_peer_record_body_parse (message->signed_.data, message->signed_.len, &body) != FR_WIRE_OK
      || !fr_peer_key_from_bytes (&key, body->key.data, body->key.len))
    return FALSE;
  *self = (FrKnownRecord) {
    .key = key,
    .sequence = body->sequence,
    .packed = packed != NULL ? g_bytes_ref (packed) : fr_message_pack (&message->base),
    .may_pass_on = body->may_pass_on,
  };
  return TRUE;
}

/**
 * fr_known_record_read:
 * @self: (out caller-allocates): the record, for fr_known_record_clear(); untouched on failure
 * @message: a record from the wire, whose signature has been checked
 *
 * Returns: %FALSE if its body is damaged
 */
gboolean
fr_known_record_read (FrKnownRecord *self, const Freshet__PeerRecord *message)
{
  return read_body (self, message, NULL);
}

/**
 * fr_known_record_unpack:
 * @self: (out caller-allocates): the record, for fr_known_record_clear(); untouched on failure
 * @packed: a packed PeerRecord, whose signature has been checked
 *
 * Returns: %FALSE if it is none
 */
gboolean
fr_known_record_unpack (FrKnownRecord *self, GBytes *packed)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (packed, &size);
  ProtobufCMessage *message;
  gboolean is_record;

  if (size == 0 || size > FR_RECORD_MAX_SIZE)
    return FALSE;
  message = fr_message_unpack (&freshet__peer_record__descriptor, data, size);
  if (message == NULL)
    return FALSE;
  is_record = read_body (self, (Freshet__PeerRecord *) message, packed);
  protobuf_c_message_free_unpacked (message, NULL);
  return is_record;
}

/**
 * fr_known_record_copy:
 * @self: (out caller-allocates): the copy, for fr_known_record_clear()
 * @from: a record
 *
 * Makes another of the same bytes.
 */
void
fr_known_record_copy (FrKnownRecord *self, const FrKnownRecord *from)
{
  *self = *from;
  if (self->packed != NULL)
    g_bytes_ref (self->packed);
}

/**
 * fr_known_record_clear:
 * @self: a record, or all zeroes
 *
 * Frees what it holds.
 */
void
fr_known_record_clear (FrKnownRecord *self)
{
  g_clear_pointer (&self->packed, g_bytes_unref);
}

/**
 * fr_known_record_to_message:
 * @self: a record
 *
 * Returns: (transfer full): it as a part of a frame, to be freed as protobuf-c frees messages
 */
Freshet__PeerRecord *
fr_known_record_to_message (const FrKnownRecord *self)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (self->packed, &size);

  return (Freshet__PeerRecord *) fr_message_unpack (&freshet__peer_record__descriptor, data, size);
}
