/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_action_queue_add (void);
void test_aged_table_add (void);
void test_blocked_add (void);
void test_cheap_search_add (void);
void test_digest_add (void);
void test_digest_exchange_add (void);
void test_digest_graph_add (void);
void test_digest_pattern_add (void);
void test_graph_add (void);
void test_hit_trails_add (void);
void test_links_add (void);
void test_liveness_add (void);
void test_membership_add (void);
void test_membership_explore_add (void);
void test_membership_network_add (void);
void test_membership_repair_add (void);
void test_membership_walk_add (void);
void test_near_add (void);
void test_neighbour_add (void);
void test_neighbourhood_add (void);
void test_passive_view_add (void);
void test_query_add (void);
void test_query_copy_add (void);
void test_query_ledger_add (void);
void test_query_reports_add (void);
void test_query_shares_add (void);
void test_random_events_add (void);
void test_recent_answers_add (void);
void test_reflection_add (void);
void test_report_add (void);
void test_route_table_add (void);
void test_search_add (void);
void test_signal_add (void);
void test_throttle_add (void);
void test_way_back_add (void);
