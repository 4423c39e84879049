/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-mutator.h"

#include <string.h>

#define MOST_CHANGES 6
#define MOST_BYTES 64 /* put in, taken out or moved by one change */

static gsize
below (const FuzzMutator *self, gsize bound)
{
  return bound > 1 ? (gsize) g_rand_int_range (self->rand, 0, (gint32) MIN (bound, G_MAXINT32)) : 0;
}

static GBytes *
any_of (const FuzzMutator *self, GPtrArray *all)
{
  return g_ptr_array_index (all, below (self, all->len));
}

static void
insert (GByteArray *input, gsize at, const void *bytes, gsize size)
{
  gsize old_size = input->len;

  g_byte_array_set_size (input, (guint) (old_size + size));
  memmove (input->data + at + size, input->data + at, old_size - at);
  memcpy (input->data + at, bytes, size);
}

/* Put in, or written over what is there. */
static void
place (const FuzzMutator *self, GByteArray *input, const void *bytes, gsize size)
{
  gsize at = below (self, input->len + 1);

  if (below (self, 2) == 0 && at + size <= input->len)
    memcpy (input->data + at, bytes, size);
  else
    insert (input, at, bytes, size);
}

static void
change_byte (const FuzzMutator *self, GByteArray *input)
{
  gsize at = below (self, input->len);

  switch (below (self, 3))
    {
    case 0:
      input->data[at] ^= (guint8) (1u << below (self, 8));
      break;
    case 1:
      input->data[at] = (guint8) below (self, 256);
      break;
    default:
      input->data[at] = (guint8) (input->data[at] + below (self, 9) - 4);
    }
}

static void
take_out (const FuzzMutator *self, GByteArray *input)
{
  gsize at = below (self, input->len);
  gsize size = 1 + below (self, MIN (input->len - at, MOST_BYTES));

  g_byte_array_remove_range (input, (guint) at, (guint) size);
}

/* Lengths and counts are numbers of 1 to 4 bytes, either end first. */
static void
place_number (const FuzzMutator *self, GByteArray *input)
{
  static const guint32 edges[] = { 0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, G_MAXINT32,
                                   0x80000000, G_MAXUINT32 };
  guint32 number = edges[below (self, G_N_ELEMENTS (edges))];
  gsize size = 1 + below (self, sizeof number);

  if (below (self, 2) == 0)
    number = GUINT32_TO_BE (number << (8 * (sizeof number - size)));
  else
    number = GUINT32_TO_LE (number);
  place (self, input, &number, size);
}

static void
place_piece (const FuzzMutator *self, GByteArray *input, GBytes *from, gsize most)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (from, &size);
  gsize at = below (self, size);
  gsize n = size > 0 ? 1 + below (self, MIN (size - at, most)) : 0;
  g_autofree guint8 *copy = g_memdup2 (bytes != NULL ? bytes + at : NULL, n);

  if (n > 0)
    place (self, input, copy, n);
}

static void
change (const FuzzMutator *self, GByteArray *input)
{
  GBytes *word;
  guint kind = (guint) below (self, 10);

  if (input->len > 0 && kind < 4)
    change_byte (self, input);
  else if (input->len > 0 && kind < 6)
    take_out (self, input);
  else if (self->dictionary->len > 0 && kind < 8)
    {
      word = any_of (self, self->dictionary);
      place (self, input, g_bytes_get_data (word, NULL), g_bytes_get_size (word));
    }
  else if (kind < 9)
    place_number (self, input);
  else
    place_piece (self, input, any_of (self, self->corpus), MOST_BYTES);
}

void
fuzz_mutator_make (const FuzzMutator *self, GByteArray *out_input)
{
  GBytes *from = any_of (self, self->corpus);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (from, &size);

  g_byte_array_set_size (out_input, 0);
  if (size > 0)
    g_byte_array_append (out_input, bytes, (guint) size);
  /* Now and then the beginning of one and the end of another. */
  if (below (self, 10) == 0)
    {
      g_byte_array_set_size (out_input, (guint) below (self, out_input->len + 1));
      place_piece (self, out_input, any_of (self, self->corpus), self->max_size);
    }
  for (gsize i = 1 + below (self, MOST_CHANGES); i > 0; i--)
    change (self, out_input);
  if (out_input->len > self->max_size)
    g_byte_array_set_size (out_input, (guint) self->max_size);
}
