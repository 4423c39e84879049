/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-adding-text.h"

#include <glib/gi18n.h>

static FrAddingStep
choose_before_looking (const FrAddingFacts *facts)
{
  switch (facts->node)
    {
    case FR_NODE_ONLINE:
      return FR_ADDING_LOOKING;
    case FR_NODE_WAITING:
    case FR_NODE_FAILED:
      return FR_ADDING_LOST;
    case FR_NODE_OFFLINE:
      return facts->has_meeting_point ? FR_ADDING_MEETING_POINT : FR_ADDING_NO_MEETING_POINT;
    case FR_NODE_CONNECTING:
    default:
      return FR_ADDING_MEETING_POINT;
    }
}

static FrAddingStep
choose_failure (const FrAddingFacts *facts)
{
  switch (facts->code)
    {
    case FR_NODE_ERROR_NOT_THERE:
      return facts->is_known ? FR_ADDING_NOT_HERE : FR_ADDING_NOBODY;
    case FR_NODE_ERROR_NO_ROUTE:
      return FR_ADDING_NO_WAY;
    case FR_NODE_ERROR_OTHER_SERVER: /* said until we are there */
      return facts->node != FR_NODE_ONLINE ? choose_before_looking (facts) : FR_ADDING_FAILED;
    default:
      return FR_ADDING_FAILED;
    }
}

static FrAddingStep
choose_step (const FrAddingFacts *facts)
{
  switch (facts->person)
    {
    case FR_PERSON_HERE:
      return FR_ADDING_CONNECTED;
    case FR_PERSON_WAITS:
      return FR_ADDING_WAITING;
    case FR_PERSON_CONNECTING:
    case FR_PERSON_ASKS: /* whoever is added is let in at once */
      return FR_ADDING_CONNECTING;
    case FR_PERSON_LOOKING:
      return choose_before_looking (facts);
    case FR_PERSON_CHANGED:
      return FR_ADDING_FAILED;
    case FR_PERSON_AWAY:
    case FR_PERSON_FAILED:
    default:
      return facts->has_error ? choose_failure (facts) : choose_before_looking (facts);
    }
}

/* How far one is at a step; a step that has not worked, how far one came. */
static guint
get_stage (FrAddingStep step)
{
  switch (step)
    {
    case FR_ADDING_LOOKING:
    case FR_ADDING_NOT_HERE:
    case FR_ADDING_NOBODY:
      return 1;
    case FR_ADDING_CONNECTING:
    case FR_ADDING_NO_WAY:
    case FR_ADDING_FAILED:
      return 2;
    case FR_ADDING_WAITING:
      return 3;
    case FR_ADDING_CONNECTED:
      return 4;
    case FR_ADDING_MEETING_POINT:
    case FR_ADDING_NO_MEETING_POINT:
    case FR_ADDING_LOST:
    default:
      return 0;
    }
}

/**
 * fr_adding_begin:
 * @self: nothing yet, or what was before
 * @now_us: the monotonic time
 *
 * Begins anew: whatever has not worked before is forgotten.
 */
void
fr_adding_begin (FrAdding *self, gint64 now_us)
{
  self->step = FR_ADDING_MEETING_POINT;
  self->began_us = now_us;
}

/**
 * fr_adding_is_busy:
 * @step: a step
 *
 * Returns: whether something is going on that the person may watch
 */
gboolean
fr_adding_is_busy (FrAddingStep step)
{
  return step <= FR_ADDING_WAITING;
}

/**
 * fr_adding_take:
 * @self: how far it is
 * @facts: how things are now
 *
 * Takes the step that follows. Each further try goes through the first steps again: that is not shown where it has failed
 * before, or the words would come and go. Whoever was connected once is added, wherever they go.
 *
 * Returns: whether there is another step now
 */
gboolean
fr_adding_take (FrAdding *self, const FrAddingFacts *facts)
{
  FrAddingStep step = choose_step (facts);
  gboolean has_failed = !fr_adding_is_busy (self->step) && self->step != FR_ADDING_CONNECTED;

  if (step == self->step || self->step == FR_ADDING_CONNECTED)
    return FALSE;
  if (has_failed && fr_adding_is_busy (step) && get_stage (step) <= get_stage (self->step))
    return FALSE;
  self->step = step;
  return TRUE;
}

/**
 * fr_adding_get_patience_us:
 * @self: how far it is
 * @now_us: the monotonic time
 *
 * Returns: how long the person still watches gladly; 0: they are told that they need not
 */
