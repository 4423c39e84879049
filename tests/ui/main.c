/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  test_texts_add ();
  test_capped_read_add ();
  test_templates_add ();
  test_search_xray_add ();
  test_search_texts_add ();
  test_search_page_add ();
  test_steady_list_add ();
  test_doctor_add ();
  test_first_start_add ();
  test_people_add ();
  test_person_page_add ();
  test_metadata_add ();
  test_frame_add ();
  test_hand_out_add ();
  test_help_add ();
  test_network_texts_add ();
  test_network_add ();
  test_new_texts_add ();
  test_new_add ();
  test_pictures_add ();
  test_preferences_texts_add ();
  test_preferences_add ();
  test_canvas_add ();
  test_moving_paintable_add ();
  test_transfer_texts_add ();
  test_transfers_add ();
  test_viewer_texts_add ();
  test_viewer_add ();
  test_wall_texts_add ();
  test_wall_add ();
  test_wall_hits_add ();
  test_wall_page_add ();
  test_width_first_add ();
  test_window_add ();
  test_adding_add ();
  test_import_add ();
  test_audience_add ();
  test_sharing_add ();
  test_wishes_add ();
  return g_test_run ();
}
