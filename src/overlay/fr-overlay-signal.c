/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-private.h"

#include <string.h>

/* Introductions: what two peers need to say to each other before they have a connection of their own goes along links
 * that are there, where a query, a join or a shuffle has left a trail. It is sealed: relays see who and whom alone. */

#define SIGNALS_PER_SENDER 16
#define BYTES_PER_SENDER (64 * 1024)
#define SENDERS_CAPACITY 1024 /* of which it is known how much they have sent */

/* How much one peer has sent along one route, by the word of one neighbour: nothing proves who a signal is from, so
 * what others say in a peer's name must not use up what that one may send. */
typedef struct
{
  FrAgedEntry aged;
  guint32 n_signals;
  guint32 n_bytes;
} Sent;

static gboolean
take_budget (FrOverlay *self, const FrQueryId *route, const FrPeerKey *from, FrLinkId link, gsize size,
             gint64 now_us)
{
  guint8 name[FR_QUERY_ID_SIZE + FR_PEER_KEY_SIZE + sizeof (FrLinkId)];
  FrQueryId id;
  Sent *sent;

  memcpy (name, route->bytes, FR_QUERY_ID_SIZE);
  memcpy (name + FR_QUERY_ID_SIZE, from->bytes, FR_PEER_KEY_SIZE);
  memcpy (name + FR_QUERY_ID_SIZE + FR_PEER_KEY_SIZE, &link, sizeof link);
  fr_query_id_from_signed (&id, name, sizeof name);
  if (self->signalled == NULL)
    self->signalled = fr_aged_table_new (sizeof (Sent), SENDERS_CAPACITY, FR_ROUTE_TABLE_AGE_US);
  sent = fr_aged_table_lookup (self->signalled, &id, now_us);
  if (sent == NULL)
    {
      fr_aged_table_expire (self->signalled, now_us);
      sent = fr_aged_table_insert (self->signalled, &id, now_us);
    }
  if (sent->n_signals >= SIGNALS_PER_SENDER || sent->n_bytes + size > BYTES_PER_SENDER)
    return FALSE;
  sent->n_signals++;
  sent->n_bytes += (guint32) size;
  return TRUE;
}

/* A link that leads to a peer, other than the one that the signal came by; 0: none. Who asked the query that made the
 * route is behind its ways back. */
static FrLinkId
find_way (FrOverlay *self, const FrQueryId *route, const FrPeerKey *to, FrLinkId except, gint64 now_us)
{
  FrNeighbour *neighbour = _fr_overlay_find_key (self, to);
  FrLinkId links[FR_ROUTE_TABLE_LINKS];
  guint n_links = fr_route_table_lookup (self->routes, route, to, now_us, links);
  FrQueryEntry *entry;

  if (neighbour != NULL)
    return fr_neighbour_get_link (neighbour);
  for (guint i = 0; i < n_links; i++)
    if (links[i] != except && _fr_overlay_find (self, links[i]) != NULL)
      return links[i];
  entry = fr_query_ledger_lookup (self->ledger, route, now_us);
  if (entry == NULL || entry->state == FR_QUERY_INVALID)
    return 0;
  for (guint i = 0; i < FR_QUERY_WAYS; i++)
    if (entry->ways[i] != except && _fr_overlay_find (self, entry->ways[i]) != NULL)
      return entry->ways[i];
  return 0;
}

static GBytes *
pack_signal (const FrQueryId *route, const FrPeerKey *from, const FrPeerKey *to, guint hops, const void *sealed,
             gsize size)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Signal signal = FRESHET__SIGNAL__INIT;

  signal.route = (ProtobufCBinaryData) { .len = FR_QUERY_ID_SIZE, .data = (guint8 *) route->bytes };
  signal.from = (ProtobufCBinaryData) { .len = FR_PEER_KEY_SIZE, .data = (guint8 *) from->bytes };
  signal.to = (ProtobufCBinaryData) { .len = FR_PEER_KEY_SIZE, .data = (guint8 *) to->bytes };
  signal.hops = hops;
  signal.sealed = (ProtobufCBinaryData) { .len = size, .data = (guint8 *) sealed };
  frame.body_case = FRESHET__FRAME__BODY_SIGNAL;
  frame.signal = &signal;
  return fr_frame_pack (&frame);
}

