/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-key.h"

#include <string.h>

#include "tests.h"

static void
test_hex (void)
{
  static const struct
  {
    const char *text;
    gboolean ok;
  } rows[] = { { "00ff10Ab", TRUE }, { "00ff10a", FALSE },   { "00ff10abc", FALSE }, { "00ff10ag", FALSE },
               { "", FALSE },        { " 0ff10ab", FALSE }, { NULL, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint8 out[4] = { 7, 7, 7, 7 };

      g_assert_cmpint (fr_hex_decode (rows[i].text, out, 4), ==, rows[i].ok);
      g_assert_cmpint (out[3], ==, rows[i].ok ? 0xab : 7);
    }
}

static void
test_round_trip (void)
{
  FrPeerKey key, again;
  g_autofree char *text = NULL;

  for (int i = 0; i < FR_PEER_KEY_SIZE; i++)
    key.bytes[i] = (guint8) (i * 9);
  text = fr_peer_key_to_string (&key);
  g_assert_cmpuint (strlen (text), ==, FR_PEER_KEY_STRING_SIZE - 1);
  g_assert_true (fr_peer_key_parse (&again, text));
  g_assert_true (fr_peer_key_equal (&key, &again));
  g_assert_cmpuint (fr_peer_key_hash (&key), ==, fr_peer_key_hash (&again));
  again.bytes[0]++;
  g_assert_false (fr_peer_key_equal (&key, &again));
  g_assert_cmpint (fr_peer_key_compare (&key, &again), <, 0);
}

static void
test_wrong_size (void)
{
  FrPeerKey key = { { 0 } };
  const guint8 data[FR_PEER_KEY_SIZE + 1] = { 1 };

  g_assert_false (fr_peer_key_from_bytes (&key, data, FR_PEER_KEY_SIZE - 1));
  g_assert_false (fr_peer_key_from_bytes (&key, data, FR_PEER_KEY_SIZE + 1));
  g_assert_false (fr_peer_key_from_bytes (&key, NULL, 0));
  g_assert_true (fr_peer_key_is_zero (&key));
  g_assert_true (fr_peer_key_from_bytes (&key, data, FR_PEER_KEY_SIZE));
  g_assert_false (fr_peer_key_is_zero (&key));
}

void
test_peer_key_add (void)
{
  g_test_add_func ("/base/peer-key/hex", test_hex);
  g_test_add_func ("/base/peer-key/round-trip", test_round_trip);
  g_test_add_func ("/base/peer-key/wrong-size", test_wrong_size);
}
