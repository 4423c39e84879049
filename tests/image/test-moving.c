/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "strip-fixture.h"
#include "tests.h"

#include <unistd.h>

/* Frames of what moves: what they show, how long, and how much of it all there is at most. */

#define LIMIT_S 10

/* Codes of LZW (GIF89a, appendix F), from the lowest bit on, in blocks of at most 255 bytes. */
typedef struct
{
  GByteArray *gif;
  guint block; /* where its size stands */
  guint bits;
  guint n_bits;
} Codes;

static void
put_byte (Codes *codes, guint byte)
{
  if (codes->gif->data[codes->block] == 255)
    {
      codes->block = codes->gif->len;
      test_bytes_add_little (codes->gif, 0, 1);
    }
  test_bytes_add_little (codes->gif, byte & 255, 1);
  codes->gif->data[codes->block]++;
}

static void
put_code (Codes *codes, guint code, guint size)
{
  codes->bits |= code << codes->n_bits;
  for (codes->n_bits += size; codes->n_bits >= 8; codes->n_bits -= 8, codes->bits >>= 8)
    put_byte (codes, codes->bits);
}

/* All of one colour: each code stands for a pixel more than the one before, until there are no more codes. */
static void
put_pixels (GByteArray *gif, guint colour, guint n_pixels)
{
  Codes codes = { .gif = gif, .block = gif->len + 1 };
  guint size = 3;

  test_bytes_add (gif, BYTES ("\2\0"));
  while (n_pixels > 0)
    {
      guint next = 6;

      put_code (&codes, 4, size);
      size = 3;
      put_code (&codes, colour, size);
      n_pixels--;
      for (guint run = 2; n_pixels >= run && next < 4096; run++)
        {
          put_code (&codes, next++, size);
          n_pixels -= run;
          if (next == 1u << size && size < 12)
            size++;
        }
    }
  put_code (&codes, 5, size);
  put_code (&codes, 0, 7);
  test_bytes_add (gif, BYTES ("\0"));
}

static void
put_frame (GByteArray *gif, guint width, guint height, guint colour, guint hundredths)
{
  test_bytes_add (gif, BYTES ("!\xf9\4\4"));
  test_bytes_add_little (gif, hundredths, 2);
  test_bytes_add (gif, BYTES ("\0\0,\0\0\0\0"));
  test_bytes_add_little (gif, width, 2);
  test_bytes_add_little (gif, height, 2);
  test_bytes_add (gif, BYTES ("\0"));
  put_pixels (gif, colour, width * height);
}

/* The first frame is all red, each other one a pixel at the top left, of the next of four colours. */
static GByteArray *
make_gif (guint width, guint height, guint n_frames, guint hundredths)
{
  GByteArray *gif = g_byte_array_new ();

  test_bytes_add (gif, BYTES ("GIF89a"));
  test_bytes_add_little (gif, width, 2);
  test_bytes_add_little (gif, height, 2);
  test_bytes_add (gif, BYTES ("\x81\0\0\xff\0\0\0\xff\0\0\0\xff\xff\xff\xff"));
  put_frame (gif, width, height, 0, hundredths);
  for (guint i = 1; i < n_frames; i++)
    put_frame (gif, 1, 1, i % 4, hundredths);
  test_bytes_add (gif, BYTES (";"));
  return gif;
}

static FrImageFrames *
ask (FrImageClient *client, int fd, guint first, guint n, guint side, int code)
{
  g_auto (TestAnswer) answer = { 0 };

  test_answer_ask_frames (&answer, client, fd, first, n, side);
  test_answer_wait (&answer);
  if (code < 0)
    g_assert_no_error (answer.error);
  else
    g_assert_error (answer.error, FR_IMAGE_ERROR, code);
  return g_steal_pointer (&answer.frames);
}

static FrImageFrames *
ask_gif (FrImageClient *client, const GByteArray *gif, guint first, guint n, guint side, int code)
{
  return ask (client, test_fd_new (gif->data, gif->len), first, n, side, code);
}

static void
assert_colour (const FrImageFrames *frames, guint index, guint colour)
{
  static const char colours[4][4] = { "\xff\0\0\xff", "\0\xff\0\xff", "\0\0\xff\xff", "\xff\xff\xff\xff" };
  g_autoptr (GBytes) pixels = fr_image_frames_get_pixels (frames, index);

  g_assert_cmpuint (g_bytes_get_size (pixels), ==, frames->stride * frames->height);
  g_assert_cmpmem (g_bytes_get_data (pixels, NULL), 4, colours[colour], 4);
}

