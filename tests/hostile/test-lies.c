/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-test-support.h"
#include "hostile-ground.h"
#include "hostile-words.h"
#include "tests.h"

/* What is well formed and not true. */

/* Queries */

static void
assert_unanswered (HostilePeer *peer)
{
  g_assert_true (hostile_peer_settle (peer));
  g_assert_cmpuint (hostile_peer_count (peer, FRESHET__FRAME__BODY_HITS), ==, 0);
}

/* In the name of an honest peer, who gets no answer to what it never asked. */
static void
forge_asker (HostilePeer *peer)
{
  const FrPeerKey *honest = fr_node_get_key (ground_get ()->nodes[GROUND_ASKER]);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GBytes) body = words_query_body (honest, i, GROUND_WORDS);
      g_autoptr (GBytes) query = words_query (body, peer->rude->identity, 5, 1);

      hostile_peer_say (peer, query);
    }
  assert_unanswered (peer);
}

static void
forge_victim (HostilePeer *peer)
{
  g_autoptr (GBytes) body = words_query_body (fr_node_get_key (ground_victim ()), 1, GROUND_WORDS);
  g_autoptr (GBytes) query = words_query (body, peer->rude->identity, 5, 1);

  hostile_peer_say_often (peer, query, 50);
  assert_unanswered (peer);
}

/* The query is the first; its signature is that of another, or of another kind. */
static void
ask_with_signature (HostilePeer *peer, guint signed_number, FrSignContext context)
{
  const FrIdentity *identity = peer->rude->identity;
  g_autoptr (GBytes) body = words_query_body (fr_identity_get_key (identity), 1, GROUND_WORDS);
  g_autoptr (GBytes) other = words_query_body (fr_identity_get_key (identity), signed_number, GROUND_WORDS);
  Freshet__Query query = FRESHET__QUERY__INIT;
  guint8 signature[FR_SIGNATURE_SIZE];

  query.signed_ = words_bytes (other);
  fr_identity_sign (identity, context, query.signed_.data, query.signed_.len, signature);
  query.signed_ = words_bytes (body);
  query.signature = words_binary (signature, sizeof signature);
  query.ttl = 5;
  hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_QUERY, &query);
  assert_unanswered (peer);
}

static void
sign_other_bytes (HostilePeer *peer)
{
  ask_with_signature (peer, 2, FR_SIGN_QUERY);
}

static void
sign_in_another_context (HostilePeer *peer)
{
  ask_with_signature (peer, 1, FR_SIGN_HITS);
}

static void
say_distances (HostilePeer *peer, guint ttl, guint hops)
{
  for (guint i = 0; i < 20 && !hostile_peer_is_over (peer); i++)
    {
      g_autoptr (GBytes) query = words_own_query (peer, GROUND_WORDS, ttl, hops);

      hostile_peer_say (peer, query);
    }
}

static void
ask_too_far (HostilePeer *peer)
{
  say_distances (peer, 255, 0);
}

static void
ask_no_distance (HostilePeer *peer)
{
  say_distances (peer, 0, 3);
}

static void
ask_from_too_far (HostilePeer *peer)
{
  say_distances (peer, 5, 255);
}

static void
ask_beyond_the_sum (HostilePeer *peer)
{
  say_distances (peer, 7, 9);
}

/* What others ask comes back by another way, goes farther, and from nearer: their answers come once all the same. */
static void
throw_queries_back (HostilePeer *peer)
{
  g_autoptr (FrSearch) search = ground_ask (GROUND_WORDS " -loop");
  FrQueryId id;
  const Freshet__Query *theirs = words_await_query (peer, GROUND_WORDS " -loop", &id);

  for (guint ttl = 1; ttl <= 7; ttl++)
    for (guint hops = 0; hops < 3; hops++)
      {
        Freshet__Query query = *theirs;

        query.ttl = ttl;
        query.hops = hops;
        hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_QUERY, &query);
      }
  g_assert_true (hostile_peer_settle (peer));
  g_assert_cmpuint (hostile_peer_count (peer, FRESHET__FRAME__BODY_HITS), ==, 0); /* the way back is the first one */
}

