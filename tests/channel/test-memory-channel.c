/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-memory-channel.h"

#include "channel-cases.h"
#include "fr-test-support.h"
#include "tests.h"

typedef struct
{
  FrChannel *a;
  FrChannel *b;
} Pair;

static gpointer
pair_new (FrChannel **out_a, FrChannel **out_b)
{
  Pair *pair = g_new0 (Pair, 1);

  fr_memory_channel_new_pair ("control", &pair->a, &pair->b);
  *out_a = pair->a;
  *out_b = pair->b;
  return pair;
}

static void
pair_free (gpointer data)
{
  Pair *pair = data;

  g_clear_object (&pair->a);
  g_clear_object (&pair->b);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_free (pair);
}

static void
count_cb (gpointer channel, gpointer data)
{
  ++*(guint *) data;
}

static void
count_message_cb (FrChannel *channel, GBytes *message, gpointer data)
{
  ++*(guint *) data;
}

static void
run_all (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
test_label (void)
{
  g_autoptr (FrChannel) a = NULL;
  g_autoptr (FrChannel) b = NULL;

  fr_memory_channel_new_pair ("bulk", &a, &b);
  g_assert_cmpstr (fr_channel_get_label (a), ==, "bulk");
  g_assert_cmpstr (fr_channel_get_label (b), ==, "bulk");
}

/* Nothing is delivered from within the call that sends. */
static void
test_delivers_from_the_context (void)
{
  g_autoptr (FrChannel) a = NULL;
  g_autoptr (FrChannel) b = NULL;
  g_autoptr (GBytes) message = g_bytes_new_static ("hello", 5);
  guint n = 0;

  fr_memory_channel_new_pair ("control", &a, &b);
  g_signal_connect (b, "message", G_CALLBACK (count_message_cb), &n);
  g_assert_true (fr_channel_send (a, message, NULL));
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (fr_channel_get_buffered_amount (a), ==, 5);
  run_all ();
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (fr_channel_get_buffered_amount (a), ==, 0);
}

static void
test_held (void)
{
  g_autoptr (FrChannel) a = NULL;
  g_autoptr (FrChannel) b = NULL;
  g_autoptr (GBytes) message = g_bytes_new_take (g_malloc0 (FR_CHANNEL_LOW_WATER), FR_CHANNEL_LOW_WATER);
  g_autoptr (GBytes) small = g_bytes_new_static ("x", 1);
  guint n = 0, n_drained = 0;

  fr_memory_channel_new_pair ("control", &a, &b);
  g_signal_connect (b, "message", G_CALLBACK (count_message_cb), &n);
  g_signal_connect (a, "drained", G_CALLBACK (count_cb), &n_drained);
  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (a), TRUE);
  g_assert_true (fr_channel_send (a, small, NULL));
  g_assert_true (fr_channel_send (a, message, NULL));
  run_all ();
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (fr_channel_get_buffered_amount (a), ==, FR_CHANNEL_LOW_WATER + 1);

  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (a), FALSE);
  run_all ();
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (n_drained, ==, 1);

  /* What never rose over the mark does not drain. */
  g_assert_true (fr_channel_send (a, message, NULL));
  run_all ();
  g_assert_cmpuint (n_drained, ==, 1);
}

static void
test_full (void)
{
  g_autoptr (FrChannel) a = NULL;
  g_autoptr (FrChannel) b = NULL;
  g_autoptr (GBytes) message = g_bytes_new_take (g_malloc0 (FR_CHANNEL_MAX_MESSAGE), FR_CHANNEL_MAX_MESSAGE);
  g_autoptr (GError) error = NULL;

  fr_memory_channel_new_pair ("control", &a, &b);
  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (a), TRUE);
  for (int i = 0; i < FR_CHANNEL_MAX_BUFFERED / FR_CHANNEL_MAX_MESSAGE; i++)
    g_assert_true (fr_channel_send (a, message, NULL));
  g_assert_cmpuint (fr_channel_get_buffered_amount (a), ==, FR_CHANNEL_MAX_BUFFERED);
  g_assert_true (fr_channel_send (a, message, NULL));
  g_assert_false (fr_channel_send (a, message, &error));
  g_assert_error (error, FR_CHANNEL_ERROR, FR_CHANNEL_ERROR_FULL);
}

/* What was sent before the end still arrives, and "closed" after it. */
static void
test_close_after_send (void)
{
  g_autoptr (FrChannel) a = NULL;
  g_autoptr (FrChannel) b = NULL;
  g_autoptr (GBytes) message = g_bytes_new_static ("bye", 3);
  guint n = 0, n_closed = 0;

  fr_memory_channel_new_pair ("control", &a, &b);
  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (a), TRUE);
  g_signal_connect (b, "message", G_CALLBACK (count_message_cb), &n);
  g_signal_connect (b, "closed", G_CALLBACK (count_cb), &n_closed);
  g_assert_true (fr_channel_send (a, message, NULL));
  fr_channel_close (a);
  run_all ();
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (n_closed, ==, 1);
}

static void
test_last_owner_gone (void)
{
  FrChannel *a;
  g_autoptr (FrChannel) b = NULL;
  g_autoptr (GBytes) message = g_bytes_new_static ("bye", 3);
  guint n = 0, n_closed = 0;

  fr_memory_channel_new_pair ("control", &a, &b);
  g_signal_connect (b, "message", G_CALLBACK (count_message_cb), &n);
  g_signal_connect (b, "closed", G_CALLBACK (count_cb), &n_closed);
  g_assert_true (fr_channel_send (a, message, NULL));
  g_object_unref (a);
  run_all ();
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (n_closed, ==, 1);
  g_assert_false (fr_channel_send (b, message, NULL));
}

void
test_memory_channel_add (void)
{
  static const ChannelKind memory = { "memory", pair_new, pair_free };

  channel_cases_add (&memory);
  g_test_add_func ("/channel/memory/label", test_label);
  g_test_add_func ("/channel/memory/delivers-from-the-context", test_delivers_from_the_context);
  g_test_add_func ("/channel/memory/held", test_held);
  g_test_add_func ("/channel/memory/full", test_full);
  g_test_add_func ("/channel/memory/close-after-send", test_close_after_send);
  g_test_add_func ("/channel/memory/last-owner-gone", test_last_owner_gone);
}
