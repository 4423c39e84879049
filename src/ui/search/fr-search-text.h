/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-search-terms.h"

G_BEGIN_DECLS

/* How a search stands, in words. Pure functions of what is known about it. */

/* After so long without a find it is said that nothing was found, though answers may still come. */
#define FR_SEARCH_PATIENCE_US (4 * G_USEC_PER_SEC)

typedef enum
{
  FR_SEARCH_VIEW_START,   /* nothing typed */
  FR_SEARCH_VIEW_ASK,     /* none of one's own, and nobody was asked yet */
  FR_SEARCH_VIEW_WALL,    /* what was found, if only nothing so far */
  FR_SEARCH_VIEW_HIDDEN,  /* by filters */
  FR_SEARCH_VIEW_NOTHING,
  FR_SEARCH_VIEW_NOBODY,  /* nothing found, and nobody there to ask */
  FR_SEARCH_VIEW_AWAY,    /* the same with the one who was to be asked */
} FrSearchView;

typedef struct
{
  const char *words;   /* that are typed; "": none */
  const char *asked;   /* nullable: the words that others were asked for; what follows is about these */
  FrSearchScope scope; /* of whom */
  const char *person;  /* where that is one person, what they are called */
  gint64 elapsed_us;   /* since they were asked, or people further away */
  guint n_here;        /* of those who are meant */
  guint n_asked;       /* people */
  guint n_found;       /* pictures */
  guint n_hidden;      /* of these, by filters */
  guint n_blocked;     /* pictures besides, of people who are blocked */
  const char *error;   /* nullable: why nobody could be asked */
  guint looked_here : 1;      /* one's own pictures have been looked through */
  guint is_listening : 1;
  guint is_stopped : 1;       /* by the person, before its time */
  guint is_going_further : 1; /* and nobody there has got it yet, as far as is known */
  guint can_widen : 1;        /* further */
  guint is_at_end : 1;        /* not further */
  guint has_earlier : 1;      /* pictures of others that were found before, where nobody is here */
  guint is_wished : 1;        /* the person is told when something turns up */
} FrSearchFacts;

FrSearchView fr_search_text_get_view (const FrSearchFacts *facts);
char *fr_search_text_describe (const FrSearchFacts *facts); /* nullable: the line above the pictures */

const char *fr_search_text_describe_fault (const char *words); /* nullable: why they cannot be looked for */

/* Where there are no pictures. */
char *fr_search_text_make_title (const FrSearchFacts *facts);
char *fr_search_text_make_body (const FrSearchFacts *facts);

G_END_DECLS
