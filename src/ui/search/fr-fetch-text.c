/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-text.h"

#include <glib/gi18n.h>

/**
 * fr_fetch_text_describe:
 * @state: of the fetch
 * @holder: the name of whom it comes from
 * @place: in their queue; 0: not known
 * @done: bytes that have come
 * @total: bytes in all
 *
 * Returns: (transfer full): one line about it; "" when it is over
 */
char *
fr_fetch_text_describe (FrFetchState state, const char *holder, guint place, guint64 done, guint64 total)
{
  g_autofree char *done_text = g_format_size (done);
  g_autofree char *total_text = g_format_size (total);

  switch (state)
    {
    case FR_FETCH_CONNECTING:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("Reaching %s…"), holder);
    case FR_FETCH_QUEUED:
      if (place == 0)
        return g_strdup_printf (_ ("%s sends to others first…"), holder);
      /* Translators: the name of a person, and one's place in the queue there */
      return g_strdup_printf (_ ("%s sends to others first, you are number %u…"), holder, place);
    case FR_FETCH_RUNNING:
      /* Translators: “1.2 MB of 3.4 MB” */
      return g_strdup_printf (_ ("%s of %s"), done_text, total_text);
    case FR_FETCH_PAUSED:
      /* Translators: “Paused, 1.2 MB of 3.4 MB” */
      return g_strdup_printf (_ ("Paused, %s of %s"), done_text, total_text);
    case FR_FETCH_WAITING:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("%s is not here right now. It comes by itself when you are both here."), holder);
    case FR_FETCH_DONE:
    case FR_FETCH_FAILED:
    default:
      return g_strdup ("");
    }
}
