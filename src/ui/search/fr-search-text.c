/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-text.h"

#include <glib/gi18n.h>

#include "fr-search-words.h"

/**
 * fr_search_text_get_view:
 * @facts: what is known about a search
 *
 * Returns: what to show
 */
FrSearchView
fr_search_text_get_view (const FrSearchFacts *facts)
{
  gboolean is_for_one = facts->scope == FR_SCOPE_PERSON;

  if (*facts->words == '\0')
    return FR_SEARCH_VIEW_START;
  if (facts->n_found > 0)
    return facts->n_hidden < facts->n_found ? FR_SEARCH_VIEW_WALL : FR_SEARCH_VIEW_HIDDEN;
  if (!facts->looked_here && !is_for_one)
    return FR_SEARCH_VIEW_WALL;
  if (facts->asked == NULL || facts->scope == FR_SCOPE_MINE)
    return FR_SEARCH_VIEW_ASK;
  if (facts->n_here == 0)
    return is_for_one ? FR_SEARCH_VIEW_AWAY : FR_SEARCH_VIEW_NOBODY;
  if (facts->is_listening && facts->elapsed_us < FR_SEARCH_PATIENCE_US)
    return FR_SEARCH_VIEW_WALL;
  return FR_SEARCH_VIEW_NOTHING;
}

/* Sentences are whole, each with one number at most, so that every language can count in its own way. */
static void
add (char **text, char *sentence)
{
  char *before = *text;

  if (sentence == NULL)
    return;
  if (before == NULL)
    {
      *text = sentence;
      return;
    }
  /* Translators: between two sentences; what is between the two %s is usually a space */
  *text = g_strdup_printf (C_ ("sentences", "%s %s"), before, sentence);
  g_free (before);
  g_free (sentence);
}

static char *
count (const char *sentence_format, guint n)
{
  return g_strdup_printf (sentence_format, n);
}

static char *
invite_to_ask (const FrSearchFacts *facts)
{
  switch (facts->scope)
    {
    case FR_SCOPE_PEOPLE:
      return g_strdup (_ ("Press Enter to ask your people."));
    case FR_SCOPE_PERSON:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("Press Enter to ask %s."), facts->person);
    case FR_SCOPE_MINE:
      return NULL;
    case FR_SCOPE_EVERYONE:
    default:
      return g_strdup (_ ("Press Enter to ask your people and theirs."));
    }
}

static char *
describe_own (const FrSearchFacts *facts)
{
  char *text = NULL;

  if (facts->n_found == 0)
    return NULL; /* the page says it */
  add (&text,
       count (ngettext ("%u picture of your own.", "%u pictures of your own.", facts->n_found), facts->n_found));
  add (&text, invite_to_ask (facts));
  return text;
}

static char *
describe_asked (const FrSearchFacts *facts)
{
  if (facts->is_going_further)
    return g_strdup (_ ("Asking people who are further away…"));
  if (facts->n_asked == 0)
    return NULL;
  if (facts->scope == FR_SCOPE_PERSON)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("Asked %s."), facts->person);
  if (facts->is_at_end && facts->scope == FR_SCOPE_EVERYONE)
    return count (ngettext ("Asked %u person: everyone who can be reached.",
                            "Asked %u people: everyone who can be reached.", facts->n_asked),
                  facts->n_asked);
  return count (ngettext ("Asked %u person.", "Asked %u people.", facts->n_asked), facts->n_asked);
}

static char *
describe_answers (const FrSearchFacts *facts)
{
  char *text = facts->is_stopped ? g_strdup (_ ("Stopped.")) : describe_asked (facts);

  if (facts->n_found > 0)
    add (&text, facts->is_listening || facts->is_stopped
                    ? count (ngettext ("%u picture so far.", "%u pictures so far.", facts->n_found), facts->n_found)
                    : count (ngettext ("%u picture.", "%u pictures.", facts->n_found), facts->n_found));
  if (facts->is_listening)
    add (&text, g_strdup (_ ("Still listening.")));
  return text;
}

static char *
describe_nobody (const FrSearchFacts *facts)
{
  char *text;

  if (facts->scope != FR_SCOPE_PERSON && facts->has_earlier)
    return g_strdup (_ ("Nobody is here right now. These are from earlier."));
  if (facts->scope != FR_SCOPE_PERSON)
    return g_strdup (_ ("Nobody is here right now, so only your own pictures were searched."));
  /* Translators: the name of a person */
  text = g_strdup_printf (_ ("%s is not here right now."), facts->person);
  if (facts->n_found > 0)
    add (&text, g_strdup (_ ("These are from earlier.")));
  return text;
}

static char *
describe (const FrSearchFacts *facts)
{
  if (facts->asked == NULL || facts->scope == FR_SCOPE_MINE)
    return describe_own (facts);
  if (!g_str_equal (facts->words, facts->asked))
    /* Translators: both are what a person was looking for: first the words before, then the new ones */
    return g_strdup_printf (_ ("These are for “%s”. Press Enter to ask for “%s”."), facts->asked, facts->words);
  if (facts->error != NULL)
    return g_strdup (facts->error);
  /* people may go while they are asked */
  return facts->n_here == 0 && facts->n_asked == 0 ? describe_nobody (facts) : describe_answers (facts);
}

