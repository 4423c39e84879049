/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "strip-fixture.h"

#include <fr-strip-exif.h>
#include <fr-strip-words.h>

#include <string.h>

static guint
read_exactly (const GByteArray *exif, gsize size, FrStripDetails *removed)
{
  g_autofree guint8 *data = g_memdup2 (exif->data, size);

  return fr_strip_exif_read (data, size, removed);
}

static void
test_orientations (void)
{
  for (guint value = 0; value <= 10; value++)
    for (guint is_big = 0; is_big < 2; is_big++)
      {
        const TestTag tag = { 0, 0x0112, NULL, value };
        g_autoptr (GByteArray) exif = test_exif_new (is_big, &tag, 1);
        FrStripDetails removed = 0;

        g_assert_cmpuint (read_exactly (exif, exif->len, &removed), ==, value >= 1 && value <= 8 ? value : 1);
        g_assert_cmphex (removed, ==, 0);
      }
}

/* Forms that decoders understand, and some that they do not. */
static void
test_forms (void)
{
  static const struct
  {
    const char *description;
    const char *entry;
    guint orientation;
  } rows[] = {
    { "a short", "\x01\x12\0\3\0\0\0\1\0\6\0\0", 6 },
    { "a long", "\x01\x12\0\4\0\0\0\1\0\0\0\6", 6 },
    { "a byte", "\x01\x12\0\1\0\0\0\1\6\0\0\0", 6 },
    { "a signed byte", "\x01\x12\0\6\0\0\0\1\6\0\0\0", 6 },
    { "a signed short", "\x01\x12\0\x08\0\0\0\1\0\6\0\0", 6 },
    { "a signed long", "\x01\x12\0\x09\0\0\0\1\0\0\0\6", 6 },
    { "two shorts", "\x01\x12\0\3\0\0\0\2\0\6\0\3", 6 },
    { "three shorts, elsewhere", "\x01\x12\0\3\0\0\0\3\0\0\0\x16", 6 },
    { "three shorts, partly there", "\x01\x12\0\3\0\0\0\3\0\0\0\x17", 1 },
    { "three shorts, not there", "\x01\x12\0\3\0\0\0\3\0\x06\0\x06", 1 },
    { "so many that they seem few", "\x01\x12\0\4\x40\0\0\1\0\0\0\6", 1 },
    { "none", "\x01\x12\0\3\0\0\0\0\0\6\0\0", 1 },
    { "text", "\x01\x12\0\2\0\0\0\1\0\6\0\0", 1 },
    { "a large long", "\x01\x12\0\4\0\0\0\1\0\1\0\6", 6 },
    { "a large signed long", "\x01\x12\0\x09\0\0\0\1\0\x10\0\6", 6 },
    { "a negative long", "\x01\x12\0\x09\0\0\0\1\xff\xff\0\6", 6 },
    { "a long, the upper half of it", "\x01\x12\0\4\0\0\0\1\0\6\0\0", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) exif = g_byte_array_new ();
      FrStripDetails removed = 0;

      g_test_message ("%s", rows[i].description);
      test_bytes_add (exif, "MM\0*\0\0\0\x08\0\1", 10);
      test_bytes_add (exif, rows[i].entry, 12);
      test_bytes_add (exif, "\0\6\0\3\0\1", 6);
      g_assert_cmpuint (read_exactly (exif, exif->len, &removed), ==, rows[i].orientation);
    }
}

static void
test_details (void)
{
  static const struct
  {
    TestTag tag;
    FrStripDetails removed;
  } rows[] = {
    { { 0, 0x010e, "x", 0 }, FR_STRIP_DESCRIPTION },
    { { 0, 0x010f, "x", 0 }, FR_STRIP_CAMERA },
    { { 0, 0x0132, "x", 0 }, FR_STRIP_TIME },
    { { 0, 0x013b, "x", 0 }, FR_STRIP_OWNER },
    { { 0, 0x8298, "x", 0 }, FR_STRIP_OWNER },
    { { 0, 0x02bc, "x", 0 }, FR_STRIP_HISTORY },
    { { 0, 0x0131, "x", 0 }, FR_STRIP_OTHER },
    { { 0, 0x9c9d, "x", 0 }, FR_STRIP_OWNER },
    { { 1, 0x9003, "x", 0 }, FR_STRIP_TIME },
    { { 1, 0x927c, "x", 0 }, FR_STRIP_CAMERA },
    { { 1, 0x9286, "x", 0 }, FR_STRIP_DESCRIPTION },
    { { 1, 0xa430, "x", 0 }, FR_STRIP_OWNER },
    { { 1, 0xa431, "x", 0 }, FR_STRIP_CAMERA },
    { { 1, 0xa002, NULL, 640 }, FR_STRIP_OTHER },
    { { 2, 0x0000, NULL, 2 }, FR_STRIP_OTHER },
    { { 2, 0x0002, "x", 0 }, FR_STRIP_PLACE },
    { { 2, 0x001b, "x", 0 }, FR_STRIP_PLACE },
    { { 2, 0x001d, "x", 0 }, FR_STRIP_TIME },
    { { 3, 0x0201, NULL, 8 }, FR_STRIP_THUMBNAIL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint is_big = 0; is_big < 2; is_big++)
      {
        g_autoptr (GByteArray) exif = test_exif_new (is_big, &rows[i].tag, 1);
        FrStripDetails removed = 0;

        g_test_message ("tag %04x in directory %u", rows[i].tag.tag, rows[i].tag.directory);
        g_assert_cmpuint (read_exactly (exif, exif->len, &removed), ==, 1);
        g_assert_cmphex (removed, ==, rows[i].removed);
      }
}

/* What is written is read as it was meant, and is nothing but that. */
static void
test_written (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      guint8 written[FR_STRIP_EXIF_SIZE];
      g_autoptr (GByteArray) wanted = test_exif_new_plain (orientation);
      FrStripDetails removed = 0;

      fr_strip_exif_write (orientation, written);
      g_assert_cmpmem (written, sizeof written, wanted->data, wanted->len);
      g_assert_cmpuint (fr_strip_exif_read (written, sizeof written, &removed), ==, orientation);
      g_assert_cmphex (removed, ==, 0);
    }
}

