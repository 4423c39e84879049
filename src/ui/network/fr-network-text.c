/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-text.h"

#include <glib/gi18n.h>

#define SHORT_US (80 * 1000)
#define LONG_US (250 * 1000)
#define BUSY_KIB 16
#define VERY_BUSY_KIB 512
#define SHORTEST_SCALE_US (10 * 1000)

static guint
to_ms (guint us)
{
  return MAX (1, (us + 500) / 1000);
}

/**
 * fr_network_text_judge_delay:
 * @round_trip_us: the time a message takes there and back; 0: not known yet
 *
 * Returns: whether that is long
 */
FrDelayClass
fr_network_text_judge_delay (guint round_trip_us)
{
  if (round_trip_us == 0)
    return FR_DELAY_UNKNOWN;
  if (round_trip_us <= SHORT_US)
    return FR_DELAY_SHORT;
  return round_trip_us <= LONG_US ? FR_DELAY_LONG : FR_DELAY_VERY_LONG;
}

static const char *
describe_load (guint kib)
{
  if (kib < BUSY_KIB)
    /* Translators: of a connection: not much goes along it */
    return C_ ("connection", "quiet");
  if (kib < VERY_BUSY_KIB)
    /* Translators: of a connection: something goes along it */
    return C_ ("connection", "busy");
  /* Translators: of a connection: much goes along it */
  return C_ ("connection", "very busy");
}

static char *
describe_way (const FrNetworkLinkFacts *facts)
{
  guint ms = to_ms (facts->round_trip_us);

  if (facts->round_trip_us == 0)
    return g_strdup (facts->is_relayed ? _ ("here, through a relay") : _ ("here, directly"));
  if (facts->is_relayed)
    return g_strdup_printf (ngettext ("here, through a relay, %u millisecond", "here, through a relay, %u milliseconds", ms),
                            ms);
  return g_strdup_printf (ngettext ("here, directly, %u millisecond", "here, directly, %u milliseconds", ms), ms);
}

/**
 * fr_network_text_describe_link:
 * @name: of a person
 * @facts: how one is connected to them
 *
 * Returns: (transfer full): what a screen reader says of them
 */
char *
fr_network_text_describe_link (const char *name, const FrNetworkLinkFacts *facts)
{
  g_autofree char *way = NULL;

  if (!facts->is_here)
    /* Translators: the name of a person */
    return g_strdup_printf (_ ("%s, connecting"), name);
  way = describe_way (facts);
  /* Translators: the name of a person; such as “here, directly, 12 milliseconds”; and “quiet” or “busy” */
  return g_strdup_printf (_ ("%1$s, %2$s, %3$s"), name, way, describe_load (facts->kib));
}

/**
 * fr_network_text_describe_delay:
 * @facts: how one is connected to somebody
 *
 * Returns: (transfer full): how long a message takes, and whether much goes along there
 */
char *
fr_network_text_describe_delay (const FrNetworkLinkFacts *facts)
{
  guint ms = to_ms (facts->round_trip_us);

  if (!facts->is_here || facts->round_trip_us == 0)
    return g_strdup ("…");
  if (facts->kib >= BUSY_KIB)
    /* Translators: milliseconds; and “busy” or “very busy” */
    return g_strdup_printf (_ ("%1$u ms, %2$s"), ms, describe_load (facts->kib));
  return g_strdup_printf (_ ("%u ms"), ms);
}

static char *
describe_answered (guint n_answered)
{
  return g_strdup_printf (ngettext ("%u answered.", "%u answered.", n_answered), n_answered);
}

/**
 * fr_network_text_describe_search:
 * @words: what is looked for
 * @n_asked: people whom the search has come to
 * @n_answered: people who have something
 * @is_listening: whether answers may still come
 *
 * Returns: (transfer full): two sentences
 */
char *
fr_network_text_describe_search (const char *words, guint n_asked, guint n_answered, gboolean is_listening)
{
  g_autofree char *asked = NULL;
  g_autofree char *answered = describe_answered (n_answered);

  if (is_listening)
    /* Translators: what was looked for */
    asked = g_strdup_printf (ngettext ("“%s”: asked %u person so far.", "“%s”: asked %u people so far.", n_asked), words,
                             n_asked);
  else
    /* Translators: what was looked for */
    asked = g_strdup_printf (ngettext ("“%s”: asked %u person.", "“%s”: asked %u people.", n_asked), words, n_asked);
  return g_strdup_printf (C_ ("sentences", "%s %s"), asked, answered);
}

/**
 * fr_network_text_summarize_search:
 * @n_asked: people whom it has come to
 * @n_answered: people who have something
 *
 * Returns: (transfer full): two sentences
 */
char *
fr_network_text_summarize_search (guint n_asked, guint n_answered)
{
  g_autofree char *asked = g_strdup_printf (ngettext ("Asked %u person.", "Asked %u people.", n_asked), n_asked);
  g_autofree char *answered = describe_answered (n_answered);

  if (n_asked == 0)
    return g_strdup (_ ("Nobody was here to be asked."));
  return g_strdup_printf (C_ ("sentences", "%s %s"), asked, answered);
}

/**
 * fr_network_text_describe_time:
 * @us: a time, not negative
 *
 * Returns: (transfer full): it, short enough for a scale
 */
char *
fr_network_text_describe_time (gint64 us)
{
  if (us < G_USEC_PER_SEC)
    /* Translators: milliseconds */
    return g_strdup_printf (_ ("%u ms"), (guint) ((us + 500) / 1000));
  /* Translators: seconds */
  return g_strdup_printf (us % G_USEC_PER_SEC == 0 ? _ ("%.0f s") : _ ("%.1f s"), us / (double) G_USEC_PER_SEC);
}

/**
 * fr_network_text_describe_times:
 * @n_answers: how many have come
 * @first_us: when the first one did, counted from asking
 * @last_us: when the last one did
 *
 * Returns: (transfer full): what a picture of them shows
 */
char *
fr_network_text_describe_times (guint n_answers, gint64 first_us, gint64 last_us)
{
  g_autofree char *first = fr_network_text_describe_time (first_us);
  g_autofree char *last = fr_network_text_describe_time (last_us);

  if (n_answers == 0)
    return g_strdup (_ ("No answer has come yet."));
  if (n_answers == 1)
    /* Translators: a time such as “200 ms” */
    return g_strdup_printf (_ ("One answer, after %s."), first);
  /* Translators: a number, and two times such as “200 ms” and “1.4 s” */
  return g_strdup_printf (ngettext ("%1$u answer, after %2$s to %3$s.", "%1$u answers, after %2$s to %3$s.", n_answers),
                          n_answers, first, last);
}

/**
 * fr_network_text_round_up_time:
 * @us: a time
 *
 * Returns: the next one that is 1, 2 or 5 times a power of ten
 */
gint64
fr_network_text_round_up_time (gint64 us)
{
  for (gint64 power = SHORTEST_SCALE_US; power < G_MAXINT64 / 10; power *= 10)
    {
      if (us <= power)
        return power;
      if (us <= 2 * power)
        return 2 * power;
      if (us <= 5 * power)
        return 5 * power;
    }
  return us;
}
