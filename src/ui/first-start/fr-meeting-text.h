/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-node.h"

G_BEGIN_DECLS

/* Going to a meeting point, or starting one, in words: pure. */

typedef enum
{
  FR_MEETING_IDLE,
  FR_MEETING_GOING,
  FR_MEETING_THERE,
  FR_MEETING_FAILED,
} FrMeetingStep;

typedef struct
{
  gboolean is_chosen; /* the person waits for it: what was before is nothing to tell */
  FrNodeState state;
  const char *error;   /* nullable: a sentence */
  const char *serving; /* nullable: the address of the one that runs here */
} FrMeetingFacts;

FrMeetingStep fr_meeting_text_choose (const FrMeetingFacts *facts);
char *fr_meeting_text_describe (FrMeetingStep step, const FrMeetingFacts *facts);
char *fr_meeting_text_describe_here (const FrMeetingFacts *facts);
char *fr_meeting_text_describe_now (const FrMeetingFacts *facts, const char *server);

G_END_DECLS
