/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-ice-probe.h"

#include "fr-ice-question.h"

#include <string.h>

#define DEFAULT_PORT 3478        /* RFC 8489, 18.6; RFC 8656, 18 */
#define DEFAULT_SECURE_PORT 5349

typedef enum
{
  OVER_UDP,
  OVER_TCP,
  OVER_TLS
} Transport;

/* One server that is looked at. */
typedef struct
{
  /* owned */
  char *host;
  char *user;
  char *password;
  FrIceQuestion *question;
  GSocketConnection *connection;
  GCancellable *inner; /* of this way of reaching it; over when the caller's is */
  GSource *deadline;
  GSource *repeat;

  /* borrowed */
  GCancellable *outer;

  /* state */
  guint16 port;
  gboolean is_turn;
  Transport transport;
  gboolean may_fall_back; /* to TCP, where UDP does not get through */
  gulong cancelled_handler;
  guint repeat_ms;
  guint timeout_ms;
  gint64 asked_us;
  gboolean heard; /* something came that was no answer */
  gboolean done;
  guint8 bytes[FR_ICE_QUESTION_MAX_SIZE];
  gsize n_bytes;
} Probe;

G_DEFINE_QUARK (fr-ice-probe-error-quark, fr_ice_probe_error)

static void try_transport (GTask *task, Transport transport);
static void read_next (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* What belongs to one way of reaching the server. */
static void
leave (Probe *self)
{
  clear_source (&self->repeat);
  g_cancellable_cancel (self->inner);
  g_clear_object (&self->inner);
  g_clear_object (&self->connection);
  self->n_bytes = 0;
}

static void
probe_free (gpointer data)
{
  Probe *self = data;

  leave (self);
  clear_source (&self->deadline);
  g_clear_pointer (&self->question, fr_ice_question_free);
  g_free (self->host);
  g_free (self->user);
  g_free (self->password);
  g_free (self);
}

static void
end (GTask *task, GError *error, FrIceProbeResult *result)
{
  Probe *self = g_task_get_task_data (task);

  g_assert (!self->done);
  self->done = TRUE;
  g_clear_signal_handler (&self->cancelled_handler, self->outer);
  clear_source (&self->deadline);
  leave (self);
  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_error (&error);
      g_free (result);
    }
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, g_free);
}

static void
fail (GTask *task, FrIceProbeError code, const char *message)
{
  end (task, g_error_new_literal (FR_ICE_PROBE_ERROR, code, message), NULL);
}

static GSource *
add_timeout (GTask *task, guint ms, GSourceFunc callback)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, callback, task, NULL);
  g_source_attach (source, g_task_get_context (task));
  return source;
}

static gboolean
deadline_cb (gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  Probe *self = g_task_get_task_data (task);

  clear_source (&self->deadline);
  if (self->heard)
    fail (task, FR_ICE_PROBE_ERROR_NOT_A_SERVER, "What came from the server was no answer");
  else
    fail (task, FR_ICE_PROBE_ERROR_NO_ANSWER, "The server did not answer in time");
  return G_SOURCE_REMOVE;
}

/* This way did not work; the other may. */
static void
give_up (GTask *task, FrIceProbeError code, const char *message)
{
  Probe *self = g_task_get_task_data (task);

  if (!self->may_fall_back || g_cancellable_is_cancelled (self->outer))
    {
      fail (task, code, message);
      return;
    }
  self->may_fall_back = FALSE;
  leave (self);
  clear_source (&self->deadline);
  self->deadline = add_timeout (task, self->timeout_ms - self->timeout_ms / 2, deadline_cb);
  try_transport (task, OVER_TCP);
}

/* Half of the time is for TCP where UDP says nothing. */
static gboolean
fall_back_cb (gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);

  give_up (task, FR_ICE_PROBE_ERROR_NO_ANSWER, "The server did not answer in time");
  return G_SOURCE_REMOVE;
}

/* The caller's cancellable is not given to GIO's calls, as each way of reaching the server has one of its own; nor is
 * anything ended from within its signal, which may come from another thread. */
static gboolean
cancelled_idle_cb (gpointer data)
{
  Probe *self = g_task_get_task_data (data);

  if (!self->done)
    end (data, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, cancelled_idle_cb, g_object_ref (data), g_object_unref);
  g_source_attach (source, g_task_get_context (data));
}

static void
send_request (Probe *self)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  const guint8 *request;
  gsize size;

  request = fr_ice_question_get_request (self->question, &size);
  /* Once a connection stands, the few hundred bytes of a request fit into its buffer; a full one counts as a loss. */
  g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output), request, size, NULL, NULL);
}

static gboolean
repeat_cb (gpointer data)
{
  Probe *self = g_task_get_task_data (data);

  send_request (self);
  clear_source (&self->repeat);
  self->repeat_ms *= 2;
  self->repeat = add_timeout (data, self->repeat_ms, repeat_cb);
  return G_SOURCE_REMOVE;
}

