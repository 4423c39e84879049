/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "strip-fixture.h"

#include <string.h>

#define ALL                                                                                                           \
  (FR_STRIP_PLACE | FR_STRIP_TIME | FR_STRIP_CAMERA | FR_STRIP_OWNER | FR_STRIP_THUMBNAIL | FR_STRIP_DESCRIPTION      \
   | FR_STRIP_HISTORY | FR_STRIP_TRAILER | FR_STRIP_OTHER)

/* The plain picture, and segments to come after its first two bytes. */
typedef struct
{
  GByteArray *jpeg;
  GByteArray *front;
} Parts;

static void
parts_init (Parts *parts)
{
  *parts = (Parts) { test_fixture_load ("tiny.jpg"), g_byte_array_new () };
}

static void
parts_clear (Parts *parts)
{
  g_byte_array_unref (parts->jpeg);
  g_byte_array_unref (parts->front);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static void
test_nothing_to_remove (void)
{
  static const char *const names[] = { "tiny.jpg", "photograph.jpg", "progressive.jpg", "cmyk.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GByteArray) jpeg = test_fixture_load (names[i]);
      g_autoptr (GByteArray) copy = NULL;
      g_autoptr (GByteArray) again = NULL;
      FrStripDetails removed;

      g_test_message ("%s", names[i]);
      g_assert_cmpint (test_strip (jpeg, &copy, &removed), ==, FR_STRIP_DONE);
      again = test_strip_good (copy, 0);
      test_assert_same (again, copy);
    }
}

/* All that may stay, in its order, and nothing of the rest. */
static void
test_rich (void)
{
  g_autoptr (GByteArray) jpeg = test_jpeg_new_rich ();
  g_autoptr (GByteArray) copy = test_strip_good (jpeg, ALL);
  g_autoptr (GByteArray) exif = test_exif_new_plain (6);
  g_auto (Parts) parts;

  parts_init (&parts);
  test_jpeg_add (parts.front, 0xe0, BYTES ("JFIF\0\1\1\1\0\x48\0\x48\0\0"), NULL);
  test_jpeg_add (parts.front, 0xe1, BYTES ("Exif\0\0"), exif);
  test_jpeg_add (parts.front, 0xe2, BYTES ("ICC_PROFILE\0\1\1" PROFILE), NULL);
  test_jpeg_add (parts.front, 0xee, BYTES ("Adobe\0\x64\0\0\0\0\1"), NULL);
  test_jpeg_insert (parts.jpeg, parts.front);
  test_assert_same (copy, parts.jpeg);
}

/* Each segment that goes leaves the picture that there was. */
static void
test_each_removed (void)
{
  static const struct
  {
    const char *description;
    guint marker;
    const char *contents;
    gsize size;
    FrStripDetails removed;
  } rows[] = {
    { "comment", 0xfe, BYTES (SECRET), FR_STRIP_DESCRIPTION },
    { "empty comment", 0xfe, BYTES (""), FR_STRIP_DESCRIPTION },
    { "JFIF's own extension", 0xe0, BYTES ("JFXX\0\x10" SECRET), FR_STRIP_THUMBNAIL },
    { "JFIF that is too short", 0xe0, BYTES ("JFIF\0\1\1\1\0\x48\0\x48\0"), FR_STRIP_OTHER },
    { "Canon's APP0", 0xe0, BYTES ("CIFF" SECRET), FR_STRIP_OTHER },
    { "XMP", 0xe1, BYTES ("http://ns.adobe.com/xap/1.0/\0exif:GPS" SECRET), FR_STRIP_HISTORY | FR_STRIP_PLACE },
    { "more XMP", 0xe1, BYTES ("http://ns.adobe.com/xmp/extension/\0" SECRET), FR_STRIP_HISTORY },
    { "other APP1", 0xe1, BYTES ("http://example.com/" SECRET), FR_STRIP_OTHER },
    { "empty APP1", 0xe1, BYTES (""), FR_STRIP_OTHER },
    { "list of pictures", 0xe2, BYTES ("MPF\0" SECRET), FR_STRIP_OTHER },
    { "brightness", 0xe2, BYTES ("urn:iso:std:iso:ts:21496:-1\0" SECRET), FR_STRIP_OTHER },
    { "part of a profile, cut", 0xe2, BYTES ("ICC_PROFILE\0\1"), FR_STRIP_OTHER },
    { "no profile", 0xe2, BYTES ("ICC_PROFILE\0\1\1" SECRET), FR_STRIP_OTHER },
    { "part 0 of a profile", 0xe2, BYTES ("ICC_PROFILE\0\0\1" PROFILE SECRET), FR_STRIP_OTHER },
    { "part 2 of 1 of a profile", 0xe2, BYTES ("ICC_PROFILE\0\2\1" PROFILE SECRET), FR_STRIP_OTHER },
    { "half a profile", 0xe2, BYTES ("ICC_PROFILE\0\1\2" PROFILE SECRET), FR_STRIP_OTHER },
    { "FlashPix", 0xe2, BYTES ("FPXR\0" SECRET), FR_STRIP_OTHER },
    { "APP11", 0xeb, BYTES ("JP\0\1" SECRET), FR_STRIP_OTHER },
    { "Ducky", 0xec, BYTES ("Ducky" SECRET), FR_STRIP_OTHER },
    { "Photoshop", 0xed, BYTES ("Photoshop 3.0\0" "8BIM\4\4\0\0\0\0\0\x0c\x1c\2\x50\0\7" SECRET),
      FR_STRIP_HISTORY | FR_STRIP_OWNER },
    { "other APP13", 0xed, BYTES ("Adobe_CM" SECRET), FR_STRIP_OTHER },
    { "other APP14", 0xee, BYTES ("Other" SECRET), FR_STRIP_OTHER },
    { "APP15", 0xef, BYTES (SECRET), FR_STRIP_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Parts) parts;
      g_autoptr (GByteArray) plain = NULL;
      g_autoptr (GByteArray) copy = NULL;

      g_test_message ("%s", rows[i].description);
      parts_init (&parts);
      plain = test_strip_good (parts.jpeg, 0);
      test_jpeg_add (parts.front, rows[i].marker, rows[i].contents, rows[i].size, NULL);
      test_jpeg_insert (parts.jpeg, parts.front);
      copy = test_strip_good (parts.jpeg, rows[i].removed);
      test_assert_same (copy, plain);
    }
}

static void
test_exif (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++)
    for (guint is_big = 0; is_big < 2; is_big++)
      {
        g_autoptr (GByteArray) exif = test_exif_new_rich (is_big, orientation);
        g_autoptr (GByteArray) plain = test_exif_new_plain (orientation);
        g_autoptr (GByteArray) wanted = test_fixture_load ("tiny.jpg");
        g_autoptr (GByteArray) front = g_byte_array_new ();
        g_autoptr (GByteArray) copy = NULL;
        g_auto (Parts) parts;

        parts_init (&parts);
        test_jpeg_add (parts.front, 0xe1, BYTES ("Exif\0\0"), exif);
        test_jpeg_insert (parts.jpeg, parts.front);
        copy = test_strip_good (parts.jpeg, ALL & ~(FR_STRIP_HISTORY | FR_STRIP_TRAILER));
        test_jpeg_add (front, 0xe1, BYTES ("Exif\0\0"), plain);
        if (orientation > 1)
          test_jpeg_insert (wanted, front);
        test_assert_same (copy, wanted);
      }
}

