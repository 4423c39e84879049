/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "strip-fixture.h"

#include <string.h>

#define CANVAS    "\0\0\0\7\0\0\7\0\0"
#define FRAME     "\0\0\0\0\0\0\7\0\0\7\0\0\x64\0\0\2"
#define ANIMATION "\xff\xff\xff\xff\0\0"

/* One chunk of a file, with a name of four letters. */
typedef struct
{
  const char *name;
  const char *data;
  gsize size;
} Chunk;

static GByteArray *
webp_new (const Chunk *chunks, guint n_chunks)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < n_chunks; i++)
    test_webp_add (bytes, chunks[i].name, chunks[i].data, chunks[i].size);
  return test_webp_new (bytes);
}

static void
assert_copied (const Chunk *chunks, guint n_chunks, const Chunk *wanted, guint n_wanted, FrStripDetails removed)
{
  g_autoptr (GByteArray) webp = webp_new (chunks, n_chunks);
  g_autoptr (GByteArray) copy = test_strip_good (webp, removed);
  g_autoptr (GByteArray) good = webp_new (wanted, n_wanted);

  test_assert_same (copy, good);
}

static void
assert_damaged (const Chunk *chunks, guint n_chunks)
{
  g_autoptr (GByteArray) webp = webp_new (chunks, n_chunks);

  test_strip_bad (webp, FR_STRIP_DAMAGED);
}

#define ASSERT_COPIED(chunks, wanted, removed)                                                                        \
  assert_copied (chunks, G_N_ELEMENTS (chunks), wanted, G_N_ELEMENTS (wanted), removed)

static void
test_nothing_to_remove (void)
{
  g_autoptr (GByteArray) webp = test_fixture_load ("tiny.webp");
  g_autoptr (GByteArray) copy = test_strip_good (webp, FR_STRIP_OTHER);
  g_autoptr (GByteArray) again = test_strip_good (copy, 0);

  test_assert_same (again, copy);
}

static void
test_rich (void)
{
  g_autoptr (GByteArray) webp = test_webp_new_rich ();
  g_autoptr (GByteArray) copy = test_strip_good (webp, FR_STRIP_ALL_DETAILS);
  const guint8 *picture = memmem (copy->data, copy->len, "VP8 ", 4);
  const gsize picture_size = picture[4] | picture[5] << 8;
  g_autoptr (GByteArray) exif = test_exif_new_plain (3);
  const Chunk wanted[] = {
    { "VP8X", BYTES ("\x28" CANVAS) },
    { "ICCP", BYTES (PROFILE) },
    { "VP8 ", (const char *) picture + 8, picture_size },
    { "EXIF", (const char *) exif->data, exif->len },
  };
  g_autoptr (GByteArray) good = webp_new (wanted, G_N_ELEMENTS (wanted));

  test_assert_same (copy, good);
}

/* A picture alone stays alone. */
static void
test_simple (void)
{
  const Chunk chunks[] = {
    { "VP8L", BYTES ("odd") },
    { "VP8 ", BYTES (SECRET) },
    { "EXIF", BYTES (SECRET) },
    { "ICCP", BYTES (PROFILE SECRET) },
    { "XMP ", BYTES (SECRET) },
  };
  const Chunk wanted[] = { { "VP8L", BYTES ("odd") } };

  ASSERT_COPIED (chunks, wanted, FR_STRIP_OTHER | FR_STRIP_HISTORY);
}

