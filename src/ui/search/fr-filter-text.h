/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-search-terms.h"

G_BEGIN_DECLS

/* What the filters of a search say, and what they stand for. Pure functions. */

/* Kinds of pictures, as the person chooses among them. */
typedef enum
{
  FR_FILTER_JPEG,
  FR_FILTER_PNG,
  FR_FILTER_WEBP,
  FR_FILTER_GIF,
  FR_FILTER_DRAWING,
  FR_FILTER_OTHERS,
  FR_FILTER_N_KINDS,
} FrFilterKind;

/* Since when a picture may have been shared. */
typedef enum
{
  FR_FILTER_ANY_DATE,
  FR_FILTER_THIS_WEEK, /* which begins on Monday */
  FR_FILTER_THIS_MONTH,
  FR_FILTER_THIS_YEAR,
  FR_FILTER_N_DATES,
} FrFilterDate;

/* Of so many megapixels or more. */
#define FR_FILTER_N_SIZES 4

guint fr_filter_text_get_kinds (FrFilterKind kind); /* a set as in FrSearchTerms */
guint64 fr_filter_text_get_pixels (guint size);     /* 0: any */
guint fr_filter_text_get_since (FrFilterDate date, GDateTime *now);

/* (transfer none) */
const char *fr_filter_text_name_scope (FrSearchScope scope); /* nullable: FR_SCOPE_PERSON, who has a name */
const char *fr_filter_text_name_kind (FrFilterKind kind);
const char *fr_filter_text_name_date (FrFilterDate date);

/* (transfer full): what is chosen, or else what can be */
char *fr_filter_text_name_size (guint size);
char *fr_filter_text_describe_kinds (guint kinds);

G_END_DECLS
