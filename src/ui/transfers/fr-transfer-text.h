/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-fetch-state.h"

G_BEGIN_DECLS

/* What is said of a picture that comes, or goes to somebody else, and what is offered. Pure. */

typedef struct
{
  const char *title;
  const char *name;    /* nullable: whom it comes from, goes to, or is waited for */
  const char *error;   /* nullable: why it did not come, or was not kept */
  guint64 done, total; /* bytes */
  guint64 speed;       /* bytes a second; 0: not known */
  gint64 seconds_left; /* -1: not known */
  gint64 ended_us;     /* real time */
  guint place;         /* in their queue; 0: not known */
  FrFetchState state;
  guint is_going : 1;   /* to somebody else */
  guint is_stopped : 1; /* by the person, where it has failed */
} FrTransferFacts;

typedef enum
{
  FR_TRANSFER_COMING,
  FR_TRANSFER_GOING,
  FR_TRANSFER_OVER,
} FrTransferGroup;

typedef enum
{
  FR_TRANSFER_PAUSE = 1 << 0,
  FR_TRANSFER_RESUME = 1 << 1,
  FR_TRANSFER_CANCEL = 1 << 2,
  FR_TRANSFER_RETRY = 1 << 3,
  FR_TRANSFER_OPEN = 1 << 4,
} FrTransferOffers;

FrTransferGroup fr_transfer_text_get_group (const FrTransferFacts *facts);
gboolean fr_transfer_text_is_moving (const FrTransferFacts *facts);
gboolean fr_transfer_text_has_failed (const FrTransferFacts *facts);
gboolean fr_transfer_text_is_error (const FrTransferFacts *facts);
FrTransferOffers fr_transfer_text_get_offers (const FrTransferFacts *facts);
double fr_transfer_text_get_fraction (const FrTransferFacts *facts); /* below 0: no bar */

char *fr_transfer_text_describe (const FrTransferFacts *facts, gint64 now_us);
char *fr_transfer_text_describe_pace (const FrTransferFacts *facts); /* nullable: a second line */
char *fr_transfer_text_announce (const FrTransferFacts *facts); /* nullable: it is not worth it */
char *fr_transfer_text_name_button (guint n_moving, guint n_failed);

G_END_DECLS
