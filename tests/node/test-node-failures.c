/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-fetcher.h"
#include "fr-people-private.h"
#include "fr-person-private.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "rude-peer.h"
#include "tests.h"

/* What goes wrong around whole nodes, one after the other in every place where it may. */

#define LARGE (32 * 1024 * 1024) /* long enough on its way for something to happen meanwhile */

static gboolean
is_waiting (gpointer data)
{
  return fr_node_get_state (data) == FR_NODE_WAITING;
}

static gboolean
is_waiting_for_them (gpointer data)
{
  return fr_fetch_get_state (data) == FR_FETCH_WAITING;
}

static gboolean
is_half_way (gpointer data)
{
  return lab_is_over (data) || (fr_fetch_get_state (data) == FR_FETCH_RUNNING && fr_fetch_get_bytes_done (data) > 0);
}

static gboolean
nobody_is_here (gpointer data)
{
  return fr_people_get_n_here (data) == 0;
}

static gboolean
two_are_here (gpointer data)
{
  return fr_people_get_n_here (data) == 2;
}

static gboolean
has_two_holders (gpointer data)
{
  return fr_hit_get_n_holders (data) == 2;
}

static int
index_of_holder (FrHit *hit, const char *name)
{
  for (guint i = 0; i < fr_hit_get_n_holders (hit); i++)
    if (g_str_equal (fr_hit_get_holder (hit, i)->name, name))
      return (int) i;
  g_assert_not_reached ();
}

static void
search_and_fetch (FrNode *node, const char *words)
{
  g_autoptr (FrSearch) asked = NULL;
  g_autoptr (FrHit) hit = lab_search (node, words, &asked);
  g_autoptr (FrFetch) fetch = lab_fetch_whole (node, hit);
}

/* Links need no server once they are there; and the server, when it is back, is found again. */
static void
test_server_goes_and_comes (void)
{
  g_autofree char *address = NULL;
  FrPeerServer *server = rude_server_new (0, &address);
  g_autoptr (GBytes) bytes = lab_make_picture ("boat", 3000);
  guint port = fr_peer_server_get_port (server);
  NodeLab lab = { 0 };

  lab_add_node (&lab, "Node 0", address);
  lab_add_node (&lab, "Node 1", address);
  fr_test_wait_until (lab_is_here, lab_add_person (lab.nodes[0], "node-1"), 15);
  lab_share (lab.nodes[1], bytes, "Boat");
  fr_peer_server_stop (server);
  g_object_unref (server);
  fr_test_wait_until (is_waiting, lab.nodes[0], 5);
  fr_test_wait_until (is_waiting, lab.nodes[1], 5);
  g_assert_nonnull (strstr (fr_node_get_error (lab.nodes[0])->message, address));
  g_assert_cmpuint (fr_people_get_n_here (fr_node_get_people (lab.nodes[0])), ==, 1);
  search_and_fetch (lab.nodes[0], "boat");
  server = rude_server_new (port, NULL);
  fr_test_wait_until (lab_is_online, lab.nodes[0], 15);
  fr_test_wait_until (lab_is_online, lab.nodes[1], 15);
  g_assert_null (fr_node_get_error (lab.nodes[0]));
  g_assert_cmpstr (fr_node_get_address (lab.nodes[0]), ==, "node-0");
  lab_add_node (&lab, "Node 2", address);
  fr_test_wait_until (lab_is_here, lab_add_person (lab.nodes[2], "node-0"), 15);
  fr_test_wait_until (two_are_here, fr_node_get_people (lab.nodes[0]), 5);
  lab_clear (&lab);
  g_object_unref (server);
}

/* Node 0 in the middle; the others both have "Fish", and node 1 alone has "Crab". */
static void
lab_init_holders (NodeLab *lab)
{
  g_autoptr (GBytes) fish = lab_make_large_picture (1, LARGE);
  g_autoptr (GBytes) crab = lab_make_large_picture (2, LARGE);

  lab_init (lab, 2);
  lab_add_node (lab, "Node 2", fr_node_get_server (lab->nodes[0]));
  fr_test_wait_until (lab_is_here, lab_add_person (lab->nodes[2], "node-0"), 15);
  lab_share (lab->nodes[1], crab, "Crab");
  lab_share (lab->nodes[1], fish, "Fish");
  lab_share (lab->nodes[2], fish, "Fish");
}

