/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_node_error_add (void);
void test_title_add (void);
void test_gallery_add (void);
void test_gallery_load_add (void);
void test_import_add (void);
