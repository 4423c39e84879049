/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-query-copy.h"

G_BEGIN_DECLS

/* A query whose signature is being checked elsewhere, with what is needed to go on once the answer is there. */
typedef struct
{
  FrQueryId id; /* first, so that a check is its own key */
  FrPeerKey asker;
  GBytes *body;        /* owned */
  FrLinkId brought_by; /* whose signature is being checked */
  FrQueryCopy copy;    /* the one to go on with: of those with that signature, the one that may go farthest */
  FrQueryCopy rival;   /* a copy with another signature that came meanwhile: its turn comes if this one is bad */
  guint has_rival : 1;
  guint is_for_one : 1; /* it looks for one key, */
  guint is_for_us : 1;  /* which is ours */
  guint is_near : 1;    /* it crosses one link alone */
  guint held : 1; /* not forwarded yet */
} FrQueryCheck;

FrQueryCheck *fr_query_check_new (const FrQueryId *id, const Freshet__Query *query, const FrQueryCopy *copy,
                                  const FrPeerKey *self_key);
void fr_query_check_free (FrQueryCheck *check);

gboolean fr_query_check_next (FrQueryCheck *check);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrQueryCheck, fr_query_check_free)

G_END_DECLS
