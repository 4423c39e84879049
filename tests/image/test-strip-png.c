/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "strip-fixture.h"

#include <gio/gio.h>
#include <string.h>

/* Where the header of a PNG ends. */
#define AFTER_HEADER 33
#define IEND_SIZE    12

static void
insert_chunk (GByteArray *png, gsize at, const char *name, const void *data, gsize size)
{
  g_autoptr (GByteArray) chunk = g_byte_array_new ();

  test_png_add (chunk, name, data, size);
  test_bytes_insert (png, at, chunk->data, chunk->len);
}

static void
insert_exif (GByteArray *png, gsize at, const GByteArray *exif)
{
  insert_chunk (png, at, "eXIf", exif->data, exif->len);
}

static void
test_nothing_to_remove (void)
{
  static const char *const names[] = { "small.png", "photograph.png", "alpha.png", "grey.png", "deep.png" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GByteArray) png = test_fixture_load (names[i]);
      g_autoptr (GByteArray) copy = NULL;

      g_test_message ("%s", names[i]);
      copy = test_strip_good (png, 0);
      test_assert_same (copy, png);
    }
}

static void
test_rich (void)
{
  g_autoptr (GByteArray) png = test_png_new_rich ();
  g_autoptr (GByteArray) wanted = test_fixture_load ("small.png");
  g_autoptr (GByteArray) exif = test_exif_new_plain (8);
  g_autoptr (GByteArray) copy = NULL;

  copy = test_strip_good (png, FR_STRIP_ALL_DETAILS);
  insert_exif (wanted, AFTER_HEADER, exif);
  insert_chunk (wanted, AFTER_HEADER, "gAMA", BYTES ("\0\0\xb1\x8f"));
  test_assert_same (copy, wanted);
}

/* Of each kind with the sizes that it may have, and one less and more than these. */
static void
test_each_kept (void)
{
  static const struct
  {
    const char *name;
    guint min_size, max_size;
  } rows[] = {
    { "PLTE", 3, 768 }, { "tRNS", 1, 256 }, { "bKGD", 1, 6 }, { "sBIT", 1, 4 }, { "cHRM", 32, 32 },
    { "gAMA", 4, 4 }, { "sRGB", 1, 1 }, { "cICP", 4, 4 }, { "mDCV", 24, 24 }, { "cLLI", 8, 8 },
    { "pHYs", 9, 9 }, { "acTL", 8, 8 }, { "fcTL", 26, 26 }, { "fdAT", 4, 900 },
  };
  guint8 contents[1000] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const guint sizes[] = { rows[i].min_size, rows[i].max_size, rows[i].min_size - 1, rows[i].max_size + 1 };
      const gboolean is_critical = rows[i].name[0] == 'P';

      for (guint j = 0; j < (rows[i].max_size == 900 ? 3 : 4); j++)
        {
          g_autoptr (GByteArray) png = test_fixture_load ("small.png");
          g_autoptr (GByteArray) plain = test_fixture_load ("small.png");
          g_autoptr (GByteArray) copy = NULL;

          g_test_message ("%s of %u", rows[i].name, sizes[j]);
          insert_chunk (png, AFTER_HEADER, rows[i].name, contents, sizes[j]);
          if (rows[i].name[0] == 'f') /* frames are of an animation */
            {
              insert_chunk (png, AFTER_HEADER, "acTL", contents, 8);
              insert_chunk (plain, AFTER_HEADER, "acTL", contents, 8);
            }
          if (j >= 2 && is_critical)
            {
              test_strip_bad (png, FR_STRIP_DAMAGED);
              continue;
            }
          copy = test_strip_good (png, j >= 2 ? FR_STRIP_OTHER : 0);
          test_assert_same (copy, j >= 2 ? plain : png);
        }
    }
}

