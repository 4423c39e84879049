/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-strip-formats.h"

#include "fr-strip-exif.h"
#include "fr-strip-reader.h"
#include "fr-strip-words.h"

#include <string.h>

/* JPEG is a row of segments, each a marker and mostly a length (ITU-T T.81, annex B). What decoding needs is
 * copied in its order; what applications add goes to the front, always in the same order: JFIF, Exif, colour
 * profile, Adobe. */

typedef enum
{
  MARKER_TEM = 0x01,
  MARKER_SOF0 = 0xc0,
  MARKER_SOF1 = 0xc1,
  MARKER_SOF2 = 0xc2,
  MARKER_DHT = 0xc4,
  MARKER_SOF9 = 0xc9,
  MARKER_SOF10 = 0xca,
  MARKER_DAC = 0xcc,
  MARKER_SOF15 = 0xcf,
  MARKER_RST0 = 0xd0,
  MARKER_RST7 = 0xd7,
  MARKER_SOI = 0xd8,
  MARKER_EOI = 0xd9,
  MARKER_SOS = 0xda,
  MARKER_DQT = 0xdb,
  MARKER_DNL = 0xdc,
  MARKER_DRI = 0xdd,
  MARKER_APP0 = 0xe0,
  MARKER_APP1 = 0xe1,
  MARKER_APP2 = 0xe2,
  MARKER_APP13 = 0xed,
  MARKER_APP14 = 0xee,
  MARKER_APP15 = 0xef,
  MARKER_COM = 0xfe,
} Marker;

/* A marker and a length before what is in a segment. */
#define HEAD_SIZE 4

#define JFIF_SIZE     14
#define ADOBE_SIZE    12
#define ICC_PREFIX    "ICC_PROFILE"
#define ICC_HEAD_SIZE 14
#define MAX_ICC_PARTS 255
#define XMP_PREFIX    "http://ns.adobe.com/xap/1.0/"
#define XMP_EXTENSION "http://ns.adobe.com/xmp/extension/"
#define PHOTOSHOP     "Photoshop 3.0"

typedef struct
{
  Marker marker;
  gsize offset; /* of its contents */
  gsize size;
} Segment;

typedef struct
{
  /* Borrowed */
  const guint8 *data;
  gsize size;
  FrStripOutput *output;

  /* State */
  FrStripDetails removed;
  FrStripReader reader;
  Segment jfif, adobe, icc[MAX_ICC_PARTS]; /* without an offset if there is none */
  guint n_icc_parts;                       /* as the parts say, 0 if there is none */
  guint orientation;
  gboolean has_exif;
  gboolean has_frame;
  gboolean has_scan;
} Jpeg;

static gboolean
has_length (Marker marker)
{
  return marker != MARKER_SOI && marker != MARKER_EOI && marker != MARKER_TEM
         && !(marker >= MARKER_RST0 && marker <= MARKER_RST7);
}

static gboolean
begins_with (const Jpeg *self, const Segment *segment, const char *text, gsize length)
{
  return segment->size >= length && memcmp (self->data + segment->offset, text, length) == 0;
}

/* As decoders do, passes over what is no marker; but it is not copied. */
static gboolean
find_marker (Jpeg *self)
{
  FrStripReader *reader = &self->reader;

  for (;;)
    {
      const guint8 *from = reader->data + reader->at;
      const guint8 *found = memchr (from, 0xff, fr_strip_reader_left (reader));

      if (found == NULL)
        return FALSE;
      if (found != from)
        self->removed |= FR_STRIP_OTHER;
      reader->at += found - from;
      while (fr_strip_reader_left (reader) > 0 && reader->data[reader->at] == 0xff)
        reader->at++;
      if (fr_strip_reader_left (reader) == 0)
        return FALSE;
      if (reader->data[reader->at] != 0)
        return TRUE;
    }
}

