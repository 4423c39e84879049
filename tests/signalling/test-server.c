/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-json-guard.h"
#include "fr-peer-registry.h"
#include "fr-test-support.h"
#include "test-servers.h"
#include "test-socket.h"

#include "tests.h"

/* One body for our server and for the reference: what the reference does, ours does. The ids differ from test to
 * test, since the servers are shared by all of them. */

#define OPEN "{'type':'OPEN'}"
#define TAKEN "{'type':'ID-TAKEN','payload':{'msg':'ID is taken'}}"

static guint
get_port (gconstpointer kind)
{
  TestServer *server = test_server_get_shared ((TestServerKind) GPOINTER_TO_UINT (kind));

  return server != NULL ? server->port : 0;
}

static TestSocket *
register_new (guint port, const char *id, const char *token)
{
  TestSocket *socket = test_socket_register (port, id, token);

  test_socket_expect (socket, OPEN, 5);
  return socket;
}

/* What `from` sent before has been worked off when this arrives. */
static void
send_mark (TestSocket *from, const char *from_id, TestSocket *to, const char *to_id)
{
  g_autofree char *sent = g_strdup_printf ("{'type':'OFFER','dst':'%s','payload':'mark'}", to_id);
  g_autofree char *wanted
      = g_strdup_printf ("{'type':'OFFER','src':'%s','dst':'%s','payload':'mark'}", from_id, to_id);

  test_socket_send (from, sent);
  test_socket_expect (to, wanted, 5);
}

static void
test_refusals (gconstpointer kind)
{
  static const struct
  {
    const char *rest, *answer;
  } rows[] = {
    { "/peerjs", "{'type':'ERROR','payload':{'msg':'No id, token, or key supplied to websocket server'}}" },
    { "/peerjs?key=peerjs&id=&token=t",
      "{'type':'ERROR','payload':{'msg':'No id, token, or key supplied to websocket server'}}" },
    { "/peerjs?key=peerjs&id=refused",
      "{'type':'ERROR','payload':{'msg':'No id, token, or key supplied to websocket server'}}" },
    { "/peerjs?key=other&id=refused&token=t", "{'type':'ERROR','payload':{'msg':'Invalid key provided'}}" },
  };
  guint port = get_port (kind);

  for (gsize i = 0; port != 0 && i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestSocket) socket = test_socket_open (port, rows[i].rest);

      g_assert_nonnull (socket->connection);
      test_socket_expect (socket, rows[i].answer, 5);
      test_socket_await_closed (socket);
    }
}

static void
test_other_paths (gconstpointer kind)
{
  static const char *const rests[] = { "/peerjs/?key=peerjs&id=path&token=t", "/other?key=peerjs&id=path&token=t" };
  guint port = get_port (kind);

  for (gsize i = 0; port != 0 && i < G_N_ELEMENTS (rests); i++)
    {
      g_autoptr (TestSocket) socket = test_socket_open (port, rests[i]);

      g_assert_null (socket->connection);
      g_assert_cmpuint (socket->http_status, >=, 400);
      g_assert_cmpuint (socket->http_status, <, 500);
    }
}

static void
test_relay (gconstpointer kind)
{
  static const struct
  {
    const char *sent, *got;
  } rows[] = {
    { "{'type':'OFFER','dst':'relay-b','payload':{'sdp':{'type':'offer','sdp':'v=0\\r\\n'},'n':[1,2.5,null,true]}}",
      "{'type':'OFFER','src':'relay-a','dst':'relay-b',"
      "'payload':{'sdp':{'type':'offer','sdp':'v=0\\r\\n'},'n':[1,2.5,null,true]}}" },
    { "{'type':'ANSWER','dst':'relay-b','src':'forged','payload':{},'more':1}",
      "{'type':'ANSWER','src':'relay-a','dst':'relay-b','payload':{}}" },
    { "{'type':'CANDIDATE','dst':'relay-b'}", "{'type':'CANDIDATE','src':'relay-a','dst':'relay-b'}" },
    { "{'type':'LEAVE','dst':'relay-b','payload':{'reason':'\xc3\xab'}}",
      "{'type':'LEAVE','src':'relay-a','dst':'relay-b','payload':{'reason':'\xc3\xab'}}" },
    { "{'type':'EXPIRE','dst':'relay-b'}", "{'type':'EXPIRE','src':'relay-a','dst':'relay-b'}" },
  };
  guint port = get_port (kind);
  g_autoptr (TestSocket) a = port != 0 ? register_new (port, "relay-a", "t") : NULL;
  g_autoptr (TestSocket) b = port != 0 ? register_new (port, "relay-b", "t") : NULL;

  for (gsize i = 0; port != 0 && i < G_N_ELEMENTS (rows); i++)
    {
      test_socket_send (a, rows[i].sent);
      test_socket_expect (b, rows[i].got, 5);
    }
}

