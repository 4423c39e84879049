/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-aged-table.h"
#include "fr-query-copy.h"

G_BEGIN_DECLS

/* What the engine remembers of the queries that came by: that they did, and the ways back. Bounded in number and in
 * time; 64 bytes a query. */
typedef struct _FrQueryLedger FrQueryLedger;

#define FR_QUERY_LEDGER_CAPACITY 65536
#define FR_QUERY_LEDGER_OWN_CAPACITY 256 /* searches of our own */
#define FR_QUERY_LEDGER_AGE_US (600 * G_USEC_PER_SEC)
#define FR_QUERY_WAYS 3 /* the primary link and two alternates */

typedef enum
{
  FR_QUERY_UNCHECKED, /* the signature is being checked */
  FR_QUERY_VALID,     /* it was valid, and the query was delivered */
  FR_QUERY_INVALID,   /* it was not: the id is known, but no way back */
  FR_QUERY_OWN,       /* a search of ours */
  FR_QUERY_ENDED,     /* a search of ours that wants no more hits */
} FrQueryState;

typedef struct
{
  FrAgedEntry aged;
  FrLinkId ways[FR_QUERY_WAYS]; /* first the primary: the first link to bring it, never changed; 0: none */
  guint32 tag;                  /* of the signature that the state is about */
  guint32 relayed_bytes;        /* of hits and previews, back along the ways */
  guint8 ttl;                   /* the greatest of all copies */
  guint8 state;                 /* FrQueryState */
  guint8 is_near;               /* it is asked of neighbours alone; see fr-overlay-near.c */
} FrQueryEntry;

FrQueryLedger *fr_query_ledger_new (guint capacity, gint64 max_age_us);
void fr_query_ledger_free (FrQueryLedger *self);

FrQueryEntry *fr_query_ledger_lookup (FrQueryLedger *self, const FrQueryId *id, gint64 now_us);
FrQueryEntry *fr_query_ledger_insert (FrQueryLedger *self, const FrQueryId *id, gint64 now_us);
void fr_query_ledger_expire (FrQueryLedger *self, gint64 now_us);
guint fr_query_ledger_get_size (const FrQueryLedger *self);

void fr_query_entry_begin (FrQueryEntry *entry, const FrQueryCopy *copy);
gboolean fr_query_entry_raise (FrQueryEntry *entry, guint ttl);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrQueryLedger, fr_query_ledger_free)

G_END_DECLS
