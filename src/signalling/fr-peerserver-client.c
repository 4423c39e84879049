/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peerserver-client.h"

#include <libsoup/soup.h>
#include <string.h>

#include "fr-backoff.h"
#include "fr-json-guard.h"
#include "fr-peerserver-fault.h"
#include "fr-timer.h"

/* libsoup counts in seconds. Its pings are answered by every WebSocket server (RFC 6455, 5.5.2), unlike the
 * protocol's heartbeats, so they are what finds a connection that is dead without having been closed. */
#define PING_INTERVAL_S 5

/* A connection that held for so many base delays was a good one, so the next back-off begins anew. */
#define STABLE_BASE_DELAYS 30

struct _FrPeerserverClient
{
  FrRendezvous parent_instance;

  /* owned */
  FrServerAddress *address;
  char *token;
  GMainContext *context;
  GTlsDatabase *database; /* nullable: the system's */
  GRand *random;
  SoupSession *session;
  GCancellable *attempt;               /* of the attempt that is under way */
  SoupWebsocketConnection *connection; /* nullable */
  GSource *step_timer;                 /* connect time-out, settling, or the next attempt */
  GSource *heartbeat_timer;

  /* state */
  FrPeerserverTiming timing;
  FrBackoff backoff;
  gint64 online_since_us;
  gint64 heard_us;
  guint was_registered : 1; /* since fr_rendezvous_connect() */
};

G_DEFINE_FINAL_TYPE (FrPeerserverClient, fr_peerserver_client, FR_TYPE_RENDEZVOUS)

static void begin_attempt (FrPeerserverClient *self);

static void
connection_closed_cb (SoupWebsocketConnection *connection, gpointer keep)
{
  g_object_unref (connection);
}

