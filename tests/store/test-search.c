/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-audience-table.h"
#include "fr-catalogue.h"
#include "fr-form-table.h"
#include "fr-origin-name.h"
#include "fr-originals.h"
#include "fr-people-table.h"
#include "fr-store-error.h"
#include "fr-test-support.h"
#include "fr-text-fold.h"
#include "store-fixture.h"
#include "tests.h"

static const char *const migrations[] = { fr_catalogue_version_1, fr_people_version_2,
                                         fr_people_version_4, fr_audience_version_5, fr_people_version_6,
                                         fr_originals_version_7, fr_origin_name_version_8, fr_form_table_version_9,
                                         fr_people_version_10, fr_audience_version_11, NULL };

#define A "Harbour at night"
#define B "Zo\303\253 on the beach"
#define C "100% \"sure\" it's 50_50"
#define D "\346\270\257\345\217\243 harbour"
#define E "Harbour of somebody else"

static void
fill (FrStore *store)
{
  static const char *const sea[] = { "sea", "Old Town", NULL };

  fr_picture_unref (add_picture (store, "a", A, sea));
  fr_picture_unref (add_picture (store, "b", B, NULL));
  fr_picture_unref (add_picture (store, "c", C, NULL));
  fr_picture_unref (add_picture (store, "d", D, NULL));
  fr_picture_unref (add_kept (store, "e", E));
}

static void
test_finds (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *words, *titles;
  } rows[] = {
    { "arbo", E "|" D "|" A },
    { "HARBOUR", E "|" D "|" A },
    { "zoe", B },
    { "zo\303\253", B },
    { "harbour night", A },
    { "night harbour", A },
    { "harbour beach", "" },
    { "\"at night\"", A },
    { "\"night at\"", "" },
    { "\"old town\"", A },
    { "\"sea old\"", "" }, /* from two tags */
    { "harbour -night", E "|" D },
    { "harbour -night -somebody", D },
    { "-harbour", C "|" B },
    { "zo", B },
    { "z", B },
    { "ha ni", A },
    { "harbour a -of", D "|" A },
    { "\346\270\257", D },
    { "\346\270\257\345\217\243", D },
    { "100%", C },
    { "%", C },
    { "_", C },
    { "50_5", C },
    { "5015", "" },
    { "it's", C },
    { "sure\"", C },
    { "harbour OR beach", "" },
    { "harbour*", "" },
    { "folded:harbour", "" },
    { "xyzzy", "" },
    { "'; DROP TABLE pictures; --", "" },
  };

  fill (fixture->store);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *titles = search_titles (fixture->store, rows[i].words, NULL);

      if (g_strcmp0 (titles, rows[i].titles) != 0)
        g_error ("%s: found %s, not %s", rows[i].words, titles, rows[i].titles);
    }
}

static void
test_scope (Fixture *fixture, gconstpointer data)
{
  g_autofree char *by_index = NULL, *by_scan = NULL;

  fill (fixture->store);
  by_index = search_titles (fixture->store, "harbour", &stranger);
  by_scan = search_titles (fixture->store, "ha", &stranger);
  g_assert_cmpstr (by_index, ==, D "|" A);
  g_assert_cmpstr (by_scan, ==, D "|" A);
}

static void
test_bad_search (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[] = { "", "\"\"", "-", "\377" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      fr_store_search_async (fixture->store, rows[i], NULL, 10, NULL, answered_cb, &result);
      g_assert_null (fr_store_search_finish (fixture->store, await (&result), NULL, &error));
      g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_SEARCH);
    }
}

/* A catalogue in memory, quick to fill. */
static FrCatalogue *
new_catalogue (FrDatabase **out_database)
{
  g_autoptr (GError) error = NULL;
  FrCatalogue *catalogue;

  *out_database = fr_database_open (NULL, migrations, &error);
  g_assert_no_error (error);
  catalogue = fr_catalogue_new (*out_database, &error);
  g_assert_no_error (error);
  return catalogue;
}

static void
insert (FrCatalogue *catalogue, guint number, const char *title)
{
  g_autoptr (FrPicture) picture = fr_picture_new ();
  g_autoptr (GBytes) hashes = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;

  fr_picture_set_text (picture, title, NULL, NULL);
  memcpy (picture->id.bytes, &number, sizeof number);
  fr_catalogue_insert (catalogue, picture, hashes, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_total (FrCatalogue *catalogue, const char *text, guint limit, guint listed, guint total)
{
  g_autoptr (FrSearchWords) words = fr_search_words_parse (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  guint out_total;

  found = fr_catalogue_search (catalogue, words, NULL, FALSE, limit, &out_total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, listed);
  g_assert_cmpuint (out_total, ==, total);
}

static void
test_total (void)
{
  FrDatabase *database;
  FrCatalogue *catalogue = new_catalogue (&database);

  for (guint i = 1; i <= FR_CATALOGUE_MAX_TOTAL; i++)
    insert (catalogue, i, "harbour");
  assert_total (catalogue, "harbour", 3, 3, FR_CATALOGUE_MAX_TOTAL);
  assert_total (catalogue, "ha", 3, 3, FR_CATALOGUE_MAX_TOTAL);
  assert_total (catalogue, "harbour", 0, 0, FR_CATALOGUE_MAX_TOTAL);
  insert (catalogue, FR_CATALOGUE_MAX_TOTAL + 1, "harbour");
  assert_total (catalogue, "harbour", 3, 3, FR_CATALOGUE_MAX_TOTAL);
  assert_total (catalogue, "harbour", FR_CATALOGUE_MAX_TOTAL + 1, FR_CATALOGUE_MAX_TOTAL + 1,
                FR_CATALOGUE_MAX_TOTAL + 1);
  fr_catalogue_free (catalogue);
  fr_database_free (database);
}

/* The index and a plain look at every text must always agree. */
static void
test_index_agrees_with_texts (void)
{
  static const char letters[] = "aabbc -\"\303\253";
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  FrDatabase *database;
  FrCatalogue *catalogue = new_catalogue (&database);

  for (guint i = 0; i < 500; i++)
    {
      char bytes[13] = { 0 };
      char *title;

      for (gsize j = 0; j < sizeof bytes - 1; j++)
        bytes[j] = letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
      title = g_utf8_make_valid (bytes, -1);
      if (i < 300)
        insert (catalogue, i + 1, title);
      g_ptr_array_add (titles, title);
    }
  for (guint i = 0; i < titles->len; i++)
    {
      const char *text = g_ptr_array_index (titles, i);
      g_autofree char *part = g_utf8_substring (text, 0, MIN (4, g_utf8_strlen (text, -1)));
      g_autoptr (FrSearchWords) words = fr_search_words_parse (part, NULL);
      guint n = 0;

      for (guint j = 0; words != NULL && j < 300; j++)
        {
          g_autofree char *folded = fr_text_fold (g_ptr_array_index (titles, j), -1);

          n += fr_search_words_match (words, folded);
        }
      if (words != NULL)
        assert_total (catalogue, part, 300, n, n);
    }
  fr_catalogue_free (catalogue);
  fr_database_free (database);
}

void
test_search_add (void)
{
  g_test_add ("/store/search/finds", Fixture, NULL, fixture_set_up, test_finds, fixture_tear_down);
  g_test_add ("/store/search/scope", Fixture, NULL, fixture_set_up, test_scope, fixture_tear_down);
  g_test_add ("/store/search/bad", Fixture, NULL, fixture_set_up, test_bad_search, fixture_tear_down);
  g_test_add_func ("/store/search/total", test_total);
  g_test_add_func ("/store/search/index-agrees-with-texts", test_index_agrees_with_texts);
}
