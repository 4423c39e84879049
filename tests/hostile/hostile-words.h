/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-hits.h"

#include "hostile-peer.h"

G_BEGIN_DECLS

/* Frames as nobody honest would make them. */

ProtobufCBinaryData words_binary (const void *data, gsize size);
ProtobufCBinaryData words_bytes (GBytes *bytes);

/* The signed part of a query in anybody's name; the frame, signed by anybody; a good one of the peer's own, new. */
GBytes *words_query_body (const FrPeerKey *asker, guint64 sequence, const char *text);
GBytes *words_query (GBytes *body, const FrIdentity *signer, guint ttl, guint hops);
GBytes *words_own_query (HostilePeer *peer, const char *text, guint ttl, guint hops);

/* Hits of one picture, of whoever `holder` is, signed by anybody. */
GBytes *words_hits (const FrIdentity *signer, const FrIdentity *holder, const FrPeerKey *holder_key,
                    const FrQueryId *query, const FrContentId *picture, guint64 size, guint part);

/* Waits for a query of others with these words; its id, and the frame as it came. */
const Freshet__Query *words_await_query (HostilePeer *peer, const char *text, FrQueryId *out_id);

/* A frame of a kind that is yet to come. */
GBytes *words_unknown (gsize size);

/* A record of somebody who never was; its signature is right, or not. */
Freshet__PeerRecord *words_record (gboolean good);

G_END_DECLS