static void
test_dropped (gconstpointer kind)
{
  static const char *const sent[] = {
    "{'type':'GOSSIP','dst':'dropped-b'}",
    "{'type':'OPEN','dst':'dropped-b'}",
    "{'type':'HEARTBEAT','dst':'dropped-b'}",
    "{'dst':'dropped-b'}",
    "{'type':5,'dst':'dropped-b'}",
    "{'type':'OFFER','dst':''}",
    "{'type':'OFFER'}",
  };
  guint port = get_port (kind);
  g_autoptr (TestSocket) a = port != 0 ? register_new (port, "dropped-a", "t") : NULL;
  g_autoptr (TestSocket) b = port != 0 ? register_new (port, "dropped-b", "t") : NULL;

  for (gsize i = 0; port != 0 && i < G_N_ELEMENTS (sent); i++)
    test_socket_send (a, sent[i]);
  if (port != 0)
    send_mark (a, "dropped-a", b, "dropped-b");
}

static void
test_other_token (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autoptr (TestSocket) first = port != 0 ? register_new (port, "taken", "one") : NULL;
  g_autoptr (TestSocket) second = port != 0 ? test_socket_register (port, "taken", "two") : NULL;

  if (port == 0)
    return;
  test_socket_expect (second, TAKEN, 5);
  test_socket_await_closed (second);
  test_socket_close (first);
  test_socket_await_closed (first);
  g_clear_pointer (&second, test_socket_free);
  second = register_new (port, "taken", "two");
}

static void
test_same_token (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autoptr (TestSocket) other = port != 0 ? register_new (port, "same-other", "t") : NULL;
  g_autoptr (TestSocket) first = port != 0 ? register_new (port, "same", "t") : NULL;
  g_autoptr (TestSocket) second = port != 0 ? test_socket_register (port, "same", "t") : NULL;

  if (port == 0)
    return;
  /* No OPEN; messages go to the second socket, and the first one still sends. */
  send_mark (other, "same-other", second, "same");
  send_mark (first, "same", other, "same-other");
  test_socket_close (first);
  test_socket_await_closed (first);
  send_mark (other, "same-other", second, "same");
  g_assert_true (g_queue_is_empty (&first->received));
}

static void
test_backlog (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autoptr (TestSocket) sender = port != 0 ? register_new (port, "backlog-a", "t") : NULL;
  g_autoptr (TestSocket) late = NULL;

  if (port == 0)
    return;
  test_socket_send (sender, "{'type':'OFFER','dst':'backlog-b','payload':1}");
  test_socket_send (sender, "{'type':'LEAVE','dst':'backlog-b','payload':2}"); /* is not kept */
  test_socket_send (sender, "{'type':'CANDIDATE','dst':'backlog-b','payload':3}");
  send_mark (sender, "backlog-a", sender, "backlog-a");
  late = register_new (port, "backlog-b", "t");
  test_socket_expect (late, "{'type':'OFFER','src':'backlog-a','dst':'backlog-b','payload':1}", 5);
  test_socket_expect (late, "{'type':'CANDIDATE','src':'backlog-a','dst':'backlog-b','payload':3}", 5);
  send_mark (sender, "backlog-a", late, "backlog-b");
}

static void
test_leave_unregisters (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autoptr (TestSocket) first = port != 0 ? register_new (port, "leaver", "one") : NULL;
  g_autoptr (TestSocket) other = port != 0 ? register_new (port, "leaver-other", "t") : NULL;
  g_autoptr (TestSocket) second = NULL;

  if (port == 0)
    return;
  test_socket_send (first, "{'type':'LEAVE'}");
  /* The socket stays open and may still send. */
  send_mark (first, "leaver", other, "leaver-other");
  second = register_new (port, "leaver", "two");
  send_mark (other, "leaver-other", second, "leaver");
}

