/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-colours.h"

#define CHANNELS 4
#define SAMPLES 16 /* looked at in each direction, for each pixel */

/* What is between two borders, which are at least a pixel apart. */
typedef struct
{
  guint first;
  guint end;
} Span;

static Span
get_span (guint index, guint size)
{
  guint first = index * size / FR_COLOURS_SIDE;

  return (Span){ first, MAX ((index + 1) * size / FR_COLOURS_SIDE, first + 1) };
}

static void
find_mean (const guchar *pixels, gsize stride, Span x, Span y, guchar *out)
{
  const guint step_x = MAX ((x.end - x.first) / SAMPLES, 1), step_y = MAX ((y.end - y.first) / SAMPLES, 1);
  guint sums[CHANNELS] = { 0 }, n = 0;

  for (guint row = y.first; row < y.end; row += step_y)
    for (guint column = x.first; column < x.end; column += step_x, n++)
      for (guint i = 0; i < CHANNELS; i++)
        sums[i] += pixels[row * stride + column * CHANNELS + i];
  for (guint i = 0; i < CHANNELS; i++)
    out[i] = (guchar) (sums[i] / n);
}

/**
 * fr_colours_make:
 * @texture: a small picture
 *
 * Returns: (transfer full): its colours, %FR_COLOURS_SIDE pixels wide and high, to be drawn as large as the picture
 */
GdkTexture *
fr_colours_make (GdkTexture *texture)
{
  const guint width = (guint) gdk_texture_get_width (texture), height = (guint) gdk_texture_get_height (texture);
  const gsize stride = (gsize) width * CHANNELS, size = FR_COLOURS_SIDE * FR_COLOURS_SIDE * CHANNELS;
  g_autofree guchar *pixels = g_malloc (stride * height);
  guchar *means = g_malloc (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (means, size);

  gdk_texture_download (texture, pixels, stride);
  for (guint y = 0; y < FR_COLOURS_SIDE; y++)
    for (guint x = 0; x < FR_COLOURS_SIDE; x++)
      find_mean (pixels, stride, get_span (x, width), get_span (y, height),
                 means + (y * FR_COLOURS_SIDE + x) * CHANNELS);
  return gdk_memory_texture_new (FR_COLOURS_SIDE, FR_COLOURS_SIDE, GDK_MEMORY_DEFAULT, bytes,
                                 FR_COLOURS_SIDE * CHANNELS);
}
