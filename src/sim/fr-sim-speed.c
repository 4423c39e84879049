/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-speed.h"

#include <time.h>

#define WORD "qqqqqqqqqq"
#define NO_TTL 200
#define WARM_UP 10
#define SEARCH_US (2 * G_USEC_PER_SEC)

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
search (FrSim *sim, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint number = fr_sim_search (sim, fr_sim_draw_alive (sim), WORD, NO_TTL);

      fr_sim_run_for (sim, SEARCH_US);
      fr_sim_end_search (sim, number);
      fr_sim_forget_searches (sim);
    }
}

/**
 * fr_sim_speed_run:
 * @n_peers: how many there are
 * @n_searches: how many floods
 * @seed: where chance comes from
 * @out_result: (out caller-allocates): how fast it went; the time of this process counts, not that of a clock
 */
void
fr_sim_speed_run (guint n_peers, guint n_searches, guint32 seed, FrSimSpeedResult *out_result)
{
  g_autoptr (FrSim) sim = NULL;
  FrSimSpeedResult result = { 0 };
  FrSimConfig config;
  guint64 before;
  double begun;

  fr_sim_config_init_default (&config);
  config.n_peers = n_peers;
  config.seed = seed;
  config.n_pictures = 0;
  config.unchecked = TRUE;
  config.engine.max_ttl = G_MAXUINT8;
  config.engine.digests = config.engine.reports = FALSE;
  config.engine.relay_rate = config.engine.relay_burst = 1e9;
  sim = fr_sim_new (&config);
  fr_sim_build (sim);
  search (sim, WARM_UP);
  before = fr_sim_get_counters (sim)->delivered;
  begun = cpu_seconds ();
  search (sim, n_searches);
  result.seconds = cpu_seconds () - begun;
  result.messages = fr_sim_get_counters (sim)->delivered - before;
  result.messages_per_second = (double) result.messages / MAX (result.seconds, 1e-9);
  *out_result = result;
}
