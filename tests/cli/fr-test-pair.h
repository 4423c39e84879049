/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Two ends of one stream. */
typedef struct
{
  GIOStream *near;
  GIOStream *far;
} FrTestPair;

void fr_test_pair_init (FrTestPair *self);
void fr_test_pair_clear (FrTestPair *self);

G_END_DECLS
