/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-client.h"
#include "fr-control-connection.h"
#include "fr-control-socket.h"

#include <string.h>

#include "fr-test-network.h"
#include "fr-test-support.h"
#include "tests.h"

/* As fr-control-session.h and fr-control-server.h have them, which stay on the other side of the socket. */
#define MAX_REQUESTS 64
#define MAX_SESSIONS 16
#define PATIENCE 10

/* A peer, and a connection to it that sends what it likes. */
typedef struct
{
  FrTestNetwork network;
  FrTestProgram *peer;
  char *folder;
  GIOStream *stream;
  FrControlConnection *connection;
  GPtrArray *answers; /* of JsonObject */
  guint n_wanted;
  gboolean closed;
} Fixture;

static void
message_cb (FrControlConnection *connection, JsonObject *object, Fixture *fixture)
{
  g_ptr_array_add (fixture->answers, json_object_ref (object));
}

static void
closed_cb (FrControlConnection *connection, Fixture *fixture)
{
  fixture->closed = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fr_test_network_init (&fixture->network);
  fixture->peer = fr_test_network_peer (&fixture->network, "Anna", NULL);
  fixture->folder = fr_test_network_path (&fixture->network, "Anna");
  fixture->stream = fr_control_socket_connect (fixture->folder, &error);
  g_assert_no_error (error);
  fixture->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  fixture->connection = fr_control_connection_new (fixture->stream);
  g_signal_connect (fixture->connection, "message", G_CALLBACK (message_cb), fixture);
  g_signal_connect (fixture->connection, "closed", G_CALLBACK (closed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->connection, fixture);
  fr_control_connection_close (fixture->connection);
  g_object_unref (fixture->connection);
  g_object_unref (fixture->stream);
  g_ptr_array_unref (fixture->answers);
  g_assert_false (fixture->peer->ended); /* whatever it was sent */
  fr_test_program_free (fixture->peer);
  fr_test_network_clear (&fixture->network);
  g_free (fixture->folder);
}

static void
send (Fixture *fixture, const char *text)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (fixture->stream), text, strlen (text), NULL, NULL, NULL);
}

static gboolean
has_answers (gpointer data)
{
  Fixture *fixture = data;

  return fixture->answers->len >= fixture->n_wanted;
}

static gboolean
is_closed (gpointer data)
{
  return ((Fixture *) data)->closed;
}

static JsonObject *
wait_for (Fixture *fixture, guint n_wanted)
{
  fixture->n_wanted = n_wanted;
  fr_test_wait_until (has_answers, fixture, PATIENCE);
  return fixture->answers->pdata[n_wanted - 1];
}

/* Each is refused politely, and the connection goes on. */
static void
test_bad_requests (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *line;
    const char *code;
  } rows[] = {
    { "nonsense", "bad-request" },
    { "{}", "bad-request" },
    { "{\"id\":\"x\",\"op\":\"status\"}", "bad-request" },
    { "{\"id\":1}", "bad-request" },
    { "{\"id\":1,\"op\":7}", "bad-request" },
    { "{\"id\":1,\"op\":\"of-tomorrow\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"search\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"search\",\"words\":[]}", "bad-request" },
    { "{\"id\":1,\"op\":\"search\",\"words\":\"  \"}", "bad-request" },
    { "{\"id\":1,\"op\":\"search\",\"words\":\"x\",\"get\":\"some\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"get\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"get\",\"content\":\"../../etc\",\"folder\":\"file:///tmp\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"get\",\"content\":\"00\",\"folder\":\"http://x/\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-add\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-add\",\"uris\":[]}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-add\",\"uris\":[\"no uri\"]}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-add\",\"uris\":[\"file:///x\"]}", "bad-request" }, /* for whom? */
    { "{\"id\":1,\"op\":\"gallery-add\",\"uris\":[\"file:///x\"],\"audience\":\"some\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-add\",\"uris\":[\"file:///x\"],\"audience\":\"chosen:\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-add\",\"uris\":[\"file:///x\"],\"audience\":\"chosen:zoe\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-metadata\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"gallery-metadata\",\"content\":\"0123456789\",\"keep\":true}", "nothing-found" },
    { "{\"id\":1,\"op\":\"gallery-share\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-share\",\"audience\":\"me\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"gallery-share\",\"audience\":\"me\",\"contents\":[\"0123456789\"]}", "nothing-found" },
    { "{\"id\":1,\"op\":\"gallery-share\",\"audience\":\"all\",\"contents\":[\"0123456789\"]}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-tag\",\"content\":\"\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"gallery-describe\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"gallery-remove\",\"content\":\"0123456789\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"gallery-search\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-export-original\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-export-original\",\"content\":\"Storm\",\"uri\":\"x\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"gallery-export-original\",\"content\":\"Storm\",\"uri\":\"file:///x\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"people-add\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"people-add\",\"person\":\"\"}", "bad-request" },
    { "{\"id\":1,\"op\":\"people-remove\",\"person\":\"\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"people-rename\",\"person\":\"nobody\",\"name\":\"x\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"people-accept\",\"person\":\"nobody\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"people-decline\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"people-block\",\"person\":7}", "nothing-found" },
    { "{\"id\":1,\"op\":\"people-unblock\",\"person\":\"nobody\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"people-words\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"people-checked\",\"person\":\"nobody\"}", "nothing-found" },
    { "{\"id\":1,\"op\":\"people-unchecked\",\"person\":[]}", "nothing-found" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JsonObject *answer;

      g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].line);
      send (fixture, rows[i].line);
      send (fixture, "\n");
      answer = wait_for (fixture, (guint) i + 1);
      g_assert_true (fr_control_get_flag (answer, "end"));
      g_assert_false (fr_control_get_flag (answer, "ok"));
      g_assert_cmpstr (fr_control_get_string (answer, "code"), ==, rows[i].code);
      g_assert_cmpstr (fr_control_get_string (answer, "error"), !=, "");
    }
}

