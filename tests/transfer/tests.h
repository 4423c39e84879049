/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_block_set_add (void);
void test_deadline_add (void);
void test_download_plan_add (void);
void test_hostile_asker_add (void);
void test_hostile_holder_add (void);
void test_rate_add (void);
void test_transfer_add (void);
void test_upload_plan_add (void);