/**
 * fr_overlay_has_route:
 * @self: an engine
 * @route: the id of a query, a join or a shuffle
 * @key: whom
 * @now_us: the time in microseconds
 *
 * Returns: whether a peer can be sent signals by that route now
 */
gboolean
fr_overlay_has_route (FrOverlay *self, const FrQueryId *route, const FrPeerKey *key, gint64 now_us)
{
  g_return_val_if_fail (self != NULL && route != NULL && key != NULL, FALSE);

  return find_way (self, route, key, 0, now_us) != 0;
}

/**
 * fr_overlay_signal:
 * @self: an engine
 * @route: the id of a query, a join or a shuffle that has left a trail to @to
 * @to: whom
 * @sealed: what to say, sealed to @to: at most %FR_SIGNAL_SEALED_MAX_SIZE bytes
 * @now_us: the time in microseconds
 *
 * Sends a signal of a dial over links that are there. Nobody tells when one is lost on its way; relays carry 16, and
 * 64 KiB, a route and sender, and so many a second of a neighbour.
 *
 * Returns: %FALSE if there is no way now
 */
gboolean
fr_overlay_signal (FrOverlay *self, const FrQueryId *route, const FrPeerKey *to, GBytes *sealed, gint64 now_us)
{
  g_autoptr (GBytes) frame = NULL;
  FrLinkId link;
  gsize size;
  const void *data;

  g_return_val_if_fail (self != NULL && route != NULL && to != NULL && sealed != NULL, FALSE);
  data = g_bytes_get_data (sealed, &size);
  g_return_val_if_fail (size > 0 && size <= FR_SIGNAL_SEALED_MAX_SIZE, FALSE);

  link = find_way (self, route, to, 0, now_us);
  if (link == 0)
    return FALSE;
  frame = pack_signal (route, &self->self_key, to, 0, data, size);
  _fr_overlay_send_and_listen (self, link, frame, now_us);
  return TRUE;
}

static void
deliver (FrOverlay *self, FrLinkId link, const FrQueryId *route, const FrPeerKey *from,
         const Freshet__Signal *signal)
{
  FrOverlayAction action = {
    .type = FR_OVERLAY_DELIVER_SIGNAL,
    .link = link,
    .query = *route,
    .key = *from,
    .frame = g_bytes_new (signal->sealed.data, signal->sealed.len),
  };

  fr_action_queue_push (self->actions, &action);
}

/**
 * _fr_overlay_receive_signal:
 * @self: an engine
 * @neighbour: who sent it
 * @signal: the signal
 * @now_us: the time in microseconds
 *
 * Delivers a signal that is for us, and passes others on where a trail leads to whom they are for.
 */
void
_fr_overlay_receive_signal (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Signal *signal, gint64 now_us)
{
  FrLinkId link = fr_neighbour_get_link (neighbour), way;
  g_autoptr (GBytes) frame = NULL;
  FrPeerKey from, to;
  FrQueryId route;

  if (!fr_neighbour_take_signal (neighbour, now_us)
      || !fr_query_id_from_bytes (&route, signal->route.data, signal->route.len)
      || !fr_peer_key_from_bytes (&from, signal->from.data, signal->from.len)
      || !fr_peer_key_from_bytes (&to, signal->to.data, signal->to.len)
      || fr_peer_key_equal (&from, &self->self_key) || signal->hops >= FR_QUERY_MAX_HOPS
      || !take_budget (self, &route, &from, link, signal->sealed.len, now_us))
    {
      self->stats.signals_lost++;
      return;
    }
  if (_fr_overlay_is_blocked (self, &from) || _fr_overlay_is_blocked (self, &to))
    return;
  if (fr_peer_key_equal (&to, &self->self_key))
    {
      fr_route_table_add (self->routes, &route, &from, link, now_us); /* the answer goes back the same way */
      deliver (self, link, &route, &from, signal);
      return;
    }
  way = find_way (self, &route, &to, link, now_us);
  if (way == 0 || way == link)
    {
      self->stats.signals_lost++;
      return;
    }
  fr_route_table_add (self->routes, &route, &from, link, now_us);
  frame = pack_signal (&route, &from, &to, signal->hops + 1, signal->sealed.data, signal->sealed.len);
  _fr_overlay_send_and_listen (self, way, frame, now_us);
  self->stats.signals_relayed++;
}
