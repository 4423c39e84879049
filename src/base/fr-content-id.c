/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-content-id.h"

#include <sodium.h>
#include <string.h>

#include "fr-peer-key.h"
#include "fr-secret-hash.h"

static const char content_context[] = "freshet content 1";
static const char query_context[] = "freshet query id 1";

/**
 * fr_content_id_from_bytes:
 * @self: (out caller-allocates): the id; untouched on failure
 * @data: (nullable): the bytes of an id
 * @size: must be %FR_CONTENT_ID_SIZE
 *
 * Takes an id from the wire.
 *
 * Returns: %FALSE if @size is wrong
 */
gboolean
fr_content_id_from_bytes (FrContentId *self, const void *data, gsize size)
{
  if (data == NULL || size != FR_CONTENT_ID_SIZE)
    return FALSE;
  memcpy (self->bytes, data, FR_CONTENT_ID_SIZE);
  return TRUE;
}

/**
 * fr_content_id_parse:
 * @self: (out caller-allocates): the id; untouched on failure
 * @text: (nullable): 64 hexadecimal digits
 *
 * Reads what fr_content_id_to_string() writes.
 *
 * Returns: whether @text was an id
 */
gboolean
fr_content_id_parse (FrContentId *self, const char *text)
{
  return fr_hex_decode (text, self->bytes, FR_CONTENT_ID_SIZE);
}

/**
 * fr_content_id_to_string:
 * @self: an id
 *
 * Returns: (transfer full): 64 lower-case hexadecimal digits
 */
char *
fr_content_id_to_string (const FrContentId *self)
{
  return fr_hex_encode (self->bytes, FR_CONTENT_ID_SIZE);
}

/**
 * fr_content_id_equal:
 * @a: an id
 * @b: another
 *
 * Returns: whether both name the same bytes
 */
gboolean
fr_content_id_equal (const FrContentId *a, const FrContentId *b)
{
  return memcmp (a->bytes, b->bytes, FR_CONTENT_ID_SIZE) == 0;
}

/* An id is the output of a cryptographic hash, but a peer may name an id that hashes nothing. */
guint
fr_content_id_hash (gconstpointer id)
{
  return fr_secret_hash (id, FR_CONTENT_ID_SIZE);
}

gboolean
fr_content_id_equal_func (gconstpointer a, gconstpointer b)
{
  return fr_content_id_equal (a, b);
}

/**
 * fr_content_n_blocks:
 * @size: a size in bytes
 *
 * Returns: how many blocks of %FR_BLOCK_SIZE bytes, the last one perhaps shorter, make up @size bytes
 */
guint
fr_content_n_blocks (guint64 size)
{
  return (guint) ((size + FR_BLOCK_SIZE - 1) / FR_BLOCK_SIZE);
}

/**
 * fr_content_hash_block:
 * @data: (array length=size): a block
 * @size: its size in bytes, at most %FR_BLOCK_SIZE
 * @out_hash: (out caller-allocates): its BLAKE2b-256 (RFC 7693)
 *
 * Hashes one block of a picture.
 */
void
fr_content_hash_block (const void *data, gsize size, FrBlockHash *out_hash)
{
  crypto_generichash (out_hash->bytes, sizeof out_hash->bytes, data, size, NULL, 0);
}

/**
 * fr_content_id_from_blocks:
 * @size: the size of the whole in bytes
 * @hashes: (array length=n_hashes): the hash of each block, in order
 * @n_hashes: how many
 * @out_id: (out caller-allocates): the id
 *
 * Computes BLAKE2b-256("freshet content 1" ‖ size ‖ hashes), the size as 8 bytes, big end first.
 */
void
fr_content_id_from_blocks (guint64 size, const FrBlockHash *hashes, guint n_hashes, FrContentId *out_id)
{
  crypto_generichash_state state;
  guint64 size_be = GUINT64_TO_BE (size);

  crypto_generichash_init (&state, NULL, 0, FR_CONTENT_ID_SIZE);
  crypto_generichash_update (&state, (const guint8 *) content_context, strlen (content_context));
  crypto_generichash_update (&state, (const guint8 *) &size_be, sizeof size_be);
  crypto_generichash_update (&state, (const guint8 *) hashes, (gsize) n_hashes * sizeof *hashes);
  crypto_generichash_final (&state, out_id->bytes, FR_CONTENT_ID_SIZE);
}

/**
 * fr_query_id_from_signed:
 * @self: (out caller-allocates): the id
 * @data: (array length=size): the signed part of a query, exactly as it came
 * @size: its size in bytes
 *
 * Computes the id of a query.
 */
void
fr_query_id_from_signed (FrQueryId *self, const void *data, gsize size)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, FR_QUERY_ID_SIZE);
  crypto_generichash_update (&state, (const guint8 *) query_context, strlen (query_context));
  crypto_generichash_update (&state, data, size);
  crypto_generichash_final (&state, self->bytes, FR_QUERY_ID_SIZE);
}

/**
 * fr_query_id_from_bytes:
 * @self: (out caller-allocates): the id; untouched on failure
 * @data: (nullable): the bytes of an id
 * @size: must be %FR_QUERY_ID_SIZE
 *
 * Takes an id from the wire.
 *
 * Returns: %FALSE if @size is wrong
 */
gboolean
fr_query_id_from_bytes (FrQueryId *self, const void *data, gsize size)
{
  if (data == NULL || size != FR_QUERY_ID_SIZE)
    return FALSE;
  memcpy (self->bytes, data, FR_QUERY_ID_SIZE);
  return TRUE;
}

/**
 * fr_query_id_to_string:
 * @self: an id
 *
 * Returns: (transfer full): 32 lower-case hexadecimal digits
 */
char *
fr_query_id_to_string (const FrQueryId *self)
{
  return fr_hex_encode (self->bytes, FR_QUERY_ID_SIZE);
}

/**
 * fr_query_id_parse:
 * @self: (out caller-allocates): the id; untouched on failure
 * @text: (nullable): 32 hexadecimal digits
 *
 * Reads what fr_query_id_to_string() writes.
 *
 * Returns: whether @text was an id
 */
gboolean
fr_query_id_parse (FrQueryId *self, const char *text)
{
  return fr_hex_decode (text, self->bytes, FR_QUERY_ID_SIZE);
}

guint
fr_query_id_hash (gconstpointer id)
{
  return fr_secret_hash (id, FR_QUERY_ID_SIZE);
}

gboolean
fr_query_id_equal_func (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, FR_QUERY_ID_SIZE) == 0;
}
