/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-transfer-text.h"

#include <glib/gi18n.h>

#include "fr-fetch-text.h"

FrTransferGroup
fr_transfer_text_get_group (const FrTransferFacts *facts)
{
  if (facts->state == FR_FETCH_DONE || facts->state == FR_FETCH_FAILED)
    return FR_TRANSFER_OVER;
  return facts->is_going ? FR_TRANSFER_GOING : FR_TRANSFER_COMING;
}

/* What waits for its turn counts: something is being done about it. */
gboolean
fr_transfer_text_is_moving (const FrTransferFacts *facts)
{
  return facts->state == FR_FETCH_CONNECTING || facts->state == FR_FETCH_QUEUED || facts->state == FR_FETCH_RUNNING;
}

/* So that the person may want to do something about it. */
gboolean
fr_transfer_text_has_failed (const FrTransferFacts *facts)
{
  return facts->state == FR_FETCH_FAILED && !facts->is_stopped && !facts->is_going;
}

/* What has come may still not have been kept. */
gboolean
fr_transfer_text_is_error (const FrTransferFacts *facts)
{
  return fr_transfer_text_has_failed (facts) || (facts->state == FR_FETCH_DONE && facts->error != NULL);
}

FrTransferOffers
fr_transfer_text_get_offers (const FrTransferFacts *facts)
{
  if (facts->is_going)
    return 0;
  switch (facts->state)
    {
    case FR_FETCH_CONNECTING:
    case FR_FETCH_QUEUED:
    case FR_FETCH_RUNNING:
      return FR_TRANSFER_PAUSE | FR_TRANSFER_CANCEL;
    case FR_FETCH_PAUSED:
      return FR_TRANSFER_RESUME | FR_TRANSFER_CANCEL;
    case FR_FETCH_WAITING:
      return FR_TRANSFER_CANCEL;
    case FR_FETCH_FAILED:
      return FR_TRANSFER_RETRY;
    case FR_FETCH_DONE:
    default:
      return FR_TRANSFER_OPEN;
    }
}

/* Where nothing has come yet an empty bar says that something will. */
double
fr_transfer_text_get_fraction (const FrTransferFacts *facts)
{
  if (facts->state != FR_FETCH_PAUSED && !fr_transfer_text_is_moving (facts))
    return -1;
  return facts->total > 0 ? MIN ((double) facts->done / (double) facts->total, 1) : 0;
}

static char *
describe_seconds (gint64 seconds)
{
  gint64 minutes = (seconds + 30) / 60, hours = (minutes + 30) / 60;

  if (seconds < 60)
    return g_strdup_printf (ngettext ("%u second", "%u seconds", (guint) seconds), (guint) seconds);
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%u minute", "%u minutes", (guint) minutes), (guint) minutes);
  return g_strdup_printf (ngettext ("%u hour", "%u hours", (guint) hours), (guint) hours);
}

static char *
describe_moving (const FrTransferFacts *facts, const char *name)
{
  g_autofree char *done = g_format_size (facts->done);
  g_autofree char *total = g_format_size (facts->total);

  if (facts->is_going)
    /* Translators: the name of a person: “To Anna, 1.2 MB of 3.4 MB” */
    return g_strdup_printf (_ ("To %1$s, %2$s of %3$s"), name, done, total);
  /* Translators: the name of a person: “From Anna, 1.2 MB of 3.4 MB” */
  return g_strdup_printf (_ ("From %1$s, %2$s of %3$s"), name, done, total);
}

static char *
describe_time (gint64 us, gint64 now_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);

  if (g_date_time_get_year (time) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now))
    /* Translators: a time of day as in g_date_time_format(), after “From Anna, ” */
    return g_date_time_format (time, _ ("today at %H:%M"));
  if (g_date_time_get_year (time) == g_date_time_get_year (yesterday)
      && g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (yesterday))
    /* Translators: a time of day as in g_date_time_format(), after “From Anna, ” */
    return g_date_time_format (time, _ ("yesterday at %H:%M"));
  /* Translators: a date and a time as in g_date_time_format(), after “From Anna, ” */
  return g_date_time_format (time, _ ("%-d %B at %H:%M"));
}

static char *
describe_done (const FrTransferFacts *facts, const char *name, gint64 now_us)
{
  g_autofree char *time = describe_time (facts->ended_us, now_us);

  if (facts->is_going)
    /* Translators: the name of a person, and when a picture was there: “To Anna, today at 14:05” */
    return g_strdup_printf (_ ("To %1$s, %2$s"), name, time);
  /* Translators: the name of a person, and when a picture had come: “From Anna, today at 14:05” */
  return g_strdup_printf (_ ("From %1$s, %2$s"), name, time);
}

