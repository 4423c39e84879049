/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-exit.h"

#include <signal.h>
#include <string.h>

#include "fr-test-network.h"
#include "fr-test-support.h"
#include "tests.h"

/* What goes wrong ends in one plain sentence on stderr, and in a status that says which kind of wrong it was. */
static void
assert_sentence (const char *text)
{
  g_assert_cmpstr (text, !=, "");
  g_assert_true (strchr (text, '\n') == text + strlen (text) - 1);
  g_assert_true (g_str_has_suffix (text, ".\n"));
  g_assert_null (strstr (text, "CRITICAL"));
}

static void
test_no_server (void)
{
  FrTestNetwork network;
  g_autofree char *err = NULL;

  fr_test_network_init (&network);
  fr_test_network_stop_server (&network);
  g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "search", "Anna", "--name", "Anna", "--server",
                                        network.server, "storm", NULL),
                   ==, FR_EXIT_NO_SERVER);
  assert_sentence (err);
  fr_test_network_clear (&network);
}

/* A peer goes on without its server, says so once, and is back when the server is. */
static void
test_server_comes_back (void)
{
  FrTestNetwork network;
  FrTestProgram *anna;

  fr_test_network_init (&network);
  fr_test_network_stop_server (&network);
  anna = fr_test_network_peer (&network, "Anna", NULL);
  fr_test_program_wait_for (anna, "\"state\":\"waiting\"");
  fr_test_network_start_server (&network);
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

static gboolean
answer_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  static const char answer[] = "HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n";

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer, strlen (answer), NULL,
                             NULL, NULL);
  return FALSE;
}

static void
test_not_a_server (void)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) taken = NULL;
  g_autofree char *server = NULL;
  g_autofree char *err = NULL;
  FrTestNetwork network;

  fr_test_network_init (&network);
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), any, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &taken, NULL));
  g_signal_connect (service, "incoming", G_CALLBACK (answer_cb), NULL);
  server = g_strdup_printf ("127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (taken)));
  g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "search", "Anna", "--name", "Anna", "--server", server,
                                        "storm", NULL),
                   ==, FR_EXIT_NO_SERVER);
  assert_sentence (err);
  fr_test_network_clear (&network);
}

/* The second of a name gets an address of its own. */
static void
test_name_taken (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *other;
  g_autofree char *data = NULL;

  fr_test_network_init (&network);
  data = fr_test_network_path (&network, "other");
  anna = fr_test_network_peer (&network, "Anna", NULL);
  fr_test_program_wait_for (anna, "\"address\":\"anna\"");
  {
    const char *const arguments[] = { "peer", "--json", "--loopback", "--data", data, "--name", "Anna", "--server",
                                      network.server, NULL };

    other = fr_test_program_start (arguments);
  }
  fr_test_program_wait_for (other, "\"address\":\"anna-");
  fr_test_program_free (other);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

static void
test_people (void)
{
  static const struct
  {
    const char *who;
    int status;
  } rows[] = { { "nobody", FR_EXIT_NOT_REACHED },
               { "anna", FR_EXIT_USAGE }, /* oneself */
               { "no address!", FR_EXIT_USAGE },
               { "freshet:", FR_EXIT_USAGE } };
  FrTestNetwork network;
  FrTestProgram *anna;
  g_autofree char *err = NULL;

  fr_test_network_init (&network);
  anna = fr_test_network_peer (&network, "Anna", NULL);
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *why = NULL;

      g_assert_cmpint (fr_test_network_run (&network, NULL, &why, "people", "Anna", "add", rows[i].who, NULL), ==,
                       rows[i].status);
      assert_sentence (why);
    }
  g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "people", "Anna", "remove", "somebody", NULL), ==,
                   FR_EXIT_NOTHING_FOUND);
  assert_sentence (err);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

