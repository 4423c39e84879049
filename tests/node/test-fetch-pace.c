/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-pace.h"
#include "fr-test-support.h"

#include "tests.h"

/* How fast it comes, and how long it takes. Times are milliseconds, amounts kB. */

typedef struct
{
  int ms;
  guint64 done;
} Note;

#define MAX_NOTES 8

static const struct
{
  const char *what;
  Note notes[MAX_NOTES]; /* up to the one with no time, which is not the first */
  int now_ms;
  guint64 total;
  guint64 speed; /* kB a second */
  gint64 left;
} rows[] = {
  { "nothing known", { { 0, 0 } }, 0, 100, 0, -1 },
  { "too early for both", { { 0, 0 }, { 400, 40 } }, 400, 1000, 0, -1 },
  { "too early for the time", { { 0, 0 }, { 1000, 100 }, { 2999, 300 } }, 2999, 1000, 100, -1 },
  { "sure from the third second on", { { 0, 0 }, { 1000, 100 }, { 3000, 300 } }, 3000, 1000, 100, 7 },
  { "rounds up", { { 0, 0 }, { 1000, 100 }, { 3000, 300 } }, 3000, 1001, 100, 8 },
  { "what came earlier does not count", { { 0, 5000 }, { 3000, 5300 } }, 3000, 6000, 100, 7 },
  { "nothing for a second", { { 0, 0 }, { 3000, 400 } }, 4000, 1000, 100, 6 },
  { "nothing for as long as it looks back", { { 0, 0 }, { 3000, 300 } }, 8001, 1000, 0, -1 },
  { "of late", { { 0, 0 }, { 1000, 9000 }, { 6000, 9100 }, { 10000, 9200 } }, 10000, 10000, 25, 32 },
  { "all of it", { { 0, 0 }, { 4000, 400 } }, 4000, 400, 100, 0 },
  { "more than there is to be", { { 0, 0 }, { 4000, 400 } }, 4000, 300, 100, 0 },
  { "another beginning", { { 0, 900 }, { 3000, 950 }, { 3500, 100 }, { 4500, 200 } }, 4500, 1000, 100, -1 },
  { "the clock went back", { { 5000, 100 }, { 1000, 200 }, { 2000, 300 } }, 2000, 1000, 100, -1 },
  { "longer than anybody waits", { { 0, 0 }, { 5000, 5 } }, 5000, G_GUINT64_CONSTANT (1000000000), 1, -1 },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrFetchPace pace = { 0 };
      gint64 now_us = rows[i].now_ms * (gint64) 1000;

      g_test_message ("%s", rows[i].what);
      for (guint k = 0; i > 0 && k < MAX_NOTES && (k == 0 || rows[i].notes[k].ms != 0); k++)
        fr_fetch_pace_note (&pace, rows[i].notes[k].done * 1000, rows[i].notes[k].ms * (gint64) 1000);
      g_assert_cmpuint (fr_fetch_pace_get_speed (&pace, now_us) / 1000, ==, rows[i].speed);
      g_assert_cmpint (fr_fetch_pace_get_seconds_left (&pace, rows[i].total * 1000, now_us), ==, rows[i].left);
    }
}

/* Ten notes a second for a minute, of something that changes its speed: what is said is what was so in the window. */
static void
test_steady (void)
{
  FrFetchPace pace = { 0 };
  guint64 done = 0;

  for (gint64 ms = 0; ms <= 60 * 1000; ms += 100)
    {
      guint64 speed = ms < 30 * 1000 ? 1000000 : 200000; /* a second */

      if (ms > 0)
        done += speed / 10;
      fr_fetch_pace_note (&pace, done, ms * 1000);
      g_assert_cmpuint (pace.n_samples, <=, FR_FETCH_PACE_SAMPLES);
      if ((ms > 1000 && ms < 30 * 1000) || ms > 37 * 1000)
        g_assert_cmpfloat_with_epsilon ((double) fr_fetch_pace_get_speed (&pace, ms * 1000), (double) speed,
                                        (double) speed / 50);
    }
}

/* Whatever comes, nothing breaks, and nothing is negative but what is not known. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrFetchPace pace = { 0 };

  for (guint i = 0; i < 20000; i++)
    {
      gint64 now_us = (gint64) g_rand_int (rand) * g_rand_int_range (rand, 0, 1000);
      guint64 done = (guint64) g_rand_int (rand) << g_rand_int_range (rand, 0, 32);

      if (g_rand_boolean (rand))
        now_us = pace.latest.at_us + g_rand_int_range (rand, 0, 1000000);
      if (g_rand_boolean (rand))
        done = pace.latest.done + (guint64) g_rand_int_range (rand, 0, 1000000);
      fr_fetch_pace_note (&pace, done, now_us);
      g_assert_cmpuint (pace.n_samples, <=, FR_FETCH_PACE_SAMPLES);
      g_assert_cmpint (fr_fetch_pace_get_seconds_left (&pace, g_rand_int (rand), now_us), >=, -1);
      g_assert_cmpint (fr_fetch_pace_get_seconds_left (&pace, G_MAXUINT64, now_us), <=, FR_FETCH_PACE_MAX_LEFT);
    }
}

void
test_fetch_pace_add (void)
{
  g_test_add_func ("/node/fetch-pace/table", test_table);
  g_test_add_func ("/node/fetch-pace/steady", test_steady);
  g_test_add_func ("/node/fetch-pace/random", test_random);
}