static char *
describe_end (const FrTransferFacts *facts, const char *name)
{
  if (facts->is_going)
    /* Translators: the name of a person, to whom a picture went */
    return g_strdup_printf (_ ("To %s, not all of it"), name);
  if (facts->is_stopped)
    return g_strdup (_ ("Stopped"));
  return g_strdup (facts->error != NULL ? facts->error : _ ("The picture did not come."));
}

/**
 * fr_transfer_text_describe:
 * @facts: what is known
 * @now_us: the time now, by the calendar
 *
 * Returns: (transfer full): one line about it
 */
char *
fr_transfer_text_describe (const FrTransferFacts *facts, gint64 now_us)
{
  const char *name = facts->name != NULL ? facts->name : _ ("someone you don’t know");

  switch (facts->state)
    {
    case FR_FETCH_RUNNING:
      return describe_moving (facts, name);
    case FR_FETCH_QUEUED:
      if (facts->is_going)
        /* Translators: the name of a person, to whom a picture will be sent when it is their turn */
        return g_strdup_printf (_ ("%s waits for their turn"), name);
      break;
    case FR_FETCH_WAITING:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("Waits until %s is here"), name);
    case FR_FETCH_DONE:
      return facts->error != NULL ? g_strdup (facts->error) : describe_done (facts, name, now_us);
    case FR_FETCH_FAILED:
      return describe_end (facts, name);
    case FR_FETCH_CONNECTING:
    case FR_FETCH_PAUSED:
    default:
      break;
    }
  return fr_fetch_text_describe (facts->state, name, facts->place, facts->done, facts->total);
}

/**
 * fr_transfer_text_describe_pace:
 * @facts: what is known
 *
 * Returns: (transfer full) (nullable): how fast it comes, and when it is here; "" while that is not known; %NULL: it does
 *   not come now
 */
char *
fr_transfer_text_describe_pace (const FrTransferFacts *facts)
{
  g_autofree char *speed = g_format_size (facts->speed);
  g_autofree char *left = NULL;

  if (facts->is_going || facts->state != FR_FETCH_RUNNING)
    return NULL;
  if (facts->speed == 0)
    return g_strdup ("");
  if (facts->seconds_left < 0)
    /* Translators: “900 kB a second” */
    return g_strdup_printf (_ ("%s a second"), speed);
  left = describe_seconds (facts->seconds_left);
  /* Translators: “900 kB a second, 12 seconds left” */
  return g_strdup_printf (_ ("%1$s a second, %2$s left"), speed, left);
}

/**
 * fr_transfer_text_announce:
 * @facts: of what is over
 *
 * Returns: (transfer full) (nullable): that it has come, or why it has not; %NULL: the person knows
 */
char *
fr_transfer_text_announce (const FrTransferFacts *facts)
{
  if (facts->is_going || facts->is_stopped)
    return NULL;
  if (facts->state == FR_FETCH_DONE)
    /* Translators: the title of a picture */
    return g_strdup_printf (_ ("“%s” has come"), facts->title);
  if (facts->state == FR_FETCH_FAILED && facts->error != NULL)
    /* Translators: the title of a picture, and why it did not come, in a sentence or two */
    return g_strdup_printf (_ ("“%1$s” did not come: %2$s"), facts->title, facts->error);
  return NULL;
}

/**
 * fr_transfer_text_name_button:
 * @n_moving: how many pictures are on their way
 * @n_failed: how many did not come
 *
 * Returns: (transfer full): the name of the button that shows them
 */
char *
fr_transfer_text_name_button (guint n_moving, guint n_failed)
{
  g_autofree char *moving
      = g_strdup_printf (ngettext ("%u on its way", "%u on their way", n_moving), n_moving);
  g_autofree char *failed = g_strdup_printf (ngettext ("%u did not come", "%u did not come", n_failed), n_failed);

  if (n_moving == 0 && n_failed == 0)
    return g_strdup (_ ("Transfers"));
  if (n_failed == 0)
    /* Translators: “3 on their way”, or “2 did not come” */
    return g_strdup_printf (_ ("Transfers, %s"), moving);
  if (n_moving == 0)
    return g_strdup_printf (_ ("Transfers, %s"), failed);
  /* Translators: “3 on their way”, and “2 did not come” */
  return g_strdup_printf (_ ("Transfers, %1$s, %2$s"), moving, failed);
}