/* Decoders heed the first. */
static void
test_two_exif (void)
{
  g_autoptr (GByteArray) first = test_exif_new_plain (3);
  g_autoptr (GByteArray) second = test_exif_new_plain (6);
  g_autoptr (GByteArray) copy = NULL;
  g_auto (Parts) parts;

  parts_init (&parts);
  test_jpeg_add (parts.front, 0xe1, BYTES ("Exif\0\0"), first);
  test_jpeg_add (parts.front, 0xe1, BYTES ("Exif\0\0"), second);
  test_jpeg_insert (parts.jpeg, parts.front);
  copy = test_strip_good (parts.jpeg, FR_STRIP_OTHER);
  g_assert_cmpuint (copy->data[2 + 4 + 6 + 19], ==, 3);
  g_assert_cmpuint (copy->len, ==, parts.jpeg->len - 36);
}

/* In parts that come in no order, with others between. */
static void
test_profile_in_parts (void)
{
  g_autoptr (GByteArray) wanted = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) front = g_byte_array_new ();
  g_autoptr (GByteArray) copy = NULL;
  g_auto (Parts) parts;

  parts_init (&parts);
  test_jpeg_add (parts.front, 0xe2, BYTES ("ICC_PROFILE\0\3\3" "end"), NULL);
  test_jpeg_add (parts.front, 0xfe, BYTES (SECRET), NULL);
  test_jpeg_add (parts.front, 0xe2, BYTES ("ICC_PROFILE\0\1\2" SECRET), NULL);
  test_jpeg_add (parts.front, 0xe2, BYTES ("ICC_PROFILE\0\0\3" SECRET), NULL);
  test_jpeg_add (parts.front, 0xe2, BYTES ("ICC_PROFILE\0\1\3" PROFILE), NULL);
  test_jpeg_add (parts.front, 0xe2, BYTES ("ICC_PROFILE\0\2\3" "middle"), NULL);
  test_jpeg_insert (parts.jpeg, parts.front);
  copy = test_strip_good (parts.jpeg, FR_STRIP_DESCRIPTION | FR_STRIP_OTHER);
  test_jpeg_add (front, 0xe2, BYTES ("ICC_PROFILE\0\1\3" PROFILE), NULL);
  test_jpeg_add (front, 0xe2, BYTES ("ICC_PROFILE\0\2\3" "middle"), NULL);
  test_jpeg_add (front, 0xe2, BYTES ("ICC_PROFILE\0\3\3" "end"), NULL);
  test_jpeg_insert (wanted, front);
  test_assert_same (copy, wanted);
}

