/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-json-guard.h"
#include "fr-peer-registry.h"
#include "fr-test-support.h"

#include <string.h>

#include "tests.h"

#define SECOND G_USEC_PER_SEC
#define OPEN "{'type':'OPEN'}"
#define FULL "{'type':'ERROR','payload':{'msg':'Server has reached its concurrent user limit'}}"
#define INCOMPLETE "{'type':'ERROR','payload':{'msg':'No id, token, or key supplied to websocket server'}}"

static void
receive (FrPeerRegistry *registry, guint64 socket, const char *text, gint64 now_us)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  fr_peer_registry_receive (registry, socket, json, strlen (json), now_us);
}

/* The next action is to send this, with single quotes for double ones. */
static void
expect_send (FrPeerRegistry *registry, guint64 socket, const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_auto (FrPeerAction) action = { 0 };

  g_assert_true (fr_peer_registry_next_action (registry, &action));
  g_assert_cmpint (action.type, ==, FR_PEER_ACTION_SEND);
  g_assert_cmpstr (action.text, ==, json);
  g_assert_cmpuint (action.socket, ==, socket);
}

static void
expect_close (FrPeerRegistry *registry, guint64 socket)
{
  g_auto (FrPeerAction) action = { 0 };

  g_assert_true (fr_peer_registry_next_action (registry, &action));
  g_assert_cmpint (action.type, ==, FR_PEER_ACTION_CLOSE);
  g_assert_cmpuint (action.socket, ==, socket);
}

static void
expect_nothing (FrPeerRegistry *registry)
{
  g_auto (FrPeerAction) action = { 0 };

  g_assert_false (fr_peer_registry_next_action (registry, &action));
}

static guint
drain (FrPeerRegistry *registry)
{
  guint n = 0;

  for (FrPeerAction action; fr_peer_registry_next_action (registry, &action); n++)
    fr_peer_action_clear (&action);
  return n;
}

static void
test_registration (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  expect_send (registry, 1, OPEN);
  fr_peer_registry_accept (registry, 2, "peerjs", "a", "other", 0);
  expect_send (registry, 2, "{'type':'ID-TAKEN','payload':{'msg':'ID is taken'}}");
  expect_close (registry, 2);
  fr_peer_registry_accept (registry, 3, "wrong", "b", "t", 0);
  expect_send (registry, 3, "{'type':'ERROR','payload':{'msg':'Invalid key provided'}}");
  expect_close (registry, 3);
  fr_peer_registry_accept (registry, 4, "peerjs", "b", NULL, 0);
  expect_send (registry, 4, INCOMPLETE);
  expect_close (registry, 4);
  expect_nothing (registry);
  g_assert_cmpuint (fr_peer_registry_n_ids (registry), ==, 1);
  fr_peer_registry_remove (registry, 1);
  g_assert_false (fr_peer_registry_has_id (registry, "a"));
  fr_peer_registry_accept (registry, 5, "peerjs", "a", "other", 0);
  expect_send (registry, 5, OPEN);
}

static void
test_take_over (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  fr_peer_registry_accept (registry, 2, "peerjs", "a", "t", 0);
  expect_send (registry, 1, OPEN);
  expect_nothing (registry);
  receive (registry, 1, "{'type':'OFFER','dst':'a'}", 0); /* the first still sends, the second receives */
  expect_send (registry, 2, "{'type':'OFFER','src':'a','dst':'a'}");
  fr_peer_registry_remove (registry, 1);
  g_assert_true (fr_peer_registry_has_id (registry, "a"));
  fr_peer_registry_remove (registry, 2);
  g_assert_false (fr_peer_registry_has_id (registry, "a"));
}

/* The first socket outlives the registration; its end must not unregister somebody who has the id by then. */
static void
test_old_socket (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  fr_peer_registry_accept (registry, 2, "peerjs", "a", "t", 0);
  fr_peer_registry_remove (registry, 2);
  fr_peer_registry_accept (registry, 3, "peerjs", "a", "other", 0);
  drain (registry);
  receive (registry, 1, "{'type':'LEAVE'}", 0);
  g_assert_true (fr_peer_registry_has_id (registry, "a"));
  fr_peer_registry_remove (registry, 1);
  g_assert_true (fr_peer_registry_has_id (registry, "a"));
  fr_peer_registry_remove (registry, 1);
  fr_peer_registry_remove (registry, 99);
  expect_nothing (registry);
}

