/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wish-text.h"

#include <glib/gi18n.h>

static gboolean
is_same_day (GDateTime *one, GDateTime *other)
{
  return g_date_time_get_year (one) == g_date_time_get_year (other)
         && g_date_time_get_day_of_year (one) == g_date_time_get_day_of_year (other);
}

static char *
describe_asked (gint64 asked_us, gint64 now_us)
{
  g_autoptr (GDateTime) asked = g_date_time_new_from_unix_local (asked_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);
  gint64 minutes = (now_us - asked_us) / (60 * G_USEC_PER_SEC);

  if (asked_us == 0)
    return g_strdup (_ ("Nobody was asked yet."));
  if (minutes < 1 || asked == NULL || now == NULL) /* also where the clock was set back */
    return g_strdup (_ ("Asked just now."));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("Asked %u minute ago.", "Asked %u minutes ago.", (guint) minutes),
                            (guint) minutes);
  if (is_same_day (asked, now))
    /* Translators: a time of day as in g_date_time_format() */
    return g_date_time_format (asked, _ ("Asked at %H:%M."));
  /* Translators: a date as in g_date_time_format() */
  return g_date_time_format (asked, _ ("Asked on %-e %B %Y."));
}

/**
 * fr_wish_text_describe:
 * @n_new: pictures that were told of and not looked at
 * @asked_us: when others were asked last, in real time; 0: never
 * @now_us: what time it is
 *
 * Returns: (transfer full): that, in two sentences
 */
char *
fr_wish_text_describe (guint n_new, gint64 asked_us, gint64 now_us)
{
  g_autofree char *found = n_new > 0 ? g_strdup_printf (ngettext ("%u new picture.", "%u new pictures.", n_new), n_new)
                                     : g_strdup (_ ("Nothing new yet."));
  g_autofree char *asked = describe_asked (asked_us, now_us);

  /* Translators: between two sentences; what is between the two %s is usually a space */
  return g_strdup_printf (C_ ("sentences", "%s %s"), found, asked);
}

/**
 * fr_wish_text_describe_scope:
 * @scope: of whom it is asked
 * @person: (nullable): what they are called, where that is one person who is known
 *
 * Returns: (transfer full) (nullable): that; %NULL: everyone
 */
char *
fr_wish_text_describe_scope (FrSearchScope scope, const char *person)
{
  if (scope == FR_SCOPE_PEOPLE)
    return g_strdup (_ ("Only your people are asked."));
  if (scope == FR_SCOPE_PERSON && person == NULL)
    return g_strdup (_ ("Only somebody is asked whom you removed."));
  if (scope == FR_SCOPE_PERSON)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("Only %s is asked."), person);
  return NULL;
}

/**
 * fr_wish_text_say_found:
 * @words: what is wished for
 *
 * Returns: (transfer full): where the window is looked at, that something has turned up
 */
char *
fr_wish_text_say_found (const char *words)
{
  /* Translators: what a person is looking for */
  return g_strdup_printf (_ ("Something new turned up for “%s”: see Look for Pictures."), words);
}
