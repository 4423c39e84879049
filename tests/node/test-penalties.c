/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-penalties.h"
#include "tests.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)

static FrPeerKey
key_of (guint number)
{
  FrPeerKey key = { { 1 } };

  memcpy (&key.bytes[28], &number, sizeof number); /* they begin alike */
  return key;
}

/* Twice as long each time, up to a day. */
static void
test_grows (void)
{
  static const guint minutes[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 24 * 60, 24 * 60, 24 * 60 };
  g_autoptr (FrPenalties) penalties = fr_penalties_new ();
  const FrPeerKey key = key_of (1), other = key_of (2);
  gint64 now_us = SECOND;

  g_assert_cmpint (fr_penalties_get_left_us (penalties, &key, now_us), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      const gint64 length_us = minutes[i] * MINUTE;

      g_assert_cmpint (fr_penalties_add (penalties, &key, now_us), ==, length_us);
      g_assert_cmpint (fr_penalties_get_left_us (penalties, &key, now_us), ==, length_us);
      g_assert_cmpint (fr_penalties_get_left_us (penalties, &key, now_us + length_us - 1), ==, 1);
      g_assert_cmpint (fr_penalties_get_left_us (penalties, &key, now_us + length_us), ==, 0);
      g_assert_cmpint (fr_penalties_get_left_us (penalties, &other, now_us), ==, 0);
      now_us += length_us;
    }
  g_assert_cmpuint (fr_penalties_get_size (penalties), ==, 1);
}

/* Several sessions that end at once are one time. */
static void
test_at_once (void)
{
  g_autoptr (FrPenalties) penalties = fr_penalties_new ();
  const FrPeerKey key = key_of (1);

  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (fr_penalties_add (penalties, &key, SECOND + i), ==, MINUTE - i);
  g_assert_cmpint (fr_penalties_add (penalties, &key, SECOND + MINUTE - 1), ==, 1);
  g_assert_cmpint (fr_penalties_add (penalties, &key, SECOND + MINUTE), ==, 2 * MINUTE);
}

/* Whoever behaves for two days begins anew, and not a moment sooner. */
static void
test_forgets (void)
{
  static const gint64 rows[][2] = {
    { FR_PENALTIES_FORGOTTEN_US - 1, 2 * MINUTE },
    { FR_PENALTIES_FORGOTTEN_US, MINUTE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrPenalties) penalties = fr_penalties_new ();
      const FrPeerKey key = key_of (1);

      fr_penalties_add (penalties, &key, SECOND);
      g_assert_cmpint (fr_penalties_add (penalties, &key, SECOND + rows[i][0]), ==, rows[i][1]);
      g_assert_cmpuint (fr_penalties_get_size (penalties), ==, 1);
    }
  g_assert_cmpint (FR_PENALTIES_FORGOTTEN_US, >, FR_PENALTIES_MOST_US); /* else the longest would never be */
}

/* So many are remembered; of one more, the oldest is not. */
static void
test_bound (void)
{
  for (guint n = FR_PENALTIES_MAX; n <= FR_PENALTIES_MAX + 1; n++)
    {
      g_autoptr (FrPenalties) penalties = fr_penalties_new ();
      const FrPeerKey first = key_of (0), second = key_of (1);

      for (guint i = 0; i < n; i++)
        {
          const FrPeerKey key = key_of (i);

          fr_penalties_add (penalties, &key, SECOND + i);
        }
      g_assert_cmpuint (fr_penalties_get_size (penalties), ==, FR_PENALTIES_MAX);
      g_assert_true ((fr_penalties_get_left_us (penalties, &first, SECOND + n) > 0) == (n == FR_PENALTIES_MAX));
      g_assert_cmpint (fr_penalties_get_left_us (penalties, &second, SECOND + n), >, 0);
    }
}

void
test_penalties_add (void)
{
  g_test_add_func ("/node/penalties/grows", test_grows);
  g_test_add_func ("/node/penalties/at-once", test_at_once);
  g_test_add_func ("/node/penalties/forgets", test_forgets);
  g_test_add_func ("/node/penalties/bound", test_bound);
}
