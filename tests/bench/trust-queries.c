/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trust-queries.h"

#include "fr-frame.h"

#define N_TAGS 8 /* as many as a search has at least */

void
trust_asker_init (TrustAsker *self)
{
  *self = (TrustAsker) { .identity = fr_identity_new (), .sequence = (guint64) g_get_real_time () };
}

void
trust_asker_clear (TrustAsker *self)
{
  g_clear_pointer (&self->identity, fr_identity_unref);
}

static ProtobufCBinaryData
binary (gconstpointer data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

static GBytes *
make_body (TrustAsker *self, const char *words)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  guint32 tags[N_TAGS], reply_key[FR_REPLY_KEY_SIZE / 4];
  ProtobufCBinaryData packed_tags[N_TAGS];

  for (guint i = 0; i < N_TAGS; i++)
    {
      tags[i] = g_random_int ();
      packed_tags[i] = binary (&tags[i], sizeof tags[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (reply_key); i++)
    reply_key[i] = g_random_int ();
  body.asker = binary (fr_identity_get_key (self->identity), FR_PEER_KEY_SIZE);
  body.name = (char *) "Somebody who asks";
  body.words = (char *) words;
  body.sequence = ++self->sequence;
  body.reply_key = binary (reply_key, sizeof reply_key);
  body.contact_tags = packed_tags;
  body.n_contact_tags = N_TAGS;
  return fr_message_pack (&body.base);
}

GBytes *
trust_asker_ask (TrustAsker *self, const char *words, guint ttl, guint hops)
{
  g_autoptr (GBytes) body = make_body (self, words);
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Query query = FRESHET__QUERY__INIT;
  guint8 signature[FR_SIGNATURE_SIZE];
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);

  fr_identity_sign (self->identity, FR_SIGN_QUERY, data, size, signature);
  query.signed_ = binary (data, size);
  query.signature = binary (signature, sizeof signature);
  query.ttl = ttl;
  query.hops = hops;
  frame.body_case = FRESHET__FRAME__BODY_QUERY;
  frame.query = &query;
  return fr_frame_pack (&frame);
}
