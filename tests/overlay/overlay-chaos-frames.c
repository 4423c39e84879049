/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "overlay-chaos-private.h"

#include "fr-digest.h"
#include "fr-query-reports.h"
#include "membership-fixture.h"
#include "overlay-fixture.h"

guint
chaos_below (Chaos *c, guint bound)
{
  return c->choose (c->source, bound);
}

static ProtobufCBinaryData
binary (const void *data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

guint
chaos_any_peer (Chaos *c)
{
  return chaos_below (c, 20) == 0 ? FIXTURE_SELF : chaos_below (c, CHAOS_N_PEERS) + 1;
}

/* Mostly of a query that has been asked. */
FrQueryId
chaos_any_id (Chaos *c)
{
  FrQueryId id = { { 0 } };

  if (chaos_below (c, 10) > 0)
    return fixture_id (c->bodies[chaos_below (c, CHAOS_N_QUERIES)]);
  id.bytes[0] = (guint8) chaos_below (c, 256);
  return id;
}

static GBytes *
any_body (Chaos *c)
{
  static const char *const words[] = { "harbour", "ha", "castle -harbour", "\"old harbour\"", "" };
  guint place = chaos_below (c, CHAOS_N_QUERIES);

  if (chaos_below (c, 8) == 0)
    {
      guint asker = chaos_any_peer (c), number = chaos_below (c, 1000000);

      g_bytes_unref (c->bodies[place]);
      c->bodies[place] = fixture_body_for (asker, number, words[chaos_below (c, G_N_ELEMENTS (words))]);
    }
  return c->bodies[place];
}

static GBytes *
make_signal (Chaos *c)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Signal signal = FRESHET__SIGNAL__INIT;
  FrQueryId route = chaos_any_id (c);
  FrPeerKey from = fixture_key (chaos_any_peer (c)), to = fixture_key (chaos_any_peer (c));
  guint8 sealed[FR_SIGNAL_SEALED_MAX_SIZE] = { 0 };

  signal.route = binary (route.bytes, sizeof route.bytes);
  signal.from = binary (from.bytes, sizeof from.bytes);
  signal.to = binary (to.bytes, sizeof to.bytes);
  signal.hops = chaos_below (c, FR_QUERY_MAX_HOPS + 1);
  signal.sealed = binary (sealed, 1 + chaos_below (c, sizeof sealed));
  frame.body_case = FRESHET__FRAME__BODY_SIGNAL;
  frame.signal = &signal;
  return fr_frame_pack (&frame);
}

static GBytes *
make_report (Chaos *c)
{
  FrReportCounts hops[FR_REPORT_MAX_HOPS];
  FrQueryId id = chaos_any_id (c);

  for (guint i = 0; i < FR_REPORT_MAX_HOPS; i++)
    {
      guint asked = chaos_below (c, 65536), suppressed = chaos_below (c, 2), refused = chaos_below (c, 2);

      hops[i] = (FrReportCounts) { (guint16) asked, (guint16) suppressed, 0, (guint16) refused };
    }
  return fr_report_counts_pack (hops, &id);
}

static GBytes *
make_enough (Chaos *c)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Enough enough = FRESHET__ENOUGH__INIT;
  FrQueryId id = chaos_any_id (c);

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

  throttle.hops = chaos_below (c, FR_QUERY_MAX_HOPS + 1);
  frame.body_case = FRESHET__FRAME__BODY_THROTTLE;
  frame.throttle = &throttle;
  return fr_frame_pack (&frame);
}

static GBytes *
make_digest (Chaos *c)
{
  g_autofree guint32 *hashes = NULL;
  g_autoptr (FrDigest) digest = NULL, before = NULL;
  guint n = chaos_below (c, 4) == 0 ? chaos_below (c, 60000) : chaos_below (c, 20);

  hashes = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    hashes[i] = chaos_below (c, G_MAXINT32);
  digest = fr_digest_new (hashes, n);
  before = chaos_below (c, 10) == 0 ? fr_digest_new (hashes, n / 2) : NULL;
  return fr_digest_pack (digest, chaos_below (c, FR_DIGEST_MAX_DEPTH + 1), before);
}

static GBytes *
make_shuffle (Chaos *c)
{
  FrQueryId walk = member_walk (chaos_below (c, 50));
  guint peers[FR_SHUFFLE_MAX_RECORDS];
  guint n_peers = chaos_below (c, FR_SHUFFLE_MAX_RECORDS + 1), origin, number;

  for (guint i = 0; i < n_peers; i++)
    peers[i] = chaos_any_peer (c);
  origin = chaos_any_peer (c);
  if (chaos_below (c, 2) == 0)
    return member_answer (&walk, origin, peers, n_peers);
  number = chaos_below (c, 50);
  return member_shuffle (number, origin, chaos_below (c, FR_WALK_MAX_TTL + 1), peers, n_peers);
}

static GBytes *
make_walk (Chaos *c)
{
  guint peer = chaos_any_peer (c), sequence = chaos_below (c, 5), walk = chaos_below (c, 50);
  g_autoptr (GBytes) record = member_record (peer, sequence, chaos_below (c, 4) > 0);

  switch (chaos_below (c, 4))
    {
    case 0:
      return member_join (walk, record);
    case 1:
      return member_forward_join (walk, record, chaos_below (c, FR_WALK_MAX_TTL + 1));
    case 2:
      return member_disconnect (chaos_below (c, 2) == 0 ? record : NULL);
    default:
      return member_neighbour (peer, (Freshet__Neighbour__Priority) chaos_below (c, 4));
    }
}

static GBytes *
make_answer (Chaos *c)
{
  FrQueryId id = chaos_any_id (c);
  guint holder = chaos_any_peer (c), number = chaos_below (c, 10);

  if (chaos_below (c, 2) == 0)
    return fixture_preview (&id, holder, number, 1 + chaos_below (c, FR_PREVIEW_DATA_MAX_SIZE));
  return fixture_hits_of_size (&id, holder, number % FR_HITS_MAX_PARTS, chaos_below (c, FR_HITS_MAX_ITEMS + 1));
}

static GBytes *
make_query (Chaos *c)
{
  GBytes *body = any_body (c);
  guint ttl = 1 + chaos_below (c, FR_QUERY_MAX_TTL), hops = chaos_below (c, FR_QUERY_MAX_HOPS - ttl + 1);

  return fixture_forged_query (body, ttl, hops, chaos_below (c, 10) == 0 ? chaos_below (c, 3) : 0);
}

GBytes *
chaos_make_frame (Chaos *c)
{
  switch (chaos_below (c, 13))
    {
    case 0:
      return fixture_ping (chaos_below (c, 3));
    case 1:
      return fixture_pong (chaos_below (c, 3));
    case 2:
      return make_signal (c);
    case 3:
      return make_report (c);
    case 4:
      return make_enough (c);
    case 5:
      return chaos_below (c, 5) == 0 ? make_throttle (c) : make_query (c);
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
