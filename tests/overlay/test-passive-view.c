/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-passive-view.h"

#include "fr-test-support.h"
#include "membership-fixture.h"
#include "overlay-fixture.h"
#include "tests.h"

static FrPassiveEntry *
add (FrPassiveView *view, guint peer, guint64 sequence, guint source, FrOverlayRandom *random)
{
  g_auto (FrKnownRecord) record = member_known (peer, sequence);
  FrPeerKey key = fixture_key (source);

  return fr_passive_view_add (view, &record, source != 0 ? &key : NULL, random);
}

static guint
count_of_source (FrPassiveView *view, guint source)
{
  FrPeerKey key = fixture_key (source);
  guint n = 0;

  for (guint i = 0; i < fr_passive_view_get_size (view); i++)
    n += fr_peer_key_equal (&fr_passive_view_get (view, i)->source, &key);
  return n;
}

/* At the limit and one past it. */
static void
test_bound (void)
{
  FrOverlayRandom random = { 1 };

  for (guint most = 0; most <= FR_PASSIVE_VIEW_MOST; most++)
    {
      g_autoptr (FrPassiveView) view = fr_passive_view_new (most);

      for (guint peer = 1; peer <= most + 1; peer++)
        {
          FrPassiveEntry *entry = add (view, peer, 1, 0, &random);

          g_assert_true ((entry != NULL) == (most > 0));
          g_assert_cmpuint (fr_passive_view_get_size (view), ==, MIN (peer, most));
        }
    }
  fr_passive_view_free (NULL);
}

static void
test_newer_replaces_older (void)
{
  static const struct
  {
    guint64 sequence;
    guint64 kept;
    guint n_failed; /* a newer record gives another chance */
  } rows[] = { { 4, 5, 2 }, { 5, 5, 2 }, { 6, 6, 0 }, { G_MAXUINT64, G_MAXUINT64, 0 } };
  FrOverlayRandom random = { 1 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrPassiveView) view = fr_passive_view_new (10);
      FrPassiveEntry *entry = add (view, 1, 5, 7, &random);
      FrPeerKey source = fixture_key (7);

      entry->n_failed = 2;
      entry->not_before_us = 99;
      entry = add (view, 1, rows[i].sequence, 8, &random);
      g_assert_cmpuint (entry->record.sequence, ==, rows[i].kept);
      g_assert_cmpuint (entry->n_failed, ==, rows[i].n_failed);
      g_assert_cmpint (entry->not_before_us, ==, rows[i].n_failed > 0 ? 99 : 0);
      g_assert_true (fr_peer_key_equal (&entry->source, &source));
      g_assert_cmpuint (fr_passive_view_get_size (view), ==, 1);
    }
}

static void
test_remove (void)
{
  FrOverlayRandom random = { 1 };
  g_autoptr (FrPassiveView) view = fr_passive_view_new (10);

  for (guint peer = 1; peer <= 10; peer++)
    add (view, peer, 1, 0, &random);
  for (guint peer = 1; peer <= 10; peer++)
    {
      FrPeerKey key = fixture_key (peer);

      g_assert_nonnull (fr_passive_view_lookup (view, &key));
      g_assert_true (fr_passive_view_remove (view, &key));
      g_assert_null (fr_passive_view_lookup (view, &key));
      g_assert_false (fr_passive_view_remove (view, &key));
      g_assert_cmpuint (fr_passive_view_get_size (view), ==, 10 - peer);
    }
  g_assert_nonnull (add (view, 1, 1, 0, &random));
}

/* One source at its share and one past it; a view too small for shares leaves each one place. */
static void
test_share (void)
{
  static const struct
  {
    guint most;
    guint share;
  } rows[] = { { 1, 1 }, { 3, 1 }, { 4, 1 }, { 7, 1 }, { 8, 2 }, { FR_PASSIVE_VIEW_MOST, 7 } };
  FrOverlayRandom random = { 1 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrPassiveView) view = fr_passive_view_new (rows[i].most);

      for (guint n = 1; n <= rows[i].share + 1; n++)
        {
          add (view, n, 1, 500, &random);
          g_assert_cmpuint (count_of_source (view, 500), ==, MIN (n, rows[i].share));
        }
      g_assert_cmpuint (fr_passive_view_get_size (view), ==, rows[i].share);
    }
}

