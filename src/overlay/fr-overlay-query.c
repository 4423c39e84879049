/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-private.h"

#include <string.h>

/* To all but the link that it came by, and its asker, where she is known. */
static void
send_to_all (FrOverlay *self, FrLinkId except, const FrPeerKey *asker, GBytes *frame)
{
  for (guint i = 0; i < self->neighbours->len; i++)
    {
      FrNeighbour *neighbour = g_ptr_array_index (self->neighbours, i);
      FrLinkId link = fr_neighbour_get_link (neighbour);

      if (link == except || fr_neighbour_is_closing (neighbour))
        continue;
      if (asker != NULL && fr_peer_key_equal (fr_neighbour_get_key (neighbour), asker))
        continue;
      _fr_overlay_send (self, link, frame);
      self->stats.queries_forwarded++;
    }
}

/* Packed once, whatever the number of links. */
static void
forward (FrOverlay *self, const FrQueryCopy *copy, const FrPeerKey *asker, const void *body, gsize size)
{
  FrQueryCopy onward = *copy;
  g_autoptr (GBytes) frame = NULL;

  if (!fr_query_copy_step (&onward))
    return;
  frame = fr_query_copy_pack (&onward, body, size);
  send_to_all (self, copy->link, asker, frame);
}

static void
forward_checked (FrOverlay *self, const FrQueryCheck *check)
{
  gsize size;
  const void *body = g_bytes_get_data (check->body, &size);

  forward (self, &check->copy, &check->asker, body, size);
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
begin_check (FrOverlay *self, FrQueryEntry *entry, FrQueryCheck *check)
{
  check->brought_by = check->copy.link;
  fr_query_entry_begin (entry, &check->copy);
  if (!check->held)
    forward_checked (self, check);
  push_check_action (self, FR_OVERLAY_VERIFY, check);
  g_hash_table_add (self->checks, check);
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

  if (g_hash_table_size (self->checks) >= self->config.max_checks)
    {
      self->stats.queries_busy++;
      return;
    }
  check = fr_query_check_new (id, query, copy);
  if (check == NULL)
    {
      _fr_overlay_fault (self, neighbour);
      return;
    }
  if (fr_peer_key_equal (&check->asker, &self->self_key)) /* our own from long ago */
    {
      self->stats.queries_seen++;
      return;
    }
  check->held = entry != NULL || fr_neighbour_is_doubtful (neighbour);
  if (entry == NULL)
    entry = fr_query_ledger_insert (self->ledger, id, now_us);
  begin_check (self, entry, g_steal_pointer (&check));
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
receive_again (FrOverlay *self, FrQueryEntry *entry, const Freshet__Query *query, const FrQueryCopy *copy)
{
  FrQueryCheck *check = g_hash_table_lookup (self->checks, &entry->aged.id);

  add_way (self, entry, copy->link);
  if (!fr_query_entry_raise (entry, copy->ttl))
    {
      self->stats.queries_seen++;
      return;
    }
  self->stats.queries_raised++;
  if (check != NULL && check->held)
    check->copy = *copy; /* goes on as this one, once it is found good */
  else
    forward (self, copy, check != NULL ? &check->asker : NULL, query->signed_.data, query->signed_.len);
}

/* A copy with a signature other than the one that is known. */
static void
receive_rival (FrOverlay *self, FrQueryEntry *entry, const FrQueryCopy *copy)
{
  FrQueryCheck *check = g_hash_table_lookup (self->checks, &entry->aged.id);

  if (check != NULL && !check->has_rival)
    {
      check->rival = *copy;
      check->has_rival = TRUE;
    }
  else
    self->stats.signatures_bad++;
}

/**
 * _fr_overlay_receive_query:
 * @self: an engine
 * @neighbour: who sent it
 * @query: the query
 * @now_us: the time in microseconds
 *
 * The order of work: range, bucket, ledger, forward, then the check, then the application.
 */
void
_fr_overlay_receive_query (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Query *query, gint64 now_us)
{
  FrQueryEntry *entry;
  FrQueryCopy copy;
  FrQueryId id;

  self->stats.queries_received++;
  if (!fr_query_copy_init (&copy, query, fr_neighbour_get_link (neighbour), self->salt))
    {
      _fr_overlay_fault (self, neighbour);
      return;
    }
  if (!fr_neighbour_take_query (neighbour, copy.hops == 0, now_us))
    {
      self->stats.queries_limited++;
      return;
    }
  fr_query_id_from_signed (&id, query->signed_.data, query->signed_.len);
  if (fr_query_ledger_lookup (self->own, &id, now_us) != NULL)
    {
      self->stats.queries_seen++;
      return;
    }

  entry = fr_query_ledger_lookup (self->ledger, &id, now_us);
  if (entry == NULL)
    receive_new (self, neighbour, &id, NULL, query, &copy, now_us);
  else if (entry->state == FR_QUERY_INVALID && entry->tag == copy.tag)
    self->stats.signatures_bad++;
  else if (entry->state == FR_QUERY_INVALID)
    receive_new (self, neighbour, &id, entry, query, &copy, now_us);
  else if (entry->tag == copy.tag)
    receive_again (self, entry, query, &copy);
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

  if (!g_hash_table_steal_extended (self->checks, id, &stolen, NULL))
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
        begin_check (self, entry, g_steal_pointer (&check));
      return;
    }
  entry->state = FR_QUERY_VALID;
  if (check->held)
    forward_checked (self, check);
  push_check_action (self, FR_OVERLAY_DELIVER_QUERY, check);
  self->stats.queries_delivered++;
}

/**
 * fr_overlay_search:
 * @self: an engine
 * @signed_body: a QueryBody, packed: at most %FR_QUERY_SIGNED_MAX_SIZE bytes
 * @signature: our signature over it
 * @ttl: how many links it may cross, at most %FR_QUERY_MAX_TTL; 0 for the default
 * @now_us: the time in microseconds
 *
 * Asks all neighbours. Called again with the same body and a greater @ttl, it widens the search: peers that know it
 * pass it on without answering again.
 *
 * Returns: the id of the search: what its hits will name
 */
FrQueryId
fr_overlay_search (FrOverlay *self,
                   GBytes *signed_body,
                   const guint8 signature[FR_SIGNATURE_SIZE],
                   guint ttl,
                   gint64 now_us)
{
  Freshet__Query query = FRESHET__QUERY__INIT;
  g_autoptr (GBytes) frame = NULL;
  FrQueryEntry *entry;
  FrQueryCopy copy;
  FrQueryId id = { { 0 } };

  g_return_val_if_fail (self != NULL, id);
  g_return_val_if_fail (signed_body != NULL && signature != NULL, id);
  g_return_val_if_fail (g_bytes_get_size (signed_body) > 0, id);
  g_return_val_if_fail (g_bytes_get_size (signed_body) <= FR_QUERY_SIGNED_MAX_SIZE, id);

  query.signed_.data = (guint8 *) g_bytes_get_data (signed_body, &query.signed_.len);
  query.signature = (ProtobufCBinaryData) { .len = FR_SIGNATURE_SIZE, .data = (guint8 *) signature };
  query.ttl = ttl != 0 ? ttl : self->config.default_ttl;
  if (!fr_query_copy_init (&copy, &query, 0, self->salt))
    g_return_val_if_reached (id);

  fr_query_id_from_signed (&id, query.signed_.data, query.signed_.len);
  entry = fr_query_ledger_lookup (self->own, &id, now_us);
  if (entry == NULL)
    entry = fr_query_ledger_insert (self->own, &id, now_us);
  entry->state = FR_QUERY_OWN;
  if (!fr_query_entry_raise (entry, copy.ttl))
    return id;
  frame = fr_query_copy_pack (&copy, query.signed_.data, query.signed_.len);
  send_to_all (self, 0, NULL, frame);
  return id;
}

/**
 * fr_overlay_end_search:
 * @self: an engine
 * @id: a search of our own
 * @now_us: the time in microseconds
 *
 * No more of its hits and previews are delivered.
 */
void
fr_overlay_end_search (FrOverlay *self, const FrQueryId *id, gint64 now_us)
{
  FrQueryEntry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  entry = fr_query_ledger_lookup (self->own, id, now_us);
  if (entry != NULL)
    entry->state = FR_QUERY_ENDED;
}
