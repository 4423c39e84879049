/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-strip-formats.h"

#include "fr-strip-reader.h"
#include "fr-strip-words.h"

#include <string.h>

/* GIF is a row of blocks with a byte each that says what they are, most of them with sub-blocks of up to 255
 * bytes that an empty one ends (GIF89a specification, 15 and following). */

#define SIGNATURE_SIZE   6
#define SCREEN_SIZE      7
#define IMAGE_SIZE       9
#define CONTROL_SIZE     4
#define APPLICATION_SIZE 11
#define HAS_COLOURS      0x80 /* in the flags of a screen or an image */

typedef enum
{
  BLOCK_FILL = 0x00, /* left over, by some programs */
  BLOCK_EXTENSION = 0x21,
  BLOCK_IMAGE = 0x2c,
  BLOCK_TRAILER = 0x3b,
} Block;

typedef enum
{
  EXTENSION_TEXT = 0x01,
  EXTENSION_CONTROL = 0xf9,
  EXTENSION_COMMENT = 0xfe,
  EXTENSION_APPLICATION = 0xff,
} Extension;

typedef struct
{
  /* Borrowed */
  FrStripOutput *output;

  /* State */
  FrStripDetails removed;
  FrStripReader reader;
  gsize control; /* where the control of the next image is; 0 if there is none */
  gboolean has_image;
} Gif;

static gboolean
skip_sub_blocks (FrStripReader *reader)
{
  guint size;

  while ((size = fr_strip_reader_big (reader, 1)) != 0)
    fr_strip_reader_skip (reader, size);
  return !reader->failed;
}

static void
skip_colours (FrStripReader *reader, guint flags)
{
  if (flags & HAS_COLOURS)
    fr_strip_reader_skip (reader, 3 * ((gsize)2 << (flags & 7)));
}

static gboolean
copy_screen (Gif *self)
{
  const guint8 *screen;

  fr_strip_reader_skip (&self->reader, SIGNATURE_SIZE);
  screen = fr_strip_reader_skip (&self->reader, SCREEN_SIZE);
  if (screen == NULL)
    return FALSE;
  skip_colours (&self->reader, screen[4]);
  if (self->reader.failed)
    return FALSE;
  fr_strip_output_keep (self->output, 0, self->reader.at);
  return TRUE;
}

/* From its first byte on, with the control that belongs to it. */
static gboolean
copy_image (Gif *self)
{
  gsize from = self->reader.at - 1;
  const guint8 *image = fr_strip_reader_skip (&self->reader, IMAGE_SIZE);

  if (image == NULL)
    return FALSE;
  skip_colours (&self->reader, image[IMAGE_SIZE - 1]);
  fr_strip_reader_skip (&self->reader, 1); /* how codes begin */
  if (!skip_sub_blocks (&self->reader))
    return FALSE;
  if (self->control != 0)
    fr_strip_output_keep (self->output, self->control, 2 + 1 + CONTROL_SIZE + 1);
  fr_strip_output_keep (self->output, from, self->reader.at - from);
  self->control = 0;
  self->has_image = TRUE;
  return TRUE;
}

/* By its first bytes, which may lie in any number of sub-blocks. */
static gboolean
is_profile (const guint8 *blocks, gsize size)
{
  FrStripReader reader = { blocks, size, 0, FALSE };
  guint8 head[64];
  gsize done = 0;
  guint n;

  while (done < sizeof head && (n = fr_strip_reader_big (&reader, 1)) != 0)
    {
      const guint8 *part = fr_strip_reader_skip (&reader, n);
      gsize here = MIN (n, sizeof head - done);

      if (part == NULL)
        return FALSE;
      memcpy (head + done, part, here);
      done += here;
    }
  return fr_strip_is_profile (head, done);
}

/* How often an animation is shown (NETSCAPE2.0, or ANIMEXTS1.0, which is the same), and a colour profile. */
static gboolean
may_stay (const guint8 *block, gsize size)
{
  static const guint8 loop_head[] = { 3, 1 };

  if (memcmp (block + 1, "ICCRGBG1012", APPLICATION_SIZE) == 0)
    return is_profile (block + 1 + APPLICATION_SIZE, size - 1 - APPLICATION_SIZE);
  if (memcmp (block + 1, "NETSCAPE2.0", APPLICATION_SIZE) != 0
      && memcmp (block + 1, "ANIMEXTS1.0", APPLICATION_SIZE) != 0)
    return FALSE;
  return size == 1 + APPLICATION_SIZE + 5
         && memcmp (block + 1 + APPLICATION_SIZE, loop_head, sizeof loop_head) == 0;
}

static void
take_application (Gif *self, gsize from, const guint8 *block, gsize size)
{
  if (block[0] != APPLICATION_SIZE)
    self->removed |= FR_STRIP_OTHER;
  else if (may_stay (block, size))
    fr_strip_output_keep (self->output, from, 2 + size);
  else if (memcmp (block + 1, "XMP DataXMP", APPLICATION_SIZE) == 0)
    self->removed |= fr_strip_words_judge_xmp (block, size);
  else
    self->removed |= FR_STRIP_OTHER;
}

static gboolean
copy_extension (Gif *self)
{
  gsize from = self->reader.at - 1;
  guint label = fr_strip_reader_big (&self->reader, 1);
  const guint8 *block = self->reader.data + self->reader.at;
  gsize size;

  if (!skip_sub_blocks (&self->reader))
    return FALSE;
  size = self->reader.data + self->reader.at - block;
  switch (label)
    {
    case EXTENSION_CONTROL:
      if (size != 1 + CONTROL_SIZE + 1 || block[0] != CONTROL_SIZE)
        return FALSE;
      self->control = from;
      return TRUE;
    case EXTENSION_APPLICATION:
      take_application (self, from, block, size);
      return TRUE;
    case EXTENSION_COMMENT:
      self->removed |= FR_STRIP_DESCRIPTION;
      return TRUE;
    case EXTENSION_TEXT:
      /* No decoder draws it; the control before it is its own. */
      self->control = 0;
      self->removed |= FR_STRIP_DESCRIPTION;
      return TRUE;
    default:
      self->removed |= FR_STRIP_OTHER;
      return TRUE;
    }
}

FrStripResult
fr_strip_gif (const guint8 *data, gsize size, FrStripOutput *output, FrStripDetails *removed)
{
  Gif gif = { .output = output, .reader = { data, size, 0, FALSE } };
  gboolean goes_on = copy_screen (&gif);

  while (goes_on && fr_strip_reader_left (&gif.reader) > 0)
    switch (fr_strip_reader_big (&gif.reader, 1))
      {
      case BLOCK_FILL:
        break;
      case BLOCK_IMAGE:
        goes_on = copy_image (&gif);
        break;
      case BLOCK_EXTENSION:
        goes_on = copy_extension (&gif);
        break;
      case BLOCK_TRAILER:
        fr_strip_output_keep (output, gif.reader.at - 1, 1);
        if (fr_strip_reader_left (&gif.reader) > 0)
          gif.removed |= FR_STRIP_TRAILER;
        *removed |= gif.removed;
        return gif.has_image ? FR_STRIP_DONE : FR_STRIP_DAMAGED;
      default:
        return FR_STRIP_DAMAGED;
      }
  return FR_STRIP_DAMAGED;
}