/* The closing handshake goes on by itself; who asked for it need not wait. */
static void
close_gently (SoupWebsocketConnection *connection)
{
  SoupWebsocketState state = soup_websocket_connection_get_state (connection);

  if (state == SOUP_WEBSOCKET_STATE_CLOSED)
    return;
  g_signal_connect (g_object_ref (connection), "closed", G_CALLBACK (connection_closed_cb), NULL);
  if (state == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static void
drop_connection (FrPeerserverClient *self)
{
  g_autoptr (SoupWebsocketConnection) connection = g_steal_pointer (&self->connection);

  fr_timer_clear (&self->step_timer);
  fr_timer_clear (&self->heartbeat_timer);
  g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
  if (connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (connection, self);
  close_gently (connection);
}

static gboolean
retry_cb (gpointer user_data)
{
  begin_attempt (user_data);
  return G_SOURCE_REMOVE;
}

static guint
next_delay (FrPeerserverClient *self, const GError *error)
{
  gint64 stable_us = (gint64) STABLE_BASE_DELAYS * self->timing.base_delay_ms * 1000;

  if (self->online_since_us != 0 && g_get_monotonic_time () - self->online_since_us >= stable_us)
    fr_backoff_reset (&self->backoff);
  self->online_since_us = 0;
  if (g_error_matches (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_ID_TAKEN))
    return self->timing.taken_delay_ms;
  return fr_backoff_next (&self->backoff, self->timing.base_delay_ms, self->random);
}

/* What a person has to put right before it can work. A server that took us once is taken to have a bad moment. */
static gboolean
is_final (FrPeerserverClient *self, const GError *error)
{
  return !self->was_registered
         && (g_error_matches (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_ID_TAKEN)
             || g_error_matches (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_KEY_REFUSED)
             || g_error_matches (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_NOT_A_SERVER)
             || g_error_matches (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_BAD_CERTIFICATE));
}

static void
end_attempt (FrPeerserverClient *self, GError *fault)
{
  g_autoptr (GError) error = fault;
  guint delay_ms;

  drop_connection (self);
  if (is_final (self, error))
    {
      fr_rendezvous_change_state (FR_RENDEZVOUS (self), FR_RENDEZVOUS_FAILED, error, 0);
      return;
    }
  delay_ms = next_delay (self, error);
  fr_timer_set (&self->step_timer, self->context, delay_ms, retry_cb, self);
  fr_rendezvous_change_state (FR_RENDEZVOUS (self), FR_RENDEZVOUS_WAITING, error,
                              g_get_monotonic_time () + (gint64) delay_ms * 1000);
}

/* A server that has said goodbye hears nothing more, though the connection ends a little later. */
static gboolean
send_text (FrPeerserverClient *self, const char *text)
{
  if (self->connection == NULL
      || soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return FALSE;
  soup_websocket_connection_send_text (self->connection, text);
  return TRUE;
}

static gboolean
heartbeat_cb (gpointer user_data)
{
  FrPeerserverClient *self = user_data;

  if (g_get_monotonic_time () - self->heard_us >= (gint64) self->timing.silence_ms * 1000)
    {
      end_attempt (self, g_error_new_literal (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_LOST,
                                              "The server no longer answers"));
      return G_SOURCE_REMOVE;
    }
  send_text (self, "{\"type\":\"HEARTBEAT\"}");
  return G_SOURCE_CONTINUE;
}

static void
become_registered (FrPeerserverClient *self)
{
  fr_timer_clear (&self->step_timer);
  self->was_registered = TRUE;
  self->online_since_us = g_get_monotonic_time ();
  fr_rendezvous_change_state (FR_RENDEZVOUS (self), FR_RENDEZVOUS_ONLINE, NULL, 0);
}

static gboolean
settled_cb (gpointer user_data)
{
  become_registered (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
is_registered (FrPeerserverClient *self)
{
  return fr_rendezvous_get_state (FR_RENDEZVOUS (self)) == FR_RENDEZVOUS_ONLINE;
}

/* What other peers send may come in place of OPEN: when an id is taken over, PeerServer says nothing itself, but
 * hands out what it had kept. */
static void
receive (FrPeerserverClient *self, const FrSignal *signal)
{
  switch (signal->type)
    {
    case FR_SIGNAL_OPEN:
      if (!is_registered (self))
        become_registered (self);
      break;
    case FR_SIGNAL_ID_TAKEN:
    case FR_SIGNAL_ERROR:
      if (!is_registered (self))
        end_attempt (self, fr_peerserver_fault_from_signal (signal));
      break;
    case FR_SIGNAL_OFFER:
    case FR_SIGNAL_ANSWER:
    case FR_SIGNAL_CANDIDATE:
    case FR_SIGNAL_LEAVE:
    case FR_SIGNAL_EXPIRE:
      if (signal->src == NULL)
        break;
      if (!is_registered (self))
        become_registered (self);
      if (is_registered (self))
        fr_rendezvous_emit_signal (FR_RENDEZVOUS (self), signal);
      break;
    case FR_SIGNAL_HEARTBEAT:
    case FR_SIGNAL_UNKNOWN:
    default:
      break;
    }
}

/* A registered client only drops what it cannot read: other peers can make a server pass it on. */
static void
message_cb (SoupWebsocketConnection *connection, SoupWebsocketDataType type, GBytes *message, gpointer user_data)
{
  g_autoptr (FrPeerserverClient) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrSignal) signal = NULL;
  gsize size;
  const char *text = g_bytes_get_data (message, &size);

  self->heard_us = g_get_monotonic_time ();
  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    signal = fr_signal_parse (text != NULL ? text : "", (gssize) size, &error);
  if (signal != NULL)
    receive (self, signal);
  else if (is_registered (self))
    g_debug ("Dropped a message: %s", error != NULL ? error->message : "it is binary");
  else
    end_attempt (self, g_error_new_literal (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_NOT_A_SERVER,
                                            "What answers there speaks another language"));
}

static void
pong_cb (SoupWebsocketConnection *connection, GBytes *message, gpointer user_data)
{
  FrPeerserverClient *self = user_data;

  self->heard_us = g_get_monotonic_time ();
}

static void
closed_cb (SoupWebsocketConnection *connection, gpointer user_data)
{
  g_autoptr (FrPeerserverClient) self = g_object_ref (user_data);

  end_attempt (self, g_error_new_literal (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_LOST,
                                          "The server closed the connection"));
}

static void
take_connection (FrPeerserverClient *self, SoupWebsocketConnection *connection)
{
  self->connection = connection;
  self->heard_us = g_get_monotonic_time ();
  soup_websocket_connection_set_max_incoming_payload_size (connection, FR_JSON_MAX_SIZE);
  soup_websocket_connection_set_keepalive_interval (connection, PING_INTERVAL_S);
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (connection, "pong", G_CALLBACK (pong_cb), self);
  /* Nothing can be sent any more from "closing" on; a connection that breaks is only "closed". */
  g_signal_connect (connection, "closing", G_CALLBACK (closed_cb), self);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), self);
  fr_timer_set (&self->step_timer, self->context, self->timing.settle_ms, settled_cb, self);
  fr_timer_set (&self->heartbeat_timer, self->context, self->timing.heartbeat_ms, heartbeat_cb, self);
}

/* Owns what it needs even if the client is gone meanwhile: then the attempt has been cancelled. */
typedef struct
{
  FrPeerserverClient *client;
  SoupMessage *message;
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_object_unref (attempt->client);
  g_object_unref (attempt->message);
  g_free (attempt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_free)

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Attempt) attempt = user_data;
  g_autoptr (GError) error = NULL;
  SoupWebsocketConnection *connection
      = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection != NULL)
    take_connection (attempt->client, connection);
  else
    end_attempt (attempt->client, fr_peerserver_fault_from_connect (error, soup_message_get_status (attempt->message)));
}

static gboolean
connect_timeout_cb (gpointer user_data)
{
  end_attempt (user_data, g_error_new_literal (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_UNREACHABLE,
                                               "The server does not answer"));
  return G_SOURCE_REMOVE;
}

static void
connect_socket (FrPeerserverClient *self)
{
  const char *id = fr_rendezvous_get_id (FR_RENDEZVOUS (self));
  g_autofree char *uri = fr_server_address_make_socket_uri (self->address, id, self->token);
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->client = g_object_ref (self);
  attempt->message = soup_message_new (SOUP_METHOD_GET, uri);
  soup_message_add_flags (attempt->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_websocket_connect_async (self->session, attempt->message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        self->attempt, connected_cb, attempt);
}

static void
load_database_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, g_tls_backend_get_default_database (g_tls_backend_get_default ()), g_object_unref);
}

