/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads a file's bytes in order. Every read may fail, gives 0 or %NULL then, and so do all that follow: it is
 * enough to look at `failed` once, before what was read is used. A value. */

typedef struct
{
  const guint8 *data; /* borrowed */
  gsize size;
  gsize at;
  gboolean failed;
} FrStripReader;

static inline gsize
fr_strip_reader_left (const FrStripReader *self)
{
  return self->size - self->at;
}

/* The bytes that are passed over, or %NULL if there are not so many. */
static inline const guint8 *
fr_strip_reader_skip (FrStripReader *self, gsize size)
{
  const guint8 *bytes = self->data + self->at;

  if (self->failed || size > fr_strip_reader_left (self))
    {
      self->failed = TRUE;
      return NULL;
    }
  self->at += size;
  return bytes;
}

/* A number of at most four bytes, the highest first. */
static inline guint32
fr_strip_reader_big (FrStripReader *self, guint size)
{
  const guint8 *bytes = fr_strip_reader_skip (self, size);
  guint32 value = 0;

  for (guint i = 0; bytes != NULL && i < size; i++)
    value = value << 8 | bytes[i];
  return value;
}

/* The same, the lowest first. */
static inline guint32
fr_strip_reader_little (FrStripReader *self, guint size)
{
  const guint8 *bytes = fr_strip_reader_skip (self, size);
  guint32 value = 0;

  for (guint i = 0; bytes != NULL && i < size; i++)
    value |= (guint32)bytes[i] << (8 * i);
  return value;
}

G_END_DECLS