/* Whichever are asked for, they are those, in that order. */
static void
test_frames (void)
{
  static const struct
  {
    guint first, n, n_frames;
  } rows[] = { { 0, 16, 16 }, { 0, 1, 1 }, { 5, 3, 3 }, { 16, 16, 7 }, { 22, 16, 1 }, { 0, 1000, 23 } };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_autoptr (GByteArray) gif = make_gif (2, 1, 23, 7);
  g_autoptr (FrImageFrames) all = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrImageFrames) frames = ask_gif (client, gif, rows[i].first, rows[i].n, 100, -1);

      g_test_message ("row %u", i);
      g_assert_cmpuint (frames->first, ==, rows[i].first);
      g_assert_cmpuint (frames->n_frames, ==, rows[i].n_frames);
      g_assert_cmpuint (frames->n_total, ==, 23);
      g_assert_cmpuint (frames->width, ==, 2);
      g_assert_cmpuint (frames->height, ==, 1);
      for (guint n = 0; n < frames->n_frames; n++)
        {
          assert_colour (frames, n, (rows[i].first + n) % 4);
          g_assert_cmpuint (fr_image_frames_get_ms (frames, n), ==, 70);
        }
    }
  g_assert_null (ask_gif (client, gif, 23, 1, 100, FR_IMAGE_ERROR_UNSUPPORTED));
  g_clear_pointer (&gif, g_byte_array_unref);
  gif = make_gif (1, 1, 100, 7);
  all = ask_gif (client, gif, 0, 100, 100, -1);
  g_assert_cmpuint (all->n_frames, ==, FR_IMAGE_MAX_FRAMES_AT_ONCE);
}

/* As real programs make them, and smaller: the red corner is in the first frame alone. */
static void
test_kinds (void)
{
  static const char *const names[] = { "moving.gif", "moving.webp" };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FrImageFrames) frames = ask (client, test_fixture_open (names[i]), 0, 16, 320, -1);
      g_autoptr (FrImageFrames) copy = fr_image_frames_copy (frames);
      g_autoptr (GBytes) first = fr_image_frames_get_pixels (copy, 0);
      g_autoptr (GBytes) second = fr_image_frames_get_pixels (copy, 1);

      g_test_message ("%s", names[i]);
      g_assert_cmpuint (frames->n_total, ==, 2);
      g_assert_cmpuint (frames->n_frames, ==, 2);
      g_assert_cmpuint (frames->width, ==, 320);
      g_assert_cmpuint (frames->height, ==, 120);
      g_assert_false (g_bytes_equal (first, second));
      g_assert_cmpuint (((const guint8 *) g_bytes_get_data (first, NULL))[0], >, 180);
      g_assert_cmpuint (((const guint8 *) g_bytes_get_data (second, NULL))[0], <, 180);
    }
}

static void
test_stands_still (void)
{
  static const char *const names[] = { "photograph.gif", "photograph.webp", "photograph.jpg", "photograph.tif" };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_null (ask (client, test_fixture_open (names[i]), 0, 16, 100, FR_IMAGE_ERROR_UNSUPPORTED));
  g_assert_null (ask (client, test_fd_new (BYTES ("no picture")), 0, 16, 100, FR_IMAGE_ERROR_NOT_A_PICTURE));
}

/* No time at all is the usual time, and nothing stands for ten minutes. */
static void
test_times (void)
{
  static const struct
  {
    guint hundredths, ms;
  } rows[] = { { 0, 100 }, { 1, 100 }, { 2, 20 }, { 6000, 60000 }, { 6001, 60000 }, { 65535, 60000 } };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) gif = make_gif (1, 1, 2, rows[i].hundredths);
      g_autoptr (FrImageFrames) frames = ask_gif (client, gif, 0, 2, 100, -1);

      g_test_message ("row %u", i);
      g_assert_cmpuint (fr_image_frames_get_ms (frames, 1), ==, rows[i].ms);
    }
}

