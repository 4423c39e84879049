/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-strip-formats.h"

#include "fr-strip-exif.h"
#include "fr-strip-reader.h"
#include "fr-strip-words.h"

#include <string.h>

/* WebP is RIFF: chunks with a name, a length and contents that are filled up to an even length (RFC 9649,
 * 2.3). It has a picture alone, or first a chunk VP8X, which says what else there may be; a frame of an
 * animation has chunks within. */

#define NAME(a, b, c, d) ((guint32)(a) | (guint32)(b) << 8 | (guint32)(c) << 16 | (guint32)(d) << 24)
#define CHUNK_HEAD_SIZE  8
#define VP8X_SIZE        10
#define ANIM_SIZE        6
#define FRAME_HEAD_SIZE  16

#define RIFF NAME ('R', 'I', 'F', 'F')
#define VP8X NAME ('V', 'P', '8', 'X')
#define VP8  NAME ('V', 'P', '8', ' ')
#define VP8L NAME ('V', 'P', '8', 'L')
#define ALPH NAME ('A', 'L', 'P', 'H')
#define ANIM NAME ('A', 'N', 'I', 'M')
#define ANMF NAME ('A', 'N', 'M', 'F')
#define ICCP NAME ('I', 'C', 'C', 'P')
#define EXIF NAME ('E', 'X', 'I', 'F')
#define XMP  NAME ('X', 'M', 'P', ' ')

typedef enum
{
  FLAG_ANIMATION = 0x02,
  FLAG_XMP = 0x04,
  FLAG_EXIF = 0x08,
  FLAG_ALPHA = 0x10,
  FLAG_ICC = 0x20,
} Flags;

typedef struct
{
  guint32 name;
  guint32 size;
  gsize offset; /* of its contents */
} Chunk;

typedef struct
{
  /* Borrowed */
  const guint8 *data;
  gsize size;
  FrStripOutput *output;

  /* State */
  FrStripDetails removed;
  guint flags; /* of the original, none if there is a picture alone */
  guint orientation;
  gboolean has_profile;
  gboolean has_exif;
  gboolean has_animation; /* what all its frames need */
  gboolean has_alpha;     /* of this frame */
  gboolean has_image;     /* of this frame */
} Webp;

static gboolean
next_chunk (FrStripReader *reader, Chunk *chunk)
{
  chunk->name = fr_strip_reader_little (reader, 4);
  chunk->size = fr_strip_reader_little (reader, 4);
  chunk->offset = reader->at;
  fr_strip_reader_skip (reader, chunk->size);
  /* The last one is not always filled up. */
  if (chunk->size % 2 != 0 && fr_strip_reader_left (reader) > 0)
    fr_strip_reader_skip (reader, 1);
  return !reader->failed;
}

static gsize
add_head (Webp *self, guint32 name, guint32 size)
{
  guint32 head[2] = { GUINT32_TO_LE (name), GUINT32_TO_LE (size) };

  return fr_strip_output_add (self->output, head, sizeof head);
}

/* Writes a size that is known only now into a head that was added with another. */
static void
change_size (Webp *self, gsize head, gsize size)
{
  guint32 bytes = GUINT32_TO_LE ((guint32)size);

  fr_strip_output_change (self->output, head + 4, &bytes, sizeof bytes);
}

static void
keep_chunk (Webp *self, const Chunk *chunk)
{
  gsize end = chunk->offset + chunk->size;
  gboolean is_odd = chunk->size % 2 != 0;
  gboolean is_filled = is_odd && end < self->size && self->data[end] == 0;

  fr_strip_output_keep (self->output, chunk->offset - CHUNK_HEAD_SIZE,
                        CHUNK_HEAD_SIZE + (gsize)chunk->size + is_filled);
  if (is_odd && !is_filled)
    fr_strip_output_add (self->output, "", 1);
}

/* One picture, and before it what shines through. */
static void
take_image (Webp *self, const Chunk *chunk)
{
  gboolean is_alpha = chunk->name == ALPH;

  if (self->has_image || (is_alpha && self->has_alpha))
    {
      self->removed |= FR_STRIP_OTHER;
      return;
    }
  keep_chunk (self, chunk);
  self->has_alpha |= is_alpha;
  self->has_image |= !is_alpha;
}

static gboolean
copy_frame (Webp *self, const Chunk *frame)
{
  FrStripReader reader = { self->data, frame->offset + (gsize)frame->size, frame->offset, FALSE };
  gsize head = add_head (self, ANMF, 0);
  gsize before = fr_strip_output_get_size (self->output);
  Chunk chunk;

  if (fr_strip_reader_skip (&reader, FRAME_HEAD_SIZE) == NULL)
    return FALSE;
  fr_strip_output_keep (self->output, frame->offset, FRAME_HEAD_SIZE);
  self->has_alpha = self->has_image = FALSE;
  while (fr_strip_reader_left (&reader) > 0)
    {
      if (!next_chunk (&reader, &chunk))
        return FALSE;
      if (chunk.name == ALPH || chunk.name == VP8 || chunk.name == VP8L)
        take_image (self, &chunk);
      else
        self->removed |= FR_STRIP_OTHER;
    }
  change_size (self, head, fr_strip_output_get_size (self->output) - before);
  return self->has_image;
}

