/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-secret-hash.h"

#include <string.h>

#define MULTIPLIER G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) /* 2^64 divided by the golden ratio */

/**
 * fr_secret_hash:
 * @data: (array length=size): an id or a key
 * @size: its size in bytes, a multiple of 8
 *
 * Hashes what others choose for a #GHashTable. A secret of this process goes in, so that nobody can choose many that meet
 * in one place.
 *
 * Returns: the hash
 */
guint
fr_secret_hash (gconstpointer data, gsize size)
{
  static gsize secret;
  guint64 hash, word;

  g_return_val_if_fail (size % sizeof word == 0, 0);

  if (g_once_init_enter (&secret))
    g_once_init_leave (&secret, (gsize) ((guint64) g_random_int () << 32 | g_random_int ()) | 1);
  hash = secret;
  for (gsize i = 0; i < size; i += sizeof word)
    {
      memcpy (&word, (const guint8 *) data + i, sizeof word);
      hash = (hash ^ word) * MULTIPLIER;
      hash ^= hash >> 32;
    }
  return (guint) hash;
}
