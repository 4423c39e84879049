/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-new-text.h"

#include <glib/gi18n.h>

/* Translators: in the titles and labels with %s that is the name of a person. */
static const struct
{
  const char *title_of_one; /* nullable: as of several */
  const char *title;
  const char *body;
  const char *button_of_one; /* nullable: as of several */
  const char *button;
  const char *action;
  const char *icon;
} states[] = {
  [FR_NEW_STATE_WALL] = { NULL, "", "", NULL, "", NULL, NULL },
  [FR_NEW_STATE_NOBODY] = { NULL, N_ ("No People Yet"), N_ ("Invite someone. What they share with you shows up here."),
                            NULL, N_ ("Invite…"), "win.invite", "system-users-symbolic" },
  [FR_NEW_STATE_WAITING]
  = { N_ ("Waiting for %s to Accept"), "", N_ ("You can close this; it goes on by itself."), NULL,
      N_ ("Copy Invitation"), "new.copy-invitation", "preferences-system-time-symbolic" },
  [FR_NEW_STATE_AWAY]
  = { N_ ("%s Is Not Here Right Now"), N_ ("Nobody Is Here Right Now"),
      N_ ("You both need Freshet open at the same time. What they share shows up here by itself."), NULL,
      N_ ("Try Again"), "new.try-again", "weather-clear-night-symbolic" },
  [FR_NEW_STATE_MISSED]
  = { N_ ("%s Is Not Here Right Now"), N_ ("Nobody Is Here Right Now"),
      N_ ("You both need Freshet open at the same time. What they share shows up here by itself."), NULL,
      N_ ("Keep Sharing in the Background"), "win.keep-sharing", "weather-clear-night-symbolic" },
  [FR_NEW_STATE_SILENT] = { N_ ("%s Has Not Answered"), N_ ("Nobody Has Answered"),
                            N_ ("What they share shows up here as soon as they answer."), NULL, N_ ("Ask Again"),
                            "new.ask-again", "preferences-system-time-symbolic" },
  [FR_NEW_STATE_NOTHING]
  = { N_ ("%s Has Shared Nothing With You Yet"), N_ ("Nobody Has Shared Anything With You Yet"),
      N_ ("Perhaps they wait for you."), N_ ("Share Something With %s…"), N_ ("Share Something…"), "new.share",
      "folder-pictures-symbolic" },
};

/**
 * fr_new_text_choose:
 * @facts: what is known
 *
 * Returns: what is shown: pictures, if there are any, or why there are none
 */
FrNewState
fr_new_text_choose (const FrNewFacts *facts)
{
  if (facts->n_pictures > 0)
    return FR_NEW_STATE_WALL;
  if (facts->n_people == 0)
    return FR_NEW_STATE_NOBODY;
  if (facts->n_here == 0)
    {
      if (facts->n_people == 1 && facts->waits)
        return FR_NEW_STATE_WAITING;
      return facts->could_stay ? FR_NEW_STATE_MISSED : FR_NEW_STATE_AWAY;
    }
  if (facts->n_asking > 0)
    return FR_NEW_STATE_WALL;
  return facts->n_silent >= facts->n_here ? FR_NEW_STATE_SILENT : FR_NEW_STATE_NOTHING;
}

/* What is said of one person, where there is but one. */
static char *
describe (const char *of_one, const char *of_several, const FrNewFacts *facts)
{
  if (of_one != NULL && facts->n_people == 1 && facts->name != NULL)
    return g_strdup_printf (_ (of_one), facts->name);
  return g_strdup (*of_several != '\0' ? _ (of_several) : "");
}

char *
fr_new_text_title (FrNewState state, const FrNewFacts *facts)
{
  return describe (states[state].title_of_one, states[state].title, facts);
}

const char *
fr_new_text_body (FrNewState state)
{
  return *states[state].body != '\0' ? _ (states[state].body) : "";
}

/**
 * fr_new_text_button:
 * @state: what is shown
 * @facts: what is known
 *
 * Returns: (transfer full): the label of the one thing to do, without a mnemonic
 */
char *
fr_new_text_button (FrNewState state, const FrNewFacts *facts)
{
  return describe (states[state].button_of_one, states[state].button, facts);
}

const char *
fr_new_text_get_action (FrNewState state)
{
  return states[state].action;
}

const char *
fr_new_text_get_icon (FrNewState state)
{
  return states[state].icon;
}

static char *
describe_asking (const FrNewFacts *facts)
{
  guint n_others = facts->n_asking - 1;

  if (n_others == 0)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("Asking %s what is new…"), facts->asking);
  /* Translators: the name of a person, and how many other people */
  return g_strdup_printf (
      ngettext ("Asking %s and %u other what is new…", "Asking %s and %u others what is new…", n_others), facts->asking,
      n_others);
}

static char *
describe_silent (const FrNewFacts *facts)
{
  guint n_others = facts->n_silent - 1;

  if (n_others == 0)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("%s did not answer. Their pictures are from earlier."), facts->silent);
  /* Translators: the name of a person, and how many other people */
  return g_strdup_printf (ngettext ("%s and %u other did not answer. Their pictures are from earlier.",
                                    "%s and %u others did not answer. Their pictures are from earlier.", n_others),
                          facts->silent, n_others);
}

/**
 * fr_new_text_line:
 * @facts: what is known
 *
 * Returns: (transfer full) (nullable): what is said above the pictures; %NULL: all have answered
 */
char *
fr_new_text_line (const FrNewFacts *facts)
{
  if (facts->n_asking > 0)
    return describe_asking (facts);
  if (facts->n_silent > 0 && facts->n_pictures > 0)
    return describe_silent (facts);
  if (facts->n_people == 0 || facts->n_here > 0)
    return NULL;
  if (facts->is_unreadable)
    return g_strdup (_ ("What you saw earlier cannot be read. It comes again when your people are here."));
  return facts->n_pictures > 0 ? g_strdup (_ ("Nobody is here right now. These are from earlier.")) : NULL;
}

/**
 * fr_new_text_count_fresh:
 * @n: how many pictures are new
 * @name: (nullable): of whoever they are from; %NULL: they are from several people
 *
 * Returns: (transfer full): that in words
 */
char *
fr_new_text_count_fresh (guint n, const char *name)
{
  if (name == NULL)
    return g_strdup_printf (ngettext ("%u new picture from your people", "%u new pictures from your people", n), n);
  /* Translators: the name of a person */
  return g_strdup_printf (ngettext ("%u new picture from %s", "%u new pictures from %s", n), n, name);
}

char *
fr_new_text_request (const char *name, const char *introducer)
{
  if (introducer != NULL)
    /* Translators: the names of two people */
    return g_strdup_printf (_ ("%1$s would like to connect to you. Introduced by %2$s."), name, introducer);
  /* Translators: the name of a person */
  return g_strdup_printf (_ ("%s would like to connect to you"), name);
}

/**
 * fr_new_text_wish:
 * @n_new: how many pictures have turned up, 1 at least
 * @words: what was looked for
 *
 * Returns: (transfer full): that they have
 */
char *
fr_new_text_wish (guint n_new, const char *words)
{
  /* Translators: how many pictures, and the words that are looked for */
  return g_strdup_printf (ngettext ("%1$u new picture for “%2$s”", "%1$u new pictures for “%2$s”", n_new), n_new, words);
}

char *
fr_new_text_place (guint index, guint n)
{
  /* Translators: the place of a message among several, such as “1 of 3” */
  return g_strdup_printf (_ ("%u of %u"), index + 1, n);
}
