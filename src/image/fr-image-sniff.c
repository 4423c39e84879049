/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-sniff.h"

#include <string.h>

/* Most brands that one `ftyp` box may list before we stop looking (ISO 14496-12, 4.3). */
#define MAX_BRANDS 32

typedef struct
{
  FrImageType type;
  guint offset;
  guint length;
  const char *bytes;
} Magic;

static const Magic magics[] = {
  { FR_IMAGE_TYPE_JPEG, 0, 3, "\xff\xd8\xff" },
  { FR_IMAGE_TYPE_PNG, 0, 8, "\x89PNG\r\n\x1a\n" },
  { FR_IMAGE_TYPE_GIF, 0, 6, "GIF87a" },
  { FR_IMAGE_TYPE_GIF, 0, 6, "GIF89a" },
  /* Canon's raw files are TIFF by their first four bytes only, and hold but a small JPEG to show. */
  { FR_IMAGE_TYPE_OTHER, 0, 10, "II*\0\x10\0\0\0CR" },
  { FR_IMAGE_TYPE_TIFF, 0, 4, "II*\0" },
  { FR_IMAGE_TYPE_TIFF, 0, 4, "MM\0*" },
  { FR_IMAGE_TYPE_TIFF, 0, 8, "II+\0\x08\0\0\0" },
  { FR_IMAGE_TYPE_TIFF, 0, 8, "MM\0+\0\x08\0\0" },
  { FR_IMAGE_TYPE_OTHER, 0, 2, "\xff\x0a" },                  /* JPEG XL, bare */
  { FR_IMAGE_TYPE_OTHER, 0, 12, "\0\0\0\x0cJXL \r\n\x87\n" }, /* JPEG XL, boxed */
  { FR_IMAGE_TYPE_OTHER, 0, 12, "\0\0\0\x0cjP  \r\n\x87\n" }, /* JPEG 2000 */
  { FR_IMAGE_TYPE_OTHER, 0, 4, "8BPS" },                      /* Photoshop */
  { FR_IMAGE_TYPE_OTHER, 0, 9, "gimp xcf " },
  { FR_IMAGE_TYPE_OTHER, 0, 4, "\x76\x2f\x31\x01" }, /* OpenEXR */
  { FR_IMAGE_TYPE_OTHER, 0, 4, "qoif" },
  { FR_IMAGE_TYPE_OTHER, 0, 4, "\0\0\x01\0" }, /* Windows icon */
};

static gboolean
begins_with (const guint8 *head, gsize size, gsize offset, const char *bytes, gsize length)
{
  return size >= offset + length && memcmp (head + offset, bytes, length) == 0;
}

static gboolean
is_one_of (const guint8 *brand, const char *const *brands)
{
  for (; *brands != NULL; brands++)
    if (memcmp (brand, *brands, 4) == 0)
      return TRUE;
  return FALSE;
}

/* ISO base media files say what they are by brands: a major one and a list of others that they are readable
 * as. */
static FrImageType
sniff_brands (const guint8 *head, gsize size)
{
  static const char *const avif[] = { "avif", "avis", NULL };
  static const char *const heic[] = { "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", NULL };
  static const char *const any[] = { "mif1", "msf1", NULL };
  gsize end;

  if (!begins_with (head, size, 4, "ftyp", 4) || size < 16)
    return FR_IMAGE_TYPE_UNKNOWN;
  if (begins_with (head, size, 8, "crx ", 4))
    return FR_IMAGE_TYPE_OTHER;
  if (is_one_of (head + 8, avif))
    return FR_IMAGE_TYPE_AVIF;
  if (is_one_of (head + 8, heic))
    return FR_IMAGE_TYPE_HEIF;
  if (!is_one_of (head + 8, any))
    return FR_IMAGE_TYPE_UNKNOWN;

  end = MIN (size, (gsize)head[2] << 8 | head[3]);
  for (gsize at = 16, n = 0; at + 4 <= end && n < MAX_BRANDS; at += 4, n++)
    if (is_one_of (head + at, avif))
      return FR_IMAGE_TYPE_AVIF;
  return FR_IMAGE_TYPE_HEIF;
}

