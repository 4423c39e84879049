/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-registry.h"

#include <string.h>

#include "fr-json-guard.h"
#include "fr-peer-queues.h"
#include "fr-token-bucket.h"

/* PeerServer's own words: clients have nothing else to tell one error from another. */
#define MESSAGE_INCOMPLETE "No id, token, or key supplied to websocket server"
#define MESSAGE_KEY "Invalid key provided"
#define MESSAGE_FULL "Server has reached its concurrent user limit"
#define MESSAGE_TAKEN "ID is taken"
/* Ours: PeerServer stops at the first and knows no limit. */
#define MESSAGE_NOT_JSON "The message is not acceptable JSON"
#define MESSAGE_TOO_MANY "Too many messages"

typedef struct
{
  char *id;
  char *token;
  GQueue sockets; /* borrowed Socket; the last one is what messages to the peer are sent to */
  GList age_link; /* in by_age */
  gint64 alive_until_us;
  gboolean is_registered;
} Peer;

typedef struct
{
  guint64 number;
  Peer *peer;
  FrTokenBucket bucket;
} Socket;

struct _FrPeerRegistry
{
  char *key;
  guint max_ids;
  char *owner; /* nullable */
  GHashTable *sockets; /* number -> owned Socket */
  GHashTable *peers;   /* borrowed id -> borrowed Peer: those that are registered */
  GQueue by_age;       /* of owned Peer, also those that left but have a socket; the next to time out comes first */
  FrPeerQueues *queues;
  GQueue actions; /* of FrPeerAction */
};

static void
push_action (FrPeerRegistry *self, FrPeerActionType type, guint64 socket, char *text)
{
  FrPeerAction *action = g_new0 (FrPeerAction, 1);

  *action = (FrPeerAction) { .type = type, .socket = socket, .text = text };
  g_queue_push_tail (&self->actions, action);
}

static void
action_free (FrPeerAction *action)
{
  fr_peer_action_clear (action);
  g_free (action);
}

/* Takes `payload`, which may be NULL. */
static char *
make_message (const char *type, const char *src, const char *dst, JsonNode *payload)
{
  g_autoptr (JsonNode) root = json_node_alloc ();
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", type);
  if (src != NULL)
    json_object_set_string_member (object, "src", src);
  if (dst != NULL)
    json_object_set_string_member (object, "dst", dst);
  if (payload != NULL)
    json_object_set_member (object, "payload", payload);
  json_node_init_object (root, object);
  json_object_unref (object);
  return json_to_string (root, FALSE);
}

static void
push_notice (FrPeerRegistry *self, guint64 socket, const char *type, const char *words)
{
  JsonNode *payload = NULL;

  if (words != NULL)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "msg", words);
      payload = json_node_init_object (json_node_alloc (), object);
      json_object_unref (object);
    }
  push_action (self, FR_PEER_ACTION_SEND, socket, make_message (type, NULL, NULL, payload));
}

static void
unregister (FrPeerRegistry *self, Peer *peer)
{
  if (peer->is_registered)
    g_hash_table_remove (self->peers, peer->id);
  peer->is_registered = FALSE;
}

static void
refresh (FrPeerRegistry *self, Peer *peer, gint64 now_us)
{
  peer->alive_until_us = now_us + FR_PEER_REGISTRY_ALIVE_US;
  g_queue_unlink (&self->by_age, &peer->age_link);
  g_queue_push_tail_link (&self->by_age, &peer->age_link);
}

static void
remove_peer (FrPeerRegistry *self, Peer *peer)
{
  g_queue_unlink (&self->by_age, &peer->age_link);
  g_queue_clear (&peer->sockets);
  g_free (peer->id);
  g_free (peer->token);
  g_free (peer);
}

/* A peer stays registered while the socket lives that it is reached by, and is remembered while any does. */
static void
remove_socket (FrPeerRegistry *self, Socket *socket)
{
  Peer *peer = socket->peer;

  if (g_queue_peek_tail (&peer->sockets) == socket)
    unregister (self, peer);
  g_queue_remove (&peer->sockets, socket);
  g_hash_table_remove (self->sockets, &socket->number);
  if (g_queue_is_empty (&peer->sockets))
    remove_peer (self, peer);
}

static void
close_socket (FrPeerRegistry *self, Socket *socket)
{
  push_action (self, FR_PEER_ACTION_CLOSE, socket->number, NULL);
  remove_socket (self, socket);
}

