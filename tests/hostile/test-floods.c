/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-test-support.h"
#include "hostile-ground.h"
#include "hostile-words.h"
#include "tests.h"

/* Too much of what is allowed, and too large. */

#define MANY 3000

static void
flood_new_queries (HostilePeer *peer)
{
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (GBytes) query = words_own_query (peer, "nothing of the kind", 5, 1 + i % 3);

      hostile_peer_say (peer, query);
    }
  hostile_peer_await (peer, FRESHET__FRAME__BODY_THROTTLE, 0);
}

static void
flood_same_query (HostilePeer *peer)
{
  g_autoptr (GBytes) query = words_own_query (peer, "nothing of the kind", 7, 1);

  hostile_peer_say_often (peer, query, MANY);
}

/* Each copy may go farther than the last, and begins again. */
static void
flood_raised_query (HostilePeer *peer)
{
  g_autoptr (GBytes) body = words_query_body (fr_identity_get_key (peer->rude->identity), 1, "nothing of the kind");

  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (GBytes) query = words_query (body, peer->rude->identity, 1 + i % 7, 1);

      hostile_peer_say (peer, query);
    }
}

static void
flood_own_queries (HostilePeer *peer)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GBytes) query = words_own_query (peer, GROUND_WORDS, 7, 0);

      hostile_peer_say (peer, query);
    }
  g_assert_true (hostile_peer_settle (peer));
  /* as many answers as searches of its own that it may have, from each of the two who hold something */
  g_assert_cmpuint (hostile_peer_count (peer, FRESHET__FRAME__BODY_HITS), <=, 2 * 30);
}

/* It is asked for less, heeds that for nothing, and is closed with a word. */
static void
ignore_throttle (HostilePeer *peer)
{
  const gint64 end_us = g_get_monotonic_time () + 25 * G_USEC_PER_SEC;

  while (!hostile_peer_is_over (peer) && g_get_monotonic_time () < end_us)
    {
      gint64 next_us = g_get_monotonic_time () + 50 * 1000;

      for (guint i = 0; i < 20; i++)
        {
          g_autoptr (GBytes) query = words_own_query (peer, "nothing of the kind", 5, 6);

          hostile_peer_say (peer, query);
        }
      while (g_get_monotonic_time () < next_us)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (1000);
    }
  g_assert_nonnull (hostile_peer_find (peer, FRESHET__FRAME__BODY_THROTTLE, 0));
}

static void
flood_pings (HostilePeer *peer)
{
  Freshet__Ping ping = FRESHET__PING__INIT;

  for (guint i = 0; i < MANY; i++)
    {
      ping.nonce = i;
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_PING, &ping);
    }
  g_assert_true (hostile_peer_settle (peer));
  g_assert_cmpuint (hostile_peer_count (peer, FRESHET__FRAME__BODY_PONG), <, MANY / 10);
}

static void
flood_pongs (HostilePeer *peer)
{
  Freshet__Pong pong = FRESHET__PONG__INIT;

  for (guint i = 0; i < MANY; i++)
    {
      pong.nonce = i;
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_PONG, &pong);
    }
}

static void
flood_unknown (HostilePeer *peer)
{
  g_autoptr (GBytes) unknown = words_unknown (60);

  hostile_peer_say_often (peer, unknown, 3 * MANY);
}

static void
flood_large_unknown (HostilePeer *peer)
{
  g_autoptr (GBytes) unknown = words_unknown (FR_FRAME_MAX_SIZE);

  hostile_peer_say_often (peer, unknown, 200);
}

static void
say_too_large (HostilePeer *peer)
{
  g_autoptr (GBytes) unknown = words_unknown (FR_FRAME_MAX_SIZE + 1);

  hostile_peer_say (peer, unknown);
}

static void
say_largest_message (HostilePeer *peer)
{
  g_autoptr (GBytes) unknown = words_unknown (FR_MESSAGE_MAX_SIZE);

  hostile_peer_say_often (peer, unknown, 20);
}

static void
say_long_query (HostilePeer *peer)
{
  g_autofree char *words = g_strnfill (FR_QUERY_WORDS_MAX_BYTES + 1, 'x');

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GBytes) query = words_own_query (peer, words, 5, 1);

      hostile_peer_say (peer, query);
    }
}

/* Groups in groups, as an old protobuf has them. */
static void
say_nested (HostilePeer *peer)
{
  g_autofree char *groups = g_strnfill (40000, '\x0b');
  g_autoptr (GBytes) frame = g_bytes_new (groups, 40000);

  hostile_peer_say (peer, frame);
}

