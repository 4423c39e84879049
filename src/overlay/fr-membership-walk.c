/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-membership-private.h"

#include <string.h>

#define FIRST_SHUFFLE_PART 8 /* the first one comes after so small a part of the interval */
#define STEP_OF_JOIN (FR_WALK_MAX_TTL + 1) /* a Join is the step before the first of its walks */

typedef struct
{
  FrAgedEntry aged; /* the walk */
  FrPeerKey origin;
  FrLinkId from; /* 0: our own */
  FrLinkId to;   /* the only one that may bring the answer; 0: it has */
} Trail;

static ProtobufCBinaryData
binary (const void *data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

static FrQueryId
walk_of (const ProtobufCBinaryData *data)
{
  FrQueryId walk = { { 0 } };

  fr_query_id_from_bytes (&walk, data->data, data->len);
  return walk;
}

static FrQueryId
new_walk (FrMembership *self)
{
  guint64 words[FR_QUERY_ID_SIZE / sizeof (guint64)];
  FrQueryId walk;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = fr_overlay_random_next (&self->random);
  memcpy (walk.bytes, words, sizeof words);
  return walk;
}

/* A walk crosses itself now and then; the same step by the same link is a copy. The tags are salted, so that nobody can
 * aim at those of others. */
static gboolean
has_been_seen (FrMembership *self, const FrQueryId *walk, FrLinkId link, guint step)
{
  guint64 words[FR_QUERY_ID_SIZE / sizeof (guint64)], hash = self->salt;
  guint32 tag;

  memcpy (words, walk->bytes, sizeof words);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    hash = fr_overlay_random_mix (hash ^ words[i]);
  tag = (guint32) fr_overlay_random_mix (hash ^ ((guint64) link << 8 | step)) | 1; /* 0: an empty place */

  if (self->seen == NULL)
    self->seen = g_new0 (guint32, FR_MEMBERSHIP_MAX_SEEN);
  for (guint i = 0; i < FR_MEMBERSHIP_MAX_SEEN; i++)
    if (self->seen[i] == tag)
      return TRUE;
  self->seen[self->next_seen] = tag;
  self->next_seen = (self->next_seen + 1) % FR_MEMBERSHIP_MAX_SEEN;
  return FALSE;
}

static void
push_route (FrMembership *self, const FrQueryId *walk, const FrPeerKey *key, FrLinkId link)
{
  FrMembershipAction *action = g_new0 (FrMembershipAction, 1);

  action->type = FR_MEMBERSHIP_ROUTE;
  action->walk = *walk;
  action->key = *key;
  action->link = link;
  g_queue_push_tail (&self->actions, action);
}

static void
send_forward_join (FrMembership *self,
                   FrLinkId link,
                   const FrQueryId *walk,
                   const Freshet__PeerRecord *newcomer,
                   guint ttl)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__ForwardJoin join = FRESHET__FORWARD_JOIN__INIT;

  join.walk = binary (walk->bytes, sizeof walk->bytes);
  join.newcomer = (Freshet__PeerRecord *) newcomer;
  join.ttl = ttl;
  frame.body_case = FRESHET__FRAME__BODY_FORWARD_JOIN;
  frame.forward_join = &join;
  _fr_membership_send (self, link, &frame);
}

/* Starts walks on other links than the newcomer's, a target's worth with that one; each as likely (reservoir). */
static void
start_walks (FrMembership *self, FrMembershipLink *from, const FrQueryId *walk, const Freshet__PeerRecord *newcomer)
{
  guint n_most = self->active_target - MIN (self->active_target, 1), n = 0, n_chosen = 0;
  g_autofree FrLinkId *chosen = g_new (FrLinkId, MAX (n_most, 1));

  for (guint i = 0; i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);
      guint place;

      if (link->leaving || fr_peer_key_equal (&link->key, &from->key))
        continue;
      place = n_chosen < n_most ? n_chosen++ : fr_overlay_random_below (&self->random, n + 1);
      if (place < n_most)
        chosen[place] = link->link;
      n++;
    }
  for (guint i = 0; i < n_chosen; i++)
    send_forward_join (self, chosen[i], walk, newcomer, FR_MEMBERSHIP_JOIN_TTL);
}

