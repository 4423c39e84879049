/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewer-text.h"

#include <glib/gi18n.h>

#include "fr-fetch-text.h"

static gboolean
is_on_its_way (const FrViewerFacts *facts)
{
  return facts->is_coming && facts->state != FR_FETCH_DONE && facts->state != FR_FETCH_FAILED;
}

/* What goes well for the moment that nobody notices is not told. */
static char *
describe_way (const FrViewerFacts *facts)
{
  if (facts->gone != NULL && facts->state == FR_FETCH_CONNECTING)
    /* Translators: the names of two people */
    return g_strdup_printf (_ ("%1$s went away. Asking %2$s instead…"), facts->gone, facts->holder);
  if (!facts->is_slow)
    return g_strdup (facts->size);
  return fr_fetch_text_describe (facts->state, facts->holder, facts->place, facts->done, facts->total);
}

/**
 * fr_viewer_text_describe:
 * @facts: what is known
 *
 * Returns: (transfer full): how it goes, or else what size it is
 */
char *
fr_viewer_text_describe (const FrViewerFacts *facts)
{
  if (facts->is_covered)
    return g_strdup (_ ("From someone you don’t know."));
  if (facts->is_stopped)
    return g_strdup (_ ("Stopped."));
  if (facts->error != NULL)
    return g_strdup (facts->error);
  if (facts->keep_error != NULL)
    return g_strdup (facts->keep_error);
  if (is_on_its_way (facts))
    return describe_way (facts);
  return g_strdup (facts->size);
}

double
fr_viewer_text_get_fraction (const FrViewerFacts *facts)
{
  if (!is_on_its_way (facts) || facts->is_covered || !facts->is_slow || facts->state != FR_FETCH_RUNNING)
    return -1;
  return facts->total > 0 ? MIN ((double) facts->done / (double) facts->total, 1) : 0;
}

gboolean
fr_viewer_text_is_error (const FrViewerFacts *facts)
{
  return !facts->is_covered && !facts->is_stopped && (facts->error != NULL || facts->keep_error != NULL);
}

/**
 * fr_viewer_text_get_offers:
 * @facts: what is known
 *
 * What has come but cannot be shown may be saved: another program may show it.
 *
 * Returns: what can be done about it
 */
FrViewerOffers
fr_viewer_text_get_offers (const FrViewerFacts *facts)
{
  FrViewerOffers offers = 0;
  gboolean is_here = !facts->is_found || (facts->is_coming && facts->state == FR_FETCH_DONE);

  if (facts->is_covered)
    return FR_VIEWER_SHOW;
  if (is_on_its_way (facts) && facts->is_slow)
    offers |= FR_VIEWER_STOP;
  if (facts->is_stopped || facts->error != NULL || facts->keep_error != NULL)
    offers |= FR_VIEWER_RETRY;
  if (facts->error != NULL && is_here)
    offers |= FR_VIEWER_SAVE;
  if (facts->is_found && facts->error == NULL && facts->keep_error == NULL && !facts->is_stopped)
    offers |= FR_VIEWER_KEEP;
  if (facts->is_kept)
    offers |= facts->is_passed_on ? FR_VIEWER_KEPT : FR_VIEWER_KEPT | FR_VIEWER_PASS_ON;
  return offers;
}

/**
 * fr_viewer_text_describe_picture:
 * @position: of the picture among them, from 0
 * @n: how many there are
 * @words: what it is
 * @about: whom it is from, or for whom it is
 *
 * Returns: (transfer full): all that in one sentence or two
 */
char *
fr_viewer_text_describe_picture (guint position, guint n, const char *words, const char *about)
{
  /* Translators: which picture of how many is shown, its description, and “From Anna” or “For everyone” */
  return g_strdup_printf (ngettext ("Picture %1$u of %2$u: %3$s. %4$s", "Picture %1$u of %2$u: %3$s. %4$s", n),
                          position + 1, n, words, about);
}
