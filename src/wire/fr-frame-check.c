/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-frame-check.h"

#include "fr-bulk-header.h"
#include "fr-content-id.h"
#include "fr-peer-key.h"
#include "fr-peer-name.h"

#include <string.h>

static gboolean
is_exactly (const ProtobufCBinaryData *bytes, gsize size)
{
  return bytes->len == size;
}

static gboolean
is_exactly_or_none (const ProtobufCBinaryData *bytes, gsize size)
{
  return bytes->len == 0 || bytes->len == size;
}

static gboolean
is_text (const char *text, gsize max_bytes)
{
  return strlen (text) <= max_bytes && g_utf8_validate (text, -1, NULL);
}

/* A signed part and its signature; neither is looked into here. */
static gboolean
is_signed (const ProtobufCBinaryData *bytes, const ProtobufCBinaryData *signature)
{
  return bytes->len > 0 && is_exactly (signature, FR_SIGNATURE_SIZE);
}

static gboolean
check_query (const Freshet__Query *query)
{
  return is_signed (&query->signed_, &query->signature)
         && query->ttl >= 1 && query->ttl <= FR_QUERY_MAX_TTL
         && query->hops <= FR_QUERY_MAX_HOPS - query->ttl;
}

/* Signed, or sealed and then with what a relay needs beside it. */
static gboolean
check_hits (const Freshet__Hits *hits)
{
  if (!is_exactly (&hits->query_id, FR_QUERY_ID_SIZE))
    return FALSE;
  if (hits->sealed.len == 0)
    return is_signed (&hits->signed_, &hits->signature) && hits->holder.len == 0 && hits->part == 0;
  return hits->sealed.len >= FR_SEALED_MIN_SIZE && hits->signed_.len == 0 && hits->signature.len == 0
         && is_exactly (&hits->holder, FR_PEER_KEY_SIZE) && hits->part < FR_HITS_MAX_PARTS;
}

static gboolean
check_preview (const Freshet__Preview *preview)
{
  if (!is_exactly (&preview->query_id, FR_QUERY_ID_SIZE) || !is_exactly (&preview->holder, FR_PEER_KEY_SIZE))
    return FALSE;
  if (preview->sealed.len > 0)
    return preview->sealed.len >= FR_SEALED_MIN_SIZE && preview->hash.len == 0 && preview->data.len == 0
           && preview->part < FR_PREVIEW_MAX_PARTS;
  return is_exactly (&preview->hash, FR_PREVIEW_HASH_SIZE) && preview->part == 0
         && preview->data.len > 0 && preview->data.len <= FR_PREVIEW_DATA_MAX_SIZE;
}

/* The form is the holder's to refuse: an unknown one is no fault. */
static gboolean
check_get (const Freshet__Get *get)
{
  return is_exactly (&get->content_id, FR_CONTENT_ID_SIZE) && get->have.len <= FR_HAVE_MAX_SIZE;
}

/* A page has as many hashes as the size says, no more and no fewer. Who waits may be told its place alone. */
static gboolean
check_manifest (const Freshet__Manifest *manifest)
{
  guint n_blocks, first;

  if (manifest->size > FR_PICTURE_MAX_SIZE)
    return FALSE;
  if (manifest->place > 0 && manifest->hashes.len == 0)
    return TRUE;
  n_blocks = fr_content_n_blocks (manifest->size);
  if (manifest->page >= (n_blocks + FR_MANIFEST_PAGE_BLOCKS - 1) / FR_MANIFEST_PAGE_BLOCKS)
    return FALSE;
  first = manifest->page * FR_MANIFEST_PAGE_BLOCKS;
  return is_exactly (&manifest->hashes, MIN (n_blocks - first, FR_MANIFEST_PAGE_BLOCKS) * sizeof (FrBlockHash));
}

static gboolean
check_more (const Freshet__More *more)
{
  return more->stored > 0 && more->stored <= FR_BULK_MAX_BLOCKS;
}

