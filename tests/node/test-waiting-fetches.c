/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-private.h"
#include "fr-link.h"
#include "fr-node-error.h"
#include "fr-node-private.h"
#include "fr-people-private.h"
#include "fr-switchboard.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "rude-peer.h"
#include "tests.h"

/* Pictures that come in pieces: paused, tried again, or waited for until somebody is here who has them. Node 0 has added
 * node 1, who has the pictures. */

#define LARGE (24 * 1024 * 1024) /* long enough on its way for something to happen meanwhile */

typedef struct
{
  NodeLab lab;
  FrPeerServer *server;
  char *address;
  FrPerson *person; /* node 1 as node 0 knows it; borrowed */
  FrSearch *search;
} Two;

/* And the store knows it. */
static gboolean
is_added (gpointer data)
{
  FrNode *node = data;
  g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (fr_node_get_people (node)), 0);

  return person != NULL && fr_person_is_contact (person) && fr_node_get_people (node)->n_writing == 0;
}

static void
two_init (Two *two)
{
  *two = (Two) { 0 };
  two->server = rude_server_new (0, &two->address);
  lab_add_node (&two->lab, "Node 0", two->address);
  lab_add_node (&two->lab, "Node 1", two->address);
  two->person = lab_add_person (two->lab.nodes[0], "node-1");
  fr_test_wait_until (lab_is_here, two->person, 15);
  fr_test_wait_until (is_added, two->lab.nodes[0], 5);
}

static void
two_clear (Two *two)
{
  g_clear_object (&two->search);
  lab_clear (&two->lab);
  fr_peer_server_stop (two->server);
  g_object_unref (two->server);
  g_free (two->address);
}

static FrHit *
two_find (Two *two, const char *title, gsize size)
{
  g_autoptr (GBytes) bytes = size > 0 ? lab_make_large_picture (1, size) : lab_make_picture (title, 500);

  g_clear_object (&two->search);
  lab_share (two->lab.nodes[1], bytes, title);
  return lab_search (two->lab.nodes[0], title, &two->search);
}

static gboolean
is_away (gpointer data)
{
  return fr_person_get_state (data) != FR_PERSON_HERE;
}

static void
two_let_go (Two *two)
{
  lab_close_node (g_steal_pointer (&two->lab.nodes[1]));
  if (two->lab.nodes[0] != NULL)
    fr_test_wait_until (is_away, two->person, 15);
}

static void
two_come_back (Two *two)
{
  two->lab.nodes[1] = lab_open_node (two->lab.folders[1], NULL, NULL);
  fr_test_wait_until (lab_is_online, two->lab.nodes[1], 10);
}

/* Node 0 ends and starts again. */
static void
two_restart (Two *two)
{
  g_autoptr (FrPerson) person = NULL;

  g_clear_object (&two->search);
  lab_close_node (g_steal_pointer (&two->lab.nodes[0]));
  two->lab.nodes[0] = lab_open_node (two->lab.folders[0], NULL, NULL);
  person = g_list_model_get_item (G_LIST_MODEL (fr_node_get_people (two->lab.nodes[0])), 0);
  two->person = person;
}

static gboolean
is_here_again (gpointer data)
{
  Two *two = data;

  if (fr_person_get_state (two->person) == FR_PERSON_AWAY)
    fr_people_retry (fr_node_get_people (two->lab.nodes[0]), two->person); /* sooner than by itself */
  return fr_person_get_state (two->person) == FR_PERSON_HERE;
}

static gboolean
is_waiting (gpointer data)
{
  return fr_fetch_get_state (data) == FR_FETCH_WAITING;
}

static gboolean
is_half_way (gpointer data)
{
  return lab_is_over (data) || (fr_fetch_get_state (data) == FR_FETCH_RUNNING && fr_fetch_get_bytes_done (data) > 0);
}

static gboolean
has_fetch (gpointer data)
{
  return g_list_model_get_n_items (fr_node_get_fetches (data)) > 0;
}

static FrFetch *
wait_for_fetch (FrNode *node)
{
  fr_test_wait_until (has_fetch, node, 5);
  return g_list_model_get_item (fr_node_get_fetches (node), 0);
}

/* What the store would bring back after a restart. */
static GPtrArray *
list_wanted (FrNode *node)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *wanted;

  fr_store_list_wanted_async (node->parts->store, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 5);
  wanted = fr_store_list_wanted_finish (node->parts->store, result, &error);
  g_assert_no_error (error);
  return wanted;
}

typedef struct
{
  FrNode *node;
  guint n;
} Rows;

static gboolean
has_rows (gpointer data)
{
  const Rows *rows = data;
  g_autoptr (GPtrArray) wanted = list_wanted (rows->node);

  return wanted->len == rows->n;
}

