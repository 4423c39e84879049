/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-backup-private.h"

#include <sodium.h>
#include <string.h>

#include "fr-identity-private.h"

/* The file: a heading that says what it is, the salt and cost of the key, the nonce; what is sealed, with all before it
 * as additional data; a hash of everything, so that a file that was damaged is not taken for a wrong passphrase. Numbers
 * are little-endian. */
#define HEADING "freshet backup 1\n"
#define HEADING_SIZE (sizeof HEADING - 1)
#define SALT_AT HEADING_SIZE
#define PASSES_AT (SALT_AT + crypto_pwhash_SALTBYTES)
#define MEMORY_AT (PASSES_AT + sizeof (guint32))
#define NONCE_AT (MEMORY_AT + sizeof (guint32))
#define SEALED_AT (NONCE_AT + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
#define HASH_SIZE crypto_generichash_BYTES

/* What is sealed: the secret, the public key, and what belongs to it; made as long as a multiple of this, so that the
 * size tells little about how many people there are. */
#define PLAIN_BLOCK 4096
#define EXTRA_AT ((gsize) FR_IDENTITY_SEED_SIZE + FR_PEER_KEY_SIZE)
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES
#define MIN_SIZE (SEALED_AT + PLAIN_BLOCK + TAG_SIZE + HASH_SIZE)

#define KEY_SIZE crypto_aead_xchacha20poly1305_ietf_KEYBYTES

G_STATIC_ASSERT (EXTRA_AT + FR_BACKUP_MAX_EXTRA + PLAIN_BLOCK + SEALED_AT + TAG_SIZE + HASH_SIZE <= FR_BACKUP_MAX_SIZE);
G_STATIC_ASSERT (crypto_pwhash_MEMLIMIT_MODERATE / 1024 <= FR_BACKUP_MAX_MEMORY_KIB);

static void
put_uint32 (guint8 *data, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  memcpy (data, &little, sizeof little);
}

static guint32
get_uint32 (const guint8 *data)
{
  guint32 little;

  memcpy (&little, data, sizeof little);
  return GUINT32_FROM_LE (little);
}

static void
ensure_sodium (void)
{
  int status = sodium_init ();

  g_assert (status >= 0);
}

/* The same letters may be typed as other characters on another computer (Unicode, annex 15). */
static gboolean
derive_key (const guint8 *header, const char *passphrase, guint8 key[KEY_SIZE], GError **error)
{
  char *normal = g_utf8_normalize (passphrase, -1, G_NORMALIZE_NFKC);
  const char *text = normal != NULL ? normal : passphrase;
  int status = crypto_pwhash (key, KEY_SIZE, text, strlen (text), header + SALT_AT, get_uint32 (header + PASSES_AT),
                              (gsize) get_uint32 (header + MEMORY_AT) * 1024, crypto_pwhash_ALG_ARGON2ID13);

  if (normal != NULL)
    sodium_memzero (normal, strlen (normal));
  g_free (normal);
  if (status == 0)
    return TRUE;
  g_set_error (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_NO_MEMORY,
               "There are not %u MiB of memory free, which the passphrase takes; close something and try again",
               get_uint32 (header + MEMORY_AT) / 1024);
  return FALSE;
}

/**
 * fr_backup_check_passphrase:
 * @passphrase: what a person chose
 * @error: (out) (optional): %FR_IDENTITY_ERROR_PASSPHRASE
 *
 * Returns: whether a backup can be locked with it
 */
gboolean
fr_backup_check_passphrase (const char *passphrase, GError **error)
{
  gsize size = strlen (passphrase);
  glong n_letters = g_utf8_validate (passphrase, -1, NULL) ? g_utf8_strlen (passphrase, -1) : (glong) size;

  if (size <= FR_BACKUP_MAX_PASSPHRASE && n_letters >= FR_BACKUP_MIN_PASSPHRASE)
    return TRUE;
  g_set_error (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_PASSPHRASE,
               "The passphrase must have at least %d letters, and at most %d bytes", FR_BACKUP_MIN_PASSPHRASE,
               FR_BACKUP_MAX_PASSPHRASE);
  return FALSE;
}

