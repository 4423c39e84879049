/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-name.h"

#include <string.h>

#include "fr-test-support.h"
#include "tests.h"

#define TEN "abcdefghij"

static void
test_normalise (void)
{
  static const struct
  {
    const char *text, *name;
    FrPeerNameFault fault;
  } rows[] = {
    { "Anna", "Anna", FR_PEER_NAME_OK },
    { "  Anna \t B ", "Anna B", FR_PEER_NAME_OK },
    { "Zoe\xcc\x88", "Zo\xc3\xab", FR_PEER_NAME_OK },
    { "王小明", "王小明", FR_PEER_NAME_OK },
    { "👩\u200d🎨", "👩\u200d🎨", FR_PEER_NAME_OK },
    { TEN TEN TEN TEN, TEN TEN TEN TEN, FR_PEER_NAME_OK },
    { TEN TEN TEN TEN "a", NULL, FR_PEER_NAME_TOO_LONG },
    { "ååååååååååååååååååååååååååååååååå", NULL, FR_PEER_NAME_TOO_LONG }, /* 33 characters of 2 bytes */
    { "åååååååååååååååååååååååååååååååå", "åååååååååååååååååååååååååååååååå", FR_PEER_NAME_OK }, /* 64 bytes */
    { "", NULL, FR_PEER_NAME_EMPTY },
    { NULL, NULL, FR_PEER_NAME_EMPTY },
    { "   ", NULL, FR_PEER_NAME_EMPTY },
    { "\u200d\u200d", NULL, FR_PEER_NAME_EMPTY },
    { "\u3164", NULL, FR_PEER_NAME_EMPTY },
    { "a\x01" "b", NULL, FR_PEER_NAME_ODD },
    { "a\xff" "b", NULL, FR_PEER_NAME_ODD },
    { "anna\u202ejpg", NULL, FR_PEER_NAME_ODD },
    { "a\u0301\u0301\u0301\u0301\u0301", NULL, FR_PEER_NAME_ODD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = NULL;

      g_assert_cmpint (fr_peer_name_normalise (rows[i].text, &name), ==, rows[i].fault);
      g_assert_cmpstr (name, ==, rows[i].name);
      if (name != NULL)
        g_assert_true (fr_peer_name_is_valid (name));
    }
  g_assert_false (fr_peer_name_is_valid (" Anna"));
}

static void
test_address (void)
{
  static const struct
  {
    const char *name, *address;
  } rows[] = { { "Zoë", "zoe" }, { "Anna B.", "anna-b" }, { "王小明", "friend" }, { "-- x --", "x" },
               { TEN TEN TEN TEN, TEN TEN TEN "ab" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *address = fr_peer_address_from_name (rows[i].name);
      g_autofree char *other = fr_peer_address_with_suffix (address, 0xfffffffe);

      g_assert_cmpstr (address, ==, rows[i].address);
      g_assert_true (fr_peer_address_is_valid (address));
      g_assert_true (fr_peer_address_is_valid (other));
      g_assert_cmpstr (address, !=, other);
    }
}

/* Plain names are found valid without being normalised; that has to say the same. */
static void
test_valid_is_normal (void)
{
  static const char letters[] = "ab  Z9~\x7f\t\n\xc3";
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint i = 0; i < 20000; i++)
    {
      char name[FR_PEER_NAME_MAX_CHARS + 4] = { 0 };
      g_autofree char *normal = NULL;
      gboolean is_normal;
      int most = i % 4 == 0 ? FR_PEER_NAME_MAX_CHARS + 3 : 4;
      int n_letters = i % 4 < 2 ? 2 : sizeof letters - 1;

      for (int j = g_rand_int_range (rand, 0, most + 1); j-- > 0;)
        name[j] = letters[g_rand_int_range (rand, 0, n_letters)];
      is_normal = fr_peer_name_normalise (name, &normal) == FR_PEER_NAME_OK && strcmp (name, normal) == 0;
      g_assert_cmpint (fr_peer_name_is_valid (name), ==, is_normal);
    }
}

static void
test_address_rule (void)
{
  static const struct
  {
    const char *address;
    gboolean valid;
  } rows[] = { { "zoe", TRUE },    { "zoe-7f3k", TRUE }, { "a b_c", TRUE },    { "", FALSE },
               { NULL, FALSE },    { "-a", FALSE },      { "a-", FALSE },      { "a--b", FALSE },
               { "zo\xc3\xab", FALSE }, { "a/b", FALSE } };
  g_autofree char *longest = g_strnfill (FR_PEER_ADDRESS_MAX_BYTES, 'a');
  g_autofree char *longer = g_strnfill (FR_PEER_ADDRESS_MAX_BYTES + 1, 'a');
  g_autofree char *suffixed = fr_peer_address_with_suffix (longest, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fr_peer_address_is_valid (rows[i].address), ==, rows[i].valid);
  g_assert_true (fr_peer_address_is_valid (longest));
  g_assert_false (fr_peer_address_is_valid (longer));
  g_assert_true (fr_peer_address_is_valid (suffixed));
}

static void
test_address_of (void)
{
  static const struct
  {
    const char *address;
    gboolean is_of;
  } rows[] = { { "zoe", TRUE },      { "zoe-7f3k", TRUE },  { "zoe-7f3", FALSE },  { "zoe-7f3kk", FALSE }, { "zo", FALSE },
               { "zoe-7f1k", FALSE }, { "zoe_7f3k", FALSE }, { "zed-7f3k", FALSE }, { "", FALSE },          { "zoe-", FALSE } };
  g_autofree char *longest = g_strnfill (FR_PEER_ADDRESS_MAX_BYTES, 'a');
  g_autofree char *suffixed = fr_peer_address_with_suffix (longest, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fr_peer_address_is_of (rows[i].address, "zoe"), ==, rows[i].is_of);
  for (guint32 i = 0; i < 1000; i++)
    {
      g_autofree char *other = fr_peer_address_with_suffix ("zoe", i * 4294967);

      g_assert_true (fr_peer_address_is_of (other, "zoe"));
      g_assert_false (fr_peer_address_is_of (other, "zo"));
    }
  g_assert_true (fr_peer_address_is_of (suffixed, longest));
}

void
test_peer_name_add (void)
{
  g_test_add_func ("/base/peer-name/normalise", test_normalise);
  g_test_add_func ("/base/peer-name/valid-is-normal", test_valid_is_normal);
  g_test_add_func ("/base/peer-name/address", test_address);
  g_test_add_func ("/base/peer-name/address-rule", test_address_rule);
  g_test_add_func ("/base/peer-name/address-of", test_address_of);
}
