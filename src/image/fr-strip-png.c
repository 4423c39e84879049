/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-strip-formats.h"

#include "fr-strip-exif.h"
#include "fr-strip-reader.h"
#include "fr-strip-words.h"

#include <gio/gio.h>
#include <string.h>

/* PNG is a row of chunks: length, name, contents, check sum (Portable Network Graphics, third edition, 5.3).
 * Those that may stay are copied where they are. */

#define SIGNATURE_SIZE   8
#define MAX_CHUNK_SIZE   0x7fffffffu
#define MAX_KEYWORD_SIZE 79
#define MAX_PROFILE_SIZE (16 * 1024 * 1024) /* unpacked */
#define PROFILE_HEAD     "iCCPicc\0\0" /* whatever the profile was called, and how it is packed */
#define PROFILE_HEAD_SIZE 9
#define NAME(a, b, c, d) ((guint32)(a) << 24 | (guint32)(b) << 16 | (guint32)(c) << 8 | (guint32)(d))
#define IHDR             NAME ('I', 'H', 'D', 'R')
#define IDAT             NAME ('I', 'D', 'A', 'T')
#define IEND             NAME ('I', 'E', 'N', 'D')
#define EXIF             NAME ('e', 'X', 'I', 'f')
#define ITXT             NAME ('i', 'T', 'X', 't')
#define ICCP             NAME ('i', 'C', 'C', 'P')
#define ACTL             NAME ('a', 'c', 'T', 'L')
#define FCTL             NAME ('f', 'c', 'T', 'L')
#define FDAT             NAME ('f', 'd', 'A', 'T')

/* What may stay, with the sizes that it may have. */
static const struct
{
  guint32 name;
  guint32 min_size;
  guint32 max_size;
} kept[] = {
  { IHDR, 13, 13 },
  { NAME ('P', 'L', 'T', 'E'), 3, 768 },
  { IDAT, 0, MAX_CHUNK_SIZE },
  { IEND, 0, 0 },
  { NAME ('t', 'R', 'N', 'S'), 1, 256 },
  { NAME ('b', 'K', 'G', 'D'), 1, 6 },
  { NAME ('s', 'B', 'I', 'T'), 1, 4 },
  { NAME ('c', 'H', 'R', 'M'), 32, 32 },
  { NAME ('g', 'A', 'M', 'A'), 4, 4 },
  { NAME ('s', 'R', 'G', 'B'), 1, 1 },
  { NAME ('c', 'I', 'C', 'P'), 4, 4 },
  { NAME ('m', 'D', 'C', 'V'), 24, 24 },
  { NAME ('c', 'L', 'L', 'I'), 8, 8 },
  { NAME ('p', 'H', 'Y', 's'), 9, 9 },
  { ACTL, 8, 8 },
  { FCTL, 26, 26 },
  { FDAT, 4, MAX_CHUNK_SIZE },
};

typedef struct
{
  guint32 name;
  guint32 size;
  gsize offset; /* of its length; the contents are eight bytes on */
  const guint8 *contents;
} Chunk;

typedef struct
{
  /* Borrowed */
  FrStripOutput *output;

  /* State */
  FrStripDetails removed;
  gboolean has_header;
  gboolean has_data;
  gboolean has_exif;
  gboolean has_profile;
  gboolean is_animated;
} Png;

/* A name whose first letter is large is of a chunk that decoders must know (5.4). */
static gboolean
is_critical (guint32 name)
{
  return !(name >> 24 & 0x20);
}

/* CRC-32 over name and contents (annex D), four bits at a time. */
static guint32
checksum (const guint8 *data, gsize size)
{
  static const guint32 table[16] = {
    0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
    0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
  };
  guint32 sum = G_MAXUINT32;

  for (gsize i = 0; i < size; i++)
    {
      sum ^= data[i];
      sum = table[sum & 15] ^ sum >> 4;
      sum = table[sum & 15] ^ sum >> 4;
    }
  return ~sum;
}

