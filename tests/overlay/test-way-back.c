/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hit-trails.h"
#include "overlay-fixture.h"
#include "tests.h"

/* In all of these the query came by links 1 (primary), 2 and 3, and link 4 too late to be recorded; the answer comes by
 * link 5. */
#define N_LINKS 5

static void
know (Fixture *f, const FrOverlayConfig *config, FrQueryId *out_id)
{
  static const FrLinkId links[] = { 1, 2, 3, 4 };
  g_autoptr (GBytes) body = fixture_body (50, 1);

  fixture_init (f, config, N_LINKS);
  fixture_know_query (f, body, links, G_N_ELEMENTS (links));
  *out_id = fixture_id (body);
}

static void
test_which_way (void)
{
  static const struct
  {
    FrLinkId from;   /* that brings the answer; 0: it is our own */
    FrLinkId down[4];
    FrLinkId way;    /* that it goes; 0: none */
  } rows[] = {
    { 5, { 0 }, 1 },
    { 0, { 0 }, 1 },
    { 5, { 1 }, 2 },
    { 0, { 1 }, 2 },
    { 5, { 1, 2 }, 3 },
    { 5, { 2, 3 }, 1 },
    { 1, { 0 }, 2 }, /* never on to where it comes from */
    { 2, { 1 }, 3 },
    { 4, { 0 }, 1 },
    { 5, { 1, 2, 3 }, 5 }, /* no way on: handed back */
    { 3, { 1, 2 }, 3 },
    { 0, { 1, 2, 3 }, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint kind = 0; kind < 4; kind++) /* Hits, Preview, and both of them sealed */
      {
        Fixture f;
        FrQueryId id;
        guint holder;
        gboolean preview = kind % 2;
        g_autoptr (GBytes) frame = NULL;

        know (&f, NULL, &id);
        for (guint j = 0; rows[i].down[j] != 0; j++)
          fr_overlay_link_down (f.overlay, rows[i].down[j], f.now_us);
        holder = rows[i].from != 0 ? 9 : FIXTURE_SELF;
        if (kind >= 2)
          frame = fixture_sealed (&id, holder, 1, preview, preview ? 8000 : 900);
        else
          frame = preview ? fixture_preview (&id, holder, 1, 6144) : fixture_hits (&id, holder, 0);
        if (rows[i].from != 0)
          fixture_receive (&f, rows[i].from, frame);
        else
          fr_overlay_answer (f.overlay, &id, frame, f.now_us);
        if (rows[i].way != 0)
          fixture_expect_sent (&f, rows[i].way, frame);
        fixture_expect_nothing (&f);
        g_assert_cmpuint (fixture_stats (&f).hits_lost, ==, rows[i].way == 0);
        fixture_clear (&f);
      }
}

/* An alternate that is gone makes room. */
static void
test_alternates_are_replaced (void)
{
  Fixture f;
  FrQueryId id;
  g_autoptr (GBytes) body = fixture_body (50, 1);
  g_autoptr (GBytes) hits = NULL;

  know (&f, NULL, &id);
  fr_overlay_link_down (f.overlay, 1, f.now_us);
  fr_overlay_link_down (f.overlay, 2, f.now_us);
  fr_overlay_link_down (f.overlay, 3, f.now_us);
  fixture_receive_query (&f, 4, body, 1, 1);
  hits = fixture_hits (&id, 9, 0);
  fixture_receive (&f, 5, hits);
  fixture_expect_sent (&f, 4, hits);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

static void
test_primary_is_never_replaced (void)
{
  Fixture f;
  FrQueryId id;
  g_autoptr (GBytes) body = fixture_body (50, 1);
  g_autoptr (GBytes) hits = NULL;

  know (&f, NULL, &id);
  fr_overlay_link_down (f.overlay, 1, f.now_us);
  fixture_receive_query (&f, 4, body, 1, 1);
  hits = fixture_hits (&id, 9, 0);
  fixture_receive (&f, 5, hits);
  fixture_expect_sent (&f, 2, hits);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

static void
test_each_answer_once (void)
{
  Fixture f;
  FrQueryId id;
  g_autoptr (GBytes) hits = NULL, part = NULL, other = NULL, preview = NULL, other_preview = NULL;

  know (&f, NULL, &id);
  hits = fixture_hits (&id, 9, 0);
  part = fixture_hits (&id, 9, 1);
  other = fixture_hits (&id, 8, 0);
  preview = fixture_preview (&id, 9, 1, 100);
  other_preview = fixture_preview (&id, 9, 2, 100);
  for (guint round = 0; round < 2; round++)
    {
      GBytes *all[] = { hits, part, other, preview, other_preview };

      for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
        {
          fixture_receive (&f, 5, all[i]);
          if (round == 0)
            fixture_expect_sent (&f, 1, all[i]);
          fixture_expect_nothing (&f);
        }
    }
  g_assert_cmpuint (fixture_stats (&f).hits_seen, ==, 5);
  fixture_clear (&f);
}

/* Once by ourselves too; and what others say in our name must not stand in its way. */
static void
test_own_answer_once (void)
{
  Fixture f;
  FrQueryId id;
  g_autoptr (GBytes) answer = NULL;

  know (&f, NULL, &id);
  answer = fixture_hits (&id, FIXTURE_SELF, 0);
  fixture_receive (&f, 5, answer);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).hits_unknown, ==, 1);
  fr_overlay_answer (f.overlay, &id, answer, f.now_us);
  fixture_expect_sent (&f, 1, answer);
  fr_overlay_answer (f.overlay, &id, answer, f.now_us);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

/* Each way that hands it back is followed by the next, and the last by who brought it. */
static void
test_handed_back (void)
{
  for (guint own = 0; own < 2; own++)
    {
      Fixture f;
      FrQueryId id;
      g_autoptr (GBytes) hits = NULL;

      know (&f, NULL, &id);
      hits = fixture_hits (&id, own ? FIXTURE_SELF : 9, 0);
      if (own)
        fr_overlay_answer (f.overlay, &id, hits, f.now_us);
      else
        fixture_receive (&f, 5, hits);
      for (FrLinkId way = 1; way <= 3; way++)
        {
          fixture_expect_sent (&f, way, hits);
          fixture_expect_nothing (&f);
          fixture_receive (&f, way, hits);
        }
      if (!own)
        fixture_expect_sent (&f, 5, hits);
      fixture_expect_nothing (&f);
      g_assert_cmpuint (fixture_stats (&f).hits_lost, ==, own);

      /* Somebody who does not know that it was here gets it back too, but not without end. */
      for (guint i = 0; i <= FR_HIT_TRAIL_MAX_BOUNCES; i++)
        {
          fixture_receive (&f, 4, hits);
          if (i < FR_HIT_TRAIL_MAX_BOUNCES)
            fixture_expect_sent (&f, 4, hits);
          fixture_expect_nothing (&f);
        }
      fixture_clear (&f);
    }
}

static void
test_own_search (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (FIXTURE_SELF, 1);
  g_autoptr (GBytes) hits = NULL, forged = NULL, preview = NULL;
  guint8 signature[FR_SIGNATURE_SIZE];
  FrQueryId id;

  fixture_init (&f, NULL, 3);
  fixture_sign (body, signature);
  id = fr_overlay_search (f.overlay, body, signature, 0, f.now_us);
  fixture_drain (&f);
  hits = fixture_hits_of_size (&id, 9, 0, 1);
  forged = fixture_hits_of_size (&id, 9, 0, 2); /* says to be of the same holder */
  preview = fixture_preview (&id, 9, 1, 6144);
  for (guint round = 0; round < 2; round++)
    {
      GBytes *all[] = { forged, hits, preview };

      for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
        {
          fixture_receive (&f, 2, all[i]);
          if (round == 0)
            {
              FrOverlayActionType type = i < 2 ? FR_OVERLAY_DELIVER_HITS : FR_OVERLAY_DELIVER_PREVIEW;
              g_auto (FrOverlayAction) action = fixture_expect (&f, type, 2);

              g_assert_true (g_bytes_equal (action.frame, all[i]));
              g_assert_true (fr_query_id_equal_func (&action.query, &id));
            }
          fixture_expect_nothing (&f);
        }
    }
  {
    g_autoptr (GBytes) answer = fixture_hits (&id, FIXTURE_SELF, 0);

    fr_overlay_answer (f.overlay, &id, answer, f.now_us); /* nobody answers herself */
    fixture_expect_nothing (&f);
  }

  fr_overlay_end_search (f.overlay, &id, f.now_us);
  fixture_drain (&f); /* those who brought some are told */
  {
    g_autoptr (GBytes) late = fixture_hits (&id, 8, 0);

    fixture_receive (&f, 2, late);
    fixture_expect_nothing (&f);
  }
  g_assert_cmpuint (fixture_stats (&f).hits_unknown, ==, 2);
  fixture_clear (&f);
}

static void
test_unknown_query (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1);
  g_autoptr (GBytes) forged = fixture_forged_query (body, 5, 1, 1);
  g_autoptr (GBytes) hits = NULL, answer = NULL;
  FrQueryId id = fixture_id (body);

  fixture_init (&f, NULL, 3);
  hits = fixture_hits (&id, 9, 0);
  answer = fixture_hits (&id, FIXTURE_SELF, 0);
  fixture_receive (&f, 2, hits);
  fixture_expect_nothing (&f);
  fr_overlay_answer (f.overlay, &id, answer, f.now_us);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).hits_unknown, ==, 2);

  fixture_receive (&f, 1, forged); /* known, but to be none */
  fixture_expect_forwarded (&f, 3, 1, 4, 2);
  fixture_expect_checked (&f, 1, FALSE);
  fixture_receive (&f, 2, hits);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).hits_unknown, ==, 3);
  g_assert_cmpuint (fixture_stats (&f).n_trails, ==, 0);
  fixture_clear (&f);
}

