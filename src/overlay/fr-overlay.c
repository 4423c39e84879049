/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-private.h"

FrNeighbour *
_fr_overlay_find (FrOverlay *self, FrLinkId link)
{
  for (guint i = 0; link != 0 && i < self->places->len; i++)
    {
      const FrOverlayPlace *place = &g_array_index (self->places, FrOverlayPlace, i);

      if (place->link == link)
        return fr_neighbour_is_closing (place->neighbour) ? NULL : place->neighbour;
    }
  return NULL;
}

FrNeighbour *
_fr_overlay_find_key (FrOverlay *self, const FrPeerKey *key)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      FrNeighbour *neighbour = _fr_overlay_neighbour (self, i);

      if (!fr_neighbour_is_closing (neighbour) && fr_peer_key_equal (fr_neighbour_get_key (neighbour), key))
        return neighbour;
    }
  return NULL;
}

void
_fr_overlay_send (FrOverlay *self, FrLinkId link, GBytes *frame)
{
  FrOverlayAction action = { .type = FR_OVERLAY_SEND, .link = link, .frame = g_bytes_ref (frame) };

  fr_action_queue_push (self->actions, &action);
}

static void
pack_and_send (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Frame *frame)
{
  FrOverlayAction action = {
    .type = FR_OVERLAY_SEND,
    .link = fr_neighbour_get_link (neighbour),
    .frame = fr_frame_pack (frame),
  };

  fr_action_queue_push (self->actions, &action);
}

/* Sends what must not be lost: if no sign of life follows, the other side is asked for one. Answers go without that, for
 * whom they are for has just been heard; else two peers would ask each other for ever. */
void
_fr_overlay_send_and_listen (FrOverlay *self, FrLinkId link, GBytes *frame, gint64 now_us)
{
  FrNeighbour *neighbour = _fr_overlay_find (self, link);

  if (neighbour != NULL)
    fr_liveness_sent (fr_neighbour_get_liveness (neighbour), now_us);
  _fr_overlay_expect_life (self, now_us);
  _fr_overlay_send (self, link, frame);
}

void
_fr_overlay_close_link (FrOverlay *self, FrNeighbour *neighbour, FrOverlayReason reason)
{
  FrOverlayAction action = {
    .type = FR_OVERLAY_CLOSE,
    .link = fr_neighbour_get_link (neighbour),
    .reason = reason,
  };

  fr_neighbour_set_closing (neighbour, reason);
  fr_action_queue_push (self->actions, &action);
}

void
_fr_overlay_fault (FrOverlay *self, FrNeighbour *neighbour)
{
  self->stats.faults++;
  if (fr_neighbour_note_fault (neighbour))
    _fr_overlay_close_link (self, neighbour, FR_OVERLAY_REASON_FAULTS);
}

void
_fr_overlay_send_throttle (FrOverlay *self, FrNeighbour *neighbour, guint hops)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Throttle throttle = FRESHET__THROTTLE__INIT;

  throttle.hops = hops;
  frame.body_case = FRESHET__FRAME__BODY_THROTTLE;
  frame.throttle = &throttle;
  pack_and_send (self, neighbour, &frame);
  self->stats.throttles_sent++;
}

static void
send_ping (FrOverlay *self, FrNeighbour *neighbour, gint64 now_us)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Ping ping = FRESHET__PING__INIT;

  ping.nonce = fr_overlay_random_next (&self->random) | 1; /* 0 would be none */
  frame.body_case = FRESHET__FRAME__BODY_PING;
  frame.ping = &ping;
  pack_and_send (self, neighbour, &frame);
  fr_neighbour_ping (neighbour, ping.nonce, now_us);
  _fr_overlay_expect (self, fr_neighbour_get_deadline (neighbour));
  self->stats.pings_sent++;
}

