/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples.h"

#include <string.h>

#define MESSAGE(name) .base = PROTOBUF_C_MESSAGE_INIT (&freshet__##name##__descriptor)
#define BYTES(n) { n, bytes }
#define TEXT(text) ((char *) text) /* the generated structures want it writable */

static guint8 bytes[FR_MANIFEST_PAGE_BLOCKS * 32] = { 1, 2, 3, 0xff };

/* Filled by samples_get(), with one element more than is allowed. */
static char *capabilities[FR_HELLO_MAX_CAPABILITIES + 1];
static ProtobufCBinaryData tags[FR_QUERY_MAX_CONTACT_TAGS + 1];
static Freshet__Item *items[FR_HITS_MAX_ITEMS + 1];
static Freshet__ReportHop *hops[FR_REPORT_MAX_HOPS + 1];
static Freshet__PeerRecord *records[FR_SHUFFLE_MAX_RECORDS + 1];
static Freshet__Acquaintance *subjects[FR_INTRODUCE_MAX_SUBJECTS + 1];

static Freshet__Hello hello = { MESSAGE (hello), .signed_ = BYTES (300), .signature = BYTES (64) };
static Freshet__HelloBody hello_body = {
  MESSAGE (hello_body), .version_min = 1, .version_max = 1, .key = BYTES (32), .name = TEXT ("Zo\xc3\xab"),
  .n_capabilities = 2, .capabilities = capabilities,
  .purpose = FRESHET__PURPOSE__PURPOSE_LINK, .role = FRESHET__ROLE__ROLE_DIALLER,
  .dialler_certificate = BYTES (32), .answerer_certificate = BYTES (32), .dial_id = BYTES (16),
};
static Freshet__Bye bye = { MESSAGE (bye), .reason = FRESHET__BYE__REASON__REASON_FULL };
static Freshet__Ping ping = { MESSAGE (ping), .nonce = G_MAXUINT64, .load = 7 };
static Freshet__Pong pong = { MESSAGE (pong), .nonce = 1, .load = G_MAXUINT32 };
static Freshet__Query query = { MESSAGE (query), .signed_ = BYTES (200), .signature = BYTES (64), .ttl = 5, .hops = 2 };
static Freshet__QueryBody query_body = {
  MESSAGE (query_body), .asker = BYTES (32), .name = TEXT ("王小明"),
  .words = TEXT ("harbour \"blue hour\" -boat"),
  .kind = FRESHET__QUERY_BODY__KIND__KIND_LOCATE, .sequence = 1, .reply_key = BYTES (32), .most = 60,
  .n_contact_tags = 3, .contact_tags = tags, .target = BYTES (32),
};
static Freshet__Hits hits = { MESSAGE (hits), .query_id = BYTES (16), .signed_ = BYTES (900), .signature = BYTES (64) };
static Freshet__Hits sealed_hits = {
  MESSAGE (hits), .query_id = BYTES (16), .sealed = BYTES (900), .holder = BYTES (32), .part = 1,
};
static Freshet__PeerRecordBody record_body = {
  MESSAGE (peer_record_body), .key = BYTES (32), .name = TEXT ("Anna"),
  .server = TEXT ("https://0.peerjs.com/"), .id = TEXT ("anna"),
  .doorbell = TEXT ("http://192.168.1.7:9000/"), .sequence = 3, .may_pass_on = TRUE,
};
static Freshet__PeerRecord record = { MESSAGE (peer_record), .signature = BYTES (64) };
static Freshet__Item item = {
  MESSAGE (item), .content_id = BYTES (32), .title = TEXT ("Harbour"), .type = FRESHET__ITEM__TYPE__TYPE_JPEG,
  .size = 1234567, .width = 4000, .height = 3000, .preview_hash = BYTES (32), .day = 20780,
};
static Freshet__HitsBody hits_body = {
  MESSAGE (hits_body), .query_id = BYTES (16), .holder = &record, .n_items = 3, .items = items, .total = 70,
  .part = 1, .hops = 4,
};
static Freshet__Preview preview = {
  MESSAGE (preview), .query_id = BYTES (16), .holder = BYTES (32), .hash = BYTES (32), .data = BYTES (2000),
};
static Freshet__Preview sealed_preview = {
  MESSAGE (preview), .query_id = BYTES (16), .holder = BYTES (32), .sealed = BYTES (2000), .part = 3,
};
static Freshet__ReportHop hop = { MESSAGE (report_hop), .asked = 3, .suppressed = 2, .skipped = 1, .refused = 4 };
static Freshet__Report report = { MESSAGE (report), .query_id = BYTES (16), .n_hops = 3, .hops = hops };
static Freshet__Enough enough = { MESSAGE (enough), .query_id = BYTES (16) };
static Freshet__Throttle throttle = { MESSAGE (throttle), .hops = 3 };
static Freshet__Digest digest = {
  MESSAGE (digest), .depth = 1, .log2_bits = 8, .more = TRUE, .bits = BYTES (32), .n_tags = 2, .tags = tags,
};
static Freshet__Signal signal_ = {
  MESSAGE (signal), .route = BYTES (16), .from = BYTES (32), .to = BYTES (32), .hops = 2, .sealed = BYTES (1500),
};
static Freshet__Join join = { MESSAGE (join), .walk = BYTES (16), .newcomer = &record };
static Freshet__ForwardJoin forward_join = {
  MESSAGE (forward_join), .walk = BYTES (16), .newcomer = &record, .ttl = 6,
};
static Freshet__Neighbour neighbour = {
  MESSAGE (neighbour), .priority = FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_PINNED, .record = &record,
};
static Freshet__Shuffle shuffle = {
  MESSAGE (shuffle), .walk = BYTES (16), .origin = &record, .ttl = 4, .n_records = 3, .records = records,
};
static Freshet__Disconnect disconnect = { MESSAGE (disconnect), .instead = &record };
static Freshet__Standing standing = { MESSAGE (standing), .state = FRESHET__STANDING__STATE__STATE_ACCEPTED };
static Freshet__Introduce introduce = { MESSAGE (introduce), .signed_ = BYTES (300), .signature = BYTES (64) };
static Freshet__Acquaintance acquaintance = {
  MESSAGE (acquaintance), .key = BYTES (32), .name = TEXT ("Anna"), .server = TEXT ("https://0.peerjs.com/"),
  .id = TEXT ("anna"), .agreement = BYTES (64),
};
static Freshet__IntroduceBody introduce_body = {
  MESSAGE (introduce_body), .kind = FRESHET__INTRODUCE_BODY__KIND__KIND_COMPUTERS, .introducer = BYTES (32),
  .addressee = BYTES (32), .n_subjects = 2, .subjects = subjects, .agreement = BYTES (64),
};
static Freshet__Get get = {
  MESSAGE (get), .transfer = 9, .content_id = BYTES (32), .form = FRESHET__GET__FORM__FORM_SCREEN, .have = BYTES (7),
};
static Freshet__Manifest manifest = {
  MESSAGE (manifest), .transfer = 9, .size = 1024 * 256 * 1024 + 1, .page = 1, .hashes = BYTES (32), .place = 3,
};
static Freshet__Refuse refuse = { MESSAGE (refuse), .transfer = 9, .reason = FRESHET__REFUSE__REASON__REASON_BROKEN };
static Freshet__Done done = { MESSAGE (done), .transfer = 9 };
static Freshet__Cancel cancel = { MESSAGE (cancel), .transfer = G_MAXUINT32, .by_holder = TRUE };
static Freshet__More more = { MESSAGE (more), .transfer = 9, .stored = 33 };