static gboolean
check_record (const Freshet__PeerRecord *record)
{
  g_autoptr (Freshet__PeerRecordBody) body = NULL;

  return is_signed (&record->signed_, &record->signature)
         && freshet__peer_record__get_packed_size (record) <= FR_RECORD_MAX_SIZE
         && fr_peer_record_body_parse (record->signed_.data, record->signed_.len, &body) == FR_WIRE_OK;
}

/* Types may be added, so an unknown one is no fault. */
static gboolean
check_item (const Freshet__Item *item)
{
  return is_exactly (&item->content_id, FR_CONTENT_ID_SIZE)
         && is_text (item->title, FR_TITLE_MAX_BYTES)
         && item->size > 0 && item->size <= FR_PICTURE_MAX_SIZE
         && is_exactly_or_none (&item->preview_hash, FR_PREVIEW_HASH_SIZE);
}

static gboolean
check_report (const Freshet__Report *report)
{
  return is_exactly (&report->query_id, FR_QUERY_ID_SIZE)
         && report->n_hops >= 1 && report->n_hops <= FR_REPORT_MAX_HOPS;
}

/* Bits or gaps, not both; none at all is a set of nothing. */
static gboolean
check_digest (const Freshet__Digest *digest)
{
  if (digest->depth > FR_DIGEST_MAX_DEPTH)
    return FALSE;
  if (digest->everything)
    return digest->bits.len == 0 && digest->gaps.len == 0 && !digest->more;
  return digest->log2_bits >= FR_DIGEST_MIN_LOG2 && digest->log2_bits <= FR_DIGEST_MAX_LOG2
         && is_exactly_or_none (&digest->bits, ((gsize) 1 << digest->log2_bits) / 8)
         && digest->gaps.len <= FR_DIGEST_DATA_MAX_SIZE && (digest->bits.len == 0 || digest->gaps.len == 0);
}

static gboolean
check_signal (const Freshet__Signal *signal)
{
  return is_exactly (&signal->route, FR_QUERY_ID_SIZE) && is_exactly (&signal->from, FR_PEER_KEY_SIZE)
         && is_exactly (&signal->to, FR_PEER_KEY_SIZE) && signal->hops <= FR_QUERY_MAX_HOPS
         && signal->sealed.len > 0 && signal->sealed.len <= FR_SIGNAL_SEALED_MAX_SIZE;
}

static gboolean
check_join (const Freshet__Join *join)
{
  return is_exactly (&join->walk, FR_QUERY_ID_SIZE) && join->newcomer != NULL && check_record (join->newcomer);
}

static gboolean
check_forward_join (const Freshet__ForwardJoin *join)
{
  return is_exactly (&join->walk, FR_QUERY_ID_SIZE) && join->newcomer != NULL && check_record (join->newcomer)
         && join->ttl <= FR_WALK_MAX_TTL;
}

/* A walk has an origin; its answer names it by key instead. */
static gboolean
check_shuffle (const Freshet__Shuffle *shuffle)
{
  gboolean is_answer = shuffle->answers.len > 0;

  if (!is_exactly (&shuffle->walk, FR_QUERY_ID_SIZE) || shuffle->n_records > FR_SHUFFLE_MAX_RECORDS)
    return FALSE;
  for (size_t i = 0; i < shuffle->n_records; i++)
    if (!check_record (shuffle->records[i]))
      return FALSE;
  if (is_answer)
    return is_exactly (&shuffle->answers, FR_PEER_KEY_SIZE) && shuffle->origin == NULL && shuffle->ttl == 0;
  return shuffle->origin != NULL && check_record (shuffle->origin) && shuffle->ttl <= FR_WALK_MAX_TTL;
}

static gboolean
check_acquaintance (const Freshet__Acquaintance *acquaintance)
{
  return is_exactly (&acquaintance->key, FR_PEER_KEY_SIZE)
         && fr_peer_name_is_valid (acquaintance->name)
         && is_text (acquaintance->server, FR_RECORD_SERVER_MAX_BYTES)
         && (*acquaintance->id == '\0' || fr_peer_address_is_valid (acquaintance->id))
         && is_exactly_or_none (&acquaintance->agreement, FR_SIGNATURE_SIZE);
}

