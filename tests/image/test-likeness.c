/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <fr-image-likeness.h>

/* A picture of soft spots: so many a side, of colours that only the seed makes. */
#define SPOTS 6

typedef struct
{
  guint seed;
  guint width, height;
  int noise;     /* at most so much lighter or darker */
  int red;       /* added */
  gboolean flip; /* left is right */
} Sketch;

static void
make_spots (guint seed, double spots[SPOTS + 1][SPOTS + 1][3])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint y = 0; y <= SPOTS; y++)
    for (guint x = 0; x <= SPOTS; x++)
      for (guint i = 0; i < 3; i++)
        spots[y][x][i] = g_rand_double_range (rand, 20, 210);
}

static double
mix (double spots[SPOTS + 1][SPOTS + 1][3], double x, double y, guint i)
{
  guint column = (guint)x, row = (guint)y;
  double right = x - column, down = y - row;
  double upper = spots[row][column][i] * (1 - right) + spots[row][column + 1][i] * right;
  double lower = spots[row + 1][column][i] * (1 - right) + spots[row + 1][column + 1][i] * right;

  return upper * (1 - down) + lower * down;
}

static FrImagePixels *
draw (const Sketch *sketch)
{
  double spots[SPOTS + 1][SPOTS + 1][3];
  g_autoptr (GRand) noise = g_rand_new_with_seed (sketch->seed + sketch->width);
  FrImagePixels *self = g_new0 (FrImagePixels, 1);
  guint8 *data = g_malloc0 ((gsize)sketch->width * sketch->height * 4);

  make_spots (sketch->seed, spots);
  for (guint y = 0; y < sketch->height; y++)
    for (guint x = 0; x < sketch->width; x++)
      {
        guint8 *pixel = data + ((gsize)y * sketch->width + (sketch->flip ? sketch->width - 1 - x : x)) * 4;

        for (guint i = 0; i < 3; i++)
          pixel[i] = (guint8)CLAMP (mix (spots, (double)x * SPOTS / sketch->width, (double)y * SPOTS / sketch->height, i)
                                      + (i == 0 ? sketch->red : 0)
                                      + (sketch->noise > 0 ? g_rand_int_range (noise, -sketch->noise, sketch->noise + 1)
                                                           : 0),
                                    0, 255);
        pixel[3] = 255;
      }
  *self = (FrImagePixels){ sketch->width, sketch->height, (gsize)sketch->width * 4,
                           g_bytes_new_take (data, (gsize)sketch->width * sketch->height * 4) };
  return self;
}

static FrImageLikeness
find (const Sketch *sketch)
{
  g_autoptr (FrImagePixels) pixels = draw (sketch);
  FrImageLikeness likeness;

  g_assert_true (fr_image_likeness_find (pixels, &likeness));
  return likeness;
}

static void
test_alike (void)
{
  static const struct
  {
    Sketch sketch;
    gboolean is_alike;
  } rows[] = {
    { { 7, 160, 120 }, TRUE },
    { { 7, 640, 480 }, TRUE },
    { { 7, 81, 60 }, TRUE },
    { { 7, 160, 120, .noise = 6 }, TRUE },
    { { 7, 256, 192, .noise = 3, .red = 5 }, TRUE },
    { { 7, 160, 120, .red = 45 }, FALSE },
    { { 7, 160, 120, .flip = TRUE }, FALSE },
    { { 8, 160, 120 }, FALSE },
  };
  FrImageLikeness first = find (&rows[0].sketch);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrImageLikeness likeness = find (&rows[i].sketch);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (fr_image_likeness_is_alike (&first, &likeness), ==, rows[i].is_alike);
      g_assert_cmpint (fr_image_likeness_is_alike (&likeness, &first), ==, rows[i].is_alike);
    }
}

/* Among many pictures none is taken for another. */
static void
test_told_apart (void)
{
  enum { N = 60 };
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrImageLikeness likenesses[N];

  for (guint i = 0; i < N; i++)
    {
      likenesses[i] = find (&(Sketch){ g_rand_int (rand), 80, 60 });
      for (guint j = 0; j < i; j++)
        g_assert_false (fr_image_likeness_is_alike (&likenesses[i], &likenesses[j]));
    }
}

