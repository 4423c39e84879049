/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-secret-hash.h"

#include "tests.h"

#define N_BYTES 32
#define N_IDS 4096
#define N_PLACES 64

static void
test_every_bit_counts (void)
{
  guint8 id[N_BYTES] = { 0 };
  guint hash = fr_secret_hash (id, sizeof id);

  g_assert_cmpuint (fr_secret_hash (id, sizeof id), ==, hash);
  for (guint i = 0; i < N_BYTES * 8; i++)
    {
      id[i / 8] ^= (guint8) (1 << i % 8);
      g_assert_cmpuint (fr_secret_hash (id, sizeof id), !=, hash);
      id[i / 8] ^= (guint8) (1 << i % 8);
    }
}

/* Ids that differ in any one place are spread over a table: none of its places gets four times its share. */
static void
test_spreads (void)
{
  for (guint place = 0; place + sizeof (guint32) <= N_BYTES; place += sizeof (guint32))
    {
      guint counts[N_PLACES] = { 0 };

      for (guint32 i = 0; i < N_IDS; i++)
        {
          guint8 id[N_BYTES] = { 0 };

          memcpy (id + place, &i, sizeof i);
          counts[fr_secret_hash (id, sizeof id) % N_PLACES]++;
        }
      for (guint i = 0; i < N_PLACES; i++)
        g_assert_cmpuint (counts[i], <, 4 * N_IDS / N_PLACES);
    }
}

void
test_secret_hash_add (void)
{
  g_test_add_func ("/base/secret-hash/every-bit-counts", test_every_bit_counts);
  g_test_add_func ("/base/secret-hash/spreads", test_spreads);
}