#define FRAME(name, NUMBER) { #name, SAMPLE_FRAME, &name.base, FRESHET__FRAME__BODY_##NUMBER, NULL }
#define SIGNED(name) { #name, SAMPLE_SIGNED, &name.base, 0, (gpointer) fr_##name##_parse }

static const Sample samples[N_SAMPLES] = {
  FRAME (hello, HELLO), FRAME (bye, BYE), FRAME (ping, PING), FRAME (pong, PONG), FRAME (query, QUERY),
  FRAME (hits, HITS), FRAME (preview, PREVIEW), FRAME (get, GET), FRAME (manifest, MANIFEST), FRAME (refuse, REFUSE),
  FRAME (done, DONE), FRAME (cancel, CANCEL), FRAME (more, MORE), FRAME (report, REPORT), FRAME (enough, ENOUGH),
  FRAME (throttle, THROTTLE), FRAME (digest, DIGEST),
  { "signal", SAMPLE_FRAME, &signal_.base, FRESHET__FRAME__BODY_SIGNAL, NULL },
  FRAME (join, JOIN), FRAME (forward_join, FORWARD_JOIN), FRAME (neighbour, NEIGHBOUR), FRAME (shuffle, SHUFFLE),
  FRAME (disconnect, DISCONNECT), FRAME (standing, STANDING), FRAME (introduce, INTRODUCE),
  FRAME (sealed_hits, HITS), FRAME (sealed_preview, PREVIEW),
  SIGNED (hello_body), SIGNED (query_body), SIGNED (hits_body), SIGNED (introduce_body),
  { "record_body", SAMPLE_SIGNED, &record_body.base, 0, (gpointer) fr_peer_record_body_parse },
  { "record", SAMPLE_RECORD, &record.base, 0, (gpointer) fr_hits_body_parse },
  { "item", SAMPLE_ITEM, &item.base, 0, (gpointer) fr_hits_body_parse },
  { "acquaintance", SAMPLE_ACQUAINTANCE, &acquaintance.base, 0, (gpointer) fr_introduce_body_parse },
};

