/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_action_queue_add ();
  test_aged_table_add ();
  test_digest_pattern_add ();
  test_digest_add ();
  test_digest_exchange_add ();
  test_digest_graph_add ();
  test_query_copy_add ();
  test_query_ledger_add ();
  test_neighbour_add ();
  test_near_add ();
  test_hit_trails_add ();
  test_route_table_add ();
  test_query_add ();
  test_way_back_add ();
  test_links_add ();
  test_liveness_add ();
  test_graph_add ();
  test_blocked_add ();
  test_cheap_search_add ();
  test_query_reports_add ();
  test_query_shares_add ();
  test_recent_answers_add ();
  test_reflection_add ();
  test_report_add ();
  test_search_add ();
  test_neighbourhood_add ();
  test_signal_add ();
  test_throttle_add ();
  test_passive_view_add ();
  test_membership_add ();
  test_membership_walk_add ();
  test_membership_repair_add ();
  test_membership_explore_add ();
  test_membership_network_add ();
  test_random_events_add ();
  return g_test_run ();
}
