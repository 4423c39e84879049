/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-limit-text.h"

#include <glib/gi18n.h>

/**
 * fr_limit_text_describe_rate:
 * @kib: KiB a second; 0: no limit
 *
 * In decimal units, as everywhere in the window, rounded: limits are kept in whole KiB.
 *
 * Returns: (transfer full): such as “250 kB a second”, or “As fast as it goes”
 */
char *
fr_limit_text_describe_rate (guint kib)
{
  guint64 kb = ((guint64) kib * 1024 + 500) / 1000;
  guint tenths = (guint) ((kb + 50) / 100); /* of a MB */

  if (kib == 0)
    return g_strdup (_("As fast as it goes"));
  if (kb < 1000)
    /* Translators: thousands of bytes */
    return g_strdup_printf (_("%u kB a second"), (guint) kb);
  if (tenths % 10 == 0 || tenths >= 100)
    /* Translators: millions of bytes */
    return g_strdup_printf (_("%u MB a second"), (tenths + 5) / 10);
  /* Translators: millions of bytes, with one digit behind the point */
  return g_strdup_printf (_("%.1f MB a second"), tenths / 10.0);
}

/**
 * fr_limit_text_describe:
 * @down_kib: KiB a second that may come; 0: no limit
 * @up_kib: KiB a second that may go out; 0: no limit
 *
 * Returns: (transfer full) (nullable): what a person has limited, in a sentence; %NULL if nothing
 */
char *
fr_limit_text_describe (guint down_kib, guint up_kib)
{
  g_autofree char *down = fr_limit_text_describe_rate (down_kib);
  g_autofree char *up = fr_limit_text_describe_rate (up_kib);

  if (down_kib == 0 && up_kib == 0)
    return NULL;
  if (up_kib == 0)
    /* Translators: %s is such as “250 kB a second” */
    return g_strdup_printf (_("Pictures come no faster than %s."), down);
  if (down_kib == 0)
    /* Translators: %s is such as “250 kB a second” */
    return g_strdup_printf (_("Pictures go out no faster than %s."), up);
  /* Translators: each %s is such as “250 kB a second” */
  return g_strdup_printf (_("Pictures come no faster than %s, and go out no faster than %s."), down, up);
}
