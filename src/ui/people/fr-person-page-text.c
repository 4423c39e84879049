/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-page-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* Translators: a %s is the name of a person. What can be done about the person as such is a button beside their name. */
static const struct
{
  const char *body;
  const char *button;
  const char *action;
  const char *icon;
} states[] = {
  [FR_PERSON_PAGE_WALL] = { "", NULL, NULL, NULL },
  [FR_PERSON_PAGE_BLOCKED] = { N_ ("You have blocked %s. Neither of you sees what the other shares."), NULL, NULL,
                               "action-unavailable-symbolic" },
  [FR_PERSON_PAGE_NOT_ADDED] = { N_ ("You have not added %s."), NULL, NULL, "contact-new-symbolic" },
  [FR_PERSON_PAGE_AWAY] = { N_ ("Their pictures show up here when you are both here."), NULL, NULL,
                            "weather-clear-night-symbolic" },
  [FR_PERSON_PAGE_SILENT] = { N_ ("%s has not answered. What they share shows up here as soon as they do."),
                              N_ ("_Ask Again"), "page.ask-again", "preferences-system-time-symbolic" },
  [FR_PERSON_PAGE_NOTHING] = { N_ ("%s has shared nothing with you yet."), N_ ("_Share Something…"), "person.share",
                               "folder-pictures-symbolic" },
};

/**
 * fr_person_page_text_choose:
 * @facts: what is known
 *
 * Returns: what is shown in place of their pictures, or that those are
 */
FrPersonPageState
fr_person_page_text_choose (const FrPersonPageFacts *facts)
{
  if (facts->is_blocked)
    return FR_PERSON_PAGE_BLOCKED;
  if (!facts->is_contact)
    return FR_PERSON_PAGE_NOT_ADDED;
  if (facts->n_theirs > 0)
    return FR_PERSON_PAGE_WALL;
  if (!facts->is_here)
    return FR_PERSON_PAGE_AWAY;
  if (facts->is_asked)
    return FR_PERSON_PAGE_WALL;
  return facts->is_silent ? FR_PERSON_PAGE_SILENT : FR_PERSON_PAGE_NOTHING;
}

char *
fr_person_page_text_body (FrPersonPageState state, const char *name)
{
  const char *body = states[state].body;

  if (*body == '\0')
    return g_strdup ("");
  return strstr (body, "%s") != NULL ? g_strdup_printf (_ (body), name) : g_strdup (_ (body));
}

const char *
fr_person_page_text_button (FrPersonPageState state)
{
  return states[state].button != NULL ? _ (states[state].button) : NULL;
}

const char *
fr_person_page_text_get_action (FrPersonPageState state)
{
  return states[state].action;
}

const char *
fr_person_page_text_get_icon (FrPersonPageState state)
{
  return states[state].icon;
}

/**
 * fr_person_page_text_line:
 * @facts: what is known
 *
 * Returns: (transfer full) (nullable): what is said above their pictures; %NULL: nothing
 */
char *
fr_person_page_text_line (const FrPersonPageFacts *facts)
{
  if (facts->is_blocked || !facts->is_contact)
    return NULL;
  if (facts->is_here && facts->is_asked)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("Asking %s for their pictures…"), facts->name);
  if (facts->n_theirs == 0)
    return NULL;
  if (!facts->is_here)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("%s is not here right now. These you have seen or kept."), facts->name);
  if (facts->is_silent)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("%s did not answer. Their pictures are from earlier."), facts->name);
  return NULL;
}

char *
fr_person_page_text_yours_body (const char *name)
{
  /* Translators: the name of a person */
  return g_strdup_printf (_ ("You have shared nothing with %s yet."), name);
}

/**
 * fr_person_page_text_yours_line:
 * @facts: what is known
 *
 * Returns: (transfer full) (nullable): what is said above the pictures for them; %NULL: nothing
 */
char *
fr_person_page_text_yours_line (const FrPersonPageFacts *facts)
{
  if (facts->is_here || !facts->is_contact || facts->n_waiting == 0)
    return NULL;
  /* Translators: how many pictures, and the name of a person */
  return g_strdup_printf (ngettext ("%u picture waits for %s to be here.", "%u pictures wait for %s to be here.",
                                    facts->n_waiting),
                          facts->n_waiting, facts->name);
}

/**
 * fr_person_page_text_shared:
 * @name: the name of a person
 * @n: how many pictures they can see now that they could not see before
 *
 * Returns: (transfer full): what has been done, in words
 */
char *
fr_person_page_text_shared (const char *name, guint n)
{
  if (n == 0)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("%s can see these already."), name);
  /* Translators: the name of a person, and how many pictures */
  return g_strdup_printf (ngettext ("Shared with %s: %u picture", "Shared with %s: %u pictures", n), name, n);
}
