/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-doctor-text.h"

#include <glib/gi18n.h>

/**
 * fr_doctor_text_gather:
 * @step: a step
 * @out_facts: (out): what it says, whose texts are the step's
 */
void
fr_doctor_text_gather (FrDoctorStep *step, FrDoctorFacts *out_facts)
{
  *out_facts = (FrDoctorFacts){ .kind = fr_doctor_step_get_kind (step),
                                .state = fr_doctor_step_get_state (step),
                                .finding = fr_doctor_step_get_finding (step),
                                .remedy = fr_doctor_step_get_remedy (step),
                                .ms = fr_doctor_step_get_ms (step),
                                .subject = fr_doctor_step_get_subject (step),
                                .message = fr_doctor_step_get_message (step) };
}

/**
 * fr_doctor_text_get_title:
 * @facts: what a step says
 * @person: (nullable): to whom a path is looked for
 *
 * Returns: (transfer full): what is looked at
 */
char *
fr_doctor_text_get_title (const FrDoctorFacts *facts, const char *person)
{
  switch (facts->kind)
    {
    case FR_DOCTOR_MEETING_POINT:
      return g_strdup (_ ("Meeting Point"));
    case FR_DOCTOR_NAME:
      return g_strdup (_ ("Your Name"));
    case FR_DOCTOR_STUN:
      return g_strdup (_ ("Finding Your Address (STUN)"));
    case FR_DOCTOR_TURN:
      return g_strdup (_ ("Relay (TURN)"));
    case FR_DOCTOR_PATH:
    default:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("Path to %s"), person != NULL ? person : "");
    }
}

static const char *
describe_looking (FrDoctorStepKind kind)
{
  switch (kind)
    {
    case FR_DOCTOR_MEETING_POINT:
      return _ ("Looking at the meeting point…");
    case FR_DOCTOR_NAME:
      return _ ("Looking at your name…");
    case FR_DOCTOR_STUN:
      return _ ("Asking for your address…");
    case FR_DOCTOR_TURN:
      return _ ("Asking the relay…");
    case FR_DOCTOR_PATH:
    default:
      return _ ("Looking for a path…");
    }
}

static char *
describe_path (const FrDoctorFacts *facts)
{
  gboolean is_relayed = facts->finding == FR_DOCTOR_FOUND_RELAYED;

  if (facts->ms == 0)
    return g_strdup (is_relayed ? _ ("Through a relay") : _ ("Directly"));
  /* Translators: the time a message takes there and back, in milliseconds */
  return g_strdup_printf (is_relayed ? _ ("Through a relay, %u ms") : _ ("Directly, %u ms"), facts->ms);
}

static char *
describe_good (const FrDoctorFacts *facts)
{
  switch (facts->kind)
    {
    case FR_DOCTOR_MEETING_POINT:
      /* Translators: milliseconds */
      return g_strdup_printf (_ ("Reached in %u ms"), facts->ms);
    case FR_DOCTOR_NAME:
      /* Translators: the address of the person here, such as “anna” */
      return g_strdup_printf (_ ("You are “%s” there"), facts->subject);
    case FR_DOCTOR_STUN:
      return g_strdup (_ ("Your address is known"));
    case FR_DOCTOR_TURN:
      return g_strdup (_ ("Ready"));
    case FR_DOCTOR_PATH:
    default:
      return describe_path (facts);
    }
}

static char *
describe_no_answer (const FrDoctorFacts *facts)
{
  if (facts->kind == FR_DOCTOR_STUN)
    /* Translators: the name of a server */
    return g_strdup_printf (_ ("No answer from “%s”. People in other networks may not reach you."), facts->subject);
  /* Translators: the name of a server */
  return g_strdup_printf (_ ("No answer from “%s”. Check the address."), facts->subject);
}

static char *
describe_bad (const FrDoctorFacts *facts)
{
  switch (facts->finding)
    {
    case FR_DOCTOR_FOUND_NO_SERVER:
      return g_strdup (_ ("You have no meeting point, so nobody new can find you."));
    case FR_DOCTOR_FOUND_TAKEN:
      /* Translators: the address of the person here, such as “anna-7f3k” */
      return g_strdup_printf (_ ("Somebody else has it; you are “%s”."), facts->subject);
    case FR_DOCTOR_FOUND_UNKNOWN_NAME:
      /* Translators: the name of a server */
      return g_strdup_printf (_ ("There is no server called “%s”. Check the address, and that you are online."),
                              facts->subject);
    case FR_DOCTOR_FOUND_NO_ANSWER:
      return describe_no_answer (facts);
    case FR_DOCTOR_FOUND_NOT_A_SERVER:
      /* Translators: the name of a server */
      return g_strdup_printf (_ ("Something answers at “%s”, but it does not help there. Check the address."),
                              facts->subject);
    case FR_DOCTOR_FOUND_REFUSED:
      /* Translators: the name of a server */
      return g_strdup_printf (_ ("“%s” does not let you in. Check name and password."), facts->subject);
    case FR_DOCTOR_FOUND_FULL:
      /* Translators: the name of a server */
      return g_strdup_printf (_ ("“%s” has no room for you now. Try again later."), facts->subject);
    case FR_DOCTOR_FOUND_AWAY:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("%s is not here."), facts->subject);
    case FR_DOCTOR_FOUND_NO_WAY:
      return g_strdup (_ ("Your two networks don’t let you connect directly."));
    case FR_DOCTOR_FOUND_NOTHING:
    case FR_DOCTOR_FOUND_PROBLEM:
    case FR_DOCTOR_FOUND_DIRECTLY:
    case FR_DOCTOR_FOUND_RELAYED:
    default:
      return g_strdup (facts->message != NULL ? facts->message : "");
    }
}

