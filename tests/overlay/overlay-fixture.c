/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "overlay-fixture.h"

#include <string.h>

static ProtobufCBinaryData
binary (const void *data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

static ProtobufCBinaryData
binary_of_bytes (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return binary (data, size);
}

FrPeerKey
fixture_key (guint number)
{
  FrPeerKey key = { { 'k' } };

  memcpy (key.bytes + 4, &number, sizeof number);
  return key;
}

GBytes *
fixture_body_for (guint asker, guint number, const char *words)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  FrPeerKey key = fixture_key (asker);

  body.asker = binary (key.bytes, sizeof key.bytes);
  body.name = (char *) "alice";
  body.words = (char *) words;
  body.sequence = number;
  return fr_message_pack (&body.base);
}

GBytes *
fixture_body (guint asker, guint number)
{
  return fixture_body_for (asker, number, "harbour");
}

void
fixture_sign (GBytes *body, guint8 out_signature[FR_SIGNATURE_SIZE])
{
  FrQueryId id = fixture_id (body);

  for (guint i = 0; i < FR_SIGNATURE_SIZE; i++)
    out_signature[i] = id.bytes[i % FR_QUERY_ID_SIZE] ^ (guint8) i;
}

gboolean
fixture_verify (GBytes *body, const guint8 *signature)
{
  guint8 expected[FR_SIGNATURE_SIZE];

  fixture_sign (body, expected);
  return memcmp (expected, signature, FR_SIGNATURE_SIZE) == 0;
}

FrQueryId
fixture_id (GBytes *body)
{
  ProtobufCBinaryData data = binary_of_bytes (body);
  FrQueryId id;

  fr_query_id_from_signed (&id, data.data, data.len);
  return id;
}

GBytes *
fixture_forged_query (GBytes *body, guint ttl, guint hops, guint forgery)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Query query = FRESHET__QUERY__INIT;
  guint8 signature[FR_SIGNATURE_SIZE];

  fixture_sign (body, signature);
  signature[0] ^= (guint8) forgery;
  query.signed_ = binary_of_bytes (body);
  query.signature = binary (signature, sizeof signature);
  query.ttl = ttl;
  query.hops = hops;
  frame.body_case = FRESHET__FRAME__BODY_QUERY;
  frame.query = &query;
  return fr_frame_pack (&frame);
}

GBytes *
fixture_query (GBytes *body, guint ttl, guint hops)
{
  return fixture_forged_query (body, ttl, hops, 0);
}

static GBytes *
pack_hits (const FrQueryId *query, Freshet__HitsBody *body)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Hits hits = FRESHET__HITS__INIT;
  g_autoptr (GBytes) packed_body = fr_message_pack (&body->base);
  guint8 signature[FR_SIGNATURE_SIZE];

  fixture_sign (packed_body, signature);
  hits.query_id = binary (query->bytes, sizeof query->bytes);
  hits.signed_ = binary_of_bytes (packed_body);
  hits.signature = binary (signature, sizeof signature);
  frame.body_case = FRESHET__FRAME__BODY_HITS;
  frame.hits = &hits;
  return fr_frame_pack (&frame);
}

/* The size grows with the number of items, by some 300 bytes each. */
GBytes *
fixture_hits_of_size (const FrQueryId *query, guint holder, guint part, guint n_items)
{
  Freshet__HitsBody body = FRESHET__HITS_BODY__INIT;
  Freshet__PeerRecord record = FRESHET__PEER_RECORD__INIT;
  Freshet__PeerRecordBody record_body = FRESHET__PEER_RECORD_BODY__INIT;
  Freshet__Item items[FR_HITS_MAX_ITEMS], *item_pointers[FR_HITS_MAX_ITEMS];
  FrPeerKey key = fixture_key (holder);
  g_autoptr (GBytes) packed_record = NULL;
  guint8 content_id[FR_CONTENT_ID_SIZE] = { 1 }, signature[FR_SIGNATURE_SIZE];
  char title[201] = { 0 };

  memset (title, 't', sizeof title - 1);
  record_body.key = binary (key.bytes, sizeof key.bytes);
  record_body.name = (char *) "bob";
  packed_record = fr_message_pack (&record_body.base);
  fixture_sign (packed_record, signature);
  record.signed_ = binary_of_bytes (packed_record);
  record.signature = binary (signature, sizeof signature);
  for (guint i = 0; i < n_items; i++)
    {
      freshet__item__init (&items[i]);
      items[i].content_id = binary (content_id, sizeof content_id);
      items[i].title = title;
      items[i].size = 12345;
      item_pointers[i] = &items[i];
    }
  body.query_id = binary (query->bytes, sizeof query->bytes);
  body.holder = &record;
  body.items = item_pointers;
  body.n_items = body.total = n_items;
  body.part = part;
  return pack_hits (query, &body);
}

