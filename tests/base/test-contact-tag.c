/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-contact-tag.h"
#include "fr-ngram-set.h"
#include "tests.h"

/* Written out, since peers of all versions must agree on them. */
static void
test_hashes (void)
{
  static const FrContactTag tag = { { 1, 2, 3, 4 } }, other = { { 1, 2, 3, 5 } };
  guint32 hashes[FR_CONTACT_TAG_N_HASHES], others[FR_CONTACT_TAG_N_HASHES];
  g_autoptr (FrNgramSet) set = fr_ngram_set_new ();

  fr_contact_tag_get_hashes (&tag, hashes);
  fr_contact_tag_get_hashes (&other, others);
  g_assert_cmphex (hashes[0], ==, 0xf2bf50f5);
  g_assert_cmphex (hashes[7], ==, 0xe5575e1e);
  fr_ngram_set_add_hashes (set, hashes, FR_CONTACT_TAG_N_HASHES);
  fr_ngram_set_add_hashes (set, hashes, FR_CONTACT_TAG_N_HASHES);
  g_assert_cmpuint (fr_ngram_set_get_size (set), ==, FR_CONTACT_TAG_N_HASHES);
  fr_ngram_set_add_hashes (set, others, FR_CONTACT_TAG_N_HASHES);
  g_assert_cmpuint (fr_ngram_set_get_size (set), ==, 2 * FR_CONTACT_TAG_N_HASHES);
}

/* A run of letters and any bytes are hashed alike. */
static void
test_same_as_letters (void)
{
  FrNgramIter iter;
  guint32 hash;

  fr_ngram_iter_init (&iter, "abc");
  g_assert_true (fr_ngram_iter_next (&iter, &hash));
  g_assert_cmphex (hash, ==, fr_ngram_hash_bytes ((const guint8 *) "abc", 3));
}

void
test_contact_tag_add (void)
{
  g_test_add_func ("/base/contact-tag/hashes", test_hashes);
  g_test_add_func ("/base/contact-tag/same-as-letters", test_same_as_letters);
}