/* A holder who leaves half-way: there is a sentence, and what has come is of use when they are back; where somebody
 * else has the picture, it comes from them. */
static void
test_holder_leaves (void)
{
  g_autoptr (FrSearch) asked = NULL, asked_again = NULL, asked_fish = NULL;
  g_autoptr (FrHit) crab = NULL, crab_again = NULL, fish = NULL;
  g_autoptr (FrFetch) broken = NULL, whole = NULL, moved = NULL;
  NodeLab lab;

  lab_init_holders (&lab);
  crab = lab_search (lab.nodes[0], "crab", &asked);
  broken = fr_node_fetch (lab.nodes[0], crab, -1);
  fr_test_wait_until (is_half_way, broken, 15);
  g_assert_false (lab_is_over (broken));
  lab_close_node (g_steal_pointer (&lab.nodes[1]));
  fr_test_wait_until (lab_is_over, broken, 15);
  g_assert_cmpint (fr_fetch_get_state (broken), ==, FR_FETCH_FAILED);
  g_assert_error (fr_fetch_get_error (broken), FR_NODE_ERROR, FR_NODE_ERROR_LEFT);
  g_assert_nonnull (strstr (fr_fetch_get_error (broken)->message, "Node 1"));

  lab.nodes[1] = lab_open_node (lab.folders[1], NULL, NULL);
  fr_test_wait_until (two_are_here, fr_node_get_people (lab.nodes[0]), 20);
  crab_again = lab_search (lab.nodes[0], "crab", &asked_again);
  whole = lab_fetch_whole (lab.nodes[0], crab_again);
  g_assert_true (whole == broken); /* who is not among the people is not waited for; it was tried again */

  fish = lab_search (lab.nodes[0], "fish", &asked_fish);
  fr_test_wait_until (has_two_holders, fish, 10);
  moved = fr_node_fetch (lab.nodes[0], fish, index_of_holder (fish, "Node 1"));
  fr_test_wait_until (is_half_way, moved, 15);
  g_assert_false (lab_is_over (moved));
  g_assert_true (fr_peer_key_equal (fr_fetch_get_holder (moved), fr_node_get_key (lab.nodes[1])));
  lab_close_node (g_steal_pointer (&lab.nodes[1]));
  fr_test_wait_until (lab_is_over, moved, 20);
  g_assert_no_error (fr_fetch_get_error (moved));
  g_assert_true (fr_peer_key_equal (fr_fetch_get_holder (moved), fr_node_get_key (lab.nodes[2])));
  lab_clear (&lab);
}

/* Sessions of their own */

static int n_transfer_links, n_transfer_ends; /* counted in the network threads, at the end that dialled */

static gboolean
count_link_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  FrLink *link = g_value_get_object (&values[1]);

  if (fr_link_is_dialler (link) && fr_link_get_purpose (link) == FRESHET__PURPOSE__PURPOSE_TRANSFER)
    g_atomic_int_inc ((int *) data);
  return TRUE;
}

static gboolean
one_transfer_ended (gpointer data)
{
  return g_atomic_int_get (&n_transfer_ends) == 1;
}