static void
test_each_removed (void)
{
  static const struct
  {
    const char *name;
    const char *contents;
    gsize size;
    FrStripDetails removed;
  } rows[] = {
    { "tEXt", BYTES ("Comment\0" SECRET), FR_STRIP_DESCRIPTION },
    { "tEXt", BYTES ("Copyright\0" SECRET), FR_STRIP_OWNER },
    { "tEXt", BYTES ("Creation Time\0" SECRET), FR_STRIP_TIME },
    { "tEXt", BYTES ("date:create\0" SECRET), FR_STRIP_TIME },
    { "tEXt", BYTES ("Source\0" SECRET), FR_STRIP_CAMERA },
    { "tEXt", BYTES ("Software\0" SECRET), FR_STRIP_OTHER },
    { "tEXt", BYTES ("parameters\0" SECRET), FR_STRIP_DESCRIPTION },
    { "tEXt", BYTES (""), FR_STRIP_DESCRIPTION },
    { "tEXt", BYTES ("Keyword far too long for a keyword, without an end, and longer than that by far, " SECRET),
      FR_STRIP_DESCRIPTION },
    { "zTXt", BYTES ("Raw profile type exif\0\0" SECRET), FR_STRIP_OTHER },
    { "zTXt", BYTES ("Raw profile type iptc\0\0" SECRET), FR_STRIP_DESCRIPTION },
    { "iTXt", BYTES ("XML:com.adobe.xmp\0\0\0\0\0<dc:rights>" SECRET), FR_STRIP_HISTORY | FR_STRIP_OWNER },
    { "iTXt", BYTES ("Author\0\0\0\0\0" SECRET), FR_STRIP_OWNER },
    { "tIME", BYTES ("\7\xd0\1\1\1\1\1"), FR_STRIP_TIME },
    { "sPLT", BYTES (SECRET "\0\x08"), FR_STRIP_OTHER },
    { "hIST", BYTES (SECRET), FR_STRIP_OTHER },
    { "sCAL", BYTES (SECRET), FR_STRIP_OTHER },
    { "oFFs", BYTES (SECRET), FR_STRIP_OTHER },
    { "dSIG", BYTES (SECRET), FR_STRIP_OTHER },
    { "iDOT", BYTES (SECRET), FR_STRIP_OTHER },
    { "caBX", BYTES (SECRET), FR_STRIP_OTHER },
    { "idat", BYTES (SECRET), FR_STRIP_OTHER },
  };
  g_autoptr (GByteArray) plain = test_fixture_load ("small.png");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint is_late = 0; is_late < 2; is_late++)
      {
        g_autoptr (GByteArray) png = test_fixture_load ("small.png");
        g_autoptr (GByteArray) copy = NULL;

        g_test_message ("%s, row %u", rows[i].name, i);
        insert_chunk (png, is_late ? png->len - IEND_SIZE : AFTER_HEADER, rows[i].name, rows[i].contents,
                      rows[i].size);
        copy = test_strip_good (png, rows[i].removed);
        test_assert_same (copy, plain);
      }
}

static void
test_exif (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++)
    for (guint is_late = 0; is_late < 2; is_late++)
      {
        g_autoptr (GByteArray) png = test_fixture_load ("small.png");
        g_autoptr (GByteArray) wanted = test_fixture_load ("small.png");
        g_autoptr (GByteArray) exif = test_exif_new_rich (FALSE, orientation);
        g_autoptr (GByteArray) plain = test_exif_new_plain (orientation);
        g_autoptr (GByteArray) copy = NULL;
        const gsize at = is_late ? png->len - IEND_SIZE : AFTER_HEADER;

        insert_exif (png, at, exif);
        if (orientation > 1)
          insert_exif (wanted, at, plain);
        copy = test_strip_good (png, FR_STRIP_ALL_DETAILS & ~(FR_STRIP_TRAILER | FR_STRIP_HISTORY));
        test_assert_same (copy, wanted);
      }
}

/* The first good one counts, as with decoders, whatever it says. */
static void
test_which_exif (void)
{
  g_autoptr (GByteArray) turned = test_exif_new_plain (6);
  g_autoptr (GByteArray) other = test_exif_new_plain (3);
  g_autoptr (GByteArray) upright = test_exif_new_plain (1);
  g_autoptr (GByteArray) nonsense = g_byte_array_new ();
  g_autoptr (GByteArray) empty = g_byte_array_new ();
  const struct
  {
    GByteArray *first;
    gboolean spoil; /* its check sum */
    guint orientation;
  } rows[] = { { turned, FALSE, 6 }, { turned, TRUE, 3 }, { upright, FALSE, 1 }, { nonsense, FALSE, 3 },
             { empty, FALSE, 1 } };

  test_bytes_add (empty, BYTES ("MM\0\0" SECRET));
  test_bytes_add (nonsense, BYTES ("Exif\0\0MM\0*" SECRET));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) png = test_fixture_load ("small.png");
      g_autoptr (GByteArray) wanted = test_fixture_load ("small.png");
      g_autoptr (GByteArray) exif = test_exif_new_plain (rows[i].orientation);
      g_autoptr (GByteArray) copy = NULL;

      g_test_message ("row %u", i);
      insert_exif (png, AFTER_HEADER, other);
      insert_exif (png, AFTER_HEADER, rows[i].first);
      if (rows[i].spoil)
        png->data[AFTER_HEADER + 8 + rows[i].first->len]++;
      if (rows[i].orientation > 1)
        insert_exif (wanted, AFTER_HEADER, exif);
      copy = test_strip_good (png, FR_STRIP_OTHER);
      test_assert_same (copy, wanted);
    }
}