/* An answer, a close, or nothing: but other peers notice nothing of it. */
static void
test_bad_json (gconstpointer kind)
{
  static const char *const bad[] = { "no json", "", "{'type':'OFFER'", "null", "5", "[[[[", "\\" };
  guint port = get_port (kind);
  g_autoptr (TestSocket) a = port != 0 ? register_new (port, "bad-a", "t") : NULL;
  g_autoptr (TestSocket) b = port != 0 ? register_new (port, "bad-b", "t") : NULL;

  for (gsize i = 0; port != 0 && i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *id = g_strdup_printf ("bad-%" G_GSIZE_FORMAT, i);
      g_autoptr (TestSocket) socket = register_new (port, id, "t");

      test_socket_send (socket, bad[i]);
      if (GPOINTER_TO_UINT (kind) == TEST_SERVER_OWN)
        {
          test_socket_expect (socket, "{'type':'ERROR','payload':{'msg':'The message is not acceptable JSON'}}", 5);
          test_socket_await_closed (socket);
        }
      send_mark (a, "bad-a", b, "bad-b");
    }
}

static void
test_expiry (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autoptr (TestSocket) a = port != 0 ? register_new (port, "expiry-a", "t") : NULL;
  g_autoptr (TestSocket) b = port != 0 ? register_new (port, "expiry-b", "t") : NULL;

  if (port == 0)
    return;
  test_socket_send (a, "{'type':'OFFER','dst':'nobody','payload':1}");
  test_socket_send (a, "{'type':'CANDIDATE','dst':'nobody','payload':2}");
  test_socket_send (b, "{'type':'OFFER','dst':'nobody','payload':3}");
  test_socket_expect (a, "{'type':'EXPIRE','src':'nobody','dst':'expiry-a'}", 10);
  test_socket_expect (b, "{'type':'EXPIRE','src':'nobody','dst':'expiry-b'}", 10);
  send_mark (a, "expiry-a", a, "expiry-a"); /* one EXPIRE, not one for each message */
}

typedef struct
{
  GBytes *body;
  gboolean is_done;
} Fetched;

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetched *fetched = user_data;

  fetched->body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  fetched->is_done = TRUE;
}

static gboolean
is_fetched (gpointer data)
{
  return ((Fetched *) data)->is_done;
}

static guint
fetch (guint port, const char *method, const char *path, char **out_body)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u%s", port, path);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  Fetched fetched = { 0 };

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, fetched_cb, &fetched);
  fr_test_wait_until (is_fetched, &fetched, 5);
  g_assert_nonnull (fetched.body);
  *out_body = g_strndup (g_bytes_get_data (fetched.body, NULL), g_bytes_get_size (fetched.body));
  g_bytes_unref (fetched.body);
  return soup_message_get_status (message);
}

static void
test_http (gconstpointer kind)
{
  guint port = get_port (kind);
  g_autofree char *id = NULL, *peers = NULL, *base = NULL, *other = NULL, *posted = NULL;

  if (port == 0)
    return;
  g_assert_cmpuint (fetch (port, "GET", "/anykey/id?ts=1", &id), ==, 200);
  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_cmpuint (fetch (port, "GET", "/peerjs/peers", &peers), ==, 401);
  g_assert_cmpuint (fetch (port, "GET", "/", &base), ==, 200);
  g_assert_nonnull (strstr (base, "\"name\""));
  g_assert_cmpuint (fetch (port, "GET", "/nothing/here/at/all", &other), ==, 404);
  g_assert_cmpuint (fetch (port, "POST", "/peerjs/a/t/offer", &posted), >=, 400);
}

static gboolean
n_clients_is_zero (gpointer data)
{
  return fr_peer_server_get_n_clients (data) == 0;
}