static gboolean
next_chunk (FrStripReader *reader, Chunk *chunk)
{
  chunk->offset = reader->at;
  chunk->size = fr_strip_reader_big (reader, 4);
  chunk->name = fr_strip_reader_big (reader, 4);
  chunk->contents = fr_strip_reader_skip (reader, chunk->size);
  fr_strip_reader_skip (reader, 4);
  return !reader->failed && chunk->size <= MAX_CHUNK_SIZE;
}

static gboolean
may_stay (const Chunk *chunk)
{
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (kept[i].name == chunk->name)
      return chunk->size >= kept[i].min_size && chunk->size <= kept[i].max_size;
  return FALSE;
}

static gboolean
is_whole (const Chunk *chunk)
{
  FrStripReader reader = { chunk->contents, chunk->size + (gsize)4, chunk->size, FALSE };

  return fr_strip_reader_big (&reader, 4) == checksum (chunk->contents - 4, chunk->size + (gsize)4);
}

static void
add_exif (Png *self, guint orientation)
{
  guint8 chunk[8 + FR_STRIP_EXIF_SIZE + 4] = "\0\0\0\x1a"
                                             "eXIf";
  guint32 sum;

  fr_strip_exif_write (orientation, chunk + 8);
  sum = GUINT32_TO_BE (checksum (chunk + 4, 4 + FR_STRIP_EXIF_SIZE));
  memcpy (chunk + 8 + FR_STRIP_EXIF_SIZE, &sum, sizeof sum);
  fr_strip_output_add (self->output, chunk, sizeof chunk);
}

/* As decoders see it, by its byte order alone; they heed no other after it. */
static gboolean
is_exif (const Chunk *chunk)
{
  const guint8 *order = chunk->contents;

  return chunk->size >= 2 && (order[0] == 'M' || order[0] == 'I') && order[1] == order[0] && is_whole (chunk);
}

/* Written anew where it stood, since decoders differ in whether they heed it after the picture. */
static void
take_exif (Png *self, const Chunk *chunk)
{
  guint orientation = fr_strip_exif_read (chunk->contents, chunk->size, &self->removed);

  if (self->has_exif || !is_exif (chunk))
    {
      self->removed |= FR_STRIP_OTHER;
      return;
    }
  self->has_exif = TRUE;
  if (orientation > 1)
    add_exif (self, orientation);
}

/* Whether the bytes begin with a packed profile, and how many of them it takes: what is behind it is none. */
static gboolean
find_profile (const guint8 *packed, gsize size, gsize *out_used)
{
  g_autoptr (GConverter) unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  guint8 part[4096], head[64];
  gsize used = 0, done = 0, n_read, n_written;
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result == G_CONVERTER_CONVERTED && done <= MAX_PROFILE_SIZE)
    {
      result = g_converter_convert (unpacker, packed + used, size - used, part, sizeof part,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      if (result == G_CONVERTER_ERROR)
        return FALSE;
      if (done < sizeof head)
        memcpy (head + done, part, MIN (n_written, sizeof head - done));
      used += n_read;
      done += n_written;
    }
  *out_used = used;
  return result == G_CONVERTER_FINISHED && done <= MAX_PROFILE_SIZE && fr_strip_is_profile (head, MIN (done, sizeof head));
}

static void
add_profile (Png *self, const guint8 *packed, gsize size)
{
  guint32 length = GUINT32_TO_BE ((guint32) (PROFILE_HEAD_SIZE - 4 + size)), sum;
  g_autoptr (GByteArray) chunk = g_byte_array_new ();

  g_byte_array_append (chunk, (const guint8 *) &length, sizeof length);
  g_byte_array_append (chunk, (const guint8 *) PROFILE_HEAD, PROFILE_HEAD_SIZE);
  g_byte_array_append (chunk, packed, (guint) size);
  sum = GUINT32_TO_BE (checksum (chunk->data + 4, chunk->len - 4));
  g_byte_array_append (chunk, (const guint8 *) &sum, sizeof sum);
  fr_strip_output_add (self->output, chunk->data, chunk->len);
}

