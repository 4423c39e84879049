/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-node.h"

G_BEGIN_DECLS

/* Adding somebody, step by step, in words: pure. */

#define FR_ADDING_PATIENCE_US (5 * G_USEC_PER_SEC) /* then the person is told that it goes on without them */

typedef enum
{
  FR_ADDING_MEETING_POINT, /* going there */
  FR_ADDING_LOOKING,
  FR_ADDING_CONNECTING,
  FR_ADDING_WAITING, /* for them to accept */
  FR_ADDING_CONNECTED,
  FR_ADDING_NO_MEETING_POINT, /* none was chosen */
  FR_ADDING_LOST,             /* the meeting point cannot be reached */
  FR_ADDING_NOT_HERE,
  FR_ADDING_NOBODY, /* nobody of that name, and nobody that we know of */
  FR_ADDING_NO_WAY,
  FR_ADDING_FAILED,
} FrAddingStep;

typedef enum
{
  FR_ADDING_NO_REMEDY,
  FR_ADDING_SET_UP_MEETING_POINT,
  FR_ADDING_SET_UP_RELAY,
  FR_ADDING_TRY_AGAIN,
} FrAddingRemedy;

typedef struct
{
  const char *name; /* of the person; their address where no more is known */
  FrPersonState person;
  gboolean is_known; /* their key is: they exist, whoever is here */
  gboolean has_error;
  FrNodeError code;
  const char *error; /* a sentence, where has_error */
  FrNodeState node;
  gboolean has_meeting_point; /* one was chosen */
  const char *node_error;     /* nullable: what keeps us from it, a sentence */
} FrAddingFacts;

/* How far it is. What has not worked stands until a later try comes further. */
typedef struct
{
  FrAddingStep step;
  gint64 began_us;
} FrAdding;

void fr_adding_begin (FrAdding *self, gint64 now_us);
gboolean fr_adding_take (FrAdding *self, const FrAddingFacts *facts);
gboolean fr_adding_is_busy (FrAddingStep step);
gint64 fr_adding_get_patience_us (const FrAdding *self, gint64 now_us);

char *fr_adding_text_describe (FrAddingStep step, const FrAddingFacts *facts);
gboolean fr_adding_text_goes_on (const FrAdding *self, const FrAddingFacts *facts, gint64 now_us);
FrAddingRemedy fr_adding_text_get_remedy (FrAddingStep step, const FrAddingFacts *facts);
const char *fr_adding_remedy_get_label (FrAddingRemedy remedy);

G_END_DECLS
