/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_acquaintances_add (void);
void test_dials_add (void);
void test_doors_add (void);
void test_floods_add (void);
void test_greetings_add (void);
void test_lies_add (void);
void test_newest_add (void);
void test_penalty_add (void);
void test_server_add (void);
void test_transfers_add (void);

/* What many tests share goes once all are over. */
void test_server_clear (void);
