/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-block-set.h"

#include <string.h>

/**
 * fr_block_set_from_bytes:
 * @self: (out caller-allocates): the set; untouched on failure
 * @data: (array length=size) (nullable): a have-map from the wire
 * @size: its size in bytes; blocks that it is too short for are not in the set
 * @n_blocks: how many blocks the picture has, at most %FR_BULK_MAX_BLOCKS
 *
 * Takes a have-map from a peer.
 *
 * Returns: %FALSE if it is longer than @n_blocks needs, or names a block that the picture does not have
 */
gboolean
fr_block_set_from_bytes (FrBlockSet *self, const guint8 *data, gsize size, guint n_blocks)
{
  g_return_val_if_fail (n_blocks <= FR_BULK_MAX_BLOCKS, FALSE);

  if (size > (n_blocks + 7) / 8)
    return FALSE;
  if (n_blocks % 8 != 0 && size == (n_blocks + 7) / 8 && data[size - 1] >> (n_blocks % 8) != 0)
    return FALSE;

  *self = (FrBlockSet) { { 0 } };
  if (size > 0)
    memcpy (self->bits, data, size);
  return TRUE;
}

/**
 * fr_block_set_get_bytes:
 * @self: a set
 *
 * Returns: how many bytes of `bits` say something: those after them are zero, and need not be sent
 */
gsize
fr_block_set_get_bytes (const FrBlockSet *self)
{
  gsize size = sizeof self->bits;

  while (size > 0 && self->bits[size - 1] == 0)
    size--;
  return size;
}

/**
 * fr_block_set_add:
 * @self: a set
 * @block: the number of a block, under %FR_BULK_MAX_BLOCKS
 *
 * Puts one block into the set.
 */
void
fr_block_set_add (FrBlockSet *self, guint block)
{
  g_return_if_fail (block < FR_BULK_MAX_BLOCKS);

  self->bits[block / 8] |= 1 << (block % 8);
}

/**
 * fr_block_set_contains:
 * @self: a set
 * @block: any number
 *
 * Returns: whether the block is in the set
 */
gboolean
fr_block_set_contains (const FrBlockSet *self, guint block)
{
  return block < FR_BULK_MAX_BLOCKS && (self->bits[block / 8] >> (block % 8) & 1) != 0;
}

/**
 * fr_block_set_count:
 * @self: a set
 *
 * Returns: how many blocks are in it
 */
guint
fr_block_set_count (const FrBlockSet *self)
{
  guint n = 0;

  for (gsize i = 0; i < sizeof self->bits; i++)
    n += (guint) __builtin_popcount (self->bits[i]);
  return n;
}

/**
 * fr_block_set_next_missing:
 * @self: a set
 * @from: where to start
 * @n_blocks: how many blocks the picture has
 *
 * Returns: the first block from @from on that is not in the set; @n_blocks if there is none
 */
guint
fr_block_set_next_missing (const FrBlockSet *self, guint from, guint n_blocks)
{
  while (from < n_blocks && fr_block_set_contains (self, from))
    from++;
  return MIN (from, n_blocks);
}

/**
 * fr_block_length:
 * @size: the size of a picture in bytes
 * @block: the number of one of its blocks
 *
 * Returns: how many bytes the block has: %FR_BLOCK_SIZE, or less if it is the last one
 */
gsize
fr_block_length (guint64 size, guint block)
{
  guint64 start = (guint64) block * FR_BLOCK_SIZE;

  g_return_val_if_fail (start < size, 0);

  return (gsize) MIN (size - start, (guint64) FR_BLOCK_SIZE);
}