/* Only for oneself: else one frame would have many peers dial somebody who never asked for it. */
gboolean
_fr_membership_receive_join (FrMembership *self, FrMembershipLink *link, const Freshet__Join *join)
{
  FrQueryId walk = walk_of (&join->walk);
  g_auto (FrKnownRecord) newcomer = { .packed = NULL };

  if (!fr_known_record_read (&newcomer, join->newcomer) || !fr_peer_key_equal (&newcomer.key, &link->key))
    return FALSE;
  if (!newcomer.may_pass_on || has_been_seen (self, &walk, link->link, STEP_OF_JOIN))
    return TRUE;
  push_route (self, &walk, &newcomer.key, link->link);
  start_walks (self, link, &walk, join->newcomer);
  return TRUE;
}

/* Whoever has no place, or too much to do, keeps the record for later. */
static void
end_walk (FrMembership *self,
          FrMembershipLink *link,
          const FrQueryId *walk,
          const FrKnownRecord *newcomer,
          gint64 now_us)
{
  if (!self->open || _fr_membership_find_key (self, &newcomer->key) != NULL)
    return;
  if (self->n_active + self->n_dials < self->active_target + FR_MEMBERSHIP_SLACK
      && _fr_membership_dial (self, newcomer, walk, now_us))
    return;
  _fr_membership_learn (self, newcomer, &link->key);
}

gboolean
_fr_membership_receive_forward_join (FrMembership *self,
                                     FrMembershipLink *link,
                                     const Freshet__ForwardJoin *join,
                                     gint64 now_us)
{
  FrQueryId walk = walk_of (&join->walk);
  g_auto (FrKnownRecord) newcomer = { .packed = NULL };
  FrMembershipLink *next = NULL;

  if (!fr_known_record_read (&newcomer, join->newcomer))
    return FALSE;
  if (!newcomer.may_pass_on || fr_peer_key_equal (&newcomer.key, &self->self_key)
      || _fr_membership_is_blocked (self, &newcomer.key) || has_been_seen (self, &walk, link->link, join->ttl))
    return TRUE;
  push_route (self, &walk, &newcomer.key, link->link);
  if (join->ttl == FR_MEMBERSHIP_PASSIVE_TTL)
    _fr_membership_learn (self, &newcomer, &link->key);
  if (join->ttl > 0)
    next = _fr_membership_choose_link (self, link->link, &newcomer.key);
  if (next != NULL)
    send_forward_join (self, next->link, &walk, join->newcomer, join->ttl - 1);
  else
    end_walk (self, link, &walk, &newcomer, now_us);
  return TRUE;
}

/* A sample in the making: `n` of those offered so far, each as likely. */
typedef struct
{
  const FrKnownRecord *records[FR_SHUFFLE_MAX_RECORDS];
  guint first; /* places before it are settled */
  guint most;
  guint n;
  guint n_offered;
} Sample;

static void
sample_begin (Sample *sample, guint most)
{
  sample->first = sample->n;
  sample->most = MIN (most, FR_SHUFFLE_MAX_RECORDS - sample->first);
  sample->n_offered = 0;
}

static void
sample_offer (Sample *sample, const FrKnownRecord *record, const FrPeerKey *except, FrOverlayRandom *random)
{
  guint place;

  if (record->packed == NULL || !record->may_pass_on || fr_peer_key_equal (&record->key, except))
    return;
  place = sample->n_offered++;
  if (place >= sample->most)
    place = fr_overlay_random_below (random, sample->n_offered);
  else
    sample->n++;
  if (place < sample->most)
    sample->records[sample->first + place] = record;
}

/* Some neighbours and some others, none that could not be reached. */
static void
sample_fill (FrMembership *self, Sample *sample, const FrPeerKey *except)
{
  sample_begin (sample, FR_MEMBERSHIP_SAMPLE_ACTIVE);
  for (guint i = 0; i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      if (!link->leaving)
        sample_offer (sample, &link->record, except, &self->random);
    }
  sample_begin (sample, FR_MEMBERSHIP_SAMPLE_PASSIVE);
  for (guint i = 0; i < fr_passive_view_get_size (self->passive); i++)
    {
      FrPassiveEntry *entry = fr_passive_view_get (self->passive, i);

      if (entry->n_failed == 0 && !entry->lost)
        sample_offer (sample, &entry->record, except, &self->random);
    }
}

