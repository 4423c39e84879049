/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-recent-search.h"

struct _FrRecentSearch
{
  GObject parent_instance;

  FrSearchTerms *terms; /* owned */
};

G_DEFINE_FINAL_TYPE (FrRecentSearch, fr_recent_search, G_TYPE_OBJECT)

static void
fr_recent_search_finalize (GObject *object)
{
  g_clear_pointer (&FR_RECENT_SEARCH (object)->terms, fr_search_terms_free);
  G_OBJECT_CLASS (fr_recent_search_parent_class)->finalize (object);
}

static void
fr_recent_search_class_init (FrRecentSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_recent_search_finalize;
}

static void
fr_recent_search_init (FrRecentSearch *self)
{
}

/**
 * fr_recent_search_new:
 * @terms: what was looked for
 *
 * Returns: (transfer full): that
 */
FrRecentSearch *
fr_recent_search_new (const FrSearchTerms *terms)
{
  FrRecentSearch *self = g_object_new (FR_TYPE_RECENT_SEARCH, NULL);

  self->terms = fr_search_terms_copy (terms);
  return self;
}

/**
 * fr_recent_search_get_terms:
 * @self: what was looked for
 *
 * Returns: (transfer none): its words, and of whom they were asked
 */
const FrSearchTerms *
fr_recent_search_get_terms (FrRecentSearch *self)
{
  return self->terms;
}

const char *
fr_recent_search_get_words (FrRecentSearch *self)
{
  return self->terms->words;
}