GBytes *
fixture_hits (const FrQueryId *query, guint holder, guint part)
{
  return fixture_hits_of_size (query, holder, part, 1);
}

/* What is inside does not matter to relays. */
GBytes *
fixture_sealed (const FrQueryId *query, guint holder, guint part, gboolean is_preview, gsize size)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Hits hits = FRESHET__HITS__INIT;
  Freshet__Preview preview = FRESHET__PREVIEW__INIT;
  FrPeerKey key = fixture_key (holder);
  g_autofree guint8 *data = g_malloc0 (size);

  hits.query_id = preview.query_id = binary (query->bytes, sizeof query->bytes);
  hits.holder = preview.holder = binary (key.bytes, sizeof key.bytes);
  hits.part = preview.part = part;
  hits.sealed = preview.sealed = binary (data, size);
  frame.body_case = is_preview ? FRESHET__FRAME__BODY_PREVIEW : FRESHET__FRAME__BODY_HITS;
  if (is_preview)
    frame.preview = &preview;
  else
    frame.hits = &hits;
  return fr_frame_pack (&frame);
}

GBytes *
fixture_preview (const FrQueryId *query, guint holder, guint number, gsize size)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Preview preview = FRESHET__PREVIEW__INIT;
  FrPeerKey key = fixture_key (holder);
  g_autofree guint8 *data = g_malloc0 (size);
  guint8 hash[FR_PREVIEW_HASH_SIZE] = { 0 };

  memcpy (hash, &number, sizeof number);
  preview.query_id = binary (query->bytes, sizeof query->bytes);
  preview.holder = binary (key.bytes, sizeof key.bytes);
  preview.hash = binary (hash, sizeof hash);
  preview.data = binary (data, size);
  frame.body_case = FRESHET__FRAME__BODY_PREVIEW;
  frame.preview = &preview;
  return fr_frame_pack (&frame);
}

GBytes *
fixture_ping (guint64 nonce)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Ping ping = FRESHET__PING__INIT;

  ping.nonce = nonce;
  frame.body_case = FRESHET__FRAME__BODY_PING;
  frame.ping = &ping;
  return fr_frame_pack (&frame);
}

GBytes *
fixture_pong (guint64 nonce)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Pong pong = FRESHET__PONG__INIT;

  pong.nonce = nonce;
  frame.body_case = FRESHET__FRAME__BODY_PONG;
  frame.pong = &pong;
  return fr_frame_pack (&frame);
}

Freshet__Frame *
fixture_parse (GBytes *frame)
{
  Freshet__Frame *parsed = NULL;
  ProtobufCBinaryData data = binary_of_bytes (frame);

  g_assert_cmpint (fr_frame_parse (data.data, data.len, &parsed), ==, FR_WIRE_OK);
  return parsed;
}

void
fixture_init (Fixture *self, const FrOverlayConfig *config, guint n_links)
{
  FrPeerKey self_key = fixture_key (FIXTURE_SELF);

  self->now_us = G_USEC_PER_SEC;
  self->overlay = fr_overlay_new (config, &self_key, 1);
  for (guint link = 1; link <= n_links; link++)
    {
      FrPeerKey key = fixture_key (link);

      fr_overlay_link_up (self->overlay, link, &key, self->now_us);
    }
  g_assert_cmpuint (fixture_drain (self), ==, n_links);
}