static gboolean
next_segment (Jpeg *self, Segment *segment)
{
  guint32 length = 2;

  if (!find_marker (self))
    return FALSE;
  segment->marker = fr_strip_reader_big (&self->reader, 1);
  if (has_length (segment->marker))
    length = fr_strip_reader_big (&self->reader, 2);
  if (length < 2)
    return FALSE;
  segment->offset = self->reader.at;
  segment->size = length - 2;
  return fr_strip_reader_skip (&self->reader, segment->size) != NULL;
}

/* A colour profile may be too long for one segment. A part that does not fit the first one is passed over. */
static void
take_icc (Jpeg *self, const Segment *segment)
{
  guint part = self->data[segment->offset + 12];
  guint n_parts = self->data[segment->offset + 13];

  if (part == 0 || part > n_parts || (self->n_icc_parts != 0 && self->n_icc_parts != n_parts))
    {
      self->removed |= FR_STRIP_OTHER;
      return;
    }
  if (self->icc[part - 1].offset != 0)
    self->removed |= FR_STRIP_OTHER;
  self->n_icc_parts = n_parts;
  self->icc[part - 1] = *segment;
}

/* Decoders heed the first Exif, whatever it says. */
static void
take_exif (Jpeg *self, const Segment *segment)
{
  const guint8 *data = self->data + segment->offset + FR_STRIP_EXIF_PREFIX_SIZE;
  guint orientation = 1;

  if (begins_with (self, segment, FR_STRIP_EXIF_PREFIX, FR_STRIP_EXIF_PREFIX_SIZE))
    orientation = fr_strip_exif_read (data, segment->size - FR_STRIP_EXIF_PREFIX_SIZE, &self->removed);
  else
    self->removed |= FR_STRIP_OTHER;
  if (self->has_exif)
    self->removed |= FR_STRIP_OTHER;
  else
    self->orientation = orientation;
  self->has_exif = TRUE;
}

static void
take_jfif (Jpeg *self, const Segment *segment)
{
  const guint8 *sides = self->data + segment->offset + JFIF_SIZE - 2;

  if (sides[0] != 0 && sides[1] != 0)
    self->removed |= FR_STRIP_THUMBNAIL;
  else if (segment->size > JFIF_SIZE || sides[0] != 0 || sides[1] != 0)
    self->removed |= FR_STRIP_OTHER;
  if (self->jfif.offset != 0)
    self->removed |= FR_STRIP_OTHER;
  else
    self->jfif = *segment;
}

/* The last one counts with decoders. */
static void
take_adobe (Jpeg *self, const Segment *segment)
{
  if (segment->size > ADOBE_SIZE || self->adobe.offset != 0)
    self->removed |= FR_STRIP_OTHER;
  self->adobe = *segment;
}

static void
judge_other (Jpeg *self, const Segment *segment)
{
  const guint8 *data = self->data + segment->offset;

  if (segment->marker == MARKER_COM)
    self->removed |= FR_STRIP_DESCRIPTION;
  else if (segment->marker == MARKER_APP0 && begins_with (self, segment, "JFXX", 5))
    self->removed |= FR_STRIP_THUMBNAIL;
  else if (segment->marker == MARKER_APP1
           && (begins_with (self, segment, XMP_PREFIX, strlen (XMP_PREFIX))
               || begins_with (self, segment, XMP_EXTENSION, strlen (XMP_EXTENSION))))
    self->removed |= fr_strip_words_judge_xmp (data, segment->size);
  else if (segment->marker == MARKER_APP13 && begins_with (self, segment, PHOTOSHOP, sizeof PHOTOSHOP))
    self->removed
        |= fr_strip_words_judge_photoshop (data + sizeof PHOTOSHOP, segment->size - sizeof PHOTOSHOP);
  else
    self->removed |= FR_STRIP_OTHER;
}

static gboolean
is_application_segment (Marker marker)
{
  return (marker >= MARKER_APP0 && marker <= MARKER_APP15) || marker == MARKER_COM;
}