static guint8 *
make_plain (const FrIdentity *identity, GBytes *extra, gsize *out_size)
{
  gsize extra_size = extra != NULL ? g_bytes_get_size (extra) : 0;
  gsize size = EXTRA_AT + extra_size;
  gsize room = (size / PLAIN_BLOCK + 1) * PLAIN_BLOCK;
  guint8 *plain = g_malloc0 (room);

  memcpy (plain, _fr_identity_get_seed (identity), FR_IDENTITY_SEED_SIZE);
  memcpy (plain + FR_IDENTITY_SEED_SIZE, fr_identity_get_key (identity), FR_PEER_KEY_SIZE);
  if (extra_size > 0)
    memcpy (plain + EXTRA_AT, g_bytes_get_data (extra, NULL), extra_size);
  sodium_pad (out_size, plain, size, PLAIN_BLOCK, room);
  return plain;
}

static void
write_header (guint8 *file, const FrBackupCost *cost)
{
  memcpy (file, HEADING, HEADING_SIZE);
  randombytes_buf (file + SALT_AT, crypto_pwhash_SALTBYTES);
  put_uint32 (file + PASSES_AT, cost->passes);
  put_uint32 (file + MEMORY_AT, cost->memory_kib);
  randombytes_buf (file + NONCE_AT, SEALED_AT - NONCE_AT);
}

GBytes *
_fr_backup_seal_at (const FrIdentity *identity,
                    GBytes *extra,
                    const char *passphrase,
                    const FrBackupCost *cost,
                    GError **error)
{
  g_autofree guint8 *file = NULL;
  guint8 key[KEY_SIZE], *plain;
  gsize plain_size, hash_at;

  ensure_sodium ();
  if (extra != NULL && g_bytes_get_size (extra) > FR_BACKUP_MAX_EXTRA)
    {
      g_set_error_literal (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_TOO_LARGE, "There is too much to keep");
      return NULL;
    }
  if (!fr_backup_check_passphrase (passphrase, error))
    return NULL;
  plain = make_plain (identity, extra, &plain_size);
  hash_at = SEALED_AT + plain_size + TAG_SIZE;
  file = g_malloc (hash_at + HASH_SIZE);
  write_header (file, cost);
  if (derive_key (file, passphrase, key, error))
    {
      crypto_aead_xchacha20poly1305_ietf_encrypt (file + SEALED_AT, NULL, plain, plain_size, file, SEALED_AT, NULL,
                                                  file + NONCE_AT, key);
      crypto_generichash (file + hash_at, HASH_SIZE, file, hash_at, NULL, 0);
    }
  else
    g_clear_pointer (&file, g_free);
  sodium_memzero (key, sizeof key);
  sodium_memzero (plain, plain_size);
  g_free (plain);
  return file != NULL ? g_bytes_new_take (g_steal_pointer (&file), hash_at + HASH_SIZE) : NULL;
}