static void
say_single_bytes (HostilePeer *peer)
{
  g_autoptr (GBytes) zero = g_bytes_new_static ("\0", 1);

  hostile_peer_say_often (peer, zero, 1000);
}

static void
flood_hits (HostilePeer *peer)
{
  for (guint i = 0; i < 1000; i++)
    {
      FrQueryId query = { { 1, (guint8) i, (guint8) (i >> 8) } };
      FrContentId picture = { { 1 } };
      g_autoptr (GBytes) hits = words_hits (peer->rude->identity, peer->rude->identity, NULL, &query, &picture, 100, 0);

      hostile_peer_say (peer, hits);
    }
}

static void
flood_previews (HostilePeer *peer)
{
  Freshet__Preview preview = FRESHET__PREVIEW__INIT;
  guint8 bytes[FR_PREVIEW_DATA_MAX_SIZE] = { 1 };

  preview.query_id = words_binary (bytes, FR_QUERY_ID_SIZE);
  preview.holder = words_binary (bytes, FR_PEER_KEY_SIZE);
  preview.hash = words_binary (bytes, FR_PREVIEW_HASH_SIZE);
  preview.data = words_binary (bytes, sizeof bytes);
  for (guint i = 0; i < 1000; i++)
    hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_PREVIEW, &preview);
}

static void
flood_reports (HostilePeer *peer)
{
  Freshet__Report report = FRESHET__REPORT__INIT;
  Freshet__ReportHop hop = FRESHET__REPORT_HOP__INIT;
  Freshet__ReportHop *hops[FR_REPORT_MAX_HOPS];
  guint8 id[FR_QUERY_ID_SIZE] = { 1 };

  hop.asked = hop.suppressed = hop.skipped = hop.refused = G_MAXUINT32;
  for (guint i = 0; i < G_N_ELEMENTS (hops); i++)
    hops[i] = &hop;
  report.query_id = words_binary (id, sizeof id);
  report.n_hops = G_N_ELEMENTS (hops);
  report.hops = hops;
  for (guint i = 0; i < MANY; i++)
    {
      memcpy (id, &i, sizeof i);
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_REPORT, &report);
    }
}

static void
flood_throttles (HostilePeer *peer)
{
  Freshet__Throttle throttle = FRESHET__THROTTLE__INIT;

  for (guint i = 0; i < MANY; i++)
    {
      throttle.hops = i % (FR_QUERY_MAX_HOPS + 1);
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_THROTTLE, &throttle);
    }
}

static void
say_digest (HostilePeer *peer, guint depth, guint log2_bits, gboolean more, gsize size)
{
  Freshet__Digest digest = FRESHET__DIGEST__INIT;
  g_autofree guint8 *bits = g_malloc0 (size);

  memset (bits, 0x5a, size);
  digest.depth = depth;
  digest.log2_bits = log2_bits;
  digest.more = more;
  digest.bits = words_binary (bits, size);
  hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_DIGEST, &digest);
}

/* More of them than anybody's pictures change: a fault each. */
static void
flood_digests (HostilePeer *peer)
{
  for (guint i = 0; i < 200 && !hostile_peer_is_over (peer); i++)
    say_digest (peer, i % 2, FR_DIGEST_MAX_LOG2, FALSE, FR_DIGEST_DATA_MAX_SIZE);
}

static void
flood_signals (HostilePeer *peer)
{
  Freshet__Signal signal = FRESHET__SIGNAL__INIT;
  guint8 sealed[1000] = { 1 }, route[FR_QUERY_ID_SIZE] = { 1 };
  FrPeerKey from = *fr_identity_get_key (peer->rude->identity), to = *fr_node_get_key (ground_victim ());

  signal.to = words_binary (to.bytes, sizeof to.bytes);
  signal.from = words_binary (from.bytes, sizeof from.bytes);
  signal.route = words_binary (route, sizeof route);
  signal.sealed = words_binary (sealed, sizeof sealed);
  for (guint i = 0; i < MANY; i++)
    {
      memcpy (route, &i, sizeof i);
      memcpy (from.bytes, &i, sizeof i);
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_SIGNAL, &signal);
    }
}

