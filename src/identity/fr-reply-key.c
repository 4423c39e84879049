/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-reply-key.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (FR_REPLY_PUBLIC_SIZE == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (FR_REPLY_SEAL_SIZE == crypto_box_SEALBYTES);
G_STATIC_ASSERT (G_SIZEOF_MEMBER (FrReplyKey, secret_key) == crypto_box_SECRETKEYBYTES);

static void
start_sodium (void)
{
  int status = sodium_init ();

  g_assert (status >= 0);
}

/**
 * fr_reply_key_init:
 * @self: (out caller-allocates): a key pair
 *
 * Makes a new one.
 */
void
fr_reply_key_init (FrReplyKey *self)
{
  start_sodium ();
  crypto_box_keypair (self->public_key, self->secret_key);
}

/**
 * fr_reply_key_clear:
 * @self: a key pair
 *
 * Forgets it: what was sealed to it can be opened no more.
 */
void
fr_reply_key_clear (FrReplyKey *self)
{
  sodium_memzero (self, sizeof *self);
}

/**
 * fr_reply_key_seal:
 * @public_key: who may read it, as their search names it; may be no key at all
 * @bytes: what to seal
 * @sealed_size: how long the result shall be, more than that of @bytes and %FR_REPLY_SEAL_SIZE together
 *
 * Seals bytes with libsodium's sealed box, padded so that their size does not show: a byte of 0x80 and zeros behind
 * them (ISO/IEC 7816-4).
 *
 * Returns: (transfer full) (nullable): the sealed bytes; %NULL if they are too many, or nothing can be sealed to that key
 */
GBytes *
fr_reply_key_seal (const guint8 public_key[FR_REPLY_PUBLIC_SIZE], GBytes *bytes, gsize sealed_size)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *padded = NULL, *sealed = NULL;

  if (sealed_size <= FR_REPLY_SEAL_SIZE || size >= sealed_size - FR_REPLY_SEAL_SIZE)
    return NULL;
  start_sodium ();
  padded = g_malloc0 (sealed_size - FR_REPLY_SEAL_SIZE);
  sealed = g_malloc (sealed_size);
  memcpy (padded, data, size);
  padded[size] = 0x80;
  if (crypto_box_seal (sealed, padded, sealed_size - FR_REPLY_SEAL_SIZE, public_key) != 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&sealed), sealed_size);
}

/**
 * fr_reply_key_open:
 * @self: a key pair
 * @data: (array length=size) (nullable): bytes from anybody
 * @size: how many
 *
 * Opens what fr_reply_key_seal() made for us. Who sealed it is not said: what is inside has to be signed.
 *
 * Returns: (transfer full) (nullable): what was sealed; %NULL if it is not for us or not as it was made
 */
GBytes *
fr_reply_key_open (const FrReplyKey *self, const void *data, gsize size)
{
  g_autofree guint8 *opened = NULL;
  gsize n;

  if (size <= FR_REPLY_SEAL_SIZE)
    return NULL;
  start_sodium ();
  n = size - FR_REPLY_SEAL_SIZE;
  opened = g_malloc (n);
  if (crypto_box_seal_open (opened, data, size, self->public_key, self->secret_key) != 0)
    return NULL;
  while (n > 0 && opened[n - 1] == 0)
    n--;
  if (n == 0 || opened[n - 1] != 0x80)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&opened), n - 1);
}
