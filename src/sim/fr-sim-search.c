/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-private.h"

#include <string.h>

/* As long as those of real peers, so that bytes count the same. */
static const guint8 no_signature[FR_SIGNATURE_SIZE];
static const guint8 reply_key[FR_REPLY_KEY_SIZE] = { 1 };

static ProtobufCBinaryData
binary (const void *data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

void
_fr_sim_search_free (FrSimSearch *search)
{
  g_clear_pointer (&search->found, g_array_unref);
  g_free (search);
}

/* NULL: forgotten. */
FrSimSearch *
_fr_sim_get_search (FrSim *self, guint number)
{
  if (number <= self->n_forgotten || number - self->n_forgotten > self->searches->len)
    return NULL;
  return g_ptr_array_index (self->searches, number - self->n_forgotten - 1);
}

static guint
number_of_id (FrSim *self, const FrQueryId *id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, id));
}

/* What is passed on is nearly always what has just come, and comparing is much faster than hashing. */
guint
_fr_sim_number_of_query (FrSim *self, const Freshet__Query *query)
{
  FrQueryId id;

  if (self->cause != NULL && self->cause->kind == FR_SIM_KIND_QUERY)
    {
      const ProtobufCBinaryData *body = &self->cause->frame->query->signed_;

      if (body->len == query->signed_.len && memcmp (body->data, query->signed_.data, body->len) == 0)
        return self->cause->search;
    }
  fr_query_id_from_signed (&id, query->signed_.data, query->signed_.len);
  return number_of_id (self, &id);
}

static FrSimSearch *
find_search (FrSim *self, const FrQueryId *id)
{
  FrSimSearch *search = self->cause != NULL ? _fr_sim_get_search (self, self->cause->search) : NULL;

  if (search != NULL && fr_query_id_equal_func (&search->id, id))
    return search;
  return _fr_sim_get_search (self, number_of_id (self, id));
}

static Freshet__Item *
make_item (FrSim *self, guint title)
{
  Freshet__Item *item = g_new (Freshet__Item, 1);
  guint32 *content_id = g_new0 (guint32, FR_CONTENT_ID_SIZE / sizeof (guint32));

  freshet__item__init (item);
  *content_id = title;
  item->content_id = binary (content_id, FR_CONTENT_ID_SIZE);
  item->title = (char *) fr_sim_titles_get (self->titles, title);
  item->type = FRESHET__ITEM__TYPE__TYPE_JPEG;
  item->size = 2 * 1024 * 1024;
  item->width = 4000;
  item->height = 3000;
  item->preview_hash = binary (reply_key, FR_PREVIEW_HASH_SIZE);
  return item;
}

static void
item_free (gpointer data)
{
  Freshet__Item *item = data;

  g_free (item->content_id.data);
  g_free (item);
}

/* The pictures of a peer that a search wants; NULL: none. */
static GPtrArray *
find_items (FrSim *self, guint peer, const FrSimQuestion *question)
{
  const FrSimPeer *it = &self->peers[peer];
  GPtrArray *items = NULL;

  for (guint i = 0; i < it->n_pictures; i++)
    {
      if (!fr_sim_question_wants (question, it->pictures[i]))
        continue;
      if (items == NULL)
        items = g_ptr_array_new_with_free_func (item_free);
      if (items->len < FR_HITS_MAX_ITEMS)
        g_ptr_array_add (items, make_item (self, it->pictures[i]));
    }
  return items;
}

static GBytes *
pack_hits (FrSim *self, guint peer, const FrQueryId *id, guint hops, GPtrArray *items)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Hits hits = FRESHET__HITS__INIT;
  Freshet__HitsBody body = FRESHET__HITS_BODY__INIT;
  g_autoptr (GBytes) record = _fr_sim_record (self, peer);
  g_autoptr (GBytes) packed = NULL;
  Freshet__PeerRecord *holder;
  GBytes *bytes;
  gsize size;
  const guint8 *data = g_bytes_get_data (record, &size);

  holder = freshet__peer_record__unpack (NULL, size, data);
  body.query_id = hits.query_id = binary (id->bytes, sizeof id->bytes);
  body.holder = holder;
  body.n_items = items != NULL ? items->len : 0;
  body.items = items != NULL ? (Freshet__Item **) items->pdata : NULL;
  body.total = (guint32) body.n_items;
  body.hops = hops;
  packed = fr_message_pack (&body.base);
  hits.signed_.data = (guint8 *) g_bytes_get_data (packed, &hits.signed_.len);
  hits.signature = binary (no_signature, sizeof no_signature);
  frame.body_case = FRESHET__FRAME__BODY_HITS;
  frame.hits = &hits;
  bytes = fr_frame_pack (&frame);
  freshet__peer_record__free_unpacked (holder, NULL);
  return bytes;
}

