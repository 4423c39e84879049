/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-private.h"

/**
 * fr_overlay_config_init_default:
 * @config: (out caller-allocates): the numbers of protocol version 1
 *
 * Sets every number to what the protocol names.
 */
void
fr_overlay_config_init_default (FrOverlayConfig *config)
{
  *config = (FrOverlayConfig) {
    .relay_rate = FR_NEIGHBOUR_RELAY_RATE,
    .relay_burst = FR_NEIGHBOUR_RELAY_BURST,
    .origin_rate = FR_NEIGHBOUR_ORIGIN_RATE,
    .origin_burst = FR_NEIGHBOUR_ORIGIN_BURST,
    .hits_rate = FR_NEIGHBOUR_HITS_RATE,
    .hits_burst = FR_NEIGHBOUR_HITS_BURST,
    .ping_rate = FR_NEIGHBOUR_PING_RATE,
    .ping_burst = FR_NEIGHBOUR_PING_BURST,
    .max_faults = FR_NEIGHBOUR_MAX_FAULTS,
    .default_ttl = FR_OVERLAY_DEFAULT_TTL,
    .ledger_capacity = FR_QUERY_LEDGER_CAPACITY,
    .own_capacity = FR_QUERY_LEDGER_OWN_CAPACITY,
    .ledger_age_us = FR_QUERY_LEDGER_AGE_US,
    .max_checks = FR_OVERLAY_MAX_CHECKS,
    .hits_per_query = FR_OVERLAY_HITS_PER_QUERY,
    .trail_capacity = FR_HIT_TRAILS_CAPACITY,
    .ping_interval_us = FR_NEIGHBOUR_PING_INTERVAL_US,
    .ping_misses = FR_NEIGHBOUR_PING_MISSES,
  };
}

FrNeighbour *
_fr_overlay_find (FrOverlay *self, FrLinkId link)
{
  FrNeighbour *neighbour = link != 0 ? g_hash_table_lookup (self->by_link, GUINT_TO_POINTER (link)) : NULL;

  return neighbour != NULL && !fr_neighbour_is_closing (neighbour) ? neighbour : NULL;
}

void
_fr_overlay_send (FrOverlay *self, FrLinkId link, GBytes *frame)
{
  FrOverlayAction action = { .type = FR_OVERLAY_SEND, .link = link, .frame = g_bytes_ref (frame) };

  fr_action_queue_push (self->actions, &action);
}

static void
close_link (FrOverlay *self, FrNeighbour *neighbour, FrOverlayReason reason)
{
  FrOverlayAction action = {
    .type = FR_OVERLAY_CLOSE,
    .link = fr_neighbour_get_link (neighbour),
    .reason = reason,
  };

  fr_neighbour_set_closing (neighbour);
  fr_action_queue_push (self->actions, &action);
}

void
_fr_overlay_fault (FrOverlay *self, FrNeighbour *neighbour)
{
  self->stats.faults++;
  if (fr_neighbour_note_fault (neighbour))
    close_link (self, neighbour, FR_OVERLAY_REASON_FAULTS);
}

static void
send_ping (FrOverlay *self, FrNeighbour *neighbour, gint64 now_us)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Ping ping = FRESHET__PING__INIT;
  g_autoptr (GBytes) packed = NULL;

  ping.nonce = ((guint64) g_rand_int (self->rand) << 32 | g_rand_int (self->rand)) | 1; /* 0 would be none */
  frame.body_case = FRESHET__FRAME__BODY_PING;
  frame.ping = &ping;
  packed = fr_frame_pack (&frame);
  fr_neighbour_ping (neighbour, ping.nonce, now_us);
  _fr_overlay_send (self, fr_neighbour_get_link (neighbour), packed);
  self->stats.pings_sent++;
}

static void
receive_ping (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Ping *ping, gint64 now_us)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Pong pong = FRESHET__PONG__INIT;
  g_autoptr (GBytes) packed = NULL;

  if (!fr_neighbour_take_ping (neighbour, now_us))
    {
      self->stats.pings_limited++;
      return;
    }
  pong.nonce = ping->nonce;
  frame.body_case = FRESHET__FRAME__BODY_PONG;
  frame.pong = &pong;
  packed = fr_frame_pack (&frame);
  _fr_overlay_send (self, fr_neighbour_get_link (neighbour), packed);
}

/**
 * fr_overlay_new:
 * @config: (nullable): the numbers to decide by; %NULL for those of the protocol
 * @self_key: whose engine this is: queries that this key asks are never taken from others
 * @seed: what all its randomness comes from
 *
 * Returns: (transfer full): an engine without links
 */
