/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-recent-answers.h"
#include "overlay-fixture.h"
#include "tests.h"

static void
add (FrRecentAnswers *answers, guint8 number, gsize size, FrLinkId link, gint64 now_us)
{
  g_autoptr (GBytes) frame = g_bytes_new_take (g_malloc0 (size), size);
  const FrRecentAnswer answer = { .frame = frame, .name = { { number } } };

  fr_recent_answers_add (answers, &answer, link, now_us);
}

static guint
take (FrRecentAnswers *answers, FrLinkId link, gint64 now_us)
{
  FrRecentAnswer answer;

  if (!fr_recent_answers_take (answers, link, now_us, &answer))
    return 0;
  g_bytes_unref (answer.frame);
  return answer.name.bytes[0];
}

static void
test_of_the_link (void)
{
  g_autoptr (FrRecentAnswers) answers = fr_recent_answers_new ();

  g_assert_cmpuint (take (answers, 1, 0), ==, 0);
  add (answers, 10, 5, 1, 0);
  add (answers, 20, 5, 2, 0);
  add (answers, 11, 5, 1, 0);
  g_assert_cmpuint (take (answers, 3, 0), ==, 0);
  g_assert_cmpuint (take (answers, 1, 0), ==, 10);
  g_assert_cmpuint (take (answers, 1, 0), ==, 11);
  g_assert_cmpuint (take (answers, 1, 0), ==, 0);
  g_assert_cmpuint (take (answers, 2, 0), ==, 20);
}

static void
test_age (void)
{
  g_autoptr (FrRecentAnswers) answers = fr_recent_answers_new ();

  add (answers, 1, 5, 7, 0);
  add (answers, 2, 5, 7, 1);
  g_assert_cmpuint (take (answers, 7, FR_RECENT_ANSWERS_AGE_US + 1), ==, 2);
  g_assert_cmpuint (take (answers, 7, FR_RECENT_ANSWERS_AGE_US + 1), ==, 0);
}

static void
test_bounds (void)
{
  static const struct
  {
    guint n;
    gsize size;
    guint first; /* that is left */
  } rows[] = {
    { FR_RECENT_ANSWERS_CAPACITY, 1, 1 },
    { FR_RECENT_ANSWERS_CAPACITY + 1, 1, 2 },
    { 4, FR_RECENT_ANSWERS_MAX_BYTES / 4, 1 },
    { 5, FR_RECENT_ANSWERS_MAX_BYTES / 4, 2 },
    { 2, FR_RECENT_ANSWERS_MAX_BYTES, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrRecentAnswers) answers = fr_recent_answers_new ();

      for (guint number = 1; number <= rows[i].n; number++)
        add (answers, (guint8) number, rows[i].size, 1, 0);
      g_assert_cmpuint (take (answers, 1, 0), ==, rows[i].first);
    }
}

/* --- In the engine: the query came by links 1 (primary), 2 and 3 ------------------------------------------------- */

static void
test_goes_again (void)
{
  static const struct
  {
    guint from; /* that brings the answer; 0: it is our own */
    gint64 after_us;
    gboolean lost;
    FrLinkId way; /* that it goes when link 1 ends; 0: none */
  } rows[] = {
    { 0, 0, FALSE, 2 },
    { 0, 0, TRUE, 2 },
    { 5, FR_RECENT_ANSWERS_AGE_US, FALSE, 2 },
    { 5, FR_RECENT_ANSWERS_AGE_US + 1, FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      static const FrLinkId links[] = { 1, 2, 3 };
      g_autoptr (GBytes) body = fixture_body (50, 1);
      FrQueryId id = fixture_id (body);
      g_autoptr (GBytes) frame = fixture_hits (&id, rows[i].from != 0 ? 9 : FIXTURE_SELF, 0);
      Fixture f;

      fixture_init (&f, NULL, 5);
      fixture_know_query (&f, body, links, G_N_ELEMENTS (links));
      if (rows[i].from != 0)
        fixture_receive (&f, rows[i].from, frame);
      else
        fr_overlay_answer (f.overlay, &id, frame, f.now_us);
      fixture_expect_sent (&f, 1, frame);
      f.now_us += rows[i].after_us;
      if (rows[i].lost)
        fr_overlay_link_lost (f.overlay, 1, f.now_us);
      else
        fr_overlay_link_down (f.overlay, 1, f.now_us);
      if (rows[i].way != 0)
        fixture_expect_sent (&f, rows[i].way, frame);
      fixture_expect_nothing (&f);
      g_assert_cmpuint (fixture_stats (&f).hits_resent, ==, rows[i].way != 0);
      fixture_clear (&f);
    }
}

/* Way by way, until none is left; and nothing for other links. */
static void
test_goes_by_all_ways (void)
{
  static const FrLinkId links[] = { 1, 2, 3 };
  g_autoptr (GBytes) body = fixture_body (50, 1);
  FrQueryId id = fixture_id (body);
  g_autoptr (GBytes) frame = fixture_hits (&id, FIXTURE_SELF, 0);
  Fixture f;

  fixture_init (&f, NULL, 5);
  fixture_know_query (&f, body, links, G_N_ELEMENTS (links));
  fr_overlay_answer (f.overlay, &id, frame, f.now_us);
  fixture_expect_sent (&f, 1, frame);
  fr_overlay_link_down (f.overlay, 3, f.now_us);
  fixture_expect_nothing (&f);
  fr_overlay_link_down (f.overlay, 1, f.now_us);
  fixture_expect_sent (&f, 2, frame);
  fr_overlay_link_down (f.overlay, 2, f.now_us);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).hits_lost, ==, 1);
  fixture_clear (&f);
}

void
test_recent_answers_add (void)
{
  g_test_add_func ("/overlay/recent-answers/of-the-link", test_of_the_link);
  g_test_add_func ("/overlay/recent-answers/age", test_age);
  g_test_add_func ("/overlay/recent-answers/bounds", test_bounds);
  g_test_add_func ("/overlay/recent-answers/goes-again", test_goes_again);
  g_test_add_func ("/overlay/recent-answers/goes-by-all-ways", test_goes_by_all_ways);
}
