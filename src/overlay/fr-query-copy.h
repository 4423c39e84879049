/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay-action.h"

G_BEGIN_DECLS

/* One copy of a query: what differs between those that come by different links. The signed body is the same in all of
 * them, for the id is its hash; the signature need not be, since the id does not cover it. A plain value. */
typedef struct
{
  FrLinkId link; /* that brought it; 0: our own */
  guint32 tag;   /* a salted hash of the signature */
  guint8 ttl;    /* as it came: links that it may cross from the sender of this copy on */
  guint8 hops;   /* as it came: links that it had crossed before this one */
  guint8 signature[FR_SIGNATURE_SIZE];
} FrQueryCopy;

/* The signed body is bounded so that a query that fits the cap of a frame at its first hop does so at its last, where
 * the two numbers beside it take two bytes more: else honest relays would be blamed. */
#define FR_QUERY_SIGNED_MAX_SIZE (FR_QUERY_MAX_SIZE - 76)

gboolean fr_query_copy_init (FrQueryCopy *self, const Freshet__Query *query, FrLinkId link, guint32 salt,
                             guint max_ttl);
GBytes *fr_query_copy_pack (const FrQueryCopy *self, const void *body, gsize size);
gboolean fr_query_copy_step (FrQueryCopy *self);

G_END_DECLS
