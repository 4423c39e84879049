/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-text.h"

#include <glib/gi18n.h>

#include "fr-node-error.h"

static char *
describe_connection (const FrPersonFacts *facts)
{
  gboolean is_relayed = g_strcmp0 (facts->route, "relay") == 0;
  guint ms = (facts->round_trip_us + 500) / 1000;

  if (facts->round_trip_us == 0)
    return g_strdup (is_relayed ? _ ("Here, through a relay") : _ ("Here, directly"));
  /* Translators: the time a message takes there and back, in milliseconds */
  return g_strdup_printf (is_relayed ? _ ("Here, through a relay, %u ms") : _ ("Here, directly, %u ms"), MAX (ms, 1));
}

/* That a server helped is nothing to tell. */
static char *
describe_here (const FrPersonFacts *facts)
{
  g_autofree char *connection = describe_connection (facts);

  if (facts->introducer != NULL)
    /* Translators: such as “Here, directly, 12 ms”, and the name of a person */
    return g_strdup_printf (_ ("%s, introduced by %s"), connection, facts->introducer);
  switch (facts->way)
    {
    case FR_WAY_OVERLAY:
      /* Translators: %s is such as “Here, directly, 12 ms” */
      return g_strdup_printf (_ ("%s, introduced by other people"), connection);
    case FR_WAY_DOORBELL:
      /* Translators: %s is such as “Here, directly, 12 ms” */
      return g_strdup_printf (_ ("%s, found without the meeting point"), connection);
    case FR_WAY_NONE:
    case FR_WAY_SERVER:
    case FR_N_WAYS:
    default:
      return g_steal_pointer (&connection);
    }
}

static char *
describe_away (gint64 seen_us, gint64 now_us)
{
  g_autoptr (GDateTime) seen = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) yesterday = NULL;
  gint64 days;
  int day, month, year;

  if (seen_us <= 0)
    return g_strdup (_ ("Not met yet"));
  seen = g_date_time_new_from_unix_local (seen_us / G_USEC_PER_SEC);
  now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);
  if (seen == NULL || now == NULL)
    return g_strdup (_ ("Away"));
  yesterday = g_date_time_add_days (now, -1);
  g_date_time_get_ymd (seen, &year, &month, &day);
  if (day == g_date_time_get_day_of_month (now) && month == g_date_time_get_month (now)
      && year == g_date_time_get_year (now))
    /* Translators: a time of day as in g_date_time_format() */
    return g_date_time_format (seen, _ ("Away since %H:%M"));
  if (day == g_date_time_get_day_of_month (yesterday) && month == g_date_time_get_month (yesterday)
      && year == g_date_time_get_year (yesterday))
    return g_strdup (_ ("Away since yesterday"));
  days = g_date_time_difference (now, seen) / G_TIME_SPAN_DAY;
  if (days >= 0 && days < 6)
    /* Translators: a day of the week as in g_date_time_format() */
    return g_date_time_format (seen, _ ("Away since %A"));
  /* Translators: a date as in g_date_time_format() */
  return g_date_time_format (seen, _ ("Away since %-e %B %Y"));
}

/* It is a day at most. */
static char *
describe_kept_out (gint64 until_us, gint64 now_us)
{
  g_autoptr (GDateTime) until = g_date_time_new_from_unix_local (until_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);

  if (until == NULL || now == NULL)
    return g_strdup (_ ("Kept out for a while: their program sent too much, or what makes no sense."));
  if (g_date_time_get_day_of_month (until) == g_date_time_get_day_of_month (now))
    /* Translators: a time of day as in g_date_time_format() */
    return g_date_time_format (until, _ ("Kept out until %H:%M: their program sent too much, or what makes no sense."));
  return g_date_time_format (
      /* Translators: a time of day as in g_date_time_format() */
      until, _ ("Kept out until tomorrow, %H:%M: their program sent too much, or what makes no sense."));
}

/* Of somebody who has been here before, that they are not is no trouble. */
static char *
describe_failure (const FrPersonFacts *facts)
{
  if (facts->error == NULL)
    return NULL;
  if (facts->is_absent && !facts->is_known)
    return g_strdup_printf (_ ("No one called “%s” here. Check the spelling or ask for a link."), facts->name);
  if (facts->is_absent)
    return NULL;
  if (facts->is_cut_off)
    return g_strdup (_ ("Your two networks don’t let you connect directly. A relay would help."));
  if (facts->is_refused)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("%s did not accept."), facts->name);
  return g_strdup (facts->error);
}

static char *
describe_not_here (const FrPersonFacts *facts, gint64 now_us)
{
  g_autofree char *failure = describe_failure (facts);

  if (facts->is_blocked)
    return g_strdup (_ ("Blocked"));
  if (facts->kept_out_until_us > now_us)
    return describe_kept_out (facts->kept_out_until_us, now_us);
  if (failure != NULL)
    return g_steal_pointer (&failure);
  if (facts->introducer != NULL && !facts->is_added)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("Introduced by %s"), facts->introducer);
  if (facts->is_missed)
    return g_strdup (_ ("Away. You both need Freshet open at the same time."));
  return describe_away (facts->seen_us, now_us);
}