static void
ask (GTask *task)
{
  Probe *self = g_task_get_task_data (task);

  clear_source (&self->repeat);
  send_request (self);
  if (self->transport != OVER_UDP)
    return;
  self->repeat_ms = FR_ICE_PROBE_FIRST_REPEAT_MS;
  self->repeat = add_timeout (task, self->repeat_ms, repeat_cb);
}

static gboolean
is_translated (Probe *self)
{
  g_autoptr (GSocketAddress) own = g_socket_connection_get_local_address (self->connection, NULL);
  GSocketAddress *mapped = fr_ice_question_get_mapped (self->question);

  return G_IS_INET_SOCKET_ADDRESS (own) && G_IS_INET_SOCKET_ADDRESS (mapped)
         && !g_inet_address_equal (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (own)),
                                   g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (mapped)));
}

static void
succeed (GTask *task)
{
  Probe *self = g_task_get_task_data (task);
  FrIceProbeResult *result = g_new0 (FrIceProbeResult, 1);
  g_autoptr (GBytes) farewell = fr_ice_question_make_farewell (self->question);

  result->took_ms = MAX ((g_get_monotonic_time () - self->asked_us) / 1000, 1);
  result->translated = is_translated (self);
  if (farewell != NULL)
    g_pollable_output_stream_write_nonblocking (
        G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (self->connection))),
        g_bytes_get_data (farewell, NULL), g_bytes_get_size (farewell), NULL, NULL);
  end (task, NULL, result);
}

/* Returns: whether there is more to be awaited. */
static gboolean
take (GTask *task, const guint8 *bytes, gsize size)
{
  Probe *self = g_task_get_task_data (task);

  switch (fr_ice_question_take (self->question, bytes, size))
    {
    case FR_ICE_ANSWER_AGAIN:
      ask (task);
      return TRUE;
    case FR_ICE_ANSWER_GOOD:
      succeed (task);
      return FALSE;
    case FR_ICE_ANSWER_REFUSED:
      fail (task, FR_ICE_PROBE_ERROR_REFUSED, "The server does not let us in");
      return FALSE;
    case FR_ICE_ANSWER_FULL:
      fail (task, FR_ICE_PROBE_ERROR_FULL, "The server has no room for us");
      return FALSE;
    case FR_ICE_ANSWER_UNFIT:
      fail (task, FR_ICE_PROBE_ERROR_NOT_A_SERVER, "The server does not do what was asked");
      return FALSE;
    case FR_ICE_ANSWER_ODD:
    default:
      self->heard = TRUE;
      return TRUE;
    }
}

/* A stream has no borders between messages. */
static gboolean
take_stream (GTask *task)
{
  Probe *self = g_task_get_task_data (task);
  gssize size;

  while ((size = fr_ice_question_measure (self->bytes, self->n_bytes)) > 0 && (gsize) size <= self->n_bytes)
    {
      if (!take (task, self->bytes, size))
        return FALSE;
      memmove (self->bytes, self->bytes + size, self->n_bytes - size);
      self->n_bytes -= size;
    }
  if (size >= 0 && self->n_bytes < sizeof self->bytes)
    return TRUE;
  give_up (task, FR_ICE_PROBE_ERROR_NOT_A_SERVER, "What came from the server was no answer");
  return FALSE;
}

static void
read_cb (GObject *input, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Probe *self = g_task_get_task_data (task);
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (input), result, &error);

  if (self->done || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (n < 0)
    {
      give_up (task, FR_ICE_PROBE_ERROR_NO_ANSWER, error->message);
      return;
    }
  if (self->transport == OVER_UDP)
    {
      if (take (task, self->bytes, n))
        read_next (task);
      return;
    }
  if (n == 0)
    {
      give_up (task, self->heard ? FR_ICE_PROBE_ERROR_NOT_A_SERVER : FR_ICE_PROBE_ERROR_NO_ANSWER, "The server hung up");
      return;
    }
  self->n_bytes += n;
  if (take_stream (task))
    read_next (task);
}

static void
read_next (GTask *task)
{
  Probe *self = g_task_get_task_data (task);

  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)),
                             self->bytes + self->n_bytes, sizeof self->bytes - self->n_bytes, G_PRIORITY_DEFAULT,
                             self->inner, read_cb, g_object_ref (task));
}

static void
connected_cb (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (client), result, &error);
  Probe *self = g_task_get_task_data (task);

  if (self->done || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL)
    {
      if (error->domain == G_RESOLVER_ERROR)
        fail (task, FR_ICE_PROBE_ERROR_UNKNOWN_NAME, error->message);
      else
        give_up (task, FR_ICE_PROBE_ERROR_NO_ANSWER, error->message);
      return;
    }
  self->connection = g_steal_pointer (&connection);
  self->asked_us = g_get_monotonic_time ();
  ask (task);
  read_next (task);
}

