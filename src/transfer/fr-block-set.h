/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-bulk-header.h"
#include "fr-content-id.h"

G_BEGIN_DECLS

/* Which blocks of a picture somebody has: the have-map of a Get, lowest bit first. A plain value. */

typedef struct
{
  guint8 bits[FR_BULK_MAX_BLOCKS / 8];
} FrBlockSet;

gboolean fr_block_set_from_bytes (FrBlockSet *self, const guint8 *data, gsize size, guint n_blocks);
gsize fr_block_set_get_bytes (const FrBlockSet *self);
void fr_block_set_add (FrBlockSet *self, guint block);
gboolean fr_block_set_contains (const FrBlockSet *self, guint block);
guint fr_block_set_count (const FrBlockSet *self);
guint fr_block_set_next_missing (const FrBlockSet *self, guint from, guint n_blocks);

gsize fr_block_length (guint64 size, guint block);

G_END_DECLS
