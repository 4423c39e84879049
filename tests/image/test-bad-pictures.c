/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define BYTES(literal) literal, sizeof (literal) - 1

static void
assert_summary_fails (FrImageClient *client, int fd, int code)
{
  g_auto (TestAnswer) answer = { 0 };

  test_answer_ask_summary (&answer, client, fd, NULL);
  test_answer_wait (&answer);
  g_assert_error (answer.error, FR_IMAGE_ERROR, code);
  g_assert_null (answer.summary);
}

/* Too costly to decode: what it is and its size are known all the same, and it cannot be rendered. */
static void
assert_too_costly (FrImageClient *client, int fd, guint width, guint height)
{
  g_auto (TestAnswer) answer = { 0 };
  g_auto (TestAnswer) drawn = { 0 };

  test_answer_ask_summary (&answer, client, dup (fd), NULL);
  test_answer_wait (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.summary->width, ==, width);
  g_assert_cmpuint (answer.summary->height, ==, height);
  g_assert_null (answer.summary->thumbnail);
  g_assert_null (answer.summary->preview);

  test_answer_ask_pixels (&drawn, client, fd, 100, 100);
  test_answer_wait (&drawn);
  g_assert_error (drawn.error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_TOO_COSTLY);
}

static GByteArray *
load_fixture (const char *name)
{
  g_autofree char *path = test_fixture_path (name);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *) data, size);
}

static void
test_no_picture (void)
{
  static const struct
  {
    const char *description;
    const char *bytes;
    gsize size;
    FrImageError code;
  } rows[] = {
    { "nothing", BYTES (""), FR_IMAGE_ERROR_NOT_A_PICTURE },
    { "one byte", BYTES ("\xff"), FR_IMAGE_ERROR_NOT_A_PICTURE },
    { "text", BYTES ("A harbour at dawn."), FR_IMAGE_ERROR_NOT_A_PICTURE },
    { "PDF", BYTES ("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), FR_IMAGE_ERROR_NOT_A_PICTURE },
    { "ZIP", BYTES ("PK\3\4\x14\0\0\0\0\0"), FR_IMAGE_ERROR_NOT_A_PICTURE },
    { "portable pixmap", BYTES ("P6 1 1 255 abc"), FR_IMAGE_ERROR_NOT_A_PICTURE },
    { "Windows bitmap", BYTES ("BM\x36\0\0\0\0\0\0\0\x36\0\0\0"), FR_IMAGE_ERROR_UNSUPPORTED },
    { "JPEG XL", BYTES ("\xff\x0a\xfa\x1f\x01\x90\x08\x06\x01"), FR_IMAGE_ERROR_UNSUPPORTED },
    { "a JPEG's first bytes", BYTES ("\xff\xd8\xff\xe0\0\x10JFIF"), FR_IMAGE_ERROR_TRUNCATED },
    { "a PNG's first bytes", BYTES ("\x89PNG\r\n\x1a\n"), FR_IMAGE_ERROR_TRUNCATED },
    { "a GIF's first bytes", BYTES ("GIF89a"), FR_IMAGE_ERROR_TRUNCATED },
    { "a WebP's first bytes", BYTES ("RIFF\x24\0\0\0WEBPVP8 "), FR_IMAGE_ERROR_TRUNCATED },
    { "a TIFF's first bytes", BYTES ("II*\0\x08\0\0\0"), FR_IMAGE_ERROR_TRUNCATED },
    { "a HEIF's first bytes", BYTES ("\0\0\0\x18" "ftypheic\0\0\0\0mif1heic"), FR_IMAGE_ERROR_TRUNCATED },
    { "an SVG's first bytes", BYTES ("<svg xmlns='http://www.w3.org/2000/svg' width="), FR_IMAGE_ERROR_TRUNCATED },
  };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].description);
      assert_summary_fails (client, test_fd_new (rows[i].bytes, rows[i].size), rows[i].code);
    }
}

static void
test_no_file (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  int ends[2];

  g_assert_no_errno (pipe (ends));
  assert_summary_fails (client, ends[0], FR_IMAGE_ERROR_NOT_A_PICTURE);
  close (ends[1]);
  assert_summary_fails (client, open ("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC), FR_IMAGE_ERROR_NOT_A_PICTURE);
  assert_summary_fails (client, open ("/dev/zero", O_RDONLY | O_CLOEXEC), FR_IMAGE_ERROR_NOT_A_PICTURE);
}

static void
test_truncated (void)
{
  static const char *const names[] = { "photograph.jpg",  "progressive.jpg", "photograph.png",  "photograph.webp",
                                       "photograph.gif",  "photograph.tif",  "photograph.heic", "photograph.avif",
                                       "noise-alpha.png", "cmyk.jpg" };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint tenths = 1; tenths < 10; tenths += 4)
      {
        g_autoptr (GByteArray) bytes = load_fixture (names[i]);

        g_test_message ("%u tenths of %s", tenths, names[i]);
        assert_summary_fails (client, test_fd_new (bytes->data, bytes->len / 10 * tenths), FR_IMAGE_ERROR_TRUNCATED);
      }
}

static void
test_too_many_bytes (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_autoptr (GByteArray) bytes = load_fixture ("photograph.jpg");
  g_auto (TestAnswer) answer = { 0 };
  int fd = test_fd_new (bytes->data, bytes->len);

  g_assert_no_errno (ftruncate (fd, FR_IMAGE_MAX_FILE_SIZE));
  test_answer_ask_summary (&answer, client, dup (fd), NULL);
  test_answer_wait (&answer);
  g_assert_no_error (answer.error);
  g_assert_no_errno (ftruncate (fd, FR_IMAGE_MAX_FILE_SIZE + 1));
  assert_summary_fails (client, fd, FR_IMAGE_ERROR_TOO_LARGE);
}

static void
append_uint32 (GByteArray *bytes, guint32 value)
{
  guint32 ordered = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &ordered, sizeof ordered);
}

