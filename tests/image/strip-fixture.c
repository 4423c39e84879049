/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "strip-fixture.h"

#include <string.h>

#define N_DIRECTORIES 4
#define ENTRY_SIZE    12

void
test_bytes_add (GByteArray *bytes, const void *data, gsize size)
{
  if (size > 0)
    g_byte_array_append (bytes, data, size);
}

void
test_bytes_add_big (GByteArray *bytes, guint32 value, guint size)
{
  guint32 ordered = GUINT32_TO_BE (value);

  test_bytes_add (bytes, (const guint8 *) &ordered + 4 - size, size);
}

void
test_bytes_add_little (GByteArray *bytes, guint32 value, guint size)
{
  guint32 ordered = GUINT32_TO_LE (value);

  test_bytes_add (bytes, &ordered, size);
}

void
test_bytes_insert (GByteArray *bytes, gsize at, const void *data, gsize size)
{
  gsize old_size = bytes->len;

  g_assert_cmpuint (at, <=, old_size);
  g_byte_array_set_size (bytes, old_size + size);
  memmove (bytes->data + at + size, bytes->data + at, old_size - at);
  memcpy (bytes->data + at, data, size);
}

gboolean
test_bytes_have (const GByteArray *bytes, const char *text)
{
  return memmem (bytes->data, bytes->len, text, strlen (text)) != NULL;
}

static void
add_number (GByteArray *bytes, gboolean is_big, guint32 value, guint size)
{
  if (is_big)
    test_bytes_add_big (bytes, value, size);
  else
    test_bytes_add_little (bytes, value, size);
}

static guint
count_tags (const TestTag *tags, guint n_tags, guint directory)
{
  guint n = 0;

  for (guint i = 0; i < n_tags; i++)
    n += tags[i].directory == directory;
  return n;
}

/* A text of more than three letters is far away, in `texts`, which come after all directories at `end`. */
static void
add_tag (GByteArray *bytes, gboolean is_big, const TestTag *tag, GByteArray *texts, gsize end)
{
  gsize size = tag->text != NULL ? strlen (tag->text) + 1 : 0;

  add_number (bytes, is_big, tag->tag, 2);
  if (tag->text == NULL)
    {
      gboolean is_long = tag->number > G_MAXUINT16;

      add_number (bytes, is_big, is_long ? 4 : 3, 2);
      add_number (bytes, is_big, 1, 4);
      add_number (bytes, is_big, tag->number, is_long ? 4 : 2);
      add_number (bytes, is_big, 0, is_long ? 0 : 2);
      return;
    }
  add_number (bytes, is_big, 2, 2);
  add_number (bytes, is_big, size, 4);
  if (size <= 4)
    {
      test_bytes_add (bytes, tag->text, size);
      test_bytes_add (bytes, "\0\0\0", 4 - size);
      return;
    }
  add_number (bytes, is_big, end + texts->len, 4);
  test_bytes_add (texts, tag->text, size);
}

static void
add_link (GByteArray *bytes, gboolean is_big, guint tag, gsize place)
{
  add_number (bytes, is_big, tag, 2);
  add_number (bytes, is_big, 4, 2);
  add_number (bytes, is_big, 1, 4);
  add_number (bytes, is_big, place, 4);
}

/* The directories one after the other, each that is there linked from the first, then the texts. */
GByteArray *
test_exif_new (gboolean is_big, const TestTag *tags, guint n_tags)
{
  GByteArray *exif = g_byte_array_new ();
  g_autoptr (GByteArray) texts = g_byte_array_new ();
  guint counts[N_DIRECTORIES], n_links;
  gsize places[N_DIRECTORIES], end = 8;

  for (guint i = 0; i < N_DIRECTORIES; i++)
    counts[i] = count_tags (tags, n_tags, i);
  n_links = (counts[1] > 0) + (counts[2] > 0);
  for (guint i = 0; i < N_DIRECTORIES; i++)
    {
      places[i] = end;
      if (i == 0 || counts[i] > 0)
        end += 2 + ENTRY_SIZE * (counts[i] + (i == 0 ? n_links : 0)) + 4;
    }

  test_bytes_add (exif, is_big ? "MM\0*" : "II*\0", 4);
  add_number (exif, is_big, 8, 4);
  for (guint i = 0; i < N_DIRECTORIES; i++)
    {
      if (i > 0 && counts[i] == 0)
        continue;
      add_number (exif, is_big, counts[i] + (i == 0 ? n_links : 0), 2);
      for (guint j = 0; j < n_tags; j++)
        if (tags[j].directory == i)
          add_tag (exif, is_big, &tags[j], texts, end);
      if (i == 0 && counts[1] > 0)
        add_link (exif, is_big, 0x8769, places[1]);
      if (i == 0 && counts[2] > 0)
        add_link (exif, is_big, 0x8825, places[2]);
      add_number (exif, is_big, i == 0 && counts[3] > 0 ? places[3] : 0, 4);
    }
  test_bytes_add (exif, texts->data, texts->len);
  return exif;
}