/**
 * fr_person_text_describe:
 * @facts: what is known about a person
 * @now_us: real time
 *
 * Returns: (transfer full): one line about how it stands with them
 */
char *
fr_person_text_describe (const FrPersonFacts *facts, gint64 now_us)
{
  switch (facts->state)
    {
    case FR_PERSON_HERE:
      return describe_here (facts);
    case FR_PERSON_LOOKING:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("Looking for %s…"), facts->name);
    case FR_PERSON_CONNECTING:
      return g_strdup (_ ("Found, connecting…"));
    case FR_PERSON_ASKS:
      if (facts->introducer != NULL)
        /* Translators: the name of a person */
        return g_strdup_printf (_ ("Would like to connect to you. Introduced by %s."), facts->introducer);
      return g_strdup (_ ("Would like to connect to you"));
    case FR_PERSON_WAITS:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("Waiting for %s to accept…"), facts->name);
    case FR_PERSON_CHANGED:
      /* Translators: the name of a person */
      return g_strdup_printf (_ ("This may not be the %s you know. They may have a new computer, or someone is using "
                                 "their name."),
                              facts->name);
    case FR_PERSON_AWAY:
    case FR_PERSON_FAILED:
    default:
      return describe_not_here (facts, now_us);
    }
}

/**
 * fr_person_text_describe_person:
 * @person: a person
 *
 * Returns: (transfer full): one line about how it stands with them now
 */
char *
fr_person_text_describe_person (FrPerson *person)
{
  const GError *error = fr_person_get_error (person);
  FrPerson *introducer = fr_person_get_introducer (person);
  FrPersonFacts facts = { .name = fr_person_get_name (person),
                          .state = fr_person_get_state (person),
                          .route = fr_person_get_route (person),
                          .round_trip_us = fr_person_get_round_trip_us (person),
                          .seen_us = fr_person_get_seen_us (person),
                          .kept_out_until_us = fr_person_get_kept_out_until_us (person),
                          .error = error != NULL ? error->message : NULL,
                          .way = fr_person_get_way (person),
                          .is_blocked = fr_person_get_blocked (person),
                          .introducer = introducer != NULL ? fr_person_get_name (introducer) : NULL,
                          .is_added = fr_person_get_added (person),
                          .is_absent = g_error_matches (error, FR_NODE_ERROR, FR_NODE_ERROR_NOT_THERE),
                          .is_cut_off = g_error_matches (error, FR_NODE_ERROR, FR_NODE_ERROR_NO_ROUTE),
                          .is_refused = g_error_matches (error, FR_NODE_ERROR, FR_NODE_ERROR_REFUSED),
                          .is_known = fr_person_get_key (person, NULL),
                          .is_missed = fr_person_is_missed (person) };

  return fr_person_text_describe (&facts, g_get_real_time ());
}

/**
 * fr_person_text_describe_check:
 * @facts: whether words were compared with somebody, and whose computer it is
 *
 * Returns: (transfer full): that in a few words
 */
char *
fr_person_text_describe_check (const FrComputerFacts *facts)
{
  if (facts->owner != NULL && facts->is_checked)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("Checked; another computer of %s"), facts->owner);
  if (facts->owner != NULL)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("Not checked yet; introduced by another computer of %s"), facts->owner);
  if (facts->is_mine)
    return g_strdup (facts->agrees ? _ ("Your other computer") : _ ("Your other computer, once it says so too"));
  if (facts->agrees)
    return g_strdup (facts->is_checked ? _ ("Checked; says that it is another computer of yours")
                                       : _ ("Not checked yet; says that it is another computer of yours"));
  return g_strdup (facts->is_checked ? _ ("Checked") : _ ("Not checked yet"));
}

/**
 * fr_person_text_describe_check_of:
 * @person: a person
 *
 * Returns: (transfer full): whether they are checked, and whose computer it is, in a few words
 */
char *
fr_person_text_describe_check_of (FrPerson *person)
{
  FrPerson *owner = fr_person_get_owner (person);
  FrComputerFacts facts = { .is_checked = fr_person_get_checked (person),
                            .owner = owner != NULL ? fr_person_get_name (owner) : NULL,
                            .is_mine = fr_person_get_mine (person),
                            .agrees = fr_person_get_agrees (person) };

  return fr_person_text_describe_check (&facts);
}

/**
 * fr_person_text_is_check_worth_telling:
 * @person: a person
 *
 * Returns: whether it is more than that words were not compared with them yet, which most people never do
 */
gboolean
fr_person_text_is_check_worth_telling (FrPerson *person)
{
  return fr_person_get_checked (person) || fr_person_get_owner (person) != NULL || fr_person_get_mine (person)
         || fr_person_get_agrees (person);
}

/**
 * fr_person_text_describe_own_name:
 * @own_name: (nullable): what somebody calls themselves, who is called something else here
 *
 * Returns: (transfer full) (nullable): that in a few words
 */
char *
fr_person_text_describe_own_name (const char *own_name)
{
  /* Translators: what a person calls themselves since they have changed their name; here they keep the old one */
  return own_name != NULL ? g_strdup_printf (_ ("Goes by “%s” now"), own_name) : NULL;
}
