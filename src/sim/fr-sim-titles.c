/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-titles.h"

#include "fr-search-words.h"

struct _FrSimQuestion
{
  char *words;
  FrSearchWords *parsed; /* NULL: no search */
  GByteArray *wanted;    /* a bit a title */
};

struct _FrSimTitles
{
  GPtrArray *words;      /* of char *: the most frequent first */
  double *shares;        /* of the first n words together */
  GPtrArray *titles;     /* of char * */
  GHashTable *known;     /* a set of all words, borrowed and owned alike */
  GHashTable *questions; /* words -> FrSimQuestion */
};

/* Syllables as frequent letters make them, so that words share letters as real ones do. */
static const char *const onsets[] = { "b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n",
                                      "p", "pl", "r", "s", "sh", "st", "t", "tr", "v", "w" };
static const char *const vowels[] = { "a", "e", "i", "o", "u", "a", "e", "i", "o", "ea", "ou", "ai" };
static const char *const codas[] = { "", "", "", "", "n", "r", "l", "s", "t", "nd", "rt", "ck", "ng", "m" };

#define PICK(rand, list) ((list)[g_rand_int_range ((rand), 0, (gint32) G_N_ELEMENTS (list))])

static void
question_free (FrSimQuestion *self)
{
  g_free (self->words);
  fr_search_words_free (self->parsed);
  g_byte_array_unref (self->wanted);
  g_free (self);
}

static void
note_title (FrSimQuestion *question, guint title, const char *text)
{
  if (question->wanted->len <= title / 8)
    {
      guint8 none[64] = { 0 };

      g_byte_array_append (question->wanted, none, sizeof none);
    }
  if (question->parsed != NULL && fr_search_words_match (question->parsed, text))
    question->wanted->data[title / 8] |= (guint8) (1 << title % 8);
}

/**
 * fr_sim_titles_new:
 * @n_titles: how many to make
 * @rand: where chance comes from
 *
 * Returns: (transfer full): a list of titles
 */
FrSimTitles *
fr_sim_titles_new (guint n_titles, GRand *rand)
{
  FrSimTitles *self = g_new0 (FrSimTitles, 1);
  double sum = 0;

  self->words = g_ptr_array_new_with_free_func (g_free);
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->questions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) question_free);
  self->shares = g_new (double, FR_SIM_TITLES_WORDS);
  for (guint i = 0; i < FR_SIM_TITLES_WORDS; i++)
    {
      g_ptr_array_add (self->words, fr_sim_titles_make_word (self, rand));
      self->shares[i] = sum += 1.0 / (i + 1);
    }
  for (guint i = 0; i < n_titles; i++)
    {
      g_autoptr (GString) title = g_string_new (NULL);

      for (guint j = 0; j < FR_SIM_TITLES_LENGTH; j++)
        g_string_append_printf (title, "%s%s", j > 0 ? " " : "", fr_sim_titles_draw_word (self, rand));
      g_ptr_array_add (self->titles, g_string_free (g_steal_pointer (&title), FALSE));
    }
  return self;
}

/**
 * fr_sim_titles_free:
 * @self: (nullable) (transfer full): a list of titles
 */
void
fr_sim_titles_free (FrSimTitles *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->questions);
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->words);
  g_free (self->shares);
  g_free (self);
}

/**
 * fr_sim_titles_add:
 * @self: a list of titles
 * @title: another one, folded
 *
 * Returns: its number
 */
guint
fr_sim_titles_add (FrSimTitles *self, const char *title)
{
  GHashTableIter iter;
  gpointer question;

  g_ptr_array_add (self->titles, g_strdup (title));
  g_hash_table_iter_init (&iter, self->questions);
  while (g_hash_table_iter_next (&iter, NULL, &question))
    note_title (question, self->titles->len - 1, title);
  return self->titles->len - 1;
}

/**
 * fr_sim_titles_get_n:
 * @self: a list of titles
 *
 * Returns: how many there are
 */
guint
fr_sim_titles_get_n (const FrSimTitles *self)
{
  return self->titles->len;
}

/**
 * fr_sim_titles_get:
 * @self: a list of titles
 * @title: the number of one
 *
 * Returns: (transfer none): the title
 */
const char *
fr_sim_titles_get (const FrSimTitles *self, guint title)
{
  return g_ptr_array_index (self->titles, title);
}

/**
 * fr_sim_titles_draw_word:
 * @self: a list of titles
 * @rand: where chance comes from
 *
 * Returns: (transfer none): a word, by its frequency
 */
const char *
fr_sim_titles_draw_word (FrSimTitles *self, GRand *rand)
{
  double at = g_rand_double (rand) * self->shares[FR_SIM_TITLES_WORDS - 1];
  guint low = 0, high = FR_SIM_TITLES_WORDS - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (self->shares[middle] < at)
        low = middle + 1;
      else
        high = middle;
    }
  return g_ptr_array_index (self->words, low);
}

/**
 * fr_sim_titles_make_word:
 * @self: a list of titles
 * @rand: where chance comes from
 *
 * Returns: (transfer full): a word of six to twelve letters or so that is in no title yet
 */
char *
fr_sim_titles_make_word (FrSimTitles *self, GRand *rand)
{
  for (;;)
    {
      g_autoptr (GString) word = g_string_new (NULL);
      guint n_syllables = (guint) g_rand_int_range (rand, 2, 4);

      for (guint i = 0; i < n_syllables; i++)
        {
          g_string_append (word, PICK (rand, onsets));
          g_string_append (word, PICK (rand, vowels));
          g_string_append (word, PICK (rand, codas));
        }
      if (word->len >= 5 && g_hash_table_add (self->known, g_strdup (word->str)))
        return g_string_free (g_steal_pointer (&word), FALSE);
    }
}

/**
 * fr_sim_titles_ask:
 * @self: a list of titles
 * @words: what is looked for
 *
 * Returns: (transfer none): which titles match
 */
const FrSimQuestion *
fr_sim_titles_ask (FrSimTitles *self, const char *words)
{
  FrSimQuestion *question = g_hash_table_lookup (self->questions, words);

  if (question != NULL)
    return question;
  question = g_new0 (FrSimQuestion, 1);
  question->words = g_strdup (words);
  question->wanted = g_byte_array_new ();
  question->parsed = fr_search_words_parse (words, NULL);
  for (guint i = 0; i < self->titles->len; i++)
    note_title (question, i, g_ptr_array_index (self->titles, i));
  g_hash_table_insert (self->questions, question->words, question);
  return question;
}

/**
 * fr_sim_question_get_words:
 * @self: a question
 *
 * Returns: (transfer none): what is looked for
 */
const char *
fr_sim_question_get_words (const FrSimQuestion *self)
{
  return self->words;
}

/**
 * fr_sim_question_wants:
 * @self: a question
 * @title: the number of a title
 *
 * Returns: whether it matches
 */
gboolean
fr_sim_question_wants (const FrSimQuestion *self, guint title)
{
  return title / 8 < self->wanted->len && (self->wanted->data[title / 8] >> title % 8 & 1) != 0;
}