static void
take_application_segment (Jpeg *self, const Segment *segment)
{
  if (segment->marker == MARKER_APP0 && segment->size >= JFIF_SIZE && begins_with (self, segment, "JFIF", 5))
    take_jfif (self, segment);
  else if (segment->marker == MARKER_APP1 && begins_with (self, segment, "Exif", 4))
    take_exif (self, segment);
  else if (segment->marker == MARKER_APP2 && segment->size >= ICC_HEAD_SIZE
           && begins_with (self, segment, ICC_PREFIX, sizeof ICC_PREFIX))
    take_icc (self, segment);
  else if (segment->marker == MARKER_APP14 && segment->size >= ADOBE_SIZE
           && begins_with (self, segment, "Adobe", 5))
    take_adobe (self, segment);
  else
    judge_other (self, segment);
}

/* Looks at all up to the first scan; after it, nothing has a say in how a picture is shown. */
static FrStripResult
look_ahead (Jpeg *self)
{
  Segment segment;

  while (next_segment (self, &segment))
    if (segment.marker == MARKER_SOS)
      return FR_STRIP_DONE;
    else if (is_application_segment (segment.marker))
      take_application_segment (self, &segment);
  return FR_STRIP_DAMAGED;
}

static void
add_segment (Jpeg *self, Marker marker, const guint8 *contents, gsize size)
{
  const guint8 head[HEAD_SIZE] = { 0xff, marker, (size + 2) >> 8, (size + 2) & 0xff };

  fr_strip_output_add (self->output, head, sizeof head);
  fr_strip_output_add (self->output, contents, size);
}

static void
keep_segment (Jpeg *self, const Segment *segment)
{
  fr_strip_output_keep (self->output, segment->offset - HEAD_SIZE, segment->size + HEAD_SIZE);
}

/* All parts of what says that it is a profile, or none: half a profile is none. */
static void
write_icc (Jpeg *self)
{
  gboolean is_whole = self->n_icc_parts > 0;

  for (guint i = 0; is_whole && i < self->n_icc_parts; i++)
    is_whole = self->icc[i].offset != 0;
  if (is_whole)
    is_whole = fr_strip_is_profile (self->data + self->icc[0].offset + ICC_HEAD_SIZE,
                                    self->icc[0].size - ICC_HEAD_SIZE);
  for (guint i = 0; is_whole && i < self->n_icc_parts; i++)
    keep_segment (self, &self->icc[i]);
  if (!is_whole && self->n_icc_parts > 0)
    self->removed |= FR_STRIP_OTHER;
}

static void
write_front (Jpeg *self)
{
  guint8 exif[FR_STRIP_EXIF_PREFIX_SIZE + FR_STRIP_EXIF_SIZE] = FR_STRIP_EXIF_PREFIX;
  guint8 jfif[JFIF_SIZE];

  fr_strip_output_keep (self->output, 0, 2);
  if (self->jfif.offset != 0)
    {
      memcpy (jfif, self->data + self->jfif.offset, JFIF_SIZE);
      jfif[JFIF_SIZE - 2] = jfif[JFIF_SIZE - 1] = 0; /* no thumbnail */
      add_segment (self, MARKER_APP0, jfif, sizeof jfif);
    }
  if (self->orientation > 1)
    {
      fr_strip_exif_write (self->orientation, exif + FR_STRIP_EXIF_PREFIX_SIZE);
      add_segment (self, MARKER_APP1, exif, sizeof exif);
    }
  write_icc (self);
  if (self->adobe.offset != 0)
    add_segment (self, MARKER_APP14, self->data + self->adobe.offset, ADOBE_SIZE);
}

/* Tables one after the other; the first byte of each says how long it is (T.81, B.2.4). */
static gboolean
holds_tables (const Jpeg *self, const Segment *segment)
{
  FrStripReader reader = { self->data + segment->offset, segment->size, 0, FALSE };

  while (!reader.failed && fr_strip_reader_left (&reader) > 0)
    {
      guint kind = fr_strip_reader_big (&reader, 1);
      guint n_values = 0;

      if (segment->marker == MARKER_DQT)
        n_values = kind >> 4 != 0 ? 128 : 64;
      for (guint i = 0; segment->marker == MARKER_DHT && i < 16; i++)
        n_values += fr_strip_reader_big (&reader, 1);
      fr_strip_reader_skip (&reader, n_values);
    }
  return !reader.failed;
}

