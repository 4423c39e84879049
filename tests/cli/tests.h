/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_other_computers_add (void);
void test_backup_people_add (void);
void test_codec_add (void);
void test_keeping_add (void);
void test_connection_add (void);
void test_socket_add (void);
void test_output_add (void);
void test_options_add (void);
void test_qr_add (void);
void test_commands_add (void);
void test_end_to_end_add (void);
void test_trouble_add (void);
void test_control_add (void);
void test_recovery_add (void);
void test_moving_add (void);
void test_slow_uplink_add (void);
void test_transfers_add (void);
void test_xray_add (void);
