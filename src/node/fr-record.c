/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-record.h"

#include "fr-message-unpack.h"

#include <string.h>

/* The number of a new record: the time, so that it grows over restarts, but never one that was used before. */
static guint64
next_sequence (void)
{
  static GMutex mutex;
  static guint64 last;
  guint64 now_us = (guint64) g_get_real_time ();
  guint64 sequence;

  g_mutex_lock (&mutex);
  last = MAX (now_us, last + 1);
  sequence = last;
  g_mutex_unlock (&mutex);
  return sequence;
}

/**
 * fr_record_clear:
 * @self: a record
 *
 * Frees what a record holds.
 */
void
fr_record_clear (FrRecord *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->doorbell, g_free);
  g_clear_pointer (&self->packed, g_bytes_unref);
}

/**
 * fr_record_sign:
 * @identity: whose record
 * @name: what people call us
 * @server: (nullable): the server that we are registered at
 * @address: (nullable): what we are called there
 * @doorbell: (nullable): the address of our own rendezvous server; left out if it is longer than the protocol allows
 * @may_pass_on: whether others may give this record to third parties
 *
 * Makes our own record, which replaces all that were made before.
 *
 * Returns: (transfer full): a message for fr_record_free_message()
 */
Freshet__PeerRecord *
fr_record_sign (const FrIdentity *identity,
                const char *name,
                const char *server,
                const char *address,
                const char *doorbell,
                gboolean may_pass_on)
{
  Freshet__PeerRecordBody body = FRESHET__PEER_RECORD_BODY__INIT;
  Freshet__PeerRecord *message = g_new (Freshet__PeerRecord, 1);
  g_autoptr (GBytes) packed = NULL;

  body.key.data = (guint8 *) fr_identity_get_key (identity)->bytes;
  body.key.len = FR_PEER_KEY_SIZE;
  body.name = (char *) name;
  body.server = (char *) (server != NULL ? server : "");
  body.id = (char *) (address != NULL ? address : "");
  body.doorbell = (char *) (doorbell != NULL && strlen (doorbell) <= FR_RECORD_DOORBELL_MAX_BYTES ? doorbell : "");
  body.sequence = next_sequence ();
  body.may_pass_on = may_pass_on;
  packed = fr_message_pack (&body.base);

  freshet__peer_record__init (message);
  message->signed_.len = g_bytes_get_size (packed);
  message->signed_.data = g_memdup2 (g_bytes_get_data (packed, NULL), message->signed_.len);
  message->signature.len = FR_SIGNATURE_SIZE;
  message->signature.data = g_malloc (FR_SIGNATURE_SIZE);
  fr_identity_sign (identity, FR_SIGN_RECORD, message->signed_.data, message->signed_.len, message->signature.data);
  return message;
}

/**
 * fr_record_free_message:
 * @message: (nullable) (transfer full): what fr_record_sign() made
 *
 * Frees a message of our own making.
 */
void
fr_record_free_message (Freshet__PeerRecord *message)
{
  if (message == NULL)
    return;
  g_free (message->signed_.data);
  g_free (message->signature.data);
  g_free (message);
}

/**
 * fr_record_read:
 * @message: a record from the wire
 * @out_record: (out caller-allocates): what it says, for fr_record_clear(); untouched on failure
 *
 * Checks a record and its subject's signature.
 *
 * Returns: %FALSE if it is damaged, too long, or not signed by its subject
 */
gboolean
fr_record_read (const Freshet__PeerRecord *message, FrRecord *out_record)
{
  g_autoptr (Freshet__PeerRecordBody) body = NULL;
  FrPeerKey key;

  if (freshet__peer_record__get_packed_size (message) > FR_RECORD_MAX_SIZE
      || fr_peer_record_body_parse (message->signed_.data, message->signed_.len, &body) != FR_WIRE_OK
      || !fr_peer_key_from_bytes (&key, body->key.data, body->key.len)
      || !fr_identity_verify (&key, FR_SIGN_RECORD, message->signed_.data, message->signed_.len,
                              message->signature.data, message->signature.len))
    return FALSE;
  *out_record = (FrRecord) {
    .key = key,
    .name = g_strdup (body->name),
    .server = g_strdup (body->server),
    .address = g_strdup (body->id),
    .doorbell = g_strdup (body->doorbell),
    .sequence = body->sequence,
    .may_pass_on = body->may_pass_on != 0,
    .packed = fr_message_pack (&message->base),
  };
  return TRUE;
}

/**
 * fr_record_parse:
 * @data: (array length=size) (nullable): a whole PeerRecord message, from a file or from anybody
 * @size: its size in bytes
 * @out_record: (out caller-allocates): what it says, for fr_record_clear(); untouched on failure
 *
 * Reads a record as FrRecord.packed has it, and checks its subject's signature.
 *
 * Returns: %FALSE if it is damaged, too long, or not signed by its subject
 */
gboolean
fr_record_parse (const void *data, gsize size, FrRecord *out_record)
{
  ProtobufCMessage *message;
  gboolean good;

  if (size > FR_RECORD_MAX_SIZE)
    return FALSE;
  message = fr_message_unpack (&freshet__peer_record__descriptor, data, size);
  if (message == NULL)
    return FALSE;
  good = fr_record_read ((const Freshet__PeerRecord *) message, out_record);
  protobuf_c_message_free_unpacked (message, NULL);
  return good;
}
