/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-identity.h"

#include "fr-identity-private.h"

#include <sodium.h>
#include <string.h>

static const char context[] = "freshet contact tag 1";

/* What both sides know, and nobody else: RFC 7748, 6.1, over the X25519 forms of both keys. */
static gboolean
agree (const FrIdentity *self, const FrPeerKey *other, guint8 out_shared[crypto_scalarmult_BYTES])
{
  guint8 secret[crypto_scalarmult_SCALARBYTES], theirs[crypto_scalarmult_BYTES];
  int status = sodium_init ();
  gboolean agreed;

  g_assert (status >= 0);
  agreed = crypto_sign_ed25519_pk_to_curve25519 (theirs, other->bytes) == 0
           && crypto_sign_ed25519_sk_to_curve25519 (secret, _fr_identity_get_secret_key (self)) == 0
           && crypto_scalarmult (out_shared, secret, theirs) == 0;
  sodium_memzero (secret, sizeof secret);
  return agreed;
}

/**
 * fr_identity_make_contact_tags:
 * @self: an identity
 * @other: somebody; may be no key at all
 * @is_holder: whether it is @self who shares something with @other; else the other way round
 * @day: the first day, counted from 1970
 * @n_days: how many days
 * @out_tags: (out caller-allocates) (array length=n_days): a tag for each of them
 *
 * Makes what stands for one who shares and one with whom, and for both sides is the same: BLAKE2b-256 of a context,
 * the shared secret of X25519, the holder's key and the day, the first bytes of it. Without one of both keys nobody
 * can tell whose tag it is, and on the next day not that it is the same people's. Takes about 0.2 ms.
 *
 * Returns: %FALSE if @other is no key that anything can be agreed on with
 */
gboolean
fr_identity_make_contact_tags (const FrIdentity *self,
                               const FrPeerKey *other,
                               gboolean is_holder,
                               gint64 day,
                               guint n_days,
                               FrContactTag *out_tags)
{
  const FrPeerKey *holder = is_holder ? fr_identity_get_key (self) : other;
  guint8 shared[crypto_scalarmult_BYTES], hash[crypto_generichash_BYTES];

  g_return_val_if_fail (self != NULL && other != NULL && out_tags != NULL, FALSE);

  if (!agree (self, other, shared))
    return FALSE;
  for (guint i = 0; i < n_days; i++)
    {
      guint64 number = GUINT64_TO_LE ((guint64) (day + i));
      crypto_generichash_state state;

      crypto_generichash_init (&state, NULL, 0, sizeof hash);
      crypto_generichash_update (&state, (const guint8 *) context, sizeof context);
      crypto_generichash_update (&state, shared, sizeof shared);
      crypto_generichash_update (&state, holder->bytes, sizeof holder->bytes);
      crypto_generichash_update (&state, (const guint8 *) &number, sizeof number);
      crypto_generichash_final (&state, hash, sizeof hash);
      memcpy (out_tags[i].bytes, hash, FR_CONTACT_TAG_SIZE);
    }
  sodium_memzero (shared, sizeof shared);
  return TRUE;
}