/* Whether its length is just what its kind needs, so that nothing else can hide in it. */
static gboolean
fits (const Jpeg *self, const Segment *segment)
{
  const guint8 *data = self->data + segment->offset;

  switch (segment->marker)
    {
    case MARKER_DQT:
    case MARKER_DHT:
      return holds_tables (self, segment);
    case MARKER_SOF0:
    case MARKER_SOF1:
    case MARKER_SOF2:
    case MARKER_SOF9:
    case MARKER_SOF10:
      return segment->size >= 6 && segment->size == 6 + 3 * (gsize)data[5];
    case MARKER_SOS:
      return segment->size >= 4 && segment->size == 4 + 2 * (gsize)data[0];
    case MARKER_DRI:
    case MARKER_DNL:
      return segment->size == 2;
    case MARKER_DAC:
      return segment->size % 2 == 0;
    default:
      return FALSE;
    }
}

/* What is coded: a marker in it is followed by 0, or begins the next part of the scan (T.81, B.1.1.5). */
static gboolean
keep_coded (Jpeg *self)
{
  gsize at = self->reader.at;

  for (;;)
    {
      const guint8 *found = memchr (self->data + at, 0xff, self->size - at);
      gsize next;

      if (found == NULL)
        return FALSE;
      at = found - self->data;
      for (next = at + 1; next < self->size && self->data[next] == 0xff; next++)
        ;
      if (next == self->size)
        return FALSE;
      if (self->data[next] != 0 && (self->data[next] < MARKER_RST0 || self->data[next] > MARKER_RST7))
        break;
      at = next + 1;
    }
  fr_strip_output_keep (self->output, self->reader.at, at - self->reader.at);
  self->reader.at = at;
  return TRUE;
}

static gboolean
copy_segment (Jpeg *self, const Segment *segment)
{
  gboolean is_frame = segment->marker >= MARKER_SOF0 && segment->marker <= MARKER_SOF15
                      && segment->marker != MARKER_DHT && segment->marker != MARKER_DAC;
  gboolean is_scan = segment->marker == MARKER_SOS;

  if (!fits (self, segment) || (is_frame && self->has_frame) || (is_scan && !self->has_frame))
    return FALSE;
  keep_segment (self, segment);
  self->has_frame |= is_frame;
  self->has_scan |= is_scan;
  return !is_scan || keep_coded (self);
}

static FrStripResult
copy_picture (Jpeg *self)
{
  Segment segment;

  while (next_segment (self, &segment))
    {
      if (segment.marker == MARKER_EOI)
        {
          fr_strip_output_keep (self->output, self->reader.at - 2, 2);
          if (fr_strip_reader_left (&self->reader) > 0)
            self->removed |= FR_STRIP_TRAILER;
          return self->has_scan ? FR_STRIP_DONE : FR_STRIP_DAMAGED;
        }
      if (is_application_segment (segment.marker))
        {
          if (self->has_scan)
            judge_other (self, &segment);
        }
      else if (!copy_segment (self, &segment))
        return FR_STRIP_DAMAGED;
    }
  return FR_STRIP_DAMAGED;
}

FrStripResult
fr_strip_jpeg (const guint8 *data, gsize size, FrStripOutput *output, FrStripDetails *removed)
{
  Jpeg jpeg = { .data = data, .size = size, .output = output, .reader = { data, size, 2, FALSE } };
  FrStripResult result = look_ahead (&jpeg);

  if (result != FR_STRIP_DONE)
    return result;
  write_front (&jpeg);
  jpeg.reader = (FrStripReader){ data, size, 2, FALSE };
  result = copy_picture (&jpeg);
  *removed |= jpeg.removed;
  return result;
}
