/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-client.h"
#include "fr-control-connection.h"

#include <string.h>

#include "fr-test-pair.h"
#include "fr-test-support.h"
#include "tests.h"

#define PATIENCE 5

/* A connection under test, and what came over it. */
typedef struct
{
  FrTestPair pair;
  FrControlConnection *connection;
  GPtrArray *messages; /* of JsonObject */
  guint n_bad;
  guint n_closed;
  guint n_wanted;
} Fixture;

static void
message_cb (FrControlConnection *connection, JsonObject *object, Fixture *fixture)
{
  g_ptr_array_add (fixture->messages, json_object_ref (object));
}

static void
bad_line_cb (FrControlConnection *connection, const GError *error, Fixture *fixture)
{
  g_assert_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_BAD_REQUEST);
  fixture->n_bad++;
}

static void
closed_cb (FrControlConnection *connection, Fixture *fixture)
{
  fixture->n_closed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fr_test_pair_init (&fixture->pair);
  fixture->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  fixture->connection = fr_control_connection_new (fixture->pair.near);
  g_signal_connect (fixture->connection, "message", G_CALLBACK (message_cb), fixture);
  g_signal_connect (fixture->connection, "bad-line", G_CALLBACK (bad_line_cb), fixture);
  g_signal_connect (fixture->connection, "closed", G_CALLBACK (closed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->connection, fixture);
  fr_control_connection_close (fixture->connection);
  g_clear_object (&fixture->connection);
  fr_test_pair_clear (&fixture->pair);
  g_ptr_array_unref (fixture->messages);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
send (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (fixture->pair.far), text, strlen (text), NULL, NULL,
                             &error);
  g_assert_no_error (error);
}

static gboolean
has_all (gpointer data)
{
  Fixture *fixture = data;

  return fixture->messages->len + fixture->n_bad >= fixture->n_wanted;
}

static gboolean
is_closed (gpointer data)
{
  return ((Fixture *) data)->n_closed > 0;
}

static void
wait_for (Fixture *fixture, guint n_wanted)
{
  fixture->n_wanted = n_wanted;
  fr_test_wait_until (has_all, fixture, PATIENCE);
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  send (fixture, "{\"id\":1}\n{\"id\":2}\n\n{\"i");
  wait_for (fixture, 2);
  send (fixture, "d\":3}\nnonsense\n{\"id\":4}\n");
  wait_for (fixture, 5);
  g_assert_cmpuint (fixture->messages->len, ==, 4);
  g_assert_cmpuint (fixture->n_bad, ==, 1);
  for (guint i = 0; i < 4; i++)
    {
      gint64 id = 0;

      g_assert_true (fr_control_get_id (fixture->messages->pdata[i], &id));
      g_assert_cmpint (id, ==, i + 1);
    }
  g_assert_true (fr_control_connection_is_open (fixture->connection));
}

static void
test_far_end_closes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) object = json_object_new ();

  send (fixture, "{\"id\":1}\n{\"half");
  g_io_stream_close (fixture->pair.far, NULL, NULL);
  fr_test_wait_until (is_closed, fixture, PATIENCE);
  g_assert_cmpuint (fixture->messages->len, ==, 1);
  g_assert_false (fr_control_connection_is_open (fixture->connection));
  g_assert_false (fr_control_connection_send (fixture->connection, object));
  g_assert_cmpuint (fixture->n_closed, ==, 1);
}

static void
test_longest_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *filling = g_strnfill (FR_CONTROL_MAX_LINE - strlen ("{\"a\":\"\"}"), 'x');
  g_autofree char *line = g_strdup_printf ("{\"a\":\"%s\"}\n", filling);

  send (fixture, line);
  wait_for (fixture, 1);
  g_assert_cmpuint (fixture->messages->len, ==, 1);
}

static void
test_endless_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = g_strnfill (FR_CONTROL_MAX_LINE + 1, 'x');

  send (fixture, line);
  fr_test_wait_until (is_closed, fixture, PATIENCE);
  g_assert_cmpuint (fixture->n_bad, ==, 1);
  g_assert_cmpuint (fixture->messages->len, ==, 0);
}

/* Who asks and does not listen costs a bounded amount of memory. */
static void
test_deaf (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *filling = g_strnfill (FR_CONTROL_MAX_LINE / 2, 'x');
  gsize n_taken = 0;

  json_object_set_string_member (object, "a", filling);
  while (fr_control_connection_send (fixture->connection, object))
    n_taken++;
  g_assert_cmpuint (n_taken, >, FR_CONTROL_MAX_UNSENT / FR_CONTROL_MAX_LINE);
  g_assert_cmpuint (n_taken, <=, 3 * FR_CONTROL_MAX_UNSENT / strlen (filling));
  g_assert_cmpuint (fixture->n_closed, ==, 0); /* not within send() */
  fr_test_wait_until (is_closed, fixture, PATIENCE);
}

