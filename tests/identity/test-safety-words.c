/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-safety-words.h"

#include <string.h>

#include "fr-safety-word-list.h"
#include "fr-test-support.h"
#include "tests.h"

static FrPeerKey
key_of (guint8 byte)
{
  FrPeerKey key;

  memset (&key, byte, sizeof key);
  return key;
}

static char *
make (const FrPeerKey *one, const FrPeerKey *other)
{
  g_auto (GStrv) words = fr_safety_words_make (one, other);

  g_assert_cmpuint (g_strv_length (words), ==, FR_SAFETY_WORDS_N);
  return g_strjoinv (" ", words);
}

/* What is said aloud must be the same in every version, or people would take each other for somebody else. */
static void
test_vectors (void)
{
  static const struct
  {
    guint8 one, other;
    const char *words;
  } rows[] = {
    { 1, 2, "vitamin universe pastry tornado sundial avocado solid purple" },
    { 2, 1, "vitamin universe pastry tornado sundial avocado solid purple" },
    { 1, 3, "weekend jogger curtain newborn friend tuesday chestnut clay" },
    { 0, 255, "secret toothpick minute carpet plaza harp cinnamon student" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const FrPeerKey one = key_of (rows[i].one), other = key_of (rows[i].other);
      g_autofree char *words = make (&one, &other);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* One bit of either key makes others of about all words. */
static void
test_one_bit (void)
{
  const FrPeerKey one = key_of (7), other = key_of (9);
  g_auto (GStrv) words = fr_safety_words_make (&one, &other);

  for (guint bit = 0; bit < FR_PEER_KEY_SIZE * 8; bit += 37)
    {
      FrPeerKey changed = bit % 2 == 0 ? one : other;
      g_auto (GStrv) others = NULL;
      guint n_same = 0;

      changed.bytes[bit / 8] ^= 1 << bit % 8;
      others = bit % 2 == 0 ? fr_safety_words_make (&changed, &other) : fr_safety_words_make (&one, &changed);
      for (guint i = 0; i < FR_SAFETY_WORDS_N; i++)
        n_same += g_str_equal (words[i], others[i]);
      g_assert_cmpuint (n_same, <=, 1);
    }
}

static gboolean
differ_in_one_letter (const char *a, const char *b)
{
  gsize n_a = strlen (a), n_b = strlen (b), start = 0, end = 0;

  while (a[start] != '\0' && a[start] == b[start])
    start++;
  while (end < MIN (n_a, n_b) - start && a[n_a - 1 - end] == b[n_b - 1 - end])
    end++;
  return MAX (n_a, n_b) - start - end <= 1;
}

/* Words that can be told apart when they are heard. */
static void
test_list (void)
{
  for (guint i = 0; i < FR_SAFETY_WORD_LIST_LENGTH; i++)
    {
      const char *word = fr_safety_word_list[i];

      g_assert_cmpuint (strlen (word), >=, 3);
      g_assert_cmpuint (strlen (word), <, FR_SAFETY_WORD_SIZE);
      g_assert_cmpuint (strspn (word, "abcdefghijklmnopqrstuvwxyz"), ==, strlen (word));
      if (i > 0)
        g_assert_cmpstr (fr_safety_word_list[i - 1], <, word);
      for (guint j = 0; j < i; j++)
        g_assert_false (differ_in_one_letter (fr_safety_word_list[j], word));
    }
}

void
test_safety_words_add (void)
{
  g_test_add_func ("/identity/safety-words/vectors", test_vectors);
  g_test_add_func ("/identity/safety-words/one-bit", test_one_bit);
  g_test_add_func ("/identity/safety-words/list", test_list);
}
