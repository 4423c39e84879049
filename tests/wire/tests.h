/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_bulk_header_add (void);
void test_frame_add (void);
void test_frame_bounds_add (void);
void test_frame_hostile_add (void);
void test_frame_overlay_add (void);
