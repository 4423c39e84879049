/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_address_rule_add (void);
void test_node_error_add (void);
void test_title_add (void);
void test_gallery_add (void);
void test_gallery_load_add (void);
void test_import_add (void);
void test_dial_proof_add (void);
void test_fetches_add (void);
void test_hello_add (void);
void test_hits_add (void);
void test_record_add (void);
void test_record_check_add (void);
void test_answerer_add (void);
void test_audience_add (void);
void test_sealed_answer_add (void);
void test_sealed_relay_add (void);
void test_introductions_add (void);
void test_invitation_add (void);
void test_link_add (void);
void test_locate_add (void);
void test_people_add (void);
void test_rejoin_add (void);
void test_session_limits_add (void);
void test_six_peers_add (void);
void test_intercepted_add (void);
void test_switchboard_add (void);
void test_switchboard_dials_add (void);
void test_node_add (void);
void test_opened_session_add (void);
void test_save_add (void);
void test_waiting_dials_add (void);
void test_visits_add (void);
void test_wake_add (void);
void test_node_failures_add (void);
void test_rewriting_server_add (void);