static void
test_each_removed (void)
{
  static const struct
  {
    Chunk chunk;
    FrStripDetails removed;
  } rows[] = {
    { { "XMP ", BYTES ("<exif:GPSLatitude>" SECRET) }, FR_STRIP_HISTORY | FR_STRIP_PLACE },
    { { "prVt", BYTES (SECRET) }, FR_STRIP_OTHER },
    { { "VP8X", BYTES ("\0" CANVAS) }, FR_STRIP_OTHER },
    { { "ANIM", BYTES (ANIMATION) }, FR_STRIP_OTHER },
    { { "ANMF", BYTES (SECRET) }, FR_STRIP_OTHER },
    { { "ICCP", BYTES (SECRET) }, FR_STRIP_OTHER },
    { { "EXIF", BYTES (SECRET) }, FR_STRIP_OTHER },
    { { "EXIF", BYTES ("") }, FR_STRIP_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint is_late = 0; is_late < 2; is_late++)
      {
        const Chunk picture = { "VP8 ", BYTES ("picture") };
        const Chunk chunks[] = {
          { "VP8X", BYTES ("\x3c" CANVAS) },
          is_late ? picture : rows[i].chunk,
          is_late ? rows[i].chunk : picture,
        };
        const Chunk wanted[] = { { "VP8X", BYTES ("\x10" CANVAS) }, picture };

        g_test_message ("%s", rows[i].chunk.name);
        ASSERT_COPIED (chunks, wanted, rows[i].removed);
      }
}

/* What the flags do not tell of is not heeded, and neither is a second one. */
static void
test_flags (void)
{
  g_autoptr (GByteArray) turned = test_exif_new_plain (6);
  g_autoptr (GByteArray) other = test_exif_new_plain (3);
  const Chunk picture = { "VP8 ", BYTES ("picture") };
  const Chunk exif = { "EXIF", (const char *) turned->data, turned->len };
  const Chunk second = { "EXIF", (const char *) other->data, other->len };
  const Chunk profile = { "ICCP", BYTES (PROFILE) };
  const Chunk unsaid[] = { { "VP8X", BYTES ("\xd1" CANVAS) }, profile, picture, exif };
  const Chunk unsaid_wanted[] = { { "VP8X", BYTES ("\x10" CANVAS) }, picture };
  const Chunk twice[] = { { "VP8X", BYTES ("\x28" CANVAS) }, profile, profile, picture, exif, second };
  const Chunk twice_wanted[] = { { "VP8X", BYTES ("\x28" CANVAS) }, profile, picture, exif };
  const Chunk odd_places[] = { { "VP8X", BYTES ("\x28\1\2\3\7\0\0\7\0\0") }, exif, picture, profile };
  const Chunk odd_places_wanted[] = { { "VP8X", BYTES ("\x28" CANVAS) }, picture, profile, exif };

  ASSERT_COPIED (unsaid, unsaid_wanted, FR_STRIP_OTHER);
  ASSERT_COPIED (twice, twice_wanted, FR_STRIP_OTHER);
  ASSERT_COPIED (odd_places, odd_places_wanted, 0);
}

static void
test_exif (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++)
    for (guint has_prefix = 0; has_prefix < 2; has_prefix++)
      {
        g_autoptr (GByteArray) rich = test_exif_new_rich (TRUE, orientation);
        g_autoptr (GByteArray) plain = test_exif_new_plain (orientation);
        const Chunk picture = { "VP8 ", BYTES ("picture") };
        Chunk chunks[] = { { "VP8X", BYTES ("\x08" CANVAS) }, picture, { "EXIF", NULL, 0 } };
        const Chunk turned[] = { chunks[0], picture, { "EXIF", (const char *) plain->data, plain->len } };
        const Chunk upright[] = { { "VP8X", BYTES ("\0" CANVAS) }, picture };

        if (has_prefix)
          test_bytes_insert (rich, 0, BYTES ("Exif\0\0"));
        chunks[2] = (Chunk) { "EXIF", (const char *) rich->data, rich->len };
        assert_copied (chunks, 3, orientation > 1 ? turned : upright, orientation > 1 ? 3 : 2,
                       FR_STRIP_ALL_DETAILS & ~(FR_STRIP_HISTORY | FR_STRIP_TRAILER));
      }
}

/* What is not a picture goes from within frames as well. */
static void
test_animation (void)
{
  g_autoptr (GByteArray) first = g_byte_array_new ();
  g_autoptr (GByteArray) first_wanted = g_byte_array_new ();
  g_autoptr (GByteArray) second = g_byte_array_new ();
  Chunk chunks[7], wanted[4];

  test_bytes_add (first, BYTES (FRAME));
  test_webp_add (first, "prVt", BYTES (SECRET));
  test_webp_add (first, "ALPH", BYTES ("alpha"));
  test_webp_add (first, "ALPH", BYTES (SECRET));
  test_webp_add (first, "VP8 ", BYTES ("picture"));
  test_webp_add (first, "VP8L", BYTES (SECRET));
  test_bytes_add (first_wanted, BYTES (FRAME));
  test_webp_add (first_wanted, "ALPH", BYTES ("alpha"));
  test_webp_add (first_wanted, "VP8 ", BYTES ("picture"));
  test_bytes_add (second, BYTES (FRAME));
  test_webp_add (second, "VP8L", BYTES ("picture"));

  chunks[0] = wanted[0] = (Chunk) { "VP8X", BYTES ("\x12" CANVAS) };
  chunks[1] = (Chunk) { "VP8 ", BYTES (SECRET) };
  chunks[2] = wanted[1] = (Chunk) { "ANIM", BYTES (ANIMATION) };
  chunks[3] = (Chunk) { "ANMF", (const char *) first->data, first->len };
  wanted[2] = (Chunk) { "ANMF", (const char *) first_wanted->data, first_wanted->len };
  chunks[4] = (Chunk) { "ANIM", BYTES (ANIMATION) };
  chunks[5] = wanted[3] = (Chunk) { "ANMF", (const char *) second->data, second->len };
  chunks[6] = (Chunk) { "prVt", BYTES (SECRET) };
  ASSERT_COPIED (chunks, wanted, FR_STRIP_OTHER);
}

