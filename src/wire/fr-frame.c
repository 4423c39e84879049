/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-frame.h"

#include <stdlib.h>
#include <string.h>

#include "fr-frame-check.h"
#include "fr-message-unpack.h"

#define VARINT_MAX_SIZE 10

typedef gboolean (*Check) (gconstpointer message);

/* Reads a number of 7 bits a byte, lowest first, and moves `*at` behind it. */
static gboolean
read_varint (const guint8 **at, const guint8 *end, guint64 *out_value)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64 && *at < end; shift += 7)
    {
      guint8 byte = *(*at)++;

      value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        {
          *out_value = value;
          return TRUE;
        }
    }
  return FALSE;
}

typedef struct
{
  guint number;
  guint wire_type;
  const guint8 *data;
  gsize size;
} Field;

/* Reads a field, and moves `*at` behind it. */
static gboolean
read_field (const guint8 **at, const guint8 *end, Field *out_field)
{
  guint64 tag, length;

  if (!read_varint (at, end, &tag) || tag > G_MAXUINT32 || tag >> 3 == 0)
    return FALSE;
  out_field->number = (guint) (tag >> 3);
  out_field->wire_type = tag & 7;
  switch (out_field->wire_type)
    {
    case PROTOBUF_C_WIRE_TYPE_VARINT:
      return read_varint (at, end, &length);
    case PROTOBUF_C_WIRE_TYPE_64BIT:
      length = 8;
      break;
    case PROTOBUF_C_WIRE_TYPE_32BIT:
      length = 4;
      break;
    case PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED:
      if (!read_varint (at, end, &length))
        return FALSE;
      break;
    default: /* groups are no part of proto3 */
      return FALSE;
    }
  if (length > (guint64) (end - *at))
    return FALSE;
  out_field->data = *at;
  out_field->size = (gsize) length;
  *at += length;
  return TRUE;
}

static gsize
max_size_of_kind (guint number)
{
  switch (number)
    {
    case FRESHET__FRAME__BODY_HELLO:
      return FR_HELLO_MAX_SIZE;
    case FRESHET__FRAME__BODY_QUERY:
      return FR_QUERY_MAX_SIZE;
    case FRESHET__FRAME__BODY_HITS:
      return FR_HITS_MAX_SIZE;
    case FRESHET__FRAME__BODY_PREVIEW:
      return FR_PREVIEW_MAX_SIZE;
    case FRESHET__FRAME__BODY_REPORT:
      return FR_REPORT_MAX_SIZE;
    case FRESHET__FRAME__BODY_ENOUGH:
      return FR_ENOUGH_MAX_SIZE;
    case FRESHET__FRAME__BODY_THROTTLE:
      return FR_THROTTLE_MAX_SIZE;
    case FRESHET__FRAME__BODY_DIGEST:
      return FR_DIGEST_MAX_SIZE;
    case FRESHET__FRAME__BODY_SIGNAL:
      return FR_SIGNAL_MAX_SIZE;
    case FRESHET__FRAME__BODY_JOIN:
    case FRESHET__FRAME__BODY_FORWARD_JOIN:
    case FRESHET__FRAME__BODY_NEIGHBOUR:
    case FRESHET__FRAME__BODY_DISCONNECT:
      return FR_JOIN_MAX_SIZE;
    case FRESHET__FRAME__BODY_SHUFFLE:
      return FR_SHUFFLE_MAX_SIZE;
    case FRESHET__FRAME__BODY_STANDING:
      return FR_STANDING_MAX_SIZE;
    case FRESHET__FRAME__BODY_INTRODUCE:
      return FR_INTRODUCE_MAX_SIZE;
    default:
      return FR_FRAME_MAX_SIZE;
    }
}

/* Which kind of frame this is and whether it may be so long, found without taking any memory. What nobody honest makes
 * (no body at all, or two) is refused, so that nothing rests on how a parser would settle it. */
static FrWireFault
scan_frame (const guint8 *data, gsize size, Field *out_body)
{
  const guint8 *at = data, *end = data + size;
  guint n_known = 0, n_unknown = 0;

  while (at < end)
    {
      Field field;

      if (!read_field (&at, end, &field))
        return FR_WIRE_MALFORMED;
      if (protobuf_c_message_descriptor_get_field (&freshet__frame__descriptor, field.number) == NULL)
        n_unknown++;
      else if (size > max_size_of_kind (field.number))
        return FR_WIRE_TOO_LONG;
      else if (n_known++ == 0)
        *out_body = field;
    }
  if (n_known == 0 && n_unknown > 0)
    return FR_WIRE_UNKNOWN;
  return n_known == 1 ? FR_WIRE_OK : FR_WIRE_INVALID;
}

/* A frame is no more than its body and the number of its kind, so that alone is left to protobuf-c, which would go through
 * all the kinds several times. */
