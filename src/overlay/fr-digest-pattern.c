/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-digest-pattern.h"

#include "fr-ngram-set.h"
#include "fr-search-words.h"

#include <string.h>

struct _FrDigestPattern
{
  guint n;
  guint n_tags;
  guint32 hashes[]; /* of the words, then of the tags */
};

static guint
add_word (guint32 *hashes, guint n, const char *folded)
{
  FrNgramIter iter;

  fr_ngram_iter_init (&iter, folded);
  while (n < FR_DIGEST_PATTERN_MAX_HASHES && fr_ngram_iter_next (&iter, &hashes[n]))
    n++;
  return n;
}

/**
 * fr_digest_pattern_new:
 * @words: a search as typed, by whomever
 *
 * What a picture has to have for the search to match it. A word or a part of a phrase lies inside one word of the
 * picture, so all its n-grams are among the picture's; words that must not be there and parts of fewer than three
 * letters say nothing.
 *
 * Returns: (transfer full) (nullable): the pattern; %NULL if nothing is left, or it is no search
 */
FrDigestPattern *
fr_digest_pattern_new (const char *words)
{
  return fr_digest_pattern_new_with_tags (words, NULL, 0);
}

/**
 * fr_digest_pattern_new_with_tags:
 * @words: a search as typed, by whomever
 * @tags: (array length=n_tags) (nullable): its contact tags
 * @n_tags: how many
 *
 * Returns: (transfer full) (nullable): the pattern; %NULL if the words say nothing, so that it may match anywhere
 */
FrDigestPattern *
fr_digest_pattern_new_with_tags (const char *words, const FrContactTag *tags, guint n_tags)
{
  g_autoptr (FrSearchWords) parsed = fr_search_words_parse (words, NULL);
  guint32 hashes[FR_DIGEST_PATTERN_MAX_HASHES];
  FrDigestPattern *self;
  guint n = 0;

  if (parsed == NULL)
    return NULL;
  for (guint i = 0; i < fr_search_words_get_n (parsed); i++)
    if (!fr_search_words_get_without (parsed, i))
      n = add_word (hashes, n, fr_search_words_get_folded (parsed, i));
  if (n == 0)
    return NULL;
  self = g_malloc (sizeof *self + (n + n_tags * FR_CONTACT_TAG_N_HASHES) * sizeof *hashes);
  self->n = n;
  self->n_tags = n_tags;
  memcpy (self->hashes, hashes, n * sizeof *hashes);
  for (guint i = 0; i < n_tags; i++)
    fr_contact_tag_get_hashes (&tags[i], self->hashes + n + i * FR_CONTACT_TAG_N_HASHES);
  return self;
}

/**
 * fr_digest_pattern_free:
 * @self: (nullable) (transfer full): a pattern
 */
void
fr_digest_pattern_free (FrDigestPattern *self)
{
  g_free (self);
}

/**
 * fr_digest_pattern_get_hashes:
 * @self: a pattern
 * @out_n: (out): how many there are, at least one
 *
 * Returns: (transfer none) (array length=out_n): what has to be there, in no order, some perhaps more than once
 */
const guint32 *
fr_digest_pattern_get_hashes (const FrDigestPattern *self, guint *out_n)
{
  *out_n = self->n;
  return self->hashes;
}

/**
 * fr_digest_pattern_get_tag_hashes:
 * @self: a pattern
 * @out_n_tags: (out): how many tags there are
 *
 * Returns: (transfer none): %FR_CONTACT_TAG_N_HASHES for each tag: where all those of one are there, words do not matter
 */
const guint32 *
fr_digest_pattern_get_tag_hashes (const FrDigestPattern *self, guint *out_n_tags)
{
  *out_n_tags = self->n_tags;
  return self->hashes + self->n;
}
