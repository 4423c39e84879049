/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <string.h>
#include <unistd.h>

/* A part of a picture is what one sees there of the whole. */

#define SVG                                                                                                  \
  "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='200'><rect width='200' height='200' fill='red'/></svg>"

static FrImagePixels *
render (FrImageClient *client, const char *name, guint side)
{
  g_auto (TestAnswer) answer = { 0 };

  test_answer_ask_pixels (&answer, client, test_fixture_open (name), side, side);
  test_answer_wait (&answer);
  g_assert_no_error (answer.error);
  return g_steal_pointer (&answer.pixels);
}

static FrImagePixels *
render_part (FrImageClient *client, int fd, const FrImagePart *part, int code)
{
  g_auto (TestAnswer) answer = { 0 };

  test_answer_ask_part (&answer, client, fd, part);
  test_answer_wait (&answer);
  if (code < 0)
    g_assert_no_error (answer.error);
  else
    g_assert_error (answer.error, FR_IMAGE_ERROR, code);
  return g_steal_pointer (&answer.pixels);
}

/* The difference of a channel on average. */
static double
compare (const FrImagePixels *part, const FrImagePixels *whole, guint left, guint top)
{
  const guint8 *a = g_bytes_get_data (part->bytes, NULL), *b = g_bytes_get_data (whole->bytes, NULL);
  guint64 sum = 0;

  for (guint y = 0; y < part->height; y++)
    for (guint i = 0; i < part->width * 4; i++)
      sum += ABS (a[y * part->stride + i] - b[(top + y) * whole->stride + left * 4 + i]);
  return (double) sum / (part->width * part->height * 4);
}

/* At the same share of it, as decoded for the whole. */
static void
assert_alike (FrImageClient *client,
              const char *name,
              const FrImagePixels *whole,
              FrImagePart part,
              guint shrink,
              double differs)
{
  g_autoptr (FrImagePixels) pixels = NULL;
  double difference;

  part.max_width = part.width / shrink;
  part.max_height = part.height / shrink;
  pixels = render_part (client, test_fixture_open (name), &part, -1);
  g_assert_cmpuint (pixels->width, ==, part.max_width);
  g_assert_cmpuint (pixels->height, ==, part.max_height);
  difference = compare (pixels, whole, part.left / shrink, part.top / shrink);
  g_test_message ("%s at 1/%u, %u+%u+%u+%u: differs by %.2f", name, shrink, part.width, part.height, part.left, part.top,
                  difference);
  g_assert_cmpfloat (difference, <=, differs);
}

/* Upright, mirrored or turned, in whatever colours; at full size, half and a quarter of it. */
static void
test_is_of_the_whole (void)
{
  static const struct
  {
    const char *name;
    double differs; /* what libwebp makes smaller by itself is less like it, and the edges of what shines through */
  } rows[] = {
    { "photograph.png", 0.5 },  { "photograph.jpg", 0.5 }, { "progressive.jpg", 0.5 }, { "turned.jpg", 0.5 },
    { "cmyk.jpg", 0.5 },        { "coloured.jpg", 0.5 },   { "coloured.png", 0.5 },    { "coloured.webp", 20 },
    { "photograph.webp", 20 },  { "photograph.gif", 0.5 }, { "photograph.tif", 0.5 },  { "photograph.heic", 0.5 },
    { "photograph.avif", 0.5 }, { "alpha.png", 5 },      { "grey.png", 2 },        { "deep.png", 2 },
  };
  static const FrImagePart parts[] = {
    { 16, 32, 160, 80 }, { 400, 400, 80, 80 }, { 120, 0, 240, 160 },
  };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint shrink = 1; shrink <= 4; shrink *= 2)
      {
        g_autoptr (FrImagePixels) whole = render (client, rows[i].name, 640 / shrink);

        for (guint n = 0; n < G_N_ELEMENTS (parts); n++)
          assert_alike (client, rows[i].name, whole, parts[n], shrink, rows[i].differs);
      }
}

/* Never larger than it is. */
static void
test_not_enlarged (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  const FrImagePart part = { 10, 10, 200, 100, 8192, 8192 };
  g_autoptr (FrImagePixels) pixels = render_part (client, test_fixture_open ("photograph.jpg"), &part, -1);

  g_assert_cmpuint (pixels->width, ==, 200);
  g_assert_cmpuint (pixels->height, ==, 100);
}

