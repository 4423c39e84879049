/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-digest-exchange.h"
#include "fr-text-fold.h"

#include "tests.h"

#define SECOND G_USEC_PER_SEC

static FrNgramSet *
content_of (const char *text)
{
  FrNgramSet *set = fr_ngram_set_new ();

  fr_ngram_set_add_text (set, text);
  return set;
}

/* A text of that many different n-grams at least, words of three letters. */
static char *
many_words (guint first, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = first; i < first + n; i++)
    g_string_append_printf (text, "%c%c%c ", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676 % 26);
  return g_string_free (text, FALSE);
}

static FrDigest *
digest_of (const char *text)
{
  g_autoptr (FrNgramSet) set = content_of (text);
  guint n;
  const guint32 *hashes = fr_ngram_set_get_hashes (set, &n);

  return fr_digest_new (hashes, n);
}

static Freshet__Frame *
parse (GBytes *bytes)
{
  Freshet__Frame *frame = NULL;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
  return frame;
}

/* What a neighbour says that has `text`, or everything. */
static gboolean
hear (FrDigestExchange *exchange, FrLinkId link, guint depth, const char *text, gint64 now_us)
{
  g_autoptr (FrDigest) digest = text != NULL ? digest_of (text) : fr_digest_new_everything ();
  g_autoptr (GBytes) bytes = fr_digest_pack (digest, depth, NULL);
  g_autoptr (Freshet__Frame) frame = parse (bytes);

  return fr_digest_exchange_receive (exchange, link, frame->digest, now_us);
}

/* The frame that comes next is a digest for that link; %NULL for link 0: there is none. */
static Freshet__Frame *
next (FrDigestExchange *exchange, FrLinkId link)
{
  g_autoptr (GBytes) bytes = NULL;
  FrLinkId to = 0;

  g_assert_true (fr_digest_exchange_next_frame (exchange, &to, &bytes) == (link != 0));
  g_assert_cmpuint (to, ==, link);
  return bytes != NULL ? parse (bytes) : NULL;
}

static void
assert_next (FrDigestExchange *exchange, FrLinkId link, guint depth, gboolean more, const char *text)
{
  g_autoptr (Freshet__Frame) frame = next (exchange, link);
  g_autoptr (FrDigest) expected = text != NULL ? digest_of (text) : NULL, digest = NULL;

  g_assert_cmpuint (frame->digest->depth, ==, depth);
  g_assert_true (frame->digest->more == more);
  g_assert_true (frame->digest->everything == (text == NULL));
  if (more || text == NULL)
    return;
  digest = fr_digest_unpack (frame->digest, NULL);
  g_assert_true (fr_digest_equal (digest, expected));
}

static void
assert_quiet (FrDigestExchange *exchange)
{
  g_assert_null (next (exchange, 0));
}

static void
drop_frames (FrDigestExchange *exchange)
{
  FrLinkId link;

  for (GBytes *bytes; fr_digest_exchange_next_frame (exchange, &link, &bytes);)
    g_bytes_unref (bytes);
}

/* All that is due until then. */
static void
run_to (FrDigestExchange *exchange, gint64 until_us)
{
  while (fr_digest_exchange_next_deadline (exchange) <= until_us)
    fr_digest_exchange_tick (exchange, fr_digest_exchange_next_deadline (exchange));
}

static gboolean
may_match (FrDigestExchange *exchange, FrLinkId link, guint ttl, const char *words)
{
  g_autoptr (FrDigestPattern) pattern = fr_digest_pattern_new (words);

  return fr_digest_exchange_may_match (exchange, link, ttl, pattern);
}

static void
test_told_on_link_up (void)
{
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();

  g_assert_cmpint (fr_digest_exchange_next_deadline (exchange), ==, G_MAXINT64);
  fr_digest_exchange_link_up (exchange, 1, 0);
  assert_next (exchange, 1, 0, FALSE, ""); /* that nothing is here, and nothing behind us, is worth knowing */
  assert_next (exchange, 1, 1, FALSE, "");
  assert_quiet (exchange);

  hear (exchange, 1, 0, "harbour", 0);
  fr_digest_exchange_set_content (exchange, content_of ("boat"), 0);
  run_to (exchange, SECOND);
  assert_next (exchange, 1, 0, TRUE, "boat");
  fr_digest_exchange_link_up (exchange, 2, SECOND);
  assert_next (exchange, 2, 0, FALSE, "boat");
  assert_next (exchange, 2, 1, FALSE, "harbour");
  assert_quiet (exchange);
  fr_digest_exchange_free (NULL);
}

