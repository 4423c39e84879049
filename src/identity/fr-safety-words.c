/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-safety-words.h"

#include <sodium.h>
#include <string.h>

#include "fr-safety-word-list.h"

#define WORD_BITS 10
#define N_BYTES (FR_SAFETY_WORDS_N * WORD_BITS / 8)
#define MEMORY (16 * 1024 * 1024) /* bytes that each try takes */
#define N_PASSES 2

static const char context[] = "freshet safety words 1";

/* Both sides name the keys in the same order. */
static void
hash_keys (const FrPeerKey *one, const FrPeerKey *other, guint8 out_hash[crypto_generichash_BYTES])
{
  gboolean swapped = memcmp (one->bytes, other->bytes, FR_PEER_KEY_SIZE) > 0;
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, crypto_generichash_BYTES);
  crypto_generichash_update (&state, (const guint8 *) context, sizeof context);
  crypto_generichash_update (&state, (swapped ? other : one)->bytes, FR_PEER_KEY_SIZE);
  crypto_generichash_update (&state, (swapped ? one : other)->bytes, FR_PEER_KEY_SIZE);
  crypto_generichash_final (&state, out_hash, crypto_generichash_BYTES);
}

static const char *
word_at (const guint8 bits[N_BYTES], guint index)
{
  guint number = 0;

  for (guint i = index * WORD_BITS; i < (index + 1) * WORD_BITS; i++)
    number = number << 1 | (bits[i / 8] >> (7 - i % 8) & 1);
  return fr_safety_word_list[number];
}

/**
 * fr_safety_words_make:
 * @one: a key
 * @other: another; the order does not matter
 *
 * Makes eight words of two keys, 80 bits: Argon2id (RFC 9106) over BLAKE2b-256 of a context and both keys, the smaller
 * first. Somebody between two people chooses two keys, one for each side, and needs only that the words of both sides
 * agree; that takes about 2^40 keys for each side (a birthday), and every one costs 16 MiB and some 30 ms. To find one
 * key that fits words which are given takes 2^80. Nobody else's words are found on the way.
 *
 * Takes long enough to be done on demand only.
 *
 * Returns: (transfer full) (array zero-terminated=1): %FR_SAFETY_WORDS_N words
 */
char **
fr_safety_words_make (const FrPeerKey *one, const FrPeerKey *other)
{
  /* a salt is for passwords that many have; every pair of keys is there once */
  static const guint8 salt[crypto_pwhash_SALTBYTES] = { 'f', 'r', 'e', 's', 'h', 'e', 't' };
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  guint8 hash[crypto_generichash_BYTES], bits[MAX (N_BYTES, crypto_pwhash_BYTES_MIN)];
  int status = sodium_init ();

  g_assert (status >= 0);
  hash_keys (one, other, hash);
  if (crypto_pwhash (bits, sizeof bits, (const char *) hash, sizeof hash, salt, N_PASSES, MEMORY,
                     crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    g_error ("No memory for %d bytes", MEMORY);
  for (guint i = 0; i < FR_SAFETY_WORDS_N; i++)
    g_strv_builder_add (words, word_at (bits, i));
  return g_strv_builder_end (words);
}
