/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-hit-private.h"
#include "fr-stacks.h"
#include "fr-steady-list.h"
#include "fr-test-support.h"

#include "tests.h"

/* How pictures enter a wall, and which of them are one: without a wall. */

#define SECOND G_USEC_PER_SEC
#define HALF FR_STEADY_LIST_PATIENCE_US

static FrHit *
make_sized (const char *title, guint width, guint height, guint64 size)
{
  FrHitItem item = { .title = (char *) title, .type = 1, .width = width, .height = height, .size = size };
  static guint n;

  n++;
  memcpy (item.id.bytes, &n, sizeof n);
  return fr_hit_new (&item, 0);
}

static FrHit *
make (const char *title)
{
  return make_sized (title, 640, 480, 1000);
}

static FrImageLikeness
look_like (guint64 bits)
{
  return (FrImageLikeness){ bits, { 128, 128, 128 } };
}

/* The titles on top, and how many are below: "a b3 c". */
static char *
tell (GListModel *stacks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (stacks); i++)
    {
      g_autoptr (FrStack) stack = g_list_model_get_item (stacks, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", fr_hit_get_title (fr_stack_get_top (stack)));
      if (fr_stack_get_n (stack) > 1)
        g_string_append_printf (text, "%u", fr_stack_get_n (stack));
    }
  return g_string_free (text, FALSE);
}

static void
assert_shows (FrSteadyList *list, const char *wanted)
{
  g_autofree char *text = tell (G_LIST_MODEL (list));

  g_assert_cmpstr (text, ==, wanted);
}

typedef struct
{
  guint n;
  guint position, removed, added;
} Splices;

static void
changed_cb (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  Splices *splices = data;

  *splices = (Splices){ splices->n + 1, position, removed, added };
}

/* With its small form, or half a second after its name; always at the end. */
static void
test_enters (void)
{
  g_autoptr (FrSteadyList) list = fr_steady_list_new (NULL, NULL);
  g_autoptr (FrHit) a = make ("a");
  g_autoptr (FrHit) b = make ("b");
  g_autoptr (FrHit) c = make ("c");
  Splices splices = { 0 };

  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &splices);
  g_assert_cmpint (fr_steady_list_get_deadline (list), ==, G_MAXINT64);
  fr_steady_list_put (list, a, SECOND);
  fr_steady_list_put (list, b, SECOND + 1);
  fr_steady_list_put (list, b, SECOND + 2); /* once */
  g_assert_true (fr_steady_list_is_waiting (list, a));
  g_assert_cmpint (fr_steady_list_get_deadline (list), ==, SECOND + HALF);
  fr_steady_list_begin_frame (list, SECOND + HALF - 1);
  g_assert_cmpuint (splices.n, ==, 0);

  fr_steady_list_set_ready (list, b, NULL);
  g_assert_false (fr_steady_list_is_waiting (list, b));
  g_assert_cmpint (fr_steady_list_get_deadline (list), ==, 0);
  fr_steady_list_begin_frame (list, SECOND + HALF - 1);
  assert_shows (list, "b");
  fr_steady_list_begin_frame (list, SECOND + HALF);
  assert_shows (list, "b a");
  g_assert_cmpuint (splices.n, ==, 2);
  g_assert_cmpuint (splices.position, ==, 1);
  g_assert_cmpuint (splices.removed, ==, 0);
  g_assert_cmpuint (splices.added, ==, 1);

  fr_steady_list_set_ready (list, a, NULL); /* later: nothing comes of it */
  fr_steady_list_set_ready (list, c, NULL); /* never put in */
  g_assert_cmpint (fr_steady_list_get_deadline (list), ==, G_MAXINT64);
  fr_steady_list_begin_frame (list, 9 * SECOND);
  assert_shows (list, "b a");
  g_assert_cmpuint (fr_steady_list_get_n_shown (list), ==, 2);
}

/* However many come at once. */
static void
test_a_frame (void)
{
  static const guint lengths[] = { 50, 100, 101, 101 };
  g_autoptr (FrSteadyList) list = fr_steady_list_new (NULL, NULL);
  Splices splices = { 0 };

  g_assert_cmpuint (FR_STEADY_LIST_A_FRAME, ==, 50);
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &splices);
  for (guint i = 0; i < 101; i++)
    {
      g_autoptr (FrHit) hit = make ("a");

      fr_steady_list_put (list, hit, 0);
      fr_steady_list_set_ready (list, hit, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      fr_steady_list_begin_frame (list, 1);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, lengths[i]);
      g_assert_cmpuint (splices.n, ==, MIN (i + 1, 3));
    }
}

