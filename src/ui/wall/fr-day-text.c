/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-day-text.h"

#include <glib/gi18n.h>

/* What no calendar has, such as the time of a damaged catalogue, is the beginning of 1970. */
static GDateTime *
make_local (gint64 us)
{
  GDateTime *time = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);

  return time != NULL ? time : g_date_time_new_from_unix_local (0);
}

static guint32
number_day (GDateTime *time)
{
  int year, month, day;
  GDate date;

  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

gboolean
fr_day_text_is_same_day (gint64 us, gint64 other_us)
{
  g_autoptr (GDateTime) time = make_local (us);
  g_autoptr (GDateTime) other = make_local (other_us);

  return g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (other)
         && g_date_time_get_year (time) == g_date_time_get_year (other);
}

gboolean
fr_day_text_is_same_month (gint64 us, gint64 other_us)
{
  g_autoptr (GDateTime) time = make_local (us);
  g_autoptr (GDateTime) other = make_local (other_us);

  return g_date_time_get_month (time) == g_date_time_get_month (other)
         && g_date_time_get_year (time) == g_date_time_get_year (other);
}

gint64
fr_day_text_begin_month (gint64 us)
{
  g_autoptr (GDateTime) time = make_local (us);
  g_autoptr (GDateTime) begin
      = g_date_time_new_local (g_date_time_get_year (time), g_date_time_get_month (time), 1, 0, 0, 0);

  return g_date_time_to_unix (begin) * G_USEC_PER_SEC;
}

static char *
describe (gint64 us, gint64 now_us, const char *yesterday, const char *format, const char *format_with_year)
{
  g_autoptr (GDateTime) time = make_local (us);
  g_autoptr (GDateTime) now = make_local (now_us);
  guint32 day = number_day (time), today = number_day (now);

  if (day == today)
    return g_strdup (_ ("Today"));
  if (day + 1 == today && yesterday != NULL)
    return g_strdup (yesterday);
  return g_date_time_format (time, g_date_time_get_year (time) == g_date_time_get_year (now) ? format
                                                                                             : format_with_year);
}

/**
 * fr_day_text_describe:
 * @us: real time in microseconds
 * @now_us: the time now
 *
 * Returns: (transfer full): the day of it, as on a wall of pictures
 */
char *
fr_day_text_describe (gint64 us, gint64 now_us)
{
  /* Translators: a day of this year, as for g_date_time_format(): 28 November */
  const char *format = _ ("%-d %B");
  /* Translators: a day of another year: 28 November 2025 */
  const char *format_with_year = _ ("%-d %B %Y");

  return describe (us, now_us, _ ("Yesterday"), format, format_with_year);
}

/* Yesterday is a long word in most languages. */
char *
fr_day_text_describe_short (gint64 us, gint64 now_us)
{
  /* Translators: a day of this year where there is little room: 28 Nov */
  const char *format = _ ("%-d %b");
  /* Translators: a day of another year where there is little room: 28 Nov 2025 */
  const char *format_with_year = _ ("%-d %b %Y");

  return describe (us, now_us, NULL, format, format_with_year);
}

char *
fr_day_text_describe_month (gint64 us)
{
  g_autoptr (GDateTime) time = make_local (us);

  /* Translators: a month by itself, as for g_date_time_format(): November 2026 */
  return g_date_time_format (time, _ ("%OB %Y"));
}
