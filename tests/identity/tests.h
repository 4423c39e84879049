/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_backup_add (void);
void test_identity_add (void);
void test_identity_contact_add (void);
void test_identity_file_add (void);
void test_identity_seal_add (void);
void test_reply_key_add (void);
void test_safety_words_add (void);
