/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-support.h"

#include "node-lab.h"
#include "rude-peer.h"
#include "tests.h"

#define N_PEERS 6
#define SETTLED 3          /* links, at least, of each */
#define HEALED_S 10        /* for everybody to have everybody's picture */

typedef struct
{
  FrPeerServer *server;
  NodeLab lab;
  FrSearch *searches[N_PEERS];
  FrFetch *fetches[N_PEERS][N_PEERS]; /* of whom, from whom */
} Six;

static gboolean
is_settled (gpointer data)
{
  NodeLab *lab = data;

  for (guint i = 0; i < lab->n_nodes; i++)
    if (fr_people_get_n_here (fr_node_get_people (lab->nodes[i])) < SETTLED)
      return FALSE;
  return TRUE;
}

static FrNode *
add_open_node (NodeLab *lab, const char *server)
{
  g_autofree char *name = g_strdup_printf ("Node %u", lab->n_nodes);
  FrNodeOptions options = { .name = name, .server = server, .open = TRUE };

  return lab_add_node_with (lab, &options);
}

static void
set_up (Six *six, gconstpointer data)
{
  g_autofree char *server = NULL;

  six->server = rude_server_new (0, &server);
  for (guint i = 0; i < N_PEERS; i++)
    {
      g_autofree char *before = g_strdup_printf ("node-%u", i - 1);
      g_autofree char *title = g_strdup_printf ("lighthouse number %u", i);
      g_autoptr (GBytes) picture = lab_make_picture (title, 3000 + i);
      FrNode *node = add_open_node (&six->lab, server);

      lab_share (node, picture, title);
      if (i > 0)
        fr_test_wait_until (lab_is_here, lab_add_person (node, before), 15);
    }
  fr_test_wait_until (is_settled, &six->lab, 60);
}

static void
tear_down (Six *six, gconstpointer data)
{
  for (guint i = 0; i < N_PEERS; i++)
    {
      for (guint k = 0; k < N_PEERS; k++)
        g_clear_object (&six->fetches[i][k]);
      g_clear_object (&six->searches[i]);
    }
  lab_clear (&six->lab);
  if (six->server != NULL)
    fr_peer_server_stop (six->server);
  g_clear_object (&six->server);
}

static guint
find_node (Six *six, const FrPeerKey *key)
{
  for (guint i = 0; i < N_PEERS; i++)
    if (fr_peer_key_equal (fr_node_get_key (six->lab.nodes[i]), key))
      return i;
  return N_PEERS;
}

static gboolean
linked (Six *six, guint a, guint b)
{
  FrPerson *person = fr_people_find_key (fr_node_get_people (six->lab.nodes[a]), fr_node_get_key (six->lab.nodes[b]));

  return person != NULL && fr_person_get_state (person) == FR_PERSON_HERE;
}

/* Whether all are reached from the first without one link. */
static gboolean
holds_without (Six *six, guint a, guint b)
{
  gboolean reached[N_PEERS] = { TRUE };
  guint n = 1;

  for (guint round = 0; round < N_PEERS; round++)
    for (guint i = 0; i < N_PEERS; i++)
      for (guint k = 0; reached[i] && k < N_PEERS; k++)
        if (!reached[k] && linked (six, i, k) && !(i == a && k == b) && !(i == b && k == a))
          {
            reached[k] = TRUE;
            n++;
          }
  return n == N_PEERS;
}

static void
cut_a_link (Six *six)
{
  for (guint a = 0; a < N_PEERS; a++)
    for (guint b = a + 1; b < N_PEERS; b++)
      if (linked (six, a, b) && holds_without (six, a, b))
        {
          FrPeople *people = fr_node_get_people (six->lab.nodes[a]);

          g_test_message ("Cuts %u from %u", a, b);
          fr_people_remove (people, fr_people_find_key (people, fr_node_get_key (six->lab.nodes[b])));
          return;
        }
  g_assert_not_reached ();
}

/* Fetches whatever has been found by now. */
static void
fetch_found (Six *six, guint who)
{
  GListModel *hits = G_LIST_MODEL (six->searches[who]);

  for (guint i = 0; i < g_list_model_get_n_items (hits); i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (hits, i);

      for (guint h = 0; h < fr_hit_get_n_holders (hit); h++)
        {
          guint from = find_node (six, &fr_hit_get_holder (hit, h)->key);

          if (from < N_PEERS && six->fetches[who][from] == NULL && !fr_hit_get_mine (hit))
            six->fetches[who][from] = fr_node_fetch (six->lab.nodes[who], hit, (int) h);
        }
    }
}

static gboolean
everybody_has_everything (gpointer data)
{
  Six *six = data;
  gboolean all = TRUE;

  for (guint i = 0; i < N_PEERS; i++)
    {
      fetch_found (six, i);
      for (guint k = 0; k < N_PEERS; k++)
        if (k != i && six->fetches[i][k] != NULL && lab_is_over (six->fetches[i][k]))
          g_assert_no_error (fr_fetch_get_error (six->fetches[i][k]));
        else if (k != i)
          all = FALSE;
    }
  return all;
}

static void
tell_what_is_missing (Six *six)
{
  for (guint i = 0; i < N_PEERS; i++)
    for (guint k = 0; k < N_PEERS; k++)
      if (k != i && (six->fetches[i][k] == NULL || !lab_is_over (six->fetches[i][k])))
        g_test_message ("%u has not got the picture of %u (linked: %d, found: %u, state: %d)", i, k, linked (six, i, k),
                        g_list_model_get_n_items (G_LIST_MODEL (six->searches[i])),
                        six->fetches[i][k] != NULL ? (int) fr_fetch_get_state (six->fetches[i][k]) : -1);
  g_test_fail ();
}

/* The server is gone and links are cut: everybody still finds and gets everybody's picture. */
static void
test_heals (Six *six, gconstpointer data)
{
  gint64 began_us;

  fr_peer_server_stop (six->server);
  g_clear_object (&six->server);
  cut_a_link (six);
  cut_a_link (six);
  began_us = g_get_monotonic_time ();
  for (guint i = 0; i < N_PEERS; i++)
    six->searches[i] = fr_node_search (six->lab.nodes[i], "lighthouse", NULL);
  if (!fr_test_wait_for (everybody_has_everything, six, HEALED_S))
    tell_what_is_missing (six);
  g_test_message ("It took %.1f s", (double) (g_get_monotonic_time () - began_us) / G_USEC_PER_SEC);
}

void
test_six_peers_add (void)
{
  g_test_add ("/node/six-peers/heal", Six, NULL, set_up, test_heals, tear_down);
}