static void
test_limits (void)
{
  const FrImageLikeness zero = { 0, { 100, 100, 100 } };
  static const struct
  {
    FrImageLikeness likeness;
    gboolean is_alike;
  } rows[] = {
    { { 0, { 100, 100, 100 } }, TRUE },
    { { 0x8000000000000111, { 100, 100, 100 } }, TRUE },
    { { 0x8000000000001111, { 100, 100, 100 } }, FALSE },
    { { G_MAXUINT64, { 100, 100, 100 } }, FALSE },
    { { 0, { 116, 84, 100 } }, TRUE },
    { { 0, { 117, 100, 100 } }, FALSE },
    { { 0, { 100, 83, 100 } }, FALSE },
    { { 0, { 100, 100, 0 } }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fr_image_likeness_is_alike (&zero, &rows[i].likeness), ==, rows[i].is_alike);
}

static FrImagePixels *
fill (guint width, guint height, guint (*shade) (guint x, guint y), guint8 alpha)
{
  FrImagePixels *self = g_new0 (FrImagePixels, 1);
  gsize size = (gsize)width * height * 4;
  guint8 *data = g_malloc0 (size);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      for (guint i = 0; i < 4; i++)
        data[((gsize)y * width + x) * 4 + i] = i == 3 ? alpha : (guint8)shade (x, y);
  *self = (FrImagePixels){ width, height, (gsize)width * 4, g_bytes_new_take (data, size) };
  return self;
}

static guint
grey (guint x, guint y)
{
  return 128;
}

static guint
downwards (guint x, guint y)
{
  return y % 256;
}

static guint
chequered (guint x, guint y)
{
  return (x / 8 + y / 8) % 2 * 255;
}

/* What is plain, too small, too fine or not to be seen says nothing. */
static void
test_plain (void)
{
  static const struct
  {
    guint width, height;
    guint (*shade) (guint x, guint y);
    guint8 alpha;
    gboolean is_told;
  } rows[] = {
    { 160, 120, grey, 255, FALSE },    { 160, 120, downwards, 255, FALSE }, { 160, 120, chequered, 255, FALSE },
    { 72, 64, chequered, 0, FALSE },   { 72, 64, chequered, 255, TRUE },    { 9, 8, chequered, 255, FALSE },
    { 8, 64, chequered, 255, FALSE },  { 72, 7, chequered, 255, FALSE },    { 1, 1, grey, 255, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrImagePixels) pixels = fill (rows[i].width, rows[i].height, rows[i].shade, rows[i].alpha);
      FrImageLikeness likeness = { 1, { 2, 3, 4 } };

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (fr_image_likeness_find (pixels, &likeness), ==, rows[i].is_told);
      if (!rows[i].is_told)
        g_assert_cmpuint (likeness.bits, ==, 1);
    }
}

/* The same photograph as others save it. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *name;
    guint side;
    gboolean is_alike;
  } rows[] = {
    { "photograph.jpg", 160, TRUE }, { "photograph.png", 160, TRUE },  { "photograph.webp", 160, TRUE },
    { "photograph.tif", 256, TRUE }, { "progressive.jpg", 256, TRUE }, { "turned.jpg", 160, FALSE },
    { "noise.png", 160, FALSE },
  };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  FrImageLikeness first = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (TestAnswer) answer = { 0 };
      FrImageLikeness likeness = { 0 };

      g_test_message ("%s", rows[i].name);
      test_answer_ask_pixels (&answer, client, test_fixture_open (rows[i].name), rows[i].side, rows[i].side);
      test_answer_wait (&answer);
      g_assert_no_error (answer.error);
      if (!fr_image_likeness_find (answer.pixels, &likeness))
        g_assert_false (rows[i].is_alike);
      if (i == 0)
        first = likeness;
      g_assert_cmpint (fr_image_likeness_is_alike (&first, &likeness), ==, rows[i].is_alike);
    }
}

void
test_likeness_add (void)
{
  g_test_add_func ("/image/likeness/alike", test_alike);
  g_test_add_func ("/image/likeness/told-apart", test_told_apart);
  g_test_add_func ("/image/likeness/limits", test_limits);
  g_test_add_func ("/image/likeness/plain", test_plain);
  g_test_add_func ("/image/likeness/kinds", test_kinds);
}