/* One's own come first, if they take no longer than half a second. */
static void
test_own_first (void)
{
  g_autoptr (FrSteadyList) list = fr_steady_list_new (NULL, NULL);
  g_autoptr (FrHit) a = make ("a");
  g_autoptr (FrHit) mine = make ("mine");
  g_autoptr (FrHit) late = make ("late");

  fr_hit_set_mine (mine, TRUE);
  fr_hit_set_mine (late, TRUE);
  fr_steady_list_put (list, a, 0);
  fr_steady_list_put (list, mine, 0);
  fr_steady_list_put (list, late, 0);
  fr_steady_list_set_ready (list, a, NULL);
  fr_steady_list_begin_frame (list, 1);
  assert_shows (list, "");
  fr_steady_list_set_ready (list, mine, NULL);
  fr_steady_list_begin_frame (list, 1);
  assert_shows (list, "mine");
  fr_steady_list_begin_frame (list, HALF);
  assert_shows (list, "mine a late");
}

/* What looks like a picture that is there joins it when it enters; the best is on top, and the place stays. */
static void
test_joins (void)
{
  g_autoptr (FrSteadyList) list = fr_steady_list_new (NULL, NULL);
  g_autoptr (FrHit) small = make_sized ("small", 640, 480, 10);
  g_autoptr (FrHit) other = make_sized ("other", 640, 480, 10);
  g_autoptr (FrHit) large = make_sized ("large", 1920, 1440, 10);
  g_autoptr (FrHit) late = make_sized ("late", 4000, 3000, 10);
  FrImageLikeness harbour = look_like (0xf0f0f0f0f0f0f0f0), dune = look_like (0x1234567812345678);
  Splices splices = { 0 };

  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &splices);
  fr_steady_list_put (list, small, 0);
  fr_steady_list_put (list, other, 0);
  fr_steady_list_put (list, late, 0);
  fr_steady_list_set_ready (list, small, &harbour);
  fr_steady_list_set_ready (list, other, &dune);
  fr_steady_list_begin_frame (list, HALF);
  assert_shows (list, "small other late");
  fr_steady_list_set_ready (list, late, &harbour); /* never later */
  fr_steady_list_put (list, large, HALF);
  fr_steady_list_set_ready (list, large, &harbour);
  fr_steady_list_begin_frame (list, HALF);
  assert_shows (list, "large2 other late");
  g_assert_cmpuint (splices.n, ==, 1);
  g_assert_cmpuint (fr_steady_list_get_n_shown (list), ==, 4);
}

static guint
trust_friends (FrHit *hit, gpointer data)
{
  g_assert_cmpstr (data, ==, "data");
  return g_str_has_prefix (fr_hit_get_title (hit), "friend") ? 1 : 0;
}

static void
test_trust (void)
{
  g_autoptr (FrSteadyList) list = fr_steady_list_new (trust_friends, (gpointer) "data");
  const struct
  {
    const char *title;
    guint width;
    guint64 size;
    const char *shown;
  } steps[] = {
    { "a", 640, 10, "a" },           { "b", 640, 11, "b2" },         { "c", 640, 11, "b3" },
    { "friend", 320, 1, "friend4" }, { "d", 6400, 99, "friend5" },   { "friend-2", 640, 1, "friend-26" },
  };
  FrImageLikeness likeness = look_like (77);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (FrHit) hit = make_sized (steps[i].title, steps[i].width, steps[i].width, steps[i].size);

      fr_steady_list_put (list, hit, 0);
      fr_steady_list_set_ready (list, hit, &likeness);
      fr_steady_list_begin_frame (list, 0);
      assert_shows (list, steps[i].shown);
    }
}