/* Others may be faster with the check, so answers come while ours is not done. */
static void
test_unchecked_query (void)
{
  Fixture f;
  g_autoptr (GBytes) body = fixture_body (50, 1);
  g_autoptr (GBytes) hits = NULL;
  FrQueryId id = fixture_id (body);

  fixture_init (&f, NULL, 3);
  fixture_receive_query (&f, 1, body, 5, 1);
  fixture_drain (&f);
  hits = fixture_hits (&id, 9, 0);
  fixture_receive (&f, 2, hits);
  fixture_expect_sent (&f, 1, hits);
  fixture_clear (&f);
}

static void
test_hits_are_nonsense (void)
{
  Fixture f;
  FrQueryId id, other = { { 1 } };
  g_autoptr (GBytes) hits = NULL;
  g_autoptr (Freshet__Frame) parsed = NULL;

  know (&f, NULL, &id);
  hits = fixture_hits (&other, 9, 0);
  parsed = fixture_parse (hits);
  for (guint i = 0; i < FR_QUERY_ID_SIZE; i++)
    parsed->hits->query_id.data[i] = id.bytes[i]; /* moved from another search to this one */
  fr_overlay_receive (f.overlay, 5, parsed, g_bytes_get_size (hits), f.now_us);
  fixture_expect_nothing (&f);
  g_assert_cmpuint (fixture_stats (&f).faults, ==, 1);
  g_assert_cmpuint (fixture_stats (&f).n_trails, ==, 0);
  fixture_clear (&f);
}

