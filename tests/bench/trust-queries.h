/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-identity.h"

G_BEGIN_DECLS

/* Queries as a peer makes them: signed, with a name, words, a reply key and eight contact tags. */

typedef struct
{
  FrIdentity *identity; /* owned */
  guint64 sequence;
} TrustAsker;

void trust_asker_init (TrustAsker *self);
void trust_asker_clear (TrustAsker *self);

/* A new one, as a frame. */
GBytes *trust_asker_ask (TrustAsker *self, const char *words, guint ttl, guint hops);

G_END_DECLS
