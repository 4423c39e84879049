/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-details-text.h"

#include <glib/gi18n.h>

#include "fr-image-sniff.h"

#define SECONDS_A_DAY (24 * 60 * 60)
#define LATEST_DAY 100000 /* in the year 2243: what is later is nonsense that somebody sent */

/**
 * fr_details_text_describe_kind:
 * @type: as Item.Type of the protocol
 *
 * Returns: (transfer full) (nullable): what people call it
 */
char *
fr_details_text_describe_kind (guint type)
{
  static const char *const names[] = {
    [FR_IMAGE_TYPE_JPEG] = "JPEG", [FR_IMAGE_TYPE_PNG] = "PNG",   [FR_IMAGE_TYPE_WEBP] = "WebP",
    [FR_IMAGE_TYPE_GIF] = "GIF",   [FR_IMAGE_TYPE_HEIF] = "HEIF", [FR_IMAGE_TYPE_AVIF] = "AVIF",
    [FR_IMAGE_TYPE_TIFF] = "TIFF",
  };

  if (type == FR_IMAGE_TYPE_SVG)
    return g_strdup (_ ("Drawing (SVG)"));
  return type < G_N_ELEMENTS (names) ? g_strdup (names[type]) : NULL;
}

char *
fr_details_text_describe_dimensions (guint width, guint height)
{
  if (width == 0 || height == 0)
    return NULL;
  /* Translators: width and height of a picture in pixels */
  return g_strdup_printf (_ ("%u × %u"), width, height);
}

/**
 * fr_details_text_describe_time:
 * @us: real time; 0: none
 *
 * Returns: (transfer full) (nullable): such as *28 November 2026, 14:05*
 */
char *
fr_details_text_describe_time (gint64 us)
{
  g_autoptr (GDateTime) time = us > 0 ? g_date_time_new_from_unix_local (us / G_USEC_PER_SEC) : NULL;

  if (time == NULL)
    return NULL;
  /* Translators: a day and a time of it, as for g_date_time_format(): 28 November 2026, 14:05 */
  return g_date_time_format (time, _ ("%-d %B %Y, %H:%M"));
}

/**
 * fr_details_text_describe_day:
 * @day: days since 1970, as somebody else says; 0: not said
 *
 * Returns: (transfer full) (nullable): such as *28 November 2026*
 */
char *
fr_details_text_describe_day (guint day)
{
  g_autoptr (GDateTime) time = NULL;

  if (day == 0 || day > LATEST_DAY)
    return NULL;
  time = g_date_time_new_from_unix_utc ((gint64) day * SECONDS_A_DAY);
  return g_date_time_format (time, _ ("%-d %B %Y"));
}

char *
fr_details_text_describe_duration (gint64 us)
{
  double seconds = (double) us / G_USEC_PER_SEC;

  if (us <= 0)
    return NULL;
  if (seconds < 9.95)
    /* Translators: how long a picture took to come, such as “In 0.8 seconds” */
    return g_strdup_printf (_ ("In %.1f seconds"), MAX (seconds, 0.1));
  return g_strdup_printf (ngettext ("In %u second", "In %u seconds", (gulong) (seconds + 0.5)),
                          (guint) (seconds + 0.5));
}