/* All the chunks of an animation, with others between. */
static void
test_animation (void)
{
  g_autoptr (GByteArray) png = test_fixture_load ("small.png");
  g_autoptr (GByteArray) wanted = test_fixture_load ("small.png");
  g_autoptr (GByteArray) copy = NULL;
  static const guint8 control[26] = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      GByteArray *bytes = i == 0 ? png : wanted;

      insert_chunk (bytes, bytes->len - IEND_SIZE, "fcTL", control, sizeof control);
      if (i == 0)
        insert_chunk (bytes, bytes->len - IEND_SIZE, "tEXt", BYTES ("Comment\0" SECRET));
      insert_chunk (bytes, bytes->len - IEND_SIZE, "fdAT", BYTES ("\0\0\0\1data"));
      insert_chunk (bytes, AFTER_HEADER, "fcTL", control, sizeof control);
      insert_chunk (bytes, AFTER_HEADER, "acTL", BYTES ("\0\0\0\2\0\0\0\0"));
    }
  copy = test_strip_good (png, FR_STRIP_DESCRIPTION);
  test_assert_same (copy, wanted);
}

/* Frames without an animation are free space, and so is an animation that is said twice, or too late. */
static void
test_stray_frames (void)
{
  static const guint8 control[26] = { 0 };
  g_autoptr (GByteArray) plain = test_fixture_load ("small.png");
  const struct
  {
    const char *name;
    const void *contents;
    gsize size;
  } rows[] = { { "fdAT", BYTES ("\0\0\0\1" SECRET) }, { "fcTL", control, sizeof control } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint is_late = 0; is_late < 2; is_late++)
      {
        g_autoptr (GByteArray) png = test_fixture_load ("small.png");
        g_autoptr (GByteArray) copy = NULL;

        insert_chunk (png, is_late ? png->len - IEND_SIZE : AFTER_HEADER, rows[i].name, rows[i].contents, rows[i].size);
        if (is_late)
          insert_chunk (png, png->len - IEND_SIZE, "acTL", control, 8);
        copy = test_strip_good (png, FR_STRIP_OTHER);
        test_assert_same (copy, plain);
      }
}

static GByteArray *
pack (const char *words, gsize size)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1));
  GByteArray *packed = g_byte_array_new ();
  gsize n_read, n_written;

  g_byte_array_set_size (packed, (guint) size + 1000);
  g_assert_cmpint (g_converter_convert (packer, words, size, packed->data, packed->len, G_CONVERTER_INPUT_AT_END, &n_read,
                                        &n_written, NULL), ==, G_CONVERTER_FINISHED);
  g_byte_array_set_size (packed, (guint) n_written);
  return packed;
}

/* A profile stays, under one name for all; what is none goes, wherever it hides. */
static void
test_profile (void)
{
  static const struct
  {
    const char *what;
    const char *name; /* with what says how it is packed */
    gsize name_size;
    const char *words;
    gsize size;
    const char *behind;
    gboolean stays;
    FrStripDetails removed;
  } rows[] = {
    { "as written", BYTES ("icc\0\0"), BYTES (PROFILE), "", TRUE, 0 },
    { "with a name", BYTES (SECRET "\0\0"), BYTES (PROFILE), "", TRUE, 0 },
    { "with words behind it", BYTES ("icc\0\0"), BYTES (PROFILE), SECRET, TRUE, FR_STRIP_OTHER },
    { "something else", BYTES ("icc\0\0"), BYTES (SECRET), "", FALSE, FR_STRIP_OTHER },
    { "packed in no known way", BYTES ("icc\0\1"), BYTES (PROFILE), "", FALSE, FR_STRIP_OTHER },
    { "a name of nothing", BYTES ("\0\0"), BYTES (PROFILE), "", TRUE, 0 },
    { "a name without an end",
      BYTES ("Eighty letters and more, which is more than a name may have, and so it is none. " SECRET "\0\0"),
      BYTES (PROFILE), "", FALSE, FR_STRIP_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) png = test_fixture_load ("small.png"), wanted = test_fixture_load ("small.png");
      g_autoptr (GByteArray) chunk = g_byte_array_new (), good = g_byte_array_new (), copy = NULL, again = NULL;
      g_autoptr (GByteArray) packed = pack (rows[i].words, rows[i].size);

      g_test_message ("%s", rows[i].what);
      test_bytes_add (chunk, rows[i].name, rows[i].name_size);
      test_bytes_add (chunk, packed->data, packed->len);
      test_bytes_add (chunk, rows[i].behind, strlen (rows[i].behind));
      test_bytes_add (good, BYTES ("icc\0\0"));
      test_bytes_add (good, packed->data, packed->len);
      insert_chunk (png, AFTER_HEADER, "iCCP", chunk->data, chunk->len);
      if (rows[i].stays)
        insert_chunk (wanted, AFTER_HEADER, "iCCP", good->data, good->len);
      copy = test_strip_good (png, rows[i].removed);
      test_assert_same (copy, wanted);
      again = test_strip_good (copy, 0);
      test_assert_same (again, copy);
    }
}