static void
database_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FrPeerserverClient *self = FR_PEERSERVER_CLIENT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (database != NULL)
    fr_peerserver_client_set_tls_database (self, database);
  connect_socket (self);
}

/* Reading the system's certificates takes a while, and libsoup would do it right here. */
static void
load_database (FrPeerserverClient *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->attempt, database_loaded_cb, NULL);

  g_task_set_source_tag (task, load_database);
  g_task_run_in_thread (task, load_database_thread);
}

static void
begin_attempt (FrPeerserverClient *self)
{
  self->attempt = g_cancellable_new ();
  fr_timer_set (&self->step_timer, self->context, self->timing.connect_timeout_ms, connect_timeout_cb, self);
  if (fr_server_address_is_secure (self->address) && self->database == NULL)
    load_database (self);
  else
    connect_socket (self);
  fr_rendezvous_change_state (FR_RENDEZVOUS (self), FR_RENDEZVOUS_CONNECTING, NULL, 0);
}

static void
fr_peerserver_client_connect (FrRendezvous *rendezvous)
{
  FrRendezvousState state = fr_rendezvous_get_state (rendezvous);

  if (state != FR_RENDEZVOUS_CONNECTING && state != FR_RENDEZVOUS_ONLINE)
    begin_attempt (FR_PEERSERVER_CLIENT (rendezvous));
}

static void
fr_peerserver_client_disconnect (FrRendezvous *rendezvous)
{
  FrPeerserverClient *self = FR_PEERSERVER_CLIENT (rendezvous);

  drop_connection (self);
  fr_backoff_reset (&self->backoff);
  self->online_since_us = 0;
  self->was_registered = FALSE;
  if (fr_rendezvous_get_state (rendezvous) != FR_RENDEZVOUS_OFFLINE)
    fr_rendezvous_change_state (rendezvous, FR_RENDEZVOUS_OFFLINE, NULL, 0);
}

static gboolean
fr_peerserver_client_send (FrRendezvous *rendezvous, const FrSignal *signal, GError **error)
{
  FrPeerserverClient *self = FR_PEERSERVER_CLIENT (rendezvous);
  g_autofree char *json = fr_signal_to_json (signal);

  if (strlen (json) > FR_JSON_MAX_SIZE)
    {
      g_set_error_literal (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_TOO_LARGE,
                           "The message is too large for the server");
      return FALSE;
    }
  if (send_text (self, json))
    return TRUE;
  g_set_error_literal (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_LOST, "The server has just left");
  return FALSE;
}

static void
fr_peerserver_client_dispose (GObject *object)
{
  FrPeerserverClient *self = FR_PEERSERVER_CLIENT (object);

  drop_connection (self);
  g_clear_object (&self->session);
  g_clear_object (&self->database);
  G_OBJECT_CLASS (fr_peerserver_client_parent_class)->dispose (object);
}

static void
fr_peerserver_client_finalize (GObject *object)
{
  FrPeerserverClient *self = FR_PEERSERVER_CLIENT (object);

  fr_server_address_free (self->address);
  g_free (self->token);
  g_rand_free (self->random);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (fr_peerserver_client_parent_class)->finalize (object);
}

static void
fr_peerserver_client_class_init (FrPeerserverClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  FrRendezvousClass *rendezvous_class = FR_RENDEZVOUS_CLASS (klass);

  object_class->dispose = fr_peerserver_client_dispose;
  object_class->finalize = fr_peerserver_client_finalize;
  rendezvous_class->connect = fr_peerserver_client_connect;
  rendezvous_class->disconnect = fr_peerserver_client_disconnect;
  rendezvous_class->send = fr_peerserver_client_send;
}

