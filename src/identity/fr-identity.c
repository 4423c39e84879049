/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-identity.h"

#include "fr-identity-private.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (FR_PEER_KEY_SIZE == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (FR_IDENTITY_SEED_SIZE == crypto_sign_SEEDBYTES);
G_STATIC_ASSERT (FR_IDENTITY_SEED_SIZE == crypto_kdf_KEYBYTES);
G_STATIC_ASSERT (FR_IDENTITY_SIGNATURE_SIZE == crypto_sign_BYTES);
G_STATIC_ASSERT (FR_IDENTITY_TOKEN_LENGTH <= 2 * crypto_auth_hmacsha512256_BYTES);

/* Which of the keys derived from the seed this is; other purposes take other numbers. */
#define TOKEN_SUBKEY 1
static const char subkey_context[crypto_kdf_CONTEXTBYTES + 1] = "freshet1";

struct _FrIdentity
{
  gatomicrefcount ref_count;
  FrPeerKey key;
  guint8 seed[FR_IDENTITY_SEED_SIZE];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
};

G_DEFINE_QUARK (fr-identity-error-quark, fr_identity_error)

/* Any number of times, from any thread. It fails only where the system has no source of randomness. */
static void
ensure_sodium (void)
{
  int status = sodium_init ();

  g_assert (status >= 0);
}

static const char *
context_to_string (FrSignContext context)
{
  switch (context)
    {
    case FR_SIGN_HELLO:
      return "freshet hello 1";
    case FR_SIGN_QUERY:
      return "freshet query 1";
    case FR_SIGN_HITS:
      return "freshet hits 1";
    case FR_SIGN_RECORD:
      return "freshet record 1";
    case FR_SIGN_DIAL:
      return "freshet dial 1";
    case FR_SIGN_INTRODUCE:
      return "freshet introduce 1";
    case FR_SIGN_SAME_PERSON:
      return "freshet same person 1";
    default:
      return NULL;
    }
}

/* What a signature is made over: the context, a zero byte, the data. */
static guint8 *
add_context (const char *context, const void *data, gsize size, gsize *out_size)
{
  gsize prefix = strlen (context) + 1;
  guint8 *message = g_malloc (prefix + size);

  memcpy (message, context, prefix);
  if (size > 0)
    memcpy (message + prefix, data, size);
  *out_size = prefix + size;
  return message;
}

/**
 * fr_identity_new:
 *
 * Makes an identity that nobody had before, in memory alone.
 *
 * Returns: (transfer full): the identity
 */
FrIdentity *
fr_identity_new (void)
{
  guint8 seed[FR_IDENTITY_SEED_SIZE];
  FrIdentity *self;

  ensure_sodium ();
  randombytes_buf (seed, sizeof seed);
  self = fr_identity_new_from_seed (seed);
  sodium_memzero (seed, sizeof seed);
  return self;
}

/**
 * fr_identity_new_from_seed:
 * @seed: (array fixed-size=32): the secret, the private key of RFC 8032, 5.1.5
 *
 * Returns: (transfer full): the identity of that secret
 */
FrIdentity *
fr_identity_new_from_seed (const guint8 seed[FR_IDENTITY_SEED_SIZE])
{
  FrIdentity *self = g_new0 (FrIdentity, 1);

  ensure_sodium ();
  g_atomic_ref_count_init (&self->ref_count);
  memcpy (self->seed, seed, sizeof self->seed);
  crypto_sign_seed_keypair (self->key.bytes, self->secret_key, seed);
  return self;
}

/**
 * fr_identity_ref:
 * @self: an identity
 *
 * Returns: (transfer full): @self
 */
