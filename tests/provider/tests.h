/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fixture.h"

/* A picture with a small picture of these bytes. */
FrPicture *add_shown (FrStore *store, const char *bytes, const char *title, const char *description, GBytes *thumbnail);

void test_answer_add (void);
void test_service_add (void);
