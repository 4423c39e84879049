/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-likeness.h"

#include "fr-image-protocol.h"

/* The picture is laid out in so many fields, each of which is compared with the one to its right. */
#define COLUMNS 9
#define ROWS 8

/* Of 255: what is less is no edge, but noise of whoever has saved the picture. */
#define LEAST_EDGE 2

/* A picture with fewer edges than this (a wall, a sky) is like too many others. */
#define LEAST_EDGES 10

typedef struct
{
  guint64 sum[3]; /* red, green and blue, as far as they are not transparent */
  guint64 n;
} Field;

static void
add_row (Field *fields, const guint8 *row, guint width)
{
  for (guint x = 0; x < width; x++, row += FR_IMAGE_BYTES_PER_PIXEL)
    {
      Field *field = &fields[x * COLUMNS / width];

      for (guint i = 0; i < 3; i++)
        field->sum[i] += (guint)row[i] * row[3] / 255;
      field->n++;
    }
}

/* ITU-R BT.601, section 2.5.1 */
static int
get_lightness (const Field *field)
{
  return (int)((field->sum[0] * 299 + field->sum[1] * 587 + field->sum[2] * 114) / (field->n * 1000));
}

static guint
find_edges (const Field fields[ROWS][COLUMNS], guint64 *out_bits)
{
  guint n_edges = 0;

  *out_bits = 0;
  for (guint row = 0; row < ROWS; row++)
    for (guint column = 0; column + 1 < COLUMNS; column++)
      {
        int step = get_lightness (&fields[row][column + 1]) - get_lightness (&fields[row][column]);

        n_edges += ABS (step) > LEAST_EDGE;
        *out_bits = *out_bits << 1 | (step > LEAST_EDGE);
      }
  return n_edges;
}

/**
 * fr_image_likeness_find:
 * @pixels: a picture, best a small one: all its pixels are looked at
 * @out_likeness: (out caller-allocates): what it looks like; untouched if that says nothing
 *
 * Returns: %FALSE if the picture is too small or too plain to be told from others
 */
gboolean
fr_image_likeness_find (const FrImagePixels *pixels, FrImageLikeness *out_likeness)
{
  Field fields[ROWS][COLUMNS] = { 0 };
  guint64 sum[3] = { 0 }, bits;
  const guint8 *data = g_bytes_get_data (pixels->bytes, NULL);
  guint64 n = (guint64)pixels->width * pixels->height;

  if (pixels->width < COLUMNS || pixels->height < ROWS)
    return FALSE;
  for (guint y = 0; y < pixels->height; y++)
    add_row (fields[y * ROWS / pixels->height], data + y * pixels->stride, pixels->width);
  if (find_edges (fields, &bits) < LEAST_EDGES)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    for (guint field = 0; field < ROWS * COLUMNS; field++)
      sum[i] += fields[field / COLUMNS][field % COLUMNS].sum[i];
  out_likeness->bits = bits;
  for (guint i = 0; i < 3; i++)
    out_likeness->colour[i] = (guint8)(sum[i] / n);
  return TRUE;
}

static guint
count_bits (guint64 bits)
{
  guint n = 0;

  for (; bits != 0; bits &= bits - 1)
    n++;
  return n;
}

/**
 * fr_image_likeness_is_alike:
 * @a: what a picture looks like
 * @b: what another looks like
 *
 * Returns: whether one is nearly the same as the other
 */
gboolean
fr_image_likeness_is_alike (const FrImageLikeness *a, const FrImageLikeness *b)
{
  if (count_bits (a->bits ^ b->bits) > FR_IMAGE_LIKENESS_MAX_BITS)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (ABS ((int)a->colour[i] - (int)b->colour[i]) > FR_IMAGE_LIKENESS_MAX_COLOUR)
      return FALSE;
  return TRUE;
}