static void
test_numbers_out_of_range (Fixture *fixture, gconstpointer data)
{
  send (fixture, "{\"id\":1,\"op\":\"gallery-list\",\"offset\":-1e300,\"limit\":1e300}\n");
  g_assert_true (fr_control_get_flag (wait_for (fixture, 1), "ok"));
  send (fixture, "{\"id\":2,\"op\":\"search\",\"words\":\"storm\",\"wait\":-5}\n");
  g_assert_true (fr_control_get_flag (wait_for (fixture, 2), "ok"));
  send (fixture, "{\"id\":3,\"op\":\"cancel\",\"request\":1.5e18}\n");
  g_assert_true (fr_control_get_flag (wait_for (fixture, 3), "ok"));
}

static void
test_too_many_requests (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  JsonObject *answer;

  for (guint i = 1; i <= MAX_REQUESTS + 1; i++)
    g_string_append_printf (lines, "{\"id\":%u,\"op\":\"search\",\"words\":\"storm\",\"wait\":60}\n", i);
  send (fixture, lines->str);
  answer = wait_for (fixture, 1);
  g_assert_cmpfloat (fr_control_get_number (answer, "id", 0), ==, MAX_REQUESTS + 1);
  g_assert_cmpstr (fr_control_get_string (answer, "code"), ==, "bad-request");

  /* The same id once more; then a place is free again. */
  send (fixture, "{\"id\":1,\"op\":\"status\"}\n");
  g_assert_cmpstr (fr_control_get_string (wait_for (fixture, 2), "code"), ==, "bad-request");
  g_ptr_array_set_size (fixture->answers, 0);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  send (fixture, "{\"id\":1,\"op\":\"search\",\"words\":\"storm\",\"wait\":60}\n"
                 "{\"id\":2,\"op\":\"cancel\",\"request\":1}\n"
                 "{\"id\":1,\"op\":\"status\"}\n");
  g_assert_cmpfloat (fr_control_get_number (wait_for (fixture, 1), "id", 0), ==, 2);
  g_assert_cmpfloat (fr_control_get_number (wait_for (fixture, 2), "id", 0), ==, 1);
  g_assert_true (fr_control_get_flag (fixture->answers->pdata[1], "ok"));
  g_assert_cmpstr (fr_control_get_string (fixture->answers->pdata[1], "name"), ==, "Anna");
}

#define KEY "0101010101010101010101010101010101010101010101010101010101010101"
#define WORDS(id) "{\"id\":" id ",\"op\":\"people-words\",\"person\":\"" KEY "\"}\n"

/* Other requests are answered while words are made, and who does not want them any more is not told. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) words = NULL;

  send (fixture, "{\"id\":1,\"op\":\"people-add\","
                 "\"person\":\"freshet:invite?name=Zoe&server=127.0.0.1:9&id=zoe&key=" KEY "\"}\n");
  g_assert_true (fr_control_get_flag (wait_for (fixture, 1), "ok"));
  send (fixture, WORDS ("2") "{\"id\":3,\"op\":\"cancel\",\"request\":2}\n" WORDS ("4"));
  g_assert_cmpfloat (fr_control_get_number (wait_for (fixture, 2), "id", 0), ==, 3);
  g_assert_cmpfloat (fr_control_get_number (wait_for (fixture, 3), "id", 0), ==, 4);
  words = fr_control_get_strings (fixture->answers->pdata[2], "words");
  g_assert_cmpuint (g_strv_length (words), ==, 8);
  send (fixture, WORDS ("5")); /* nobody waits for these */
}

static void
test_endless_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = g_strnfill (FR_CONTROL_MAX_LINE + 1, 'x');

  send (fixture, line);
  g_assert_cmpstr (fr_control_get_string (wait_for (fixture, 1), "code"), ==, "bad-request");
  fr_test_wait_until (is_closed, fixture, PATIENCE);
}

/* Others than the first few are turned away, until one of those goes. */
static void
test_too_many_connections (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  while (clients->len < MAX_SESSIONS - 2) /* the fixture's, and the peer command's own */
    {
      FrControlClient *client = fr_control_client_connect (fixture->folder, &error);

      g_assert_no_error (error);
      g_ptr_array_add (clients, client);
      g_assert_true (fr_control_client_run (client, fr_control_request ("status"), NULL, NULL, NULL, &error));
    }
  {
    g_autoptr (FrControlClient) last = fr_control_client_connect (fixture->folder, &error);

    g_assert_no_error (error);
    g_assert_false (fr_control_client_run (last, fr_control_request ("status"), NULL, NULL, NULL, &error));
    g_assert_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_LOST);
  }
}

void
test_control_add (void)
{
  g_test_add ("/cli/control/bad-requests", Fixture, NULL, set_up, test_bad_requests, tear_down);
  g_test_add ("/cli/control/numbers-out-of-range", Fixture, NULL, set_up, test_numbers_out_of_range, tear_down);
  g_test_add ("/cli/control/too-many-requests", Fixture, NULL, set_up, test_too_many_requests, tear_down);
  g_test_add ("/cli/control/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/cli/control/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/cli/control/endless-line", Fixture, NULL, set_up, test_endless_line, tear_down);
  g_test_add ("/cli/control/too-many-connections", Fixture, NULL, set_up, test_too_many_connections, tear_down);
}
