/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "strip-fixture.h"
#include "tests.h"

/* Few bytes that say they are much: what comes of them is an answer in time, and a process that goes on, or another. What
 * drawings can do is in test-drawings.c, and what only says that it is large in test-bad-pictures.c. */

#define LIMIT_S 10

/* `size` zeros, as zlib packs them: about a thousandth. */
static GByteArray *
pack_zeros (gsize size)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  static const guint8 zeros[64 * 1024];
  GByteArray *packed = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED)
    {
      guint8 out[64 * 1024];
      gsize n_in = 0, n_out = 0;

      result = g_converter_convert (G_CONVERTER (compressor), zeros, MIN (size, sizeof zeros), out, sizeof out,
                                    size <= sizeof zeros ? G_CONVERTER_INPUT_AT_END : 0, &n_in, &n_out, NULL);
      g_assert_cmpint (result, !=, G_CONVERTER_ERROR);
      g_byte_array_append (packed, out, (guint) n_out);
      size -= n_in;
    }
  return packed;
}

static GByteArray *
png_begin (guint32 width, guint32 height)
{
  GByteArray *png = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();

  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  test_bytes_add_big (header, width, 4);
  test_bytes_add_big (header, height, 4);
  test_bytes_add (header, "\1\0\0\0\0", 5); /* one bit a pixel, grey */
  test_png_add (png, "IHDR", header->data, header->len);
  return png;
}

static GByteArray *
png_end (GByteArray *png, gsize n_zeros)
{
  g_autoptr (GByteArray) rows = pack_zeros (n_zeros);

  test_png_add (png, "IDAT", rows->data, rows->len);
  test_png_add (png, "IEND", NULL, 0);
  return png;
}

/* A picture of one pixel, with words that take 64 MiB. */
static GByteArray *
png_with_words (void)
{
  GByteArray *png = png_begin (1, 1);
  g_autoptr (GByteArray) words = pack_zeros (64 * 1024 * 1024);

  g_byte_array_prepend (words, (const guint8 *) "Comment\0\0", 9);
  test_png_add (png, "zTXt", words->data, words->len);
  return png_end (png, 2);
}

static GByteArray *
png_with_profile (void)
{
  GByteArray *png = png_begin (1, 1);
  g_autoptr (GByteArray) profile = pack_zeros (64 * 1024 * 1024);

  g_byte_array_prepend (profile, (const guint8 *) "sRGB\0\0", 6);
  test_png_add (png, "iCCP", profile->data, profile->len);
  return png_end (png, 2);
}

/* More rows than it says that it has. */
static GByteArray *
png_with_rows (void)
{
  return png_end (png_begin (16, 16), 32 * 1024 * 1024);
}

/* 50,000 by 50,000, with all of its rows. */
static GByteArray *
png_of_2500_megapixels (void)
{
  return png_end (png_begin (50000, 50000), (gsize) 50000 * (1 + 50000 / 8));
}

/* A picture of one pixel on a screen of 65,535 by 65,535. */
static GByteArray *
gif_of_a_screen (void)
{
  GByteArray *gif = g_byte_array_new ();

  test_bytes_add (gif, BYTES ("GIF89a\xff\xff\xff\xff\x80\0\0rgbRGB,\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;"));
  return gif;
}

/* As many frames as fit into a megabyte, each of the whole of a large screen. */
static GByteArray *
gif_of_frames (void)
{
  GByteArray *gif = g_byte_array_new ();

  test_bytes_add (gif, BYTES ("GIF89a\x88\x13\x88\x13\x80\0\0rgbRGB"));
  for (guint i = 0; i < 60000; i++)
    test_bytes_add (gif, BYTES (",\0\0\0\0\x88\x13\x88\x13\0\2\2\x44\1\0"));
  test_bytes_add (gif, ";", 1);
  return gif;
}

static void
test_bombs (void)
{
  static const struct
  {
    const char *name;
    GByteArray *(*make) (void);
    int code; /* of the error; -1: one may decode it, or not */
  } rows[] = {
    { "words", png_with_words, -1 },
    { "profile", png_with_profile, -1 },
    { "rows", png_with_rows, -1 },
    { "50,000 by 50,000", png_of_2500_megapixels, FR_IMAGE_ERROR_TOO_LARGE },
    { "screen", gif_of_a_screen, -1 },
    { "frames", gif_of_frames, -1 },
  };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  const FrImageLimits limits = { LIMIT_S, 4 * LIMIT_S * 1000 };

  fr_image_pool_set_limits (_fr_image_client_get_pool (client), &limits);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) bomb = rows[i].make ();
      g_auto (TestAnswer) summary = { 0 };
      g_auto (TestAnswer) pixels = { 0 };
      g_auto (TestAnswer) copy = { 0 };
      g_auto (TestAnswer) good = { 0 };
      gint64 began_us = g_get_monotonic_time ();

      test_answer_ask_summary (&summary, client, test_fd_new (bomb->data, bomb->len), NULL);
      test_answer_wait (&summary);
      test_answer_ask_pixels (&pixels, client, test_fd_new (bomb->data, bomb->len), 100, 100);
      test_answer_wait (&pixels);
      test_answer_ask_copy (&copy, client, test_fd_new (bomb->data, bomb->len), NULL);
      test_answer_wait (&copy);
      test_answer_ask_summary (&good, client, test_fixture_open ("small.png"), NULL);
      test_answer_wait (&good);
      g_test_message ("%s: %u KiB, %.1f s; %s", rows[i].name, bomb->len / 1024,
                      (double) (g_get_monotonic_time () - began_us) / G_USEC_PER_SEC,
                      summary.error != NULL ? summary.error->message : "decoded");
      g_assert_no_error (good.error);
      g_assert_nonnull (good.summary);
      if (summary.error != NULL)
        g_assert_true (summary.error->domain == FR_IMAGE_ERROR);
      if (rows[i].code >= 0)
        g_assert_error (summary.error, FR_IMAGE_ERROR, rows[i].code);
    }
}

void
test_bombs_add (void)
{
  g_test_add_func ("/image/bombs/bombs", test_bombs);
}