static void
test_sockets_per_id (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  for (guint64 socket = 1; socket <= FR_PEER_REGISTRY_MAX_SOCKETS_PER_ID; socket++)
    fr_peer_registry_accept (registry, socket, "peerjs", "a", "t", 0);
  expect_send (registry, 1, OPEN);
  expect_nothing (registry);
  fr_peer_registry_accept (registry, 50, "peerjs", "a", "t", 0);
  expect_close (registry, 1);
  expect_nothing (registry);
  g_assert_true (fr_peer_registry_has_id (registry, "a"));
}

static void
test_expiry (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  fr_peer_registry_accept (registry, 2, "peerjs", "b", "t", 0);
  drain (registry);
  receive (registry, 1, "{'type':'OFFER','dst':'x'}", SECOND);
  receive (registry, 1, "{'type':'CANDIDATE','dst':'x'}", 2 * SECOND);
  receive (registry, 2, "{'type':'OFFER','dst':'x'}", 3 * SECOND);
  receive (registry, 2, "{'type':'OFFER','dst':'y'}", 3 * SECOND);
  receive (registry, 2, "{'type':'LEAVE','dst':'z'}", 3 * SECOND);
  g_assert_cmpint (fr_peer_registry_next_deadline (registry), ==, 6 * SECOND);
  fr_peer_registry_tick (registry, 6 * SECOND - 1);
  expect_nothing (registry);
  fr_peer_registry_tick (registry, 6 * SECOND);
  expect_send (registry, 1, "{'type':'EXPIRE','src':'x','dst':'a'}");
  expect_send (registry, 2, "{'type':'EXPIRE','src':'x','dst':'b'}");
  expect_nothing (registry);
  g_assert_cmpint (fr_peer_registry_next_deadline (registry), ==, 8 * SECOND);
  fr_peer_registry_remove (registry, 2);
  fr_peer_registry_tick (registry, 8 * SECOND); /* who is gone is told nothing */
  expect_nothing (registry);
}

static void
test_backlog (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  drain (registry);
  receive (registry, 1, "{'type':'OFFER','dst':'b','payload':1}", 0);
  receive (registry, 1, "{'type':'EXPIRE','dst':'b'}", 0);
  receive (registry, 1, "{'type':'ANSWER','dst':'b','payload':2}", 0);
  fr_peer_registry_accept (registry, 2, "peerjs", "b", "t", 5 * SECOND - 1);
  expect_send (registry, 2, OPEN);
  expect_send (registry, 2, "{'type':'OFFER','src':'a','dst':'b','payload':1}");
  expect_send (registry, 2, "{'type':'ANSWER','src':'a','dst':'b','payload':2}");
  fr_peer_registry_tick (registry, 60 * SECOND);
  expect_nothing (registry);
}

static void
test_alive (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  fr_peer_registry_accept (registry, 2, "peerjs", "b", "t", 0);
  drain (registry);
  receive (registry, 1, "{'type':'HEARTBEAT'}", 10 * SECOND);
  receive (registry, 2, "{'type':'GOSSIP'}", 10 * SECOND); /* only heartbeats count */
  g_assert_cmpint (fr_peer_registry_next_deadline (registry), ==, FR_PEER_REGISTRY_ALIVE_US);
  fr_peer_registry_tick (registry, FR_PEER_REGISTRY_ALIVE_US - 1);
  expect_nothing (registry);
  fr_peer_registry_tick (registry, FR_PEER_REGISTRY_ALIVE_US);
  expect_close (registry, 2);
  expect_nothing (registry);
  g_assert_cmpint (fr_peer_registry_next_deadline (registry), ==, 10 * SECOND + FR_PEER_REGISTRY_ALIVE_US);
  fr_peer_registry_tick (registry, 10 * SECOND + FR_PEER_REGISTRY_ALIVE_US);
  expect_close (registry, 1);
  g_assert_cmpint (fr_peer_registry_next_deadline (registry), ==, G_MAXINT64);
  g_assert_cmpuint (fr_peer_registry_n_ids (registry), ==, 0);
}

