/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <string.h>

#define BYTES(literal) literal, sizeof (literal) - 1

static const struct
{
  const char *description;
  const char *bytes;
  gsize size;
  FrImageType type;
} rows[] = {
  { "nothing", BYTES (""), FR_IMAGE_TYPE_UNKNOWN },
  { "JPEG", BYTES ("\xff\xd8\xff\xe0\0\x10JFIF"), FR_IMAGE_TYPE_JPEG },
  { "JPEG cut", BYTES ("\xff\xd8"), FR_IMAGE_TYPE_UNKNOWN },
  { "PNG", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), FR_IMAGE_TYPE_PNG },
  { "PNG that went through a text transfer", BYTES ("\x89PNG\n\x1a\n\0\0\0\rIHDR"), FR_IMAGE_TYPE_UNKNOWN },
  { "PNG cut", BYTES ("\x89PNG\r\n\x1a"), FR_IMAGE_TYPE_UNKNOWN },
  { "GIF 87", BYTES ("GIF87a"), FR_IMAGE_TYPE_GIF },
  { "GIF 89", BYTES ("GIF89a\1\0\1\0"), FR_IMAGE_TYPE_GIF },
  { "GIF of no year", BYTES ("GIF90a"), FR_IMAGE_TYPE_UNKNOWN },
  { "WebP", BYTES ("RIFF\x24\0\0\0WEBPVP8 "), FR_IMAGE_TYPE_WEBP },
  { "WAVE", BYTES ("RIFF\x24\0\0\0WAVEfmt "), FR_IMAGE_TYPE_UNKNOWN },
  { "TIFF, little end first", BYTES ("II*\0\x08\0\0\0"), FR_IMAGE_TYPE_TIFF },
  { "TIFF, big end first", BYTES ("MM\0*\0\0\0\x08"), FR_IMAGE_TYPE_TIFF },
  { "BigTIFF", BYTES ("II+\0\x08\0\0\0"), FR_IMAGE_TYPE_TIFF },
  { "BigTIFF, big end first", BYTES ("MM\0+\0\x08\0\0"), FR_IMAGE_TYPE_TIFF },
  { "Canon raw 2", BYTES ("II*\0\x10\0\0\0CR\2\0"), FR_IMAGE_TYPE_OTHER },
  { "Canon raw 3", BYTES ("\0\0\0\x18" "ftypcrx \0\0\0\1crx isom"), FR_IMAGE_TYPE_OTHER },
  { "AVIF", BYTES ("\0\0\0\x1c" "ftypavif\0\0\0\0avifmif1miaf"), FR_IMAGE_TYPE_AVIF },
  { "AVIF sequence", BYTES ("\0\0\0\x1c" "ftypavis\0\0\0\0msf1"), FR_IMAGE_TYPE_AVIF },
  { "HEIC", BYTES ("\0\0\0\x18" "ftypheic\0\0\0\0mif1heic"), FR_IMAGE_TYPE_HEIF },
  { "general HEIF", BYTES ("\0\0\0\x18" "ftypmif1\0\0\0\0mif1heic"), FR_IMAGE_TYPE_HEIF },
  { "general HEIF that is AVIF", BYTES ("\0\0\0\x18" "ftypmif1\0\0\0\0mif1avif"), FR_IMAGE_TYPE_AVIF },
  { "a brand after the box", BYTES ("\0\0\0\x14" "ftypmif1\0\0\0\0mif1avif"), FR_IMAGE_TYPE_HEIF },
  { "a box cut in a brand", BYTES ("\0\0\0\x18" "ftypmif1\0\0\0\0mif1avi"), FR_IMAGE_TYPE_HEIF },
  { "MP4", BYTES ("\0\0\0\x18" "ftypisom\0\0\0\0isommp42"), FR_IMAGE_TYPE_UNKNOWN },
  { "brands cut", BYTES ("\0\0\0\x18" "ftypheic\0\0\0"), FR_IMAGE_TYPE_UNKNOWN },
  { "SVG", BYTES ("<svg xmlns='http://www.w3.org/2000/svg'/>"), FR_IMAGE_TYPE_SVG },
  { "SVG without anything", BYTES ("<svg/>"), FR_IMAGE_TYPE_SVG },
  { "SVG with all that may come before",
    BYTES ("\xef\xbb\xbf<?xml version='1.0'?>\r\n<!-- <html> -->\n<!DOCTYPE svg [ <!ENTITY a 'b>'> ]>\n<svg >"),
    FR_IMAGE_TYPE_SVG },
  { "SVG with a plain document type", BYTES ("<!DOCTYPE svg PUBLIC 'a' 'b'><svg>"), FR_IMAGE_TYPE_SVG },
  { "an element that is longer", BYTES ("<svgs>"), FR_IMAGE_TYPE_UNKNOWN },
  { "SVG cut in its name", BYTES ("<svg"), FR_IMAGE_TYPE_UNKNOWN },
  { "SVG in a comment", BYTES ("<!-- <svg > --><html>"), FR_IMAGE_TYPE_UNKNOWN },
  { "SVG in a web page", BYTES ("<!DOCTYPE html><html><svg ></svg>"), FR_IMAGE_TYPE_UNKNOWN },
  { "a comment that never ends", BYTES ("<!-- <svg >"), FR_IMAGE_TYPE_UNKNOWN },
  { "a document type that never ends", BYTES ("<!DOCTYPE [ <svg >"), FR_IMAGE_TYPE_UNKNOWN },
  { "Windows bitmap", BYTES ("BM\x36\0\0\0\0\0\0\0\x36"), FR_IMAGE_TYPE_OTHER },
  { "a text that begins with BM", BYTES ("BMW is a car"), FR_IMAGE_TYPE_UNKNOWN },
  { "Windows icon", BYTES ("\0\0\1\0\1\0"), FR_IMAGE_TYPE_OTHER },
  { "Photoshop", BYTES ("8BPS\0\1"), FR_IMAGE_TYPE_OTHER },
  { "JPEG XL", BYTES ("\xff\x0a\0"), FR_IMAGE_TYPE_OTHER },
  { "JPEG XL in boxes", BYTES ("\0\0\0\x0cJXL \r\n\x87\n"), FR_IMAGE_TYPE_OTHER },
  { "JPEG 2000", BYTES ("\0\0\0\x0cjP  \r\n\x87\n"), FR_IMAGE_TYPE_OTHER },
  { "OpenEXR", BYTES ("\x76\x2f\x31\x01\2\0\0\0"), FR_IMAGE_TYPE_OTHER },
  { "PDF", BYTES ("%PDF-1.7\n"), FR_IMAGE_TYPE_UNKNOWN },
  { "ZIP", BYTES ("PK\3\4\x14\0"), FR_IMAGE_TYPE_UNKNOWN },
  { "a packed SVG", BYTES ("\x1f\x8b\x08\0\0\0\0\0"), FR_IMAGE_TYPE_UNKNOWN },
  { "text", BYTES ("A harbour at dawn."), FR_IMAGE_TYPE_UNKNOWN },
  { "zeros", BYTES ("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), FR_IMAGE_TYPE_UNKNOWN },
};

/* In a block of just its size, so that a sanitizer sees a read past the end. */
static FrImageType
sniff_exactly (const char *bytes, gsize size)
{
  g_autofree guint8 *block = g_memdup2 (bytes, size);

  return fr_image_sniff (block, size);
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].description);
      g_assert_cmpint (sniff_exactly (rows[i].bytes, rows[i].size), ==, rows[i].type);
    }
}

