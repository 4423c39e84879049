/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-digest.h"
#include "fr-query-reports.h"
#include "fr-route-table.h"
#include "fr-test-support.h"
#include "membership-fixture.h"
#include "overlay-fixture.h"
#include "tests.h"

#include <string.h>

/* One engine, to which anything happens in any order: frames of all kinds on any link, sensible, senseless and damaged;
 * links that come and go; what the application may ask; time that jumps. Whatever it is, tables stay within their
 * bounds, one frame never causes many more, and after a tick nothing is due. */

#define N_STEPS 50000
#define N_PEERS 60
#define MOST_LINKS 32 /* as many as there are sessions */
#define N_QUERIES 64
#define MOST_ACTIONS 16 /* of one event, beside one a link */

typedef struct
{
  FrOverlay *overlay;
  FrOverlayConfig config;
  GRand *rand;
  gint64 now_us;
  GArray *links;       /* of FrLinkId; up, or about to go */
  FrLinkId last_link;
  GArray *checks;      /* of FrQueryId */
  GArray *dials;       /* of FrPeerKey */
  GBytes *bodies[N_QUERIES];
  guint64 n_actions;
} Chaos;

static guint
below (Chaos *c, guint bound)
{
  return (guint) g_rand_int_range (c->rand, 0, (gint32) bound);
}

static ProtobufCBinaryData
binary (const void *data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

static guint
any_peer (Chaos *c)
{
  return below (c, 20) == 0 ? FIXTURE_SELF : below (c, N_PEERS) + 1;
}

static FrLinkId
any_link (Chaos *c)
{
  return c->links->len > 0 ? g_array_index (c->links, FrLinkId, below (c, c->links->len)) : 1;
}

/* Mostly of a query that has been asked. */
static FrQueryId
any_id (Chaos *c)
{
  FrQueryId id = { { 0 } };

  if (below (c, 10) > 0)
    return fixture_id (c->bodies[below (c, N_QUERIES)]);
  id.bytes[below (c, FR_QUERY_ID_SIZE)] = (guint8) below (c, 256);
  return id;
}

static GBytes *
any_body (Chaos *c)
{
  static const char *const words[] = { "harbour", "ha", "castle -harbour", "\"old harbour\"", "" };
  guint place = below (c, N_QUERIES);

  if (below (c, 8) == 0)
    {
      g_bytes_unref (c->bodies[place]);
      c->bodies[place] = fixture_body_for (any_peer (c), below (c, 1000000), words[below (c, G_N_ELEMENTS (words))]);
    }
  return c->bodies[place];
}

static GBytes *
make_signal (Chaos *c)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Signal signal = FRESHET__SIGNAL__INIT;
  FrQueryId route = any_id (c);
  FrPeerKey from = fixture_key (any_peer (c)), to = fixture_key (any_peer (c));
  guint8 sealed[FR_SIGNAL_SEALED_MAX_SIZE] = { 0 };

  signal.route = binary (route.bytes, sizeof route.bytes);
  signal.from = binary (from.bytes, sizeof from.bytes);
  signal.to = binary (to.bytes, sizeof to.bytes);
  signal.hops = below (c, FR_QUERY_MAX_HOPS + 1);
  signal.sealed = binary (sealed, 1 + below (c, sizeof sealed));
  frame.body_case = FRESHET__FRAME__BODY_SIGNAL;
  frame.signal = &signal;
  return fr_frame_pack (&frame);
}

static GBytes *
make_report (Chaos *c)
{
  FrReportCounts hops[FR_REPORT_MAX_HOPS];
  FrQueryId id = any_id (c);

  for (guint i = 0; i < FR_REPORT_MAX_HOPS; i++)
    hops[i] = (FrReportCounts) { (guint16) below (c, 65536), (guint16) below (c, 2), 0, (guint16) below (c, 2) };
  return fr_report_counts_pack (hops, &id);
}

static GBytes *
make_enough (Chaos *c)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Enough enough = FRESHET__ENOUGH__INIT;
  FrQueryId id = any_id (c);

  enough.query_id = binary (id.bytes, sizeof id.bytes);
  frame.body_case = FRESHET__FRAME__BODY_ENOUGH;
  frame.enough = &enough;
  return fr_frame_pack (&frame);
}