/* Brings previews or hits of ever new holders by a link until one does not go on; how many bytes did. */
static gsize
bring_all (Fixture *f, const FrQueryId *id, FrLinkId link, gboolean preview)
{
  gsize relayed = 0;

  for (guint holder = 1; holder < 10000; holder++)
    {
      guint name = link * 10000 + holder;
      g_autoptr (GBytes) frame = preview ? fixture_preview (id, name, 1, 6000) : fixture_hits_of_size (id, name, 0, 20);

      fixture_receive (f, link, frame);
      if (fixture_drain (f) == 0)
        return relayed;
      relayed += g_bytes_get_size (frame);
    }
  g_assert_not_reached ();
}

/* 256 KiB a query, three quarters of it for previews; no link takes more of either than it leaves to others. */
static void
test_budget_of_a_query (void)
{
  const gsize most = FR_OVERLAY_HITS_PER_QUERY, slack = 8192; /* a frame that does not fit */
  gsize previews, hits;
  Fixture f;
  FrQueryId id;

  know (&f, NULL, &id);
  previews = bring_all (&f, &id, 5, TRUE);
  g_assert_cmpuint (fixture_stats (&f).previews_limited, ==, 1);
  g_assert_cmpuint (previews, <=, FR_OVERLAY_PREVIEWS_PER_QUERY (most) / 2);
  g_assert_cmpuint (previews, >, FR_OVERLAY_PREVIEWS_PER_QUERY (most) / 2 - slack);
  hits = bring_all (&f, &id, 5, FALSE);
  g_assert_cmpuint (fixture_stats (&f).hits_limited, ==, 2);
  g_assert_cmpuint (previews + hits, <=, most / 2);
  g_assert_cmpuint (previews + hits, >, most / 2 - slack);
  for (FrLinkId link = 4; link > 1; link--)
    hits += bring_all (&f, &id, link, FALSE);
  g_assert_cmpuint (previews + hits, <=, most);
  g_assert_cmpuint (previews + hits, >, most / 16 * 15 - 4 * slack);
  fixture_clear (&f);
}

