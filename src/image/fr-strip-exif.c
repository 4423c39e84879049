/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-strip-exif.h"

#include "fr-strip-reader.h"

#include <string.h>

/* Exif 2.32, 4.6: a TIFF header, then directories of entries of twelve bytes. */
#define ENTRY_SIZE      12
#define TAG_ORIENTATION 0x0112
#define TAG_EXIF        0x8769
#define TAG_GPS         0x8825

typedef enum
{
  TYPE_BYTE = 1,
  TYPE_SHORT = 3,
  TYPE_LONG = 4,
  TYPE_SIGNED_BYTE = 6,
  TYPE_SIGNED_SHORT = 8,
  TYPE_SIGNED_LONG = 9,
} Type;

typedef struct
{
  const guint8 *data;
  gsize size;
  gboolean is_big;
} Exif;

typedef struct
{
  guint tag;
  guint type;
  guint32 count;
  guint32 value; /* as the four bytes stand there, for an offset */
  FrStripReader place;
} Entry;

static const struct
{
  guint16 first;
  guint16 last;
  FrStripDetails details;
} meanings[] = {
  { 0x010e, 0x010e, FR_STRIP_DESCRIPTION }, /* ImageDescription */
  { 0x010f, 0x0110, FR_STRIP_CAMERA },      /* Make, Model */
  { 0x0132, 0x0132, FR_STRIP_TIME },        /* DateTime */
  { 0x013b, 0x013b, FR_STRIP_OWNER },       /* Artist */
  { 0x013c, 0x013c, FR_STRIP_CAMERA },      /* HostComputer */
  { 0x02bc, 0x02bc, FR_STRIP_HISTORY },     /* XMP */
  { 0x8298, 0x8298, FR_STRIP_OWNER },       /* Copyright */
  { 0x829a, 0x829d, FR_STRIP_CAMERA },      /* ExposureTime, FNumber */
  { 0x83bb, 0x83bb, FR_STRIP_DESCRIPTION }, /* IPTC */
  { 0x8649, 0x8649, FR_STRIP_HISTORY },     /* Photoshop */
  { 0x8822, 0x8833, FR_STRIP_CAMERA },      /* ExposureProgram, sensitivities */
  { 0x9003, 0x9004, FR_STRIP_TIME },        /* DateTimeOriginal, DateTimeDigitized */
  { 0x9010, 0x9012, FR_STRIP_TIME },        /* their offsets from UTC */
  { 0x9201, 0x920a, FR_STRIP_CAMERA },      /* ShutterSpeedValue to FocalLength */
  { 0x9214, 0x9214, FR_STRIP_CAMERA },      /* SubjectArea */
  { 0x927c, 0x927c, FR_STRIP_CAMERA },      /* MakerNote */
  { 0x9286, 0x9286, FR_STRIP_DESCRIPTION }, /* UserComment */
  { 0x9290, 0x9292, FR_STRIP_TIME },        /* SubSecTime */
  { 0x9c9b, 0x9c9c, FR_STRIP_DESCRIPTION }, /* XPTitle, XPComment */
  { 0x9c9d, 0x9c9d, FR_STRIP_OWNER },       /* XPAuthor */
  { 0x9c9e, 0x9c9f, FR_STRIP_DESCRIPTION }, /* XPKeywords, XPSubject */
  { 0xa20e, 0xa217, FR_STRIP_CAMERA },      /* FocalPlaneXResolution to SensingMethod */
  { 0xa401, 0xa40c, FR_STRIP_CAMERA },      /* CustomRendered to SubjectDistanceRange */
  { 0xa430, 0xa430, FR_STRIP_OWNER },       /* CameraOwnerName */
  { 0xa431, 0xa435, FR_STRIP_CAMERA },      /* BodySerialNumber to LensSerialNumber */
  { 0xc614, 0xc615, FR_STRIP_CAMERA },      /* UniqueCameraModel, LocalizedCameraModel */
  { 0xc62f, 0xc62f, FR_STRIP_CAMERA },      /* CameraSerialNumber */
};

/* Exif 2.32, 4.6.6: tag 0 is a version, and the satellites' clock is no place. */
static FrStripDetails
judge_gps_tag (guint tag)
{
  if (tag == 0)
    return FR_STRIP_OTHER;
  return tag == 0x0007 || tag == 0x001d ? FR_STRIP_TIME : FR_STRIP_PLACE;
}

static FrStripDetails
judge_tag (guint tag)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (tag >= meanings[i].first && tag <= meanings[i].last)
      return meanings[i].details;
  return FR_STRIP_OTHER;
}

static guint32
read_number (const Exif *self, FrStripReader *reader, guint size)
{
  return self->is_big ? fr_strip_reader_big (reader, size) : fr_strip_reader_little (reader, size);
}

static FrStripReader
reader_at (const Exif *self, gsize offset)
{
  return (FrStripReader){ self->data, self->size, MIN (offset, self->size), offset > self->size };
}

