/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-titles.h"

#include <string.h>

#include "fr-test-support.h"
#include "tests.h"

/* Titles match as in a gallery, those that come after the question too. */
static void
test_ask (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrSimTitles) titles = fr_sim_titles_new (100, rand);
  const FrSimQuestion *question = fr_sim_titles_ask (titles, "arbo");
  guint harbour = fr_sim_titles_add (titles, "old harbour");
  guint storm = fr_sim_titles_add (titles, "storm");

  g_assert_cmpuint (fr_sim_titles_get_n (titles), ==, 102);
  g_assert_cmpstr (fr_sim_question_get_words (question), ==, "arbo");
  g_assert_true (fr_sim_question_wants (question, harbour));
  g_assert_false (fr_sim_question_wants (question, storm));
  g_assert_false (fr_sim_question_wants (question, 1000000));
  g_assert_true (fr_sim_titles_ask (titles, "arbo") == question);
  g_assert_true (fr_sim_question_wants (fr_sim_titles_ask (titles, "harbour old"), harbour));
  g_assert_false (fr_sim_question_wants (fr_sim_titles_ask (titles, "harbour storm"), harbour));
  g_assert_false (fr_sim_question_wants (fr_sim_titles_ask (titles, ""), harbour));
  for (guint i = 0; i < 100; i++)
    g_assert_true (fr_sim_question_wants (question, i) == (strstr (fr_sim_titles_get (titles, i), "arbo") != NULL));
}

/* The most frequent word is as frequent as Zipf says: about one in nine. */
static void
test_zipf (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrSimTitles) titles = fr_sim_titles_new (0, rand);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL); /* words are borrowed from the list */
  GHashTableIter iter;
  gpointer count;
  guint most = 0;

  for (guint i = 0; i < 20000; i++)
    {
      gpointer word = (gpointer) fr_sim_titles_draw_word (titles, rand);

      g_hash_table_insert (counts, word, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, word)) + 1));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    most = MAX (most, GPOINTER_TO_UINT (count));
  g_assert_cmpfloat_with_epsilon (most / 20000.0, 0.112, 0.015);
  g_assert_cmpuint (g_hash_table_size (counts), >, 1500);
}

static void
test_words (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrSimTitles) titles = fr_sim_titles_new (10, rand);
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      char *word = fr_sim_titles_make_word (titles, rand);

      g_assert_cmpuint (strlen (word), >=, 5);
      g_assert_true (g_hash_table_add (words, word));
    }
}

void
test_titles_add (void)
{
  g_test_add_func ("/sim/titles/ask", test_ask);
  g_test_add_func ("/sim/titles/zipf", test_zipf);
  g_test_add_func ("/sim/titles/words", test_words);
}
