/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_queue_add (void);
void test_latency_add (void);
void test_graph_add (void);
void test_titles_add (void);
void test_output_add (void);
void test_world_add (void);
void test_trouble_add (void);
void test_experiments_add (void);
