/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-private.h"

/* An answer goes back along the primary link of its query, and along an alternate when that is gone. Where a relay has
 * no way on it hands the answer back to who sent it, and that one tries its next way: so an answer walks the recorded
 * ways in depth and arrives as long as any chain of them lives. There is one of it at any time, so this multiplies
 * nothing; and a relay sends it at most FR_QUERY_WAYS times. */

static gboolean
get_query_id (const Freshet__Frame *frame, FrQueryId *out_id)
{
  const ProtobufCBinaryData *bytes = frame->body_case == FRESHET__FRAME__BODY_HITS ? &frame->hits->query_id
                                                                                   : &frame->preview->query_id;

  return fr_query_id_from_bytes (out_id, bytes->data, bytes->len);
}

static FrQueryEntry *
find_query (FrOverlay *self, const FrQueryId *id, gint64 now_us)
{
  FrQueryEntry *entry = fr_query_ledger_lookup (self->own, id, now_us);

  if (entry == NULL)
    entry = fr_query_ledger_lookup (self->ledger, id, now_us);
  return entry != NULL && entry->state != FR_QUERY_INVALID && entry->state != FR_QUERY_ENDED ? entry : NULL;
}

static void
count_limited (FrOverlay *self, gboolean is_preview)
{
  self->stats.hits_limited++;
  if (is_preview)
    self->stats.previews_limited++;
}

/* Whether a link may bring so many bytes more to be relayed to a query. */
static gboolean
take_budget (FrOverlay *self, FrQueryEntry *entry, FrLinkId link, gsize size, gboolean is_preview, gint64 now_us)
{
  gsize most = self->config.hits_per_query;

  if (is_preview)
    most = FR_OVERLAY_PREVIEWS_PER_QUERY (most);
  if (self->shares == NULL)
    self->shares = fr_query_shares_new (FR_QUERY_SHARES_CAPACITY, FR_QUERY_SHARES_AGE_US);
  return fr_query_shares_take (self->shares, entry, link, size, most, now_us);
}

/* The link may be ending without our knowledge. */
static void
remember_sent (FrOverlay *self, const FrQueryEntry *entry, const FrHitTrail *trail, GBytes *frame, FrLinkId link,
               gint64 now_us)
{
  const FrRecentAnswer answer = { .frame = frame, .query = entry->aged.id, .name = trail->aged.id };

  if (self->answers == NULL)
    self->answers = fr_recent_answers_new ();
  fr_recent_answers_add (self->answers, &answer, link, now_us);
}

/* Sends an answer along the next way that lives; back to who brought it if there is none. */
static void
pass_on (FrOverlay *self, const FrQueryEntry *entry, FrHitTrail *trail, GBytes *frame, gint64 now_us)
{
  for (guint i = 0; i < FR_QUERY_WAYS; i++)
    {
      FrLinkId link = entry->ways[i];

      if (!fr_hit_trail_may_send (trail, link) || _fr_overlay_find (self, link) == NULL)
        continue;
      fr_hit_trail_sent (trail, link);
      _fr_overlay_send (self, link, frame);
      remember_sent (self, entry, trail, frame, link, now_us);
      self->stats.hits_relayed++;
      return;
    }
  if (_fr_overlay_find (self, trail->from) == NULL)
    {
      self->stats.hits_lost++;
      return;
    }
  _fr_overlay_send (self, trail->from, frame);
  self->stats.hits_handed_back++;
}

/* An answer that came by before: handed back by where it was sent, or by who does not know that it was here. */
static void
receive_again (FrOverlay *self,
               FrNeighbour *neighbour,
               const FrQueryEntry *entry,
               FrHitTrail *trail,
               const Freshet__Frame *frame,
               gint64 now_us)
{
  FrLinkId link = fr_neighbour_get_link (neighbour);
  g_autoptr (GBytes) packed = NULL;

  self->stats.hits_seen++;
  if (fr_hit_trail_came_back (trail, link))
    {
      packed = fr_frame_pack (frame);
      pass_on (self, entry, trail, packed, now_us);
    }
  else if (link != trail->from && fr_hit_trail_may_bounce (trail))
    {
      packed = fr_frame_pack (frame);
      _fr_overlay_send (self, link, packed);
      self->stats.hits_handed_back++;
    }
}

/* Whoever holds a picture can be dialled along the way that its hits came. */
static void
remember_route (FrOverlay *self, const FrQueryId *id, const FrPeerKey *holder, FrNeighbour *neighbour, gint64 now_us)
{
  fr_route_table_add (self->routes, id, holder, fr_neighbour_get_link (neighbour), now_us);
}

static void
deliver (FrOverlay *self, FrNeighbour *neighbour, const FrQueryId *id, const Freshet__Frame *frame,
         const FrHitFacts *facts)
{
  FrOverlayAction action = {
    .type = frame->body_case == FRESHET__FRAME__BODY_HITS ? FR_OVERLAY_DELIVER_HITS : FR_OVERLAY_DELIVER_PREVIEW,
    .link = fr_neighbour_get_link (neighbour),
    .query = *id,
    .frame = fr_frame_pack (frame),
    .hops = facts->hops,
    .part = facts->part,
    .n_items = facts->n_items,
  };

  fr_action_queue_push (self->actions, &action);
  self->stats.hits_delivered++;
}