/* Its name may say anything, so all get the same one. */
static void
take_profile (Png *self, const Chunk *chunk)
{
  const guint8 *end = memchr (chunk->contents, 0, MIN (chunk->size, MAX_KEYWORD_SIZE + 1));
  gsize head_size = end != NULL ? (gsize) (end - chunk->contents) + 2 : 0, used;

  if (self->has_profile || end == NULL || head_size > chunk->size || end[1] != 0 || !is_whole (chunk)
      || !find_profile (chunk->contents + head_size, chunk->size - head_size, &used))
    {
      self->removed |= FR_STRIP_OTHER;
      return;
    }
  self->has_profile = TRUE;
  if (head_size + used < chunk->size)
    self->removed |= FR_STRIP_OTHER;
  else if (memcmp (chunk->contents - 4, PROFILE_HEAD, PROFILE_HEAD_SIZE) == 0)
    {
      fr_strip_output_keep (self->output, chunk->offset, chunk->size + (gsize) 12);
      return;
    }
  add_profile (self, chunk->contents + head_size, used);
}

/* Frames of no animation are nothing that a decoder would look at. */
static gboolean
is_stray (const Png *self, const Chunk *chunk)
{
  if (chunk->name == ACTL)
    return self->is_animated || self->has_data;
  return (chunk->name == FCTL || chunk->name == FDAT) && !self->is_animated;
}

static FrStripDetails
judge_text (const Chunk *chunk)
{
  char keyword[MAX_KEYWORD_SIZE + 1] = "";
  FrStripDetails details;

  memcpy (keyword, chunk->contents, MIN (chunk->size, MAX_KEYWORD_SIZE));
  details = fr_strip_words_judge_keyword (keyword);
  if (chunk->name == ITXT && details == FR_STRIP_HISTORY)
    details |= fr_strip_words_judge_xmp (chunk->contents, chunk->size);
  return details;
}

static FrStripDetails
judge_other (const Chunk *chunk)
{
  switch (chunk->name)
    {
    case NAME ('t', 'E', 'X', 't'):
    case NAME ('z', 'T', 'X', 't'):
    case ITXT:
      return judge_text (chunk);
    case NAME ('t', 'I', 'M', 'E'):
      return FR_STRIP_TIME;
    default:
      return FR_STRIP_OTHER;
    }
}

/* FALSE if decoders would not take this chunk either. */
static gboolean
copy_chunk (Png *self, const Chunk *chunk)
{
  if (self->has_header == (chunk->name == IHDR))
    return FALSE;
  if (chunk->name == EXIF)
    take_exif (self, chunk);
  else if (chunk->name == ICCP)
    take_profile (self, chunk);
  else if (may_stay (chunk) && !is_stray (self, chunk))
    {
      fr_strip_output_keep (self->output, chunk->offset, chunk->size + (gsize)12);
      self->is_animated |= chunk->name == ACTL;
    }
  else if (is_critical (chunk->name))
    return FALSE;
  else
    self->removed |= judge_other (chunk);
  self->has_header = TRUE;
  self->has_data |= chunk->name == IDAT;
  return TRUE;
}

FrStripResult
fr_strip_png (const guint8 *data, gsize size, FrStripOutput *output, FrStripDetails *removed)
{
  Png png = { .output = output };
  FrStripReader reader = { data, size, 0, FALSE };
  Chunk chunk;

  fr_strip_reader_skip (&reader, SIGNATURE_SIZE);
  fr_strip_output_keep (output, 0, SIGNATURE_SIZE);
  while (next_chunk (&reader, &chunk) && copy_chunk (&png, &chunk))
    if (chunk.name == IEND)
      {
        if (fr_strip_reader_left (&reader) > 0)
          png.removed |= FR_STRIP_TRAILER;
        *removed |= png.removed;
        return png.has_data ? FR_STRIP_DONE : FR_STRIP_DAMAGED;
      }
  return FR_STRIP_DAMAGED;
}
