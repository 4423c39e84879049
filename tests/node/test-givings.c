/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-givings.h"
#include "fr-node-private.h"
#include "fr-rate.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "tests.h"

/* What goes out, as the person whose it is sees it, and how fast. */

static void
report (FrGivings *givings, guint number, guint8 content, FrFetchState state, guint64 done, guint64 total)
{
  g_autoptr (FrNetworkReport) news = fr_network_report_new (FR_REPORT_GIVING);

  news->number = number;
  news->content.bytes[0] = content;
  news->content.bytes[1] = (guint8) number;
  news->key.bytes[0] = 'a';
  news->fetch_state = state;
  news->done = done;
  news->total = total;
  fr_givings_take_report (givings, news);
}

static guint
count (FrGivings *givings)
{
  return g_list_model_get_n_items (fr_givings_get_model (givings));
}

static FrGiving *
get (FrGivings *givings, guint position)
{
  g_autoptr (FrGiving) giving = g_list_model_get_item (fr_givings_get_model (givings), position);

  return giving; /* the list has it */
}

static void
test_list (void)
{
  g_autoptr (FrGivings) givings = NULL;
  NodeLab lab;

  lab_init (&lab, 1);
  givings = fr_givings_new (fr_node_get_people (lab.nodes[0]), fr_node_get_gallery (lab.nodes[0]));
  report (givings, 1, 0, FR_FETCH_QUEUED, 0, 0);
  report (givings, 2, 0, FR_FETCH_QUEUED, 0, 0);
  report (givings, 1, 0, FR_FETCH_RUNNING, 10, 100);
  g_assert_cmpuint (count (givings), ==, 2);
  g_assert_cmpint (fr_giving_get_state (get (givings, 0)), ==, FR_FETCH_QUEUED); /* the newest first */
  g_assert_cmpuint (fr_giving_get_bytes_done (get (givings, 1)), ==, 10);
  g_assert_cmpuint (fr_giving_get_bytes_total (get (givings, 1)), ==, 100);
  g_assert_cmpint (fr_giving_get_ended_us (get (givings, 1)), ==, 0);
  g_assert_null (fr_giving_get_person (get (givings, 1)));
  report (givings, 1, 0, FR_FETCH_DONE, 100, 100);
  g_assert_cmpint (fr_giving_get_ended_us (get (givings, 1)), >, 0);
  fr_givings_forget (givings, get (givings, 0)); /* it is not over */
  g_assert_cmpuint (count (givings), ==, 2);
  fr_givings_clear (givings);
  g_assert_cmpuint (count (givings), ==, 1);
  report (givings, 2, 0, FR_FETCH_RUNNING, 1, 100);
  report (givings, 2, 0, FR_FETCH_FAILED, 1, 100);
  g_assert_cmpuint (count (givings), ==, 1);
  fr_givings_forget (givings, get (givings, 0));
  g_assert_cmpuint (count (givings), ==, 0);
  report (givings, 3, 0, FR_FETCH_FAILED, 0, 0); /* nothing was known of it */
  g_assert_cmpuint (count (givings), ==, 0);
  lab_clear (&lab);
}

/* As many as are over are kept at most, however often it is asked for. */
static void
test_bounds (void)
{
  g_autoptr (FrGivings) givings = NULL;
  NodeLab lab;

  lab_init (&lab, 1);
  givings = fr_givings_new (fr_node_get_people (lab.nodes[0]), fr_node_get_gallery (lab.nodes[0]));
  report (givings, 1, 1, FR_FETCH_QUEUED, 0, 0);
  for (guint i = 2; i < FR_GIVINGS_MAX_OVER + 4; i++)
    {
      report (givings, i, (guint8) (i / 200), FR_FETCH_QUEUED, 0, 0);
      report (givings, i, (guint8) (i / 200), FR_FETCH_DONE, 1, 1);
      if (i == FR_GIVINGS_MAX_OVER + 1)
        g_assert_cmpuint (count (givings), ==, FR_GIVINGS_MAX_OVER + 1);
    }
  report (givings, 9999, 9, FR_FETCH_QUEUED, 0, 0);
  g_assert_cmpuint (count (givings), ==, FR_GIVINGS_MAX_OVER + 2); /* two that are not over */
  lab_clear (&lab);
}

/* Nobody fills the list by asking for what they do not get. */
static void
test_refused (void)
{
  g_autoptr (FrGivings) givings = NULL;
  NodeLab lab;

  lab_init (&lab, 1);
  givings = fr_givings_new (fr_node_get_people (lab.nodes[0]), fr_node_get_gallery (lab.nodes[0]));
  report (givings, 1, 1, FR_FETCH_RUNNING, 1, 2);
  report (givings, 1, 1, FR_FETCH_FAILED, 1, 2);
  for (guint i = 2; i < FR_GIVINGS_MAX_OVER + 10; i++)
    {
      report (givings, i, 2, FR_FETCH_QUEUED, 0, 0);
      report (givings, i, 2, FR_FETCH_FAILED, 0, 0);
    }
  g_assert_cmpuint (count (givings), ==, 1);
  g_assert_cmpuint (fr_giving_get_bytes_total (get (givings, 0)), ==, 2);
  lab_clear (&lab);
}

static void
test_same_again (void)
{
  g_autoptr (FrGivings) givings = NULL;
  NodeLab lab;

  lab_init (&lab, 1);
  givings = fr_givings_new (fr_node_get_people (lab.nodes[0]), fr_node_get_gallery (lab.nodes[0]));
  for (guint i = 1; i <= 5; i++)
    {
      report (givings, i * 256, 1, FR_FETCH_RUNNING, 0, 1); /* all of the same picture */
      report (givings, i * 256, 1, i % 2 == 0 ? FR_FETCH_DONE : FR_FETCH_FAILED, 1, 1);
      g_assert_cmpuint (count (givings), ==, 1);
    }
  lab_clear (&lab);
}

