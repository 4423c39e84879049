/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-relay.h"

#include "fr-test-support.h"

#include <stun/stunagent.h>
#include <stun/usages/turn.h>

#include <string.h>

#define REALM "freshet"
#define MESSAGE_SIZE 1280
#define HUGE_SIZE 60000

struct _FakeRelay
{
  FakeRelayManner manner;
  StunAgent agent;
  GRand *rand;
  GSocket *socket;         /* for UDP */
  GSocketService *service; /* for TCP */
  GPtrArray *connections;  /* of GSocketConnection */
  GPtrArray *sources;      /* of GSource */
  guint16 port;
  guint n_requests;
  guint n_allocations;
};

static StunDefaultValidaterData people[] = {
  { (uint8_t *) FAKE_RELAY_USER, strlen (FAKE_RELAY_USER), (uint8_t *) FAKE_RELAY_PASSWORD, strlen (FAKE_RELAY_PASSWORD) },
  { NULL, 0, NULL, 0 },
};

static void
append_addresses (FakeRelay *self, StunMessage *message, GSocketAddress *from)
{
  struct sockaddr_storage address = { 0 };
  gssize size = g_socket_address_get_native_size (from);

  g_assert_true (g_socket_address_to_native (from, &address, sizeof address, NULL));
  if (self->manner == FAKE_RELAY_ELSEWHERE)
    ((struct sockaddr_in *) &address)->sin_addr.s_addr = g_htonl (0xCB007105); /* 203.0.113.5 */
  if (self->manner == FAKE_RELAY_NO_ADDRESS)
    return;
  stun_message_append_xor_addr (message, STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS, &address, size);
  if (stun_message_get_method (message) == STUN_ALLOCATE)
    stun_message_append_xor_addr (message, STUN_ATTRIBUTE_RELAY_ADDRESS, &address, size);
  stun_message_append32 (message, STUN_ATTRIBUTE_LIFETIME, 600);
}

static gsize
make_error (FakeRelay *self, StunMessage *request, guint8 *bytes, StunError code)
{
  StunMessage answer = { 0 };
  g_autofree char *nonce = g_strdup_printf ("%u", self->n_requests);

  g_assert_true (stun_agent_init_error (&self->agent, &answer, bytes, MESSAGE_SIZE, request, code));
  if ((code == STUN_ERROR_UNAUTHORIZED || code == STUN_ERROR_STALE_NONCE) && self->manner != FAKE_RELAY_NO_REALM)
    {
      stun_message_append_string (&answer, STUN_ATTRIBUTE_REALM, REALM);
      stun_message_append_string (&answer, STUN_ATTRIBUTE_NONCE, nonce);
    }
  return stun_agent_finish_message (&self->agent, &answer, request->key, request->key_len);
}

static gsize
make_success (FakeRelay *self, StunMessage *request, guint8 *bytes, GSocketAddress *from)
{
  StunMessage answer = { 0 };
  gboolean is_signed = self->manner != FAKE_RELAY_UNSIGNED;

  g_assert_true (stun_agent_init_response (&self->agent, &answer, bytes, MESSAGE_SIZE, request));
  append_addresses (self, &answer, from);
  if (!is_signed)
    answer.key = NULL;
  return stun_agent_finish_message (&self->agent, &answer, is_signed ? request->key : NULL,
                                    is_signed ? request->key_len : 0);
}

