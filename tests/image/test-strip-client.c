/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "strip-fixture.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static FrImagePixels *
render (FrImageClient *client, int fd)
{
  g_auto (TestAnswer) answer = { 0 };

  test_answer_ask_pixels (&answer, client, fd, FR_IMAGE_MAX_RENDER_SIDE, FR_IMAGE_MAX_RENDER_SIDE);
  test_answer_wait (&answer);
  g_assert_no_error (answer.error);
  return g_steal_pointer (&answer.pixels);
}

/* A copy by the decoding process: the same picture, the same bytes as without it, details removed or not. */
static void
assert_lossless (FrImageClient *client, const GByteArray *bytes)
{
  g_auto (TestAnswer) answer = { 0 };
  g_autoptr (GByteArray) wanted = NULL;
  g_autoptr (FrImagePixels) before = NULL;
  g_autoptr (FrImagePixels) after = NULL;
  FrStripDetails removed;
  const void *data;
  gsize size;

  test_answer_ask_copy (&answer, client, test_fd_new (bytes->data, bytes->len), NULL);
  test_answer_wait (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpint (test_strip (bytes, &wanted, &removed), ==, FR_STRIP_DONE);
  data = g_bytes_get_data (answer.stripped->bytes, &size);
  g_assert_cmpmem (data, size, wanted->data, wanted->len);
  g_assert_cmphex (answer.stripped->removed, ==, removed);
  g_assert_cmpint (answer.stripped->is_same, ==, bytes->len == size && memcmp (bytes->data, data, size) == 0);
  g_assert_cmpuint (answer.stripped->version, ==, FR_STRIP_VERSION);
  g_assert_cmpint (answer.stripped->type, ==, fr_image_sniff (data, size));

  before = render (client, test_fd_new (bytes->data, bytes->len));
  after = render (client, test_fd_new (data, size));
  g_assert_cmpuint (after->width, ==, before->width);
  g_assert_cmpuint (after->height, ==, before->height);
  g_assert_true (g_bytes_equal (after->bytes, before->bytes));
}

static void
test_lossless (void)
{
  static const char *const names[] = {
    "photograph.jpg", "progressive.jpg", "turned.jpg",   "cmyk.jpg",      "coloured.jpg",  "tiny.jpg",
    "photograph.png", "alpha.png",       "grey.png",     "deep.png",      "coloured.png",  "small.png",
    "photograph.gif", "moving.gif",      "tiny.gif",     "photograph.webp", "moving.webp", "coloured.webp",
    "tiny.webp",
  };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GByteArray) bytes = test_fixture_load (names[i]);

      g_test_message ("%s", names[i]);
      assert_lossless (client, bytes);
    }
}

static void
test_lossless_rich (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_autoptr (GByteArray) jpeg = test_jpeg_new_rich ();
  g_autoptr (GByteArray) png = test_png_new_rich ();
  g_autoptr (GByteArray) webp = test_webp_new_rich ();
  g_autoptr (GByteArray) gif = test_gif_new_rich ();

  assert_lossless (client, jpeg);
  assert_lossless (client, png);
  assert_lossless (client, webp);
  assert_lossless (client, gif);
}

/* Every orientation, in a picture that is wider than high: seen by the size, and by the decoder. */
static void
test_orientation (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr (GByteArray) bytes = test_fixture_load ("coloured.jpg");
      g_autoptr (GByteArray) exif = test_exif_new_rich (orientation % 2, orientation);
      g_autoptr (GByteArray) front = g_byte_array_new ();
      g_autoptr (FrImagePixels) pixels = NULL;

      test_jpeg_add (front, 0xe1, BYTES ("Exif\0\0"), exif);
      test_jpeg_insert (bytes, front);
      assert_lossless (client, bytes);
      pixels = render (client, test_fd_new (bytes->data, bytes->len));
      g_assert_cmpuint (pixels->width, ==, orientation >= 5 ? 480 : 640);
    }
}

/* The profile is there still, and without it the picture would look otherwise. */
static void
test_profile (void)
{
  static const char *const names[] = { "coloured.jpg", "coloured.png", "coloured.webp" };
  static const char *const marks[] = { "ICC_PROFILE", "iCCP", "ICCP" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GByteArray) bytes = test_fixture_load (names[i]);
      g_autoptr (GByteArray) copy = NULL;
      FrStripDetails removed;

      g_assert_cmpint (test_strip (bytes, &copy, &removed), ==, FR_STRIP_DONE);
      g_assert_true (test_bytes_have (copy, marks[i]));
    }
}

static void
assert_fails (FrImageClient *client, int fd, int code)
{
  g_auto (TestAnswer) answer = { 0 };

  test_answer_ask_copy (&answer, client, fd, NULL);
  test_answer_wait (&answer);
  g_assert_error (answer.error, FR_IMAGE_ERROR, code);
  g_assert_null (answer.stripped);
}

