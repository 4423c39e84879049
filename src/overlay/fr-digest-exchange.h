/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-digest.h"
#include "fr-ngram-set.h"
#include "fr-overlay-action.h"

G_BEGIN_DECLS

/* What can be found where, as far as neighbours have told: their digests of depth 0 (what they have) and depth 1 (what
 * their other neighbours have); and which of ours they are to be told. Sans-IO. */
typedef struct _FrDigestExchange FrDigestExchange;

#define FR_DIGEST_GATHER_US (200 * 1000) /* additions within this go out together */
#define FR_DIGEST_FIRST_US (500 * 1000)  /* a new neighbour that has told nothing after this may have everything */
#define FR_DIGEST_THIN_INTERVAL_US (60 * G_USEC_PER_SEC) /* what is gone is taken out this often */

FrDigestExchange *fr_digest_exchange_new (void);
void fr_digest_exchange_free (FrDigestExchange *self);

void fr_digest_exchange_hold_content (FrDigestExchange *self);
void fr_digest_exchange_set_content (FrDigestExchange *self, FrNgramSet *content, gint64 now_us);
void fr_digest_exchange_add_content (FrDigestExchange *self, const char *folded, gint64 now_us);
void fr_digest_exchange_link_up (FrDigestExchange *self, FrLinkId link, gint64 now_us);
void fr_digest_exchange_link_down (FrDigestExchange *self, FrLinkId link, gint64 now_us);
gboolean fr_digest_exchange_receive (FrDigestExchange *self, FrLinkId link, const Freshet__Digest *digest,
                                     gint64 now_us);
gboolean fr_digest_exchange_may_match (FrDigestExchange *self, FrLinkId link, guint ttl,
                                       const FrDigestPattern *pattern);
void fr_digest_exchange_tick (FrDigestExchange *self, gint64 now_us);
gint64 fr_digest_exchange_next_deadline (FrDigestExchange *self);
gboolean fr_digest_exchange_next_frame (FrDigestExchange *self, FrLinkId *out_link, GBytes **out_frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrDigestExchange, fr_digest_exchange_free)

G_END_DECLS
