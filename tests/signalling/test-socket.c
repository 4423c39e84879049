/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-socket.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "fr-test-support.h"

static void
message_cb (SoupWebsocketConnection *connection, SoupWebsocketDataType type, GBytes *message, gpointer user_data)
{
  TestSocket *self = user_data;

  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  g_queue_push_tail (&self->received, g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message)));
}

static void
closed_cb (SoupWebsocketConnection *connection, gpointer user_data)
{
  TestSocket *self = user_data;

  self->is_closed = TRUE;
}

/* The first message may come with the answer, so the signals are connected before anything else runs. */
static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TestSocket *self = user_data;

  self->is_done = TRUE;
  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, NULL);
  if (self->connection == NULL)
    return;
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, 0);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (closed_cb), self);
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static gboolean
has_received (gpointer data)
{
  TestSocket *self = data;

  return !g_queue_is_empty (&self->received);
}

TestSocket *
test_socket_open (guint port, const char *rest)
{
  g_autofree char *uri = g_strdup_printf ("ws://127.0.0.1:%u%s", port, rest);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);
  TestSocket *self = g_new0 (TestSocket, 1);

  self->session = soup_session_new ();
  g_queue_init (&self->received);
  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, opened_cb, self);
  fr_test_wait_until (is_true, &self->is_done, 5);
  self->http_status = soup_message_get_status (message);
  return self;
}

TestSocket *
test_socket_register (guint port, const char *id, const char *token)
{
  g_autofree char *rest = g_strdup_printf ("/peerjs?key=peerjs&id=%s&token=%s", id, token);
  TestSocket *self = test_socket_open (port, rest);

  g_assert_nonnull (self->connection);
  return self;
}

void
test_socket_free (TestSocket *self)
{
  if (self->connection != NULL && !self->is_closed)
    {
      test_socket_close (self);
      test_socket_await_closed (self);
    }
  g_clear_object (&self->connection);
  g_clear_object (&self->session);
  g_queue_clear_full (&self->received, g_free);
  g_free (self);
}

void
test_socket_send (TestSocket *self, const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  soup_websocket_connection_send_text (self->connection, json);
}

void
test_socket_close (TestSocket *self)
{
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

void
test_socket_await_closed (TestSocket *self)
{
  fr_test_wait_until (is_true, &self->is_closed, 5);
}

void
test_socket_expect (TestSocket *self, const char *json, double seconds)
{
  g_autofree char *wanted_text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (JsonNode) wanted = json_from_string (wanted_text, NULL);
  g_autoptr (JsonNode) got = NULL;
  g_autofree char *text = NULL;

  fr_test_wait_until (has_received, self, seconds);
  text = g_queue_pop_head (&self->received);
  got = json_from_string (text, NULL);
  g_assert_nonnull (wanted);
  g_assert_nonnull (got);
  if (!json_node_equal (wanted, got))
    g_error ("expected %s, got %s", wanted_text, text);
}
