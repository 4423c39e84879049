/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a search stands, in words. Pure functions of what is known about it. */

/* After so long without a find it is said that nothing was found, though answers may still come. */
#define FR_SEARCH_PATIENCE_US (4 * G_USEC_PER_SEC)

typedef enum
{
  FR_SEARCH_PAGE_START,   /* nothing asked yet */
  FR_SEARCH_PAGE_WAITING, /* nothing found yet */
  FR_SEARCH_PAGE_NOTHING,
  FR_SEARCH_PAGE_NOBODY,  /* nothing found, and nobody there to ask */
  FR_SEARCH_PAGE_FAILED,  /* could not be asked */
  FR_SEARCH_PAGE_FOUND,
} FrSearchPageName;

typedef struct
{
  gboolean is_asked;
  gboolean is_listening;
  gint64 elapsed_us; /* since it was asked, or sent further */
  guint n_found;
  guint n_answered;    /* people who have answered */
  guint n_here;        /* people who are connected */
  const char *error;   /* nullable */
  gboolean is_stopped; /* by the person, before its time */
  guint n_hidden;      /* pictures of people who are blocked */
} FrSearchFacts;

FrSearchPageName fr_search_status_get_page (const FrSearchFacts *facts);
gboolean fr_search_status_has_line (FrSearchPageName page);
char *fr_search_status_describe (const FrSearchFacts *facts);

G_END_DECLS
