/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "fr-sim-churn.h"
#include "fr-sim-failures.h"
#include "fr-sim-line.h"
#include "fr-sim-recall.h"
#include "fr-sim-report.h"
#include "fr-sim-sizes.h"
#include "fr-sim-speed.h"
#include "fr-test-support.h"
#include "tests.h"

static void
check_recall (guint32 seed)
{
  FrSimAskersResult flood, ttl, ours;

  fr_sim_recall_run (FR_SIM_RECALL_FLOOD, 0.01, 400, 40, seed, &flood);
  fr_sim_recall_run (FR_SIM_RECALL_TTL, 0.01, 400, 40, seed, &ttl);
  fr_sim_recall_run (FR_SIM_RECALL_OURS, 0.01, 400, 40, seed, &ours);
  g_assert_cmpuint (ours.n_searches, ==, 40);
  g_assert_cmpfloat (flood.recall, ==, 1);
  g_assert_cmpfloat (ttl.recall, ==, 1);
  g_assert_cmpfloat (ours.recall, >=, 0.99);
  g_assert_cmpfloat (ours.messages, <, ttl.messages / 2);
  g_assert_cmpfloat (flood.n_reached, ==, 399);
}

/* Nothing near is missed, at a fraction of what a flood costs. */
static void
test_recall (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  check_recall (g_rand_int (rand));
}

/* Not even what answers by a link that has just been found to be one too many, as happens with this seed. */
static void
test_recall_while_links_go (void)
{
  check_recall (4163498178u);
}

/* Half of a small network is gone: the rest finds together again. */
static void
test_failures (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  const FrSimFailuresSetup setup
      = { .n_peers = 200, .n_broadcasts = 20, .crashed = 0.5, .server = TRUE, .seed = g_rand_int (rand) };
  FrSimFailuresResult result;

  fr_sim_failures_run (&setup, &result);
  g_assert_cmpuint (result.n_alive, ==, 100);
  g_assert_cmpfloat (result.reliability_healed, >, 0.95);
  g_assert_cmpfloat (result.inside_healed, >, 0.95);
  g_assert_cmpfloat (result.well_linked, >, 0.9);
  g_assert_cmpuint (result.n_islands, >=, 1);
  g_assert_cmpuint (result.n_islands_whole, <=, result.n_islands);
  g_assert_cmpuint (result.n_alone, <, 20);
  g_assert_cmpuint (result.dialled[FR_SIM_BY_SERVER], >, 0);
  g_assert_cmpuint (result.dialled[FR_SIM_BY_DOORBELL], ==, 0);
  g_assert_cmpfloat (fr_sim_failures_quote (0.5), ==, 1);
  g_assert_true (isnan (fr_sim_failures_quote (0.55)));
}

/* With no server and no doorbells, those who are still linked find each other by asking for each other. */
static void
test_failures_alone (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrSimFailuresSetup setup = { .n_peers = 150, .n_broadcasts = 10, .crashed = 0.4, .seed = g_rand_int (rand) };
  FrSimFailuresResult without, with;

  fr_sim_failures_run (&setup, &without);
  setup.locates = TRUE;
  fr_sim_failures_run (&setup, &with);
  g_test_message ("well linked: %.3f, %.3f without asking", with.well_linked, without.well_linked);
  g_assert_cmpfloat (with.well_linked, >, 0.97);
  g_assert_cmpfloat (with.well_linked, >, without.well_linked);
  g_assert_cmpuint (with.n_islands_whole, ==, with.n_islands);
  g_assert_cmpuint (with.dialled[FR_SIM_BY_ROUTE], >, without.dialled[FR_SIM_BY_ROUTE]);
  g_assert_cmpuint (with.dialled[FR_SIM_BY_SERVER], <, 10); /* under way when it died */
  g_assert_cmpuint (with.dialled[FR_SIM_BY_DOORBELL], ==, 0);
}

/* A thousand links of 26 ms are 26 s; who chooses neighbours needs few of them. */
static void
test_line (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  const double sizes[] = { 10, 100, 1000 }, values[] = { 2, 3, 4 };
  FrSimLineResult result;

  fr_sim_line_run (1000, FALSE, g_rand_int (rand), &result);
  g_assert_cmpuint (result.hops, ==, 999);
  g_assert_cmpfloat_with_epsilon (result.seconds, 25.974, 0.01);
  fr_sim_line_run (200, TRUE, g_rand_int (rand), &result);
  g_assert_cmpuint (result.hops, <=, 8);
  g_assert_cmpfloat (result.seconds, <, 0.3);
  g_assert_cmpfloat_with_epsilon (fr_sim_line_extrapolate (sizes, values, 3, 1e6), 7, 1e-6);
}

static void
test_sizes_and_speed (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrSimSizesResult sizes;
  FrSimSpeedResult speed;

  fr_sim_sizes_run (100, 20, g_rand_int (rand), &sizes);
  g_assert_cmpuint (sizes.askers.n_searches, ==, 20);
  g_assert_cmpfloat (sizes.askers.found, >, 0.7); /* one has each thing, and it may be the asker */
  g_assert_cmpfloat (sizes.messages_per_peer_minute, >, sizes.idle_messages_per_peer_minute);
  g_assert_cmpfloat (sizes.mean_degree, >, 5);
  fr_sim_speed_run (100, 10, g_rand_int (rand), &speed);
  g_assert_cmpuint (speed.messages, >=, 10 * 100 * 4);
}

static void
test_churn (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrSimAskersResult result;

  fr_sim_churn_run (FR_SIM_CHURN_MEDIAN_S, 300, 30, g_rand_int (rand), &result);
  g_assert_cmpfloat (result.recall, >, 0.8);
}

/* The same run twice says the same, to the letter. */
static void
test_report (void)
{
  FrSimReportSetup setup = { .n_searches = 10, .crash = 0.2 };
  g_autoptr (GError) error = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  FrSimConfig config;

  fr_sim_config_init_default (&config);
  config.n_peers = 100;
  config.open = TRUE;
  a = fr_sim_report_run (&config, &setup, &error);
  g_assert_no_error (error);
  b = fr_sim_report_run (&config, &setup, &error);
  g_assert_cmpstr (a, ==, b);
  g_assert_nonnull (strstr (a, "\"alive\":80,"));
  g_assert_nonnull (strstr (a, "\"xray\":{\"0\":{"));
  setup.plots = "/proc/no/such/folder";
  g_assert_null (fr_sim_report_run (&config, &setup, &error));
  g_assert_nonnull (error);
}

void
test_experiments_add (void)
{
  g_test_add_func ("/sim/experiments/failures", test_failures);
  g_test_add_func ("/sim/experiments/failures-alone", test_failures_alone);
  g_test_add_func ("/sim/experiments/line", test_line);
  g_test_add_func ("/sim/experiments/sizes-and-speed", test_sizes_and_speed);
  g_test_add_func ("/sim/experiments/churn", test_churn);
  g_test_add_func ("/sim/experiments/report", test_report);
  g_test_add_func ("/sim/experiments/recall", test_recall);
  g_test_add_func ("/sim/experiments/recall-while-links-go", test_recall_while_links_go);
}
