/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "overlay-chaos-private.h"

#include "fr-query-reports.h"
#include "fr-route-table.h"
#include "membership-fixture.h"
#include "overlay-fixture.h"

#define MOST_LINKS 32 /* as many as there are sessions */
#define MOST_ACTIONS 16 /* of one event, beside one a link */

static FrLinkId
any_link (Chaos *c)
{
  return c->links->len > 0 ? g_array_index (c->links, FrLinkId, chaos_below (c, c->links->len)) : 1;
}

static void
receive_bytes (Chaos *c, const guint8 *data, gsize size)
{
  g_autoptr (Freshet__Frame) frame = NULL;
  FrWireFault fault = fr_frame_parse (data, size, &frame);

  if (frame != NULL)
    fr_overlay_receive (c->overlay, any_link (c), frame, size, c->now_us);
  else
    fr_overlay_receive_fault (c->overlay, any_link (c), fault, c->now_us);
}

static void
receive (Chaos *c)
{
  g_autoptr (GBytes) packed = chaos_make_frame (c);
  gsize size;
  g_autofree guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&packed), &size);

  for (guint i = chaos_below (c, 20) == 0 ? 1 + chaos_below (c, 4) : 0; i > 0; i--)
    {
      guint at = chaos_below (c, (guint) size);

      data[at] = (guint8) chaos_below (c, 256);
    }
  receive_bytes (c, data, size);
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
  FrPeerKey key = fixture_key (chaos_below (c, CHAOS_N_PEERS) + 1);

  if (c->dials->len > 0 && chaos_below (c, 2) == 0)
    {
      guint i = chaos_below (c, c->dials->len);

      key = g_array_index (c->dials, FrPeerKey, i);
      g_array_remove_index_fast (c->dials, i);
      switch (chaos_below (c, 4))
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
  else if (chaos_below (c, MOST_LINKS) > c->links->len)
    link_comes (c, &key);
  else
    {
      FrLinkId link = any_link (c);

      link_goes (c, link, chaos_below (c, 2) == 0);
    }
}

static void
search (Chaos *c)
{
  g_autoptr (GBytes) body = fixture_body (FIXTURE_SELF, chaos_below (c, 80));
  FrQueryId id = fixture_id (body);
  guint8 signature[FR_SIGNATURE_SIZE];
  FrQueryXray xray;

  fixture_sign (body, signature);
  switch (chaos_below (c, 4))
    {
    case 0:
      fr_overlay_search_further (c->overlay, &id, c->now_us);
      break;
    case 1:
      fr_overlay_end_search (c->overlay, &id, c->now_us);
      break;
    default:
      fr_overlay_search (c->overlay, body, signature, chaos_below (c, FR_QUERY_MAX_TTL + 1), c->now_us);
      g_assert_true (fr_overlay_get_xray (c->overlay, &id, c->now_us, &xray));
      g_bytes_unref (c->bodies[0]);
      c->bodies[0] = g_steal_pointer (&body);
    }
}

/* Some of the links may be gone, or twice the same. */
static void
search_near (Chaos *c)
{
  g_autoptr (GBytes) body = fixture_body (FIXTURE_SELF, 100 + chaos_below (c, 200));
  const FrLinkId links[] = { any_link (c), any_link (c), 1 };
  guint8 signature[FR_SIGNATURE_SIZE];

  fixture_sign (body, signature);
  fr_overlay_search_near (c->overlay, body, signature, links, 1 + chaos_below (c, G_N_ELEMENTS (links)), c->now_us);
  g_bytes_unref (c->bodies[0]);
  c->bodies[0] = g_steal_pointer (&body);
}

