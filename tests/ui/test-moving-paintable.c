/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/mman.h>
#include <fcntl.h>
#include <unistd.h>

#include "fr-moving-paintable.h"

#include "tests.h"
#include "ui-fixture.h"

/* What a moving picture asks for, and which frame is seen when. Time is what the tests say, but for one. */

typedef struct
{
  FrMovingPaintable *moving;
  guint n_wants, first, n, side;
  guint n_ready, n_changes;
} Lab;

static void
want_cb (Lab *lab, guint first, guint n, guint side)
{
  lab->n_wants++;
  lab->first = first;
  lab->n = n;
  lab->side = side;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
lab_init (Lab *lab)
{
  *lab = (Lab){ fr_moving_paintable_new () };
  g_signal_connect_swapped (lab->moving, "want", G_CALLBACK (want_cb), lab);
  g_signal_connect_swapped (lab->moving, "ready", G_CALLBACK (count_cb), &lab->n_ready);
  g_signal_connect_swapped (lab->moving, "invalidate-contents", G_CALLBACK (count_cb), &lab->n_changes);
  fr_moving_paintable_start (lab->moving);
}

static void
lab_clear (Lab *lab)
{
  g_assert_finalize_object (lab->moving);
}

/* So many frames of one colour, each to be seen for so long. */
static FrImageFrames *
make_frames (guint side, guint first, guint n, guint total, guint32 ms)
{
  int fd = memfd_create ("freshet-test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  gsize pixels = (gsize) side * side * 4 * n;
  FrImageFrames *frames;

  g_assert_cmpint (ftruncate (fd, (off_t) (pixels + n * sizeof ms)), ==, 0);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (pwrite (fd, &ms, sizeof ms, (off_t) (pixels + i * sizeof ms)), ==, sizeof ms);
  g_assert_cmpint (fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_WRITE), ==, 0);
  frames = fr_image_frames_new_from_fd (fd, side, side, first, n, total);
  g_assert_nonnull (frames);
  close (fd);
  return frames;
}

static void
give (Lab *lab, guint side, guint total, guint32 ms)
{
  g_autoptr (FrImageFrames) frames = make_frames (side, lab->first, MIN (lab->n, total - lab->first), total, ms);

  fr_moving_paintable_take (lab->moving, frames);
}

/* A few at first, then more before they are to be seen, and each once. */
static void
test_asks_ahead (void)
{
  Lab lab;
  gint64 now;

  lab_init (&lab);
  g_assert_cmpuint (lab.n_wants, ==, 1);
  g_assert_cmpuint (lab.first, ==, 0);
  g_assert_cmpuint (lab.n, ==, FR_MOVING_FIRST_BATCH);
  g_assert_cmpuint (lab.side, ==, FR_MOVING_MAX_SIDE);
  g_assert_false (fr_moving_paintable_is_ready (lab.moving));
  give (&lab, 2, 100, 100);
  g_assert_cmpuint (lab.n_ready, ==, 1);
  g_assert_cmpuint (lab.n_wants, ==, 1);
  now = g_get_monotonic_time ();
  for (guint i = 0; i < 300; i++)
    {
      now += 100000;
      fr_moving_paintable_advance (lab.moving, now);
      if (lab.n_wants == 2 && lab.first == 16)
        {
          g_assert_cmpuint (fr_moving_paintable_get_position (lab.moving), ==, 8);
          g_assert_cmpuint (lab.n, ==, FR_MOVING_BATCH);
          give (&lab, 2, 100, 100);
          lab.first = 0;
        }
      else if (lab.n_wants == 3 && lab.first == 80)
        {
          g_assert_cmpuint (lab.n, ==, 20);
          give (&lab, 2, 100, 100);
          lab.first = 0;
        }
    }
  g_assert_cmpuint (lab.n_wants, ==, 3);
  g_assert_cmpuint (lab.n_changes, >=, 299);
  lab_clear (&lab);
}

/* Each frame in its time; what is a little late is made up for, what is very late is not. */
static void
test_keeps_time (void)
{
  static const struct
  {
    gint64 after_ms;
    guint position;
  } rows[] = { { 99, 0 }, { 1, 1 }, { 99, 1 }, { 1, 2 }, { 250, 4 }, { 50, 5 }, { 60000, 6 }, { 100, 7 }, { 300, 0 } };
  Lab lab;
  gint64 now;

  lab_init (&lab);
  give (&lab, 2, 10, 100);
  fr_moving_paintable_set_playing (lab.moving, TRUE);
  now = fr_moving_paintable_get_shown_us (lab.moving);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      now += rows[i].after_ms * 1000;
      fr_moving_paintable_advance (lab.moving, now);
      g_test_message ("row %zu", i);
      g_assert_cmpuint (fr_moving_paintable_get_position (lab.moving), ==, rows[i].position);
    }
  lab_clear (&lab);
}

