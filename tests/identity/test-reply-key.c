/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-reply-key.h"

#include <string.h>

#include "fr-test-support.h"
#include "tests.h"

static void
test_round_trip (void)
{
  static const char *const texts[] = { "", "a", "\x80", "ends in zeros\0\0", "\x80\x80" };
  static const gsize sizes[] = { 0, 1, 1, 15, 2 };
  g_auto (FrReplyKey) key = { 0 };

  fr_reply_key_init (&key);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], sizes[i]);
      g_autoptr (GBytes) sealed = fr_reply_key_seal (key.public_key, bytes, 100);
      g_autoptr (GBytes) opened = NULL;

      g_assert_cmpuint (g_bytes_get_size (sealed), ==, 100);
      opened = fr_reply_key_open (&key, g_bytes_get_data (sealed, NULL), 100);
      g_assert_true (g_bytes_equal (opened, bytes));
    }
}

/* As many bytes as fit, and one more. */
static void
test_limit (void)
{
  static const guint8 data[53];
  g_auto (FrReplyKey) key = { 0 };

  fr_reply_key_init (&key);
  for (gsize size = 50; size <= 53; size++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
      g_autoptr (GBytes) sealed = fr_reply_key_seal (key.public_key, bytes, 100);

      g_assert_true ((sealed != NULL) == (size <= 100 - FR_REPLY_SEAL_SIZE - 1));
    }
  for (gsize size = 0; size <= FR_REPLY_SEAL_SIZE + 1; size++)
    {
      g_autoptr (GBytes) none = g_bytes_new_static (data, 0);
      g_autoptr (GBytes) sealed = fr_reply_key_seal (key.public_key, none, size);

      g_assert_true ((sealed != NULL) == (size == FR_REPLY_SEAL_SIZE + 1));
    }
}

/* Every byte counts, and nobody else can open it. */
static void
test_altered (void)
{
  g_auto (FrReplyKey) key = { 0 }, other = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("harbour", 7);
  g_autoptr (GBytes) sealed = NULL, opened = NULL;
  g_autofree guint8 *copy = NULL;

  fr_reply_key_init (&key);
  fr_reply_key_init (&other);
  g_assert_true (memcmp (key.secret_key, other.secret_key, sizeof key.secret_key) != 0);
  sealed = fr_reply_key_seal (key.public_key, bytes, 80);
  copy = g_memdup2 (g_bytes_get_data (sealed, NULL), 80);
  g_assert_null (fr_reply_key_open (&other, copy, 80));
  for (gsize size = 0; size < 80; size++)
    g_assert_null (fr_reply_key_open (&key, copy, size));
  for (gsize i = 0; i < 80; i++)
    {
      copy[i] ^= 1;
      g_assert_null (fr_reply_key_open (&key, copy, 80));
      copy[i] ^= 1;
    }
  opened = fr_reply_key_open (&key, copy, 80);
  g_assert_nonnull (opened);
  fr_reply_key_clear (&key);
  g_assert_null (fr_reply_key_open (&key, copy, 80));
}

/* Nothing is sealed to what is no key: anybody could open it. */
static void
test_no_key (void)
{
  static const guint8 zero[FR_REPLY_PUBLIC_SIZE], one[FR_REPLY_PUBLIC_SIZE] = { 1 };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("harbour", 7);

  g_assert_null (fr_reply_key_seal (zero, bytes, 80));
  g_assert_null (fr_reply_key_seal (one, bytes, 80));
}

void
test_reply_key_add (void)
{
  g_test_add_func ("/identity/reply-key/round-trip", test_round_trip);
  g_test_add_func ("/identity/reply-key/limit", test_limit);
  g_test_add_func ("/identity/reply-key/altered", test_altered);
  g_test_add_func ("/identity/reply-key/no-key", test_no_key);
}
