/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "fr-dial-proof.h"
#include "fr-test-support.h"
#include "hostile-ground.h"
#include "tests.h"

/* A rendezvous server that does as it likes, with a node that has a link already. Whatever the server does, searches on
 * that link are answered, memory and time are bounded, and an honest server is good enough afterwards. What rewrites
 * descriptions on their way is in tests/node/test-rewriting-server.c. */

enum
{
  HOLDER,
  VICTIM,
};

#define OPEN "{\"type\":\"OPEN\"}"
#define SEARCH_S 5
#define HOME_S 15

typedef struct _Server Server;

typedef struct
{
  const char *name;
  void (*begin) (Server *server);                       /* once the socket is open; NULL: nothing is said */
  void (*hear) (Server *server, const FrSignal *signal); /* nullable: what the node says, but heartbeats */
  gboolean dials;                                        /* the node is made to dial somebody there */
} Case;

struct _Server
{
  const Case *test;
  SoupServer *soup;
  SoupWebsocketConnection *connection; /* the last one */
  char *address;
  guint n_connections;
  guint n_heard;
};

static NodeLab lab;

static void
say (Server *server, const char *text)
{
  if (soup_websocket_connection_get_state (server->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (server->connection, text);
}

static void
cut (Server *server)
{
  if (soup_websocket_connection_get_state (server->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (server->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

/* What it says */

static void
open_only (Server *server)
{
  say (server, OPEN);
}

static void
close_before_open (Server *server)
{
  cut (server);
}

static void
close_after_open (Server *server)
{
  say (server, OPEN);
  cut (server);
}

static void
drop_after_open (Server *server)
{
  say (server, OPEN);
  g_io_stream_close (soup_websocket_connection_get_io_stream (server->connection), NULL, NULL);
}

static void
send_binary (Server *server)
{
  g_autofree char *bytes = g_strnfill (50000, '\x80');

  say (server, OPEN);
  for (guint i = 0; i < 200; i++)
    soup_websocket_connection_send_binary (server->connection, bytes, 50000);
}

static void
flood (Server *server)
{
  say (server, OPEN);
  for (guint i = 0; i < 10000; i++)
    say (server, i % 2 == 0 ? "{\"type\":\"EXPIRE\",\"src\":\"nobody\"}" : "{\"type\":\"GOSSIP\"}");
}

static void
nest (Server *server)
{
  g_autofree char *brackets = g_strnfill (120000, '[');
  g_autofree char *fewer = g_strnfill (60000, '[');

  say (server, OPEN);
  for (guint i = 0; i < 50; i++)
    say (server, fewer);
  say (server, brackets);
}

static void
say_huge (Server *server)
{
  g_autofree char *huge = g_strnfill (8 * 1024 * 1024, ' ');

  say (server, OPEN);
  say (server, huge);
}

static void
take_back (Server *server)
{
  say (server, OPEN);
  for (guint i = 0; i < 100; i++)
    {
      say (server, "{\"type\":\"ID-TAKEN\",\"payload\":{\"msg\":\"no\"}}");
      say (server, "{\"type\":\"ERROR\",\"payload\":{\"msg\":\"no\"}}");
      say (server, OPEN);
    }
}

static void
say_signal (Server *server, FrSignal *signal)
{
  g_autofree char *json = fr_signal_to_json (signal);

  say (server, json);
}

/* Offers of people who never made them: with a signature of somebody else, and with none. */
static void
forge_senders (Server *server)
{
  g_autoptr (FrIdentity) somebody = fr_identity_new ();
  const FrPeerKey *holder = fr_node_get_key (lab.nodes[HOLDER]);

  say (server, OPEN);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (FrSignal) offer = fr_signal_new (FR_SIGNAL_OFFER);

      offer->src = g_strdup ("node-0");
      offer->dst = g_strdup (fr_node_get_address (lab.nodes[VICTIM]));
      offer->sdp = g_strdup ("v=0\r\n");
      offer->note.version_min = offer->note.version_max = 1;
      offer->note.purpose = FR_DIAL_PURPOSE_LINK;
      memcpy (offer->note.dial_id, &i, sizeof i);
      offer->connection_id = fr_dial_note_make_connection_id (&offer->note);
      fr_dial_proof_sign (offer, somebody);
      if (i % 2 == 0)
        offer->note.key = *holder;
      say_signal (server, offer);
    }
}

/* What it does with what it hears */

static void
close_on_word (Server *server, const FrSignal *signal)
{
  cut (server);
}

static void
swallow (Server *server, const FrSignal *signal)
{
}

static void
expire_often (Server *server, const FrSignal *signal)
{
  g_autoptr (FrSignal) expire = fr_signal_new (FR_SIGNAL_EXPIRE);

  expire->src = g_strdup (signal->dst);
  expire->dst = g_strdup (signal->src);
  expire->connection_id = g_strdup (signal->connection_id);
  for (guint i = 0; i < 500; i++)
    say_signal (server, expire);
}

/* The offer comes back as if it were the answer, and as an offer of whom it was for. */
static void
throw_back (Server *server, const FrSignal *signal)
{
  g_autoptr (FrSignal) answer = fr_signal_copy (signal);

  if (signal->type != FR_SIGNAL_OFFER)
    return;
  g_free (answer->src);
  answer->src = g_strdup (signal->dst);
  say_signal (server, answer);
  answer->type = FR_SIGNAL_ANSWER;
  say_signal (server, answer);
}

/* An answer of the server's own making: whoever is there, it is not who was meant, and there is no session. */
static void
answer_itself (Server *server, const FrSignal *signal)
{
  g_autoptr (FrIdentity) own = fr_identity_new ();
  g_autoptr (FrSignal) answer = fr_signal_copy (signal);

  if (signal->type != FR_SIGNAL_OFFER)
    return;
  answer->type = FR_SIGNAL_ANSWER;
  g_free (answer->src);
  answer->src = g_strdup (signal->dst);
  g_free (answer->dst);
  answer->dst = g_strdup (signal->src);
  fr_dial_proof_sign (answer, own);
  say_signal (server, answer);
}

static const Case cases[] = {
  { "says-nothing", NULL, NULL, FALSE },
  { "closes-before-open", close_before_open, NULL, FALSE },
  { "closes-after-open", close_after_open, NULL, FALSE },
  { "drops-after-open", drop_after_open, NULL, FALSE },
  { "sends-binary", send_binary, NULL, FALSE },
  { "floods", flood, NULL, FALSE },
  { "nests-brackets", nest, NULL, FALSE },
  { "says-too-much", say_huge, NULL, FALSE },
  { "takes-back", take_back, NULL, FALSE },
  { "forges-senders", forge_senders, NULL, FALSE },
  { "closes-on-offer", open_only, close_on_word, TRUE },
  { "swallows-offers", open_only, swallow, TRUE },
  { "expires-offers", open_only, expire_often, TRUE },
  { "throws-offers-back", open_only, throw_back, TRUE },
  { "answers-itself", open_only, answer_itself, TRUE },
};

static void
message_cb (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer data)
{
  Server *server = data;
  gsize size;
  const char *text = g_bytes_get_data (message, &size);
  g_autoptr (FrSignal) signal = fr_signal_parse (text, (gssize) size, NULL);

  if (signal == NULL || signal->type == FR_SIGNAL_HEARTBEAT)
    return;
  server->n_heard++;
  if (server->test->hear != NULL)
    server->test->hear (server, signal);
}

static void
connected_cb (SoupServer *soup, SoupServerMessage *message, const char *path, SoupWebsocketConnection *connection,
              gpointer data)
{
  Server *server = data;

  g_set_object (&server->connection, connection);
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), server);
  server->n_connections++;
  if (server->test->begin != NULL)
    server->test->begin (server);
}

static void
server_init (Server *server, const Case *test)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  *server = (Server) { .test = test, .soup = soup_server_new (NULL, NULL) };
  soup_server_add_websocket_handler (server->soup, "/peerjs", NULL, NULL, connected_cb, server, NULL);
  soup_server_listen_local (server->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server->soup);
  server->address = g_strdup_printf ("ws://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
server_clear (Server *server)
{
  if (server->connection != NULL)
    g_signal_handlers_disconnect_by_data (server->connection, server);
  g_clear_object (&server->connection);
  soup_server_disconnect (server->soup);
  g_object_unref (server->soup);
  g_free (server->address);
}

static gboolean
has_come (gpointer data)
{
  return ((Server *) data)->n_connections > 0;
}

static gboolean
has_spoken (gpointer data)
{
  return ((Server *) data)->n_heard > 0;
}

static gboolean
is_answered (gpointer search)
{
  ground_measure ();
  return fr_search_get_n_holders (search) > 0;
}

static void
assert_searches (void)
{
  g_autoptr (FrSearch) search = fr_node_search (lab.nodes[VICTIM], "lighthouse", NULL);

  fr_test_wait_until (is_answered, search, SEARCH_S);
  fr_search_stop (search);
}

static void
ensure_lab (void)
{
  g_autoptr (GBytes) picture = NULL;

  if (lab.n_nodes > 0)
    return;
  picture = lab_make_picture ("lighthouse", 0);
  lab_init (&lab, 2);
  lab_share (lab.nodes[HOLDER], picture, "Lighthouse");
}

static gboolean
is_offline (gpointer node)
{
  return fr_node_get_state (node) == FR_NODE_OFFLINE;
}

/* What is said of the server before must not be taken for what is said of this one. */
static void
move_to (const char *address)
{
  fr_node_disconnect_server (lab.nodes[VICTIM]);
  fr_test_wait_until (is_offline, lab.nodes[VICTIM], 10);
  g_assert_true (fr_node_connect_server (lab.nodes[VICTIM], address, NULL));
}

static void
test_server (gconstpointer data)
{
  g_autofree char *home = NULL;
  FrPerson *person = NULL;
  Server server;

  ensure_lab ();
  ground_begin ();
  home = g_strdup (fr_node_get_server (lab.nodes[VICTIM]));
  server_init (&server, data);
  move_to (server.address);
  fr_test_wait_until (has_come, &server, 10);
  if (server.test->dials)
    {
      fr_test_wait_until (lab_is_online, lab.nodes[VICTIM], 10);
      person = lab_add_person (lab.nodes[VICTIM], "somebody");
      fr_test_wait_until (has_spoken, &server, 10);
    }
  assert_searches ();
  if (person != NULL)
    {
      g_assert_cmpint (fr_person_get_state (person), !=, FR_PERSON_HERE);
      fr_people_remove (fr_node_get_people (lab.nodes[VICTIM]), person);
    }

  move_to (home);
  fr_test_wait_until (lab_is_online, lab.nodes[VICTIM], HOME_S);
  g_assert_cmpuint (fr_people_get_n_here (fr_node_get_people (lab.nodes[VICTIM])), ==, 1);
  server_clear (&server);
  ground_end ();
}

void
test_server_clear (void)
{
  lab_clear (&lab);
}

void
test_server_add (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hostile/server/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_server);
    }
}
