/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-frame.h"

G_BEGIN_DECLS

/* A good one of every message of freshet.proto, with every field in use, and the way it travels. Tests change
 * copies. */

typedef enum
{
  SAMPLE_FRAME,  /* the body of a Frame */
  SAMPLE_SIGNED, /* a signed part */
  SAMPLE_RECORD, /* the holder in a HitsBody */
  SAMPLE_ITEM,   /* an item in a HitsBody */
  SAMPLE_ACQUAINTANCE, /* a subject in an IntroduceBody */
} SampleKind;

typedef struct
{
  const char *name;
  SampleKind kind;
  ProtobufCMessage *message;
  guint number;                                            /* of a body in Frame */
  FrWireFault (*parse) (const void *, gsize, gpointer *); /* of a signed part */
} Sample;

#define N_SAMPLES 35

const Sample *samples_get (void);
const Sample *sample_find (const char *name);

/* A shallow copy, to be changed and freed with g_free(). */
gpointer sample_copy (const Sample *sample);

/* What is sent when the sample is `message`, and what it gives when it comes in: a message that is to be freed with
 * protobuf_c_message_free_unpacked(). */
GBytes *sample_pack_as (const Sample *sample, const ProtobufCMessage *message);
FrWireFault sample_parse (const Sample *sample, const void *data, gsize size, ProtobufCMessage **out_message);
FrWireFault sample_parse_bytes (const Sample *sample, GBytes *bytes);

/* Adds a field that nobody knows, so that the whole becomes `size` bytes, at least 5 more than there are. */
GBytes *sample_pad (GBytes *bytes, gsize size);

G_END_DECLS
