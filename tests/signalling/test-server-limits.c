/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-json-guard.h"
#include "fr-test-support.h"
#include "test-rendezvous.h"
#include "test-servers.h"
#include "test-socket.h"

#include <string.h>
#include <sys/socket.h>

#include "tests.h"

/* Our server against clients that do what no WebSocket library lets them do. */

#define HANDSHAKE                                                                                                     \
  "GET /peerjs?key=peerjs&id=%s&token=t HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"  \
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"

typedef struct
{
  FrPeerServer *server;
  guint n_clients;
} Wanted;

static gboolean
has_n_clients (gpointer data)
{
  Wanted *wanted = data;

  return fr_peer_server_get_n_clients (wanted->server) == wanted->n_clients;
}

static void
await_n_clients (TestServer *server, guint n_clients)
{
  fr_test_wait_until (has_n_clients, &(Wanted) { server->own, n_clients }, 5);
}

static void
write_all (GSocketConnection *connection, const void *data, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), data, size, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* A peer that is registered and has read nothing of what it was sent. */
static GSocketConnection *
connect_deaf (TestServer *server, const char *id)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *handshake = g_strdup_printf (HANDSHAKE, id);
  guint n_clients = fr_peer_server_get_n_clients (server->own);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) server->port, NULL, &error);
  g_assert_no_error (error);
  write_all (connection, handshake, strlen (handshake));
  await_n_clients (server, n_clients + 1);
  return connection;
}

/* A part of a message, masked with zeros, which is no mask at all. */
static void
write_fragment (GSocketConnection *connection, guint8 first, const char *text, guint16 size)
{
  const guint8 header[8] = { first, 0x80 | 126, (guint8) (size >> 8), (guint8) size };

  write_all (connection, header, sizeof header);
  write_all (connection, text, size);
}

static void
test_fragments (void)
{
  const char *start = "{\"type\":\"OFFER\",\"dst\":\"b\"";
  const guint16 part = FR_JSON_MAX_SIZE / 4;
  g_autoptr (TestServer) server = test_server_start (TEST_SERVER_OWN, 0);
  g_autoptr (TestSocket) b = test_socket_register (server->port, "b", "t");
  g_autofree char *text = g_strnfill (FR_JSON_MAX_SIZE, ' ');
  g_autoptr (GSocketConnection) a = NULL;

  test_socket_expect (b, "{'type':'OPEN'}", 5);
  a = connect_deaf (server, "a");
  memcpy (text, start, strlen (start));
  text[FR_JSON_MAX_SIZE - 1] = '}';
  for (guint i = 0; i < 4; i++)
    write_fragment (a, i == 0 ? 0x01 : i == 3 ? 0x80 : 0x00, text + i * part, part);
  test_socket_expect (b, "{'type':'OFFER','src':'a','dst':'b'}", 5);
  for (guint i = 0; i < 4; i++)
    write_fragment (a, i == 0 ? 0x01 : 0x00, text + i * part, part);
  write_fragment (a, 0x00, " ", 1);
  await_n_clients (server, 1);
}

/* Other peers send to one that does not read: what waits for it is bounded. */
static void
test_deaf_peer (void)
{
  g_autoptr (TestServer) server = test_server_start (TEST_SERVER_OWN, 0);
  g_autoptr (GSocketConnection) deaf = connect_deaf (server, "deaf");
  g_autoptr (TestSocket) loud = test_socket_register (server->port, "loud", "t");
  g_autofree char *fill = g_strnfill (FR_JSON_MAX_SIZE - 100, 'x');
  g_autofree char *text = g_strdup_printf ("{'type':'OFFER','dst':'deaf','payload':'%s'}", fill);

  await_n_clients (server, 2);
  for (int i = 0; i < 300; i++) /* 19 MB, more than any socket's buffers hold */
    test_socket_send (loud, text);
  await_n_clients (server, 1);
  test_socket_expect (loud, "{'type':'OPEN'}", 5);
  test_socket_expect (loud, "{'type':'EXPIRE','src':'deaf','dst':'loud'}", 5);
}

/* Says something, or nothing, and is gone with a reset before the server has looked. */
static void
come_and_go (TestServer *server, const char *words)
{
  g_autoptr (GSocket) socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", server->port);
  struct linger linger = { .l_onoff = 1 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger), ==, 0);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  if (*words != '\0')
    g_socket_send (socket, words, strlen (words), NULL, &error);
  g_assert_no_error (error);
  g_socket_close (socket, NULL);
}

