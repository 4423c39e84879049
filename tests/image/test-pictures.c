/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <string.h>
#include <unistd.h>

#define SVG \
  "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='20' height='20' fill='red'/></svg>"

static const struct
{
  const char *name;
  FrImageType type;
  guint width, height;
  FrImageType thumbnail_type;
  guint thumbnail_width, thumbnail_height;
} rows[] = {
  { "photograph.jpg", FR_IMAGE_TYPE_JPEG, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
  { "progressive.jpg", FR_IMAGE_TYPE_JPEG, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
  { "turned.jpg", FR_IMAGE_TYPE_JPEG, 480, 640, FR_IMAGE_TYPE_JPEG, 192, 256 },
  { "cmyk.jpg", FR_IMAGE_TYPE_JPEG, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
  { "photograph.png", FR_IMAGE_TYPE_PNG, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
  { "alpha.png", FR_IMAGE_TYPE_PNG, 640, 480, FR_IMAGE_TYPE_WEBP, 256, 192 },
  { "grey.png", FR_IMAGE_TYPE_PNG, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
  { "deep.png", FR_IMAGE_TYPE_PNG, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
  { "noise.png", FR_IMAGE_TYPE_PNG, 512, 512, FR_IMAGE_TYPE_JPEG, 256, 256 },
  { "noise-alpha.png", FR_IMAGE_TYPE_PNG, 512, 512, FR_IMAGE_TYPE_WEBP, 256, 256 },
  { "dot.png", FR_IMAGE_TYPE_PNG, 1, 1, FR_IMAGE_TYPE_JPEG, 1, 1 },
  { "small.png", FR_IMAGE_TYPE_PNG, 8, 5, FR_IMAGE_TYPE_JPEG, 8, 5 },
  { "fits.png", FR_IMAGE_TYPE_PNG, 256, 200, FR_IMAGE_TYPE_JPEG, 256, 200 },
  { "narrow.png", FR_IMAGE_TYPE_PNG, 2, 2000, FR_IMAGE_TYPE_JPEG, 1, 256 },
  { "photograph.webp", FR_IMAGE_TYPE_WEBP, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
  { "photograph.gif", FR_IMAGE_TYPE_GIF, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
  { "photograph.tif", FR_IMAGE_TYPE_TIFF, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
  { "photograph.heic", FR_IMAGE_TYPE_HEIF, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
  { "photograph.avif", FR_IMAGE_TYPE_AVIF, 640, 480, FR_IMAGE_TYPE_JPEG, 256, 192 },
};

static void
assert_near (const FrImagePixels *pixels, guint x, guint y, const guint8 *rgba)
{
  const guint8 *data = g_bytes_get_data (pixels->bytes, NULL);
  const guint8 *pixel = data + y * pixels->stride + x * 4;

  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (ABS (pixel[i] - rgba[i]), <=, 24);
}

/* What was made of a picture is a picture again, and says so to the same client. */
static void
assert_encoded (FrImageClient *client, GBytes *bytes, FrImageType type, guint width, guint height)
{
  g_auto (TestAnswer) answer = { 0 };
  gsize size;
  const void *data;

  g_assert_nonnull (bytes);
  data = g_bytes_get_data (bytes, &size);
  test_answer_ask_summary (&answer, client, test_fd_new (data, size), NULL);
  test_answer_wait (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpint (answer.summary->type, ==, type);
  g_assert_cmpuint (answer.summary->width, ==, width);
  g_assert_cmpuint (answer.summary->height, ==, height);
}

static void
test_summaries (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (TestAnswer) answer = { 0 };
      const guint side = MAX (rows[i].thumbnail_width, rows[i].thumbnail_height);

      g_test_message ("%s", rows[i].name);
      test_answer_ask_summary (&answer, client, test_fixture_open (rows[i].name), NULL);
      test_answer_wait (&answer);
      g_assert_no_error (answer.error);
      g_assert_cmpint (answer.summary->type, ==, rows[i].type);
      g_assert_cmpstr (answer.summary->mime, ==, fr_image_type_get_mime (rows[i].type));
      g_assert_cmpuint (answer.summary->width, ==, rows[i].width);
      g_assert_cmpuint (answer.summary->height, ==, rows[i].height);
      g_assert_nonnull (answer.summary->thumbnail);
      g_assert_cmpuint (g_bytes_get_size (answer.summary->thumbnail), <=, FR_IMAGE_MAX_THUMBNAIL);
      assert_encoded (client, answer.summary->thumbnail, rows[i].thumbnail_type, rows[i].thumbnail_width,
                      rows[i].thumbnail_height);
      g_assert_nonnull (answer.summary->preview);
      g_assert_cmpuint (g_bytes_get_size (answer.summary->preview), <=, FR_IMAGE_MAX_PREVIEW);
      if (side <= 8)
        assert_encoded (client, answer.summary->preview, rows[i].thumbnail_type, rows[i].width, rows[i].height);
    }
}

static void
test_svg (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_auto (TestAnswer) answer = { 0 };
  g_auto (TestAnswer) drawn = { 0 };

  test_answer_ask_summary (&answer, client, test_fd_new (SVG, strlen (SVG)), NULL);
  test_answer_wait (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpint (answer.summary->type, ==, FR_IMAGE_TYPE_SVG);
  g_assert_cmpuint (answer.summary->width, ==, 40);
  g_assert_cmpuint (answer.summary->height, ==, 20);
  assert_encoded (client, answer.summary->thumbnail, FR_IMAGE_TYPE_WEBP, 256, 128);

  test_answer_ask_pixels (&drawn, client, test_fd_new (SVG, strlen (SVG)), 400, 400);
  test_answer_wait (&drawn);
  g_assert_no_error (drawn.error);
  g_assert_cmpuint (drawn.pixels->width, ==, 400);
  g_assert_cmpuint (drawn.pixels->height, ==, 200);
  assert_near (drawn.pixels, 10, 10, (guint8[]) { 255, 0, 0, 255 });
  assert_near (drawn.pixels, 390, 190, (guint8[]) { 0, 0, 0, 0 });
}

/* A drawing may name files; none may be read, least of all one of the person's. */
static void
test_svg_reads_nothing (void)
{
  g_autofree char *path = test_fixture_path ("photograph.png");
  g_autofree char *svg = g_strdup_printf ("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'>"
                                          "<image href='file://%s' width='40' height='40'/></svg>",
                                          path);
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_auto (TestAnswer) drawn = { 0 };

  test_answer_ask_pixels (&drawn, client, test_fd_new (svg, strlen (svg)), 40, 40);
  test_answer_wait (&drawn);
  g_assert_no_error (drawn.error);
  assert_near (drawn.pixels, 5, 5, (guint8[]) { 0, 0, 0, 0 });
}

static void
test_render (void)
{
  static const struct
  {
    const char *name;
    guint max_width, max_height;
    guint width, height;
  } sizes[] = {
    { "photograph.png", 320, 320, 320, 240 },
    { "photograph.png", 320, 100, 133, 100 },
    { "photograph.png", 640, 480, 640, 480 },
    { "photograph.png", 5000, 5000, 640, 480 },
    { "photograph.jpg", G_MAXUINT, G_MAXUINT, 640, 480 },
    { "photograph.png", 1, 1, 1, 1 },
    { "turned.jpg", 240, 480, 240, 320 },
    { "grey.png", 64, 64, 64, 48 },
    { "cmyk.jpg", 64, 64, 64, 48 },
    { "deep.png", 64, 64, 64, 48 },
  };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (TestAnswer) answer = { 0 };

      g_test_message ("%s in %ux%u", sizes[i].name, sizes[i].max_width, sizes[i].max_height);
      test_answer_ask_pixels (&answer, client, test_fixture_open (sizes[i].name), sizes[i].max_width,
                              sizes[i].max_height);
      test_answer_wait (&answer);
      g_assert_no_error (answer.error);
      g_assert_cmpuint (answer.pixels->width, ==, sizes[i].width);
      g_assert_cmpuint (answer.pixels->height, ==, sizes[i].height);
      g_assert_cmpuint (answer.pixels->stride, ==, 4 * sizes[i].width);
      g_assert_cmpuint (g_bytes_get_size (answer.pixels->bytes), ==, 4 * sizes[i].width * sizes[i].height);
    }
}

/* The fixtures have a red top left corner. */
static void
test_colours (void)
{
  static const struct
  {
    const char *name;
    guint x, y;
    guint8 rgba[4];
  } spots[] = {
    { "photograph.png", 5, 5, { 255, 0, 0, 255 } },   { "photograph.jpg", 5, 5, { 255, 0, 0, 255 } },
    { "photograph.webp", 5, 5, { 255, 0, 0, 255 } },  { "photograph.gif", 5, 5, { 255, 0, 0, 255 } },
    { "photograph.tif", 5, 5, { 255, 0, 0, 255 } },   { "photograph.heic", 5, 5, { 255, 0, 0, 255 } },
    { "photograph.avif", 5, 5, { 255, 0, 0, 255 } },  { "deep.png", 5, 5, { 255, 0, 0, 255 } },
    { "turned.jpg", 475, 5, { 255, 0, 0, 255 } },     { "alpha.png", 5, 5, { 255, 0, 0, 0 } },
  };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (spots); i++)
    {
      g_auto (TestAnswer) answer = { 0 };

      g_test_message ("%s", spots[i].name);
      test_answer_ask_pixels (&answer, client, test_fixture_open (spots[i].name), 640, 640);
      test_answer_wait (&answer);
      g_assert_no_error (answer.error);
      assert_near (answer.pixels, spots[i].x, spots[i].y, spots[i].rgba);
    }
}

/* The same open file, its position anywhere, as often as one likes. */
static void
test_position_untouched (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 2);
  TestAnswer answers[4] = { 0 };
  int fd = test_fixture_open ("photograph.jpg");

  g_assert_cmpint (lseek (fd, 1234, SEEK_SET), ==, 1234);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    test_answer_ask_summary (&answers[i], client, dup (fd), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      test_answer_wait (&answers[i]);
      g_assert_no_error (answers[i].error);
      test_answer_clear (&answers[i]);
    }
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 1234);
  close (fd);
}

static void
test_summary_copy (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  FrImageSummary *summary = fr_image_summary_new (FR_IMAGE_TYPE_GIF, 3, 2, bytes, NULL);
  g_autoptr (FrImageSummary) copy = fr_image_summary_copy (summary);

  fr_image_summary_free (summary);
  fr_image_summary_free (NULL);
  g_assert_cmpstr (copy->mime, ==, "image/gif");
  g_assert_cmpuint (copy->width, ==, 3);
  g_assert_true (copy->thumbnail == bytes);
  g_assert_null (copy->preview);
}

void
test_pictures_add (void)
{
  g_test_add_func ("/image/pictures/summaries", test_summaries);
  g_test_add_func ("/image/pictures/svg", test_svg);
  g_test_add_func ("/image/pictures/svg-reads-nothing", test_svg_reads_nothing);
  g_test_add_func ("/image/pictures/render", test_render);
  g_test_add_func ("/image/pictures/colours", test_colours);
  g_test_add_func ("/image/pictures/position-untouched", test_position_untouched);
  g_test_add_func ("/image/pictures/summary-copy", test_summary_copy);
}
