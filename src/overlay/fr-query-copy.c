/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-query-copy.h"

#include <string.h>

/* Nobody outside knows the salt, so nobody can make a bad signature whose tag is that of a good one. */
static guint32
tag_of_signature (const guint8 *signature, guint32 salt)
{
  guint32 words[FR_SIGNATURE_SIZE / 4], tag = salt;

  memcpy (words, signature, sizeof words);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      tag = (tag ^ words[i]) * 0x9e3779b1u;
      tag ^= tag >> 15;
    }
  return tag;
}

/**
 * fr_query_copy_init:
 * @self: (out caller-allocates): the copy; untouched on failure
 * @query: a query as fr_frame_parse() hands it out, or as we make it
 * @link: the link that brought it; 0 for our own
 * @salt: the secret of this engine for tags
 * @max_ttl: a greater ttl becomes that: %FR_QUERY_MAX_TTL, or more in experiments
 *
 * Takes a copy from the wire.
 *
 * Returns: %FALSE if its numbers are out of range, or it is too long to be passed on
 */
gboolean
fr_query_copy_init (FrQueryCopy *self, const Freshet__Query *query, FrLinkId link, guint32 salt, guint max_ttl)
{
  guint ttl = MIN (query->ttl, max_ttl);
  guint max_hops = max_ttl <= FR_QUERY_MAX_TTL ? FR_QUERY_MAX_HOPS : G_MAXUINT8;

  if (ttl == 0 || query->hops > max_hops || ttl + query->hops > max_hops)
    return FALSE;
  if (query->signature.len != FR_SIGNATURE_SIZE || query->signed_.len == 0
      || query->signed_.len > FR_QUERY_SIGNED_MAX_SIZE)
    return FALSE;

  self->link = link;
  self->ttl = (guint8) ttl;
  self->hops = (guint8) query->hops;
  self->tag = tag_of_signature (query->signature.data, salt);
  memcpy (self->signature, query->signature.data, FR_SIGNATURE_SIZE);
  return TRUE;
}

/**
 * fr_query_copy_pack:
 * @self: a copy
 * @body: (array length=size): the signed body
 * @size: its size in bytes
 *
 * Returns: (transfer full): the frame that says so
 */
GBytes *
fr_query_copy_pack (const FrQueryCopy *self, const void *body, gsize size)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Query query = FRESHET__QUERY__INIT;

  query.signed_ = (ProtobufCBinaryData) { .len = size, .data = (guint8 *) body };
  query.signature = (ProtobufCBinaryData) { .len = FR_SIGNATURE_SIZE, .data = (guint8 *) self->signature };
  query.ttl = self->ttl;
  query.hops = self->hops;
  frame.body_case = FRESHET__FRAME__BODY_QUERY;
  frame.query = &query;
  return fr_frame_pack (&frame);
}

/**
 * fr_query_copy_step:
 * @self: a copy as it came; on success as it goes on
 *
 * Counts the link that it has crossed.
 *
 * Returns: %FALSE if it may not cross another
 */
gboolean
fr_query_copy_step (FrQueryCopy *self)
{
  if (self->ttl <= 1)
    return FALSE;
  self->ttl--;
  self->hops++;
  return TRUE;
}