static void
refuse (FrPeerRegistry *self, guint64 socket, const char *type, const char *words)
{
  push_notice (self, socket, type, words);
  push_action (self, FR_PEER_ACTION_CLOSE, socket, NULL);
}

static void
send_to (FrPeerRegistry *self, Peer *peer, const char *text)
{
  Socket *socket = g_queue_peek_tail (&peer->sockets);

  push_action (self, FR_PEER_ACTION_SEND, socket->number, g_strdup (text));
}

static void
send_expire (FrPeerRegistry *self, const char *absent, const char *sender)
{
  Peer *peer = g_hash_table_lookup (self->peers, sender);
  g_autofree char *text = NULL;

  if (peer == NULL)
    return;
  text = make_message ("EXPIRE", absent, sender, NULL);
  send_to (self, peer, text);
}

static void
add_socket (FrPeerRegistry *self, guint64 number, Peer *peer, gint64 now_us)
{
  Socket *socket = g_new0 (Socket, 1);
  GQueue *waiting;

  socket->number = number;
  socket->peer = peer;
  fr_token_bucket_init (&socket->bucket, FR_PEER_REGISTRY_RATE, FR_PEER_REGISTRY_BURST, now_us);
  g_hash_table_insert (self->sockets, &socket->number, socket);
  g_queue_push_tail (&peer->sockets, socket);
  refresh (self, peer, now_us);
  if (peer->sockets.length > FR_PEER_REGISTRY_MAX_SOCKETS_PER_ID)
    close_socket (self, g_queue_peek_head (&peer->sockets));

  waiting = fr_peer_queues_take (self->queues, peer->id);
  for (GList *link = waiting != NULL ? waiting->head : NULL; link != NULL; link = link->next)
    send_to (self, peer, ((FrPeerMessage *) link->data)->text);
  fr_peer_messages_free (waiting);
}

static Peer *
add_peer (FrPeerRegistry *self, const char *id, const char *token)
{
  Peer *peer = g_new0 (Peer, 1);

  peer->id = g_strdup (id);
  peer->token = g_strdup (token);
  peer->is_registered = TRUE;
  g_queue_init (&peer->sockets);
  peer->age_link.data = peer;
  g_queue_push_tail_link (&self->by_age, &peer->age_link);
  g_hash_table_insert (self->peers, peer->id, peer);
  return peer;
}

static gboolean
is_acceptable (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= FR_PEER_REGISTRY_MAX_ID_SIZE
         && g_utf8_validate (text, -1, NULL);
}

/* The types that go from peer to peer; those that PeerServer does not keep for an absent one; those that it knows. */
static gboolean
is_relayed (const char *type)
{
  static const char *const types[] = { "OFFER", "ANSWER", "CANDIDATE", "LEAVE", "EXPIRE", NULL };

  return g_strv_contains (types, type);
}

static gboolean
is_kept (const char *type)
{
  return strcmp (type, "LEAVE") != 0 && strcmp (type, "EXPIRE") != 0;
}

static gboolean
may_pass (FrPeerRegistry *self, const char *src, const char *dst)
{
  return self->owner == NULL || strcmp (src, self->owner) == 0 || strcmp (dst, self->owner) == 0;
}

static void
relay (FrPeerRegistry *self, Peer *sender, const char *type, JsonObject *message, gint64 now_us)
{
  const char *dst = fr_json_get_string (message, "dst", FR_PEER_REGISTRY_MAX_ID_SIZE);
  g_autofree char *text = NULL;
  Peer *receiver;

  if (dst == NULL || *dst == '\0')
    {
      if (strcmp (type, "LEAVE") == 0)
        unregister (self, sender);
      return;
    }
  if (!may_pass (self, sender->id, dst))
    {
      if (is_kept (type))
        send_expire (self, dst, sender->id);
      return;
    }
  text = make_message (type, sender->id, dst, json_object_dup_member (message, "payload"));
  if (strlen (text) > FR_JSON_MAX_SIZE) /* it grew by the sender's id: nobody would take it */
    return;
  receiver = g_hash_table_lookup (self->peers, dst);
  if (receiver != NULL)
    send_to (self, receiver, text);
  else if (is_kept (type) && !fr_peer_queues_add (self->queues, dst, sender->id, text, now_us))
    send_expire (self, dst, sender->id);
}

