/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-facts.h"
#include "fr-fetch-text.h"
#include "fr-name-text.h"
#include "fr-person-text.h"

#include "tests.h"

#define SECOND G_USEC_PER_SEC

static gint64
at (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (year, month, day, hour, minute, 0);

  return g_date_time_to_unix (time) * SECOND;
}

static void
test_person (void)
{
  const gint64 now = at (2024, 5, 1, 18, 30);
  const struct
  {
    FrPersonFacts facts;
    const char *text;
  } rows[] = {
    { { "Anna", FR_PERSON_HERE, "host", 12345 }, "Here, directly, 12 ms" },
    { { "Anna", FR_PERSON_HERE, "host", 400 }, "Here, directly, 1 ms" },
    { { "Anna", FR_PERSON_HERE, NULL, 0 }, "Here, directly" },
    { { "Anna", FR_PERSON_HERE, NULL, 0, .way = FR_WAY_SERVER }, "Here, directly" },
    { { "Anna", FR_PERSON_HERE, "host", 400, .way = FR_WAY_OVERLAY },
      "Here, directly, 1 ms, introduced by other people" },
    { { "Anna", FR_PERSON_HERE, NULL, 0, .way = FR_WAY_DOORBELL }, "Here, directly, found without the meeting point" },
    { { "Anna", FR_PERSON_HERE, "relay", 40000 }, "Here, through a relay, 40 ms" },
    { { "Anna", FR_PERSON_LOOKING }, "Looking for Anna…" },
    { { "Anna", FR_PERSON_CONNECTING }, "Found, connecting…" },
    { { "Anna", FR_PERSON_ASKS }, "Would like to connect to you" },
    { { "Anna", FR_PERSON_ASKS, .introducer = "Boris" }, "Would like to connect to you. Introduced by Boris." },
    { { "Anna", FR_PERSON_AWAY, .introducer = "Boris" }, "Introduced by Boris" },
    { { "Anna", FR_PERSON_AWAY, .introducer = "Boris", .is_added = TRUE }, "Not met yet" },
    { { "Anna", FR_PERSON_HERE, "host", 400, .introducer = "Boris", .way = FR_WAY_OVERLAY },
      "Here, directly, 1 ms, introduced by Boris" },
    { { "Anna", FR_PERSON_WAITS }, "Waiting for Anna to accept…" },
    { { "Anna", FR_PERSON_AWAY, .seen_us = 1, .is_blocked = TRUE }, "Blocked" },
    { { "Anna", FR_PERSON_FAILED, .error = "No one is there.", .is_blocked = TRUE }, "Blocked" },
    { { "Anna", FR_PERSON_AWAY }, "Not met yet" },
    { { "Anna", FR_PERSON_AWAY, .is_missed = TRUE }, "Away. You both need Freshet open at the same time." },
    { { "Anna", FR_PERSON_AWAY, .is_missed = TRUE, .is_absent = TRUE, .is_known = TRUE, .error = "No one is there." },
      "Away. You both need Freshet open at the same time." },
    { { "Anna", FR_PERSON_AWAY, .is_missed = TRUE, .is_blocked = TRUE }, "Blocked" },
    { { "Anna", FR_PERSON_AWAY, .seen_us = at (2024, 5, 1, 9, 5) }, "Away since 09:05" },
    { { "Anna", FR_PERSON_AWAY, .seen_us = at (2024, 4, 30, 23, 59) }, "Away since yesterday" },
    { { "Anna", FR_PERSON_AWAY, .seen_us = at (2024, 4, 29, 9, 0) }, "Away since Monday" },
    { { "Anna", FR_PERSON_AWAY, .seen_us = at (2024, 4, 25, 18, 31) }, "Away since Thursday" },
    { { "Anna", FR_PERSON_AWAY, .seen_us = at (2024, 4, 24, 18, 30) }, "Away since 24 April 2024" },
    { { "Anna", FR_PERSON_AWAY, .seen_us = at (2023, 5, 1, 18, 30) }, "Away since 1 May 2023" },
    { { "anna", FR_PERSON_AWAY, .error = "No one is there.", .is_absent = TRUE },
      "No one called “anna” here. Check the spelling or ask for a link." },
    { { "Anna", FR_PERSON_AWAY, .error = "No one is there.", .is_absent = TRUE, .is_known = TRUE }, "Not met yet" },
    { { "Anna", FR_PERSON_AWAY, .error = "No way.", .is_cut_off = TRUE },
      "Your two networks don’t let you connect directly. A relay would help." },
    { { "Anna", FR_PERSON_FAILED, .error = "Refused.", .is_refused = TRUE }, "Anna did not accept." },
    { { "Anna", FR_PERSON_AWAY, .error = "No one is there.", .is_absent = TRUE, .is_known = TRUE,
        .seen_us = at (2024, 5, 1, 9, 5) },
      "Away since 09:05" },
    { { "Anna", FR_PERSON_AWAY, .error = "No answer.", .seen_us = at (2024, 5, 1, 9, 5) }, "No answer." },
    { { "Anna", FR_PERSON_FAILED, .error = "Refused." }, "Refused." },
    { { "Anna", FR_PERSON_AWAY, .error = "Kept out.", .kept_out_until_us = at (2024, 5, 1, 18, 31) },
      "Kept out until 18:31: their program sent too much, or what makes no sense." },
    { { "Anna", FR_PERSON_AWAY, .error = "Kept out.", .kept_out_until_us = at (2024, 5, 2, 0, 5) },
      "Kept out until tomorrow, 00:05: their program sent too much, or what makes no sense." },
    { { "Anna", FR_PERSON_AWAY, .seen_us = at (2024, 5, 1, 9, 5), .kept_out_until_us = now }, "Away since 09:05" },
    { { "Anna", FR_PERSON_AWAY, .kept_out_until_us = at (2024, 5, 2, 0, 5), .is_blocked = TRUE }, "Blocked" },
    { { "Anna", FR_PERSON_LOOKING, .kept_out_until_us = at (2024, 5, 2, 0, 5) }, "Looking for Anna…" },
    { { "Anna", FR_PERSON_CHANGED, .error = "Refused.", .seen_us = 1 },
      "This may not be the Anna you know. They may have a new computer, or someone is using their name." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_person_text_describe (&rows[i].facts, now);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_computers (void)
{
  static const struct
  {
    FrComputerFacts facts;
    const char *text;
  } rows[] = {
    { { FALSE }, "Not checked yet" },
    { { TRUE }, "Checked" },
    { { FALSE, "Anna" }, "Not checked yet; introduced by another computer of Anna" },
    { { TRUE, "Anna" }, "Checked; another computer of Anna" },
    { { TRUE, NULL, TRUE, FALSE }, "Your other computer, once it says so too" },
    { { TRUE, NULL, TRUE, TRUE }, "Your other computer" },
    { { TRUE, NULL, FALSE, TRUE }, "Checked; says that it is another computer of yours" },
    { { FALSE, NULL, FALSE, TRUE }, "Not checked yet; says that it is another computer of yours" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_person_text_describe_check (&rows[i].facts);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_fetch (void)
{
  static const struct
  {
    FrFetchState state;
    guint place;
    const char *text;
  } rows[] = {
    { FR_FETCH_CONNECTING, 0, "Reaching Anna…" },
    { FR_FETCH_QUEUED, 0, "Anna sends to others first…" },
    { FR_FETCH_QUEUED, 3, "Anna sends to others first, you are number 3…" },
    { FR_FETCH_RUNNING, 0, "1.5\302\240MB of 3.0\302\240MB" },
    { FR_FETCH_PAUSED, 0, "Paused, 1.5\302\240MB of 3.0\302\240MB" },
    { FR_FETCH_WAITING, 0, "Anna is not here right now. It comes by itself when you are both here." },
    { FR_FETCH_DONE, 0, "" },
    { FR_FETCH_FAILED, 0, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_fetch_text_describe (rows[i].state, "Anna", rows[i].place, 1500000, 3000000);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_name (void)
{
  g_autofree char *ok = fr_name_text_describe (FR_PEER_NAME_OK);
  g_autofree char *empty = fr_name_text_describe (FR_PEER_NAME_EMPTY);
  g_autofree char *too_long = fr_name_text_describe (FR_PEER_NAME_TOO_LONG);
  g_autofree char *odd = fr_name_text_describe (FR_PEER_NAME_ODD);

  g_assert_null (ok);
  g_assert_null (empty); /* one has not begun to write */
  g_assert_cmpstr (too_long, ==, "This is too long. A name has up to 40 letters.");
  g_assert_nonnull (odd);
}

static void
test_facts (void)
{
  static const struct
  {
    const char *text, *again;
  } rows[] = {
    { "", "" },
    { " , ,", "" },
    { "sea, harbour", "sea, harbour" },
    { "  sea ,harbour,Sea, SEA ", "sea, harbour" },
    { "old town,,Zoë", "old town, Zoë" },
  };
  g_autofree char *known = fr_facts_describe (1920, 1080, 1200000);
  g_autofree char *unknown = fr_facts_describe (0, 0, 1200000);

  g_assert_cmpstr (known, ==, "1920 × 1080, 1.2\302\240MB");
  g_assert_cmpstr (unknown, ==, "1.2\302\240MB");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) tags = fr_facts_tags_from_text (rows[i].text);
      g_autofree char *text = fr_facts_tags_to_text ((const char *const *) tags);

      g_assert_cmpstr (text, ==, rows[i].again);
    }
}

void
test_texts_add (void)
{
  g_test_add_func ("/ui/texts/person", test_person);
  g_test_add_func ("/ui/texts/computers", test_computers);
  g_test_add_func ("/ui/texts/fetch", test_fetch);
  g_test_add_func ("/ui/texts/name", test_name);
  g_test_add_func ("/ui/texts/facts", test_facts);
}