static void
test_close_sends_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) object = json_object_new ();
  char received[64] = "";
  gsize n_read = 0;

  json_object_set_int_member (object, "id", 5);
  g_assert_true (fr_control_connection_send (fixture->connection, object));
  fr_control_connection_close (fixture->connection);
  fr_test_wait_until (is_closed, fixture, PATIENCE);
  g_input_stream_read_all (g_io_stream_get_input_stream (fixture->pair.far), received, sizeof received - 1, &n_read,
                           NULL, NULL);
  g_assert_cmpstr (received, ==, "{\"id\":5}\n");
}

/* The client's answers. */
typedef struct
{
  guint n_events;
  guint n_ends;
  char *code; /* of the last end */
} Answers;

static void
answer_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Answers *answers = data;

  if (!is_end)
    {
      answers->n_events++;
      return;
    }
  answers->n_ends++;
  g_free (answers->code);
  answers->code = g_strdup (fr_control_get_string (answer, "code"));
}

static gboolean
has_ended (gpointer data)
{
  return ((Answers *) data)->n_ends > 0;
}

static void
test_client (void)
{
  Fixture far = { 0 };
  Answers first = { 0 }, second = { 0 }, lost = { 0 };
  FrTestPair pair;
  FrControlClient *client;
  gint64 forgotten;

  fr_test_pair_init (&pair);
  client = fr_control_client_new (pair.near);
  far.messages = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  far.pair.far = pair.far;
  far.connection = fr_control_connection_new (pair.far);
  g_signal_connect (far.connection, "message", G_CALLBACK (message_cb), &far);

  g_assert_cmpint (fr_control_client_ask (client, fr_control_request ("a"), answer_cb, &first), ==, 1);
  forgotten = fr_control_client_ask (client, fr_control_request ("b"), answer_cb, &second);
  g_assert_cmpint (fr_control_client_ask (client, fr_control_request ("c"), answer_cb, &lost), ==, 3);
  fr_control_client_forget (client, forgotten);
  wait_for (&far, 4);
  g_assert_cmpstr (fr_control_get_string (far.messages->pdata[3], "op"), ==, "cancel");
  g_assert_cmpfloat (fr_control_get_number (far.messages->pdata[3], "request", 0), ==, forgotten);

  /* Answers to nobody, to one that is forgotten, to one that waits. */
  send (&far, "{\"id\":77,\"event\":\"x\"}\n{\"event\":\"x\"}\n{\"id\":2,\"event\":\"x\"}\n{\"id\":1,\"event\":\"x\"}\n"
              "{\"id\":1,\"end\":true,\"ok\":true}\n{\"id\":1,\"end\":true,\"ok\":true}\n");
  fr_test_wait_until (has_ended, &first, PATIENCE);
  g_assert_cmpuint (first.n_events, ==, 1);
  g_assert_null (first.code);

  fr_control_connection_close (far.connection);
  fr_test_wait_until (has_ended, &lost, PATIENCE);
  g_assert_cmpstr (lost.code, ==, "lost");
  g_assert_cmpint (fr_control_client_ask (client, fr_control_request ("d"), answer_cb, &lost), ==, 0);
  g_assert_cmpuint (first.n_ends, ==, 1);
  g_assert_cmpuint (second.n_ends + second.n_events, ==, 0);

  g_object_unref (client);
  g_object_unref (far.connection);
  g_ptr_array_unref (far.messages);
  fr_test_pair_clear (&pair);
  g_free (lost.code);
}

static void
test_run_is_cancelled (void)
{
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FrControlClient) client = NULL;
  FrTestPair pair;

  fr_test_pair_init (&pair);
  client = fr_control_client_new (pair.near);
  g_idle_add_once ((GSourceOnceFunc) g_cancellable_cancel, stop);
  g_assert_false (fr_control_client_run (client, fr_control_request ("a"), NULL, NULL, stop, &error));
  g_assert_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_CANCELLED);
  fr_test_pair_clear (&pair);
}

void
test_connection_add (void)
{
  g_test_add ("/cli/connection/lines", Fixture, NULL, set_up, test_lines, tear_down);
  g_test_add ("/cli/connection/far-end-closes", Fixture, NULL, set_up, test_far_end_closes, tear_down);
  g_test_add ("/cli/connection/longest-line", Fixture, NULL, set_up, test_longest_line, tear_down);
  g_test_add ("/cli/connection/endless-line", Fixture, NULL, set_up, test_endless_line, tear_down);
  g_test_add ("/cli/connection/deaf", Fixture, NULL, set_up, test_deaf, tear_down);
  g_test_add ("/cli/connection/close-sends-first", Fixture, NULL, set_up, test_close_sends_first, tear_down);
  g_test_add_func ("/cli/client/answers", test_client);
  g_test_add_func ("/cli/client/run-is-cancelled", test_run_is_cancelled);
}
