/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-strip-words.h"

#include "fr-strip-reader.h"

#include <string.h>

#define PHOTOSHOP_IPTC      0x0404
#define PHOTOSHOP_OLD_THUMB 0x0409
#define PHOTOSHOP_THUMB     0x040c

typedef struct
{
  const char *word;
  FrStripDetails details;
} Word;

/* Parts of names in XMP (ISO 16684-1; Exif for XMP; IPTC Photo Metadata). */
static const Word xmp_words[] = {
  { "exif:GPS", FR_STRIP_PLACE },
  { "photoshop:City", FR_STRIP_PLACE },
  { "photoshop:Country", FR_STRIP_PLACE },
  { "Iptc4xmpCore:Location", FR_STRIP_PLACE },
  { "LocationCreated", FR_STRIP_PLACE },
  { "LocationShown", FR_STRIP_PLACE },
  { "DateTimeOriginal", FR_STRIP_TIME },
  { "DateCreated", FR_STRIP_TIME },
  { "CreateDate", FR_STRIP_TIME },
  { "ModifyDate", FR_STRIP_TIME },
  { "tiff:Make", FR_STRIP_CAMERA },
  { "tiff:Model", FR_STRIP_CAMERA },
  { "SerialNumber", FR_STRIP_CAMERA },
  { "dc:creator", FR_STRIP_OWNER },
  { "dc:rights", FR_STRIP_OWNER },
  { "OwnerName", FR_STRIP_OWNER },
  { "CreatorContactInfo", FR_STRIP_OWNER },
  { "xmp:Thumbnails", FR_STRIP_THUMBNAIL },
  { "dc:description", FR_STRIP_DESCRIPTION },
  { "dc:title", FR_STRIP_DESCRIPTION },
  { "dc:subject", FR_STRIP_DESCRIPTION },
  { "photoshop:Headline", FR_STRIP_DESCRIPTION },
};

/* The keywords of PNG (its specification, 11.3.4.2), and what ImageMagick writes; lower case. */
static const Word keywords[] = {
  { "author", FR_STRIP_OWNER },
  { "copyright", FR_STRIP_OWNER },
  { "creation time", FR_STRIP_TIME },
  { "create-date", FR_STRIP_TIME },
  { "modify-date", FR_STRIP_TIME },
  { "date:create", FR_STRIP_TIME },
  { "date:modify", FR_STRIP_TIME },
  { "date:timestamp", FR_STRIP_TIME },
  { "exif:datetime", FR_STRIP_TIME },
  { "source", FR_STRIP_CAMERA },
  { "software", FR_STRIP_OTHER },
  { "xml:com.adobe.xmp", FR_STRIP_HISTORY },
  { "raw profile type exif", FR_STRIP_OTHER },
  { "raw profile type app1", FR_STRIP_OTHER },
  { "raw profile type 8bim", FR_STRIP_HISTORY },
  { "raw profile type iptc", FR_STRIP_DESCRIPTION },
  { "raw profile type xmp", FR_STRIP_HISTORY },
};

/* The second record of IPTC-IIM 4.2, by data set. */
static const struct
{
  guint8 first;
  guint8 last;
  FrStripDetails details;
} data_sets[] = {
  { 5, 25, FR_STRIP_DESCRIPTION },                                  /* ObjectName to Keywords */
  { 26, 27, FR_STRIP_PLACE },                                       /* ContentLocation */
  { 30, 38, FR_STRIP_TIME },                                        /* ReleaseDate to ExpirationTime */
  { 40, 40, FR_STRIP_DESCRIPTION },                                 /* SpecialInstructions */
  { 55, 63, FR_STRIP_TIME },                                        /* DateCreated to DigitalCreationTime */
  { 80, 85, FR_STRIP_OWNER },                                       /* By-line */
  { 90, 101, FR_STRIP_PLACE },                                      /* City to Country */
  { 105, 105, FR_STRIP_DESCRIPTION }, { 110, 118, FR_STRIP_OWNER }, /* Credit to Contact */
  { 120, 121, FR_STRIP_DESCRIPTION }, { 122, 122, FR_STRIP_OWNER }, /* Writer */
};

static FrStripDetails
judge_data_set (guint number)
{
  for (guint i = 0; i < G_N_ELEMENTS (data_sets); i++)
    if (number >= data_sets[i].first && number <= data_sets[i].last)
      return data_sets[i].details;
  return 0;
}

static FrStripDetails
judge_iptc (const guint8 *data, gsize size)
{
  FrStripReader reader = { data, size, 0, FALSE };
  FrStripDetails details = 0;

  while (fr_strip_reader_big (&reader, 1) == 0x1c)
    {
      guint record = fr_strip_reader_big (&reader, 1);
      guint number = fr_strip_reader_big (&reader, 1);

      fr_strip_reader_skip (&reader, fr_strip_reader_big (&reader, 2));
      if (!reader.failed && record == 2)
        details |= judge_data_set (number);
    }
  return details;
}

/**
 * fr_strip_words_judge_xmp:
 * @data: (array length=size): XMP, or a part of it
 * @size: bytes
 *
 * Returns: what it tells
 */
FrStripDetails
fr_strip_words_judge_xmp (const guint8 *data, gsize size)
{
  FrStripDetails details = FR_STRIP_HISTORY;

  for (guint i = 0; i < G_N_ELEMENTS (xmp_words); i++)
    if (!(details & xmp_words[i].details)
        && memmem (data, size, xmp_words[i].word, strlen (xmp_words[i].word)) != NULL)
      details |= xmp_words[i].details;
  return details;
}

/**
 * fr_strip_words_judge_photoshop:
 * @data: (array length=size): image resource blocks (Adobe Photoshop File Formats Specification)
 * @size: bytes
 *
 * Returns: what they tell
 */
FrStripDetails
fr_strip_words_judge_photoshop (const guint8 *data, gsize size)
{
  FrStripReader reader = { data, size, 0, FALSE };
  FrStripDetails details = FR_STRIP_HISTORY;

  while (fr_strip_reader_big (&reader, 4) == 0x3842494d) /* 8BIM */
    {
      guint id = fr_strip_reader_big (&reader, 2);
      guint name_size = fr_strip_reader_big (&reader, 1);
      guint32 block_size;
      const guint8 *block;

      fr_strip_reader_skip (&reader, name_size | 1);
      block_size = fr_strip_reader_big (&reader, 4);
      block = fr_strip_reader_skip (&reader, block_size);
      if (block == NULL)
        break;
      if (id == PHOTOSHOP_IPTC)
        details |= judge_iptc (block, block_size);
      else if (id == PHOTOSHOP_OLD_THUMB || id == PHOTOSHOP_THUMB)
        details |= FR_STRIP_THUMBNAIL;
      fr_strip_reader_skip (&reader, block_size & 1);
    }
  return details;
}

/**
 * fr_strip_words_judge_keyword:
 * @keyword: what stands before a text in PNG
 *
 * Returns: what the text tells
 */
FrStripDetails
fr_strip_words_judge_keyword (const char *keyword)
{
  g_autofree char *lower = g_ascii_strdown (keyword, -1);

  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (g_str_has_prefix (lower, keywords[i].word))
      return keywords[i].details;
  return FR_STRIP_DESCRIPTION;
}
