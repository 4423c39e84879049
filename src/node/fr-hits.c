/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hits.h"

#include <string.h>

#include "fr-contact-tags.h"
#include "fr-image-sniff.h"
#include "fr-title.h"

static ProtobufCBinaryData
binary (const void *data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

static void
fill_item (Freshet__Item *item, const FrPicture *picture)
{
  freshet__item__init (item);
  item->content_id = binary (picture->id.bytes, FR_CONTENT_ID_SIZE);
  item->title = picture->title;
  item->type = picture->type;
  item->size = picture->size;
  item->width = picture->width;
  item->height = picture->height;
  item->day = (guint) CLAMP (picture->shared_us / FR_DAY_US, 0, G_MAXUINT32);
  if (picture->has_preview)
    item->preview_hash = binary (picture->preview_hash.bytes, sizeof picture->preview_hash.bytes);
}

static GBytes *
pack_body (Freshet__PeerRecord *record,
           const FrQueryId *query,
           guint hops,
           GPtrArray *pictures,
           guint total,
           guint part)
{
  Freshet__HitsBody body = FRESHET__HITS_BODY__INIT;
  Freshet__Item items[FR_HITS_MAX_ITEMS], *pointers[FR_HITS_MAX_ITEMS];

  body.n_items = pictures != NULL ? MIN (pictures->len, FR_HITS_MAX_ITEMS) : 0;
  for (guint i = 0; i < body.n_items; i++)
    {
      fill_item (&items[i], g_ptr_array_index (pictures, i));
      pointers[i] = &items[i];
    }
  body.items = pointers;
  body.query_id = binary (query->bytes, FR_QUERY_ID_SIZE);
  body.holder = record;
  body.total = total;
  body.hops = hops;
  body.part = part;
  return fr_message_pack (&body.base);
}

/**
 * fr_hits_pack:
 * @identity: who holds the pictures
 * @record: the holder's own record
 * @query: the search that is answered
 * @hops: links that the search had crossed when it came here
 * @pictures: (element-type FrPicture) (nullable): what matches; at most %FR_HITS_MAX_ITEMS are listed. %NULL for a
 *   search that looks for the holder itself, not for pictures
 * @total: how many match in all
 *
 * Makes an answer, signed.
 *
 * Returns: (transfer full): a frame as bytes
 */
GBytes *
fr_hits_pack (const FrIdentity *identity, Freshet__PeerRecord *record, const FrQueryId *query, guint hops,
              GPtrArray *pictures, guint total)
{
  return fr_hits_pack_part (identity, record, query, hops, pictures, total, 0);
}

/**
 * fr_hits_pack_part:
 * @identity: who holds the pictures
 * @record: the holder's own record
 * @query: the search that is answered
 * @hops: links that the search had crossed when it came here
 * @pictures: (element-type FrPicture) (nullable): what matches
 * @total: how many match in all
 * @part: below %FR_HITS_MAX_PARTS: another for each answer to that search
 *
 * Makes one of several answers, signed.
 *
 * Returns: (transfer full): a frame as bytes
 */
GBytes *
fr_hits_pack_part (const FrIdentity *identity, Freshet__PeerRecord *record, const FrQueryId *query, guint hops,
                   GPtrArray *pictures, guint total, guint part)
{
  g_autoptr (GBytes) body = pack_body (record, query, hops, pictures, total, part);
  Freshet__Hits hits = FRESHET__HITS__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  guint8 signature[FR_SIGNATURE_SIZE];
  gsize size;
  const void *data = g_bytes_get_data (body, &size);

  fr_identity_sign (identity, FR_SIGN_HITS, data, size, signature);
  hits.query_id = binary (query->bytes, FR_QUERY_ID_SIZE);
  hits.signed_ = binary (data, size);
  hits.signature = binary (signature, sizeof signature);
  frame.body_case = FRESHET__FRAME__BODY_HITS;
  frame.hits = &hits;
  return fr_frame_pack (&frame);
}

static void
item_clear (FrHitItem *item)
{
  g_free (item->title);
}

/* Clocks differ by a day. What is from later would stand before all that is new for good. */
static guint
read_day (guint32 day)
{
  return day <= fr_contact_tags_today () + 1 ? day : 0;
}

static void
read_item (GArray *items, const Freshet__Item *message)
{
  FrHitItem item = {
    .type = message->type,
    .size = message->size,
    .width = message->width,
    .height = message->height,
    .day = read_day (message->day),
    .has_preview = message->preview_hash.len == sizeof item.preview_hash.bytes,
  };

  if (!fr_content_id_from_bytes (&item.id, message->content_id.data, message->content_id.len))
    return;
  if (item.has_preview)
    memcpy (item.preview_hash.bytes, message->preview_hash.data, sizeof item.preview_hash.bytes);
  item.title = fr_title_clean (message->title);
  g_array_append_val (items, item);
}

/**
 * fr_hits_read:
 * @message: an answer from the wire
 *
 * Reads an answer, and checks that the holder it names has signed it, for this search.
 *
 * Returns: (transfer full) (nullable): the answer; %NULL if it is not what it says
 */
FrHits *
fr_hits_read (const Freshet__Hits *message)
{
  g_autoptr (Freshet__HitsBody) body = NULL;
  g_autoptr (FrHits) self = g_new0 (FrHits, 1);

  self->items = g_array_new (FALSE, FALSE, sizeof (FrHitItem));
  g_array_set_clear_func (self->items, (GDestroyNotify) item_clear);
  if (fr_hits_body_parse (message->signed_.data, message->signed_.len, &body) != FR_WIRE_OK
      || !fr_query_id_from_bytes (&self->query, body->query_id.data, body->query_id.len)
      || body->query_id.len != message->query_id.len
      || memcmp (body->query_id.data, message->query_id.data, message->query_id.len) != 0
      || !fr_record_read (body->holder, &self->holder)
      || !fr_identity_verify (&self->holder.key, FR_SIGN_HITS, message->signed_.data, message->signed_.len,
                              message->signature.data, message->signature.len))
    return NULL;
  self->hops = body->hops;
  self->total = body->total;
  for (gsize i = 0; i < body->n_items; i++)
    read_item (self->items, body->items[i]);
  return g_steal_pointer (&self);
}

/**
 * fr_hits_steal:
 * @self: an answer that a signal handed out
 *
 * Moves what is in an answer into one of the caller's own; @self is empty then.
 *
 * Returns: (transfer full): the answer
 */
FrHits *
fr_hits_steal (FrHits *self)
{
  FrHits *mine = g_memdup2 (self, sizeof *self);

  *self = (FrHits) { 0 };
  return mine;
}

/**
 * fr_hits_free:
 * @self: (nullable) (transfer full): an answer
 *
 * Frees an answer.
 */
void
fr_hits_free (FrHits *self)
{
  if (self == NULL)
    return;
  fr_record_clear (&self->holder);
  g_clear_pointer (&self->items, g_array_unref);
  g_free (self);
}

/**
 * fr_preview_pack:
 * @identity: who holds the picture
 * @query: the search that is answered
 * @hash: the BLAKE2b-256 of @data
 * @data: a small picture, at most %FR_PREVIEW_DATA_MAX_SIZE bytes
 *
 * Makes the small picture that follows an answer. It is not signed: the hash in the answer is.
 *
 * Returns: (transfer full): a frame as bytes
 */
GBytes *
fr_preview_pack (const FrIdentity *identity, const FrQueryId *query, const FrBlockHash *hash, GBytes *data)
{
  Freshet__Preview preview = FRESHET__PREVIEW__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;

  preview.query_id = binary (query->bytes, FR_QUERY_ID_SIZE);
  preview.holder = binary (fr_identity_get_key (identity)->bytes, FR_PEER_KEY_SIZE);
  preview.hash = binary (hash->bytes, sizeof hash->bytes);
  preview.data = binary (g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  frame.body_case = FRESHET__FRAME__BODY_PREVIEW;
  frame.preview = &preview;
  return fr_frame_pack (&frame);
}

/**
 * fr_preview_read:
 * @message: a small picture from the wire
 * @out_hash: (out caller-allocates): what it is called in an answer
 *
 * Reads a small picture. It is of a kind that ours are of: what other decoders there are gets nothing from strangers before
 * somebody has asked for it.
 *
 * Returns: (transfer full) (nullable): its bytes; %NULL if it is another kind, or not what it says
 */
GBytes *
fr_preview_read (const Freshet__Preview *message, FrBlockHash *out_hash)
{
  FrImageType type = fr_image_sniff (message->data.data, message->data.len);

  if (type != FR_IMAGE_TYPE_JPEG && type != FR_IMAGE_TYPE_WEBP)
    return NULL;
  fr_content_hash_block (message->data.data, message->data.len, out_hash);
  if (message->hash.len != sizeof out_hash->bytes
      || memcmp (out_hash->bytes, message->hash.data, sizeof out_hash->bytes) != 0)
    return NULL;
  return g_bytes_new (message->data.data, message->data.len);
}
