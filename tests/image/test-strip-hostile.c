/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "strip-fixture.h"

#include <fr-image-protocol.h>

#include <string.h>
#include <sys/mman.h>

#define N_SEGMENTS  100000
#define N_MUTATIONS 4000

static const struct
{
  const char *name;
  GByteArray *(*func) (void);
} rich[] = {
  { "JPEG", test_jpeg_new_rich },
  { "PNG", test_png_new_rich },
  { "WebP", test_webp_new_rich },
  { "GIF", test_gif_new_rich },
};

/* What cannot be copied says so, and gives nothing that could be taken for a copy. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    FrStripResult result;
  } rows[] = {
    { BYTES (""), FR_STRIP_NOT_A_PICTURE },
    { BYTES ("A harbour at dawn."), FR_STRIP_NOT_A_PICTURE },
    { BYTES ("BM\x36\0\0\0\0\0\0\0\x36\0\0\0"), FR_STRIP_UNSUPPORTED },
    { BYTES ("II*\0\x08\0\0\0\0\0"), FR_STRIP_NOT_LOSSLESS },
    { BYTES ("\0\0\0\x18" "ftypheic\0\0\0\0mif1heic"), FR_STRIP_NOT_LOSSLESS },
    { BYTES ("\0\0\0\x18" "ftypavif\0\0\0\0mif1avif"), FR_STRIP_NOT_LOSSLESS },
    { BYTES ("<svg xmlns='http://www.w3.org/2000/svg'/>"), FR_STRIP_NOT_LOSSLESS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      test_bytes_add (bytes, rows[i].bytes, rows[i].size);
      test_strip_bad (bytes, rows[i].result);
    }
}

/* At the limit and one past it; the memory is never touched beyond its first bytes. */
static void
test_size (void)
{
  const gsize size = FR_IMAGE_MAX_FILE_SIZE + 1;
  guint8 *data = mmap (NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  FrStripOutput *output = NULL;
  FrStripDetails removed;

  g_assert_true (data != MAP_FAILED);
  g_assert_cmpint (fr_image_strip (data, size, &output, &removed), ==, FR_STRIP_TOO_LARGE);
  g_assert_cmpint (fr_image_strip (data, size - 1, &output, &removed), ==, FR_STRIP_NOT_A_PICTURE);
  g_assert_null (output);
  munmap (data, size);
}

/* Wherever a file ends before its picture does, it is damaged; only what comes after may be missing. */
static void
test_truncated (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rich); i++)
    {
      g_autoptr (GByteArray) bytes = rich[i].func ();
      const gsize end = bytes->len - strlen ("trailing " SECRET);

      for (gsize size = 0; size <= bytes->len; size++)
        {
          g_autoptr (GByteArray) cut = g_byte_array_new ();
          g_autoptr (GByteArray) copy = NULL;
          FrStripDetails removed;
          FrStripResult result;

          test_bytes_add (cut, bytes->data, size);
          result = test_strip (cut, &copy, &removed);
          if (size >= end)
            g_assert_cmpint (result, ==, FR_STRIP_DONE);
          else
            g_assert_true (result == FR_STRIP_DAMAGED || (result == FR_STRIP_NOT_A_PICTURE && size < 12));
        }
    }
}

static void
mutate (GByteArray *bytes, GRand *rand)
{
  static const guint8 favourites[] = { 0x00, 0x01, 0x7f, 0x80, 0xd9, 0xda, 0xff };

  for (gint n = g_rand_int_range (rand, 1, 8); n > 0; n--)
    {
      const guint at = g_rand_int_range (rand, 2, bytes->len);
      const guint size = g_rand_int_range (rand, 1, MIN (40, bytes->len - at + 1));

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          bytes->data[at] = g_rand_int_range (rand, 0, 256);
          break;
        case 1:
          bytes->data[at] = favourites[g_rand_int_range (rand, 0, G_N_ELEMENTS (favourites))];
          break;
        case 2:
          bytes->data[at] ^= 1 << g_rand_int_range (rand, 0, 8);
          break;
        case 3:
          if (bytes->len - size > 100)
            g_byte_array_remove_range (bytes, at, size);
          break;
        default:
          {
            g_autofree guint8 *part = g_memdup2 (bytes->data + at, size);

            test_bytes_insert (bytes, g_rand_int_range (rand, 2, bytes->len), part, size);
          }
        }
    }
}