static void
test_cut_anywhere (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize size = 0; size < rows[i].size; size++)
      sniff_exactly (rows[i].bytes, size);
}

static void
test_random_bytes (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint i = 0; i < 20000; i++)
    {
      char bytes[64];
      const gsize size = g_rand_int_range (rand, 0, sizeof bytes);
      const guint row = g_rand_int_range (rand, 0, G_N_ELEMENTS (rows));
      FrImageType type;

      for (gsize at = 0; at < sizeof bytes; at++)
        bytes[at] = g_rand_int_range (rand, 0, 256);
      if (g_rand_boolean (rand))
        memcpy (bytes, rows[row].bytes, MIN (rows[row].size, 12));
      type = sniff_exactly (bytes, size);
      g_assert_true (type == FR_IMAGE_TYPE_UNKNOWN || type == FR_IMAGE_TYPE_OTHER || fr_image_type_is_supported (type));
    }
}

static void
test_looks_no_further (void)
{
  const gsize element = strlen ("<svg>");
  g_autofree guint8 *spaces = g_malloc (FR_IMAGE_SNIFF_SIZE + 1);

  memset (spaces, ' ', FR_IMAGE_SNIFF_SIZE + 1);
  memcpy (spaces + FR_IMAGE_SNIFF_SIZE - element, "<svg>", element);
  g_assert_cmpint (fr_image_sniff (spaces, FR_IMAGE_SNIFF_SIZE + 1), ==, FR_IMAGE_TYPE_SVG);

  memset (spaces, ' ', FR_IMAGE_SNIFF_SIZE + 1);
  memcpy (spaces + FR_IMAGE_SNIFF_SIZE + 1 - element, "<svg>", element);
  g_assert_cmpint (fr_image_sniff (spaces, FR_IMAGE_SNIFF_SIZE + 1), ==, FR_IMAGE_TYPE_UNKNOWN);
}

static void
test_mime (void)
{
  g_assert_cmpstr (fr_image_type_get_mime (FR_IMAGE_TYPE_JPEG), ==, "image/jpeg");
  g_assert_cmpstr (fr_image_type_get_mime (FR_IMAGE_TYPE_SVG), ==, "image/svg+xml");
  g_assert_null (fr_image_type_get_mime (FR_IMAGE_TYPE_UNKNOWN));
  g_assert_null (fr_image_type_get_mime (FR_IMAGE_TYPE_SVG + 1));
  g_assert_null (fr_image_type_get_mime (FR_IMAGE_TYPE_OTHER));
  for (guint type = FR_IMAGE_TYPE_JPEG; type <= FR_IMAGE_TYPE_SVG; type++)
    g_assert_true (g_str_has_prefix (fr_image_type_get_mime (type), "image/"));
}

void
test_sniff_add (void)
{
  g_test_add_func ("/image/sniff/table", test_table);
  g_test_add_func ("/image/sniff/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/image/sniff/random-bytes", test_random_bytes);
  g_test_add_func ("/image/sniff/looks-no-further", test_looks_no_further);
  g_test_add_func ("/image/sniff/mime", test_mime);
}