/* Of a drawing too, whose left half is red. */
static void
test_of_a_drawing (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  const FrImagePart part = { 150, 50, 100, 50, 100, 100 };
  g_autoptr (FrImagePixels) pixels = render_part (client, test_fd_new (SVG, strlen (SVG)), &part, -1);
  const guint8 *data = g_bytes_get_data (pixels->bytes, NULL);

  g_assert_cmpuint (pixels->width, ==, 100);
  g_assert_cmpuint (pixels->height, ==, 50);
  g_assert_cmpmem (data + 20 * 4, 4, "\xff\0\0\xff", 4);
  g_assert_cmpuint (data[80 * 4 + 3], ==, 0);
}

/* What is not in the picture is refused, whoever said how large that is. */
static void
test_outside (void)
{
  static const FrImagePart parts[] = {
    { 640, 0, 1, 1, 1, 1 }, { 0, 480, 1, 1, 1, 1 }, { 0, 0, 641, 1, 1, 1 }, { 1, 0, 640, 480, 10, 10 },
    { 400, 400, 80, 81, 10, 10 }, { G_MAXUINT, 0, 1, 1, 1, 1 }, { 1, 1, G_MAXUINT, G_MAXUINT, 1, 1 },
    { 499999999, 0, 1, 1, 1, 1 },
  };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_test_message ("part %u", i);
      g_assert_null (render_part (client, test_fixture_open ("photograph.png"), &parts[i], FR_IMAGE_ERROR_UNSUPPORTED));
    }
}

/* How many times smaller JPEG may be decoded. */
static void
test_shrink (void)
{
  static const struct
  {
    FrImagePart part;
    guint shrink;
  } rows[] = {
    { { 0, 0, 800, 800, 800, 800 }, 1 },   { { 0, 0, 800, 800, 201, 201 }, 1 }, { { 0, 0, 800, 800, 200, 200 }, 2 },
    { { 0, 0, 800, 800, 101, 101 }, 2 },   { { 0, 0, 800, 800, 100, 100 }, 4 }, { { 0, 0, 800, 800, 50, 50 }, 8 },
    { { 0, 0, 800, 800, 1, 1 }, 8 },       { { 0, 0, 800, 400, 50, 400 }, 8 },  { { 0, 0, 800, 400, 8192, 50 }, 4 },
    { { 0, 0, 1, 1, 8192, 8192 }, 1 },     { { 0, 0, G_MAXUINT, G_MAXUINT, 8192, 8192 }, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpuint (fr_image_part_get_shrink (&rows[i].part), ==, rows[i].shrink);
    }
}

/* Where a pixel that is shown lies in the file, for each orientation: of a file of 5 by 3 pixels. */
static void
find_in_file (guint orientation, guint x, guint y, guint *out_x, guint *out_y)
{
  const guint width = 5, height = 3;
  const guint places[8][2] = {
    { x, y }, { width - 1 - x, y }, { width - 1 - x, height - 1 - y }, { x, height - 1 - y },
    { y, x }, { y, height - 1 - x }, { width - 1 - y, height - 1 - x }, { width - 1 - y, x },
  };

  *out_x = places[orientation - 1][0];
  *out_y = places[orientation - 1][1];
}

/* Opposite corners of a part are where each would be alone. */
static void
test_turn (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      const guint width = orientation >= 5 ? 3 : 5, height = orientation >= 5 ? 5 : 3;
      FrImagePart part = { 1, 0, 2, 2, 7, 9 };
      guint x0, y0, x1, y1;

      g_test_message ("orientation %u", orientation);
      g_assert_true (fr_image_part_fits (&part, width, height));
      find_in_file (orientation, part.left, part.top, &x0, &y0);
      find_in_file (orientation, part.left + part.width - 1, part.top + part.height - 1, &x1, &y1);
      fr_image_part_turn (&part, orientation, width, height);
      g_assert_cmpuint (part.left, ==, MIN (x0, x1));
      g_assert_cmpuint (part.top, ==, MIN (y0, y1));
      g_assert_cmpuint (part.left + part.width - 1, ==, MAX (x0, x1));
      g_assert_cmpuint (part.top + part.height - 1, ==, MAX (y0, y1));
      g_assert_cmpuint (part.max_width, ==, 7);
    }
}

void
test_part_add (void)
{
  g_test_add_func ("/image/part/is-of-the-whole", test_is_of_the_whole);
  g_test_add_func ("/image/part/not-enlarged", test_not_enlarged);
  g_test_add_func ("/image/part/of-a-drawing", test_of_a_drawing);
  g_test_add_func ("/image/part/outside", test_outside);
  g_test_add_func ("/image/part/shrink", test_shrink);
  g_test_add_func ("/image/part/turn", test_turn);
}