/* PNG's own check sum over a chunk's name and data (PNG specification, annex D). */
static guint32
checksum (const guint8 *data, gsize size)
{
  guint32 sum = G_MAXUINT32;

  for (gsize i = 0; i < size; i++)
    {
      sum ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        sum = sum & 1 ? 0xedb88320u ^ (sum >> 1) : sum >> 1;
    }
  return ~sum;
}

/* A PNG of that size, one bit a pixel, without a single row. */
static int
make_png (guint32 width, guint32 height)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_uint32 (bytes, 13);
  g_byte_array_append (bytes, (const guint8 *) "IHDR", 4);
  append_uint32 (bytes, width);
  append_uint32 (bytes, height);
  g_byte_array_append (bytes, (const guint8 *) "\1\0\0\0\0", 5);
  append_uint32 (bytes, checksum (bytes->data + 12, 17));
  append_uint32 (bytes, 100);
  g_byte_array_append (bytes, (const guint8 *) "IDAT\x78\x9c", 6);
  return test_fd_new (bytes->data, bytes->len);
}

static void
test_too_many_pixels (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  g_assert_cmpuint (25000 * 20000, ==, FR_IMAGE_MAX_PIXELS);
  assert_summary_fails (client, make_png (25000, 20000), FR_IMAGE_ERROR_TRUNCATED);
  assert_summary_fails (client, make_png (25000, 20001), FR_IMAGE_ERROR_TOO_LARGE);
  assert_summary_fails (client, make_png (1000000, 1000000), FR_IMAGE_ERROR_TOO_LARGE);
}

/* A lossless WebP's header (RFC 9649, 3.4: 14 bits each, less one) and nothing of the picture. */
static int
make_webp (guint32 width, guint32 height)
{
  guint8 bytes[256] = "RIFF\xf8\0\0\0WEBPVP8L\xec\0\0\0\x2f";
  guint32 packed = (width - 1) | (height - 1) << 14;

  for (guint i = 0; i < 4; i++)
    bytes[21 + i] = packed >> (8 * i);
  return test_fd_new (bytes, sizeof bytes);
}

static void
test_decoded_whole (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  assert_summary_fails (client, make_webp (16383, 4096), FR_IMAGE_ERROR_TRUNCATED);
  assert_too_costly (client, make_webp (16383, 4097), 16383, 4097);
}

/* A progressive JPEG has all its coefficients in memory: some 1.2 GB for this size. */
static void
test_out_of_memory (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_autoptr (GByteArray) bytes = load_fixture ("progressive.jpg");
  guint8 *frame = memmem (bytes->data, bytes->len, "\xff\xc2", 2);

  if (UNLIMITED_MEMORY)
    {
      g_test_skip ("the address space cannot be limited under this sanitizer");
      return;
    }
  g_assert_nonnull (frame);
  for (guint side = 0; side < 2; side++)
    {
      frame[5 + 2 * side] = 20000 >> 8;
      frame[6 + 2 * side] = 20000 & 0xff;
    }
  assert_too_costly (client, test_fd_new (bytes->data, bytes->len), 20000, 20000);
  assert_summary_fails (client, test_fd_new ("", 0), FR_IMAGE_ERROR_NOT_A_PICTURE);
}

/* Whatever is wrong with a picture, there is an answer, and the next picture is read. */
static void
test_damaged_anywhere (void)
{
  static const char *const names[] = { "photograph.jpg", "grey.png",        "photograph.webp", "photograph.gif",
                                       "photograph.tif", "photograph.heic", "photograph.avif" };
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 2);

  for (guint i = 0; i < 10 * G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GByteArray) bytes = load_fixture (names[i % G_N_ELEMENTS (names)]);
      g_auto (TestAnswer) answer = { 0 };
      const guint reach = g_rand_boolean (rand) ? MIN (bytes->len, 600) : bytes->len;

      for (guint n = 0; n < 8; n++)
        bytes->data[g_rand_int_range (rand, 12, reach)] = g_rand_int_range (rand, 0, 256);
      test_answer_ask_summary (&answer, client, test_fd_new (bytes->data, bytes->len), NULL);
      test_answer_wait (&answer);
      g_assert_true ((answer.summary != NULL) != (answer.error != NULL));
    }
}

void
test_bad_pictures_add (void)
{
  g_test_add_func ("/image/bad-pictures/no-picture", test_no_picture);
  g_test_add_func ("/image/bad-pictures/no-file", test_no_file);
  g_test_add_func ("/image/bad-pictures/truncated", test_truncated);
  g_test_add_func ("/image/bad-pictures/too-many-bytes", test_too_many_bytes);
  g_test_add_func ("/image/bad-pictures/too-many-pixels", test_too_many_pixels);
  g_test_add_func ("/image/bad-pictures/decoded-whole", test_decoded_whole);
  g_test_add_func ("/image/bad-pictures/out-of-memory", test_out_of_memory);
  g_test_add_func ("/image/bad-pictures/damaged-anywhere", test_damaged_anywhere);
}
