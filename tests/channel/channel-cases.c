/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "channel-cases.h"

#include "fr-test-support.h"

#define N_ORDERED 10000
#define BULK_BYTES (20 * 1000 * 1000)

typedef struct
{
  const ChannelKind *kind;
  gpointer pair;
  FrChannel *a;
  FrChannel *b;

  GPtrArray *at_a;
  GPtrArray *at_b;
  guint n_closed_a;
  guint n_closed_b;
  guint n_after_closed;
} Fixture;

static void
message_cb (FrChannel *channel, GBytes *message, gpointer data)
{
  Fixture *fixture = data;

  g_ptr_array_add (channel == fixture->a ? fixture->at_a : fixture->at_b, g_bytes_ref (message));
  if (channel == fixture->a ? fixture->n_closed_a : fixture->n_closed_b)
    fixture->n_after_closed++;
}

static void
closed_cb (FrChannel *channel, gpointer data)
{
  Fixture *fixture = data;

  if (channel == fixture->a)
    fixture->n_closed_a++;
  else
    fixture->n_closed_b++;
  g_assert_false (fr_channel_is_open (channel));
}

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->kind = data;
  fixture->at_a = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  fixture->at_b = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  fixture->pair = fixture->kind->set_up (&fixture->a, &fixture->b);
  g_assert_true (fr_channel_is_open (fixture->a));
  g_assert_true (fr_channel_is_open (fixture->b));
  g_signal_connect (fixture->a, "message", G_CALLBACK (message_cb), fixture);
  g_signal_connect (fixture->b, "message", G_CALLBACK (message_cb), fixture);
  g_signal_connect (fixture->a, "closed", G_CALLBACK (closed_cb), fixture);
  g_signal_connect (fixture->b, "closed", G_CALLBACK (closed_cb), fixture);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (fixture->n_closed_a, <=, 1);
  g_assert_cmpuint (fixture->n_closed_b, <=, 1);
  g_assert_cmpuint (fixture->n_after_closed, ==, 0);
  g_signal_handlers_disconnect_by_data (fixture->a, fixture);
  g_signal_handlers_disconnect_by_data (fixture->b, fixture);
  fixture->kind->tear_down (fixture->pair);
  g_ptr_array_unref (fixture->at_a);
  g_ptr_array_unref (fixture->at_b);
}

static GBytes *
new_message (gsize size, guint8 fill)
{
  guint8 *data = g_malloc (MAX (size, 1));

  memset (data, fill, MAX (size, 1));
  return g_bytes_new_take (data, size);
}

static gboolean
one_at_each_end (gpointer data)
{
  Fixture *fixture = data;

  return fixture->at_a->len == 1 && fixture->at_b->len == 1;
}

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  static const gsize sizes[] = { 1, 300, 61440, FR_CHANNEL_MAX_MESSAGE };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) to_b = new_message (sizes[i], 0x5a);
      g_autoptr (GBytes) to_a = new_message (sizes[i], 0xa5);

      fr_channel_send (fixture->a, to_b, &error);
      g_assert_no_error (error);
      fr_channel_send (fixture->b, to_a, &error);
      g_assert_no_error (error);
      fr_test_wait_until (one_at_each_end, fixture, 10);
      g_assert_true (g_bytes_equal (g_ptr_array_index (fixture->at_b, 0), to_b));
      g_assert_true (g_bytes_equal (g_ptr_array_index (fixture->at_a, 0), to_a));
      g_ptr_array_set_size (fixture->at_a, 0);
      g_ptr_array_set_size (fixture->at_b, 0);
    }
}

/* What is refused must not harm the channel: a good message afterwards arrives, and it alone. */
static void
test_sizes_refused (Fixture *fixture, gconstpointer data)
{
  static const gsize sizes[] = { 0, FR_CHANNEL_MAX_MESSAGE + 1, 1000000 };
  g_autoptr (GBytes) good = new_message (7, 7);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) message = new_message (sizes[i], 1);

      g_assert_false (fr_channel_send (fixture->a, message, &error));
      g_assert_error (error, FR_CHANNEL_ERROR, FR_CHANNEL_ERROR_SIZE);
    }
  g_assert_true (fr_channel_send (fixture->a, good, NULL));
  g_assert_true (fr_channel_send (fixture->b, good, NULL));
  fr_test_wait_until (one_at_each_end, fixture, 10);
  g_assert_true (g_bytes_equal (g_ptr_array_index (fixture->at_b, 0), good));
  /* seven that went and seven that came; what was refused counts for nothing */
  g_assert_cmpuint (fr_channel_get_n_bytes (fixture->a), ==, 14);
  g_assert_cmpuint (fr_channel_get_n_bytes (fixture->b), ==, 14);
}