/* A neighbour that tells of a thousand peers of its own drives out no more than its share of the others. */
static void
test_surrounded (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrOverlayRandom random = { g_rand_int (rand) };
  g_autoptr (FrPassiveView) view = fr_passive_view_new (FR_PASSIVE_VIEW_MOST);
  guint share = FR_PASSIVE_VIEW_MOST / FR_PASSIVE_VIEW_SOURCE_SHARE, n_honest = 0;

  for (guint peer = 1; peer <= FR_PASSIVE_VIEW_MOST; peer++)
    add (view, peer, 1, peer % 10 + 100, &random);
  for (guint peer = 0; peer < 1000; peer++)
    {
      add (view, 1000 + peer, 1, 500, &random);
      g_assert_cmpuint (count_of_source (view, 500), <=, share);
    }
  for (guint i = 0; i < fr_passive_view_get_size (view); i++)
    n_honest += member_number (&fr_passive_view_get (view, i)->record.key) < 1000;
  g_assert_cmpuint (n_honest, >=, FR_PASSIVE_VIEW_MOST - share);
}

/* Each of the older ones is as likely to go when one more comes. */
static void
test_random_goes (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrOverlayRandom random = { g_rand_int (rand) };
  guint gone[5] = { 0 };

  for (guint round = 0; round < 5000; round++)
    {
      g_autoptr (FrPassiveView) view = fr_passive_view_new (4);

      for (guint peer = 1; peer <= 5; peer++)
        add (view, peer, 1, 0, &random);
      for (guint peer = 1; peer <= 4; peer++)
        {
          FrPeerKey key = fixture_key (peer);

          gone[peer] += fr_passive_view_lookup (view, &key) == NULL;
        }
    }
  for (guint peer = 1; peer <= 4; peer++)
    g_assert_cmpuint (ABS ((int) gone[peer] - 1250), <, 250);
}

static void
test_damaged_records (void)
{
  g_autoptr (GBytes) packed = member_record (1, 1, TRUE);
  gsize size = g_bytes_get_size (packed);
  FrKnownRecord record;

  for (gsize length = 0; length < size; length++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (packed, 0, length);
      g_auto (FrKnownRecord) cut = { .packed = NULL };

      if (fr_known_record_unpack (&cut, part)) /* protobuf takes a message that ends between two fields */
        g_assert_cmpuint (member_number (&cut.key), ==, 1);
    }
  {
    g_autofree guint8 *zeroes = g_malloc0 (FR_RECORD_MAX_SIZE + 1);
    g_autoptr (GBytes) too_long = g_bytes_new (zeroes, FR_RECORD_MAX_SIZE + 1);

    g_assert_false (fr_known_record_unpack (&record, too_long));
  }
}

static void
test_random_numbers (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrOverlayRandom random, published;
  guint n[7] = { 0 };

  fr_overlay_random_init (&published, 1234567); /* the first of the reference implementation for this seed */
  g_assert_cmpuint (fr_overlay_random_next (&published), ==, G_GUINT64_CONSTANT (6457827717110365317));
  fr_overlay_random_init (&random, g_rand_int (rand));
  for (guint i = 0; i < 70000; i++)
    {
      guint number = fr_overlay_random_below (&random, 7);
      gint64 jittered_us = fr_overlay_random_jitter (&random, 1000);

      g_assert_cmpuint (number, <, 7);
      n[number]++;
      g_assert_cmpint (jittered_us, >=, 750);
      g_assert_cmpint (jittered_us, <=, 1250);
    }
  for (guint i = 0; i < 7; i++)
    g_assert_cmpuint (ABS ((int) n[i] - 10000), <, 700);
  g_assert_cmpuint (fr_overlay_random_below (&random, 1), ==, 0);
}

void
test_passive_view_add (void)
{
  g_test_add_func ("/overlay/passive-view/bound", test_bound);
  g_test_add_func ("/overlay/passive-view/newer-replaces-older", test_newer_replaces_older);
  g_test_add_func ("/overlay/passive-view/remove", test_remove);
  g_test_add_func ("/overlay/passive-view/share", test_share);
  g_test_add_func ("/overlay/passive-view/surrounded", test_surrounded);
  g_test_add_func ("/overlay/passive-view/random-goes", test_random_goes);
  g_test_add_func ("/overlay/passive-view/damaged-records", test_damaged_records);
  g_test_add_func ("/overlay/passive-view/random-numbers", test_random_numbers);
}