/* Who is looked for says so: the way back of that answer is a way for the offer. */
static void
be_looked_for (FrSim *self, guint peer, const FrOverlayAction *action)
{
  g_autoptr (GBytes) hits = NULL;

  if (!_fr_sim_dial_looks_for (self, &action->query, peer))
    return;
  hits = pack_hits (self, peer, &action->query, MIN (action->hops, FR_QUERY_MAX_HOPS), NULL);
  fr_overlay_answer (self->peers[peer].overlay, &action->query, hits, self->now_us);
}

/* A query has come to a peer: it answers as one with its gallery does. */
void
_fr_sim_be_asked (FrSim *self, guint peer, const FrOverlayAction *action)
{
  FrSimSearch *search = find_search (self, &action->query);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GBytes) hits = NULL;

  self->counters.queries_delivered++;
  if (search == NULL)
    {
      be_looked_for (self, peer, action);
      return;
    }
  search->result.n_reached++;
  items = find_items (self, peer, search->question);
  if (items == NULL)
    return;
  hits = pack_hits (self, peer, &action->query, MIN (action->hops, FR_QUERY_MAX_HOPS), items);
  fr_overlay_answer (self->peers[peer].overlay, &action->query, hits, self->now_us);
}

static gboolean
read_hits (GBytes *frame, FrPeerKey *out_holder, guint *out_hops)
{
  g_autoptr (Freshet__Frame) parsed = NULL;
  g_autoptr (Freshet__HitsBody) body = NULL;
  g_autoptr (Freshet__PeerRecordBody) record = NULL;
  gsize size;
  const void *data = g_bytes_get_data (frame, &size);

  if (fr_frame_parse (data, size, &parsed) != FR_WIRE_OK || parsed->body_case != FRESHET__FRAME__BODY_HITS
      || fr_hits_body_parse (parsed->hits->signed_.data, parsed->hits->signed_.len, &body) != FR_WIRE_OK
      || fr_peer_record_body_parse (body->holder->signed_.data, body->holder->signed_.len, &record) != FR_WIRE_OK)
    return FALSE;
  *out_hops = body->hops;
  return fr_peer_key_from_bytes (out_holder, record->key.data, record->key.len);
}

/* Hits have come to the asker. */
void
_fr_sim_be_answered (FrSim *self, guint peer, const FrOverlayAction *action)
{
  FrSimSearch *search = find_search (self, &action->query);
  FrPeerKey key;
  guint hops, holder;

  if (search == NULL)
    _fr_sim_dial_located (self, peer, &action->query);
  if (search == NULL || !read_hits (action->frame, &key, &hops) || !_fr_sim_find_key (self, &key, &holder))
    return;
  if (search->found == NULL)
    search->found = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < search->found->len; i++)
    if (g_array_index (search->found, guint32, i) == holder)
      return;
  g_array_append_val (search->found, holder);
  search->result.n_holders++;
  if (search->result.n_holders > 1)
    return;
  search->result.first_hit_hops = hops;
  search->result.first_hit_us = MAX (1, self->now_us - search->result.begun_us);
}

/* For pictures, or for a key. */
static GBytes *
pack_query (FrSim *self, guint peer, const char *words, const FrPeerKey *target)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  FrPeerKey key = _fr_sim_key (self, peer);

  body.asker = binary (key.bytes, sizeof key.bytes);
  body.name = (char *) "alice";
  body.words = (char *) words;
  body.sequence = ++self->n_bodies;
  body.reply_key = binary (reply_key, sizeof reply_key);
  if (target != NULL)
    {
      body.kind = FRESHET__QUERY_BODY__KIND__KIND_LOCATE;
      body.target = binary (target->bytes, sizeof target->bytes);
    }
  return fr_message_pack (&body.base);
}

FrQueryId
_fr_sim_ask_for_key (FrSim *self, guint peer, const FrPeerKey *key)
{
  g_autoptr (GBytes) body = pack_query (self, peer, "", key);

  return fr_overlay_search (self->peers[peer].overlay, body, no_signature, FR_QUERY_MAX_TTL, self->now_us);
}

/**
 * fr_sim_search:
 * @self: a network
 * @peer: who searches; alive
 * @words: what for, folded
 * @ttl: how far, in links; 0: as the engine wants
 *
 * Returns: the number of the search
 */
guint
fr_sim_search (FrSim *self, guint peer, const char *words, guint ttl)
{
  g_autoptr (GBytes) body = NULL;
  FrSimSearch *search;
  gsize size;
  const void *data;

  g_return_val_if_fail (fr_sim_is_alive (self, peer), 0);

  body = pack_query (self, peer, words, NULL);
  data = g_bytes_get_data (body, &size);
  search = g_new0 (FrSimSearch, 1);
  fr_query_id_from_signed (&search->id, data, size);
  search->question = fr_sim_titles_ask (self->titles, words);
  search->generation = self->peers[peer].generation;
  search->result.asker = peer;
  search->result.begun_us = self->now_us;
  g_ptr_array_add (self->searches, search);
  g_hash_table_insert (self->by_id, &search->id, GUINT_TO_POINTER (self->n_forgotten + self->searches->len));
  self->counters.searches++;
  fr_overlay_search (self->peers[peer].overlay, body, no_signature, ttl, self->now_us);
  _fr_sim_drain (self, peer);
  return self->n_forgotten + self->searches->len;
}

