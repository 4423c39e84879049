/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What closing the window means: pure. */

typedef enum
{
  FR_CLOSING_QUIT,
  FR_CLOSING_ASK,  /* whether to go on without it */
  FR_CLOSING_STAY, /* without it */
} FrClosing;

typedef struct
{
  gboolean can_stay; /* it can be opened again, and what was answered is remembered */
  gboolean is_open;  /* somebody with a name shares here */
  gboolean has_people;
  const char *keep_sharing; /* nullable: as the setting has it: "ask", "yes" or "no" */
} FrClosingFacts;

FrClosing fr_closing_choose (const FrClosingFacts *facts);

G_END_DECLS