static void
flood_walks (HostilePeer *peer)
{
  Freshet__PeerRecord *record = words_record (TRUE);
  Freshet__ForwardJoin join = FRESHET__FORWARD_JOIN__INIT;
  guint8 walk[FR_QUERY_ID_SIZE] = { 1 };

  join.walk = words_binary (walk, sizeof walk);
  join.newcomer = record;
  for (guint i = 0; i < MANY; i++)
    {
      memcpy (walk, &i, sizeof i);
      join.ttl = i % (FR_WALK_MAX_TTL + 1);
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_FORWARD_JOIN, &join);
    }
  fr_record_free_message (record);
}

static void
flood_shuffles (HostilePeer *peer)
{
  Freshet__PeerRecord *record = words_record (TRUE);
  Freshet__PeerRecord *records[FR_SHUFFLE_MAX_RECORDS];
  Freshet__Shuffle shuffle = FRESHET__SHUFFLE__INIT;
  guint8 walk[FR_QUERY_ID_SIZE] = { 1 };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    records[i] = record;
  shuffle.walk = words_binary (walk, sizeof walk);
  shuffle.origin = record;
  shuffle.records = records;
  shuffle.n_records = G_N_ELEMENTS (records);
  for (guint i = 0; i < MANY; i++)
    {
      memcpy (walk, &i, sizeof i);
      shuffle.ttl = i % (FR_WALK_MAX_TTL + 1);
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_SHUFFLE, &shuffle);
    }
  fr_record_free_message (record);
}

static void
flood_standings (HostilePeer *peer)
{
  Freshet__Standing standing = FRESHET__STANDING__INIT;

  for (guint i = 0; i < MANY; i++)
    {
      standing.state = i % 3;
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_STANDING, &standing);
    }
}

/* Says goodbye and goes on. */
static void
go_on_after_bye (HostilePeer *peer)
{
  Freshet__Bye bye = FRESHET__BYE__INIT;

  hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_BYE, &bye);
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GBytes) query = words_own_query (peer, GROUND_WORDS, 7, 0);

      fr_channel_send (peer->control, query, NULL);
    }
  hostile_peer_await_end (peer, 5);
  g_assert_cmpuint (hostile_peer_count (peer, FRESHET__FRAME__BODY_HITS), ==, 0);
}

static const GroundBehaviour behaviours[] = {
  { "new-queries", COMES_LINKED, flood_new_queries, ENDS_NOT },
  { "same-query", COMES_LINKED, flood_same_query, ENDS_NOT },
  { "raised-query", COMES_LINKED, flood_raised_query, ENDS_NOT },
  { "own-queries", COMES_LINKED, flood_own_queries, ENDS_NOT },
  { "pings", COMES_LINKED, flood_pings, ENDS_NOT },
  { "pongs", COMES_LINKED, flood_pongs, ENDS_NOT },
  { "unknown-frames", COMES_LINKED, flood_unknown, ENDS_NOT },
  { "large-unknown-frames", COMES_LINKED, flood_large_unknown, ENDS_NOT },
  { "too-large-a-frame", COMES_LINKED, say_too_large, ENDS_FAULT },
  { "largest-messages", COMES_LINKED, say_largest_message, ENDS_FAULT },
  { "long-query", COMES_LINKED, say_long_query, ENDS_FAULT },
  { "nested-groups", COMES_LINKED, say_nested, ENDS_FAULT },
  { "single-bytes", COMES_LINKED, say_single_bytes, ENDS_FAULT },
  { "hits-nobody-asked-for", COMES_LINKED, flood_hits, ENDS_NOT },
  { "previews-nobody-asked-for", COMES_LINKED, flood_previews, ENDS_NOT },
  { "reports", COMES_LINKED, flood_reports, ENDS_NOT },
  { "throttles", COMES_LINKED, flood_throttles, ENDS_NOT },
  { "digests", COMES_LINKED, flood_digests, ENDS_FAULT },
  { "signals", COMES_LINKED, flood_signals, ENDS_NOT },
  { "walks", COMES_LINKED, flood_walks, ENDS_NOT },
  { "shuffles", COMES_LINKED, flood_shuffles, ENDS_NOT },
  { "standings", COMES_LINKED, flood_standings, ENDS_NOT },
  { "after-bye", COMES_LINKED, go_on_after_bye, ENDS_ANYHOW },
  { "throttle-ignored", COMES_LINKED, ignore_throttle, ENDS_FAULT },
};

void
test_floods_add (void)
{
  ground_add_behaviours ("floods", behaviours, G_N_ELEMENTS (behaviours));
}
