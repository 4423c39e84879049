/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_find_incoming_add (void);
void test_store_add (void);
void test_text_add (void);
