/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hostile-words.h"

#include <string.h>

#include "fr-test-support.h"

ProtobufCBinaryData
words_binary (const void *data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

ProtobufCBinaryData
words_bytes (GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return words_binary (data, size);
}

GBytes *
words_query_body (const FrPeerKey *asker, guint64 sequence, const char *text)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;

  body.asker = words_binary (asker->bytes, sizeof asker->bytes);
  body.name = (char *) "Mallory";
  body.words = (char *) text;
  body.sequence = sequence;
  return fr_message_pack (&body.base);
}

GBytes *
words_query (GBytes *body, const FrIdentity *signer, guint ttl, guint hops)
{
  Freshet__Query query = FRESHET__QUERY__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  guint8 signature[FR_SIGNATURE_SIZE] = { 0 };

  query.signed_ = words_bytes (body);
  if (signer != NULL)
    fr_identity_sign (signer, FR_SIGN_QUERY, query.signed_.data, query.signed_.len, signature);
  query.signature = words_binary (signature, sizeof signature);
  query.ttl = ttl;
  query.hops = hops;
  frame.body_case = FRESHET__FRAME__BODY_QUERY;
  frame.query = &query;
  return fr_frame_pack (&frame);
}

GBytes *
words_own_query (HostilePeer *peer, const char *text, guint ttl, guint hops)
{
  const FrIdentity *identity = peer->rude->identity;
  g_autoptr (GBytes) body = words_query_body (fr_identity_get_key (identity), ++peer->sequence, text);

  return words_query (body, identity, ttl, hops);
}

/* A record cannot be made without its subject's seed; for a key that is somebody else's it is a forged one. */
static Freshet__PeerRecord *
make_record (const FrIdentity *holder, const FrPeerKey *key)
{
  Freshet__PeerRecord *record = fr_record_sign (holder, "Mallory", "", "", "", TRUE);
  g_autoptr (Freshet__PeerRecordBody) body = NULL;
  g_autoptr (GBytes) packed = NULL;

  if (key == NULL)
    return record;
  g_assert_cmpint (fr_peer_record_body_parse (record->signed_.data, record->signed_.len, &body), ==, FR_WIRE_OK);
  memcpy (body->key.data, key->bytes, sizeof key->bytes);
  packed = fr_message_pack (&body->base);
  g_assert_cmpuint (g_bytes_get_size (packed), ==, record->signed_.len);
  memcpy (record->signed_.data, g_bytes_get_data (packed, NULL), record->signed_.len);
  return record;
}

GBytes *
words_hits (const FrIdentity *signer, const FrIdentity *holder, const FrPeerKey *holder_key, const FrQueryId *query,
            const FrContentId *picture, guint64 size, guint part)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);
  Freshet__PeerRecord *record = make_record (holder, holder_key);
  FrPicture *one = fr_picture_new ();
  GBytes *frame;

  one->id = *picture;
  one->size = size;
  one->type = FRESHET__ITEM__TYPE__TYPE_PNG;
  fr_picture_set_text (one, "Harbour, forged", "", NULL);
  g_ptr_array_add (pictures, one);
  frame = fr_hits_pack_part (signer, record, query, 1, pictures, 1, part);
  fr_record_free_message (record);
  return frame;
}

typedef struct
{
  HostilePeer *peer;
  const char *text;
  const Freshet__Query *found;
} Wanted;

static gboolean
has_query (gpointer data)
{
  Wanted *wanted = data;

  for (guint i = 0; i < wanted->peer->frames->len && wanted->found == NULL; i++)
    {
      const Freshet__Frame *frame = g_ptr_array_index (wanted->peer->frames, i);
      g_autoptr (Freshet__QueryBody) body = NULL;

      if (frame->body_case == FRESHET__FRAME__BODY_QUERY
          && fr_query_body_parse (frame->query->signed_.data, frame->query->signed_.len, &body) == FR_WIRE_OK
          && g_str_equal (body->words, wanted->text))
        wanted->found = frame->query;
    }
  return wanted->found != NULL;
}

const Freshet__Query *
words_await_query (HostilePeer *peer, const char *text, FrQueryId *out_id)
{
  Wanted wanted = { .peer = peer, .text = text };

  fr_test_wait_until (has_query, &wanted, 10);
  fr_query_id_from_signed (out_id, wanted.found->signed_.data, wanted.found->signed_.len);
  return wanted.found;
}

GBytes *
words_unknown (gsize size)
{
  const gsize length = size - 5;
  guint8 *bytes = g_malloc0 (size);

  g_assert_cmpuint (size, >=, 5);
  bytes[0] = 0xfa; /* field 127, of bytes */
  bytes[1] = 0x07;
  bytes[2] = (guint8) (length & 0x7f) | 0x80;
  bytes[3] = (guint8) (length >> 7 & 0x7f) | 0x80;
  bytes[4] = (guint8) (length >> 14);
  return g_bytes_new_take (bytes, size);
}

Freshet__PeerRecord *
words_record (gboolean good)
{
  g_autoptr (FrIdentity) somebody = fr_identity_new ();
  Freshet__PeerRecord *record = fr_record_sign (somebody, "Somebody", "127.0.0.1:1", "somebody", "", TRUE);

  if (!good)
    record->signature.data[7] ^= 1;
  return record;
}
