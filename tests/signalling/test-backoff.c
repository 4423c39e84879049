/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-backoff.h"
#include "fr-test-support.h"

#include "tests.h"

static void
test_sequence (void)
{
  static const guint factors[] = { 1, 2, 4, 8, 16, 30, 30, 30 };
  g_autoptr (GRand) random = fr_test_rand_new ();

  for (int round = 0; round < 100; round++)
    {
      FrBackoff backoff = { 0 };

      for (gsize i = 0; i < G_N_ELEMENTS (factors); i++)
        {
          guint delay = fr_backoff_next (&backoff, 1000, random);

          g_assert_cmpuint (delay, >=, 750 * factors[i]);
          g_assert_cmpuint (delay, <=, 1250 * factors[i]);
        }
      fr_backoff_reset (&backoff);
      g_assert_cmpuint (fr_backoff_next (&backoff, 1000, random), <=, 1250);
    }
}

static void
test_never_overflows (void)
{
  g_autoptr (GRand) random = fr_test_rand_new ();
  FrBackoff backoff = { 0 };

  for (int i = 0; i < 1000; i++)
    g_assert_cmpuint (fr_backoff_next (&backoff, 1000, random), <=, 1250 * FR_BACKOFF_MAX);
}

void
test_backoff_add (void)
{
  g_test_add_func ("/signalling/backoff/sequence", test_sequence);
  g_test_add_func ("/signalling/backoff/never-overflows", test_never_overflows);
}