/* With a connectable, that is where it connects to, whatever the URI says. */
static void
make_session (FrPeerserverClient *self, GSocketConnectable *connectable)
{
  g_clear_object (&self->session);
  self->session = soup_session_new_with_options ("remote-connectable", connectable, NULL);
  /* Compression would let a small frame become a message of any size. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  if (self->database != NULL)
    soup_session_set_tls_database (self->session, self->database);
}

static void
fr_peerserver_client_init (FrPeerserverClient *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->random = g_rand_new ();
  make_session (self, NULL);
  self->timing = (FrPeerserverTiming) {
    .connect_timeout_ms = FR_PEERSERVER_CONNECT_TIMEOUT_MS,
    .settle_ms = FR_PEERSERVER_SETTLE_MS,
    .base_delay_ms = FR_PEERSERVER_BASE_DELAY_MS,
    .taken_delay_ms = FR_PEERSERVER_TAKEN_DELAY_MS,
    .heartbeat_ms = FR_PEERSERVER_HEARTBEAT_MS,
    .silence_ms = FR_PEERSERVER_SILENCE_MS,
  };
}

/**
 * fr_peerserver_client_prepare:
 *
 * Sets up libsoup's classes in the calling thread. Where several threads use GIO, call this before they start: GLib 2.74
 * can deadlock when one thread initialises a class whose types another is registering.
 */
void
fr_peerserver_client_prepare (void)
{
  g_type_class_unref (g_type_class_ref (SOUP_TYPE_SESSION));
  g_type_class_unref (g_type_class_ref (FR_TYPE_PEERSERVER_CLIENT));
  g_type_class_unref (g_type_class_ref (FR_TYPE_GUARDED_ADDRESS));
}

/**
 * fr_peerserver_client_new:
 * @address: the server
 * @id: the id to register, a valid address (fr_peer_address_is_valid())
 * @token: the proof of owning @id, which takes our own registration over when its connection is dead
 *
 * Makes a client that is offline.
 *
 * Returns: (transfer full): the client
 */
FrPeerserverClient *
fr_peerserver_client_new (const FrServerAddress *address, const char *id, const char *token)
{
  g_autofree char *server = NULL;
  FrPeerserverClient *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (id != NULL && *id != '\0', NULL);
  g_return_val_if_fail (token != NULL && *token != '\0', NULL);

  server = fr_server_address_to_string (address);
  self = g_object_new (FR_TYPE_PEERSERVER_CLIENT, "id", id, "server", server, NULL);
  self->address = fr_server_address_copy (address);
  self->token = g_strdup (token);
  return self;
}

/**
 * fr_peerserver_client_set_timing:
 * @self: a client that is offline
 * @timing: how patient it shall be
 *
 * Replaces the times that fit the world by others that fit a test.
 */
void
fr_peerserver_client_set_timing (FrPeerserverClient *self, const FrPeerserverTiming *timing)
{
  g_return_if_fail (FR_IS_PEERSERVER_CLIENT (self));
  g_return_if_fail (timing != NULL);

  self->timing = *timing;
}

/**
 * fr_peerserver_client_set_tls_database:
 * @self: a client
 * @database: the authorities to trust
 *
 * Trusts these authorities, and no others, when the server is asked for its certificate.
 */
void
fr_peerserver_client_set_tls_database (FrPeerserverClient *self, GTlsDatabase *database)
{
  g_return_if_fail (FR_IS_PEERSERVER_CLIENT (self));
  g_return_if_fail (G_IS_TLS_DATABASE (database));

  g_set_object (&self->database, database);
  soup_session_set_tls_database (self->session, database);
}

/**
 * fr_peerserver_client_set_guard:
 * @self: a client that is offline
 * @guard: says of an address, also one that a name stands for, whether it may be connected to
 * @data: for @guard
 * @destroy: (nullable): frees @data
 *
 * Connects to no address that the guard does not let pass.
 */
void
fr_peerserver_client_set_guard (FrPeerserverClient *self, FrAddressGuard guard, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (FrGuardedAddress) guarded = NULL;

  g_return_if_fail (FR_IS_PEERSERVER_CLIENT (self));
  g_return_if_fail (guard != NULL);

  guarded = fr_guarded_address_new (fr_server_address_get_host (self->address),
                                    fr_server_address_get_port (self->address),
                                    fr_server_address_is_secure (self->address) ? "https" : "http", guard, data,
                                    destroy);
  make_session (self, G_SOCKET_CONNECTABLE (guarded));
}