/* A query that is known comes again with other signatures. */
static void
take_id (HostilePeer *peer)
{
  g_autoptr (FrSearch) search = ground_ask (GROUND_WORDS " -taken");
  FrQueryId id;
  const Freshet__Query *theirs = words_await_query (peer, GROUND_WORDS " -taken", &id);

  for (guint i = 0; i < 50; i++)
    {
      Freshet__Query query = *theirs;
      guint8 signature[FR_SIGNATURE_SIZE] = { (guint8) i, 1 };

      query.signature = words_binary (signature, sizeof signature);
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_QUERY, &query);
    }
  g_assert_true (hostile_peer_settle (peer));
}

/* Hits */

static gboolean
found_both (gpointer search)
{
  return fr_search_get_n_holders (search) >= 2;
}

static FrQueryId
ask_and_hear (HostilePeer *peer, const char *words, FrSearch **out_search)
{
  FrQueryId id;

  *out_search = ground_ask (words);
  words_await_query (peer, words, &id);
  return id;
}

/* When all that the peer has sent is there: the victim looks at no answers to a search that has ended. */
static void
assert_only_honest (HostilePeer *peer, FrSearch *search)
{
  hostile_peer_settle (peer);
  fr_test_wait_until (found_both, search, 5);
  g_assert_cmpuint (fr_search_get_n_holders (search), ==, 2);
}

/* In the name of an honest holder, whose own answer comes later: all that may be said of it by strangers must not stand
 * in its way. */
static void
forge_hits (HostilePeer *peer)
{
  const FrPeerKey *honest = fr_node_get_key (ground_get ()->nodes[GROUND_HOLDER]);
  FrContentId picture = { { 1 } };
  g_autoptr (FrSearch) search = NULL;
  FrQueryId id = ask_and_hear (peer, GROUND_WORDS " -forged", &search);

  for (guint part = 0; part < FR_HITS_MAX_PARTS; part++)
    {
      const FrIdentity *identity = peer->rude->identity;
      g_autoptr (GBytes) hits = words_hits (identity, identity, honest, &id, &picture, 100, part);

      hostile_peer_say_often (peer, hits, 20);
    }
  assert_only_honest (peer, search);
}

/* A good record of its own, and a signature over something else. */
static void
break_hits (HostilePeer *peer)
{
  g_autoptr (FrIdentity) another = fr_identity_new ();
  FrContentId picture = { { 1 } };
  g_autoptr (FrSearch) search = NULL;
  FrQueryId id = ask_and_hear (peer, GROUND_WORDS " -broken", &search);
  g_autoptr (GBytes) hits = words_hits (another, peer->rude->identity, NULL, &id, &picture, 100, 0);

  hostile_peer_say_often (peer, hits, 20);
  assert_only_honest (peer, search);
}

/* Good hits of one search, sent as an answer to another. */
static void
move_hits (HostilePeer *peer)
{
  FrContentId picture = { { 1 } };
  FrQueryId other = { { 7 } };
  g_autoptr (FrSearch) search = NULL;
  FrQueryId id = ask_and_hear (peer, GROUND_WORDS " -moved", &search);
  g_autoptr (GBytes) hits = words_hits (peer->rude->identity, peer->rude->identity, NULL, &other, &picture, 100, 0);
  g_autoptr (Freshet__Frame) frame = NULL;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (hits, NULL), g_bytes_get_size (hits), &frame), ==, FR_WIRE_OK);
  for (guint i = 0; i < 30 && !hostile_peer_is_over (peer); i++)
    {
      Freshet__Hits moved = *frame->hits;

      moved.query_id = words_binary (id.bytes, sizeof id.bytes);
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_HITS, &moved);
    }
  assert_only_honest (peer, search);
}

/* In the name of very many, to use up what is relayed to one query. */
static void
crowd_hits (HostilePeer *peer)
{
  FrContentId picture = { { 1 } };
  g_autoptr (FrSearch) search = NULL;
  FrQueryId id = ask_and_hear (peer, GROUND_WORDS " -crowd", &search);

  for (guint i = 0; i < 2000; i++)
    {
      FrPeerKey key = *fr_identity_get_key (peer->rude->identity);
      g_autoptr (GBytes) hits = NULL;

      memcpy (key.bytes, &i, sizeof i);
      hits = words_hits (peer->rude->identity, peer->rude->identity, &key, &id, &picture, 100, 0);
      hostile_peer_say (peer, hits);
    }
  assert_only_honest (peer, search);
}

