/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-key.h"

#include <string.h>

#include "fr-secret-hash.h"

/**
 * fr_hex_encode:
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Writes bytes as lower-case hexadecimal digits.
 *
 * Returns: (transfer full): a string of 2 × @size characters
 */
char *
fr_hex_encode (const guint8 *data, gsize size)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (2 * size + 1);

  for (gsize i = 0; i < size; i++)
    {
      text[2 * i] = digits[data[i] >> 4];
      text[2 * i + 1] = digits[data[i] & 15];
    }
  text[2 * size] = '\0';
  return text;
}

/**
 * fr_hex_decode:
 * @text: (nullable): hexadecimal digits of either case
 * @out_data: (out caller-allocates) (array length=size): the bytes; untouched on failure
 * @size: how many bytes are wanted
 *
 * Reads exactly 2 × @size hexadecimal digits.
 *
 * Returns: %FALSE if @text is anything else
 */
gboolean
fr_hex_decode (const char *text, guint8 *out_data, gsize size)
{
  if (text == NULL || strlen (text) != 2 * size)
    return FALSE;
  for (gsize i = 0; i < 2 * size; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  for (gsize i = 0; i < size; i++)
    out_data[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) << 4 | g_ascii_xdigit_value (text[2 * i + 1]));
  return TRUE;
}

/**
 * fr_peer_key_from_bytes:
 * @self: (out caller-allocates): the key; untouched on failure
 * @data: (nullable): the bytes of a key
 * @size: must be %FR_PEER_KEY_SIZE
 *
 * Takes a key from the wire.
 *
 * Returns: %FALSE if @size is wrong
 */
gboolean
fr_peer_key_from_bytes (FrPeerKey *self, const void *data, gsize size)
{
  if (data == NULL || size != FR_PEER_KEY_SIZE)
    return FALSE;
  memcpy (self->bytes, data, FR_PEER_KEY_SIZE);
  return TRUE;
}

/**
 * fr_peer_key_parse:
 * @self: (out caller-allocates): the key; untouched on failure
 * @text: (nullable): 64 hexadecimal digits
 *
 * Reads what fr_peer_key_to_string() writes.
 *
 * Returns: whether @text was a key
 */
gboolean
fr_peer_key_parse (FrPeerKey *self, const char *text)
{
  return fr_hex_decode (text, self->bytes, FR_PEER_KEY_SIZE);
}

/**
 * fr_peer_key_to_string:
 * @self: a key
 *
 * Returns: (transfer full): 64 lower-case hexadecimal digits
 */
char *
fr_peer_key_to_string (const FrPeerKey *self)
{
  return fr_hex_encode (self->bytes, FR_PEER_KEY_SIZE);
}

/**
 * fr_peer_key_equal:
 * @a: a key
 * @b: another
 *
 * Returns: whether both are the same key
 */
gboolean
fr_peer_key_equal (const FrPeerKey *a, const FrPeerKey *b)
{
  return memcmp (a->bytes, b->bytes, FR_PEER_KEY_SIZE) == 0;
}

/**
 * fr_peer_key_compare:
 * @a: a key
 * @b: another
 *
 * The order in which two peers settle a tie the same way on both sides.
 *
 * Returns: below, at or above zero, as memcmp()
 */
int
fr_peer_key_compare (const FrPeerKey *a, const FrPeerKey *b)
{
  return memcmp (a->bytes, b->bytes, FR_PEER_KEY_SIZE);
}

/**
 * fr_peer_key_is_zero:
 * @self: a key
 *
 * Returns: whether this is the value that stands for *nobody*
 */
gboolean
fr_peer_key_is_zero (const FrPeerKey *self)
{
  static const FrPeerKey zero;

  return fr_peer_key_equal (self, &zero);
}

/* Keys are points on a curve, so any four bytes are as good a hash as any; but a peer may choose its own key, so the
 * bytes are mixed with a secret of this process lest somebody fill one bucket. */
guint
fr_peer_key_hash (gconstpointer key)
{
  return fr_secret_hash (key, FR_PEER_KEY_SIZE);
}

gboolean
fr_peer_key_equal_func (gconstpointer a, gconstpointer b)
{
  return fr_peer_key_equal (a, b);
}
