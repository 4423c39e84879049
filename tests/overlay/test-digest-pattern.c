/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-digest.h"
#include "fr-digest-pattern.h"
#include "fr-ngram-set.h"
#include "fr-search-words.h"
#include "fr-test-support.h"
#include "fr-text-fold.h"

#include "tests.h"

static gboolean
set_has_all (FrNgramSet *set, const FrDigestPattern *pattern)
{
  guint n_set, n;
  const guint32 *set_hashes = fr_ngram_set_get_hashes (set, &n_set);
  const guint32 *hashes = fr_digest_pattern_get_hashes (pattern, &n);

  for (guint i = 0; i < n; i++)
    {
      guint k = 0;

      while (k < n_set && set_hashes[k] != hashes[i])
        k++;
      if (k == n_set)
        return FALSE;
    }
  return TRUE;
}

static void
test_table (void)
{
  static const struct
  {
    const char *words, *same_as; /* a text with the same n-grams; NULL: no digest can judge it */
  } rows[] = {
    { "harbour", "harbour" },
    { "HARBOUR", "harbour" },
    { "Zo\303\253s", "zoes" },
    { "old harbour", "old harbour" },
    { "\"old harbour\"", "old harbour" },
    { "harbour -night", "harbour" },
    { "-night", NULL },
    { "-\"old harbour\"", NULL },
    { "a bc", NULL },
    { "\"a bc\"", NULL },
    { "a harbour", "harbour" },
    { "\"at the sea\"", "the sea" },
    { "\346\270\257\345\217\243", NULL },
    { "\346\270\257\345\217\243\345\237\216", "\346\270\257\345\217\243\345\237\216" },
    { "", NULL },
    { "\"", NULL },
    { "\377\376", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrDigestPattern) pattern = fr_digest_pattern_new (rows[i].words);
      g_autoptr (FrNgramSet) set = fr_ngram_set_new ();
      guint n;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_true ((pattern != NULL) == (rows[i].same_as != NULL));
      if (pattern == NULL)
        continue;
      fr_ngram_set_add_text (set, rows[i].same_as);
      fr_digest_pattern_get_hashes (pattern, &n);
      g_assert_cmpuint (n, ==, fr_ngram_set_get_size (set));
      g_assert_true (set_has_all (set, pattern));
    }
  fr_digest_pattern_free (NULL);
}

/* A word of n letters has 3n - 9 runs: 88 of them make 255, and one more 258. */
static void
test_limit (void)
{
  static const struct
  {
    guint n_letters, n_hashes;
  } rows[] = {
    { 88, 255 },
    { 89, FR_DIGEST_PATTERN_MAX_HASHES },
    { FR_SEARCH_MAX_BYTES, FR_DIGEST_PATTERN_MAX_HASHES },
    { FR_SEARCH_MAX_BYTES + 1, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = g_strnfill (rows[i].n_letters, 'x');
      g_autoptr (FrDigestPattern) pattern = fr_digest_pattern_new (words);
      guint n = 0;

      if (pattern != NULL)
        fr_digest_pattern_get_hashes (pattern, &n);
      g_assert_cmpuint (n, ==, rows[i].n_hashes);
    }
}

static char *
random_text (GRand *rand, gint32 max)
{
  static const char *const parts[] = { "a", "b", "c", "A", " ", " ", "-", "\"", "\303\253", "\303\211", "\346\270\257",
                                       "\357\254\201", "\302\255", "\n", "\314\210", "\316\243" };
  GString *text = g_string_new (NULL);

  for (gint32 n = g_rand_int_range (rand, 1, max); n > 0; n--)
    g_string_append (text, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
  return g_string_free (text, FALSE);
}

/* Some piece of a text, sometimes as a phrase, with another word or one that must not be there. */
static char *
random_search (GRand *rand, const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  glong from = g_rand_int_range (rand, 0, (gint32) length);
  glong to = g_rand_int_range (rand, (gint32) from + 1, (gint32) length + 1);
  g_autofree char *piece = g_utf8_substring (text, from, to);
  g_autofree char *other = random_text (rand, 4);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      return g_strdup_printf ("\"%s\"", piece);
    case 1:
      return g_strdup_printf ("%s %s", piece, other);
    case 2:
      return g_strdup_printf ("%s -%s", piece, other);
    case 3:
      return g_utf8_strup (piece, -1);
    default:
      return g_steal_pointer (&piece);
    }
}

/* What matches has all that the pattern asks for, whatever is typed: or else pictures would not be found. */
static void
test_no_match_is_lost (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  guint n_judged = 0, n_ruled_out = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *title = random_text (rand, 40), *tag = random_text (rand, 12), *typed = NULL;
      g_autofree char *folded_title = fr_text_fold (title, -1), *folded_tag = fr_text_fold (tag, -1);
      g_autofree char *folded = g_strdup_printf ("%s\n%s", folded_title, folded_tag);
      g_autoptr (FrNgramSet) set = fr_ngram_set_new ();
      g_autoptr (FrSearchWords) words = NULL;
      g_autoptr (FrDigestPattern) pattern = NULL;

      typed = g_rand_boolean (rand) ? random_search (rand, title) : random_text (rand, 10);
      words = fr_search_words_parse (typed, NULL);
      pattern = fr_digest_pattern_new (typed);
      if (words == NULL || pattern == NULL)
        continue;
      fr_ngram_set_add_text (set, folded);
      if (!set_has_all (set, pattern))
        {
          g_assert_false (fr_search_words_match (words, folded));
          n_ruled_out++;
        }
      n_judged += fr_search_words_match (words, folded);
    }
  g_test_message ("%u matches, %u ruled out", n_judged, n_ruled_out);
  g_assert_cmpuint (n_judged, >, 1000);
  g_assert_cmpuint (n_ruled_out, >, 1000);
}

/* Words or one of the tags, each tag with all its bits. */
static void
test_tags (void)
{
  static const FrContactTag tags[] = { { { 1, 2, 3, 4 } }, { { 1, 2, 3, 5 } } };
  g_autoptr (FrDigestPattern) pattern = fr_digest_pattern_new_with_tags ("harbour", tags, 2);
  const guint32 *hashes;
  guint n_tags;

  hashes = fr_digest_pattern_get_tag_hashes (pattern, &n_tags);
  g_assert_cmpuint (n_tags, ==, 2);
  for (guint i = 0; i < n_tags; i++)
    {
      guint32 expected[FR_CONTACT_TAG_N_HASHES];

      fr_contact_tag_get_hashes (&tags[i], expected);
      g_assert_cmpmem (hashes + i * FR_CONTACT_TAG_N_HASHES, sizeof expected, expected, sizeof expected);
      for (guint n = 0; n <= FR_CONTACT_TAG_N_HASHES; n++)
        {
          g_autoptr (FrDigest) digest = fr_digest_new (expected, n);

          g_assert_true (fr_digest_may_match (digest, pattern) == (n == FR_CONTACT_TAG_N_HASHES));
        }
    }
  g_assert_null (fr_digest_pattern_new_with_tags ("ha", tags, 2)); /* goes everywhere anyway */
}

void
test_digest_pattern_add (void)
{
  g_test_add_func ("/overlay/digest-pattern/tags", test_tags);
  g_test_add_func ("/overlay/digest-pattern/table", test_table);
  g_test_add_func ("/overlay/digest-pattern/limit", test_limit);
  g_test_add_func ("/overlay/digest-pattern/no-match-is-lost", test_no_match_is_lost);
}
