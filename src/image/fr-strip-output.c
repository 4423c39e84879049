/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-strip-output.h"

#include <string.h>

typedef struct
{
  gsize offset;
  gsize size;
  gboolean is_made; /* a range of what was made, not of the input */
} Piece;

struct _FrStripOutput
{
  /* Owned */
  GArray *pieces;
  GByteArray *made;

  /* Borrowed */
  const guint8 *input;
  gsize input_size;

  /* State */
  gsize size;
  gboolean has_failed;
};

static void
append (FrStripOutput *self, gsize offset, gsize size, gboolean is_made)
{
  Piece piece = { offset, size, is_made };
  Piece *last = self->pieces->len > 0 ? &g_array_index (self->pieces, Piece, self->pieces->len - 1) : NULL;

  if (size == 0)
    return;
  if (last != NULL && last->is_made == is_made && last->offset + last->size == offset)
    last->size += size;
  else if (self->pieces->len < FR_STRIP_MAX_PIECES)
    g_array_append_val (self->pieces, piece);
  else
    self->has_failed = TRUE;
  self->size += size;
}

/**
 * fr_strip_output_new:
 * @input: (array length=input_size): what is copied; must outlive the output, unchanged
 * @input_size: bytes
 *
 * Returns: (transfer full): an empty copy
 */
FrStripOutput *
fr_strip_output_new (const guint8 *input, gsize input_size)
{
  FrStripOutput *self = g_new0 (FrStripOutput, 1);

  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  self->made = g_byte_array_new ();
  self->input = input;
  self->input_size = input_size;
  return self;
}

/**
 * fr_strip_output_free:
 * @self: (nullable) (transfer full): a copy
 */
void
fr_strip_output_free (FrStripOutput *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->pieces);
  g_byte_array_unref (self->made);
  g_free (self);
}

/**
 * fr_strip_output_keep:
 * @self: a copy
 * @offset: where in the input
 * @size: bytes
 *
 * Adds a range of the input.
 */
void
fr_strip_output_keep (FrStripOutput *self, gsize offset, gsize size)
{
  g_return_if_fail (offset <= self->input_size && size <= self->input_size - offset);

  append (self, offset, size, FALSE);
}

/**
 * fr_strip_output_add:
 * @self: a copy
 * @bytes: (array length=size): what to add
 * @size: bytes
 *
 * Adds bytes that are not in the input, or not in that order.
 *
 * Returns: their position, for fr_strip_output_change()
 */
gsize
fr_strip_output_add (FrStripOutput *self, const void *bytes, gsize size)
{
  gsize position = self->made->len;

  /* Once it has failed it grows no further. */
  if (self->has_failed)
    return 0;
  append (self, position, size, TRUE);
  g_byte_array_append (self->made, bytes, size);
  return position;
}

/**
 * fr_strip_output_change:
 * @self: a copy
 * @position: as fr_strip_output_add() said, or a few bytes on
 * @bytes: (array length=size): what shall be there instead
 * @size: bytes
 *
 * Changes bytes that were added, for sizes that are known only later.
 */
void
fr_strip_output_change (FrStripOutput *self, gsize position, const void *bytes, gsize size)
{
  g_return_if_fail (position <= self->made->len && size <= self->made->len - position);

  memcpy (self->made->data + position, bytes, size);
}

/**
 * fr_strip_output_has_failed:
 * @self: a copy
 *
 * Returns: whether it would have more than %FR_STRIP_MAX_PIECES pieces; it is of no use then
 */
gboolean
fr_strip_output_has_failed (const FrStripOutput *self)
{
  return self->has_failed;
}

/**
 * fr_strip_output_get_size:
 * @self: a copy
 *
 * Returns: its bytes
 */
gsize
fr_strip_output_get_size (const FrStripOutput *self)
{
  return self->size;
}

/**
 * fr_strip_output_get_n_pieces:
 * @self: a copy
 *
 * Returns: of how many pieces it consists
 */
guint
fr_strip_output_get_n_pieces (const FrStripOutput *self)
{
  return self->pieces->len;
}

/**
 * fr_strip_output_get_piece:
 * @self: a copy
 * @index: which piece
 * @out_size: (out): its bytes
 *
 * Returns: (transfer none) (array length=out_size): that piece; good until the copy is added to or freed
 */
const guint8 *
fr_strip_output_get_piece (const FrStripOutput *self, guint index, gsize *out_size)
{
  const Piece *piece;

  g_return_val_if_fail (index < self->pieces->len, NULL);

  piece = &g_array_index (self->pieces, Piece, index);
  *out_size = piece->size;
  return (piece->is_made ? self->made->data : self->input) + piece->offset;
}

/**
 * fr_strip_output_to_bytes:
 * @self: a copy
 *
 * Returns: (transfer full): the whole of it in memory
 */
GBytes *
fr_strip_output_to_bytes (const FrStripOutput *self)
{
  guint8 *bytes = g_malloc (self->size);
  gsize at = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      gsize size;
      const guint8 *piece = fr_strip_output_get_piece (self, i, &size);

      memcpy (bytes + at, piece, size);
      at += size;
    }
  return g_bytes_new_take (bytes, at);
}

/**
 * fr_strip_output_is_input:
 * @self: a copy
 *
 * Returns: whether it has the same bytes as the input, in whatever pieces
 */
gboolean
fr_strip_output_is_input (const FrStripOutput *self)
{
  gsize at = 0;

  if (self->size != self->input_size)
    return FALSE;
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      const guint8 *bytes = (piece->is_made ? self->made->data : self->input) + piece->offset;

      if (bytes != self->input + at && memcmp (bytes, self->input + at, piece->size) != 0)
        return FALSE;
      at += piece->size;
    }
  return TRUE;
}