static void
test_own_sessions (void)
{
  g_autoptr (GBytes) at_limit = lab_make_large_picture (1, FR_FETCHER_LINK_MAX_SIZE);
  g_autoptr (GBytes) above = lab_make_large_picture (2, FR_FETCHER_LINK_MAX_SIZE + 1);
  g_autoptr (GBytes) third = lab_make_large_picture (3, FR_FETCHER_LINK_MAX_SIZE + 1);
  g_autoptr (GTypeClass) board_class = g_type_class_ref (FR_TYPE_SWITCHBOARD);
  guint linked = g_signal_lookup ("linked", FR_TYPE_SWITCHBOARD);
  guint unlinked = g_signal_lookup ("unlinked", FR_TYPE_SWITCHBOARD);
  gulong hooks[2];
  NodeLab lab;

  n_transfer_links = n_transfer_ends = 0;
  hooks[0] = g_signal_add_emission_hook (linked, 0, count_link_cb, &n_transfer_links, NULL);
  hooks[1] = g_signal_add_emission_hook (unlinked, 0, count_link_cb, &n_transfer_ends, NULL);
  lab_init (&lab, 2);
  lab_share (lab.nodes[0], at_limit, "First");
  lab_share (lab.nodes[0], above, "Second");
  lab_share (lab.nodes[0], third, "Third");
  search_and_fetch (lab.nodes[1], "first");
  g_assert_cmpint (g_atomic_int_get (&n_transfer_links), ==, 0);
  search_and_fetch (lab.nodes[1], "second");
  g_assert_cmpint (g_atomic_int_get (&n_transfer_links), ==, 1);
  fr_node_close_transfers (lab.nodes[1]);
  fr_test_wait_until (one_transfer_ended, NULL, 5);
  g_assert_cmpuint (fr_people_get_n_here (fr_node_get_people (lab.nodes[1])), ==, 1);
  search_and_fetch (lab.nodes[1], "third");
  g_assert_cmpint (g_atomic_int_get (&n_transfer_links), ==, 2);
  g_signal_remove_emission_hook (linked, hooks[0]);
  g_signal_remove_emission_hook (unlinked, hooks[1]);
  lab_clear (&lab);
}

static void
test_two_at_once (void)
{
  g_autoptr (GBytes) owl_bytes = lab_make_large_picture (1, 5000000);
  g_autoptr (GBytes) hawk_bytes = lab_make_large_picture (2, 5000000);
  g_autoptr (FrSearch) asked = NULL, asked_again = NULL;
  g_autoptr (FrHit) owl = NULL, hawk = NULL;
  g_autoptr (FrFetch) one = NULL, other = NULL;
  NodeLab lab;

  lab_init (&lab, 2);
  lab_share (lab.nodes[0], owl_bytes, "Owl");
  lab_share (lab.nodes[0], hawk_bytes, "Hawk");
  owl = lab_search (lab.nodes[1], "owl", &asked);
  hawk = lab_search (lab.nodes[1], "hawk", &asked_again);
  one = fr_node_fetch (lab.nodes[1], owl, -1);
  other = lab_fetch_whole (lab.nodes[1], hawk);
  fr_test_wait_until (lab_is_over, one, 20);
  g_assert_no_error (fr_fetch_get_error (one));
  g_assert_cmpuint (fr_fetch_get_bytes_done (one), ==, 5000000);
  g_assert_cmpuint (g_list_model_get_n_items (fr_node_get_fetches (lab.nodes[1])), ==, 2);
  lab_clear (&lab);
}

/* People */

static void
test_twice_and_never_more (void)
{
  FrPeople *ours, *theirs;
  FrPerson *person;
  NodeLab lab;

  lab_init (&lab, 2);
  ours = fr_node_get_people (lab.nodes[1]);
  theirs = fr_node_get_people (lab.nodes[0]);
  person = fr_people_find_address (ours, "node-0");
  g_assert_true (lab_add_person (lab.nodes[1], "node-0") == person);
  g_assert_cmpint (fr_person_get_state (person), ==, FR_PERSON_HERE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ours)), ==, 1);
  fr_people_remove (ours, person);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ours)), ==, 0);
  fr_test_wait_until (nobody_is_here, theirs, 5);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (theirs)), ==, 0);
  lab_clear (&lab);
}

/* Searches */

static void
test_alone (void)
{
  g_autoptr (GBytes) bytes = lab_make_picture ("own", 100);
  g_autoptr (FrSearch) asked = NULL;
  g_autoptr (FrHit) hit = NULL;
  NodeLab lab;

  lab_init (&lab, 1);
  lab_share (lab.nodes[0], bytes, "My own");
  hit = lab_search (lab.nodes[0], "own", &asked);
  g_assert_true (fr_hit_get_mine (hit));
  g_assert_cmpuint (fr_hit_get_n_holders (hit), ==, 0);
  g_assert_cmpuint (fr_search_get_n_asked (asked), ==, 0);
  g_assert_no_error (fr_search_get_error (asked));
  lab_clear (&lab);
}