/* Where what begins at `from` ends with `end`, or the end of all if it does not. */
static gsize
skip_past (const guint8 *head, gsize size, gsize from, const char *end)
{
  gsize length = strlen (end);

  for (gsize at = from; at + length <= size; at++)
    if (memcmp (head + at, end, length) == 0)
      return at + length;
  return size;
}

/* A document type may have a part in brackets, with '>' in it (XML 1.0, 2.8). */
static gsize
skip_doctype (const guint8 *head, gsize size, gsize from)
{
  for (gsize at = from; at < size; at++)
    {
      if (head[at] == '[')
        return skip_past (head, size, skip_past (head, size, at, "]"), ">");
      if (head[at] == '>')
        return at + 1;
    }
  return size;
}

/* SVG is XML whose first element is <svg>; a web page with a drawing inside is not. */
static gboolean
sniff_svg (const guint8 *head, gsize size)
{
  gsize at = begins_with (head, size, 0, "\xef\xbb\xbf", 3) ? 3 : 0;

  while (at < size)
    {
      if (g_ascii_isspace (head[at]))
        at++;
      else if (begins_with (head, size, at, "<?", 2))
        at = skip_past (head, size, at, "?>");
      else if (begins_with (head, size, at, "<!--", 4))
        at = skip_past (head, size, at + 4, "-->");
      else if (begins_with (head, size, at, "<!DOCTYPE", 9))
        at = skip_doctype (head, size, at);
      else
        return begins_with (head, size, at, "<svg", 4) && size > at + 4
               && (g_ascii_isspace (head[at + 4]) || head[at + 4] == '>' || head[at + 4] == '/');
    }
  return FALSE;
}

/**
 * fr_image_sniff:
 * @head: (array length=size): the first bytes of a file
 * @size: how many; at most %FR_IMAGE_SNIFF_SIZE are looked at
 *
 * Tells what a file is.
 *
 * Returns: its kind; %FR_IMAGE_TYPE_UNKNOWN if it does not begin like a picture
 */
FrImageType
fr_image_sniff (const guint8 *head, gsize size)
{
  g_return_val_if_fail (head != NULL || size == 0, FR_IMAGE_TYPE_UNKNOWN);

  size = MIN (size, FR_IMAGE_SNIFF_SIZE);
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (begins_with (head, size, magics[i].offset, magics[i].bytes, magics[i].length))
      return magics[i].type;
  if (begins_with (head, size, 0, "RIFF", 4) && begins_with (head, size, 8, "WEBP", 4))
    return FR_IMAGE_TYPE_WEBP;
  /* Two letters are little to go by: a bitmap's four reserved bytes are zero as well. */
  if (begins_with (head, size, 0, "BM", 2) && begins_with (head, size, 6, "\0\0\0\0", 4))
    return FR_IMAGE_TYPE_OTHER;
  if (sniff_svg (head, size))
    return FR_IMAGE_TYPE_SVG;
  return sniff_brands (head, size);
}

/**
 * fr_image_type_is_supported:
 * @type: a number that may be a #FrImageType
 *
 * Returns: whether it is a kind of picture that Freshet reads
 */
gboolean
fr_image_type_is_supported (guint type)
{
  return type >= FR_IMAGE_TYPE_JPEG && type <= FR_IMAGE_TYPE_SVG;
}

/**
 * fr_image_type_get_mime:
 * @type: a kind of picture
 *
 * Returns: (nullable): its media type as registered with IANA, or %NULL for what Freshet does not read
 */
const char *
fr_image_type_get_mime (FrImageType type)
{
  static const char *const mimes[] = {
    [FR_IMAGE_TYPE_JPEG] = "image/jpeg", [FR_IMAGE_TYPE_PNG] = "image/png",
    [FR_IMAGE_TYPE_WEBP] = "image/webp", [FR_IMAGE_TYPE_GIF] = "image/gif",
    [FR_IMAGE_TYPE_HEIF] = "image/heif", [FR_IMAGE_TYPE_AVIF] = "image/avif",
    [FR_IMAGE_TYPE_TIFF] = "image/tiff", [FR_IMAGE_TYPE_SVG] = "image/svg+xml",
  };

  return fr_image_type_is_supported (type) ? mimes[type] : NULL;
}