/* What is sealed, relays cannot look into; who asked can, and finds nothing. */
static void
seal_nonsense (HostilePeer *peer)
{
  const FrPeerKey *honest = fr_node_get_key (ground_get ()->nodes[GROUND_HOLDER]);
  Freshet__Hits hits = FRESHET__HITS__INIT;
  guint8 sealed[1000] = { 1 };
  g_autoptr (FrSearch) search = NULL;
  FrQueryId id = ask_and_hear (peer, GROUND_WORDS " -sealed", &search);

  hits.query_id = words_binary (id.bytes, sizeof id.bytes);
  hits.holder = words_binary (honest->bytes, sizeof honest->bytes);
  hits.sealed = words_binary (sealed, sizeof sealed);
  for (guint i = 0; i < 30; i++)
    {
      sealed[0] = (guint8) i;
      hits.part = i % FR_HITS_MAX_PARTS;
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_HITS, &hits);
    }
  assert_only_honest (peer, search);
}

/* A search of somebody else is said to have had enough. */
static void
end_search (HostilePeer *peer)
{
  Freshet__Enough enough = FRESHET__ENOUGH__INIT;
  g_autoptr (FrSearch) search = NULL;
  FrQueryId id = ask_and_hear (peer, GROUND_WORDS " -enough", &search);

  enough.query_id = words_binary (id.bytes, sizeof id.bytes);
  hostile_peer_say_frame_often (peer, FRESHET__FRAME__BODY_ENOUGH, &enough, 20);
  assert_only_honest (peer, search);
}

/* All the world has been asked, by its own word. */
static void
report_lies (HostilePeer *peer)
{
  Freshet__Report report = FRESHET__REPORT__INIT;
  Freshet__ReportHop hop = FRESHET__REPORT_HOP__INIT;
  Freshet__ReportHop *hops[FR_REPORT_MAX_HOPS];
  g_autoptr (FrSearch) search = NULL;
  FrQueryId id = ask_and_hear (peer, GROUND_WORDS " -report", &search);

  hop.asked = hop.suppressed = hop.skipped = hop.refused = G_MAXUINT32;
  for (guint i = 0; i < G_N_ELEMENTS (hops); i++)
    hops[i] = &hop;
  report.query_id = words_binary (id.bytes, sizeof id.bytes);
  report.n_hops = G_N_ELEMENTS (hops);
  report.hops = hops;
  hostile_peer_say_frame_often (peer, FRESHET__FRAME__BODY_REPORT, &report, 100);
  assert_only_honest (peer, search);
}

/* Digests and throttles */

static void
damage_digests (HostilePeer *peer)
{
  Freshet__Digest digest = FRESHET__DIGEST__INIT;
  guint8 gaps[] = { 0xff, 0xff, 0xff, 0xff, 0x0f }; /* far beyond the end */

  digest.log2_bits = FR_DIGEST_MIN_LOG2;
  digest.gaps = words_binary (gaps, sizeof gaps);
  hostile_peer_say_frame_often (peer, FRESHET__FRAME__BODY_DIGEST, &digest, 20);
}

static void
say_all_is_here (HostilePeer *peer)
{
  Freshet__Digest digest = FRESHET__DIGEST__INIT;

  digest.log2_bits = FR_DIGEST_MIN_LOG2;
  digest.everything = TRUE;
  for (digest.depth = 0; digest.depth <= FR_DIGEST_MAX_DEPTH; digest.depth++)
    hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_DIGEST, &digest);
}

static void
want_nothing (HostilePeer *peer)
{
  Freshet__Throttle throttle = FRESHET__THROTTLE__INIT;

  hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_THROTTLE, &throttle);
}

/* Neighbours and introductions */

static void
join_for_another (HostilePeer *peer)
{
  Freshet__PeerRecord *record = words_record (TRUE);
  Freshet__Join join = FRESHET__JOIN__INIT;
  guint8 walk[FR_QUERY_ID_SIZE] = { 1 };

  join.newcomer = record;
  join.walk = words_binary (walk, sizeof walk);
  for (guint i = 0; i < 20 && !hostile_peer_is_over (peer); i++)
    {
      walk[1] = (guint8) i;
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_JOIN, &join);
    }
  fr_record_free_message (record);
}

static void
be_another (HostilePeer *peer)
{
  Freshet__PeerRecord *record = words_record (TRUE);
  Freshet__Neighbour neighbour = FRESHET__NEIGHBOUR__INIT;

  neighbour.record = record;
  neighbour.priority = FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_PINNED;
  hostile_peer_say_frame_often (peer, FRESHET__FRAME__BODY_NEIGHBOUR, &neighbour, 20);
  fr_record_free_message (record);
}