/**
 * fr_search_text_describe:
 * @facts: what is known about a search
 *
 * Returns: (transfer full) (nullable): one line about it; %NULL: there is nothing to say, or the page says it
 */
char *
fr_search_text_describe (const FrSearchFacts *facts)
{
  FrSearchView view = fr_search_text_get_view (facts);
  char *text;

  if (view == FR_SEARCH_VIEW_START || view == FR_SEARCH_VIEW_NOBODY || view == FR_SEARCH_VIEW_AWAY
      || (view == FR_SEARCH_VIEW_NOTHING && !facts->is_listening && facts->error == NULL))
    return NULL;
  text = describe (facts);
  if (facts->n_hidden > 0 && view != FR_SEARCH_VIEW_HIDDEN)
    add (&text, count (ngettext ("%u is hidden by filters.", "%u are hidden by filters.", facts->n_hidden),
                       facts->n_hidden));
  if (facts->n_blocked > 0)
    add (&text, count (ngettext ("%u picture from people you blocked is not shown.",
                                 "%u pictures from people you blocked are not shown.", facts->n_blocked),
                       facts->n_blocked));
  return text;
}

/**
 * fr_search_text_describe_fault:
 * @words: what is typed
 *
 * Returns: (nullable): why that cannot be looked for; %NULL: it can
 */
const char *
fr_search_text_describe_fault (const char *words)
{
  FrSearchWordsFault fault = FR_SEARCH_WORDS_NONE;
  g_autoptr (FrSearchWords) parsed = fr_search_words_parse (words, &fault);

  if (parsed != NULL)
    return NULL;
  return fault == FR_SEARCH_WORDS_NONE ? _ ("Type a word to look for.") : _ ("That is too much at once. Use fewer words.");
}

/**
 * fr_search_text_make_title:
 * @facts: what is known about a search that shows no pictures
 *
 * Returns: (transfer full): what that is called
 */
char *
fr_search_text_make_title (const FrSearchFacts *facts)
{
  switch (fr_search_text_get_view (facts))
    {
    case FR_SEARCH_VIEW_ASK:
      return facts->scope == FR_SCOPE_PERSON
                 /* Translators: the name of a person */
                 ? g_strdup_printf (_ ("Ask %s"), facts->person)
                 : g_strdup (_ ("None of Your Own"));
    case FR_SEARCH_VIEW_HIDDEN:
      return g_strdup (_ ("Hidden by Filters"));
    case FR_SEARCH_VIEW_NOTHING:
      return g_strdup (_ ("Nothing Found"));
    case FR_SEARCH_VIEW_NOBODY:
      return g_strdup (_ ("Nobody Is Here Right Now"));
    case FR_SEARCH_VIEW_AWAY:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("%s Is Not Here Right Now"), facts->person);
    case FR_SEARCH_VIEW_START:
    case FR_SEARCH_VIEW_WALL:
    default:
      return g_strdup (_ ("Look for Pictures"));
    }
}

static char *
make_nothing_body (const FrSearchFacts *facts)
{
  char *text = facts->is_stopped ? g_strdup (_ ("Stopped before everyone had time to answer.")) : describe_asked (facts);

  add (&text, g_strdup (facts->is_wished ? _ ("Try fewer words, or parts of words. You will be told when it turns up.")
                                         : _ ("Try fewer words, or parts of words, or be told when it turns up.")));
  return text;
}

/**
 * fr_search_text_make_body:
 * @facts: what is known about a search that shows no pictures
 *
 * Returns: (transfer full): what to do about it
 */
char *
fr_search_text_make_body (const FrSearchFacts *facts)
{
  switch (fr_search_text_get_view (facts))
    {
    case FR_SEARCH_VIEW_ASK:
      return facts->scope == FR_SCOPE_MINE ? g_strdup (_ ("Try fewer words, or ask your people and theirs."))
                                           : invite_to_ask (facts);
    case FR_SEARCH_VIEW_HIDDEN:
      return count (ngettext ("%u picture was found, and it does not pass.",
                              "%u pictures were found, and none of them passes.", facts->n_found),
                    facts->n_found);
    case FR_SEARCH_VIEW_NOTHING:
      return make_nothing_body (facts);
    case FR_SEARCH_VIEW_NOBODY:
      return g_strdup (_ ("So only your own pictures were searched, and none of them matches."));
    case FR_SEARCH_VIEW_AWAY:
      return g_strdup (_ ("You both need Freshet open at the same time."));
    case FR_SEARCH_VIEW_START:
    case FR_SEARCH_VIEW_WALL:
    default:
      return g_strdup (_ ("Type a word of a title, a tag or a description. Parts of words are found."));
    }
}