FrIdentity *
fr_identity_ref (FrIdentity *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * fr_identity_unref:
 * @self: (nullable) (transfer full): an identity
 *
 * The last reference wipes the secret from memory.
 */
void
fr_identity_unref (FrIdentity *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

/**
 * fr_identity_get_key:
 * @self: an identity
 *
 * Returns: (transfer none): the public key, by which others know this device
 */
const FrPeerKey *
fr_identity_get_key (const FrIdentity *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->key;
}

const guint8 *
_fr_identity_get_seed (const FrIdentity *self)
{
  return self->seed;
}

const guint8 *
_fr_identity_get_secret_key (const FrIdentity *self)
{
  return self->secret_key;
}

/**
 * fr_identity_sign:
 * @self: an identity
 * @context: what is being said
 * @data: (array length=size) (nullable): the bytes, exactly as they will be sent
 * @size: how many
 * @out_signature: (out caller-allocates) (array fixed-size=64): the signature
 *
 * Signs with Ed25519 (RFC 8032, 5.1.6) over the string of @context, a zero byte, and @data.
 */
void
fr_identity_sign (const FrIdentity *self,
                  FrSignContext context,
                  const void *data,
                  gsize size,
                  guint8 out_signature[FR_IDENTITY_SIGNATURE_SIZE])
{
  const char *prefix = context_to_string (context);
  g_autofree guint8 *message = NULL;
  gsize message_size;

  g_return_if_fail (self != NULL && prefix != NULL);
  g_return_if_fail (data != NULL || size == 0);

  message = add_context (prefix, data, size, &message_size);
  crypto_sign_detached (out_signature, NULL, message, message_size, self->secret_key);
}

/**
 * fr_identity_verify:
 * @key: who is said to have signed; may be no key at all
 * @context: what is being said
 * @data: (array length=size) (nullable): the bytes, exactly as they came
 * @size: how many
 * @signature: (array length=signature_size) (nullable): the signature
 * @signature_size: its size in bytes; any but 64 is wrong
 *
 * Checks what fr_identity_sign() made. Takes 0.1 to 0.3 ms.
 *
 * Returns: whether @key signed this, in this context
 */
gboolean
fr_identity_verify (const FrPeerKey *key,
                    FrSignContext context,
                    const void *data,
                    gsize size,
                    const void *signature,
                    gsize signature_size)
{
  const char *prefix = context_to_string (context);
  g_autofree guint8 *message = NULL;
  gsize message_size;

  g_return_val_if_fail (key != NULL && prefix != NULL, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  if (signature == NULL || signature_size != FR_IDENTITY_SIGNATURE_SIZE)
    return FALSE;
  ensure_sodium ();
  message = add_context (prefix, data, size, &message_size);
  return crypto_sign_verify_detached (signature, message, message_size, key->bytes) == 0;
}

/**
 * fr_identity_make_token:
 * @self: an identity
 * @server: the address of a rendezvous server
 * @id: what this device is called there
 *
 * Makes the token by which a PeerServer knows that a session under @id is ours: the same one each time, so that our
 * own stale session can be taken back, and one that tells the server nothing about those for other servers.
 *
 * Returns: (transfer full): %FR_IDENTITY_TOKEN_LENGTH lower-case hexadecimal digits
 */
char *
fr_identity_make_token (const FrIdentity *self, const char *server, const char *id)
{
  crypto_auth_hmacsha512256_state state;
  guint8 subkey[crypto_auth_hmacsha512256_KEYBYTES], mac[crypto_auth_hmacsha512256_BYTES];

  g_return_val_if_fail (self != NULL && server != NULL && id != NULL, NULL);

  crypto_kdf_derive_from_key (subkey, sizeof subkey, TOKEN_SUBKEY, subkey_context, self->seed);
  crypto_auth_hmacsha512256_init (&state, subkey, sizeof subkey);
  crypto_auth_hmacsha512256_update (&state, (const guint8 *) server, strlen (server) + 1); /* its end too */
  crypto_auth_hmacsha512256_update (&state, (const guint8 *) id, strlen (id));
  crypto_auth_hmacsha512256_final (&state, mac);
  sodium_memzero (subkey, sizeof subkey);
  sodium_memzero (&state, sizeof state);
  return fr_hex_encode (mac, FR_IDENTITY_TOKEN_LENGTH / 2);
}