/* Nobody is warned of people who have gone by the time that they are seen: in tests a warning is the end. */
static void
test_gone_before_seen (void)
{
  g_autoptr (TestServer) server = test_server_start (TEST_SERVER_OWN, 0);
  g_autofree char *handshake = g_strdup_printf (HANDSHAKE, "gone");
  const char *const words[] = { "", "GET", handshake, "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nno" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *id = g_strdup_printf ("here-%u", i);

      come_and_go (server, words[i]);
      come_and_go (server, words[i]);
      test_socket_free (test_socket_register (server->port, id, "t"));
    }
  await_n_clients (server, 0);
}

static TestServer *
start_with (const FrPeerServerConfig *config)
{
  TestServer *self = g_new0 (TestServer, 1);
  g_autoptr (GError) error = NULL;

  self->kind = TEST_SERVER_OWN;
  self->own = fr_peer_server_new (config);
  fr_peer_server_start (self->own, &error);
  g_assert_no_error (error);
  self->port = fr_peer_server_get_port (self->own);
  return self;
}

static GSocketConnection *
connect_silently (TestServer *server)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) server->port, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static gboolean
is_at_end (gpointer data)
{
  GInputStream *input = g_io_stream_get_input_stream (data);
  g_autoptr (GError) error = NULL;
  char byte;
  gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), &byte, 1, NULL, &error);

  return n == 0 || (n < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK));
}

static gboolean
has_n_connections (gpointer data)
{
  Wanted *wanted = data;

  return fr_peer_server_get_n_connections (wanted->server) == wanted->n_clients;
}

static void
await_n_connections (TestServer *server, guint n)
{
  fr_test_wait_until (has_n_connections, &(Wanted) { server->own, n }, 5);
}

/* As many as there may be, whatever they do, and one more; and again when one has gone. */
static void
test_connections (void)
{
  const FrPeerServerConfig config = { .interface = "127.0.0.1", .max_connections = 3 };
  g_autoptr (TestServer) server = start_with (&config);
  g_autoptr (TestSocket) peer = test_socket_register (server->port, "peer", "t");
  g_autoptr (GSocketConnection) silent = NULL, other = NULL, late = NULL, next = NULL;

  test_socket_expect (peer, "{'type':'OPEN'}", 5);
  silent = connect_silently (server);
  other = connect_silently (server);
  await_n_connections (server, 3);
  late = connect_silently (server);
  fr_test_wait_until (is_at_end, late, 5);
  g_assert_false (is_at_end (silent));
  g_assert_cmpuint (fr_peer_server_get_n_clients (server->own), ==, 1);

  g_clear_object (&other);
  await_n_connections (server, 2);
  next = connect_deaf (server, "next");
  await_n_connections (server, 3);
}

/* Who says nothing, or not enough, is not waited for; who is a WebSocket stays. */
static void
test_never_upgraded (void)
{
  static const char *const words[] = { "", "GET /peerjs?id=a" };
  const FrPeerServerConfig config = { .interface = "127.0.0.1", .upgrade_ms = 200 };
  g_autoptr (TestServer) server = start_with (&config);
  g_autoptr (GSocketConnection) peer = connect_deaf (server, "peer");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GSocketConnection) silent = connect_silently (server);

      write_all (silent, words[i], strlen (words[i]));
      await_n_connections (server, 2);
      await_n_connections (server, 1);
    }
  g_assert_cmpuint (fr_peer_server_get_n_clients (server->own), ==, 1);
}

static TestRendezvous *
connect_by_tls (TestServer *server, const char *path)
{
  g_autofree char *address = g_strdup_printf ("wss://127.0.0.1:%u", server->port);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, NULL);
  TestRendezvous *self = test_rendezvous_new_for (address, "peer", "t");

  fr_peerserver_client_set_tls_database (self->client, database);
  fr_rendezvous_connect (FR_RENDEZVOUS (self->client));
  test_rendezvous_await (self, FR_RENDEZVOUS_ONLINE);
  return self;
}

/* The same over TLS: whoever does not even begin with it is counted, */
static void
test_connections_over_tls (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = NULL;
  g_autoptr (GTlsCertificate) certificate = test_server_make_certificate (folder, &path);
  const FrPeerServerConfig config = { .interface = "127.0.0.1", .certificate = certificate, .max_connections = 3 };
  g_autoptr (TestServer) server = start_with (&config);
  g_autoptr (TestRendezvous) peer = connect_by_tls (server, path);
  g_autoptr (GSocketConnection) silent = connect_silently (server), other = connect_silently (server), late = NULL;

  await_n_connections (server, 3);
  late = connect_silently (server);
  fr_test_wait_until (is_at_end, late, 5);
  g_assert_false (is_at_end (silent));
  g_assert_cmpuint (fr_peer_server_get_n_clients (server->own), ==, 1);
  g_clear_object (&other);
  await_n_connections (server, 2);
  fr_rendezvous_disconnect (FR_RENDEZVOUS (peer->client));
  await_n_connections (server, 1);
  fr_test_folder_free (folder);
}