static void
test_ids (void)
{
  g_autofree char *longest = g_strnfill (FR_PEER_REGISTRY_MAX_ID_SIZE, 'x');
  g_autofree char *longer = g_strnfill (FR_PEER_REGISTRY_MAX_ID_SIZE + 1, 'x');
  const struct
  {
    const char *id, *token;
    gboolean good;
  } rows[] = {
    { "a b", "t", TRUE },   { "Zo\xc3\xab", "t", TRUE }, { longest, longest, TRUE }, { longer, "t", FALSE },
    { "b", longer, FALSE }, { "", "t", FALSE },          { "c", "", FALSE },         { NULL, "t", FALSE },
    { "\xff", "t", FALSE },
  };
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fr_peer_registry_accept (registry, i + 1, "peerjs", rows[i].id, rows[i].token, 0);
      expect_send (registry, i + 1, rows[i].good ? OPEN : INCOMPLETE);
      if (!rows[i].good)
        expect_close (registry, i + 1);
    }
}

static void
test_full (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", G_MAXUINT);
  guint64 socket = 1;

  for (; socket <= FR_PEER_REGISTRY_MAX_IDS; socket++)
    {
      g_autofree char *id = g_strdup_printf ("peer-%" G_GUINT64_FORMAT, socket);

      fr_peer_registry_accept (registry, socket, "peerjs", id, "t", 0);
      expect_send (registry, socket, OPEN);
    }
  fr_peer_registry_accept (registry, socket, "peerjs", "one-more", "t", 0);
  expect_send (registry, socket, FULL);
  expect_close (registry, socket);
  /* One that is there may still come back. */
  fr_peer_registry_accept (registry, socket + 1, "peerjs", "peer-1", "t", 0);
  expect_nothing (registry);
  /* One that left keeps its place while it keeps its socket. */
  receive (registry, 2, "{'type':'LEAVE'}", 0);
  fr_peer_registry_accept (registry, socket + 2, "peerjs", "one-more", "t", 0);
  expect_send (registry, socket + 2, FULL);
  expect_close (registry, socket + 2);
  fr_peer_registry_remove (registry, 2);
  fr_peer_registry_accept (registry, socket + 3, "peerjs", "one-more", "t", 0);
  expect_send (registry, socket + 3, OPEN);
}

static void
test_rate (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  fr_peer_registry_accept (registry, 2, "peerjs", "b", "t", 0);
  drain (registry);
  for (int i = 0; i < FR_PEER_REGISTRY_BURST; i++)
    receive (registry, 1, "{'type':'OFFER','dst':'b'}", 0);
  g_assert_cmpuint (drain (registry), ==, FR_PEER_REGISTRY_BURST);
  receive (registry, 1, "{'type':'OFFER','dst':'b'}", SECOND / FR_PEER_REGISTRY_RATE);
  g_assert_cmpuint (drain (registry), ==, 1);
  receive (registry, 1, "{'type':'OFFER','dst':'b'}", SECOND / FR_PEER_REGISTRY_RATE);
  expect_send (registry, 1, "{'type':'ERROR','payload':{'msg':'Too many messages'}}");
  expect_close (registry, 1);
  g_assert_false (fr_peer_registry_has_id (registry, "a"));
  g_assert_true (fr_peer_registry_has_id (registry, "b"));
}

static void
test_queue_messages (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  drain (registry);
  for (int i = 0; i < FR_PEER_REGISTRY_MAX_QUEUE_MESSAGES; i++)
    receive (registry, 1, "{'type':'OFFER','dst':'x'}", 0);
  expect_nothing (registry);
  receive (registry, 1, "{'type':'OFFER','dst':'x'}", 0);
  expect_send (registry, 1, "{'type':'EXPIRE','src':'x','dst':'a'}");
  receive (registry, 1, "{'type':'OFFER','dst':'y'}", 0);
  expect_nothing (registry);
  fr_peer_registry_accept (registry, 2, "peerjs", "x", "t", 0);
  g_assert_cmpuint (drain (registry), ==, 1 + FR_PEER_REGISTRY_MAX_QUEUE_MESSAGES);
}

/* An OFFER from "a" to `dst` whose relayed form has exactly `size` bytes. */
static void
receive_sized (FrPeerRegistry *registry, guint64 socket, const char *dst, gsize size, gint64 now_us)
{
  gsize overhead = strlen ("{'type':'OFFER','src':'a','dst':'','payload':''}") + strlen (dst);
  g_autofree char *fill = g_strnfill (size - overhead, 'x');
  g_autofree char *text = g_strdup_printf ("{'type':'OFFER','dst':'%s','payload':'%s'}", dst, fill);

  receive (registry, socket, text, now_us);
}

