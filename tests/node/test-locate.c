/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-support.h"

#include "node-lab.h"
#include "rude-peer.h"
#include "tests.h"

/* Finding somebody through the real mesh. */

static gboolean
is_offline (gpointer data)
{
  return fr_node_get_state (data) == FR_NODE_WAITING;
}

static void
assert_finds (NodeLab *lab, guint who, const char *invitation)
{
  gint64 began_us = g_get_monotonic_time ();
  FrPerson *person = lab_add_person (lab->nodes[who], invitation);

  fr_test_wait_until (lab_is_here, person, 15);
  g_test_message ("Found and linked after %.2f s", (double) (g_get_monotonic_time () - began_us) / G_USEC_PER_SEC);
  g_assert_cmpstr (fr_way_to_string (fr_person_get_way (person)), ==, "overlay");
}

/* Four in a line, and no server any more. The first knows of the last nothing but the key and where they were once; and
 * the one in the middle finds somebody two links away too. */
static void
test_no_server (void)
{
  NodeLab lab = { 0 };
  g_autofree char *address = NULL, *last = NULL, *first = NULL;
  FrPeerServer *server = rude_server_new (0, &address);

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("Node %u", i);
      g_autofree char *before = g_strdup_printf ("node-%u", i - 1);

      lab_add_node (&lab, name, address);
      if (i > 0)
        fr_test_wait_until (lab_is_here, lab_add_person (lab.nodes[i], before), 15);
    }
  first = fr_node_get_invitation (lab.nodes[0]);
  last = fr_node_get_invitation (lab.nodes[3]);
  fr_peer_server_stop (server);
  g_object_unref (server);
  for (guint i = 0; i < 4; i++)
    fr_test_wait_until (is_offline, lab.nodes[i], 10);
  g_assert_null (fr_people_find_key (fr_node_get_people (lab.nodes[0]), fr_node_get_key (lab.nodes[3])));
  assert_finds (&lab, 0, last);
  assert_finds (&lab, 2, first);
  lab_clear (&lab);
}

void
test_locate_add (void)
{
  g_test_add_func ("/node/locate/no-server", test_no_server);
}
