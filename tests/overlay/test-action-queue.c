/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-action-queue.h"

#include "fr-test-support.h"

#include "tests.h"

static void
push (FrActionQueue *queue, FrLinkId link)
{
  FrOverlayAction action = { .type = FR_OVERLAY_SEND, .link = link, .frame = g_bytes_new_static ("x", 1) };

  fr_action_queue_push (queue, &action);
}

static void
pop (FrActionQueue *queue, FrLinkId expected)
{
  g_auto (FrOverlayAction) action = { 0 };

  g_assert_true (fr_action_queue_pop (queue, &action));
  g_assert_cmpuint (action.link, ==, expected);
}

static void
test_keeps_order (void)
{
  g_autoptr (FrActionQueue) queue = fr_action_queue_new ();
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrLinkId pushed = 0, popped = 0;
  FrOverlayAction none;

  g_assert_false (fr_action_queue_pop (queue, &none));
  for (guint round = 0; round < 200; round++)
    {
      for (int n = g_rand_int_range (rand, 0, 100); n > 0; n--)
        push (queue, ++pushed);
      for (int n = g_rand_int_range (rand, 0, 100); n > 0 && popped < pushed; n--)
        pop (queue, ++popped);
      g_assert_cmpuint (fr_action_queue_get_length (queue), ==, pushed - popped);
    }
  while (popped < pushed)
    pop (queue, ++popped);
  g_assert_false (fr_action_queue_pop (queue, &none));
}

static void
test_gives_memory_back (void)
{
  static const struct
  {
    guint n_actions;
    guint n_places;
  } rows[] = {
    { 1, 16 },
    { 16, 16 },
    { 17, 32 },
    { FR_ACTION_QUEUE_KEPT, FR_ACTION_QUEUE_KEPT },
    { FR_ACTION_QUEUE_KEPT + 1, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrActionQueue) queue = fr_action_queue_new ();

      for (guint link = 1; link <= rows[i].n_actions; link++)
        push (queue, link);
      for (guint link = 1; link <= rows[i].n_actions; link++)
        pop (queue, link);
      g_assert_cmpuint (fr_action_queue_get_n_places (queue), ==, rows[i].n_places);
      push (queue, 7);
      pop (queue, 7);
    }
}

static void
test_frees_what_waits (void)
{
  g_autoptr (FrActionQueue) queue = fr_action_queue_new ();

  for (guint link = 1; link <= 20; link++)
    push (queue, link);
  pop (queue, 1);
  fr_action_queue_free (NULL);
}

static void
test_reason_names (void)
{
  g_assert_cmpstr (fr_overlay_reason_to_string (FR_OVERLAY_REASON_NONE), ==, "none");
  g_assert_cmpstr (fr_overlay_reason_to_string (FR_OVERLAY_REASON_SILENT), ==, "silent");
  g_assert_cmpstr (fr_overlay_reason_to_string (FR_OVERLAY_REASON_FAULTS), ==, "faults");
}

void
test_action_queue_add (void)
{
  g_test_add_func ("/overlay/action-queue/keeps-order", test_keeps_order);
  g_test_add_func ("/overlay/action-queue/gives-memory-back", test_gives_memory_back);
  g_test_add_func ("/overlay/action-queue/frees-what-waits", test_frees_what_waits);
  g_test_add_func ("/overlay/action-queue/reason-names", test_reason_names);
}
