/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sealed-answer.h"

#include <string.h>

/* A frame is one of these sizes, whole, whatever is in it. */
static const gsize hits_sizes[] = { 1024, 4 * 1024, 16 * 1024, FR_HITS_MAX_SIZE };
static const gsize preview_sizes[] = { FR_PREVIEW_MAX_SIZE };

typedef struct
{
  const FrQueryId *query;
  const FrPeerKey *holder;
  guint part;
  gboolean is_preview;
} Outside;

static ProtobufCBinaryData
binary (const void *data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

static GBytes *
pack (const Outside *outside, const void *sealed, gsize size)
{
  Freshet__Hits hits = FRESHET__HITS__INIT;
  Freshet__Preview preview = FRESHET__PREVIEW__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;

  hits.query_id = preview.query_id = binary (outside->query->bytes, FR_QUERY_ID_SIZE);
  hits.holder = preview.holder = binary (outside->holder->bytes, FR_PEER_KEY_SIZE);
  hits.part = preview.part = outside->part;
  hits.sealed = preview.sealed = binary (sealed, size);
  frame.body_case = outside->is_preview ? FRESHET__FRAME__BODY_PREVIEW : FRESHET__FRAME__BODY_HITS;
  if (outside->is_preview)
    frame.preview = &preview;
  else
    frame.hits = &hits;
  return fr_frame_pack (&frame);
}

/* How many sealed bytes make a frame of that size. The numbers before them that say how long they are take one byte
 * more or less with them, so it is tried. */
static gsize
find_sealed_size (const Outside *outside, gsize frame_size)
{
  g_autofree guint8 *nothing = g_malloc0 (frame_size);
  gsize size = frame_size;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GBytes) tried = pack (outside, nothing, size);

      if (g_bytes_get_size (tried) == frame_size)
        break;
      size = size + frame_size - g_bytes_get_size (tried);
    }
  return size;
}

/**
 * fr_sealed_answer_pack:
 * @frame: a packed Hits or Preview
 * @query: the search that it answers
 * @holder: who answers
 * @part: the number of this answer among those of its kind that @holder gives
 * @reply_key: as in the search
 *
 * Seals an answer to whoever asked. Its size says nothing but which of a few it is.
 *
 * Returns: (transfer full) (nullable): a frame as bytes; %NULL where nothing can be sealed to that key
 */
GBytes *
fr_sealed_answer_pack (GBytes *frame,
                       const FrQueryId *query,
                       const FrPeerKey *holder,
                       guint part,
                       const guint8 reply_key[FR_REPLY_PUBLIC_SIZE])
{
  const guint8 *data = g_bytes_get_data (frame, NULL);
  Outside outside = { query, holder, part, data[0] >> 3 == FRESHET__FRAME__BODY_PREVIEW };
  const gsize *sizes = outside.is_preview ? preview_sizes : hits_sizes;
  guint n_sizes = outside.is_preview ? G_N_ELEMENTS (preview_sizes) : G_N_ELEMENTS (hits_sizes);

  for (guint i = 0; i < n_sizes; i++)
    {
      g_autoptr (GBytes) sealed = fr_reply_key_seal (reply_key, frame, find_sealed_size (&outside, sizes[i]));

      if (sealed != NULL)
        return pack (&outside, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
    }
  return NULL;
}

/**
 * fr_sealed_answer_is_sealed:
 * @frame: a Hits or Preview, parsed
 *
 * Returns: whether what it says is sealed
 */
gboolean
fr_sealed_answer_is_sealed (const Freshet__Frame *frame)
{
  return (frame->body_case == FRESHET__FRAME__BODY_HITS && frame->hits->sealed.len > 0)
         || (frame->body_case == FRESHET__FRAME__BODY_PREVIEW && frame->preview->sealed.len > 0);
}

static const ProtobufCBinaryData *
get_query_id (const Freshet__Frame *frame)
{
  return frame->body_case == FRESHET__FRAME__BODY_HITS ? &frame->hits->query_id : &frame->preview->query_id;
}

static gboolean
is_same (const ProtobufCBinaryData *a, const ProtobufCBinaryData *b)
{
  return a->len == b->len && memcmp (a->data, b->data, a->len) == 0;
}

/* Whether answers are by whom relays were told, who go by that. */
static gboolean
is_by_holder (const Freshet__Hits *hits, const Freshet__Hits *outside)
{
  g_autoptr (Freshet__HitsBody) body = NULL;
  g_autoptr (Freshet__PeerRecordBody) record = NULL;

  return fr_hits_body_parse (hits->signed_.data, hits->signed_.len, &body) == FR_WIRE_OK
         && fr_peer_record_body_parse (body->holder->signed_.data, body->holder->signed_.len, &record) == FR_WIRE_OK
         && is_same (&record->key, &outside->holder) && body->part == outside->part;
}

/**
 * fr_sealed_answer_open:
 * @frame: a sealed Hits or Preview, parsed
 * @key: made for the search that it answers
 *
 * Opens an answer. What is in it is as little verified as one that came open.
 *
 * Returns: (transfer full) (nullable): the Hits or Preview in it, which is not sealed once more; %NULL if there is none
 */
Freshet__Frame *
fr_sealed_answer_open (const Freshet__Frame *frame, const FrReplyKey *key)
{
  gboolean is_hits = frame->body_case == FRESHET__FRAME__BODY_HITS;
  const ProtobufCBinaryData *sealed = is_hits ? &frame->hits->sealed : &frame->preview->sealed;
  g_autoptr (GBytes) bytes = fr_reply_key_open (key, sealed->data, sealed->len);
  g_autoptr (Freshet__Frame) inner = NULL;
  gsize size;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (bytes == NULL || fr_frame_parse (data, size, &inner) != FR_WIRE_OK || inner->body_case != frame->body_case
      || fr_sealed_answer_is_sealed (inner) || !is_same (get_query_id (inner), get_query_id (frame)))
    return NULL;
  if (is_hits ? !is_by_holder (inner->hits, frame->hits)
              : !is_same (&inner->preview->holder, &frame->preview->holder))
    return NULL;
  return g_steal_pointer (&inner);
}
