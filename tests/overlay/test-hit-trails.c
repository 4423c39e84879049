/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hit-trails.h"

#include "overlay-fixture.h"
#include "tests.h"

#include <string.h>

static FrQueryId
name_of (GBytes *frame)
{
  g_autoptr (Freshet__Frame) parsed = fixture_parse (frame);
  FrQueryId name;
  FrHitFacts facts;

  g_assert_true (fr_hit_trails_name (parsed, &name, &facts));
  g_assert_cmpint (facts.holder.bytes[0], ==, 'k');
  return name;
}

static void
test_names (void)
{
  FrQueryId queries[2] = { { { 1 } }, { { 2 } } };
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint query = 0; query < 2; query++)
    for (guint holder = 1; holder <= 2; holder++)
      for (guint number = 0; number < 2; number++)
        {
          g_ptr_array_add (frames, fixture_hits (&queries[query], holder, number));
          g_ptr_array_add (frames, fixture_preview (&queries[query], holder, number, 10));
          g_ptr_array_add (frames, fixture_sealed (&queries[query], holder, number, FALSE, 100));
          g_ptr_array_add (frames, fixture_sealed (&queries[query], holder, number, TRUE, 100));
        }
  for (guint i = 0; i < frames->len; i++)
    for (guint j = 0; j < frames->len; j++)
      {
        FrQueryId a = name_of (g_ptr_array_index (frames, i));
        FrQueryId b = name_of (g_ptr_array_index (frames, j));

        g_assert_true (fr_query_id_equal_func (&a, &b) == (i == j));
      }
}

/* Hits with the signature of others, changed in one place or not. */
static GBytes *
resign (GBytes *hits, GBytes *others, guint8 change)
{
  g_autoptr (Freshet__Frame) frame = fixture_parse (hits);
  g_autoptr (Freshet__Frame) other = fixture_parse (others);

  memcpy (frame->hits->signature.data, other->hits->signature.data, FR_SIGNATURE_SIZE);
  frame->hits->signature.data[0] ^= change;
  return fr_frame_pack (frame);
}

/* What somebody forges in the name of a holder is another answer than that one's own. */
static void
test_names_of_other_content (void)
{
  FrQueryId query = { { 1 } };
  g_autoptr (GBytes) hits = fixture_hits_of_size (&query, 1, 0, 1);
  g_autoptr (GBytes) more_hits = fixture_hits_of_size (&query, 1, 0, 2);
  g_autoptr (GBytes) preview = fixture_preview (&query, 1, 0, 10);
  g_autoptr (GBytes) longer_preview = fixture_preview (&query, 1, 0, 11);
  g_autoptr (GBytes) sealed = fixture_sealed (&query, 1, 0, FALSE, 100);
  g_autoptr (GBytes) longer_sealed = fixture_sealed (&query, 1, 0, FALSE, 101);
  g_autoptr (GBytes) sealed_preview = fixture_sealed (&query, 1, 0, TRUE, 100);
  g_autoptr (GBytes) longer_sealed_preview = fixture_sealed (&query, 1, 0, TRUE, 101);
  g_autoptr (GBytes) other_signature = resign (hits, hits, 1);
  g_autoptr (GBytes) borrowed_signature = resign (more_hits, hits, 0);
  GBytes *pairs[][2] = {
    { hits, more_hits }, { hits, other_signature }, { hits, borrowed_signature }, { preview, longer_preview }, { sealed, longer_sealed },
    { sealed_preview, longer_sealed_preview },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      FrQueryId a = name_of (pairs[i][0]), b = name_of (pairs[i][1]);

      g_assert_false (fr_query_id_equal_func (&a, &b));
    }
}

static void
test_no_name_for_nonsense (void)
{
  FrQueryId query = { { 1 } }, name;
  FrHitFacts facts;
  g_autoptr (GBytes) frame = fixture_hits (&query, 1, 0);
  g_autoptr (Freshet__Frame) parsed = fixture_parse (frame);

  parsed->hits->query_id.data[0] ^= 1; /* moved to another search */
  g_assert_false (fr_hit_trails_name (parsed, &name, &facts));
  parsed->hits->query_id.data[0] ^= 1;
  g_assert_true (fr_hit_trails_name (parsed, &name, &facts));
  parsed->hits->signed_.len--;
  g_assert_false (fr_hit_trails_name (parsed, &name, &facts));
}

static void
test_walk (void)
{
  g_autoptr (FrHitTrails) trails = fr_hit_trails_new (10, 1000);
  FrQueryId name = { { 1 } };
  FrHitTrail *trail;

  g_assert_null (fr_hit_trails_lookup (trails, &name, 0));
  trail = fr_hit_trails_insert (trails, &name, 9, 0);
  g_assert_true (fr_hit_trails_lookup (trails, &name, 0) == trail);
  g_assert_false (fr_hit_trail_may_send (trail, 0));
  g_assert_false (fr_hit_trail_may_send (trail, 9)); /* it came from there */
  for (FrLinkId link = 1; link <= FR_QUERY_WAYS; link++)
    {
      g_assert_false (fr_hit_trail_came_back (trail, link));
      g_assert_true (fr_hit_trail_may_send (trail, link));
      fr_hit_trail_sent (trail, link);
      g_assert_false (fr_hit_trail_may_send (trail, link));
      g_assert_true (fr_hit_trail_came_back (trail, link));
      g_assert_false (fr_hit_trail_came_back (trail, link));
    }
  g_assert_false (fr_hit_trail_may_send (trail, FR_QUERY_WAYS + 1));
}

static void
test_bounces (void)
{
  g_autoptr (FrHitTrails) trails = fr_hit_trails_new (10, 1000);
  FrQueryId name = { { 1 } };
  FrHitTrail *trail = fr_hit_trails_insert (trails, &name, 9, 0);

  for (guint i = 0; i < FR_HIT_TRAIL_MAX_BOUNCES; i++)
    g_assert_true (fr_hit_trail_may_bounce (trail));
  g_assert_false (fr_hit_trail_may_bounce (trail));
}

static void
test_bound (void)
{
  g_autoptr (FrHitTrails) trails = fr_hit_trails_new (FR_HIT_TRAILS_CAPACITY, 1000);

  for (guint i = 0; i <= FR_HIT_TRAILS_CAPACITY; i++)
    {
      FrQueryId name;

      fr_query_id_from_signed (&name, &i, sizeof i);
      fr_hit_trails_insert (trails, &name, 1, 0);
      g_assert_cmpuint (fr_hit_trails_get_size (trails), ==, MIN (i + 1, FR_HIT_TRAILS_CAPACITY));
    }
  fr_hit_trails_free (NULL);
}

void
test_hit_trails_add (void)
{
  g_test_add_func ("/overlay/hit-trails/names", test_names);
  g_test_add_func ("/overlay/hit-trails/names-of-other-content", test_names_of_other_content);
  g_test_add_func ("/overlay/hit-trails/no-name-for-nonsense", test_no_name_for_nonsense);
  g_test_add_func ("/overlay/hit-trails/walk", test_walk);
  g_test_add_func ("/overlay/hit-trails/bounces", test_bounces);
  g_test_add_func ("/overlay/hit-trails/bound", test_bound);
}
