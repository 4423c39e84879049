/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-query-ledger.h"

G_BEGIN_DECLS

/* How much each link has brought back of what may be relayed to a query. No link takes more than it leaves to all others:
 * of n links the last still gets the 2^n-th part, so nobody can use a query up with forged hits. Bounded in number and in
 * time; who is forgotten may begin again, within what is left. Never reads a clock. */
typedef struct _FrQueryShares FrQueryShares;

#define FR_QUERY_SHARES_CAPACITY 4096 /* links of queries; some 200 seconds of all that one link may ask */
#define FR_QUERY_SHARES_AGE_US FR_QUERY_LEDGER_AGE_US

FrQueryShares *fr_query_shares_new (guint capacity, gint64 max_age_us);
void fr_query_shares_free (FrQueryShares *self);

gboolean fr_query_shares_take (FrQueryShares *self, FrQueryEntry *query, FrLinkId link, gsize size, gsize most,
                               gint64 now_us);
void fr_query_shares_expire (FrQueryShares *self, gint64 now_us);
guint fr_query_shares_get_size (const FrQueryShares *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrQueryShares, fr_query_shares_free)

G_END_DECLS