static void
try_transport (GTask *task, Transport transport)
{
  Probe *self = g_task_get_task_data (task);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  gsize size;

  g_clear_pointer (&self->question, fr_ice_question_free);
  self->question = self->is_turn ? fr_ice_question_new_allocate (self->user, self->password)
                                 : fr_ice_question_new_binding ();
  fr_ice_question_get_request (self->question, &size);
  if (size == 0)
    {
      fail (task, FR_ICE_PROBE_ERROR_BAD_ADDRESS, "The name or password is too long");
      return;
    }
  self->transport = transport;
  self->inner = g_cancellable_new ();
  if (transport == OVER_UDP)
    {
      g_socket_client_set_socket_type (client, G_SOCKET_TYPE_DATAGRAM);
      g_socket_client_set_protocol (client, G_SOCKET_PROTOCOL_UDP);
    }
  g_socket_client_set_enable_proxy (client, FALSE); /* sessions do not use one either */
  g_socket_client_set_tls (client, transport == OVER_TLS);
  g_socket_client_connect_to_host_async (client, self->host, self->port, self->inner, connected_cb,
                                         g_object_ref (task));
}

/* Which way sessions would take to it: webrtcbin tries both UDP and TCP where nothing is said. */
static Transport
choose_transport (Probe *self, GUri *uri)
{
  g_autoptr (GHashTable) query = g_uri_get_query (uri) != NULL
                                     ? g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL)
                                     : NULL;
  const char *said = query != NULL ? g_hash_table_lookup (query, "transport") : NULL;

  if (g_str_equal (g_uri_get_scheme (uri), "turns"))
    return OVER_TLS;
  self->may_fall_back = self->is_turn && said == NULL;
  return g_strcmp0 (said, "tcp") == 0 ? OVER_TCP : OVER_UDP;
}

static gboolean
parse (Probe *self, const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NON_DNS | G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  gboolean is_secure = g_str_equal (scheme, "turns");

  self->is_turn = is_secure || g_str_equal (scheme, "turn");
  if ((!self->is_turn && !g_str_equal (scheme, "stun")) || g_uri_get_host (uri) == NULL
      || *g_uri_get_host (uri) == '\0')
    return FALSE;
  self->host = g_strdup (g_uri_get_host (uri));
  self->port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : is_secure ? DEFAULT_SECURE_PORT : DEFAULT_PORT;
  self->user = g_strdup (g_uri_get_user (uri) != NULL ? g_uri_get_user (uri) : "");
  self->password = g_strdup (g_uri_get_password (uri) != NULL ? g_uri_get_password (uri) : "");
  self->transport = choose_transport (self, uri);
  return TRUE;
}

/**
 * fr_ice_probe_async:
 * @uri: `stun://host:port`, `turn://user:password@host:port` or `turns:`
 * @timeout_ms: after which the server counts as silent; 0: %FR_ICE_PROBE_TIMEOUT_MS
 * @cancellable: (nullable): ends it early
 * @callback: (scope async): called once there is an answer
 * @data: for @callback
 *
 * Looks whether a server does for us what it is set up for.
 */
void
fr_ice_probe_async (const char *uri, guint timeout_ms, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Probe *self = g_new0 (Probe, 1);

  g_return_if_fail (uri != NULL);
  g_task_set_source_tag (task, fr_ice_probe_async);
  g_task_set_task_data (task, self, probe_free);
  self->timeout_ms = timeout_ms != 0 ? timeout_ms : FR_ICE_PROBE_TIMEOUT_MS;
  self->outer = cancellable;
  if (!parse (self, uri))
    {
      fail (task, FR_ICE_PROBE_ERROR_BAD_ADDRESS, "This is not the address of a STUN or TURN server");
      return;
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      end (task, NULL, NULL);
      return;
    }
  if (cancellable != NULL)
    self->cancelled_handler = g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (cancelled_cb),
                                                     g_object_ref (task), (GClosureNotify) g_object_unref, 0);
  if (self->may_fall_back)
    self->deadline = add_timeout (task, self->timeout_ms / 2, fall_back_cb);
  else
    self->deadline = add_timeout (task, self->timeout_ms, deadline_cb);
  try_transport (task, self->transport);
}

/**
 * fr_ice_probe_finish:
 * @result: what the callback got
 * @out_result: (out): what was found
 * @error: return location for an %FR_ICE_PROBE_ERROR
 *
 * Returns: whether the server does what it is set up for
 */
gboolean
fr_ice_probe_finish (GAsyncResult *result, FrIceProbeResult *out_result, GError **error)
{
  g_autofree FrIceProbeResult *found = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, fr_ice_probe_async), FALSE);
  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;
  *out_result = *found;
  return TRUE;
}
