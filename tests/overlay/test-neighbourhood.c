/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-digest-exchange.h"
#include "fr-neighbour.h"
#include "membership-fixture.h"
#include "overlay-fixture.h"
#include "tests.h"

/* That the engine does what membership and digests want done; what they want is tested with them. */

static void
init (Fixture *f, guint n_links)
{
  FrOverlayConfig config;

  fr_overlay_config_init_default (&config);
  config.asks = FALSE;
  fixture_init (f, &config, n_links);
}

static void
up (Fixture *f, FrLinkId link)
{
  FrPeerKey key = fixture_key (link);

  fr_overlay_link_up (f->overlay, link, &key, f->now_us);
}

/* Takes all actions away; how many frames of a kind were sent along a link. */
static guint
count_frames (Fixture *f, FrLinkId link, Freshet__Frame__BodyCase body)
{
  FrOverlayAction action;
  guint n = 0;

  while (fr_overlay_next_action (f->overlay, &action))
    {
      if (action.type == FR_OVERLAY_SEND && action.link == link)
        {
          g_autoptr (Freshet__Frame) frame = fixture_parse (action.frame);

          n += frame->body_case == body;
        }
      fr_overlay_action_clear (&action);
    }
  return n;
}

static void
test_dials_and_is_told (void)
{
  g_autoptr (GBytes) own = member_record (FIXTURE_SELF, 1, TRUE), other = member_record (7, 1, TRUE);
  FrPeerKey key = fixture_key (7);
  Fixture f;

  init (&f, 0);
  fr_overlay_set_record (f.overlay, own, f.now_us);
  fr_overlay_add_record (f.overlay, other, f.now_us);
  fixture_expect_nothing (&f); /* nobody wants links to be made by themselves */
  fr_overlay_set_open (f.overlay, TRUE, f.now_us);
  fr_overlay_tick (f.overlay, f.now_us);
  {
    g_auto (FrOverlayAction) action = fixture_expect (&f, FR_OVERLAY_DIAL, 0);

    g_assert_true (fr_peer_key_equal (&action.key, &key));
    g_assert_true (g_bytes_equal (action.frame, other));
    g_assert_false (action.has_route);
  }
  fr_overlay_dial_failed (f.overlay, &key, f.now_us);
  fixture_drain (&f);
  g_assert_cmpuint (fixture_stats (&f).n_records, ==, 1); /* one of the last is kept */
  fr_overlay_check_links (f.overlay, f.now_us);           /* another network, another chance */
  fixture_skip (&f, FR_OVERLAY_DIAL, 0);
  g_assert_true (fr_overlay_wants_link (f.overlay, &key));
  up (&f, 7);
  g_assert_cmpuint (count_frames (&f, 7, FRESHET__FRAME__BODY_NEIGHBOUR), ==, 1);
  {
    g_autoptr (GBytes) hello = member_neighbour (7, FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_LOW);
    g_autoptr (GPtrArray) records = NULL;

    fixture_receive (&f, 7, hello);
    records = fr_overlay_get_records (f.overlay);

    g_assert_cmpuint (records->len, ==, 1);
  }
  fixture_clear (&f);
}

/* A walk that ends here: its newcomer is dialled by the way that it came. */
static void
test_walks_leave_routes (void)
{
  g_autoptr (GBytes) own = member_record (FIXTURE_SELF, 1, TRUE), newcomer = member_record (9, 1, TRUE);
  g_autoptr (GBytes) walk = member_forward_join (3, newcomer, 0);
  FrPeerKey key = fixture_key (9);
  FrQueryId route = member_walk (3);
  Fixture f;

  init (&f, 1);
  fr_overlay_set_record (f.overlay, own, f.now_us);
  fr_overlay_set_open (f.overlay, TRUE, f.now_us);
  fixture_drain (&f);
  fixture_receive (&f, 1, walk);
  {
    g_auto (FrOverlayAction) action = fixture_expect (&f, FR_OVERLAY_DIAL, 0);

    g_assert_true (action.has_route);
    g_assert_true (fr_query_id_equal_func (&action.query, &route));
  }
  g_assert_true (fr_overlay_has_route (f.overlay, &route, &key, f.now_us));
  fr_overlay_link_down (f.overlay, 1, f.now_us);
  g_assert_false (fr_overlay_has_route (f.overlay, &route, &key, f.now_us));
  fixture_clear (&f);
}

