/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-ngram-set.h"
#include "fr-test-support.h"

#include <string.h>

#include "tests.h"

/* What other programs must get too, reckoned by another one. */
static void
test_hashes (void)
{
  static const struct
  {
    const char *text;
    guint32 hash;
  } rows[] = {
    { "abc", 0x27cbc5bd },
    { "har", 0x5ee91630 },
    { "\346\270\257\345\217\243\345\237\216", 0xd95f636b },
  };
  static const guint32 all[] = { 0x5ee91630, 0xb9edce31, 0x264a0630 };
  FrNgramIter iter;
  guint32 hash;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fr_ngram_iter_init (&iter, rows[i].text);
      g_assert_true (fr_ngram_iter_next (&iter, &hash));
      g_assert_cmphex (hash, ==, rows[i].hash);
      g_assert_false (fr_ngram_iter_next (&iter, &hash));
      g_assert_false (fr_ngram_iter_next (&iter, &hash));
    }
  fr_ngram_iter_init (&iter, "harbour");
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_assert_true (fr_ngram_iter_next (&iter, &hash));
      g_assert_cmphex (hash, ==, all[i]);
    }
}

static void
test_runs (void)
{
  static const struct
  {
    const char *text;
    guint n;
  } rows[] = {
    { "", 0 },
    { " ", 0 },
    { "ab", 0 },
    { "abc", 1 },
    { "abcd", 3 },
    { "abcde", 6 },
    { "harbour", 12 },
    { "ab cd ef", 0 },                                    /* never across a space, */
    { "ab\ncd", 0 },                                      /* nor from one text into the next */
    { "abc abc\n\nabc", 1 },
    { "aaaaaaaa", 3 },
    { "  abc  ", 1 },
    { "\346\270\257\345\217\243", 0 },                    /* two letters of six bytes */
    { "\346\270\257\345\217\243\345\237\216", 1 },
    { "i'm", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrNgramSet) set = fr_ngram_set_new ();
      guint n = 77;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      fr_ngram_set_add_text (set, rows[i].text);
      g_assert_cmpuint (fr_ngram_set_get_size (set), ==, rows[i].n);
      g_assert_true ((fr_ngram_set_get_hashes (set, &n) != NULL) == (rows[i].n > 0));
      g_assert_cmpuint (n, ==, rows[i].n);
    }
  fr_ngram_set_free (NULL);
}

static void
assert_same (FrNgramSet *set, GHashTable *model)
{
  guint n;
  const guint32 *hashes = fr_ngram_set_get_hashes (set, &n);

  g_assert_cmpuint (n, ==, g_hash_table_size (model));
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (g_hash_table_contains (model, GUINT_TO_POINTER (hashes[i])));
      g_assert_true (i == 0 || hashes[i - 1] < hashes[i]);
    }
}

/* Small and large, looked at often and seldom: the same as a plain set. */
static void
test_like_a_plain_set (void)
{
  static const char *const letters[] = { "a", "b", "c", "d", "e", " ", "\303\253", "\346\270\257" };
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (FrNgramSet) set = fr_ngram_set_new ();
      g_autoptr (GHashTable) model = g_hash_table_new (NULL, NULL);
      guint n_texts = 1u << round;

      for (guint i = 0; i < n_texts; i++)
        {
          g_autoptr (GString) text = g_string_new (NULL);
          FrNgramIter iter;
          guint32 hash;

          for (gint32 n = g_rand_int_range (rand, 0, 40); n > 0; n--)
            g_string_append (text, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
          fr_ngram_set_add_text (set, text->str);
          fr_ngram_iter_init (&iter, text->str);
          while (fr_ngram_iter_next (&iter, &hash))
            g_hash_table_add (model, GUINT_TO_POINTER (hash));
          if (g_rand_int_range (rand, 0, 50) == 0)
            assert_same (set, model);
        }
      assert_same (set, model);
    }
}

/* Whoever hands over what is no UTF-8 gets hashes of some kind, and nothing behind the text is read. */
static void
test_any_bytes (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrNgramSet) set = fr_ngram_set_new ();

  for (guint i = 0; i < 2000; i++)
    {
      gsize size = (gsize) g_rand_int_range (rand, 0, 12);
      g_autofree char *exact = g_malloc (size + 1);

      for (gsize k = 0; k < size; k++)
        exact[k] = (char) g_rand_int_range (rand, 1, 256);
      exact[size] = '\0';
      fr_ngram_set_add_text (set, exact);
    }
  g_assert_cmpuint (fr_ngram_set_get_size (set), >, 0);
}

void
test_ngram_set_add (void)
{
  g_test_add_func ("/base/ngram-set/hashes", test_hashes);
  g_test_add_func ("/base/ngram-set/runs", test_runs);
  g_test_add_func ("/base/ngram-set/like-a-plain-set", test_like_a_plain_set);
  g_test_add_func ("/base/ngram-set/any-bytes", test_any_bytes);
}
