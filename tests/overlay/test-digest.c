/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-digest.h"
#include "fr-test-support.h"

#include "tests.h"

static FrDigest *
random_digest (GRand *rand, guint n)
{
  g_autofree guint32 *hashes = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    hashes[i] = g_rand_int (rand);
  return fr_digest_new (hashes, n);
}

/* As many as there are bits set, on different places. */
static FrDigest *
filled (guint n)
{
  g_autofree guint32 *hashes = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    hashes[i] = i;
  return fr_digest_new (hashes, n);
}

static Freshet__Frame *
packed (const FrDigest *digest, const FrDigest *before)
{
  g_autoptr (GBytes) bytes = fr_digest_pack (digest, 1, before);
  Freshet__Frame *frame = NULL;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
  g_assert_cmpint (frame->body_case, ==, FRESHET__FRAME__BODY_DIGEST);
  g_assert_cmpuint (frame->digest->depth, ==, 1);
  return frame;
}

static void
test_sizes (void)
{
  static const struct
  {
    guint n, log2;
    gboolean everything;
  } rows[] = {
    { 0, 6, FALSE },      { 4, 6, FALSE },      { 5, 7, FALSE },      { 8, 7, FALSE },       { 9, 8, FALSE },
    { 4096, 16, FALSE },  { 4097, 17, FALSE },  { 8192, 17, FALSE },  { 8193, 17, FALSE },
    { 65536, 17, FALSE }, /* half full */
    { 65537, 17, TRUE },  { 200000, 17, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrDigest) digest = filled (rows[i].n);

      g_test_message ("%u", rows[i].n);
      g_assert_cmpuint (fr_digest_get_log2 (digest), ==, rows[i].log2);
      g_assert_cmpuint (fr_digest_get_n_set (digest), ==, MIN (rows[i].n, 1u << 17));
      g_assert_true (fr_digest_is_everything (digest) == rows[i].everything);
    }
  fr_digest_unref (NULL);
}

static FrDigestPattern *
pattern_of (guint letters)
{
  char words[] = { (char) ('a' + letters % 26), (char) ('a' + letters / 26 % 26), (char) ('a' + letters / 676), 0 };

  return fr_digest_pattern_new (words);
}

/* What was put in is found, in the digest and in any union with others, of whatever sizes. */
static void
test_unions (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint round = 0; round < 200; round++)
    {
      FrDigest *parts[4];
      g_autoptr (FrDigest) all = NULL;
      guint largest = 0;

      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          parts[i] = random_digest (rand, (guint) g_rand_int_range (rand, 0, 1 << g_rand_int_range (rand, 1, 12)));
          largest = MAX (largest, fr_digest_get_log2 (parts[i]));
        }
      all = fr_digest_new_union (parts, G_N_ELEMENTS (parts));
      g_assert_cmpuint (fr_digest_get_log2 (all), ==, largest);
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          g_assert_true (fr_digest_covers (all, parts[i]));
          for (guint k = 0; k < 50; k++)
            {
              g_autoptr (FrDigestPattern) pattern = pattern_of ((guint) g_rand_int_range (rand, 0, 26 * 676));

              if (fr_digest_may_match (parts[i], pattern))
                g_assert_true (fr_digest_may_match (all, pattern));
            }
        }
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        fr_digest_unref (parts[i]);
    }
}

static void
test_everything (void)
{
  g_autoptr (FrDigest) all = fr_digest_new_everything (), full = filled (65537), some = filled (3), none = filled (0);
  g_autoptr (FrDigest) with = fr_digest_new_union ((FrDigest *[]){ some, all }, 2);
  g_autoptr (FrDigestPattern) pattern = fr_digest_pattern_new ("harbour");
  g_autoptr (Freshet__Frame) frame = packed (full, some);
  g_autoptr (FrDigest) read = fr_digest_unpack (frame->digest, some);

  g_assert_true (fr_digest_is_everything (with));
  g_assert_true (fr_digest_equal (all, full));
  g_assert_true (fr_digest_covers (full, some));
  g_assert_false (fr_digest_covers (some, full));
  g_assert_true (fr_digest_may_match (full, pattern));
  g_assert_false (fr_digest_may_match (none, pattern));
  g_assert_true (frame->digest->everything);
  g_assert_true (fr_digest_is_everything (read));
}

/* What is told arrives, by the shorter way; what is new alone is enough for who knows the rest. */
static void
test_pack (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  guint n_bits = 0, n_gaps = 0;

  for (guint round = 0; round < 400; round++)
    {
      guint n = (guint) g_rand_int_range (rand, 0, 1 << g_rand_int_range (rand, 1, 17));
      g_autoptr (FrDigest) first = random_digest (rand, n), more = NULL, second = NULL, got = NULL, got_more = NULL;
      g_autoptr (Freshet__Frame) frame = packed (first, NULL), next = NULL;

      g_assert_false (frame->digest->more);
      got = fr_digest_unpack (frame->digest, NULL);
      g_assert_true (fr_digest_equal (got, first));
      if (fr_digest_is_everything (first))
        continue;
      n_bits += frame->digest->bits.len > 0;
      n_gaps += frame->digest->gaps.len > 0;
      g_assert_cmpuint (frame->digest->gaps.len, <, (1u << fr_digest_get_log2 (first)) / 8);

      more = random_digest (rand, n / 4);
      second = fr_digest_new_union ((FrDigest *[]){ first, more }, 2);
      if (fr_digest_is_everything (second))
        continue;
      next = packed (second, first);
      g_assert_true (next->digest->more);
      got_more = fr_digest_unpack (next->digest, got);
      g_assert_true (fr_digest_equal (got_more, second));
      g_assert_null (fr_digest_unpack (next->digest, NULL)); /* adds to nothing */
    }
  g_assert_cmpuint (n_bits, >, 0);
  g_assert_cmpuint (n_gaps, >, 0);
}