/* and not waited for. */
static void
test_never_upgraded_over_tls (void)
{
  static const char *const words[] = { "", "\x16\x03\x01" }; /* as a greeting begins */
  char *folder = fr_test_folder_new ();
  g_autofree char *path = NULL;
  g_autoptr (GTlsCertificate) certificate = test_server_make_certificate (folder, &path);
  const FrPeerServerConfig config = { .interface = "127.0.0.1", .certificate = certificate,
                                    .upgrade_ms = 250 * FR_TEST_PATIENCE }; /* enough for a handshake */
  g_autoptr (TestServer) server = start_with (&config);
  g_autoptr (TestRendezvous) peer = connect_by_tls (server, path);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GSocketConnection) silent = connect_silently (server);

      write_all (silent, words[i], strlen (words[i]));
      fr_test_wait_until (is_at_end, silent, 10);
    }
  await_n_connections (server, 1);
  g_assert_cmpuint (fr_peer_server_get_n_clients (server->own), ==, 1); /* its time was over before theirs */
  fr_test_folder_free (folder);
}

/* What may wait for one peer, and for all: at each limit and one past it. */
static void
test_unsent (void)
{
  const guint64 share = FR_PEER_SERVER_UNSENT_SHARE, most = FR_PEER_SERVER_MAX_UNSENT;
  const guint64 half = FR_PEER_SERVER_MAX_UNSENT_OF_ALL / 2;
  const struct
  {
    guint64 unsent, of_all;
    gboolean may;
  } rows[] = {
    { share, G_MAXUINT64, TRUE }, { share + 1, half, TRUE },  { share + 1, half + 1, FALSE },
    { most, half, TRUE },         { most, half + 1, FALSE }, { most + 1, most + 1, FALSE },
  };

  g_assert_cmpuint (half + share * FR_PEER_GUESTS_MAX, <=, FR_PEER_SERVER_MAX_UNSENT_OF_ALL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (_fr_peer_server_may_wait (rows[i].unsent, rows[i].of_all), ==, rows[i].may);
}

/* A doorbell is for whoever it belongs to: it carries nothing between two others. */
static void
test_owner (void)
{
  const FrPeerServerConfig config = { .interface = "127.0.0.1", .owner = "" };
  g_autoptr (TestServer) server = start_with (&config);
  g_autoptr (TestSocket) owner = test_socket_register (server->port, "owner", "t");
  g_autoptr (TestSocket) a = test_socket_register (server->port, "a", "t");
  g_autoptr (TestSocket) b = test_socket_register (server->port, "b", "t");

  test_socket_expect (owner, "{'type':'OPEN'}", 5);
  test_socket_expect (a, "{'type':'OPEN'}", 5);
  test_socket_expect (b, "{'type':'OPEN'}", 5);
  fr_peer_server_set_owner (server->own, "owner");
  test_socket_send (a, "{'type':'OFFER','dst':'b'}");
  test_socket_expect (a, "{'type':'EXPIRE','src':'b','dst':'a'}", 5);
  test_socket_send (a, "{'type':'OFFER','dst':'owner'}");
  test_socket_expect (owner, "{'type':'OFFER','src':'a','dst':'owner'}", 5);
  test_socket_send (owner, "{'type':'ANSWER','dst':'b'}");
  test_socket_expect (b, "{'type':'ANSWER','src':'owner','dst':'b'}", 5); /* and nothing before it */
}

void
test_server_limits_add (void)
{
  g_test_add_func ("/signalling/server-limits/connections", test_connections);
  g_test_add_func ("/signalling/server-limits/never-upgraded", test_never_upgraded);
  g_test_add_func ("/signalling/server-limits/connections-over-tls", test_connections_over_tls);
  g_test_add_func ("/signalling/server-limits/never-upgraded-over-tls", test_never_upgraded_over_tls);
  g_test_add_func ("/signalling/server-limits/unsent", test_unsent);
  g_test_add_func ("/signalling/server-limits/owner", test_owner);
  g_test_add_func ("/signalling/server-limits/gone-before-seen", test_gone_before_seen);
  g_test_add_func ("/signalling/server-limits/fragments", test_fragments);
  g_test_add_func ("/signalling/server-limits/deaf-peer", test_deaf_peer);
}