/**
 * fr_doctor_text_describe:
 * @facts: what a step says
 *
 * Returns: (transfer full): what was found, or is being done
 */
char *
fr_doctor_text_describe (const FrDoctorFacts *facts)
{
  switch (facts->state)
    {
    case FR_DOCTOR_LOOKING:
      return g_strdup (describe_looking (facts->kind));
    case FR_DOCTOR_GOOD:
      return describe_good (facts);
    case FR_DOCTOR_BAD:
      return describe_bad (facts);
    case FR_DOCTOR_NOT_NEEDED:
      return g_strdup (facts->kind == FR_DOCTOR_TURN ? _ ("Not set up. It helps where networks are strict.")
                                                     : _ ("Not set up"));
    case FR_DOCTOR_NOT_LOOKED_AT:
      return g_strdup (_ ("Not looked at"));
    case FR_DOCTOR_WAITING:
    default:
      return g_strdup (_ ("Not looked at yet"));
    }
}

/**
 * fr_doctor_text_get_icon:
 * @facts: what a step says
 *
 * Returns: (nullable): what stands beside it; never all that says it
 */
const char *
fr_doctor_text_get_icon (const FrDoctorFacts *facts)
{
  switch (facts->state)
    {
    case FR_DOCTOR_GOOD:
      return "emblem-ok-symbolic";
    case FR_DOCTOR_BAD:
      return "dialog-warning-symbolic";
    case FR_DOCTOR_NOT_NEEDED:
    case FR_DOCTOR_NOT_LOOKED_AT:
      return "list-remove-symbolic";
    case FR_DOCTOR_WAITING:
    case FR_DOCTOR_LOOKING:
    default:
      return NULL;
    }
}

const char *
fr_doctor_text_get_icon_class (const FrDoctorFacts *facts)
{
  switch (facts->state)
    {
    case FR_DOCTOR_GOOD:
      return "success";
    case FR_DOCTOR_BAD:
      return "warning";
    default:
      return "dim-label";
    }
}

/**
 * fr_doctor_text_get_remedy:
 * @facts: what a step says
 *
 * Returns: (nullable): what a button that helps says
 */
const char *
fr_doctor_text_get_remedy (const FrDoctorFacts *facts)
{
  switch (facts->remedy)
    {
    case FR_DOCTOR_REMEDY_SET_UP_SERVER:
      return _ ("_Set Up…");
    case FR_DOCTOR_REMEDY_CHANGE_SERVER:
    case FR_DOCTOR_REMEDY_CHANGE_RELAYS:
      return _ ("_Change…");
    case FR_DOCTOR_REMEDY_CHOOSE_NAME:
      return _ ("Choose Another _Name…");
    case FR_DOCTOR_REMEDY_SET_UP_RELAY:
      return _ ("_Set Up a Relay…");
    case FR_DOCTOR_REMEDY_NONE:
    default:
      return NULL;
    }
}

const char *
fr_doctor_text_get_action (const FrDoctorFacts *facts)
{
  switch (facts->remedy)
    {
    case FR_DOCTOR_REMEDY_CHOOSE_NAME:
      return "win.preferences";
    case FR_DOCTOR_REMEDY_SET_UP_SERVER:
    case FR_DOCTOR_REMEDY_CHANGE_SERVER:
    case FR_DOCTOR_REMEDY_CHANGE_RELAYS:
    case FR_DOCTOR_REMEDY_SET_UP_RELAY:
      return "win.connection";
    case FR_DOCTOR_REMEDY_NONE:
    default:
      return NULL;
    }
}

/**
 * fr_doctor_text_announce:
 * @facts: what a step says
 * @person: (nullable): to whom a path is looked for
 *
 * Returns: (transfer full) (nullable): what to read out of it; %NULL while there is nothing
 */
char *
fr_doctor_text_announce (const FrDoctorFacts *facts, const char *person)
{
  g_autofree char *title = NULL, *text = NULL;

  if (facts->state == FR_DOCTOR_WAITING || facts->state == FR_DOCTOR_LOOKING
      || facts->state == FR_DOCTOR_NOT_LOOKED_AT)
    return NULL;
  title = fr_doctor_text_get_title (facts, person);
  text = fr_doctor_text_describe (facts);
  /* Translators: what was looked at, and what was found, such as “Meeting Point: Reached in 12 ms” */
  return g_strdup_printf (_ ("%s: %s"), title, text);
}

/**
 * fr_doctor_text_summarize:
 * @is_running: whether there is more to be looked at
 * @n_bad: how many things are not good
 * @n_left_out: how many have not been looked at
 *
 * Returns: (transfer full): all of it in a few words
 */
char *
fr_doctor_text_summarize (gboolean is_running, guint n_bad, guint n_left_out)
{
  if (is_running)
    return g_strdup (_ ("Looking…"));
  if (n_bad > 0)
    return g_strdup_printf (ngettext ("%u Thing to Mend", "%u Things to Mend", n_bad), n_bad);
  return g_strdup (n_left_out > 0 ? _ ("Not Looked at to the End") : _ ("All Is Well"));
}
