/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-server.h"

#include <libsoup/soup.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "fr-json-guard.h"
#include "fr-metered-stream.h"
#include "fr-peer-answers.h"
#include "fr-peer-door.h"
#include "fr-peer-registry.h"
#include "fr-server-address.h"
#include "fr-timer.h"

#define BACKLOG 64 /* who may wait to be let in, when many come at once */

struct _FrPeerServer
{
  GObject parent_instance;

  /* owned */
  char *interface;
  char *base; /* path with a slash at both ends */
  char *key;
  GTlsCertificate *certificate; /* nullable */
  GMainContext *context;
  SoupServer *soup;         /* nullable: not started */
  GSocketService *door;     /* nullable: not started */
  FrPeerRegistry *registry; /* nullable: not started */
  GHashTable *connections;  /* number -> Connection */
  FrPeerDoor *lobby;        /* nullable: not started */
  char *owner;              /* nullable */
  GSource *timer;

  /* state */
  guint port, actual_port;
  guint max_ids, max_connections, upgrade_ms;
  guint64 last_number;
  guint n_clients; /* as notified */
};

typedef struct
{
  FrPeerServer *server; /* borrowed: it outlives its connections */
  SoupWebsocketConnection *websocket;
  guint64 number;
  guint64 queued; /* bytes given to the WebSocket, without the headers of frames */
} Connection;

enum
{
  PROP_0,
  PROP_N_CLIENTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrPeerServer, fr_peer_server, G_TYPE_OBJECT)

static gboolean deadline_cb (gpointer user_data);
static guint64 count_unsent (Connection *connection);

static void
websocket_closed_cb (SoupWebsocketConnection *websocket, gpointer user_data)
{
  g_object_unref (websocket);
}

/* The closing handshake goes on without us, but not for who has much to read first: it would be memory that nobody counts. */
static void
connection_free (Connection *connection)
{
  SoupWebsocketConnection *websocket = connection->websocket;

  g_signal_handlers_disconnect_by_data (websocket, connection);
  if (soup_websocket_connection_get_state (websocket) == SOUP_WEBSOCKET_STATE_CLOSED)
    {
      g_object_unref (websocket);
    }
  else
    {
      gboolean is_deaf = count_unsent (connection) > FR_PEER_SERVER_UNSENT_SHARE;

      g_signal_connect (websocket, "closed", G_CALLBACK (websocket_closed_cb), NULL);
      if (is_deaf)
        g_io_stream_close (soup_websocket_connection_get_io_stream (websocket), NULL, NULL);
      else if (soup_websocket_connection_get_state (websocket) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (websocket, SOUP_WEBSOCKET_CLOSE_NO_STATUS, NULL);
    }
  g_free (connection);
}

static guint64
count_unsent (Connection *connection)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (connection->websocket);
  guint64 written = fr_metered_stream_get_written (FR_METERED_STREAM (stream));

  return connection->queued > written ? connection->queued - written : 0;
}

/* A share is always there; more only as long as all together leave it. */
gboolean
_fr_peer_server_may_wait (guint64 unsent, guint64 unsent_of_all)
{
  return unsent <= FR_PEER_SERVER_UNSENT_SHARE
         || (unsent <= FR_PEER_SERVER_MAX_UNSENT && unsent_of_all <= FR_PEER_SERVER_MAX_UNSENT_OF_ALL / 2);
}

static gboolean
has_room (Connection *connection, gsize size)
{
  guint64 unsent = count_unsent (connection) + size, all = size;
  GHashTableIter iter;
  Connection *other;

  if (_fr_peer_server_may_wait (unsent, G_MAXUINT64)) /* nearly always, and without counting */
    return TRUE;
  g_hash_table_iter_init (&iter, connection->server->connections);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &other))
    all += count_unsent (other);
  return _fr_peer_server_may_wait (unsent, all);
}

