/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_backoff_add (void);
void test_client_add (void);
void test_client_faults_add (void);
void test_frame_limit_add (void);
void test_guarded_address_add (void);
void test_json_guard_add (void);
void test_peer_guests_add (void);
void test_peer_registry_add (void);
void test_server_add (void);
void test_server_address_add (void);
void test_server_limits_add (void);
void test_signal_add (void);