static void
send_shuffle (FrMembership *self, FrLinkId link, const Freshet__Shuffle *shuffle)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;

  frame.body_case = FRESHET__FRAME__BODY_SHUFFLE;
  frame.shuffle = (Freshet__Shuffle *) shuffle;
  _fr_membership_send (self, link, &frame);
}

static void
send_sample (FrMembership *self, FrLinkId link, Freshet__Shuffle *shuffle, const Sample *sample)
{
  Freshet__PeerRecord *records[FR_SHUFFLE_MAX_RECORDS];

  for (guint i = 0; i < sample->n; i++)
    records[i] = fr_known_record_to_message (sample->records[i]);
  shuffle->records = records;
  shuffle->n_records = sample->n;
  send_shuffle (self, link, shuffle);
  for (guint i = 0; i < sample->n; i++)
    freshet__peer_record__free_unpacked (records[i], NULL);
}

static void
answer_shuffle (FrMembership *self, FrLinkId link, const FrQueryId *walk, const FrPeerKey *origin)
{
  Freshet__Shuffle answer = FRESHET__SHUFFLE__INIT;
  Sample sample = { .n = 0 };

  if (_fr_membership_may_offer (self))
    sample.records[sample.n++] = &self->record;
  sample_fill (self, &sample, origin);
  answer.walk = binary (walk->bytes, sizeof walk->bytes);
  answer.answers = binary (origin->bytes, sizeof origin->bytes);
  send_sample (self, link, &answer, &sample);
}

/* All or none: a frame with a damaged record is a fault, and what else is in it is not worth much. */
static gboolean
read_records (const Freshet__Shuffle *shuffle, FrKnownRecord *out_records, guint *out_n)
{
  for (guint i = 0; i < shuffle->n_records; i++)
    {
      if (!fr_known_record_read (&out_records[i], shuffle->records[i]))
        return FALSE;
      *out_n = i + 1;
    }
  return TRUE;
}

static void
learn_all (FrMembership *self, const FrKnownRecord *records, guint n, const FrPeerKey *source)
{
  for (guint i = 0; i < n; i++)
    if (records[i].may_pass_on)
      _fr_membership_learn (self, &records[i], source);
}

/* The first way back stays when the walk crosses itself: it is the shorter one. */
static gboolean
leave_trail (FrMembership *self,
             const FrQueryId *walk,
             const FrPeerKey *origin,
             FrLinkId from,
             FrLinkId to,
             gint64 now_us)
{
  Trail *trail;

  if (self->trails == NULL)
    self->trails = fr_aged_table_new (sizeof (Trail), FR_MEMBERSHIP_MAX_TRAILS, FR_MEMBERSHIP_TRAIL_AGE_US);
  fr_aged_table_expire (self->trails, now_us);
  trail = fr_aged_table_lookup (self->trails, walk, now_us);
  if (trail == NULL)
    {
      trail = fr_aged_table_insert (self->trails, walk, now_us);
      trail->origin = *origin;
      trail->from = from;
    }
  else if (!fr_peer_key_equal (&trail->origin, origin))
    return FALSE;
  trail->to = to;
  return TRUE;
}

static void
receive_answer (FrMembership *self,
                FrMembershipLink *link,
                const Freshet__Shuffle *shuffle,
                const FrKnownRecord *records,
                guint n_records,
                gint64 now_us)
{
  FrQueryId walk = walk_of (&shuffle->walk);
  Trail *trail = self->trails != NULL ? fr_aged_table_lookup (self->trails, &walk, now_us) : NULL;

  if (trail == NULL || trail->to != link->link
      || memcmp (trail->origin.bytes, shuffle->answers.data, FR_PEER_KEY_SIZE) != 0)
    return;
  trail->to = 0;
  if (trail->from == 0)
    learn_all (self, records, n_records, &link->key);
  else if (_fr_membership_find (self, trail->from) != NULL)
    send_shuffle (self, trail->from, shuffle);
}

