/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "fr-json-guard.h"
#include "fr-test-support.h"
#include "test-rendezvous.h"
#include "test-servers.h"

#include "tests.h"

/* The client against what is no PeerServer, or a bad one. */

static SoupServer *
listen_http (SoupServerCallback callback, gpointer user_data, guint *out_port)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, callback, user_data, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  *out_port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return server;
}

static TestRendezvous *
expect_fault (guint port, FrRendezvousState state, FrRendezvousError code)
{
  TestRendezvous *test = test_rendezvous_new (port, "zoe", "t");

  fr_rendezvous_connect (FR_RENDEZVOUS (test->client));
  test_rendezvous_await_error (test, state, code);
  return test;
}

static void
check_fault (guint port, FrRendezvousState state, FrRendezvousError code)
{
  test_rendezvous_free (expect_fault (port, state, code));
}

static void
test_nobody_listens (void)
{
  TestServer *server = test_server_start (TEST_SERVER_OWN, 0);
  guint port = server->port;
  g_autoptr (TestRendezvous) test = NULL;

  test_server_stop (server);
  test = expect_fault (port, FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_UNREACHABLE);
  g_assert_cmpstr (test->states->str, ==, "cw");
  /* Asked to, it tries again without waiting. */
  fr_rendezvous_connect (FR_RENDEZVOUS (test->client));
  g_assert_cmpstr (test->states->str, ==, "cwc");
  test_rendezvous_await (test, FR_RENDEZVOUS_WAITING);
  test_rendezvous_await (test, FR_RENDEZVOUS_CONNECTING);
}

static void
answer_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  soup_server_message_set_status (message, GPOINTER_TO_UINT (user_data), NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<p>Hello", 8);
}

static void
test_web_server (void)
{
  static const struct
  {
    guint status;
    FrRendezvousState state;
    FrRendezvousError code;
  } rows[] = {
    { 200, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_NOT_A_SERVER },
    { 302, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_NOT_A_SERVER },
    { 401, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_NOT_A_SERVER },
    { 404, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_NOT_A_SERVER },
    { 502, FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_UNREACHABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint port;
      G_GNUC_UNUSED g_autoptr (SoupServer) server = listen_http (answer_cb, GUINT_TO_POINTER (rows[i].status), &port);

      check_fault (port, rows[i].state, rows[i].code);
    }
}

/* Says `greeting` to whoever connects; NULL: nothing, ever. */
static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  const char *greeting = user_data;

  if (greeting == NULL)
    g_object_set_data_full (G_OBJECT (service), "connection", g_object_ref (connection), g_object_unref);
  else
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), greeting, strlen (greeting),
                               NULL, NULL, NULL);
  return TRUE;
}

static GSocketService *
listen_tcp (const char *greeting, guint *out_port)
{
  GSocketService *service = g_socket_service_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;

  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), any_port, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &address, NULL));
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), (gpointer) greeting);
  *out_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  return service;
}

static void
test_other_protocol (void)
{
  guint port;
  G_GNUC_UNUSED g_autoptr (GSocketService) service = listen_tcp ("SSH-2.0-OpenSSH_9.2p1\r\nwhatever\r\n\r\n", &port);

  check_fault (port, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_NOT_A_SERVER);
}

static void
test_never_answers (void)
{
  const FrPeerserverTiming timing = { .connect_timeout_ms = 50, .base_delay_ms = 10000 };
  guint port;
  G_GNUC_UNUSED g_autoptr (GSocketService) service = listen_tcp (NULL, &port);
  g_autoptr (TestRendezvous) test = test_rendezvous_new (port, "zoe", "t");

  fr_peerserver_client_set_timing (test->client, &timing);
  fr_rendezvous_connect (FR_RENDEZVOUS (test->client));
  test_rendezvous_await_error (test, FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_UNREACHABLE);
}

