/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-words.h"

#include "fr-text-fold.h"

#include <string.h>

/* The index knows runs of this many characters, so a shorter word is looked for in the text itself. */
#define INDEXED_CHARS 3

typedef struct
{
  char *folded;
  gboolean without;
} Word;

struct _FrSearchWords
{
  GArray *words; /* owned: Word */
  char *index_query;
};

static void
word_clear (gpointer data)
{
  Word *word = data;

  g_free (word->folded);
}

/* Keyboards and word processors make quotation marks of many kinds of the one that was meant. */
static gboolean
is_quote (gunichar character)
{
  return character == '"' || character == 0x201c || character == 0x201d || character == 0x201e;
}

/* Takes one word or phrase off the text; the quotation mark that ends a phrase may be missing. */
static const char *
take_word (const char *at, Word *out_word)
{
  gunichar character;
  const char *start, *end;
  gboolean phrase;

  out_word->without = *at == '-';
  if (out_word->without)
    at++;
  phrase = is_quote (g_utf8_get_char (at));
  start = end = phrase ? g_utf8_next_char (at) : at;
  while (*end != '\0')
    {
      character = g_utf8_get_char (end);
      if (is_quote (character) || (!phrase && (g_unichar_isspace (character) || g_unichar_iscntrl (character))))
        break;
      end = g_utf8_next_char (end);
    }
  out_word->folded = fr_text_fold (start, end - start);
  return phrase && *end != '\0' ? g_utf8_next_char (end) : end;
}

/* Everything in quotation marks is a string to FTS5, and a string of three characters or more a run to be found; its
 * operators, columns and stars mean nothing in there. */
static char *
make_index_query (GArray *words)
{
  GString *query = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const Word *word = &g_array_index (words, Word, i);
      g_autofree char *escaped = NULL;
      GString *doubled;

      if (word->without || g_utf8_strlen (word->folded, -1) < INDEXED_CHARS)
        continue;
      doubled = g_string_new (word->folded);
      g_string_replace (doubled, "\"", "\"\"", 0);
      escaped = g_string_free (doubled, FALSE);
      g_string_append_printf (query, "%s\"%s\"", query->len > 0 ? " AND " : "", escaped);
    }
  return g_string_free (query, query->len == 0);
}

static FrSearchWords *
refuse (FrSearchWordsFault fault, FrSearchWordsFault *out_fault)
{
  if (out_fault != NULL)
    *out_fault = fault;
  return NULL;
}

/**
 * fr_search_words_parse:
 * @text: what was typed, by the person here or by a stranger
 * @out_fault: (out) (optional): what is wrong with it; untouched if nothing is
 *
 * Understands a search: words, `"phrases"`, `-without`. Nothing else has a meaning, so nothing else is an error: only
 * what is no UTF-8, has no word in it, more than %FR_SEARCH_MAX_WORDS or more than %FR_SEARCH_MAX_BYTES bytes.
 *
 * Returns: (transfer full) (nullable): the words
 */
FrSearchWords *
fr_search_words_parse (const char *text, FrSearchWordsFault *out_fault)
{
  g_autoptr (FrSearchWords) self = g_new0 (FrSearchWords, 1);
  const char *at = text;

  self->words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_array_set_clear_func (self->words, word_clear);
  if (strlen (text) > FR_SEARCH_MAX_BYTES || !g_utf8_validate (text, -1, NULL))
    return refuse (FR_SEARCH_WORDS_NOT_TEXT, out_fault);
  while (*at != '\0')
    {
      Word word;

      at = take_word (at, &word);
      if (*word.folded != '\0')
        g_array_append_val (self->words, word);
      else
        word_clear (&word);
      while (*at != '\0' && (g_unichar_isspace (g_utf8_get_char (at)) || g_unichar_iscntrl (g_utf8_get_char (at))))
        at = g_utf8_next_char (at);
    }
  if (self->words->len == 0 || self->words->len > FR_SEARCH_MAX_WORDS)
    return refuse (self->words->len == 0 ? FR_SEARCH_WORDS_NONE : FR_SEARCH_WORDS_TOO_MANY, out_fault);
  self->index_query = make_index_query (self->words);
  return g_steal_pointer (&self);
}

/**
 * fr_search_words_free:
 * @self: (nullable) (transfer full): words
 *
 * Frees them.
 */
void
fr_search_words_free (FrSearchWords *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->words);
  g_free (self->index_query);
  g_free (self);
}

/**
 * fr_search_words_get_n:
 * @self: words
 *
 * Returns: how many words and phrases there are, at least one
 */
guint
fr_search_words_get_n (const FrSearchWords *self)
{
  return self->words->len;
}

/**
 * fr_search_words_get_folded:
 * @self: words
 * @i: which of them, from 0
 *
 * Returns: (transfer none): the word or phrase, folded
 */
const char *
fr_search_words_get_folded (const FrSearchWords *self, guint i)
{
  return g_array_index (self->words, Word, i).folded;
}

/**
 * fr_search_words_get_without:
 * @self: words
 * @i: which of them, from 0
 *
 * Returns: whether it must not be there
 */
gboolean
fr_search_words_get_without (const FrSearchWords *self, guint i)
{
  return g_array_index (self->words, Word, i).without;
}

/**
 * fr_search_words_match:
 * @self: words
 * @folded: text as fr_text_fold() makes it
 *
 * Returns: whether every word is in @folded, and none that must not be
 */
gboolean
fr_search_words_match (const FrSearchWords *self, const char *folded)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      const Word *word = &g_array_index (self->words, Word, i);

      if ((strstr (folded, word->folded) != NULL) == word->without)
        return FALSE;
    }
  return TRUE;
}

/**
 * fr_search_words_get_index_query:
 * @self: words
 *
 * What to ask an FTS5 table with the trigram tokenizer. It finds all that match and perhaps more; of its rows those are
 * right that fr_search_words_match() holds for.
 *
 * Returns: (nullable): the query, or %NULL if no word is long enough to be found there
 */
const char *
fr_search_words_get_index_query (const FrSearchWords *self)
{
  return self->index_query;
}

/**
 * fr_search_words_to_string:
 * @self: words
 *
 * Returns: (transfer full): what was understood, each word in brackets, for tests and for the log
 */
char *
fr_search_words_to_string (const FrSearchWords *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->words->len; i++)
    {
      const Word *word = &g_array_index (self->words, Word, i);

      g_string_append_printf (text, "%s[%s]", word->without ? "-" : "", word->folded);
    }
  return g_string_free (text, FALSE);
}