GByteArray *
test_exif_new_rich (gboolean is_big, guint orientation)
{
  const TestTag tags[] = {
    { 0, 0x010e, SECRET " description", 0 },
    { 0, 0x010f, SECRET " make", 0 },
    { 0, 0x0110, SECRET " model", 0 },
    { 0, 0x0112, NULL, orientation },
    { 0, 0x0131, SECRET " software", 0 },
    { 0, 0x0132, SECRET " 12:00:00", 0 },
    { 0, 0x013b, SECRET " artist", 0 },
    { 0, 0x8298, SECRET " copyright", 0 },
    { 1, 0x9003, SECRET " 12:00:01", 0 },
    { 1, 0x927c, SECRET " maker note", 0 },
    { 1, 0xa431, SECRET " serial", 0 },
    { 2, 0x0001, "N", 0 },
    { 2, 0x0002, SECRET " latitude", 0 },
    { 3, 0x0103, NULL, 6 },
    { 3, 0x0201, SECRET " thumbnail", 0 },
  };

  return test_exif_new (is_big, tags, G_N_ELEMENTS (tags));
}

GByteArray *
test_exif_new_plain (guint orientation)
{
  const TestTag tag = { 0, 0x0112, NULL, orientation };

  return test_exif_new (TRUE, &tag, 1);
}

FrStripResult
test_strip (const GByteArray *bytes, GByteArray **out_copy, FrStripDetails *out_removed)
{
  g_autofree guint8 *data = g_memdup2 (bytes->data, bytes->len);
  g_autoptr (FrStripOutput) output = NULL;
  FrStripResult result = fr_image_strip (data, bytes->len, &output, out_removed);

  g_assert_cmpint (result == FR_STRIP_DONE, ==, output != NULL);
  if (result == FR_STRIP_DONE)
    {
      GBytes *copy = fr_strip_output_to_bytes (output);

      g_assert_cmpuint (g_bytes_get_size (copy), ==, fr_strip_output_get_size (output));
      *out_copy = g_bytes_unref_to_array (copy);
    }
  return result;
}

void
test_assert_same (const GByteArray *got, const GByteArray *wanted)
{
  g_assert_cmpmem (got->data, got->len, wanted->data, wanted->len);
}

GByteArray *
test_strip_good (const GByteArray *bytes, FrStripDetails removed)
{
  g_autoptr (GByteArray) again = NULL;
  g_autoptr (GByteArray) of_copy = NULL;
  GByteArray *copy = NULL;
  FrStripDetails details;

  g_assert_cmpint (test_strip (bytes, &copy, &details), ==, FR_STRIP_DONE);
  g_assert_cmphex (details, ==, removed);
  g_assert_false (test_bytes_have (copy, SECRET));
  g_assert_cmpuint (copy->len, <=, bytes->len + FR_STRIP_MAX_GROWTH);

  g_assert_cmpint (test_strip (bytes, &again, &details), ==, FR_STRIP_DONE);
  test_assert_same (again, copy);
  g_assert_cmpint (test_strip (copy, &of_copy, &details), ==, FR_STRIP_DONE);
  test_assert_same (of_copy, copy);
  g_assert_cmphex (details, ==, 0);
  return copy;
}

void
test_strip_bad (const GByteArray *bytes, FrStripResult result)
{
  GByteArray *copy = NULL;
  FrStripDetails removed = G_MAXINT;

  g_assert_cmpint (test_strip (bytes, &copy, &removed), ==, result);
  g_assert_null (copy);
  g_assert_cmpint (removed, ==, G_MAXINT);
}

GByteArray *
test_fixture_load (const char *name)
{
  g_autofree char *path = test_fixture_path (name);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *) data, size);
}

void
test_jpeg_add (GByteArray *bytes, guint marker, const char *prefix, gsize prefix_size, const GByteArray *rest)
{
  gsize rest_size = rest != NULL ? rest->len : 0;

  test_bytes_add_big (bytes, 0xff00 | marker, 2);
  test_bytes_add_big (bytes, 2 + prefix_size + rest_size, 2);
  test_bytes_add (bytes, prefix, prefix_size);
  if (rest != NULL)
    test_bytes_add (bytes, rest->data, rest_size);
}

void
test_jpeg_insert (GByteArray *jpeg, const GByteArray *segments)
{
  test_bytes_insert (jpeg, 2, segments->data, segments->len);
}

/* Its check sum bit by bit, as the specification has it (annex D), unlike the code. */
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

void
test_png_add (GByteArray *bytes, const char *name, const void *data, gsize size)
{
  gsize from;

  test_bytes_add_big (bytes, size, 4);
  from = bytes->len;
  test_bytes_add (bytes, name, 4);
  test_bytes_add (bytes, data, size);
  test_bytes_add_big (bytes, checksum (bytes->data + from, 4 + size), 4);
}

void
test_webp_add (GByteArray *bytes, const char *name, const void *data, gsize size)
{
  test_bytes_add (bytes, name, 4);
  test_bytes_add_little (bytes, size, 4);
  test_bytes_add (bytes, data, size);
  test_bytes_add (bytes, "", size % 2);
}