static void
send_text (Connection *connection, const char *text)
{
  if (soup_websocket_connection_get_state (connection->websocket) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  connection->queued += strlen (text);
  soup_websocket_connection_send_text (connection->websocket, text);
}

/* Who does not read what is sent would not read a farewell either. */
static void
drop (Connection *connection)
{
  FrPeerServer *self = connection->server;
  g_autoptr (SoupWebsocketConnection) websocket = g_object_ref (connection->websocket);

  fr_peer_registry_remove (self->registry, connection->number);
  g_hash_table_remove (self->connections, &connection->number);
  g_io_stream_close (soup_websocket_connection_get_io_stream (websocket), NULL, NULL);
}

static void
act (FrPeerServer *self, const FrPeerAction *action)
{
  Connection *connection = g_hash_table_lookup (self->connections, &action->socket);

  if (connection == NULL)
    return;
  if (action->type == FR_PEER_ACTION_CLOSE)
    g_hash_table_remove (self->connections, &action->socket);
  else if (has_room (connection, strlen (action->text)))
    send_text (connection, action->text);
  else
    drop (connection);
}

static void
set_timer (FrPeerServer *self)
{
  gint64 deadline = fr_peer_registry_next_deadline (self->registry);
  gint64 delay_us = MAX (0, deadline - g_get_monotonic_time ());

  if (deadline == G_MAXINT64)
    fr_timer_clear (&self->timer);
  else
    fr_timer_set (&self->timer, self->context, (guint) (delay_us / 1000 + 1), deadline_cb, self);
}

/* Carries out what the registry decided; the last thing that any event does, since whoever is notified may stop us. */
static void
update (FrPeerServer *self)
{
  FrPeerAction action;

  while (fr_peer_registry_next_action (self->registry, &action))
    {
      act (self, &action);
      fr_peer_action_clear (&action);
    }
  set_timer (self);
  if (self->n_clients == fr_peer_registry_n_ids (self->registry))
    return;
  self->n_clients = fr_peer_registry_n_ids (self->registry);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CLIENTS]);
}

static gboolean
deadline_cb (gpointer user_data)
{
  FrPeerServer *self = user_data;

  fr_peer_registry_tick (self->registry, g_get_monotonic_time ());
  update (self);
  return G_SOURCE_REMOVE;
}

/* Like PeerServer, takes JSON from binary frames as well. */
static void
message_cb (SoupWebsocketConnection *websocket, SoupWebsocketDataType type, GBytes *message, gpointer user_data)
{
  Connection *connection = user_data;
  FrPeerServer *self = connection->server;
  gsize size;
  const char *text = g_bytes_get_data (message, &size);

  fr_peer_registry_receive (self->registry, connection->number, text != NULL ? text : "", size,
                            g_get_monotonic_time ());
  update (self);
}

static void
closed_cb (SoupWebsocketConnection *websocket, gpointer user_data)
{
  Connection *connection = user_data;
  FrPeerServer *self = connection->server;

  fr_peer_registry_remove (self->registry, connection->number);
  g_hash_table_remove (self->connections, &connection->number);
  update (self);
}

/* Who asked for a WebSocket, until the answer to that has been sent. */
typedef struct
{
  FrPeerServer *server;
  char *key, *id, *token;
} Upgrade;

static void
upgrade_free (gpointer data, GClosure *closure)
{
  Upgrade *upgrade = data;

  g_object_unref (upgrade->server);
  g_free (upgrade->key);
  g_free (upgrade->id);
  g_free (upgrade->token);
  g_free (upgrade);
}

static void
add_connection (FrPeerServer *self, SoupWebsocketConnection *websocket, const Upgrade *upgrade)
{
  Connection *connection = g_new0 (Connection, 1);

  connection->server = self;
  connection->websocket = websocket;
  connection->number = ++self->last_number;
  g_hash_table_insert (self->connections, &connection->number, connection);
  soup_websocket_connection_set_max_incoming_payload_size (websocket, FR_JSON_MAX_SIZE);
  g_signal_connect (websocket, "message", G_CALLBACK (message_cb), connection);
  g_signal_connect (websocket, "closing", G_CALLBACK (closed_cb), connection);
  g_signal_connect (websocket, "closed", G_CALLBACK (closed_cb), connection);
  fr_peer_registry_accept (self->registry, connection->number, upgrade->key, upgrade->id, upgrade->token,
                           g_get_monotonic_time ());
  update (self);
}

static void
upgraded_cb (SoupServerMessage *message, gpointer user_data)
{
  Upgrade *upgrade = user_data;
  g_autoptr (SoupServerMessage) owned = g_object_ref (message); /* the theft ends what else holds it */
  g_autoptr (FrPeerServer) self = g_object_ref (upgrade->server);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (owned);
  g_autoptr (GIOStream) metered = NULL;
  SoupWebsocketConnection *websocket;

  if (stream == NULL || self->soup == NULL)
    return;
  metered = fr_metered_stream_new (stream, FR_JSON_MAX_SIZE);
  websocket = soup_websocket_connection_new (metered, soup_server_message_get_uri (owned),
                                             SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);
  add_connection (self, websocket, upgrade);
}

static const char *
look_up (GHashTable *query, const char *name)
{
  return query != NULL ? g_hash_table_lookup (query, name) : NULL;
}