/* A WebSocket server that says what its test wants. */
typedef struct
{
  const char *const *texts; /* with single quotes for double ones; "" sends 8 binary bytes */
  gboolean is_closing;
  gboolean is_huge;
  gboolean is_cutting; /* ends the connection in the middle of what it hears */
  guint n_connections;
} Hostile;

static void
cut_cb (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer user_data)
{
  g_io_stream_close (soup_websocket_connection_get_io_stream (connection), NULL, NULL);
}

static void
hostile_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            SoupWebsocketConnection *connection,
            gpointer user_data)
{
  Hostile *hostile = user_data;

  g_object_set_data_full (G_OBJECT (server), "connection", g_object_ref (connection), g_object_unref);
  hostile->n_connections++;
  for (gsize i = 0; hostile->texts[i] != NULL; i++)
    {
      g_autofree char *json = g_strdelimit (g_strdup (hostile->texts[i]), "'", '"');

      if (*json != '\0')
        soup_websocket_connection_send_text (connection, json);
      else
        soup_websocket_connection_send_binary (connection, "\0\1\2\3\4\5\6\7", 8);
    }
  if (hostile->is_huge)
    {
      g_autofree char *huge = g_strnfill (FR_JSON_MAX_SIZE + 1, ' ');

      soup_websocket_connection_send_text (connection, huge);
    }
  if (hostile->is_cutting)
    g_signal_connect (connection, "message", G_CALLBACK (cut_cb), NULL);
  if (hostile->is_closing)
    soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static SoupServer *
listen_hostile (Hostile *hostile, guint *out_port)
{
  SoupServer *server = listen_http (answer_cb, GUINT_TO_POINTER (404), out_port);

  soup_server_add_websocket_handler (server, "/peerjs", NULL, NULL, hostile_cb, hostile, NULL);
  return server;
}

static void
test_garbage_for_open (void)
{
  static const char *const rows[][2] = { { "hello" }, { "" }, { "5" }, { "[[[[" }, { "{'type':5}" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Hostile hostile = { .texts = rows[i] };
      guint port;
      G_GNUC_UNUSED g_autoptr (SoupServer) server = listen_hostile (&hostile, &port);

      check_fault (port, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_NOT_A_SERVER);
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *texts[2];
    FrRendezvousState state;
    FrRendezvousError code;
  } rows[] = {
    { { "{'type':'INVALID-KEY'}" }, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_KEY_REFUSED },
    { { "{'type':'ERROR','payload':{'msg':'Invalid key provided'}}" },
      FR_RENDEZVOUS_FAILED,
      FR_RENDEZVOUS_ERROR_KEY_REFUSED },
    { { "{'type':'ERROR','payload':{'msg':'Server has reached its concurrent user limit'}}" },
      FR_RENDEZVOUS_WAITING,
      FR_RENDEZVOUS_ERROR_FULL },
    { { "{'type':'ERROR','payload':{'msg':'I do not like you'}}" },
      FR_RENDEZVOUS_FAILED,
      FR_RENDEZVOUS_ERROR_NOT_A_SERVER },
    { { "{'type':'ID-TAKEN'}" }, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_ID_TAKEN },
    { { NULL }, FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_LOST },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Hostile hostile = { .texts = rows[i].texts, .is_closing = TRUE };
      guint port;
      G_GNUC_UNUSED g_autoptr (SoupServer) server = listen_hostile (&hostile, &port);

      check_fault (port, rows[i].state, rows[i].code);
    }
}

/* What a registered client drops, and then it still hears. */
static void
test_garbage_later (void)
{
  g_autofree char *abyss = g_strnfill (FR_JSON_MAX_SIZE, '[');
  const char *const texts[] = { "{'type':'OPEN'}",
                                abyss,
                                "",
                                "no json",
                                "{}",
                                "{'type':'OPEN'}",
                                "{'type':'ID-TAKEN'}",
                                "{'type':'ERROR','payload':{'msg':'x'}}",
                                "{'type':'GOSSIP'}",
                                "{'type':'OFFER','src':'a','payload':{}}",
                                "{'type':'EXPIRE'}",
                                "{'type':'HEARTBEAT','src':'a'}",
                                "{'type':'EXPIRE','src':'nobody'}",
                                NULL };
  Hostile hostile = { .texts = texts };
  guint port;
  G_GNUC_UNUSED g_autoptr (SoupServer) server = listen_hostile (&hostile, &port);
  g_autoptr (TestRendezvous) test = test_rendezvous_online (port, "zoe", "t");

  g_assert_cmpstr (test_rendezvous_await_signal (test, 0)->src, ==, "nobody");
  g_assert_cmpuint (test->signals->len, ==, 1);
  g_assert_cmpstr (test->states->str, ==, "co");
  g_assert_cmpuint (hostile.n_connections, ==, 1);
}

static gboolean
has_reconnected (gpointer data)
{
  return ((Hostile *) data)->n_connections >= 3;
}

static void
test_huge_message (void)
{
  const char *const texts[] = { "{'type':'OPEN'}", NULL };
  Hostile hostile = { .texts = texts, .is_huge = TRUE };
  guint port;
  G_GNUC_UNUSED g_autoptr (SoupServer) server = listen_hostile (&hostile, &port);
  g_autoptr (TestRendezvous) test = test_rendezvous_online (port, "zoe", "t");

  test_rendezvous_await_error (test, FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_LOST);
  fr_test_wait_until (has_reconnected, &hostile, 5);
  g_assert_cmpuint (test->signals->len, ==, 0);
}

static gboolean
has_spoken_until_lost (gpointer data)
{
  TestRendezvous *test = data;
  g_autoptr (FrSignal) signal = fr_signal_new (FR_SIGNAL_LEAVE);

  signal->dst = g_strdup ("nobody");
  if (fr_rendezvous_get_state (FR_RENDEZVOUS (test->client)) != FR_RENDEZVOUS_ONLINE)
    return TRUE;
  fr_rendezvous_send (FR_RENDEZVOUS (test->client), signal, NULL);
  return FALSE;
}

/* A connection that has been cut ends a little later, and what is said meanwhile, heartbeats too, must not be said. */
static void
test_talks_while_server_leaves (void)
{
  const FrPeerserverTiming timing
      = { .connect_timeout_ms = 2000, .settle_ms = 100, .base_delay_ms = 10000, .heartbeat_ms = 1, .silence_ms = 5000 };
  const char *const texts[] = { "{'type':'OPEN'}", NULL };

  for (guint i = 0; i < 20; i++)
    {
      Hostile hostile = { .texts = texts, .is_cutting = TRUE };
      guint port;
      G_GNUC_UNUSED g_autoptr (SoupServer) server = listen_hostile (&hostile, &port);
      g_autoptr (TestRendezvous) test = test_rendezvous_new (port, "zoe", "t");

      fr_peerserver_client_set_timing (test->client, &timing);
      fr_rendezvous_connect (FR_RENDEZVOUS (test->client));
      test_rendezvous_await (test, FR_RENDEZVOUS_ONLINE);
      fr_test_wait_until (has_spoken_until_lost, test, 5);
    }
}

/* The other end has died without a word. */
static void
test_silence (void)
{
  const FrPeerserverTiming timing
      = { .connect_timeout_ms = 2000, .settle_ms = 100, .base_delay_ms = 10000, .heartbeat_ms = 20, .silence_ms = 100 };
  g_autoptr (TestServer) server = test_server_start (TEST_SERVER_OWN, 0);
  g_autoptr (TestRendezvous) test = test_rendezvous_new (server->port, "zoe", "t");

  fr_peerserver_client_set_timing (test->client, &timing);
  fr_rendezvous_connect (FR_RENDEZVOUS (test->client));
  test_rendezvous_await (test, FR_RENDEZVOUS_ONLINE);
  test_rendezvous_await_error (test, FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_LOST);
}

static void
test_full_then_free (void)
{
  FrPeerServerConfig config = { .interface = "127.0.0.1", .max_ids = 1 };
  g_autoptr (FrPeerServer) server = fr_peer_server_new (&config);
  g_autoptr (TestRendezvous) first = NULL, second = NULL;

  g_assert_true (fr_peer_server_start (server, NULL));
  first = test_rendezvous_online (fr_peer_server_get_port (server), "one", "t");
  second = expect_fault (fr_peer_server_get_port (server), FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_FULL);
  fr_rendezvous_disconnect (FR_RENDEZVOUS (first->client));
  test_rendezvous_await (second, FR_RENDEZVOUS_ONLINE);
}

static void
test_certificate (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  FrPeerServerConfig config = { .interface = "127.0.0.1" };
  g_autoptr (FrPeerServer) server = NULL;
  g_autofree char *address = NULL;
  g_autoptr (TestRendezvous) careful = NULL, trusting = NULL;
  g_autoptr (GTlsDatabase) database = NULL;

  certificate = test_server_make_certificate (folder, &path);
  config.certificate = certificate;
  server = fr_peer_server_new (&config);
  g_assert_true (fr_peer_server_start (server, NULL));
  address = g_strdup_printf ("wss://127.0.0.1:%u", fr_peer_server_get_port (server));

  careful = test_rendezvous_new_for (address, "careful", "t");
  fr_rendezvous_connect (FR_RENDEZVOUS (careful->client));
  test_rendezvous_await_error (careful, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_BAD_CERTIFICATE);

  database = g_tls_file_database_new (path, NULL);
  trusting = test_rendezvous_new_for (address, "trusting", "t");
  fr_peerserver_client_set_tls_database (trusting->client, database);
  fr_rendezvous_connect (FR_RENDEZVOUS (trusting->client));
  test_rendezvous_await (trusting, FR_RENDEZVOUS_ONLINE);
  fr_test_folder_free (folder);
}

static void
test_no_tls_there (void)
{
  guint port;
  G_GNUC_UNUSED g_autoptr (GSocketService) service = listen_tcp ("HTTP/1.1 400 Bad Request\r\n\r\n", &port);
  g_autofree char *address = g_strdup_printf ("wss://127.0.0.1:%u", port);
  g_autoptr (TestRendezvous) test = test_rendezvous_new_for (address, "zoe", "t");

  fr_rendezvous_connect (FR_RENDEZVOUS (test->client));
  test_rendezvous_await_error (test, FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_ERROR_NOT_A_SERVER);
}

void
test_client_faults_add (void)
{
  g_test_add_func ("/signalling/client-faults/nobody-listens", test_nobody_listens);
  g_test_add_func ("/signalling/client-faults/web-server", test_web_server);
  g_test_add_func ("/signalling/client-faults/other-protocol", test_other_protocol);
  g_test_add_func ("/signalling/client-faults/never-answers", test_never_answers);
  g_test_add_func ("/signalling/client-faults/garbage-for-open", test_garbage_for_open);
  g_test_add_func ("/signalling/client-faults/refusals", test_refusals);
  g_test_add_func ("/signalling/client-faults/garbage-later", test_garbage_later);
  g_test_add_func ("/signalling/client-faults/huge-message", test_huge_message);
  g_test_add_func ("/signalling/client-faults/talks-while-server-leaves", test_talks_while_server_leaves);
  g_test_add_func ("/signalling/client-faults/silence", test_silence);
  g_test_add_func ("/signalling/client-faults/full-then-free", test_full_then_free);
  g_test_add_func ("/signalling/client-faults/certificate", test_certificate);
  g_test_add_func ("/signalling/client-faults/no-tls-there", test_no_tls_there);
}