/* Who has no name yet asks nobody, and may go on looking in the own gallery. */
static void
test_without_a_name (void)
{
  g_autoptr (FrSearch) one = NULL, other = NULL;
  NodeLab lab = { 0 };

  lab_add_node (&lab, NULL, NULL);
  one = fr_node_search (lab.nodes[0], "one", NULL);
  other = fr_node_search (lab.nodes[0], "other", NULL);
  g_assert_error (fr_search_get_error (one), FR_NODE_ERROR, FR_NODE_ERROR_BAD_NAME);
  g_assert_error (fr_search_get_error (other), FR_NODE_ERROR, FR_NODE_ERROR_BAD_NAME);
  lab_clear (&lab);
}

static gboolean
has_two_hits (gpointer data)
{
  return g_list_model_get_n_items (data) == 2;
}

/* What was kept from somebody is offered to nobody: its one holder stays the one. */
static void
test_kept_is_not_offered (void)
{
  g_autoptr (GBytes) kept = lab_make_picture ("kept", 100), own = lab_make_picture ("own", 100);
  g_autoptr (FrSearch) asked = NULL, others = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrPicture) picture = NULL;
  NodeLab lab;

  lab_init (&lab, 3);
  lab_share (lab.nodes[2], kept, "Harbour kept");
  hit = lab_search (lab.nodes[0], "harbour", &asked);
  fetch = lab_fetch_whole (lab.nodes[0], hit);
  fr_fetch_keep_async (fetch, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 10);
  picture = fr_fetch_keep_finish (fetch, result, NULL);
  g_assert_nonnull (picture);
  /* all that a node has comes in one answer: where its own picture is, the other would be */
  lab_share (lab.nodes[0], own, "Harbour own");
  others = fr_node_search (lab.nodes[1], "harbour", NULL);
  fr_test_wait_until (has_two_hits, others, 10);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FrHit) found = g_list_model_get_item (G_LIST_MODEL (others), i);
      gboolean is_own = g_str_equal (fr_hit_get_title (found), "Harbour own");

      g_assert_cmpuint (fr_hit_get_n_holders (found), ==, 1);
      g_assert_cmpstr (fr_hit_get_holder (found, 0)->name, ==, is_own ? "Node 0" : "Node 2");
    }
  lab_clear (&lab);
}

static FrPerson *
add_known (FrNode *node, const char *name, guint8 seed)
{
  FrPeerKey key = { { seed } };
  g_autoptr (FrPersonRecord) record = fr_person_record_new (&key, name, fr_node_get_server (node), "rude");
  FrPerson *person;

  record->auto_connect = TRUE;
  person = fr_people_append (fr_node_get_people (node), record);
  fr_people_retry (fr_node_get_people (node), person);
  return person;
}

/* Nobody is dialled on who has been removed: whoever else has that address is dialled at once, and gets no blame. */
static void
test_removed_while_dialled (void)
{
  g_autofree char *address = NULL;
  FrPeerServer *server = rude_server_new (0, &address);
  RudePeer *rude = rude_peer_new (address, "rude");
  NodeLab lab = { 0 };
  FrNode *node = lab_add_node (&lab, "Node 0", address);
  FrPeople *people = fr_node_get_people (node);
  FrPerson *zoe = add_known (node, "Zoë", 1), *mia = add_known (node, "Mia", 2), *somebody;

  rude_peer_await (rude, FR_SIGNAL_OFFER, 0);
  fr_people_remove (people, zoe);
  rude_peer_await (rude, FR_SIGNAL_OFFER, 1);
  g_assert_cmpuint (fr_person_get_n_failures (mia), ==, 0);
  fr_people_remove (people, mia);
  somebody = lab_add_person (node, "rude");
  rude_peer_await (rude, FR_SIGNAL_OFFER, 2);
  g_assert_cmpuint (fr_person_get_n_failures (somebody), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (people)), ==, 1);
  lab_clear (&lab);
  rude_peer_free (rude);
  fr_peer_server_stop (server);
  g_object_unref (server);
}

