/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-private.h"

#include <string.h>

/**
 * _fr_overlay_pattern:
 * @self: an engine
 * @body: (array length=size): the signed body of a query
 * @size: its size in bytes
 * @ttl: links that its copies may cross from here on
 *
 * Digests tell what is one or two links away, and know words and contact tags alone: whatever else is asked has to go
 * everywhere.
 *
 * Returns: (transfer full) (nullable): what digests are compared with; %NULL: they are not to be asked
 */
FrDigestPattern *
_fr_overlay_pattern (FrOverlay *self, const void *body, gsize size, guint ttl)
{
  g_autoptr (Freshet__QueryBody) parsed = NULL;
  FrContactTag tags[FR_QUERY_MAX_CONTACT_TAGS];

  if (!self->config.digests || self->digests == NULL || ttl > FR_DIGEST_MAX_DEPTH + 1
      || fr_query_body_parse (body, size, &parsed) != FR_WIRE_OK
      || parsed->kind != FRESHET__QUERY_BODY__KIND__KIND_WORDS || parsed->everywhere)
    return NULL;
  for (gsize i = 0; i < parsed->n_contact_tags; i++)
    memcpy (tags[i].bytes, parsed->contact_tags[i].data, FR_CONTACT_TAG_SIZE);
  return fr_digest_pattern_new_with_tags (parsed->words, tags, (guint) parsed->n_contact_tags);
}

/**
 * _fr_overlay_flood:
 * @self: an engine
 * @id: a query
 * @except: the link that it came by; 0: none
 * @asker: (nullable): who asks, where that is known: she need not be asked
 * @onward: the copy that is sent
 * @frame: the same, packed
 * @pattern: (nullable): what digests must have; %NULL: everybody is asked
 * @now_us: the time in microseconds
 *
 * Sends a query to all neighbours that it may find something at or behind.
 *
 * Returns: how many those are
 */
guint
_fr_overlay_flood (FrOverlay *self, const FrQueryId *id, FrLinkId except, const FrPeerKey *asker,
                   const FrQueryCopy *onward, GBytes *frame, const FrDigestPattern *pattern, gint64 now_us)
{
  guint n_sent = 0, n_skipped = 0, n_refused = 0;
  FrReportCounts *counts;

  for (guint i = 0; i < self->places->len; i++)
    {
      FrNeighbour *neighbour = _fr_overlay_neighbour (self, i);
      FrLinkId link = fr_neighbour_get_link (neighbour);

      if (link == except || fr_neighbour_is_closing (neighbour) || fr_neighbour_is_leaving (neighbour)
          || (asker != NULL && fr_peer_key_equal (fr_neighbour_get_key (neighbour), asker)))
        continue;
      if (onward->hops + 1u > fr_neighbour_get_max_hops (neighbour))
        n_refused++;
      else if (pattern != NULL && !fr_digest_exchange_may_match (self->digests, link, onward->ttl, pattern))
        n_skipped++;
      else
        {
          fr_liveness_sent (fr_neighbour_get_liveness (neighbour), now_us);
          _fr_overlay_send (self, link, frame);
          n_sent++;
        }
    }
  if (n_sent > 0)
    _fr_overlay_expect_life (self, now_us);
  self->stats.queries_forwarded += n_sent;
  self->stats.queries_skipped += n_skipped;
  self->stats.queries_refused += n_refused;
  counts = _fr_overlay_counts (self, id);
  if (counts == NULL)
    return n_sent;
  fr_report_counts_add (&counts[0].skipped, n_skipped);
  fr_report_counts_add (&counts[0].refused, n_refused);
  if (onward->ttl == 1) /* they can pass nothing on, and so report nothing */
    fr_report_counts_add (&counts[1].asked, n_sent);
  return n_sent;
}

/* Packed once, whatever the number of links. */
static void
forward (FrOverlay *self, const FrQueryId *id, const FrQueryCopy *copy, const FrPeerKey *asker, const void *body,
         gsize size, gint64 now_us)
{
  g_autoptr (FrDigestPattern) pattern = NULL;
  FrQueryCopy onward = *copy;
  g_autoptr (GBytes) frame = NULL;

  if (!fr_query_copy_step (&onward))
    return;
  frame = fr_query_copy_pack (&onward, body, size);
  pattern = _fr_overlay_pattern (self, body, size, onward.ttl);
  if (_fr_overlay_flood (self, id, copy->link, asker, &onward, frame, pattern, now_us) == 0)
    return;
  if (self->recent == NULL)
    self->recent = fr_recent_queries_new ();
  fr_recent_queries_add (self->recent, frame, now_us);
}

