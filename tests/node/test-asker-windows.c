/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-asker-windows.h"

#include "tests.h"

#define NOW (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

static FrPeerKey
make_key (guint number)
{
  FrPeerKey key = { { 1, (guint8) (number >> 8), (guint8) number } };

  return key;
}

static gboolean
take (FrAskerWindows *windows, guint asker, gint64 sequence)
{
  FrPeerKey key = make_key (asker);

  return fr_asker_windows_take (windows, &key, (guint64) sequence, NOW);
}

/* Once each, in any order within ten minutes, and for each asker apart. */
static void
test_once (void)
{
  static const struct
  {
    guint asker;
    gint64 sequence;
    gboolean is_new;
  } rows[] = {
    { 1, NOW, TRUE },
    { 1, NOW, FALSE },
    { 2, NOW, TRUE },
    { 1, NOW - 1, TRUE },
    { 1, NOW + 1, TRUE },
    { 1, NOW - 1, FALSE },
    { 1, NOW + 1 - FR_ASKER_WINDOW_US, TRUE },
    { 1, NOW - FR_ASKER_WINDOW_US, FALSE }, /* one older than may come still */
    { 1, 0, FALSE },
    { 3, 0, TRUE },
    { 3, 0, FALSE },
  };
  g_autoptr (FrAskerWindows) windows = fr_asker_windows_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (take (windows, rows[i].asker, rows[i].sequence), ==, rows[i].is_new);
    }
}

/* Of many in a short time the oldest are forgotten, and are old from then on. */
static void
test_window (void)
{
  g_autoptr (FrAskerWindows) windows = fr_asker_windows_new ();

  for (gint64 i = 0; i < FR_ASKER_WINDOW_SIZE; i++)
    g_assert_true (take (windows, 1, NOW + 2 * i));
  for (gint64 i = 0; i < FR_ASKER_WINDOW_SIZE; i++)
    g_assert_false (take (windows, 1, NOW + 2 * i));
  g_assert_true (take (windows, 1, NOW + 2 * FR_ASKER_WINDOW_SIZE)); /* one past: the first goes */
  g_assert_false (take (windows, 1, NOW));
  g_assert_false (take (windows, 1, NOW + 1));
  g_assert_true (take (windows, 1, NOW + 3)); /* newer than the oldest that is known */
}

static void
test_askers (void)
{
  g_autoptr (FrAskerWindows) windows = fr_asker_windows_new ();

  for (guint i = 0; i < FR_ASKER_WINDOWS_MAX; i++)
    g_assert_true (take (windows, i, NOW));
  g_assert_false (take (windows, 0, NOW)); /* which makes it the latest */
  g_assert_true (take (windows, FR_ASKER_WINDOWS_MAX, NOW));
  g_assert_false (take (windows, 0, NOW));
  g_assert_true (take (windows, 1, NOW)); /* forgotten */
}

/* Whoever's clock was a year ahead is heard again when it is right. */
static void
test_clock_ahead (void)
{
  g_autoptr (FrAskerWindows) windows = fr_asker_windows_new ();

  g_assert_true (take (windows, 1, NOW + FR_ASKER_WINDOW_AHEAD_US + 1));
  g_assert_true (take (windows, 1, (gint64) G_MAXINT64));
  g_assert_true (take (windows, 1, NOW));
  g_assert_false (take (windows, 1, NOW));
  g_assert_true (take (windows, 1, NOW + FR_ASKER_WINDOW_AHEAD_US));
  g_assert_false (take (windows, 1, NOW + 1));
}

void
test_asker_windows_add (void)
{
  g_test_add_func ("/node/asker-windows/once", test_once);
  g_test_add_func ("/node/asker-windows/window", test_window);
  g_test_add_func ("/node/asker-windows/askers", test_askers);
  g_test_add_func ("/node/asker-windows/clock-ahead", test_clock_ahead);
}