static void
forge_records (HostilePeer *peer)
{
  Freshet__PeerRecord *record = words_record (FALSE);
  Freshet__ForwardJoin join = FRESHET__FORWARD_JOIN__INIT;
  guint8 walk[FR_QUERY_ID_SIZE] = { 1 };

  join.newcomer = record;
  join.walk = words_binary (walk, sizeof walk);
  for (guint i = 0; i < 30 && !hostile_peer_is_over (peer); i++)
    {
      walk[1] = (guint8) i;
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_FORWARD_JOIN, &join);
    }
  fr_record_free_message (record);
}

static void
part_with_lies (HostilePeer *peer)
{
  Freshet__PeerRecord *record = words_record (TRUE);
  Freshet__Disconnect disconnect = FRESHET__DISCONNECT__INIT;

  disconnect.instead = record;
  hostile_peer_say_frame_often (peer, FRESHET__FRAME__BODY_DISCONNECT, &disconnect, 20);
  fr_record_free_message (record);
}

/* A letter that the victim is said to have written, and one that nobody can open. */
static void
forge_letters (HostilePeer *peer)
{
  Freshet__Signal signal = FRESHET__SIGNAL__INIT;
  const FrPeerKey *victim = fr_node_get_key (ground_victim ());
  const FrPeerKey *honest = fr_node_get_key (ground_get ()->nodes[GROUND_ASKER]);
  guint8 sealed[200] = { 1 }, route[FR_QUERY_ID_SIZE] = { 1 };

  signal.route = words_binary (route, sizeof route);
  signal.sealed = words_binary (sealed, sizeof sealed);
  for (guint i = 0; i < 20; i++)
    {
      const FrPeerKey *from = i % 2 == 0 ? victim : honest, *to = i % 2 == 0 ? honest : victim;

      signal.from = words_binary (from->bytes, sizeof from->bytes);
      signal.to = words_binary (to->bytes, sizeof to->bytes);
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_SIGNAL, &signal);
    }
}

static const GroundBehaviour behaviours[] = {
  { "forged-asker", COMES_LINKED, forge_asker, ENDS_NOT },
  { "asker-is-victim", COMES_LINKED, forge_victim, ENDS_NOT },
  { "signature-over-other-bytes", COMES_LINKED, sign_other_bytes, ENDS_NOT },
  { "signature-of-another-kind", COMES_LINKED, sign_in_another_context, ENDS_NOT },
  { "ttl-255", COMES_LINKED, ask_too_far, ENDS_FAULT },
  { "ttl-0", COMES_LINKED, ask_no_distance, ENDS_FAULT },
  { "hops-255", COMES_LINKED, ask_from_too_far, ENDS_FAULT },
  { "ttl-and-hops-over-15", COMES_LINKED, ask_beyond_the_sum, ENDS_ANYHOW },
  { "queries-thrown-back", COMES_LINKED, throw_queries_back, ENDS_NOT },
  { "id-taken", COMES_LINKED, take_id, ENDS_NOT },
  { "forged-hits", COMES_LINKED, forge_hits, ENDS_NOT },
  { "broken-hits", COMES_LINKED, break_hits, ENDS_NOT },
  { "moved-hits", COMES_LINKED, move_hits, ENDS_FAULT },
  { "crowd-of-holders", COMES_LINKED, crowd_hits, ENDS_NOT },
  { "sealed-nonsense", COMES_LINKED, seal_nonsense, ENDS_NOT },
  { "enough-for-others", COMES_LINKED, end_search, ENDS_NOT },
  { "reports-that-lie", COMES_LINKED, report_lies, ENDS_NOT },
  { "damaged-digests", COMES_LINKED, damage_digests, ENDS_FAULT },
  { "digest-of-everything", COMES_LINKED, say_all_is_here, ENDS_NOT },
  { "throttle-to-nothing", COMES_LINKED, want_nothing, ENDS_NOT },
  { "join-for-another", COMES_LINKED, join_for_another, ENDS_FAULT },
  { "neighbour-of-another-name", COMES_LINKED, be_another, ENDS_FAULT },
  { "forged-records", COMES_LINKED, forge_records, ENDS_FAULT },
  { "parting-with-lies", COMES_LINKED, part_with_lies, ENDS_NOT },
  { "forged-letters", COMES_LINKED, forge_letters, ENDS_NOT },
};

void
test_lies_add (void)
{
  ground_add_behaviours ("lies", behaviours, G_N_ELEMENTS (behaviours));
}
