/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-hit.h"

G_BEGIN_DECLS

/* What somebody looks for: words, of whom they are asked, and what passes of that which is found. A value: whoever makes
 * one fills in its fields. As a string it can be kept, and may come from anywhere. */

#define FR_SEARCH_TERMS_MAX_STRING 2048

typedef enum
{
  FR_SCOPE_EVERYONE, /* one's people and theirs */
  FR_SCOPE_PEOPLE,   /* one's people, and nobody else is asked */
  FR_SCOPE_PERSON,   /* one of them */
  FR_SCOPE_MINE,     /* the own gallery */
} FrSearchScope;

typedef enum
{
  FR_SHAPE_ANY,
  FR_SHAPE_WIDE,
  FR_SHAPE_TALL,
} FrSearchShape;

/* Kinds of pictures as a set, by Item.Type of the protocol; what it does not know stands with TYPE_UNKNOWN. */
#define FR_SEARCH_KIND(type) (1u << ((type) < FR_SEARCH_N_KINDS ? (type) : 0))
#define FR_SEARCH_N_KINDS 9
#define FR_SEARCH_ALL_KINDS ((1u << FR_SEARCH_N_KINDS) - 1)

typedef struct
{
  char *words; /* never %NULL; as typed */
  FrSearchScope scope;
  FrPeerKey person;     /* FR_SCOPE_PERSON: who; else zero */
  guint kinds;          /* 0: all */
  FrSearchShape shape;
  guint64 least_pixels; /* 0: any number */
  guint since;          /* the first day on which it may have been shared, counted from 1970; 0: any */
} FrSearchTerms;

#define FR_TYPE_SEARCH_TERMS (fr_search_terms_get_type ())
GType fr_search_terms_get_type (void);

FrSearchTerms *fr_search_terms_new (const char *words);
FrSearchTerms *fr_search_terms_copy (const FrSearchTerms *self);
void fr_search_terms_free (FrSearchTerms *self);

gboolean fr_search_terms_equal (const FrSearchTerms *self, const FrSearchTerms *other);
gboolean fr_search_terms_match (const FrSearchTerms *self, FrHit *hit);

char *fr_search_terms_to_string (const FrSearchTerms *self);
FrSearchTerms *fr_search_terms_from_string (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSearchTerms, fr_search_terms_free)

G_END_DECLS