static void
expire_queue (FrPeerRegistry *self, GQueue *messages, const char *dst)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (GList *link = messages->head; link != NULL; link = link->next)
    {
      FrPeerMessage *message = link->data;

      if (g_hash_table_add (told, message->src))
        send_expire (self, dst, message->src);
    }
}

static void
drop_peer (FrPeerRegistry *self, Peer *peer)
{
  guint n_sockets = peer->sockets.length;

  for (guint i = 0; i < n_sockets; i++)
    close_socket (self, g_queue_peek_head (&peer->sockets));
}

/**
 * fr_peer_registry_new:
 * @key: the key that peers must give; no secret
 * @max_ids: how many peers may be registered; at most %FR_PEER_REGISTRY_MAX_IDS
 *
 * Returns: (transfer full): a registry of nobody
 */
FrPeerRegistry *
fr_peer_registry_new (const char *key, guint max_ids)
{
  FrPeerRegistry *self;

  g_return_val_if_fail (key != NULL, NULL);

  self = g_new0 (FrPeerRegistry, 1);
  self->key = g_strdup (key);
  self->max_ids = MIN (max_ids, FR_PEER_REGISTRY_MAX_IDS);
  self->sockets = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->peers = g_hash_table_new (g_str_hash, g_str_equal);
  self->queues = fr_peer_queues_new ();
  g_queue_init (&self->by_age);
  g_queue_init (&self->actions);
  return self;
}

/**
 * fr_peer_registry_free:
 * @self: (nullable) (transfer full): a registry
 *
 * Frees a registry; its sockets are the driver's to close.
 */
void
fr_peer_registry_free (FrPeerRegistry *self)
{
  Peer *peer;

  if (self == NULL)
    return;
  while ((peer = g_queue_peek_head (&self->by_age)) != NULL)
    drop_peer (self, peer);
  g_hash_table_unref (self->sockets);
  g_hash_table_unref (self->peers);
  fr_peer_queues_free (self->queues);
  g_queue_clear_full (&self->actions, (GDestroyNotify) action_free);
  g_free (self->key);
  g_free (self->owner);
  g_free (self);
}

/**
 * fr_peer_registry_set_owner:
 * @self: a registry
 * @owner: (nullable): an id
 *
 * Lets messages pass to and from that id only, from now on; %NULL: between all. The others wait in vain, as for somebody who
 * is not there.
 */
void
fr_peer_registry_set_owner (FrPeerRegistry *self, const char *owner)
{
  char *copy = g_strdup (owner);

  g_free (self->owner);
  self->owner = copy;
}

/**
 * fr_peer_registry_accept:
 * @self: a registry
 * @socket: a number for a socket that has been opened
 * @key: (nullable): what its address said
 * @id: (nullable): what its address said
 * @token: (nullable): what its address said
 * @now_us: the time in microseconds
 *
 * Registers a peer and answers OPEN; or takes over its registration, if it has the same token, without an answer; or
 * says why not and closes the socket. What waited for the peer follows.
 */
void
fr_peer_registry_accept (FrPeerRegistry *self,
                         guint64 socket,
                         const char *key,
                         const char *id,
                         const char *token,
                         gint64 now_us)
{
  Peer *peer;

  g_return_if_fail (socket != 0 && !g_hash_table_contains (self->sockets, &socket));

  fr_peer_registry_tick (self, now_us);
  if (key == NULL || *key == '\0' || !is_acceptable (id) || !is_acceptable (token))
    {
      refuse (self, socket, "ERROR", MESSAGE_INCOMPLETE);
      return;
    }
  if (strcmp (key, self->key) != 0)
    {
      refuse (self, socket, "ERROR", MESSAGE_KEY);
      return;
    }
  peer = g_hash_table_lookup (self->peers, id);
  if (peer != NULL && strcmp (token, peer->token) != 0)
    {
      refuse (self, socket, "ID-TAKEN", MESSAGE_TAKEN);
      return;
    }
  if (peer == NULL && self->by_age.length >= self->max_ids)
    {
      refuse (self, socket, "ERROR", MESSAGE_FULL);
      return;
    }
  if (peer == NULL)
    {
      peer = add_peer (self, id, token);
      push_notice (self, socket, "OPEN", NULL);
    }
  add_socket (self, socket, peer, now_us);
}