/* Done by hand, and not by soup_server_add_websocket_handler(), since that takes any path below its own and agrees
 * to compression, which lets a small frame become a message of any size. */
static void
begin_upgrade (FrPeerServer *self, SoupServerMessage *message, GHashTable *query)
{
  Upgrade *upgrade;

  if (!soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL))
    return;
  fr_peer_door_stay (self->lobby, soup_server_message_get_remote_address (message));
  upgrade = g_new0 (Upgrade, 1);
  upgrade->server = g_object_ref (self);
  upgrade->key = g_strdup (look_up (query, "key"));
  upgrade->id = g_strdup (look_up (query, "id"));
  upgrade->token = g_strdup (look_up (query, "token"));
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (upgraded_cb), upgrade, upgrade_free,
                         G_CONNECT_DEFAULT);
}

static void
request_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  FrPeerServer *self = user_data;
  const char *rest = g_str_has_prefix (path, self->base) ? path + strlen (self->base) : NULL;

  if (soup_server_message_get_status (message) != 0)
    return;
  if (g_strcmp0 (rest, "peerjs") == 0)
    begin_upgrade (self, message, query);
  else
    fr_peer_answer (message, rest);
}

/* Greets by TLS, where there is a certificate, with the first bytes that are read. */
static GIOStream *
wrap (FrPeerServer *self, GSocketConnection *connection)
{
  if (self->certificate == NULL)
    return g_object_ref (G_IO_STREAM (connection));
  return g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
}

/* libsoup asks for the address of who is there in the middle of a request, and warns if they have gone by then. So it is
 * asked for here, and handed over with the connection. */
static gboolean
incoming_cb (GSocketService *door, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  FrPeerServer *self = user_data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GIOStream) stream = NULL;

  if (local == NULL || remote == NULL || self->soup == NULL || !fr_peer_door_let_in (self->lobby, connection, remote))
    return TRUE;
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  stream = wrap (self, connection);
  if (stream != NULL)
    soup_server_accept_iostream (self->soup, stream, local, remote, NULL);
  return TRUE;
}

/* Returns the port; 0: nobody listens. */
static guint
open_door (FrPeerServer *self, GSocketAddress *address, GError **error)
{
  g_autoptr (GSocketService) door = g_socket_service_new ();
  g_autoptr (GSocketAddress) actual = NULL;

  g_socket_listener_set_backlog (G_SOCKET_LISTENER (door), BACKLOG);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (door), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                      NULL, &actual, error))
    return 0;
  g_signal_connect (door, "incoming", G_CALLBACK (incoming_cb), self);
  self->door = g_steal_pointer (&door);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (actual));
}

static void
close_door (FrPeerServer *self)
{
  if (self->door == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->door, self);
  g_socket_service_stop (self->door);
  g_socket_listener_close (G_SOCKET_LISTENER (self->door));
  g_clear_object (&self->door);
}

