/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hit-trails.h"

#include <string.h>

/* What the name of an answer is a hash of: the kind first, and what came at the end, so that a forged answer that is
 * faster than the real one does not stand in its way. Relays verify none: what somebody forges is bounded by what a link
 * may bring for a query (FrQueryShares). */
typedef struct
{
  guint8 kind;
  guint8 sealed;
  FrQueryId query;
  FrPeerKey holder;
  guint8 what[32]; /* the part, or the hash of a preview that is not sealed */
  FrQueryId content;
  FrQueryId signature; /* one that is good for something else must not be borrowed either */
} Name;

struct _FrHitTrails
{
  FrAgedTable *entries;
};

/* What is sealed tells relays query, holder and part alone. */
static gboolean
name_sealed (Name *name,
             const ProtobufCBinaryData *query_id,
             const ProtobufCBinaryData *holder,
             guint part,
             const ProtobufCBinaryData *sealed)
{
  name->sealed = TRUE;
  name->what[0] = (guint8) part;
  fr_query_id_from_signed (&name->content, sealed->data, sealed->len);
  return fr_query_id_from_bytes (&name->query, query_id->data, query_id->len)
         && fr_peer_key_from_bytes (&name->holder, holder->data, holder->len);
}

static gboolean
name_hits (Name *name, FrHitFacts *facts, const Freshet__Hits *hits)
{
  g_autoptr (Freshet__HitsBody) body = NULL;
  g_autoptr (Freshet__PeerRecordBody) record = NULL;

  name->kind = FRESHET__FRAME__BODY_HITS;
  if (hits->sealed.len > 0)
    {
      facts->n_items = FR_HITS_MAX_ITEMS; /* at most: who opens it knows */
      facts->part = hits->part;
      return name_sealed (name, &hits->query_id, &hits->holder, hits->part, &hits->sealed);
    }
  if (fr_hits_body_parse (hits->signed_.data, hits->signed_.len, &body) != FR_WIRE_OK
      || fr_peer_record_body_parse (body->holder->signed_.data, body->holder->signed_.len, &record) != FR_WIRE_OK
      || !fr_query_id_from_bytes (&name->query, hits->query_id.data, hits->query_id.len)
      || body->query_id.len != FR_QUERY_ID_SIZE
      || memcmp (body->query_id.data, hits->query_id.data, FR_QUERY_ID_SIZE) != 0
      || !fr_peer_key_from_bytes (&name->holder, record->key.data, record->key.len))
    return FALSE;
  name->what[0] = (guint8) body->part;
  facts->n_items = (guint) body->n_items;
  facts->hops = body->hops;
  facts->part = body->part;
  fr_query_id_from_signed (&name->content, hits->signed_.data, hits->signed_.len);
  fr_query_id_from_signed (&name->signature, hits->signature.data, hits->signature.len);
  return TRUE;
}

static gboolean
name_preview (Name *name, const Freshet__Preview *preview)
{
  name->kind = FRESHET__FRAME__BODY_PREVIEW;
  if (preview->sealed.len > 0)
    return name_sealed (name, &preview->query_id, &preview->holder, preview->part, &preview->sealed);
  if (!fr_query_id_from_bytes (&name->query, preview->query_id.data, preview->query_id.len)
      || !fr_peer_key_from_bytes (&name->holder, preview->holder.data, preview->holder.len)
      || preview->hash.len != sizeof name->what)
    return FALSE;
  memcpy (name->what, preview->hash.data, sizeof name->what);
  fr_query_id_from_signed (&name->content, preview->data.data, preview->data.len);
  return TRUE;
}

/**
 * fr_hit_trails_new:
 * @capacity: how many answers are remembered
 * @max_age_us: for how long, in microseconds
 *
 * Returns: (transfer full): an empty memory
 */
FrHitTrails *
fr_hit_trails_new (guint capacity, gint64 max_age_us)
{
  FrHitTrails *self = g_new0 (FrHitTrails, 1);

  self->entries = fr_aged_table_new (sizeof (FrHitTrail), capacity, max_age_us);
  return self;
}

/**
 * fr_hit_trails_free:
 * @self: (nullable) (transfer full): a memory of answers
 */
void
fr_hit_trails_free (FrHitTrails *self)
{
  if (self == NULL)
    return;
  fr_aged_table_free (self->entries);
  g_free (self);
}