FrOverlay *
fr_overlay_new (const FrOverlayConfig *config, const FrPeerKey *self_key, guint32 seed)
{
  FrOverlay *self;

  g_return_val_if_fail (self_key != NULL, NULL);

  self = g_new0 (FrOverlay, 1);
  if (config != NULL)
    self->config = *config;
  else
    fr_overlay_config_init_default (&self->config);
  self->self_key = *self_key;
  self->rand = g_rand_new_with_seed (seed);
  self->salt = g_rand_int (self->rand);
  self->neighbours = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_neighbour_free);
  self->by_link = g_hash_table_new (NULL, NULL);
  self->ledger = fr_query_ledger_new (self->config.ledger_capacity, self->config.ledger_age_us);
  self->own = fr_query_ledger_new (self->config.own_capacity, self->config.ledger_age_us);
  self->trails = fr_hit_trails_new (self->config.trail_capacity, self->config.ledger_age_us);
  self->checks = g_hash_table_new_full (fr_query_id_hash, fr_query_id_equal_func, NULL,
                                        (GDestroyNotify) fr_query_check_free);
  self->actions = fr_action_queue_new ();
  return self;
}

/**
 * fr_overlay_free:
 * @self: (nullable) (transfer full): an engine
 *
 * Frees it with all actions that nobody took.
 */
void
fr_overlay_free (FrOverlay *self)
{
  if (self == NULL)
    return;
  fr_action_queue_free (self->actions);
  g_hash_table_unref (self->checks);
  fr_hit_trails_free (self->trails);
  fr_query_ledger_free (self->own);
  fr_query_ledger_free (self->ledger);
  g_hash_table_unref (self->by_link);
  g_ptr_array_unref (self->neighbours);
  g_rand_free (self->rand);
  g_free (self);
}

/**
 * fr_overlay_link_up:
 * @self: an engine
 * @link: a number for the link: not 0, and not used before
 * @key: the proven key of who is at its other end
 * @now_us: the time in microseconds
 *
 * From now on searches travel along this link. It is pinged once, so that its round trip is known early.
 */
void
fr_overlay_link_up (FrOverlay *self, FrLinkId link, const FrPeerKey *key, gint64 now_us)
{
  FrNeighbour *neighbour;

  g_return_if_fail (self != NULL);
  g_return_if_fail (link != 0 && key != NULL);
  g_return_if_fail (!g_hash_table_contains (self->by_link, GUINT_TO_POINTER (link)));

  neighbour = fr_neighbour_new (&self->config, link, key, now_us);
  g_ptr_array_add (self->neighbours, neighbour);
  g_hash_table_insert (self->by_link, GUINT_TO_POINTER (link), neighbour);
  send_ping (self, neighbour, now_us);
}

/**
 * fr_overlay_link_down:
 * @self: an engine
 * @link: a link; one that is not up is fine
 * @now_us: the time in microseconds
 *
 * The link is gone. Actions for it that were not taken yet may still come, and are to be ignored.
 */
void
fr_overlay_link_down (FrOverlay *self, FrLinkId link, gint64 now_us)
{
  FrNeighbour *neighbour;

  g_return_if_fail (self != NULL);

  neighbour = g_hash_table_lookup (self->by_link, GUINT_TO_POINTER (link));
  if (neighbour == NULL)
    return;
  g_hash_table_remove (self->by_link, GUINT_TO_POINTER (link));
  g_ptr_array_remove (self->neighbours, neighbour);
}

/**
 * fr_overlay_receive:
 * @self: an engine
 * @link: the link that the frame came by; one that is not up is fine
 * @frame: a frame from fr_frame_parse()
 * @size: its size in bytes, packed
 * @now_us: the time in microseconds
 *
 * Takes a Query, Hits, Preview, Ping or Pong. All other frames are ignored but for being a sign of life.
 */
void
fr_overlay_receive (FrOverlay *self, FrLinkId link, const Freshet__Frame *frame, gsize size, gint64 now_us)
{
  FrNeighbour *neighbour;

  g_return_if_fail (self != NULL);
  g_return_if_fail (frame != NULL);

  neighbour = _fr_overlay_find (self, link);
  if (neighbour == NULL)
    return;
  fr_neighbour_heard (neighbour, now_us);
  switch (frame->body_case)
    {
    case FRESHET__FRAME__BODY_QUERY:
      _fr_overlay_receive_query (self, neighbour, frame->query, now_us);
      break;
    case FRESHET__FRAME__BODY_HITS:
    case FRESHET__FRAME__BODY_PREVIEW:
      _fr_overlay_receive_answer (self, neighbour, frame, size, now_us);
      break;
    case FRESHET__FRAME__BODY_PING:
      receive_ping (self, neighbour, frame->ping, now_us);
      break;
    case FRESHET__FRAME__BODY_PONG:
      fr_neighbour_pong (neighbour, frame->pong->nonce, now_us);
      break;
    default:
      break;
    }
}