static FrWireFault
unpack_frame (const void *data, gsize size, Freshet__Frame **out_frame)
{
  Field body = { 0 };
  FrWireFault fault = scan_frame (data, size, &body);
  const ProtobufCFieldDescriptor *kind;
  ProtobufCMessage *message;

  if (fault != FR_WIRE_OK)
    return fault;
  if (body.wire_type != PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED)
    return FR_WIRE_MALFORMED;
  kind = protobuf_c_message_descriptor_get_field (&freshet__frame__descriptor, body.number);
  message = fr_message_unpack (kind->descriptor, body.data, body.size);
  if (message == NULL)
    return FR_WIRE_MALFORMED;
  *out_frame = malloc (sizeof **out_frame); /* not GLib's: freshet__frame__free_unpacked() uses free() */
  if (*out_frame == NULL)
    g_error ("Out of memory");
  freshet__frame__init (*out_frame);
  (*out_frame)->body_case = (Freshet__Frame__BodyCase) body.number;
  (*out_frame)->hello = (Freshet__Hello *) message; /* whichever it is: the union is of pointers to messages */
  return FR_WIRE_OK;
}

static FrWireFault
parse (const ProtobufCMessageDescriptor *descriptor, Check check, const void *data, gsize size, gpointer *out_message)
{
  ProtobufCMessage *message = fr_message_unpack (descriptor, data, size);

  if (message == NULL)
    return FR_WIRE_MALFORMED;
  if (!check (message))
    {
      protobuf_c_message_free_unpacked (message, NULL);
      return FR_WIRE_INVALID;
    }
  *out_message = message;
  return FR_WIRE_OK;
}

/**
 * fr_wire_fault_to_string:
 * @fault: a fault
 *
 * Returns: its name, for logs and statistics
 */
const char *
fr_wire_fault_to_string (FrWireFault fault)
{
  switch (fault)
    {
    case FR_WIRE_OK:
      return "ok";
    case FR_WIRE_TOO_LONG:
      return "too-long";
    case FR_WIRE_MALFORMED:
      return "malformed";
    case FR_WIRE_INVALID:
      return "invalid";
    case FR_WIRE_UNKNOWN:
      return "unknown";
    default:
      g_return_val_if_reached ("unknown");
    }
}

/**
 * fr_frame_parse_unchecked:
 * @data: (array length=size): a message of the control channel
 * @size: its size in bytes
 * @out_frame: (out) (transfer full): the frame, with exactly one body; untouched on failure
 *
 * Parses a frame without holding it to the ranges of the protocol: for experiments that lift those.
 *
 * Returns: %FR_WIRE_OK, or what is wrong
 */
FrWireFault
fr_frame_parse_unchecked (const void *data, gsize size, Freshet__Frame **out_frame)
{
  g_return_val_if_fail (data != NULL || size == 0, FR_WIRE_INVALID);

  if (size > FR_FRAME_MAX_SIZE)
    return FR_WIRE_TOO_LONG;
  return unpack_frame (data, size, out_frame);
}

/**
 * fr_frame_parse:
 * @data: (array length=size): a message of the control channel
 * @size: its size in bytes
 * @out_frame: (out) (transfer full): the frame, with exactly one body; untouched on failure
 *
 * Parses and checks what a peer sent. Signed parts are kept exactly as they came and are to be parsed by their own
 * functions. Fields that this version does not know are dropped.
 *
 * Returns: %FR_WIRE_OK, or what is wrong
 */
FrWireFault
fr_frame_parse (const void *data, gsize size, Freshet__Frame **out_frame)
{
  g_autoptr (Freshet__Frame) frame = NULL;
  FrWireFault fault = fr_frame_parse_unchecked (data, size, &frame);

  if (fault != FR_WIRE_OK)
    return fault;
  if (!fr_frame_check (frame))
    return FR_WIRE_INVALID;
  *out_frame = g_steal_pointer (&frame);
  return FR_WIRE_OK;
}

/**
 * fr_frame_free:
 * @frame: (nullable) (transfer full): a frame from fr_frame_parse()
 */
void
fr_frame_free (Freshet__Frame *frame)
{
  freshet__frame__free_unpacked (frame, NULL);
}

/* Writes a number as read_varint() reads it, and returns where it ends. */
static guint8 *
write_varint (guint8 *at, guint64 value)
{
  for (; value >= 0x80; value >>= 7)
    *at++ = (guint8) (value | 0x80);
  *at++ = (guint8) value;
  return at;
}

/**
 * fr_frame_pack:
 * @frame: a frame, parsed or made in place
 *
 * Returns: (transfer full): its bytes, as fr_frame_parse() takes them
 */
GBytes *
fr_frame_pack (const Freshet__Frame *frame)
{
  const ProtobufCMessage *body = &frame->hello->base; /* whichever it is: the union is of pointers to messages */
  guint8 header[2 * VARINT_MAX_SIZE], *end = header, *data;
  gsize size, header_size;

  g_return_val_if_fail (frame->body_case != FRESHET__FRAME__BODY__NOT_SET && body != NULL, NULL);

  size = protobuf_c_message_get_packed_size (body);
  end = write_varint (end, (guint64) frame->body_case << 3 | PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED);
  end = write_varint (end, size);
  header_size = (gsize) (end - header);
  data = g_malloc (header_size + size);
  memcpy (data, header, header_size);
  protobuf_c_message_pack (body, data + header_size);
  return g_bytes_new_take (data, header_size + size);
}

