/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests.h"

#include <fr-image-strip.h>

/* Files built byte by byte. Whatever a copy must not have, has this in it. */
#define SECRET "Secret!"

#define BYTES(literal) literal, sizeof (literal) - 1

/* A colour profile's first bytes: all that is looked at. */
#define PROFILE "0123456789abcdef0123456789abcdef0123acsp and the rest"

void test_bytes_add (GByteArray *bytes, const void *data, gsize size);
void test_bytes_add_big (GByteArray *bytes, guint32 value, guint size);
void test_bytes_add_little (GByteArray *bytes, guint32 value, guint size);
void test_bytes_insert (GByteArray *bytes, gsize at, const void *data, gsize size);
gboolean test_bytes_have (const GByteArray *bytes, const char *text);

/* In directory 0 (the first), 1 (Exif), 2 (GPS) or 3 (thumbnail); a text, or a number if that is NULL. */
typedef struct
{
  guint directory;
  guint tag;
  const char *text;
  guint number;
} TestTag;

GByteArray *test_exif_new (gboolean is_big, const TestTag *tags, guint n_tags);
GByteArray *test_exif_new_rich (gboolean is_big, guint orientation);
GByteArray *test_exif_new_plain (guint orientation);

/* Strips a copy of the bytes that has nothing behind its end, so that a sanitizer sees what is read there. */
FrStripResult test_strip (const GByteArray *bytes, GByteArray **out_copy, FrStripDetails *out_removed);

/* The copy; it is good, hides no secret, grows hardly, and is its own copy, with nothing removed. */
GByteArray *test_strip_good (const GByteArray *bytes, FrStripDetails removed);
void test_strip_bad (const GByteArray *bytes, FrStripResult result);
void test_assert_same (const GByteArray *got, const GByteArray *wanted);

GByteArray *test_fixture_load (const char *name);

void test_jpeg_add (GByteArray *bytes, guint marker, const char *prefix, gsize prefix_size, const GByteArray *rest);
void test_jpeg_insert (GByteArray *jpeg, const GByteArray *segments);
void test_png_add (GByteArray *bytes, const char *name, const void *data, gsize size);
void test_webp_add (GByteArray *bytes, const char *name, const void *data, gsize size);
GByteArray *test_webp_new (const GByteArray *chunks);

/* Pictures of 8 by 8 with everything that there may be. */
GByteArray *test_jpeg_new_rich (void);
GByteArray *test_png_new_rich (void);
GByteArray *test_webp_new_rich (void);
GByteArray *test_gif_new_rich (void);