static GBytes *
make_throttle (Chaos *c)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Throttle throttle = FRESHET__THROTTLE__INIT;

  throttle.hops = below (c, FR_QUERY_MAX_HOPS + 1);
  frame.body_case = FRESHET__FRAME__BODY_THROTTLE;
  frame.throttle = &throttle;
  return fr_frame_pack (&frame);
}

static GBytes *
make_digest (Chaos *c)
{
  g_autofree guint32 *hashes = NULL;
  g_autoptr (FrDigest) digest = NULL, before = NULL;
  guint n = below (c, 4) == 0 ? below (c, 60000) : below (c, 20);

  hashes = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    hashes[i] = g_rand_int (c->rand);
  digest = fr_digest_new (hashes, n);
  before = below (c, 10) == 0 ? fr_digest_new (hashes, n / 2) : NULL;
  return fr_digest_pack (digest, below (c, FR_DIGEST_MAX_DEPTH + 1), before);
}

static GBytes *
make_shuffle (Chaos *c)
{
  FrQueryId walk = member_walk (below (c, 50));
  guint peers[FR_SHUFFLE_MAX_RECORDS];
  guint n_peers = below (c, FR_SHUFFLE_MAX_RECORDS + 1);

  for (guint i = 0; i < n_peers; i++)
    peers[i] = any_peer (c);
  if (below (c, 2) == 0)
    return member_answer (&walk, any_peer (c), peers, n_peers);
  return member_shuffle (below (c, 50), any_peer (c), below (c, FR_WALK_MAX_TTL + 1), peers, n_peers);
}

static GBytes *
make_walk (Chaos *c)
{
  g_autoptr (GBytes) record = member_record (any_peer (c), below (c, 5), below (c, 4) > 0);

  switch (below (c, 4))
    {
    case 0:
      return member_join (below (c, 50), record);
    case 1:
      return member_forward_join (below (c, 50), record, below (c, FR_WALK_MAX_TTL + 1));
    case 2:
      return member_disconnect (below (c, 2) == 0 ? record : NULL);
    default:
      return member_neighbour (any_peer (c), (Freshet__Neighbour__Priority) below (c, 4));
    }
}

static GBytes *
make_answer (Chaos *c)
{
  FrQueryId id = any_id (c);

  if (below (c, 2) == 0)
    return fixture_preview (&id, any_peer (c), below (c, 10), 1 + below (c, FR_PREVIEW_DATA_MAX_SIZE));
  return fixture_hits_of_size (&id, any_peer (c), below (c, FR_HITS_MAX_PARTS), below (c, FR_HITS_MAX_ITEMS + 1));
}

static GBytes *
make_query (Chaos *c)
{
  guint ttl = 1 + below (c, FR_QUERY_MAX_TTL);

  return fixture_forged_query (any_body (c), ttl, below (c, FR_QUERY_MAX_HOPS - ttl + 1),
                               below (c, 10) == 0 ? below (c, 3) : 0);
}

static GBytes *
make_frame (Chaos *c)
{
  switch (below (c, 13))
    {
    case 0:
      return fixture_ping (below (c, 3));
    case 1:
      return fixture_pong (below (c, 3));
    case 2:
      return make_signal (c);
    case 3:
      return make_report (c);
    case 4:
      return make_enough (c);
    case 5:
      return below (c, 5) == 0 ? make_throttle (c) : make_query (c);
    case 6:
      return make_digest (c);
    case 7:
      return make_shuffle (c);
    case 8:
      return make_walk (c);
    case 9:
    case 10:
      return make_answer (c);
    default:
      return make_query (c);
    }
}

static void
receive (Chaos *c)
{
  g_autoptr (GBytes) packed = make_frame (c);
  g_autoptr (Freshet__Frame) frame = NULL;
  gsize size;
  g_autofree guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&packed), &size);
  FrWireFault fault;

  for (guint i = below (c, 20) == 0 ? 1 + below (c, 4) : 0; i > 0; i--)
    data[below (c, (guint) size)] = (guint8) below (c, 256);
  fault = fr_frame_parse (data, size, &frame);
  if (frame != NULL)
    fr_overlay_receive (c->overlay, any_link (c), frame, size, c->now_us);
  else
    fr_overlay_receive_fault (c->overlay, any_link (c), fault, c->now_us);
}