const Sample *
samples_get (void)
{
  static GBytes *packed; /* the record is the only sample whose signed part is looked into */

  if (packed != NULL)
    return samples;
  packed = fr_message_pack (&record_body.base);
  record.signed_.data = (guint8 *) g_bytes_get_data (packed, &record.signed_.len);
  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    capabilities[i] = TEXT ("previews");
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    tags[i] = (ProtobufCBinaryData) BYTES (FR_CONTACT_TAG_SIZE);
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    items[i] = &item;
  for (gsize i = 0; i < G_N_ELEMENTS (hops); i++)
    hops[i] = &hop;
  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    records[i] = &record;
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    subjects[i] = &acquaintance;
  return samples;
}

const Sample *
sample_find (const char *name)
{
  for (gsize i = 0; i < N_SAMPLES; i++)
    if (strcmp (samples_get ()[i].name, name) == 0)
      return &samples[i];
  g_assert_not_reached ();
}

gpointer
sample_copy (const Sample *sample)
{
  return g_memdup2 (sample->message, sample->message->descriptor->sizeof_message);
}

GBytes *
sample_pack_as (const Sample *sample, const ProtobufCMessage *message)
{
  Freshet__Item *only[] = { (Freshet__Item *) message };
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__HitsBody body = hits_body;
  Freshet__Acquaintance *subject[] = { (Freshet__Acquaintance *) message };
  Freshet__IntroduceBody introduction = introduce_body;

  switch (sample->kind)
    {
    case SAMPLE_FRAME:
      frame.body_case = sample->number;
      frame.hello = (gpointer) message; /* the members of the union are pointers to messages */
      return fr_frame_pack (&frame);
    case SAMPLE_RECORD:
      body.holder = (Freshet__PeerRecord *) message;
      return fr_message_pack (&body.base);
    case SAMPLE_ITEM:
      body.n_items = 1;
      body.items = only;
      return fr_message_pack (&body.base);
    case SAMPLE_ACQUAINTANCE:
      introduction.n_subjects = 1;
      introduction.subjects = subject;
      return fr_message_pack (&introduction.base);
    case SAMPLE_SIGNED:
    default:
      return fr_message_pack (message);
    }
}

FrWireFault
sample_parse (const Sample *sample, const void *data, gsize size, ProtobufCMessage **out_message)
{
  if (sample->kind == SAMPLE_FRAME)
    return fr_frame_parse (data, size, (Freshet__Frame **) out_message);
  return sample->parse (data, size, (gpointer *) out_message);
}

FrWireFault
sample_parse_bytes (const Sample *sample, GBytes *given)
{
  ProtobufCMessage *message = NULL;
  FrWireFault fault = sample_parse (sample, g_bytes_get_data (given, NULL), g_bytes_get_size (given), &message);

  g_assert_true ((message != NULL) == (fault == FR_WIRE_OK));
  protobuf_c_message_free_unpacked (message, NULL);
  return fault;
}

GBytes *
sample_pad (GBytes *given, gsize size)
{
  gsize rest = size - g_bytes_get_size (given) - 5;
  guint8 header[] = { 0xc2, 0x3e /* number 1000 */, (rest & 0x7f) | 0x80, (rest >> 7 & 0x7f) | 0x80, rest >> 14 };
  g_autoptr (GByteArray) array = g_byte_array_new ();

  g_byte_array_append (array, g_bytes_get_data (given, NULL), g_bytes_get_size (given));
  g_byte_array_append (array, header, sizeof header);
  g_byte_array_set_size (array, size);
  memset (array->data + size - rest, 0, rest);
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}