/**
 * fr_sim_end_search:
 * @self: a network
 * @search: the number of a search
 *
 * Its asker has what she wanted.
 */
void
fr_sim_end_search (FrSim *self, guint search)
{
  FrSimSearch *it = _fr_sim_get_search (self, search);

  if (it == NULL || !fr_sim_is_alive (self, it->result.asker)
      || self->peers[it->result.asker].generation != it->generation)
    return;
  fr_overlay_end_search (self->peers[it->result.asker].overlay, &it->id, self->now_us);
  _fr_sim_drain (self, it->result.asker);
}

/**
 * fr_sim_forget_searches:
 * @self: a network
 *
 * Nothing more is kept of the searches so far; those that are still under way are counted no more.
 */
void
fr_sim_forget_searches (FrSim *self)
{
  g_hash_table_remove_all (self->by_id);
  self->n_forgotten += self->searches->len;
  g_ptr_array_set_size (self->searches, 0);
}

/**
 * fr_sim_get_search:
 * @self: a network
 * @search: the number of a search
 * @out_result: (out caller-allocates): what has become of it so far
 *
 * Returns: %FALSE if it has been forgotten
 */
gboolean
fr_sim_get_search (FrSim *self, guint search, FrSimSearchResult *out_result)
{
  FrSimSearch *it = _fr_sim_get_search (self, search);

  if (it == NULL)
    return FALSE;
  *out_result = it->result;
  return TRUE;
}

/**
 * fr_sim_get_xray:
 * @self: a network
 * @search: the number of a search
 * @out_xray: (out caller-allocates): what its asker knows of its way; untouched on failure
 *
 * Returns: %FALSE if it has been forgotten or has ended, or its asker is dead
 */
gboolean
fr_sim_get_xray (FrSim *self, guint search, FrQueryXray *out_xray)
{
  FrSimSearch *it = _fr_sim_get_search (self, search);

  return it != NULL && fr_sim_is_alive (self, it->result.asker)
         && self->peers[it->result.asker].generation == it->generation
         && fr_overlay_get_xray (self->peers[it->result.asker].overlay, &it->id, self->now_us, out_xray);
}

/**
 * fr_sim_get_found:
 * @self: a network
 * @search: the number of a search that has not been forgotten
 *
 * Returns: (transfer full) (element-type guint32): peers whose hits have come, in that order
 */
GArray *
fr_sim_get_found (FrSim *self, guint search)
{
  FrSimSearch *it = _fr_sim_get_search (self, search);

  return it != NULL && it->found != NULL ? g_array_ref (it->found) : g_array_new (FALSE, FALSE, sizeof (guint32));
}

/**
 * fr_sim_get_holders:
 * @self: a network
 * @words: what is looked for
 *
 * Returns: (transfer full) (element-type guint32): living peers that have such a picture
 */
GArray *
fr_sim_get_holders (FrSim *self, const char *words)
{
  const FrSimQuestion *question = fr_sim_titles_ask (self->titles, words);
  GArray *holders = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < self->config.n_peers; i++)
    for (guint j = 0; j < self->peers[i].n_pictures && self->peers[i].overlay != NULL; j++)
      if (fr_sim_question_wants (question, self->peers[i].pictures[j]))
        {
          g_array_append_val (holders, i);
          break;
        }
  return holders;
}

/* A greedy peer asks again, for something new, as often as it likes. */
void
_fr_sim_be_greedy (FrSim *self, const FrSimEvent *event)
{
  FrSimPeer *peer = &self->peers[event->peer];

  if (peer->overlay == NULL || peer->generation != event->link || peer->greed <= 0)
    return;
  fr_sim_search (self, event->peer, fr_sim_titles_draw_word (self->titles, self->rand), FR_QUERY_MAX_TTL);
  _fr_sim_push (self, (gint64) (G_USEC_PER_SEC / peer->greed), FR_SIM_EVENT_GREED, event->peer, event->link, NULL);
}

/**
 * fr_sim_set_greed:
 * @self: a network
 * @peer: one of its peers, alive
 * @queries_per_second: how often it asks from now on; 0: as others do
 */
void
fr_sim_set_greed (FrSim *self, guint peer, double queries_per_second)
{
  gboolean begins;

  g_return_if_fail (fr_sim_is_alive (self, peer));

  begins = self->peers[peer].greed <= 0 && queries_per_second > 0;
  self->peers[peer].greed = queries_per_second;
  if (begins)
    _fr_sim_push (self, 0, FR_SIM_EVENT_GREED, peer, self->peers[peer].generation, NULL);
}