/* Each of the computers has agreed. */
static gboolean
have_agreed (const Freshet__IntroduceBody *body)
{
  for (size_t i = 0; i < body->n_subjects; i++)
    if (!is_exactly (&body->subjects[i]->agreement, FR_SIGNATURE_SIZE))
      return FALSE;
  return TRUE;
}

/**
 * fr_frame_check:
 * @frame: a frame that has been parsed
 *
 * Signed parts are not looked into. The reasons of Bye and Refuse may be ones that a later version adds.
 *
 * Returns: whether all fields are as freshet.proto wants them
 */
gboolean
fr_frame_check (const Freshet__Frame *frame)
{
  switch (frame->body_case)
    {
    case FRESHET__FRAME__BODY_HELLO:
      return is_signed (&frame->hello->signed_, &frame->hello->signature);
    case FRESHET__FRAME__BODY_QUERY:
      return check_query (frame->query);
    case FRESHET__FRAME__BODY_HITS:
      return check_hits (frame->hits);
    case FRESHET__FRAME__BODY_PREVIEW:
      return check_preview (frame->preview);
    case FRESHET__FRAME__BODY_REPORT:
      return check_report (frame->report);
    case FRESHET__FRAME__BODY_ENOUGH:
      return is_exactly (&frame->enough->query_id, FR_QUERY_ID_SIZE);
    case FRESHET__FRAME__BODY_THROTTLE:
      return frame->throttle->hops <= FR_QUERY_MAX_HOPS;
    case FRESHET__FRAME__BODY_DIGEST:
      return check_digest (frame->digest);
    case FRESHET__FRAME__BODY_SIGNAL:
      return check_signal (frame->signal);
    case FRESHET__FRAME__BODY_JOIN:
      return check_join (frame->join);
    case FRESHET__FRAME__BODY_FORWARD_JOIN:
      return check_forward_join (frame->forward_join);
    case FRESHET__FRAME__BODY_NEIGHBOUR:
      return frame->neighbour->record != NULL && check_record (frame->neighbour->record);
    case FRESHET__FRAME__BODY_SHUFFLE:
      return check_shuffle (frame->shuffle);
    case FRESHET__FRAME__BODY_DISCONNECT:
      return frame->disconnect->instead == NULL || check_record (frame->disconnect->instead);
    case FRESHET__FRAME__BODY_GET:
      return check_get (frame->get);
    case FRESHET__FRAME__BODY_MANIFEST:
      return check_manifest (frame->manifest);
    case FRESHET__FRAME__BODY_MORE:
      return check_more (frame->more);
    case FRESHET__FRAME__BODY_INTRODUCE:
      return is_signed (&frame->introduce->signed_, &frame->introduce->signature);
    case FRESHET__FRAME__BODY_BYE:
    case FRESHET__FRAME__BODY_PING:
    case FRESHET__FRAME__BODY_PONG:
    case FRESHET__FRAME__BODY_REFUSE:
    case FRESHET__FRAME__BODY_DONE:
    case FRESHET__FRAME__BODY_CANCEL:
    case FRESHET__FRAME__BODY_STANDING:
      return TRUE; /* any number will do */
    default:
      return FALSE;
    }
}

/**
 * fr_hello_body_check:
 * @body: the signed part of a Hello
 *
 * Whether there is a version in common is not asked here: a newer peer must be told so, not be called faulty. For the
 * same reason any purpose, role and capability will do.
 *
 * Returns: whether all fields are as freshet.proto wants them
 */
gboolean
fr_hello_body_check (const Freshet__HelloBody *body)
{
  if (body->n_capabilities > FR_HELLO_MAX_CAPABILITIES)
    return FALSE;
  for (size_t i = 0; i < body->n_capabilities; i++)
    if (*body->capabilities[i] == '\0' || !is_text (body->capabilities[i], FR_CAPABILITY_MAX_BYTES))
      return FALSE;
  return body->version_min > 0 && body->version_min <= body->version_max
         && is_exactly (&body->key, FR_PEER_KEY_SIZE)
         && fr_peer_name_is_valid (body->name)
         && is_exactly (&body->dialler_certificate, FR_CERTIFICATE_HASH_SIZE)
         && is_exactly (&body->answerer_certificate, FR_CERTIFICATE_HASH_SIZE)
         && is_exactly (&body->dial_id, FR_DIAL_ID_SIZE);
}