static void
forward_checked (FrOverlay *self, const FrQueryCheck *check, gint64 now_us)
{
  gsize size;
  const void *body = g_bytes_get_data (check->body, &size);

  if (!check->is_for_us) /* who is looked for has been found */
    forward (self, &check->id, &check->copy, &check->asker, body, size, now_us);
}

static void
push_check_action (FrOverlay *self, FrOverlayActionType type, const FrQueryCheck *check)
{
  FrOverlayAction action = {
    .type = type,
    .link = check->brought_by,
    .query = check->id,
    .frame = g_bytes_ref (check->body),
    .key = check->asker,
    .hops = check->copy.hops + 1u, /* the link that it came by included */
    .ttl = check->copy.ttl,
  };

  memcpy (action.signature, check->copy.signature, FR_SIGNATURE_SIZE);
  fr_action_queue_push (self->actions, &action);
}

/* Believes a copy until it is checked: passes it on first, unless it is held back, for no hop is to wait for the
 * checking of those before it. */
static void
begin_check (FrOverlay *self, FrQueryEntry *entry, FrQueryCheck *check, gint64 now_us)
{
  check->brought_by = check->copy.link;
  fr_query_entry_begin (entry, &check->copy);
  entry->is_near = check->is_near;
  _fr_overlay_begin_report (self, &check->id, check->copy.link, check->copy.ttl, TRUE, now_us);
  if (!check->held)
    forward_checked (self, check, now_us);
  push_check_action (self, FR_OVERLAY_VERIFY, check);
  if (self->checks == NULL)
    self->checks = g_hash_table_new_full (fr_query_id_hash, fr_query_id_equal_func, NULL,
                                          (GDestroyNotify) fr_query_check_free);
  g_hash_table_add (self->checks, check);
}

static FrQueryCheck *
find_check (FrOverlay *self, const FrQueryId *id)
{
  return self->checks != NULL ? g_hash_table_lookup (self->checks, id) : NULL;
}

/* A query that was never seen; or, with an entry, one of which only copies with a bad signature were. The id does not
 * cover the signature, so a bad copy that comes first must not keep the good one out; but the second is not passed on
 * unchecked. */
static void
receive_new (FrOverlay *self,
             FrNeighbour *neighbour,
             const FrQueryId *id,
             FrQueryEntry *entry,
             const Freshet__Query *query,
             const FrQueryCopy *copy,
             gint64 now_us)
{
  g_autoptr (FrQueryCheck) check = NULL;

  /* The answer to a check names the query alone: one that is forgotten while it is checked must not be begun again. */
  if (self->checks != NULL
      && (g_hash_table_size (self->checks) >= self->config.max_checks || find_check (self, id) != NULL))
    {
      self->stats.queries_busy++;
      return;
    }
  check = fr_query_check_new (id, query, copy, &self->self_key);
  if (check == NULL)
    {
      _fr_overlay_fault (self, neighbour);
      return;
    }
  if (check->is_near && !_fr_overlay_is_from_asker (neighbour, &check->asker, copy))
    {
      _fr_overlay_fault (self, neighbour);
      return;
    }
  if (fr_peer_key_equal (&check->asker, &self->self_key)) /* our own from long ago */
    {
      self->stats.queries_seen++;
      return;
    }
  if (_fr_overlay_is_blocked (self, &check->asker))
    return;
  check->held = entry != NULL || fr_neighbour_is_doubtful (neighbour);
  if (entry == NULL)
    entry = fr_query_ledger_insert (self->ledger, id, now_us);
  begin_check (self, entry, g_steal_pointer (&check), now_us);
}

/* An alternate that is down makes room for another; the primary never changes. */
static void
add_way (FrOverlay *self, FrQueryEntry *entry, FrLinkId link)
{
  for (guint i = 0; i < FR_QUERY_WAYS; i++)
    if (entry->ways[i] == link)
      return;
  for (guint i = 1; i < FR_QUERY_WAYS; i++)
    if (_fr_overlay_find (self, entry->ways[i]) == NULL)
      {
        entry->ways[i] = link;
        return;
      }
}