static void
test_queue_size (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);
  const gsize n = FR_PEER_REGISTRY_MAX_QUEUE_SIZE / FR_JSON_MAX_SIZE;

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  drain (registry);
  for (gsize i = 1; i < n; i++)
    receive_sized (registry, 1, "x", FR_JSON_MAX_SIZE, 0);
  receive_sized (registry, 1, "x", FR_JSON_MAX_SIZE - 100, 0);
  receive_sized (registry, 1, "x", 101, 0); /* one byte too many */
  expect_send (registry, 1, "{'type':'EXPIRE','src':'x','dst':'a'}");
  receive_sized (registry, 1, "x", 100, 0);
  expect_nothing (registry);
}

static void
test_all_queues (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);
  guint64 socket = 1;
  guint n = 0;

  while (n < FR_PEER_REGISTRY_MAX_WAITING_MESSAGES)
    {
      fr_peer_registry_accept (registry, socket++, "peerjs", "a", "t", 0);
      drain (registry);
      for (int i = 0; i < FR_PEER_REGISTRY_BURST && n < FR_PEER_REGISTRY_MAX_WAITING_MESSAGES; i++, n++)
        {
          g_autofree char *text = g_strdup_printf ("{'type':'OFFER','dst':'x%u'}", n);

          receive (registry, socket - 1, text, 0);
        }
    }
  expect_nothing (registry);
  fr_peer_registry_accept (registry, socket, "peerjs", "b", "t", 0);
  drain (registry);
  receive (registry, socket, "{'type':'OFFER','dst':'y'}", 0);
  expect_send (registry, socket, "{'type':'EXPIRE','src':'y','dst':'b'}");
  fr_peer_registry_tick (registry, 5 * SECOND); /* all gone: there is room again */
  drain (registry);
  receive (registry, socket, "{'type':'OFFER','dst':'y'}", 5 * SECOND);
  expect_nothing (registry);
}

static void
test_all_queues_size (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  drain (registry);
  for (int i = 0; i < FR_PEER_REGISTRY_MAX_WAITING_SIZE / FR_JSON_MAX_SIZE; i++)
    {
      g_autofree char *dst = g_strdup_printf ("x%d", i);

      receive_sized (registry, 1, dst, FR_JSON_MAX_SIZE, 0);
    }
  expect_nothing (registry);
  receive_sized (registry, 1, "y", 60, 0);
  expect_send (registry, 1, "{'type':'EXPIRE','src':'y','dst':'a'}");
}

static void
test_message_size (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);
  g_autofree char *huge = g_strnfill (FR_JSON_MAX_SIZE + 1, ' ');

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  drain (registry);
  receive_sized (registry, 1, "a", FR_JSON_MAX_SIZE, 0);
  g_assert_cmpuint (drain (registry), ==, 1);
  receive_sized (registry, 1, "a", FR_JSON_MAX_SIZE + 1, 0);
  expect_nothing (registry);
  g_assert_true (fr_peer_registry_has_id (registry, "a"));
  receive (registry, 1, huge, 0);
  g_assert_cmpuint (drain (registry), ==, 2); /* an ERROR and the end */
  g_assert_false (fr_peer_registry_has_id (registry, "a"));
}

/* Whatever happens in whatever order, and whatever the clock does: everything is freed, nothing is sent to a socket
 * that was closed. */