/* Decoders heed what comes first, and only if the flags say that it is there. */
static void
take_exif (Webp *self, const Chunk *chunk)
{
  const guint8 *data = self->data + chunk->offset;
  gsize prefix_size = 0;
  guint orientation;

  /* That belongs to JPEG, but is often there. */
  if (chunk->size >= FR_STRIP_EXIF_PREFIX_SIZE
      && memcmp (data, FR_STRIP_EXIF_PREFIX, FR_STRIP_EXIF_PREFIX_SIZE) == 0)
    prefix_size = FR_STRIP_EXIF_PREFIX_SIZE;
  orientation = fr_strip_exif_read (data + prefix_size, chunk->size - prefix_size, &self->removed);
  if ((self->flags & FLAG_EXIF) && !self->has_exif)
    self->orientation = orientation;
  else
    self->removed |= FR_STRIP_OTHER;
  self->has_exif = TRUE;
}

static void
take_profile (Webp *self, const Chunk *chunk)
{
  if (!(self->flags & FLAG_ICC) || self->has_profile
      || !fr_strip_is_profile (self->data + chunk->offset, chunk->size))
    {
      self->removed |= FR_STRIP_OTHER;
      return;
    }
  keep_chunk (self, chunk);
  self->has_profile = TRUE;
}

static void
take_animation (Webp *self, const Chunk *chunk)
{
  if (self->has_animation || chunk->size != ANIM_SIZE)
    {
      self->removed |= FR_STRIP_OTHER;
      return;
    }
  keep_chunk (self, chunk);
  self->has_animation = TRUE;
}

/* FALSE if the file is damaged. */
static gboolean
copy_chunk (Webp *self, const Chunk *chunk)
{
  gboolean is_animated = (self->flags & FLAG_ANIMATION) != 0;

  if (chunk->name == ANMF && is_animated)
    return self->has_animation && copy_frame (self, chunk);
  if (chunk->name == ANIM && is_animated)
    take_animation (self, chunk);
  else if ((chunk->name == ALPH || chunk->name == VP8 || chunk->name == VP8L) && !is_animated)
    take_image (self, chunk);
  else if (chunk->name == ICCP)
    take_profile (self, chunk);
  else if (chunk->name == EXIF)
    take_exif (self, chunk);
  else if (chunk->name == XMP)
    self->removed |= fr_strip_words_judge_xmp (self->data + chunk->offset, chunk->size);
  else
    self->removed |= FR_STRIP_OTHER;
  return TRUE;
}

/* Every chunk, from the one that is behind the reader on. */
static gboolean
copy_chunks (Webp *self, FrStripReader *reader)
{
  Chunk chunk;

  while (fr_strip_reader_left (reader) > 0)
    if (!next_chunk (reader, &chunk) || !copy_chunk (self, &chunk))
      return FALSE;
  return self->has_image;
}

/* With VP8X, whose flags say what is there: in the copy, what is there of it. */
static gboolean
copy_extended (Webp *self, FrStripReader *reader, const Chunk *first)
{
  guint8 contents[VP8X_SIZE] = { 0 };
  guint8 exif[FR_STRIP_EXIF_SIZE];
  gsize position;

  if (first->size != VP8X_SIZE)
    return FALSE;
  self->flags = self->data[first->offset];
  memcpy (contents + 4, self->data + first->offset + 4, VP8X_SIZE - 4);
  add_head (self, VP8X, VP8X_SIZE);
  position = fr_strip_output_add (self->output, contents, sizeof contents);
  if (!copy_chunks (self, reader))
    return FALSE;

  contents[0] = self->flags & (FLAG_ANIMATION | FLAG_ALPHA);
  contents[0] |= self->has_profile ? FLAG_ICC : 0;
  if (self->orientation > 1)
    {
      contents[0] |= FLAG_EXIF;
      fr_strip_exif_write (self->orientation, exif);
      add_head (self, EXIF, sizeof exif);
      fr_strip_output_add (self->output, exif, sizeof exif);
    }
  fr_strip_output_change (self->output, position, contents, 1);
  return TRUE;
}

static gboolean
copy_simple (Webp *self, FrStripReader *reader, const Chunk *first)
{
  if (first->name != VP8 && first->name != VP8L)
    return FALSE;
  take_image (self, first);
  return copy_chunks (self, reader);
}

FrStripResult
fr_strip_webp (const guint8 *data, gsize size, FrStripOutput *output, FrStripDetails *removed)
{
  Webp webp = { .data = data, .size = size, .output = output };
  FrStripReader reader = { data, size, 4, FALSE };
  guint32 riff_size = fr_strip_reader_little (&reader, 4);
  gsize head = add_head (&webp, RIFF, 0);
  Chunk first;
  gboolean done;

  fr_strip_output_keep (output, 8, 4); /* "WEBP" */
  fr_strip_reader_skip (&reader, 4);
  if (reader.failed || riff_size > size - 8 || riff_size < 4)
    return FR_STRIP_DAMAGED;
  reader.size = 8 + (gsize)riff_size;
  if (!next_chunk (&reader, &first))
    return FR_STRIP_DAMAGED;
  if (first.name == VP8X)
    done = copy_extended (&webp, &reader, &first);
  else
    done = copy_simple (&webp, &reader, &first);
  if (!done)
    return FR_STRIP_DAMAGED;

  change_size (&webp, head, fr_strip_output_get_size (output) - 8);
  if (size > reader.size + reader.size % 2)
    webp.removed |= FR_STRIP_TRAILER;
  *removed |= webp.removed;
  return FR_STRIP_DONE;
}