/* The place of the first such marker. */
static gsize
find_marker (const GByteArray *jpeg, guint marker)
{
  const guint8 text[] = { 0xff, marker };
  const guint8 *found = memmem (jpeg->data, jpeg->len, text, sizeof text);

  g_assert_nonnull (found);
  return found - jpeg->data;
}

/* Between tables, between scans, and at the end of the picture. */
static void
test_anywhere (void)
{
  g_autoptr (GByteArray) plain = test_fixture_load ("progressive.jpg");
  g_autoptr (GByteArray) wanted = NULL;
  g_autoptr (GByteArray) comment = g_byte_array_new ();
  FrStripDetails removed;
  gsize places[5];

  g_assert_cmpint (test_strip (plain, &wanted, &removed), ==, FR_STRIP_DONE);
  test_jpeg_add (comment, 0xfe, BYTES (SECRET), NULL);
  places[0] = find_marker (wanted, 0xdb);
  places[1] = find_marker (wanted, 0xc4);
  places[2] = find_marker (wanted, 0xda);
  places[3] = (const guint8 *) memmem (wanted->data + places[2], wanted->len - places[2], "\xff\xc4", 2) - wanted->data;
  places[4] = wanted->len - 2;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GByteArray) jpeg = g_byte_array_new ();
      g_autoptr (GByteArray) copy = NULL;

      test_bytes_add (jpeg, wanted->data, wanted->len);
      test_bytes_insert (jpeg, places[i], comment->data, comment->len);
      copy = test_strip_good (jpeg, FR_STRIP_DESCRIPTION);
      test_assert_same (copy, wanted);
    }
}

/* A marker may have more than one byte of 255 before it; what else is between segments, decoders pass over. */
static void
test_fill (void)
{
  g_autoptr (GByteArray) plain = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) filled = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) junk = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) copy = NULL;
  g_autoptr (GByteArray) other = NULL;

  test_bytes_insert (filled, 2, BYTES ("\xff\xff\xff"));
  test_bytes_insert (filled, filled->len - 2, BYTES ("\xff\xff"));
  copy = test_strip_good (filled, 0);
  test_assert_same (copy, plain);
  test_bytes_insert (junk, find_marker (junk, 0xc0), BYTES (SECRET "\xff\0" SECRET));
  other = test_strip_good (junk, FR_STRIP_OTHER);
  test_assert_same (other, plain);
}

/* Where they come in what is coded they are not the end of it. */
static void
test_coded (void)
{
  g_autoptr (GByteArray) jpeg = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) copy = NULL;

  test_bytes_insert (jpeg, jpeg->len - 2, BYTES ("\xff\0\xff\xd0\xff\xd7\xff\xff\0"));
  copy = test_strip_good (jpeg, 0);
  test_assert_same (copy, jpeg);
}