/* At each limit, and beyond it. What is too many is cut, what is too large does not move. */
static void
test_bounds (void)
{
  static const struct
  {
    guint width, height, n_frames;
    guint n_total, n_at_once; /* 0: not at all */
    int code;
  } rows[] = {
    { 1, 1, FR_IMAGE_MAX_FRAMES, FR_IMAGE_MAX_FRAMES, 16, -1 },
    { 1, 1, FR_IMAGE_MAX_FRAMES + 1, FR_IMAGE_MAX_FRAMES, 16, -1 },
    { 1, 1, 100000, FR_IMAGE_MAX_FRAMES, 16, -1 },
    { 2048, 1024, 20, 20, 16, -1 },
    { 2048, 1025, 20, 20, 15, -1 },
    { 4096, 4096, 32, 32, 2, -1 },
    { 4096, 4096, 33, 32, 2, -1 },
    { 4096, 4097, 2, 0, 0, FR_IMAGE_ERROR_TOO_COSTLY },
    { 20000, 20000, 2, 0, 0, FR_IMAGE_ERROR_TOO_COSTLY },
    { 65535, 65535, 2, 0, 0, FR_IMAGE_ERROR_TOO_LARGE },
  };
  const FrImageLimits limits = { LIMIT_S, 3 * LIMIT_S * 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
      g_autoptr (GByteArray) gif = make_gif (rows[i].width, rows[i].height, rows[i].n_frames, 0);
      g_autoptr (FrImageFrames) frames = NULL;
      g_auto (TestAnswer) answer = { 0 };

      fr_image_pool_set_limits (_fr_image_client_get_pool (client), &limits);
      test_answer_ask_frames (&answer, client, test_fd_new (gif->data, gif->len), 0, 16, 64);
      test_answer_wait (&answer);
      g_test_message ("%u × %u, %u frames: %s", rows[i].width, rows[i].height, rows[i].n_frames,
                      answer.error != NULL ? answer.error->message : "moves");
      if (rows[i].n_total == 0)
        {
          g_assert_null (answer.frames);
          g_assert_error (answer.error, FR_IMAGE_ERROR, rows[i].code);
          continue;
        }
      g_assert_no_error (answer.error);
      g_assert_cmpuint (answer.frames->n_total, ==, rows[i].n_total);
      g_assert_cmpuint (answer.frames->n_frames, ==, rows[i].n_at_once);
      frames = ask_gif (client, gif, rows[i].n_total - 1, 16, 64, -1);
      g_assert_cmpuint (frames->n_frames, ==, 1);
      if (rows[i].n_total < FR_IMAGE_MAX_FRAMES)
        g_assert_null (ask_gif (client, gif, rows[i].n_total, 1, 64, FR_IMAGE_ERROR_UNSUPPORTED));
    }
}

/* Bytes that changed on the way: an answer, or a named error, and the next picture is decoded as ever. */
static void
test_damaged (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  static const char *const names[] = { "moving.gif", "moving.webp" };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  const FrImageLimits limits = { LIMIT_S, 3 * LIMIT_S * 1000 };

  fr_image_pool_set_limits (_fr_image_client_get_pool (client), &limits);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint n = 0; n < 40; n++)
      {
        g_autoptr (GByteArray) bytes = test_fixture_load (names[i]);
        g_auto (TestAnswer) answer = { 0 };

        for (guint hit = 0; hit < 4; hit++)
          bytes->data[g_rand_int_range (rand, 0, n % 2 == 0 ? 200 : (int) bytes->len)]
              = (guint8) g_rand_int_range (rand, 0, 256);
        test_answer_ask_frames (&answer, client, test_fd_new (bytes->data, bytes->len), n % 3, 16, 64);
        test_answer_wait (&answer);
        g_assert_true ((answer.frames != NULL) != (answer.error != NULL));
        if (answer.error != NULL)
          g_assert_true (answer.error->domain == FR_IMAGE_ERROR);
      }
  fr_image_frames_free (ask (client, test_fixture_open ("moving.gif"), 0, 2, 64, -1));
}

void
test_moving_add (void)
{
  g_test_add_func ("/image/moving/frames", test_frames);
  g_test_add_func ("/image/moving/kinds", test_kinds);
  g_test_add_func ("/image/moving/stands-still", test_stands_still);
  g_test_add_func ("/image/moving/times", test_times);
  g_test_add_func ("/image/moving/bounds", test_bounds);
  g_test_add_func ("/image/moving/damaged", test_damaged);
}
