/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-fetch-state.h"

G_BEGIN_DECLS

/* What the bar below a picture says and offers. Pure. */

typedef struct
{
  const char *about;      /* whom it is from, or for whom it is */
  const char *size;       /* its size in words */
  const char *holder;     /* whom it comes from now */
  const char *gone;       /* nullable: who had it, and went away */
  const char *error;      /* nullable: why it did not come, or cannot be shown */
  const char *keep_error; /* nullable: why it could not be kept */
  guint64 done, total;    /* bytes */
  guint place;            /* in the queue of whom it comes from; 0: not known */
  FrFetchState state;     /* of what is coming */
  guint is_found : 1;     /* with others, and not kept here */
  guint is_covered : 1;   /* a stranger’s, and blurred */
  guint is_coming : 1;    /* it was asked for; see state */
  guint is_slow : 1;      /* it has taken longer than nothing need be said about */
  guint is_stopped : 1;
  guint is_keeping : 1;
  guint is_kept : 1;      /* from somebody else */
  guint is_passed_on : 1; /* the same, and others can see it here */
} FrViewerFacts;

typedef enum
{
  FR_VIEWER_STOP = 1 << 0,
  FR_VIEWER_RETRY = 1 << 1,
  FR_VIEWER_SAVE = 1 << 2,
  FR_VIEWER_SHOW = 1 << 3,
  FR_VIEWER_KEEP = 1 << 4,
  FR_VIEWER_KEPT = 1 << 5,
  FR_VIEWER_PASS_ON = 1 << 6,
} FrViewerOffers;

char *fr_viewer_text_describe (const FrViewerFacts *facts); /* below the line that says whom it is from */
double fr_viewer_text_get_fraction (const FrViewerFacts *facts); /* below 0: no bar */
FrViewerOffers fr_viewer_text_get_offers (const FrViewerFacts *facts);
gboolean fr_viewer_text_is_error (const FrViewerFacts *facts);

/* For those who cannot see it: what is shown now. */
char *fr_viewer_text_describe_picture (guint position, guint n, const char *words, const char *about);

G_END_DECLS
