/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-words.h"
#include "fr-test-support.h"
#include "fr-text-fold.h"

#include <string.h>

#include "tests.h"

static void
test_fold (void)
{
  static const struct
  {
    const char *text, *folded;
  } rows[] = {
    { "", "" },
    { "Harbour", "harbour" },
    { "Zo\303\253", "zoe" },              /* ë */
    { "Zoe\314\210", "zoe" },             /* e and a combining diaeresis */
    { "STRASSE stra\303\237e", "strasse strasse" },
    { "\304\260stanbul", "istanbul" },    /* İ */
    { "\316\211\316\244\316\221\316\243 \317\202", "\316\267\317\204\316\261\317\203 \317\203" }, /* ΉΤΑΣ ς */
    { "\340\275\274", "" },               /* a mark alone */
    { "\357\254\201sh", "fish" },         /* the ligature fi */
    { "\360\235\220\200b", "ab" },        /* a bold mathematical A */
    { "\357\274\241\357\274\242", "ab" }, /* full width */
    { "\341\276\263", "\316\261\316\271" }, /* ᾳ */
    { "  two \t\n words\302\240", "two words" },
    { "soft\302\255hyphen zero\342\200\213width", "softhyphen zerowidth" },
    { "bell\007tab", "bell tab" },
    { "\346\270\257", "\346\270\257" },   /* 港 */
    { "\377bad", "\357\277\275bad" },
    { "I'm 100% \"sure\"", "i'm 100% \"sure\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folded = fr_text_fold (rows[i].text, -1);

      g_assert_cmpstr (folded, ==, rows[i].folded);
    }
}

static void
test_fold_takes_sizes (void)
{
  g_autofree char *part = fr_text_fold ("harbour", 3);
  g_autofree char *zero = fr_text_fold ("a\0b", 3);

  g_assert_cmpstr (part, ==, "har");
  g_assert_cmpstr (zero, ==, "a\357\277\275b");
}

/* Folding what is folded changes nothing, for every character there is and for any bytes. */
static void
test_fold_is_stable (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (gunichar character = 1; character < 0x110000; character++)
    {
      char text[7] = { 0 };
      g_autofree char *once = NULL, *twice = NULL;

      if (!g_unichar_validate (character))
        continue;
      g_unichar_to_utf8 (character, text);
      once = fr_text_fold (text, -1);
      twice = fr_text_fold (once, -1);
      if (strcmp (once, twice) != 0)
        g_error ("U+%04X: %s is not %s", character, once, twice);
    }
  for (gsize i = 0; i < 2000; i++)
    {
      char bytes[32];
      g_autofree char *once = NULL, *twice = NULL;

      for (gsize j = 0; j < sizeof bytes; j++)
        bytes[j] = (char) g_rand_int_range (rand, 0, 256);
      once = fr_text_fold (bytes, sizeof bytes);
      twice = fr_text_fold (once, -1);
      g_assert_cmpstr (once, ==, twice);
      g_assert_true (g_utf8_validate (once, -1, NULL));
    }
}

/* What is ASCII goes a shorter way. A soft hyphen is nothing to a search, but no ASCII, so that it forces the other. */
static void
test_fold_ascii_agrees (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (gsize i = 0; i < 20000; i++)
    {
      char bytes[24 + 3] = { 0 };
      gsize size = (gsize) g_rand_int_range (rand, 0, 25);
      g_autofree char *fast = NULL, *sized = NULL, *slow = NULL;

      for (gsize j = 0; j < size; j++)
        bytes[j] = (char) (g_rand_boolean (rand) ? g_rand_int_range (rand, 1, 128)
                                                 : " \t\177-aZ"[g_rand_int_range (rand, 0, 6)]);
      fast = fr_text_fold (bytes, -1);
      sized = fr_text_fold (bytes, (gssize) size);
      memcpy (bytes + size, "\302\255", 2);
      slow = fr_text_fold (bytes, -1);
      g_assert_cmpstr (fast, ==, slow);
      g_assert_cmpstr (sized, ==, slow);
    }
}

static void
test_accessors (void)
{
  g_autoptr (FrSearchWords) words = fr_search_words_parse ("Boat -\"Red SAIL\"", NULL);

  g_assert_cmpuint (fr_search_words_get_n (words), ==, 2);
  g_assert_cmpstr (fr_search_words_get_folded (words, 0), ==, "boat");
  g_assert_false (fr_search_words_get_without (words, 0));
  g_assert_cmpstr (fr_search_words_get_folded (words, 1), ==, "red sail");
  g_assert_true (fr_search_words_get_without (words, 1));
}

static void
test_words (void)
{
  static const struct
  {
    const char *text, *words, *index_query;
  } rows[] = {
    { "harbour", "[harbour]", "\"harbour\"" },
    { "Old  HARBOUR", "[old][harbour]", "\"old\" AND \"harbour\"" },
    { "\"old harbour\" boat", "[old harbour][boat]", "\"old harbour\" AND \"boat\"" },
    { "\"never closed", "[never closed]", "\"never closed\"" },
    { "\342\200\234old harbour\342\200\235", "[old harbour]", "\"old harbour\"" },
    { "boat -sail", "[boat]-[sail]", "\"boat\"" },
    { "boat -\"red sail\"", "[boat]-[red sail]", "\"boat\"" },
    { "-sail", "-[sail]", NULL },
    { "well-known", "[well-known]", "\"well-known\"" },
    { "boat - sail", "[boat][sail]", "\"boat\" AND \"sail\"" },
    { "--x", "-[-x]", NULL },
    { "a bc", "[a][bc]", NULL },
    { "\346\270\257\345\217\243", "[\346\270\257\345\217\243]", NULL },
    { "foo\"bar baz\"qux", "[foo][bar baz][qux]", "\"foo\" AND \"bar baz\" AND \"qux\"" },
    { "\"\" boat \"", "[boat]", "\"boat\"" },
    { "boat AND NOT (sail OR *) NEAR title:x ^y", "[boat][and][not][(sail][or][*)][near][title:x][^y]",
      "\"boat\" AND \"and\" AND \"not\" AND \"(sail\" AND \"near\" AND \"title:x\"" },
    { "'; DROP TABLE pictures; --", "[';][drop][table][pictures;]-[-]",
      "\"drop\" AND \"table\" AND \"pictures;\"" },
    { "a\001boat\177x", "[a][boat][x]", "\"boat\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrSearchWords) words = fr_search_words_parse (rows[i].text, NULL);
      g_autofree char *text = NULL;

      g_assert_nonnull (words);
      text = fr_search_words_to_string (words);
      g_assert_cmpstr (text, ==, rows[i].words);
      g_assert_cmpstr (fr_search_words_get_index_query (words), ==, rows[i].index_query);
    }
}

static void
assert_bad (const char *text, FrSearchWordsFault expected)
{
  FrSearchWordsFault fault;
  g_autoptr (FrSearchWords) words = fr_search_words_parse (text, &fault);

  g_assert_null (words);
  g_assert_cmpint (fault, ==, expected);
}

static void
test_bad_words (void)
{
  static const char *const rows[] = { "", "   ", "-", "\"\"", "\"", "\001\002", "\314\210" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_bad (rows[i], FR_SEARCH_WORDS_NONE);
  assert_bad ("\377\376", FR_SEARCH_WORDS_NOT_TEXT);
}

static void
test_word_limits (void)
{
  g_autofree char *longest = g_strnfill (FR_SEARCH_MAX_BYTES, 'x');
  g_autofree char *too_long = g_strnfill (FR_SEARCH_MAX_BYTES + 1, 'x');
  g_autoptr (GString) most = g_string_new (NULL);
  g_autoptr (FrSearchWords) words = NULL, many_words = NULL;

  words = fr_search_words_parse (longest, NULL);
  g_assert_nonnull (words);
  assert_bad (too_long, FR_SEARCH_WORDS_NOT_TEXT);
  for (gsize i = 0; i < FR_SEARCH_MAX_WORDS; i++)
    g_string_append (most, "ab ");
  many_words = fr_search_words_parse (most->str, NULL);
  g_assert_nonnull (many_words);
  g_string_append (most, "c");
  assert_bad (most->str, FR_SEARCH_WORDS_TOO_MANY);
}

static void
test_match (void)
{
  static const struct
  {
    const char *words, *folded;
    gboolean match;
  } rows[] = {
    { "arbo", "harbour\n\nnight", TRUE },
    { "harbour night", "harbour\n\nnight", TRUE },
    { "\"harbour night\"", "harbour\n\nnight", FALSE },
    { "harbour -night", "harbour\n\nnight", FALSE },
    { "harbour -day", "harbour\n\nnight", TRUE },
    { "h", "harbour", TRUE },
    { "-h", "harbour", FALSE },
    { "harbour boat", "harbour", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrSearchWords) words = fr_search_words_parse (rows[i].words, NULL);

      g_assert_true (fr_search_words_match (words, rows[i].folded) == rows[i].match);
    }
}

void
test_text_add (void)
{
  g_test_add_func ("/base/text-fold/table", test_fold);
  g_test_add_func ("/base/text-fold/takes-sizes", test_fold_takes_sizes);
  g_test_add_func ("/base/text-fold/is-stable", test_fold_is_stable);
  g_test_add_func ("/base/text-fold/ascii-agrees", test_fold_ascii_agrees);
  g_test_add_func ("/base/search-words/table", test_words);
  g_test_add_func ("/base/search-words/accessors", test_accessors);
  g_test_add_func ("/base/search-words/bad", test_bad_words);
  g_test_add_func ("/base/search-words/limits", test_word_limits);
  g_test_add_func ("/base/search-words/match", test_match);
}
