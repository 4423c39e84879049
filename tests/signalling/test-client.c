/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-json-guard.h"
#include "fr-test-support.h"
#include "test-rendezvous.h"
#include "test-servers.h"
#include "test-socket.h"

#include "tests.h"

/* The client against our server and against the reference. */

static guint
get_port (gconstpointer kind)
{
  TestServer *server = test_server_get_shared ((TestServerKind) GPOINTER_TO_UINT (kind));

  return server != NULL ? server->port : 0;
}

static FrSignal *
make_offer (const char *dst)
{
  FrSignal *offer = fr_signal_new (FR_SIGNAL_OFFER);

  offer->dst = g_strdup (dst);
  offer->sdp = g_strdup ("v=0\r\n");
  offer->has_note = TRUE;
  offer->note = (FrDialNote) { .version_min = 1, .version_max = 1, .purpose = FR_DIAL_PURPOSE_LINK };
  memset (offer->note.signature, 7, sizeof offer->note.signature);
  offer->connection_id = fr_dial_note_make_connection_id (&offer->note);
  return offer;
}

static void
send_signal (TestRendezvous *from, const FrSignal *signal)
{
  g_autoptr (GError) error = NULL;

  fr_rendezvous_send (FR_RENDEZVOUS (from->client), signal, &error);
  g_assert_no_error (error);
}

static void
test_offer_and_answer (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autoptr (TestRendezvous) a = NULL, b = NULL;
  g_autoptr (FrSignal) offer = make_offer ("anna b"), answer = fr_signal_new (FR_SIGNAL_ANSWER);
  g_autoptr (FrSignal) candidate = fr_signal_new (FR_SIGNAL_CANDIDATE);
  FrSignal *got;

  if (port == 0)
    return;
  a = test_rendezvous_online (port, "zoe-7f3k", "t");
  b = test_rendezvous_online (port, "anna b", "t/&1");
  g_assert_cmpstr (a->states->str, ==, "co");
  send_signal (a, offer);
  got = test_rendezvous_await_signal (b, 0);
  g_assert_cmpint (got->type, ==, FR_SIGNAL_OFFER);
  g_assert_cmpstr (got->src, ==, "zoe-7f3k");
  g_assert_cmpstr (got->sdp, ==, offer->sdp);
  g_assert_true (got->has_note);
  g_assert_true (fr_dial_note_equal (&got->note, &offer->note));

  answer->dst = g_strdup (got->src);
  answer->sdp = g_strdup ("v=0\r\n");
  answer->connection_id = g_strdup (got->connection_id);
  send_signal (b, answer);
  g_assert_cmpint (test_rendezvous_await_signal (a, 0)->type, ==, FR_SIGNAL_ANSWER);
  candidate->dst = g_strdup (got->src);
  candidate->candidate = g_strdup ("candidate:1 1 udp 1 127.0.0.1 9 typ host");
  candidate->connection_id = g_strdup (got->connection_id);
  send_signal (b, candidate);
  got = test_rendezvous_await_signal (a, 1);
  g_assert_cmpstr (got->candidate, ==, candidate->candidate);
  g_assert_cmpstr (got->src, ==, "anna b");
}

/* As the server says it of a peer that did not come; that it does is a test of the server's. */
static void
test_absent (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autoptr (TestRendezvous) a = NULL;
  g_autoptr (TestSocket) absent = NULL;

  if (port == 0)
    return;
  a = test_rendezvous_online (port, "absent-a", "t");
  absent = test_socket_register (port, "absent-b", "t");
  test_socket_send (absent, "{'type':'EXPIRE','dst':'absent-a'}");
  g_assert_cmpint (test_rendezvous_await_signal (a, 0)->type, ==, FR_SIGNAL_EXPIRE);
  g_assert_cmpstr (test_rendezvous_await_signal (a, 0)->src, ==, "absent-b");
}

