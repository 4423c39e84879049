/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-identity.h"

#include <string.h>

#include "tests.h"

static const char text[] = "an offer, signed by somebody";

static GBytes *
open_bytes (const FrIdentity *identity, GBytes *sealed)
{
  return fr_identity_open (identity, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0, 1, sizeof text, 8 * 1024, 64 * 1024 };
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autofree guint8 *data = g_malloc (64 * 1024);

  for (gsize i = 0; i < 64 * 1024; i++)
    data[i] = (guint8) (i * 7);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) sealed = fr_identity_seal (fr_identity_get_key (identity), data, sizes[i]);
      g_autoptr (GBytes) again = fr_identity_seal (fr_identity_get_key (identity), data, sizes[i]);
      g_autoptr (GBytes) opened = NULL;

      g_assert_cmpuint (g_bytes_get_size (sealed), ==, sizes[i] + FR_IDENTITY_SEAL_SIZE);
      g_assert_false (g_bytes_equal (sealed, again)); /* nobody can tell that the same was said twice */
      opened = open_bytes (identity, sealed);
      g_assert_nonnull (opened);
      g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), data, sizes[i]);
    }
}

static void
test_empty (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) sealed = fr_identity_seal (fr_identity_get_key (identity), NULL, 0);
  g_autoptr (GBytes) opened = open_bytes (identity, sealed);

  g_assert_nonnull (opened);
  g_assert_cmpuint (g_bytes_get_size (opened), ==, 0);
  g_assert_null (fr_identity_open (identity, NULL, 0));
}

/* What somebody sealed with another program at another time, or a later version of this one. */
static void
test_known_box (void)
{
  const char *seed_text = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  const char *box_text = "d90b130f80a6b61f9912181b9a4efb004949dcb3ec0ee1c25dca40a95a7c1801"
                         "b6c2cd568f425d69387e15f03b93d0c331e388";
  g_autoptr (FrIdentity) identity = NULL;
  g_autoptr (GBytes) opened = NULL;
  guint8 seed[FR_IDENTITY_SEED_SIZE], box[FR_IDENTITY_SEAL_SIZE + 3];

  g_assert_true (fr_hex_decode (seed_text, seed, sizeof seed));
  g_assert_true (fr_hex_decode (box_text, box, sizeof box));
  identity = fr_identity_new_from_seed (seed);
  opened = fr_identity_open (identity, box, sizeof box);
  g_assert_nonnull (opened);
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), "abc", 3);
}

static void
test_altered_byte (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) sealed = fr_identity_seal (fr_identity_get_key (identity), text, sizeof text);
  g_autoptr (GBytes) opened = NULL;
  gsize size = g_bytes_get_size (sealed);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (sealed, NULL), size);

  for (gsize i = 0; i < size; i++)
    for (guint bit = 1; bit < 256; bit <<= 1)
      {
        data[i] ^= (guint8) bit;
        g_assert_null (fr_identity_open (identity, data, size));
        data[i] ^= (guint8) bit;
      }
  opened = fr_identity_open (identity, data, size);
  g_assert_nonnull (opened);
}

static void
test_truncated (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) sealed = fr_identity_seal (fr_identity_get_key (identity), text, sizeof text);
  const guint8 *data = g_bytes_get_data (sealed, NULL);
  gsize size = g_bytes_get_size (sealed);
  g_autofree guint8 *longer = g_malloc0 (size + 1);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *exact = g_memdup2 (data, i); /* so that reading beyond it would show */

      g_assert_null (fr_identity_open (identity, exact, i));
    }
  memcpy (longer, data, size);
  g_assert_null (fr_identity_open (identity, longer, size + 1));
}

static void
test_not_for_us (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (FrIdentity) other = fr_identity_new ();
  g_autoptr (GBytes) sealed = fr_identity_seal (fr_identity_get_key (identity), text, sizeof text);

  g_assert_null (open_bytes (other, sealed));
}

/* Under such a key everybody could open what was sealed: the points of small order, in all their forms that libsodium
 * names, what is no point at all, and a point that is not of the main group. */
static void
test_weak_keys (void)
{
  static const char *const keys[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0200000000000000000000000000000000000000000000000000000000000000",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      FrPeerKey key;

      g_assert_true (fr_hex_decode (keys[i], key.bytes, sizeof key.bytes));
      g_assert_null (fr_identity_seal (&key, text, sizeof text));
    }
}

void
test_identity_seal_add (void)
{
  g_test_add_func ("/identity/seal/round-trip", test_round_trip);
  g_test_add_func ("/identity/seal/empty", test_empty);
  g_test_add_func ("/identity/seal/known-box", test_known_box);
  g_test_add_func ("/identity/seal/altered-byte", test_altered_byte);
  g_test_add_func ("/identity/seal/truncated", test_truncated);
  g_test_add_func ("/identity/seal/not-for-us", test_not_for_us);
  g_test_add_func ("/identity/seal/weak-keys", test_weak_keys);
}