/**
 * fr_overlay_receive_fault:
 * @self: an engine
 * @link: the link that it came by; one that is not up is fine
 * @fault: what fr_frame_parse() said
 * @now_us: the time in microseconds
 *
 * Something came that is no frame. Frames of a later version are counted apart and harm nobody; too many others, and
 * the link is to be closed.
 */
void
fr_overlay_receive_fault (FrOverlay *self, FrLinkId link, FrWireFault fault, gint64 now_us)
{
  FrNeighbour *neighbour;

  g_return_if_fail (self != NULL);

  neighbour = _fr_overlay_find (self, link);
  if (neighbour == NULL || fault == FR_WIRE_OK)
    return;
  fr_neighbour_heard (neighbour, now_us);
  if (fault == FR_WIRE_UNKNOWN)
    self->stats.frames_unknown++;
  else
    _fr_overlay_fault (self, neighbour);
}

/**
 * fr_overlay_next_action:
 * @self: an engine
 * @out_action: (out caller-allocates) (transfer full): what to do next, to be cleared with fr_overlay_action_clear();
 *   untouched if there is nothing
 *
 * Returns: %FALSE if there is nothing to do
 */
gboolean
fr_overlay_next_action (FrOverlay *self, FrOverlayAction *out_action)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return fr_action_queue_pop (self->actions, out_action);
}

/**
 * fr_overlay_next_deadline:
 * @self: an engine
 *
 * Returns: when fr_overlay_tick() is to be called next, in microseconds; %G_MAXINT64 if there is no need
 */
gint64
fr_overlay_next_deadline (FrOverlay *self)
{
  gint64 deadline = G_MAXINT64;

  g_return_val_if_fail (self != NULL, G_MAXINT64);

  for (guint i = 0; i < self->neighbours->len; i++)
    deadline = MIN (deadline, fr_neighbour_get_ping_at (g_ptr_array_index (self->neighbours, i)));
  return deadline;
}

/**
 * fr_overlay_tick:
 * @self: an engine
 * @now_us: the time in microseconds
 *
 * Does what is due: asks quiet links for a sign of life, gives those up that do not answer, forgets old queries. May
 * be called at any time.
 */
void
fr_overlay_tick (FrOverlay *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  fr_query_ledger_expire (self->ledger, now_us);
  fr_query_ledger_expire (self->own, now_us);
  for (guint i = 0; i < self->neighbours->len; i++)
    {
      FrNeighbour *neighbour = g_ptr_array_index (self->neighbours, i);

      if (fr_neighbour_get_ping_at (neighbour) > now_us)
        continue;
      if (fr_neighbour_miss (neighbour))
        send_ping (self, neighbour, now_us);
      else
        close_link (self, neighbour, FR_OVERLAY_REASON_SILENT);
    }
}

/**
 * fr_overlay_get_stats:
 * @self: an engine
 * @out_stats: (out caller-allocates): what it did and what it holds
 */
void
fr_overlay_get_stats (FrOverlay *self, FrOverlayStats *out_stats)
{
  g_return_if_fail (self != NULL);

  *out_stats = self->stats;
  out_stats->n_links = self->neighbours->len;
  out_stats->n_queries = fr_query_ledger_get_size (self->ledger);
  out_stats->n_own = fr_query_ledger_get_size (self->own);
  out_stats->n_checks = g_hash_table_size (self->checks);
  out_stats->n_trails = fr_hit_trails_get_size (self->trails);
  out_stats->n_actions = fr_action_queue_get_length (self->actions);
}

/**
 * fr_overlay_get_round_trip_us:
 * @self: an engine
 * @link: a link
 *
 * Returns: its smoothed round trip in microseconds; 0 if it is not known
 */
guint
fr_overlay_get_round_trip_us (FrOverlay *self, FrLinkId link)
{
  FrNeighbour *neighbour;

  g_return_val_if_fail (self != NULL, 0);

  neighbour = _fr_overlay_find (self, link);
  return neighbour != NULL ? fr_neighbour_get_round_trip_us (neighbour) : 0;
}