/**
 * _fr_overlay_receive_answer:
 * @self: an engine
 * @neighbour: who sent it
 * @frame: a Hits or a Preview
 * @size: its size in bytes, packed
 * @now_us: the time in microseconds
 *
 * Delivers an answer to a search of our own, and passes others on.
 */
void
_fr_overlay_receive_answer (FrOverlay *self,
                            FrNeighbour *neighbour,
                            const Freshet__Frame *frame,
                            gsize size,
                            gint64 now_us)
{
  gboolean is_preview = frame->body_case == FRESHET__FRAME__BODY_PREVIEW;
  g_autoptr (GBytes) packed = NULL;
  FrQueryEntry *entry;
  FrHitTrail *trail;
  FrQueryId id, name;
  FrHitFacts facts;

  entry = get_query_id (frame, &id) ? find_query (self, &id, now_us) : NULL;
  if (entry == NULL)
    {
      self->stats.hits_unknown++;
      return;
    }
  if (!fr_neighbour_take_hits (neighbour, size, is_preview, now_us))
    {
      count_limited (self, is_preview);
      return;
    }
  if (!fr_hit_trails_name (frame, &name, &facts))
    {
      _fr_overlay_fault (self, neighbour);
      return;
    }
  if (entry->state != FR_QUERY_OWN && _fr_overlay_is_blocked (self, &facts.holder))
    return;

  trail = fr_hit_trails_lookup (self->trails, &name, now_us);
  if (trail != NULL && entry->state == FR_QUERY_OWN)
    self->stats.hits_seen++;
  else if (trail != NULL)
    receive_again (self, neighbour, entry, trail, frame, now_us);
  else if (entry->state == FR_QUERY_OWN && entry->is_near
           && !_fr_overlay_take_near (self, neighbour, &id, &facts, is_preview))
    self->stats.hits_unknown++;
  else if (entry->state == FR_QUERY_OWN)
    {
      fr_hit_trails_insert (self->trails, &name, fr_neighbour_get_link (neighbour), now_us);
      deliver (self, neighbour, &id, frame, &facts);
      if (!is_preview)
        remember_route (self, &id, &facts.holder, neighbour, now_us);
    }
  else if (fr_peer_key_equal (&facts.holder, &self->self_key)) /* we said no such thing */
    self->stats.hits_unknown++;
  else if (!take_budget (self, entry, fr_neighbour_get_link (neighbour), size, is_preview, now_us))
    count_limited (self, is_preview);
  else
    {
      trail = fr_hit_trails_insert (self->trails, &name, fr_neighbour_get_link (neighbour), now_us);
      packed = fr_frame_pack (frame);
      pass_on (self, entry, trail, packed, now_us);
      if (!is_preview)
        remember_route (self, &id, &facts.holder, neighbour, now_us);
    }
}

/**
 * _fr_overlay_resend_answers:
 * @self: an engine
 * @link: a link that is no more
 * @now_us: the time in microseconds
 *
 * Answers that were sent along it last go by their next way: they may not have arrived.
 */
void
_fr_overlay_resend_answers (FrOverlay *self, FrLinkId link, gint64 now_us)
{
  FrRecentAnswer answer;

  while (self->answers != NULL && fr_recent_answers_take (self->answers, link, now_us, &answer))
    {
      g_autoptr (GBytes) frame = answer.frame;
      FrQueryEntry *entry = find_query (self, &answer.query, now_us);
      FrHitTrail *trail = fr_hit_trails_lookup (self->trails, &answer.name, now_us);

      if (entry == NULL || trail == NULL)
        continue;
      self->stats.hits_resent++;
      pass_on (self, entry, trail, frame, now_us);
    }
}

static gboolean
name_own_answer (FrOverlay *self, GBytes *frame, FrQueryId *out_query, FrQueryId *out_name)
{
  g_autoptr (Freshet__Frame) parsed = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (frame, &size);
  FrHitFacts facts;

  return fr_frame_parse (data, size, &parsed) == FR_WIRE_OK
         && (parsed->body_case == FRESHET__FRAME__BODY_HITS || parsed->body_case == FRESHET__FRAME__BODY_PREVIEW)
         && get_query_id (parsed, out_query)
         && fr_hit_trails_name (parsed, out_name, &facts)
         && fr_peer_key_equal (&facts.holder, &self->self_key);
}

/**
 * fr_overlay_answer:
 * @self: an engine
 * @id: a query that was delivered
 * @frame: a packed Hits or Preview for it, whose holder is the key of this engine
 * @now_us: the time in microseconds
 *
 * Sends an answer back along the way that the query came. One that was sent before is not sent again; one for a query
 * that is no longer known is dropped.
 */
void
fr_overlay_answer (FrOverlay *self, const FrQueryId *id, GBytes *frame, gint64 now_us)
{
  FrQueryEntry *entry;
  FrQueryId query, name;
  gboolean named;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL && frame != NULL);

  named = name_own_answer (self, frame, &query, &name);
  g_return_if_fail (named && fr_query_id_equal_func (&query, id));

  entry = find_query (self, id, now_us);
  if (entry == NULL || entry->state == FR_QUERY_OWN)
    self->stats.hits_unknown++;
  else if (fr_hit_trails_lookup (self->trails, &name, now_us) == NULL)
    pass_on (self, entry, fr_hit_trails_insert (self->trails, &name, 0, now_us), frame, now_us);
}
