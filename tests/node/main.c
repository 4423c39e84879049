/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "fr-test-support.h"
#include "intercepted-peer.h"
#include "tests.h"

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], INTERCEPTED_PEER_OPTION))
    return intercepted_peer_main (argv[2]);
  g_test_init (&argc, &argv, NULL);
  test_address_rule_add ();
  test_node_error_add ();
  test_title_add ();
  test_gallery_add ();
  test_gallery_load_add ();
  test_removal_add ();
  test_import_add ();
  test_import_plan_add ();
  test_dial_proof_add ();
  test_fetch_pace_add ();
  test_meeting_record_add ();
  test_fetch_rules_add ();
  test_fetches_add ();
  test_hello_add ();
  test_hits_add ();
  test_record_add ();
  test_record_check_add ();
  test_answerer_add ();
  test_answerer_newest_add ();
  test_asker_windows_add ();
  test_audience_add ();
  test_contact_tags_add ();
  test_sealed_answer_add ();
  test_sealed_relay_add ();
  test_introductions_add ();
  test_invitation_add ();
  test_letters_add ();
  test_link_add ();
  test_locate_add ();
  test_mesh_limits_add ();
  test_admission_add ();
  test_penalties_add ();
  test_people_add ();
  test_acquaintance_add ();
  test_people_computers_add ();
  test_people_keys_add ();
  test_people_store_add ();
  test_other_computers_add ();
  test_rejoin_add ();
  test_search_terms_add ();
  test_session_limits_add ();
  test_six_peers_add ();
  test_intercepted_add ();
  test_switchboard_add ();
  test_switchboard_dials_add ();
  test_metadata_add ();
  test_newest_add ();
  test_node_add ();
  test_opened_session_add ();
  test_save_add ();
  test_waiting_dials_add ();
  test_waiting_fetches_add ();
  test_visits_add ();
  test_wake_add ();
  test_node_failures_add ();
  test_rewriting_server_add ();
  return fr_test_run ();
}
