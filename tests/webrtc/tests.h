/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_candidate_add (void);
void test_description_add (void);
void test_ice_probe_add (void);
void test_ice_question_add (void);
void test_inbox_add (void);
void test_negotiation_add (void);
void test_pipeline_stop_add (void);
void test_session_add (void);
void test_session_hostile_add (void);