gint64
fr_adding_get_patience_us (const FrAdding *self, gint64 now_us)
{
  return MAX (self->began_us + FR_ADDING_PATIENCE_US - now_us, 0);
}

/**
 * fr_adding_text_describe:
 * @step: how far it is
 * @facts: how things are
 *
 * Returns: (transfer full): a sentence; for what has not worked, with the next step
 */
char *
fr_adding_text_describe (FrAddingStep step, const FrAddingFacts *facts)
{
  switch (step)
    {
    case FR_ADDING_LOOKING:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("Looking for %s…"), facts->name);
    case FR_ADDING_CONNECTING:
      return g_strdup (_ ("Found, connecting…"));
    case FR_ADDING_WAITING:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("Waiting for %s to accept…"), facts->name);
    case FR_ADDING_CONNECTED:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("Connected to %s"), facts->name);
    case FR_ADDING_NO_MEETING_POINT:
      return g_strdup (_ ("You need a meeting point first."));
    case FR_ADDING_LOST:
      return g_strdup (facts->node_error != NULL ? facts->node_error : _ ("The meeting point cannot be reached."));
    case FR_ADDING_NOT_HERE:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("%s is not here."), facts->name);
    case FR_ADDING_NOBODY:
      /* Translators: what somebody typed */
      return g_strdup_printf (_ ("No one called “%s” here. Check the spelling or ask for a link."), facts->name);
    case FR_ADDING_NO_WAY:
      return g_strdup (_ ("Your two networks don’t let you connect directly. A relay would help."));
    case FR_ADDING_FAILED:
      return g_strdup (facts->has_error ? facts->error : _ ("It did not work this time."));
    case FR_ADDING_MEETING_POINT:
    default:
      return g_strdup (_ ("Going to the meeting point…"));
    }
}

/**
 * fr_adding_text_goes_on:
 * @self: how far it is
 * @facts: how things are
 * @now_us: the monotonic time
 *
 * Returns: whether the person is to be told that it goes on by itself, so that they need not watch
 */
gboolean
fr_adding_text_goes_on (const FrAdding *self, const FrAddingFacts *facts, gint64 now_us)
{
  switch (self->step)
    {
    case FR_ADDING_MEETING_POINT:
    case FR_ADDING_LOOKING:
    case FR_ADDING_CONNECTING:
    case FR_ADDING_WAITING:
      return fr_adding_get_patience_us (self, now_us) == 0;
    case FR_ADDING_NOT_HERE:
      return TRUE;
    case FR_ADDING_LOST:
      return facts->node != FR_NODE_FAILED;
    case FR_ADDING_FAILED: /* who is away is looked for again */
      return facts->person != FR_PERSON_FAILED && facts->person != FR_PERSON_CHANGED;
    case FR_ADDING_CONNECTED:
    case FR_ADDING_NO_MEETING_POINT:
    case FR_ADDING_NOBODY:
    case FR_ADDING_NO_WAY:
    default:
      return FALSE;
    }
}

/**
 * fr_adding_text_get_remedy:
 * @step: how far it is
 * @facts: how things are
 *
 * Returns: what the person can do about it
 */
FrAddingRemedy
fr_adding_text_get_remedy (FrAddingStep step, const FrAddingFacts *facts)
{
  switch (step)
    {
    case FR_ADDING_NO_MEETING_POINT:
      return FR_ADDING_SET_UP_MEETING_POINT;
    case FR_ADDING_NO_WAY:
      return FR_ADDING_SET_UP_RELAY;
    case FR_ADDING_LOST:
      return FR_ADDING_TRY_AGAIN;
    case FR_ADDING_FAILED:
      return facts->person == FR_PERSON_CHANGED ? FR_ADDING_NO_REMEDY : FR_ADDING_TRY_AGAIN;
    default:
      return FR_ADDING_NO_REMEDY;
    }
}

/**
 * fr_adding_remedy_get_label:
 * @remedy: what can be done
 *
 * Returns: (nullable): what a button for it says, with a mnemonic
 */
const char *
fr_adding_remedy_get_label (FrAddingRemedy remedy)
{
  switch (remedy)
    {
    case FR_ADDING_SET_UP_MEETING_POINT:
      return _ ("_Set Up…");
    case FR_ADDING_SET_UP_RELAY:
      return _ ("_Set Up a Relay…");
    case FR_ADDING_TRY_AGAIN:
      return _ ("_Try Again");
    case FR_ADDING_NO_REMEDY:
    default:
      return NULL;
    }
}
