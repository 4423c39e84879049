/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-frame.h"

G_BEGIN_DECLS

/* A frame on its way, parsed once however many links carry it. Counted references, one thread. */
typedef struct _FrSimMessage FrSimMessage;

/* What the messages of an overlay are for. */
typedef enum
{
  FR_SIM_KIND_QUERY,
  FR_SIM_KIND_HITS,
  FR_SIM_KIND_PREVIEW,
  FR_SIM_KIND_PING, /* and Pong */
  FR_SIM_KIND_DIGEST,
  FR_SIM_KIND_REPORT,
  FR_SIM_KIND_MEMBERSHIP, /* Join, ForwardJoin, Neighbour, Shuffle, Disconnect */
  FR_SIM_KIND_SIGNAL,
  FR_SIM_KIND_OTHER, /* Enough, Throttle, Bye */
  FR_SIM_N_KINDS,
} FrSimKind;

struct _FrSimMessage
{
  guint n_refs;
  FrSimKind kind;
  gsize size;
  GBytes *bytes;
  Freshet__Frame *frame; /* NULL: it is none */
  FrWireFault fault;
  FrQueryId query; /* of a query: its id */
  guint search; /* of a query: its number, from 1; 0: not known */
};

FrSimMessage *fr_sim_message_new (GBytes *bytes, gboolean unchecked, const FrSimMessage *cause);
FrSimMessage *fr_sim_message_ref (FrSimMessage *self);
void fr_sim_message_unref (FrSimMessage *self);

const char *fr_sim_kind_to_string (FrSimKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSimMessage, fr_sim_message_unref)

G_END_DECLS
