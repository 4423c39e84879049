/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first start, step by step: pure. */

typedef enum
{
  FR_FIRST_NAME,
  FR_FIRST_CHOICE,     /* whom to share with: one of the next three, or later */
  FR_FIRST_INVITATION,
  FR_FIRST_HERE,       /* a meeting point on this computer */
  FR_FIRST_FAR,        /* one somewhere else */
  FR_FIRST_PICTURES,
  FR_FIRST_OVER,
  FR_FIRST_N_STEPS
} FrFirstStep;

typedef enum
{
  FR_FIRST_GO_ON,
  FR_FIRST_GO_BACK,
  FR_FIRST_CHOOSE_INVITATION,
  FR_FIRST_CHOOSE_HERE,
  FR_FIRST_CHOOSE_FAR,
  FR_FIRST_TAKE_LINK, /* one was opened */
  FR_FIRST_N_MOVES
} FrFirstMove;

typedef struct
{
  gboolean has_meeting_point; /* from the command line */
  gboolean has_link;          /* was opened before */
} FrFirstFacts;

FrFirstStep fr_first_step_go (FrFirstStep step, FrFirstMove move, const FrFirstFacts *facts);
const char *fr_first_step_get_page (FrFirstStep step);

G_END_DECLS