static void
receive_ping (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Ping *ping, gint64 now_us)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Pong pong = FRESHET__PONG__INIT;

  if (!fr_neighbour_take_ping (neighbour, now_us))
    {
      self->stats.pings_limited++;
      return;
    }
  pong.nonce = ping->nonce;
  frame.body_case = FRESHET__FRAME__BODY_PONG;
  frame.pong = &pong;
  pack_and_send (self, neighbour, &frame);
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
  fr_overlay_random_init (&self->random, seed);
  self->salt = (guint32) fr_overlay_random_next (&self->random);
  self->places = g_array_new (FALSE, FALSE, sizeof (FrOverlayPlace));
  self->ledger = fr_query_ledger_new (self->config.ledger_capacity, self->config.ledger_age_us);
  self->own = fr_query_ledger_new (self->config.own_capacity, self->config.ledger_age_us);
  self->trails = fr_hit_trails_new (self->config.trail_capacity, self->config.ledger_age_us);
  self->reports = fr_query_reports_new ();
  self->routes = fr_route_table_new (FR_ROUTE_TABLE_CAPACITY, FR_ROUTE_TABLE_AGE_US);
  self->membership = fr_membership_new (&self->config, self_key, (guint32) fr_overlay_random_next (&self->random));
  self->actions = fr_action_queue_new ();
  self->links_due_us = G_MAXINT64;
  self->swallowed_since_us = G_MAXINT64;
  self->swallowed_until_us = G_MININT64;
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
  fr_digest_exchange_free (self->digests);
  fr_membership_free (self->membership);
  g_clear_pointer (&self->blocked, g_hash_table_unref);
  fr_aged_table_free (self->signalled);
  fr_route_table_free (self->routes);
  fr_recent_queries_free (self->recent);
  fr_recent_answers_free (self->answers);
  fr_query_reports_free (self->reports);
  g_clear_pointer (&self->checks, g_hash_table_unref);
  g_clear_pointer (&self->searches, g_ptr_array_unref);
  g_clear_pointer (&self->near, g_array_unref);
  fr_hit_trails_free (self->trails);
  fr_query_shares_free (self->shares);
  fr_query_ledger_free (self->own);
  fr_query_ledger_free (self->ledger);
  for (guint i = 0; i < self->places->len; i++)
    fr_neighbour_free (_fr_overlay_neighbour (self, i));
  g_array_unref (self->places);
  g_free (self);
}

/* A sign of life. While anything is queued there, the next is soon missed. */
static void
hear (FrOverlay *self, FrNeighbour *neighbour, gint64 now_us)
{
  fr_neighbour_heard (neighbour, now_us);
  if (fr_neighbour_get_liveness (neighbour)->queued > 0)
    _fr_overlay_expect_life (self, now_us);
}

static int
find_place (FrOverlay *self, FrLinkId link)
{
  for (guint i = 0; i < self->places->len; i++)
    if (g_array_index (self->places, FrOverlayPlace, i).link == link)
      return (int) i;
  return -1;
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
  FrOverlayPlace place = { .link = link };

  g_return_if_fail (self != NULL);
  g_return_if_fail (link != 0 && key != NULL);
  g_return_if_fail (find_place (self, link) < 0);

  place.neighbour = fr_neighbour_new (&self->config, link, key, now_us);
  g_array_append_val (self->places, place);
  send_ping (self, place.neighbour, now_us);
  _fr_overlay_meet (self, place.neighbour, now_us);
  _fr_overlay_resend (self, place.neighbour, now_us);
}

static void
remove_link (FrOverlay *self, FrLinkId link, gboolean lost, gint64 now_us)
{
  int i = find_place (self, link);
  g_autoptr (FrNeighbour) neighbour = NULL;

  if (i < 0)
    return;
  neighbour = _fr_overlay_neighbour (self, (guint) i);
  g_array_remove_index (self->places, (guint) i);
  if (lost || fr_neighbour_get_closing_reason (neighbour) == FR_OVERLAY_REASON_SILENT)
    {
      lost = TRUE;
      self->swallowed_since_us = MIN (self->swallowed_until_us < now_us ? G_MAXINT64 : self->swallowed_since_us,
                                      fr_neighbour_get_heard_us (neighbour));
      self->swallowed_until_us = now_us + FR_OVERLAY_REPLACE_US;
    }
  _fr_overlay_resend_answers (self, link, now_us);
  _fr_overlay_part (self, link, lost, now_us);
}

/**
 * fr_overlay_link_down:
 * @self: an engine
 * @link: a link; one that is not up is fine
 * @now_us: the time in microseconds
 *
 * The link has ended as one side wished: it said goodbye, or %FR_OVERLAY_CLOSE was done. Actions for it that were not
 * taken yet may still come, and are to be ignored.
 */
void
fr_overlay_link_down (FrOverlay *self, FrLinkId link, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  remove_link (self, link, FALSE, now_us);
}

/**
 * fr_overlay_link_lost:
 * @self: an engine
 * @link: a link; one that is not up is fine
 * @now_us: the time in microseconds
 *
 * As fr_overlay_link_down(), but nobody wanted it: whoever is there may come back, and what was sent last may be lost.
 */