/* Fills an engine with neighbours, one more than it wants: the last, which is the one that it leaves. */
static FrLinkId
crowd (Fixture *f)
{
  g_autoptr (GBytes) own = member_record (FIXTURE_SELF, 1, TRUE);
  FrLinkId last = FR_MEMBERSHIP_ACTIVE_TARGET + FR_MEMBERSHIP_SLACK + 1;

  init (f, 0);
  fr_overlay_set_record (f->overlay, own, f->now_us);
  fr_overlay_set_open (f->overlay, TRUE, f->now_us);
  for (FrLinkId link = 1; link <= last; link++)
    {
      g_autoptr (GBytes) hello = member_neighbour (link, FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_LOW);

      up (f, link);
      fixture_receive (f, link, hello);
    }
  return last;
}

/* What answers a query may be on its way already, and often has no other way: the link is left a while before it is
 * closed. */
static void
test_leaves_what_is_too_much (void)
{
  g_autoptr (GBytes) theirs = fixture_body (50, 1), another = fixture_body (51, 1);
  FrQueryId query = fixture_id (theirs);
  g_autoptr (GBytes) hits = fixture_hits (&query, 60, 0);
  FrLinkId last;
  Fixture f;

  last = crowd (&f);
  g_assert_cmpuint (count_frames (&f, last, FRESHET__FRAME__BODY_DISCONNECT), ==, 1);
  fixture_receive_query (&f, last, theirs, 5, 0);
  g_assert_cmpuint (count_frames (&f, 1, FRESHET__FRAME__BODY_QUERY), ==, 1);
  fixture_receive (&f, 1, hits);
  g_assert_cmpuint (count_frames (&f, last, FRESHET__FRAME__BODY_HITS), ==, 1);
  fixture_receive_query (&f, 1, another, 5, 0);
  g_assert_cmpuint (count_frames (&f, last, FRESHET__FRAME__BODY_QUERY), ==, 0);
  f.now_us += FR_NEIGHBOUR_LEAVING_US - 1;
  fr_overlay_tick (f.overlay, f.now_us);
  fixture_drain (&f);
  g_assert_cmpint (fr_overlay_next_deadline (f.overlay), ==, f.now_us + 1);
  f.now_us++;
  fr_overlay_tick (f.overlay, f.now_us);
  {
    g_auto (FrOverlayAction) action = fixture_expect (&f, FR_OVERLAY_CLOSE, last);

    g_assert_cmpint (action.reason, ==, FR_OVERLAY_REASON_FULL);
  }
  fixture_clear (&f);
}

/* Whoever is left sends no more queries that way either, and lets the other side close it. */
static void
test_is_left (void)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Disconnect disconnect = FRESHET__DISCONNECT__INIT;
  g_autoptr (GBytes) goodbye = NULL, theirs = fixture_body (50, 1), others = fixture_body (51, 1);
  FrQueryId query = fixture_id (theirs);
  g_autoptr (GBytes) hits = fixture_hits (&query, 60, 0);
  Fixture f;

  frame.body_case = FRESHET__FRAME__BODY_DISCONNECT;
  frame.disconnect = &disconnect;
  goodbye = fr_frame_pack (&frame);
  init (&f, 3);
  fixture_receive_query (&f, 1, theirs, 5, 0);
  fixture_receive (&f, 1, goodbye);
  fixture_drain (&f);
  fixture_receive_query (&f, 2, others, 5, 0);
  fixture_receive (&f, 3, hits);
  {
    FrOverlayAction action;
    guint n_hits = 0, n_queries = 0;

    while (fr_overlay_next_action (f.overlay, &action))
      {
        g_assert_cmpint (action.type, !=, FR_OVERLAY_CLOSE);
        if (action.type == FR_OVERLAY_SEND && action.link == 1)
          {
            g_autoptr (Freshet__Frame) sent = fixture_parse (action.frame);

            n_hits += sent->body_case == FRESHET__FRAME__BODY_HITS;
            n_queries += sent->body_case == FRESHET__FRAME__BODY_QUERY;
          }
        fr_overlay_action_clear (&action);
      }
    g_assert_cmpuint (n_hits, ==, 1);
    g_assert_cmpuint (n_queries, ==, 0);
  }
  fixture_clear (&f);
}