static void
test_errors (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_autoptr (GByteArray) jpeg = test_fixture_load ("photograph.jpg");
  int large = test_fd_new (jpeg->data, jpeg->len);
  int ends[2];

  assert_fails (client, test_fixture_open ("photograph.tif"), FR_IMAGE_ERROR_NOT_LOSSLESS);
  assert_fails (client, test_fixture_open ("photograph.heic"), FR_IMAGE_ERROR_NOT_LOSSLESS);
  assert_fails (client, test_fixture_open ("photograph.avif"), FR_IMAGE_ERROR_NOT_LOSSLESS);
  assert_fails (client, test_fd_new (BYTES ("<svg/>")), FR_IMAGE_ERROR_NOT_LOSSLESS);
  assert_fails (client, test_fd_new (BYTES ("")), FR_IMAGE_ERROR_NOT_A_PICTURE);
  assert_fails (client, test_fd_new (BYTES ("A harbour at dawn.")), FR_IMAGE_ERROR_NOT_A_PICTURE);
  assert_fails (client, test_fd_new (BYTES ("8BPS\0\1")), FR_IMAGE_ERROR_UNSUPPORTED);
  assert_fails (client, test_fd_new (jpeg->data, jpeg->len / 2), FR_IMAGE_ERROR_TRUNCATED);
  g_assert_no_errno (ftruncate (large, FR_IMAGE_MAX_FILE_SIZE + 1));
  assert_fails (client, large, FR_IMAGE_ERROR_TOO_LARGE);
  g_assert_no_errno (pipe (ends));
  assert_fails (client, ends[0], FR_IMAGE_ERROR_NOT_A_PICTURE);
  close (ends[1]);
}

/* As large as a file may be, nearly all of it picture: read, copied and handed back within the limits. */
static void
test_largest (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  const gsize size = FR_IMAGE_MAX_FILE_SIZE;
  g_autoptr (GByteArray) png = test_fixture_load ("small.png");
  const gsize data_size = size - png->len - 12;
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_auto (TestAnswer) answer = { 0 };
  int fd;

  test_bytes_add_big (head, data_size, 4);
  test_bytes_add (head, "IDAT", 4);
  fd = test_fd_new (png->data, 33);
  g_assert_cmpint (write (fd, head->data, head->len), ==, head->len);
  g_assert_no_errno (ftruncate (fd, size));
  g_assert_cmpint (pwrite (fd, png->data + 33, png->len - 33, size - (png->len - 33)), ==, png->len - 33);
  test_answer_ask_copy (&answer, client, fd, NULL);
  test_answer_wait (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (g_bytes_get_size (answer.stripped->bytes), ==, size);
}

static void
test_position_untouched (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_auto (TestAnswer) answer = { 0 };
  int fd = test_fixture_open ("photograph.jpg");

  g_assert_cmpint (lseek (fd, 1234, SEEK_SET), ==, 1234);
  test_answer_ask_copy (&answer, client, dup (fd), NULL);
  test_answer_wait (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 1234);
  close (fd);
}

static void
test_cancel (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (TestAnswer) answer = { 0 };
  g_auto (TestAnswer) next = { 0 };

  test_answer_ask_copy (&answer, client, test_fixture_open ("photograph.jpg"), cancellable);
  g_cancellable_cancel (cancellable);
  test_answer_wait (&answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_answer_ask_copy (&next, client, test_fixture_open ("photograph.jpg"), NULL);
  test_answer_wait (&next);
  g_assert_no_error (next.error);
}

static void
test_copied_value (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  FrImageStripped *stripped = fr_image_stripped_new (FR_IMAGE_TYPE_GIF, FR_STRIP_PLACE, FALSE, bytes);
  g_autoptr (FrImageStripped) copy = fr_image_stripped_copy (stripped);

  fr_image_stripped_free (stripped);
  fr_image_stripped_free (NULL);
  g_assert_cmpint (copy->type, ==, FR_IMAGE_TYPE_GIF);
  g_assert_cmphex (copy->removed, ==, FR_STRIP_PLACE);
  g_assert_true (copy->bytes == bytes);
}

/* However odd its Exif, a picture is turned as before: decoders and we understand the same. */
static void
test_odd_exif (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 2);
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (GByteArray) bytes = test_fixture_load ("small.jpg");
      g_autoptr (GByteArray) exif = test_exif_new_rich (i % 2, 6);
      g_autoptr (GByteArray) front = g_byte_array_new ();
      g_autofree char *odd = NULL;

      for (guint n = 0; n < 4; n++)
        exif->data[g_rand_int_range (rand, 0, 62)] = g_rand_int_range (rand, 0, n < 2 ? 10 : 256);
      odd = g_base64_encode (exif->data, exif->len);
      g_test_message ("%s", odd);
      test_jpeg_add (front, 0xe1, BYTES ("Exif\0\0"), exif);
      test_jpeg_insert (bytes, front);
      assert_lossless (client, bytes);
    }
}

void
test_strip_client_add (void)
{
  g_test_add_func ("/image/strip-client/lossless", test_lossless);
  g_test_add_func ("/image/strip-client/lossless-rich", test_lossless_rich);
  g_test_add_func ("/image/strip-client/orientation", test_orientation);
  g_test_add_func ("/image/strip-client/profile", test_profile);
  g_test_add_func ("/image/strip-client/errors", test_errors);
  g_test_add_func ("/image/strip-client/largest", test_largest);
  g_test_add_func ("/image/strip-client/position-untouched", test_position_untouched);
  g_test_add_func ("/image/strip-client/cancel", test_cancel);
  g_test_add_func ("/image/strip-client/copied-value", test_copied_value);
  g_test_add_func ("/image/strip-client/odd-exif", test_odd_exif);
}
