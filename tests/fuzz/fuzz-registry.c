/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-json-guard.h"
#include "fr-peer-registry.h"
#include "fuzz-input.h"

/* The registry of the embedded server, with sockets that come and go and say anything. */

#define KEY "peerjs"
#define MAX_IDS 4 /* so that it is full soon */

const gsize fuzz_max_size = 1024;

static const char *const names[] = { "anna", "bob", "carol", "dave", "eve", "a b", "\xc3\xa9", "" };

typedef struct
{
  FrPeerRegistry *registry;
  GHashTable *open; /* guint64 -> its id, both owned: as the driver knows them */
  guint64 last_socket;
  gint64 now_us;
  const char *sender; /* nullable: whose message is being handled */
} Server;

static const char *
any_name (FuzzInput *input)
{
  return names[fuzz_take_below (input, G_N_ELEMENTS (names))];
}

static guint64
any_socket (Server *self, FuzzInput *input)
{
  return self->last_socket > 0 ? 1 + fuzz_take_below (input, 16) % self->last_socket : 1;
}

/* Whatever peers write, what the server sends is JSON, and says truly who sent it. */
static void
check_text (Server *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = fr_json_guard_parse (text, -1, &error);
  JsonObject *object;
  const char *type, *src;

  g_assert_no_error (error);
  object = json_node_get_object (root);
  type = fr_json_get_string (object, "type", FR_JSON_MAX_SIZE);
  src = fr_json_get_string (object, "src", FR_JSON_MAX_SIZE);
  g_assert_nonnull (type);
  if (self->sender != NULL && src != NULL && strcmp (type, "EXPIRE") != 0)
    g_assert_cmpstr (src, ==, self->sender);
}

static void
drain (Server *self)
{
  FrPeerAction action = { 0 };

  while (fr_peer_registry_next_action (self->registry, &action))
    {
      g_assert_true (g_hash_table_contains (self->open, &action.socket));
      if (action.type == FR_PEER_ACTION_SEND)
        check_text (self, action.text);
      else
        g_hash_table_remove (self->open, &action.socket);
      fr_peer_action_clear (&action);
    }
}

static void
accept_socket (Server *self, FuzzInput *input)
{
  guint kind = fuzz_take_below (input, 16);
  const char *name = any_name (input);
  g_autofree char *id = kind == 0 ? fuzz_take_text (input, FR_PEER_REGISTRY_MAX_ID_SIZE + 2) : g_strdup (name);
  const char *token = any_name (input);

  self->last_socket++;
  g_hash_table_insert (self->open, g_memdup2 (&self->last_socket, sizeof self->last_socket), g_strdup (id));
  fr_peer_registry_accept (self->registry, self->last_socket, kind == 1 ? "other" : kind == 2 ? NULL : KEY,
                           kind == 3 ? NULL : id, kind == 4 ? NULL : token, self->now_us);
}

static char *
make_message (FuzzInput *input)
{
  static const char *const types[] = { "OFFER", "ANSWER", "CANDIDATE", "LEAVE", "EXPIRE", "HEARTBEAT", "OPEN", "X" };
  const char *type = types[fuzz_take_below (input, G_N_ELEMENTS (types))];
  const char *src = any_name (input), *dst = any_name (input);
  guint padding = fuzz_take_below (input, 16) == 1 ? fuzz_take_below (input, 65536) : 0;
  g_autofree char *rest = g_strnfill (padding, 'x');

  return g_strdup_printf ("{\"type\":\"%s\",\"src\":\"%s\",\"dst\":\"%s\",\"payload\":{\"rest\":\"%s\"}}", type, src,
                          dst, rest);
}

static void
receive (Server *self, FuzzInput *input)
{
  guint64 socket = any_socket (self, input);
  guint kind = fuzz_take_below (input, 8);
  g_autofree char *text = kind == 0 ? fuzz_take_text (input, 512) : make_message (input);
  g_autofree char *sender = g_strdup (g_hash_table_lookup (self->open, &socket));
  /* Now and then more than a socket may send; seldom, since it takes long. */
  gboolean floods = kind == 1 && strlen (text) < 256 && fuzz_take_below (input, 16) == 1;
  guint n = floods ? fuzz_take_below (input, FR_PEER_REGISTRY_BURST + 10) : 1;

  self->sender = sender;
  for (; n > 0; n--)
    {
      fr_peer_registry_receive (self->registry, socket, text, strlen (text), self->now_us);
      drain (self);
    }
  self->sender = NULL;
}

static void
step (Server *self, FuzzInput *input)
{
  guint64 socket;

  switch (fuzz_take_below (input, 8))
    {
    case 0:
    case 1:
      accept_socket (self, input);
      break;
    case 2:
      socket = any_socket (self, input);
      g_hash_table_remove (self->open, &socket);
      fr_peer_registry_remove (self->registry, socket);
      break;
    case 3:
      self->now_us += (gint64) fuzz_take_below (input, 256) * G_USEC_PER_SEC / 4;
      fr_peer_registry_tick (self->registry, self->now_us);
      g_assert_cmpint (fr_peer_registry_next_deadline (self->registry), >, self->now_us);
      break;
    default:
      receive (self, input);
    }
  drain (self);
  g_assert_cmpuint (fr_peer_registry_n_ids (self->registry), <=, MAX_IDS);
}

/* After a long silence nobody is there, and nothing waits. */
static void
check_rest (Server *self)
{
  self->now_us += FR_PEER_REGISTRY_ALIVE_US + FR_PEER_REGISTRY_EXPIRE_US;
  fr_peer_registry_tick (self->registry, self->now_us);
  drain (self);
  g_assert_cmpuint (fr_peer_registry_n_ids (self->registry), ==, 0);
  g_assert_cmpuint (g_hash_table_size (self->open), ==, 0);
  g_assert_cmpint (fr_peer_registry_next_deadline (self->registry), ==, G_MAXINT64);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  Server self = { .now_us = 1 };

  self.registry = fr_peer_registry_new (KEY, MAX_IDS);
  self.open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  while (input.left > 0)
    step (&self, &input);
  check_rest (&self);
  fr_peer_registry_free (self.registry);
  g_hash_table_unref (self.open);
  return 0;
}
