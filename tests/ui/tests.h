/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_adding_add (void);
void test_audience_add (void);
void test_canvas_add (void);
void test_capped_read_add (void);
void test_doctor_add (void);
void test_first_start_add (void);
void test_frame_add (void);
void test_hand_out_add (void);
void test_help_add (void);
void test_people_add (void);
void test_person_page_add (void);
void test_import_add (void);
void test_metadata_add (void);
void test_new_add (void);
void test_new_texts_add (void);
void test_pictures_add (void);
void test_preferences_add (void);
void test_preferences_texts_add (void);
void test_search_page_add (void);
void test_search_texts_add (void);
void test_wishes_add (void);
void test_search_xray_add (void);
void test_sharing_add (void);
void test_steady_list_add (void);
void test_templates_add (void);
void test_texts_add (void);
void test_transfer_texts_add (void);
void test_transfers_add (void);
void test_viewer_add (void);
void test_viewer_texts_add (void);
void test_wall_add (void);
void test_wall_hits_add (void);
void test_wall_page_add (void);
void test_wall_texts_add (void);
void test_window_add (void);
