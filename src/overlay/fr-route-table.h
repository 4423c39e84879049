/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay-action.h"

G_BEGIN_DECLS

/* Where peers can be reached over links that are there: (route, key) leads to up to two links, for a minute. A route is
 * the id of a query, a join or a shuffle that left a trail. Bounded: 32 keys a route, of which the first stay; 4,096 in
 * all, of which the oldest goes. Never reads a clock; time may stand still or run backwards. */
typedef struct _FrRouteTable FrRouteTable;

#define FR_ROUTE_TABLE_CAPACITY 4096
#define FR_ROUTE_TABLE_PER_ROUTE 32
#define FR_ROUTE_TABLE_LINKS 2
#define FR_ROUTE_TABLE_AGE_US (60 * G_USEC_PER_SEC)

FrRouteTable *fr_route_table_new (guint capacity, gint64 max_age_us);
void fr_route_table_free (FrRouteTable *self);
gboolean fr_route_table_add (FrRouteTable *self, const FrQueryId *route, const FrPeerKey *key, FrLinkId link,
                             gint64 now_us);
guint fr_route_table_lookup (FrRouteTable *self, const FrQueryId *route, const FrPeerKey *key, gint64 now_us,
                             FrLinkId out_links[FR_ROUTE_TABLE_LINKS]);
guint fr_route_table_links_of (FrRouteTable *self, const FrQueryId *route, gint64 now_us, FrLinkId *out_links,
                               guint max_links);
void fr_route_table_forget_link (FrRouteTable *self, FrLinkId link);
void fr_route_table_expire (FrRouteTable *self, gint64 now_us);
guint fr_route_table_get_size (const FrRouteTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrRouteTable, fr_route_table_free)

G_END_DECLS
