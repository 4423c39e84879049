/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-node.h"

G_BEGIN_DECLS

/* What the window has to say on every page about the meeting point and one's name there: pure. */

#define FR_NOTICE_DELAY_US G_USEC_PER_SEC /* what is over before that was not worth reading */

typedef enum
{
  FR_NOTICE_NONE,
  FR_NOTICE_UNUSABLE, /* will not be tried again */
  FR_NOTICE_LOST,     /* is tried again by itself */
  FR_NOTICE_NO_MEETING_POINT,
  FR_NOTICE_CONNECTING,
  FR_NOTICE_NAME_TAKEN,
} FrNotice;

typedef struct
{
  FrNodeState state;
  const char *error;     /* nullable: what keeps one from the meeting point, a sentence */
  gint64 wait_us;        /* until it is tried again */
  const char *taken;     /* nullable: the address that somebody else has */
  const char *address;   /* nullable: the one that we have instead */
  const char *dismissed; /* nullable: the taken address that the person knows of */
} FrNoticeFacts;

/* What is shown changes no sooner than a second after it could, so that nothing flickers; it goes at once. */
typedef struct
{
  FrNotice shown;
  FrNotice next;
  gint64 next_since_us;
} FrNoticePace;

FrNotice fr_notice_pace_step (FrNoticePace *self, FrNotice notice, gint64 now_us);

FrNotice fr_notice_text_choose (const FrNoticeFacts *facts);
char *fr_notice_text_describe (FrNotice notice, const FrNoticeFacts *facts);
char *fr_notice_text_count_down (FrNotice notice, const FrNoticeFacts *facts);
const char *fr_notice_text_get_remedy (FrNotice notice);

G_END_DECLS