static gboolean
all_ordered_arrived (gpointer data)
{
  return ((Fixture *) data)->at_b->len == N_ORDERED;
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  for (guint32 i = 0; i < N_ORDERED; i++)
    {
      g_autoptr (GBytes) message = g_bytes_new (&i, sizeof i);

      g_assert_true (fr_channel_send (fixture->a, message, NULL));
    }
  fr_test_wait_until (all_ordered_arrived, fixture, 30);
  for (guint32 i = 0; i < N_ORDERED; i++)
    g_assert_cmpmem (g_bytes_get_data (g_ptr_array_index (fixture->at_b, i), NULL), sizeof i, &i, sizeof i);
}

typedef struct
{
  FrChannel *from;
  GBytes *piece;
  gsize sent;
  gsize received;
  guint64 most_buffered;
  guint n_drained;
} Bulk;

static void
bulk_pump (Bulk *bulk)
{
  while (bulk->sent < BULK_BYTES && fr_channel_get_buffered_amount (bulk->from) < FR_CHANNEL_HIGH_WATER)
    {
      g_assert_true (fr_channel_send (bulk->from, bulk->piece, NULL));
      bulk->sent += g_bytes_get_size (bulk->piece);
      bulk->most_buffered = MAX (bulk->most_buffered, fr_channel_get_buffered_amount (bulk->from));
    }
}

static void
bulk_drained_cb (FrChannel *channel, gpointer data)
{
  Bulk *bulk = data;

  bulk->n_drained++;
  bulk_pump (bulk);
}

static void
bulk_message_cb (FrChannel *channel, GBytes *message, gpointer data)
{
  ((Bulk *) data)->received += g_bytes_get_size (message);
}

static gboolean
bulk_arrived (gpointer data)
{
  Bulk *bulk = data;

  return bulk->received >= BULK_BYTES && bulk->received == bulk->sent;
}

/* A sender that stops at the high-water mark and goes on at "drained" never has more than that and one message in the
 * buffer, and never stops for good. */
static void
test_back_pressure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) piece = new_message (61440, 3);
  Bulk bulk = { .from = fixture->a, .piece = piece };

  g_signal_handlers_disconnect_by_data (fixture->b, fixture);
  g_signal_connect (fixture->a, "drained", G_CALLBACK (bulk_drained_cb), &bulk);
  g_signal_connect (fixture->b, "message", G_CALLBACK (bulk_message_cb), &bulk);
  bulk_pump (&bulk);
  fr_test_wait_until (bulk_arrived, &bulk, 60);
  g_assert_cmpuint (bulk.most_buffered, <=, FR_CHANNEL_HIGH_WATER + FR_CHANNEL_MAX_MESSAGE);
  g_assert_cmpuint (bulk.n_drained, >, 0);
  g_signal_handlers_disconnect_by_data (fixture->a, &bulk);
  g_signal_handlers_disconnect_by_data (fixture->b, &bulk);
}

static gboolean
both_closed (gpointer data)
{
  Fixture *fixture = data;

  return fixture->n_closed_a == 1 && fixture->n_closed_b == 1;
}

static void
test_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = new_message (10, 1);

  fr_channel_close (fixture->a);
  fr_channel_close (fixture->a);
  g_assert_cmpuint (fixture->n_closed_a, ==, 0);
  g_assert_false (fr_channel_is_open (fixture->a));
  g_assert_false (fr_channel_send (fixture->a, message, &error));
  g_assert_error (error, FR_CHANNEL_ERROR, FR_CHANNEL_ERROR_CLOSED);
  fr_test_wait_until (both_closed, fixture, 10);
}

static void
test_close_both (Fixture *fixture, gconstpointer data)
{
  fr_channel_close (fixture->a);
  fr_channel_close (fixture->b);
  fr_test_wait_until (both_closed, fixture, 10);
}

/* A handler that closes the channel hears nothing more, whatever has come already. */
static void
close_on_message_cb (FrChannel *channel, GBytes *message, gpointer data)
{
  fr_channel_close (channel);
}

static void
test_close_in_handler (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) message = new_message (10, 1);

  g_signal_connect (fixture->b, "message", G_CALLBACK (close_on_message_cb), NULL);
  for (int i = 0; i < 20; i++)
    g_assert_true (fr_channel_send (fixture->a, message, NULL));
  fr_test_wait_until (both_closed, fixture, 10);
  g_assert_cmpuint (fixture->at_b->len, ==, 1);
}

static void
add (const ChannelKind *kind, const char *name, void (*body) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/channel/%s/%s", kind->name, name);

  g_test_add (path, Fixture, kind, fixture_set_up, body, fixture_tear_down);
}

void
channel_cases_add (const ChannelKind *kind)
{
  add (kind, "sizes", test_sizes);
  add (kind, "sizes-refused", test_sizes_refused);
  add (kind, "order", test_order);
  add (kind, "back-pressure", test_back_pressure);
  add (kind, "close", test_close);
  add (kind, "close-both", test_close_both);
  add (kind, "close-in-handler", test_close_in_handler);
}