/**
 * fr_peer_registry_receive:
 * @self: a registry
 * @socket: where it came from; one that is closed already is ignored
 * @text: a message; need not end with a NUL
 * @size: its size in bytes
 * @now_us: the time in microseconds
 *
 * Relays a message. Types that are not known are dropped; what is no JSON object, and more messages than
 * %FR_PEER_REGISTRY_RATE a second allow, end the connection with an ERROR.
 */
void
fr_peer_registry_receive (FrPeerRegistry *self, guint64 socket, const char *text, gsize size, gint64 now_us)
{
  Socket *from = g_hash_table_lookup (self->sockets, &socket);
  g_autoptr (JsonNode) root = NULL;
  const char *type;

  if (from == NULL)
    return;
  if (!fr_token_bucket_take (&from->bucket, 1, now_us))
    {
      push_notice (self, socket, "ERROR", MESSAGE_TOO_MANY);
      close_socket (self, from);
      return;
    }
  root = fr_json_guard_parse (text, (gssize) size, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      push_notice (self, socket, "ERROR", MESSAGE_NOT_JSON);
      close_socket (self, from);
      return;
    }
  type = fr_json_get_string (json_node_get_object (root), "type", FR_JSON_MAX_SIZE);
  if (type == NULL)
    return;
  if (strcmp (type, "HEARTBEAT") == 0)
    refresh (self, from->peer, now_us);
  else if (is_relayed (type))
    relay (self, from->peer, type, json_node_get_object (root), now_us);
}

/**
 * fr_peer_registry_remove:
 * @self: a registry
 * @socket: a socket that has been closed; one that is not known is ignored
 *
 * Ends the registration, unless another socket has taken it over.
 */
void
fr_peer_registry_remove (FrPeerRegistry *self, guint64 socket)
{
  Socket *gone = g_hash_table_lookup (self->sockets, &socket);

  if (gone != NULL)
    remove_socket (self, gone);
}

/**
 * fr_peer_registry_tick:
 * @self: a registry
 * @now_us: the time in microseconds
 *
 * Gives up what waited too long for a peer: each sender gets one EXPIRE. Drops the peers that sent no HEARTBEAT for
 * %FR_PEER_REGISTRY_ALIVE_US.
 */
void
fr_peer_registry_tick (FrPeerRegistry *self, gint64 now_us)
{
  GQueue *messages;
  Peer *oldest;
  char *dst;

  while ((messages = fr_peer_queues_take_expired (self->queues, now_us, &dst)) != NULL)
    {
      expire_queue (self, messages, dst);
      fr_peer_messages_free (messages);
      g_free (dst);
    }
  while ((oldest = g_queue_peek_head (&self->by_age)) != NULL && now_us >= oldest->alive_until_us)
    drop_peer (self, oldest);
}

/**
 * fr_peer_registry_next_deadline:
 * @self: a registry
 *
 * Returns: when fr_peer_registry_tick() is to be called, in microseconds; %G_MAXINT64 if nothing waits
 */
gint64
fr_peer_registry_next_deadline (FrPeerRegistry *self)
{
  Peer *oldest = g_queue_peek_head (&self->by_age);
  gint64 deadline = fr_peer_queues_next_deadline (self->queues);

  return oldest != NULL ? MIN (oldest->alive_until_us, deadline) : deadline;
}

/**
 * fr_peer_registry_next_action:
 * @self: a registry
 * @out_action: (out caller-allocates): what to do next, to be cleared; untouched if there is nothing
 *
 * Returns: whether there is anything to do
 */
gboolean
fr_peer_registry_next_action (FrPeerRegistry *self, FrPeerAction *out_action)
{
  FrPeerAction *action = g_queue_pop_head (&self->actions);

  if (action == NULL)
    return FALSE;
  *out_action = *action;
  g_free (action);
  return TRUE;
}

/**
 * fr_peer_registry_n_ids:
 * @self: a registry
 *
 * Returns: how many peers are registered
 */
guint
fr_peer_registry_n_ids (FrPeerRegistry *self)
{
  return g_hash_table_size (self->peers);
}

/**
 * fr_peer_registry_has_id:
 * @self: a registry
 * @id: an id
 *
 * Returns: whether @id is registered
 */
gboolean
fr_peer_registry_has_id (FrPeerRegistry *self, const char *id)
{
  return g_hash_table_contains (self->peers, id);
}
