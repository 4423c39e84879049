/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_shim_add (void);
void test_store_faults_add (void);
