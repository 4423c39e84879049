/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-identity.h"

#include <string.h>

#include "tests.h"

#define N_DAYS 3

static gboolean
is_same (const FrContactTag *a, const FrContactTag *b)
{
  return memcmp (a, b, sizeof *a) == 0;
}

static void
make (const FrIdentity *self, const FrIdentity *other, gboolean is_holder, gint64 day, FrContactTag *out_tags)
{
  g_assert_true (
    fr_identity_make_contact_tags (self, fr_identity_get_key (other), is_holder, day, N_DAYS, out_tags));
}

/* Both make the same, for each direction and each day another; nobody else does. */
static void
test_agree (void)
{
  g_autoptr (FrIdentity) anna = fr_identity_new (), boris = fr_identity_new (), zoe = fr_identity_new ();
  FrContactTag as_holder[N_DAYS], as_reader[N_DAYS], back[N_DAYS], later[N_DAYS], others[N_DAYS];

  make (anna, boris, TRUE, 20000, as_holder);
  make (boris, anna, FALSE, 20000, as_reader);
  make (boris, anna, TRUE, 20000, back);
  make (boris, anna, FALSE, 20001, later);
  make (zoe, anna, FALSE, 20000, others);
  for (guint i = 0; i < N_DAYS; i++)
    {
      g_assert_true (is_same (&as_holder[i], &as_reader[i]));
      g_assert_false (is_same (&as_holder[i], &back[i]));
      g_assert_false (is_same (&as_holder[i], &others[i]));
    }
  for (guint i = 0; i + 1 < N_DAYS; i++)
    {
      g_assert_true (is_same (&as_holder[i + 1], &later[i]));
      g_assert_false (is_same (&as_holder[i], &as_holder[i + 1]));
    }
}

/* Written out, since peers of all versions must agree on it. */
static void
test_value (void)
{
  const guint8 seed[FR_IDENTITY_SEED_SIZE] = { 1 }, other_seed[FR_IDENTITY_SEED_SIZE] = { 2 };
  g_autoptr (FrIdentity) anna = fr_identity_new_from_seed (seed), boris = fr_identity_new_from_seed (other_seed);
  const guint8 expected[FR_CONTACT_TAG_SIZE] = { 0x84, 0x61, 0x9f, 0x2c };
  FrContactTag tags[N_DAYS];

  make (anna, boris, TRUE, 20000, tags);
  g_assert_cmpmem (tags[0].bytes, sizeof tags[0].bytes, expected, sizeof expected);
}

static void
test_no_key (void)
{
  static const FrPeerKey zero, one = { { 1 } };
  g_autoptr (FrIdentity) anna = fr_identity_new ();
  FrContactTag tag;

  g_assert_false (fr_identity_make_contact_tags (anna, &zero, TRUE, 1, 1, &tag));
  g_assert_false (fr_identity_make_contact_tags (anna, &one, TRUE, 1, 1, &tag));
}

void
test_identity_contact_add (void)
{
  g_test_add_func ("/identity/contact/agree", test_agree);
  g_test_add_func ("/identity/contact/value", test_value);
  g_test_add_func ("/identity/contact/no-key", test_no_key);
}
