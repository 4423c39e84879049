/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-latency.h"

#include "fr-test-support.h"
#include "tests.h"

#define DRAWS 20001

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* What is drawn is spread as it says: quantiles in milliseconds, within a twentieth. */
static void
test_distributions (void)
{
  static const struct
  {
    const char *text;
    double at_5;
    double median;
    double at_95;
  } rows[] = {
    { "fixed:26", 26, 26, 26 },
    { "fixed:0", 0.001, 0.001, 0.001 },
    { "uniform:10,110", 15, 60, 105 },
    { "uniform:5,5", 5, 5, 5 },
    { "lognormal:40,0.5", 17.58, 40, 91.04 },
    { "lognormal:40,0", 40, 40, 40 },
  };
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree gint64 *draws = g_new (gint64, DRAWS);
      g_autofree char *text = NULL;
      FrSimLatency latency;

      g_test_message ("%s", rows[i].text);
      g_assert_true (fr_sim_latency_parse (&latency, rows[i].text));
      text = fr_sim_latency_to_string (&latency);
      g_assert_cmpstr (text, ==, rows[i].text);
      for (guint j = 0; j < DRAWS; j++)
        draws[j] = fr_sim_latency_draw (&latency, rand);
      qsort (draws, DRAWS, sizeof *draws, compare);
      g_assert_cmpint (draws[0], >=, 1);
      g_assert_cmpfloat_with_epsilon (draws[DRAWS / 20] / 1000.0, rows[i].at_5, rows[i].at_5 / 20);
      g_assert_cmpfloat_with_epsilon (draws[DRAWS / 2] / 1000.0, rows[i].median, rows[i].median / 20);
      g_assert_cmpfloat_with_epsilon (draws[DRAWS * 19 / 20] / 1000.0, rows[i].at_95, rows[i].at_95 / 20);
    }
}

static void
test_bad (void)
{
  static const char *const rows[] = { "",          "fixed",         "fixed:",         "fixed:x",        "fixed:1,2",
                                      "fixed:-1",  "fixed:60001",   "uniform:5",      "uniform:6,5",    "uniform:1,2,3",
                                      "normal:1",  "lognormal:5",   "lognormal:5,4",  "fixed:nan",      "fixed:1ms",
                                      "fixed:inf", "lognormal:5,x", "uniform:1,60001" };
  FrSimLatency latency = { FR_SIM_LATENCY_FIXED, 7, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i]);
      g_assert_false (fr_sim_latency_parse (&latency, rows[i]));
      g_assert_cmpfloat (latency.a, ==, 7);
    }
  g_assert_true (fr_sim_latency_parse (&latency, "fixed:60000"));
}

void
test_latency_add (void)
{
  g_test_add_func ("/sim/latency/distributions", test_distributions);
  g_test_add_func ("/sim/latency/bad", test_bad);
}
