/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void test_memory_channel_add (void);