static void
link_goes (Chaos *c, FrLinkId link, gboolean lost)
{
  for (guint i = 0; i < c->links->len; i++)
    if (g_array_index (c->links, FrLinkId, i) == link)
      {
        g_array_remove_index_fast (c->links, i);
        break;
      }
  if (lost)
    fr_overlay_link_lost (c->overlay, link, c->now_us);
  else
    fr_overlay_link_down (c->overlay, link, c->now_us);
}

static void
link_comes (Chaos *c, const FrPeerKey *key)
{
  if (c->links->len >= MOST_LINKS)
    {
      fr_overlay_dial_failed (c->overlay, key, c->now_us);
      return;
    }
  c->last_link++;
  g_array_append_val (c->links, c->last_link);
  fr_overlay_link_up (c->overlay, c->last_link, key, c->now_us);
}

static void
change_links (Chaos *c)
{
  FrPeerKey key = fixture_key (below (c, N_PEERS) + 1);

  if (c->dials->len > 0 && below (c, 2) == 0)
    {
      guint i = below (c, c->dials->len);

      key = g_array_index (c->dials, FrPeerKey, i);
      g_array_remove_index_fast (c->dials, i);
      switch (below (c, 4))
        {
        case 0:
          fr_overlay_dial_failed (c->overlay, &key, c->now_us);
          break;
        case 1:
          fr_overlay_dial_refused (c->overlay, &key, c->now_us);
          break;
        default:
          link_comes (c, &key);
          break;
        }
    }
  else if (below (c, MOST_LINKS) > c->links->len)
    link_comes (c, &key);
  else
    link_goes (c, any_link (c), below (c, 2) == 0);
}

static void
search (Chaos *c)
{
  g_autoptr (GBytes) body = fixture_body (FIXTURE_SELF, below (c, 80));
  FrQueryId id = fixture_id (body);
  guint8 signature[FR_SIGNATURE_SIZE];
  FrQueryXray xray;

  fixture_sign (body, signature);
  switch (below (c, 4))
    {
    case 0:
      fr_overlay_search_further (c->overlay, &id, c->now_us);
      break;
    case 1:
      fr_overlay_end_search (c->overlay, &id, c->now_us);
      break;
    default:
      fr_overlay_search (c->overlay, body, signature, below (c, FR_QUERY_MAX_TTL + 1), c->now_us);
      g_assert_true (fr_overlay_get_xray (c->overlay, &id, c->now_us, &xray));
      g_bytes_unref (c->bodies[0]);
      c->bodies[0] = g_steal_pointer (&body);
    }
}

static void
set_something (Chaos *c)
{
  guint peer = below (c, N_PEERS) + 1;
  FrPeerKey key = fixture_key (peer);
  g_autoptr (GBytes) own = member_record (FIXTURE_SELF, below (c, 1000), below (c, 8) > 0);
  g_autoptr (GBytes) other = member_record (peer, below (c, 5), TRUE);
  g_autoptr (GPtrArray) records = NULL;
  FrNgramSet *content = NULL;

  switch (below (c, 7))
    {
    case 0:
      fr_overlay_set_record (c->overlay, below (c, 8) > 0 ? own : NULL, c->now_us);
      break;
    case 1:
      fr_overlay_set_open (c->overlay, below (c, 8) > 0, c->now_us);
      break;
    case 2:
      fr_overlay_pin (c->overlay, &key, below (c, 4) == 0, c->now_us);
      break;
    case 3:
      fr_overlay_add_record (c->overlay, other, c->now_us);
      break;
    case 4:
      content = fr_ngram_set_new ();
      fr_ngram_set_add_text (content, "castle\nharbour");
      fr_overlay_set_content (c->overlay, content, c->now_us);
      break;
    case 5:
      fr_overlay_add_content (c->overlay, "windmill", c->now_us);
      break;
    default:
      records = fr_overlay_get_records (c->overlay);
      g_assert_cmpuint (records->len, <=, c->config.passive_most + c->links->len);
    }
}

