/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-recent-searches.h"

#include <string.h>

#include "fr-searches-table.h"

struct _FrRecentSearches
{
  GObject parent_instance;

  /* owned */
  FrStore *store;
  GListStore *searches; /* of FrRecentSearch */

  /* state */
  guint forgot_all : 1; /* also those that are still being read */
};

static GType
fr_recent_searches_get_item_type (GListModel *model)
{
  return FR_TYPE_RECENT_SEARCH;
}

static guint
fr_recent_searches_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (FR_RECENT_SEARCHES (model)->searches));
}

static gpointer
fr_recent_searches_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (FR_RECENT_SEARCHES (model)->searches), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_recent_searches_get_item_type;
  iface->get_n_items = fr_recent_searches_get_n_items;
  iface->get_item = fr_recent_searches_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FrRecentSearches, fr_recent_searches, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gboolean
find (FrRecentSearches *self, const char *words, guint *out_position)
{
  for (guint i = 0; i < fr_recent_searches_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (FrRecentSearch) search = fr_recent_searches_get_item (G_LIST_MODEL (self), i);

      if (!g_str_equal (fr_recent_search_get_words (search), words))
        continue;
      *out_position = i;
      return TRUE;
    }
  return FALSE;
}

static void
trim (FrRecentSearches *self)
{
  guint n = fr_recent_searches_get_n_items (G_LIST_MODEL (self));

  if (n > FR_SEARCHES_MAX)
    g_list_store_splice (self->searches, FR_SEARCHES_MAX, n - FR_SEARCHES_MAX, NULL, 0);
}

/* Behind what was looked for meanwhile. */
static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrRecentSearches) self = data;
  g_autoptr (GPtrArray) texts = fr_store_list_searches_finish (FR_STORE (source), result, NULL);

  for (guint i = 0; texts != NULL && !self->forgot_all && i < texts->len; i++)
    {
      g_autoptr (FrSearchTerms) terms = fr_search_terms_from_string (texts->pdata[i]);
      g_autoptr (FrRecentSearch) search = terms != NULL ? fr_recent_search_new (terms) : NULL;
      guint position;

      if (search != NULL && !find (self, terms->words, &position))
        g_list_store_append (self->searches, search);
    }
  trim (self);
}

static void
fr_recent_searches_finalize (GObject *object)
{
  FrRecentSearches *self = FR_RECENT_SEARCHES (object);

  g_clear_object (&self->store);
  g_object_unref (self->searches);
  G_OBJECT_CLASS (fr_recent_searches_parent_class)->finalize (object);
}

static void
fr_recent_searches_class_init (FrRecentSearchesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_recent_searches_finalize;
}

static void
fr_recent_searches_init (FrRecentSearches *self)
{
  self->searches = g_list_store_new (FR_TYPE_RECENT_SEARCH);
  g_signal_connect_swapped (self->searches, "items-changed", G_CALLBACK (g_list_model_items_changed), self);
}

/**
 * fr_recent_searches_new:
 * @store: where they are kept
 *
 * Returns: (transfer full): what was looked for, as soon as it has been read
 */
FrRecentSearches *
fr_recent_searches_new (FrStore *store)
{
  FrRecentSearches *self = g_object_new (FR_TYPE_RECENT_SEARCHES, NULL);

  self->store = g_object_ref (store);
  fr_store_list_searches_async (store, NULL, loaded_cb, g_object_ref (self));
  return self;
}

/**
 * fr_recent_searches_note:
 * @self: what was looked for
 * @terms: what is looked for now; filters are not kept
 *
 * Puts it first. The same words stand once.
 */
void
fr_recent_searches_note (FrRecentSearches *self, const FrSearchTerms *terms)
{
  g_autoptr (FrSearchTerms) kept = fr_search_terms_new (terms->words);
  g_autoptr (FrSearchTerms) read = NULL;
  g_autoptr (FrRecentSearch) search = NULL;
  g_autofree char *text = NULL;
  guint position;

  g_strstrip (kept->words);
  kept->scope = terms->scope;
  kept->person = terms->person;
  text = fr_search_terms_to_string (kept);
  read = fr_search_terms_from_string (text);
  if (read == NULL) /* no words, or too many */
    return;
  search = fr_recent_search_new (read);
  if (find (self, read->words, &position))
    g_list_store_remove (self->searches, position);
  g_list_store_insert (self->searches, 0, search);
  trim (self);
  fr_store_put_search_async (self->store, read->words, text, NULL, NULL, NULL);
}

/**
 * fr_recent_searches_forget:
 * @self: what was looked for
 * @words: something of it
 *
 * Forgets that it was.
 */
void
fr_recent_searches_forget (FrRecentSearches *self, const char *words)
{
  guint position;

  fr_store_forget_search_async (self->store, words, NULL, NULL, NULL);
  if (find (self, words, &position))
    g_list_store_remove (self->searches, position);
}

/**
 * fr_recent_searches_forget_all:
 * @self: what was looked for
 *
 * Forgets all of it.
 */
void
fr_recent_searches_forget_all (FrRecentSearches *self)
{
  self->forgot_all = TRUE;
  fr_store_forget_search_async (self->store, NULL, NULL, NULL, NULL);
  g_list_store_remove_all (self->searches);
}