void
fixture_clear (Fixture *self)
{
  g_clear_pointer (&self->overlay, fr_overlay_free);
}

FrOverlayStats
fixture_stats (Fixture *self)
{
  FrOverlayStats stats;

  fr_overlay_get_stats (self->overlay, &stats);
  return stats;
}

void
fixture_receive (Fixture *self, FrLinkId link, GBytes *frame)
{
  g_autoptr (Freshet__Frame) parsed = fixture_parse (frame);

  fr_overlay_receive (self->overlay, link, parsed, g_bytes_get_size (frame), self->now_us);
}

void
fixture_receive_query (Fixture *self, FrLinkId link, GBytes *body, guint ttl, guint hops)
{
  g_autoptr (GBytes) frame = fixture_query (body, ttl, hops);

  fixture_receive (self, link, frame);
}

/* Takes all actions away, and says how many they were. */
guint
fixture_drain (Fixture *self)
{
  FrOverlayAction action;
  guint n = 0;

  for (; fr_overlay_next_action (self->overlay, &action); n++)
    fr_overlay_action_clear (&action);
  return n;
}

FrOverlayAction
fixture_expect (Fixture *self, FrOverlayActionType type, FrLinkId link)
{
  FrOverlayAction action = { 0 };

  g_assert_true (fr_overlay_next_action (self->overlay, &action));
  g_assert_cmpint (action.type, ==, type);
  g_assert_cmpuint (action.link, ==, link);
  return action;
}

/* An action of which nothing more is to be known. */
void
fixture_skip (Fixture *self, FrOverlayActionType type, FrLinkId link)
{
  FrOverlayAction action = fixture_expect (self, type, link);

  fr_overlay_action_clear (&action);
}

void
fixture_expect_nothing (Fixture *self)
{
  FrOverlayAction action;

  g_assert_false (fr_overlay_next_action (self->overlay, &action));
}

/* The same packed frame to all links but one. */
void
fixture_expect_forwarded (Fixture *self, guint n_links, FrLinkId except, guint ttl, guint hops)
{
  GBytes *first = NULL;

  for (FrLinkId link = 1; link <= n_links; link++)
    {
      g_auto (FrOverlayAction) action = { 0 };

      if (link == except)
        continue;
      action = fixture_expect (self, FR_OVERLAY_SEND, link);
      if (first == NULL)
        {
          g_autoptr (Freshet__Frame) frame = fixture_parse (action.frame);

          first = action.frame;
          g_assert_cmpint (frame->body_case, ==, FRESHET__FRAME__BODY_QUERY);
          g_assert_cmpuint (frame->query->ttl, ==, ttl);
          g_assert_cmpuint (frame->query->hops, ==, hops);
        }
      g_assert_true (action.frame == first);
    }
}

/* A VERIFY for what `link` brought, which gets its answer. */
void
fixture_expect_checked (Fixture *self, FrLinkId link, gboolean valid)
{
  g_auto (FrOverlayAction) action = fixture_expect (self, FR_OVERLAY_VERIFY, link);

  g_assert_true (fixture_verify (action.frame, action.signature) == valid);
  fr_overlay_verified (self->overlay, &action.query, valid, self->now_us);
}

void
fixture_expect_sent (Fixture *self, FrLinkId link, GBytes *frame)
{
  g_auto (FrOverlayAction) action = fixture_expect (self, FR_OVERLAY_SEND, link);

  g_assert_true (g_bytes_equal (action.frame, frame));
}

/* The engine gets a query from each of the links, in this order, and finds it good. */
void
fixture_know_query (Fixture *self, GBytes *body, const FrLinkId *links, guint n_links)
{
  FrQueryId id = fixture_id (body);

  for (guint i = 0; i < n_links; i++)
    fixture_receive_query (self, links[i], body, 4, 1);
  fr_overlay_verified (self->overlay, &id, TRUE, self->now_us);
  fixture_drain (self);
}