/* Another copy of a query with the signature that is known. */
static void
receive_again (FrOverlay *self, FrQueryEntry *entry, const Freshet__Query *query, const FrQueryCopy *copy,
               gint64 now_us)
{
  FrQueryCheck *check;
  FrReportCounts *counts;

  add_way (self, entry, copy->link);
  if (!fr_query_entry_raise (entry, copy->ttl))
    {
      self->stats.queries_seen++;
      counts = _fr_overlay_counts (self, &entry->aged.id);
      if (counts != NULL)
        fr_report_counts_add (&counts[0].suppressed, 1);
      return;
    }
  self->stats.queries_raised++;
  check = find_check (self, &entry->aged.id);
  _fr_overlay_begin_report (self, &entry->aged.id, entry->ways[0], copy->ttl, FALSE, now_us);
  if (check != NULL && check->held)
    check->copy = *copy; /* goes on as this one, once it is found good */
  else if (check == NULL || !check->is_for_us)
    forward (self, &entry->aged.id, copy, check != NULL ? &check->asker : NULL, query->signed_.data,
             query->signed_.len, now_us);
}

/* A copy with a signature other than the one that is known. */
static void
receive_rival (FrOverlay *self, FrQueryEntry *entry, const FrQueryCopy *copy)
{
  FrQueryCheck *check = find_check (self, &entry->aged.id);

  if (check != NULL && !check->has_rival)
    {
      check->rival = *copy;
      check->has_rival = TRUE;
    }
  else
    self->stats.signatures_bad++;
}

/* A copy over a limit: whoever brings too many is told so, and has ten seconds to heed it. */
static void
refuse (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Query *query, const FrQueryCopy *copy, gint64 now_us)
{
  FrReportCounts *counts;
  FrQueryId id;
  guint hops;

  self->stats.queries_limited++;
  if (copy->hops == 0)
    return;
  fr_query_id_from_signed (&id, query->signed_.data, query->signed_.len);
  counts = _fr_overlay_counts (self, &id);
  if (counts != NULL)
    fr_report_counts_add (&counts[0].refused, 1);
  if (fr_neighbour_ignores_throttle (neighbour, copy->hops, now_us))
    _fr_overlay_close_link (self, neighbour, FR_OVERLAY_REASON_FAULTS);
  else if (fr_neighbour_throttle (neighbour, &hops, now_us))
    _fr_overlay_send_throttle (self, neighbour, hops);
  _fr_overlay_expect (self, fr_neighbour_get_deadline (neighbour));
}

/**
 * _fr_overlay_receive_query:
 * @self: an engine
 * @neighbour: who sent it
 * @query: the query
 * @known_id: (nullable): its id, if that is known already
 * @now_us: the time in microseconds
 *
 * The order of work: range, bucket, ledger, forward, then the check, then the application.
 */
void
_fr_overlay_receive_query (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Query *query,
                           const FrQueryId *known_id, gint64 now_us)
{
  FrQueryEntry *entry;
  FrQueryCopy copy;
  FrQueryId id;

  self->stats.queries_received++;
  if (!fr_query_copy_init (&copy, query, fr_neighbour_get_link (neighbour), self->salt,
                           self->config.max_ttl))
    {
      _fr_overlay_fault (self, neighbour);
      return;
    }
  if (!fr_neighbour_take_query (neighbour, copy.hops, copy.ttl, now_us))
    {
      refuse (self, neighbour, query, &copy, now_us);
      return;
    }
  if (known_id != NULL)
    id = *known_id;
  else
    fr_query_id_from_signed (&id, query->signed_.data, query->signed_.len);
  entry = fr_query_ledger_lookup (self->ledger, &id, now_us);
  if (entry == NULL && fr_query_ledger_lookup (self->own, &id, now_us) != NULL)
    self->stats.queries_seen++;
  else if (entry == NULL)
    receive_new (self, neighbour, &id, NULL, query, &copy, now_us);
  else if (entry->is_near && !_fr_overlay_may_come_again (entry, &copy))
    _fr_overlay_fault (self, neighbour);
  else if (entry->state == FR_QUERY_INVALID && entry->tag == copy.tag)
    self->stats.signatures_bad++;
  else if (entry->state == FR_QUERY_INVALID)
    receive_new (self, neighbour, &id, entry, query, &copy, now_us);
  else if (entry->tag == copy.tag)
    receive_again (self, entry, query, &copy, now_us);
  else
    receive_rival (self, entry, &copy);
}

/**
 * fr_overlay_verified:
 * @self: an engine
 * @id: the query of a %FR_OVERLAY_VERIFY action
 * @valid: whether its signature is that of its asker
 * @now_us: the time in microseconds
 *
 * The answer to a %FR_OVERLAY_VERIFY action: each must get one, for only so many can wait for theirs. A query that is
 * valid is delivered, once.
 */