static void
test_random (void)
{
  static const char *const texts[] = {
    "{'type':'OFFER','dst':'0','payload':{}}", "{'type':'CANDIDATE','dst':'1'}", "{'type':'LEAVE'}",
    "{'type':'LEAVE','dst':'2'}",              "{'type':'HEARTBEAT'}",           "no json",
    "{'type':'OFFER','dst':'absent'}",
  };
  g_autoptr (GRand) random = fr_test_rand_new ();
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 4);
  g_autoptr (GHashTable) closed = g_hash_table_new (NULL, NULL);
  guint64 last = 0;
  gint64 now_us = 0;

  for (int i = 0; i < 50000; i++)
    {
      guint64 socket = (guint64) g_rand_int_range (random, (gint32) (last > 8 ? last - 8 : 0), (gint32) last + 1);
      FrPeerAction action;

      now_us += g_rand_int_range (random, -1000, 400000);
      switch (g_rand_int_range (random, 0, 8))
        {
        case 0:
          {
            g_autofree char *id = g_strdup_printf ("%d", g_rand_int_range (random, 0, 6));

            fr_peer_registry_accept (registry, ++last, "peerjs", id, g_rand_boolean (random) ? "t" : "u", now_us);
            break;
          }
        case 1:
          fr_peer_registry_remove (registry, socket);
          g_hash_table_add (closed, GSIZE_TO_POINTER (socket));
          break;
        case 2:
          fr_peer_registry_tick (registry, now_us);
          break;
        default:
          receive (registry, socket, texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))], now_us);
        }
      while (fr_peer_registry_next_action (registry, &action))
        {
          g_assert_false (g_hash_table_contains (closed, GSIZE_TO_POINTER (action.socket)));
          if (action.type == FR_PEER_ACTION_CLOSE)
            g_hash_table_add (closed, GSIZE_TO_POINTER (action.socket));
          fr_peer_action_clear (&action);
        }
      g_assert_cmpuint (fr_peer_registry_n_ids (registry), <=, 4);
    }
}

/* With an owner, nothing is kept for others either, and nobody hears of somebody who is not the owner. */
static void
test_owner (void)
{
  g_autoptr (FrPeerRegistry) registry = fr_peer_registry_new ("peerjs", 10);

  fr_peer_registry_accept (registry, 1, "peerjs", "a", "t", 0);
  fr_peer_registry_accept (registry, 2, "peerjs", "b", "t", 0);
  drain (registry);
  fr_peer_registry_set_owner (registry, "owner");
  receive (registry, 1, "{'type':'OFFER','dst':'b'}", 0);
  expect_send (registry, 1, "{'type':'EXPIRE','src':'b','dst':'a'}");
  receive (registry, 1, "{'type':'LEAVE','dst':'b'}", 0);
  receive (registry, 1, "{'type':'OFFER','dst':'absent'}", 0);
  expect_send (registry, 1, "{'type':'EXPIRE','src':'absent','dst':'a'}");
  receive (registry, 1, "{'type':'OFFER','dst':'owner'}", 0); /* who is yet to come */
  expect_nothing (registry);
  fr_peer_registry_accept (registry, 3, "peerjs", "owner", "t", 0);
  expect_send (registry, 3, OPEN);
  expect_send (registry, 3, "{'type':'OFFER','src':'a','dst':'owner'}");
  receive (registry, 3, "{'type':'ANSWER','dst':'b'}", 0);
  expect_send (registry, 2, "{'type':'ANSWER','src':'owner','dst':'b'}");
  fr_peer_registry_set_owner (registry, NULL);
  receive (registry, 1, "{'type':'OFFER','dst':'b'}", 0);
  expect_send (registry, 2, "{'type':'OFFER','src':'a','dst':'b'}");
}

void
test_peer_registry_add (void)
{
  g_test_add_func ("/signalling/peer-registry/owner", test_owner);
  g_test_add_func ("/signalling/peer-registry/registration", test_registration);
  g_test_add_func ("/signalling/peer-registry/take-over", test_take_over);
  g_test_add_func ("/signalling/peer-registry/old-socket", test_old_socket);
  g_test_add_func ("/signalling/peer-registry/sockets-per-id", test_sockets_per_id);
  g_test_add_func ("/signalling/peer-registry/expiry", test_expiry);
  g_test_add_func ("/signalling/peer-registry/backlog", test_backlog);
  g_test_add_func ("/signalling/peer-registry/alive", test_alive);
  g_test_add_func ("/signalling/peer-registry/ids", test_ids);
  g_test_add_func ("/signalling/peer-registry/full", test_full);
  g_test_add_func ("/signalling/peer-registry/rate", test_rate);
  g_test_add_func ("/signalling/peer-registry/queue-messages", test_queue_messages);
  g_test_add_func ("/signalling/peer-registry/queue-size", test_queue_size);
  g_test_add_func ("/signalling/peer-registry/all-queues", test_all_queues);
  g_test_add_func ("/signalling/peer-registry/all-queues-size", test_all_queues_size);
  g_test_add_func ("/signalling/peer-registry/message-size", test_message_size);
  g_test_add_func ("/signalling/peer-registry/random", test_random);
}
