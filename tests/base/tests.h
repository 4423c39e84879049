/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_contact_tag_add (void);
void test_content_id_add (void);
void test_ngram_set_add (void);
void test_peer_key_add (void);
void test_peer_name_add (void);
void test_secret_hash_add (void);
void test_text_add (void);
void test_token_bucket_add (void);
