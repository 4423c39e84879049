/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What somebody typed into a search: words, "phrases" and -without, all folded. Every one must hold. Immutable. */

#define FR_SEARCH_MAX_BYTES 256
#define FR_SEARCH_MAX_WORDS 32

typedef enum
{
  FR_SEARCH_WORDS_NOT_TEXT, /* or too long */
  FR_SEARCH_WORDS_NONE,
  FR_SEARCH_WORDS_TOO_MANY,
} FrSearchWordsFault;

typedef struct _FrSearchWords FrSearchWords;

FrSearchWords *fr_search_words_parse (const char *text, FrSearchWordsFault *out_fault);
void fr_search_words_free (FrSearchWords *self);

guint fr_search_words_get_n (const FrSearchWords *self);
const char *fr_search_words_get_folded (const FrSearchWords *self, guint i);
gboolean fr_search_words_get_without (const FrSearchWords *self, guint i);
gboolean fr_search_words_match (const FrSearchWords *self, const char *folded);
const char *fr_search_words_get_index_query (const FrSearchWords *self);
char *fr_search_words_to_string (const FrSearchWords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSearchWords, fr_search_words_free)

G_END_DECLS