/**
 * fr_hit_trails_name:
 * @frame: a Hits or a Preview
 * @out_name: (out caller-allocates): what to know the answer by; untouched on failure
 * @out_facts: (out caller-allocates): what it says of itself; untouched on failure
 *
 * Returns: %FALSE if it is not what the protocol wants
 */
gboolean
fr_hit_trails_name (const Freshet__Frame *frame, FrQueryId *out_name, FrHitFacts *out_facts)
{
  FrHitFacts facts = { 0 };
  Name name;

  memset (&name, 0, sizeof name); /* what lies between the fields is hashed too */
  if (frame->body_case == FRESHET__FRAME__BODY_HITS ? !name_hits (&name, &facts, frame->hits)
                                                    : !name_preview (&name, frame->preview))
    return FALSE;
  fr_query_id_from_signed (out_name, &name, sizeof name);
  facts.holder = name.holder;
  *out_facts = facts;
  return TRUE;
}

/**
 * fr_hit_trails_lookup:
 * @self: a memory of answers
 * @name: what the answer is known by
 * @now_us: the time in microseconds
 *
 * Returns: (transfer none) (nullable): its trail, valid until the next insertion; %NULL if it is new
 */
FrHitTrail *
fr_hit_trails_lookup (FrHitTrails *self, const FrQueryId *name, gint64 now_us)
{
  return fr_aged_table_lookup (self->entries, name, now_us);
}

/**
 * fr_hit_trails_insert:
 * @self: a memory of answers
 * @name: what the answer is known by; not there yet
 * @from: the link that brought it; 0 for an answer of our own
 * @now_us: the time in microseconds
 *
 * Returns: (transfer none): its trail
 */
FrHitTrail *
fr_hit_trails_insert (FrHitTrails *self, const FrQueryId *name, FrLinkId from, gint64 now_us)
{
  FrHitTrail *trail = fr_aged_table_insert (self->entries, name, now_us);

  trail->from = from;
  return trail;
}

/**
 * fr_hit_trails_expire:
 * @self: a memory of answers
 * @now_us: the time in microseconds
 *
 * Forgets what is too old.
 */
void
fr_hit_trails_expire (FrHitTrails *self, gint64 now_us)
{
  fr_aged_table_expire (self->entries, now_us);
}

/**
 * fr_hit_trails_get_size:
 * @self: a memory of answers
 *
 * Returns: how many it remembers
 */
guint
fr_hit_trails_get_size (const FrHitTrails *self)
{
  return fr_aged_table_get_size (self->entries);
}

/**
 * fr_hit_trail_may_send:
 * @trail: the trail of an answer
 * @link: a way back
 *
 * Returns: whether the answer neither came from there nor was sent there before
 */
gboolean
fr_hit_trail_may_send (const FrHitTrail *trail, FrLinkId link)
{
  if (link == 0 || link == trail->from || trail->n_sent == FR_QUERY_WAYS)
    return FALSE;
  for (guint i = 0; i < trail->n_sent; i++)
    if (trail->sent[i] == link)
      return FALSE;
  return TRUE;
}

/**
 * fr_hit_trail_sent:
 * @trail: the trail of an answer
 * @link: a way back for which fr_hit_trail_may_send() holds
 *
 * Notes that the answer went there.
 */
void
fr_hit_trail_sent (FrHitTrail *trail, FrLinkId link)
{
  g_return_if_fail (trail->n_sent < FR_QUERY_WAYS);
  trail->sent[trail->n_sent++] = link;
}

/**
 * fr_hit_trail_came_back:
 * @trail: the trail of an answer
 * @link: the link that brings it now
 *
 * Returns: %TRUE, once, if it was sent along that very link: there is no way on from there
 */
gboolean
fr_hit_trail_came_back (FrHitTrail *trail, FrLinkId link)
{
  for (guint i = 0; i < trail->n_sent; i++)
    if (trail->sent[i] == link && !(trail->handed_back & 1 << i))
      {
        trail->handed_back |= (guint8) (1 << i);
        return TRUE;
      }
  return FALSE;
}

/**
 * fr_hit_trail_may_bounce:
 * @trail: the trail of an answer that came by before
 *
 * Returns: whether it may be handed back to whom brought it again; counted
 */
gboolean
fr_hit_trail_may_bounce (FrHitTrail *trail)
{
  if (trail->n_bounces == FR_HIT_TRAIL_MAX_BOUNCES)
    return FALSE;
  trail->n_bounces++;
  return TRUE;
}