/**
 * fr_backup_seal:
 * @identity: an identity
 * @extra: (nullable): what belongs to it, at most %FR_BACKUP_MAX_EXTRA bytes
 * @passphrase: what opens it again
 * @error: (out) (optional): %FR_IDENTITY_ERROR_PASSPHRASE, %FR_IDENTITY_ERROR_TOO_LARGE, %FR_IDENTITY_ERROR_NO_MEMORY
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
fr_backup_seal (const FrIdentity *identity, GBytes *extra, const char *passphrase, GError **error)
{
  static const FrBackupCost cost = { crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE / 1024 };

  g_return_val_if_fail (identity != NULL && passphrase != NULL, NULL);

  return _fr_backup_seal_at (identity, extra, passphrase, &cost, error);
}

static gboolean
check_whole (const guint8 *file, gsize size, GError **error)
{
  guint8 hash[HASH_SIZE];

  if (size >= MIN_SIZE && size <= FR_BACKUP_MAX_SIZE && memcmp (file, HEADING, HEADING_SIZE) == 0
      && (size - SEALED_AT - TAG_SIZE - HASH_SIZE) % PLAIN_BLOCK == 0)
    {
      crypto_generichash (hash, sizeof hash, file, size - HASH_SIZE, NULL, 0);
      if (memcmp (hash, file + size - HASH_SIZE, sizeof hash) == 0)
        return TRUE;
    }
  g_set_error_literal (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_DAMAGED,
                       "This is not a backup of Freshet, or it is damaged");
  return FALSE;
}

static gboolean
check_cost (const guint8 *file, GError **error)
{
  guint32 passes = get_uint32 (file + PASSES_AT), memory_kib = get_uint32 (file + MEMORY_AT);

  if (passes >= crypto_pwhash_OPSLIMIT_MIN && passes <= FR_BACKUP_MAX_PASSES
      && memory_kib >= crypto_pwhash_MEMLIMIT_MIN / 1024 && memory_kib <= FR_BACKUP_MAX_MEMORY_KIB)
    return TRUE;
  g_set_error_literal (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_TOO_LARGE,
                       "This backup asks for more memory or time than any that Freshet makes");
  return FALSE;
}

/* What comes after the seal is ours, or made by somebody who knew the passphrase. */
static FrIdentity *
read_plain (const guint8 *plain, gsize plain_size, GBytes **out_extra, GError **error)
{
  g_autoptr (FrIdentity) identity = NULL;
  gsize size = 0;

  if (sodium_unpad (&size, plain, plain_size, PLAIN_BLOCK) == 0 && size >= EXTRA_AT)
    identity = fr_identity_new_from_seed (plain);
  if (identity == NULL
      || sodium_memcmp (fr_identity_get_key (identity), plain + FR_IDENTITY_SEED_SIZE, FR_PEER_KEY_SIZE) != 0)
    {
      g_set_error_literal (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_DAMAGED, "The key in this backup is damaged");
      return NULL;
    }
  if (out_extra != NULL)
    *out_extra = g_bytes_new (plain + EXTRA_AT, size - EXTRA_AT);
  return g_steal_pointer (&identity);
}

/**
 * fr_backup_open:
 * @file: what fr_backup_seal() made, or anything
 * @passphrase: what it was locked with
 * @out_extra: (out) (optional): what belongs to the identity
 * @error: (out) (optional): %FR_IDENTITY_ERROR_DAMAGED, %FR_IDENTITY_ERROR_TOO_LARGE where it asks for too much,
 *   %FR_IDENTITY_ERROR_PASSPHRASE where that is another, %FR_IDENTITY_ERROR_NO_MEMORY
 *
 * Returns: (transfer full) (nullable): the identity
 */
FrIdentity *
fr_backup_open (GBytes *file, const char *passphrase, GBytes **out_extra, GError **error)
{
  gsize size, plain_size;
  const guint8 *data;
  g_autofree guint8 *plain = NULL;
  FrIdentity *identity = NULL;
  guint8 key[KEY_SIZE];

  g_return_val_if_fail (file != NULL && passphrase != NULL, NULL);

  ensure_sodium ();
  data = g_bytes_get_data (file, &size);
  if (!check_whole (data, size, error) || !check_cost (data, error) || !derive_key (data, passphrase, key, error))
    return NULL;
  plain_size = size - SEALED_AT - TAG_SIZE - HASH_SIZE;
  plain = g_malloc (plain_size);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, data + SEALED_AT, plain_size + TAG_SIZE, data,
                                                  SEALED_AT, data + NONCE_AT, key)
      == 0)
    identity = read_plain (plain, plain_size, out_extra, error);
  else
    g_set_error_literal (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_PASSPHRASE, "The passphrase is not the right one");
  sodium_memzero (key, sizeof key);
  sodium_memzero (plain, plain_size);
  return identity;
}