static void
wait_for_rows (FrNode *node, guint n)
{
  Rows rows = { node, n };

  fr_test_wait_until (has_rows, &rows, 5);
}

static gboolean
is_kept (gpointer data)
{
  return fr_fetch_get_kept (data);
}

/* Who has it goes away half-way, and comes back. */
static void
test_comes_back (void)
{
  Two two;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  guint64 done;

  two_init (&two);
  hit = two_find (&two, "Fish", LARGE);
  fetch = fr_node_fetch (two.lab.nodes[0], hit, -1);
  fr_test_wait_until (is_half_way, fetch, 15);
  g_assert_false (lab_is_over (fetch));
  two_let_go (&two);
  fr_test_wait_until (is_waiting, fetch, 15);
  done = fr_fetch_get_bytes_done (fetch);
  g_assert_cmpuint (done, >, 0);
  g_assert_cmpuint (fr_fetch_get_speed (fetch), ==, 0);
  g_assert_cmpint (fr_fetch_get_seconds_left (fetch), ==, -1);
  g_assert_true (fr_fetch_get_awaited (fetch) == two.person);
  g_assert_nonnull (fr_fetch_get_error (fetch));
  g_assert_cmpstr (fr_fetch_get_holder_name (fetch), ==, "Node 1");
  wait_for_rows (two.lab.nodes[0], 1);
  two_come_back (&two);
  fr_test_wait_until (is_here_again, &two, 20);
  fr_test_wait_until (lab_is_over, fetch, 20);
  g_assert_no_error (fr_fetch_get_error (fetch));
  g_assert_cmpuint (fr_fetch_get_bytes_done (fetch), ==, LARGE);
  g_assert_cmpint (fr_fetch_get_ended_us (fetch), >, g_get_real_time () - 60 * G_USEC_PER_SEC);
  wait_for_rows (two.lab.nodes[0], 0);
  g_assert_false (fr_fetch_get_kept (fetch)); /* somebody is looking */
  two_clear (&two);
}

/* Wanted while they were away; the program ends, and starts again; they come. Nobody is looking then. */
static void
test_over_a_restart (void)
{
  Two two;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) first = NULL, fetch = NULL;
  FrContentId id;

  two_init (&two);
  hit = two_find (&two, "Fish", 0);
  id = *fr_hit_get_id (hit);
  two_let_go (&two);
  first = fr_node_fetch (two.lab.nodes[0], hit, -1);
  fr_test_wait_until (is_waiting, first, 20);
  wait_for_rows (two.lab.nodes[0], 1);
  two_restart (&two);
  g_assert_error (fr_fetch_get_error (first), FR_NODE_ERROR, FR_NODE_ERROR_CANCELLED);
  fetch = wait_for_fetch (two.lab.nodes[0]);
  g_assert_cmpint (fr_fetch_get_state (fetch), ==, FR_FETCH_WAITING);
  g_assert_cmpstr (fr_fetch_get_title (fetch), ==, "Fish");
  g_assert_true (fr_content_id_equal (fr_fetch_get_id (fetch), &id));
  g_assert_true (fr_fetch_get_awaited (fetch) == two.person);
  g_assert_cmpstr (fr_fetch_get_holder_name (fetch), ==, "Node 1");
  two_come_back (&two);
  fr_test_wait_until (is_here_again, &two, 20);
  fr_test_wait_until (is_kept, fetch, 20);
  g_assert_cmpint (fr_fetch_get_state (fetch), ==, FR_FETCH_DONE);
  g_assert_nonnull (fr_gallery_find (fr_node_get_gallery (two.lab.nodes[0]), &id));
  wait_for_rows (two.lab.nodes[0], 0);
  two_clear (&two);
}

static int n_ends; /* of sessions for pictures; counted in the network threads */

static gboolean
count_end_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  FrLink *link = g_value_get_object (&values[1]);

  if (fr_link_get_purpose (link) == FRESHET__PURPOSE__PURPOSE_TRANSFER)
    g_atomic_int_inc (&n_ends);
  return TRUE;
}

static gboolean
both_have_ended (gpointer data)
{
  return g_atomic_int_get (&n_ends) == 2;
}