static gsize
answer_turn (FakeRelay *self, StunMessage *request, StunValidationStatus status, guint8 *bytes, GSocketAddress *from)
{
  uint32_t lifetime = 1;

  if (status != STUN_VALIDATION_SUCCESS)
    return make_error (self, request, bytes, STUN_ERROR_UNAUTHORIZED);
  if (self->manner == FAKE_RELAY_STALE)
    return make_error (self, request, bytes, STUN_ERROR_STALE_NONCE);
  if (self->manner == FAKE_RELAY_REFUSES)
    return make_error (self, request, bytes, STUN_ERROR_FORBIDDEN);
  if (self->manner == FAKE_RELAY_FULL)
    return make_error (self, request, bytes, STUN_ERROR_ALLOCATION_QUOTA_REACHED);
  if (stun_message_get_method (request) == STUN_REFRESH)
    {
      g_assert_cmpint (stun_message_find32 (request, STUN_ATTRIBUTE_LIFETIME, &lifetime), ==,
                       STUN_MESSAGE_RETURN_SUCCESS);
      g_assert_cmpuint (lifetime, ==, 0);
      self->n_allocations--;
    }
  else
    self->n_allocations++;
  return make_success (self, request, bytes, from);
}

static gsize
make_noise (FakeRelay *self, guint8 *bytes)
{
  gsize i, size = g_rand_int_range (self->rand, 1, MESSAGE_SIZE);

  for (i = 0; i < size; i++)
    bytes[i] = g_rand_int (self->rand);
  if (g_rand_boolean (self->rand))
    bytes[0] &= 0x3f; /* as messages begin */
  return size;
}

/* What is wrong with an answer is done to a good one. */
static gsize
spoil (FakeRelay *self, guint8 *bytes, gsize size)
{
  switch (self->manner)
    {
    case FAKE_RELAY_OTHER_ID:
      bytes[19] ^= 0xff;
      return size;
    case FAKE_RELAY_TOO_LONG:
      bytes[2] = 0x7f;
      return size;
    case FAKE_RELAY_TOO_SHORT:
      bytes[2] = bytes[3] = 0;
      return size;
    case FAKE_RELAY_LONG_ATTRIBUTE:
      bytes[22] = 0xff; /* the length of the first one */
      return size;
    default:
      return size;
    }
}

/* Returns: the size of what is to be sent; 0: nothing. */
static gsize
answer (FakeRelay *self, guint8 *request_bytes, gsize request_size, GSocketAddress *from, guint8 *bytes)
{
  StunMessage request = { 0 };
  g_autofree guint8 *copy = g_memdup2 (request_bytes, request_size);
  StunValidationStatus status = stun_agent_validate (&self->agent, &request, copy, request_size,
                                                     stun_agent_default_validater, people);
  gsize size;

  self->n_requests++;
  g_assert_cmpint (status, !=, STUN_VALIDATION_NOT_STUN);
  g_assert_cmpint (status, !=, STUN_VALIDATION_INCOMPLETE_STUN);
  switch (self->manner)
    {
    case FAKE_RELAY_SILENT:
    case FAKE_RELAY_EMPTY:
      return 0;
    case FAKE_RELAY_NOISE:
      return make_noise (self, bytes);
    case FAKE_RELAY_ECHO:
      memcpy (bytes, request_bytes, request_size);
      return request_size;
    case FAKE_RELAY_HUGE:
      memset (bytes, 1, HUGE_SIZE);
      return HUGE_SIZE;
    case FAKE_RELAY_FORGETS_FIRST:
      if (self->n_requests % 2 == 1)
        return 0;
      break;
    case FAKE_RELAY_BROKEN:
      return make_error (self, &request, bytes, STUN_ERROR_SERVER_ERROR);
    default:
      break;
    }
  size = stun_message_get_method (&request) == STUN_BINDING
             ? make_success (self, &request, bytes, from)
             : answer_turn (self, &request, status, bytes, from);
  return spoil (self, bytes, size);
}