static gboolean
read_entry (const Exif *self, FrStripReader *reader, Entry *entry)
{
  FrStripReader value;

  entry->tag = read_number (self, reader, 2);
  entry->type = read_number (self, reader, 2);
  entry->count = read_number (self, reader, 4);
  entry->place = *reader;
  value = *reader;
  entry->value = read_number (self, &value, 4);
  fr_strip_reader_skip (reader, 4);
  return !reader->failed;
}

/* Of the types that decoders take for a number here. */
static guint
size_of (guint type)
{
  switch (type)
    {
    case TYPE_BYTE:
    case TYPE_SIGNED_BYTE:
      return 1;
    case TYPE_SHORT:
    case TYPE_SIGNED_SHORT:
      return 2;
    case TYPE_LONG:
    case TYPE_SIGNED_LONG:
      return 4;
    default:
      return 0;
    }
}

/* The first of the numbers, if all are there; what takes more than four bytes is elsewhere. Of a long, decoders look at
 * the lower half. Whatever is not one of the eight orientations is none. */
static guint
read_orientation (const Exif *self, const Entry *entry)
{
  guint size = size_of (entry->type);
  guint64 all = (guint64)size * entry->count;
  FrStripReader reader = all > 4 ? reader_at (self, entry->value) : entry->place;
  guint32 value;

  if (all == 0 || all > fr_strip_reader_left (&reader))
    return 1;
  value = read_number (self, &reader, size) & 0xffff;
  return value >= 1 && value <= 8 ? value : 1;
}

static void
judge_directory (const Exif *self, gsize offset, FrStripDetails (*judge) (guint tag), FrStripDetails *removed)
{
  FrStripReader reader = reader_at (self, offset);
  guint n_entries = read_number (self, &reader, 2);
  Entry entry;

  for (guint i = 0; i < n_entries && read_entry (self, &reader, &entry); i++)
    *removed |= judge (entry.tag);
}

/* The first directory holds the orientation; where it ends the second one begins, which describes the
 * thumbnail. */
static guint
read_first_directory (const Exif *self, gsize offset, FrStripDetails *removed)
{
  FrStripReader reader = reader_at (self, offset);
  guint n_entries = read_number (self, &reader, 2);
  guint32 exif = 0, gps = 0;
  guint orientation = 0;
  Entry entry;

  for (guint i = 0; i < n_entries && read_entry (self, &reader, &entry); i++)
    if (entry.tag == TAG_ORIENTATION)
      orientation = orientation != 0 ? orientation : read_orientation (self, &entry);
    else if (entry.tag == TAG_EXIF)
      exif = entry.value;
    else if (entry.tag == TAG_GPS)
      gps = entry.value;
    else
      *removed |= judge_tag (entry.tag);
  if (exif != 0)
    judge_directory (self, exif, judge_tag, removed);
  if (gps != 0)
    judge_directory (self, gps, judge_gps_tag, removed);
  if (read_number (self, &reader, 4) != 0)
    *removed |= FR_STRIP_THUMBNAIL;
  return orientation != 0 ? orientation : 1;
}

static gboolean
is_valid (const guint8 *data, gsize size)
{
  return size >= 8 && (memcmp (data, "MM\0*", 4) == 0 || memcmp (data, "II*\0", 4) == 0);
}

/**
 * fr_strip_exif_read:
 * @data: (array length=size): Exif, from its byte order on
 * @size: bytes
 * @removed: (inout): what it tells beside the orientation is added
 *
 * Returns: the orientation, from 1 to 8; 1, which is upright, if there is none
 */
guint
fr_strip_exif_read (const guint8 *data, gsize size, FrStripDetails *removed)
{
  Exif exif = { data, size, FALSE };
  FrStripDetails found = 0;
  FrStripReader reader;
  guint orientation;

  if (!is_valid (data, size))
    {
      *removed |= FR_STRIP_OTHER;
      return 1;
    }
  exif.is_big = data[0] == 'M';
  reader = reader_at (&exif, 4);
  orientation = read_first_directory (&exif, read_number (&exif, &reader, 4), &found);
  /* What no directory tells of may still be there. */
  if (found == 0 && size > FR_STRIP_EXIF_SIZE)
    found = FR_STRIP_OTHER;
  *removed |= found;
  return orientation;
}

/**
 * fr_strip_exif_write:
 * @orientation: from 1 to 8
 * @bytes: (out caller-allocates): room for %FR_STRIP_EXIF_SIZE bytes
 *
 * Writes Exif that tells an orientation and nothing else, always in the same way.
 */
void
fr_strip_exif_write (guint orientation, guint8 *bytes)
{
  static const guint8 plain[FR_STRIP_EXIF_SIZE] = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01";

  memcpy (bytes, plain, sizeof plain);
  bytes[19] = orientation;
}
