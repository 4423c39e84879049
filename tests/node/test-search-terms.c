/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-hit-private.h"
#include "fr-search-terms.h"
#include "fr-search-words.h"
#include "fr-test-support.h"
#include "tests.h"

#define KEY "0700000000000000000000000000000000000000000000000000000000000000"

static const FrPeerKey boris = { { 7 } };

/* As text and back. */
static void
test_texts (void)
{
  static const struct
  {
    const char *text;
    FrSearchTerms terms;
  } rows[] = {
    { "words=harbour", { .words = (char *) "harbour" } },
    { "words=%22blue%20hour%22%20-boat", { .words = (char *) "\"blue hour\" -boat" } },
    { "words=Zo%C3%AB%26co%3D1", { .words = (char *) "Zo\303\253&co=1" } },
    { "words=a%25&scope=people", { .words = (char *) "a%", .scope = FR_SCOPE_PEOPLE } },
    { "words=harbour&scope=mine", { .words = (char *) "harbour", .scope = FR_SCOPE_MINE } },
    { "words=harbour&scope=person&person=" KEY,
      { .words = (char *) "harbour", .scope = FR_SCOPE_PERSON, .person = { { 7 } } } },
    { "words=harbour&kinds=6&shape=wide&pixels=12000000&since=20780",
      { .words = (char *) "harbour", .kinds = 6, .shape = FR_SHAPE_WIDE, .least_pixels = 12000000, .since = 20780 } },
    { "words=harbour&kinds=511&shape=tall&pixels=18446744073709551615&since=4294967295",
      { .words = (char *) "harbour", .kinds = FR_SEARCH_ALL_KINDS, .shape = FR_SHAPE_TALL,
        .least_pixels = G_MAXUINT64, .since = G_MAXUINT32 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_search_terms_to_string (&rows[i].terms);
      g_autoptr (FrSearchTerms) terms = fr_search_terms_from_string (text);
      g_autoptr (FrSearchTerms) copy = NULL;

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_nonnull (terms);
      g_assert_true (fr_search_terms_equal (terms, &rows[i].terms));
      copy = fr_search_terms_copy (terms);
      g_assert_true (fr_search_terms_equal (copy, terms));
      for (gsize k = 0; k < G_N_ELEMENTS (rows); k++)
        g_assert_true (fr_search_terms_equal (terms, &rows[k].terms) == (i == k));
    }
}

static void
test_bad_texts (void)
{
  static const char *const rows[] = {
    "", "&", "=", "words", "words=", "words=%20", "words=%", "words=%zz", "words=%00", "words=a%00b", "words=%ff",
    "words=a&words=b", "words=a&", "&words=a", "Words=a", "words=a&more=1", "scope=people", "kinds=1",
    "words=a&scope=everyone", "words=a&scope=", "words=a&scope=nobody", "words=a&scope=mine&scope=mine",
    "words=a&scope=person", "words=a&person=" KEY, "words=a&scope=people&person=" KEY,
    "words=a&scope=person&person=" KEY "&person=" KEY, "words=a&scope=person&person=07",
    "words=a&scope=person&person=0000000000000000000000000000000000000000000000000000000000000000",
    "words=a&kinds=0", "words=a&kinds=512", "words=a&kinds=-1", "words=a&kinds=0x1", "words=a&kinds= 1",
    "words=a&kinds=1&kinds=1", "words=a&kinds=99999999999999999999", "words=a&shape=any", "words=a&shape=round",
    "words=a&shape=wide&shape=tall", "words=a&pixels=0", "words=a&pixels=1e6", "words=a&pixels=18446744073709551616",
    "words=a&since=0", "words=a&since=4294967296", "words=a&since=1&since=2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrSearchTerms) terms = fr_search_terms_from_string (rows[i]);

      if (terms != NULL)
        g_error ("%s was taken", rows[i]);
    }
}

static char *
repeat (const char *what, guint n)
{
  GString *text = g_string_new ("words=");

  for (guint i = 0; i < n; i++)
    g_string_append (text, what);
  return g_string_free (text, FALSE);
}

/* At the limit of the words, and one past it, also where all of them are escaped. */
static void
test_limits (void)
{
  static const char *const letters[] = { "a", "%61" };

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    for (guint more = 0; more < 2; more++)
      {
        g_autofree char *text = repeat (letters[i], FR_SEARCH_MAX_BYTES + more);
        g_autoptr (FrSearchTerms) terms = fr_search_terms_from_string (text);

        g_assert_true ((terms != NULL) == (more == 0));
      }
  {
    g_autofree char *longest = repeat ("a", FR_SEARCH_TERMS_MAX_STRING);
    g_autoptr (FrSearchTerms) terms = fr_search_terms_from_string (longest);

    g_assert_null (terms);
  }
}

/* Whatever is taken for terms is the same after writing it. */
static void
test_random (void)
{
  static const char *const pieces[] = { "words=", "&", "scope=", "person", "=", "%2", "0", "a", "kinds=", "7", KEY,
                                        "&shape=wide", "&since=", "\303\253", "\377", "%C3%AB", "&pixels=12" };
  g_autoptr (GRand) rand = fr_test_rand_new ();
  guint n_taken = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (i % 2 == 0 ? "words=a" : "");
      g_autoptr (FrSearchTerms) terms = NULL, again = NULL;
      g_autofree char *written = NULL;

      for (gint32 n = g_rand_int_range (rand, 0, 6); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      terms = fr_search_terms_from_string (text->str);
      if (terms == NULL)
        continue;
      n_taken++;
      written = fr_search_terms_to_string (terms);
      again = fr_search_terms_from_string (written);
      g_assert_nonnull (again);
      g_assert_true (fr_search_terms_equal (terms, again));
    }
  g_assert_cmpuint (n_taken, >, 100);
}

static void
test_matches (void)
{
  static const struct
  {
    FrSearchTerms terms;
    guint type, width, height, day;
    gboolean mine, matches;
  } rows[] = {
    { { 0 }, 1, 0, 0, 0, FALSE, TRUE },
    { { .kinds = FR_SEARCH_KIND (1) }, 1, 4, 3, 0, FALSE, TRUE },
    { { .kinds = FR_SEARCH_KIND (1) }, 2, 4, 3, 0, FALSE, FALSE },
    { { .kinds = FR_SEARCH_KIND (1) | FR_SEARCH_KIND (2) }, 2, 4, 3, 0, FALSE, TRUE },
    { { .kinds = FR_SEARCH_KIND (0) }, 1000, 4, 3, 0, FALSE, TRUE }, /* one of a later version */
    { { .kinds = FR_SEARCH_KIND (1) }, 1000, 4, 3, 0, FALSE, FALSE },
    { { .shape = FR_SHAPE_WIDE }, 1, 4, 3, 0, FALSE, TRUE },
    { { .shape = FR_SHAPE_WIDE }, 1, 3, 3, 0, FALSE, FALSE },
    { { .shape = FR_SHAPE_WIDE }, 1, 0, 0, 0, FALSE, FALSE }, /* not known */
    { { .shape = FR_SHAPE_TALL }, 1, 3, 4, 0, FALSE, TRUE },
    { { .shape = FR_SHAPE_TALL }, 1, 4, 3, 0, FALSE, FALSE },
    { { .least_pixels = 12 }, 1, 4, 3, 0, FALSE, TRUE },
    { { .least_pixels = 13 }, 1, 4, 3, 0, FALSE, FALSE },
    { { .least_pixels = 13 }, 1, 0, 0, 0, FALSE, FALSE },
    { { .least_pixels = (guint64) 1 << 60 }, 1, G_MAXUINT32, G_MAXUINT32, 0, FALSE, TRUE },
    { { .since = 100 }, 1, 4, 3, 100, FALSE, TRUE },
    { { .since = 100 }, 1, 4, 3, 99, FALSE, FALSE },
    { { .since = 100 }, 1, 4, 3, 0, FALSE, FALSE },
    { { .scope = FR_SCOPE_PEOPLE }, 1, 4, 3, 0, FALSE, TRUE },
    { { .scope = FR_SCOPE_PERSON, .person = { { 7 } } }, 1, 4, 3, 0, FALSE, TRUE },
    { { .scope = FR_SCOPE_PERSON, .person = { { 8 } } }, 1, 4, 3, 0, FALSE, FALSE },
    { { .scope = FR_SCOPE_MINE }, 1, 4, 3, 0, FALSE, FALSE },
    { { .scope = FR_SCOPE_MINE }, 1, 4, 3, 0, TRUE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const FrHitItem item = { .title = (char *) "Harbour", .type = rows[i].type, .size = 1, .width = rows[i].width,
                               .height = rows[i].height, .day = rows[i].day };
      const FrHolder holder = { .key = boris, .name = (char *) "Boris" };
      g_autoptr (FrHit) hit = fr_hit_new (&item, 0);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      fr_hit_add_holder (hit, &holder);
      fr_hit_set_mine (hit, rows[i].mine);
      g_assert_true (fr_search_terms_match (&rows[i].terms, hit) == rows[i].matches);
    }
}

void
test_search_terms_add (void)
{
  g_test_add_func ("/node/search-terms/texts", test_texts);
  g_test_add_func ("/node/search-terms/bad-texts", test_bad_texts);
  g_test_add_func ("/node/search-terms/limits", test_limits);
  g_test_add_func ("/node/search-terms/random", test_random);
  g_test_add_func ("/node/search-terms/matches", test_matches);
}