static void
use (Chaos *c)
{
  FrPeerKey key = fixture_key (any_peer (c));
  g_autoptr (GBytes) sealed = g_bytes_new_static ("sealed", 6), hits = NULL;
  FrQueryId id = any_id (c);

  switch (below (c, 6))
    {
    case 0:
      hits = fixture_hits (&id, FIXTURE_SELF, 0);
      fr_overlay_answer (c->overlay, &id, hits, c->now_us);
      break;
    case 1:
      if (fr_overlay_has_route (c->overlay, &id, &key, c->now_us))
        g_assert_true (fr_overlay_signal (c->overlay, &id, &key, sealed, c->now_us));
      break;
    case 2:
      fr_overlay_queued (c->overlay, any_link (c), below (c, 3) * below (c, 1 << 20), c->now_us);
      break;
    case 3:
      fr_overlay_heard (c->overlay, any_link (c), c->now_us);
      break;
    case 4:
      fr_overlay_wants_link (c->overlay, &key);
      break;
    default:
      search (c);
    }
}

static void
verify (Chaos *c)
{
  FrQueryId id;
  guint i;

  if (c->checks->len == 0)
    return;
  i = below (c, c->checks->len);
  id = g_array_index (c->checks, FrQueryId, i);
  g_array_remove_index_fast (c->checks, i);
  fr_overlay_verified (c->overlay, &id, below (c, 20) > 0, c->now_us);
}

/* Mostly some milliseconds, now and then a suspended hour; never so much that the clock is at its end. */
static void
go_on (Chaos *c)
{
  gint64 deadline_us = fr_overlay_next_deadline (c->overlay);

  switch (below (c, 200))
    {
    case 0:
      c->now_us += (gint64) below (c, 3600) * G_USEC_PER_SEC;
      break;
    case 1:
      c->now_us += (gint64) below (c, 60) * G_USEC_PER_SEC;
      fr_overlay_check_links (c->overlay, c->now_us);
      break;
    case 2:
      if (deadline_us < G_MAXINT64)
        c->now_us = MAX (c->now_us, deadline_us);
      break;
    default:
      c->now_us += below (c, 20000);
    }
  fr_overlay_tick (c->overlay, c->now_us);
  g_assert_cmpint (fr_overlay_next_deadline (c->overlay), >, c->now_us);
}

static guint
drain (Chaos *c)
{
  FrOverlayAction action;
  guint n = 0;

  for (; fr_overlay_next_action (c->overlay, &action); n++)
    {
      g_autoptr (Freshet__Frame) frame = NULL;

      if (action.type == FR_OVERLAY_SEND)
        frame = fixture_parse (action.frame); /* whatever we send, others take for valid */
      else if (action.type == FR_OVERLAY_VERIFY)
        g_array_append_val (c->checks, action.query);
      else if (action.type == FR_OVERLAY_DELIVER_HITS)
        fr_overlay_hits_verified (c->overlay, &action, below (c, FR_HITS_MAX_ITEMS + 1));
      else if (action.type == FR_OVERLAY_DIAL)
        g_array_append_val (c->dials, action.key);
      else if (action.type == FR_OVERLAY_CLOSE && below (c, 4) > 0)
        link_goes (c, action.link, FALSE);
      fr_overlay_action_clear (&action);
    }
  c->n_actions += n;
  return n;
}

static void
check_bounds (Chaos *c)
{
  FrOverlayStats stats;

  fr_overlay_get_stats (c->overlay, &stats);
  g_assert_cmpuint (stats.n_links, ==, c->links->len);
  g_assert_cmpuint (stats.n_queries, <=, c->config.ledger_capacity);
  g_assert_cmpuint (stats.n_own, <=, c->config.own_capacity);
  g_assert_cmpuint (stats.n_checks, <=, c->config.max_checks);
  g_assert_cmpuint (stats.n_trails, <=, c->config.trail_capacity);
  g_assert_cmpuint (stats.n_routes, <=, FR_ROUTE_TABLE_CAPACITY);
  g_assert_cmpuint (stats.n_reports, <=, FR_QUERY_REPORTS_CAPACITY);
  g_assert_cmpuint (stats.n_records, <=, c->config.passive_most);
  g_assert_cmpuint (stats.n_actions, ==, 0);
  g_assert_cmpuint (c->checks->len, <=, c->config.max_checks);
}