/* Whoever floods a search with forged hits by one link does not keep those out that come by others. */
/* What is said in a holder's name before that one has spoken does not stand in its way. */
static void
test_forger_is_faster (void)
{
  Fixture f;
  FrQueryId id;
  g_autoptr (GBytes) honest = NULL, forged = NULL, preview = NULL, forged_preview = NULL;

  know (&f, NULL, &id);
  honest = fixture_hits_of_size (&id, 9, 0, 2);
  forged = fixture_hits_of_size (&id, 9, 0, 1);
  preview = fixture_preview (&id, 9, 1, 100);
  forged_preview = fixture_preview (&id, 9, 1, 99);
  fixture_receive (&f, 5, forged);
  fixture_expect_sent (&f, 1, forged);
  fixture_receive (&f, 5, forged_preview);
  fixture_expect_sent (&f, 1, forged_preview);
  fixture_receive (&f, 4, honest);
  fixture_expect_sent (&f, 1, honest);
  fixture_receive (&f, 4, preview);
  fixture_expect_sent (&f, 1, preview);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

static void
test_forger_leaves_room (void)
{
  Fixture f;
  FrQueryId id;
  g_autoptr (GBytes) honest = NULL, preview = NULL;

  know (&f, NULL, &id);
  bring_all (&f, &id, 5, FALSE);
  bring_all (&f, &id, 5, TRUE);
  honest = fixture_hits_of_size (&id, 9, 0, 20);
  preview = fixture_preview (&id, 9, 1, 6000);
  fixture_receive (&f, 4, honest);
  fixture_expect_sent (&f, 1, honest);
  fixture_receive (&f, 4, preview);
  fixture_expect_sent (&f, 1, preview);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

/* A link that brings too much: previews stop first, then all, also for what is seen or our own. */
static void
test_rate_of_a_link (void)
{
  FrOverlayConfig config;
  Fixture f;
  FrQueryId id;
  g_autoptr (GBytes) hits = NULL, preview = NULL, other = NULL;

  fr_overlay_config_init_default (&config);
  config.hits_burst = 4000;
  config.hits_rate = 1000;
  know (&f, &config, &id);
  preview = fixture_preview (&id, 9, 1, 2800);
  hits = fixture_hits_of_size (&id, 9, 0, 10);
  other = fixture_hits (&id, 8, 0);
  g_assert_cmpuint (g_bytes_get_size (preview), <, 3000);
  g_assert_cmpuint (g_bytes_get_size (hits), >, 2000);
  fixture_receive (&f, 5, hits);
  g_assert_cmpuint (fixture_drain (&f), ==, 1);
  fixture_receive (&f, 5, preview);
  g_assert_cmpuint (fixture_drain (&f), ==, 0);
  g_assert_cmpuint (fixture_stats (&f).previews_limited, ==, 1);
  fixture_receive (&f, 5, hits);
  fixture_receive (&f, 5, hits);
  g_assert_cmpuint (fixture_stats (&f).hits_limited, >=, 2);
  f.now_us += 4 * G_USEC_PER_SEC;
  fixture_receive (&f, 5, other);
  g_assert_cmpuint (fixture_drain (&f), ==, 1);
  fixture_clear (&f);
}

static void
test_flood_of_hits (void)
{
  FrOverlayConfig config;
  Fixture f;
  FrQueryId id;

  fr_overlay_config_init_default (&config);
  config.trail_capacity = 10;
  know (&f, &config, &id);
  for (guint holder = 1; holder <= 100; holder++)
    {
      g_autoptr (GBytes) hits = fixture_hits (&id, holder, 0);

      fixture_receive (&f, 5, hits);
      fixture_expect_sent (&f, 1, hits);
      g_assert_cmpuint (fixture_stats (&f).n_trails, ==, MIN (holder, 10));
    }
  fixture_clear (&f);
}

void
test_way_back_add (void)
{
  g_test_add_func ("/overlay/way-back/which-way", test_which_way);
  g_test_add_func ("/overlay/way-back/alternates-are-replaced", test_alternates_are_replaced);
  g_test_add_func ("/overlay/way-back/primary-is-never-replaced", test_primary_is_never_replaced);
  g_test_add_func ("/overlay/way-back/each-answer-once", test_each_answer_once);
  g_test_add_func ("/overlay/way-back/own-answer-once", test_own_answer_once);
  g_test_add_func ("/overlay/way-back/handed-back", test_handed_back);
  g_test_add_func ("/overlay/way-back/own-search", test_own_search);
  g_test_add_func ("/overlay/way-back/unknown-query", test_unknown_query);
  g_test_add_func ("/overlay/way-back/unchecked-query", test_unchecked_query);
  g_test_add_func ("/overlay/way-back/hits-are-nonsense", test_hits_are_nonsense);
  g_test_add_func ("/overlay/way-back/budget-of-a-query", test_budget_of_a_query);
  g_test_add_func ("/overlay/way-back/forger-is-faster", test_forger_is_faster);
  g_test_add_func ("/overlay/way-back/forger-leaves-room", test_forger_leaves_room);
  g_test_add_func ("/overlay/way-back/rate-of-a-link", test_rate_of_a_link);
  g_test_add_func ("/overlay/way-back/flood-of-hits", test_flood_of_hits);
}