/* The end in the middle of something */

typedef enum
{
  DURING_DIAL,
  DURING_SEARCH,
  DURING_IMPORT,
  DURING_FETCH,
  DURING_UPLOAD,
} Moment;

static gboolean
import_is_finished (gpointer data)
{
  return fr_import_get_finished (data);
}

static void
close_quickly (FrNode *node)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_node_close_async (node, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 3);
  g_clear_object (&result);
  fr_test_assert_finalizes (node);
}

static void
test_close_during (gconstpointer data)
{
  Moment moment = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) large = lab_make_large_picture (1, moment >= DURING_FETCH ? LARGE : 3000000);
  g_autoptr (GBytes) other = lab_make_large_picture (2, LARGE);
  g_autoptr (FrImport) import = NULL;
  g_autoptr (FrSearch) asked = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  guint closed = moment == DURING_UPLOAD ? 0 : 1;
  int code = moment == DURING_UPLOAD ? FR_NODE_ERROR_LEFT : FR_NODE_ERROR_CANCELLED;
  NodeLab lab;

  lab_init (&lab, 2);
  lab_share (lab.nodes[0], large, "Large");
  if (moment == DURING_DIAL)
    lab_add_person (lab.nodes[1], "nobody");
  if (moment == DURING_SEARCH)
    asked = fr_node_search (lab.nodes[1], "large", NULL);
  if (moment == DURING_IMPORT)
    {
      import = fr_import_new_for_bytes (fr_node_get_gallery (lab.nodes[1]), other, "Other");
      fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
      fr_import_start (import);
    }
  if (moment >= DURING_FETCH)
    {
      hit = lab_search (lab.nodes[1], "large", &asked);
      fetch = fr_node_fetch (lab.nodes[1], hit, -1);
      fr_test_wait_until (is_half_way, fetch, 15);
      g_assert_false (lab_is_over (fetch));
    }
  close_quickly (g_steal_pointer (&lab.nodes[closed]));
  if (import != NULL)
    fr_test_wait_until (import_is_finished, import, 10);
  if (asked != NULL && closed == 1)
    g_assert_false (fr_search_get_listening (asked));
  if (fetch != NULL)
    {
      fr_test_wait_until (closed == 0 ? is_waiting_for_them : lab_is_over, fetch, 10);
      g_assert_error (fr_fetch_get_error (fetch), FR_NODE_ERROR, code);
    }
  g_clear_object (&import);
  lab_clear (&lab);
}

void
test_node_failures_add (void)
{
  g_test_add_func ("/node/failures/server-goes-and-comes", test_server_goes_and_comes);
  g_test_add_func ("/node/failures/holder-leaves", test_holder_leaves);
  g_test_add_func ("/node/failures/own-sessions", test_own_sessions);
  g_test_add_func ("/node/failures/two-at-once", test_two_at_once);
  g_test_add_func ("/node/failures/twice-and-never-more", test_twice_and_never_more);
  g_test_add_func ("/node/failures/removed-while-dialled", test_removed_while_dialled);
  g_test_add_func ("/node/failures/alone", test_alone);
  g_test_add_func ("/node/failures/without-a-name", test_without_a_name);
  g_test_add_func ("/node/failures/kept-is-not-offered", test_kept_is_not_offered);
  g_test_add_data_func ("/node/failures/close-during/dial", GINT_TO_POINTER (DURING_DIAL), test_close_during);
  g_test_add_data_func ("/node/failures/close-during/search", GINT_TO_POINTER (DURING_SEARCH), test_close_during);
  g_test_add_data_func ("/node/failures/close-during/import", GINT_TO_POINTER (DURING_IMPORT), test_close_during);
  g_test_add_data_func ("/node/failures/close-during/fetch", GINT_TO_POINTER (DURING_FETCH), test_close_during);
  g_test_add_data_func ("/node/failures/close-during/upload", GINT_TO_POINTER (DURING_UPLOAD), test_close_during);
}
