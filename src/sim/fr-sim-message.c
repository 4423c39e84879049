/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-message.h"

#include <string.h>

static const char *const kinds[FR_SIM_N_KINDS]
    = { "query", "hits", "preview", "ping", "digest", "report", "membership", "signal", "other" };

static FrSimKind
kind_of (const Freshet__Frame *frame)
{
  switch (frame != NULL ? frame->body_case : FRESHET__FRAME__BODY__NOT_SET)
    {
    case FRESHET__FRAME__BODY_QUERY:
      return FR_SIM_KIND_QUERY;
    case FRESHET__FRAME__BODY_HITS:
      return FR_SIM_KIND_HITS;
    case FRESHET__FRAME__BODY_PREVIEW:
      return FR_SIM_KIND_PREVIEW;
    case FRESHET__FRAME__BODY_PING:
    case FRESHET__FRAME__BODY_PONG:
      return FR_SIM_KIND_PING;
    case FRESHET__FRAME__BODY_DIGEST:
      return FR_SIM_KIND_DIGEST;
    case FRESHET__FRAME__BODY_REPORT:
      return FR_SIM_KIND_REPORT;
    case FRESHET__FRAME__BODY_JOIN:
    case FRESHET__FRAME__BODY_FORWARD_JOIN:
    case FRESHET__FRAME__BODY_NEIGHBOUR:
    case FRESHET__FRAME__BODY_SHUFFLE:
    case FRESHET__FRAME__BODY_DISCONNECT:
      return FR_SIM_KIND_MEMBERSHIP;
    case FRESHET__FRAME__BODY_SIGNAL:
      return FR_SIM_KIND_SIGNAL;
    default:
      return FR_SIM_KIND_OTHER;
    }
}

static void
identify (FrSimMessage *self, const FrSimMessage *cause)
{
  const ProtobufCBinaryData *body = &self->frame->query->signed_;

  if (cause != NULL && cause->kind == FR_SIM_KIND_QUERY && cause->frame->query->signed_.len == body->len
      && memcmp (cause->frame->query->signed_.data, body->data, body->len) == 0)
    self->query = cause->query;
  else
    fr_query_id_from_signed (&self->query, body->data, body->len);
}

/**
 * fr_sim_message_new:
 * @bytes: a packed frame
 * @unchecked: do not hold it to the ranges of the protocol: for experiments that lift them
 * @cause: (nullable): what made a peer send it: a query that is passed on keeps its id
 *
 * Returns: (transfer full): the message
 */
FrSimMessage *
fr_sim_message_new (GBytes *bytes, gboolean unchecked, const FrSimMessage *cause)
{
  FrSimMessage *self = g_new0 (FrSimMessage, 1);
  gconstpointer data = g_bytes_get_data (bytes, &self->size);

  self->n_refs = 1;
  self->bytes = g_bytes_ref (bytes);
  if (unchecked)
    self->fault = fr_frame_parse_unchecked (data, self->size, &self->frame);
  else
    self->fault = fr_frame_parse (data, self->size, &self->frame);
  self->kind = kind_of (self->frame);
  if (self->kind == FR_SIM_KIND_QUERY)
    identify (self, cause);
  return self;
}

/**
 * fr_sim_message_ref:
 * @self: a message
 *
 * Returns: (transfer full): the same
 */
FrSimMessage *
fr_sim_message_ref (FrSimMessage *self)
{
  self->n_refs++;
  return self;
}

/**
 * fr_sim_message_unref:
 * @self: (nullable) (transfer full): a message
 */
void
fr_sim_message_unref (FrSimMessage *self)
{
  if (self == NULL || --self->n_refs > 0)
    return;
  if (self->frame != NULL)
    fr_frame_free (self->frame);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * fr_sim_kind_to_string:
 * @kind: a kind of message
 *
 * Returns: its name, as in the output
 */
const char *
fr_sim_kind_to_string (FrSimKind kind)
{
  return kind < FR_SIM_N_KINDS ? kinds[kind] : "other";
}
