/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_action_queue_add (void);
void test_aged_table_add (void);
