/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-clock.h"
#include "fr-link-private.h"
#include "fr-network-core-private.h"
#include "fr-network-private.h"
#include "fr-node-private.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "tests.h"

/* Three nodes in a line. The one in the middle sleeps, or changes its address; the first is dead for it meanwhile, and
 * neither of the two has been told. */
typedef struct
{
  NodeLab lab;
  FrPerson *dead, *living;
  guint n_woken;
  guint n_living_changes;
} Line;

#define LEAP_US (600 * G_USEC_PER_SEC)
#define NOTICED_S 10 /* two for the next upkeep, half before anybody is asked, two without an answer; and some */
#define DIALLED_S 15 /* five more, then a dial */

static gint64 leap_us; /* in the one network thread that leaps */

static gint64
leaping_clock (void)
{
  return fr_clock_now_us () + leap_us;
}

static void
do_leap (FrNetworkCore *core, gconstpointer arguments)
{
  leap_us = 0;
  fr_network_core_set_clock (core, leaping_clock);
  leap_us = LEAP_US;
}

/* From now on this side hears nothing on its links, not even their end. */
static void
do_deafen (FrNetworkCore *core, gconstpointer arguments)
{
  GPtrArray *links = fr_switchboard_get_links (core->switchboard);

  g_assert_cmpuint (links->len, >, 0);
  for (guint i = 0; i < links->len; i++)
    {
      FrLink *link = g_ptr_array_index (links, i);

      g_signal_handlers_block_matched (link->control, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, link);
      g_signal_handlers_block_matched (link->session, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, link);
    }
}

static void
report_cb (FrNetwork *network, FrNetworkReport *report, gpointer data)
{
  if (report->type == FR_REPORT_WOKEN)
    ((Line *) data)->n_woken++;
}

static void
living_changed_cb (FrPerson *person, GParamSpec *pspec, gpointer data)
{
  ((Line *) data)->n_living_changes++;
}

static gboolean
is_away (gpointer data)
{
  return fr_person_get_state (data) != FR_PERSON_HERE;
}

static gboolean
is_woken (gpointer data)
{
  return ((Line *) data)->n_woken > 0;
}

static FrPerson *
find_person (NodeLab *lab, guint who, guint whom)
{
  FrPerson *person = fr_people_find_key (fr_node_get_people (lab->nodes[who]), fr_node_get_key (lab->nodes[whom]));

  g_assert_nonnull (person);
  return g_object_ref (person);
}

static void
set_up (Line *line, gconstpointer data)
{
  lab_init (&line->lab, 3);
  line->dead = find_person (&line->lab, 1, 0);
  line->living = find_person (&line->lab, 1, 2);
  fr_test_wait_until (lab_is_here, line->living, 5);
  g_signal_connect (line->living, "notify::state", G_CALLBACK (living_changed_cb), line);
  g_signal_connect (line->lab.nodes[1]->network, "report", G_CALLBACK (report_cb), line);
  fr_network_call_send (fr_network_call_new (line->lab.nodes[0]->network, do_deafen));
}

static void
tear_down (Line *line, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (line->living, line);
  g_signal_handlers_disconnect_by_data (line->lab.nodes[1]->network, line);
  g_clear_object (&line->dead);
  g_clear_object (&line->living);
  lab_clear (&line->lab);
}

static double
seconds_since (gint64 began_us)
{
  return (double) (g_get_monotonic_time () - began_us) / G_USEC_PER_SEC;
}

/* Nobody searches, so nothing but being woken makes anybody ask in this time: a quiet link is asked each 20 s, and given
 * up after several of these. */
static void
assert_recovers (Line *line, gint64 began_us)
{
  fr_test_wait_until (is_woken, line, 5);
  g_test_message ("Woken after %.1f s", seconds_since (began_us));
  fr_test_wait_until (is_away, line->dead, NOTICED_S);
  g_test_message ("The dead link was noticed after %.1f s", seconds_since (began_us));
  fr_test_wait_until (lab_is_here, line->dead, DIALLED_S);
  g_test_message ("Linked again after %.1f s", seconds_since (began_us));
  fr_test_wait_until (lab_is_online, line->lab.nodes[1], 5);
  g_assert_cmpint (fr_person_get_state (line->living), ==, FR_PERSON_HERE);
  g_assert_cmpuint (line->n_living_changes, ==, 0);
  g_assert_cmpuint (line->n_woken, ==, 1);
}

static void
test_clock_leaps (Line *line, gconstpointer data)
{
  gint64 began_us = g_get_monotonic_time ();

  fr_network_call_send (fr_network_call_new (line->lab.nodes[1]->network, do_leap));
  assert_recovers (line, began_us);
}

static void
test_other_address (Line *line, gconstpointer data)
{
  gint64 began_us = g_get_monotonic_time ();

  fr_node_move (line->lab.nodes[1], line->lab.nodes[1]->host); /* nothing has changed yet */
  fr_node_move (line->lab.nodes[1], "127.0.0.2");
  assert_recovers (line, began_us);
}

/* A doorbell that began without a network */

static gboolean
answers (const char *host, guint port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, host, (guint16) port, NULL, NULL);

  return connection != NULL;
}

typedef struct
{
  int port; /* atomic: 0 until the doorbell is heard there */
  FrNode *node;
} Doorbell;

static void
do_find_doorbell (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;
  Doorbell *doorbell = g_object_get_data (G_OBJECT (call->network), "doorbell");

  if (core->doorbell != NULL && fr_registration_is_online (core->doorbell))
    g_atomic_int_set (&doorbell->port, (int) fr_peer_server_get_port (core->doorbell_server));
}

static gboolean
is_found (gpointer data)
{
  Doorbell *doorbell = data;

  if (g_atomic_int_get (&doorbell->port) != 0)
    return TRUE;
  fr_network_call_send (fr_network_call_new (doorbell->node->network, do_find_doorbell));
  return FALSE;
}

static guint
find_doorbell (FrNode *node)
{
  Doorbell doorbell = { .node = node };

  g_object_set_data (G_OBJECT (node->network), "doorbell", &doorbell);
  fr_test_wait_until (is_found, &doorbell, 10);
  return (guint) doorbell.port;
}

static void
test_doorbell_moves (void)
{
  NodeLab lab = { .n_nodes = 0 };
  FrNodeOptions options = { .name = "Anna", .doorbell = TRUE };
  FrNode *node = lab_add_node_with (&lab, &options);
  guint port = find_doorbell (node);

  g_assert_true (answers ("127.0.0.1", port));
  g_assert_false (answers ("127.0.0.2", port));
  fr_node_move (node, "127.0.0.2");
  port = find_doorbell (node);
  g_assert_true (answers ("127.0.0.2", port));
  g_assert_true (node->parts->webrtc.loopback_only); /* as the test has asked for */
  /* it stays where it is when the network goes again */
  fr_node_move (node, "127.0.0.1");
  g_assert_cmpuint (find_doorbell (node), ==, port);
  node->parts->loopback_only = FALSE;
  fr_node_move (node, "127.0.0.2");
  g_assert_false (node->parts->webrtc.loopback_only);
  fr_node_move (node, "127.0.0.1");
  g_assert_true (node->parts->webrtc.loopback_only);
  lab_clear (&lab);
}

void
test_wake_add (void)
{
  g_test_add ("/node/wake/clock-leaps", Line, NULL, set_up, test_clock_leaps, tear_down);
  g_test_add ("/node/wake/other-address", Line, NULL, set_up, test_other_address, tear_down);
  g_test_add_func ("/node/wake/doorbell-moves", test_doorbell_moves);
}