GByteArray *
test_webp_new (const GByteArray *chunks)
{
  GByteArray *webp = g_byte_array_new ();

  test_bytes_add (webp, "RIFF", 4);
  test_bytes_add_little (webp, 4 + chunks->len, 4);
  test_bytes_add (webp, "WEBP", 4);
  test_bytes_add (webp, chunks->data, chunks->len);
  return webp;
}

GByteArray *
test_jpeg_new_rich (void)
{
  GByteArray *jpeg = test_fixture_load ("tiny.jpg");
  g_autoptr (GByteArray) exif = test_exif_new_rich (TRUE, 6);
  g_autoptr (GByteArray) front = g_byte_array_new ();

  test_jpeg_add (front, 0xe0, BYTES ("JFIF\0\1\1\1\0\x48\0\x48\1\1rgb"), NULL);
  test_jpeg_add (front, 0xe1, BYTES ("Exif\0\0"), exif);
  test_jpeg_add (front, 0xe1, BYTES ("http://ns.adobe.com/xap/1.0/\0<dc:title>" SECRET), NULL);
  test_jpeg_add (front, 0xe2, BYTES ("ICC_PROFILE\0\1\1" PROFILE), NULL);
  test_jpeg_add (front, 0xe2, BYTES ("MPF\0MM\0*" SECRET), NULL);
  test_jpeg_add (front, 0xed, BYTES ("Photoshop 3.0\0" "8BIM\4\4\0\0\0\0\0\x0c\x1c\2\x5a\0\7" SECRET), NULL);
  test_jpeg_add (front, 0xee, BYTES ("Adobe\0\x64\0\0\0\0\1"), NULL);
  test_jpeg_add (front, 0xfe, BYTES (SECRET), NULL);
  test_jpeg_insert (jpeg, front);
  test_bytes_add (jpeg, BYTES ("trailing " SECRET));
  return jpeg;
}

GByteArray *
test_png_new_rich (void)
{
  g_autoptr (GByteArray) plain = test_fixture_load ("small.png");
  g_autoptr (GByteArray) exif = test_exif_new_rich (FALSE, 8);
  GByteArray *png = g_byte_array_new ();

  test_bytes_add (png, plain->data, 33);
  test_png_add (png, "gAMA", BYTES ("\0\0\xb1\x8f"));
  test_png_add (png, "eXIf", exif->data, exif->len);
  test_png_add (png, "tEXt", BYTES ("Author\0" SECRET));
  test_png_add (png, "iTXt", BYTES ("XML:com.adobe.xmp\0\0\0\0\0<exif:GPSLatitude>" SECRET));
  test_png_add (png, "tIME", BYTES ("\7\xd0\1\1\1\1\1"));
  test_png_add (png, "prVt", BYTES (SECRET));
  test_bytes_add (png, plain->data + 33, plain->len - 33);
  test_bytes_add (png, BYTES ("trailing " SECRET));
  return png;
}

GByteArray *
test_webp_new_rich (void)
{
  g_autoptr (GByteArray) plain = test_fixture_load ("tiny.webp");
  g_autoptr (GByteArray) exif = test_exif_new_rich (TRUE, 3);
  g_autoptr (GByteArray) chunks = g_byte_array_new ();
  const guint8 *picture = memmem (plain->data, plain->len, "VP8 ", 4);
  GByteArray *webp;

  g_assert_nonnull (picture);
  test_webp_add (chunks, "VP8X", "\x2c\0\0\0\7\0\0\7\0\0", 10);
  test_webp_add (chunks, "ICCP", BYTES (PROFILE));
  test_webp_add (chunks, "prVt", BYTES (SECRET));
  test_webp_add (chunks, "VP8 ", picture + 8, picture[4] | picture[5] << 8);
  test_webp_add (chunks, "EXIF", exif->data, exif->len);
  test_webp_add (chunks, "XMP ", BYTES ("<dc:creator>" SECRET));
  webp = test_webp_new (chunks);
  test_bytes_add (webp, BYTES ("trailing " SECRET));
  return webp;
}

GByteArray *
test_gif_new_rich (void)
{
  GByteArray *gif = g_byte_array_new ();

  test_bytes_add (gif, BYTES ("GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"));
  test_bytes_add (gif, BYTES ("!\xff\x0bNETSCAPE2.0\3\1\5\0\0"));
  test_bytes_add (gif, BYTES ("!\xfe\7" SECRET "\0"));
  test_bytes_add (gif, BYTES ("!\xff\x0bXMP DataXMP\x12<dc:rights>" SECRET "\0"));
  test_bytes_add (gif, BYTES ("!\xff\x0bPRIVATE 1.0\7" SECRET "\0"));
  test_bytes_add (gif, BYTES ("!\xf9\4\0\x0a\0\0\0,\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"));
  test_bytes_add (gif, BYTES (";trailing " SECRET));
  return gif;
}
