/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_at_once_add (void);
void test_acquaintances_add (void);
void test_audience_add (void);
void test_check_add (void);
void test_content_add (void);
void test_crash_add (void);
void test_database_add (void);
void test_describe_add (void);
void test_disk_full_add (void);
void test_files_add (void);
void test_find_incoming_add (void);
void test_incoming_add (void);
void test_newest_add (void);
void test_origin_name_add (void);
void test_originals_add (void);
void test_people_add (void);
void test_reader_add (void);
void test_rescue_add (void);
void test_room_add (void);
void test_search_add (void);
void test_hidden_add (void);
void test_shown_add (void);
void test_store_add (void);
void test_wanted_add (void);
void test_wishes_add (void);