/* Below: what only ours has. */
static void
test_too_large (void)
{
  g_autoptr (TestServer) server = test_server_start (TEST_SERVER_OWN, 0);
  g_autoptr (TestSocket) a = register_new (server->port, "a", "t");
  g_autoptr (TestSocket) b = register_new (server->port, "b", "t");
  const gsize overhead = strlen ("{\"type\":\"OFFER\",\"src\":\"a\",\"dst\":\"b\",\"payload\":\"\"}");
  g_autofree char *fits = g_strnfill (FR_JSON_MAX_SIZE - overhead, 'x');
  g_autofree char *largest = g_strdup_printf ("{'type':'OFFER','dst':'b','payload':'%s'}", fits);
  g_autofree char *grows = g_strdup_printf ("{'type':'OFFER','dst':'b','payload':'x%s'}", fits);
  g_autofree char *got = g_strdup_printf ("{'type':'OFFER','src':'a','dst':'b','payload':'%s'}", fits);
  g_autofree char *huge = g_strnfill (FR_JSON_MAX_SIZE + 1, ' ');

  test_socket_send (a, largest);
  test_socket_expect (b, got, 5);
  test_socket_send (a, grows); /* acceptable itself, but nobody would accept it with the sender's id */
  send_mark (a, "a", b, "b");
  test_socket_send (a, huge);
  test_socket_await_closed (a);
  test_socket_close (b);
  fr_test_wait_until (n_clients_is_zero, server->own, 5);
}

static void
test_stop_and_start (void)
{
  g_autoptr (TestServer) server = test_server_start (TEST_SERVER_OWN, 0);
  g_autoptr (TestSocket) a = register_new (server->port, "a", "t");
  g_autoptr (TestSocket) b = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (fr_peer_server_get_n_clients (server->own), ==, 1);
  fr_peer_server_stop (server->own);
  g_assert_cmpuint (fr_peer_server_get_n_clients (server->own), ==, 0);
  g_assert_cmpuint (fr_peer_server_get_port (server->own), ==, 0);
  test_socket_await_closed (a);
  fr_peer_server_start (server->own, &error);
  g_assert_no_error (error);
  b = register_new (fr_peer_server_get_port (server->own), "a", "other");
}

static void
test_start_fails (void)
{
  g_autoptr (TestServer) server = test_server_start (TEST_SERVER_OWN, 0);
  FrPeerServerConfig taken = { .interface = "127.0.0.1", .port = server->port };
  FrPeerServerConfig no_address = { .interface = "localhost" };
  g_autoptr (FrPeerServer) second = fr_peer_server_new (&taken);
  g_autoptr (FrPeerServer) third = fr_peer_server_new (&no_address);
  g_autoptr (GError) error = NULL;

  g_assert_false (fr_peer_server_start (second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);
  g_assert_false (fr_peer_server_start (third, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_path_and_key (void)
{
  FrPeerServerConfig config = { .interface = "127.0.0.1", .path = "my/app", .key = "secret" };
  g_autoptr (FrPeerServer) server = fr_peer_server_new (&config);
  g_autoptr (TestSocket) good = NULL, wrong_path = NULL;

  g_assert_true (fr_peer_server_start (server, NULL));
  good = test_socket_open (fr_peer_server_get_port (server), "/my/app/peerjs?key=secret&id=a&token=t");
  test_socket_expect (good, OPEN, 5);
  wrong_path = test_socket_open (fr_peer_server_get_port (server), "/peerjs?key=secret&id=b&token=t");
  g_assert_cmpuint (wrong_path->http_status, ==, 404);
}

void
test_server_add (void)
{
  static const struct
  {
    const char *name;
    void (*func) (gconstpointer kind);
  } cases[] = {
    { "refusals", test_refusals },       { "other-paths", test_other_paths },
    { "relay", test_relay },             { "dropped", test_dropped },
    { "other-token", test_other_token }, { "same-token", test_same_token },
    { "backlog", test_backlog },         { "leave-unregisters", test_leave_unregisters },
    { "bad-json", test_bad_json },       { "http", test_http },
    { "expiry", test_expiry },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *own = g_strconcat ("/signalling/server/own/", cases[i].name, NULL);
      g_autofree char *reference = g_strconcat ("/signalling/server/reference/", cases[i].name, NULL);

      g_test_add_data_func (own, GUINT_TO_POINTER (TEST_SERVER_OWN), cases[i].func);
      g_test_add_data_func (reference, GUINT_TO_POINTER (TEST_SERVER_REFERENCE), cases[i].func);
    }
  g_test_add_func ("/signalling/server/too-large", test_too_large);
  g_test_add_func ("/signalling/server/stop-and-start", test_stop_and_start);
  g_test_add_func ("/signalling/server/start-fails", test_start_fails);
  g_test_add_func ("/signalling/server/path-and-key", test_path_and_key);
}