static gboolean
receive_walk (FrMembership *self,
              FrMembershipLink *link,
              const Freshet__Shuffle *shuffle,
              const FrKnownRecord *records,
              guint n_records,
              gint64 now_us)
{
  FrQueryId walk = walk_of (&shuffle->walk);
  g_auto (FrKnownRecord) origin = { .packed = NULL };
  FrMembershipLink *next = NULL;

  if (!fr_known_record_read (&origin, shuffle->origin))
    return FALSE;
  if (!origin.may_pass_on || fr_peer_key_equal (&origin.key, &self->self_key)
      || _fr_membership_is_blocked (self, &origin.key) || has_been_seen (self, &walk, link->link, shuffle->ttl))
    return TRUE;
  push_route (self, &walk, &origin.key, link->link);
  if (shuffle->ttl > 0)
    next = _fr_membership_choose_link (self, link->link, &origin.key);
  if (next != NULL)
    {
      Freshet__Shuffle copy = *shuffle;

      copy.ttl--;
      if (leave_trail (self, &walk, &origin.key, link->link, next->link, now_us))
        send_shuffle (self, next->link, &copy);
      return TRUE;
    }
  answer_shuffle (self, link->link, &walk, &origin.key);
  learn_all (self, &origin, 1, &link->key);
  learn_all (self, records, n_records, &link->key);
  return TRUE;
}

gboolean
_fr_membership_receive_shuffle (FrMembership *self,
                                FrMembershipLink *link,
                                const Freshet__Shuffle *shuffle,
                                gint64 now_us)
{
  FrKnownRecord records[FR_SHUFFLE_MAX_RECORDS];
  guint n_records = 0;
  gboolean ok = read_records (shuffle, records, &n_records);

  if (ok && shuffle->answers.len > 0)
    receive_answer (self, link, shuffle, records, n_records, now_us);
  else if (ok)
    ok = receive_walk (self, link, shuffle, records, n_records, now_us);
  for (guint i = 0; i < n_records; i++)
    fr_known_record_clear (&records[i]);
  return ok;
}

/* Asks a random neighbour to make us known. */
void
_fr_membership_join (FrMembership *self)
{
  FrMembershipLink *link = _fr_membership_choose_link (self, 0, NULL);
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Join join = FRESHET__JOIN__INIT;
  FrQueryId walk = new_walk (self);

  if (link == NULL)
    return;
  join.walk = binary (walk.bytes, sizeof walk.bytes);
  join.newcomer = fr_known_record_to_message (&self->record);
  frame.body_case = FRESHET__FRAME__BODY_JOIN;
  frame.join = &join;
  _fr_membership_send (self, link->link, &frame);
  freshet__peer_record__free_unpacked (join.newcomer, NULL);
}

/* Begins an exchange of records with whoever is at the end of a random walk. */
void
_fr_membership_shuffle (FrMembership *self, gint64 now_us)
{
  FrMembershipLink *link = _fr_membership_choose_link (self, 0, NULL);
  Freshet__Shuffle shuffle = FRESHET__SHUFFLE__INIT;
  Sample sample = { .n = 0 };
  FrQueryId walk = new_walk (self);

  if (link == NULL)
    return;
  leave_trail (self, &walk, &self->self_key, 0, link->link, now_us);
  sample_fill (self, &sample, &link->key);
  shuffle.walk = binary (walk.bytes, sizeof walk.bytes);
  shuffle.origin = fr_known_record_to_message (&self->record);
  shuffle.ttl = FR_MEMBERSHIP_SHUFFLE_TTL;
  send_sample (self, link->link, &shuffle, &sample);
  freshet__peer_record__free_unpacked (shuffle.origin, NULL);
}

/* A newcomer does not wait as long as others. */
void
_fr_membership_shuffle_soon (FrMembership *self, gint64 now_us)
{
  self->shuffle_at_us
    = now_us + fr_overlay_random_jitter (&self->random, self->shuffle_interval_us / FIRST_SHUFFLE_PART);
}
