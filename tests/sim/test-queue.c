/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-queue.h"

#include "fr-test-support.h"
#include "tests.h"

static void
push (FrSimQueue *queue, gint64 at_us, guint number)
{
  FrSimEvent event = { .at_us = at_us, .peer = number };

  fr_sim_queue_push (queue, &event);
}

static void
assert_next (FrSimQueue *queue, gint64 at_us, guint number)
{
  FrSimEvent event;

  g_assert_true (fr_sim_queue_pop (queue, G_MAXINT64 / 2, &event));
  g_assert_cmpint (event.at_us, ==, at_us);
  g_assert_cmpuint (event.peer, ==, number);
}

/* What is at the same time comes as it was pushed; near, far, and where the two meet. */
static void
test_order (void)
{
  static const gint64 span_us = (gint64) FR_SIM_QUEUE_BUCKETS << FR_SIM_QUEUE_BUCKET_BITS;
  const gint64 times[] = { 5, 3, 3, span_us, span_us - 1, span_us, 2 * span_us + 7, 0, 1024, 1023, span_us };
  const guint order[] = { 7, 1, 2, 0, 9, 8, 4, 3, 5, 10, 6 };
  g_autoptr (FrSimQueue) queue = fr_sim_queue_new ();

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    push (queue, times[i], i);
  g_assert_cmpuint (fr_sim_queue_get_length (queue), ==, G_N_ELEMENTS (times));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    assert_next (queue, times[order[i]], order[i]);
  g_assert_cmpuint (fr_sim_queue_get_length (queue), ==, 0);
}

static void
test_until (void)
{
  g_autoptr (FrSimQueue) queue = fr_sim_queue_new ();
  FrSimEvent event = { 0 };

  g_assert_false (fr_sim_queue_pop (queue, 100, &event));
  push (queue, 100, 1);
  push (queue, 60 * G_USEC_PER_SEC, 2);
  g_assert_false (fr_sim_queue_pop (queue, 99, &event));
  g_assert_true (fr_sim_queue_pop (queue, 100, &event));
  g_assert_false (fr_sim_queue_pop (queue, 60 * G_USEC_PER_SEC - 1, &event));
  push (queue, 30 * G_USEC_PER_SEC, 3); /* what was not there when it was looked for */
  assert_next (queue, 30 * G_USEC_PER_SEC, 3);
  assert_next (queue, 60 * G_USEC_PER_SEC, 2);
}

static void
test_peek (void)
{
  g_autoptr (FrSimQueue) queue = fr_sim_queue_new ();

  g_assert_null (fr_sim_queue_peek (queue, 0));
  push (queue, 7, 1);
  push (queue, 5, 2);
  push (queue, 9, 3);
  push (queue, 5000, 4);
  assert_next (queue, 5, 2);
  g_assert_cmpuint (fr_sim_queue_peek (queue, 0)->peer, ==, 1);
  g_assert_cmpuint (fr_sim_queue_peek (queue, 1)->peer, ==, 3);
  g_assert_null (fr_sim_queue_peek (queue, 2)); /* another millisecond */
  assert_next (queue, 7, 1);
}

/* Against a plain sort, while time goes on: many in one bucket, some at once, some far away. */
static void
test_random (void)
{
  static const gint32 spans[] = { 1, 100, 2000, 100000, 20 * G_USEC_PER_SEC, 200 * G_USEC_PER_SEC };
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrSimQueue) queue = fr_sim_queue_new ();
  gint64 now_us = 0, last_us = -1;
  guint n_pushed = 0, n_popped = 0, last_number = 0;

  while (n_popped < 20000)
    {
      guint n = n_pushed < 20000 ? (guint) g_rand_int_range (rand, 0, 40) : 0;
      FrSimEvent event;

      for (; n > 0; n--, n_pushed++)
        push (queue, now_us + g_rand_int_range (rand, 0, spans[g_rand_int_range (rand, 0, G_N_ELEMENTS (spans))]),
              n_pushed);
      for (n = (guint) g_rand_int_range (rand, 1, 30); n > 0; n--)
        {
          if (!fr_sim_queue_pop (queue, G_MAXINT64 / 2, &event))
            break;
          g_assert_cmpint (event.at_us, >=, now_us);
          if (event.at_us == last_us)
            g_assert_cmpuint (event.peer, >, last_number);
          now_us = last_us = event.at_us;
          last_number = event.peer;
          n_popped++;
        }
    }
  g_assert_cmpuint (fr_sim_queue_get_length (queue), ==, n_pushed - n_popped);
}

void
test_queue_add (void)
{
  g_test_add_func ("/sim/queue/order", test_order);
  g_test_add_func ("/sim/queue/until", test_until);
  g_test_add_func ("/sim/queue/peek", test_peek);
  g_test_add_func ("/sim/queue/random", test_random);
}