/* Whatever becomes of a file: no byte is read beyond it, and if there is a copy it is its own. */
static void
test_mutated (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      g_autoptr (GByteArray) bytes = rich[i % G_N_ELEMENTS (rich)].func ();
      g_autoptr (GByteArray) copy = NULL;
      g_autoptr (GByteArray) again = NULL;
      FrStripDetails removed;

      mutate (bytes, rand);
      if (test_strip (bytes, &copy, &removed) != FR_STRIP_DONE)
        continue;
      g_assert_cmphex (removed & ~FR_STRIP_ALL_DETAILS, ==, 0);
      g_assert_cmpuint (copy->len, <=, bytes->len + FR_STRIP_MAX_GROWTH);
      g_assert_cmpint (test_strip (copy, &again, &removed), ==, FR_STRIP_DONE);
      test_assert_same (again, copy);
      g_assert_cmphex (removed, ==, 0);
    }
}

/* An orientation that is written in fewer bytes than ours, in the most cramped Exif that there can be. */
static void
test_growth (void)
{
  g_autoptr (GByteArray) jpeg = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) front = g_byte_array_new ();
  g_autoptr (GByteArray) copy = NULL;

  test_jpeg_add (front, 0xe1, BYTES ("Exif\0\0MM\0*\0\0\0\6\1\x12\0\3\0\0\0\1\0\6\0\0"), NULL);
  test_jpeg_insert (jpeg, front);
  copy = test_strip_good (jpeg, 0);
  g_assert_cmpuint (copy->len, >, jpeg->len);
}

/* Sums of sizes that come round to something small again on no machine. */
static void
test_wrapping (void)
{
  g_autoptr (GByteArray) png = test_fixture_load ("small.png");
  g_autoptr (GByteArray) webp = test_fixture_load ("tiny.webp");

  memset (png->data + 33, 0xff, 4);
  test_strip_bad (png, FR_STRIP_DAMAGED);
  memset (webp->data + 16, 0xff, 4);
  test_strip_bad (webp, FR_STRIP_DAMAGED);
}

static void
add_jpeg_parts (GByteArray *bytes, guint n)
{
  g_autoptr (GByteArray) jpeg = test_fixture_load ("tiny.jpg");

  test_bytes_add (bytes, jpeg->data, 2);
  for (guint i = 0; i < n; i++)
    test_jpeg_add (bytes, 0xfe, "", 0, NULL);
  for (guint i = 0; i < n; i++)
    test_bytes_add (bytes, BYTES ("\xff\xe1\0\x0a" "Exif\0\0MM"));
  for (guint i = 0; i < n; i++)
    test_bytes_add (bytes, BYTES ("\xff\xe2\0\x10ICC_PROFILE\0\1\1"));
  test_bytes_add (bytes, jpeg->data + 2, jpeg->len - 2);
}

static void
add_png_parts (GByteArray *bytes, guint n)
{
  g_autoptr (GByteArray) png = test_fixture_load ("small.png");

  test_bytes_add (bytes, png->data, 33);
  for (guint i = 0; i < n; i++)
    test_png_add (bytes, "eXIf", "MM\0*\0\0\0\x08", 8);
  for (guint i = 0; i < n; i++)
    test_png_add (bytes, "tEXt", "", 0);
  for (guint i = 0; i < n; i++)
    {
      test_png_add (bytes, "teXt", "", 0);
      test_png_add (bytes, "IDAT", "", 0);
    }
  test_bytes_add (bytes, png->data + 33, png->len - 33);
}