static void
step (Chaos *c)
{
  guint kind = below (c, 100), n_links = c->links->len;

  if (kind < 60)
    receive (c);
  else if (kind < 75)
    go_on (c);
  else if (kind < 85)
    verify (c);
  else if (kind < 90)
    change_links (c);
  else if (kind < 98)
    use (c);
  else
    set_something (c);
  if (kind < 60)
    g_assert_cmpuint (drain (c), <=, n_links + MOST_ACTIONS);
  else
    drain (c);
  check_bounds (c);
}

/* Some 10 minutes after everybody has gone nothing is left but who could be dialled. */
static void
check_rest (Chaos *c)
{
  FrOverlayStats stats;

  while (c->checks->len > 0)
    verify (c);
  while (c->links->len > 0)
    link_goes (c, any_link (c), FALSE);
  for (guint i = 0; i < 20; i++)
    {
      c->now_us += 60 * G_USEC_PER_SEC;
      fr_overlay_tick (c->overlay, c->now_us);
      g_assert_cmpint (fr_overlay_next_deadline (c->overlay), >, c->now_us);
      drain (c);
      while (c->checks->len > 0)
        verify (c);
    }
  fr_overlay_get_stats (c->overlay, &stats);
  g_assert_cmpuint (stats.n_links, ==, 0);
  g_assert_cmpuint (stats.n_queries, ==, 0);
  g_assert_cmpuint (stats.n_own, ==, 0);
  g_assert_cmpuint (stats.n_checks, ==, 0);
  g_assert_cmpuint (stats.n_reports, ==, 0);
  g_assert_cmpuint (stats.n_trails, ==, 0);
  g_assert_cmpuint (stats.n_routes, ==, 0);
}

static void
run (GRand *rand, const FrOverlayConfig *config)
{
  FrPeerKey self_key = fixture_key (FIXTURE_SELF);
  Chaos c = { .config = *config, .rand = rand, .now_us = G_USEC_PER_SEC };

  c.overlay = fr_overlay_new (config, &self_key, g_rand_int (rand));
  c.links = g_array_new (FALSE, FALSE, sizeof (FrLinkId));
  c.checks = g_array_new (FALSE, FALSE, sizeof (FrQueryId));
  c.dials = g_array_new (FALSE, FALSE, sizeof (FrPeerKey));
  for (guint i = 0; i < N_QUERIES; i++)
    c.bodies[i] = fixture_body (i + 1, i);
  for (guint i = 0; i < N_STEPS; i++)
    step (&c);
  g_test_message ("%" G_GUINT64_FORMAT " actions", c.n_actions);
  check_rest (&c);

  fr_overlay_free (c.overlay);
  for (guint i = 0; i < N_QUERIES; i++)
    g_bytes_unref (c.bodies[i]);
  g_array_unref (c.links);
  g_array_unref (c.checks);
  g_array_unref (c.dials);
}

static void
test_usual_bounds (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrOverlayConfig config;

  fr_overlay_config_init_default (&config);
  config.max_faults = G_MAXUINT - 1; /* else no link lives for long */
  run (rand, &config);
}

/* Where all tables are full all the time. */
static void
test_tight_bounds (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrOverlayConfig config;

  fr_overlay_config_init_default (&config);
  config.ledger_capacity = config.trail_capacity = config.max_checks = 3;
  config.own_capacity = config.passive_most = 2;
  config.relay_burst = config.origin_burst = 4;
  config.hits_per_query = 4096;
  config.small_network = 2;
  run (rand, &config);
}

void
test_random_events_add (void)
{
  g_test_add_func ("/overlay/random-events/usual-bounds", test_usual_bounds);
  g_test_add_func ("/overlay/random-events/tight-bounds", test_tight_bounds);
}
