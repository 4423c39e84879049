/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-meeting-record.h"
#include "fr-person-private.h"

#include "tests.h"

#define DAY G_TIME_SPAN_DAY
#define NOW (1000 * DAY)

static void
test_table (void)
{
  static const struct
  {
    const char *what;
    FrMeetingRecord record;
    gboolean missed;
  } rows[] = {
    { "nobody is wanted", { 0, 0, FALSE }, FALSE },
    { "wanted a moment ago", { NOW - 1, 0, FALSE }, FALSE },
    { "wanted for nearly a day", { NOW - DAY + 1, 0, FALSE }, FALSE },
    { "wanted for a day", { NOW - DAY, 0, FALSE }, TRUE },
    { "wanted for a year", { NOW - 365 * DAY, 0, FALSE }, TRUE },
    { "was here since", { NOW - 2 * DAY, NOW - DAY, FALSE }, FALSE },
    { "was here before", { NOW - 2 * DAY, 1, FALSE }, FALSE },
    { "is being connected to", { NOW - 2 * DAY, 0, TRUE }, FALSE },
    { "the clock was set back", { NOW + DAY, 0, FALSE }, FALSE },
    { "no time at all", { G_MININT64, 0, FALSE }, FALSE },
    { "the end of time", { G_MAXINT64, 0, FALSE }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].what);
      g_assert_cmpint (fr_meeting_record_is_missed (&rows[i].record, NOW), ==, rows[i].missed);
    }
}

static FrPerson *
make_person (gboolean added, gint64 wanted_us, gint64 seen_us)
{
  const FrPeerKey key = { { 1 } };
  g_autoptr (FrPersonRecord) record = fr_person_record_new (&key, "Anna", "s", "anna");

  record->auto_connect = added;
  record->wanted_us = wanted_us;
  record->seen_us = seen_us;
  return fr_person_new (record);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* It is told when it becomes so, and is over once they were here. */
static void
test_person (void)
{
  gint64 long_ago_us = g_get_real_time () - 2 * DAY;
  g_autoptr (FrPerson) person = make_person (TRUE, long_ago_us, 0);
  g_autoptr (FrPerson) stranger = make_person (FALSE, long_ago_us, 0);
  g_autoptr (FrPerson) seen = make_person (TRUE, long_ago_us, 1);
  g_autoptr (FrPerson) added_now = make_person (TRUE, 0, 0);
  g_autoptr (FrPersonRecord) record = fr_person_to_record (added_now);
  guint n = 0;

  g_assert_true (fr_person_is_missed (person));
  g_assert_false (fr_person_is_missed (stranger));
  g_assert_false (fr_person_is_missed (seen));
  g_assert_false (fr_person_is_missed (added_now));
  g_assert_cmpint (record->wanted_us, >, long_ago_us);
  g_signal_connect_swapped (person, "notify::missed", G_CALLBACK (count_cb), &n);
  fr_person_set_state (person, FR_PERSON_LOOKING, NULL);
  g_assert_true (fr_person_is_missed (person));
  fr_person_set_state (person, FR_PERSON_HERE, NULL);
  g_assert_false (fr_person_is_missed (person));
  fr_person_set_state (person, FR_PERSON_AWAY, NULL);
  g_assert_false (fr_person_is_missed (person));
  g_assert_cmpuint (n, ==, 1);
  fr_person_set_added (added_now, FALSE);
  g_clear_pointer (&record, fr_person_record_free);
  record = fr_person_to_record (added_now);
  g_assert_cmpint (record->wanted_us, ==, 0);
}

void
test_meeting_record_add (void)
{
  g_test_add_func ("/node/meeting-record/table", test_table);
  g_test_add_func ("/node/meeting-record/person", test_person);
}
