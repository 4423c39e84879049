/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-frame-limit.h"
#include "fr-test-support.h"

#include <string.h>

#include "tests.h"

#define LIMIT 100000
#define FIN 0x80
#define TEXT 1
#define PING 9

static void
add_frame (GByteArray *bytes, guint8 first, guint64 size, gboolean is_masked)
{
  guint n_bytes = size < 126 ? 0 : size <= G_MAXUINT16 ? 2 : 8;
  guint8 second = (guint8) ((n_bytes == 0 ? size : n_bytes == 2 ? 126 : 127) | (is_masked ? 0x80 : 0));
  guint start;

  g_byte_array_append (bytes, &first, 1);
  g_byte_array_append (bytes, &second, 1);
  for (guint i = n_bytes; i > 0; i--)
    g_byte_array_append (bytes, &(guint8) { (guint8) (size >> (8 * (i - 1))) }, 1);
  if (is_masked)
    g_byte_array_append (bytes, (const guint8 *) "mask", 4);
  start = bytes->len;
  if (size > LIMIT + 1)
    return;
  g_byte_array_set_size (bytes, start + (guint) size);
  memset (bytes->data + start, 0xff, size);
}

/* In pieces of at most `step` bytes; the answer must not depend on it. */
static gboolean
feed (const GByteArray *bytes, gsize step)
{
  FrFrameLimit limit;

  fr_frame_limit_init (&limit, LIMIT);
  for (gsize at = 0; at < bytes->len; at += step)
    if (!fr_frame_limit_feed (&limit, bytes->data + at, MIN (step, bytes->len - at)))
      return FALSE;
  return TRUE;
}

static void
test_frames (void)
{
  static const struct
  {
    struct
    {
      guint8 first;
      guint64 size;
    } frames[5];
    gboolean good;
  } rows[] = {
    { { { FIN | TEXT, 0 }, { FIN | TEXT, 125 }, { FIN | TEXT, 126 } }, TRUE },
    { { { FIN | TEXT, 65535 }, { FIN | TEXT, 65536 }, { FIN | TEXT, LIMIT } }, TRUE },
    { { { FIN | TEXT, LIMIT + 1 } }, FALSE },
    { { { FIN | TEXT, G_MAXUINT64 } }, FALSE },
    { { { TEXT, LIMIT - 1 }, { FIN, 1 }, { FIN | TEXT, LIMIT } }, TRUE },
    { { { TEXT, LIMIT - 1 }, { FIN, 2 } }, FALSE },
    { { { TEXT, LIMIT / 2 }, { 0, LIMIT / 2 }, { FIN | PING, 125 }, { FIN, 0 } }, TRUE },
    { { { TEXT, LIMIT / 2 }, { FIN | PING, 125 }, { 0, LIMIT / 2 }, { 0, 1 } }, FALSE },
    { { { 0, LIMIT }, { 0, 1 } }, FALSE },
    { { { FIN | PING, LIMIT + 1 } }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int is_masked = 0; is_masked < 2; is_masked++)
      {
        g_autoptr (GByteArray) bytes = g_byte_array_new ();

        for (gsize j = 0; j < G_N_ELEMENTS (rows[i].frames); j++)
          add_frame (bytes, rows[i].frames[j].first, rows[i].frames[j].size, is_masked);
        g_assert_cmpint (feed (bytes, 1), ==, rows[i].good);
        g_assert_cmpint (feed (bytes, 7), ==, rows[i].good);
        g_assert_cmpint (feed (bytes, G_MAXSSIZE), ==, rows[i].good);
      }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = fr_test_rand_new ();

  for (int i = 0; i < 2000; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      gboolean good;

      g_byte_array_set_size (bytes, (guint) g_rand_int_range (random, 1, 200));
      for (guint j = 0; j < bytes->len; j++)
        bytes->data[j] = (guint8) g_rand_int_range (random, 0, 256);
      good = feed (bytes, G_MAXSSIZE);
      g_assert_cmpint (feed (bytes, (gsize) g_rand_int_range (random, 1, 9)), ==, good);
    }
}

void
test_frame_limit_add (void)
{
  g_test_add_func ("/signalling/frame-limit/frames", test_frames);
  g_test_add_func ("/signalling/frame-limit/random", test_random);
}
