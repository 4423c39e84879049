/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-identity.h"

#include <string.h>

#include "tests.h"

/* RFC 8032, 7.1, test 1. */
static const char rfc_seed[] = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
static const char rfc_key[] = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

static FrIdentity *
make_identity (void)
{
  guint8 seed[FR_IDENTITY_SEED_SIZE];

  g_assert_true (fr_hex_decode (rfc_seed, seed, sizeof seed));
  return fr_identity_new_from_seed (seed);
}

static void
test_known_key (void)
{
  g_autoptr (FrIdentity) identity = make_identity ();
  g_autofree char *key = fr_peer_key_to_string (fr_identity_get_key (identity));

  g_assert_cmpstr (key, ==, rfc_key);
}

static void
test_new_ones_differ (void)
{
  g_autoptr (FrIdentity) a = fr_identity_new ();
  g_autoptr (FrIdentity) b = fr_identity_new ();

  g_assert_false (fr_peer_key_equal (fr_identity_get_key (a), fr_identity_get_key (b)));
}

static void
test_references (void)
{
  FrIdentity *identity = fr_identity_new ();
  FrPeerKey key = *fr_identity_get_key (identity);

  g_assert_true (fr_identity_ref (identity) == identity);
  fr_identity_unref (identity);
  g_assert_true (fr_peer_key_equal (fr_identity_get_key (identity), &key));
  fr_identity_unref (identity);
  fr_identity_unref (NULL);
}

/* The definition: the context, a zero byte, the data. Two implementations must agree, and versions of one too. */
static void
test_known_signatures (void)
{
  static const char *const expected[] = {
    [FR_SIGN_HELLO] =
      "bffb5356bc0fd8567daa34f9b19fec1d434424b34bbad92a5a863879a71d97c0"
      "059946991f05c00785161ece70f22f521164461ad88ef89e1df150b69668d90d",
    [FR_SIGN_QUERY] =
      "1b4949dca54a989409df82f5d6f8024279ad2384d43de007f9731c5f024d1df7"
      "6146a5ef78382bf3639cc73bac6229e43d9a4ec5e736068fcaf708eeee48020b",
    [FR_SIGN_HITS] =
      "6301ccb45f1083ef6fede42c28e2e946cd759670c7b5cf6ec458f7fef808edbb"
      "bcf572047acbdf9d45bef73a0d4e0844b9671d0a38d9e0912e1fe0369f065f07",
    [FR_SIGN_RECORD] =
      "d0f01470a218f8d4ce887ca1784fb4ff9b2de40119cf7e0cf7d1f9905e88b165"
      "def17a047bdb9ea8d69e121a4cc9f99cdca2ff1b7a9d691ec6c27a3aa50c8401",
    [FR_SIGN_DIAL] =
      "9c07a8bc3b03ef5c757ec0cb0672d1c3a05c3e42cfb91be5e421feda71cf9eec"
      "b64fdafdb0db75b7d87aaed03835e4ec0dd8215937e5b6b3db83b3160a191c01",
    [FR_SIGN_INTRODUCE] =
      "2d85ae9944c48bc577eb6028c9c73c719f13d970dbf5bb9a3dbc1009ffd1dbbd"
      "5590032ee280c1bc5936fdfafedac25363a1ae9a94aa5c08ba31530a2d49af08",
    [FR_SIGN_SAME_PERSON] =
      "7283595f94c759fca6e295f94b623e166975dfce9a3263456f073828c57cb0fa"
      "348e53dcc43ddc01b9ab4af02a1be579eb31fe76fce60ca2f4a9d6e137b21103",
  };
  g_autoptr (FrIdentity) identity = make_identity ();

  for (FrSignContext context = FR_SIGN_HELLO; context <= FR_SIGN_SAME_PERSON; context++)
    {
      guint8 signature[FR_IDENTITY_SIGNATURE_SIZE];
      g_autofree char *text = NULL;

      fr_identity_sign (identity, context, "abc", 3, signature);
      text = fr_hex_encode (signature, sizeof signature);
      g_assert_cmpstr (text, ==, expected[context]);
    }
}

static void
test_contexts_do_not_mix (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  const FrPeerKey *key = fr_identity_get_key (identity);

  for (FrSignContext made = FR_SIGN_HELLO; made <= FR_SIGN_SAME_PERSON; made++)
    {
      guint8 signature[FR_IDENTITY_SIGNATURE_SIZE];

      fr_identity_sign (identity, made, "abc", 3, signature);
      for (FrSignContext read = FR_SIGN_HELLO; read <= FR_SIGN_SAME_PERSON; read++)
        g_assert_cmpint (fr_identity_verify (key, read, "abc", 3, signature, sizeof signature), ==, made == read);
    }
}