static void
test_hidden (void)
{
  g_autoptr (GByteArray) exif = test_exif_new_plain (6);
  FrStripDetails removed = 0;

  test_bytes_add (exif, SECRET, strlen (SECRET));
  g_assert_cmpuint (read_exactly (exif, exif->len, &removed), ==, 6);
  g_assert_cmphex (removed, ==, FR_STRIP_OTHER);
}

static void
test_cut (void)
{
  for (guint is_big = 0; is_big < 2; is_big++)
    {
      g_autoptr (GByteArray) exif = test_exif_new_rich (is_big, 6);

      for (gsize size = 0; size < exif->len; size++)
        {
          FrStripDetails removed = 0;
          guint orientation = read_exactly (exif, size, &removed);

          g_assert_true (orientation == 6 || orientation == 1);
          if (size < 8)
            g_assert_cmphex (removed, ==, FR_STRIP_OTHER);
        }
    }
}

/* Directories within themselves, beyond the end, of 65,535 entries: looked at once each. */
static void
test_lying (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
  } rows[] = {
    { BYTES ("MM\0*\0\0\0\0\0\0\0\0\0\0\0\0") },
    { BYTES ("MM\0*\xff\xff\xff\xff\0\1\1\x12") },
    { BYTES ("MM\0*\0\0\0\x08\xff\xff\x87\x69\0\4\0\0\0\1\0\0\0\x08") },
    { BYTES ("MM\0*\0\0\0\x08\0\1\x88\x25\0\4\0\0\0\1\xff\xff\xff\xff") },
    { BYTES ("II*\0\x08\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x08\0\0\0\x08\0\0\0") },
    { BYTES ("IM*\0\x08\0\0\0\0\0") },
    { BYTES ("II\0*\x08\0\0\0\0\0") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree guint8 *data = g_memdup2 (rows[i].bytes, rows[i].size);
      FrStripDetails removed = 0;

      g_assert_cmpuint (fr_strip_exif_read (data, rows[i].size, &removed), ==, 1);
    }
}

static void
test_xmp (void)
{
  static const struct
  {
    const char *xmp;
    FrStripDetails details;
  } rows[] = {
    { "", 0 },
    { "<x:xmpmeta>", 0 },
    { "exif:GPSLatitude='1'", FR_STRIP_PLACE },
    { "xmp:CreateDate='1' aux:SerialNumber='2'", FR_STRIP_TIME | FR_STRIP_CAMERA },
    { "<dc:creator><dc:title>", FR_STRIP_OWNER | FR_STRIP_DESCRIPTION },
    { "<xmp:Thumbnails", FR_STRIP_THUMBNAIL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmphex (fr_strip_words_judge_xmp ((const guint8 *) rows[i].xmp, strlen (rows[i].xmp)), ==,
                     rows[i].details | FR_STRIP_HISTORY);
}

static void
test_photoshop (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    FrStripDetails details;
  } rows[] = {
    { BYTES (""), 0 },
    { BYTES ("8BIM\4\x0c\0\0\0\0\0\1x\0"), FR_STRIP_THUMBNAIL },
    { BYTES ("8BIM\4\4\3abc\0\0\0\6\x1c\2\x5a\0\1x"), FR_STRIP_PLACE },
    { BYTES ("8BIM\4\1\2ab\0\0\0\0\1x\0"
             "8BIM\4\4\0\0\0\0\0\x0c\x1c\2\x50\0\1x\x1c\2\x37\0\1y"),
      FR_STRIP_OWNER | FR_STRIP_TIME },
    { BYTES ("8BIM\4\4\0\0\0\0\0\6\x1c\1\x5a\0\1x"), 0 },
    { BYTES ("8BIM\4\4\0\0\0\0\0\6\x1c\2\x5a\0\2x"), 0 },
    { BYTES ("8BIM\4\x0c\0\0\xff\xff\xff\xff"), 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree guint8 *data = g_memdup2 (rows[i].bytes, rows[i].size);

      g_test_message ("row %u", i);
      g_assert_cmphex (fr_strip_words_judge_photoshop (data, rows[i].size), ==, rows[i].details | FR_STRIP_HISTORY);
    }
}

void
test_strip_exif_add (void)
{
  g_test_add_func ("/image/strip-exif/orientations", test_orientations);
  g_test_add_func ("/image/strip-exif/forms", test_forms);
  g_test_add_func ("/image/strip-exif/details", test_details);
  g_test_add_func ("/image/strip-exif/written", test_written);
  g_test_add_func ("/image/strip-exif/hidden", test_hidden);
  g_test_add_func ("/image/strip-exif/cut", test_cut);
  g_test_add_func ("/image/strip-exif/lying", test_lying);
  g_test_add_func ("/image/strip-exif/xmp", test_xmp);
  g_test_add_func ("/image/strip-exif/photoshop", test_photoshop);
}
