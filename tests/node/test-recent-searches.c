/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-searches-table.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "tests.h"

/* What was looked for lately. */

static char *
list_words (FrRecentSearches *searches)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (searches)); i++)
    {
      g_autoptr (FrRecentSearch) search = g_list_model_get_item (G_LIST_MODEL (searches), i);

      g_string_append_printf (words, "%s|", fr_recent_search_get_words (search));
    }
  return g_string_free (words, FALSE);
}

static void
assert_words (FrRecentSearches *searches, const char *expected)
{
  g_autofree char *words = list_words (searches);

  g_assert_cmpstr (words, ==, expected);
}

static void
note (FrRecentSearches *searches, const char *words, FrSearchScope scope)
{
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new (words);

  terms->scope = scope;
  terms->kinds = FR_SEARCH_KIND (1);
  fr_recent_searches_note (searches, terms);
}

static gboolean
has_two (gpointer searches)
{
  return g_list_model_get_n_items (searches) == 2;
}

static void
test_kept (void)
{
  NodeLab lab = { 0 };
  FrRecentSearches *searches;
  g_autoptr (FrRecentSearch) first = NULL;

  lab_add_node (&lab, "Node 0", NULL);
  searches = fr_node_get_recent_searches (lab.nodes[0]);
  note (searches, "boat", FR_SCOPE_EVERYONE);
  note (searches, "  ", FR_SCOPE_EVERYONE);
  note (searches, "harbour & more", FR_SCOPE_EVERYONE);
  note (searches, "sea", FR_SCOPE_EVERYONE);
  note (searches, " boat ", FR_SCOPE_PEOPLE);
  assert_words (searches, "boat|sea|harbour & more|");
  fr_recent_searches_forget (searches, "sea");
  fr_recent_searches_forget (searches, "nothing");
  lab_close_node (lab.nodes[0]);
  lab.nodes[0] = lab_open_node (lab.folders[0], NULL, NULL);
  searches = fr_node_get_recent_searches (lab.nodes[0]);
  fr_test_wait_until (has_two, searches, 5);
  assert_words (searches, "boat|harbour & more|");
  first = g_list_model_get_item (G_LIST_MODEL (searches), 0);
  g_assert_cmpint (fr_recent_search_get_terms (first)->scope, ==, FR_SCOPE_PEOPLE);
  g_assert_cmpuint (fr_recent_search_get_terms (first)->kinds, ==, 0); /* filters are of the moment */
  fr_recent_searches_forget_all (searches);
  assert_words (searches, "");
  lab_clear (&lab);
}

/* Until all that was to be written is on the disk. */
static void
settle (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_put_setting_async (store, "setting", "value", NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 5);
}

static guint
count_kept (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) texts = NULL;

  settle (store);
  fr_store_list_searches_async (store, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 5);
  texts = fr_store_list_searches_finish (store, result, NULL);
  return texts->len;
}

/* At the limit, and past it; and all of it forgotten while it is being read. */
static void
test_limit (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrStore) store = NULL;
  g_autoptr (FrRecentSearches) searches = NULL, later = NULL;

  fr_store_open_async (folder, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 5);
  store = fr_store_open_finish (result, NULL);
  searches = fr_recent_searches_new (store);
  for (guint i = 0; i <= FR_SEARCHES_MAX; i++)
    {
      g_autofree char *words = g_strdup_printf ("word%u", i);

      note (searches, words, FR_SCOPE_EVERYONE);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (searches)), ==, MIN (i + 1, FR_SEARCHES_MAX));
    }
  g_assert_cmpuint (count_kept (store), ==, FR_SEARCHES_MAX);
  later = fr_recent_searches_new (store);
  fr_recent_searches_forget_all (later);
  note (later, "only", FR_SCOPE_EVERYONE);
  g_assert_cmpuint (count_kept (store), ==, 1); /* it was asked for behind what `later` reads */
  assert_words (later, "only|");
  fr_store_close (store);
  g_clear_object (&result);
  fr_test_folder_free (g_steal_pointer (&folder));
}

void
test_recent_searches_add (void)
{
  g_test_add_func ("/node/recent-searches/kept", test_kept);
  g_test_add_func ("/node/recent-searches/limit", test_limit);
}