void
fr_overlay_verified (FrOverlay *self, const FrQueryId *id, gboolean valid, gint64 now_us)
{
  g_autoptr (FrQueryCheck) check = NULL;
  FrNeighbour *neighbour;
  FrQueryEntry *entry;
  gpointer stolen;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  if (self->checks == NULL || !g_hash_table_steal_extended (self->checks, id, &stolen, NULL))
    return;
  check = stolen;
  neighbour = _fr_overlay_find (self, check->brought_by);
  if (neighbour != NULL)
    fr_neighbour_note_signature (neighbour, valid);
  self->stats.signatures_bad += !valid;

  entry = fr_query_ledger_lookup (self->ledger, id, now_us);
  if (entry == NULL) /* so many came meanwhile that it is forgotten */
    return;
  if (!valid)
    {
      entry->state = FR_QUERY_INVALID;
      if (fr_query_check_next (check))
        begin_check (self, entry, g_steal_pointer (&check), now_us);
      return;
    }
  entry->state = FR_QUERY_VALID;
  if (check->held)
    forward_checked (self, check, now_us);
  if (check->is_for_one && !check->is_for_us)
    return;
  push_check_action (self, FR_OVERLAY_DELIVER_QUERY, check);
  self->stats.queries_delivered++;
}

/**
 * _fr_overlay_send_enough:
 * @self: an engine
 * @id: a query
 * @except: a link that need not be told; 0: none
 * @now_us: the time in microseconds
 *
 * Tells those who have brought hits of a query that no more are needed.
 */
void
_fr_overlay_send_enough (FrOverlay *self, const FrQueryId *id, FrLinkId except, gint64 now_us)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Enough enough = FRESHET__ENOUGH__INIT;
  FrLinkId links[FR_ROUTE_TABLE_PER_ROUTE];
  guint n_links = fr_route_table_links_of (self->routes, id, now_us, links, G_N_ELEMENTS (links));
  g_autoptr (GBytes) packed = NULL;

  enough.query_id = (ProtobufCBinaryData) { .len = FR_QUERY_ID_SIZE, .data = (guint8 *) id->bytes };
  frame.body_case = FRESHET__FRAME__BODY_ENOUGH;
  frame.enough = &enough;
  packed = fr_frame_pack (&frame);
  for (guint i = 0; i < n_links; i++)
    if (links[i] != except && _fr_overlay_find (self, links[i]) != NULL)
      _fr_overlay_send (self, links[i], packed);
}

/**
 * _fr_overlay_receive_enough:
 * @self: an engine
 * @neighbour: who sent it
 * @enough: what it says
 * @now_us: the time in microseconds
 *
 * Takes the word of the primary way back alone: whoever else has a copy must not silence a search.
 */
void
_fr_overlay_receive_enough (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Enough *enough, gint64 now_us)
{
  FrLinkId link = fr_neighbour_get_link (neighbour);
  FrQueryEntry *entry;
  FrQueryId id;

  if (!fr_query_id_from_bytes (&id, enough->query_id.data, enough->query_id.len))
    return;
  entry = fr_query_ledger_lookup (self->ledger, &id, now_us);
  if (entry == NULL || entry->ways[0] != link || entry->state != FR_QUERY_VALID)
    return;
  entry->state = FR_QUERY_ENDED;
  _fr_overlay_send_enough (self, &id, link, now_us);
}

/**
 * _fr_overlay_resend:
 * @self: an engine
 * @neighbour: who has just become one
 * @now_us: the time in microseconds
 *
 * Our own searches that somebody still waits for go to every new neighbour, and so do those of others that a neighbour
 * which died may have swallowed.
 */
void
_fr_overlay_resend (FrOverlay *self, FrNeighbour *neighbour, gint64 now_us)
{
  FrLinkId link = fr_neighbour_get_link (neighbour);

  for (guint i = 0; self->searches != NULL && i < self->searches->len; i++)
    {
      const FrOwnSearch *search = g_ptr_array_index (self->searches, i);
      g_autoptr (GBytes) frame = NULL;
      gsize size;
      const void *body = g_bytes_get_data (search->body, &size);

      if (now_us - search->started_us > FR_OWN_SEARCH_AGE_US)
        continue;
      frame = fr_query_copy_pack (&search->copy, body, size);
      _fr_overlay_send_and_listen (self, link, frame, now_us);
      self->stats.queries_resent++;
    }
  if (self->recent == NULL || now_us > self->swallowed_until_us)
    return;
  for (guint i = 0; i < FR_RECENT_QUERIES_CAPACITY; i++)
    {
      GBytes *frame = fr_recent_queries_get (self->recent, i, self->swallowed_since_us, now_us);

      if (frame == NULL)
        continue;
      _fr_overlay_send_and_listen (self, link, frame, now_us);
      self->stats.queries_resent++;
    }
}