/* Before it is known what is here nothing is told; what neighbours tell is remembered from the start. */
static void
test_content_is_told_when_it_is_known (void)
{
  FrNgramSet *content = fr_ngram_set_new ();
  g_autoptr (FrNgramSet) theirs = fr_ngram_set_new ();
  g_autoptr (GBytes) body = fixture_body_for (50, 1, "harbour");
  guint n_hashes;
  const guint32 *hashes;
  g_autoptr (FrDigest) digest = NULL;
  g_autoptr (GBytes) nothing_here = NULL, nothing_beyond = NULL;
  Fixture f;

  hashes = fr_ngram_set_get_hashes (theirs, &n_hashes);
  digest = fr_digest_new (hashes, n_hashes);
  nothing_here = fr_digest_pack (digest, 0, NULL);
  nothing_beyond = fr_digest_pack (digest, 1, NULL);
  init (&f, 3);
  fr_overlay_add_content (f.overlay, "harbour", f.now_us); /* of how many? */
  fixture_receive (&f, 2, nothing_here);
  fixture_receive (&f, 2, nothing_beyond);
  g_assert_cmpuint (count_frames (&f, 1, FRESHET__FRAME__BODY_DIGEST), ==, 1); /* what is beyond us, not what is here */
  fr_ngram_set_add_text (content, "castle");
  fr_overlay_set_content (f.overlay, content, f.now_us);
  g_assert_cmpuint (count_frames (&f, 1, FRESHET__FRAME__BODY_DIGEST), ==, 1);
  fr_overlay_add_content (f.overlay, "harbour", f.now_us);
  f.now_us += FR_DIGEST_GATHER_US;
  fr_overlay_tick (f.overlay, f.now_us);
  g_assert_cmpuint (count_frames (&f, 1, FRESHET__FRAME__BODY_DIGEST), >, 0);
  fixture_receive_query (&f, 1, body, 3, 1); /* two links more: link 2 has said that there is nothing */
  g_assert_cmpuint (count_frames (&f, 2, FRESHET__FRAME__BODY_QUERY), ==, 0);
  g_assert_cmpuint (fixture_stats (&f).queries_skipped, ==, 1);
  fixture_clear (&f);
}

/* Digests that come faster than any honest peer's are faults: each costs us more than it costs who sends it. */
static void
test_too_many_digests (void)
{
  g_autoptr (FrDigest) digest = fr_digest_new (NULL, 0);
  g_autoptr (GBytes) frame = fr_digest_pack (digest, 0, NULL);
  Fixture f;

  init (&f, 1);
  for (guint i = 0; i < FR_NEIGHBOUR_DIGEST_BURST; i++)
    fixture_receive (&f, 1, frame);
  g_assert_cmpuint (fixture_stats (&f).faults, ==, 0);
  fixture_receive (&f, 1, frame);
  g_assert_cmpuint (fixture_stats (&f).faults, ==, 1);
  f.now_us += G_USEC_PER_SEC;
  fixture_receive (&f, 1, frame);
  g_assert_cmpuint (fixture_stats (&f).faults, ==, 1);
  fixture_clear (&f);
}

static void
test_digests_may_be_off (void)
{
  FrOverlayConfig config;
  Fixture f;

  fr_overlay_config_init_default (&config);
  config.digests = FALSE;
  fixture_init (&f, &config, 1);
  fr_overlay_set_content (f.overlay, fr_ngram_set_new (), f.now_us);
  fr_overlay_add_content (f.overlay, "harbour", f.now_us);
  fixture_expect_nothing (&f);
  fixture_clear (&f);
}

void
test_neighbourhood_add (void)
{
  g_test_add_func ("/overlay/neighbourhood/dials-and-is-told", test_dials_and_is_told);
  g_test_add_func ("/overlay/neighbourhood/walks-leave-routes", test_walks_leave_routes);
  g_test_add_func ("/overlay/neighbourhood/leaves-what-is-too-much", test_leaves_what_is_too_much);
  g_test_add_func ("/overlay/neighbourhood/is-left", test_is_left);
  g_test_add_func ("/overlay/neighbourhood/content-is-told-when-it-is-known", test_content_is_told_when_it_is_known);
  g_test_add_func ("/overlay/neighbourhood/too-many-digests", test_too_many_digests);
  g_test_add_func ("/overlay/neighbourhood/digests-may-be-off", test_digests_may_be_off);
}