/* The session is closed at both ends at once, what has come stays, and the rest comes when it is to. */
static void
test_pause (void)
{
  Two two;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL, same = NULL, restored = NULL;
  g_autoptr (GTypeClass) board_class = g_type_class_ref (FR_TYPE_SWITCHBOARD);
  guint unlinked = g_signal_lookup ("unlinked", FR_TYPE_SWITCHBOARD);
  gulong hook;
  guint64 done;

  two_init (&two);
  hit = two_find (&two, "Fish", LARGE);
  fetch = fr_node_fetch (two.lab.nodes[0], hit, -1);
  fr_test_wait_until (is_half_way, fetch, 15);
  g_atomic_int_set (&n_ends, 0);
  hook = g_signal_add_emission_hook (unlinked, 0, count_end_cb, NULL, NULL);
  fr_fetch_pause (fetch);
  g_assert_cmpint (fr_fetch_get_state (fetch), ==, FR_FETCH_PAUSED);
  done = fr_fetch_get_bytes_done (fetch);
  fr_test_wait_until (both_have_ended, NULL, 5);
  g_signal_remove_emission_hook (unlinked, hook);
  same = fr_node_fetch (two.lab.nodes[0], hit, -1);
  g_assert_true (same == fetch);
  fr_fetch_retry (fetch); /* it has not failed */
  g_assert_cmpint (fr_fetch_get_state (fetch), ==, FR_FETCH_PAUSED);
  g_assert_cmpuint (fr_fetch_get_bytes_done (fetch), ==, done);
  wait_for_rows (two.lab.nodes[0], 1);

  two_restart (&two);
  restored = wait_for_fetch (two.lab.nodes[0]);
  g_assert_cmpint (fr_fetch_get_state (restored), ==, FR_FETCH_PAUSED);
  g_assert_cmpuint (fr_fetch_get_bytes_done (restored), ==, done);
  g_assert_cmpuint (fr_fetch_get_bytes_total (restored), ==, LARGE);
  fr_test_wait_until (is_here_again, &two, 20);
  g_assert_cmpint (fr_fetch_get_state (restored), ==, FR_FETCH_PAUSED); /* not by itself */
  fr_fetch_set_keeps (restored, FALSE);
  fr_fetch_resume (restored);
  fr_test_wait_until (is_half_way, restored, 15);
  g_assert_cmpuint (fr_fetch_get_bytes_done (restored), >=, done);
  fr_test_wait_until (lab_is_over, restored, 20);
  g_assert_cmpint (fr_fetch_get_state (restored), ==, FR_FETCH_DONE);
  wait_for_rows (two.lab.nodes[0], 0);
  g_assert_false (fr_fetch_get_kept (restored)); /* as was said */
  two_clear (&two);
}

/* What was on its way when the program ended goes on by itself. */
static void
test_goes_on (void)
{
  Two two;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) first = NULL, fetch = NULL;

  two_init (&two);
  hit = two_find (&two, "Fish", LARGE);
  first = fr_node_fetch (two.lab.nodes[0], hit, -1);
  fr_fetch_set_keeps (first, FALSE);
  fr_test_wait_until (is_half_way, first, 15);
  two_restart (&two);
  fetch = wait_for_fetch (two.lab.nodes[0]);
  fr_test_wait_until (is_here_again, &two, 20);
  fr_test_wait_until (lab_is_over, fetch, 20);
  g_assert_no_error (fr_fetch_get_error (fetch));
  two_clear (&two);
}

/* Cancelled, tried again, cleared away: nothing of it is left in the store. */
static void
test_retry (void)
{
  Two two;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL, again = NULL;
  FrNode *node;

  two_init (&two);
  node = two.lab.nodes[0];
  hit = two_find (&two, "Fish", LARGE);
  fetch = fr_node_fetch (node, hit, -1);
  fr_test_wait_until (is_half_way, fetch, 15);
  fr_fetch_pause (fetch);
  wait_for_rows (node, 1);
  fr_fetch_cancel (fetch);
  g_assert_error (fr_fetch_get_error (fetch), FR_NODE_ERROR, FR_NODE_ERROR_CANCELLED);
  wait_for_rows (node, 0);
  fr_fetch_pause (fetch); /* it is over */
  fr_fetch_resume (fetch);
  g_assert_cmpint (fr_fetch_get_state (fetch), ==, FR_FETCH_FAILED);
  fr_node_clear_fetches (node);
  g_assert_false (has_fetch (node));
  fr_fetch_retry (fetch);
  g_assert_true (has_fetch (node));
  g_assert_null (fr_fetch_get_error (fetch));
  g_assert_cmpint (fr_fetch_get_finished_us (fetch), ==, 0);
  fr_test_wait_until (lab_is_over, fetch, 20);
  g_assert_no_error (fr_fetch_get_error (fetch));
  fr_fetch_retry (fetch); /* it is there */
  g_assert_cmpint (fr_fetch_get_state (fetch), ==, FR_FETCH_DONE);
  fr_node_clear_fetches (node);
  again = fr_node_fetch (node, hit, -1);
  g_assert_true (again != fetch);
  fr_test_wait_until (lab_is_over, again, 20);
  two_clear (&two);
}