static void
test_taken (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autoptr (TestRendezvous) a = NULL, b = NULL;

  if (port == 0)
    return;
  a = test_rendezvous_online (port, "wanted", "one");
  b = test_rendezvous_new (port, "wanted", "two");
  fr_rendezvous_connect (FR_RENDEZVOUS (b->client));
  test_rendezvous_await_error (b, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_ID_TAKEN);
  g_assert_cmpstr (b->states->str, ==, "cf");
  g_assert_cmpint (fr_rendezvous_get_retry_at (FR_RENDEZVOUS (b->client)), ==, 0);
  /* It may be tried again by hand, when the other has gone. */
  fr_rendezvous_disconnect (FR_RENDEZVOUS (a->client));
  while (fr_rendezvous_get_state (FR_RENDEZVOUS (b->client)) != FR_RENDEZVOUS_ONLINE)
    {
      fr_rendezvous_connect (FR_RENDEZVOUS (b->client));
      test_rendezvous_await (b, FR_RENDEZVOUS_CONNECTING);
      while (fr_rendezvous_get_state (FR_RENDEZVOUS (b->client)) == FR_RENDEZVOUS_CONNECTING)
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_take_over (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autoptr (TestRendezvous) a = NULL, b = NULL;
  g_autoptr (FrSignal) offer = make_offer ("stale");

  if (port == 0)
    return;
  /* The first connection is half dead: the server still has it. No OPEN comes, but it settles. */
  a = test_rendezvous_online (port, "stale", "same");
  b = test_rendezvous_online (port, "stale", "same");
  send_signal (b, offer);
  g_assert_cmpint (test_rendezvous_await_signal (b, 0)->type, ==, FR_SIGNAL_OFFER);
  g_assert_cmpuint (a->signals->len, ==, 0);
}

static void
test_server_gone_and_back (gconstpointer kind)
{
  TestServerKind server_kind = (TestServerKind) GPOINTER_TO_UINT (kind);
  g_autoptr (TestServer) server = test_server_start (server_kind, 0);
  g_autoptr (TestRendezvous) a = NULL;
  g_autoptr (FrSignal) offer = make_offer ("back");
  g_autoptr (GError) error = NULL;
  guint port;

  if (server == NULL)
    return;
  port = server->port;
  a = test_rendezvous_online (port, "back", "t");
  g_clear_pointer (&server, test_server_stop);
  test_rendezvous_await_error (a, FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_LOST);
  g_assert_cmpint (fr_rendezvous_get_retry_at (FR_RENDEZVOUS (a->client)), >, 0);
  g_assert_false (fr_rendezvous_send (FR_RENDEZVOUS (a->client), offer, &error));
  g_assert_error (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_NOT_ONLINE);
  test_rendezvous_await_error (a, FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_UNREACHABLE);
  server = test_server_start (server_kind, port);
  test_rendezvous_await (a, FR_RENDEZVOUS_ONLINE);
  g_assert_null (fr_rendezvous_get_error (FR_RENDEZVOUS (a->client)));
  send_signal (a, offer);
  test_rendezvous_await_signal (a, 0);
}

/* Somebody else took the id while we were away: keep asking for it. */
static void
test_taken_meanwhile (gconstpointer kind)
{
  TestServerKind server_kind = (TestServerKind) GPOINTER_TO_UINT (kind);
  g_autoptr (TestServer) server = test_server_start (server_kind, 0);
  g_autoptr (TestRendezvous) a = NULL;
  g_autoptr (TestSocket) thief = NULL;
  guint port;

  if (server == NULL)
    return;
  port = server->port;
  a = test_rendezvous_online (port, "mine", "t");
  g_clear_pointer (&server, test_server_stop);
  test_rendezvous_await (a, FR_RENDEZVOUS_WAITING);
  fr_rendezvous_disconnect (FR_RENDEZVOUS (a->client));
  server = test_server_start (server_kind, port);
  fr_rendezvous_connect (FR_RENDEZVOUS (a->client));
  test_rendezvous_await (a, FR_RENDEZVOUS_ONLINE);
  g_clear_pointer (&server, test_server_stop);
  server = test_server_start (server_kind, port);
  thief = test_socket_register (port, "mine", "stolen");
  test_rendezvous_await_error (a, FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_ID_TAKEN);
  g_clear_pointer (&thief, test_socket_free);
  test_rendezvous_await (a, FR_RENDEZVOUS_ONLINE);
}

static void
test_disconnect (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autoptr (TestRendezvous) a = NULL;

  if (port == 0)
    return;
  a = test_rendezvous_new (port, "fickle", "t");
  fr_rendezvous_disconnect (FR_RENDEZVOUS (a->client));
  g_assert_cmpstr (a->states->str, ==, "");
  fr_rendezvous_connect (FR_RENDEZVOUS (a->client));
  fr_rendezvous_connect (FR_RENDEZVOUS (a->client));
  fr_rendezvous_disconnect (FR_RENDEZVOUS (a->client));
  fr_rendezvous_connect (FR_RENDEZVOUS (a->client));
  test_rendezvous_await (a, FR_RENDEZVOUS_ONLINE);
  fr_rendezvous_connect (FR_RENDEZVOUS (a->client));
  fr_rendezvous_disconnect (FR_RENDEZVOUS (a->client));
  g_assert_cmpstr (a->states->str, ==, "cocoo");
}

static void
test_too_large (void)
{
  guint port = get_port (GUINT_TO_POINTER (TEST_SERVER_OWN));
  g_autoptr (TestRendezvous) a = test_rendezvous_online (port, "large", "t");
  g_autoptr (FrSignal) offer = make_offer ("large");
  g_autoptr (GError) error = NULL;

  g_free (offer->sdp);
  offer->sdp = g_strnfill (FR_JSON_MAX_SIZE, 'x');
  g_assert_false (fr_rendezvous_send (FR_RENDEZVOUS (a->client), offer, &error));
  g_assert_error (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_TOO_LARGE);
  g_assert_cmpint (fr_rendezvous_get_state (FR_RENDEZVOUS (a->client)), ==, FR_RENDEZVOUS_ONLINE);
}

static void
test_properties (void)
{
  g_autoptr (TestRendezvous) a = test_rendezvous_new_for ("Example.ORG", "zoe", "t");
  g_autofree char *id = NULL, *server = NULL;
  FrRendezvousState state = FR_RENDEZVOUS_FAILED;

  g_object_get (a->client, "id", &id, "server", &server, "state", &state, NULL);
  g_assert_cmpstr (id, ==, "zoe");
  g_assert_cmpstr (server, ==, "ws://example.org:9000/");
  g_assert_cmpint (state, ==, FR_RENDEZVOUS_OFFLINE);
  g_assert_cmpstr (fr_rendezvous_get_server (FR_RENDEZVOUS (a->client)), ==, server);
}

void
test_client_add (void)
{
  static const struct
  {
    const char *name;
    void (*func) (gconstpointer kind);
  } cases[] = {
    { "offer-and-answer", test_offer_and_answer },
    { "absent", test_absent },
    { "taken", test_taken },
    { "take-over", test_take_over },
    { "server-gone-and-back", test_server_gone_and_back },
    { "taken-meanwhile", test_taken_meanwhile },
    { "disconnect", test_disconnect },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *own = g_strconcat ("/signalling/client/own/", cases[i].name, NULL);
      g_autofree char *reference = g_strconcat ("/signalling/client/reference/", cases[i].name, NULL);

      g_test_add_data_func (own, GUINT_TO_POINTER (TEST_SERVER_OWN), cases[i].func);
      g_test_add_data_func (reference, GUINT_TO_POINTER (TEST_SERVER_REFERENCE), cases[i].func);
    }
  g_test_add_func ("/signalling/client/too-large", test_too_large);
  g_test_add_func ("/signalling/client/properties", test_properties);
}