/* Where the next frame has not come, it waits; where it will not come, it goes on from the beginning. */
static void
test_waits (void)
{
  Lab lab;
  gint64 now;

  lab_init (&lab);
  give (&lab, 2, 40, 100);
  now = g_get_monotonic_time ();
  for (guint i = 0; i < 50; i++)
    fr_moving_paintable_advance (lab.moving, now += 100000);
  g_assert_cmpuint (fr_moving_paintable_get_position (lab.moving), ==, 15);
  g_assert_cmpuint (lab.n_wants, ==, 2);
  g_assert_cmpuint (lab.first, ==, 16);
  fr_moving_paintable_fail (lab.moving);
  now = fr_moving_paintable_get_shown_us (lab.moving);
  fr_moving_paintable_advance (lab.moving, now + 100000);
  g_assert_cmpuint (fr_moving_paintable_get_position (lab.moving), ==, 0);
  g_assert_cmpuint (lab.n_wants, ==, 2);
  lab_clear (&lab);

  /* nothing at all */
  lab_init (&lab);
  fr_moving_paintable_fail (lab.moving);
  fr_moving_paintable_advance (lab.moving, g_get_monotonic_time ());
  g_assert_cmpuint (lab.n_ready, ==, 0);
  lab_clear (&lab);
}

static void
test_stops (void)
{
  Lab lab;
  gint64 now;

  lab_init (&lab);
  give (&lab, 2, 10, 100);
  fr_moving_paintable_set_playing (lab.moving, FALSE);
  now = fr_moving_paintable_get_shown_us (lab.moving);
  fr_moving_paintable_advance (lab.moving, now + 250000);
  g_assert_cmpuint (fr_moving_paintable_get_position (lab.moving), ==, 0);
  fr_moving_paintable_set_playing (lab.moving, TRUE);
  fr_moving_paintable_set_seen (lab.moving, FALSE);
  fr_moving_paintable_advance (lab.moving, now + 500000);
  g_assert_cmpuint (fr_moving_paintable_get_position (lab.moving), ==, 0);
  g_assert_true (fr_moving_paintable_get_playing (lab.moving));
  fr_moving_paintable_set_seen (lab.moving, TRUE);
  now = fr_moving_paintable_get_shown_us (lab.moving);
  fr_moving_paintable_advance (lab.moving, now + 100000);
  g_assert_cmpuint (fr_moving_paintable_get_position (lab.moving), ==, 1);
  lab_clear (&lab);
}

/* What would take too much is asked for again, so small that it does not. */
static void
test_too_much (void)
{
  Lab lab;

  lab_init (&lab);
  give (&lab, 1000, 1000, 100);
  g_assert_cmpuint (lab.n_ready, ==, 0);
  g_assert_cmpuint (lab.n_wants, ==, 2);
  g_assert_cmpuint (lab.first, ==, 0);
  g_assert_cmpuint (lab.side, <, 1000);
  g_assert_cmpuint ((guint64) lab.side * lab.side * 4 * 1000, <=, FR_MOVING_MAX_BYTES);
  g_assert_cmpuint ((guint64) lab.side * lab.side * 4 * 1000, >, FR_MOVING_MAX_BYTES / 10 * 9);
  give (&lab, lab.side, 1000, 100);
  g_assert_cmpuint (lab.n_ready, ==, 1);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (lab.moving)), ==, (int) lab.side);
  lab_clear (&lab);
}

static gboolean
has_moved (gpointer data)
{
  return ((Lab *) data)->n_changes >= 5;
}

/* By itself, too. */
static void
test_moves (void)
{
  Lab lab;

  lab_init (&lab);
  give (&lab, 2, 3, 20);
  fr_test_wait_until (has_moved, &lab, 10);
  lab_clear (&lab);
}

void
test_moving_paintable_add (void)
{
  g_test_add_func ("/ui/moving/asks-ahead", test_asks_ahead);
  g_test_add_func ("/ui/moving/keeps-time", test_keeps_time);
  g_test_add_func ("/ui/moving/waits", test_waits);
  g_test_add_func ("/ui/moving/stops", test_stops);
  g_test_add_func ("/ui/moving/too-much", test_too_much);
  g_test_add_func ("/ui/moving/moves", test_moves);
}