static void
set_something (Chaos *c)
{
  guint peer = chaos_below (c, CHAOS_N_PEERS) + 1;
  FrPeerKey key = fixture_key (peer);
  guint sequence = chaos_below (c, 1000);
  g_autoptr (GBytes) own = member_record (FIXTURE_SELF, sequence, chaos_below (c, 8) > 0);
  g_autoptr (GBytes) other = member_record (peer, chaos_below (c, 5), TRUE);
  g_autoptr (GPtrArray) records = NULL;
  FrNgramSet *content = NULL;

  switch (chaos_below (c, 7))
    {
    case 0:
      fr_overlay_set_record (c->overlay, chaos_below (c, 8) > 0 ? own : NULL, c->now_us);
      break;
    case 1:
      fr_overlay_set_open (c->overlay, chaos_below (c, 8) > 0, c->now_us);
      break;
    case 2:
      fr_overlay_pin (c->overlay, &key, chaos_below (c, 4) == 0, c->now_us);
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
  FrPeerKey key = fixture_key (chaos_any_peer (c));
  g_autoptr (GBytes) sealed = g_bytes_new_static ("sealed", 6), hits = NULL;
  FrQueryId id = chaos_any_id (c);

  switch (chaos_below (c, 7))
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
      fr_overlay_queued (c->overlay, any_link (c), chaos_below (c, 4) * (gsize) (256 * 1024), c->now_us);
      break;
    case 3:
      fr_overlay_heard (c->overlay, any_link (c), c->now_us);
      break;
    case 4:
      fr_overlay_wants_link (c->overlay, &key);
      break;
    case 5:
      search_near (c);
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
  i = chaos_below (c, c->checks->len);
  id = g_array_index (c->checks, FrQueryId, i);
  g_array_remove_index_fast (c->checks, i);
  fr_overlay_verified (c->overlay, &id, chaos_below (c, 20) > 0, c->now_us);
}

/* Mostly some milliseconds, now and then a suspended hour; never so much that the clock is at its end. */
static void
go_on (Chaos *c)
{
  gint64 deadline_us = fr_overlay_next_deadline (c->overlay);

  switch (chaos_below (c, 200))
    {
    case 0:
      c->now_us += (gint64) chaos_below (c, 3600) * G_USEC_PER_SEC;
      break;
    case 1:
      c->now_us += (gint64) chaos_below (c, 60) * G_USEC_PER_SEC;
      fr_overlay_check_links (c->overlay, c->now_us);
      break;
    case 2:
      if (deadline_us < G_MAXINT64)
        c->now_us = MAX (c->now_us, deadline_us);
      break;
    default:
      c->now_us += chaos_below (c, 20000);
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
        fr_overlay_hits_verified (c->overlay, &action, chaos_below (c, FR_HITS_MAX_ITEMS + 1));
      else if (action.type == FR_OVERLAY_DIAL)
        g_array_append_val (c->dials, action.key);
      else if (action.type == FR_OVERLAY_CLOSE && chaos_below (c, 4) > 0)
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
  g_assert_cmpuint (stats.n_near, <=, FR_OVERLAY_MAX_NEAR);
  g_assert_cmpuint (stats.n_checks, <=, c->config.max_checks);
  g_assert_cmpuint (stats.n_trails, <=, c->config.trail_capacity);
  g_assert_cmpuint (stats.n_routes, <=, FR_ROUTE_TABLE_CAPACITY);
  g_assert_cmpuint (stats.n_reports, <=, FR_QUERY_REPORTS_CAPACITY);
  g_assert_cmpuint (stats.n_records, <=, c->config.passive_most);
  g_assert_cmpuint (stats.n_actions, ==, 0);
  g_assert_cmpuint (c->checks->len, <=, c->config.max_checks);
}

/* What one frame leads to is bounded, whatever is in it. */
static void
check_frame_done (Chaos *c, guint n_links)
{
  g_assert_cmpuint (drain (c), <=, n_links + MOST_ACTIONS);
  check_bounds (c);
}

void
chaos_step (Chaos *c)
{
  guint kind = chaos_below (c, 100), n_links = c->links->len;

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
    {
      check_frame_done (c, n_links);
      return;
    }
  drain (c);
  check_bounds (c);
}

/* A frame that is not of our making, on any link. */
void
chaos_receive (Chaos *c, const guint8 *data, gsize size)
{
  guint n_links = c->links->len;

  receive_bytes (c, data, size);
  check_frame_done (c, n_links);
}

/* Some 10 minutes after everybody has gone nothing is left but who could be dialled. */
void
chaos_end (Chaos *c)
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

Chaos *
chaos_new (const FrOverlayConfig *config, guint32 seed, ChaosChoose choose, gpointer source)
{
  FrPeerKey self_key = fixture_key (FIXTURE_SELF);
  Chaos *c = g_new0 (Chaos, 1);

  c->config = *config;
  c->choose = choose;
  c->source = source;
  c->now_us = G_USEC_PER_SEC;
  c->overlay = fr_overlay_new (config, &self_key, seed);
  c->links = g_array_new (FALSE, FALSE, sizeof (FrLinkId));
  c->checks = g_array_new (FALSE, FALSE, sizeof (FrQueryId));
  c->dials = g_array_new (FALSE, FALSE, sizeof (FrPeerKey));
  for (guint i = 0; i < CHAOS_N_QUERIES; i++)
    c->bodies[i] = fixture_body (i + 1, i);
  return c;
}

void
chaos_free (Chaos *c)
{
  fr_overlay_free (c->overlay);
  for (guint i = 0; i < CHAOS_N_QUERIES; i++)
    g_bytes_unref (c->bodies[i]);
  g_array_unref (c->links);
  g_array_unref (c->checks);
  g_array_unref (c->dials);
  g_free (c);
}

guint64
chaos_get_n_actions (const Chaos *c)
{
  return c->n_actions;
}

void
chaos_config_init_usual (FrOverlayConfig *config)
{
  fr_overlay_config_init_default (config);
  config->max_faults = G_MAXUINT - 1; /* else no link lives for long */
}

/* Where all tables are full all the time. */
void
chaos_config_init_tight (FrOverlayConfig *config)
{
  fr_overlay_config_init_default (config);
  config->ledger_capacity = config->trail_capacity = config->max_checks = 3;
  config->own_capacity = config->passive_most = 2;
  config->relay_burst = config->origin_burst = 4;
  config->hits_per_query = 4096;
  config->small_network = 2;
}