static void
test_folder_in_use (void)
{
  FrTestNetwork network;
  FrTestProgram *anna;
  g_autofree char *err = NULL;
  g_autofree char *out = NULL;

  fr_test_network_init (&network);
  anna = fr_test_network_peer (&network, "Anna", NULL);
  g_assert_cmpint (fr_test_network_run (&network, &out, &err, "peer", "Anna", NULL), ==, FR_EXIT_FOLDER);
  g_assert_cmpstr (out, ==, "");
  assert_sentence (err);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

static void
test_first_start (void)
{
  static const char *const names[] = { "", "   ", "a\x01", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
  FrTestNetwork network;
  g_autofree char *nameless = NULL;
  g_autofree char *serverless = NULL;

  fr_test_network_init (&network);
  g_assert_cmpint (fr_test_network_run (&network, NULL, &nameless, "peer", "Anna", "--server", network.server, NULL),
                   ==, FR_EXIT_USAGE);
  assert_sentence (nameless);
  g_assert_cmpint (fr_test_network_run (&network, NULL, &serverless, "peer", "Anna", "--name", "Anna", NULL), ==,
                   FR_EXIT_USAGE);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *err = NULL;

      g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "peer", "Odd", "--name", names[i], "--server",
                                            network.server, NULL),
                       ==, FR_EXIT_USAGE);
      g_assert_cmpstr (err, !=, "");
    }
  fr_test_network_clear (&network);
}

/* Stopped in the middle of a search or an import: no crash, and the folder opens again. */
static void
test_stopped (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *searching;
  g_autofree char *data = NULL;
  g_autofree char *out = NULL;

  fr_test_network_init (&network);
  data = fr_test_network_path (&network, "Anna");
  anna = fr_test_network_peer (&network, "Anna", "--share", FR_TEST_PHOTOGRAPH, "--share", "/usr/share/backgrounds",
                               NULL);
  fr_test_program_wait_for (anna, "\"title\":\"Storm\"");
  {
    const char *const arguments[] = { "search", "--json", "--data", data, "--wait", "60", "storm", NULL };

    searching = fr_test_program_start (arguments);
  }
  fr_test_program_wait_for (searching, "\"event\":\"hit\"");
  fr_test_program_signal (searching, SIGTERM);
  g_assert_cmpint (fr_test_program_wait (searching), ==, FR_EXIT_STOPPED);
  fr_test_program_signal (anna, SIGTERM);
  g_assert_cmpint (fr_test_program_wait (anna), ==, FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&network, &out, NULL, "gallery", "Anna", "list", NULL), ==, FR_EXIT_OK);
  fr_test_program_free (searching);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

/* Its peer dies under a command. */
static void
test_peer_killed (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *searching;
  g_autofree char *data = NULL;

  fr_test_network_init (&network);
  data = fr_test_network_path (&network, "Anna");
  anna = fr_test_network_peer (&network, "Anna", "--share", FR_TEST_PHOTOGRAPH, NULL);
  fr_test_program_wait_for (anna, "\"event\":\"shared-all\"");
  {
    const char *const arguments[] = { "search", "--json", "--data", data, "--wait", "60", "storm", NULL };

    searching = fr_test_program_start (arguments);
  }
  fr_test_program_wait_for (searching, "\"event\":\"hit\"");
  fr_test_program_signal (anna, SIGKILL);
  g_assert_cmpint (fr_test_program_wait (searching), ==, FR_EXIT_FAILED);
  assert_sentence (searching->err->str);
  fr_test_program_free (searching);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

void
test_trouble_add (void)
{
  g_test_add_func ("/cli/trouble/no-server", test_no_server);
  g_test_add_func ("/cli/trouble/server-comes-back", test_server_comes_back);
  g_test_add_func ("/cli/trouble/not-a-server", test_not_a_server);
  g_test_add_func ("/cli/trouble/name-taken", test_name_taken);
  g_test_add_func ("/cli/trouble/people", test_people);
  g_test_add_func ("/cli/trouble/folder-in-use", test_folder_in_use);
  g_test_add_func ("/cli/trouble/first-start", test_first_start);
  g_test_add_func ("/cli/trouble/stopped", test_stopped);
  g_test_add_func ("/cli/trouble/peer-killed", test_peer_killed);
}