void
fr_overlay_link_lost (FrOverlay *self, FrLinkId link, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  remove_link (self, link, TRUE, now_us);
}

/**
 * fr_overlay_heard:
 * @self: an engine
 * @link: a link; one that is not up is fine
 * @now_us: the time in microseconds
 *
 * Anything at all has come from there: bytes of a picture too.
 */
void
fr_overlay_heard (FrOverlay *self, FrLinkId link, gint64 now_us)
{
  FrNeighbour *neighbour;

  g_return_if_fail (self != NULL);

  neighbour = _fr_overlay_find (self, link);
  if (neighbour != NULL)
    hear (self, neighbour, now_us);
}

/**
 * fr_overlay_queued:
 * @self: an engine
 * @link: a link; one that is not up is fine
 * @buffered: bytes that wait there to be sent
 * @now_us: the time in microseconds
 *
 * To be told while anything waits, some times a second: a slow link is not a dead one.
 */
void
fr_overlay_queued (FrOverlay *self, FrLinkId link, gsize buffered, gint64 now_us)
{
  FrNeighbour *neighbour;

  g_return_if_fail (self != NULL);

  neighbour = _fr_overlay_find (self, link);
  if (neighbour == NULL)
    return;
  fr_liveness_queued (fr_neighbour_get_liveness (neighbour), buffered, now_us);
  _fr_overlay_expect (self, fr_neighbour_get_deadline (neighbour));
}

/**
 * fr_overlay_check_links:
 * @self: an engine
 * @now_us: the time in microseconds
 *
 * Asks all links for a sign of life at once, and dials again whoever could not be reached: after suspend, or when the
 * network has changed.
 */
void
fr_overlay_check_links (FrOverlay *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->places->len; i++)
    fr_liveness_check_now (fr_neighbour_get_liveness (_fr_overlay_neighbour (self, i)), now_us);
  _fr_overlay_expect (self, now_us);
  fr_membership_try_now (self->membership, now_us);
  _fr_overlay_tick_neighbourhood (self, now_us);
  fr_overlay_tick (self, now_us);
}

/**
 * fr_overlay_receive:
 * @self: an engine
 * @link: the link that the frame came by; one that is not up is fine
 * @frame: a frame from fr_frame_parse()
 * @size: its size in bytes, packed
 * @now_us: the time in microseconds
 *
 * Takes what is about searches, neighbours and introductions. The records in it must have been verified. All other
 * frames are ignored but for being a sign of life.
 */
void
fr_overlay_receive (FrOverlay *self, FrLinkId link, const Freshet__Frame *frame, gsize size, gint64 now_us)
{
  fr_overlay_receive_as (self, link, frame, size, NULL, now_us);
}

/**
 * fr_overlay_receive_as:
 * @self: an engine
 * @link: the link that the frame came by; one that is not up is fine
 * @frame: a frame from fr_frame_parse()
 * @size: its size in bytes, packed
 * @query: (nullable): if it is a Query, the id of that, where the driver has worked it out already
 * @now_us: the time in microseconds
 *
 * As fr_overlay_receive(), for a driver of many engines: the id is a hash, and a flood brings each of them the same query
 * several times.
 */
