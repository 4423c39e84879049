/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-filter-text.h"

#include <glib/gi18n.h>

#define MEGA 1000000u

/* By Item.Type of the protocol. */
static const struct
{
  guint kinds;
  const char *name;
} kinds_of[FR_FILTER_N_KINDS] = {
  [FR_FILTER_JPEG] = { FR_SEARCH_KIND (1), "JPEG" },
  [FR_FILTER_PNG] = { FR_SEARCH_KIND (2), "PNG" },
  [FR_FILTER_WEBP] = { FR_SEARCH_KIND (3), "WebP" },
  [FR_FILTER_GIF] = { FR_SEARCH_KIND (4), "GIF" },
  /* Translators: a kind of picture: one made of lines and shapes (SVG) */
  [FR_FILTER_DRAWING] = { FR_SEARCH_KIND (8), NC_ ("kind of picture", "Drawing") },
  /* Translators: kinds of pictures that are not in the list */
  [FR_FILTER_OTHERS] = { FR_SEARCH_KIND (0) | FR_SEARCH_KIND (5) | FR_SEARCH_KIND (6) | FR_SEARCH_KIND (7),
                         NC_ ("kind of picture", "Others") },
};

static const guint megapixels[FR_FILTER_N_SIZES] = { 0, 1, 4, 12 };

guint
fr_filter_text_get_kinds (FrFilterKind kind)
{
  return kinds_of[kind].kinds;
}

/**
 * fr_filter_text_get_pixels:
 * @size: below %FR_FILTER_N_SIZES; 0: any
 *
 * Returns: how many pixels a picture of that size has at least
 */
guint64
fr_filter_text_get_pixels (guint size)
{
  return (guint64) megapixels[size] * MEGA;
}

static guint
count_days (GDateTime *time)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (time), (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  return g_date_get_julian (&day) - 719163; /* 1 January 1970 */
}

/**
 * fr_filter_text_get_since:
 * @date: since when
 * @now: the time that it is
 *
 * Returns: the first day that passes, counted from 1970; 0: all do
 */
guint
fr_filter_text_get_since (FrFilterDate date, GDateTime *now)
{
  guint today = count_days (now);

  switch (date)
    {
    case FR_FILTER_THIS_WEEK:
      return today - (guint) g_date_time_get_day_of_week (now) + 1;
    case FR_FILTER_THIS_MONTH:
      return today - (guint) g_date_time_get_day_of_month (now) + 1;
    case FR_FILTER_THIS_YEAR:
      return today - (guint) g_date_time_get_day_of_year (now) + 1;
    case FR_FILTER_ANY_DATE:
    case FR_FILTER_N_DATES:
    default:
      return 0;
    }
}

const char *
fr_filter_text_name_scope (FrSearchScope scope)
{
  static const char *const names[] = {
    [FR_SCOPE_EVERYONE] = N_ ("Everyone"),
    [FR_SCOPE_PEOPLE] = N_ ("My People"),
    [FR_SCOPE_PERSON] = NULL,
    [FR_SCOPE_MINE] = N_ ("My Pictures"),
  };

  return names[scope] != NULL ? _ (names[scope]) : NULL;
}

const char *
fr_filter_text_name_kind (FrFilterKind kind)
{
  return kind < FR_FILTER_DRAWING ? kinds_of[kind].name
                                  : g_dpgettext2 (NULL, "kind of picture", kinds_of[kind].name);
}

const char *
fr_filter_text_name_date (FrFilterDate date)
{
  static const char *const names[FR_FILTER_N_DATES] = {
    [FR_FILTER_ANY_DATE] = N_ ("Any Date"),
    [FR_FILTER_THIS_WEEK] = N_ ("This Week"),
    [FR_FILTER_THIS_MONTH] = N_ ("This Month"),
    [FR_FILTER_THIS_YEAR] = N_ ("This Year"),
  };

  return _ (names[date]);
}

/**
 * fr_filter_text_name_size:
 * @size: below %FR_FILTER_N_SIZES
 *
 * Returns: (transfer full): what it is called
 */
char *
fr_filter_text_name_size (guint size)
{
  guint n = megapixels[size];

  if (n == 0)
    return g_strdup (_ ("Any Size"));
  return g_strdup_printf (ngettext ("%u Megapixel or More", "%u Megapixels or More", n), n);
}

/**
 * fr_filter_text_describe_kinds:
 * @kinds: a set as in #FrSearchTerms
 *
 * Returns: (transfer full): the kind that passes, or how many do; what can be chosen, where all do
 */
char *
fr_filter_text_describe_kinds (guint kinds)
{
  FrFilterKind last = FR_FILTER_JPEG;
  guint n = 0;

  for (FrFilterKind kind = 0; kind < FR_FILTER_N_KINDS; kind++)
    if ((kinds & kinds_of[kind].kinds) != 0)
      {
        last = kind;
        n++;
      }
  if (n == 0 || n == FR_FILTER_N_KINDS)
    /* Translators: which kind of picture is looked for: JPEG, PNG… */
    return g_strdup (C_ ("filter", "Kind"));
  if (n == 1)
    return g_strdup (fr_filter_text_name_kind (last));
  return g_strdup_printf (ngettext ("%u Kind", "%u Kinds", n), n);
}