/* Each is put before the first table. */
static void
test_damaged (void)
{
  static const struct
  {
    const char *description;
    const char *bytes;
    gsize size;
  } rows[] = {
    { "a second beginning", BYTES ("\xff\xd8") },
    { "an early end", BYTES ("\xff\xd9") },
    { "a restart", BYTES ("\xff\xd0") },
    { "TEM", BYTES ("\xff\x01") },
    { "length 0", BYTES ("\xff\xfe\0\0") },
    { "length 1", BYTES ("\xff\xfe\0\1") },
    { "an unknown marker", BYTES ("\xff\x02\0\2") },
    { "a hierarchical picture", BYTES ("\xff\xde\0\2") },
    { "a scan before its frame", BYTES ("\xff\xda\0\6\0\0\0\0") },
    { "two frames", BYTES ("\xff\xc0\0\x0b\x08\0\x08\0\x08\1\1\x11\0") },
    { "lossless coding", BYTES ("\xff\xc3\0\x0b\x08\0\x08\0\x08\1\1\x11\0") },
    { "a frame with too few components", BYTES ("\xff\xc0\0\x0b\x08\0\x08\0\x08\2\1\x11\0") },
    { "a table of quantisers cut", BYTES ("\xff\xdb\0\4\0\0") },
    { "a table of codes cut", BYTES ("\xff\xc4\0\5\0\1\1") },
    { "an interval that is too long", BYTES ("\xff\xdd\0\5\0\0\0") },
    { "a number of lines that is too short", BYTES ("\xff\xdc\0\3\0") },
    { "conditions that are odd", BYTES ("\xff\xcc\0\3\0") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) jpeg = test_fixture_load ("tiny.jpg");

      g_test_message ("%s", rows[i].description);
      test_bytes_insert (jpeg, 2, rows[i].bytes, rows[i].size);
      test_strip_bad (jpeg, FR_STRIP_DAMAGED);
    }
}

/* Segments of just the right length stay, even where a decoder has no use for them. */
static void
test_tables (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
  } rows[] = {
    { BYTES ("\xff\xdd\0\4\0\0") },
    { BYTES ("\xff\xdb\0\2") },
    { BYTES ("\xff\xc4\0\x15\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0xy") },
    { BYTES ("\xff\xcc\0\4\0\1") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) jpeg = test_fixture_load ("tiny.jpg");
      g_autoptr (GByteArray) copy = NULL;

      test_bytes_insert (jpeg, 2, rows[i].bytes, rows[i].size);
      copy = test_strip_good (jpeg, 0);
      test_assert_same (copy, jpeg);
    }
}

/* A whole second picture after the first, as phones write them. */
static void
test_second_picture (void)
{
  g_autoptr (GByteArray) first = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) both = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) second = test_jpeg_new_rich ();
  g_autoptr (GByteArray) copy = NULL;

  test_bytes_add (both, second->data, second->len);
  copy = test_strip_good (both, FR_STRIP_TRAILER);
  test_assert_same (copy, first);
}

void
test_strip_jpeg_add (void)
{
  g_test_add_func ("/image/strip-jpeg/nothing-to-remove", test_nothing_to_remove);
  g_test_add_func ("/image/strip-jpeg/rich", test_rich);
  g_test_add_func ("/image/strip-jpeg/each-removed", test_each_removed);
  g_test_add_func ("/image/strip-jpeg/exif", test_exif);
  g_test_add_func ("/image/strip-jpeg/two-exif", test_two_exif);
  g_test_add_func ("/image/strip-jpeg/profile-in-parts", test_profile_in_parts);
  g_test_add_func ("/image/strip-jpeg/anywhere", test_anywhere);
  g_test_add_func ("/image/strip-jpeg/fill", test_fill);
  g_test_add_func ("/image/strip-jpeg/coded", test_coded);
  g_test_add_func ("/image/strip-jpeg/damaged", test_damaged);
  g_test_add_func ("/image/strip-jpeg/tables", test_tables);
  g_test_add_func ("/image/strip-jpeg/second-picture", test_second_picture);
}