void
fr_overlay_receive_as (FrOverlay *self, FrLinkId link, const Freshet__Frame *frame, gsize size,
                       const FrQueryId *query, gint64 now_us)
{
  FrNeighbour *neighbour;

  g_return_if_fail (self != NULL);
  g_return_if_fail (frame != NULL);

  neighbour = _fr_overlay_find (self, link);
  if (neighbour == NULL)
    return;
  hear (self, neighbour, now_us);
  switch (frame->body_case)
    {
    case FRESHET__FRAME__BODY_QUERY:
      _fr_overlay_receive_query (self, neighbour, frame->query, query, now_us);
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
    case FRESHET__FRAME__BODY_REPORT:
      _fr_overlay_receive_report (self, neighbour, frame->report, now_us);
      break;
    case FRESHET__FRAME__BODY_ENOUGH:
      _fr_overlay_receive_enough (self, neighbour, frame->enough, now_us);
      break;
    case FRESHET__FRAME__BODY_THROTTLE:
      fr_neighbour_set_max_hops (neighbour, frame->throttle->hops);
      break;
    case FRESHET__FRAME__BODY_SIGNAL:
      _fr_overlay_receive_signal (self, neighbour, frame->signal, now_us);
      break;
    case FRESHET__FRAME__BODY_DIGEST:
    case FRESHET__FRAME__BODY_JOIN:
    case FRESHET__FRAME__BODY_FORWARD_JOIN:
    case FRESHET__FRAME__BODY_NEIGHBOUR:
    case FRESHET__FRAME__BODY_SHUFFLE:
    case FRESHET__FRAME__BODY_DISCONNECT:
      _fr_overlay_receive_neighbourhood (self, neighbour, frame, now_us);
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
  hear (self, neighbour, now_us);
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
 * Returns: when fr_overlay_tick() is to be called next, in microseconds, though it may find nothing to do then;
 *   %G_MAXINT64 if there is no need
 */
gint64
fr_overlay_next_deadline (FrOverlay *self)
{
  gint64 deadline;

  g_return_val_if_fail (self != NULL, G_MAXINT64);

  deadline = MIN (fr_query_reports_next_deadline (self->reports), _fr_overlay_next_widening (self));
  deadline = MIN (deadline, _fr_overlay_next_in_neighbourhood (self));
  return MIN (deadline, self->links_due_us);
}

static void
tick_neighbour (FrOverlay *self, FrNeighbour *neighbour, gint64 now_us)
{
  if (fr_neighbour_get_deadline (neighbour) > now_us)
    return;
  if (fr_neighbour_is_left (neighbour, now_us))
    {
      _fr_overlay_close_link (self, neighbour, FR_OVERLAY_REASON_FULL);
      return;
    }
  if (fr_neighbour_unthrottle (neighbour, now_us))
    _fr_overlay_send_throttle (self, neighbour, FR_QUERY_MAX_HOPS);
  switch (fr_liveness_due (fr_neighbour_get_liveness (neighbour), fr_neighbour_get_round_trip_us (neighbour), now_us))
    {
    case FR_LIVENESS_ASK:
      send_ping (self, neighbour, now_us);
      break;
    case FR_LIVENESS_DEAD:
      _fr_overlay_close_link (self, neighbour, FR_OVERLAY_REASON_SILENT);
      break;
    case FR_LIVENESS_NOTHING:
    default:
      break;
    }
}

static void
tick_links (FrOverlay *self, gint64 now_us)
{
  if (self->links_due_us > now_us)
    return;
  self->links_due_us = G_MAXINT64;
  for (guint i = 0; i < self->places->len; i++)
    {
      FrNeighbour *neighbour = _fr_overlay_neighbour (self, i);

      tick_neighbour (self, neighbour, now_us);
      _fr_overlay_expect (self, fr_neighbour_get_deadline (neighbour));
    }
}

/**
 * fr_overlay_tick:
 * @self: an engine
 * @now_us: the time in microseconds
 *
 * Does what is due: asks links for signs of life, gives those up that show none, widens searches, reports, looks for
 * neighbours, forgets what is old. May be called at any time.
 */
void
fr_overlay_tick (FrOverlay *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  fr_query_ledger_expire (self->ledger, now_us);
  fr_query_ledger_expire (self->own, now_us);
  fr_hit_trails_expire (self->trails, now_us);
  if (self->shares != NULL)
    fr_query_shares_expire (self->shares, now_us);
  fr_route_table_expire (self->routes, now_us);
  if (self->signalled != NULL)
    fr_aged_table_expire (self->signalled, now_us);
  _fr_overlay_tick_reports (self, now_us);
  _fr_overlay_tick_searches (self, now_us);
  tick_links (self, now_us);
  if (_fr_overlay_next_in_neighbourhood (self) <= now_us)
    _fr_overlay_tick_neighbourhood (self, now_us);
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
  out_stats->n_links = self->places->len;
  out_stats->n_queries = fr_query_ledger_get_size (self->ledger);
  out_stats->n_own = fr_query_ledger_get_size (self->own);
  out_stats->n_near = self->near != NULL ? self->near->len : 0;
  out_stats->n_checks = self->checks != NULL ? g_hash_table_size (self->checks) : 0;
  out_stats->n_trails = fr_hit_trails_get_size (self->trails);
  out_stats->n_actions = fr_action_queue_get_length (self->actions);
  out_stats->n_routes = fr_route_table_get_size (self->routes);
  out_stats->n_reports = fr_query_reports_get_size (self->reports);
  out_stats->n_records = fr_membership_get_n_passive (self->membership);
  out_stats->n_known = self->n_known;
}