static gboolean
has_given (gpointer node)
{
  GListModel *givings = fr_node_get_givings (node);
  g_autoptr (FrGiving) giving = g_list_model_get_item (givings, 0);

  return giving != NULL && fr_giving_get_state (giving) == FR_FETCH_DONE;
}

/* From one node to another: what it is, to whom it went, how much of it. */
static void
test_goes_out (void)
{
  g_autoptr (GBytes) picture = lab_make_large_picture (1, 3 * 1024 * 1024);
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  g_autoptr (FrGiving) giving = NULL;
  NodeLab lab;

  lab_init (&lab, 2);
  lab_share (lab.nodes[1], picture, "Lighthouse");
  hit = lab_search (lab.nodes[0], "lighthouse", &search);
  g_assert_cmpuint (g_list_model_get_n_items (fr_node_get_givings (lab.nodes[1])), ==, 0);
  fetch = lab_fetch_whole (lab.nodes[0], hit);
  fr_test_wait_until (has_given, lab.nodes[1], 10);
  giving = g_list_model_get_item (fr_node_get_givings (lab.nodes[1]), 0);
  g_assert_cmpstr (fr_giving_get_title (giving), ==, "Lighthouse");
  g_assert_true (fr_content_id_equal (fr_giving_get_id (giving), fr_fetch_get_id (fetch)));
  g_assert_true (fr_peer_key_equal (fr_giving_get_key (giving), fr_node_get_key (lab.nodes[0])));
  g_assert_cmpuint (fr_giving_get_bytes_done (giving), ==, g_bytes_get_size (picture));
  g_assert_cmpuint (fr_giving_get_bytes_total (giving), ==, g_bytes_get_size (picture));
  fr_node_clear_givings (lab.nodes[1]);
  g_assert_cmpuint (g_list_model_get_n_items (fr_node_get_givings (lab.nodes[1])), ==, 0);
  lab_clear (&lab);
}

/* They are there again after a restart; what cannot be kept to is not taken. */
static void
test_limits_are_kept (void)
{
  NodeLab lab;

  lab_init (&lab, 1);
  g_assert_cmpuint (fr_node_get_limit_down (lab.nodes[0]), ==, 0);
  g_assert_cmpuint (fr_node_get_limit_up (lab.nodes[0]), ==, 0);
  fr_node_set_limits (lab.nodes[0], 1, 1);
  g_assert_cmpuint (fr_node_get_limit_down (lab.nodes[0]), ==, 64);
  fr_node_set_limits (lab.nodes[0], 500, 1);
  g_assert_cmpuint (fr_node_get_limit_up (lab.nodes[0]), ==, FR_RATE_MIN_KIB);
  lab_close_node (g_steal_pointer (&lab.nodes[0]));
  lab.nodes[0] = lab_open_node (lab.folders[0], NULL, NULL);
  g_assert_cmpuint (fr_node_get_limit_down (lab.nodes[0]), ==, 500);
  g_assert_cmpuint (fr_node_get_limit_up (lab.nodes[0]), ==, FR_RATE_MIN_KIB);
  fr_node_set_limits (lab.nodes[0], 0, 0);
  lab_close_node (g_steal_pointer (&lab.nodes[0]));
  lab.nodes[0] = lab_open_node (lab.folders[0], NULL, NULL);
  g_assert_cmpuint (fr_node_get_limit_down (lab.nodes[0]), ==, 0);
  lab_clear (&lab);
}

#define LIMIT_KIB 2048
#define PICTURE (3 * 1024 * 1024)

/* Either end can say how fast. */
static void
test_limits_hold (gconstpointer data)
{
  gboolean is_up = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) picture = lab_make_large_picture (2, PICTURE);
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  gint64 began_us;
  double took_s;
  NodeLab lab;

  lab_init (&lab, 2);
  lab_share (lab.nodes[1], picture, "Lighthouse");
  hit = lab_search (lab.nodes[0], "lighthouse", &search);
  if (is_up)
    fr_node_set_limits (lab.nodes[1], 0, LIMIT_KIB);
  else
    fr_node_set_limits (lab.nodes[0], LIMIT_KIB, 0);
  began_us = g_get_monotonic_time ();
  fetch = lab_fetch_whole (lab.nodes[0], hit);
  took_s = (double) (g_get_monotonic_time () - began_us) / G_USEC_PER_SEC;
  g_test_message ("It took %.2f s", took_s);
  g_assert_cmpfloat (PICTURE, <=, LIMIT_KIB * 1024 / 4.0 + took_s * LIMIT_KIB * 1024);
  lab_clear (&lab);
}

void
test_givings_add (void)
{
  g_test_add_func ("/node/givings/list", test_list);
  g_test_add_func ("/node/givings/bounds", test_bounds);
  g_test_add_func ("/node/givings/refused", test_refused);
  g_test_add_func ("/node/givings/same-again", test_same_again);
  g_test_add_func ("/node/givings/goes-out", test_goes_out);
  g_test_add_func ("/node/givings/limits-are-kept", test_limits_are_kept);
  g_test_add_data_func ("/node/givings/limit-up-holds", GINT_TO_POINTER (TRUE), test_limits_hold);
  g_test_add_data_func ("/node/givings/limit-down-holds", GINT_TO_POINTER (FALSE), test_limits_hold);
}
