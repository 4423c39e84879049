/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-message-unpack.h"

#include <stdlib.h>

/* What malloc() takes for itself beside each block: an unknown field of two bytes makes a block of one. */
#define BLOCK_OVERHEAD 16

static void *
budget_alloc (void *data, size_t size)
{
  gsize *left = data;

  if (size > *left || *left - size < BLOCK_OVERHEAD)
    {
      *left = 0;
      return NULL;
    }
  *left -= size + BLOCK_OVERHEAD;
  return malloc (size); /* not GLib's: protobuf_c_message_free_unpacked() uses free() */
}

/* Freed memory is not given back to the budget: it counts what was asked for in all, so work is bounded too. */
static void
budget_free (void *data, void *block)
{
  free (block);
}

static void drop_unknown_fields (ProtobufCMessage *message);

static void
drop_unknown_fields_below (ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
  if (field->label == PROTOBUF_C_LABEL_REPEATED)
    {
      ProtobufCMessage **children = G_STRUCT_MEMBER (ProtobufCMessage **, message, field->offset);
      size_t n_children = G_STRUCT_MEMBER (size_t, message, field->quantifier_offset);

      for (size_t i = 0; i < n_children; i++)
        drop_unknown_fields (children[i]);
    }
  else if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0
           || G_STRUCT_MEMBER (guint32, message, field->quantifier_offset) == field->id)
    {
      ProtobufCMessage *child = G_STRUCT_MEMBER (ProtobufCMessage *, message, field->offset);

      if (child != NULL)
        drop_unknown_fields (child);
    }
}

/* What we do not know we neither keep nor pass on; signed parts are bytes and stay as they came. */
static void
drop_unknown_fields (ProtobufCMessage *message)
{
  for (unsigned i = 0; i < message->n_unknown_fields; i++)
    free (message->unknown_fields[i].data);
  free (message->unknown_fields);
  message->unknown_fields = NULL;
  message->n_unknown_fields = 0;
  for (unsigned i = 0; i < message->descriptor->n_fields; i++)
    if (message->descriptor->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
      drop_unknown_fields_below (message, &message->descriptor->fields[i]);
}

/**
 * fr_message_unpack:
 * @descriptor: what is expected
 * @data: (array length=size) (nullable): the bytes
 * @size: how many; the caller has checked them against a cap
 *
 * Parses protobuf that may come from anybody, taking at most %FR_UNPACK_MAX_MEMORY bytes of memory. Fields that are not
 * in @descriptor are dropped.
 *
 * Returns: (transfer full) (nullable): the message, to be freed with protobuf_c_message_free_unpacked() and no
 *   allocator; %NULL if this is not protobuf or would take too much memory
 */
ProtobufCMessage *
fr_message_unpack (const ProtobufCMessageDescriptor *descriptor, const void *data, gsize size)
{
  gsize left = FR_UNPACK_MAX_MEMORY;
  ProtobufCAllocator allocator = { budget_alloc, budget_free, &left };
  ProtobufCMessage *message = protobuf_c_message_unpack (descriptor, &allocator, size, data);

  if (message != NULL)
    drop_unknown_fields (message);
  return message;
}
