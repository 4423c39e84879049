/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-link-private.h"
#include "fr-memory-channel.h"
#include "fr-network-core-private.h"
#include "fr-network-private.h"
#include "fr-node-error.h"
#include "fr-node-private.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "tests.h"

/* Fetches over real links, when something on the way is not as it should be. */

static gboolean
has_two_holders (gpointer data)
{
  return fr_hit_get_n_holders (data) == 2;
}

/* A size is its holder's own: one who lies does not spoil the others. */
static void
test_liar (void)
{
  static const int wrong[] = { -1, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      NodeLab lab;
      g_autoptr (GBytes) picture = lab_make_picture ("one and the same", 500);
      g_autoptr (FrSearch) search = NULL;
      g_autoptr (FrHit) hit = NULL;
      g_autoptr (FrFetch) fetch = NULL;
      FrHolder *liar;

      lab_init (&lab, 3);
      lab_share (lab.nodes[0], picture, "Lighthouse");
      lab_share (lab.nodes[1], picture, "Lighthouse");
      hit = lab_search (lab.nodes[2], "lighthouse", &search);
      fr_test_wait_until (has_two_holders, hit, 10);
      liar = (FrHolder *) fr_hit_get_holder (hit, 0);
      liar->size = (guint64) ((gint64) liar->size + wrong[i]);
      fetch = fr_node_fetch (lab.nodes[2], hit, 0);
      fr_test_wait_until (lab_is_over, fetch, 30);
      g_assert_no_error (fr_fetch_get_error (fetch));
      g_assert_true (fr_peer_key_equal (fr_fetch_get_holder (fetch), &fr_hit_get_holder (hit, 1)->key));
      g_clear_object (&fetch);
      g_clear_object (&hit);
      g_clear_object (&search);
      lab_clear (&lab);
    }
}

static void
keep (FrFetch *fetch)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) picture = NULL;

  fr_fetch_keep_async (fetch, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 10);
  picture = fr_fetch_keep_finish (fetch, result, &error);
  g_assert_no_error (error);
}

static void
take_away (FrNode *node, const FrContentId *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_gallery_remove_async (fr_node_get_gallery (node), id, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 10);
  g_assert_true (fr_gallery_remove_finish (fr_node_get_gallery (node), result, &error));
  g_assert_no_error (error);
}

/* What was kept, and removed from the gallery since, is gone; so it is fetched and kept once more. */
static void
test_kept_again (void)
{
  NodeLab lab;
  g_autoptr (GBytes) picture = lab_make_picture ("kept", 500);
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) first = NULL, same = NULL, again = NULL;

  lab_init (&lab, 2);
  lab_share (lab.nodes[0], picture, "Lighthouse");
  hit = lab_search (lab.nodes[1], "lighthouse", &search);
  first = lab_fetch_whole (lab.nodes[1], hit);
  keep (first);
  same = fr_node_fetch (lab.nodes[1], hit, -1);
  g_assert_true (same == first);
  take_away (lab.nodes[1], fr_hit_get_id (hit));
  again = lab_fetch_whole (lab.nodes[1], hit);
  g_assert_true (again != first);
  keep (again);
  g_assert_nonnull (fr_gallery_find (fr_node_get_gallery (lab.nodes[1]), fr_hit_get_id (hit)));
  g_clear_object (&first);
  g_clear_object (&same);
  g_clear_object (&again);
  g_clear_object (&hit);
  g_clear_object (&search);
  lab_clear (&lab);
}

static FrLink *
find_only_link (FrNetworkCore *core)
{
  GPtrArray *links = fr_switchboard_get_links (core->switchboard);

  g_assert_cmpuint (links->len, ==, 1);
  return g_ptr_array_index (links, 0);
}

static void
do_close_port (FrNetworkCore *core, gconstpointer arguments)
{
  fr_transfer_port_close (fr_link_get_port (find_only_link (core)));
}

/* The link lives, and the channel for the bytes of pictures does not: a session is dialled for them. */
static void
test_closed_port (void)
{
  NodeLab lab;
  g_autoptr (GBytes) picture = lab_make_picture ("small", 500);
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;

  lab_init (&lab, 2);
  lab_share (lab.nodes[0], picture, "Lighthouse");
  hit = lab_search (lab.nodes[1], "lighthouse", &search);
  fr_network_call_send (fr_network_call_new (lab.nodes[1]->network, do_close_port));
  fetch = lab_fetch_whole (lab.nodes[1], hit);
  g_assert_cmpuint (fr_people_get_n_here (fr_node_get_people (lab.nodes[1])), ==, 1);
  g_clear_object (&fetch);
  g_clear_object (&hit);
  g_clear_object (&search);
  lab_clear (&lab);
}

static int opened_again; /* atomic */

/* As soon as it has been opened once. */
static void
do_open_bulk_again (FrNetworkCore *core, gconstpointer arguments)
{
  g_autoptr (FrChannel) ours = NULL, theirs = NULL;
  FrLink *link;

  if (g_atomic_int_get (&opened_again))
    return;
  link = find_only_link (core);
  g_assert_false (fr_link_is_dialler (link));
  if (link->bulk == NULL)
    return;
  g_assert_no_error (link->error);
  fr_memory_channel_new_pair ("bulk", &ours, &theirs);
  g_signal_emit_by_name (link->session, "channel", ours);
  g_assert_error (link->error, FR_NODE_ERROR, FR_NODE_ERROR_FAULT);
  g_assert_cmpint (link->state, ==, FR_LINK_LEAVING);
  g_atomic_int_set (&opened_again, 1);
}

static gboolean
is_opened_again (gpointer data)
{
  if (!g_atomic_int_get (&opened_again))
    fr_network_call_send (fr_network_call_new (data, do_open_bulk_again));
  return g_atomic_int_get (&opened_again);
}

static gboolean
nobody_is_here (gpointer data)
{
  return fr_people_get_n_here (data) == 0;
}

/* None of ours opens it twice: whoever does is let go. */
static void
test_bulk_twice (void)
{
  NodeLab lab;

  lab_init (&lab, 2);
  g_atomic_int_set (&opened_again, 0);
  fr_test_wait_until (is_opened_again, lab.nodes[0]->network, 5);
  fr_test_wait_until (nobody_is_here, fr_node_get_people (lab.nodes[0]), 5);
  lab_clear (&lab);
}

void
test_fetches_add (void)
{
  g_test_add_func ("/node/fetches/liar", test_liar);
  g_test_add_func ("/node/fetches/kept-again", test_kept_again);
  g_test_add_func ("/node/fetches/closed-port", test_closed_port);
  g_test_add_func ("/node/fetches/bulk-twice", test_bulk_twice);
}
