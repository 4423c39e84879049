/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-status.h"

#include <glib/gi18n.h>

/**
 * fr_search_status_get_page:
 * @facts: what is known about a search
 *
 * Returns: what to show
 */
FrSearchPageName
fr_search_status_get_page (const FrSearchFacts *facts)
{
  if (!facts->is_asked)
    return FR_SEARCH_PAGE_START;
  if (facts->n_found > 0)
    return FR_SEARCH_PAGE_FOUND;
  if (facts->error != NULL)
    return FR_SEARCH_PAGE_FAILED;
  if (facts->n_here == 0)
    return FR_SEARCH_PAGE_NOBODY;
  if (facts->is_listening && facts->elapsed_us < FR_SEARCH_PATIENCE_US)
    return FR_SEARCH_PAGE_WAITING;
  return FR_SEARCH_PAGE_NOTHING;
}

/**
 * fr_search_status_has_line:
 * @page: what is shown
 *
 * Returns: whether the line about the search is shown with it; the others say all there is to say
 */
gboolean
fr_search_status_has_line (FrSearchPageName page)
{
  return page == FR_SEARCH_PAGE_FOUND || page == FR_SEARCH_PAGE_WAITING || page == FR_SEARCH_PAGE_NOTHING;
}

static char *
describe_found (const FrSearchFacts *facts)
{
  g_autofree char *pictures
      = g_strdup_printf (ngettext ("%u picture", "%u pictures", facts->n_found), facts->n_found);
  g_autofree char *people
      = g_strdup_printf (ngettext ("%u person", "%u people", facts->n_answered), facts->n_answered);

  if (facts->n_answered == 0)
    return facts->is_listening
               /* Translators: “3 pictures of your own so far” */
               ? g_strdup_printf (_ ("%s of your own so far"), pictures)
               : g_strdup_printf (_ ("%s of your own"), pictures);
  return facts->is_listening
             /* Translators: “3 pictures so far, 2 people answered” */
             ? g_strdup_printf (_ ("%s so far, %s answered"), pictures, people)
             : g_strdup_printf (_ ("%s, %s answered"), pictures, people);
}

static char *
describe (const FrSearchFacts *facts)
{
  if (!facts->is_asked)
    return g_strdup ("");
  if (facts->error != NULL)
    return g_strdup (facts->error);
  if (facts->n_here == 0)
    return g_strdup (_ ("Nobody is here right now, so only your own pictures were searched."));
  if (facts->n_found > 0)
    return describe_found (facts);
  if (facts->is_stopped)
    return g_strdup (_ ("Stopped before everyone had time to answer."));
  return g_strdup (facts->is_listening ? _ ("Answers may still come.") : _ ("Everyone has had time to answer."));
}

/**
 * fr_search_status_describe:
 * @facts: what is known about a search
 *
 * Returns: (transfer full): one line about it, and one more about what is not shown
 */
char *
fr_search_status_describe (const FrSearchFacts *facts)
{
  g_autofree char *text = describe (facts);
  g_autofree char *hidden = NULL;

  if (facts->n_hidden == 0)
    return g_steal_pointer (&text);
  hidden = g_strdup_printf (ngettext ("%u picture from people you blocked is not shown.",
                                      "%u pictures from people you blocked are not shown.", facts->n_hidden),
                            facts->n_hidden);
  return g_strdup_printf ("%s\n%s", text, hidden);
}