/* Not unpacked, not whole, twice, or far too large. */
static void
test_bad_profiles (void)
{
  g_autofree char *large = g_malloc0 (17 * 1024 * 1024);
  g_autoptr (GByteArray) packed = NULL, good = pack (BYTES (PROFILE)), chunk = g_byte_array_new ();
  g_autoptr (GByteArray) plain = test_fixture_load ("small.png");

  memcpy (large, PROFILE, strlen (PROFILE));
  packed = pack (large, 17 * 1024 * 1024);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GByteArray) png = test_fixture_load ("small.png"), copy = NULL;

      g_byte_array_set_size (chunk, 0);
      test_bytes_add (chunk, BYTES ("icc\0\0"));
      if (i == 0)
        test_bytes_add (chunk, BYTES (SECRET));
      else if (i == 1)
        test_bytes_add (chunk, good->data, good->len - 1);
      else if (i == 2)
        test_bytes_add (chunk, packed->data, packed->len);
      else if (i == 3)
        g_byte_array_set_size (chunk, 4);
      else
        test_bytes_add (chunk, good->data, good->len);
      insert_chunk (png, AFTER_HEADER, "iCCP", chunk->data, chunk->len);
      if (i == 4)
        png->data[AFTER_HEADER + 8 + chunk->len]++; /* the check sum */
      copy = test_strip_good (png, FR_STRIP_OTHER);
      test_assert_same (copy, plain);
    }
}

static void
test_damaged (void)
{
  static const struct
  {
    const char *description;
    gsize at;
    const char *bytes;
    gsize size;
  } rows[] = {
    { "something before the header", 8, BYTES ("\0\0\0\0teXt\0\0\0\0") },
    { "two headers", 33, BYTES ("\0\0\0\x0dIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\0\0\0\0") },
    { "an unknown critical chunk", 33, BYTES ("\0\0\0\0CgBI\0\0\0\0") },
    { "a length beyond 31 bits", 33, BYTES ("\x80\0\0\0teXt\0\0\0\0") },
    { "a length beyond the end", 33, BYTES ("\0\1\0\0teXt\0\0\0\0") },
    { "the largest length", 33, BYTES ("\xff\xff\xff\xffteXt\0\0\0\0") },
    { "no picture", 33, BYTES ("\0\0\0\0IEND\0\0\0\0") },
    { "an end with contents", 33, BYTES ("\0\0\0\1IENDx\0\0\0\0") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) png = test_fixture_load ("small.png");

      g_test_message ("%s", rows[i].description);
      test_bytes_insert (png, rows[i].at, rows[i].bytes, rows[i].size);
      test_strip_bad (png, FR_STRIP_DAMAGED);
    }
}

void
test_strip_png_add (void)
{
  g_test_add_func ("/image/strip-png/nothing-to-remove", test_nothing_to_remove);
  g_test_add_func ("/image/strip-png/rich", test_rich);
  g_test_add_func ("/image/strip-png/each-kept", test_each_kept);
  g_test_add_func ("/image/strip-png/each-removed", test_each_removed);
  g_test_add_func ("/image/strip-png/exif", test_exif);
  g_test_add_func ("/image/strip-png/which-exif", test_which_exif);
  g_test_add_func ("/image/strip-png/animation", test_animation);
  g_test_add_func ("/image/strip-png/stray-frames", test_stray_frames);
  g_test_add_func ("/image/strip-png/profile", test_profile);
  g_test_add_func ("/image/strip-png/bad-profiles", test_bad_profiles);
  g_test_add_func ("/image/strip-png/damaged", test_damaged);
}
