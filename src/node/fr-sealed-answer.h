/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-frame.h"
#include "fr-peer-key.h"
#include "fr-reply-key.h"

G_BEGIN_DECLS

/* Answers that nobody but the asker can read: a Hits or Preview in another that says only what relays need. */

GBytes *fr_sealed_answer_pack (GBytes *frame,
                               const FrQueryId *query,
                               const FrPeerKey *holder,
                               guint part,
                               const guint8 reply_key[FR_REPLY_PUBLIC_SIZE]);
gboolean fr_sealed_answer_is_sealed (const Freshet__Frame *frame);
Freshet__Frame *fr_sealed_answer_open (const Freshet__Frame *frame, const FrReplyKey *key);

G_END_DECLS
