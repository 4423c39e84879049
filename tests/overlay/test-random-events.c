/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-support.h"
#include "overlay-chaos.h"
#include "tests.h"

/* Random events, by a seed that is printed; tests/fuzz chooses them as well. */

#define N_STEPS 50000

static guint
choose_cb (gpointer rand, guint bound)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) bound);
}

static void
run (const FrOverlayConfig *config)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  Chaos *chaos = chaos_new (config, g_rand_int (rand), choose_cb, rand);

  for (guint i = 0; i < N_STEPS; i++)
    chaos_step (chaos);
  g_test_message ("%" G_GUINT64_FORMAT " actions", chaos_get_n_actions (chaos));
  chaos_end (chaos);
  chaos_free (chaos);
}

static void
test_usual_bounds (void)
{
  FrOverlayConfig config;

  chaos_config_init_usual (&config);
  run (&config);
}

static void
test_tight_bounds (void)
{
  FrOverlayConfig config;

  chaos_config_init_tight (&config);
  run (&config);
}

void
test_random_events_add (void)
{
  g_test_add_func ("/overlay/random-events/usual-bounds", test_usual_bounds);
  g_test_add_func ("/overlay/random-events/tight-bounds", test_tight_bounds);
}
