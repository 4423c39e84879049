/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-guarded-address.h"

#include <string.h>

#include "fr-test-support.h"
#include "test-rendezvous.h"
#include "test-servers.h"

#include "tests.h"

typedef struct
{
  gboolean pass_loopback;
  guint n_asked;
  guint n_freed;
} Guard;

static gboolean
guard_cb (GInetAddress *address, gpointer data)
{
  Guard *guard = data;

  guard->n_asked++;
  return guard->pass_loopback || !g_inet_address_get_is_loopback (address);
}

static void
freed_cb (gpointer data)
{
  ((Guard *) data)->n_freed++;
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static gboolean
is_set (gpointer slot)
{
  return *(gpointer *) slot != NULL;
}

static GSocketAddress *
next (GSocketAddressEnumerator *enumerator, gboolean waits, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (waits)
    return g_socket_address_enumerator_next (enumerator, NULL, error);
  g_socket_address_enumerator_next_async (enumerator, NULL, next_cb, &result);
  fr_test_wait_until (is_set, &result, 10);
  return g_socket_address_enumerator_next_finish (enumerator, result, error);
}

/* A name that stands for this computer, and addresses that do: none is handed out, by either way of asking. */
static void
test_enumerate (void)
{
  static const char *const hosts[] = { "localhost", "127.0.0.1", "::1" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts) * 4; i++)
    {
      Guard guard = { .pass_loopback = (i & 1) != 0 };
      gboolean waits = (i & 2) != 0;
      g_autoptr (GSocketConnectable) address = G_SOCKET_CONNECTABLE (
          fr_guarded_address_new (hosts[i / 4], 9000, "http", guard_cb, &guard, freed_cb));
      g_autoptr (GSocketAddressEnumerator) enumerator = g_socket_connectable_enumerate (address);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocketAddress) first = next (enumerator, waits, &error);

      g_test_message ("%s, passes %d", hosts[i / 4], guard.pass_loopback);
      g_assert_cmpuint (guard.n_asked, >, 0);
      if (guard.pass_loopback)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (first)), ==, 9000);
        }
      else
        {
          g_assert_null (first);
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
        }
      g_clear_object (&enumerator);
      g_clear_object (&address);
      g_assert_cmpuint (guard.n_freed, ==, 1);
    }
}

/* With an address that passes the end is no error. */
static void
test_end (void)
{
  Guard guard = { 0 };
  g_autoptr (GSocketConnectable) address
      = G_SOCKET_CONNECTABLE (fr_guarded_address_new ("192.0.2.7", 9000, "http", guard_cb, &guard, NULL));
  g_autoptr (GSocketAddressEnumerator) enumerator = g_socket_connectable_enumerate (address);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) first = next (enumerator, FALSE, &error);

  g_assert_nonnull (first);
  g_assert_null (next (enumerator, FALSE, &error));
  g_assert_no_error (error);
}

static gboolean
connection_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  (*(guint *) data)++;
  return FALSE;
}

/* The client of a server that is not to be visited never comes to its door. */
static void
test_client (void)
{
  static const char *const hosts[] = { "localhost", "127.0.0.1" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr (GSocketService) service = g_socket_service_new ();
      guint port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL), n_came = 0;
      g_autofree char *server = g_strdup_printf ("ws://%s:%u/", hosts[i], port);
      g_autoptr (TestRendezvous) test = test_rendezvous_new_for (server, "zoe", "t");
      Guard guard = { 0 };

      g_signal_connect (service, "incoming", G_CALLBACK (connection_cb), &n_came);
      fr_peerserver_client_set_guard (test->client, guard_cb, &guard, NULL);
      fr_rendezvous_connect (FR_RENDEZVOUS (test->client));
      test_rendezvous_await_error (test, FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_ERROR_UNREACHABLE);
      g_assert_cmpuint (guard.n_asked, >, 0);
      g_assert_cmpuint (n_came, ==, 0);
      g_socket_service_stop (service);
      g_socket_listener_close (G_SOCKET_LISTENER (service));
    }
}

/* And of one that may be, registers there. */
static void
test_client_passes (void)
{
  g_autoptr (TestServer) server = test_server_start (TEST_SERVER_OWN, 0);
  g_autoptr (TestRendezvous) test = test_rendezvous_new (server->port, "zoe", "t");
  Guard guard = { .pass_loopback = TRUE };

  fr_peerserver_client_set_guard (test->client, guard_cb, &guard, NULL);
  fr_rendezvous_connect (FR_RENDEZVOUS (test->client));
  test_rendezvous_await (test, FR_RENDEZVOUS_ONLINE);
  g_assert_cmpuint (guard.n_asked, >, 0);
}

void
test_guarded_address_add (void)
{
  g_test_add_func ("/signalling/guarded-address/enumerate", test_enumerate);
  g_test_add_func ("/signalling/guarded-address/end", test_end);
  g_test_add_func ("/signalling/guarded-address/client", test_client);
  g_test_add_func ("/signalling/guarded-address/client-passes", test_client_passes);
}