static void
test_altered_byte (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  FrPeerKey key = *fr_identity_get_key (identity);
  char data[] = "a search for a harbour";
  guint8 signature[FR_IDENTITY_SIGNATURE_SIZE];

  fr_identity_sign (identity, FR_SIGN_QUERY, data, sizeof data, signature);
  for (gsize i = 0; i < sizeof data; i++)
    {
      data[i] ^= 1;
      g_assert_false (fr_identity_verify (&key, FR_SIGN_QUERY, data, sizeof data, signature, sizeof signature));
      data[i] ^= 1;
    }
  for (gsize i = 0; i < sizeof signature; i++)
    {
      signature[i] ^= 0x80;
      g_assert_false (fr_identity_verify (&key, FR_SIGN_QUERY, data, sizeof data, signature, sizeof signature));
      signature[i] ^= 0x80;
    }
  for (gsize i = 0; i < sizeof key.bytes; i++)
    {
      key.bytes[i] ^= 1;
      g_assert_false (fr_identity_verify (&key, FR_SIGN_QUERY, data, sizeof data, signature, sizeof signature));
      key.bytes[i] ^= 1;
    }
  g_assert_true (fr_identity_verify (&key, FR_SIGN_QUERY, data, sizeof data, signature, sizeof signature));
}

static void
test_sizes (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  const FrPeerKey *key = fr_identity_get_key (identity);
  guint8 signature[FR_IDENTITY_SIGNATURE_SIZE + 1] = { 0 };

  fr_identity_sign (identity, FR_SIGN_HITS, "abc", 3, signature);
  for (gsize size = 0; size <= sizeof signature; size++)
    g_assert_cmpint (fr_identity_verify (key, FR_SIGN_HITS, "abc", 3, signature, size), ==,
                     size == FR_IDENTITY_SIGNATURE_SIZE);
  g_assert_false (fr_identity_verify (key, FR_SIGN_HITS, "abc", 3, NULL, 0));
  g_assert_false (fr_identity_verify (key, FR_SIGN_HITS, "abc", 2, signature, FR_IDENTITY_SIGNATURE_SIZE));
  g_assert_false (fr_identity_verify (key, FR_SIGN_HITS, NULL, 0, signature, FR_IDENTITY_SIGNATURE_SIZE));

  fr_identity_sign (identity, FR_SIGN_HITS, NULL, 0, signature);
  g_assert_true (fr_identity_verify (key, FR_SIGN_HITS, NULL, 0, signature, FR_IDENTITY_SIGNATURE_SIZE));
}

/* Under such a key one signature would be good for everything. */
static void
test_weak_keys (void)
{
  static const guint8 signature[FR_IDENTITY_SIGNATURE_SIZE] = { 1 };
  const FrPeerKey weak[] = { { { 0 } }, { { 1 } } };

  for (gsize i = 0; i < G_N_ELEMENTS (weak); i++)
    g_assert_false (fr_identity_verify (&weak[i], FR_SIGN_HELLO, "abc", 3, signature, sizeof signature));
}

static void
test_token (void)
{
  static const struct
  {
    const char *server, *id;
  } rows[] = { { "https://a.example", "anna" }, { "https://b.example", "anna" }, { "https://a.example", "anna-2" },
               { "https://a.examplea", "nna" }, { "", "" } };
  g_autoptr (FrIdentity) identity = make_identity ();
  g_autoptr (FrIdentity) other = fr_identity_new ();
  g_autoptr (GHashTable) tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *again = fr_identity_make_token (identity, rows[i].server, rows[i].id);
      char *token = fr_identity_make_token (identity, rows[i].server, rows[i].id);

      g_assert_cmpstr (token, ==, again);
      g_assert_cmpuint (strlen (token), ==, FR_IDENTITY_TOKEN_LENGTH);
      g_assert_true (g_hash_table_add (tokens, token));
      g_assert_true (g_hash_table_add (tokens, fr_identity_make_token (other, rows[i].server, rows[i].id)));
    }
}

/* A token that changed with a new version of the program would lock people out of their own names. */
static void
test_known_token (void)
{
  g_autoptr (FrIdentity) identity = make_identity ();
  g_autofree char *token = fr_identity_make_token (identity, "https://a.example", "anna");

  g_assert_cmpstr (token, ==, "368654d98ab57033343ffee687c7f801");
}

void
test_identity_add (void)
{
  g_test_add_func ("/identity/known-key", test_known_key);
  g_test_add_func ("/identity/new-ones-differ", test_new_ones_differ);
  g_test_add_func ("/identity/references", test_references);
  g_test_add_func ("/identity/known-signatures", test_known_signatures);
  g_test_add_func ("/identity/contexts-do-not-mix", test_contexts_do_not_mix);
  g_test_add_func ("/identity/altered-byte", test_altered_byte);
  g_test_add_func ("/identity/sizes", test_sizes);
  g_test_add_func ("/identity/weak-keys", test_weak_keys);
  g_test_add_func ("/identity/token", test_token);
  g_test_add_func ("/identity/known-token", test_known_token);
}