static void
test_moving (void)
{
  g_autoptr (GByteArray) webp = test_fixture_load ("moving.webp");
  g_autoptr (GByteArray) copy = NULL;
  FrStripDetails removed;

  g_assert_cmpint (test_strip (webp, &copy, &removed), ==, FR_STRIP_DONE);
  g_assert_true (test_bytes_have (copy, "ANMF"));
  g_assert_false (test_bytes_have (copy, "EXIF"));
}

/* Bytes that fill up: not zero, or not there at the end of a frame and of the file. */
static void
test_filling (void)
{
  const Chunk wanted[] = { { "VP8 ", BYTES ("odd") } };
  g_autoptr (GByteArray) good = webp_new (wanted, 1);
  g_autoptr (GByteArray) other = webp_new (wanted, 1);
  g_autoptr (GByteArray) missing = webp_new (wanted, 1);
  g_autoptr (GByteArray) copy = NULL;
  g_autoptr (GByteArray) filled = NULL;

  other->data[other->len - 1] = 'x';
  copy = test_strip_good (other, 0);
  test_assert_same (copy, good);

  g_byte_array_set_size (missing, missing->len - 1);
  missing->data[4]--;
  filled = test_strip_good (missing, 0);
  test_assert_same (filled, good);
}

static void
test_damaged (void)
{
  const Chunk nothing[] = { { "VP8X", BYTES ("\0" CANVAS) } };
  const Chunk unknown_first[] = { { "prVt", BYTES ("x") }, { "VP8 ", BYTES ("picture") } };
  const Chunk short_header[] = { { "VP8X", BYTES ("\0\0\0\0\7\0\0\7\0") }, { "VP8 ", BYTES ("picture") } };
  const Chunk no_frames[] = { { "VP8X", BYTES ("\2" CANVAS) }, { "ANIM", BYTES (ANIMATION) } };
  const Chunk no_animation[]
      = { { "VP8X", BYTES ("\2" CANVAS) }, { "ANMF", BYTES (FRAME "VP8 \2\0\0\0xy") }, { "ANIM", BYTES (ANIMATION) } };
  Chunk frames[] = { { "VP8X", BYTES ("\2" CANVAS) }, { "ANIM", BYTES (ANIMATION) }, { "ANMF", NULL, 0 } };
  static const Chunk bad_frames[] = {
    { "ANMF", BYTES ("") },
    { "ANMF", BYTES ("short") },
    { "ANMF", BYTES (FRAME) },
    { "ANMF", BYTES (FRAME "VP8 ") },
    { "ANMF", BYTES (FRAME "VP8 \4\0\0\0xy") },
    { "ANMF", BYTES (FRAME "VP8 \xff\xff\xff\xffxy") },
    { "ANMF", BYTES (FRAME "ALPH\2\0\0\0xy") },
  };

  assert_damaged (nothing, 1);
  assert_damaged (unknown_first, 2);
  assert_damaged (short_header, 2);
  assert_damaged (no_frames, 2);
  assert_damaged (no_animation, 3);
  for (guint i = 0; i < G_N_ELEMENTS (bad_frames); i++)
    {
      frames[2] = bad_frames[i];
      assert_damaged (frames, 3);
    }
}

/* What the file says of its own length. */
static void
test_length (void)
{
  static const struct
  {
    guint32 size;
    FrStripResult result;
  } rows[] = {
    { 0, FR_STRIP_DAMAGED }, { 4, FR_STRIP_DAMAGED }, { 11, FR_STRIP_DAMAGED },
    { 19, FR_STRIP_DAMAGED }, { 20, FR_STRIP_DONE }, { 21, FR_STRIP_DAMAGED },
    { G_MAXUINT32, FR_STRIP_DAMAGED }, { G_MAXUINT32 - 7, FR_STRIP_DAMAGED },
  };
  const Chunk picture = { "VP8 ", BYTES ("pictures") };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) webp = webp_new (&picture, 1);
      g_autoptr (GByteArray) copy = NULL;
      FrStripDetails removed;
      const guint32 size = GUINT32_TO_LE (rows[i].size);

      memcpy (webp->data + 4, &size, sizeof size);
      g_assert_cmpint (test_strip (webp, &copy, &removed), ==, rows[i].result);
    }
}

void
test_strip_webp_add (void)
{
  g_test_add_func ("/image/strip-webp/nothing-to-remove", test_nothing_to_remove);
  g_test_add_func ("/image/strip-webp/rich", test_rich);
  g_test_add_func ("/image/strip-webp/simple", test_simple);
  g_test_add_func ("/image/strip-webp/each-removed", test_each_removed);
  g_test_add_func ("/image/strip-webp/flags", test_flags);
  g_test_add_func ("/image/strip-webp/exif", test_exif);
  g_test_add_func ("/image/strip-webp/animation", test_animation);
  g_test_add_func ("/image/strip-webp/moving", test_moving);
  g_test_add_func ("/image/strip-webp/filling", test_filling);
  g_test_add_func ("/image/strip-webp/damaged", test_damaged);
  g_test_add_func ("/image/strip-webp/length", test_length);
}