static void
add_webp_parts (GByteArray *bytes, guint n)
{
  g_autoptr (GByteArray) chunks = g_byte_array_new ();
  g_autoptr (GByteArray) webp = NULL;

  test_webp_add (chunks, "VP8X", "\x2e\0\0\0\7\0\0\7\0\0", 10);
  test_webp_add (chunks, "ANIM", "\0\0\0\0\0\0", 6);
  for (guint i = 0; i < n; i++)
    {
      test_webp_add (chunks, "EXIF", "", 0);
      test_webp_add (chunks, "XMP ", "", 0);
      test_webp_add (chunks, "ANMF", BYTES ("0123456789abcdefVP8 \2\0\0\0xy"));
    }
  webp = test_webp_new (chunks);
  test_bytes_add (bytes, webp->data, webp->len);
}

static void
add_gif_parts (GByteArray *bytes, guint n)
{
  test_bytes_add (bytes, BYTES ("GIF89a\1\0\1\0\0\0\0"));
  for (guint i = 0; i < n; i++)
    {
      test_bytes_add (bytes, BYTES ("!\xfe\0"));
      test_bytes_add (bytes, BYTES (",\0\0\0\0\1\0\1\0\0\2\0"));
    }
  test_bytes_add (bytes, ";", 1);
}

/* If a part looked at all that came before it, this would take hours. */
static void
test_many_parts (void)
{
  static void (*const funcs[]) (GByteArray *, guint)
      = { add_jpeg_parts, add_png_parts, add_webp_parts, add_gif_parts };

  for (guint i = 0; i < G_N_ELEMENTS (funcs); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GByteArray) copy = NULL;
      FrStripDetails removed;

      funcs[i] (bytes, N_SEGMENTS);
      g_assert_cmpint (test_strip (bytes, &copy, &removed), ==, FR_STRIP_DONE);
    }
}

/* What is coded may consist of nothing but what looks like markers. */
static void
test_many_markers (void)
{
  g_autoptr (GByteArray) jpeg = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) coded = g_byte_array_new ();
  g_autoptr (GByteArray) copy = NULL;

  for (guint i = 0; i < N_SEGMENTS; i++)
    test_bytes_add (coded, BYTES ("\xff\0\xff\xff\xff\xd0"));
  test_bytes_insert (jpeg, jpeg->len - 2, coded->data, coded->len);
  copy = test_strip_good (jpeg, 0);
  test_assert_same (copy, jpeg);
}

/* The first piece goes up to the header, each image block begins another, the last is the end. */
static void
test_most_pieces (void)
{
  for (guint excess = 0; excess < 2; excess++)
    {
      g_autoptr (GByteArray) gif = g_byte_array_new ();
      g_autoptr (GByteArray) copy = NULL;
      FrStripDetails removed;

      test_bytes_add (gif, BYTES ("GIF89a\1\0\1\0\0\0\0"));
      for (guint i = 0; i < FR_STRIP_MAX_PIECES - 2 + excess; i++)
        test_bytes_add (gif, BYTES ("\0,\0\0\0\0\1\0\1\0\0\2\0"));
      test_bytes_add (gif, BYTES ("\0;"));
      g_assert_cmpint (test_strip (gif, &copy, &removed), ==, excess ? FR_STRIP_TOO_MANY_PIECES : FR_STRIP_DONE);
    }
}

void
test_strip_hostile_add (void)
{
  g_test_add_func ("/image/strip-hostile/kinds", test_kinds);
  g_test_add_func ("/image/strip-hostile/size", test_size);
  g_test_add_func ("/image/strip-hostile/truncated", test_truncated);
  g_test_add_func ("/image/strip-hostile/mutated", test_mutated);
  g_test_add_func ("/image/strip-hostile/growth", test_growth);
  g_test_add_func ("/image/strip-hostile/wrapping", test_wrapping);
  g_test_add_func ("/image/strip-hostile/many-parts", test_many_parts);
  g_test_add_func ("/image/strip-hostile/many-markers", test_many_markers);
  g_test_add_func ("/image/strip-hostile/most-pieces", test_most_pieces);
}