/* All that has come is filtered, and all that comes; more may be known of a picture later. */
static void
test_filter (void)
{
  g_autoptr (FrSteadyList) list = fr_steady_list_new (NULL, NULL);
  g_autoptr (FrSearchTerms) tall = fr_search_terms_new (""), ours = fr_search_terms_new ("");
  g_autoptr (FrHit) wide = make_sized ("wide", 640, 480, 1);
  g_autoptr (FrHit) high = make_sized ("high", 480, 640, 1);
  g_autoptr (FrHit) wide_too = make_sized ("wide-too", 640, 480, 1);
  FrHolder anna = { .key = { { 1 } }, .name = (char *) "Anna", .server = (char *) "", .address = (char *) "",
                    .doorbell = (char *) "" };

  tall->shape = FR_SHAPE_TALL;
  ours->scope = FR_SCOPE_PERSON;
  ours->person = anna.key;
  fr_steady_list_put (list, wide, 0);
  fr_steady_list_put (list, high, 0);
  fr_steady_list_begin_frame (list, HALF);
  fr_steady_list_set_filter (list, tall);
  assert_shows (list, "high");
  fr_steady_list_put (list, wide_too, 0);
  fr_steady_list_begin_frame (list, HALF);
  assert_shows (list, "high");
  g_assert_cmpuint (fr_steady_list_get_n_hidden (list), ==, 2);
  g_assert_cmpuint (fr_steady_list_get_n_shown (list), ==, 1);

  fr_steady_list_set_filter (list, ours);
  assert_shows (list, "");
  fr_steady_list_recheck (list, wide); /* nothing is new */
  g_assert_cmpuint (fr_steady_list_get_n_hidden (list), ==, 3);
  fr_hit_add_holder (wide_too, &anna);
  fr_steady_list_recheck (list, wide_too);
  g_assert_cmpint (fr_steady_list_get_deadline (list), ==, 0);
  fr_steady_list_begin_frame (list, HALF);
  assert_shows (list, "wide-too");
  fr_steady_list_set_filter (list, NULL);
  assert_shows (list, "wide high wide-too");
  g_assert_cmpuint (fr_steady_list_get_n_hidden (list), ==, 0);
}

/* What joins what. */
static void
test_stacks (void)
{
  static const struct
  {
    guint64 bits;
    guint width, height;
    gboolean joins;
  } rows[] = {
    { 0, 640, 480, TRUE },
    { 0xf, 640, 480, TRUE },                 /* four bits in one place */
    { 0x8000400000200001, 640, 480, TRUE },  /* or far from each other */
    { 0x8000400000200003, 640, 480, FALSE }, /* five */
    { 0, 641, 480, TRUE },                   /* rounded */
    { 0, 1600, 1200, TRUE },
    { 0, 480, 640, FALSE },                  /* turned */
    { 0, 640, 500, FALSE },                  /* cut */
    { 0, 0, 0, TRUE },                       /* not said */
    { 0, G_MAXUINT, G_MAXUINT / 4 * 3, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrStacks) stacks = fr_stacks_new ();
      g_autoptr (FrHit) first = make ("first");
      g_autoptr (FrHit) hit = make_sized ("second", rows[i].width, rows[i].height, 1);
      FrImageLikeness plain = look_like (0), likeness = look_like (rows[i].bits);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_true (fr_stacks_add (stacks, first, &plain, 0));
      g_assert_cmpint (fr_stacks_add (stacks, hit, &likeness, 0), ==, !rows[i].joins);
      g_assert_cmpuint (fr_stacks_get_n (stacks), ==, rows[i].joins ? 1 : 2);
      g_assert_null (fr_stacks_get (stacks, 2));
    }
}

/* The bands find whatever looking through all of them would find. */
static void
test_finds_all (void)
{
  enum { N = 300 };
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (FrStacks) stacks = fr_stacks_new ();
  guint64 bits[N];

  for (guint i = 0; i < N; i++)
    {
      g_autoptr (FrHit) hit = make ("a");
      FrImageLikeness likeness;
      gboolean is_new;

      bits[i] = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
      likeness = look_like (bits[i]);
      is_new = fr_stacks_add (stacks, hit, &likeness, 0);
      g_assert_true (is_new);
    }
  for (guint i = 0; i < N; i++)
    {
      g_autoptr (FrHit) hit = make ("b");
      FrImageLikeness likeness = look_like (bits[i]);

      for (guint n = 0; n < FR_IMAGE_LIKENESS_MAX_BITS; n++)
        likeness.bits ^= G_GUINT64_CONSTANT (1) << g_rand_int_range (rand, 0, 64);
      g_assert_false (fr_stacks_add (stacks, hit, &likeness, 0));
      g_assert_cmpuint (fr_stack_get_n (fr_stacks_get (stacks, i)), ==, 2);
    }
}

void
test_steady_list_add (void)
{
  g_test_add_func ("/ui/steady-list/enters", test_enters);
  g_test_add_func ("/ui/steady-list/a-frame", test_a_frame);
  g_test_add_func ("/ui/steady-list/own-first", test_own_first);
  g_test_add_func ("/ui/steady-list/joins", test_joins);
  g_test_add_func ("/ui/steady-list/trust", test_trust);
  g_test_add_func ("/ui/steady-list/filter", test_filter);
  g_test_add_func ("/ui/steady-list/stacks", test_stacks);
  g_test_add_func ("/ui/steady-list/finds-all", test_finds_all);
}