static void
test_may_match (void)
{
  static const struct
  {
    guint ttl;
    const char *words;
    gboolean match;
  } rows[] = {
    { 1, "harbour", TRUE },  { 1, "boat", FALSE }, { 2, "harbour", TRUE }, { 2, "boat", TRUE },
    { 2, "night", FALSE },   { 3, "night", TRUE }, { 7, "night", TRUE },   { 1, "harbour boat", FALSE },
    { 2, "boat -x", TRUE },  { 1, "bo", TRUE }, /* too short to be judged */
    { 2, "harbour boat", FALSE },
  };
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();

  fr_digest_exchange_link_up (exchange, 1, 0);
  g_assert_true (may_match (exchange, 1, 1, "night")); /* nothing told yet */
  hear (exchange, 1, 0, "harbour", 0);
  g_assert_false (may_match (exchange, 1, 1, "night"));
  g_assert_true (may_match (exchange, 1, 2, "night"));
  hear (exchange, 1, 1, "boat", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (may_match (exchange, 1, rows[i].ttl, rows[i].words) == rows[i].match);
  g_assert_true (may_match (exchange, 9, 1, "night")); /* no such link */
  hear (exchange, 1, 0, NULL, 0);
  g_assert_true (may_match (exchange, 1, 1, "night"));
}

/* Additions within a moment go out together, and only what is new. */
static void
test_gathers (void)
{
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();

  fr_digest_exchange_set_content (exchange, content_of ("harbour night"), 0);
  fr_digest_exchange_link_up (exchange, 1, 0);
  hear (exchange, 1, 0, "", 0);
  run_to (exchange, SECOND);
  drop_frames (exchange);
  g_assert_cmpint (fr_digest_exchange_next_deadline (exchange), ==, G_MAXINT64);

  fr_digest_exchange_add_content (exchange, "sea", SECOND);
  fr_digest_exchange_add_content (exchange, "sky", SECOND + FR_DIGEST_GATHER_US - 1);
  g_assert_cmpint (fr_digest_exchange_next_deadline (exchange), ==, SECOND + FR_DIGEST_GATHER_US);
  fr_digest_exchange_tick (exchange, SECOND + FR_DIGEST_GATHER_US - 1);
  assert_quiet (exchange);
  fr_digest_exchange_tick (exchange, SECOND + FR_DIGEST_GATHER_US);
  assert_next (exchange, 1, 0, TRUE, "");
  assert_quiet (exchange);

  fr_digest_exchange_add_content (exchange, "harbour sea", 2 * SECOND); /* nothing new in it */
  run_to (exchange, 100 * SECOND);
  assert_quiet (exchange);
}

static void
test_grows (void)
{
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();
  g_autofree char *words = many_words (0, 300);

  fr_digest_exchange_set_content (exchange, content_of ("sea"), 0);
  fr_digest_exchange_link_up (exchange, 1, 0);
  drop_frames (exchange);
  fr_digest_exchange_set_content (exchange, content_of (words), 0);
  run_to (exchange, SECOND);
  assert_next (exchange, 1, 0, FALSE, words); /* too many for the size that it had */
  assert_quiet (exchange);
}

/* What is gone stays in until the minute is over, whatever comes in the meantime. */
static void
test_thins (void)
{
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();

  fr_digest_exchange_set_content (exchange, content_of ("harbour sea"), 0);
  fr_digest_exchange_link_up (exchange, 1, 0);
  hear (exchange, 1, 0, "", 0);
  run_to (exchange, SECOND);
  drop_frames (exchange);

  fr_digest_exchange_set_content (exchange, content_of ("harbour"), SECOND);
  fr_digest_exchange_add_content (exchange, "sky", 2 * SECOND);
  run_to (exchange, SECOND + FR_DIGEST_THIN_INTERVAL_US - 1);
  assert_next (exchange, 1, 0, TRUE, "");
  assert_quiet (exchange);
  g_assert_cmpint (fr_digest_exchange_next_deadline (exchange), ==, SECOND + FR_DIGEST_THIN_INTERVAL_US);
  run_to (exchange, SECOND + FR_DIGEST_THIN_INTERVAL_US);
  assert_next (exchange, 1, 0, FALSE, "harbour sky");
  assert_quiet (exchange);
  g_assert_cmpint (fr_digest_exchange_next_deadline (exchange), ==, G_MAXINT64);

  fr_digest_exchange_set_content (exchange, NULL, 200 * SECOND);
  fr_digest_exchange_set_content (exchange, content_of ("harbour sky"), 201 * SECOND); /* gone and there again */
  run_to (exchange, 300 * SECOND);
  assert_quiet (exchange);
}

/* Each neighbour is told what the others have, and never what it has itself. */
static void
test_depth_1 (void)
{
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();

  for (FrLinkId link = 1; link <= 3; link++)
    fr_digest_exchange_link_up (exchange, link, 0);
  drop_frames (exchange);
  hear (exchange, 1, 0, "abc", 0);
  hear (exchange, 2, 0, "def", 0);
  hear (exchange, 3, 0, "ghi", 0);
  hear (exchange, 3, 1, "xyz", 0); /* goes no further */
  run_to (exchange, SECOND);
  assert_next (exchange, 1, 1, TRUE, "def ghi");
  assert_next (exchange, 2, 1, TRUE, "abc ghi");
  assert_next (exchange, 3, 1, TRUE, "abc def");
  assert_quiet (exchange);

  fr_digest_exchange_link_down (exchange, 2, SECOND);
  run_to (exchange, SECOND + FR_DIGEST_THIN_INTERVAL_US - 1);
  assert_quiet (exchange);
  run_to (exchange, SECOND + FR_DIGEST_THIN_INTERVAL_US);
  assert_next (exchange, 1, 1, FALSE, "ghi");
  assert_next (exchange, 3, 1, FALSE, "abc");
  assert_quiet (exchange);

  hear (exchange, 1, 0, "", 100 * SECOND); /* a smaller one of its own */
  run_to (exchange, 100 * SECOND + FR_DIGEST_THIN_INTERVAL_US - 1);
  assert_quiet (exchange);
  run_to (exchange, 100 * SECOND + FR_DIGEST_THIN_INTERVAL_US);
  assert_next (exchange, 3, 1, FALSE, "");
  assert_quiet (exchange);
}

/* Who tells nothing may have everything, after a moment in which it may tell. */
static void
test_late (void)
{
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();

  fr_digest_exchange_link_up (exchange, 1, 0);
  hear (exchange, 1, 0, "abc", 0);
  run_to (exchange, SECOND);
  drop_frames (exchange);
  fr_digest_exchange_link_up (exchange, 2, SECOND);
  drop_frames (exchange);
  run_to (exchange, SECOND + FR_DIGEST_FIRST_US - 1);
  assert_quiet (exchange);
  run_to (exchange, SECOND + FR_DIGEST_FIRST_US);
  assert_next (exchange, 1, 1, FALSE, NULL);
  assert_quiet (exchange);
  fr_digest_exchange_link_up (exchange, 3, 2 * SECOND);
  assert_next (exchange, 3, 0, FALSE, "");
  assert_quiet (exchange); /* everything: as if it had been told nothing */

  hear (exchange, 3, 0, "", 2 * SECOND);
  hear (exchange, 2, 0, "def", 2 * SECOND); /* at last */
  run_to (exchange, 3 * SECOND);
  assert_next (exchange, 1, 1, FALSE, "def");
  assert_next (exchange, 3, 1, FALSE, "abc def");
  assert_quiet (exchange);
  g_assert_cmpint (fr_digest_exchange_next_deadline (exchange), ==, G_MAXINT64);
}

static void
test_everything (void)
{
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();
  g_autoptr (FrNgramSet) huge = fr_ngram_set_new ();

  for (guint i = 0; i < 120000; i++)
    {
      char text[16];

      g_snprintf (text, sizeof text, "%06x", i * 2654435u & 0xffffff);
      fr_ngram_set_add_text (huge, text);
    }
  fr_digest_exchange_set_content (exchange, g_steal_pointer (&huge), 0);
  fr_digest_exchange_link_up (exchange, 1, 0);
  assert_next (exchange, 1, 1, FALSE, ""); /* of depth 0 nothing, which is the same */
  fr_digest_exchange_link_up (exchange, 2, 0);
  drop_frames (exchange);
  hear (exchange, 1, 0, NULL, 0);
  hear (exchange, 2, 0, "abc", 0);
  run_to (exchange, SECOND);
  assert_next (exchange, 1, 1, TRUE, "");
  assert_next (exchange, 2, 1, FALSE, NULL);
  assert_quiet (exchange);

  fr_digest_exchange_set_content (exchange, content_of ("sea"), SECOND);
  hear (exchange, 1, 0, "def", SECOND);
  run_to (exchange, 2 * SECOND);
  assert_quiet (exchange);
  run_to (exchange, 61 * SECOND);
  assert_next (exchange, 1, 0, FALSE, "sea");
  assert_next (exchange, 2, 0, FALSE, "sea");
  assert_next (exchange, 2, 1, FALSE, "def");
  assert_quiet (exchange);
}

static void
test_faults (void)
{
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();
  Freshet__Digest message = FRESHET__DIGEST__INIT;

  fr_digest_exchange_link_up (exchange, 1, 0);
  message.log2_bits = 6;
  message.more = TRUE;
  g_assert_true (fr_digest_exchange_receive (exchange, 7, &message, 0)); /* a link that is gone */
  g_assert_false (fr_digest_exchange_receive (exchange, 1, &message, 0));
  hear (exchange, 1, 0, "abc", 0);
  g_assert_true (fr_digest_exchange_receive (exchange, 1, &message, 0));
  message.depth = 1; /* where nothing was told before */
  g_assert_false (fr_digest_exchange_receive (exchange, 1, &message, 0));
  message.depth = FR_DIGEST_MAX_DEPTH + 1;
  message.more = FALSE;
  g_assert_false (fr_digest_exchange_receive (exchange, 1, &message, 0));
  message.depth = 0;
  message.gaps = (ProtobufCBinaryData){ 1, (guint8 *) "\x41" };
  g_assert_false (fr_digest_exchange_receive (exchange, 1, &message, 0));
  g_assert_true (may_match (exchange, 1, 1, "abc")); /* what it told before stays */
  g_assert_false (may_match (exchange, 1, 1, "night"));
}

/* A neighbour that turns its digest over all the time makes us tell the others little. */
static void
test_restless_neighbour (void)
{
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();
  gsize n_bytes = 0;
  FrLinkId link;

  fr_digest_exchange_link_up (exchange, 1, 0);
  fr_digest_exchange_link_up (exchange, 2, 0);
  hear (exchange, 2, 0, "", 0);
  for (guint i = 0; i < 290; i++)
    {
      g_autofree char *words = many_words (i * 50, i % 3 == 0 ? 6000 : 5);

      hear (exchange, 1, 0, words, i * SECOND / 5);
      run_to (exchange, i * SECOND / 5);
    }
  run_to (exchange, 59 * SECOND);
  for (GBytes *bytes; fr_digest_exchange_next_frame (exchange, &link, &bytes); g_bytes_unref (bytes))
    n_bytes += link == 2 ? g_bytes_get_size (bytes) : 0;
  g_test_message ("%" G_GSIZE_FORMAT " bytes", n_bytes);
  g_assert_cmpuint (n_bytes, <, (3 << FR_DIGEST_MAX_LOG2) / 2);
}

/* What waits for a link that goes, goes with it. */
static void
test_link_down (void)
{
  g_autoptr (FrDigestExchange) exchange = fr_digest_exchange_new ();

  fr_digest_exchange_link_up (exchange, 1, 0);
  fr_digest_exchange_link_up (exchange, 2, 0);
  fr_digest_exchange_link_down (exchange, 1, 0);
  fr_digest_exchange_link_down (exchange, 1, 0);
  assert_next (exchange, 2, 0, FALSE, "");
  assert_next (exchange, 2, 1, FALSE, "");
  assert_quiet (exchange);
  fr_digest_exchange_link_down (exchange, 2, 0);
  g_assert_cmpint (fr_digest_exchange_next_deadline (exchange), ==, G_MAXINT64);
  fr_digest_exchange_add_content (exchange, "harbour", 0); /* nobody to tell */
  g_assert_cmpint (fr_digest_exchange_next_deadline (exchange), ==, G_MAXINT64);
  fr_digest_exchange_link_up (exchange, 3, 0);
  assert_next (exchange, 3, 0, FALSE, "harbour");
}

void
test_digest_exchange_add (void)
{
  g_test_add_func ("/overlay/digest-exchange/told-on-link-up", test_told_on_link_up);
  g_test_add_func ("/overlay/digest-exchange/may-match", test_may_match);
  g_test_add_func ("/overlay/digest-exchange/gathers", test_gathers);
  g_test_add_func ("/overlay/digest-exchange/grows", test_grows);
  g_test_add_func ("/overlay/digest-exchange/thins", test_thins);
  g_test_add_func ("/overlay/digest-exchange/depth-1", test_depth_1);
  g_test_add_func ("/overlay/digest-exchange/late", test_late);
  g_test_add_func ("/overlay/digest-exchange/everything", test_everything);
  g_test_add_func ("/overlay/digest-exchange/faults", test_faults);
  g_test_add_func ("/overlay/digest-exchange/restless-neighbour", test_restless_neighbour);
  g_test_add_func ("/overlay/digest-exchange/link-down", test_link_down);
}
