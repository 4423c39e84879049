/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fr-contact-tag.h"
#include "freshet.pb-c.h"

G_BEGIN_DECLS

/* Frames of the control channel: bytes from a peer become a checked message, or a fault with a name. Sizes are checked
 * before anything is parsed, meaning after. The messages themselves are the generated ones of freshet.proto; what
 * fr_*_parse() hands out has all lengths, counts and ranges checked, all strings valid UTF-8, names valid. */

/* Whole frames and signed parts. */
#define FR_MESSAGE_MAX_SIZE 65536 /* of a data channel: longer ones vanish without an error */
#define FR_FRAME_MAX_SIZE (50 * 1024)
#define FR_HELLO_MAX_SIZE 2048
#define FR_QUERY_MAX_SIZE 1024
#define FR_HITS_MAX_SIZE (48 * 1024)
#define FR_PREVIEW_MAX_SIZE (8 * 1024)
#define FR_RECORD_MAX_SIZE 512
#define FR_REPORT_MAX_SIZE 256
#define FR_ENOUGH_MAX_SIZE 64
#define FR_THROTTLE_MAX_SIZE 64
#define FR_STANDING_MAX_SIZE 64
#define FR_INTRODUCE_MAX_SIZE (4 * 1024)
#define FR_DIGEST_MAX_SIZE (16 * 1024 + 512)
#define FR_SIGNAL_MAX_SIZE (8 * 1024)
#define FR_JOIN_MAX_SIZE 1024 /* ForwardJoin, Neighbour and Disconnect too */
#define FR_SHUFFLE_MAX_SIZE (8 * 1024)

/* Fields. */
#define FR_SIGNATURE_SIZE 64
#define FR_CERTIFICATE_HASH_SIZE 32
#define FR_DIAL_ID_SIZE 16
#define FR_REPLY_KEY_SIZE 32
#define FR_PREVIEW_HASH_SIZE 32
#define FR_PREVIEW_DATA_MAX_SIZE (6 * 1024)
#define FR_HELLO_MAX_CAPABILITIES 32
#define FR_CAPABILITY_MAX_BYTES 32
#define FR_QUERY_WORDS_MAX_BYTES 256
#define FR_QUERY_MAX_MOST 60
#define FR_QUERY_MAX_CONTACT_TAGS 64
#define FR_TITLE_MAX_BYTES 256
#define FR_RECORD_SERVER_MAX_BYTES 128
#define FR_RECORD_DOORBELL_MAX_BYTES 128
#define FR_HAVE_MAX_SIZE 256 /* a bit for each block of FR_PICTURE_MAX_SIZE */
#define FR_MANIFEST_PAGE_BLOCKS 1024
#define FR_QUERY_MAX_TTL 7
#define FR_QUERY_MAX_HOPS 15 /* what it has crossed and what it may still cross, together */
#define FR_HITS_MAX_ITEMS 20
#define FR_HITS_MAX_PARTS 3
#define FR_PREVIEW_MAX_PARTS 8
#define FR_SEALED_MIN_SIZE 49 /* one byte in a sealed box */
#define FR_REPORT_MAX_HOPS 8 /* the sender, and FR_QUERY_MAX_TTL beyond it */
#define FR_DIGEST_MAX_DEPTH 1
#define FR_DIGEST_MIN_LOG2 6
#define FR_DIGEST_MAX_LOG2 17
#define FR_DIGEST_DATA_MAX_SIZE (16 * 1024)
#define FR_SIGNAL_SEALED_MAX_SIZE (7 * 1024)
#define FR_WALK_MAX_TTL 6
#define FR_SHUFFLE_MAX_RECORDS 8
#define FR_INTRODUCE_MAX_SUBJECTS 7 /* so that a person has eight computers, the one that speaks included */
#define FR_PICTURE_MAX_SIZE ((guint64) 512 * 1024 * 1024)
#define FR_PROTOCOL_VERSION 1

typedef enum
{
  FR_WIRE_OK,
  FR_WIRE_TOO_LONG,  /* the whole is over its cap; nothing was parsed */
  FR_WIRE_MALFORMED, /* not protobuf, or it would take too much memory */
  FR_WIRE_INVALID,   /* a field is missing, too long, or out of its range */
  FR_WIRE_UNKNOWN,   /* a kind of frame that this version does not know: to be ignored and counted */
} FrWireFault;

const char *fr_wire_fault_to_string (FrWireFault fault);

FrWireFault fr_frame_parse_unchecked (const void *data, gsize size, Freshet__Frame **out_frame);
FrWireFault fr_frame_parse (const void *data, gsize size, Freshet__Frame **out_frame);
void fr_frame_free (Freshet__Frame *frame);
GBytes *fr_frame_pack (const Freshet__Frame *frame);

/* The signed parts. */
FrWireFault fr_hello_body_parse (const void *data, gsize size, Freshet__HelloBody **out_body);
void fr_hello_body_free (Freshet__HelloBody *body);
FrWireFault fr_query_body_parse (const void *data, gsize size, Freshet__QueryBody **out_body);
void fr_query_body_free (Freshet__QueryBody *body);
FrWireFault fr_hits_body_parse (const void *data, gsize size, Freshet__HitsBody **out_body);
void fr_hits_body_free (Freshet__HitsBody *body);
FrWireFault fr_peer_record_body_parse (const void *data, gsize size, Freshet__PeerRecordBody **out_body);
void fr_peer_record_body_free (Freshet__PeerRecordBody *body);
FrWireFault fr_introduce_body_parse (const void *data, gsize size, Freshet__IntroduceBody **out_body);
void fr_introduce_body_free (Freshet__IntroduceBody *body);

/* Any message as bytes: for what is about to be signed. */
GBytes *fr_message_pack (const ProtobufCMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Freshet__Frame, fr_frame_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Freshet__HelloBody, fr_hello_body_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Freshet__QueryBody, fr_query_body_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Freshet__HitsBody, fr_hits_body_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Freshet__PeerRecordBody, fr_peer_record_body_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Freshet__IntroduceBody, fr_introduce_body_free)

G_END_DECLS