static void
fr_peer_server_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  FrPeerServer *self = FR_PEER_SERVER (object);

  switch (prop_id)
    {
    case PROP_N_CLIENTS:
      g_value_set_uint (value, self->n_clients);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fr_peer_server_dispose (GObject *object)
{
  fr_peer_server_stop (FR_PEER_SERVER (object));
  G_OBJECT_CLASS (fr_peer_server_parent_class)->dispose (object);
}

static void
fr_peer_server_finalize (GObject *object)
{
  FrPeerServer *self = FR_PEER_SERVER (object);

  g_free (self->interface);
  g_free (self->base);
  g_free (self->key);
  g_free (self->owner);
  g_clear_object (&self->certificate);
  g_hash_table_unref (self->connections);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (fr_peer_server_parent_class)->finalize (object);
}

static void
fr_peer_server_class_init (FrPeerServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_peer_server_get_property;
  object_class->dispose = fr_peer_server_dispose;
  object_class->finalize = fr_peer_server_finalize;

  /**
   * FrPeerServer:n-clients:
   *
   * How many peers are registered.
   */
  properties[PROP_N_CLIENTS]
      = g_param_spec_uint ("n-clients", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_peer_server_init (FrPeerServer *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->connections = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) connection_free);
}

/**
 * fr_peer_server_new:
 * @config: what it shall be like; copied
 *
 * Returns: (transfer full): a server that does not listen yet
 */
FrPeerServer *
fr_peer_server_new (const FrPeerServerConfig *config)
{
  FrPeerServer *self;
  const char *path;

  g_return_val_if_fail (config != NULL && config->interface != NULL, NULL);
  g_return_val_if_fail (config->port <= G_MAXUINT16, NULL);

  self = g_object_new (FR_TYPE_PEER_SERVER, NULL);
  path = config->path != NULL ? config->path : "/";
  self->base = g_strconcat (path[0] == '/' ? "" : "/", path, g_str_has_suffix (path, "/") ? NULL : "/", NULL);
  self->interface = g_strdup (config->interface);
  self->port = config->port;
  self->key = g_strdup (config->key != NULL ? config->key : FR_SERVER_ADDRESS_DEFAULT_KEY);
  self->max_ids = config->max_ids != 0 ? config->max_ids : FR_PEER_REGISTRY_MAX_IDS;
  self->max_connections = config->max_connections != 0 ? config->max_connections : FR_PEER_GUESTS_MAX;
  self->upgrade_ms = config->upgrade_ms != 0 ? config->upgrade_ms : FR_PEER_SERVER_UPGRADE_MS;
  self->owner = g_strdup (config->owner);
  g_set_object (&self->certificate, config->certificate);
  return self;
}

/**
 * fr_peer_server_start:
 * @self: a server that does not listen
 * @error: return location for a %G_IO_ERROR, such as %G_IO_ERROR_ADDRESS_IN_USE
 *
 * Begins to listen.
 *
 * Returns: whether it does
 */
gboolean
fr_peer_server_start (FrPeerServer *self, GError **error)
{
  g_autoptr (SoupServer) soup = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  g_return_val_if_fail (FR_IS_PEER_SERVER (self), FALSE);
  g_return_val_if_fail (self->soup == NULL, FALSE);

  address = g_inet_socket_address_new_from_string (self->interface, self->port);
  if (address == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not an IP address", self->interface);
      return FALSE;
    }
  soup = soup_server_new ("server-header", NULL, NULL);
  soup_server_add_early_handler (soup, NULL, fr_peer_answer_early_cb, self, NULL);
  soup_server_add_handler (soup, NULL, request_cb, self, NULL);
  self->actual_port = open_door (self, address, error);
  if (self->actual_port == 0)
    return FALSE;
  self->soup = g_steal_pointer (&soup);
  self->registry = fr_peer_registry_new (self->key, self->max_ids);
  fr_peer_registry_set_owner (self->registry, self->owner);
  self->lobby = fr_peer_door_new (self->context, self->max_connections, self->upgrade_ms);
  return TRUE;
}

/**
 * fr_peer_server_stop:
 * @self: a server
 *
 * Ends all connections and listens no more. A server may be started again.
 */
void
fr_peer_server_stop (FrPeerServer *self)
{
  g_return_if_fail (FR_IS_PEER_SERVER (self));

  if (self->soup == NULL)
    return;
  fr_timer_clear (&self->timer);
  close_door (self);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_hash_table_remove_all (self->connections);
  g_clear_pointer (&self->registry, fr_peer_registry_free);
  g_clear_pointer (&self->lobby, fr_peer_door_free);
  self->actual_port = 0;
  if (self->n_clients == 0)
    return;
  self->n_clients = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CLIENTS]);
}

/**
 * fr_peer_server_set_owner:
 * @self: a server
 * @owner: (nullable): an id
 *
 * Lets messages pass to and from that id only; %NULL: between all.
 */
void
fr_peer_server_set_owner (FrPeerServer *self, const char *owner)
{
  char *copy = g_strdup (owner);

  g_return_if_fail (FR_IS_PEER_SERVER (self));

  g_free (self->owner);
  self->owner = copy;
  if (self->registry != NULL)
    fr_peer_registry_set_owner (self->registry, owner);
}

/**
 * fr_peer_server_get_n_connections:
 * @self: a server
 *
 * Returns: how many connections it has let in that are open
 */
guint
fr_peer_server_get_n_connections (FrPeerServer *self)
{
  g_return_val_if_fail (FR_IS_PEER_SERVER (self), 0);

  return self->lobby != NULL ? fr_peer_door_count (self->lobby) : 0;
}

/**
 * fr_peer_server_get_port:
 * @self: a server
 *
 * Returns: the TCP port on which it listens; 0 if it does not
 */
guint
fr_peer_server_get_port (FrPeerServer *self)
{
  g_return_val_if_fail (FR_IS_PEER_SERVER (self), 0);

  return self->actual_port;
}

/**
 * fr_peer_server_get_n_clients:
 * @self: a server
 *
 * Returns: how many peers are registered
 */
guint
fr_peer_server_get_n_clients (FrPeerServer *self)
{
  g_return_val_if_fail (FR_IS_PEER_SERVER (self), 0);

  return self->n_clients;
}