/**
 * fr_query_body_check:
 * @body: the signed part of a Query
 *
 * Returns: whether all fields are as freshet.proto wants them
 */
gboolean
fr_query_body_check (const Freshet__QueryBody *body)
{
  if (body->n_contact_tags > FR_QUERY_MAX_CONTACT_TAGS)
    return FALSE;
  for (size_t i = 0; i < body->n_contact_tags; i++)
    if (!is_exactly (&body->contact_tags[i], FR_CONTACT_TAG_SIZE))
      return FALSE;
  return is_exactly (&body->asker, FR_PEER_KEY_SIZE)
         && fr_peer_name_is_valid (body->name)
         && is_text (body->words, FR_QUERY_WORDS_MAX_BYTES)
         && is_exactly_or_none (&body->reply_key, FR_REPLY_KEY_SIZE)
         && body->most <= FR_QUERY_MAX_MOST
         && is_exactly_or_none (&body->target, FR_PEER_KEY_SIZE)
         && (body->kind != FRESHET__QUERY_BODY__KIND__KIND_LOCATE || body->target.len > 0);
}

/**
 * fr_hits_body_check:
 * @body: the signed part of a Hits
 *
 * Looks into the record of the holder too.
 *
 * Returns: whether all fields are as freshet.proto wants them
 */
gboolean
fr_hits_body_check (const Freshet__HitsBody *body)
{
  if (body->n_items > FR_HITS_MAX_ITEMS)
    return FALSE;
  for (size_t i = 0; i < body->n_items; i++)
    if (!check_item (body->items[i]))
      return FALSE;
  return is_exactly (&body->query_id, FR_QUERY_ID_SIZE)
         && body->holder != NULL && check_record (body->holder)
         && body->total >= body->n_items
         && body->part < FR_HITS_MAX_PARTS
         && body->hops <= FR_QUERY_MAX_HOPS;
}

/**
 * fr_peer_record_body_check:
 * @body: the signed part of a PeerRecord
 *
 * Returns: whether all fields are as freshet.proto wants them
 */
gboolean
fr_peer_record_body_check (const Freshet__PeerRecordBody *body)
{
  return is_exactly (&body->key, FR_PEER_KEY_SIZE)
         && fr_peer_name_is_valid (body->name)
         && is_text (body->server, FR_RECORD_SERVER_MAX_BYTES)
         && (*body->id == '\0' || fr_peer_address_is_valid (body->id))
         && is_text (body->doorbell, FR_RECORD_DOORBELL_MAX_BYTES);
}

/**
 * fr_introduce_body_check:
 * @body: the signed part of an Introduce
 *
 * Of a kind that a later version adds only the sizes are asked.
 *
 * Returns: whether all fields are as freshet.proto wants them
 */
gboolean
fr_introduce_body_check (const Freshet__IntroduceBody *body)
{
  if (!is_exactly (&body->introducer, FR_PEER_KEY_SIZE) || !is_exactly (&body->addressee, FR_PEER_KEY_SIZE)
      || !is_exactly_or_none (&body->agreement, FR_SIGNATURE_SIZE) || body->n_subjects > FR_INTRODUCE_MAX_SUBJECTS)
    return FALSE;
  for (size_t i = 0; i < body->n_subjects; i++)
    if (!check_acquaintance (body->subjects[i]))
      return FALSE;
  switch ((int) body->kind)
    {
    case FRESHET__INTRODUCE_BODY__KIND__KIND_PERSON:
      return body->n_subjects == 1;
    case FRESHET__INTRODUCE_BODY__KIND__KIND_COMPUTERS:
      return have_agreed (body);
    case FRESHET__INTRODUCE_BODY__KIND__KIND_YOU:
      return body->n_subjects == 0;
    default:
      return TRUE;
    }
}