/* Who knows something else, or has another size, is told all of it. */
static void
test_pack_whole (void)
{
  g_autoptr (FrDigest) two = filled (2), three = filled (3), nine = filled (9);
  g_autoptr (Freshet__Frame) less = packed (two, three), larger = packed (nine, three), more = packed (three, two);

  g_assert_false (less->digest->more);
  g_assert_false (larger->digest->more);
  g_assert_true (more->digest->more);
  g_assert_cmpmem (more->digest->gaps.data, more->digest->gaps.len, "\x03", 1);
}

static void
test_faults (void)
{
  static const struct
  {
    guint log2;
    const char *gaps;
    gsize size;
    guint n_set; /* 0: a fault */
  } rows[] = {
    { 6, "\x01", 1, 1 },
    { 6, "\x40", 1, 1 },             /* the last bit */
    { 6, "\x41", 1, 0 },             /* one past it */
    { 6, "\x3f\x01", 2, 2 },
    { 6, "\x3f\x02", 2, 0 },
    { 6, "\x01\x00", 2, 0 },         /* the same bit again */
    { 6, "\x00", 1, 0 },
    { 8, "\x80\x02", 2, 1 },         /* 256 */
    { 8, "\x81\x02", 2, 0 },
    { 8, "\x80", 1, 0 },             /* breaks off */
    { 8, "\x01\x80", 2, 0 },
    { 8, "\x81\x00", 2, 0 },         /* longer than need be */
    { 17, "\x80\x80\x08", 3, 1 },    /* 2^17 */
    { 17, "\x81\x80\x08", 3, 0 },
    { 17, "\x81\x80\x80\x00", 4, 0 },
    { 17, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10, 0 },
    { 5, "\x01", 1, 0 },
    { 18, "\x01", 1, 0 },
    { 0, "\x01", 1, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Freshet__Digest message = FRESHET__DIGEST__INIT;
      g_autofree guint8 *exact = g_memdup2 (rows[i].gaps, rows[i].size);
      g_autoptr (FrDigest) digest = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      message.log2_bits = rows[i].log2;
      message.gaps = (ProtobufCBinaryData){ rows[i].size, exact };
      digest = fr_digest_unpack (&message, NULL);
      g_assert_cmpuint (digest != NULL ? fr_digest_get_n_set (digest) : 0, ==, rows[i].n_set);
    }
}

static void
test_more_faults (void)
{
  g_autoptr (FrDigest) six = filled (2), everything = fr_digest_new_everything (), sum = NULL;
  guint8 bits[16] = { 0xf0 };
  Freshet__Digest message = FRESHET__DIGEST__INIT;

  message.log2_bits = 7;
  message.bits = (ProtobufCBinaryData){ 15, bits };
  g_assert_null (fr_digest_unpack (&message, NULL));
  message.bits.len = 16;
  message.more = TRUE;
  g_assert_null (fr_digest_unpack (&message, NULL));
  g_assert_null (fr_digest_unpack (&message, six));
  g_assert_null (fr_digest_unpack (&message, everything));
  message.log2_bits = 6;
  message.bits.len = 8;
  sum = fr_digest_unpack (&message, six);
  g_assert_cmpuint (fr_digest_get_n_set (sum), ==, 6); /* the lowest two, and the four of a byte's upper half */
}

/* Any bytes are a set of that size or a fault. */
static void
test_noise (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint i = 0; i < 20000; i++)
    {
      Freshet__Digest message = FRESHET__DIGEST__INIT;
      gsize size = (gsize) g_rand_int_range (rand, 0, 40);
      g_autofree guint8 *exact = g_malloc (MAX (size, 1));
      g_autoptr (FrDigest) digest = NULL;

      for (gsize k = 0; k < size; k++)
        exact[k] = (guint8) (g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 4) : g_rand_int_range (rand, 0, 256));
      message.log2_bits = (guint32) g_rand_int_range (rand, FR_DIGEST_MIN_LOG2, FR_DIGEST_MAX_LOG2 + 1);
      message.gaps = (ProtobufCBinaryData){ size, exact };
      digest = fr_digest_unpack (&message, NULL);
      if (digest != NULL)
        g_assert_cmpuint (fr_digest_get_n_set (digest), <=, size);
    }
}

void
test_digest_add (void)
{
  g_test_add_func ("/overlay/digest/sizes", test_sizes);
  g_test_add_func ("/overlay/digest/unions", test_unions);
  g_test_add_func ("/overlay/digest/everything", test_everything);
  g_test_add_func ("/overlay/digest/pack", test_pack);
  g_test_add_func ("/overlay/digest/pack-whole", test_pack_whole);
  g_test_add_func ("/overlay/digest/faults", test_faults);
  g_test_add_func ("/overlay/digest/more-faults", test_more_faults);
  g_test_add_func ("/overlay/digest/noise", test_noise);
}
