/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-identity.h"

#include "fr-identity-private.h"

#include <sodium.h>

G_STATIC_ASSERT (FR_IDENTITY_SEAL_SIZE == crypto_box_SEALBYTES);

/* The X25519 form of an Ed25519 key: RFC 7748, 4.1, the map from the one curve to the other. FALSE for what is no point
 * of the curve, or one that makes every shared secret the same. */
static gboolean
convert_key (const FrPeerKey *key, guint8 out_key[crypto_box_PUBLICKEYBYTES])
{
  int status = sodium_init ();

  g_assert (status >= 0);
  return crypto_sign_ed25519_pk_to_curve25519 (out_key, key->bytes) == 0;
}

/**
 * fr_identity_seal:
 * @to: who may read it; may be no key at all
 * @data: (array length=size) (nullable): the bytes
 * @size: how many
 *
 * Seals bytes so that only the owner of @to can open them, with libsodium's sealed box over the X25519 form of the key.
 * Who sealed them it does not say, and anybody can: what is inside has to be signed. It is %FR_IDENTITY_SEAL_SIZE bytes
 * longer than @data. Takes about 0.2 ms.
 *
 * Returns: (transfer full) (nullable): the sealed bytes, or %NULL if @to is no key that anything can be sealed to
 */
GBytes *
fr_identity_seal (const FrPeerKey *to, const void *data, gsize size)
{
  guint8 key[crypto_box_PUBLICKEYBYTES];
  g_autofree guint8 *sealed = NULL;

  g_return_val_if_fail (to != NULL, NULL);
  g_return_val_if_fail (data != NULL || size == 0, NULL);
  g_return_val_if_fail (size <= G_MAXSIZE - FR_IDENTITY_SEAL_SIZE, NULL);

  if (!convert_key (to, key))
    return NULL;
  sealed = g_malloc (size + FR_IDENTITY_SEAL_SIZE);
  if (crypto_box_seal (sealed, data, size, key) != 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&sealed), size + FR_IDENTITY_SEAL_SIZE);
}

/**
 * fr_identity_open:
 * @self: an identity
 * @data: (array length=size) (nullable): bytes from anybody
 * @size: how many
 *
 * Opens what fr_identity_seal() made for us.
 *
 * Returns: (transfer full) (nullable): what was sealed, or %NULL if it is not for us or not as it was made
 */
GBytes *
fr_identity_open (const FrIdentity *self, const void *data, gsize size)
{
  guint8 key[crypto_box_PUBLICKEYBYTES], secret[crypto_box_SECRETKEYBYTES];
  g_autofree guint8 *opened = NULL;
  gboolean good;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (data != NULL || size == 0, NULL);

  if (size < FR_IDENTITY_SEAL_SIZE || !convert_key (fr_identity_get_key (self), key)
      || crypto_sign_ed25519_sk_to_curve25519 (secret, _fr_identity_get_secret_key (self)) != 0)
    return NULL;
  opened = g_malloc (size - FR_IDENTITY_SEAL_SIZE + 1); /* one more, so that there is something to free */
  good = crypto_box_seal_open (opened, data, size, key, secret) == 0;
  sodium_memzero (secret, sizeof secret);
  if (!good)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&opened), size - FR_IDENTITY_SEAL_SIZE);
}