/**
 * fr_hello_body_parse:
 * @data: (array length=size) (nullable): the signed part of a Hello
 * @size: its size in bytes
 * @out_body: (out) (transfer full): what it says; untouched on failure
 *
 * Returns: %FR_WIRE_OK, also when the versions are not ours; or what is wrong
 */
FrWireFault
fr_hello_body_parse (const void *data, gsize size, Freshet__HelloBody **out_body)
{
  if (size > FR_HELLO_MAX_SIZE)
    return FR_WIRE_TOO_LONG;
  return parse (&freshet__hello_body__descriptor, (Check) fr_hello_body_check, data, size, (gpointer *) out_body);
}

/**
 * fr_hello_body_free:
 * @body: (nullable) (transfer full): a body from fr_hello_body_parse()
 */
void
fr_hello_body_free (Freshet__HelloBody *body)
{
  freshet__hello_body__free_unpacked (body, NULL);
}

/**
 * fr_query_body_parse:
 * @data: (array length=size) (nullable): the signed part of a Query
 * @size: its size in bytes
 * @out_body: (out) (transfer full): what it says; untouched on failure
 *
 * Returns: %FR_WIRE_OK, or what is wrong
 */
FrWireFault
fr_query_body_parse (const void *data, gsize size, Freshet__QueryBody **out_body)
{
  if (size > FR_QUERY_MAX_SIZE)
    return FR_WIRE_TOO_LONG;
  return parse (&freshet__query_body__descriptor, (Check) fr_query_body_check, data, size, (gpointer *) out_body);
}

/**
 * fr_query_body_free:
 * @body: (nullable) (transfer full): a body from fr_query_body_parse()
 */
void
fr_query_body_free (Freshet__QueryBody *body)
{
  freshet__query_body__free_unpacked (body, NULL);
}

/**
 * fr_hits_body_parse:
 * @data: (array length=size) (nullable): the signed part of a Hits
 * @size: its size in bytes
 * @out_body: (out) (transfer full): what it says, the holder's record checked too, so that
 *   fr_peer_record_body_parse() of it succeeds; untouched on failure
 *
 * Returns: %FR_WIRE_OK, or what is wrong
 */
FrWireFault
fr_hits_body_parse (const void *data, gsize size, Freshet__HitsBody **out_body)
{
  if (size > FR_HITS_MAX_SIZE)
    return FR_WIRE_TOO_LONG;
  return parse (&freshet__hits_body__descriptor, (Check) fr_hits_body_check, data, size, (gpointer *) out_body);
}

/**
 * fr_hits_body_free:
 * @body: (nullable) (transfer full): a body from fr_hits_body_parse()
 */
void
fr_hits_body_free (Freshet__HitsBody *body)
{
  freshet__hits_body__free_unpacked (body, NULL);
}

/**
 * fr_peer_record_body_parse:
 * @data: (array length=size) (nullable): the signed part of a PeerRecord
 * @size: its size in bytes
 * @out_body: (out) (transfer full): what it says; untouched on failure
 *
 * Returns: %FR_WIRE_OK, or what is wrong
 */
FrWireFault
fr_peer_record_body_parse (const void *data, gsize size, Freshet__PeerRecordBody **out_body)
{
  if (size > FR_RECORD_MAX_SIZE)
    return FR_WIRE_TOO_LONG;
  return parse (&freshet__peer_record_body__descriptor, (Check) fr_peer_record_body_check, data, size,
                (gpointer *) out_body);
}

/**
 * fr_peer_record_body_free:
 * @body: (nullable) (transfer full): a body from fr_peer_record_body_parse()
 */
void
fr_peer_record_body_free (Freshet__PeerRecordBody *body)
{
  freshet__peer_record_body__free_unpacked (body, NULL);
}

/**
 * fr_introduce_body_parse:
 * @data: (array length=size) (nullable): the signed part of an Introduce
 * @size: its size in bytes
 * @out_body: (out) (transfer full): what it says; untouched on failure
 *
 * Returns: %FR_WIRE_OK, also when the kind is not one of ours; or what is wrong
 */
FrWireFault
fr_introduce_body_parse (const void *data, gsize size, Freshet__IntroduceBody **out_body)
{
  if (size > FR_INTRODUCE_MAX_SIZE)
    return FR_WIRE_TOO_LONG;
  return parse (&freshet__introduce_body__descriptor, (Check) fr_introduce_body_check, data, size,
                (gpointer *) out_body);
}

/**
 * fr_introduce_body_free:
 * @body: (nullable) (transfer full): a body from fr_introduce_body_parse()
 */
void
fr_introduce_body_free (Freshet__IntroduceBody *body)
{
  freshet__introduce_body__free_unpacked (body, NULL);
}

/**
 * fr_message_pack:
 * @message: any message of freshet.proto
 *
 * Returns: (transfer full): its bytes
 */
GBytes *
fr_message_pack (const ProtobufCMessage *message)
{
  gsize size = protobuf_c_message_get_packed_size (message);
  guint8 *data = g_malloc (size);

  protobuf_c_message_pack (message, data);
  return g_bytes_new_take (data, size);
}