/* Whoever is removed does not come; whoever else has it now is asked. */
static void
test_others (void)
{
  Two two;
  g_autoptr (GBytes) bytes = lab_make_picture ("Crab", 500);
  g_autoptr (FrHit) fish = NULL, crab = NULL, crab_again = NULL;
  g_autoptr (FrFetch) lost = NULL, fetch = NULL, same = NULL;
  g_autoptr (FrSearch) asked = NULL;
  FrNode *node;

  two_init (&two);
  node = two.lab.nodes[0];
  fish = two_find (&two, "Fish", 0);
  crab = two_find (&two, "Crab", 0);
  two_let_go (&two);
  lost = fr_node_fetch (node, fish, -1);
  fetch = fr_node_fetch (node, crab, -1);
  fr_test_wait_until (is_waiting, lost, 20);
  fr_test_wait_until (is_waiting, fetch, 20);
  wait_for_rows (node, 2);
  lab_add_node (&two.lab, "Node 2", two.address);
  lab_share (two.lab.nodes[2], bytes, "Crab");
  fr_test_wait_until (lab_is_here, lab_add_person (two.lab.nodes[2], "node-0"), 15);
  crab_again = lab_search (node, "crab", &asked);
  same = fr_node_fetch (node, crab_again, -1);
  g_assert_true (same == fetch);
  fr_test_wait_until (lab_is_over, fetch, 20);
  g_assert_no_error (fr_fetch_get_error (fetch));
  g_assert_true (fr_peer_key_equal (fr_fetch_get_holder (fetch), fr_node_get_key (two.lab.nodes[2])));
  wait_for_rows (node, 1);
  fr_people_remove (fr_node_get_people (node), two.person);
  g_assert_error (fr_fetch_get_error (lost), FR_NODE_ERROR, FR_NODE_ERROR_CANCELLED);
  wait_for_rows (node, 0);
  two_clear (&two);
}

typedef struct
{
  FrNode *node;
  guint n;
  guint most; /* on their way at once */
} Many;

static gboolean
has_hits (gpointer data)
{
  return g_list_model_get_n_items (data) == FR_FETCH_LIST_AT_ONCE + 3;
}

static gboolean
are_in_state (Many *many, FrFetchState state)
{
  GListModel *fetches = fr_node_get_fetches (many->node);
  guint n = 0, n_going = 0;

  for (guint i = 0; i < g_list_model_get_n_items (fetches); i++)
    {
      g_autoptr (FrFetch) fetch = g_list_model_get_item (fetches, i);

      n += fr_fetch_get_state (fetch) == state;
      n_going += fr_fetch_is_going (fetch);
    }
  many->most = MAX (many->most, n_going);
  return n == many->n;
}

static gboolean
all_wait (gpointer data)
{
  return are_in_state (data, FR_FETCH_WAITING);
}

static gboolean
all_are_done (gpointer data)
{
  return are_in_state (data, FR_FETCH_DONE);
}

/* Whoever comes is not asked for everything at once. */
static void
test_many (void)
{
  Two two;
  Many many = { .n = FR_FETCH_LIST_AT_ONCE + 3 };

  two_init (&two);
  many.node = two.lab.nodes[0];
  for (guint i = 0; i < many.n; i++)
    {
      g_autofree char *text = g_strdup_printf ("Fish %u", i);
      g_autoptr (GBytes) bytes = lab_make_picture (text, 500);

      lab_share (two.lab.nodes[1], bytes, text);
    }
  two.search = fr_node_search (many.node, "fish", NULL);
  fr_test_wait_until (has_hits, two.search, 10);
  two_let_go (&two);
  for (guint i = 0; i < many.n; i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (two.search), i);
      g_autoptr (FrFetch) fetch = fr_node_fetch (many.node, hit, -1);
    }
  fr_test_wait_until (all_wait, &many, 30);
  many.most = 0;
  two_come_back (&two);
  fr_test_wait_until (is_here_again, &two, 20);
  fr_test_wait_until (all_are_done, &many, 30);
  g_assert_cmpuint (many.most, >, 0);
  g_assert_cmpuint (many.most, <=, FR_FETCH_LIST_AT_ONCE);
  two_clear (&two);
}

void
test_waiting_fetches_add (void)
{
  g_test_add_func ("/node/waiting-fetches/comes-back", test_comes_back);
  g_test_add_func ("/node/waiting-fetches/over-a-restart", test_over_a_restart);
  g_test_add_func ("/node/waiting-fetches/pause", test_pause);
  g_test_add_func ("/node/waiting-fetches/goes-on", test_goes_on);
  g_test_add_func ("/node/waiting-fetches/retry", test_retry);
  g_test_add_func ("/node/waiting-fetches/others", test_others);
  g_test_add_func ("/node/waiting-fetches/many", test_many);
}