static void
watch (FakeRelay *self, GSocket *socket, GSocketSourceFunc callback)
{
  GSource *source = g_socket_create_source (socket, G_IO_IN, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (callback), self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_ptr_array_add (self->sources, source);
}

static gboolean
datagram_cb (GSocket *socket, GIOCondition condition, gpointer data)
{
  FakeRelay *self = data;
  g_autoptr (GSocketAddress) from = NULL;
  g_autofree guint8 *bytes = g_malloc (HUGE_SIZE);
  guint8 request[MESSAGE_SIZE];
  gssize size = g_socket_receive_from (socket, &from, (char *) request, sizeof request, NULL, NULL);

  if (size <= 0)
    return G_SOURCE_CONTINUE;
  size = answer (self, request, size, from, bytes);
  if (size > 0 || self->manner == FAKE_RELAY_EMPTY)
    g_socket_send_to (socket, from, (char *) bytes, size, NULL, NULL);
  return G_SOURCE_CONTINUE;
}

/* One read a request: enough on the loopback interface. */
static gboolean
stream_cb (GSocket *socket, GIOCondition condition, gpointer data)
{
  FakeRelay *self = data;
  g_autoptr (GSocketAddress) from = g_socket_get_remote_address (socket, NULL);
  g_autofree guint8 *bytes = g_malloc (HUGE_SIZE);
  guint8 request[MESSAGE_SIZE];
  gssize size = g_socket_receive (socket, (char *) request, sizeof request, NULL, NULL);

  if (size > 0)
    size = answer (self, request, size, from, bytes);
  if (size <= 0 && (self->manner == FAKE_RELAY_EMPTY || size < 0))
    g_socket_close (socket, NULL);
  if (g_socket_is_closed (socket))
    return G_SOURCE_REMOVE;
  /* in two parts: a stream has no borders */
  if (size > 7)
    {
      g_socket_send (socket, (char *) bytes, 7, NULL, NULL);
      g_socket_send (socket, (char *) bytes + 7, size - 7, NULL, NULL);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  FakeRelay *self = data;

  watch (self, g_socket_connection_get_socket (connection), stream_cb);
  g_ptr_array_add (self->connections, g_object_ref (connection));
  return TRUE;
}

static void
serve_udp (FakeRelay *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_assert_true (g_socket_bind (self->socket, address, FALSE, NULL));
  bound = g_socket_get_local_address (self->socket, NULL);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  watch (self, self->socket, datagram_cb);
}

static void
serve_tcp (FakeRelay *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->service = g_socket_service_new ();
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
}

FakeRelay *
fake_relay_new (FakeRelayManner manner, gboolean over_tcp)
{
  FakeRelay *self = g_new0 (FakeRelay, 1);

  self->manner = manner;
  self->rand = fr_test_rand_new ();
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) g_source_unref);
  stun_agent_init (&self->agent, STUN_ALL_KNOWN_ATTRIBUTES, STUN_COMPATIBILITY_RFC5389,
                   STUN_AGENT_USAGE_LONG_TERM_CREDENTIALS);
  if (over_tcp)
    serve_tcp (self);
  else
    serve_udp (self);
  return self;
}

void
fake_relay_free (FakeRelay *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    g_source_destroy (g_ptr_array_index (self->sources, i));
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->connections);
  if (self->service != NULL)
    g_socket_service_stop (self->service);
  if (self->service != NULL)
    g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_clear_object (&self->socket);
  g_rand_free (self->rand);
  g_free (self);
}

void
fake_relay_set_manner (FakeRelay *self, FakeRelayManner manner)
{
  self->manner = manner;
}

char *
fake_relay_make_stun (FakeRelay *self)
{
  return g_strdup_printf ("stun://127.0.0.1:%u", self->port);
}

char *
fake_relay_make_turn (FakeRelay *self, const char *user, const char *password)
{
  g_autofree char *escaped = g_uri_escape_string (password, NULL, FALSE);

  return g_strdup_printf ("turn://%s:%s@127.0.0.1:%u%s", user, escaped, self->port,
                          self->service != NULL ? "?transport=tcp" : "?transport=udp");
}

guint
fake_relay_get_n_requests (FakeRelay *self)
{
  return self->n_requests;
}

guint
fake_relay_get_n_allocations (FakeRelay *self)
{
  return self->n_allocations;
}
