/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-private.h"

#include <string.h>

#include "fr-search-private.h"

/* Searches of the person here, and of whom they are asked. */

/* For the node: a search is not held by it. */
void
fr_node_search_gone (gpointer data, GObject *search)
{
  FrNode *self = data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->searches);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == search)
      g_hash_table_iter_remove (&iter);
}

static void
add_key (GByteArray *keys, FrPerson *person)
{
  FrPeerKey key;

  if (fr_person_get_key (person, &key))
    g_byte_array_append (keys, key.bytes, sizeof key.bytes);
}

static gboolean
is_meant (FrNode *self, const FrSearchTerms *terms, FrPerson *person)
{
  FrPerson *wanted;

  if (terms->scope == FR_SCOPE_PEOPLE)
    return fr_person_is_contact (person);
  if (terms->scope != FR_SCOPE_PERSON)
    return FALSE;
  wanted = fr_people_find_key (self->people, &terms->person);
  return wanted != NULL && (person == wanted || fr_person_get_owner (person) == wanted);
}

/* Everybody who was added, or one of them; at all of their computers. */
static GBytes *
list_people (FrNode *self, const FrSearchTerms *terms)
{
  g_autoptr (GByteArray) keys = g_byte_array_new ();
  GListModel *people = G_LIST_MODEL (self->people);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (people, i);

      if (is_meant (self, terms, person))
        add_key (keys, person);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&keys));
}

static gboolean
is_text (const char *words)
{
  return *words != '\0' && strlen (words) <= FR_STORE_MAX_SEARCH && g_utf8_validate (words, -1, NULL);
}

static FrSearch *
ask (FrNode *self, const FrSearchTerms *terms, GError **error)
{
  g_autoptr (FrSearchTerms) stripped = fr_search_terms_copy (terms);
  g_autoptr (GBytes) people = NULL;
  g_autoptr (GError) problem = NULL;
  FrSearch *search;

  g_strstrip (stripped->words);
  if (!is_text (stripped->words))
    {
      g_propagate_error (error, fr_node_error_new (FR_NODE_ERROR_SEARCH, NULL));
      return NULL;
    }
  if (self->parts->name == NULL)
    problem = fr_node_error_new (FR_NODE_ERROR_BAD_NAME, NULL);
  people = list_people (self, stripped);
  search = fr_search_new (self->network, self->gallery, stripped, people, problem);
  if (fr_search_get_number (search) != 0) /* else the network will never have anything to tell about it */
    {
      g_hash_table_insert (self->searches, GUINT_TO_POINTER (fr_search_get_number (search)), search);
      g_object_weak_ref (G_OBJECT (search), fr_node_search_gone, self);
    }
  return search;
}

/**
 * fr_node_search_terms:
 * @self: a node
 * @terms: what is looked for, and of whom
 * @error: return location for %FR_NODE_ERROR_SEARCH
 *
 * Looks in the own gallery, and asks those who are meant, as far as they can be reached. What has come is not filtered: see
 * fr_search_terms_match().
 *
 * Returns: (transfer full) (nullable): a model that fills
 */
FrSearch *
fr_node_search_terms (FrNode *self, const FrSearchTerms *terms, GError **error)
{
  FrSearch *search = ask (self, terms, error);

  if (search != NULL && fr_search_get_number (search) != 0) /* that of one's own pictures goes nowhere */
    fr_search_traces_follow (self->search_traces, search);
  return search;
}

/**
 * fr_node_search:
 * @self: a node
 * @words: words, "phrases", -without; every word must match
 * @error: return location for %FR_NODE_ERROR_SEARCH
 *
 * Looks in the own gallery, and asks everybody who can be reached.
 *
 * Returns: (transfer full) (nullable): a model that fills
 */
FrSearch *
fr_node_search (FrNode *self, const char *words, GError **error)
{
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new (words);

  return fr_node_search_terms (self, terms, error);
}

/* Wishes */

static FrSearch *
ask_for_wish (gpointer node, const FrSearchTerms *terms)
{
  return ask (node, terms, NULL);
}

static gboolean
can_ask_for_wish (gpointer node, const FrSearchTerms *terms)
{
  FrNode *self = node;
  GListModel *people = G_LIST_MODEL (self->people);

  if (self->parts->name == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (people, i);

      if (fr_person_get_state (person) == FR_PERSON_HERE
          && (terms->scope == FR_SCOPE_EVERYONE || is_meant (self, terms, person)))
        return TRUE;
    }
  return FALSE;
}

/* For the node. */
void
fr_node_start_wishes (FrNode *self)
{
  self->wishes = fr_wishes_new (self->people, self->gallery, self->parts->store, ask_for_wish, can_ask_for_wish, self);
  self->recent_searches = fr_recent_searches_new (self->parts->store);
}

/**
 * fr_node_get_wishes:
 * @self: a node
 *
 * Returns: (transfer none): what the person wishes for
 */
FrWishes *
fr_node_get_wishes (FrNode *self)
{
  return self->wishes;
}

/**
 * fr_node_get_recent_searches:
 * @self: a node
 *
 * Returns: (transfer none): what was looked for lately
 */
FrRecentSearches *
fr_node_get_recent_searches (FrNode *self)
{
  return self->recent_searches;
}
